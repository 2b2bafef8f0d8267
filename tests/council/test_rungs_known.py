"""Rungs known: a side of a quarrel picks what is done from the dated events of the case, or writes its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from councilrooms import FORM, Table

from foedus.council.act_forms import ActForm, act_form
from foedus.council.acts import Event
from foedus.council.filled_acts import meant
from foedus.council.fold import Room, folded
from foedus.council.gates import Sent
from foedus.council.rungs_known import STEP, rungs_known
from foedus.council.stepping import allowed


def quarrelling(case: str = "indo-pacific-2020@2019") -> Room:
    room = Table(replace(FORM, case=case))
    room.at_the_table()
    found = {"id": "JPN-KOR", "to": "quiet", "set": {"sides": ["JPN", "KOR"], "grievance": {}}}
    return folded(room.room, Event("quarrel.found", "model", "all", found, None, 2019, "opening"))


def form(room: Room, seat: str) -> ActForm:
    (offer,) = [o for o in allowed(room, f"seat:{seat}") if o.kind == "quarrel.raise"]
    return act_form(offer, room, seat=seat)


def test_each_side_is_offered_what_it_did_itself_up_to_the_year_and_may_write_its_own() -> None:
    room = quarrelling()
    korea, japan = (dict(form(room, s).boxes[-1].choices) for s in ("KOR", "JPN"))
    assert "Seoul decides to end the intelligence pact." in korea
    assert korea["Seoul decides to end the intelligence pact."].endswith("(2019-08-22)")
    assert "Tokyo announces export controls on three semiconductor materials." in japan
    assert not korea.keys() & japan.keys()
    assert all(";" not in s and int(said[-11:-7]) <= 2019 for s, said in (korea | japan).items())
    assert form(room, "KOR").words == "may", "a step that is picked is enough"
    assert rungs_known(room, "JPN-KOR", "USA") == ()


@pytest.mark.parametrize("case", ["europe-1914", "gone/from/here"])
def test_where_the_case_has_no_step_or_is_not_here_words_are_a_must(case: str) -> None:
    found = form(quarrelling(case), "KOR")
    assert (found.boxes, found.words) == ((), "must")


def test_what_is_picked_and_what_is_typed_are_the_words_of_the_rung() -> None:
    picked, typed = "Seoul decides to end the intelligence pact.", "It was not our wish."
    pairs = (("id", "JPN-KOR"), (STEP, picked), ("words", typed))
    assert meant("quarrel.raise", Sent(pairs, {})) == ({"id": "JPN-KOR"}, f"{picked} {typed}")
    assert meant("quarrel.raise", Sent(pairs[:2], {}))[1] == picked
    assert meant("quarrel.raise", Sent(pairs[::2], {}))[1] == typed
    assert meant("quarrel.raise", Sent(pairs[:1], {}))[1] is None, "and is refused with the sentence of every rung"
    assert meant("quarrel.down", Sent(pairs, {}))[1] == typed
