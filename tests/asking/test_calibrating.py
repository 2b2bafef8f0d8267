"""Calibrating at the door: what is estimated, what the document is called, and what is kept when it stops."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest

from foedus.asking import calibrating
from foedus.draws.stop import Interrupted
from standin import StandIn, put

HERE = "foedus.asking.calibrating"


@pytest.fixture
def estimated(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    monkeypatch.setattr(f"{HERE}.need", lambda *_: None)
    monkeypatch.setattr(f"{HERE}.open_source", lambda data: ("source", data))
    put(monkeypatch, f"{HERE}.versions", {"atop": "5"})
    monkeypatch.setattr(
        f"{HERE}.document", lambda found, name, made_of, code: {"of": found, "calibration": name, **made_of}
    )
    return put(monkeypatch, f"{HERE}.estimate", "estimates")


def test_what_is_estimated_is_what_is_asked(estimated: StandIn) -> None:
    progress = Mock()
    found = calibrating.calibrate("there", first=1900, last=1950, controls=3, seed=8, workers=2, progress=progress)
    assert found.document == {"of": "estimates", "calibration": "record-1900-1950", "atop": "5"}
    handed = estimated.last
    assert [*handed.values()][:3] == [("source", "there"), 1900, 1950]
    assert {k: handed[k] for k in ("controls", "seed", "workers", "progress")} == {
        "controls": 3,
        "seed": 8,
        "workers": 2,
        "progress": progress,
    }


def test_a_calibration_is_called_as_it_is_asked_to_be(estimated: StandIn) -> None:
    assert calibrating.calibrate("there", name="mine").name == "mine"


def test_another_question_does_not_find_the_parts_of_this_one(estimated: StandIn) -> None:
    places = set()
    for asked in ({}, {"seed": 2}, {"controls": 21}, {"first": 1820}, {"last": 2010}):
        calibrating.calibrate("there", **asked)  # type: ignore[arg-type]
        places.add(estimated.last["parts"].folder)
    assert len(places) == 5
    assert {p.parent for p in places} == {calibrating.cache_folder() / "calibrations"}


def test_finished_parts_are_kept_of_a_run_that_is_stopped(estimated: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(source: Any, parts: Any, **_: Any) -> None:
        parts.keep("step", b"finished")
        raise KeyboardInterrupt

    stopped = put(monkeypatch, f"{HERE}.estimate", stop)
    with pytest.raises(Interrupted, match="finished parts are kept"):
        calibrating.calibrate("there")
    assert stopped.last["parts"].take("step") == b"finished"
