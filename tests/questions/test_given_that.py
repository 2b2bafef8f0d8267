"""Given that a state agrees: a plain twin by hand, what certainty changes, coherence with the joint chance, sentences for what is wrong."""

from __future__ import annotations

import itertools
import math
import re

import numpy as np
import pytest

from foedus.asking.conditioned import under
from foedus.questions.findings import Assessment
from foedus.questions.given_that import (
    Conditional,
    Given,
    outcomes_table,
    read_given,
    rows,
    said,
    section,
    told,
)
from foedus.questions.study import EVERYBODY
from foedus.questions.what_forms import BODY, CHANCE
from foedus.questions.who_blocks import ACCEPTANCE, CONSENT
from foedus.simulation.formation import Form, shared
from foedus.vocabulary.errors import FoedusError
from questions.asked import PLAIN, answered, sigmoid

MOODY = PLAIN.under({"consent": "common-mood"})
"""The same where members err together, by nearly half."""
ASKED = ("USA", "JPN", "KOR")
NODES = np.linspace(-9.0, 9.0, 2_001)
DENSITY = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()


def pattern(consents: tuple[float, ...], common: float, wanted: tuple[bool | None, ...]) -> float:
    """Return the chance of a pattern of answers by a plain sum over a fine grid of moods; None for who may do either."""
    total = 0.0
    for z, weight in zip(NODES, DENSITY, strict=True):
        chance = weight
        for p, w in zip(consents, wanted, strict=True):
            x = (math.log(p / (1.0 - p)) + math.pi / math.sqrt(3.0) * math.sqrt(common) * z) / math.sqrt(1.0 - common)
            agrees = sigmoid(x)
            chance *= 1.0 if w is None else agrees if w else 1.0 - agrees
        total += chance
    return total


def made(draws: int = 40, **fixed: float) -> Assessment:
    """Return an assessment whose consents are made up, and in which a body is likelier where Japan is willing."""
    random = np.random.default_rng(7)
    consent = {s: np.full(draws, fixed[s]) if s in fixed else random.uniform(0.05, 0.95, draws) for s in ASKED}
    drawn: dict[str, list[float]] = {CONSENT(EVERYBODY, s): consent[s].tolist() for s in ASKED}
    drawn |= {CHANCE(f): random.uniform(0.0, 0.2, draws).tolist() for f in Form}
    drawn[CHANCE(BODY)] = (0.5 * consent["JPN"]).tolist()
    plainly = answered({k: v[0] for k, v in drawn.items()}, drawn, parameters=MOODY)
    drawn[ACCEPTANCE(EVERYBODY)] = Conditional(plainly, ()).jointly(*ASKED).tolist()
    return answered({k: v[0] for k, v in drawn.items()}, drawn, parameters=MOODY)


def given(*words: str) -> tuple[Given, ...]:
    return read_given(made(1).task, words)


def test_weights_and_consents_are_those_of_a_plain_sum_over_moods() -> None:
    found, common = made(24), shared(MOODY)
    assert 0.0 < common < 1.0
    drawn = [tuple(found.ensemble.column(CONSENT(EVERYBODY, s))[k] for s in ASKED) for k in range(24)]
    weights = np.array([pattern(d, common, (None, True, False)) for d in drawn])
    both = np.array([pattern(d, common, (True, True, False)) for d in drawn])
    weighed = Conditional(found, given("JPN=agrees", "KOR=refuses"))
    np.testing.assert_allclose(weighed.weights, weights, rtol=2e-4)
    body = found.ensemble.column(CHANCE(BODY))
    assert weighed.mean(body) == pytest.approx(float(weights @ body / weights.sum()), rel=1e-4)
    assert weighed.mean(weighed.consent_of("USA")) == pytest.approx(float(both.sum() / weights.sum()), rel=1e-4)
    assert weighed.chance == pytest.approx(float(weights.mean()), rel=1e-4)
    assert weighed.left == pytest.approx(float(weights.sum() ** 2 / (weights**2).sum()), rel=1e-4)
    assert weighed.consent_of("KOR").tolist() == [0.0] * 24
    assert weighed.all_agree().tolist() == [0.0] * 24


