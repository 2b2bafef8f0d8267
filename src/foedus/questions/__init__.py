"""Questions: what can be asked of one case under one draw, one question a file."""
