"""Inks: readable as text on every ground, hatches from suffixes."""

from __future__ import annotations

from itertools import combinations

import pytest

from foedus.surfaces.svg.inks import DARK, HATCHES, INKS, LIGHT, TEXT_INKS, contrast, parted, text_ink
from foedus.surfaces.svg.pen import Picture, standalone


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
