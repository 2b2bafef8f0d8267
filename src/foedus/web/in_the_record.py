"""In the record: what two centuries of signings say of the number that matters most, beside an answer that rests on another value of it."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from foedus.mechanisms import variant
from foedus.methods.importance import Importance
from foedus.methods.one_at_a_time import foremost
from foedus.model.calibration_file import read_calibration
from foedus.model.parameters import BY_NAME
from foedus.questions.findings import Assessment
from foedus.questions.on_record import YEARS
from foedus.questions.what_forms import BODY, CHANCE, DECADE
from foedus.vocabulary.numbers import Parameter
from foedus.vocabulary.tables import percent, shown
from foedus.web.address import Address
from foedus.web.held import Held
from foedus.web.limits import TooMuch
from foedus.web.quick import at_once

RECORD: Final = "record-1817-2016"
"""What the record of signings says of the parameters."""


def beside_the_record(held: Held, address: Address, swings: Importance | None) -> tuple[str, str]:
    """Return what the record says of the number that moves an answer most, and its page; empty unless it excludes the value in use.

    Parameters
    ----------
    held : Held
    address : Address
        Of an answer in which nothing is changed.
    swings : Importance or None
        How far each number alone moves the answer; None where nobody knows.
    """
    p = BY_NAME.get(foremost(swings)) if swings is not None else None
    if p is None:
        return "", ""
    known, parameter = held.shelf.get(("estimated", p.name), lambda: read_calibration(RECORD)[p.name]), p
    if known is None or known.ends[0] <= p.default <= known.ends[1]:
        return "", ""
    median, (low, high) = f"{known.median:.3g}", known.ends
    with_it = _chance(held, address, parameter, median)
    words = (
        f"Most rests on {p.name.replace('_', ' ')}, {shown(p.default)} (judged: {shown(p.low)} to {shown(p.high)}). Two "
        f"centuries of signings, with the judgement, put it at {median} ({low:.3g} to {high:.3g}), not in use, "
        f"for they do not say how often a body is proposed{f': with it a body has {with_it} a year' if with_it else ''}."
    )
    case = f"{address.case}@{address.year}" if address.year is not None else address.case
    return words, f"/n/{p.name}?case={quote(case, safe='@')}"


def _chance(held: Held, address: Address, p: Parameter, value: str) -> str:
    """Return the chance of a body with one parameter set; empty where it takes longer than strangers may ask for."""
    with suppress(TooMuch):
        at = replace(address.as_it_is(), changes=(f"{p.name}={value}",))
        return percent(float(at_once(held, at)["body"]))
    return ""


def ten_years(found: Assessment) -> str:
    """Return why ten years are less than ten times one, which is for comparing; empty where they are not."""
    year, decade, parameters = found.value(CHANCE(BODY)), found.value(DECADE()), found.study.parameters
    alike = percent(1.0 - math.pow(1.0 - min(year, 1.0), YEARS))
    if alike == percent(decade):
        return ""
    again = percent(variant(parameters, "agenda")(1, parameters))
    return f"{YEARS} years are less than {YEARS} times one, for a body passed over is less often on the table ({again} in the second year)."
