"""Measures: exact numbers, against independent reckoners."""
