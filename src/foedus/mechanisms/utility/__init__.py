"""Laws of utility: one mechanism a file, wired by the names of their arguments."""
