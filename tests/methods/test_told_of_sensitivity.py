"""What is told of sensitivity: one list of what matters, one section a method, and words that hold where they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foedus.methods.importance import Importance
from foedus.methods.sensitivity import Index
from foedus.methods.tables_of_sensitivity import swings
from foedus.methods.told_of_sensitivity import record_of, together
from foedus.surfaces.svg.draw import draw

IDENTITY = {"foedus": "0.1.0", "code": "abc", "case": "asia-1953", "draws": 200}


def found(drawn_together: tuple[str, ...], *methods: str) -> Importance:
    indices = tuple(Index(m, n, "total", 10, 0.5) for m in methods for n in ("a", "b", "c"))
    return Importance("chance of a body", "key", indices, 1, drawn_together)


def ranked(*sizes: int) -> Importance:
    strong = {"fee": 0.8, "noise": -0.6, "luck": 0.02}
    indices = tuple(
        Index("rank", n, "partial rank correlation", size, v, v - 0.1, v + 0.1)
        for size in sizes
        for n, v in strong.items()
    )
    return Importance("chance of a body", "chance of a body", indices, 1, (), IDENTITY)


def whole() -> Importance:
    swung = {"": ("value in use", 0.3), "fee": ("low end", 0.1), "noise": ("low end", 0.35)}
    indices = [*ranked(100, 200).indices]
    indices += [Index("tornado", n, m, 5, v) for n, (m, v) in swung.items()]
    indices += [Index("tornado", "fee", "high end", 5, 0.6), Index("tornado", "noise", "high end", 5, 0.2)]
    for n, v in (("fee", 0.4), ("luck", -0.05)):
        indices += [
            Index("sobol", n, m, size, v, v - 0.2, v + 0.2) for m in ("first order", "total") for size in (32, 64)
        ]
        indices += [
            Index("morris", n, "mean effect", 64, abs(v), 0.0, 0.5),
            Index("morris", n, "spread of effects", 64, 0.1),
        ]
    return Importance("chance of a body", "chance of a body", tuple(indices), 1, (), IDENTITY)


def test_numbers_drawn_together_are_named_with_what_the_indices_mean() -> None:
    (said,) = together(found(("a", "b"), "rank", "sobol"))
    assert said.startswith("The calibration draws these together: a, b. So a rank correlation is")
    assert "the total may be the smaller" in said
    assert "Morris" not in said


def test_nothing_is_said_where_no_two_of_them_are_looked_at() -> None:
    assert together(found((), "rank", "sobol")) == ()
    assert together(found(("a", "z"), "sobol")) == ()


def test_the_list_holds_what_chance_does_not_explain_and_is_the_same_everywhere() -> None:
    record = record_of(ranked(100, 200))
    assert record.table("matters").column("number") == ("fee", "noise")
    assert record.says[0].startswith("Most depends on fee and noise; 2 of 3 numbers move")
    assert record.says[1] == "With half as many draws 2 of these 2 stood on the list."
    (listed,) = [c for c in record.charts() if c.key == "matters"]
    assert listed.table == record.table("matters")
    assert len(record.table("sensitivity")) == 6


def test_every_method_has_a_section_and_a_picture() -> None:
    record = record_of(whole())
    assert [s.key for s in record.sections] == ["matters", "tornado", "morris", "sobol", "indices"]
    for chart in record.charts():
        for width in (760, 360):
            assert "<svg" in draw(chart, width), chart.key
    assert {c.key for c in record.charts()} == {
        "matters",
        "settling-rank",
        "tornado",
        "morris",
        "sobol",
        "settling-sobol",
    }
    swung = list(record.table("tornado"))
    assert [(r["number"], r["at_low_end"], r["at_high_end"], r["swing"]) for r in swung] == [
        ("fee", 0.1, 0.6, 0.5),
        ("noise", 0.35, 0.2, 0.14999999999999997),
    ]
    assert record.table("sobol").column("listed") == (True, False)


def test_charts_name_tables_that_stand_in_the_record() -> None:
    record = record_of(whole())
    names = {t.name for t in record.tables()}
    assert {c.table.name for c in record.charts()} <= names


def test_without_ranks_no_list_is_claimed() -> None:
    only = Importance(
        "chance of a body", "key", tuple(i for i in whole().indices if i.method == "sobol"), 1, (), IDENTITY
    )
    said = record_of(only).says[0]
    assert said.startswith("Most depends on fee and luck by sobol")
    assert "--method rank" in said
    assert record_of(only).table("sobol").column("listed") == (None, None)


def test_an_answer_that_only_one_end_has_swings_widest_and_is_not_lost() -> None:
    none = float("inf")
    ends = {"fee": (0.1, 0.6), "noise": (none, 0.2), "luck": (0.3, 0.3)}
    indices = [Index("tornado", "", "value in use", 7, 0.3)]
    for n, pair in ends.items():
        indices += [Index("tornado", n, m, 7, v) for m, v in zip(("low end", "high end"), pair, strict=True)]
    rows = swings(Importance("cost of breaking star", "key", tuple(indices), 1)).rows
    assert rows == (("noise", None, 0.2, None, 0.3), ("fee", 0.1, 0.6, 0.5, 0.3))


def test_what_half_as_many_rounds_said_is_what_they_said() -> None:
    changed = [replace(i, value=i.value / 2) if i.evaluations == 32 else i for i in whole().indices]
    found = record_of(replace(whole(), indices=tuple(changed)))
    rows = next(t for s in found.sections for t in s.tables if "total_at_half" in [c.name for c in t.columns])
    halves = list(zip(rows.column("total"), rows.column("total_at_half"), strict=True))
    assert halves
    assert all(half == pytest.approx(value / 2) for value, half in halves)
