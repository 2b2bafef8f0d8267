"""The outcome of a calibration: it tells of itself, and what is written is read again as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import foedus
from foedus.estimation.calibrated import Calibrated
from foedus.model.calibration_file import calibration_path
from foedus.vocabulary.errors import FoedusError


@pytest.fixture(scope="module")
def shipped() -> Calibrated:
    return Calibrated(yaml.safe_load(calibration_path("record-1817-2016").read_text()))


def test_a_calibration_tells_of_itself(shipped: Calibrated) -> None:
    known = len(shipped.document["parameters"])
    assert repr(shipped) == f"<Calibration record-1817-2016: {known} parameters identified>"
    assert f"The data identify {known} of" in shipped.record.says[0]
    assert len(shipped.table("calibration").rows) >= known
    assert "<table" in shipped._repr_html_()


def test_what_is_written_is_what_questions_start_from(shipped: Calibrated, tmp_path: Path) -> None:
    target = shipped.write(tmp_path / "mine.yaml")
    assert yaml.safe_load(target.read_text()) == shipped.document
    ours, theirs = (foedus.assess("asia-1953", calibration=c, draws=0) for c in (target, shipped.name))
    assert repr(ours.default) == repr(theirs.default)  # what has no price is NaN in both
    assert ours.record.says == theirs.record.says


def test_a_calibration_is_written_to_a_new_file_only(shipped: Calibrated, tmp_path: Path) -> None:
    target = tmp_path / "mine.yaml"
    target.write_text("of somebody else")
    with pytest.raises(FoedusError, match="there already"):
        shipped.write(target)
    assert target.read_text() == "of somebody else"
