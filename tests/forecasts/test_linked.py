"""Questions of order, of vetoes and under conditions: what is read, and what is refused, with the reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foedus import forecast
from foedus.asking.ask import load
from foedus.casebook.reader import case_names
from foedus.forecasts.dated import Question
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.wording import understood
from foedus.forecasts.words import read_vocabulary

CASES = tuple(map(load, case_names()))
WORDS = read_vocabulary(None)


def _read(text: str, day: str) -> Query:
    return understood(Question("", text, dt.date.fromisoformat(day), None, None), CASES, WORDS)


@pytest.mark.parametrize(
    ("text", "day", "first", "then"),
    [
        ("Will Turkey leave NATO before Ukraine joins it by 2035?", "2025-06-01", "leaves TUR", "joins UKR"),
        ("Will Hungary leave NATO before Slovakia does, by 2030?", "2025-06-01", "leaves HUN", "leaves SVK"),
        ("Will Armenia quit the CSTO ahead of Belarus by 2030?", "2025-06-01", "leaves ARM", "leaves BLR"),
        (
            "Will Turkey ratify Sweden's accession before Hungary does, by 2024?",
            "2023-03-01",
            "ratified SWE",
            "ratified SWE",
        ),
        (
            "Will India sign a mutual defence treaty with the US before Vietnam does, by 2031?",
            "2021-05-01",
            "treaty signed IND USA",
            "treaty signed VNM USA",
        ),
    ],
)
def test_of_two_things_which_comes_first(text: str, day: str, first: str, then: str) -> None:
    query = _read(text, day)
    assert query.than is not None
    for asked, wanted in ((query, first), (query.than, then)):
        kind, states = wanted.rsplit(" ", wanted.count(" ") - (wanted.startswith("treaty")))[0], wanted.split()[-1]
        assert asked.kind == kind
        assert states in asked.named
        assert asked.end == query.end
    assert "and before this comes true:" in query.in_words({})
    assert " before " in query.says()


@pytest.mark.parametrize(
    ("text", "day", "by", "denied", "end"),
    [
        ("Will Turkey veto Sweden's accession to NATO by July 2023?", "2023-03-01", ("TUR",), True, "2023-07-31"),
        ("Does Erdogan keep blocking Sweden past the Vilnius summit?", "2023-03-01", ("TUR",), True, "2023-07-12"),
        (
            "Will Turkey drop its veto on Sweden's accession by the end of 2023?",
            "2023-03-01",
            ("TUR",),
            False,
            "2023-12-31",
        ),
        ("Will the Swedish accession be held up by Ankara into 2024?", "2022-09-20", ("TUR",), True, "2023-12-31"),
        ("Will any member block Sweden's accession until 2024?", "2023-03-01", (), True, "2024-12-31"),
        ("Will Turkey not block Sweden's accession by 2024?", "2023-03-01", ("TUR",), False, "2024-12-31"),
    ],
)
def test_a_veto_is_that_the_accession_is_not_ratified(
    text: str, day: str, by: tuple[str, ...], denied: bool, end: str
) -> None:
    query = _read(text, day)
    assert (query.kind, query.all_of, query.by, query.denied) == ("ratified", ("SWE",), by, denied)
    assert str(query.end) == end


@pytest.mark.parametrize(
    ("text", "day", "kind", "start", "given"),
    [
        (
            "If Ukraine has not joined NATO by the end of 2027, will it join by 2033?",
            "2025-06-01",
            "joins",
            "2028-01-01",
            "has not come true by 2027-12-31",
        ),
        (
            "If Turkey is still a member of NATO in 2027, will it leave by 2033?",
            "2025-06-01",
            "leaves",
            "2028-01-01",
            "has not come true by 2027-12-31",
        ),
        (
            "Will Ukraine join NATO by 2030, conditional on it not having joined by 2027?",
            "2025-06-01",
            "joins",
            "2028-01-01",
            "by 2027-12-31",
        ),
        (
            "If Sweden has not joined NATO by July 2023, will it join by the end of 2024?",
            "2023-02-15",
            "ratified",
            "2023-08-01",
            "by 2023-07-31",
        ),
        (
            "If Ukraine signs its accession protocol by July 2026, will it be a member of NATO by the end of 2028?",
            "2025-06-01",
            "ratified",
            "2025-06-01",
            "signed, on 2026-07-31 at the latest",
        ),
        (
            "If Japan and the Philippines sign a Reciprocal Access Agreement by the end of 2024, will it be in force by 2025?",
            "2023-01-01",
            "comes into force",
            "2023-01-01",
            "signed, on 2024-12-31 at the latest",
        ),
    ],
)
def test_conditions_that_the_record_can_condition_on(text: str, day: str, kind: str, start: str, given: str) -> None:
    query = _read(text, day)
    assert (query.kind, str(query.start)) == (kind, start)
    assert given in query.given
    assert f"given that {query.given}" in query.in_words({})
    assert "given that" in query.says()


def test_who_is_still_outside_has_not_joined() -> None:
    query = _read("If Ukraine is still outside NATO at the end of 2028, will it join by 2034?", "2025-06-15")
    assert (query.kind, query.all_of, str(query.start)) == ("joins", ("UKR",), "2029-01-01")


@pytest.mark.parametrize(
    ("text", "day", "reason"),
    [
        (
            "If Japan and Korea quarrel, will Korea join the Quad by 2030?",
            "2025-06-01",
            "quarrel.*without the condition it is answered, as whether South Korea joins",
        ),
        (
            "If Turkey leaves NATO, will Greece stay in it until 2030?",
            "2025-06-01",
            "what one event does to another is not on record.*Greece stays",
        ),
        (
            "If neither Ukraine nor Georgia has joined NATO by 2027, will both join by 2033?",
            "2025-06-01",
            "under a condition",
        ),
        (
            "If Ukraine has not joined NATO by 2032, will it join by 2030?",
            "2025-06-01",
            "no day after that of its condition",
        ),
        ("If Ukraine signs its accession protocol, will it be a member of NATO by 2028?", "2025-06-01", "by when"),
        (
            "Will Finland join NATO before Sweden does, by the end of 2024?",
            "2023-03-01",
            "both wait for the same members",
        ),
        ("Will Turkey leave NATO before Turkey leaves NATO by 2030?", "2025-06-01", "the same"),
        ("Will Turkey stay in NATO before Ukraine joins it by 2030?", "2025-06-01", "one thing happens before another"),
        ("Will Turkey leave NATO before Ukraine wins the war by 2030?", "2025-06-01", "vocabulary"),
        ("Will Hungary leave NATO before Slovakia does?", "2025-06-01", "no deadline|vocabulary"),
        ("Will Turkey hold up NATO by 2030?", "2023-03-01", "names none"),
        ("Will Turkey veto Ukraine's accession to NATO by 2030?", "2025-06-01", "no protocol on the accession of UKR"),
        ("Will Hungary object to Sweden's accession to NATO by 2024?", "2023-03-01", "who spoke against it"),
        ("Will Norway veto Sweden's accession to NATO by 2024?", "2023-03-01", "NOR had ratified it"),
        ("When will Turkey veto Sweden's accession to NATO?", "2023-03-01", "of a veto is understood only whether"),
    ],
)
def test_what_the_record_cannot_answer_is_refused_with_the_reason(text: str, day: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        _read(text, day)


def test_orders_vetoes_and_conditions_have_chances_in_words_and_in_form(tmp_path: Path) -> None:
    """Words and form say the same; of two the chances of both orders are no more than one; a later day is given."""
    asked = tmp_path / "asked.yaml"
    asked.write_text(
        """foedus: 1
