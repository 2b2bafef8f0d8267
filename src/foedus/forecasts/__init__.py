"""Forecasts: dated yes-or-no questions, answered only where every word is understood."""
