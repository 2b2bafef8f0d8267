"""Phrases: an ensemble on disk answers what the model would, and says in a sentence what it cannot."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest

from casebook.casefiles import write_case
from foedus.casebook.reader import read_case
from foedus.trials.queries import PHRASES, read_query
from foedus.vocabulary.errors import FoedusError

pytest.importorskip("polars", reason="large ensembles need the extra 'data'")

from foedus.asking.ask import Ask
from foedus.asking.ensembles import INPUTS, ensemble, sweep_of
from foedus.draws.fileset import Ensemble
from foedus.draws.filing import Plan
from foedus.methods.phrases import answer_in
from foedus.questions.listing import QUESTIONS

KEPT = {
    "chance of OUTCOME": "chance of a hub-led body",
    "chance of a body within ten years": "chance of a body within ten years",
    "gain of STATE from BODY": "gain of JPN from everybody",
    "TERM of STATE from BODY": "security of KOR from All three",
    "consent of STATE to BODY": "consent of KOR to All three",
    "acceptance of BODY": "acceptance of everybody",
    "weakest consent to BODY": "weakest consent to All three",
    "readiness of BODY": "readiness of everybody",
    "hub's MEASURE in ARCHITECTURE": "hub's control in hub-led",
    "quarrel RUNG when VARIANT": "quarrel third_rung when council, no rescue",
    "quarrel STAKE when VARIANT": "quarrel stake_j when as it is",
    "loss of STATE when SITUATION": "loss of TWN when left out",
    "acceptance with STATE": "acceptance with TWN",
    "acceptance without STATE": "acceptance without TWN",
    "hold of ARCHITECTURE at BUDGET": "hold of star at 0.3",
    "cost of breaking ARCHITECTURE": "cost of breaking everybody",
    "cost of turning STATE in ARCHITECTURE": "cost of turning JPN in star",
    "worth of the treaty of STATE": "worth of the treaty of JPN",
    "worth of the treaty of STATE to the hub": "worth of the treaty of JPN to the hub",
    "number of treaties": "number of treaties",
    "effort of STATE in ARCHITECTURE": "effort of JPN in bloc",
    "chance of a pact of STATE and STATE": "chance of a pact of JPN and KOR",
}
"""One phrase of each kind that columns can answer."""

NOT_KEPT = {
    "exit of STATE from BODY",
    "trade threshold of STATE for BODY",
    "trade of STATE",
}
"""Kinds of which no column is written."""

MORE = (
    "cost of breaking star",
    "cost of turning KOR in All three",
    "worth of the treaty of JPN to the hub",
    "hold of All three at 3",
    "chance of what is in force",
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Ensemble]:
    place = tmp_path_factory.mktemp("phrases")
    case = str(write_case(place / "small"))
    return case, ensemble(case, place / "e", draws=4, questions=tuple(QUESTIONS), engine="serial")


def test_every_kind_of_phrase_is_kept_or_known_not_to_be() -> None:
    assert {p.written for p in PHRASES} == set(KEPT) | NOT_KEPT


def test_columns_answer_what_the_model_answers(kept: tuple[str, Ensemble]) -> None:
    case, found = kept
    sweep = sweep_of(Ask(case), INPUTS, ("forms",))
    studies = [sweep.study(row) for row in Plan(sweep.varied, 4, 1).rows(0)]
    for phrase in (*KEPT.values(), *MORE):
        ask = read_query(read_case(case), phrase).ask
        np.testing.assert_array_equal(answer_in(found, phrase), [ask(s) for s in studies], err_msg=phrase)


def test_a_column_is_answered_by_its_name(kept: tuple[str, Ensemble]) -> None:
    for column in ("forms|body||probability", "decision_noise", "quarrel|one view||p_i"):
        np.testing.assert_array_equal(answer_in(kept[1], f"  {column} "), kept[1].to_polars()[column])
    assert math.isfinite(answer_in(kept[1], "chance of  a body")[0])


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("gain of JPN from everybdy", "no draw of .* has this answer. Did you mean 'gain|everybody|JPN|total'"),
        ("gain of FRA from everybody", "no draw of .* has this answer"),
        ("chance of a bodi", "keeps no such answer. Did you mean .*'chance of a body'"),
        ("exit of JPN from everybody", "keeps no such answer"),
        ("forms|bodi||probability", "no draw of .* has this answer. Did you mean .*'forms|body||probability'"),
        ("decision_nois", "Did you mean 'decision_noise'"),
        ("rain|a|b|c", "no question has such an answer"),
    ],
)
def test_what_is_not_kept_is_a_sentence(kept: tuple[str, Ensemble], phrase: str, words: str) -> None:
    with pytest.raises(FoedusError, match=re.sub(r"\|", r"\\|", words)):
        answer_in(kept[1], phrase)


def test_a_question_that_was_not_asked_is_named(tmp_path: Path) -> None:
    found = ensemble(
        str(write_case(tmp_path / "small")),
        tmp_path / "e",
        draws=2,
        engine="serial",
        over=("inputs", "architectures"),
        questions=("ends",),
    )
    with pytest.raises(FoedusError, match=r"not asked the question 'blocks'.*--questions ends,blocks"):
        answer_in(found, "gain of JPN from everybody")
    with pytest.raises(FoedusError, match="it holds names"):
        answer_in(found, "start")
