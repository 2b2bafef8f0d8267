"""Posteriors: what a calibration knows about parameters, drawn for pandas, xarray and ArviZ."""

from __future__ import annotations

from pathlib import Path

from foedus.asking.ask import MOST_DRAWS, text_of, whole
from foedus.draws.inference import Posterior, drawn_from
from foedus.model.calibration import Calibration
from foedus.model.calibration_file import read_calibration


def posterior(calibration: str | Path | Calibration, *, draws: int = 1000, seed: int = 1) -> Posterior:
    """Return the parameters that a calibration estimates, drawn together as it says, beside their judged ranges.

    Parameters
    ----------
    calibration : str, Path or Calibration
        Name of a calibration of the package, a file, or one at hand.
    draws, seed : int

    Raises
    ------
    FoedusError
        There is no such calibration, it is wrong or estimates nothing, or a number makes no sense.

    Examples
    --------
    >>> import foedus
    >>> known = foedus.posterior("record-1817-2016", draws=400)
    >>> known.to_pandas().shape  # one row per draw, one column per parameter
    (400, 5)
    >>> known.to_xarray()["decision_noise"].attrs["units"]
    '% of GDP a year'
    >>> list(known.prior) == list(known.posterior)
    True
    """
    whole("draws", draws, 1, MOST_DRAWS, "a number of draws")
    whole("seed", seed, 0)
    if not isinstance(calibration, Calibration):
        text_of("calibration", calibration)
        calibration = read_calibration(calibration)
    return drawn_from(calibration, draws, seed)
