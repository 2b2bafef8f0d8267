"""The doors about a case: what each hands on of what it is asked, and that it returns what it is handed back."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest

from casebook.casefiles import write_case
from foedus.asking import about_a_case
from foedus.asking.ask import Ask, How
from foedus.asking.bodies import draft
from foedus.questions.findings import Assessment
from foedus.questions.in_draws import FEW, Size
from foedus.questions.listing import ASSESSED
from foedus.questions.task import Task
from foedus.version import __version__
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.record import Record
from standin import StandIn, put

HERE = "foedus.asking.about_a_case"
CHANGE = "c1=0.5"
FEE_OFF = {"without": ["fee"], "laws": ["holding=habit"]}
SOVEREIGNTY = ("sovereignty", "JPN", None)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case of one's own; what is told of it is handed on as it is, without the footer."""
    monkeypatch.setattr(f"{HERE}.with_footer", lambda section, *_: section)
    return write_case(tmp_path / "small")


def test_every_question_by_itself_says_what_it_was_made_with(tmp_path: Path) -> None:
    case = str(write_case(tmp_path / "small"))
    how: dict[str, Any] = {"draws": 0, "changes": [CHANGE]}
    explained = about_a_case.explain(case, "KOR", **how)
    asked = (
        explained,
        about_a_case.dispute(case, ["JPN", "KOR"], **how),
        about_a_case.wedge(case, **how),
        about_a_case.whatif(case, **how),
        draft(case, ["JPN", "KOR"], **how),
    )
    loaded = Ask(case).loaded
    for section in asked:
        made = dict(section.made)
        assert (made["foedus"], made["draws"], made["case"], made["date"]) == (__version__, 0, "small", "2000-06-01")
        assert (made["case_hash"], made["changes"]) == (loaded.sha256[:16], "treaty_reliability=0.5")
        assert section.to_dict()["made"] == made
    # one code for all single questions, one result for each
    assert len({s.made["code_hash"] for s in asked}) == 1
    assert len({s.made["result_hash"] for s in asked}) == len(asked)
    assert about_a_case.explain(case, "KOR", **how).made == explained.made
    assert asked[-1].made["seed"] == 1


def test_what_the_record_does_not_have_is_said_beside_every_answer_with_file_and_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    case = str(
        write_case(tmp_path / "small", ("states.yaml", "trade: {CHN: {value: 0.05}}", "trade: {CHN: {value: 2}}"))
    )
    odd = "trade of KOR with CHN is 2 share of GDP, outside 0 to 1"
    told = about_a_case.explain(case, "KOR", draws=0)
    assert [n for n in told.notes if "states.yaml:" in n and odd in n and n.endswith("it is used as it stands.")]
    assert odd in caplog.text
    by_hand = about_a_case.explain(str(write_case(tmp_path / "own")), "KOR", draws=0, changes=["KOR.trade.CHN=2"])
    assert [n for n in by_hand.notes if n.startswith(f"set by hand: {odd}")]


def is_as_asked(task: Task) -> None:
    """Hold a task against what :data:`CHANGE` and :data:`FEE_OFF` ask."""
    assert task.parameters["treaty_reliability"] == 0.5
    assert task.without == ("fee",)
    assert dict(task.parameters.laws) == {"holding": "habit"}


