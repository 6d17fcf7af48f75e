"""The published figures of two quarters, from raw sheets to printed text."""
