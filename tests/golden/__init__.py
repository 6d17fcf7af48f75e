"""The published figures of three quarters, from raw sheets to printed text."""
