"""Forecasts: hazards over windows, nothing from after the date, scores by hand."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import foedus
from casebook.casefiles import write_case
from cli.test_commands import ask
from foedus.casebook.reader import read_case
from foedus.forecasts.counting import reference
from foedus.forecasts.dated import Question
from foedus.forecasts.forecast import Forecast, Part, answers, institutions_of, over
from foedus.forecasts.query import Query
from foedus.forecasts.scorecard import came_true, marks, score_of_parts
from foedus.forecasts.words import read_vocabulary
from foedus.mechanisms import read_laws
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.questions.study import Study
from foedus.simulation.doors import entry
from model.test_calibration_file import GOOD

FACTS = Path(__file__).parents[2].parent / "shared" / "facts" / "forecast_questions.csv"
HEAD = "id,question,opened,closes,outcome,natural_in_2020\n"
ROWS = (
    "A,The USA and Korea sign a mutual defence treaty,2000-06-01,2002-06-01,no,1\n"
    "B,The USA ends its treaty with Japan,2000-06-01,2002-06-01,no,1\n"
    "C,The US-Japan pact remains in force,2000-06-01,2002-06-01,yes,1\n"
    "D,USA Japan and Korea hold a summit,2000-06-01,2001-06-01,yes,0\n"
    "E,It snows in June,2000-06-01,2001-06-01,no,1\n"
)


def query(kind: str = "treaty signed", years: int = 2, repeats: int = 0) -> Query:
    end = dt.date(2000 + years, 1, 1) - dt.timedelta(1)
    return Query(kind, "x", (), (), (), False, dt.date(2000, 1, 1), end, repeats)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_case(tmp_path / "small")


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    path = tmp_path / "asked.csv"
    path.write_text(HEAD + ROWS)
    return path


@given(st.floats(0, 1), st.integers(1, 9))
def test_a_yearly_chance_compounds(p: float, years: int) -> None:
    exact = query(years=years).years
    assert over(p, query(years=years)) == pytest.approx(1 - (1 - p) ** exact, abs=1e-12)
    assert over(p, query("treaty holds", years)) == pytest.approx((1 - p) ** exact, abs=1e-12)
    assert over(p, query(years=years, repeats=years)) == pytest.approx(p**years)
    assert exact == pytest.approx(years, abs=0.01)


def test_what_is_answered_and_what_is_not(small: Path, asked: Path) -> None:
    found = foedus.forecast(asked, cases=[small], draws=4, workers=1)
    p = {f.question.id: f.probability for f in found.forecasts}
    assert set(p) == set("ABCDE")
    assert p["E"] is None
    assert all(0 <= v <= 1 for k, v in p.items() if k != "E" and v is not None)
    by = {f.question.id: f for f in found.forecasts}
    # the end by either side is at least as likely as the end by one
    assert by["B"].default is not None
    assert by["C"].default is not None
    assert by["B"].default <= 1 - by["C"].default + 1e-12
    assert by["B"].reference == pytest.approx(1 - (1 - 36.5 / 869) ** by["B"].query.years)  # type: ignore[union-attr]
    groups = {m.group for m in found.marks}
    assert {"asked beforehand", "worded with hindsight", "all"} <= groups


def test_the_same_bytes_for_any_number_of_workers(small: Path, asked: Path) -> None:
    one = foedus.forecast(asked, cases=[small], draws=8, workers=1)
    two = foedus.forecast(asked, cases=[small], draws=8, workers=2)
    assert [f.probability for f in one.forecasts] == [f.probability for f in two.forecasts]


def test_a_calibration_takes_the_place_of_judged_ranges(small: Path, asked: Path, tmp_path: Path) -> None:
    path = tmp_path / "made-up.yaml"
    path.write_text(GOOD)
    judged, drawn = (foedus.forecast(asked, cases=[small], calibration=c, draws=4, workers=1) for c in ("", path))
    assert judged.calibrated_by is None
    assert drawn.calibrated_by is not None
    assert [f.probability for f in judged.forecasts] != [f.probability for f in drawn.forecasts]


def test_no_outcome_and_nothing_recorded_later_moves_a_forecast(small: Path, asked: Path, tmp_path: Path) -> None:
    today = [f.probability for f in foedus.forecast(asked, cases=[small], draws=0).forecasts]
    turned = ROWS.replace(",no,", ",x,").replace(",yes,", ",no,").replace(",x,", ",yes,")
    asked.write_text(HEAD + turned)
    assert [f.probability for f in foedus.forecast(asked, cases=[small], draws=0).forecasts] == today
    later = write_case(
        tmp_path / "later" / "small",
        (
            "institutions.yaml",
            "institutions:\n",
            """institutions:
  - id: FUTURE
    name: A pact of the future
    kind: multilateral
    members: [USA, JPN, KOR]
    signed: 2001-01-01
    rule: consensus
    obligations: {defence: 1}
    source: book
    later: "kept to test what was argued"
