"""Verdicts by rule: complete, monotone, and no colour that a witness gainsays."""

from __future__ import annotations

import itertools

import pytest

from foedus.trials.verdict import MODEL, RECORD, Verdict, model_says, precedents_say, verdict

PAIRS = list(itertools.product(MODEL, RECORD))
STEP = {"fails": 0, "contradicts": 0, "split": 1, "mixed": 1, "silent": 1, "holds": 2, "supports": 2}
"""How far each witness speaks for a claim; silence lies between yes and no, as doubt does."""


def test_improving_either_side_never_worsens_the_verdict() -> None:
    for (m, r), (m2, r2) in itertools.product(PAIRS, PAIRS):
        if STEP[m] <= STEP[m2] and STEP[r] <= STEP[r2]:
            assert verdict(m, r).rank <= verdict(m2, r2).rank, (m, r, m2, r2)


@pytest.mark.parametrize(("model", "record"), PAIRS)
def test_a_colour_says_what_the_witnesses_say(model: str, record: str) -> None:
    said = {STEP[model], STEP[record]}
    found = verdict(model, record)
    assert (found.tone == "good") == (2 in said and 0 not in said)
    assert (found.tone == "bad") == (0 in said and 2 not in said)
    assert (found is Verdict.DISPUTED) == ({0, 2} <= said)
    assert (found is Verdict.UNTESTABLE) == ((model, record) == ("silent", "silent"))


def test_every_verdict_has_a_word_a_tone_an_ink_and_a_meaning_of_its_own() -> None:
    assert {v.tone for v in Verdict} == {"good", "mixed", "bad", "quiet"}
    for part in ("value", "ink", "meaning"):
        assert len({getattr(v, part) for v in Verdict}) == len(Verdict)
    assert {v.ink.removesuffix("//") for v in Verdict} == {"teal", "amber", "vermilion", "grey"}
    assert [v.ink for v in Verdict if v.tone == "bad"] == ["vermilion"]


def test_what_the_witnesses_say() -> None:
    shares = [model_says(x) for x in (float("nan"), 0.0, 0.33, 0.89, 0.9)]
    assert shares == ["silent", "fails", "split", "split", "holds"]
    counts = [precedents_say(*x) for x in ((0, 0), (1, 0), (0, 2), (1, 1))]
    assert counts == ["silent", "supports", "contradicts", "mixed"]
