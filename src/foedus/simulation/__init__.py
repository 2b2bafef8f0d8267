"""Time and chance: what an architecture is worth, formation, and years."""
