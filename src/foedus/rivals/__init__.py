"""Rivals: other theories of who allies with whom, run on the same cases and scored in the same table."""
