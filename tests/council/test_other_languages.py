"""What a room owes to other languages while its own sentences are English: sides that turn, and words that keep their direction."""

from __future__ import annotations

import re

from foedus.council.sheets import asset

_SIDED = re.compile(r"(?:margin|padding|border)-(?:left|right)\b|text-align:\s*(?:left|right)\b")


def test_a_sheet_has_no_sides_that_do_not_turn_with_the_page() -> None:
    assert _SIDED.findall("a{padding-left:2px}") == ["padding-left"]
    assert not _SIDED.findall(asset("council.css").decode())


def test_what_people_type_keeps_its_own_direction() -> None:
    rules = re.findall(r"([^{}]+)\{[^{}]*unicode-bidi:plaintext[^{}]*\}", asset("council.css").decode())
    kept = {place.strip() for rule in rules for place in rule.split(",")}
    assert kept >= {"textarea", "input[type=text]", ".log .m p", ".art .words", ".br .words", "q", ".c-list b"}
