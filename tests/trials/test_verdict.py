"""Verdicts by rule: complete, monotone, and blind to who is right."""

from __future__ import annotations

import itertools

from foedus.trials.verdict import Verdict, disagree, model_says, record_says, verdict


def test_the_rules_cover_everything_and_are_monotone() -> None:
    order = [Verdict.CONTRADICTED, Verdict.UNSUPPORTED, Verdict.CONDITIONAL, Verdict.SUPPORTED]
    models, records = ("fails", "split", "holds"), ("contradicts", "mixed", "supports")
    for m, r in itertools.product((*models, "silent"), (*records, "silent")):
        assert verdict(m, r) in Verdict
    for r in records:
        ranks = [order.index(verdict(m, r)) for m in models]
        assert ranks == sorted(ranks)
    for m in models:
        ranks = [order.index(verdict(m, r)) for r in records]
        assert ranks == sorted(ranks)
    assert verdict("silent", "silent") is Verdict.UNTESTABLE
    assert disagree("holds", "contradicts")
    assert not disagree("split", "contradicts")
    assert [model_says(x) for x in (float("nan"), 0.0, 0.5, 0.95)] == ["silent", "fails", "split", "holds"]
    assert [record_says(*x) for x in ((0, 0), (1, 0), (0, 2), (1, 1))] == ["silent", "supports", "contradicts", "mixed"]
