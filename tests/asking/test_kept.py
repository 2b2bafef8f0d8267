from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from foedus.asking import about_a_case, files, kept
from foedus.asking.ask import Ask, How
from foedus.cli.main import run
from foedus.methods.sweep import Sweep
from foedus.questions.findings import Assessment
from foedus.questions.levers import PullTask
from foedus.questions.task import Task
from foedus.vocabulary.errors import FoedusError

ASKED = Ask("asia-1953", draws=3)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def never(asked: Ask, how: How) -> Assessment:
    raise AssertionError(f"{asked} is worked out again")


def test_an_answer_is_worked_out_once_and_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept.kept(ASKED) is None
    first = kept.answered(ASKED, How(1))
    monkeypatch.setattr(kept, "answer", never)
    again = kept.answered(ASKED, How(1))
    assert again.ensemble.values.tobytes() == first.ensemble.values.tobytes()
    assert files.page_text(about_a_case.record(again)) == files.page_text(about_a_case.record(first))


def test_what_stands_beside_the_draws_is_worked_out_once_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Ask("gulf-1981", draws=90)  # as many as numbers that matter are told from
    first = about_a_case.record(kept.answered(asked, How(1)))
    assert [c.key for c in first.section("matters").charts] == ["matters", "tornado"]

    def idle(self: object, row: object = None) -> dict[str, float]:
        raise AssertionError(f"{self} is worked out again")

    for work in (Task, PullTask, Sweep):
        monkeypatch.setattr(work, "__call__", idle)
    again = about_a_case.record(kept.answered(asked, How(1)))
    assert files.page_text(again) == files.page_text(first)


def test_what_is_given_is_told_of_the_same_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    under = replace(ASKED, given=("JPN=agrees",))
    with pytest.raises(FoedusError, match="NOBODY"):
        kept.answered(replace(ASKED, given=("NOBODY=agrees",)), How(1))
    whole = about_a_case.answer(under, How(1))
    kept.answered(ASKED, How(1))
    monkeypatch.setattr(kept, "answer", never)
    found = kept.answered(under, How(1))
    assert found.given == ("JPN=agrees",)
    assert files.page_text(about_a_case.record(found)) == files.page_text(about_a_case.record(whole))
    assert kept.answered(ASKED, How(1)).given == ()


def test_commands_that_assess_share_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    how, page = ("asia-1953", "--draws", "3", "--workers", "1"), tmp_path / "page.html"
    run(("assess", *how, "--json"))
    first = capsys.readouterr().out
    monkeypatch.setattr(kept, "answer", never)
    run(("assess", *how, "--json"))
    assert capsys.readouterr().out == first
    run(("leverage", *how))
    run(("report", *how, "--output", str(page)))
    assert str(page) in capsys.readouterr().out


def test_a_spoilt_answer_is_worked_out_again(cache: Path) -> None:
    first = kept.answered(ASKED, How(1))
    (part,) = cache.glob("answers/*/whole.part")
    part.write_bytes(part.read_bytes()[:-9])
    assert kept.kept(ASKED) is None
    assert kept.answered(ASKED, How(1)).ensemble.values.tobytes() == first.ensemble.values.tobytes()
    assert kept.kept(ASKED) is not None


def test_an_answer_that_cannot_be_kept_is_given_all_the_same_and_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path / "file"))
    assert kept.answered(ASKED, How(1)).draws == 3
    assert [r.getMessage().count("The result is the same") for r in caplog.records] == [1]
