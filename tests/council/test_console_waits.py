"""What the next step of the console waits for, and that no form that is open beside it keeps it waiting."""

from __future__ import annotations

import re

from test_adjudicate import adopted, at_the_table, done

from foedus.council.acts import Viewer
from foedus.council.console_waits import waits
from foedus.council.sheets import part
from foedus.council.sights import Sight
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


def test_the_step_is_a_part_of_its_own_without_a_field_to_be_left_open() -> None:
    step = {"now": "Talk.", "title": "Close the orders", "says": "", "waits": ["one"], "form": None, "beside": []}
    shown = part("_console.html", "next", {"next": step, "trouble": "", "base": "", "token": ""})
    assert "Close the orders" in shown
    assert not re.search("<(details|textarea|select|input type=.text)", shown)
