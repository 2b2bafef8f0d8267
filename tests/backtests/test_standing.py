"""The record of a backtest, its tables and its page, on made-up data."""

import json
import re

import pytest

from estimation import madeup
from foedus.asking.files import page_text, table_files
from foedus.backtests import rolling
from foedus.backtests import step as backtest
from foedus.backtests.outcome import Backtest
from foedus.backtests.standing import INKS, record_of
from foedus.backtests.standing_tables import scoreboard
from foedus.backtests.standing_words import conclusion
from foedus.estimation import protocol
from foedus.surfaces.svg.draw import draw
from foedus.vocabulary.errors import FoedusError


@pytest.fixture(scope="module")
def document():
    return madeup.document()


def test_the_outcome_shows_its_record_and_tables(document):
    found = Backtest(document)
    assert found.windows == tuple(r["name"] for r in document["results"])
    assert found.record == record_of(document)
    assert repr(found) == f"<Backtest over {len(found.windows)} windows, seed 1>"
    assert found.record.title in found._repr_html_()
    for wrong in ("scorebord", "", 5):
        with pytest.raises(FoedusError, match="this backtest has no such table"):
            found.table(wrong)
    assert found.table("scoreboard").rows


def test_the_page_is_whole_and_needs_nothing_else(document):
    html = page_text(record_of(document))
    assert not re.search(r'(src|href)="(?!#|data:)', html)
    for name in ("geography", "standard logit", "gradient boosting", "1945-1970", "1911–1920", "Pact nato"):
        assert name in html
    assert html.count("<svg") == html.count("</svg>")


def test_every_score_of_the_document_is_in_the_table(document):
    table = list(scoreboard(document))
    assert len(table) == sum(len(a["rows"]) for r in document["results"] for a in r["questions"].values())
    first = document["results"][0]["questions"]["who signs"]["rows"][1]
    row = next(t for t in table if t["question"] == "who signs" and t["forecaster"] == first["forecaster"])
    assert row["gain"] == first["gain"]["value"]
    files = table_files(record_of(document))
    names = ("scoreboard", "verdicts", "groups", "events", "cases", "calibration", "precision", "origins")
    assert {f"{n}.csv" for n in names} <= set(files)
    assert repr(first["gain"]["value"]) in files["scoreboard.csv"]


def verdict(value, low, high):
    return {
        "window": "w",
        "question": "who signs",
        "events": 9,
        "forecaster": "foedus, calibrated",
        "beats_all": value > 0,
        "surely": low > 0,
        "best_baseline": "geography",
        "gap": {"value": value, "low": low, "high": high},
    }


@pytest.mark.parametrize(
    ("v", "words"),
    [
        (verdict(0.3, 0.1, 0.5), "beats every baseline on the log score, and no band of a difference reaches a tie"),
        (verdict(0.3, -0.1, 0.5), "beats every baseline on the log score, but the bands do not exclude a tie"),
        (verdict(-0.3, -0.5, 0.1), "does not beat every baseline: geography is better by 0.30 nats"),
    ],
)
def test_the_page_says_plainly_who_wins(document, v, words):
    (sentence,) = conclusion({**document, "verdicts": [v]})
    assert words in sentence
    assert words in page_text(record_of({**document, "verdicts": [v]}))


def test_every_forecaster_has_a_colour():
    for question in protocol.QUESTIONS:
        assert {f.name for f in backtest.forecasters(question, theory=True)} <= set(INKS)


def test_verdicts_compare_with_every_baseline_and_not_with_the_theory_itself():
    rows = [
        {"forecaster": "f", "baseline": "a", "value": 0.2, "low": 0.1, "high": 0.3},
        {"forecaster": "f", "baseline": "b", "value": 0.1, "low": -0.1, "high": 0.3},
    ]
    result = {"name": "1945-1970", "questions": {"who signs": {"against": rows, "events": 5}}}
    (told,) = rolling.verdicts([result])
    assert (told["best_baseline"], told["beats_all"], told["surely"]) == ("b", True, False)
    assert rolling.verdicts([{**result, "name": "from 1990"}]) == []


def test_sections_come_in_the_order_of_a_reader_and_every_picture_is_there(document):
    record = record_of({**document, "verdicts": [verdict(0.3, 0.1, 0.5)]})
    keys = [s.key for s in record.sections]
    assert keys == ["verdict", "protocol", "board", "curves", "groups", "origins", "cases", "table", "data"]
    (first,) = record.says
    assert (
        first
        == "On who signs, the theory alone, calibrated, beats every baseline in 1 of 1 long window, beyond a tie in 1."
    )
    assert record.section("verdict").says[0].startswith("w: the theory alone")
    assert "nothing is decided" in record_of({**document, "verdicts": []}).says[0]
    drawn = {c.key.split("-")[0]: draw(c) for c in record.charts()}
    assert {"board", "calibration", "precision", "groups", "origins", "famous", "pacific"} == set(drawn)
    assert len({c.key for c in record.charts()}) == len(record.charts())
    assert all(drawn.values())
    board = next(c for c in record.charts() if c.key.endswith("-who-signs"))
    ahead = next(r for r in document["results"] if not r["frozen"])
    assert draw(board).count("<circle") == len(ahead["questions"]["who signs"]["rows"])
    json.dumps(record.to_dict(), allow_nan=False)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_fits_telephones_and_desks(width, document, tmp_path, browser):
    path = tmp_path / "page.html"
    path.write_text(page_text(record_of(document)), encoding="utf-8")
    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.goto(path.as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()
