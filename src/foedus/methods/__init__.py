"""Decision analysis: what moves an answer, and where a goal is reached."""
