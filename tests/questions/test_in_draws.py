"""In draws: a question by itself has the band that its draws have, and says so, or that it has none."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pytest

from foedus.draws.contract import Draws
from foedus.draws.sampling import design, uncertainties
from foedus.model.parameters import Parameters
from foedus.questions.in_draws import Size, end_columns, in_draws
from foedus.questions.study import Answers, Study
from foedus.questions.task import Task
from foedus.surfaces.reading import read
from foedus.vocabulary.tables import table
from questions.asked import small_case

CASE = small_case()
TASK = Task(CASE, Parameters(), {}, uncertainties(CASE, Parameters()), ())


@dataclass(frozen=True)
class Noise:
    """Asks for the decision noise of a study, some times over."""

    times: float = 1.0

    def __call__(self, study: Study) -> Answers:
        """Return the noise."""
        return {"noise": self.times * study.parameters["decision_noise"]}


def test_the_band_is_that_of_the_design() -> None:
    found = in_draws(TASK, Noise(), Size(40, seed=3))
    at = [u.label for u in TASK.varied].index("decision_noise")
    drawn = design(TASK.varied, 40, 3)[:, at]
    band = found.band("noise")
    assert band.default == Parameters()["decision_noise"]
    assert (band.low, band.median, band.high) == tuple(np.quantile(drawn, [0.05, 0.5, 0.95]).tolist())
    assert found.ends("noise") == [band.low, band.high]
    assert found.share("noise", lambda v: v > 0.1) == pytest.approx((drawn > 0.1).mean())
    assert found.around("noise", "{:.3f}".format) == f" ({band.low:.3f} to {band.high:.3f})"
    assert "40 draws" in found.told()


def test_without_draws_there_is_no_band_and_it_is_said() -> None:
    found = in_draws(TASK, Noise())
    assert found.ends("noise") == [None, None]
    assert math.isnan(found.share("noise", bool))
    assert found.around("noise", str) == ""
    assert "values in use alone" in found.told()
    assert "--draws" in found.told()


@pytest.mark.parametrize(("draws", "words"), [(1, "One draw is"), (19, "19 draws are")])
def test_fewer_than_twenty_draws_are_no_band_and_it_is_said(draws: int, words: str) -> None:
    found = in_draws(TASK, Noise(), Size(draws))
    assert found.ends("noise") == [None, None]
    assert found.around("noise", str) == ""
    assert math.isnan(found.share("noise", bool))
    assert found.told().startswith(f"{words} too few for a band")


def test_two_questions_of_one_kind_never_share_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(
        "foedus.questions.in_draws.run_ensemble", lambda task, plan, run, *_: seen.append(run) or _nothing(plan)
    )
    in_draws(TASK, Noise(1.0), Size(2))
    in_draws(TASK, Noise(2.0), Size(2))
    in_draws(replace(TASK, without=("dispute",)), Noise(2.0), Size(2))
    assert len(set(seen)) == 3


def _nothing(plan: np.ndarray) -> Draws:
    return Draws((), plan[:, :0])


def test_the_ends_are_read_as_one_column() -> None:
    columns = end_columns("chance", "probability", "percent")
    shown = read(table("t", "T", columns, [[0.1, 0.25]]))
    assert [(c.head, c.cells) for c in shown] == [("5–95 %", ("10 % to 25 %",))]
    moves = read(table("t", "T", end_columns("change", "probability", "points"), [[-0.07, 0.12], [0.0, 0.0]]))
    assert moves[0].cells == ("-7 to +12 points", "0")
