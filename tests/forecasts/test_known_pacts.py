"""Pacts that are known beside a case: by their dates, and only where the case does not hold them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from foedus.casebook.reader import read_case
from foedus.casebook.yaml_file import read_document
from foedus.forecasts.known_pacts import ATLANTIC, FILE, beside, members_of, protocols, without_case
from foedus.vocabulary.states import known_ids
from forecasts.test_wording import CASES, ask

DAY = dt.date(2021, 1, 10)


def test_every_pact_has_states_that_exist_and_days_that_run_forwards() -> None:
    for day in (dt.date(1950, 1, 1), DAY, dt.date(2025, 12, 31)):
        for record in beside(without_case(day), (), day):
            assert set(record.members_on(day)) <= set(known_ids())
            assert len(record.members_on(day)) >= 2
    for protocol in protocols():
        assert protocol.signed < protocol.all_in
        assert all(protocol.signed < d < protocol.all_in for d in protocol.late.values())
        assert protocol.members == len(members_of(ATLANTIC, protocol.signed))


def test_the_page_says_how_many_pacts_were_checked() -> None:
    pacts = read_document(FILE).data["pacts"]
    checked = [p for p in pacts if p.get("checked")]
    page = (Path(__file__).parents[2] / "docs" / "forecast.md").read_text()
    assert f"({len(checked)} of them checked" in page
    assert f"2026, {len(checked)} of them" in FILE.read_text()


def test_the_record_of_the_alliance_agrees_with_the_case_of_it() -> None:
    case = read_case("atlantic-2020")
    here = next(r for r in case.in_force() if r.id == ATLANTIC)
    assert {*here.members_on(case.as_of), *here.outside} == set(members_of(ATLANTIC, case.as_of))


def test_a_case_keeps_its_own_and_nothing_later_is_known() -> None:
    asia = read_case("indo-pacific-2020")
    ids = {r.id for r in beside(asia, CASES, DAY)}
    assert {"CSTO1992", ATLANTIC} <= ids
    assert not ids & {"QUAD2017", "AUKUS2021", "RUSPRK2024", "SEATO1954", "CAMPDAVID2023"}


def test_without_a_case_near_enough_what_is_counted_answers() -> None:
    query = ask("Will South Korea end GSOMIA with Japan?", "2019-08-01", "2019-12-31")
    assert (query.case, query.counted, query.by) == ("the record", "agreement ends", ("KOR",))
    assert ask("Will North Macedonia accede to NATO?", "2019-01-10", "2020-12-31").counted == "joins a body"
    signed = ask("Will North Macedonia accede to NATO?", "2019-11-01", "2020-12-31")
    assert (signed.kind, signed.counted) == ("ratified", "accession protocols")  # signed that February
