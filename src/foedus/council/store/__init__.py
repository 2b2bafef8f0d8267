"""Where a room is kept: one log with a chain of hashes, in a file or on a server."""
