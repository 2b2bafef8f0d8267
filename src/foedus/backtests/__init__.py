"""The backtest: forecasts out of sample beside honest baselines."""
