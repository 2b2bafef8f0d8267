"""Every published format: units, codes, missing values."""

import datetime as dt

import polars as pl
import pytest

from archive.published_files import CONTIGUITY, DISPUTES, NMC, RIVALRIES, TRADE, VDEM, VOTES, write_csv
from foedus.archive.datasets.catalogue import TABLES
from foedus.archive.datasets.published import read_published
from foedus.archive.datasets.worldbank import INDICATOR


def read(tmp_path, table, rows, name="file.csv", encoding="utf-8"):
    return read_published(write_csv(tmp_path / name, rows, encoding), TABLES[table])


def row(frame, **keys):
    found = frame.filter(pl.all_horizontal(pl.col(k) == v for k, v in keys.items()))
    assert found.height == 1
    return found.row(0, named=True)


def test_capabilities_minus_nine_is_missing_and_taiwan_is_there(tmp_path):
    frame = read(tmp_path, "capabilities", NMC)
    assert row(frame, ccode=713, year=1960)["military_expenditure"] is None
    assert row(frame, ccode=713, year=1960)["cinc"] == 0.01


def test_capabilities_of_a_changed_code_keep_the_later_one(tmp_path):
    frame = read(tmp_path, "capabilities", NMC)
    assert row(frame, ccode=255, year=1990)["cinc"] == 0.026
    assert frame.filter(pl.col("ccode") == 260).is_empty()


def test_contiguity_is_undirected_and_keeps_the_closest_kind(tmp_path):
    rows = [*CONTIGUITY, {**CONTIGUITY[0], "year": 1970, "conttype": 4}, {**CONTIGUITY[1], "year": 1970, "conttype": 2}]
    frame = read(tmp_path, "contiguity", rows)
    assert row(frame, ccode1=2, ccode2=20, year=1970)["contiguity"] == 2
    assert row(frame, ccode1=710, ccode2=713, year=1960)["contiguity"] == 5


def test_trade_with_unknown_flows_is_unknown(tmp_path):
    frame = read(tmp_path, "trade", TRADE, encoding="cp1252")
    assert row(frame, ccode1=2, ccode2=740, year=1960)["trade"] == 2500
    assert row(frame, ccode1=2, ccode2=713, year=1960)["trade"] == 20
    assert row(frame, ccode1=2, ccode2=710, year=1960)["trade"] is None


def test_the_seat_of_china_changes_its_code_in_1971(tmp_path):
    frame = read(tmp_path, "ideal_point", VOTES)
    assert row(frame, ccode=713, year=1971)["ideal_point"] == 0.9
    assert row(frame, ccode=710, year=1971)["ideal_point"] == -1.0
    assert row(frame, ccode=710, year=1972)["ideal_point"] == -1.1
    assert frame.filter((pl.col("ccode") == 713) & (pl.col("year") > 1971)).is_empty()


def test_germany_of_1990_votes_under_the_code_of_the_end_of_the_year(tmp_path):
    assert row(read(tmp_path, "ideal_point", VOTES), year=1990)["ccode"] == 255


def test_disputes_are_counted_by_undirected_dyad_and_year(tmp_path):
    frame = read(tmp_path, "gml_dyad_year", DISPUTES)
    assert row(frame, ccode1=2, ccode2=365, year=1960) == {
        "ccode1": 2,
        "ccode2": 365,
        "year": 1960,
        "disputes": 1,
        "onset": 1,
        "hostility": 3,
        "fatality": 0,
    }
    assert row(frame, ccode1=2, ccode2=365, year=1961)["disputes"] == 2
    assert row(frame, ccode1=2, ccode2=365, year=1961)["hostility"] == 4


def test_dyadic_mids_of_the_correlates_of_war(tmp_path):
    rows = [{"disno": 1, "statea": 365, "stateb": 2, "year": 1960, "hihost": 4, "fatlev": -9}]
    frame = read(tmp_path, "mid_dyad_year", rows)
    assert row(frame, ccode1=2, ccode2=365, year=1960)["hostility"] == 4
    assert row(frame, ccode1=2, ccode2=365, year=1960)["fatality"] is None


