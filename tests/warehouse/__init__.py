"""Warehouse: the file of a quarter."""
