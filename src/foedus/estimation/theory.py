"""The columns that the theory adds to potential alliances: what its mechanisms would be worth to the members.

For a signing the body is compared with the treaties in force, as in an assessment. For a treaty in force it is compared
with a world without any treaty of defence, since a second one on top of it would bring nothing.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.archive.frames import pl
from foedus.archive.kads import KAds
from foedus.archive.pledges import Source
from foedus.draws.parts import Parts
from foedus.draws.stop import look
from foedus.estimation.annals import Annals
from foedus.estimation.protocol import Question
from foedus.estimation.record_law import HALVES, halves
from foedus.estimation.terms import Terms, terms
from foedus.kernels.unanimity import log_chance_of_all
from foedus.mechanisms import COMPONENTS
from foedus.model.parameters import Parameters
from foedus.simulation.formation import shared

ACCEPTANCE: Final = "log_acceptance"
"""Logarithm of the probability that all members agree, with judged parameters."""
TERMS: Final = tuple(f"{c}_{how}" for c in COMPONENTS for how in ("mean", "min"))
"""Every term of utility, % of GDP a year: the mean of the members and the member that has least of it."""
PART: Final = 6000
"""Potential alliances that are worked out, and kept, together: half a minute of work."""

_TOGETHER = 512  # potential alliances whose consents are worked out at once: some MB even with a mood of 41 nodes


class Theory:
    """What turns potential alliances into columns of the theory.

    Parameters
    ----------
    source : Source
        Store or tidy folder.
    without : collection of int
        Treaties to leave out.
    workers : int
        Processes; the result does not depend on them.
    folder : Path, optional
        Where finished parts are kept, so that a run that was stopped goes on from there.
    progress : callable, optional
        Called with the number of potential alliances done since the last call.

    Raises
    ------
    FoedusError
        Capabilities or alliances are missing.
    """

    def __init__(
        self,
        source: Source,
        without: Collection[int],
        workers: int = 1,
        kept: Parts | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        every = source.table("atop_member")["atopid"].unique().to_list()
        self._before, self._alone = Annals(source, without), Annals(source, every)
        self._workers, self._kept, self._progress = workers, kept or Parts(None, ""), progress

    def __call__(self, kads: KAds, question: Question) -> pl.DataFrame:
        """Return the columns of :data:`TERMS` and :data:`ACCEPTANCE`, one row per potential alliance.

        For signings those of the record's law stand beside them, :data:`foedus.estimation.record_law.HALVES`.
        """
        annals = self._alone if question == "what ends" else self._before
        order = np.argsort(kads.table["year"].to_numpy(), kind="stable")
        parts = []
        for rows in np.split(order, range(PART, len(order), PART)) if len(order) else []:
            parts.append(self._part(KAds(kads.table[rows], kads.members[rows].copy()), annals, question))
            if self._progress is not None:
                self._progress(len(rows))
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        names = (*TERMS, ACCEPTANCE, *(() if question == "what ends" else HALVES))
        return pl.concat(parts)[back] if parts else pl.DataFrame(schema=dict.fromkeys(names, pl.Float64))

    def _part(self, kads: KAds, annals: Annals, question: Question) -> pl.DataFrame:
        """Work out a part, or take it up where it is kept."""
        sha = hashlib.sha256(f"{question == 'what ends'}".encode())
        sha.update(kads.table["year"].to_numpy().tobytes() + kads.members.tobytes())
        part = f"terms-{sha.hexdigest()[:20]}.part"
        content = self._kept.take(part)
        if content is not None:
            return pl.read_parquet(io.BytesIO(content))
        look()
        found, held = columns(terms(kads, annals, workers=self._workers)), io.BytesIO()
        if question != "what ends":
            found = found.hstack(halves(kads, annals))
        found.write_parquet(held)
        self._kept.keep(part, held.getvalue())
        return found


def columns(found: Terms, parameters: Parameters | None = None) -> pl.DataFrame:
    """Return the columns of forecasters from the terms of potential alliances.

    Parameters
    ----------
    found : Terms
    parameters : Parameters, optional
        For the noise of decisions; by default as judged.

    Returns
    -------
    polars.DataFrame
        :data:`TERMS` and :data:`ACCEPTANCE`, in the order of the alliances.
    """
    values = parameters or Parameters()
    total = found.members.select("kad", gain=pl.sum_horizontal(COMPONENTS))
    asked = total.group_by("kad", maintain_order=True).agg(pl.col("gain"))
    odds = [np.asarray(gains) / values["decision_noise"] for gains in asked["gain"].to_list()]
    summed = asked.select("kad").with_columns(pl.Series(ACCEPTANCE, _agreed(odds, shared(values))))
    return found.table.join(summed, on="kad", how="left", maintain_order="left").select(*TERMS, ACCEPTANCE)


def _agreed(odds: Sequence[NDArray[np.float64]], common: float) -> NDArray[np.float64]:
    """Return the logarithm of the chance that all members of each alliance agree, from the log-odds of each member."""
    found = [np.empty(0)]
    for k in range(0, len(odds), _TOGETHER):
        part = odds[k : k + _TOGETHER]
        table = np.full((len(part), max(map(len, part))), np.inf)  # infinite for who is not asked
        for row, x in zip(table, part, strict=True):
            row[: len(x)] = x
        found.append(log_chance_of_all(table, common))
    return np.concatenate(found)
