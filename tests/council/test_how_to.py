"""What a seat does is told by the rules of its room, and by the words that stand on its buttons."""

from __future__ import annotations

from importlib.resources import files

import pytest

from foedus.council.how_to import long_said, what_you_do
from foedus.council.procedures.roster import MACHINES
from foedus.council.room_form import RoomForm, Rules

FORM = RoomForm(
    "europe-1949",
    1949,
    1949,
    ("USA", "GBR"),
    ("RUS",),
    "USA",
    ("USA",),
    rules=Rules(silence_seconds=180, amendment_seconds=30),
)


def test_a_state_is_told_the_times_of_its_room_and_the_buttons_that_are_there() -> None:
    told = " ".join(what_you_do(FORM, "GBR"))
    assert "nobody objects within 30 seconds" in told
    assert "Silence lasts 3 minutes" in told
    templates = files("foedus.council") / "templates"
    assert "Confirm these orders" in told
    assert "Confirm these orders" in (templates / "_orders.html").read_text(encoding="utf-8")


def test_an_adversary_is_told_of_pressure_and_of_no_orders() -> None:
    told = " ".join(what_you_do(FORM, "RUS"))
    assert "no seat at the table" in told
    assert "orders" not in told.replace("give no orders", "")
    assert "pressure.plan" in MACHINES["pressure"].kinds


@pytest.mark.parametrize(
    ("seconds", "said"), [(45, "45 seconds"), (90, "1.5 minutes"), (180, "3 minutes"), (7200, "2 hours")]
)
def test_a_time_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert long_said(seconds) == said
