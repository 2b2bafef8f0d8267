"""Questions whose query stands beside them: columns of a table and YAML say the same as words, and errors are sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.asking.forecasting import map_questions
from foedus.forecasts.dated import read_questions
from foedus.vocabulary.errors import FoedusError

HEAD = "id,question,opened,closes,kind,form,states,at_least,at_most,institution,ended_by,multilateral\n"
DAYS = "2020-12-29,2024-12-31"
ROWS = {
    "two": (
        f'any label,{DAYS},joins,,,"2 of FIN, SWE, IRL",,NATO1949,,',
        "joins: at least 2 of FIN, SWE, IRL (NATO1949)",
    ),
    "none": (f"any label,{DAYS},leaves,,,,0 of TUR HUN,NATO1949,,", "leaves: at most 0 of TUR, HUN (NATO1949)"),
    "any": (f"any label,{DAYS},leaves,,,,,QUAD2017,,", "leaves: at least 1 of USA, JPN, AUS, IND (QUAD2017)"),
    "size": (f"any label,{DAYS},members,,,32,,NATO1949,,", "members: at least 32 (NATO1949)"),
    "many": (f"any label,{DAYS},members,how many,,,,NATO1949,,", "members, how many: (NATO1949)"),
    "ends": (f"any label,{DAYS},treaty ends,,,,,USJPN1960,JPN,", "treaty ends: USJPN1960 by JPN"),
    "which": (
        f"any label,{DAYS},treaty ends,which,,,,USJPN1960 USROK1953,,",
        "treaty ends, which: at least 0 of USJPN1960, USROK1953",
    ),
    "signs": (f"any label,{DAYS},treaty signed,,USA IND,,,,,", "treaty signed: USA, IND"),
    "words": (f"Will Sweden join NATO?,{DAYS},,,,,,,,", "joins: SWE (NATO1949)"),
}


def read(path: Path, text: str) -> dict[str, str]:
    path.write_text(text)
    return {f.question.id: f.query.says() if f.query else f.reason for f in map_questions(path).forecasts}


def test_columns_say_what_is_asked_and_the_text_is_a_label(tmp_path: Path) -> None:
    found = read(tmp_path / "q.csv", HEAD + "".join(f"{name},{row}\n" for name, (row, _) in ROWS.items()))
    assert {name: said.partition(" [")[0] for name, said in found.items()} == {k: s for k, (_, s) in ROWS.items()}


def test_yaml_says_the_same(tmp_path: Path) -> None:
    text = """foedus: 1
questions:
  - {id: A, question: a label, opened: 2020-12-29, closes: 2024-12-31, outcome: yes,
     asks: {kind: joins, at_least: {"2": [FIN, SWE, IRL]}, institution: NATO1949}}
  - {id: B, question: Will Sweden join NATO by 2024?, opened: 2020-12-29, outcome: no}
"""
    found = read(tmp_path / "q.yaml", text)
    assert found["A"].startswith("joins: at least 2 of FIN, SWE, IRL (NATO1949) [2020-12-29 to 2024-12-31]")
    assert found["B"].startswith("joins: SWE (NATO1949)")
    questions, problems = read_questions(tmp_path / "q.yaml")
    assert [q.outcome for q in questions] == [True, False]
    assert not problems


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"x,{DAYS},war,,,,,NATO1949,,", "q.csv:2: no question is of the kind 'war'"),
        (f"x,{DAYS},joins,,XXX,,,NATO1949,,", "there is no state 'XXX'"),
        (f"x,{DAYS},joins,,,two of them,,NATO1949,,", "no number of a list"),
        (f"x,{DAYS},joins,,,{'9' * 400},,NATO1949,,", "no number of a list"),
        (f'x,{DAYS},joins,,,"3 of FIN, SWE",,NATO1949,,', "3 of 2 states"),
        (f"x,{DAYS},joins,perhaps,FIN,,,NATO1949,,", "form"),
        (f"x,{DAYS},,,FIN,,,NATO1949,,", "no kind"),
    ],
)
def test_a_row_that_contradicts_itself_is_a_sentence(row: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(f"{HEAD}A,{row}\n")
    with pytest.raises(FoedusError, match=said):
        read_questions(path)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"x,{DAYS},joins,,POL,,,NATO1949,,", "POL is a member"),
        (f"x,{DAYS},leaves,,FIN,,,NATO1949,,", "FIN is no member"),
        (f"x,{DAYS},members,,,,,NATO1949,,", "how many"),
        (f"x,{DAYS},forum lapses,,,,,NATO1949,,", "asks of another"),
        (f"x,{DAYS},joins,,FIN,,,,,true", "which institution"),
        (f"x,{DAYS},joins,,FIN,,,NOWHERE,,", "not in force"),
    ],
)
def test_what_no_case_can_answer_says_why(row: str, said: str, tmp_path: Path) -> None:
    (reason,) = read(tmp_path / "q.csv", f"{HEAD}A,{row}\n").values()
    assert said in reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("foedus: 1\nquestions: 3\n", "q.yaml:2"),
        ("foedus: 1\nquestions: [{question: x, asks: {kind: war}}]\n", "q.yaml:2"),
        (
            "foedus: 1\nquestions: [{question: x, asks: {kind: joins, all_of: [XXX], institution: N}}]\n",
            "no state 'XXX'",
        ),
        ("foedus: 1\nquestions: []\n", "no question"),
        ("foedus: 1\nquestions: [{question: x, opened: soon}]\n", "not a date"),
        ("a: [", "not YAML"),
    ],
)
def test_a_bad_yaml_file_is_a_sentence(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text(text)
    with pytest.raises(FoedusError, match=said):
        read_questions(path)


def test_a_strangers_column_named_kind_is_no_query(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("question,kind\nWill Sweden join NATO by 2024?,binary\n")
    ((question,), _) = read_questions(path)
    assert question.asks is None


def test_dates_of_public_exports_are_read_and_others_noted(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("title,publish_time,scheduled_close_time\nx,2021-02-01T12:00:00Z,2022-02-01T00:00:00Z\n")
    ((question,), problems) = read_questions(path)
    assert (str(question.opened), str(question.closes)) == ("2021-02-01", "2022-02-01")
    assert not problems
    path.write_text("title,went_live_at\nx,2021-02-01\n")
    _, (note,) = read_questions(path)
    assert "went_live_at is not read" in str(note)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"{'H' * 5000},x,2021-02-01,", "the id has 5,000 letters"),
        (f"A,{'x' * 10_000},2021-02-01,", "the question has 10,000 letters"),
        ("A,x,2021-02-01,nan", "neither yes nor no"),
        (f"A,x,2021-02-01,{'9' * 400}", "neither yes nor no"),
        ("A,x,2021-02-01,FIN XXX", "neither yes nor no"),
        (f"A,x,{'9' * 400},", "not a date"),
    ],
)
def test_hostile_cells_are_sentences(row: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(f"id,question,opened,outcome\n{row}\nB,x,2021-02-01,FIN SWE\n")
    (question,), (problem,) = read_questions(path)
    assert (question.id, question.resolved) == ("B", "fin swe")
    assert said in str(problem)
