"""Borders and names of famous years, and tables in which every row has a source and an outline."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.surfaces.svg.projection import disputed, north_of, outlines
from foedus.surfaces.svg.sovereignty import disputed_on, disputes, holdings, name_on, rings_of, units

REPUBLICS = {"RUS", "UKR", "BLR", "MDA", "EST", "LVA", "LTU", "GEO", "ARM", "AZE", "KAZ", "UZB", "TKM", "KGZ", "TJK"}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def areas(text: str) -> set[str]:
    return {d.area for d in disputed_on(day(text))}


def test_1949_has_a_soviet_union_of_fifteen_republics_and_no_two_germanies_before_october() -> None:
    held = holdings(day("1949-04-03"))
    assert name_on("RUS", day("1949-04-03")) == "Soviet Union"
    assert set(held["RUS"]) >= REPUBLICS | {"crimea"}
    assert not REPUBLICS - {"RUS"} & set(held)
    assert name_on("DEU", day("1949-04-03")) == "Germany under occupation"
    assert "DDR" not in held
    assert held["DEU"] == ("DEU",)
    assert name_on("DDR", day("1949-10-07")) == "East Germany"
    assert name_on("DEU", day("1949-10-07")) == "West Germany"
    assert "TWN" in held["CHN"]
    assert "TWN" not in holdings(day("1949-12-08"))["CHN"]


def test_1955_shows_germany_under_two_names_and_vietnam_cut_at_the_seventeenth_parallel() -> None:
    held = holdings(day("1955-05-05"))
    assert held["DEU"] == held["DDR"] == ("DEU",)
    assert (held["VNM"], held["RVN"]) == (("VNM>17",), ("VNM<17",))
    assert name_on("VNM", day("1955-05-05")) == "North Vietnam"
    north, south = rings_of("VNM>17"), rings_of("VNM<17")
    assert min(lat for ring in north for _, lat in ring) == pytest.approx(17)
    assert max(lat for ring in south for _, lat in ring) == pytest.approx(17)


def test_1975_has_yugoslavia_czechoslovakia_two_yemens_and_bangladesh() -> None:
    held = holdings(day("1975-06-01"))
    assert set(held["YUG"]) == {"SRB", "MNE", "XKX", "HRV", "SVN", "BIH", "MKD"}
    assert held["CSK"] == ("CZE", "SVK")
    assert held["YEM"] == held["YMD"] == ("YEM",)
    assert held["PAK"] == ("PAK",)
    assert holdings(day("1971-12-15"))["PAK"] == ("PAK", "BGD")
    assert not {"HRV", "CZE", "SVK", "SVN"} & set(held)


def test_1991_is_the_last_year_of_the_soviet_union() -> None:
    assert {"EST", "LVA", "LTU"} <= set(holdings(day("1991-09-05"))["RUS"])
    assert not {"EST", "LVA", "LTU"} & set(holdings(day("1991-09-06"))["RUS"])
    assert "UKR" in holdings(day("1991-12-25"))["RUS"]
    assert holdings(day("1991-12-26"))["UKR"] == ("UKR", "crimea")
    assert name_on("RUS", day("1991-12-26")) == "Russia"
    assert holdings(day("1991-01-01"))["DEU"] == ("DEU",)
    assert "DDR" not in holdings(day("1990-10-03"))


def test_1993_has_parted_czechia_and_slovakia_and_a_smaller_yugoslavia() -> None:
    held = holdings(day("1993-06-01"))
    assert (held["CZE"], held["SVK"]) == (("CZE",), ("SVK",))
    assert set(held["YUG"]) == {"SRB", "MNE", "XKX"}
    assert {"HRV", "SVN", "BIH", "MKD", "ERI"} <= set(held)
    assert held["ETH"] == ("ETH",)


def test_2006_parts_serbia_and_montenegro() -> None:
    assert set(holdings(day("2006-06-04"))["YUG"]) == {"SRB", "MNE", "XKX"}
    after = holdings(day("2006-06-12"))
    assert "YUG" not in after
    assert (after["SRB"], after["MNE"]) == (("SRB", "XKX"), ("MNE",))
    assert "XKX" in areas("2006-06-12")


def test_2014_and_2022_leave_crimea_to_ukraine_and_hatch_it() -> None:
    assert "crimea" not in areas("2014-03-17")
    for text in ("2014-03-18", "2014-06-01", "2022-03-01", "2026-01-01"):
        held = holdings(day(text))
        assert held["UKR"] == ("UKR", "crimea")
        assert "crimea" not in held["RUS"]
        assert "crimea" in areas(text)
    assert {d.holder for d in disputed_on(day("2022-03-01")) if d.area == "crimea"} == {"RUS"}


def test_every_year_gives_every_outline_to_one_unit_save_where_no_line_is_at_hand() -> None:
    shared = {("DDR", "DEU"), ("YEM", "YMD")}
    for year in range(1945, 2027):
        owners: dict[str, set[str]] = {}
        for unit, parts in holdings(dt.date(year, 12, 31)).items():
            for part in parts:
                owners.setdefault(part, set()).add(unit)
        assert {tuple(sorted(o)) for o in owners.values() if len(o) > 1} <= shared, year


def test_every_row_has_a_source_an_outline_and_days_in_order() -> None:
    known = set(outlines()) | set(disputed())
    for u in units():
        assert u.source.strip(), u
        assert u.start <= u.end, u
        assert all(part.split(">")[0].split("<")[0] in known for part in u.parts), u
    for d in disputes():
        assert d.source.strip(), d
        assert d.start <= d.end, d
        assert rings_of(d.area), d


def test_rows_of_one_unit_follow_each_other() -> None:
    for u in units():
        for other in units():
            if u is not other and u.id == other.id:
                assert u.end < other.start or other.end < u.start, (u, other)


def test_a_ring_is_cut_at_a_parallel() -> None:
    square = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0))
    assert set(north_of(square, 1.0)) == {(0.0, 1.0), (2.0, 1.0), (2.0, 2.0), (0.0, 2.0)}
    assert set(north_of(square, 1.0, False)) == {(0.0, 1.0), (2.0, 1.0), (2.0, 0.0), (0.0, 0.0)}


def test_a_name_lasts_from_the_first_day_of_its_spell_to_the_last() -> None:
    for u in units():
        if u.name:
            assert name_on(u.id, u.start) == u.name
            assert name_on(u.id, u.end) == u.name
