"""What breaks while draws are worked out costs time and no draw: workers, disks, caches and clocks."""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil
import signal
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path

import anyio
import pytest
from starlette.testclient import TestClient

from foedus.asking.ask import Ask
from foedus.asking.kept import kept
from foedus.questions.what_forms import BODY, CHANCE
from foedus.web import streams
from foedus.web.streams import Drawing
from foedus.web.workers import Workers

DRAWS = 5


class Hands:
    """Stand in for the workers: each draw is worked out here at once, after what is to go wrong before it."""

    hands, memory = 2, 0

    def __init__(self, before: Callable[[int], None]) -> None:
        self.before, self.handed = before, 0

    def submit(self, function: Callable[..., object], *words: object) -> Future[object]:
        done: Future[object] = Future()
        try:
            self.before(self.handed)
            done.set_result(function(*words))
        except BrokenExecutor as err:
            done.set_exception(err)
        self.handed += 1
        return done


def drawn(before: Callable[[int], None] = lambda n: None) -> tuple[Drawing, Hands]:
    """Return the draws of a case after *before* was called ahead of each."""
    hands = Hands(before)
    found = Drawing(Ask("asia-1953", draws=DRAWS), hands, "")  # type: ignore[arg-type]
    found.listeners = 1
    found.work(time.monotonic() + 600)
    return found, hands


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what is worked out in a folder of this test's own."""
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the draws where nothing goes wrong."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOEDUS_CACHE", str(tmp_path_factory.mktemp("whole")))
        return drawn()[0].lines


def test_draws_that_a_killed_worker_had_in_hand_are_worked_out_again(cache: Path, whole: list[str]) -> None:
    def killed(n: int) -> None:
        if n in (1, 2, 4):
            raise BrokenExecutor

    found, hands = drawn(killed)
    assert found.error is None
    assert found.lines == whole
    assert hands.handed == DRAWS + 3


def test_workers_that_die_whenever_they_begin_are_given_up_in_a_sentence(cache: Path) -> None:
    def killed(n: int) -> None:
        raise BrokenExecutor

    found, hands = drawn(killed)
    assert "could not be worked out" in str(found.error)
    assert hands.handed <= 2 * streams._DEATHS * Hands.hands


def test_a_worker_is_started_again_when_it_was_killed() -> None:
    workers = Workers(1)
    try:
        first = workers.submit(os.getpid).result(120)
        os.kill(first, signal.SIGKILL)
        for _ in range(20):  # whoever is handed work before the death is noticed loses it
            try:
                assert workers.submit(os.getpid).result(120) != first
                break
            except BrokenExecutor:
                continue
        else:
            raise AssertionError("nobody works again")
    finally:
        workers.close()


def test_a_full_disk_costs_what_is_kept_and_no_draw(
    cache: Path, whole: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with caplog.at_level(logging.WARNING, "foedus"):
        found, _ = drawn()
    assert found.error is None
    assert found.lines == whole
    assert "No space left on device" in caplog.text
    assert kept(found.asked) is None


def test_draws_are_said_to_be_done_once_a_page_has_them(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(drawing: Drawing) -> str:
        async def all_of_it() -> str:
            drawings = streams.Drawings(drawing._workers)
            return "".join([e async for e in streams.told(drawings, drawing, 0, time.monotonic())])

        return anyio.run(all_of_it)

    said: list[str] = []
    found = Drawing(Ask("asia-1953", draws=DRAWS), Hands(lambda n: None), "")  # type: ignore[arg-type]
    found.listeners = 3
    keep = streams.keep
    monkeypatch.setattr(streams, "keep", lambda *words: (said.append(told(found)), keep(*words)))
    found.work(time.monotonic() + 600)
    said.append(told(found))
    assert [s.count("\nid: ") for s in said] == [DRAWS, DRAWS]
    assert ["event: done" in s for s in said] == [False, True]


def test_a_server_that_was_killed_before_it_put_the_draws_together_does_so_when_it_is_back(
    cache: Path, whole: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Drawing, "_finish", lambda self: None)
        found, _ = drawn()
    assert kept(found.asked) is None
    again, hands = drawn()
    assert hands.handed == 0
    assert again.lines == whole
    assert kept(again.asked) is not None


def test_a_cache_that_is_deleted_meanwhile_is_begun_anew(cache: Path, whole: list[str]) -> None:
    def deleted(n: int) -> None:
        if n in (2, 4):
            shutil.rmtree(cache, ignore_errors=True)

    found, _ = drawn(deleted)
    assert found.error is None
    assert found.lines == whole
    again = kept(found.asked)
    assert again is not None
    assert again.drawn(CHANCE(BODY)).tolist() == [json.loads(line)["body"] for line in whole]


def test_a_clock_that_is_set_back_stops_nothing(
    cache: Path, whole: list[str], monkeypatch: pytest.MonkeyPatch, client: TestClient
) -> None:
    def wrong(n: int) -> None:
        monkeypatch.setattr(time, "time", lambda: -86_400.0 * n)

    assert drawn(wrong)[0].lines == whole
    shown = client.get("/c/asia-1953?draws=0")
    assert shown.status_code == 200
    # what a browser keeps, it keeps by the hash of what it is, whatever its clock says
    assert {"expires", "last-modified"} & set(shown.headers) == set()
    assert shown.headers["etag"]