""",
        ),
        ("institutions.yaml", "    in_force: 1960-06-23\n", "    in_force: 1960-06-23\n    ended: 2001-05-05\n"),
    )
    assert [f.probability for f in foedus.forecast(asked, cases=[later], draws=0).forecasts] == today


@pytest.mark.parametrize("name", ["indo-pacific-2020"])
def test_a_built_in_case_without_its_future_forecasts_the_same(name: str, tmp_path: Path) -> None:
    case = foedus.read_case(name)
    past = replace(
        case,
        events=tuple(e for e in case.events if e.date <= case.as_of.isoformat()),
        institutions=tuple(r for r in case.institutions if r.in_force_on(case.as_of)),
        series=(),
    )
    path = tmp_path / "q.csv"
    path.write_text(
        HEAD + "A,The four Quad leaders meet,2020-12-29,2021-12-31,yes,1\n"
        "B,The Philippines leaves its defence treaty with the US,2020-12-29,2021-12-31,no,1\n"
    )
    both = [[f.probability for f in foedus.forecast(path, cases=[c], draws=0).forecasts] for c in (case, past)]
    assert both[0] == both[1]
    assert None not in both[0]


def test_reference_classes_come_from_eras_that_were_over() -> None:
    words = read_vocabulary()
    ends = replace(query("treaty ends", 1), treaties=("A",), all_of=("A",))
    in_1949 = reference(replace(ends, start=dt.date(1949, 1, 1), end=dt.date(1949, 12, 31)), words, bilateral=True)
    in_2020 = reference(replace(ends, start=dt.date(2020, 1, 1), end=dt.date(2020, 12, 31)), words, bilateral=True)
    assert in_1949 is not None
    assert in_2020 is not None
    assert "1914-1944" in in_1949[1]
    assert "1991-2018" in in_2020[1]
    assert in_1949[0] == pytest.approx(30.5 / 351, rel=0.01)
    assert in_2020[0] == pytest.approx(25.5 / 794, rel=0.01)
    assert reference(query("forum meets"), words, bilateral=True) is None


def forecast(name: str, p: float, outcome: bool | None, hindsight: bool = False, ref: float | None = None) -> Forecast:
    asked = Question(name, name, None, None, outcome, hindsight)
    return Forecast(asked, replace(query(), all_of=(name,)), p, p, p, p, ref)


def test_scores_by_hand() -> None:
    found = marks([forecast("a", 0.9, True), forecast("b", 0.2, False), forecast("c", 0.5, None)])
    by = {(m.group, m.forecaster): m for m in found if not m.part}
    own = by["asked beforehand", "foedus"]
    assert (own.questions, own.yes) == (2, 1)
    assert own.brier.value == pytest.approx((0.1**2 + 0.2**2) / 2)
    assert own.log_score.value == pytest.approx(-(np.log(0.9) + np.log(0.8)) / 2)
    assert own.skill.value == pytest.approx(1 - own.brier.value / 0.25)
    assert by["asked beforehand", "one half"].brier.value == 0.25
    assert ("all", "foedus") not in by


def test_hindsight_and_reference_classes_are_scored_apart() -> None:
    found = marks([forecast("a", 0.9, True), forecast("b", 0.2, False, hindsight=True, ref=0.1)])
    groups = {m.group: m.questions for m in found if not m.part}
    assert groups == {
        "asked beforehand": 1,
        "worded with hindsight": 1,
        "worded with hindsight, with a reference class": 1,
        "all": 2,
        "all, with a reference class": 1,
    }
    assert marks([]) == ()


@pytest.mark.parametrize("command", ["score", "questions"])
def test_the_command_answers_and_says_what_it_could_not_read(
    command: str, small: Path, asked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked.write_text(HEAD + ROWS + "F,What?,yesterday,2001,no,1\n")
    more = ("--draws", "2", "--workers", "1") if command == "score" else ()
    code, out, err = ask(capsys, "forecast", command, str(asked), "--case", str(small), *more)
    assert code == 0
    assert "It snows" in out
    assert "note: asked.csv:7: opened: 'yesterday' is not a date" in err


def test_the_command_writes_json_and_a_page(
    small: Path, asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    code, out, _ = ask(
        capsys, "forecast", "score", str(asked), "--case", str(small), "--draws", "2", "--json", "--report", str(page)
    )
    assert code == 0
    record = json.loads(out)
    assert record["made"]["counts"] == {
        "questions": 5,
        "answered": 4,
        "unanswerable": 1,
        "scored": 4,
        "rows that could not be read": 0,
    }
    assert record["made"]["seed"] == 1
    text = page.read_text()
    assert not re.search(r"(?:src|href)=.?https?:", text)
    for words in ("Scores", "It snows in June", "Calibration", "Declared unanswerable"):
        assert words in text


def test_odd_texts_are_shown_as_they_are(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, page = tmp_path / "odd.csv", tmp_path / "odd.html"
    odd = ("Is [bold]this[/bold] shown?", "[/red] alone", "<script>alert(1)</script>", "a\tb\x1b[31m", "Ünï – “cödé” 🗺")
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [["question", "closes", "opened"], *([t, "2001", "2000-06-01"] for t in odd)]
        rows.append(["The USA & Japan <end> their treaty", "2001", "2000-06-01"])
        csv.writer(file).writerows(rows)
    code, out, err = ask(capsys, "forecast", "questions", str(path), "--case", str(small))
    assert code == 0
    assert "Is [bold]this[/bold]" in out
    assert "[/red] alone" in out
    code, _, err = ask(
        capsys, "forecast", "score", str(path), "--case", str(small), "--draws", "0", "--report", str(page)
    )
    assert code == 0, err
    assert "<script>alert" not in page.read_text()
    assert "&lt;script&gt;alert" in page.read_text()
    assert "<end>" not in page.read_text()


@given(
    rows=st.lists(st.lists(st.text(max_size=25), max_size=7), max_size=5), head=st.permutations(HEAD.strip().split(","))
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cells_whatever_give_a_traceback(
    rows: list[list[str]], head: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "fuzz.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    code, out, err = ask(capsys, "forecast", "questions", str(path), "--case", "asia-1953")
    assert code in (0, 2)
    assert "Traceback" not in out + err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("score", "none.csv"), "cannot be read"),
        (("score", "ASKED", "--as-of", "soon"), "as-of: 'soon' is not a date"),
        (("score", "ASKED", "--case", "atlantis"), "atlantis"),
        (("score", "ASKED", "--draws", "-1"), "draws"),
        (("questions", "ASKED", "--mapping", "none.yaml"), "none.yaml"),
    ],
)
def test_wrong_arguments_are_sentences(
    arguments: tuple[str, ...], said: str, asked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = ask(capsys, "forecast", *(str(asked) if a == "ASKED" else a for a in arguments))
    assert code == 2
    assert said in err
    assert "Traceback" not in err


def test_the_vocabulary_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ask(capsys, "forecast", "mapping")
    assert code == 0
    for words in ("treaty signed", "reference class", "1991-2018"):
        assert words in out


def test_the_first_set_of_questions_is_answered_only_where_it_can_be(capsys: pytest.CaptureFixture[str]) -> None:
    if not FACTS.exists():
        pytest.skip("the first set of questions is no part of the product and is absent here")
    code, out, _ = ask(capsys, "forecast", "questions", str(FACTS), "--json")
    assert code == 0
    told = json.loads(out)["sections"][0]["tables"]["questions"]
    names = [c["name"] for c in told["columns"]]
    answered = {row[names.index("id")] for row in told["rows"] if row[names.index("asks")]}
    assert answered == {"Q01", "Q02", "Q03", "Q05", "Q06", "Q07", "Q09", "Q13", "Q16", "Q20", "Q21", "Q23", "Q46"} | {
        *("Q25", "Q26", "Q37", "Q38", "Q45", "Q50", "Q51", "Q53")
    }


def test_numbers_lists_and_years_agree_with_what_is_asked_outright(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    texts = {
        "many": "How many members will leave the Quad by the end of 2024?",
        "none": "Will no member leave the Quad by the end of 2024?",
        "two": "Will at least two members leave the Quad by the end of 2024?",
        "which": "Which members will leave the Quad by the end of 2024?",
        "one": "Will India leave the Quad by the end of 2024?",
        "stays": "Will India remain in the Quad through 2024?",
        "when": "When will India leave the Quad?",
        "size": "How many members will the Quad have at the end of 2024?",
        "four": "Will the Quad have fewer than four members at the end of 2024?",
    }
    rows = "".join(f"{name},{text},2020-12-29,,,1\n" for name, text in texts.items())
    path.write_text(HEAD + rows)
    found = {f.question.id: f for f in foedus.forecast(path, cases=["indo-pacific-2020"], draws=0).forecasts}
    parts = {name: {p.name: p.probability for p in f.parts} for name, f in found.items()}
    p = {name: f.probability for name, f in found.items() if f.probability is not None}
    assert set(p) == {"none", "two", "one", "stays", "four"}
    assert sum(parts["many"].values()) == pytest.approx(1)
    assert parts["many"]["0"] == pytest.approx(p["none"])
    assert 1 - parts["many"]["0"] - parts["many"]["1"] == pytest.approx(p["two"])
    assert set(parts["which"]) == {"USA", "JPN", "AUS", "IND"}
    assert parts["which"]["IND"] == pytest.approx(p["one"]) == pytest.approx(1 - p["stays"])
    chances = list(parts["when"].values())
    assert chances == sorted(chances)
    assert parts["when"]["2024"] == pytest.approx(p["one"])
    assert sum(parts["size"].values()) == pytest.approx(1)
    assert sum(v for n, v in parts["size"].items() if int(n) < 4) == pytest.approx(p["four"])
    assert all("holding: habit" in f.law and f.certainty for f in found.values())


def test_a_forum_in_force_meets_as_long_as_it_holds_and_has_to_survive_until_its_year(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(
        HEAD + "now,The Quad leaders meet in 2021,2020-12-29,,,1\nlater,The Quad leaders meet in 2024,2020-12-29,,,1\n"
        "lapses,The Quad is disbanded by the end of 2021,2020-12-29,,,1\n"
    )
    now, later, lapses = (
        f.probability for f in foedus.forecast(path, cases=["indo-pacific-2020"], draws=0).forecasts if f.probability
    )
    assert later < now
    assert later == pytest.approx(now**4, rel=0.01)
    assert now == pytest.approx(1 - lapses, rel=0.01)


def test_another_law_gives_another_answer_and_its_name(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(HEAD + "A,The US-Japan alliance ends by 2024,2020-12-29,,,1\n")
    habit, inertia = (
        foedus.forecast(path, cases=["indo-pacific-2020"], draws=0, laws=laws).forecasts[0]
        for laws in ((), ("holding=inertia",))
    )
    assert habit.law == "exit (holding: habit)"
    assert inertia.law == "exit (holding: inertia)"
    assert habit.probability != inertia.probability


def of_parts(form: str, chances: dict[str, float], resolved: str) -> Forecast:
    question = Question("Q", "Q", None, None, None, resolved=resolved)
    parts = tuple(Part(name, p, p, p, p) for name, p in chances.items())
    return Forecast(question, replace(query("joins"), form=form), parts=parts)


def test_numbers_lists_and_years_are_scored_by_hand() -> None:
    many = of_parts("how many", {"0": 0.5, "1": 0.3, "2": 0.2}, "1")
    assert score_of_parts(many) == pytest.approx((0.5**2 + (0.8 - 1) ** 2) / 2)
    listed = of_parts("which", {"FIN": 0.6, "SWE": 0.2}, "fin")
    assert score_of_parts(listed) == pytest.approx((0.4**2 + 0.2**2) / 2)
    assert score_of_parts(of_parts("which", {"FIN": 0.6, "SWE": 0.2}, "nobody")) == pytest.approx((0.6**2 + 0.2**2) / 2)
    when = of_parts("when", {"2021": 0.1, "2022": 0.4, "2023": 0.7}, "2022")
    assert score_of_parts(when) == pytest.approx((0.1**2 + 0.6**2 + 0.3**2) / 3)
    for resolved in ("", "7", "fin", "yes"):
        assert score_of_parts(of_parts("how many", {"0": 0.5, "1": 0.5}, resolved)) is None


def test_scores_stand_by_kind_and_by_law() -> None:
    own = replace(forecast("a", 0.9, True), law="exit (holding: habit)")
    found = marks([own, replace(forecast("b", 0.2, False), law="round (consent: common-mood)")])
    by = {(m.part, m.group): m for m in found if m.forecaster == "foedus" and m.part}
    assert set(by) == {
        ("kind", "treaty signed"),
        ("law", "exit (holding: habit)"),
        ("law", "round (consent: common-mood)"),
    }
    assert by["law", "exit (holding: habit)"].brier.value == pytest.approx(0.1**2)
    assert by["kind", "treaty signed"].questions == 2


def test_accessions_and_exits_have_a_reference_class_and_forums_have_none() -> None:
    words = read_vocabulary()
    asked = replace(
        query("joins", 1), all_of=("A",), treaties=("N",), start=dt.date(2020, 1, 1), end=dt.date(2020, 12, 31)
    )
    found = reference(asked, words, bilateral=False)
    assert found is not None
    assert found[0] == pytest.approx(8.5 / 183, rel=0.01)
    left = reference(replace(asked, kind="stays"), words, bilateral=False)
    assert left is not None
    assert left[0] == pytest.approx(1 - 29.5 / 10122, rel=1e-4)
    assert reference(asked, words, bilateral=False, body=False) is None


TERM = (
    "institutions.yaml",
    "    in_force: 1960-06-23\n",
    "    in_force: 1960-06-23\n    term: 20.5\n",
)  # runs out in 2001
BODY = """institutions:
  - {id: PACT, name: The pact, kind: multilateral, members: [USA, JPN, KOR], signed: 1990-01-01, rule: consensus, source: book}
  - {id: TALKS, name: The talks, kind: forum, members: [USA, JPN, KOR], signed: 1990-01-01, rule: consensus, source: book}
