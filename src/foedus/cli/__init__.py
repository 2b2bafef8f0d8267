"""Door: one command per question."""
