"""What an adversary planned and what became of it: each plan beside what was laid on, why, and for whom that is to be read."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import rooms
import served_place
from test_adjudicate import FORM, adopted, at_the_table, done, ordered

from foedus.council.act_forms import act_form
from foedus.council.acts import Viewer
from foedus.council.council_year import lived_years
from foedus.council.debrief import all_moves
from foedus.council.felt_by_treaty import felt_said
from foedus.council.fold import Room, opened
from foedus.council.orders_sheet import questions
from foedus.council.plans_of_pressure import _why, fates, left_to_plan, plans, targets
from foedus.council.playing import Play
from foedus.council.procedures.roster import MACHINES
from foedus.council.purse import Laid
from foedus.council.room_sheet import due
from foedus.council.seats import Moves, institution_named
from foedus.council.sight import seen_by
from foedus.council.sights import Sight
from foedus.council.stepping import Offer
from foedus.council.tableside import Reader
from foedus.council.year_events import _pressures


def called(state: str) -> str:
    return state


CHN = Viewer("seat", "CHN")
OTHERS = (Viewer("seat", "JPN"), Viewer("seat", "KOR"), Viewer("observer"))
RICH = replace(FORM, budget=100.0)


@pytest.fixture(scope="module")
def play() -> Play:
    """A council of three under a plan that is too large for South Korea, one that nobody can break, and one withdrawn."""
    play = at_the_table("USA", "JPN", "KOR", "CHN", form=RICH)
    treaty = adopted(play, "form body USA,JPN,KOR rule consensus", ["USA", "JPN", "KOR"])
    gone = done(play, "pressure.plan", "CHN", target="JPN", cost=0.4)
    done(play, "pressure.withdraw", "CHN", id=gone)
    done(play, "pressure.plan", "CHN", target="KOR", cost=90)
    done(play, "pressure.plan", "CHN", target="VNM", cost=0.1)
    ordered(play, {s: {"sign": {treaty: True}} for s in ("USA", "JPN", "KOR")})
    return play


def known(play: Play, viewer: Viewer, phase: str = "") -> Room:
    """Return the room as somebody knows it at its end, or before the first event of a phase."""
    log = play.log
    return seen_by(RICH, log[: next((k for k, e in enumerate(log) if e.phase == phase), len(log))], viewer)


def test_the_form_of_a_plan_says_what_is_left_and_how_much_a_state_can_be_made_to_feel(play: Play) -> None:
    before = known(play, CHN, "orders")
    offer = Offer("pressure.plan", "", "Plan pressure on a state.", MACHINES["pressure"].rows[0].asks, "may")
    form = act_form(offer, before, seat="CHN")
    said = dict(form.boxes[0].choices)
    assert "9.90 bn of the budget are left." in form.says
    assert float(said["KOR"].removeprefix("South Korea: about ").removesuffix(" bn at most")) < 90
    announce = Offer("pressure.announce", "", "Announce it.", MACHINES["pressure"].rows[1].asks, "may")
    assert act_form(announce, before, seat="CHN").boxes[0].value == "yes", (
        "a word that all read is the default of the form"
    )
    laid = next(f for f in fates(known(play, CHN), "2019") if f.target == "South Korea")
    assert float(laid.laid) < float(laid.planned), "what is beyond it was not laid on"
    assert "law_limits" not in known(play, OTHERS[0]).itself.data


def test_each_plan_stands_beside_what_was_laid_on_and_why(play: Play) -> None:
    found = {f.target: f for f in fates(known(play, CHN), "2019")}
    assert list(found) == ["South Korea", "Vietnam", "Japan"]
    korea, vietnam, japan = found.values()
    lived = lived_years(RICH, all_moves(play.room))[-1]
    (laid,) = lived.laid
    assert laid.limit < 90
    assert laid.cost == pytest.approx(laid.limit), "what is beyond it is not paid"
    assert (korea.planned, korea.laid) == ("90.00", f"{laid.cost:.2f}")
    assert f"more than {laid.limit:.2f} bn cannot be inflicted" in korea.says
    assert "South Korea agreed to it" in korea.says
    assert (vietnam.planned, vietnam.laid) == ("0.10", "0.00")
    assert "no yes to break" in vietnam.says
    assert (japan.laid, japan.says) == ("0.00", "It was withdrawn before the table closed.")


def test_what_became_of_plans_is_read_by_their_author_and_who_leads_and_by_nobody_else(play: Play) -> None:
    assert fates(known(play, Viewer("facilitator")), "2019") == fates(known(play, CHN), "2019")
    for viewer in OTHERS:
        room = known(play, viewer)
        assert fates(room, "2019") == ()
        assert "laid" not in room.years["2019"].data
        assert "90.00" not in repr(plans(known(play, viewer, "orders"), viewer.seat)) or viewer.seat == "KOR"


def test_a_plan_is_on_its_authors_page_at_once_and_on_its_targets_when_the_table_closes(play: Play) -> None:
    before, orders = (known(play, CHN, phase) for phase in ("table", "orders"))
    assert [p["words"] for p in plans(before, "CHN")] == [
        "Japan: 0.40 bn a year",
        "South Korea: 90.00 bn a year",
        "Vietnam: 0.10 bn a year",
    ]
    _, korea, _ = (p["says"] for p in plans(before, "CHN"))
    assert re.fullmatch(r"planned; only you know of it\. About [\d.]+ bn of it can be felt at most\.", korea)
    assert left_to_plan(before, "CHN") == "Planned: 90.10 of a budget of 100.00 bn a year."
    assert plans(known(play, Viewer("seat", "KOR"), "table"), "KOR") == []
    put = next(k for k, e in enumerate(play.log) if e.kind == "orders.put")
    kor = seen_by(RICH, play.log[:put], Viewer("seat", "KOR"))
    reader = Reader(Sight(Viewer("seat", "KOR"), kor, (), 0), 0.0)
    assert "Pressure: China on you: 90.00 bn a year." in [d["words"] for d in due(reader, "/x")]
    assert [p["words"] for p in plans(kor, "KOR", on="KOR")] == ["China on you: 90.00 bn a year"]
    assert "China and you know of it" in plans(known(play, Viewer("seat", "KOR"), "year"), "KOR")[0]["says"]
    (read,) = (p["says"] for p in plans(kor, "KOR"))
    felt = re.search(
        r"About ([\d.]+) bn of it can be felt against a council of all: it takes about ([\d.]+) % of your", read
    )
    assert felt, read
    bn, share = map(float, felt.groups())
    law = known(play, CHN, "orders").itself.data
    assert bn == pytest.approx(law["law_limits"]["CHN"]["KOR"], rel=0.05)
    assert share == pytest.approx(bn / law["law_prices"]["KOR"], rel=0.05), "before its orders, as its author reads it"
    old = {k: v for k, v in next(iter(kor.pressures.values())).data.items() if k not in ("felt", "hurts")}
    (before_it,) = (replace(p, data=old) for p in kor.pressures.values())
    (told,) = plans(replace(kor, families={**kor.families, "pressure": {before_it.id: before_it}}), "KOR")
    assert "may be almost nothing" in told["says"], "a room that kept nothing of it says so"
    assert plans(orders, "CHN")[0]["says"].startswith("withdrawn")
    assert left_to_plan(orders, "KOR") == ""


def test_a_pressed_seat_reads_beside_each_treaty_what_of_it_can_be_felt_there_and_nobody_else_does(play: Play) -> None:
    (told,) = [e for e in play.log if e.kind == "year.felt"]
    assert told.see == "seats:KOR", "nobody plays Vietnam, and Japan is not pressed any more"
    ((name, felt),) = told.body["put"]["felt"].items()
    (laid,) = [one for one in play.room.years["2019"].get("laid")["CHN"].values() if one["target"] == "KOR"]
    assert felt["cost"] == pytest.approx(laid["cost"], rel=0.05), "what the year lays on against this act"
    put = next(k for k, e in enumerate(play.log) if e.kind == "orders.put")
    kor, jpn = (seen_by(RICH, play.log[:put], Viewer("seat", s)) for s in ("KOR", "JPN"))
    (beside,) = [
        q["says"]
        for q in questions(Reader(Sight(Viewer("seat", "KOR"), kor, (), 0), 0.0), {})
        if q["name"].startswith("sign")
    ]
    assert re.search(
        r"Of the pressure on you about [\d.]+ bn can be felt here: it takes [\d.]+ % of your product", beside
    )
    assert felt_said(jpn, "JPN", name.split()[1]) == felt_said(jpn, "KOR", name.split()[1]) == ""
    kept = kor.years["2019"]
    nothing = replace(kept, data={**kept.data, "felt": {name: {"cost": 0.0, "hurts": 0.0}}})
    without = replace(kor, families={**kor.families, "year": {"2019": nothing}})
    assert felt_said(without, "KOR", name.split()[1]) == "Nothing of the pressure on you can be felt here."


def test_what_was_refused_in_private_is_not_told_to_who_could_not_press_it(play: Play) -> None:
    key = "treaty JPN,KOR"
    treaty = {"id": "t9", "makes": key, "parties": ("JPN", "KOR"), "text": None}
    moves = Moves(treaties=(treaty,), pressure={"CHN": {"KOR": 0.5}})
    for cost, told in ((0.0, False), (0.1, True)):  # pressure that was felt is known to who laid it on
        laid = (Laid("CHN", "KOR", institution_named(key), 0.5, cost, cost, "CHN"),)
        lived = lived_years(RICH, all_moves(play.room))[-1]
        object.__setattr__(lived, "laid", laid)
        object.__setattr__(lived, "failed", ("t9",))
        (event,) = _pressures(play.room, lived, moves)
        assert event.see == "seats:CHN"
        assert (key in repr(event.body)) is told


def test_a_budget_that_no_longer_pays_for_all_plans_is_named() -> None:
    act = {"cost": 0.3, "limit": 0.5, "presser": "CHN"}
    assert "more than 0.50 bn cannot be inflicted" in _why("CHN", "KOR", 0.6, act, called)
    assert "the budget did not pay for all plans" in _why("CHN", "KOR", 0.6, act, called)
    assert "inflicted" not in _why("CHN", "KOR", 0.4, act, called)
    assert "trade most with RUS" in _why("CHN", "KOR", 0.4, {**act, "presser": "RUS"}, called)
    assert "the model played this seat" in _why("CHN", "KOR", 0.4, {**act, "presser": ""}, called)


def test_the_page_of_an_adversary_says_what_it_has_planned(tmp_path: Path) -> None:
    with served_place.served(tmp_path, replace(rooms.FORM, budget=1.0)) as place:
        rooms.done(place.hall.actor, rooms.by("RUS", "pressure.plan", target="FRA", cost=0.25))
        own = place.get("RUS").text
        assert "France: 0.25 bn a year" in own
        assert "only you know of it" in own
        for who in ("FRA", "USA", "observer"):
            page = place.get(who).text
            assert "0.25 bn" not in page
            assert "Pressure</h2>" not in page


def test_a_door_is_chosen_among_the_bodies_in_force_and_not_written_by_heart(play: Play) -> None:
    for kind, seat, open_ in (
        ("accession.invite", "KOR", True),
        ("accession.knock", "KOR", False),
        ("accession.knock", "VNM", True),
    ):
        row = next(r for r in MACHINES["accession"].rows if f"accession.{r.verb}" == kind)
        form = act_form(Offer(kind, "", row.says, row.asks, row.words), play.room, seat=seat)
        box = next(b for b in form.boxes if b.name == "to")
        assert ("The council of the United States, Japan and South Korea" in dict(box.choices).values()) is open_
        assert not any(key.startswith("treaty") for key, _ in box.choices)


def test_who_trades_next_to_nothing_is_told_apart_from_who_cannot_be_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    most = {"USA": 0.0, "JPN": 5e-5, "KOR": 0.002}
    monkeypatch.setattr("foedus.council.plans_of_pressure.limits", lambda room, adversary: most)
    said = dict(targets(opened(replace(FORM, states=tuple(most), seats=tuple(most))), "CHN"))
    assert [w.partition(": ")[2] for w in said.values()] == [
        "it feels nothing",
        "too little to feel",
        "about 0.002 bn at most",
    ]
