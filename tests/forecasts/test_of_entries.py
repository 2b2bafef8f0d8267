"""The way into a body: applications, ratifications, and the articles of the treaty."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from foedus.forecasts.known_pacts import protocols
from foedus.forecasts.of_entries import ratification
from foedus.forecasts.query import NotUnderstood
from forecasts.test_wording import ask


@pytest.mark.parametrize(
    ("text", "opened", "newcomers", "by"),
    [
        ("Will Finland's NATO accession be ratified by all 30 allies?", "2022-07-10", ("FIN",), ()),
        ("Will Turkey ratify Sweden's accession protocol before the Vilnius summit?", "2023-03-01", ("SWE",), ("TUR",)),
        ("Will Hungary's parliament have voted to approve the accession of Sweden?", "2023-11-15", ("SWE",), ("HUN",)),
        (
            "Will Turkey and Hungary ratify Finland's and Sweden's NATO membership?",
            "2022-11-01",
            ("FIN", "SWE"),
            ("TUR", "HUN"),
        ),
    ],
)
def test_newcomers_and_members_are_told_apart_by_who_is_inside(
    text: str, opened: str, newcomers: tuple[str, ...], by: tuple[str, ...]
) -> None:
    query = ask(text, opened)
    assert (query.kind, query.all_of, query.by) == ("ratified", newcomers, by)
    assert "the accession of" in query.in_words({})


@pytest.mark.parametrize(
    ("text", "opened", "reason"),
    [
        ("Will Turkey ratify Finland's accession to NATO?", "2023-03-31", "TUR had ratified"),
        ("Will Spain ratify Sweden's accession to NATO?", "2023-01-10", "ESP had ratified"),
        ("Will Hungary ratify Ukraine's accession to NATO?", "2023-01-10", "no protocol"),
        ("Will the Grand National Assembly ratify Sweden's accession?", "2023-01-10", "whose parliament"),
        ("Will Turkey or Hungary ratify Sweden's accession?", "2023-01-10", "only whether those"),
        ("Will 25 members ratify Sweden's accession?", "2022-07-10", "counts those who ratify"),
        ("Will the Philippine Senate ratify the Reciprocal Access Agreement?", "2024-01-10", "of two states"),
        ("Will Poland invoke Article 4 of the North Atlantic Treaty?", "2021-01-10", "not by whom"),
        ("Will Japan invoke Article 5?", "2021-01-10", "does not name it"),
        ("Will Moldova apply to join NATO?", "2021-01-10", "nobody counts applications"),
        ("Will Sweden apply to join NATO?", "2023-06-01", "SWE has applied already"),
    ],
)
def test_what_is_not_on_record_is_refused(text: str, opened: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        ask(text, opened)


def test_one_of_n_has_the_nth_root_of_the_last_one_and_nothing_later_is_known() -> None:
    query = ask("Will all members ratify Finland's accession to NATO?", "2022-07-06", "2023-07-05")
    found = ratification(query)
    assert found is not None
    ((last,), words) = found
    assert last.low < last.probability < last.high
    assert words.startswith("accession protocols: 8 ratified by all members in 121 to 407 days, 1951-2020")
    days = np.log([(p.all_in - p.signed).days for p in protocols()[:8]])
    z = (math.log(365) - days.mean()) / days.std(ddof=1)
    assert last.probability == pytest.approx(
        0.5 * math.erfc(-z / math.sqrt(2)), abs=0.05
    )  # without doubt about mean and spread
    one = ratification(replace(query, by=("TUR",)))
    assert one is not None
    assert one[0][0].probability > last.probability  # day one: nobody is known to be late
    late = ask("Will Turkey ratify Sweden's accession to NATO?", "2023-03-01", "2023-07-10")
    waits = ratification(late)
    assert waits is not None
    both = ratification(replace(late, by=()))
    assert both is not None
    assert both[0][0].probability < waits[0][0].probability  # Hungary had not ratified either
