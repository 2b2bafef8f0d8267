from __future__ import annotations

import os
import threading
import time

import pytest

from foedus.draws.engines import engine_of
from foedus.draws.local import Serial
from foedus.draws.stop import look
from foedus.vocabulary.errors import fail
from foedus.web.held import Held
from foedus.web.limits import LARGE, QUEUE, Limits, TooMuch
from foedus.web.underway import Run, Runs, rounded
from foedus.web.workers import MEMORY


def test_the_same_run_is_worked_out_once_and_says_how_far_it_is() -> None:
    runs, times = Runs(), []

    def work(progress):  # type: ignore[no-untyped-def]
        times.append(1)
        progress(3, 7)
        return "found"

    one, other = runs.begin("a", work, 7), runs.begin("a", work, 7)
    assert one is other
    assert one.finished.wait(60)
    assert (one.result, one.done, one.total, len(times)) == ("found", 3, 7, 1)
    runs.close()


def test_what_is_counted_after_the_draws_is_not_taken_for_draws() -> None:
    run = Run("a", lambda progress: None, 50)
    for done, total, after in ((0, 50, False), (41, 50, False), (50, 50, False), (1, 14, True), (14, 14, True)):
        run.told(done, total)
        assert run.after is after, (done, total)
    as_many = Run("b", lambda progress: None, 3)
    for done, after in ((3, False), (1, True), (3, True)):
        as_many.told(done, 3)
        assert as_many.after is after, "what comes after may be as many"


def test_places_in_line_are_true_and_the_line_has_an_end() -> None:
    runs, free, begun = Runs(), threading.Event(), threading.Event()

    def slow(progress):  # type: ignore[no-untyped-def]
        begun.set()
        free.wait(60)

    first = runs.begin("0", slow, 1)
    assert begun.wait(60)
    waiting = [runs.begin(str(k + 1), lambda progress: None, 1) for k in range(QUEUE)]
    assert [runs.place(r) for r in (first, *waiting[:3])] == [0, 1, 2, 3]
    with pytest.raises(TooMuch) as error:
        runs.begin("one more", slow, 1)
    assert error.value.status == 503
    free.set()
    assert waiting[-1].finished.wait(60)
    runs.close()


def test_an_error_is_kept_as_a_sentence_and_the_next_may_try_again() -> None:
    runs = Runs()

    def wrong(progress):  # type: ignore[no-untyped-def]
        raise fail("case", "it is wrong")

    def worse(progress):  # type: ignore[no-untyped-def]
        raise ZeroDivisionError

    run = runs.begin("a", wrong, 1)
    assert run.finished.wait(60)
    assert "it is wrong" in str(run.error)
    again = runs.begin("a", worse, 1)
    assert again.finished.wait(60)
    assert "ZeroDivisionError" in str(again.error)
    runs.close()


def test_time_that_is_over_is_said_with_the_command() -> None:
    runs = Runs(seconds=0.05)

    def endless(progress):  # type: ignore[no-untyped-def]
        progress(4, 200)
        while True:
            look()

    run = runs.begin("a", endless, 200, "foedus assess asia-1953")
    assert run.finished.wait(60)
    assert "4 of 200 draws" in str(run.error)
    assert "On your own machine: foedus assess asia-1953" in str(run.error)
    runs.close()


def test_who_waits_is_told_the_place_and_about_how_long() -> None:
    runs, free, begun = Runs(), threading.Event(), threading.Event()

    def slow(progress):  # type: ignore[no-untyped-def]
        progress(2, 10)
        begun.set()
        free.wait(60)

    first = runs.begin("0", slow, 10)
    assert begun.wait(60)
    second, third = (runs.begin(k, lambda progress: None, 10) for k in "ab")
    first.began = time.monotonic() - 8.0  # two of ten in eight seconds: four seconds each
    assert runs.waits(first, "draws") == "2 of 10 draws, about 30 s more."
    assert runs.waits(second, "draws") == "Next in line, about 80 s."
    assert runs.waits(third, "draws") == "Second in line, about 120 s."
    free.set()
    assert third.finished.wait(60)
    assert runs.left(third) is None
    runs.close()


