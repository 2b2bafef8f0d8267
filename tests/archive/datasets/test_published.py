"""What is wrong with a file is said in a sentence with the place; a good file becomes a tidy frame."""

import polars as pl
import pytest

from archive.published_files import MEMBERS, NMC, SHARED, member, needs_shared, write_csv
from foedus.archive.datasets.catalogue import DATASETS, TABLES, dataset, owner
from foedus.archive.datasets.csv_rows import header
from foedus.archive.datasets.published import check_one_row, has_columns, matches, read_published, stated_version
from foedus.vocabulary.errors import FoedusError


def changed(rows, at, **values):
    return [{**row, **values} if i == at else row for i, row in enumerate(rows)]


def without(rows, column):
    return [{k: v for k, v in row.items() if k != column} for row in rows]


BAD = {
    "other version": ([{**row, "version": 4.01} for row in MEMBERS], r"version 4\.01 .* version 5\.1 is read"),
    "missing column": (without(MEMBERS, "moent"), r"needs the column 'moent'"),
    "two missing columns": (without(without(MEMBERS, "moent"), "defense"), r"columns 'moent', 'defense'"),
    "word for number": (changed(MEMBERS, 2, yrent="soon"), r"atop5_1m\.csv:4: column 'yrent' has 'soon', not a whole"),
    "half for whole": (changed(MEMBERS, 0, yrent=1951.5), r"csv:2: column 'yrent' has '1951\.5'"),
    "infinite": (changed(MEMBERS, 0, yrent="inf"), r"has 'inf'"),
    "row twice": ([*MEMBERS, MEMBERS[3]], r"more than once; the first is atopid 3375, .*\(lines 5, 22\)"),
    "no key": (changed(MEMBERS, 0, atopid=""), r"1 rows lack one of atopid"),
    "unknown code": ([member(1, 2, (1950, 1, 1)), member(1, 9998, (1950, 1, 1))], None),
}


@pytest.mark.parametrize("name", [n for n, (_, words) in BAD.items() if words])
def test_bad_member_files(tmp_path, name):
    rows, words = BAD[name]
    path = write_csv(tmp_path / "atop5_1m.csv", rows)
    with pytest.raises(FoedusError, match=words):
        read_published(path, TABLES["atop_member"])


def test_polities_outside_the_system_keep_their_code(tmp_path):
    frame = read_published(write_csv(tmp_path / "atop5_1m.csv", BAD["unknown code"][0]), TABLES["atop_member"])
    assert frame["ccode"].to_list() == [2, 9998]


def test_unknown_code_in_capabilities_is_refused(tmp_path):
    path = write_csv(tmp_path / "nmc.csv", changed(NMC, 0, ccode=9998))
    with pytest.raises(FoedusError, match="code 9998: no state has this code"):
        read_published(path, TABLES["capabilities"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no header in line 1"),
        (b"atopid,member\n", "no rows"),
        (b"PK\x03\x04rest", "a workbook or an archive"),
        (b"\xff\xfea\x00t\x00", "not a text file in a known encoding"),
        ("atopid,member\n1,Köln\n".encode("latin-1"), r"line 2 holds a byte that is not UTF-8 \(0xf6\)"),
    ],
)
def test_files_that_are_no_text(tmp_path, content, words):
    path = tmp_path / "atop5_1m.csv"
    path.write_bytes(content)
    with pytest.raises(FoedusError, match=words):
        read_published(path, TABLES["atop_member"])


def plain_nmc(tmp_path):
    return read_published(write_csv(tmp_path / "plain.csv", NMC), TABLES["capabilities"])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n", "\r"),
        lambda text: text + ",,,,,,,,,,\n" * 3 + "\n\n",
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("738000000", '"738,000,000"'),
        lambda text: text.replace("738000000", '"738,000,000.0"'),
        lambda text: text.replace("version\n", "version,\n", 1).replace(",7\n", ",7,\n"),
        lambda text: text.replace("USA", '"U\nS\nA"', 1),
    ],
)
def test_other_ways_of_saving_a_sheet_are_read(tmp_path, spoil):
    path = tmp_path / "nmc.csv"
    text = write_csv(path, NMC).read_text().replace("\r\n", "\n")
    path.write_bytes(spoil(text).encode())
    assert read_published(path, TABLES["capabilities"]).equals(plain_nmc(tmp_path))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda text: text.replace(",7\n", "\n", 1), r"nmc.csv:2: the row has 10 fields, the header 11"),
        (lambda text: text.replace(",7\n", ",7,8\n", 1), r"nmc.csv:2: the row has 12 fields, the header 11"),
        (lambda text: "\n" + text.replace(",7\n", "\n"), r"nmc.csv: there is no header in line 1"),
        (lambda text: text.replace("738000000", '"1,5"'), r"nmc.csv:7: column 'milex' has '1,5', not a number"),
        (lambda text: text.replace(",", ";"), "separated by semicolons"),
        (lambda text: text.replace("2020", "20200"), r"nmc.csv:7: column 'year' has '20200', not a year"),
        (lambda text: text.replace("USA,2,1960", "USA,2,1e30"), "has '1e30', not a"),
        (lambda text: text + '"' + "x" * 200_000, "this is not CSV"),
    ],
)
def test_rows_that_are_not_whole_are_named_with_their_line(tmp_path, spoil, words):
    path = tmp_path / "nmc.csv"
    text = write_csv(path, NMC).read_text().replace("\r\n", "\n")
    path.write_bytes(spoil(text).encode())
    with pytest.raises(FoedusError, match=words):
        read_published(path, TABLES["capabilities"])


