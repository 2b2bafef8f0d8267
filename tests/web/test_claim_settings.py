"""Values of a claim as people write them: read into the number that is meant, or refused in a sentence; each number once."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from foedus.casebook.reader import read_case
from foedus.vocabulary.errors import FoedusError
from foedus.web.claim_settings import now_of, read_value, rows_of, settled

CASE = "indo-pacific-2020"
BEGUN = f"/t/new?case={CASE}&quantity=chance+of+a+body&falsified_if=It+does+not+rise+at+all."


@pytest.mark.parametrize(
    ("name", "typed", "number"),
    [
        ("KOR.trade.CHN", "11 %", "0.11"),
        ("KOR.trade.CHN", "11% of GDP", "0.11"),
        ("KOR.trade.CHN", "half", "0.075"),
        ("KOR.trade.CHN", "=half", "0.075"),
        ("KOR.trade.CHN", "x0.5", "0.075"),
        ("KOR.trade.CHN", "×0.5", "0.075"),
        ("KOR.trade.CHN", "*0.5", "0.075"),
        ("KOR.trade.CHN", "−50 %", "0.075"),
        ("KOR.distance.CHN", "-50 %", "148.9"),
        ("KOR.distance.CHN", "200 km", "200"),
        ("KOR.grievance.JPN", "20 %", "0.2"),
        ("KOR.grievance.JPN", "20 points", "0.2"),
        ("KOR.recognised", "no", "0"),
        ("South Korea trade China", "0.02", "0.02"),
    ],
)
def test_a_value_is_read_as_it_is_meant(name: str, typed: str, number: str) -> None:
    assert read_value(typed, now_of(read_case(CASE), name)) == number


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("KOR.trade.CHN", "11", "11 is outside 0 to 3 share of GDP. It is 0.15 (15 % of GDP) now"),
        ("KOR.trade.CHN", "less", "'less' is not a number that is clear here. Write for example 0.15, 11 %, half"),
        ("KOR.trade.CHN", "0,1", "is not a number that is clear here"),
        ("KOR.distance.CHN", "50 %", "It is 297.8 km now: write the number, or x0.5 for that part of it"),
        ("KOR.recognised", "half", "Write for example yes or no"),
        ("KOR.trade.CHN", "-150 %", "is outside 0 to 3"),
    ],
)
def test_a_value_that_is_not_clear_is_refused_in_a_sentence(name: str, typed: str, sentence: str) -> None:
    with pytest.raises(FoedusError, match=r".") as refused:
        read_value(typed, now_of(read_case(CASE), name))
    assert sentence in str(refused.value)


def test_a_later_value_takes_the_place_of_an_earlier_one() -> None:
    case = read_case(CASE)
    given = ("KOR.trade.CHN=11 apples", "South Korea sovereignty=half", "korea trade=", "South Korea trade China=half")
    assert settled(given, case) == ("KOR.trade.CHN=0.075", "KOR.sovereignty=0.25")
    rows, going_on = rows_of((*settled(given, case), "KOR.trade.CHN="), case)
    assert [(r.value, r.wrong) for r in rows] == [("0.075", ""), ("0.25", "")]
    assert rows[0].now.startswith("Set to 0.075 (7.5 % of GDP), half of what it is now. Now 0.15 (15 % of GDP), judged")
    assert "is not said yet" in going_on.wrong


def test_what_a_number_is_now_is_said_as_soon_as_it_is_named(client: TestClient) -> None:
    page = client.get(f"{BEGUN}&fact=South+Korea+trade+China&to=").text
    assert "Now 0.15 (15 % of GDP), judged from 0.1125 to 0.1901." in page
    assert (
        'name="fact" list="facts" autocomplete="off" placeholder="South Korea trade China" value="KOR.trade.CHN"'
        in page
    )


def test_a_bad_value_stays_a_row_that_is_mended_or_removed(client: TestClient) -> None:
    bad = client.get(f"{BEGUN}&fact=KOR.trade.CHN&to=11+apples")
    row = bad.text.partition('class="set-row"')[2].partition("</div>\n</div>")[0]
    assert 'name="to" autocomplete="off" value="11 apples" aria-invalid="true"' in row
    assert "&#39;11 apples&#39; is not a number that is clear here" in row
    assert "Download" not in bad.text
    mended = client.get(f"{BEGUN}&fact=KOR.trade.CHN&to=11+apples&fact=KOR.trade.CHN&to=half")
    assert mended.url.params.get_list("set") == ["KOR.trade.CHN:0.075"]
    assert "-wrong" not in mended.text
    yaml = client.get("/t/new.yaml?" + mended.url.query.decode()).text
    assert 'set: ["KOR.trade.CHN=0.075"]' in yaml
    gone = client.get(f"{BEGUN}&fact=KOR.trade.CHN&to=0.1&fact=&to=&drop=KOR.trade.CHN&change=lever:no+quarrels")
    assert "set" not in gone.url.params
    emptied = client.get(f"{BEGUN}&fact=KOR.trade.CHN&to=&fact=&to=&change=lever:no+quarrels")
    assert "set" not in emptied.url.params
