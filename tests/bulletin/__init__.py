"""Facts to words: phrasing, statements, templates."""
