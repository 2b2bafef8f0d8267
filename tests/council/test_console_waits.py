"""What the next step of the console waits for, and that no form that is open beside it keeps it waiting."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files

from councilrooms import FORM, Table
from test_adjudicate import adopted, at_the_table, done, ordered

from foedus.council.act_forms import act_form
from foedus.council.acts import Viewer
from foedus.council.bare_table import LATE, LATE_SAYS, late
from foedus.council.console_sheet import _next, _plan
from foedus.council.console_waits import waits
from foedus.council.fold import Item
from foedus.council.lesson_words import SAY, WHILE_IT_RUNS
from foedus.council.sheets import part
from foedus.council.sights import Sight
from foedus.council.stepping import Offer
from foedus.council.store.chain import sealed
from foedus.council.tableside import Reader

TWO = ("JPN", "KOR")


def test_what_is_adopted_and_whose_orders_are_lacking_is_said_with_what_comes_of_it() -> None:
    play = at_the_table(*TWO)

    def said() -> str:
        here = dict.fromkeys(TWO, 1)
        return " ".join(waits(Reader(Sight(Viewer("facilitator"), play.room, (), 0), 0.0, here=here)))

    treaty = adopted(play, "treaty JPN,KOR depth 0.4", [*TWO])
    play.leads("room.sit")
    assert re.fullmatch(r"Adopted, not yet signed: “[^”(]+ \([^”]+\)”\. Each state signs in its orders\.", said())
    play.leads("room.order")
    done(play, "orders.put", "JPN", sign={treaty: True})
    done(play, "orders.confirm", "JPN", id="JPN:2019")
    assert re.fullmatch(r"South Korea has not confirmed its orders: until it confirms there is no “[^”]+”\.", said())
    done(play, "orders.put", "KOR", sign={treaty: True})
    assert re.fullmatch(
        r"South Korea has only written its orders down: until it confirms there is no “[^”]+”\.", said()
    )


def test_what_is_to_be_said_follows_what_the_table_is_asked() -> None:
    room = Table()
    text = room.tables(room.at_the_table())

    def now() -> str:
        return str(_next(Reader(Sight(Viewer("facilitator"), room.room, (), 0), 0.0), "")["now"])

    assert now() == SAY["opening"]
    room.does("silence.propose", "USA", id=text, seconds=60)
    room.waits(30)
    assert now() == WHILE_IT_RUNS["silence"]
    room.does("silence.break", "KOR", "No.", id=text)
    assert now() == SAY["opening"]
    room.does("consensus.call", "USA", id=text)
    assert now() == WHILE_IT_RUNS["consensus"]


def test_who_leads_can_show_every_seat_the_year_of_all_before_the_time_for_ones_own_is_over() -> None:
    play = at_the_table(*TWO)
    ordered(play, {})
    reader = Reader(Sight(Viewer("facilitator"), play.room, (), 0), 0.0)
    assert "Show every seat’s year to all" in [f.label for f in _next(reader, "")["beside"]]
    done(play, "year.tell", "facilitator", id="2019")
    assert play.room.years["2019"].state == "told"


def test_the_step_is_a_part_of_its_own_without_a_field_to_be_left_open() -> None:
    step = {"now": "Talk.", "title": "Close the orders", "says": "", "waits": ["one"], "form": None, "beside": []}
    shown = part("_console.html", "next", {"next": step, "trouble": "", "base": "", "token": ""})
    assert "Close the orders" in shown
    assert not re.search("<(details|textarea|select|input type=.text)", shown)


def test_the_minutes_of_the_plan_go_on_with_the_clock_of_the_browser_and_stand_while_the_room_is_paused() -> None:
    room = Table(replace(FORM, plan={"opening": 5, "consultation": 5}))
    room.at_the_table()
    room.now += 90
    room.does("room.consult", "facilitator")
    room.now += 60

    def plan() -> dict[str, tuple[str, float | None]]:
        log = [sealed(e, b"", branch=1, seq=k, now=0.0) for k, e in enumerate(room.log, 1)]
        r = Reader(Sight(Viewer("facilitator"), room.room, log, len(log)), room.now)
        return {p["name"]: (p["words"], p["runs"]) for p in _plan(r, room.now)}

    assert plan() == {"Opening": ("2 of 5", None), "Consultation": ("1 of 5", room.now - 60)}
    began = plan()["Consultation"][1]
    room.now += 200
    assert plan()["Consultation"][1] == began, "the same page whenever it is made: the browser counts on"
    room.does("room.pause", "facilitator")
    assert plan()["Consultation"][1] is None
    shown = part(
        "_console.html",
        "plan",
        {
            "plan": [
                {"name": "Table", "most": 5.0, "used": 1.0, "words": "1 of 5", "over": False, "now": True, "runs": 7.5}
            ],
            "dates": (),
        },
    )
    assert 'data-runs="7.5" data-most="5.0"' in shown
    script = (files("foedus.council") / "static" / "council.js").read_text(encoding="utf-8")
    assert "li[data-runs]" in script


def test_only_where_the_year_opens_for_long_compiling_is_spoken_of() -> None:
    room = Table()
    room.at_the_table()
    said = late(Reader(Sight(Viewer("observer"), room.room, (), 0), room.now))
    assert said == {"after": room.now + LATE, "says": LATE_SAYS}
    opened = replace(room.room, families={**room.room.families, "year": {"2019": Item("year", "2019", "opened")}})
    assert late(Reader(Sight(Viewer("observer"), opened, (), 0), room.now)) is None


def test_while_silence_runs_the_step_counts_it_down_and_gives_no_order_to_close() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    for verb in ("consult", "sit"):
        room.does(f"room.{verb}", "facilitator")
    viewer = Viewer("facilitator")

    def reader() -> Reader:
        logged = [sealed(e, b"", branch=1, seq=k, now=0.0) for k, e in enumerate(room.log, 1)]
        return Reader(Sight(viewer, room.room, logged, len(logged)), room.now)

    def button() -> str:
        step = {**_next(reader(), ""), "form": {"kind": "room.order"}, "title": "Close the table"}
        shown = part("_console.html", "next", {"next": step, "trouble": "", "base": "", "token": ""})
        return shown.partition('<button class="')[2].partition(">Close the table")[0]

    assert "close the table now" in " ".join(waits(reader()))
    assert button() == 'btn main"'
    room.does("silence.propose", "USA", id=text)
    assert button() == 'btn"', "it is offered first only when nothing runs"
    said = " ".join(waits(reader()))
    assert "close the table" not in said
    assert "what runs has to end first" in said
    step = _next(reader(), "")
    shown = part("_console.html", "next", {"next": step, "trouble": "", "base": "", "token": ""})
    assert f'data-until="{room.now + 30}"' in shown


def test_who_would_close_a_text_reads_whose_offer_is_open_still() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    room.does("amendment.offer", "KOR", "Other words", text=text, article="a2")

    def said(kind: str) -> str:
        return act_form(Offer(kind, text, "Do it.", (), ""), room.room, seat="USA").says

    for kind in ("silence.propose", "consensus.call", "vote.open"):
        assert "An offer by South Korea is still open: wait until it is carried." in said(kind)
    assert said("text.withdraw") == "Do it."
    room.waits(60)
    assert "still open" not in said("silence.propose")