def test_rivalries_have_the_smaller_code_first_and_no_blank_kinds(tmp_path):
    found = row(read(tmp_path, "rivalry", RIVALRIES), rivalry=1)
    assert (found["ccode1"], found["ccode2"], found["positional"], found["spatial"]) == (710, 740, 1, 0)


def test_vdem_has_one_code_for_germany_and_rows_without_code(tmp_path):
    frame = read(tmp_path, "polyarchy", VDEM)
    assert row(frame, ccode=260, year=1960)["polyarchy"] == 0.8
    assert row(frame, ccode=713, year=1960)["polyarchy"] == 0.2
    assert frame.height == 3


@pytest.mark.parametrize(
    ("code", "year", "ours"),
    [
        (364, 1950, 365),
        (341, 2010, 347),
        (348, 2010, 341),
        (626, 2012, 625),
        (525, 2012, 626),
        (818, 1990, 816),
        (769, 1950, 770),
        (342, 2010, 345),
        (529, 2000, 530),
    ],
)
def test_polity_has_codes_of_its_own(tmp_path, code, year, ours):
    rows = [{"ccode": code, "scode": "X", "country": "", "year": year, "polity2": -88}]
    found = row(read(tmp_path, "polity", rows), year=year)
    assert found["ccode"] == ours
    assert found["polity2"] is None


def test_world_bank_has_no_taiwan_and_groups_are_dropped(tmp_path):
    head = "\n".join(['"Data Source","WDI"', "", '"Last Updated","2025"', ""])
    lines = [
        '"Country Name","Country Code","Indicator Name","Indicator Code","1960","1961",',
        f'"Japan","JPN","GDP","{INDICATOR}","44307342950.4","",',
        f'"World","WLD","GDP","{INDICATOR}","1","2",',
    ]
    path = tmp_path / "API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.csv"
    path.write_text(head + "\n" + "\n".join(lines) + "\n")
    frame = read_published(path, TABLES["gdp_world_bank"])
    assert frame.rows() == [(740, 1960, pytest.approx(44307.3429504))]


def test_maddison_puts_the_soviet_union_in_the_place_of_russia(tmp_path):
    rows = [
        {"countrycode": c, "country": "", "year": y, "gdppc": g, "pop": p}
        for c, y, g, p in [("SUN", 1950, 4000, 180000), ("RUS", 1950, 4500, 100000), ("RUS", 2000, 9000, 146000)]
    ]
    frame = read(tmp_path, "gdp_maddison", rows)
    assert row(frame, ccode=365, year=1950)["gdp"] == 4000 * 180000 / 1e3
    assert row(frame, ccode=365, year=2000)["population"] == 146000


def test_series_of_another_territory_are_left_out(tmp_path):
    cells = {
        ("YUG", 1975): 6100,
        ("SRB", 1975): 5200,
        ("YUG", 2000): 9000,
        ("SRB", 2000): 7000,
        ("YUG", 2012): 13900,
        ("SRB", 2012): 12100,
        ("DEU", 1910): 4000,
        ("DEU", 1850): 2000,
        ("DEU", 1975): 17000,
        ("DEU", 1990): 25000,
        ("YEM", 1980): 900,
        ("YEM", 1990): 1000,
        ("VNM", 1970): 800,
        ("VNM", 1976): 900,
        ("RUS", 1975): 11000,
        ("RUS", 1992): 10000,
        ("PAK", 1960): 1000,
        ("PAK", 1971): 1100,
        ("CSK", 1980): 9000,
        ("CSK", 2000): 12000,
        ("CZE", 2000): 13000,
    }
    rows = [{"countrycode": c, "country": "", "year": y, "gdppc": g, "pop": 1000} for (c, y), g in cells.items()]
    frame = read(tmp_path, "gdp_maddison", rows)
    assert {(c, y): g for c, y, g in frame.select("ccode", "year", "gdp_per_head").rows()} == {
        (345, 1975): 6100,
        (345, 2012): 12100,
        (255, 1910): 4000,
        (255, 1990): 25000,
        (679, 1990): 1000,
        (816, 1976): 900,
        (365, 1992): 10000,
        (770, 1971): 1100,
        (315, 1980): 9000,
        (316, 2000): 13000,
    }


