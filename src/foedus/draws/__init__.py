"""Draws: what varies, who works it out, and how nothing of it is lost."""
