"""Asks: one way to ask at every door, the same answer from words and from an ask, and a sentence for what is neither."""

from __future__ import annotations

import inspect
import os
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus
from casebook.casefiles import write_case
from foedus.asking import through_years
from foedus.asking.ask import (
    DRAWS,
    MOST_DRAWS,
    MOST_WORKERS,
    Ask,
    How,
    asked_by,
    cases_of,
    load,
    text_of,
    values_of,
    whole,
    words_of,
)
from foedus.casebook.reader import read_case
from foedus.draws.sampling import uncertainties
from foedus.model.parameters import Parameters
from foedus.questions.what_holds import what_holds
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
    assert foedus.explain(ASK, "KOR") == foedus.explain(CASE, "KOR", without="dispute", draws=0)
    assert foedus.wedge(ASK) == foedus.wedge(CASE, without="dispute", draws=0)
    assert foedus.whatif(ASK) == foedus.whatif(CASE, without="dispute", draws=0)
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


words = st.text("abc=./ é&?%+'", min_size=1, max_size=12)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "small")


@pytest.mark.parametrize("draws", [-1, MOST_DRAWS + 1])
def test_a_number_of_draws_that_is_none_is_refused(draws: int) -> None:
    with pytest.raises(FoedusError, match=r"is not a number of draws\. Give 0 to 10,000,000"):
        Ask(draws=draws)


def test_ends_of_what_can_be_asked() -> None:
    assert Ask(draws=0).draws == 0
    assert Ask(draws=MOST_DRAWS).draws == MOST_DRAWS
    assert Ask(seed=0).seed == 0
    with pytest.raises(FoedusError, match=r"seed: -1 is negative\. Give 0 or more"):
        Ask(seed=-1)
    assert Ask().draws == DRAWS
    assert Ask().seed == 1


@pytest.mark.parametrize("workers", [0, -3, MOST_WORKERS + 1])
def test_a_number_of_processes_that_is_none_is_refused(workers: int) -> None:
    with pytest.raises(FoedusError, match=r"is not a number of processes\. Give 1 to 1,024"):
        How(workers)


def test_how_many_work() -> None:
    assert How(1).cores == 1
    assert How(MOST_WORKERS).cores == MOST_WORKERS
    assert How().cores == os.cpu_count()


@given(
    st.lists(words, max_size=3).map(tuple),
    st.lists(words, max_size=2).map(tuple),
    st.lists(words, max_size=2).map(tuple),
    st.integers(0, 500),
    st.integers(0, 9),
    words.map(str.strip).filter(bool) | st.just(""),
)
def test_an_address_leads_back_to_what_was_asked(
    changes: tuple[str, ...], without: tuple[str, ...], laws: tuple[str, ...], draws: int, seed: int, calibration: str
) -> None:
    asked = Ask("asia-1953", changes, without, calibration, draws, seed, laws=laws)
    assert Ask.from_url(asked.to_url()) == asked


def test_an_address_says_only_what_differs_from_the_defaults() -> None:
    assert Ask("europe-1949@1951").to_url() == "/europe-1949@1951"
    asked = Ask("x", ("c1=0.5",), ("fee",), "cal", 10, 2, laws=("holding=habit",))
    assert asked.to_url() == "/x?set=c1%3D0.5&without=fee&law=holding%3Dhabit&calibration=cal&draws=10&seed=2"
    assert Ask.from_url("/").case == "indo-pacific-2020"
    assert Ask.from_url("/x").draws == DRAWS
    assert Ask.from_url("/x").seed == 1
    assert Ask.from_url("x/?seed=0").seed == 0


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/x?sed=1", "'sed': an address has no such word. Did you mean"),
        ("/x?draws=many", "draws: 'many' is not a number. Give a whole one."),
        ("/x?seed=-1", "seed: '-1' is not a number"),
        ("/x?draws=1.5", "draws: '1.5' is not a number"),
        ("/x?seed=", "seed: '' is not a number"),
    ],
)
def test_an_address_that_asks_for_nothing_known_is_refused(url: str, said: str) -> None:
    with pytest.raises(FoedusError) as error:
        Ask.from_url(url)
    assert said in str(error.value)


def test_everything_wrong_with_an_address_is_said_at_once() -> None:
    with pytest.raises(FoedusError) as error:
        Ask.from_url("/x?sed=1&draws=many")
    assert len(error.value.problems) == 2


def test_the_command_line_asks_the_same() -> None:
    asked = Ask("x", ("KOR.trade.CHN=0.1",), ("fee",), draws=0, laws=("holding=habit",))
    assert shlex.split(asked.command()) == [
        *("foedus", "assess", "x", "--set", "KOR.trade.CHN=0.1", "--without", "fee"),
        *("--law", "holding=habit", "--draws", "0"),
    ]
    assert Ask("x").command("explain") == "foedus explain x"


