"""Claims as documents, evidence, verdicts by rule."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from facts.casefiles import write_case
from foedus.cli.main import run
from foedus.experiments.assessment import QUESTIONS, Task
from foedus.facts.reader import read_case
from foedus.model.parameters import Parameters
from foedus.trial.claims import read_trial, trial_names
from foedus.trial.evidence import TrialTask, try_claims
from foedus.trial.queries import PHRASES, answer_key
from foedus.trial.verdict import Verdict, disagree, model_says, record_says, verdict
from foedus.vocabulary.errors import FoedusError

EVENTS = """events:
  - {id: PACT, date: 1999-05-01, actors: [USA, JPN], type: pact, text: "A pact is signed.", source: book}
  - {id: ROW, date: 1999-06-01, actors: [JPN, KOR], type: quarrel, text: "A row about history.", source: book}
"""

TRIAL = """foedus: 1
name: mine
text: {author: Somebody, title: A text, date: 2000, thesis: Trade loosens pacts.}
case: small
claims:
  - id: 1
    says: Trade with the adversary makes Japan shy of a body.
    mechanisms: [exposure]
    model: {quantity: gain of JPN from All three, under: {set: ["JPN.trade.CHN=0.4"]}, expect: falls}
    record:
      - {event: PACT, says: supports, because: "It was signed when trade was low"}
    falsified_if: the gain stays where it is
  - id: 2
    says: Quarrels happen every now and then in this world.
    record:
      - {count: {type: quarrel, actor: JPN, from: 1999, to: 1999-06, at_least: 1}, says: supports, because: "There was one in June"}
      - {count: {type: quarrel, at_most: 0}, says: supports, because: "There should not have been any"}
    falsified_if: there is no quarrel at all
  - id: 3
    says: The hub gains more than Korea does by a body.
    mechanisms: [leverage, dispute]
    model: {quantity: gain of USA from All three, expect: above, than: gain of KOR from All three}
    falsified_if: Korea gains more than the hub
