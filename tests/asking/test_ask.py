"""Asks: one way to ask at every door, the same answer from words and from an ask, and a sentence for what is neither."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import foedus
from foedus.asking.ask import How, asked_by, cases_of, text_of, whole, words_of
from foedus.vocabulary.errors import FoedusError

CASE = "asia-1953"
ASK = foedus.Ask(CASE, without=("dispute",), draws=0)

WRONG: dict[str, list[tuple[Callable[[], Any], str]]] = {
    "assess": [
        (lambda: foedus.assess(CASE, draws="many"), "draws: 'many' is not a whole number. Give 0 to 10,000,000."),
        (lambda: foedus.assess(5), "case: 5 is neither a name, a folder nor a case."),
        (lambda: foedus.assess(CASE, changes=5), "changes: 5 is neither a word nor a list of words."),
        (lambda: foedus.assess(CASE, draws=0, workers="two"), "workers: 'two' is not a whole number. Give 1 to 1,024."),
        (
            lambda: foedus.assess(ASK, without=["burden"]),
            "without: the ask says what is asked, and this stands beside it.",
        ),
        (lambda: foedus.assess(ASK, draws=3), "draws: the ask says what is asked, and this stands beside it."),
    ],
    "explain": [
        (lambda: foedus.explain(CASE, 5), "state: 5 is neither a name nor a path."),
        (lambda: foedus.explain(CASE, "XXX"), "'XXX': there is no such state in 'asia-1953'."),
        (lambda: foedus.explain(None, "KOR"), "case: None is neither a name, a folder nor a case."),
    ],
    "compare": [
        (lambda: foedus.compare([], draws=0), "cases: there is no case in the list."),
        (lambda: foedus.compare(7), "case: 7 is neither a name, a folder nor a case."),
        (lambda: foedus.compare([CASE], draws=-2), "draws: -2 is not a number of draws."),
    ],
    "dispute": [
        (lambda: foedus.dispute(CASE, 3), "pair: 3 is neither a word nor a list of words."),
        (lambda: foedus.dispute(CASE, ["JPN"]), "pair: a quarrel needs two different states."),
        (lambda: foedus.dispute(CASE, without="disput"), "mechanism 'disput': there is no such mechanism."),
    ],
    "wedge": [
        (lambda: foedus.wedge(CASE, budget="x"), "budget: 'x' is not a number."),
        (lambda: foedus.wedge(CASE, budget=-1), "budget: -1 is not a budget."),
        (lambda: foedus.wedge(CASE, changes=["a"]), "'a'"),
    ],
    "whatif": [
        (lambda: foedus.whatif(CASE, 4), "changes: 4 is neither a word nor a list of words."),
        (lambda: foedus.whatif(CASE, ["a=b"]), "'a=b': 'b' is not a number."),
        (lambda: foedus.whatif(ASK, ["treaty_reliability=0.5"]), "changes: the ask says what is asked"),
    ],
    "flip": [
        (lambda: foedus.flip(CASE, effort=0), "effort: 0 is not a number of steps. Give 1 to 17."),
        (lambda: foedus.flip(CASE, goal="zz"), "goal 'zz': there is no such goal."),
        (lambda: foedus.flip(CASE, answers=1.5), "answers: 1.5 is not a whole number."),
    ],
    "ablate": [
        (lambda: foedus.ablate(CASE, laws=["x"]), "law 'x': there is no such procedure."),
        (lambda: foedus.ablate(CASE, workers=0), "workers: 0 is not a number of processes."),
        (lambda: foedus.ablate(CASE, without=[4]), "without: [4] is neither a word nor a list of words."),
    ],
    "report": [
        (lambda: foedus.report(CASE, 5), "path: 5 is neither a name nor a path."),
        (lambda: foedus.report(3, "there.html"), "case: 3 is neither a name, a folder nor a case."),
        (lambda: foedus.report(CASE, "no/such/folder/page.html"), "no/such/folder/page.html: there is no folder"),
    ],
    "simulate": [
        (lambda: foedus.simulate(CASE, first="x"), "first: 'x' is not a whole number."),
        (lambda: foedus.simulate(CASE, runs=0), "runs: 0 is not a number of runs. Give 1 to 10,000,000."),
        (lambda: foedus.simulate(CASE, first=1990, last=1980), "years: 1990 is after 1980."),
        (lambda: foedus.simulate(ASK, seed=4), "seed: the ask says what is asked"),
    ],
    "system": [
        (lambda: foedus.system(7), "system: 7 is neither a name nor a path."),
        (lambda: foedus.system("quadd"), "system 'quadd': there is no such system. Did you mean 'quad'?"),
        (lambda: foedus.system("quad", without=3), "without: 3 is neither a word nor a list of words."),
        (lambda: foedus.system("quad", draws=-1), "draws: -1 is not a number of draws."),
    ],
    "trial": [
        (lambda: foedus.trial(4), "trial: 4 is neither a name nor a path."),
        (lambda: foedus.trial("a-nato-in-asia", draws=None), "draws: None is not a whole number."),
        (lambda: foedus.trial("a-nato-in-asia", laws=[4]), "laws: [4] is neither a word nor a list of words."),
    ],
    "compare_theories": [
        (lambda: foedus.compare_theories([CASE], ["zz"]), "theory 'zz': there is no such theory."),
        (lambda: foedus.compare_theories([CASE], 4), "theories: 4 is neither a word nor a list of words."),
        (lambda: foedus.compare_theories([CASE], "persistence", draws=-1), "draws: -1 is not a number of draws."),
    ],
    "backtest": [
        (lambda: foedus.backtest(windows=4), "windows: 4 is neither a word nor a list of words."),
        (lambda: foedus.backtest(seed="x"), "seed: 'x' is not a whole number."),
        (lambda: foedus.backtest(workers=0), "workers: 0 is not a number of processes."),
    ],
}


@pytest.mark.parametrize(("door", "call", "said"), [(d, c, s) for d, cases in WRONG.items() for c, s in cases])
def test_what_makes_no_sense_is_answered_with_a_sentence(door: str, call: Callable[[], Any], said: str) -> None:
    with pytest.raises(FoedusError) as told:
        call()
    assert str(told.value).startswith(said), door


def test_every_door_was_handed_at_least_three_wrong_things() -> None:
    assert {d: len(cases) for d, cases in WRONG.items() if len(cases) < 3} == {}


def test_an_ask_and_words_ask_the_same() -> None:
    by_words = foedus.assess(CASE, without=["dispute"], draws=0)
    by_ask = foedus.assess(ASK)
    assert by_ask.names == by_words.names
    assert np.array_equal([*by_ask.default.values()], [*by_words.default.values()], equal_nan=True)
    assert foedus.explain(ASK, "KOR") == foedus.explain(CASE, "KOR", without="dispute")
    assert foedus.wedge(ASK) == foedus.wedge(CASE, without="dispute")
    assert foedus.whatif(ASK) == foedus.whatif(CASE, without="dispute")
    assert foedus.assess(ASK, without=("dispute",), draws=0).draws == 0


def test_a_simulation_takes_an_ask() -> None:
    asked = foedus.Ask("indo-pacific-2020", without=("dispute",), seed=4)
    found = foedus.simulate(asked, first=2015, last=2015, runs=2, workers=1)
    words = foedus.simulate("indo-pacific-2020", without=["dispute"], seed=4, first=2015, last=2015, runs=2, workers=1)
    assert np.array_equal(found.draws.values, words.draws.values, equal_nan=True)
    assert found.task.seed == 4


def test_every_door_of_a_case_takes_an_ask_in_its_place() -> None:
    for name in ("assess", "explain", "dispute", "wedge", "whatif", "flip", "ablate", "simulate", "report"):
        first = next(iter(inspect.signature(getattr(foedus, name)).parameters.values()))
        assert "Subject" in str(first.annotation), name


def test_one_word_is_a_list_of_one() -> None:
    assert words_of("without", "dispute") == words_of("without", ["dispute"]) == ("dispute",)
    assert [c.name for c in cases_of(CASE)] == [CASE]
    assert asked_by(CASE, laws="holding=habit").laws == ("holding=habit",)


def test_numbers_of_numpy_are_numbers() -> None:
    whole("draws", np.int64(3), 0, 5)
    assert replace(ASK, draws=np.int64(3)).draws == 3
    for wrong in (True, 1.0, "1", None, float("nan")):
        with pytest.raises(FoedusError, match="is not a whole number"):
            whole("draws", wrong, 0, 5)


def test_text_is_a_name_or_a_path() -> None:
    for wrong in (None, 4, ["a"]):
        with pytest.raises(FoedusError, match="neither a name nor a path"):
            text_of("trial", wrong)


def test_how_many_processes_is_said_in_a_sentence() -> None:
    for wrong in (0, -1, 5000, 1.5):
        with pytest.raises(FoedusError, match=r"^workers: "):
            How(wrong)  # type: ignore[arg-type]