"""


def chance(case: Path, asked: Query, *laws: str) -> dict[str, float]:
    loaded = read_case(case)
    study = Study(build_world(loaded), Parameters(laws=read_laws(laws)))
    return answers(study, asked, institutions_of(loaded))


def test_a_window_is_played_through_where_terms_run_out(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "small", TERM)
    end = Query("treaty ends", "x", ("USJPN",), (), ("USJPN",), False, dt.date(2000, 1, 1), dt.date(2002, 12, 31))
    held, played, first = (
        chance(folder, end, "holding=habit", "term=expires", f"window={w}")[""]
        for w in ("constant", "played", "played")
    )
    calm = chance(folder, end, "term=silent")[""]
    assert held == pytest.approx(calm)  # nothing runs out in the first year
    assert played == first > calm
    by_hand = 1.0
    for year in (2000, 2001, 2002):
        one = replace(end, start=dt.date(year, 1, 1), end=dt.date(year, 12, 31))
        by_hand *= 1 - chance(folder, one, "holding=habit", "term=expires")[""]
    assert played == pytest.approx(1 - by_hand, abs=2e-3)
    when = chance(folder, replace(end, form="when"), "holding=habit", "term=expires", "window=played")
    assert when["2002"] == pytest.approx(played)
    assert list(when.values()) == sorted(when.values())


def test_who_joins_goes_through_the_door_where_it_is_open(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "small", ("institutions.yaml", "institutions:\n", BODY))
    loaded = read_case(folder)
    joins = Query("joins", "x", (), (), ("PACT",), False, dt.date(2000, 1, 1), dt.date(2000, 12, 31), form="which")
    assert loaded.hub == "USA"
    world = build_world(loaded).replace(recognised=np.ones(len(loaded.states)))
    study = Study(world, Parameters(laws={"door": "open"}))
    pact = institutions_of(loaded)["PACT"]
    asked = replace(joins, all_of=("TWN",))
    found = answers(study, asked, institutions_of(loaded))
    assert found == pytest.approx({"TWN": over(entry(study.appraiser, pact, "TWN", 0.45).enters, asked)})
    shut = answers(Study(world, Parameters(laws={"door": "closed"})), asked, institutions_of(loaded))
    assert shut["TWN"] != pytest.approx(found["TWN"])


def test_a_forum_meets_by_its_habit_or_by_a_round(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "small", ("institutions.yaml", "institutions:\n", BODY))
    meets = Query("forum meets", "x", (), (), ("TALKS",), False, dt.date(2000, 1, 1), dt.date(2000, 12, 31), 1)
    lapses = replace(meets, kind="forum lapses", repeats=0, all_of=("TALKS",))
    by_habit = chance(folder, meets, "holding=habit")[""]
    assert by_habit == pytest.approx(1 - chance(folder, lapses, "holding=habit")[""], abs=1e-3)
    assert by_habit > 0.9
    assert chance(folder, meets, "holding=habit", "meeting=round")[""] < 0.9


def test_the_years_with_a_meeting_go_on_until_the_forum_is_left(tmp_path: Path) -> None:
    path = tmp_path / "asked.csv"
    rows = [
        "In how many of the years 2021 to 2023 will the Quad meet?",
        "In how many years from 2021 to 2023 will NATO hold a summit?",
    ]
    path.write_text("question,opened,outcome\n" + "".join(f"{r},2020-12-29,3\n" for r in rows))
    forum, summit = ([p.probability for p in f.parts] for f in foedus.forecast(path, draws=0).forecasts)
    assert sum(forum) == pytest.approx(1.0)
    assert sum(summit) == pytest.approx(1.0)
    # of the forum every year is the last with the same chance; summits of a body come year by year
    assert forum[1] / (1.0 - forum[0]) == pytest.approx(forum[2] / (1.0 - forum[0] - forum[1]))
    rate = 6.5 / 11
    assert summit[3] == pytest.approx(rate**3, rel=0.01)


def test_a_part_of_a_list_came_true_where_the_outcome_names_it() -> None:
    listed = of_parts("which", {"FIN": 0.6, "SWE": 0.2, "nobody": 0.3}, "fin, nor")
    assert [came_true(listed, p) for p in ("FIN", "SWE", "nobody")] == [True, False, False]
    assert came_true(of_parts("which", {"nobody": 0.3}, "nobody"), "nobody") is True
    assert came_true(of_parts("which", {"FIN": 0.6}, "2022"), "FIN") is None
    assert came_true(of_parts("when", {"2022": 0.6}, "fin"), "2022") is None
