"""What is told of many runs: spans really run, shares that add up, pictures where they have least to show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from casebook.yearly import write_yearly_case
from foedus.asking.through_years import save_simulation, simulate, simulation_report
from foedus.casebook.reader import read_case
from foedus.model.builder import institution_of
from foedus.surfaces.svg.draw import draw
from foedus.surfaces.svg.pen import standalone
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.record import Record
from foedus.years import tables_of_years
from foedus.years.chronicle import crises, of_the_years
from foedus.years.runs import Simulation
from foedus.years.told_of_years import record_of

Told = Callable[[int, int], Simulation]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    case = str(write_yearly_case(tmp_path_factory.mktemp("told") / "small"))
    return lambda first, last: simulate(case, first=first, last=last, runs=6, workers=1)


def _words(record: Record) -> str:
    return " ".join([record.title, record.question, record.kicker, *record.says, *(s.title for s in record.sections)])


@pytest.mark.parametrize(("first", "last"), [(1996, 2000), (2009, 2012), (2000, 2000)])
def test_titles_say_the_span_really_run(told: Told, first: int, last: int) -> None:
    record = record_of(told(first, last))
    number = last - first + 1
    assert str(first) in record.title
    assert record.title.endswith(str(last))
    assert "twenty years" not in _words(record)
    assert record.section("events").title == f"What happens {f'in {number} years' if number > 1 else 'in the year'}"
    assert record.says[0].startswith(f"At the end of {last} the hub has")
    assert sum(len(words.split()) for words in record.says) <= 60


def test_held_years_are_said_only_where_there_are_some(told: Told) -> None:
    assert not any("are held" in words for words in record_of(told(1996, 2000)).says)
    assert "After 2010 the last yearly values are held." in record_of(told(2009, 2012)).says


def test_shares_of_what_the_hub_has_add_up_and_crises_are_counted_in_the_years_run(told: Told) -> None:
    simulation = told(1996, 2000)
    for row in tables_of_years.every_form(simulation).rows:
        assert sum(float(v or 0) for v in row[1:]) == pytest.approx(1.0)
    for row, kept in zip(tables_of_years.crises_table(simulation), crises(simulation), strict=True):
        assert float(row["mean"] or 0) == pytest.approx(kept[2] * 5 / 20)
    counted = {str(r["happening"]): float(r["times"] or 0) for r in tables_of_years.happenings(simulation)}
    events = tables_of_years.events(simulation).column("happening")
    assert {name: round(times * 6) for name, times in counted.items()} == {n: events.count(n) for n in counted}


@pytest.mark.parametrize(("first", "last"), [(1996, 2004), (2000, 2000)])
def test_every_picture_is_valid_at_both_widths(told: Told, first: int, last: int) -> None:
    record = record_of(told(first, last))
    assert {"institutions", "forms", "ties"} <= {c.key for c in record.charts()}
    for chart in record.charts():
        for width in (760.0, 360.0):
            svg = draw(chart, width)
            ElementTree.fromstring(standalone(svg))
            assert "nan" not in svg


def test_losses_without_any_are_no_section(told: Told) -> None:
    for first in (1996, 2000):
        simulation = told(first, first)
        lost = len(tables_of_years.hazards(simulation)) > 0
        assert ("hazards" in [s.key for s in record_of(simulation).sections]) == lost


def test_files_hold_the_log_that_the_page_leaves_out(told: Told, tmp_path: Path) -> None:
    simulation = told(1996, 2000)
    folder = save_simulation(simulation, tmp_path / "files")
    assert {"events.csv", "trajectories.csv", "survival.csv", "record.json", "manifest.json"} <= {
        p.name for p in folder.iterdir()
    }
    page = simulation_report(simulation, tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Everything that happened, run by run" not in page


def test_a_simulation_shows_itself_and_names_tables_and_sources(told: Told) -> None:
    simulation = told(1996, 2000)
    assert repr(simulation).endswith("1996 to 2000, 6 runs>")
    text = simulation._repr_html_()
    assert text.startswith("<h3>")
    assert simulation.record.says[0] in text
    assert simulation.table("survival").name == "survival"
    with pytest.raises(FoedusError, match="survival"):
        simulation.table("survivals")
    case = simulation.task.case
    assert {s.key for s in simulation.record.sources} == set(case.cited) & set(case.sources)


def test_no_panel_is_without_content_and_what_was_left_out_is_named() -> None:
    simulation = simulate("indo-pacific-2020", first=2006, last=2009, runs=3, workers=1)
    record = record_of(simulation)
    (chart,) = [c for c in record.charts() if c.key == "institutions"]
    seen = {str(r["name"]) for r in chart.table}
    for name in seen:
        rows = [r for r in chart.table if r["name"] == name]
        assert any(r["in_force"] or r["happened"] for r in rows), name
    never = record.section("timeline").says[-1]
    assert never.startswith("In force neither in any run nor on record in these years: ")
    assert "South-East Asia Treaty Organization" in never
    assert not set(never.rstrip(".").partition(": ")[2].replace(" and ", ", ").split(", ")) & seen
    # the forum of 2007 is the first; the second, of the same four, came ten years later
    assert "Quadrilateral Security Dialogue (first)" in seen
    assert set(record.table("survival").column("name")) > seen


def test_institutions_of_the_same_members_go_by_the_name_of_the_years_run() -> None:
    case = read_case("indo-pacific-2020")
    quads = {r.id: r for r in case.institutions if r.id.startswith("QUAD")}
    known = institution_of(case, quads["QUAD2017"])
    assert known is not None

    def shown(*years: int) -> str:
        return of_the_years(case, quads["QUAD2017"], known, years).name

    assert shown(2004, 2012) == "Quadrilateral Security Dialogue (first)"
    assert shown(2015, 2020) == "Quadrilateral Security Dialogue (second)"
    assert shown(2004, 2020) == "Quadrilateral Security Dialogue"
    assert shown(1990, 1995) == "Quadrilateral Security Dialogue (second)"  # none of them: as the case lists it
