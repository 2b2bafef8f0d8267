"""Built-in documents: cases, arguments, exercises, maps."""
