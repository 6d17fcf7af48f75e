"""Whole random quarters: drawn, written, read back and recomputed (随机季度)."""