def test_two_rows_of_one_state_in_a_year_are_refused():
    frame = pl.DataFrame({"ccode": [345, 345, 2], "year": [1980, 1980, 1980], "gdp": [1.0, 2.0, 3.0]})
    with pytest.raises(FoedusError, match=r"2 rows speak of .* the first is ccode 345, year 1980"):
        check_one_row("mpd2020.csv", frame)
    check_one_row("mpd2020.csv", frame[1:])


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("atop4_01m.csv", r"this is version 4\.01 of the ATOP member file; version 5\.1 is read"),
        ("members.csv", "neither a column nor the name says which version"),
        ("atop5_1m.csv", None),
    ],
)
def test_a_release_without_a_version_column_is_told_by_its_name(tmp_path, file, words):
    path = write_csv(tmp_path / file, without(MEMBERS, "version"))
    if words is None:
        assert read_published(path, TABLES["atop_member"]).height == len(MEMBERS)
        return
    with pytest.raises(FoedusError, match=words):
        read_published(path, TABLES["atop_member"])


def test_a_release_is_told_by_its_last_year_before_its_name(tmp_path):
    path = write_csv(tmp_path / "NMC-70-abridged.csv", NMC)
    assert stated_version(path, TABLES["capabilities"], 2016) == "6.0"
    assert stated_version(path, TABLES["capabilities"], 1955) == "70"


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(FoedusError, match="the file is missing"):
        read_published(tmp_path / "atop5_1m.csv", TABLES["atop_member"])


def test_undirected_dyads_given_both_ways_are_duplicates(tmp_path):
    row = {"ccode1": 2, "ccode2": 20, "year": 1960, "flow1": 1, "flow2": 2, "version": 4}
    path = write_csv(tmp_path / "Dyadic_COW_4.0.csv", [row, {**row, "ccode1": 20, "ccode2": 2}])
    with pytest.raises(FoedusError, match="ccode1 2, ccode2 20, year 1960"):
        read_published(path, TABLES["trade"])


def test_byte_order_mark_windows_lines_and_capital_headers_are_read(tmp_path):
    path = write_csv(tmp_path / "nmc.csv", NMC)
    plain = read_published(path, TABLES["capabilities"])
    text = path.read_text().replace("ccode", "CCode", 1).replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_published(path, TABLES["capabilities"]).equals(plain)


def test_single_precision_version_is_the_version(tmp_path):
    rows = [{**row, "version": 5.0999999} for row in MEMBERS]
    path = write_csv(tmp_path / "atop5_1m.csv", rows)
    assert read_published(path, TABLES["atop_member"]).height == len(MEMBERS)
    assert stated_version(path, TABLES["atop_member"]) == "5.1"


@pytest.mark.parametrize(
    ("file", "table", "version"),
    [
        ("IdealpointestimatesAll_Apr2020.csv", "ideal_point", "Apr2020"),
        ("V-Dem-CY-Core-v15.csv", "polyarchy", "v15"),
        ("gml-ddy-disputes-2.2.1.csv", "gml_dyad_year", "2.2.1"),
    ],
)
def test_a_version_is_read_from_the_name(tmp_path, file, table, version):
    path = write_csv(tmp_path / file, [{"year": 1}])
    assert stated_version(path, TABLES[table]) == version


def test_the_declaration_is_complete():
    assert not DATASETS["cow-alliances"].fetch
    assert not DATASETS["cow-alliances"].download
    for each in DATASETS.values():
        assert each.citation
        assert each.licence
        assert each.page.startswith("http")
        assert each.coverage[0] < each.coverage[1]
        assert each.fetch == bool(each.download)
        assert bool(each.why_not) != each.fetch
        for table in each.tables:
            assert owner(table.name) is each
            assert set(table.key) <= {c.name for c in table.columns}
            assert all(p == p.casefold() for p in table.files)


def test_unknown_names_are_answered_with_near_ones():
    with pytest.raises(FoedusError, match="'atop'"):
        dataset("atpo")
    with pytest.raises(FoedusError, match="'atop_member'"):
        owner("atop_members")


@needs_shared
@pytest.mark.parametrize(
    ("file", "table", "rows"),
    [
        ("atop5_1a.csv", "atop_treaty", 789),
        ("atop5_1aph.csv", "atop_phase", 849),
        ("atop5_1m.csv", "atop_member", 2510),
        ("atop5_1sy.csv", "atop_state_year", 11921),
        ("atopinst5_1.csv", "atop_institution", 849),
        ("IdealpointestimatesAll_Apr2020.csv", "ideal_point", 10469),
        ("IdealpointestimatesAll_Jun2024.csv", "ideal_point", 11238),
    ],
)
def test_files_as_their_authors_publish_them(file, table, rows):
    path = SHARED / "published_format" / file
    assert matches(file, TABLES[table])
    assert has_columns(header(path), TABLES[table])
    # The state-year file has two rows of 1990 less: two codes of one state are one state.
    assert read_published(path, TABLES[table]).height == rows
