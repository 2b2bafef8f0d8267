"""Weighed most: beside each answer of the law stand the terms that spoke most for it and against it, and nothing that is hidden."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from foedus.council.council_year import Lived, lived_years
from foedus.council.fold import folded_all, opened
from foedus.council.playing import Play, by_the_model, played_again
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, name_of
from foedus.council.told_of_rooms import decisions_csv
from foedus.council.weighed_most import TERMS, WEIGHED, most_of, weighed_in, weighed_said
from foedus.council.year_read import year_read
from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Institution, Kind, Rule
from foedus.simulation.decisions import Decision
from foedus.simulation.trace import Drawn, Event, Happening

STATES = ("USA", "JPN", "KOR", "TWN", "AUS", "NZL", "PHL", "THA", "IND", "VNM", "SGP", "IDN", "MYS")
FORM = RoomForm("indo-pacific-2020@2019", 2019, 2019, STATES, ("CHN",), "USA", ("USA", "JPN"))


@pytest.fixture(scope="module")
def play() -> Play:
    return by_the_model(FORM)


@pytest.fixture(scope="module")
def lived() -> Lived:
    return lived_years(FORM, [Moves()])[-1]


def test_every_answer_of_the_law_is_told_with_the_two_terms_and_its_file_with_all(play: Play, lived: Lived) -> None:
    asked = {
        (d.decision.state, name_of(e.institution)): d.decision
        for e in lived.record.events
        if e.institution is not None
        for d in e.decisions
    }
    read = year_read(play.room, "2019", None)
    assert read is not None
    told = [a.says for _, part in read.happened for t in part for a in t.answers if a.chance is not None]
    assert len(told) >= 4
    assert all(s.startswith("the law decided; most for it: ") and "; most against it: " in s for s in told)
    rows = list(csv.DictReader(io.StringIO(decisions_csv(play.room))))
    for row in rows:
        terms = asked[row["state"], row["key"]].terms
        assert row["most for"] == COMPONENTS[int(np.argmax(terms))]
        assert row["most against"] == COMPONENTS[int(np.argmin(terms))]
        assert [float(row[n]) for n in COMPONENTS] == pytest.approx(terms, abs=1e-6)
        assert row["pressure"] == "0.0"


def test_a_log_from_before_is_played_to_the_same_years_and_read_without_them(play: Play) -> None:
    kept = {WEIGHED, TERMS}
    log = [
        replace(e, body={**e.body, "put": {k: v for k, v in e.body["put"].items() if k not in kept}})
        if "put" in e.body
        else e
        for e in play.log
    ]
    room, differs = played_again(FORM, log)
    assert differs == ()
    read = year_read(room, "2019", None)
    assert read is not None
    assert {a.says for _, part in read.happened for t in part for a in t.answers} == {"the law decided"}
    assert "security" not in decisions_csv(folded_all(opened(FORM), log)).splitlines()[0]


def test_pressure_that_not_all_read_of_is_not_named_and_neither_is_what_people_decided() -> None:
    body = Institution(Kind.MULTILATERAL, ("USA", "JPN", "KOR"), Rule.CONSENSUS)
    terms = np.array([0.4, -0.1, 0.0, 0.0, -0.2, 0.0, 0.0, 0.0])
    pressed = Drawn(Decision("KOR", "consent", body, terms, 0.3, pain=0.5), 0.9)
    people = Drawn(Decision("JPN", "consent", body, terms, 0.3), 0.9, seat=False)
    event = Event(2019, Happening.REFUSED, institution=body, decisions=(pressed, people))
    assert most_of(pressed) == ("security", "pressure")
    assert weighed_in([event], set()) == {"0": {"KOR": ["security", "pressure"]}}
    assert weighed_in([event], {("KOR", body)}) == {"0": {"KOR": ["security", "exposure"]}}
    said = weighed_said({"action": "exit", "most": ["security", "pressure"]})
    assert said == "most to stay: security; most to leave: pressure"
