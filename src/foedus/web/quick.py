"""Quick answers: the number while a slider moves. Worlds are held as they were built, and a change reads nothing again."""

from __future__ import annotations

import json
import threading
from contextlib import nullcontext
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from foedus.draws.stop import Interrupted, Stop
from foedus.questions.body_by_hand import by_hand, said, weighing
from foedus.questions.study import Answers, Study
from foedus.questions.task import Task
from foedus.vocabulary.record import plain
from foedus.web.address import Address, query
from foedus.web.glances import glance_in, glance_of_two, seen
from foedus.web.held import Held
from foedus.web.lane import Superseded
from foedus.web.limits import QUICK, TooMuch
from foedus.web.workers import packed

_PATIENCE: Final = 0.015
"""Seconds that a question waits for its turn in this process before it goes to another one."""


def at_once(held: Held, address: Address, tab: str = "") -> dict[str, Any]:
    """Return the answer with the values in use as fast as it can be had.

    Raises
    ------
    FoedusError
        A word of the address is wrong, or the answer takes longer than strangers may ask for.
    Superseded
        The tab has asked a newer question meanwhile.
    """
    asked = held.asked(address, 0)
    task = asked.task()
    key = ("glance", asked.digest())

    def make() -> Answers:
        number = held.lane.enter(tab)
        if held.lane.take(_PATIENCE):
            try:
                held.lane.check(tab, number)
                return _bounded(held, address, task)
            finally:
                held.lane.give()
        held.lane.check(tab, number)
        found: Answers = held.workers.submit(glance_in, packed(task)).result()
        return found

    return seen(held.glances.get(key, make), task)


def _bounded(held: Held, address: Address, task: Task) -> Answers:
    """Return a glance, in no more time than a stranger is given."""
    stop = Stop()
    late = threading.Timer(QUICK, stop.ask) if held.limits.public else None
    if late is not None:
        late.daemon = True
        late.start()
    try:
        with stop.heeded() if late is not None else nullcontext():
            return glance_of_two(task, held.workers)
    except Interrupted:
        what = f"it takes longer than {QUICK:g} s, which is all the time there is here"
        raise TooMuch(what, held.command(address), 503) from None
    finally:
        if late is not None:
            late.cancel()


def study_of(held: Held, address: Address) -> tuple[Task, Study]:
    """Return a world that is held, built now if it is not there; errors as :meth:`foedus.web.held.Held.asked`."""
    asked = held.asked(address, 0)
    task = asked.task()
    return task, held.studies.get(asked.digest(), task.study)


def drafted(held: Held, address: Address) -> dict[str, Any]:
    """Return a body by hand as the page of drafts shows it; errors as :func:`foedus.questions.body_by_hand.by_hand`."""
    task, study = study_of(held, address)
    members = [w for w in address.word("members").split(",") if w]
    held.lane.take(-1)
    try:
        found = by_hand(task, study, members, address.word("rule", "consensus"))
    finally:
        held.lane.give()
    all_of, who, best = said(found)
    return {
        "members": list(found.members),
        "rule": found.rule,
        "gains": dict(found.gains),
        "consents": dict(found.consents),
        "agree": found.agree,
        "joined": dict(found.joined),
        "losers": list(found.losers),
        "says": (all_of, f"{who} {weighing(found)}".strip(), best),
        "best": None if found.best is None else [found.best.out, found.best.into, found.best.agree],
        "best_says": best,
    }


def answer(held: Held, request: Request, address: Address) -> Response:
    """Return a quick answer as JSON; without content where a newer question has taken its place."""
    tab = request.headers.get("x-tab", "")[:40]
    try:
        found = drafted(held, address) if address.page == "draft" else at_once(held, address, tab)
    except Superseded:
        return Response(status_code=204)
    told = {"asked": query(address), "command": command(held, address), **found}
    text = json.dumps(plain(told), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    kept = {"cache-control": held.kept_as(address)}
    return Response(text + "\n", headers=kept, media_type="application/json")


def command(held: Held, address: Address) -> str:
    """Return the command that answers the same: with the draws that the address asks for, or about its body."""
    if address.page != "draft":
        return held.command(address, address.draws or 0)
    rule = address.word("rule", "consensus")
    more = f" --members {address.word('members')}" + (f" --rule {rule}" if rule != "consensus" else "")
    return held.command(address, address.draws or 0, "draft") + more
