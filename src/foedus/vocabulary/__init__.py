"""Codebook: coded terms, dates, quantities, sources, errors."""
