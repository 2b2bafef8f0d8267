"""Prose: tables, figures, documents."""
