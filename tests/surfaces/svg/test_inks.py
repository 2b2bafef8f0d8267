"""Inks: readable as text on every ground, hatches from suffixes."""

from __future__ import annotations

from itertools import combinations

import pytest

from foedus.surfaces.svg.inks import DARK, HATCHES, INKS, LIGHT, parted, text_ink
from foedus.surfaces.svg.pen import Picture, standalone

TEXT_INKS = ("ink", "soft", "blue", "plum", *(n for n in LIGHT if n.endswith("-ink")))
"""Inks that text may have: readable on ground and panel, light and dark (WCAG 2.2, 1.4.3: 4.5 to 1)."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 (none) to 21, by the definitions of WCAG 2.2."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_grounds_and_panels(palette: dict[str, str]) -> None:
    weak = {(i, g): contrast(palette[i], palette[g]) for i in TEXT_INKS for g in ("ground", "panel")}
    assert {k: round(v, 2) for k, v in weak.items() if v < 4.5} == {}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_stand_out_from_the_ground(palette: dict[str, str]) -> None:
    assert {
        i: contrast(palette[i], palette["ground"]) for i in INKS if contrast(palette[i], palette["ground"]) < 3
    } == {}


def test_every_ink_has_one_for_text() -> None:
    assert {text_ink(i) for i in INKS} <= set(TEXT_INKS)
    assert text_ink("amber||") == "amber-ink"
    assert set(LIGHT) == set(DARK)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_a_suffix_hatches() -> None:
    assert [parted(f"plum{h}") for h in HATCHES] == [("plum", h) for h in HATCHES]
    assert parted("plum") == ("plum", "")
    p = Picture(10, 10, "t", "d")
    for h in HATCHES:
        p.rect(0, 0, 5, 5, f"plum{h}")
    svg = standalone(p.svg())
    for (one, _), (other, _) in combinations(HATCHES.values(), 2):
        assert svg.count(f'-hatch-plum-{one}"') == svg.count(f"-hatch-plum-{other})") == 1
