"""One question by itself: the sentence that answers it, what is said where nothing does, and what cannot be asked."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import foedus
from foedus.cli.main import main
from foedus.forecasts.one_answer import CAN_BE_ASKED, _range, one_answer, one_question
from foedus.vocabulary.errors import FoedusError


def answer(text: str, opened: str = "2022-01-10", near: bool = False) -> tuple[str, ...]:
    record = one_answer(foedus.forecast((one_question(text, opened),), near=near, draws=0))
    return (*record.says, *(line for section in record.sections for line in section.says))


def test_a_chance_is_said_in_words_and_as_a_percentage_of_the_case_that_answers() -> None:
    outlook = foedus.forecast(
        (one_question("Will South Korea join the Quad by the end of 2024?", "2022-01-10"),), draws=2
    )
    record = one_answer(outlook)
    chance = outlook.forecasts[0].probability
    assert chance is not None
    assert record.says[0].startswith("Whether South Korea joins")
    assert f"{100 * chance:.0f} %" in record.says[0]
    assert record.says[0].endswith("over the draws.")
    assert "The numbers are those of indo-pacific-2020." in record.sections[0].says[0]
    assert {k for k in record.made if k.endswith("_hash")} == {"indo-pacific-2020_hash", "parameters_hash"}


def test_a_list_names_its_states_and_a_number_its_likeliest() -> None:
    says = answer("Which countries will have joined NATO by the end of 2025?")[0]
    assert "Finland (" in says
    assert "FIN" not in says
    record = one_answer(
        foedus.forecast((one_question("How many members will NATO have on 4 April 2024?", "2022-01-10"),), draws=0)
    )
    assert "Likeliest: 30 (" in record.says[0]
    (table,) = record.sections[0].tables
    assert all(p > 0.005 for p in table.column("probability"))


def test_the_past_is_a_fact_and_what_is_not_understood_says_what_can_be_asked() -> None:
    fact = answer("Will Sweden join NATO by the end of 2024?", "2026-01-10")
    assert fact[0].startswith("Yes: Sweden came in on 2024-03-07")
    assert fact[1] == "The record answers it; that is no forecast."
    unread = answer("Will Japan win the World Cup by the end of 2023?")
    assert unread[0].startswith("No answer: outside the vocabulary: ")
    assert unread[1] == CAN_BE_ASKED


@pytest.mark.parametrize(
    ("text", "opened", "closes", "words"),
    [
        (" ", "2022-01-10", "", "question: it is empty"),
        ("x" * 2001, "2022-01-10", "", "it has 2,001 letters"),
        ("Will Finland join NATO?", "20x", "", "opened: '20x' is not a date"),
        ("Will Finland join NATO?", "2022-01-10", "soon", "closes: 'soon' is not a date"),
        ("Will Finland join NATO?", "2022-01-10", "2021", "closes: 2021-12-31 is before 2022-01-10"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(text: str, opened: str, closes: str, words: str) -> None:
    with pytest.raises(FoedusError, match=words.replace("(", r"\(")):
        one_question(text, opened, closes)


def test_the_command_answers_and_a_wrong_day_is_a_sentence() -> None:
    asked = ["forecast", "ask", "Will Finland join NATO?", "--closes", "2024", "--draws", "0", "--json"]
    done = CliRunner().invoke(main, [*asked, "--opened", "2022-01-10"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["says"][0].startswith(
        "Whether Finland joins (North Atlantic Treaty) from 2022-01-10"
    )
    wrong = CliRunner().invoke(main, [*asked, "--opened", "20x"])
    assert wrong.exit_code != 0
    assert "Traceback" not in wrong.output


def test_a_range_whose_ends_read_alike_is_one_number() -> None:
    assert _range(0.204, 0.2041) == "20 %"
    assert _range(0.1, 0.3) == "10 % to 30 %"
