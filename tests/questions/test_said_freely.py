from __future__ import annotations

import pytest

from foedus.casebook.reader import read_case
from foedus.questions.changes import read_changes
from foedus.questions.said_freely import fact_said, name_of, nearest_said
from foedus.vocabulary.errors import FoedusError

ASIA = read_case("asia-1953")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("South Korea trade China", "KOR.trade.CHN"),
        ("trade of China with South Korea", "KOR.trade.CHN"),
        ("Japan's military spending", "JPN.military_spending"),
        ("south korea quarrel with japan", "KOR.grievance.JPN"),
        ("Japan grievance KOR", "JPN.grievance.KOR"),
        ("US own command", "USA.sovereignty"),
    ],
)
def test_states_and_a_quantity_in_any_order_are_one_number(words: str, name: str) -> None:
    assert name_of(fact_said(ASIA, words)) == name


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("North Korea trade China", ["KOR.trade.CHN"]),  # no state of this case, and the South is not meant for sure
        ("Jpan traed China", ["JPN.trade.CHN"]),
        ("South Korea trade", ["KOR.trade.CHN", "KOR.trade.RUS"]),
    ],
)
def test_what_is_not_sure_is_offered_and_never_taken(words: str, near: list[str]) -> None:
    assert [name_of(f) for f in nearest_said(ASIA, words)][: len(near)] == near
    with pytest.raises(FoedusError, match=f"it is not clear which number this means. Did you mean '{near[0]}'"):
        fact_said(ASIA, words)


def test_the_command_line_takes_words_too_and_parameters_as_before() -> None:
    assert read_changes(ASIA, ["South Korea trade China=0.02"]).facts == {("trade", "KOR", "CHN"): 0.02}
    with pytest.raises(FoedusError, match="Did you mean 'treaty_reliability'"):
        read_changes(ASIA, ["treaty reliability=0.5"])
