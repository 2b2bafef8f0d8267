"""Term: where a treaty runs out, staying needs an act."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from foedus.model.architecture import Institution
from foedus.model.mechanism import Mechanism, Variant

MECHANISM = Mechanism(
    name="term",
    claim="A treaty goes on by itself, but in a year in which its term runs out somebody has to act for it.",
    equation=r"\ln\tfrac{\Pr(exit)}{1-\Pr(exit)} \mathrel{+}= \kappa_E\ \text{in a year with}\ "
    r"t - t_0 = k\,T,\ k = 1, 2, \dots",
    sources=("Koremenos 2001, 2005 (duration provisions)", "Leeds & Savun 2007"),
    tried=False,
)

_DAY = 0.5 / 365.25  # dates are days, not instants


def runs_out(term: float | None, begun: float | None, year: float) -> bool:
    """Return whether a term, or a multiple of it, runs out within a calendar year.

    Parameters
    ----------
    term : float or None
        Years; None for no term.
    begun : float or None
        Start of the treaty, in years; None where it is not known.
    year : float

    Examples
    --------
    >>> [runs_out(10.0, 1970.5, y) for y in (1970, 1980, 1981, 1990)]
    [False, True, False, True]
    """
    if not term or begun is None or year + 1.0 <= begun:
        return False
    passed = math.floor((max(year, begun) - begun - _DAY) / term)
    return math.floor((year + 1.0 - begun - _DAY) / term) > max(passed, 0)


def push_of_a_term(institution: Institution, year: int, parameters: Mapping[str, float]) -> float:
    """Return what is added to the log-odds of each member to leave within a year."""
    return parameters["term_effect"] if runs_out(institution.term, institution.begun, year) else 0.0


def _silent(institution: Institution, year: int, parameters: Mapping[str, float]) -> float:
    return 0.0


VARIANTS: Final[Mapping[str, Variant]] = {
    "expires": Variant(
        "In a year in which the term of a treaty runs out, each member is likelier to leave.",
        push_of_a_term,
        assumptions=(
            "Terms are those of the record; treaties that are signed within a run have none, unless people at a table give them one.",
        ),
    ),
    "silent": Variant("A term makes no difference.", _silent),
}
"""What the end of a term does; each takes institution, year and parameters, and returns log-odds."""
