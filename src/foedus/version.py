"""The version, declared once.

Examples
--------
>>> import foedus
>>> foedus.__version__.count(".")
2
"""

__version__ = "0.1.0"
