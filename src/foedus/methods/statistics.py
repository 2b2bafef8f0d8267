"""The libraries of global sensitivity, or a sentence that says how to get them."""

from typing import Any

from foedus.vocabulary.errors import fail

try:
    from SALib.analyze import morris as _analysis
    from SALib.sample import morris as _sample
    from scipy.special import ndtr, ndtri
    from scipy.stats import binom, qmc, sobol_indices
except ModuleNotFoundError as missing:
    raise fail(
        "sensitivity",
        f"it needs the package '{missing.name}', which is not installed",
        "Run: pip install 'foedus[sensitivity]'",
    ) from None

MORRIS: Any = _analysis
"""How elementary effects are summed up."""

MORRIS_SAMPLE: Any = _sample
"""Where elementary effects are measured."""

__all__ = ["MORRIS", "MORRIS_SAMPLE", "binom", "ndtr", "ndtri", "qmc", "sobol_indices"]
