"""Decision analysis: what if, what flips, what matters."""
