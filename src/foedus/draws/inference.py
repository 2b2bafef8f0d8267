"""Inference data: what a calibration knows about its parameters, drawn, beside what was judged before, for other libraries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.draws.labelled import as_dataset, as_frame
from foedus.draws.sampling import Calibrated, Uncertainty, design
from foedus.model.calibration import Calibration
from foedus.model.parameters import BY_NAME
from foedus.vocabulary.errors import fail
from foedus.vocabulary.libraries import Dataset, PandasFrame, need
from foedus.vocabulary.tables import Column

SAMPLED: Final = "Latin hypercube through a Gaussian copula: draws are independent, no Markov chain, r-hat says nothing"


@dataclass(frozen=True, repr=False)
class Posterior:
    """Parameters of a calibration, drawn together as it says, and each for itself as it was judged before."""

    calibration: Calibration
    seed: int
    posterior: Mapping[str, NDArray[np.float64]]
    """By parameter, shape (draws,)."""
    prior: Mapping[str, NDArray[np.float64]]
    """The same from the judged ranges, independent of one another."""

    def __repr__(self) -> str:
        known = ", ".join(self.posterior)
        return f"<Posterior of {self.calibration.name}, {self.draws} draws, seed {self.seed}: {known}>"

    @property
    def draws(self) -> int:
        """How often every parameter was drawn."""
        return len(next(iter(self.posterior.values()), ()))

    def to_pandas(self) -> PandasFrame:
        """Return the posterior as a tidy pandas frame, one row per draw.

        Raises
        ------
        FoedusError
            pandas is not installed.
        """
        numbers = range(self.draws)
        return as_frame(self.posterior, numbers, describe, self._about, "a posterior as a pandas frame")

    def to_xarray(self) -> Dataset:
        """Return the posterior as an xarray data set along ``draw``, with units and meanings.

        Raises
        ------
        FoedusError
            xarray is not installed.
        """
        return self._dataset(self.posterior)

    def to_arviz(self) -> Any:
        """Return posterior and prior as ArviZ takes them, with one chain.

        Returns
        -------
        arviz.InferenceData or xarray.DataTree
            The latter for ArviZ from 1.0 on, which has no data of its own any more.

        Raises
        ------
        FoedusError
            ArviZ is not installed.
        """
        arviz = need("arviz", "arviz", "a posterior as inference data of ArviZ")
        groups = {"posterior": self.posterior, "prior": self.prior}
        sets = {name: self._dataset(group).expand_dims("chain") for name, group in groups.items()}
        if "InferenceData" in vars(arviz):  # from 1.0 on the name is there, and is that of a tree
            return arviz.InferenceData(**sets)
        return need("xarray", "arviz", "a posterior as inference data of ArviZ").DataTree.from_dict(sets)

    def _dataset(self, columns: Mapping[str, NDArray[np.float64]]) -> Dataset:
        return as_dataset(columns, range(self.draws), describe, self._about, "a posterior as an xarray data set")

    @property
    def _about(self) -> dict[str, Any]:
        known = self.calibration
        return {"calibration": known.name, "sha256": known.sha256, "seed": self.seed, "sampling": SAMPLED}


def describe(name: str) -> Column:
    """Return unit and meaning of a parameter."""
    return Column(name, BY_NAME[name].unit, BY_NAME[name].meaning)


def drawn_from(calibration: Calibration, draws: int, seed: int) -> Posterior:
    """Return what a calibration knows, drawn, beside what was judged before.

    Parameters
    ----------
    calibration : Calibration
    draws, seed : int
        Size of the Latin hypercubes and their seed; the prior has one of its own.

    Raises
    ------
    FoedusError
        The data told none of its parameters, or there are no draws.
    """
    if not calibration.parameters:
        raise fail(f"calibration '{calibration.name}'", "it estimates no parameter", "Take another one")
    if draws < 1:
        raise fail("draws", f"{draws} draws tell nothing", "Give 1 or more")
    known = [(p.name, p.logarithmic, BY_NAME[p.name]) for p in calibration.parameters]
    after = [Calibrated(n, n, j.low, j.default, j.high, log, calibration) for n, log, j in known]
    before = [Uncertainty(n, n, j.low, j.default, j.high, j.logarithmic) for n, _, j in known]
    tables = design(after, draws, seed), design(before, draws, seed + 1)
    posterior, prior = ({n: table[:, k] for k, (n, *_) in enumerate(known)} for table in tables)
    return Posterior(calibration, seed, posterior, prior)
