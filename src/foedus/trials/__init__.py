"""Argument: the claims of a text, what model and record say, and verdicts by rule."""
