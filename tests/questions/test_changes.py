"""Changes set by hand: numbers are numbers, and words are answers only where an answer is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.casefiles import write_case
from foedus.casebook.reader import read_case
from foedus.questions.changes import read_changes
from foedus.vocabulary.errors import FoedusError


def test_a_word_is_an_answer_and_no_amount(tmp_path: Path) -> None:
    case = read_case(write_case(tmp_path / "small"))
    assert read_changes(case, ["JPN.recognised=no"]).facts == {("recognised", "JPN", None): 0.0}
    for setting in ("JPN.gdp=yes", "treaty_reliability=yes", "JPN.recognised=maybe"):
        with pytest.raises(FoedusError, match="is not a number"):
            read_changes(case, [setting])


@pytest.mark.parametrize("text", ["1_000", "\uff14\uff10", "0x10", "4,000", "", "nan", "1e999"])
def test_what_only_a_programmer_would_read_as_a_number_is_refused(tmp_path: Path, text: str) -> None:
    case = read_case(write_case(tmp_path / "small"))
    with pytest.raises(FoedusError, match="is not a") as caught:
        read_changes(case, [f"JPN.gdp={text}"])
    assert all(p.remedy for p in caught.value.problems)