questions:
  - {id: V, question: veto, opened: 2023-03-01, closes: 2023-07-12, asks: {kind: ratified, all_of: [SWE], by: [TUR], denied: true}}
  - {id: W, question: Does Erdogan keep blocking Sweden past the Vilnius summit?, opened: 2023-03-01}
  - {id: A, question: order, opened: 2025-06-01, closes: 2030-12-31, asks: {kind: leaves, all_of: [HUN], institution: NATO1949, before: {kind: joins, all_of: [UKR], institution: NATO1949}}}
  - {id: B, question: Will Ukraine join NATO before Hungary leaves it by 2030?, opened: 2025-06-01}
  - {id: C, question: Will Ukraine join NATO by 2030?, opened: 2025-06-01}
  - {id: S, question: signed, opened: 2025-06-01, closes: 2028-12-31, asks: {kind: ratified, all_of: [UKR], signed_by: "2026-07-31"}}
  - {id: N, question: later, opened: 2022-06-01, closes: 2027-12-31, asks: {kind: leaves, all_of: [TUR], institution: NATO1949, not_by: "2024-12-31"}}
""",
        "utf-8",
    )
    found = {f.question.id: f for f in forecast(asked, draws=0, workers=1).forecasts}
    p = {name: f.probability for name, f in found.items()}
    assert all(x is not None for x in p.values()), {name: f.reason for name, f in found.items()}
    chance = {name: float(x) for name, x in p.items() if x is not None}
    assert chance["V"] == pytest.approx(chance["W"])
    assert chance["A"] + chance["B"] < 1.0
    assert 0.0 < chance["B"] < chance["C"]
    assert "independently" in found["A"].certainty
    assert chance["S"] > 0.8  # eight of ten accessions were ratified within thirteen months
    assert 0.0 < chance["N"] < 0.1
