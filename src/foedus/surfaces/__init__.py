"""Surfaces: the same record on a terminal, a page, as JSON and as files."""
