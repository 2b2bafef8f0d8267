"""Posteriors at the door: names, files and calibrations at hand, and a sentence for everything else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.model.calibration_file import calibration_path
from foedus.vocabulary.errors import FoedusError

NAME = "record-1817-2016"


def test_a_name_a_file_and_a_calibration_say_the_same() -> None:
    found = foedus.posterior(NAME, draws=20)
    for same in (calibration_path(NAME), foedus.read_calibration(NAME)):
        again = foedus.posterior(same, draws=20)
        assert {n: v.tolist() for n, v in again.posterior.items()} == {
            n: v.tolist() for n, v in found.posterior.items()
        }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"calibration": "record-1817"}, "calibration 'record-1817': there is neither a calibration nor a file"),
        ({"calibration": 5}, "calibration: 5 is neither a name nor a path."),
        ({"calibration": NAME, "draws": 0}, "draws: 0 is not a number of draws. Give 1 to 10,000,000."),
        ({"calibration": NAME, "seed": -1}, "seed: -1 is negative."),
    ],
)
def test_what_makes_no_sense_is_answered_with_a_sentence(words: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(FoedusError) as told:
        foedus.posterior(**words)
    assert str(told.value).startswith(said)


def test_one_draw_and_seed_nought_are_enough() -> None:
    found = foedus.posterior(NAME, draws=1, seed=0)
    assert {len(v) for v in found.posterior.values()} == {1}
