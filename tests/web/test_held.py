"""What the server holds: bounded, made once, forgotten where it failed; and the trial that goes with a case."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from foedus.asking.ask import How
from foedus.vocabulary.errors import FoedusError
from foedus.web.held import Held, Shelf
from foedus.web.limits import Limits, TooMuch


def test_a_shelf_makes_a_thing_once_and_gives_up_what_was_not_asked_for_longest() -> None:
    shelf, made = Shelf(2), []

    def make(name: str) -> str:
        made.append(name)
        return name

    for name in ("a", "b", "a", "c", "a", "b"):
        assert shelf.get(name, lambda name=name: make(name)) == name  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]
    shelf.drop("a")
    shelf.get("a", lambda: make("a"))
    assert made[-1] == "a"


def test_what_failed_is_tried_again_and_nothing_of_it_is_kept() -> None:
    shelf = Shelf(2)
    for key in range(3):
        with pytest.raises(ZeroDivisionError):
            shelf.get(key, lambda: 1 / 0)
    assert shelf._making == {}
    assert shelf.get(0, lambda: "now") == "now"


def test_the_bar_leads_to_a_trial_that_asks_about_the_case() -> None:
    held = Held()
    assert held.trial_of("indo-pacific-2020") == "a-nato-in-asia"
    assert held.trial_of("gulf-1981") == "balance-of-threat"
    assert held.trial_of("a case of one's own") == "a-nato-in-asia"


def test_a_case_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(FoedusError, match="Did you mean 'asia-1953'"):
        Held().case("asia-1593")


def test_a_thread_is_not_kept_for_strangers_and_is_for_oneself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.web.held.QUICK", 0.05)
    free = threading.Event()
    public, own = Held(limits=Limits(public=True)), Held()
    slow = public.runs.begin("slow", lambda progress: free.wait(60), 7, "foedus do it")
    with pytest.raises(TooMuch, match=r"0 of 7 are worked out.*ask again.*foedus do it") as told:
        public.outcome(slow)
    assert (told.value.status, told.value.wait) == (503, 5)
    threading.Timer(0.2, free.set).start()
    assert own.outcome(slow) is True
    public.close()


def test_what_was_worked_out_is_there_after_a_restart_and_waits_in_no_line() -> None:
    worked = []

    def work(how: How) -> float:
        def task(row: np.ndarray) -> dict[str, float]:  # type: ignore[type-arg]
            worked.append(1)
            return {"x": float(row[0])}

        return float(how.ensemble(task, np.array([[2.0], [3.0]]), "run").values.sum())

    first = Held()
    run = first.begun("key", work, 2, "")
    assert run.finished.wait(60)
    assert (run.result, len(worked)) == (5.0, 2)
    assert first.begun("key", work, 2, "") is run
    other = Held()
    again = other.begun("key", work, 2, "")
    assert again.finished.is_set()
    assert (again.result, len(worked), other.runs.place(again)) == (5.0, 2, 0)
