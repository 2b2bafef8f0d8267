"""Ontology: states, institutions, the world as arrays."""
