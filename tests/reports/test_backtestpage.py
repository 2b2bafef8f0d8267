"""Tables and page of a backtest, on a made-up record."""

import json
import re

import pytest

from estimation import madeup
from foedus.backtests import rolling
from foedus.backtests import step as backtest
from foedus.estimation import protocol
from foedus.reports import backtestfigures, backtesttables
from foedus.reports.backtestpage import backtest_html, conclusion


def case(key, year, size):
    seen = {"rank": 3.0, "chance": 0.04, "lift": 4.0, "a_year": 2e-9}
    others = {"geography": seen, "gradient boosting": seen}
    return {"key": key, "title": f"Pact {key}", "year": year, "source": "", "size": size, "others": 99, "seen": others}


@pytest.fixture(scope="module")
def document():
    """Every part of a document but the theory's own forecasts, which take their time."""
    results = madeup.results()
    return json.loads(
        json.dumps(
            {
                "foedus": "0",
                "seed": 1,
                "quick": False,
                "windows": [r["name"] for r in results],
                "baselines": [],
                "code": "c" * 64,
                "data": {"atop_member": {"version": "made up", "sha256": "a" * 64}},
                "without": [],
                "sample": vars(madeup.SAMPLE),
                "questions": dict(protocol.QUESTIONS),
                "results": results,
                "verdicts": rolling.verdicts(results),
                "cases": [case("nato", 1949, 12), case("pacific", 1950, 6), case("pacific", 1953, 7)],
                "new_bodies_a_year": 0.2,
                "new_pairs_a_year": 2.0,
            }
        )
    )


def test_the_page_is_whole_and_needs_nothing_else(document):
    html = backtest_html(document)
    assert not re.search(r'(src|href)="(?!#|data:)', html)
    assert "<script" not in html
    for name in ("geography", "standard logit", "gradient boosting", "1945-1970", "1911–1920", "Pact nato"):
        assert name in html
    assert html.count("<svg") == html.count("</svg>")


def test_every_score_of_the_document_is_in_the_table(document):
    table = list(backtesttables.scoreboard(document))
    assert len(table) == sum(len(a["rows"]) for r in document["results"] for a in r["questions"].values())
    first = document["results"][0]["questions"]["who signs"]["rows"][1]
    row = next(t for t in table if t["question"] == "who signs" and t["forecaster"] == first["forecaster"])
    assert row["gain"] == first["gain"]["value"]
    assert {t.name for t in backtesttables.tables(document)} == {"scoreboard", "verdicts", "groups", "events", "cases"}


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
    assert words in backtest_html({**document, "verdicts": [v]})


def test_every_forecaster_has_a_colour():
    for question in protocol.QUESTIONS:
        assert {f.name for f in backtest.forecasters(question, theory=True)} <= set(backtestfigures.INKS)


def test_verdicts_compare_with_every_baseline_and_not_with_the_theory_itself():
    rows = [
        {"forecaster": "f", "baseline": "a", "value": 0.2, "low": 0.1, "high": 0.3},
        {"forecaster": "f", "baseline": "b", "value": 0.1, "low": -0.1, "high": 0.3},
    ]
    result = {"name": "1945-1970", "questions": {"who signs": {"against": rows, "events": 5}}}
    (told,) = rolling.verdicts([result])
    assert (told["best_baseline"], told["beats_all"], told["surely"]) == ("b", True, False)
    assert rolling.verdicts([{**result, "name": "from 1990"}]) == []
