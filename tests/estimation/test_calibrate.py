"""A calibration goes on from the steps that an earlier, stopped run has finished."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from foedus.draws.parts import Parts
from foedus.estimation import calibrate
from foedus.estimation.posterior import judged
from foedus.mechanisms import COMPONENTS
from foedus.model.parameters import Parameters
from foedus.vocabulary.errors import FoedusError


def _work(monkeypatch: pytest.MonkeyPatch, parts: Path | None) -> tuple[calibrate._Work, list[Parameters]]:
    asked: list[Parameters] = []

    def worked_out(_: calibrate._Work, parameters: Parameters) -> pl.DataFrame:
        asked.append(parameters)
        return pl.DataFrame(
            {"choice_set": [1, 1], "reach": [parameters["reach_scale"], None], "members": [[2, 20], [2]]}
        )

    monkeypatch.setattr(calibrate._Work, "_worked_out", worked_out)
    return calibrate._Work(None, None, 1900, 1910, 2, 1, 1, parts and Parts(parts, "run")), asked  # type: ignore[arg-type]


def test_a_finished_step_is_not_worked_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, asked = _work(monkeypatch, tmp_path / "parts")
    found = first.choices(Parameters())
    again, later = _work(monkeypatch, tmp_path / "parts")
    assert again.choices(Parameters()).equals(found)
    assert len(asked) == 1
    assert later == []
    other = again.choices(Parameters({"reach_scale": 1.5}))
    assert other["reach"][0] == 1.5
    assert len(later) == 1


def test_a_step_that_was_changed_on_disk_is_worked_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = _work(monkeypatch, tmp_path)
    found = first.choices(Parameters())
    (kept,) = tmp_path.glob("*.part")
    content = bytearray(kept.read_bytes())
    content[-60] ^= 1
    kept.write_bytes(content)
    again, asked = _work(monkeypatch, tmp_path)
    assert again.choices(Parameters()).equals(found)
    assert len(asked) == 1


def test_without_a_folder_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work, asked = _work(monkeypatch, None)
    assert work.choices(Parameters()).equals(work.choices(Parameters()))
    assert len(asked) == 2
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_said_once_and_the_fit_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "parts").write_text("mine")
    work, asked = _work(monkeypatch, tmp_path / "parts")
    found = [work.choices(Parameters()) for _ in range(2)]
    plain, _ = _work(monkeypatch, None)
    assert all(f.equals(plain.choices(Parameters())) for f in found)
    assert len(asked) == 2
    assert [r.getMessage().count("could not be written") for r in caplog.records] == [1]
    assert (tmp_path / "parts").read_text() == "mine"


@pytest.mark.parametrize(
    ("first", "last", "controls", "repeats"),
    [(1816, 1900, 20, 20), (1900, 1900, 20, 20), (1901, 1900, 20, 20), (1817, 1900, 0, 20), (1817, 1900, 20, 1)],
)
def test_years_that_make_no_sense_are_refused_before_any_data_are_read(
    first: int, last: int, controls: int, repeats: int
) -> None:
    with pytest.raises(FoedusError, match=f"years {first} to {last} make no sense"):
        calibrate.calibrate(None, first, last, controls=controls, repeats=repeats)  # type: ignore[arg-type]


def test_parts_of_the_choices_are_fitted_alone_where_they_are_large_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrate, "conditional_logit", lambda part: part)
    least = 4 * len(COMPONENTS)

    def told(leaving: int) -> dict[str, set[int]]:
        acts = [("signing", 1944)] * least + [("signing", 1945)] * (least - 1) + [("leaving", 1950)] * leaving
        rows = [{"choice_set": k, "act": act, "year": year} for k, (act, year) in enumerate(acts) for _ in range(2)]
        return {n: set(part["year"]) for n, part in calibrate._parts(pl.DataFrame(rows)).items()}

    assert told(least - 1) == {"signing alone": {1944, 1945}, "signing alone, to 1944": {1944}}
    assert told(least)["leaving alone"] == {1950}


@pytest.mark.parametrize(("share", "sign", "told"), [(0.1, 1.0, True), (0.99, 1.0, False), (0.1, -1.0, False)])
def test_a_parameter_is_told_where_the_data_say_more_than_the_range_and_nothing_against_the_theory(
    monkeypatch: pytest.MonkeyPatch, share: float, sign: float, told: bool
) -> None:
    found = object.__new__(calibrate.Findings)
    monkeypatch.setattr(calibrate.Findings, "width_left", lambda self, marginal: share)
    monkeypatch.setattr(calibrate.Findings, "wrong_sign", lambda self, name: sign < 0)
    assert found.told(judged(calibrate.LINEAR[0])) is told
