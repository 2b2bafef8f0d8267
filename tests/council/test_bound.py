"""Nobody is bound by what they did not sign, whatever others do and whatever luck falls."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from test_adjudicate import FORM

from foedus.council.clauses import members_of
from foedus.council.council_year import course_of, lived_years
from foedus.council.seats import Moves, name_of
from foedus.simulation.trace import Happening
from foedus.simulation.trajectory import Course

MAKES = (
    "forum USA,JPN,KOR",
    "body consensus USA,JPN,KOR",
    "treaty JPN,KOR depth 0.4",
    "body hub USA,JPN,AUS,IND",
    "treaty USA,IND",
)
SEATS = ("USA", "JPN", "KOR", "AUS", "IND", "CHN")


@cache
def course() -> Course:
    return course_of(FORM)


@st.composite
def years(draw: Any) -> Moves:
    played = tuple(draw(st.lists(st.sampled_from(SEATS), unique=True, max_size=6)))
    made = draw(st.lists(st.sampled_from(MAKES), unique=True, max_size=3))
    treaties = tuple(
        {
            "id": f"t{k}",
            "parties": list(members_of(m)),
            "makes": m,
            "ends": "",
            "replaces": "",
            "newcomer": "",
            "accession": None,
            "text": None,
        }
        for k, m in enumerate(made)
    )
    names = [str(t["id"]) for t in treaties]
    orders = {}
    for s in played:
        signs = {n: draw(st.booleans()) for n in names}
        hangs = {n: draw(st.sampled_from(names)) for n in names if draw(st.booleans())}
        leaves = {"treaty USA,KOR": draw(st.booleans())} if s in ("USA", "KOR") else {}
        orders[s] = {
            "sign": signs,
            "if": hangs,
            "leave": leaves,
            "light": {"AUS": draw(st.booleans())} if s != "AUS" else {},
        }
    pressure = {"CHN": {"JPN": draw(st.sampled_from((0.1, 0.6, 50.0)))}} if "CHN" in played else {}
    return Moves(played, orders, treaties, pressure=pressure)


@settings(max_examples=60, deadline=None)
@given(first=years(), second=years(), run=st.integers(0, 50))
def test_nobody_is_bound_who_did_not_sign_and_nobody_leaves_who_did_not_order_it(
    first: Moves, second: Moves, run: int
) -> None:
    form = replace(FORM, run=run)
    moves = (first, second)
    before = {name_of(m) for m in course().start(2019).architecture}
    for made, lived in zip(moves, lived_years(form, moves, course()), strict=True):
        after = {name_of(m) for m in lived.record.world.in_force}
        signed = {str(t["makes"]): str(t["id"]) for t in made.treaties}
        for key in after - before:
            for s in [s for s in members_of(key) if s in made.played]:
                by_treaty = key in signed and made.decides(s, "sign", signed[key])
                light = any(made.decides(s, "light", other) for other in members_of(key) if other != s)
                falls_back = any(
                    e.happening is Happening.LEFT and e.institution is not None and s in e.institution.members
                    for e in lived.record.events
                )
                assert by_treaty or light or falls_back or key.startswith("commitment"), (key, s)
        for e in lived.record.events:
            if e.happening is Happening.LEFT and e.actor in made.played:
                assert e.seated
                assert e.institution is not None
                assert made.decides(e.actor, "leave", name_of(e.institution))
            if e.happening is Happening.PRESSED:
                assert e.institution is not None
                assert np.isfinite(e.size)
                assert e.size >= 0.0
        assert set(lived.entered) | set(lived.failed) == {str(t["id"]) for t in made.treaties}
        for t in made.treaties:
            if str(t["id"]) in lived.entered:
                for s in [s for s in t["parties"] if s in made.played]:
                    assert made.decides(s, "sign", str(t["id"]))
                    hangs_on = made.decides(s, "if", str(t["id"]))
                    assert hangs_on is None or hangs_on in lived.entered
        before = after
