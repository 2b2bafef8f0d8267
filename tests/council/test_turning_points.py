"""Turning points: every decision that people gave in their orders, turned round one at a time."""

from __future__ import annotations

from test_adjudicate import FORM

from foedus.council.seats import Moves
from foedus.council.turning_points import Turning, gathered, ordered_by_people, turned_said, turnings


def test_every_order_is_turned_round_and_what_lapses_too() -> None:
    """Rungs, doors, leaving or not, and a term that nobody renewed."""
    key = "forum USA,JPN,KOR"
    made = Moves(
        played=("USA", "JPN", "KOR"),
        orders={
            "KOR": {"climb": {"JPN": True}, "leave": {"treaty USA,KOR": False}, "apply": {key: True}},
            "JPN": {"climb": {"KOR": False}, "leave": {key: False}, "admit": {"AUS": True, "IND": False}},
            "USA": {"light": {"AUS": True, "IND": False}},
        },
        lapsing=(key,),
    )
    found = {(state, what, name, yes) for state, what, name, yes in ordered_by_people(made)}
    assert found == {
        ("KOR", "climb", "JPN", True),
        ("KOR", "leave", "treaty USA,KOR", False),
        ("KOR", "apply", key, True),
        ("JPN", "climb", "KOR", False),
        ("JPN", "leave", key, False),
        ("JPN", "admit", "AUS", True),
        ("USA", "light", "AUS", True),
        ("USA", "leave", key, True),
        ("KOR", "leave", key, True),
    }
    said = {t.said for t in turnings(FORM, [made])}
    assert "South Korea does not climb against Japan by its orders" in said
    assert "Japan climbs a rung more against South Korea" in said
    assert "South Korea leaves the treaty of the United States and South Korea" in said
    assert "Japan lets the forum of the United States, Japan and South Korea lapse" in said
    assert "The United States renews the forum of the United States, Japan and South Korea" in said
    assert "South Korea does not knock at the door of the forum of the United States, Japan and South Korea" in said


def test_a_rung_that_is_climbed_by_order_changes_the_year_that_is_turned() -> None:
    climbs = {"JPN": {"climb": {"KOR": True}}, "KOR": {"climb": {"JPN": True}}}
    found = turnings(FORM, [Moves(played=("JPN", "KOR"), orders=climbs)])
    assert any(t.events for t in found if "climb" in t.said), "who raises it first changes what follows"


def test_decisions_that_come_to_the_same_stand_in_one_row_and_others_apart() -> None:
    lost, worth = ("body consensus USA,JPN,KOR",), {"USA": -0.2, "KOR": 0.1}

    def one(state: str, what: str, **other: object) -> Turning:
        return Turning(2019, state, f"{what}", *other.get("keys", ((), lost)), 3, other.get("worth", worth))  # type: ignore[misc, arg-type]

    found = [
        one("USA", "The United States does not sign the council"),
        one("KOR", "South Korea does not sign the council"),
        one("JPN", "Japan takes its notice back"),
        one("JPN", "Japan does not sign the council", worth={"USA": -0.3}),
    ]
    rows = gathered(found)
    assert [words for _, words, _ in rows] == [
        "Any one of the United States and South Korea does not sign the council; or Japan takes its notice back",
        "Japan does not sign the council",
    ]
    assert [says for _, _, says in rows] == [turned_said(found[0]), turned_said(found[3])]
