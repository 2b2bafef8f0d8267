"""Merging: two that typed on from the same text; where both changed a line both stand, marked, and nobody chooses."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

MARK: Final = "≠ "
"""Before each of two lines of which one has to go."""


def merged(base: str, here: str, there: str) -> str:
    """Return two texts that grew from one as one text, by lines; nothing that was typed on either side is left out.

    Parameters
    ----------
    base : str
        What both had.
    here, there : str
        What was typed on either side.
    """
    if here == there or there == base:
        return here
    if here == base:
        return there
    old, one, two = (text.split("\n") for text in (base, here, there))
    found: list[str] = []
    at = of_one = of_two = 0
    for start, in_one, in_two in (*_kept_by_both(old, one, two), (len(old), len(one), len(two))):
        found += _chosen(old[at:start], one[of_one:in_one], two[of_two:in_two])
        if start < len(old):
            found.append(old[start])
        at, of_one, of_two = start + 1, in_one + 1, in_two + 1
    return "\n".join(found)


def _kept_by_both(old: Sequence[str], one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the lines that neither side touched: where they are in the old text and in both new ones."""
    in_one, in_two = _kept(old, one), _kept(old, two)
    return [(k, in_one[k], in_two[k]) for k in sorted(in_one) if k in in_two]


def _kept(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {b.a + k: b.b + k for b in blocks for k in range(b.size)}


def _chosen(old: Sequence[str], one: Sequence[str], two: Sequence[str]) -> list[str]:
    """Return what stands between two untouched lines."""
    if one == two or list(two) == list(old):
        return list(one)
    if list(one) == list(old):
        return list(two)
    return [line if line.startswith(MARK) else MARK + line for line in (*one, *(w for w in two if w not in one))]
