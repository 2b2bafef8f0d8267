"""Through the years: cases run forward many times, beside the record."""
