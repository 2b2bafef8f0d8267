"""Time and chance: formation, ensembles, years."""
