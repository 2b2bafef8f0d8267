"""Explorations read back: the same record again, the older form too, anything else refused in a sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from foedus.methods import told_of_discovery, told_of_sensitivity
from foedus.methods.explored import read, says_what_matters
from foedus.surfaces.plain import document
from foedus.version import __version__
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.record import Record, plain
from methods.test_told_of_discovery import found
from methods.test_told_of_sensitivity import whole

MOVES = told_of_sensitivity.record_of(whole())
WHERE = told_of_discovery.record_of(found(2))
NOWHERE = told_of_discovery.record_of(replace(found(), scenarios=()))


@pytest.mark.parametrize("record", [MOVES, WHERE, NOWHERE])
def test_what_was_written_is_read_back_whole(record: Record) -> None:
    again = read(json.loads(document(record)), "here")
    assert document(again) == document(record)
    assert [(c.key, c.table, c.options) for c in again.charts()] == [
        (c.key, c.table, c.options) for c in record.charts()
    ]


def older_moves() -> dict[str, Any]:
    """A document as foedus sensitivity wrote it before it wrote records."""
    made = MOVES.made
    return {
        "quantity": made["quantity"],
        "key": made["quantity"],
        "seed": made["seed"],
        "drawn_together": [],
        "notes": [],
        "made_with": dict(made["made_with"]),
        "indices": plain(list(MOVES.table("sensitivity"))),
    }


def older_boxes() -> dict[str, Any]:
    """A document as foedus discover wrote it before it wrote records."""
    made = WHERE.made
    boxes = [{**r, "number": r["label"]} for r in WHERE.table("boxes")]
    for row in boxes:
        del row["label"]
    kept = {n: made[n] for n in ("goal", "source", "draws", "hits", "seed")}
    way = list(WHERE.table("trade_off"))
    return {**kept, "made_with": dict(made["made_with"]), "sentences": [], "boxes": boxes, "trade_off": way}


@pytest.mark.parametrize(("older", "record"), [(older_moves(), MOVES), (older_boxes(), WHERE)])
def test_the_older_form_is_read_too(older: dict[str, Any], record: Record) -> None:
    assert document(read(json.loads(json.dumps(older)), "here")) == document(record)


@pytest.mark.parametrize("wrong", [None, [], "text", {}, {"kind": "assessment", "made": {}}, {"indices": []}])
def test_anything_else_is_refused(wrong: object) -> None:
    with pytest.raises(FoedusError, match="this is no folder that foedus sensitivity or foedus discover wrote"):
        read(wrong, "here")


def test_a_damaged_record_and_one_of_another_version_are_refused_in_different_words() -> None:
    told = json.loads(document(MOVES))
    told["sections"] = [s for s in told["sections"] if s["key"] != "indices"]
    told["made"]["foedus"] = __version__
    with pytest.raises(FoedusError, match=r"its record\.json is damaged"):
        read(told, "here")
    told["made"]["foedus"] = "9.9"
    with pytest.raises(FoedusError, match=r"foedus 9\.9 wrote it in a form.*Show it with foedus 9\.9"):
        read(told, "here")


def test_only_a_list_for_the_same_answer_takes_the_place_of_that_of_an_assessment() -> None:
    assert says_what_matters(MOVES)
    assert not says_what_matters(WHERE)
    other = json.loads(document(MOVES))
    other["made"]["quantity"] = "gain of KOR from everybody"
    assert not says_what_matters(read(other, "here"))


def test_a_number_that_no_computer_holds_is_a_refusal() -> None:
    way = [{"box": 1, "step": None, "role": "advised", "coverage": 1.0, "density": 10**400, "mass": 1.0, "limited": 1}]
    way.append({**way[0], "role": "path", "step": 0, "density": 0.5})
    made = {"goal": "g", "source": "s", "draws": 9, "hits": 3, "seed": 1, "made_with": {}, "foedus": "0.0.1"}
    with pytest.raises(FoedusError, match=r"record\.json is damaged"):
        read({**made, "boxes": [], "trade_off": way}, "here")
