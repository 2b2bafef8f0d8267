"""A large ensemble for readers: the main answers first, quantiles of the draws that have them, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from foedus.draws.fileset import Ensemble
from foedus.draws.filing import Plan, run_to_files
from foedus.draws.local import Serial
from foedus.draws.sampling import Choice, Uncertainty
from foedus.draws.spread import record_of, summary
from foedus.vocabulary.tables import Column

pytest.importorskip("polars", reason="large ensembles need the extra 'data'")
BODY, FORUM = "ends|body||probability", "ends|forum||probability"


class Counted:
    """Answers 0, 1, 2 … in the order of the draws; the last has some only."""

    def __init__(self) -> None:
        self.at = -1

    def __call__(self, row: object) -> Mapping[str, float]:
        self.at += 1
        found = {"b": 2.0 * self.at, FORUM: 1.0 * self.at, "a": 7.0, BODY: 5.0 - self.at, "never": float("nan")}
        return found if self.at < 20 else {**found, "rare": 3.0}


@pytest.fixture(scope="module")
def ensemble(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    plan = Plan((Uncertainty("x", "x", 0.0, 0.4, 1.0), Choice("start", ("a", "b"))), 21, 1)
    return run_to_files(
        Counted(), plan, tmp_path_factory.mktemp("e") / "e", {}, lambda c: Column(c, "u", f"the {c}"), Serial()
    )


def test_answers_are_spread_by_hand(ensemble: Ensemble) -> None:
    found = summary(ensemble)
    rows = {row["column"]: row for row in found}
    assert list(rows) == [BODY, FORUM, "b", "a", "never", "rare"]
    assert {k: rows["b"][k] for k in ("draws", "low", "median", "high")} == {
        "draws": 21,
        "low": 2.0,
        "median": 20.0,
        "high": 38.0,
    }
    assert (rows[FORUM]["low"], rows[FORUM]["median"], rows[FORUM]["high"]) == (1.0, 10.0, 19.0)
    assert [rows["rare"][k] for k in ("draws", "low", "median", "high")] == [1, 3.0, 3.0, 3.0]
    assert [rows["never"][k] for k in ("draws", "low", "median", "high")] == [0, None, None, None]
    assert (rows["a"]["meaning"], rows["a"]["unit"]) == ("the a", "u")
    assert found.title == "Answers of 21 draws"


def test_what_is_not_shown_is_counted(ensemble: Ensemble) -> None:
    found = summary(ensemble, 3)
    assert [row["column"] for row in found] == [BODY, FORUM, "b"]
    assert found.title == "Answers of 21 draws; 3 more columns in the files"
    told = record_of(ensemble, 3)
    assert (told.section("ensemble").title, told.section("ensemble").tables) == (found.title, (found,))
    assert told.says == ("21 of 21 draws are in the files: 2 columns drawn, 6 worked out.",)
    every = told.table("columns")
    assert every.column("column")[:2] == ("x", "start")
    assert set(every.column("column")[2:]) == {BODY, FORUM, "a", "b", "rare", "never"}
    assert every.column("role") == ("drawn",) * 2 + ("worked out",) * 6
    assert told.made["result"] == ensemble.manifest["result"]


def test_an_unfinished_ensemble_has_no_words_for_its_columns_yet(ensemble: Ensemble) -> None:
    manifest = {k: v for k, v in ensemble.manifest.items() if k != "columns"}
    row = next(iter(summary(Ensemble(ensemble.folder, manifest))))
    assert (row["meaning"], row["unit"]) == (BODY, "")
