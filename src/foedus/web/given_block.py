"""Given: the part of the answer in which a reader says who agrees, and sees what the draws then come to."""

from __future__ import annotations

from typing import Any

from foedus.questions.findings import Assessment
from foedus.questions.given_that import SAYS, Conditional, Given, how, outcomes_table, read_given, told
from foedus.questions.study import EVERYBODY
from foedus.questions.who_blocks import CONSENT
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.prose import country
from foedus.vocabulary.tables import percent
from foedus.web.address import Address, write
from foedus.web.problems import Said, said

Row = tuple[str, str, str, str, list[tuple[str, str, bool]]]
"""A state, the chance that it agrees with the values in use, on average over the draws before and under what is given, and its switch: words, address, whether it is on."""


def given_block(found: Assessment, address: Address) -> dict[str, Any]:
    """Return who agrees in the draws as they are and under what the address gives, and where each switch leads.

    What is wrong with it is said beside the switches, and everything else is shown as if it were not there.

    Parameters
    ----------
    found : Assessment
        The answer that the page shows.
    address : Address
    """
    known: tuple[Given, ...] = ()
    problems: list[Said] = []
    try:
        known = read_given(found.task, address.given)
    except FoedusError as error:
        problems = said(error, write(address))
    plainly = Conditional(found, ())
    under = plainly.under(*known) if found.draws else Conditional(found, known)
    tells = bool(known) and under.tells
    return {
        "says": () if not known else (told(under), how(under)) if tells else (told(under),),
        "problems": problems,
        "table": outcomes_table(under) if tells else None,
        "rows": [_row(address, s, known, plainly, under if tells else None) for s in plainly.members],
        "compared": tells,
        "without": write(address.having(given="")) if address.word("given") else "",
        "draws": found.draws,
    }


def _row(
    address: Address, state: str, known: tuple[Given, ...], plainly: Conditional, under: Conditional | None
) -> Row:
    now = percent(plainly.assessment.value(CONSENT(EVERYBODY, state)))
    before = percent(plainly.mean(plainly.consent_of(state))) if plainly.assessment.draws else ""
    after = percent(under.mean(under.consent_of(state))) if under is not None else ""
    others = [g for g in known if g.state != state]
    switch = []
    for word in SAYS:
        on = Given(state, word == SAYS[0]) in known
        told_ = others if on else [*others, Given(state, word == SAYS[0])]
        link = write(address.having(given=",".join(str(g).replace("=", ":") for g in told_)))
        switch.append((word, f"{link}#given", on))
    return country(state), now, before, after, switch
