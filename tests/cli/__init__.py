"""Command line: what it says and how it ends."""
