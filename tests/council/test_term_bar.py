"""A bar of terms: what adds to the right, what takes to the left, to one scale, with its sum."""

from __future__ import annotations

import re

import pytest

from foedus.council.term_bar import term_bar
from foedus.mechanisms import COMPONENTS

ONE, TWO, THREE = COMPONENTS[:3]


def test_pieces_are_as_long_as_their_terms_and_the_sum_stands_where_they_end() -> None:
    drawn = str(term_bar({ONE: 0.6, TWO: -0.2, THREE: 0.0}))
    pieces = [
        (float(x), float(w)) for x, w in re.findall(r'class="piece ink-\w+" x="([\d.]+)" y="5" width="([\d.]+)"', drawn)
    ]
    zero, total = (float(re.search(rf'class="{n}" d="M([\d.]+)', drawn).group(1)) for n in ("zero", "sum"))  # type: ignore[union-attr]
    assert len(pieces) == 2, "a term that is nothing is not drawn"
    (taken, added) = sorted(pieces)
    assert taken[0] + taken[1] == pytest.approx(zero, abs=0.11)
    assert added[0] == pytest.approx(zero, abs=0.11)
    assert added[1] == pytest.approx(3 * taken[1], abs=0.2)
    assert total - zero == pytest.approx(added[1] - taken[1], abs=0.2)
    assert "−0.200" in drawn
    assert "+0.600" in drawn


def test_nothing_is_drawn_of_nothing() -> None:
    assert str(term_bar(dict.fromkeys(COMPONENTS, 0.0))) == ""
