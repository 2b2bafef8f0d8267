"""Worldwide: the alliances of all states through the years by the record's law, beside the record."""
