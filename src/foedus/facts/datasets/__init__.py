"""Readers for the data sets of peace science in the formats their authors publish."""
