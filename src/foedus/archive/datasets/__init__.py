"""Published data sets, read in the formats in which they are published."""
