"""Made of: what a term rests on is read from the laws, and a fact at the ends of its range moves the gain."""

from __future__ import annotations

import pytest

from foedus.asking.ask import Ask
from foedus.mechanisms import COMPONENTS
from foedus.questions.made_of import (
    MOST,
    changes_of_mind,
    fact_words,
    facts_of,
    facts_table,
    gain_of,
    ingredients,
    parameters_of,
    section,
)
from foedus.questions.study import EVERYBODY
from foedus.questions.task import Task
from foedus.vocabulary.errors import FoedusError


@pytest.fixture(scope="module")
def task() -> Task:
    return Ask("indo-pacific-2020", draws=0).task()


def test_a_term_rests_on_what_its_laws_need() -> None:
    quantities, parameters = ingredients("exposure")
    assert "trade" in quantities
    assert "gdp" not in parameters
    for component in COMPONENTS:
        found = ingredients(component)
        assert found[0] or found[1], component
        assert len(set(found[0])) == len(found[0])


def test_facts_of_a_term_are_about_the_state_the_nearest_first(task: Task) -> None:
    found = facts_of(task.case, "exposure", "KOR")
    assert all("KOR" in (f.subject, f.against) for f in found)
    order = [ingredients("exposure")[0].index(f.quantity) for f in found]
    assert order == sorted(order)
    trade = next(f for f in found if f.quantity == "trade" and f.against == "CHN")
    assert fact_words(trade) == "trade of South Korea with China"


def test_the_ends_of_a_range_bound_the_gain_in_use(task: Task) -> None:
    study = task.study()
    now = gain_of(study, study.everybody, "KOR")
    rows = [r for r in facts_table(task, "exposure", "KOR") if r["gain_low"] is not None]
    assert 0 < len(rows) <= MOST
    for row in rows:
        assert row["gain_low"] <= row["gain_high"]  # type: ignore[operator]
    trade = next(r for r in rows if r["quantity"] == "trade" and r["about"] == "CHN")
    assert float(str(trade["gain_low"])) < now < float(str(trade["gain_high"]))  # the less trade, the less to fear
    assert str(trade["known"]).startswith("judged: ")


def test_parameters_of_a_term_stand_with_their_ranges(task: Task) -> None:
    rows = list(parameters_of(task, "exposure"))
    assert [r["parameter"] for r in rows] == list(ingredients("exposure")[1])
    assert all(float(str(r["low"])) <= float(str(r["value"])) <= float(str(r["high"])) for r in rows)
    told = section(task, "exposure", "KOR")
    assert [t.name for t in told.tables] == ["facts", "parameters"]


def test_what_would_change_a_mind_moves_the_gain_the_most_welcome_first(task: Task) -> None:
    study = task.study()
    now = gain_of(study, study.everybody, "KOR")
    gains = [gain for _, gain in changes_of_mind(task, "KOR")]
    assert gains == sorted(gains, reverse=True)
    assert all(abs(gain - now) >= 0.01 for gain in gains)
    assert gains[0] > now
    assert changes_of_mind(task, "KOR", EVERYBODY) == changes_of_mind(task, "KOR")
    with pytest.raises(FoedusError, match="body"):
        changes_of_mind(task, "KOR", "no such body")
