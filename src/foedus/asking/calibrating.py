"""Calibrating: what data say about the parameters, as a document that every question can start from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from foedus.archive.opening import open_source, versions
from foedus.asking.ask import How
from foedus.draws.digest import code_digest
from foedus.draws.parts import Parts, cache_folder
from foedus.draws.stop import Interrupted, stopped
from foedus.estimation.calibrate import calibrate as estimate
from foedus.estimation.calibrated import Calibrated
from foedus.estimation.document import document
from foedus.vocabulary.libraries import need

FIRST, LAST = 1817, 2016
"""Years of the choices unless others are asked for: all that are known from before and seen to their end."""


def calibrate(
    data: str | Path | None = None,
    *,
    first: int = FIRST,
    last: int = LAST,
    controls: int = 20,
    seed: int = 1,
    name: str = "",
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Calibrated:
    """Return a calibration of the theory to who signed and who left; its document can be written to a file.

    Parameters
    ----------
    data : str or Path, optional
        Folder of a store or of tidy tables; by default the store of the user.
    first, last : int
        Years of the choices; nothing later enters.
    controls : int
        Alternatives drawn per year and size.
    seed : int
    name : str
        Of the calibration, by default ``record-FIRST-LAST``.
    workers : int, optional
        Processes; the result is the same for any number.
    progress : callable, optional
        Called with (steps done, steps in all).

    Raises
    ------
    FoedusError
        There are no data, a table that is needed is missing, the years make no sense, there are too few choices, or a library is not
        installed.
    Interrupted
        Ctrl-C, or a token that asks for it; finished steps are kept for the next run.

    Examples
    --------
    >>> import foedus
    >>> foedus.calibrate("nowhere")
    Traceback (most recent call last):
    foedus.vocabulary.errors.FoedusError: nowhere: there is no such folder. Run: foedus data import FOLDER (or foedus data pull), or name a folder with --data.

    With data in the store the same call estimates; what it found once comes with the package:

    >>> foedus.assess("asia-1953", calibration="record-1817-2016", draws=0).record.title
    'East Asia and the Pacific, autumn 1953'
    """
    cores = How(workers).cores
    for library in ("polars", "scipy", "statsmodels"):
        need(library, "stats", "calibrate")
    source = open_source(data)
    made_of = versions(source)
    code = code_digest("foedus.estimation.calibrate")
    asked = json.dumps([made_of, code, first, last, controls, seed], sort_keys=True, default=str)
    run = hashlib.sha256(asked.encode()).hexdigest()
    parts = Parts(cache_folder() / "calibrations" / run, run)
    try:
        found = estimate(
            source, first, last, controls=controls, seed=seed, workers=cores, parts=parts, progress=progress
        )
    except (KeyboardInterrupt, Interrupted):
        raise stopped() from None
    return Calibrated(document(found, name or f"record-{first}-{last}", made_of, code))