def test_what_is_certain_changes_nothing_when_it_is_given() -> None:
    found = made(JPN=1.0)
    weighed = Conditional(found, given("Japan=agrees"))
    assert weighed.left == pytest.approx(40)
    for words, before, after in rows(weighed):
        np.testing.assert_allclose(after, before, rtol=1e-9, err_msg=words)
        band = np.quantile(before, [0.05, 0.95]).tolist()
        assert weighed.band(before) == pytest.approx(band, rel=1e-9), words
    assert all(abs(float(str(row["change"]))) < 1e-9 for row in outcomes_table(weighed))


def test_conditions_are_one_joint_chance_in_whatever_order_they_are_given() -> None:
    found = made()
    for one, other in itertools.permutations(ASKED, 2):
        first, second = given(f"{one}=agrees"), given(f"{one}=agrees", f"{other}=agrees")
        then = Conditional(found, first)
        assert then.chance * then.mean(then.consent_of(other)) == pytest.approx(Conditional(found, second).chance)
        refused = Conditional(found, given(f"{one}=agrees", f"{other}=refuses")).chance
        assert Conditional(found, second).chance + refused == pytest.approx(then.chance)
    whole = Conditional(found, given(*(f"{s}=agrees" for s in ASKED)))
    assert whole.chance == pytest.approx(float(found.ensemble.column(ACCEPTANCE(EVERYBODY)).mean()))
    assert whole.all_agree() == pytest.approx(np.ones(40))
    apart = Conditional(found, ())
    likely = [apart.mean(apart.consent_of(s)) for s in ("USA", "KOR")]
    with_japan = Conditional(found, given("JPN=agrees"))
    assert all(with_japan.mean(with_japan.consent_of(s)) > p for s, p in zip(("USA", "KOR"), likely, strict=True))


def test_a_record_says_it_first_and_how_many_draws_are_behind_it() -> None:
    found = under(made(80), given("JPN=agrees", "KOR=refuses"))
    assert found.given == ("JPN=agrees", "KOR=refuses")
    weighed = Conditional(found, given(*found.given))
    says = section(weighed).says
    assert says[0].startswith(
        "Given that Japan agrees to a council of all and South Korea refuses it, the chance of a body"
    )
    assert f"the 80 draws count like {weighed.left:.0f}." in says[1]
    assert said(given("KOR=refuses", "JPN=refuses")) == "South Korea and Japan refuse a council of all"
    assert under(made(), ()).given == ()


@pytest.mark.parametrize(
    ("found", "words", "says"),
    [
        (
            made(12),
            ["JPN=agrees"],
            r"the 12 draws count like 9\.\d, and fewer than 20 say nothing: ask for about 100 draws",
        ),
        (made(JPN=0.0), ["JPN=agrees"], "In none of the 40 draws can it be that Japan agrees to a council of all"),
    ],
)
def test_too_few_draws_are_a_sentence_and_no_number(found: Assessment, words: list[str], says: str) -> None:
    weighed = Conditional(found, given(*words))
    assert not weighed.tells
    assert section(weighed).tables == ()
    assert re.search(says, told(weighed)), told(weighed)


def test_without_draws_they_are_asked_for() -> None:
    none = answered(dict.fromkeys((CONSENT(EVERYBODY, s) for s in ASKED), 0.5))
    assert "there are none: ask for draws" in told(Conditional(none, given("JPN=agrees")))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["JPM=agrees"], "there is no such state in 'small'. Did you mean 'JPN'?"),
        (["JPN=agree"], "it does not say what is given. Write JPN=agrees or JPN=refuses. Did you mean 'agrees'?"),
        (["=agrees"], "it does not say of whom. Write"),
        (["JPN"], "it does not say what is given. Write JPN=agrees or JPN=refuses."),
        (["TWN=agrees"], "nobody asks Taiwan about a council of all. Known names: USA, JPN, KOR"),
        (["CHN=agrees"], "this is an adversary in 'small'"),
        (["JPN=agrees", "Japan=refuses"], "Japan cannot both agree and refuse. Say one of them."),
    ],
)
def test_what_is_wrong_is_said(words: list[str], says: str) -> None:
    with pytest.raises(FoedusError) as error:
        given(*words)
    assert says in str(error.value)
    assert given("JPN=agrees", "Japan=agrees") == (Given("JPN", True),)
