"""Layers, bans, contracts, generated pages."""
