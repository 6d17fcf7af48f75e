"""Hostile input: refused by name, or harmless and carried through as text; memory bounded."""
