"""Argument: claims, evidence, verdicts."""
