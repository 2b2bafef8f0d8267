"""Weights have ranges and sources; what the law excludes is refused in a sentence."""

import pytest

from foedus.signings.weights import COEFFICIENTS, LAWS, SIGNS, TERMS, WEIGHTS, Weights
from foedus.vocabulary.errors import FoedusError


def test_every_weight_lies_in_its_range_and_says_where_it_comes_from():
    for p in WEIGHTS:
        assert p.low <= p.default <= p.high, p.name
        assert len(p.source) > 20, p.name


def test_every_law_says_what_it_claims_and_what_switches_it_off():
    assert TERMS == ("separation", "enemy", "trust", "autonomy")
    for law, name in zip(LAWS, COEFFICIENTS, strict=True):
        assert all((law.claim, law.equation, law.sources)), law.name
        assert dict(law.off) == {name: 0.0}
        assert Weights(law.off)[name] == 0.0


def test_separation_costs_and_the_others_add():
    signed = Weights().signed
    assert [v > 0 for v in signed] == [s > 0 for s in SIGNS] == [False, True, True, True]
    assert set(Weights()) == {p.name for p in WEIGHTS}
    assert len(Weights()) == 5


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"trust_valu": 1.0}, "trust_value"),
        ({"separation_cost": -1.0}, "wrong sign"),
        ({"closure": 1.5}, "from 0 on to 1"),
        ({"common_enemy": float("nan")}, "wrong sign or size"),
    ],
)
def test_what_the_law_excludes_is_refused(values, words):
    with pytest.raises(FoedusError, match=words):
        Weights(values)