"""


def write_trial(folder: Path, old: str = "", new: str = "") -> Path:
    case = write_case(folder / "small")
    (case / "events.yaml").write_text(EVENTS)
    assert old in TRIAL
    path = folder / "mine.yaml"
    path.write_text(TRIAL.replace(old, new) if old else TRIAL)
    return path


BAD = [
    ("gain of JPN from All three, under", "gains of JPN, under", "no quantity a claim can ask for"),
    ("gain of JPN from All three, under", "gain of FRA from All three, under", "no such state"),
    ("gain of JPN from All three, under", "gain of JPN from Nobody, under", "no such body"),
    ("mechanisms: [exposure]", "mechanisms: [exposur]", "Did you mean 'exposure'"),
    (', under: {set: ["JPN.trade.CHN=0.4"]}', "", "nothing is changed"),
    ('set: ["JPN.trade.CHN=0.4"]', 'set: ["JPN.trade.XXX=0.4"]', "there is no such state"),
    ('{set: ["JPN.trade.CHN=0.4"]}', "{lever: half trad}", "Did you mean 'half trade'"),
    ('{set: ["JPN.trade.CHN=0.4"]}', "{without: [consent]}", "cannot be switched off"),
    ("event: PACT", "event: PAKT", "Did you mean 'PACT'"),
    ("    falsified_if: the gain stays where it is\n", "", "falsified_if: this is missing"),
    ("expect: above, than: gain of KOR from All three", "expect: above", "needs something to be compared with"),
    ("than: gain of KOR from All three", "than: gain of USA from All three", "compared with itself"),
    ("expect: falls}", "expect: falls, than: 3}", "Leave than out"),
    ("type: quarrel, at_most: 0", "type: quarrel", "so that it can fail"),
    ("type: quarrel, at_most: 0", "type: war, at_most: 0", "no event is of type 'war'"),
    ("type: quarrel, at_most: 0", "kind: quarrel, at_most: 0", "no such filter"),
    ("  - id: 3", "  - id: 1", "claim 1 was given before"),
    ("case: small", "case: large", "no such case"),
    ("thesis: Trade loosens pacts.", "thesi: Trade loosens pacts.", "Did you mean 'thesis'"),
]


@pytest.mark.parametrize(("old", "new", "words"), BAD)
def test_a_claim_that_cannot_be_tried_is_refused_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(FoedusError) as caught:
        read_trial(write_trial(tmp_path, old, new))
    said = "\n".join(str(p) for p in caught.value.problems)
    assert words in said
    assert "mine.yaml:" in said or "case 'large'" in said


def test_a_claim_without_any_test_is_refused(tmp_path: Path) -> None:
    path = write_trial(tmp_path)
    path.write_text(
        TRIAL + "  - {id: 4, says: Something that nobody can test here., falsified_if: nothing could ever do so}\n"
    )
    with pytest.raises(FoedusError, match="neither a model test nor a record test"):
        read_trial(path)


def test_evidence_comes_from_model_and_record(tmp_path: Path) -> None:
    trial = read_trial(write_trial(tmp_path))
    one, two, three = try_claims(trial, 6, 1)
    assert one.default > 0
    assert one.share == 1
    assert one.verdict is Verdict.SUPPORTED
    assert one.turned_by == ("exposure",)
    assert (two.model, two.seen) == ("silent", "mixed")
    assert three.record == ()


def test_removing_a_mechanism_turns_the_verdict_that_rests_on_it(tmp_path: Path) -> None:
    trial = read_trial(write_trial(tmp_path))
    with_it = try_claims(trial, 4, 1)[0]
    without_it = try_claims(trial, 4, 1, ("exposure",))[0]
    assert with_it.model == "holds"
    assert without_it.model == "fails"
    assert without_it.verdict is not with_it.verdict


def test_one_worker_and_two_find_the_same(tmp_path: Path) -> None:
    trial = read_trial(write_trial(tmp_path))
    a, b = (try_claims(trial, 5, 3, workers=n) for n in (1, 2))
    assert [(e.median, e.share) for e in a if e.claim.form] == [(e.median, e.share) for e in b if e.claim.form]


def test_every_built_in_trial_runs_from_its_file_alone() -> None:
    assert set(trial_names()) >= {"a-nato-in-asia", "trade-loosens-alliances"}
    essay = read_trial("a-nato-in-asia")
    assert [c.id for c in essay.claims] == list(range(1, 28))
    assert all(c.falsified_if for c in essay.claims)
    assert len(essay.slips) >= 4
    for name in trial_names():
        trial = read_trial(name)
        case = trial.case
        found = TrialTask(Task(case, Parameters(), {}, (), ()), trial.claims)(None)
        assert set(found) == {str(c.id) for c in trial.claims if c.form}
        assert all(np.isfinite(v) for v in found.values()), name


def test_every_phrase_leads_to_an_answer() -> None:
    case = read_case("indo-pacific-2020")
    quad = case.watch[0].name
    said = {
        "chance of OUTCOME": "chance of a forum", "gain of STATE from BODY": f"gain of JPN from {quad}",
        "TERM of STATE from BODY": "dispute of KOR from everybody", "consent of STATE to BODY": f"consent of AUS to {quad}",
        "acceptance of BODY": f"acceptance of {quad}", "readiness of BODY": "readiness of everybody",
        "hub's MEASURE in ARCHITECTURE": "hub's share in bloc", "quarrel RUNG when VARIANT": "quarrel both when hub away",
        "loss of STATE when SITUATION": "loss of TWN when left out", "acceptance with STATE": "acceptance with TWN",
        "acceptance without STATE": "acceptance without TWN", "hold of ARCHITECTURE at BUDGET": "hold of star at 0.3",
        "cost of breaking ARCHITECTURE": "cost of breaking star", "worth of the treaty of STATE": "worth of the treaty of KOR",
    }  # fmt: skip
    assert set(said) == {p.form for p in PHRASES}
    study = Task(case, Parameters(), {}, (), ()).study()
    answers = {k: v for q in QUESTIONS for k, v in q(study).items()}
    for phrase in said.values():
        assert answer_key(case, phrase) in answers, phrase


def test_the_page_tells_every_claim(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "trial.html"
    run(["trial", str(write_trial(tmp_path)), "--draws", "3", "--workers", "1", "--report", str(page)])
    assert "written" in capsys.readouterr().err
    text = page.read_text()
    for words in (
        "Trade loosens pacts.",
        "Scoreboard of claims",
        "no model test",
        "not found",
        "Falsified if",
        "A pact is signed.",
    ):
        assert words in text
    assert text.count("<article") == 3
    assert 'src="http' not in text
    with pytest.raises(SystemExit):
        run(["trial", str(tmp_path / "mine.yaml"), "--draws", "0", "--report", str(page)])
    assert "there already" in capsys.readouterr().err


def test_the_rules_cover_everything_and_are_monotone() -> None:
    order = [Verdict.CONTRADICTED, Verdict.UNSUPPORTED, Verdict.CONDITIONAL, Verdict.SUPPORTED]
    models, records = ("fails", "split", "holds"), ("contradicts", "mixed", "supports")
    for m, r in itertools.product((*models, "silent"), (*records, "silent")):
        assert verdict(m, r) in Verdict
    for r in records:
        ranks = [order.index(verdict(m, r)) for m in models]
        assert ranks == sorted(ranks)
    for m in models:
        ranks = [order.index(verdict(m, r)) for r in records]
        assert ranks == sorted(ranks)
    assert verdict("silent", "silent") is Verdict.UNTESTABLE
    assert disagree("holds", "contradicts")
    assert not disagree("split", "contradicts")
    assert [model_says(x) for x in (float("nan"), 0.0, 0.5, 0.95)] == ["silent", "fails", "split", "holds"]
    assert [record_says(*x) for x in ((0, 0), (1, 0), (0, 2), (1, 1))] == ["silent", "supports", "contradicts", "mixed"]


def test_the_command_prints_the_scoreboard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(write_trial(tmp_path))
    run(["trial", path, "--draws", "3", "--workers", "1"])
    out = capsys.readouterr().out
    assert "supported" in out
    run(["trial", path, "--draws", "2", "--workers", "1", "--json"])
    record = json.loads(capsys.readouterr().out)
    assert [c["id"] for c in record["claims"]] == [1, 2, 3]
    run(["trial"])
    assert "a-nato-in-asia" in capsys.readouterr().out
    run(["trial", "--vocabulary"])
    assert "chance of OUTCOME" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stop:
        run(["trial", "a-nato-in-asi"])
    assert stop.value.code == 2
    assert "Did you mean 'a-nato-in-asia'" in capsys.readouterr().err
