"""Case files: one place at one date, every number with date, unit and source."""
