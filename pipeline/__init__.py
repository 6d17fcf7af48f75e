"""Quarterly bulletin pipeline (季度通报流水线): raw score sheets in, the official notice out.

What lives here: the package docstring and the version. Importing the package does nothing.
"""

__version__ = "0.1.0"
