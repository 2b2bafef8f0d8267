"""Pictures of a case through the years, where they have least to show or most to say."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from foedus.reports.chroniclefigures import WIDTH, hazards, what_there_is

SVG = "{http://www.w3.org/2000/svg}"


def _spans(svg: str) -> dict[str, tuple[float, float]]:
    """Return from where to where each text reaches, at 0.56 of its size per letter."""
    spans = {}
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        words, at = text.text or "", float(text.get("x", "0"))
        wide = 0.56 * float(text.get("font-size", "12")) * len(words)
        spans[words] = (at - wide, at) if text.get("text-anchor") == "end" else (at, at + wide)
    return spans


@pytest.mark.parametrize("form", ["body", "forum", "star", "nothing"])
def test_what_the_hub_has_is_named_inside_the_picture(form: str) -> None:
    shares = {name: [float(name == form)] * 2 for name in ("body", "forum", "star", "nothing")}
    record: dict[str, Any] = {"years": [1953, 1954], "forms": shares, "data_end": 1954}
    spans = _spans(what_there_is(record))
    assert any("100 %" in words for words in spans)
    assert max(end for _, end in spans.values()) <= WIDTH


def test_one_year_shows_no_empty_picture_of_losses() -> None:
    fate = {"name": "A treaty", "kind": "treaty", "hazard": [None]}
    assert hazards({"fates": [fate], "years": [1953]}) == ""
