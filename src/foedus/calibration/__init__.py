"""Statistics: estimation, scores, backtests."""
