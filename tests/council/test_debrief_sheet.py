"""What the page of the debrief says of silence and of pressure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foedus.council.acts import Viewer
from foedus.council.debrief_sheet import _bar_said, price_said, silence_said
from foedus.council.fold import Item, opened
from foedus.council.room_form import RoomForm
from foedus.council.sights import Sight
from foedus.council.tableside import Reader
from foedus.council.voices import Silences
from foedus.council.weighing import Pressed, Weighed

FORM = RoomForm("indo-pacific-2020@2019", 2019, 2019, ("USA", "JPN", "KOR"), ("CHN",), "USA", ("USA", "KOR"))
READER = Reader(Sight(Viewer("facilitator"), opened(FORM), (), 0), 0.0)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (Silences(0, 0, 0), "Nothing was placed under silence."),
        (Silences(1, 1, 0), "Silence was placed once, and kept."),
        (Silences(1, 0, 1), "Silence was placed once, and broken."),
        (Silences(1, 0, 0), "Silence was placed once, and had not run out."),
        (Silences(3, 1, 2), "Silence was placed three times: kept once, broken twice."),
    ],
)
def test_silence_is_told_in_a_sentence(counts: Silences, said: str) -> None:
    assert silence_said(counts) == said


def test_the_price_of_a_refusal_counts_a_plan_once() -> None:
    assert price_said(Weighed({}, ()), READER) == "Nobody was pressed."
    one = [Pressed(2019, "CHN", "KOR", k, c, k == "body") for k, c in (("forum", 0.3), ("body", 0.5))]
    told = price_said(Weighed({}, tuple(one)), READER)
    assert told.startswith("0.50 bn was laid on South Korea. Refusals by a state that was pressed: 1, at 0.50 bn each.")
    held = price_said(Weighed({}, (one[0],)), READER)
    assert held == "0.30 bn was laid on South Korea. It did not refuse: no yes was broken."


def test_pressure_that_met_nothing_is_told_too() -> None:
    plan = Item("pressure", "p1", "over", data={"author": "CHN", "target": "KOR", "cost": 0.5})
    room = replace(READER.room, families={**READER.room.families, "pressure": {"p1": plan}})
    told = price_said(Weighed({}, ()), replace(READER, sight=replace(READER.sight, room=room)))
    assert told.startswith("0.50 bn was planned on South Korea, and met nothing")


def test_a_bar_of_as_many_members_says_who_is_in_and_who_is_out() -> None:
    here = ("body consensus USA,JPN,KOR,AUS,IND",)
    assert _bar_said(here[0], READER, here) == "Council of the five, as it stands here"
    other = _bar_said("body consensus USA,JPN,KOR,AUS,PHL", READER, here)
    assert other == "Council of the five, with the Philippines and without India"
    assert _bar_said("forum USA,JPN,KOR", READER, here) == "Forum of the United States, Japan and South Korea"
