"""What is counted on record: treaties without the hub, agreements without a duty of defence, bodies as a whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import foedus
from foedus.forecasts.of_classes import (
    AGREEMENT,
    ANY_DUTY,
    BY_ONE,
    CONSULT,
    COOPERATION,
    ENDS,
    OF_PAIRS,
    PAIR,
    TRIAD,
)
from foedus.forecasts.of_members import BODY, GAINS, JOINED, LEAVES
from foedus.forecasts.query import NotUnderstood, Query
from forecasts.test_wording import WORDS, ask

PAIRED = Query("treaty signed", "x", ("RUS", "PRK"), (), (), False, dt.date(2021, 1, 1), dt.date(2024, 12, 31))


@pytest.mark.parametrize(
    ("text", "said", "counted"),
    [
        ("Russia and North Korea conclude a treaty with a mutual-assistance clause", "treaty signed: RUS, PRK", PAIR),
        ("Will China form a military alliance with Russia?", "treaty signed: CHN, RUS", PAIR),
        ("Australia and Indonesia sign a treaty with a consultation clause", "treaty signed: AUS, IDN", CONSULT),
        ("Will China sign a security pact with the Solomon Islands?", "treaty signed: CHN, SLB", ANY_DUTY),
        ("Australia signs a new mutual-defence treaty", "treaty signed: AUS", BY_ONE),
        ("Will Japan sign a mutual defence treaty with any other country?", "treaty signed: JPN", BY_ONE),
        (
            "Will China conclude a military alliance with Russia or Iran?",
            "treaty signed: CHN and at least 1 of RUS, IRN",
            PAIR,
        ),
        ("Will Ukraine and the United States sign a mutual defense treaty?", "treaty signed: UKR, USA", PAIR),
        ("GSOMIA ceases to be in force", "treaty ends: GSOMIA2016", AGREEMENT),
        ("Seoul gives a new notice to end GSOMIA", "treaty ends: GSOMIA2016 by KOR", AGREEMENT),
        ("Will Japan and South Korea renew GSOMIA?", "treaty holds: GSOMIA2016", AGREEMENT),
        ("Will NATO cease to exist?", "treaty ends: NATO1949", BODY),
        ("Will NATO survive?", "treaty holds: NATO1949", BODY),
        ("Will the US sign a mutual defence treaty with Taiwan?", "treaty signed: USA, TWN", PAIR),
        (
            "Will Japan sign a Reciprocal Access Agreement with France?",
            "treaty signed: JPN, FRA",
            f"{OF_PAIRS}, no allies, again",
        ),
        ("Will Japan sign a Reciprocal Access Agreement with Fiji?", "treaty signed: JPN, FJI", COOPERATION),
        ("Will Iran and Russia sign a treaty of friendship and mutual assistance?", "treaty signed: IRN, RUS", PAIR),
        ("Will Iran and Russia sign a friendship treaty?", "treaty signed: IRN, RUS", ANY_DUTY),
        (
            "Will Manila terminate the Visiting Forces Agreement with Washington?",
            "treaty ends: USPHLVFA1998 by PHL",
            AGREEMENT,
        ),
        ("Will the treaty of friendship between Beijing and Pyongyang lapse?", "treaty ends: CHNPRK1961", ENDS),
        ("Will China and North Korea end their alliance?", "treaty ends: CHNPRK1961", ENDS),
        ("Will Armenia leave the CSTO?", "leaves: ARM (CSTO1992)", LEAVES),
        ("Will another country join the CSTO?", "grows: CSTO1992", GAINS),
        ("Will Serbia join the CSTO?", "joins: SRB (CSTO1992)", JOINED),
        ("Will NATO leaders hold a summit?", "forum meets: NATO1949", "NATO summit"),
        ("Will Serbia join NATO before Kosovo does?", "joins: SRB before XKX (NATO1949)", "joins a body"),
        ("Will Syria and Russia end their friendship treaty?", "treaty ends: SYR, RUS", AGREEMENT),
        ("Will France leave the integrated military command of NATO?", "leaves: FRA (NATOCOMMAND1951)", LEAVES),
        ("Will Japan and Italy upgrade their pact to a mutual defence treaty?", "treaty signed: JPN, ITA", PAIR),
        (
            "Will consultations under Article 4 of the North Atlantic Treaty be requested?",
            "invoked: NATO1949",
            "article 4 invoked",
        ),
        ("Will NATO invoke Article 5?", "invoked: NATO1949", "article 5 invoked"),
        (
            "Will Japan, Korea and Australia sign a trilateral mutual defence treaty?",
            "treaty signed, multilateral: JPN, KOR, AUS",
            TRIAD,
        ),
    ],
)
def test_what_is_counted_and_by_which_class(text: str, said: str, counted: str) -> None:
    query = ask(text)
    assert query.says().startswith(f"{said} [")
    assert query.counted == counted
    assert query.answered_as.endswith("counted")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Will Russia and China sign a trilateral defence pact by 2024?", "name a third"),
        ("The USA signs a multilateral defence treaty with Taiwan and Japan", "TWN: recognition is given"),
        ("Will Japan, the Philippines and Australia sign a Reciprocal Access Agreement?", "only treaties of two"),
        ("Will India sign a security pact with any other country?", "does not say with whom"),
        ("How many mutual defence treaties will Russia sign?", "counts treaties|how many"),
        ("Will Australia end GSOMIA?", "AUS is no party"),
        ("Will Russia and Ukraine sign a peace treaty?", "peace"),
        ("Will NATO's membership remain at 30?", "no quantity"),
        ("Japan-Philippines RAA in force", "does not mean one treaty|does not say which treaty"),
        ("Will Sweden join NATO before Poland does?", "POL is a member"),
        ("Will Russia and North Korea join NATO?", "PRK|RUS"),
    ],
)
def test_what_is_not_counted_is_refused(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        ask(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Will Poland and Norway sign a defence cooperation agreement?", "allies, again"),
        ("Will Ireland and Sweden sign a defence cooperation agreement?", "no allies, first"),
        ("Will Iceland and Spain sign a defence cooperation agreement?", "allies, first"),
        ("Will India sign a logistics agreement with Japan or Vietnam?", "no allies, again"),
        ("Will India sign a logistics agreement with Japan or New Zealand?", ""),  # one had signed before, one had not
        ("Will India sign a logistics agreement with Oman?", ""),
    ],
)
def test_agreements_are_counted_by_what_a_pair_has_already(text: str, kind: str) -> None:
    assert ask(text).counted == (f"{OF_PAIRS}, {kind}" if kind else COOPERATION)


def test_an_agreement_since_the_counts_end_is_one_before(tmp_path: Path) -> None:
    before, after = (
        ask("Will Japan and the UK sign a logistics agreement?", "2023-01-01"),
        ask("Will Japan and the UK sign a logistics agreement?", "2024-01-01"),
    )
    assert before.counted.endswith("no allies, first")
    assert after.counted.endswith("no allies, again")  # their access agreement, in force since October 2023


def test_the_kinds_of_pairs_are_all_pairs() -> None:
    for first, last, events, years in WORDS.rates[COOPERATION].eras:
        parts = [era for name, rate in WORDS.rates.items() if name.startswith(f"{OF_PAIRS}, ") for era in rate.eras]
        here = [era for era in parts if era[:2] == [first, last]]
        assert len(here) == 4
        assert [sum(era[2] for era in here), sum(era[3] for era in here)] == [events, years]


def test_the_model_answers_whatever_it_can_and_the_class_only_the_rest() -> None:
    assert not ask("Will the US and India sign a mutual defence treaty?").counted
    assert not ask("Will the US and Japan end their mutual defence treaty?").counted
    assert ask("Will Japan and India sign a mutual defence treaty?").case == "indo-pacific-2020"


def test_an_answer_says_its_class_and_how_far_to_trust_it(tmp_path: Path) -> None:
    asked = tmp_path / "asked.csv"
    asked.write_text(
        "question,opened,closes,outcome\nChina and Russia sign a mutual-defence treaty,2020-12-29,2025-12-31,no\n"
    )
    (only,) = foedus.forecast(asked, draws=0).forecasts
    assert only.law == "reference class"
    assert only.probability == only.reference
    assert only.low is not None
    assert only.probability is not None
    assert only.low < only.probability < 0.02
    assert "seldom one drawn by lot" in only.certainty
    assert only.reason.startswith("treaty signed, two states: 890 in")
