"""What is told of discovery: the box in words, its part of every range, and the way to it."""

from __future__ import annotations

import numpy as np

from foedus.methods.discovery import discover
from foedus.methods.scenarios import Discovery, Goal, Range
from foedus.methods.told_of_discovery import BOXES, WAY, Searched, _share, limit_words, record_of, told
from foedus.surfaces.svg.draw import draw
from foedus.vocabulary.tables import table

X = np.random.default_rng(3).random((400, 3)) * [10.0, 1.0, 1.0]
GOAL = Goal("chance of a body", ">", 0.5)
RANGES = (Range("treaty_fee", 0.0, 10.0), Range("b", 0.0, 1.0), Range("start: council", 0.0, 1.0))


def found(boxes: int = 1) -> Discovery:
    wanted = (X[:, 0] > 7.0) | ((X[:, 1] < 0.2) if boxes > 1 else False)
    scenarios = discover(X, wanted, boxes)
    made = {"foedus": "0.1.0", "code": "abc", "case": "asia-1953", "seed": 1}
    return Discovery(GOAL, "asia-1953", 400, int(wanted.sum()), 1, RANGES, scenarios, made)


def test_the_box_is_said_shown_and_listed() -> None:
    record = record_of(found())
    (row,) = list(record.table("boxes"))
    assert (row["number"], row["label"], row["most"]) == ("treaty fee", "treaty_fee", None)
    assert 6.9 < float(row["least"] or 0) < 7.2
    assert "treaty fee at least 7" in record.says[0]
    assert record.says[1].endswith("of 400 draws reach it.")
    (part,) = list(record.table("within_ranges"))
    assert abs(float(part["from"] or 0) - 0.7) < 0.02
    assert (part["to"], part["from_high"]) == (None, 1.0)


def test_the_way_is_kept_whole_and_read_in_steps() -> None:
    record = record_of(found())
    whole, steps = record.table("trade_off"), record.table("steps")
    assert 3 < len(steps) <= 14 < len(whole)
    assert steps.column("role")[-1] == whole.column("role")[-1] == "advised"
    for chart in record.charts():
        for width in (760, 360):
            assert "<svg" in draw(chart, width), chart.key


def test_further_boxes_are_sentences_and_pictures_of_their_own() -> None:
    record = record_of(found(2))
    assert set(record.table("boxes").column("box")) == {1, 2}
    assert "of those that the boxes before leave" in record.section("boxes").says[0]
    assert record.table("within_ranges").column("number")[0].startswith("1. ")


def test_nothing_found_is_said() -> None:
    none = Discovery(GOAL, "asia-1953", 400, 100, 1, RANGES, (), {"seed": 1})
    record = record_of(none)
    assert record.says == ("No range of any number marks out where it is reached.", "100 of 400 draws reach it.")
    assert record.sections == ()


def test_limits_are_shares_of_their_range() -> None:
    """From 2 to 6 of a range of 2 to 10 is its lower half; a limit at nothing is one too."""
    row = {"box": 1, "number": "fee", "words": "", "range_low": 2.0, "range_high": 10.0}
    assert _share({**row, "least": None, "most": 6.0}, many=False)[1:7] == [None, 0.5, None, None, 0.0, 0.5]
    assert _share({**row, "least": 6.0, "most": None}, many=False)[1:7] == [0.5, None, 0.5, 1.0, None, None]
    assert _share({**row, "range_low": -1.0, "range_high": 1.0, "least": None, "most": 0.0}, many=False)[2] == 0.5


def test_a_choice_is_said_as_one() -> None:
    assert limit_words(RANGES[2], 1.0, None) == "start: council"
    assert limit_words(RANGES[2], None, 0.0) == "not start: council"
    assert limit_words(RANGES[1], 0.2, 0.4) == "b from 0.2 to 0.4"


def searched(advised: tuple[float, float], way: list[tuple[float, float]]) -> Searched:
    """Return a search with one box, given coverage and density of the advised box and of the steps to it."""
    boxes = table("boxes", "Where", BOXES, [[1, "fee", None, 0.5, 0.0, 1.0, None, 0.01, "fee at most 0.5", "fee"]])
    rows = [[1, k, "path", c, d, c, k] for k, (c, d) in enumerate(way)]
    rows.append([1, None, "advised", *advised, 0.5, 1])
    return Searched("chance of a body > 0.5", "asia-1953", 400, 100, 1, boxes, table("trade_off", "", WAY, rows))


def test_why_a_box_is_advised_beside_denser_ones_is_said() -> None:
    record = told(searched((0.8, 0.6), [(1.0, 0.25), (0.9, 0.5), (0.4, 0.95)]))
    assert record.section("boxes").says[-1] == (
        "It is advised because, of the boxes without limits that chance could explain, it balances density and coverage best "
        "(harmonic mean): the densest box on the way has 95 % and limits 2 numbers, but holds only 40 % of all draws that "
        "reach the goal, this one 80 %."
    )
    assert not told(searched((0.8, 0.99), [(1.0, 0.25), (0.9, 0.5)])).section("boxes").says


def test_draws_are_called_draws_wherever_they_are_told_of() -> None:
    record = told(searched((0.8, 0.6), [(1.0, 0.25), (0.4, 0.95)]))
    words = repr(record.to_dict()) + repr([c.options for c in record.charts()])
    assert "cases" not in words
