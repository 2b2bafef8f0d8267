"""What hue alone has to tell apart stays apart for readers without one kind of cone; everything else has hatch, place or word."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.surfaces.svg.inks import DARK, LIGHT, parted

# Machado, Oliveira & Fernandes 2009, IEEE TVCG 15(6), severity 1.0, on linear RGB
SEEN = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
XYZ = np.array(
    ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
)
WHITE = np.array((0.95047, 1.0, 1.08883))
APART = 10.0
"""Least distance in CIELAB (judged: some four times what is just seen, 2.3; Mahy et al. 1994)."""

TERMS = [MECHANISMS[c].ink for c in COMPONENTS]
ALONE = {
    "gain and loss": ("blue", "vermilion"),
    "what is in force": ("blue", "amber", "teal", "grey"),
    "a body and a forum": ("vermilion-ink", "teal-ink"),
    "a council and what the hub leads": ("amber", "vermilion"),
    "verdicts": ("teal-ink", "amber-ink", "vermilion-ink"),
    "terms without a hatch": tuple(ink for ink in TERMS if not parted(ink)[1]),
}


def lab(ink: str, matrix: np.ndarray) -> np.ndarray:
    """Return where an ink is seen, in CIELAB."""
    raw = np.array([int(ink[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(raw <= 0.04045, raw / 12.92, ((raw + 0.055) / 1.055) ** 2.4)
    x = XYZ @ np.clip(matrix @ linear, 0, 1) / WHITE
    f = np.where(x > 216 / 24389, np.cbrt(x), (24389 / 27 * x + 16) / 116)
    return np.array((116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("blind", SEEN)
@pytest.mark.parametrize("told", ALONE)
def test_inks_that_hue_alone_tells_apart_stay_apart(palette: dict[str, str], blind: str, told: str) -> None:
    places = {ink: lab(palette[ink], np.array(SEEN[blind])) for ink in ALONE[told]}
    near = {(a, b): float(np.linalg.norm(places[a] - places[b])) for a, b in combinations(places, 2)}
    assert {pair: d for pair, d in near.items() if d < APART} == {}


def test_terms_whose_hues_run_together_have_different_hatches() -> None:
    assert len({parted(ink)[1] for ink in TERMS if parted(ink)[1]}) == sum(bool(parted(ink)[1]) for ink in TERMS)


def test_the_rule_would_notice_red_against_green() -> None:
    red, green = (lab(ink, np.array(SEEN["deuteranopia"])) for ink in ("#b84a1c", "#7a6a00"))
    assert np.linalg.norm(red - green) < APART
