"""The systems of the essay, each worked out and held against the record."""
