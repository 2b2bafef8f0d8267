"""Procedures of the room, one machine a file, each a table of rows."""
