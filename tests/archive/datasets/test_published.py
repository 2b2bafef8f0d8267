"""What is wrong with a file is said in a sentence with the place; a good file becomes a tidy frame."""

import pytest

from archive.published_files import MEMBERS, NMC, SHARED, member, needs_shared, write_csv
from foedus.archive.datasets.catalogue import DATASETS, TABLES, dataset, owner
from foedus.archive.datasets.published import has_columns, header, matches, read_published, stated_version
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
        (b"", "no rows"),
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


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(FoedusError, match="cannot be read"):
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
