"""The version, declared once, and the day it is of.

Examples
--------
>>> import foedus
>>> foedus.__version__.count(".")
2
"""

__version__ = "0.1.0"

released = "2026-11-24"
"""The day that a citation names; ``CITATION.cff`` has the same."""