@pytest.mark.parametrize(("seconds", "said"), [(0.2, 1), (3.4, 3), (38, 40), (205, 200)])
def test_seconds_are_said_roughly(seconds: float, said: int) -> None:
    assert rounded(seconds) == said


def test_processes_of_a_public_server_hold_their_share_and_too_little_of_it_is_a_sentence() -> None:
    assert Held("asia-1953", Limits(public=True)).runs.memory == MEMORY
    assert Held("asia-1953").runs.memory == 0
    runs = Runs(memory=400)

    def share(progress):  # type: ignore[no-untyped-def]
        return engine_of("", 4)

    def full(progress):  # type: ignore[no-untyped-def]
        raise MemoryError

    held, short = runs.begin("a", share, 1), runs.begin("b", full, 1, "foedus assess asia-1953")
    assert short.finished.wait(60)
    assert held.result.memory == 400
    assert "needs more than the 400 MB of memory that one process has here" in str(short.error)
    assert "foedus assess asia-1953" in str(short.error)
    runs.close()


def whose(job: object) -> int:
    """Return the process that does a job."""
    return os.getpid()


def test_a_public_server_on_one_core_draws_in_another_process_that_holds_its_share() -> None:
    def alone(progress):  # type: ignore[no-untyped-def]
        engine = engine_of("", 1)
        with engine.open(whose) as submit:
            return engine, submit(0).result(60)

    public, own = Runs(memory=400), Runs()
    apart, here = public.begin("a", alone, 1), own.begin("a", alone, 1)
    assert apart.finished.wait(60)
    assert here.finished.wait(60)
    assert apart.result[0].memory == 400
    assert apart.result[1] != os.getpid()
    assert here.result == (Serial(), os.getpid())
    public.close()
    own.close()


def test_what_somebody_looks_at_comes_before_what_nobody_does_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.web.underway._GONE", 0.05)
    runs, order, begun = Runs(), [], threading.Event()

    def long(progress):  # type: ignore[no-untyped-def]
        begun.set()
        order.append("long")
        while len(order) < 3:
            look()
        return "long"

    first = runs.begin("long", long, 1)
    assert begun.wait(60)
    left, wanted = (runs.begin(k, lambda progress, k=k: order.append(k), 1) for k in ("left", "wanted"))  # type: ignore[misc]
    time.sleep(0.1)  # nobody looks at any of them
    assert runs.place(wanted) == 2
    assert runs.find("wanted") is wanted
    assert wanted.finished.wait(60)
    assert runs.waited_for(first, 60)
    assert left.finished.is_set()
    assert (order, first.result, first.error) == (["long", "wanted", "left", "long"], "long", None)
    runs.close()


def test_processes_of_one_run_serve_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = Runs()

    def hands(progress):  # type: ignore[no-untyped-def]
        with engine_of("", 2).open(_where) as submit:
            return {submit(k).result() for k in range(6)}

    seen = []
    for key in ("a", "b"):
        run = runs.begin(key, hands, 1)
        assert run.finished.wait(120)
        assert run.error is None
        seen.append(run.result)
    assert os.getpid() not in seen[0] | seen[1]
    assert seen[0] & seen[1]
    runs.close()


def _where(job: int) -> int:
    return os.getpid()


def test_what_is_large_stops_when_nobody_looks_and_goes_on_when_somebody_does() -> None:
    runs, done, still = Runs(), [0], threading.Event()

    def long(progress):  # type: ignore[no-untyped-def]
        while not still.is_set():
            done[0] += 1
            progress(done[0], LARGE + 1)
            look()
            time.sleep(0.01)
        return "found"

    run = runs.begin("a", long, LARGE + 1)
    until = time.monotonic() + 60
    while done[0] < 3 and time.monotonic() < until:
        time.sleep(0.01)
    run.seen = float("-inf")
    while runs.place(run) == 0 and run not in runs._waiting and time.monotonic() < until:
        time.sleep(0.01)
    stopped = done[0]
    time.sleep(0.1)
    assert done[0] == stopped >= 3, "nobody looks, and nothing runs"
    assert runs.find("a") is run, "who looks again has it go on"
    while done[0] == stopped and time.monotonic() < until:
        time.sleep(0.01)
    still.set()
    assert run.finished.wait(60)
    assert (run.result, run.error) == ("found", None)
    runs.close()
