"""Tests of what people check a notice with (复核)."""
