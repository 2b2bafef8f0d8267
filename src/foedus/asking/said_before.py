"""Said before: what a version of the package answered to a question, kept beside its draws, for a link that outlives it.

Draws are of no use to another version, which works them out anew. The few numbers that a reader has seen are: where the
cache has them, an old link shows them beside those of now.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Final

from foedus.asking.ask import Ask
from foedus.draws.parts import Parts, cache_folder, thinned
from foedus.questions.findings import Assessment
from foedus.questions.what_forms import body_band
from foedus.version import __version__

MOST: Final = 256
"""Answers of which it is kept what they said: some hundred bytes each."""
_NAME: Final = "said.part"


@dataclass(frozen=True)
class Said:
    """What a version answered: the chance of a body in a year, and what it rested on."""

    version: str
    body: float
    low: float
    high: float
    """Ends of the band of its draws."""
    draws: int
    case_hash: str
    result_hash: str


def note(asked: Ask, found: Assessment) -> None:
    """Keep what this version answers to a question; nothing is kept of what has no address, or no draws."""
    if not found.draws or asked.parameters is not None:
        return
    band, hashes = body_band(found), found.hashes()
    said = Said(__version__, band.default, band.low, band.high, found.draws, hashes["case"], hashes["result"])
    _parts(asked, __version__).keep(_NAME, json.dumps(asdict(said)).encode())
    thinned(cache_folder() / "said", MOST)


def said_by(asked: Ask, version: str) -> Said | None:
    """Return what a version answered to a question; None where nobody asked it here. Errors as those of the case.

    Parameters
    ----------
    asked : Ask
    version : str
        As ``foedus --version`` says it.
    """
    content = _parts(asked, version).take(_NAME)
    return None if content is None else Said(**json.loads(content))


def _parts(asked: Ask, version: str) -> Parts:
    """Return where it is kept: under the words of the question, for its case and its values may differ by version."""
    words = replace(asked, case=asked.loaded.name, given=()).to_url()
    run = sha256(f"{version} {words}".encode()).hexdigest()
    return Parts(cache_folder() / "said" / run, run)
