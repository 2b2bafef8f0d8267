"""Changes by hand: names of any spelling lead to a fact or a parameter; what is wrong is said, all of it."""

from __future__ import annotations

import pytest

from foedus.questions.changes import read_changes
from foedus.vocabulary.errors import FoedusError
from questions.asked import small_case


@pytest.mark.parametrize(
    ("setting", "key", "value"),
    [
        ("JPN.gdp=5000", ("gdp", "JPN", None), 5000.0),
        ("japan.trade.china=0.02", ("trade", "JPN", "CHN"), 0.02),
        (" South_Korea.GDP =1e3", ("gdp", "KOR", None), 1000.0),
        ("TWN.recognised=yes", ("recognised", "TWN", None), 1.0),
        ("TWN.recognised= True ", ("recognised", "TWN", None), 1.0),
        ("JPN.recognised=no", ("recognised", "JPN", None), 0.0),
        ("JPN.recognised=FALSE", ("recognised", "JPN", None), 0.0),
        ("JPN.grievance.KOR=1", ("grievance", "JPN", "KOR"), 1.0),
        ("JPN.grievance.KOR=0", ("grievance", "JPN", "KOR"), 0.0),
        ("CHN.ideal_point=-1", ("ideal_point", "CHN", None), -1.0),
    ],
)
def test_a_fact(setting: str, key: tuple[str, str, str | None], value: float) -> None:
    found = read_changes(small_case(), [setting])
    assert found.facts == {key: value}
    assert found.parameters == {}


@pytest.mark.parametrize("setting", ["treaty_reliability=0.5", "c1=0.5", " c1 =0.5"])
def test_a_parameter_by_name_or_symbol(setting: str) -> None:
    found = read_changes(small_case(), [setting])
    assert found.parameters == {"treaty_reliability": 0.5}
    assert found.facts == {}


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("JPN.gdp", "'JPN.gdp': a change needs a value. Write name=value."),
        ("JPN.gdp=much", "'much' is not a number. Write for example 0.02."),
        ("JPN.gdp=", "'' is not a number"),
        ("JPN.gdp=nan", "'nan' is not a finite number"),
        ("treaty_fee=inf", "'inf' is not a finite number"),
        ("JPN.recognised=2", "2 is outside 0 to 1"),
        ("JPN.recognised=-0.1", "-0.1 is outside 0 to 1"),
        ("a.b.c.d=1", "this names neither a parameter nor a fact. Write parameter=value, state.quantity=value"),
        ("JPN.gpd=1", "there is no quantity 'gpd'. Did you mean 'gdp'?"),
        ("Japn.gdp=1", "there is no such state in 'small'. Did you mean 'Japan'"),
        ("JPN.trade.Chna=1", "there is no such state in 'small'. Did you mean"),
        ("JPN.trade=0.1", "trade is set as JPN.trade.<other state>=value"),
        ("JPN.gdp.CHN=1", "gdp is set as JPN.gdp=value"),
        ("treaty_fe=1", "there is no such parameter. Did you mean 'treaty_fee'"),
    ],
)
def test_what_is_wrong_is_said(setting: str, said: str) -> None:
    with pytest.raises(FoedusError) as error:
        read_changes(small_case(), [setting])
    assert said in str(error.value)


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_changed() -> None:
    with pytest.raises(FoedusError) as error:
        read_changes(small_case(), ["c1=0.5", "JPN.gpd=1", "c1=x", "USA.gdp=9"])
    assert len(error.value.problems) == 2


def test_nothing_changed_is_nothing() -> None:
    found = read_changes(small_case(), [])
    assert (dict(found.parameters), dict(found.facts)) == ({}, {})


def test_ends_of_a_range_can_be() -> None:
    assert read_changes(small_case(), ["JPN.sovereignty=0", "KOR.sovereignty=1"]).facts == {
        ("sovereignty", "JPN", None): 0.0,
        ("sovereignty", "KOR", None): 1.0,
    }


def test_a_word_is_an_answer_and_no_amount() -> None:
    case = small_case()
    assert read_changes(case, ["JPN.recognised=no"]).facts == {("recognised", "JPN", None): 0.0}
    for setting in ("JPN.gdp=yes", "treaty_reliability=yes", "JPN.recognised=maybe"):
        with pytest.raises(FoedusError, match="is not a number"):
            read_changes(case, [setting])


@pytest.mark.parametrize("text", ["1_000", "\uff14\uff10", "0x10", "4,000", "", "nan", "1e999"])
def test_what_only_a_programmer_would_read_as_a_number_is_refused(text: str) -> None:
    case = small_case()
    with pytest.raises(FoedusError, match="is not a") as caught:
        read_changes(case, [f"JPN.gdp={text}"])
    assert all(p.remedy for p in caught.value.problems)
