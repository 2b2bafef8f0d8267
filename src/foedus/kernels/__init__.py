"""Mathematics: compiled loops that trust their arrays."""
