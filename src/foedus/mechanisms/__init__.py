"""Alliance theory: one law per file, found by folder."""
