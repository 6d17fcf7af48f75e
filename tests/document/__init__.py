"""Tests of the document layer (排版测试)."""
