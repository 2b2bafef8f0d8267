"""Asking: one value for what is asked, with an address and a command that ask the same."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.casefiles import write_case
from foedus.asking.ask import DRAWS, MOST_DRAWS, MOST_WORKERS, Ask, How, load, values_of
from foedus.casebook.reader import read_case
from foedus.draws.sampling import uncertainties
from foedus.model.parameters import Parameters
from foedus.questions.what_holds import what_holds
from foedus.vocabulary.errors import FoedusError

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
