"""The statistics libraries, or a sentence that says how to get them."""

from foedus.vocabulary.errors import fail

try:
    from scipy.optimize import minimize
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits
except ModuleNotFoundError as missing:
    raise fail(
        "backtest",
        f"forecasters need the package '{missing.name}', which is not installed",
        "Run: pip install 'foedus[stats]'",
    ) from None

__all__ = ["HistGradientBoostingClassifier", "LogisticRegression", "minimize", "threadpool_limits"]
