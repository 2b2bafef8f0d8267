from __future__ import annotations

from pathlib import Path

import pytest

from foedus.asking import said_before
from foedus.asking.ask import Ask, How
from foedus.asking.kept import answered
from foedus.asking.said_before import said_by
from foedus.questions.what_forms import body_band
from foedus.version import __version__


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))


def test_what_a_version_said_is_there_for_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Ask("asia-1953", levers=("trade=0.5",), draws=4)
    monkeypatch.setattr(said_before, "__version__", "0.0.9")
    found = answered(asked, How(1))
    band, said = body_band(found), said_by(asked, "0.0.9")
    assert said is not None
    assert (said.body, said.low, said.high) == pytest.approx((band.default, band.low, band.high), nan_ok=True)
    assert (said.version, said.draws, said.case_hash) == ("0.0.9", 4, found.case.sha256)
    assert said_by(asked, __version__) is None
    assert said_by(Ask("asia-1953", draws=4), "0.0.9") is None
    assert said_by(Ask("asia-1953", levers=("trade=0.5",), draws=5), "0.0.9") is None


def test_nothing_is_kept_of_what_has_no_draws() -> None:
    asked = Ask("asia-1953", draws=0)
    answered(asked, How(1))
    assert said_by(asked, __version__) is None


def test_what_is_not_as_it_was_written_says_nothing(tmp_path: Path) -> None:
    asked = Ask("asia-1953", draws=2)
    answered(asked, How(1))
    (part,) = tmp_path.glob("said/*/said.part")
    part.write_bytes(part.read_bytes().replace(b'"draws": 2', b'"draws": 9'))
    assert said_by(asked, __version__) is None
