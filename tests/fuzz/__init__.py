"""Mutated sample sheets: every one ends in right figures or in a named finding."""
