"""Built-in documents: cases, arguments, maps."""
