"""Ties: on a map of a page every state is a link to its reasons, every treaty of two one to what it is worth, or to since when it has been in force."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from foedus.casebook.in_force import map_chart
from foedus.questions.findings import Assessment
from foedus.questions.on_record import treaty_words
from foedus.questions.what_treaties_are_worth import EXIT, WORTH
from foedus.questions.who_blocks import blockers
from foedus.vocabulary.prose import country
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import percent, written
from foedus.web.address import Address, write
from foedus.web.held import Held
from foedus.web.shown import charted

WIDE, PHONE = 840.0, 354.0
"""Canvases of a map: no wider than a page shows it, so that its letters are not made smaller."""


def mapped(held: Held, found: Assessment, address: Address, chart: Chart | None = None) -> tuple[Markup, Markup]:
    """Return a map at both widths, its ties and the states that are asked as links.

    Parameters
    ----------
    held : Held
    found : Assessment
        Its case is mapped, and its star says which treaties have a worth.
    address : Address
        Of the page; its changes go along.
    chart : Chart, optional
        In the place of the map of the case.
    """
    drawn = map_chart(found.case) if chart is None else chart
    leading = links(held, found, address) if len(drawn.table) else {}
    whys = {s: held.prefix + write(address.at("why", s)) for s in blockers(found)}
    return charted(replace(drawn, options={**drawn.options, "ties": leading, "leads": whys}), WIDE, PHONE)


def links(held: Held, found: Assessment, address: Address) -> Mapping[str, str]:
    """Return for every institution in force where a press on its line leads, by its name."""
    pairs = {frozenset(m.members) for m in found.study.bilaterals()}
    worth, listed = (held.prefix + write(address.at(page)) for page in ("leverage", "case"))
    leading = {}
    for r in found.case.in_force():
        members = r.members_on(found.case.as_of)
        valued = r.kind == "bilateral" and frozenset(members) in pairs
        leading[r.name] = f"{worth}#{'-'.join(sorted(members))}" if valued else f"{listed}#force"
    return leading


def treaties(found: Assessment) -> list[dict[str, Any]]:
    """Return what each treaty of the star is worth to either side, as rows that a press on the map leads to."""
    hub, rows = found.study.world.hub, []
    names = {frozenset(r.members_on(found.case.as_of)): r.name for r in found.case.in_force() if r.kind == "bilateral"}
    for m in found.study.bilaterals():
        item, ally = "–".join(m.members), next((s for s in m.members if s != hub), m.members[0])
        sides = []
        for s in sorted(m.members, key=lambda s: s != ally):
            band = found.band(WORTH(item, s))
            ends = "" if math.isnan(band.low) else f"{written(band.low, 'signed')} to {written(band.high, 'signed')}"
            sides.append((country(s), written(band.default, "signed"), ends))
        rows.append(
            {
                "id": "-".join(sorted(m.members)),
                "name": names.get(frozenset(m.members), " and ".join(map(country, m.members))),
                "sides": sides,
                "leaves": percent(found.value(EXIT(item, ally))),
                "since": treaty_words(found.case, ally) if hub in m.members else "",
            }
        )
    return rows