def test_a_case_by_folder_or_at_hand(folder: Path) -> None:
    case = read_case(folder)
    assert load(case) is case
    assert load(folder).sha256 == case.sha256
    assert Ask(case).name == "small"
    assert Ask(str(folder)).name == str(folder)


def test_values_are_the_defaults_changed_by_hand(folder: Path) -> None:
    assert values_of() == Parameters()
    assert values_of(changes={"c1": 0.5})["treaty_reliability"] == 0.5
    given_ = Parameters({"treaty_fee": 0.004})
    asked = Ask(folder, ("c1=0.5",), parameters=given_, laws=("holding=habit",))
    assert asked.values["treaty_fee"] == 0.004
    assert asked.values["treaty_reliability"] == 0.5
    assert dict(asked.values.laws) == {"holding": "habit"}


def test_what_is_set_by_hand_does_not_vary(folder: Path) -> None:
    asked = Ask(folder, ("JPN.sovereignty=0.4",), ("fee",))
    free = uncertainties(asked.loaded, asked.values)
    task = asked.task([what_holds], varied=True)
    assert [u.target for u in free if u.target not in [v.target for v in task.varied]] == [("sovereignty", "JPN", None)]
    assert task.overrides == {("sovereignty", "JPN", None): 0.4}
    assert task.without == ("fee",)
    assert task.questions == (what_holds,)
    assert asked.task().varied == ()


def test_answers_are_told_apart_by_all_they_depend_on(folder: Path, tmp_path: Path) -> None:
    other = write_case(tmp_path / "other", ("case.yaml", "A small world", "Another world"))
    asks = [
        Ask(folder),
        Ask(other),
        Ask(folder, ("c1=0.5",)),
        Ask(folder, ("JPN.gdp=1",)),
        Ask(folder, ("JPN.gdp=2",)),
        Ask(folder, without=("fee",)),
        Ask(folder, draws=1),
        Ask(folder, seed=2),
        Ask(folder, laws=("holding=habit",)),
    ]
    digests = [a.digest() for a in asks]
    assert len(set(digests)) == len(asks)
    assert Ask(folder).digest() == digests[0]
    assert Ask(folder, without=("fee", "autonomy")).digest() == Ask(folder, without=("autonomy", "fee")).digest()


def test_a_lever_is_one_word_at_every_door() -> None:
    asked = foedus.Ask(CASE, draws=0, levers=("trade=0.5", "threat=2"))
    assert asked.command() == f"foedus assess {CASE} --lever trade=0.5 --lever threat=2 --draws 0"
    assert Ask.from_url(asked.to_url()) == asked
    assert asked.digest() != foedus.Ask(CASE, draws=0).digest()
    by_word = foedus.assess(CASE, levers=["threat=2", "trade=0.5"], draws=0)
    assert repr(by_word.default) == repr(foedus.assess(asked).default)
    assert by_word.record.made["levers"] == "trade=0.5 threat=2"
    neutral = foedus.assess(CASE, levers=["trade=1"], draws=0)
    assert repr(neutral.default) == repr(foedus.assess(CASE, draws=0).default)


def test_a_lever_is_the_single_change_of_the_same_size() -> None:
    half = foedus.assess(CASE, levers=["trade=0.5"], draws=0)
    effect = next(e for e in foedus.assess(CASE, draws=0).effects if e.lever.key == "half trade")
    assert half.value("forms|body||probability") == effect.body


def test_draws_under_a_lever_keep_their_ranges() -> None:
    asked = foedus.Ask(CASE, draws=4, levers=("trade=0.5",))
    task, plain = asked.task(varied=True), foedus.Ask(CASE, draws=4).task(varied=True)
    assert task.varied == plain.varied
    assert task.run_id(4, 1) != plain.run_id(4, 1)
    row = np.array([u.high for u in task.varied])
    assert np.array_equal(task.study(row).world.trade, plain.study(row).world.trade / 2)


def test_a_lever_holds_in_every_year() -> None:
    plan = through_years.planned(
        foedus.Ask("indo-pacific-2020", levers=("trade=0.5",)), through_years.Years(2015, 2016, 1)
    )
    bare = through_years.planned(foedus.Ask("indo-pacific-2020"), through_years.Years(2015, 2016, 1))
    for year in (2015, 2016):
        assert np.array_equal(plan.course().facts(year).trade, bare.course().facts(year).trade / 2)
    assert plan.run_id(1) != bare.run_id(1)
