"""What the reader accepts, and every sentence it says about what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.casefiles import write_case
from foedus.casebook.reader import case_names, read_case
from foedus.casebook.schema import json_schema
from foedus.model.builder import recorded
from foedus.vocabulary.errors import FoedusError

S, R, INST, C, Q = "states.yaml", "relations.yaml", "institutions.yaml", "case.yaml", "sources.yaml"

BAD = [
    # file, old text, new text, file:line of the problem, words of it
    (C, "hub: USA", "hub: FRA", "case.yaml:6", "the hub 'FRA' is not among the states"),
    (
        C,
        "states: [USA, JPN, KOR, TWN]",
        "states: [USA, JPN, KOR, TWN, FRA]",
        "states.yaml:10",
        "'FRA' is in case.yaml but has no facts",
    ),
    (C, "states: [USA, JPN, KOR, TWN]", "states: [USA, JPN, KOR, XYZ]", "case.yaml:7", "'XYZ' is not a known state"),
    (C, "states: [USA, JPN, KOR, TWN]", "states: [USA]", "case.yaml:7", "at least two states"),
    (C, "states: [USA, JPN, KOR, TWN]", "states: []", "case.yaml:7", "at least two states"),
    (C, "adversaries: [CHN]", "adversaries: []", "case.yaml:8", "nobody to ally against"),
    (C, "adversaries: [CHN]", "adversaries: [CHN, JPN]", "case.yaml:8", "'JPN' is a state and an adversary"),
    (C, "quarrel: [JPN, KOR]", "quarrel: [JPN, FRA]", "case.yaml:9", "'FRA' is not among the states"),
    (C, "members: [USA, JPN, KOR]", "members: [JPN, KOR]", "case.yaml:11", "a body needs the hub"),
    (C, "as_of: 2000-06-01", "as_of: soon", "case.yaml:5", "'soon' is not a date"),
    (C, "title: A small world", "titel: A small world", "case.yaml:3", "no such key. Did you mean 'title'"),
    (C, "foedus: 1", "foedus: 2", "case.yaml:1", "foedus"),
    (C, "title: A small world", 'title: "\\u200b \\u2028"', "case.yaml:3", "nothing to read here"),
    (S, "gdp: {value: 12000}", "gdp: {value: twelve}", "states.yaml:12", "a number is wanted"),
    (S, "gdp: {value: 12000}", "gdp: {value: .nan}", "states.yaml:12", "not a finite number"),
    (S, "gdp: {value: 12000}", "gdp: {value: yes}", "states.yaml:12", "'yes' is an answer, and gdp is a number"),
    (S, "gdp: {value: 12000}", "gdp: {value: true}", "states.yaml:12", "'true' is an answer, and gdp is a number"),
    (S, "gdp: {value: 12000}", 'gdp: {value: "12000"}', "states.yaml:12", "a number is wanted"),
    (C, "as_of: 2000-06-01", "as_of: 2953-06-01", "case.yaml:5", "the year 2953 is outside 1000 to 2100"),
    (C, "as_of: 2000-06-01", "as_of: 1700-06-01", "case.yaml:5", "1700 is not a year of the interstate system"),
    (C, "notes: |", "map: {centre: [1500, 15], span: 90}\nnotes: |", "case.yaml:12", "1500 is no longitude"),
    (C, "notes: |", "map: {centre: [150, 95], span: 90}\nnotes: |", "case.yaml:12", "95 is no latitude"),
    (C, "notes: |", "map: {centre: [0, 15], span: -1}\nnotes: |", "case.yaml:12", "it has to be "),
    (C, "notes: |", "map: {centre: [true, 15], span: 90}\nnotes: |", "case.yaml:12", "a number is wanted"),
    (S, "gdp: {value: 12000}", "gdp: {value: -3}", "states.yaml:12", "outside what gdp can be"),
    (S, "gdp: {value: 12000}", "gdp: {value: 12000, unit: apples}", "states.yaml:12", "unit 'apples' is wrong"),
    (
        S,
        "gdp: {value: 12000}",
        "gdp: {value: 12000, source: bok}",
        "states.yaml:12",
        "no source 'bok' in sources.yaml. Did you mean 'book'",
    ),
    (S, "gdp: {value: 12000}", "gdp: {value: 12000, date: 2001}", "states.yaml:12", "after the date of the case"),
    (S, "gdp: {value: 12000}", "gdp: {value: 12000, vlaue: 3}", "states.yaml:12", "no such key. Did you mean 'value'"),
    (S, "    gdp: {value: 12000}\n", "", "states.yaml:11", "gdp: this is missing"),
    (
        S,
        "    gdp: {value: 12000}\n",
        "    gdp: {value: 12000}\n    gdp: {value: 1}\n",
        "states.yaml:13",
        "given before, in line 12",
    ),
    (S, "range: [0.3, 0.8], ", "", "states.yaml:25", "a judged number needs a range"),
    (S, "range: [0.3, 0.8]", "range: [0.6, 0.8]", "states.yaml:25", "does not contain the value"),
    (S, "range: [0.3, 0.8]", "range: [0.3, 1.8]", "states.yaml:25", "1.8 is outside"),
    (S, '"An alliance runs part of its command"', '"guess"', "states.yaml:25", "too short to be one"),
    (
        S,
        "sovereignty: {unit: share, date: 1999, source: book}",
        "sovereignty: {unit: share, date: 1999}",
        "states.yaml:16",
        "the source is missing",
    ),
    (S, "trade: {CHN: {value: 0.01}}", "trade: {}", "states.yaml:19", "the trade with 'CHN' is missing"),
    (
        S,
        "trade: {CHN: {value: 0.01}}",
        "trade: {CHN: {value: 0.01}, RUS: {value: 0}}",
        "states.yaml:19",
        "'RUS' is not an adversary",
    ),
    (S, "  gdp: {unit", "  gpd: {unit", "states.yaml:2", "no such quantity. Did you mean 'gdp'"),
    (
        R,
        "    - {between: [JPN, KOR], value: 56}\n",
        "",
        "relations.yaml:1",
        "the distance between JPN and KOR is missing",
    ),
    (
        R,
        "    - {between: [JPN, KOR], value: 56}\n",
        "    - {between: [JPN, KOR], value: 56}\n    - {between: [KOR, JPN], value: 57}\n",
        "relations.yaml:8",
        "57 here and 56 in relations.yaml:7",
    ),
    (
        R,
        "{of: USA, against: CHN, value: 1}",
        "{between: [USA, CHN], value: 1}",
        "relations.yaml:18",
        "of: A, against: B",
    ),
    (
        R,
        "{of: USA, against: CHN, value: 1}",
        "{of: USA, against: JPN, value: 1}",
        "relations.yaml:18",
        "'JPN' is not an adversary",
    ),
    (
        R,
        "{of: USA, against: CHN, value: 1}",
        "{of: USA, against: CHN, value: 7}",
        "relations.yaml:18",
        "outside what rivalry can be",
    ),
    (
        R,
        "  complete: {source: book, date: 1999}\n  defaults: {unit: 0/1",
        "  defaults: {unit: 0/1",
        "relations.yaml:14",
        "on what ground",
    ),
    (
        R,
        "{of: KOR, against: JPN, value: 0.8",
        "{of: KOR, against: KOR, value: 0.8",
        "relations.yaml:26",
        "'KOR' stands on both sides",
    ),
    (INST, "members: [USA, JPN]", "members: [USA, FRA]", "institutions.yaml:5", "'FRA' is not a state of this case"),
    (
        INST,
        "members: [USA, JPN]",
        "members: [USA, JPN, KOR]",
        "institutions.yaml:4",
        "a bilateral institution has two members",
    ),
    (INST, "in_force: 1960-06-23", "in_force: 1959-06-23", "institutions.yaml:7", "before it was signed"),
    (
        INST,
        "in_force: 1960-06-23",
        "in_force: 1960-06-23\n    ended: 1950",
        "institutions.yaml:8",
        "ended (1950) before it began",
    ),
    (
        INST,
        "signed: 1960-01-19\n    in_force: 1960-06-23",
        "signed: 2005-01-19",
        "institutions.yaml:6",
        "begins after the date of the case",
    ),
    (
        INST,
        "    signed: 1960-01-19\n    in_force: 1960-06-23\n",
        "",
        "institutions.yaml:2",
        "neither signed nor in_force",
    ),
    (
        INST,
        "rule: hub\n    obligations",
        "rule: consensus\n    obligations",
        "institutions.yaml:8",
        "is led by the hub",
    ),
    (INST, "kind: bilateral", "kind: forum", "institutions.yaml:8", "a forum decides by consensus"),
    (INST, "defence: 1,", "defence: 0.7,", "institutions.yaml:9", "0.7 is not a code"),
    (INST, "id: TRA", "id: USJPN", "institutions.yaml:11", "was given before"),
    (INST, "members: [USA, TWN]", "members: [USA, JPN]", "institutions.yaml:11", "both in force between JPN and USA"),
    (
        Q,
        'citation: "A book of numbers, made up for tests."',
        'citation: "?"',
        "sources.yaml:2",
        "at least 8 characters",
    ),
    (Q, "book:", "tome:", "states.yaml:12", "no source 'book'"),
    (Q, "  trust: checked", '  licence: "\\u200b"\n  trust: checked', "sources.yaml:4", "nothing to read here"),
]


def test_the_small_case_is_a_case(tmp_path: Path) -> None:
    case = read_case(write_case(tmp_path / "small"))
    assert case.states == ("USA", "JPN", "KOR", "TWN")
    assert case.fact("gdp", "JPN").value == 4000
    assert case.fact("distance", "KOR", "JPN").value == 56
    assert case.fact("recognised", "TWN").value == 0
    assert case.fact("perception", "JPN", "CHN").judged
    assert [r.id for r in case.in_force()] == ["USJPN", "TRA"]
    assert case.fact("sovereignty", "JPN").where == "states.yaml:25:5"


@pytest.mark.parametrize(("file", "old", "new", "where", "words"), BAD)
def test_bad_input_gets_a_sentence_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, where: str, words: str
) -> None:
    with pytest.raises(FoedusError) as caught:
        read_case(write_case(tmp_path / "small", (file, old, new)))
    said = [str(p) for p in caught.value.problems]
    assert any(p.startswith(where + ":") and words in p for p in said), "\n".join(said)


def test_all_problems_of_all_files_are_said_at_once(tmp_path: Path) -> None:
    folder = write_case(
        tmp_path / "small",
        (S, "gdp: {value: 12000}", "gdp: {value: -1}"),
        (S, "gdp: {value: 4000}", "gdp: {value: 4000, unit: apples}"),
        (R, "    - {between: [JPN, KOR], value: 56}\n", ""),
        (INST, "members: [USA, JPN]", "members: [USA, FRA]"),
    )
    with pytest.raises(FoedusError) as caught:
        read_case(folder)
    files = {p.where.split(":")[0] for p in caught.value.problems}
    assert {S, R, INST} <= files
    assert len(caught.value.problems) >= 4


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "small")
    (folder / "states.yaml").unlink()
    (folder / "relations.yaml").write_bytes(b"distances: \xff")
    (folder / "sources.yaml").write_text("book: [")
    (folder / "institutions.yaml").write_text("")
    with pytest.raises(FoedusError) as caught:
        read_case(folder)
    said = "\n".join(str(p) for p in caught.value.problems)
    for words in (
        "states.yaml: the file is missing",
        "not UTF-8",
        "this is not YAML",
        "institutions.yaml: the file is empty",
    ):
        assert words in said


def test_yaml_is_read_as_version_1_2_says(tmp_path: Path) -> None:
    folder = write_case(
        tmp_path / "small", (C, "title: A small world", "title: NO"), (S, "value: 12000", "value: 012000")
    )
    case = read_case(folder)
    assert case.title == "NO"
    assert case.fact("gdp", "USA").value == 12000


def test_an_unknown_case_names_the_nearest() -> None:
    with pytest.raises(FoedusError, match="Did you mean 'indo-pacific-2020'"):
        read_case("indo-pacific-2002")


def test_the_hash_depends_on_content_and_not_on_line_ends(tmp_path: Path) -> None:
    one = read_case(write_case(tmp_path / "one"))
    other = write_case(tmp_path / "other")
    for path in other.glob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_case(other).sha256 == one.sha256
    assert read_case(write_case(tmp_path / "third", (S, "value: 12000", "value: 12001"))).sha256 != one.sha256


@pytest.mark.parametrize("stem", ["case", "states", "relations", "institutions", "sources", "events"])
def test_the_schema_is_made_from_the_declaration(stem: str) -> None:
    schema = json_schema(stem)
    assert schema["$schema"].startswith("https://json-schema.org")
    assert "object" in str(schema)


def test_built_in_cases_are_there() -> None:
    assert set(case_names()) >= {"indo-pacific-2020", "asia-1953", "europe-1949", "europe-1955"}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (C, "as_of: 2000-06-01", "as_of: 02/10/1953"),
        (C, "as_of: 2000-06-01", "as_of: 2000-13-01"),
        (S, "gdp: {value: 12000}", "gdp: {value: yes}"),
        (S, "sovereignty: {value: 0.5, range", "sovereignty: {value: yes, range"),
        (S, "gdp: {value: 12000}", "gdp: {value: 1e999}"),
        (S, "gdp: {value: 12000}", "gdp: {value: 12000, date: 02/10/1953}"),
        (C, "notes: |", "map: {centre: [150, 95], span: 90}\nnotes: |"),
    ],
)
def test_one_mistake_is_one_problem(tmp_path: Path, file: str, old: str, new: str) -> None:
    with pytest.raises(FoedusError) as caught:
        read_case(write_case(tmp_path / "case", (file, old, new)))
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("name", ["series.yaml", "events.yaml", "sources.yaml"])
def test_a_link_that_leads_nowhere_is_not_left_out(tmp_path: Path, name: str) -> None:
    folder = write_case(tmp_path / "case")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(folder / name)
    with pytest.raises(FoedusError, match=f"{name}: the file cannot be read"):
        read_case(folder)


EVENT = 'events:\n  - {id: A, date: 1999-05-01, actors: [USA, JPN], type: pact, text: "Signed.", source: book}\n'


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("JPN", "JPM", "events.0.actors.1: 'JPM' is not a known state. Did you mean .*'JPN'"),
        ("JPN", "\u0408PN", "is not a known state"),
        ("id: A", 'id: ""', "events.0.id: string should have at least 1 character"),
        (
            "source: book}\n",
            "source: book}\n" + EVENT.split("\n")[1] + "\n",
            "events.1.id: the id 'A' was given before, at",
        ),
    ],
)
def test_an_event_that_claims_would_count_wrongly_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    folder = write_case(tmp_path / "small")
    (folder / "events.yaml").write_text(EVENT.replace(old, new), encoding="utf-8")
    with pytest.raises(FoedusError, match=words):
        read_case(folder)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (S, "    gdp: {value: 12000}\n", ""),
        (S, "gdp: {value: 12000}", "gdp: {value: [1]}"),
        (S, "gdp: {value: 12000}", "gdp: {value: 1e99}"),
        (C, "foedus: 1", "foedus: 2"),
        (C, "states: [USA, JPN, KOR, TWN]", "states: [USA, JPN, JPN, KOR, TWN]"),
        (R, "    - {between: [JPN, KOR], value: 56}\n", ""),
    ],
)
def test_every_problem_says_what_to_do(tmp_path: Path, file: str, old: str, new: str) -> None:
    with pytest.raises(FoedusError) as caught:
        read_case(write_case(tmp_path / "small", (file, old, new)))
    assert [str(p) for p in caught.value.problems if not p.remedy] == []


def test_a_term_is_a_number_of_years_and_stays_with_the_treaty(tmp_path: Path) -> None:
    start = "in_force: 1960-06-23\n"
    case = read_case(write_case(tmp_path / "small", (INST, start, start + "    term: 10\n")))
    known = {r.id: r.term for r in case.institutions}
    assert known["USJPN"] == 10
    assert set(known.values()) == {10, None}
    treaty = next(m for r, m in recorded(case) if r.id == "USJPN")
    assert (treaty.term, treaty.begun) == (10, pytest.approx(1960.476, abs=0.002))
    for wrong in ("0", "-5", "120", "ten"):
        with pytest.raises(FoedusError, match=r"institutions\.yaml.*term"):
            read_case(write_case(tmp_path / wrong, (INST, start, start + f"    term: {wrong}\n")))
