"""Questions of the past are answered by the record where it holds the answer, and by nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foedus import forecast
from foedus.asking.ask import load
from foedus.asking.forecasting import map_questions
from foedus.casebook.reader import case_names
from foedus.forecasts.dated import Question
from foedus.forecasts.past_records import Fact, universe
from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.told_record import told
from foedus.forecasts.words import read_vocabulary

DAY = dt.date(2025, 6, 1)
CASES = tuple(map(load, case_names()))
WORDS = read_vocabulary(None)


def _told(text: str, day: dt.date = DAY) -> Fact:
    return told(Question("", text, None, None, None), CASES, WORDS, day)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Had the Manila Pact been signed before 1954 was out?", "Yes: Manila Pact"),
        ("Had the ink dried on the Manila Pact by the end of '53?", "No: Manila Pact"),
        ("When was the Taiwan treaty ended?", "US–Republic of China Mutual Defense Treaty ended on 1980-01-01"),
        ("The Kiwis — when did Uncle Sam tear up his promise to them?", "ANZUS Treaty with New Zealand ended on 1986"),
        ("When did Pakistan walk out of SEATO?", "Pakistan came in on 1955-02-19, and was out on 1973-11-07"),
        ("Which states quit SEATO before 1977?", "Pakistan."),
        ("Was SEATO alive in 1980?", "No: South-East Asia"),
        ("Has Georgia not so far joined NATO?", "Yes: Georgia was no member"),
        ("Has Ukraine still to join NATO?", "Yes: Ukraine was no member"),
        ("Was Spain in NATO by 31.12.1982?", "Yes: Spain came in on 1982-05-30"),
        ("In what year did Sweden get into NATO?", "Sweden came in on 2024-03-07"),
        ("Who joined NATO in 2004?", "Bulgaria, Estonia"),
        ("Which of Estonia, Poland and Hungary joined NATO in the nineties?", "Poland and Hungary."),
        (
            "Of Warsaw, Prague and Bratislava, who was not yet inside the Atlantic tent when the nineties closed?",
            "Slovakia.",
        ),
        ("How many countries joined NATO during the 1950s?", "3: Greece, Turkey and Germany"),
        ("How many members did NATO have at the end of 1999?", "19: Belgium"),
        ("Did nobody join NATO between 1983 and 1998?", "Yes: nobody did"),
        ("Did anyone join NATO between 1983 and 1998?", "No: nobody did"),
        ("Did at least two states join NATO between 1956 and 1998?", "No: 1, Spain"),
        ("Did neither Finland nor Sweden join NATO before 2023?", "Yes: Finland came in"),
        ("Were Finland and Sweden both in NATO by 1 January 2024?", "No: Finland came in"),
        ("Were Finland or Sweden in NATO by 1 January 2024?", "Yes: Finland came in"),
        ("Is it true that GSOMIA was not signed by 2015?", "Yes: Japan–Korea General"),
        ("Did the ROK-Japan GSOMIA survive 23 November 2019?", "Yes: Japan–Korea General"),
        ("Did Bonn join NATO before the summer of '55?", "Yes: Germany came in on 1955-05-06"),
        ("When did the North Korea-Russia pact of June 2024 come into force?", "Treaty on Comprehensive Strategic"),
        ("From signature of its accession protocol to joining NATO, how long did Sweden wait?", "611 days"),
        ("Who was last to ratify the accession of Sweden to NATO?", "Hungary, on 2024-02-26"),
        ("When did Ankara ratify Sweden's accession to NATO?", "Turkey voted on 2024-01-23"),
        ("Has anybody ever left NATO?", "No: nobody did"),
        ("Has Georgia ever been a member of the CSTO?", "Yes: Georgia came in on 1994-04-20"),
        ("Was Slovenia already a NATO member in 2003?", "No: Slovenia came in on 2004-03-29"),
        ("How long did Finland have to wait between protocol and accession?", "273 days"),
        ("Which members has the CSTO lost since 2007?", "Uzbekistan."),
        ("Will Sweden join NATO by 1990?", "No: Sweden came in"),
        ("US–ROC Mutual Defense Treaty: does it survive 2 January 1980?", "No: US–Republic of China"),
    ],
)
def test_the_record_answers(text: str, begins: str) -> None:
    """A day, a list, a number and yes or no come from the record, with its source and with the question as it was read."""
    fact = _told(text)
    assert fact.says.startswith(begins)
    assert fact.source
    assert fact.asked


@pytest.mark.parametrize(
    "text",
    [
        # who does what to whom
        "Did Germany let France into NATO in 1955?",
        "Did NATO leave Afghanistan in 2021?",
        "Did NATO enter Kosovo in 1999?",
        "Did Turkey keep Sweden in NATO in 2023?",
        "Did Turkey leave NATO after Greece joined?",
        "Did NATO expel Greece in 1974?",
        # another thing than what is on record
        "Did Finland apply to join NATO by 2022?",
        "Was the Soviet application to join NATO in 1954 accepted?",
        "Did NATO meet in 2021?",
        "Did Finland win a war in 1944?",
        "Did the Senate ratify NATO in 1949?",
        "Was NATO stronger than SEATO in 1960?",
        "Why did Pakistan leave SEATO in 1973?",
        # two things at once
        "Did Spain join NATO in 1982, and did Greece leave it in 1974?",
        "Was the treaty of Finland and the Soviet Union signed in 1948 ended by 1990?",
        # to be out of a body is not to leave it, and whom "but" takes out is not who is asked about
        "Was Spain out of NATO in 1980?",
        "Had Greece been left out of NATO by 1953?",
        "Did anyone but Finland join NATO in 2023?",
        "Did Turkey join NATO no earlier than 1953?",
        # what the record does not hold, though it holds something near
        "Did Uzbekistan belong to the CSTO in 1998?",
        "Was France in the integrated command in 1960?",
        "Which members has the CSTO lost since 1994?",
        "Was the Quad in force in 2007?",
        "Was the Balkan Pact in force in 1970?",
        "Was the European Defence Community in force in 1953?",
        "Was Kuwait in the Joint defence pact of the Arab League in 1955?",
        "Did Albania leave the Warsaw Pact in 1968?",
        "Was New Zealand in ANZUS in 1990?",
        "Did Finland sign a treaty with Russia in 1990?",
        "Was Finland in NATO in 2023?",
        # what is to come
        "Will Hungary jump ship from NATO within two years?",
        "Will Hungary jump ship from NATO this decade?",
        "Will Hungary jump ship from NATO before Trump leaves office?",
        "Will Hungary jump ship from NATO this year?",
        "Which members has the CSTO lost since 1994 or will it lose by 2030?",
        "Was Ukraine in NATO by 2030?",
        "Would Iran have been a member of NATO in 1979?",
        "If the United States had left NATO in 2019, did Britain leave by 2021?",
    ],
)
def test_near_misses_are_not_told(text: str) -> None:
    """What is near to a fact and is none is not answered by it."""
    with pytest.raises(NotUnderstood):
        _told(text)


def test_nothing_later_than_the_day_is_used() -> None:
    """On a day before it happened, nothing is told of it."""
    early = dt.date(2020, 12, 29)
    assert "Sweden was no member by 2020-12-29" in _told("Did Sweden join NATO by 2019?", early).says
    assert all((r.signed or r.in_force or "") <= "2020-12-29" for r, *_ in universe(CASES, early).values())
    with pytest.raises(NotUnderstood):
        _told("When did Sweden join NATO?", early)


def test_a_fact_is_an_answer_and_no_forecast(tmp_path: Path) -> None:
    """A file with a question of the past has an answer without a probability, which is not scored."""
    asked = tmp_path / "asked.csv"
    asked.write_text(
        "question,opened,closes,outcome\nWhen did Pakistan walk out of SEATO?,2025-06-01,2030-12-31,\n", "utf-8"
    )
    found = forecast(asked, draws=0)
    (only,) = found.forecasts
    assert only.answered
    assert not only.scored
    assert only.probability is None
    assert not only.unanswerable
    assert found.counts["answered"] == 1
    assert found.counts["unanswerable"] == 0
    (row,) = found.record.table("facts")
    assert row["answer"].startswith("Pakistan")
    assert "ATOP" in row["source"]
    (read,) = map_questions(asked).understanding.table("questions")
    assert read["understood"].startswith("when Pakistan left")
    assert read["reason"] is None
