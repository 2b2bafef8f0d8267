"""Pictures as SVG text, the same bytes for the same data."""
