"""Given: the part of the answer in which a reader says who agrees, and sees what the draws then come to."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.questions.findings import Assessment
from foedus.questions.given_that import MOST, SAYS, Conditional, conditional, how, members, outcomes_table, told
from foedus.questions.study import EVERYBODY
from foedus.questions.who_blocks import CONSENT
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.prose import country
from foedus.vocabulary.tables import percent
from foedus.web.address import Address, write


def given_block(found: Assessment, address: Address) -> dict[str, Any]:
    """Return who agrees in the draws as they are and under what the address gives, and where each switch leads.

    Errors as :func:`foedus.questions.given_that.read_given` are said beside the switches, where the reader can mend them.
    """
    known = [w.partition(":")[::2] for w in address.word("given").replace("=", ":").split(",") if w]
    under: Conditional | None = None
    problem = ""
    if known:
        try:
            under = conditional(found, [f"{s}={w}" for s, w in known])
        except FoedusError as error:
            problem = str(error)
    return {
        "says": (told(under), how(under)) if under is not None else (),
        "problem": problem,
        "table": outcomes_table(under) if under is not None else None,
        "rows": [_row(found, address, s, dict(known), under) for s in members(found)],
        "without": write(address.having(given="")) if known else "",
        "draws": found.draws,
        "most": MOST,
    }


def _row(
    found: Assessment, address: Address, state: str, known: dict[str, str], under: Conditional | None
) -> tuple[str, str, str, list[tuple[str, str, bool]]]:
    """Return a state, the chance that it agrees before and under what is given, and its switch."""
    before = percent(float(np.mean(found.ensemble.column(CONSENT(EVERYBODY, state)))))
    after = percent(under.mean(under.consent_of(state))) if under is not None else ""
    switch = []
    for word in SAYS:
        on = known.get(state) == word
        told_ = {**known, state: word}
        if on:
            del told_[state]
        link = write(address.having(given=",".join(f"{s}:{w}" for s, w in told_.items())))
        switch.append((word, f"{link}#given", on))
    return country(state), before, after, switch
