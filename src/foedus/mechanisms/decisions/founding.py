"""Founding: with whom the hub founds a body, by the record's law or by a round of the theory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from foedus.model.mechanism import Mechanism, Variant

MECHANISM = Mechanism(
    name="founding",
    claim="How often the hub founds a body a year comes from the record, and with whom from the record's law.",
    equation=r"\Pr(\text{a body that is asked for}) = \bar r\,\frac{\sum_{S\ \text{asked for}} w_S}{\sum_{S \ni h} w_S},\qquad "
    r"w_S = r_{|S|}\,\frac{e^{V(S)}}{\overline{e^V}\,\binom{N}{|S|}}",
    sources=("ATOP 5.1, foundings 1816-2018, and the record's law of who signs with whom",),
    tried=False,
)


def _by_record() -> bool:
    return True


def _by_round() -> bool:
    return False


VARIANTS: Final[Mapping[str, Variant]] = {
    "record": Variant(
        "Dated questions of new bodies go by the record: its rate, and its law of who signs.",
        _by_record,
        assumptions=(
            "The hub founds bodies as often as it did on record, and only among the states of the case: the rate is an upper end.",
        ),
    ),
    "round": Variant(
        "Dated questions of new bodies go by a round of the theory, as an assessment does.",
        _by_round,
        r"\Pr(g) = \sum_i \Pr(i\ \text{proposes})\,\Pr(g\mid i)\,acc(g)",
    ),
}
"""Whether a dated question of a new body goes by the record; each takes nothing."""
