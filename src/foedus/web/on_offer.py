"""Choices: every fact of a case and every parameter of the theory, as what a slider in the playground can be made of."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from foedus.casebook.case import Case, Fact
from foedus.casebook.quantities import QUANTITIES
from foedus.model.parameters import PARAMETERS
from foedus.vocabulary.numbers import Parameter
from foedus.vocabulary.prose import country
from foedus.web.address import parse
from foedus.web.held import Held


def choices(held: Held, request: Request) -> Response:
    """Return all facts and parameters of a case as JSON; errors as the reader of the address and the case."""
    address = parse(f"/c/{quote(str(request.path_params['case']), safe='@')}/play", request.url.query)
    case = held.case(address.case, address.year)
    values = held.asked(address, 0).values
    found = [of_fact(case, f) for f in case.facts] + [of_parameter(p, values[p.name]) for p in PARAMETERS]
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return Response(text, headers={"cache-control": "no-cache"}, media_type="application/json")


def of_fact(case: Case, fact: Fact) -> dict[str, Any]:
    """Return a fact: its word in addresses, its label, its value, the range of a slider, and where it comes from."""
    quantity = QUANTITIES[fact.quantity].quantity
    words = [country(fact.subject), fact.quantity.replace("_", " "), country(fact.against) if fact.against else ""]
    low, high = span(fact.value, fact.low, fact.high, quantity.low, quantity.high)
    names = [case.sources[k].citation for k in fact.source if k in case.sources]
    return {
        "key": ".".join(filter(None, (fact.subject, fact.quantity, fact.against))),
        "label": " ".join(filter(None, words)),
        "value": fact.value,
        "low": low,
        "high": high,
        "unit": fact.unit,
        "about": f"{quantity.meaning}. " + (f"Judged: {fact.judged}" if fact.judged else f"Measured, {fact.date}"),
        "source": "; ".join(names),
        "drawn": fact.low is not None and fact.high is not None and fact.low < fact.high,
    }


def of_parameter(parameter: Parameter, value: float) -> dict[str, Any]:
    """Return a parameter in the same form."""
    return {
        "key": parameter.name,
        "label": parameter.name.replace("_", " "),
        "value": value,
        "low": min(parameter.low, value),
        "high": max(parameter.high, value),
        "unit": parameter.unit,
        "about": parameter.meaning,
        "source": parameter.source,
        "drawn": parameter.low < parameter.high,
    }


def span(value: float, low: float | None, high: float | None, least: float, most: float) -> tuple[float, float]:
    """Return the ends of a slider: the judged range and room beyond it, or half and twice a measured value, within what can be.

    Parameters
    ----------
    value : float
    low, high : float, optional
        Judged range.
    least, most : float
        What the quantity can be.
    """
    if low is not None and high is not None and low < high:
        room = (high - low) / 2
        low, high = min(low, value) - room, max(high, value) + room
    elif most - least <= 10:  # shares, answers and points of a scale: all of it
        low, high = least, most
    else:
        low, high = min(value / 2, value * 2), max(value / 2, value * 2)
    return max(low, least), min(max(high, low + 1e-9), most)