@pytest.mark.parametrize(
    ("year", "polities", "score"),
    [
        (2006, {(347, "YGS"): 5, (342, "SER"): 9}, 9),
        (2011, {(625, "SUD"): -1, (626, "SDN"): -5}, -5),
        (1922, {(364, "USR"): -8, (365, "RUS"): -2}, -8),
        (1993, {(530, "ETH"): -1, (529, "ETI"): 2}, 2),
        (1990, {(260, "GFR"): 10, (255, "GMY"): 9}, 9),
        (1945, {(260, "GFR"): 10, (255, "GMY"): -9}, 10),
        (1976, {(816, "DRV"): -7, (818, "VIE"): -6}, -6),
        (1950, {(2, "USA"): 10, (2, "USX"): 8}, None),
    ],
)
def test_of_two_polities_the_one_in_force_on_the_last_day_counts(tmp_path, year, polities, score):
    rows = [
        {"ccode": code, "scode": letters, "country": "", "year": year, "polity2": value}
        for (code, letters), value in polities.items()
    ]
    for order in (rows, rows[::-1]):
        assert read(tmp_path, "polity", order)["polity2"].to_list() == [score]


def test_a_dispute_with_two_spells_in_a_year_is_one(tmp_path):
    spells = [(8001.1, 1, 2), (8001.2, 4, 4)]
    rows = [
        {"disno": 8001, "dyindex": i, "statea": a, "stateb": b, "year": 1917, "hihosta": h, "hihostb": g, "fatlev": 1}
        for a, b in ((2, 300), (300, 2))
        for i, h, g in spells
    ]
    found = row(read(tmp_path, "mid_dyad_year", rows), ccode1=2, ccode2=300, year=1917)
    assert (found["disputes"], found["onset"], found["hostility"]) == (1, 1, 4)


def test_fariss_of_a_change_of_code_is_the_state_that_goes_on(tmp_path):
    rows = [
        {"gwno": code, "year": 2006, "indicator": "latent_gdp", "mean": mean, "sd": 1}
        for code, mean in ((345, 50.0), (340, 40.0))
    ]
    assert read(tmp_path, "gdp_fariss", rows).select("ccode", "year", "gdp").rows() == [(345, 2006, 40.0)]


def test_fariss_has_gleditsch_ward_codes(tmp_path):
    rows = [
        {"gwno": 260, "year": 2000, "indicator": i, "mean": m, "sd": 1}
        for i, m in [("latent_gdp", 2.0), ("latent_pop", 3.0), ("Maddison", 9.0)]
    ]
    found = row(read(tmp_path, "gdp_fariss", rows), year=2000)
    assert (found["ccode"], found["gdp"], found["population"], found["gdp_per_head"]) == (255, 2.0, 3.0, None)


def test_cow_alliances_are_read_from_a_file_of_the_user(tmp_path):
    rows = [
        {
            "version4id": 1,
            "ccode1": 2,
            "state_name1": "",
            "ccode2": 740,
            "state_name2": "",
            "defense": 1,
            "neutrality": 0,
            "nonaggression": 0,
            "entente": 1,
            "year": 1960,
            "version": 4.1,
        }
    ]
    frame = read(tmp_path, "cow_alliance_directed_dyad_year", rows)
    assert row(frame, ccode1=2, ccode2=740, year=1960)["consultation"] == 1


def test_system_membership_dates(tmp_path):
    rows = [
        {
            "stateabb": "JPN",
            "ccode": 740,
            "statenme": "Japan",
            "styear": 1952,
            "stmonth": 4,
            "stday": 28,
            "endyear": 2016,
            "endmonth": 12,
            "endday": 31,
            "version": 2016,
        }
    ]
    found = row(read(tmp_path, "cow_system", rows), ccode=740)
    assert dt.date(found["start_year"], found["start_month"], found["start_day"]) == dt.date(1952, 4, 28)
