"""Trials are checked like cases: whatever cannot be tried, cannot fail or contradicts itself is said with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from foedus.trials.claims import copy_trial, read_trial, trial_names
from foedus.vocabulary.errors import FoedusError
from trials.trialfiles import TRIAL, write_trial

GAIN = "quantity: gain of JPN from All three, under"
SET = 'set: ["JPN.trade.CHN=0.4"]'
MODEL = '{quantity: gain of JPN from All three, under: {set: ["JPN.trade.CHN=0.4"]}, expect: falls}'
THREE = "{quantity: gain of USA from All three, expect: above, than: gain of KOR from All three}"
PACT = '{event: PACT, says: supports, because: "It was signed when trade was low"}'

BAD = [
    ("gain of JPN from All three, under", "gains of JPN, under", "no quantity a claim can ask for"),
    (GAIN, "quantity: gain of FRA from All three, under", "no such state"),
    (GAIN, "quantity: gain of JPN from Nobody, under", "no such body"),
    (GAIN, 'quantity: "consent of KOR to a forum of USA, JPN", under', "is no member of"),
    (GAIN, "quantity: gain of JPN from a forum of JPN, under", "two members or more"),
    (GAIN, "quantity: gain of JPN from All three in europe-1949, under", "is not a case of this trial"),
    (GAIN, "quantity: gain of JPN from All three in small@1955, under", "no yearly data"),
    (GAIN, "quantity: gain of JPN from All three in small@55, under", "is not a year"),
    (GAIN, "quantity: chance of a pact of JPN and JPN at depth 0.3, under", "no pact can be of that kind"),
    ("case: small", "case: small\nalso: [europe-1945]", "'europe-1949'"),
    ("mechanisms: [exposure]", "mechanisms: [exposur]", "Did you mean 'exposure'"),
    (f", under: {{{SET}}}", "", "nothing is changed"),
    (f"{{{SET}}}", "{}", "nothing is changed"),
    (SET, 'set: ["JPN.trade.ZZZ=0.4"]', "there is no such state"),
    (SET, 'set: ["JPN.trades.CHN=0.4"]', "Did you mean 'trade'"),
    (f"{{{SET}}}", "{lever: half trad}", "Did you mean 'half trade'"),
    (f"{{{SET}}}", "{without: [consent]}", "cannot be switched off"),
    (f"{{{SET}}}", "{laws: [reaction=answer]}", "reaction has no such variant. Did you mean 'answers'"),
    (f"{{{SET}}}", "{laws: [reactio=answers]}", "Did you mean 'reaction'"),
    ("event: PACT", "event: PAKT", "Did you mean 'PACT'"),
    ("value: ARMS2000", "value: ARMS2001", "Did you mean 'ARMS2000'"),
    ("above: ARMS1999", "above: ARMS1998", "Did you mean 'ARMS1999'"),
    ("value: ARMS2000", "value: PACT", "carries no value"),
    ("above: ARMS1999", "above: PACT", "carries no value"),
    (
        ', unit: "% of GDP", text: "Arms in 1999."',
        ', unit: "bn", text: "Arms in 1999."',
        "cannot be compared with 'bn'",
    ),
    ("above: ARMS1999, ", "", "compared with above or below"),
    ("after: PACT, within_days: 40, ", "after: PACT, ", "belong together"),
    ("{event: PACT, says", "{event: PACT, value: ARMS1999, above: 1, says", "names one event, counts events, or"),
    ("source: yearbook}\n  - {id: ARMS2000", "source: yearbok}\n  - {id: ARMS2000", "Did you mean 'yearbook'"),
    ("id: ARMS1999, date", "id: ROW, date", "is there already"),
    ("    falsified_if: the gain stays where it is\n", "", "falsified_if: this is missing"),
    ("expect: above, than: gain of KOR from All three", "expect: above", "needs something to be compared with"),
    ("expect: falls}", "expect: falls, than: 3}", "Leave than out"),
    ("type: quarrel, at_most: 0", "type: war, at_most: 0", "no event is of type 'war'"),
    ("type: quarrel, at_most: 0", "kind: quarrel, at_most: 0", "there is no such key"),
    ("actor: JPN, from", "actor: JAP, from", "there is no state 'JAP'"),
    ("from: 1999, to", "from: 2001, to", "from is later than to"),
    ("from: 1999, to", "from: 1999-13, to", "is not a date"),
    ("history, event: ROW}", "history}", "nothing shows that the text is wrong"),
    ("history, event: ROW}", "history, event: RAW}", "Did you mean 'ROW'"),
    ("history, event: ROW}", "history, source: boook}", "Did you mean 'book'"),
    ("  - id: 3", "  - id: 1", "claim 1 was given before"),
    ("than: gain of KOR from All three", "than: .nan", "'.nan' is not a finite number"),
    ("than: gain of KOR from All three", "than: true", "mine.yaml:22:66: claims.2.model.than: text is wanted"),
    ("date: 2000, thesis", "date: 2000-13-01, thesis", "mine.yaml:3:41: text.date: '2000-13-01' is not a date"),
    ("date: 2000, thesis", "date: 2953, thesis", "the year 2953 is outside 1000 to 2100"),
    ("case: small", "case: large", "no such case"),
    ("thesis: Trade loosens pacts.", "thesis: Trade loosens pacts., decided_by: 7", "there is no claim 7"),
    ("expect: falls}", "expect: falls, at_least: .nan}", "'.nan' is not a finite number"),
    ("expect: falls}", "expect: falls, at_least: nan}", "a number is wanted here"),
    ("than: gain of KOR from All three", "than: .nan", "'.nan' is not a finite number"),
    ("than: gain of KOR from All three", "than: nan", "no quantity a claim can ask for"),
    ("above: ARMS1999", "above: .inf", "'.inf' is not a finite number"),
    ("thesis: Trade loosens pacts.", "thesi: Trade loosens pacts.", "Did you mean 'thesis'"),
]

ONE_SIDED = [
    ("than: gain of KOR from All three", "than: gain of USA from All three", "compared with itself"),
    ('"JPN.trade.CHN=0.4"', '"JPN.trade.CHN=0.02"', "changes nothing"),
    ('"JPN.trade.CHN=0.4"', '"decision_noise=0.1"', "changes nothing"),
    (f"{{{SET}}}", "{laws: [reaction=ignores]}", "changes nothing"),
    (THREE, "{quantity: chance of a body, expect: above, than: 1.2}", "cannot succeed"),
    (THREE, "{quantity: chance of a body, expect: above, than: 0.5, at_least: 0.5}", "cannot succeed"),
    (THREE, "{quantity: chance of a body, expect: below, than: 0.0}", "cannot succeed"),
    (THREE, "{quantity: chance of a body, expect: below, than: 1.1}", "cannot fail"),
    (THREE, "{quantity: chance of a body, expect: above, than: -0.1}", "cannot fail"),
    (
        MODEL,
        f"{{quantity: chance of a body, under: {{{SET}}}, expect: falls, at_least: 1}}",
        "no change of this quantity",
    ),
    ("type: quarrel, at_most: 0", "type: quarrel", "so that it can fail"),
    ("type: quarrel, at_most: 0", "type: quarrel, at_least: 0", "cannot fail"),
    ("type: quarrel, at_most: 0", "type: quarrel, at_most: -1", "cannot succeed"),
    ("above: ARMS1999", "above: ARMS2000", "compared with itself"),
    ("after: PACT, within", "after: ROW, within", "compared with itself"),
    (PACT, f"{PACT}\n      - {PACT.replace('supports', 'contradicts')}", "both supports and contradicts"),
    (THREE, MODEL.replace("falls", "rises"), "claim 3 expects the opposite of claim 1"),
]


def complaints(path: Path) -> str:
    with pytest.raises(FoedusError) as caught:
        read_trial(path)
    return "\n".join(str(p) for p in caught.value.problems)


@pytest.mark.parametrize(("old", "new", "words"), BAD)
def test_a_claim_that_cannot_be_tried_is_refused_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    said = complaints(write_trial(tmp_path, old, new))
    assert words in said
    assert "mine.yaml:" in said


@pytest.mark.parametrize(("old", "new", "words"), ONE_SIDED)
def test_a_test_with_one_outcome_and_a_contradiction_are_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    said = complaints(write_trial(tmp_path, old, new))
    assert words in said
    assert "mine.yaml:" in said


def test_a_claim_without_any_test_is_refused(tmp_path: Path) -> None:
    path = write_trial(tmp_path)
    extra = "  - {id: 9, says: Something that nobody can test here., falsified_if: nothing could ever do so}\n"
    path.write_text(TRIAL.replace("omitted:\n", extra + "omitted:\n"))
    assert "neither a model test nor a record test" in complaints(path)


def test_every_problem_is_said_at_once(tmp_path: Path) -> None:
    path = write_trial(tmp_path, "mechanisms: [exposure]", "mechanisms: [exposur]")
    path.write_text(path.read_text().replace("event: PACT", "event: PAKT"))
    said = complaints(path)
    assert "exposur" in said
    assert "PAKT" in said


def test_built_in_trials_are_whole() -> None:
    assert set(trial_names()) >= {"a-nato-in-asia", "trade-loosens-alliances", "large-allies-pay-more"}
    for name in trial_names():
        trial = read_trial(name)
        assert all(c.falsified_if for c in trial.claims)
        assert all(k in trial.sources for e in trial.events.values() for k in e.source)
    essay = read_trial("a-nato-in-asia")
    assert [c.id for c in essay.claims] == list(range(1, 28))
    assert all(c.test is not None for c in essay.claims)
    assert len(essay.slips) >= 10
    assert len(essay.omitted) == 6


def test_a_copy_of_a_built_in_trial_is_whole_and_bears_its_own_name(tmp_path: Path) -> None:
    for name in trial_names():
        copied = copy_trial(name, tmp_path / f"my-{name}.yaml")
        mine, theirs = read_trial(copied), read_trial(name)
        assert mine.name == f"my-{name}"
        assert [c.says for c in mine.claims] == [c.says for c in theirs.claims]


def test_a_copy_replaces_nothing_and_says_the_nearest_name(tmp_path: Path) -> None:
    taken = tmp_path / "taken.yaml"
    taken.write_text("mine")
    with pytest.raises(FoedusError, match="this is there already"):
        copy_trial("powerplay", taken)
    with pytest.raises(FoedusError, match="Did you mean 'powerplay'"):
        copy_trial("powerplai", tmp_path / "new.yaml")
    assert [p.name for p in tmp_path.iterdir()] == ["taken.yaml"]
    assert taken.read_text() == "mine"


def test_a_case_in_another_year_is_another_place() -> None:
    essay = read_trial("a-nato-in-asia")
    assert {"indo-pacific-2020", "indo-pacific-2020@2008", "indo-pacific-2020@2017", "europe-1949"} <= set(essay.cases)
    assert essay.cases["indo-pacific-2020@2008"].as_of.year == 2008


def test_what_is_no_plain_file_says_what_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "this is a pipe, not a plain file" in complaints(tmp_path / "pipe.yaml")
    assert "this is a folder, not a plain file" in complaints(tmp_path)
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert "cannot be read" in complaints(tmp_path / "loop.yaml")
