"""Bands: draws of what is judged, the luck of the room held fixed, around the value in use."""

from __future__ import annotations

import pytest
from test_adjudicate import FORM, adopted, at_the_table, done

from foedus.council import bands
from foedus.council.acts import No
from foedus.council.bands import Bands, band_said, year_bands
from foedus.council.clauses import read_clause
from foedus.council.seats import Moves

BODY = "form body USA,JPN,KOR rule consensus"
STATES = (*FORM.states, *FORM.adversaries)


def test_a_band_has_its_ends_in_order_around_most_draws_and_is_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands, "DRAWS", 6)
    clause = read_clause(BODY, STATES, FORM.hub)
    found = Bands(FORM).of(clause, (), Moves())
    assert set(found) == set(FORM.states)
    assert all(low <= high for low, high in found.values())
    assert found["KOR"][0] < found["KOR"][1] < 0, "a council costs Seoul in all of them"
    assert Bands(FORM).of(clause, (), Moves()) == found
    other = Bands(FORM).of(clause, (), Moves(facts={"KOR.free_force": 0.9}))
    assert other["KOR"] != found["KOR"]
    with pytest.raises(No, match="changes nothing"):
        Bands(FORM).of(read_clause("mediate JPN,KOR by USA", STATES, FORM.hub), (), Moves())


def test_the_band_of_a_year_is_of_what_it_brought_and_betrays_nothing_that_was_refused_in_private(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bands, "DRAWS", 6)
    people = ("USA", "JPN", "KOR")
    body = {"id": "b", "parties": list(people), "makes": "body consensus USA,JPN,KOR", "ends": "", "replaces": ""}
    signed = {s: {"sign": {"b": True}} for s in people}
    found = year_bands(FORM, [Moves(played=people, orders=signed, treaties=(body,))])
    assert found["KOR"][0] < found["KOR"][1] < 0
    assert min(high - low for low, high in found.values()) >= 0
    secret = {"id": "s", "parties": ["JPN", "AUS"], "makes": "treaty JPN,AUS", "ends": "", "replaces": ""}
    hidden = Moves(played=people, orders=signed, treaties=(body, secret))
    assert year_bands(FORM, [hidden]) == found, (
        "Japan's people did not sign, and nobody else can read that it was offered"
    )
    everybody = (*FORM.states, *FORM.adversaries)
    assert year_bands(FORM, [Moves(played=everybody)]) == {}, "nobody does anything, and nothing changes"


def test_the_model_bands_what_lies_on_the_tables_and_leaves_out_what_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bands, "DRAWS", 3)
    play = at_the_table("USA", "JPN", "KOR")
    adopted(play, BODY, ["USA", "JPN", "KOR"])
    table = next(iter(play.room.tables))
    done(play, "text.table", "USA", "T\fOne", table=table, articles=["mediate JPN,KOR by USA"])
    assert set(play.model.bands(play.room)) == set(play.model.worths(play.room)) == {BODY}


def test_a_band_is_said_in_a_sentence_and_is_waited_for_openly() -> None:
    assert (
        band_said((-0.9, 0.05))
        == "What is not measured but judged could be otherwise: in 32 of 40 tries with other values it lies between −0.900 and +0.050 %."
    )
    assert band_said(None) == "How far what is judged moves it is being worked out."
