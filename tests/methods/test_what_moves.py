"""What moves an answer, as a section."""

from __future__ import annotations

from foedus.methods.importance import Importance
from foedus.methods.sensitivity import Index
from foedus.methods.what_moves import told
from foedus.surfaces.svg.draw import draw


def _moves(high: float) -> Importance:
    rank = Index("rank", "fee", "partial rank correlation", 200, 0.8, 0.75, 0.85)
    here, low, top = (
        Index("tornado", name, measure, 3, value, value, value)
        for name, measure, value in (("", "value in use", 0.3), ("fee", "low end", 0.1), ("fee", "high end", high))
    )
    return Importance("chance of a body", "key", (rank, here, low, top), 1, (), {})


def test_the_tornado_starts_from_the_value_in_use() -> None:
    found = told(_moves(0.6), "Which numbers matter")
    chart = next(c for c in found.charts if c.key == "tornado")
    assert chart.options["base"] == 0.3
    assert found.table("tornado").column("chance") == (0.1, 0.6)
    assert "value in use" in draw(chart, 760)


def test_there_is_no_tornado_without_a_swing() -> None:
    assert [c.key for c in told(_moves(0.1), "Which numbers matter").charts] == ["matters"]
