"""Systems of the essay: known answers of the theory, the record as it is, and checks that can come out either way."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.asking import one_system
from foedus.casebook.reader import read_case
from foedus.mechanisms import MECHANISMS
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.questions.study import study_of
from foedus.systems import beijings_wedge, japan_korea, nato, nato_doors, nato_in_asia, san_francisco
from foedus.systems.finding import Setting
from foedus.systems.known import SYSTEMS, system_named
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.tables import Column, table
from systems_found import found

EXPECTED = {
    "san-francisco": {"treaties", "slates"},
    "nato": {"founders", "accession", "exit", "germany", "disputes", "silence", "clauses"},
    "quad": {"years", "leaders", "one-leader"},
    "japan-korea": {"ladder", "variants", "years", "sunshine"},
    "nato-in-asia": {"bodies", "taiwan", "signal"},
    "wedge": {"targets", "curve", "episodes", "pressed"},
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_system_has_its_tables_and_sound_numbers(name: str) -> None:
    finding = found(name)
    assert {t.name for t in finding.tables} == EXPECTED[name]
    assert finding.checks
    for t in finding.tables:
        assert len(t) > 0
        for k, c in enumerate(t.columns):
            if c.unit.startswith("probability"):
                assert all(row[k] is None or 0 <= row[k] <= 1 for row in t.rows), (t.name, c.name)  # type: ignore[operator]
            assert not any(isinstance(row[k], float) and np.isnan(row[k]) for row in t.rows), (t.name, c.name)


def test_the_catalogue_is_what_the_tests_know() -> None:
    assert set(SYSTEMS) == set(EXPECTED)


@pytest.mark.parametrize(
    ("name", "without", "words"),
    [
        ("natto", (), "there is no such system"),
        ("", (), "there is no such system"),
        ("nato", ("gravity",), "there is no such mechanism"),
        ("nato", ("consent",), "this mechanism is a procedure"),
    ],
)
def test_bad_input_gets_a_sentence(name: str, without: tuple[str, ...], words: str) -> None:
    with pytest.raises(FoedusError, match=words):
        one_system.system(name, without=without)
    if words == "there is no such system":
        with pytest.raises(FoedusError, match=words):
            system_named(name)


def test_an_unknown_table_names_the_nearest() -> None:
    with pytest.raises(FoedusError, match=r"no such table.*episodes"):
        found("wedge").table("episode")


def test_the_record_of_the_star_follows_the_treaties() -> None:
    case = read_case("indo-pacific-2020")
    assert san_francisco.bound_then(case) == ("JPN", "KOR", "AUS", "PHL", "THA")
    slates = found("san-francisco").table("slates")
    bound = {r["state"] for r in slates if r["year"] == 1980 and r["setting"] == "as it was" and r["bound"] is True}
    assert bound == {"JPN", "KOR", "AUS", "NZL", "PHL", "THA"}  # the pact with Taipei ended on 1 January 1980


def test_without_exposure_trade_makes_no_difference_to_the_star() -> None:
    case = read_case("indo-pacific-2020")
    world = build_world(case)
    parameters = Setting(("exposure",)).parameters
    free = world.replace(trade=np.zeros_like(world.trade))
    assert san_francisco.grown(world, parameters) == san_francisco.grown(free, parameters)
    assert san_francisco.grown(world, Parameters()) == ()
    assert san_francisco.grown(free, Parameters()) != ()


def test_the_founders_are_drafted_but_for_the_known_misses() -> None:
    """Sweden in and Iceland out are known misses of the theory (model text, section 8)."""
    outcome = {r["state"]: r["outcome"] for r in found("nato").table("founders")}
    assert {s for s, o in outcome.items() if o == "false member"} == {"SWE"}
    assert {s for s, o in outcome.items() if o == "miss"} == {"ISL"}
    assert outcome["IRL"] == "rightly out"


def test_dates_of_accession_are_those_of_the_record() -> None:
    entered = {r["state"]: r["entered"] for r in found("nato").table("accession")}
    assert {s: entered[s] for s in ("GRC", "ESP", "POL", "EST", "FIN", "SWE", "IRL")} == {
        "GRC": 1952,
        "ESP": 1982,
        "POL": 1999,
        "EST": 2004,
        "FIN": 2023,
        "SWE": 2024,
        "IRL": None,
    }


def test_separation_counts_pairs_of_the_same_year() -> None:
    columns = [Column("year"), Column("weakest"), Column("soon")]
    year, later = nato_doors.YEARS[0], nato_doors.YEARS[1]
    rows = [[year, 0.9, True], [year, 0.5, False], [year, 0.9, False], [later, 0.1, True], [later, 0.2, False]]
    assert nato_doors.separation(table("t", "t", columns, rows)) == (pytest.approx((1 + 0.5 + 0) / 3), 3)


def test_france_minds_west_germany_only_for_the_grievance() -> None:
    gain = {r["setting"]: r["france"] for r in found("nato").table("germany")}
    assert gain["as it was"] < 0 < gain["no grievance against Germany"]  # type: ignore[operator]


def test_a_council_brokers_and_bilateral_terms_do_so_less() -> None:
    rows = list(found("nato").table("disputes"))
    for dyad in {r["dyad"] for r in rows}:
        council, bare = ({r["setting"]: r for r in rows if r["dyad"] == dyad}[s] for s in ("council", "bilateral"))
        assert council["brokerage"] > bare["brokerage"]  # type: ignore[operator]
        assert council["unbrokered"] <= council["both"]  # type: ignore[operator]


def test_silence_passes_more_than_a_vote() -> None:
    for r in found("nato").table("silence"):
        assert r["passes_silence"] >= r["passes_vote"]  # type: ignore[operator]
        assert r["breaks_silence"] == pytest.approx(r["objects"] / 2)  # type: ignore[operator]


def test_the_quad_meets_in_the_years_of_the_record() -> None:
    met = {r["year"] for r in found("quad").table("years") if r["met"] is True}
    assert met == {2007, *range(2017, 2026)}
    for year in met:
        assert sum(r["weakest"] is True for r in found("quad").table("years") if r["year"] == year) == 1


def test_the_ladder_multiplies_its_steps() -> None:
    rows = [r for r in found("japan-korea").table("ladder") if r["variant"] == "as it is"]
    dates = [str(r["date"]) for r in rows]
    assert dates == sorted(dates)
    assert [str(r["rung"])[0] for r in rows] == ["1", "2", "3", "4", "5"]
    assert [r["actor"] for r in rows] == ["KOR", "JPN", "JPN", "KOR", "KOR"]
    climbed = np.cumprod([float(r["chance"] or 0) for r in rows[:-1]])
    assert [r["reached"] for r in rows[:-1]] == pytest.approx(climbed.tolist())
    assert rows[-1]["reached"] == rows[-2]["reached"]


def test_a_lower_view_of_the_north_makes_korean_security_cheaper_to_risk() -> None:
    rows = list(found("japan-korea").table("sunshine"))
    price = [float(r["korean_price"] or 0) for r in rows]
    both = [float(r["both"] or 0) for r in rows]
    assert price == sorted(price)
    assert both == sorted(both, reverse=True)
    assert len(japan_korea.SUNSHINE) == len(rows)


def test_the_best_draft_of_a_proposer_is_not_beaten_by_any_body_of_three_or_four() -> None:
    case = read_case("indo-pacific-2020")
    study = study_of(case, build_world(case), Parameters())
    states = ("USA", "JPN", "AUS", "IND", "PHL")
    rule = next(iter(nato_in_asia.Rule))
    best = nato_in_asia.best_draft(study, "AUS", rule, 1.0, states)
    at = study.world.index("AUS")
    for members in nato_in_asia._small(study, states):
        if "AUS" in members:
            other = nato_in_asia._draft(
                study, nato_in_asia.Institution(nato_in_asia.Kind.MULTILATERAL, members, rule, 1.0), at
            )
            assert best.chance * max(best.gain, 0) >= other.chance * max(other.gain, 0) - 1e-12


def test_exclusion_by_bayes_is_mute_where_both_hubs_exclude_alike() -> None:
    """Result R6 of the theory: the belief falls only if a resolved hub would have included more often."""
    for r in found("nato-in-asia").table("signal"):
        told = float(r["resolved_include"] or 0) - float(r["unresolved_include"] or 0)
        assert np.sign(round(float(r["signal"] or 0), 12)) == np.sign(told)


def test_recognition_changes_nothing_but_the_penalty() -> None:
    rows = [r for r in found("nato-in-asia").table("taiwan") if r["signal"] == 0.5]
    unknown, known = (next(r for r in rows if r["recognised"] is v) for v in (False, True))
    assert known["loss_taken_in"] == pytest.approx(unknown["loss_taken_in"])
    assert known["gain_inside"] > unknown["gain_inside"]  # type: ignore[operator]


def test_fifteen_episodes_of_beijing_and_two_among_allies() -> None:
    case = read_case("indo-pacific-2020")
    assert len(beijings_wedge.episodes(case, "CHN")) == 15
    assert {e.actors[0] for e in beijings_wedge.episodes(case)} == {"CHN", "JPN", "TUR"}
    assert [e.id for e in beijings_wedge.episodes(case) if e.touched_design] == ["THAAD2016"]
    assert all(e.conceded for e in beijings_wedge.episodes(case))


def test_more_pressure_never_helps_a_body() -> None:
    rows = list(found("wedge").table("curve"))
    for architecture in {r["architecture"] for r in rows}:
        held = [float(r["holds"] or 0) for r in rows if r["architecture"] == architecture]
        assert held == sorted(held, reverse=True)


def test_agreement_of_targets_is_one_when_the_cheapest_are_pressed() -> None:
    columns = [Column("state"), Column("episodes"), Column("cheapness")]
    rows = [["A", 2, 1.0], ["B", 0, 0.5], ["C", 0, 0.0], ["D", 1, None]]
    seen = table("t", "t", columns, rows)
    assert beijings_wedge.agreement(seen) == (1.0, 2)
    # one of three was pressed, and it is the cheapest: as good by chance in one choice of three, which tells nothing
    assert beijings_wedge.by_chance(seen) == pytest.approx(1 / 3)
    ties = table("t", "t", columns, [["A", 1, 0.5], ["B", 0, 0.5]])
    assert beijings_wedge.by_chance(ties) == 1.0


def test_checks_follow_the_model_and_not_a_script() -> None:
    """Without dispute France gains by letting West Germany in whatever the grievance, so the check turns."""
    assert "dispute" in MECHANISMS
    quiet = nato_doors.germany(read_case("europe-1955"), Setting(("dispute",)).parameters)
    base, calm = list(quiet)[:2]
    assert base["france"] == pytest.approx(calm["france"])
    says = {c.says: c.agree for c in found("nato").checks}
    assert says["France would have gained by letting West Germany in, but for the grievance"] is True


def test_over_draws_every_statement_has_a_share_or_is_silent() -> None:
    one = one_system.system("wedge", draws=3, workers=1)
    assert one == one_system.system("wedge", draws=3, workers=2)
    assert one.draws == 3
    for check in one.checks:
        assert (check.in_draws is None) == (check.agree is None)
        assert check.in_draws is None or 3 * check.in_draws == pytest.approx(round(3 * check.in_draws))


@pytest.mark.parametrize(("draws", "seed", "workers"), [(-1, 1, 1), (2, -1, 1), (2, 1, 0)])
def test_draws_that_make_no_sense_are_said(draws: int, seed: int, workers: int) -> None:
    with pytest.raises(FoedusError):
        one_system.system("wedge", draws=draws, seed=seed, workers=workers)


@pytest.mark.parametrize("off", ["wedge", "dispute", "security"])
def test_with_a_mechanism_off_a_system_still_answers(off: str) -> None:
    """Where nobody can be turned, nobody is the first target; nothing falls over."""
    finding = one_system.system("wedge", without=(off,))
    assert len(finding.checks) == len(found("wedge").checks)
    if off == "wedge":
        assert "first: nobody" in {c.model for c in finding.checks}


def test_the_years_of_the_quad_in_words_are_those_of_its_pictures() -> None:
    met = sorted({r["year"] for r in found("quad").table("years") if r["met"] is True})
    words = next(c.happened for c in found("quad").checks if c.says.startswith("Consent was higher"))
    assert words == "met in 2007 and from 2017; the meetings of 2007 were wound up in 2008"
    assert met == [2007, *range(2017, 2026)]
    shaded = [c for c in found("quad").record.charts() if c.options.get("shaded")]
    assert {r["year"] for c in shaded for r in c.table if r["met"] is True} == set(met)


def test_the_quad_says_that_its_numbers_are_consent_and_not_meetings() -> None:
    first = found("quad").record.says[0]
    assert first.startswith("Asked to sit in a forum, all four agree with")
    assert "consent, not the chance that they meet" in first


def test_treaties_with_a_clause_bind_all_who_signed_whether_they_are_states_of_the_case_or_not() -> None:
    case = read_case("atlantic-2020")
    listed = {row[1]: row[3] for row in nato.clauses(case).rows}
    treaties = [r for r in case.institutions if r.name in listed]
    assert any(r.outside for r in treaties)
    assert listed == {r.name: len({m.state for m in r.members} | set(r.outside)) for r in treaties}