def test_an_assessment_is_over_all_that_is_judged_and_as_it_is_asked(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, progress = put(monkeypatch, f"{HERE}.assessed", "found"), Mock()
    found = about_a_case.assess(small, changes=[CHANGE], draws=7, seed=3, workers=2, progress=progress, **FEE_OFF)
    assert found == "found"
    task = asked.last.pop("task")
    assert [*asked.last.values()] == [7, 3, 2, progress]
    is_as_asked(task)
    assert task.questions == tuple(ASSESSED)
    assert SOVEREIGNTY in [u.target for u in task.varied]


def test_a_case_is_explained_as_it_is_asked_and_an_assessment_as_it_was_assessed(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = put(monkeypatch, "foedus.questions.explanation.explain", "why")
    assert about_a_case.explain(small, "KOR", body="everybody", changes=[CHANGE], workers=2, **FEE_OFF) == "why"
    is_as_asked(told.handed[0]["task"])
    assert [*told.handed[0].values()][1:3] == ["KOR", "everybody"]
    assert told.handed[0]["size"] == Size(FEW, 1, 2)
    made = Mock(spec=Assessment)
    made.task, made.seed = object(), 9
    assert about_a_case.explain(made, "JPN", draws=7, workers=1) == "why"
    assert told.last["task"] is made.task
    assert told.last["size"] == Size(7, 9, 1)


def test_cases_are_compared_by_the_very_same_numbers(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_case(tmp_path / "other", ("case.yaml", "name: small", "name: other"))
    asked = put(monkeypatch, f"{HERE}.assessed", lambda task, **_: task.case.name)
    beside = put(monkeypatch, f"{HERE}.side_by_side", "beside")
    assert about_a_case.compare([small, other], draws=5, seed=9, workers=1) == "beside"
    assert [*beside.last.values()] == [["small", "other"], ()]
    assert [(h["draws"], h["seed"]) for h in asked.handed] == [(5, 9), (5, 9)]
    one, two = (h["task"].parameters for h in asked.handed)
    assert one == two


def test_a_case_that_is_named_twice_is_worked_out_once(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = put(monkeypatch, f"{HERE}.assessed", lambda task, **_: task.case.name)
    beside = put(monkeypatch, f"{HERE}.side_by_side", "beside")
    assert about_a_case.compare([small, small, small], draws=5) == "beside"
    assert [*beside.last.values()] == [["small"], ("small",)]
    assert len(asked.handed) == 1


def test_a_quarrel_and_a_budget_are_handed_on(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = put(monkeypatch, f"{HERE}.of_pair", "quarrel")
    assert about_a_case.dispute(small, ["JPN", "KOR"], changes=[CHANGE], without=["fee"]) == "quarrel"
    task, states, size = pair.last.values()
    assert size.draws == FEW
    assert task.varied
    assert (task.without, states) == (("fee",), ("JPN", "KOR"))
    spent = put(monkeypatch, f"{HERE}.under_budget", "pressure")
    for budget in (2, 0.5, np.float32(1.5), np.int64(3)):
        assert about_a_case.wedge(small, budget=budget, without=["fee"]) == "pressure"
        task, given, size = spent.last.values()
        assert size.draws == FEW
        assert (task.without, given) == (("fee",), budget)
    with pytest.raises(FoedusError, match="budget: '1' is not a number"):
        about_a_case.wedge(small, budget="1")  # type: ignore[arg-type]


@pytest.mark.parametrize("changes", [[CHANGE], {"c1": 0.5}])
def test_what_if_sets_the_case_as_it_is_beside_what_is_asked(
    small: Path, changes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = put(monkeypatch, f"{HERE}.before_and_after", "both")
    assert about_a_case.whatif(small, changes, **FEE_OFF) == "both"
    before, after, size = beside.last.values()
    is_as_asked(after)
    assert size.draws == FEW
    assert before.varied
    assert (before.without, dict(before.parameters.laws)) == ((), {})
    assert before.parameters["treaty_reliability"] != 0.5


@pytest.fixture
def turned(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    monkeypatch.setattr("foedus.methods.flip.section", lambda *told: told)
    monkeypatch.setattr("foedus.methods.flip.over_draws", lambda task, goal, found, size: (found, size.draws))
    return put(monkeypatch, "foedus.methods.flip.smallest_changes", "sets")


def test_a_flip_looks_as_far_as_it_is_asked(small: Path, turned: StandIn) -> None:
    progress = Mock()
    found: Any = about_a_case.flip(small, "council forms", effort=3, answers=2, draws=9, workers=2, progress=progress)
    assert found == ("council forms", 3, "sets", ("sets", 9))
    handed = turned.last
    assert (handed["goal"], handed["most_effort"], handed["most_answers"]) == ("council forms", 3, 2)
    assert (handed["workers"], handed["progress"]) == (2, progress)


def test_a_flip_takes_one_step_to_seventeen_and_one_answer_or_more(small: Path, turned: StandIn) -> None:
    for effort, answers in ((1, 1), (17, 40)):
        about_a_case.flip(small, effort=effort, answers=answers)
    for wrong in ({"effort": 0}, {"effort": 18}, {"answers": 0}):
        with pytest.raises(FoedusError, match="is not a number of"):
            about_a_case.flip(small, **wrong)  # type: ignore[arg-type]
    assert len(turned.handed) == 2


def test_an_ablation_is_of_what_is_asked(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = put(monkeypatch, "foedus.methods.ablation.contributions", ("shares", "variants"))
    monkeypatch.setattr("foedus.methods.ablation.section", lambda *told: told)
    monkeypatch.setattr("foedus.methods.ablation.over_draws", lambda task, size: size.draws)
    progress = Mock()
    found: Any = about_a_case.ablate(small, changes=[CHANGE], draws=3, workers=2, progress=progress, **FEE_OFF)
    assert found[:3] == ("shares", "variants", 3)
    assert found[3][1].startswith("by terms ")
    is_as_asked(parts.last["task"])
    assert (parts.last["workers"], parts.last["progress"]) == (2, progress)


def test_an_exploration_of_the_same_takes_the_place_of_what_the_draws_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    own = put(monkeypatch, "foedus.methods.what_moves.section", "of the draws")
    put(monkeypatch, f"{HERE}.sections_of", lambda found, assessment: list(found))
    monkeypatch.setattr(f"{HERE}.says_what_matters", lambda record: record == "matters")
    monkeypatch.setattr(f"{HERE}.record_of", lambda assessment, sections: (assessment, sections))
    monkeypatch.setattr(f"{HERE}.said_first", lambda assessment, told: told)
    record: Any = about_a_case.record
    assert record("it") == ("it", ("of the draws",))
    assert record("it", ["boxes"]) == ("it", ("of the draws", "boxes"))
    assert record("it", ["boxes", "matters"]) == ("it", ("boxes", "matters"))
    assert len(own.handed) == 2


def test_a_page_is_of_a_record_as_it_is_and_of_a_case_once_it_is_assessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Mock(spec=Assessment)
    asked = put(monkeypatch, f"{HERE}.assess", lambda **_: made)
    monkeypatch.setattr(f"{HERE}.record", lambda assessment: ("record of", assessment))
    written = put(monkeypatch, f"{HERE}.write_page", lambda record, path, **_: [path, "a picture"])
    page, record = tmp_path / "page.html", Mock(spec=Record)
    assert about_a_case.report("a case", page, draws=4, seed=2, workers=1) == page
    assert {k: asked.last[k] for k in ("case", "draws", "seed", "workers")} == {
        "case": "a case",
        "draws": 4,
        "seed": 2,
        "workers": 1,
    }
    assert written.last["record"] == ("record of", made)
    about_a_case.report(made, page)
    assert written.last["record"] == ("record of", made)
    about_a_case.report(record, page)
    assert written.last["record"] is record
    assert len(asked.handed) == 1


def test_a_page_that_is_there_is_refused_before_anything_is_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = put(monkeypatch, f"{HERE}.assess")
    (tmp_path / "page.html").write_text("mine")
    with pytest.raises(FoedusError, match="there already"):
        about_a_case.report("a case", tmp_path / "page.html")
    with pytest.raises(FoedusError, match="there is no folder"):
        about_a_case.report("a case", tmp_path / "none" / "page.html")
    assert asked.handed == []
    written = put(monkeypatch, f"{HERE}.write_page", lambda record, path, **_: [path])
    assert about_a_case.report(Mock(spec=Record), tmp_path / "page.html", overwrite=True) == tmp_path / "page.html"
    assert written.last["overwrite"] is True


def test_an_answer_uses_the_processes_it_may(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = put(monkeypatch, f"{HERE}.assessed", SimpleNamespace())
    about_a_case.answer(Ask(small, draws=2), How(3))
    assert (asked.last["draws"], asked.last["workers"]) == (2, 3)
