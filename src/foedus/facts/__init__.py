"""History: cases and data sets, read and checked."""
