from __future__ import annotations

import time
from concurrent.futures import Future

import pytest

from foedus.asking.ask import Ask
from foedus.web.held import Held
from foedus.web.limits import DRAWS, STATES, Limits, Rate, TooMuch
from foedus.web.streams import Drawing
from foedus.web.workers import MEMORY, Workers


def test_a_public_server_says_what_is_too_much_and_how_to_do_it_at_home() -> None:
    public = Limits(public=True)
    public.check_draws(DRAWS, "")
    with pytest.raises(TooMuch, match="On your own machine: foedus assess") as error:
        public.check_draws(DRAWS + 1, "foedus assess asia-1953 --draws 1001")
    assert error.value.status == 413


def test_on_ones_own_machine_nothing_is_too_much() -> None:
    Limits().check_draws(10 * DRAWS, "")


def test_a_rate_holds_for_each_address_and_fills_again() -> None:
    now = [0.0]
    rate = Rate(per_second=2, at_once=3, clock=lambda: now[0])
    for _ in range(3):
        rate.take("a")
    with pytest.raises(TooMuch) as error:
        rate.take("a")
    assert (error.value.status, error.value.wait) == (429, 1)
    rate.take("b")
    now[0] = 0.5
    rate.take("a")
    with pytest.raises(TooMuch):
        rate.take("a")


def test_a_case_that_is_brought_along_has_sixteen_states_at_most() -> None:
    Limits(public=True).check_states(STATES, "")
    Limits().check_states(STATES + 1, "")
    with pytest.raises(TooMuch, match="this server works out 16 at most"):
        Limits(public=True).check_states(STATES + 1, "foedus case new mine")


def fill(megabytes: int) -> int:
    """Take memory in a worker."""
    return len(bytearray(megabytes << 20))


def test_a_worker_of_a_public_server_holds_so_much_memory_and_works_on() -> None:
    assert Held("asia-1953", Limits(public=True)).workers.memory == MEMORY
    assert Held("asia-1953").workers.memory == 0
    workers = Workers(1, memory=400)
    try:
        with pytest.raises(MemoryError):
            workers.submit(fill, 800).result(60)
        assert workers.submit(fill, 10).result(60) == 10 << 20
    finally:
        workers.close()


def test_what_needs_too_much_memory_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Ask("asia-1953", draws=2)
    drawing = Drawing(asked, Workers(1, memory=400), "foedus assess asia-1953 --draws 2")
    drawing.listeners = 1
    full: Future[object] = Future()
    full.set_exception(MemoryError())
    monkeypatch.setattr(drawing._workers, "submit", lambda *_: full)
    monkeypatch.setattr(drawing, "recall", lambda: None)
    drawing.work(time.monotonic() + 60)
    assert "needs more than the 400 MB of memory that one process has here" in str(drawing.error)
    assert "foedus assess asia-1953 --draws 2" in str(drawing.error)
