"""Words beside the indices of sensitivity: said where they hold, and only there."""

from __future__ import annotations

from foedus.methods.importance import Importance
from foedus.methods.sensitivity import Index
from foedus.reports.sensitivitytables import notes


def found(together: tuple[str, ...], *methods: str) -> Importance:
    indices = tuple(Index(m, n, "total", 10, 0.5) for m in methods for n in ("a", "b", "c"))
    return Importance("chance of a body", "key", indices, 1, together)


def test_numbers_drawn_together_are_named_with_what_the_indices_mean() -> None:
    (said,) = notes(found(("a", "b"), "rank", "sobol"))
    assert said.startswith("The calibration draws these together: a, b. So a rank correlation is")
    assert "the total may be the smaller" in said
    assert "Morris" not in said


def test_nothing_is_said_where_no_two_of_them_are_looked_at() -> None:
    assert notes(found((), "rank", "sobol")) == []
    assert notes(found(("a", "z"), "sobol")) == []
