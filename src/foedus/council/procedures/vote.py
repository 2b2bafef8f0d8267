"""Weighted votes: weights, quota and vetoes are shown first; a tie fails; nobody is bound by a treaty by vote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from foedus.council.acts import MODEL, No, seen_by_seats
from foedus.council.procedures.adoption import BY_LAW, adopted, after, answer, awaited, clauses_of, waited_for
from foedus.council.procedures.consensus import timely
from foedus.council.procedures.machine import DECIDED, Asked, Change, Ctx, Does, Machine, Row
from foedus.council.procedures.roles import audience, members_at

_VOTED: Final = ("voting", "answering")


def _votable(ctx: Ctx) -> None:
    timely(ctx)
    binding = [c for _, c in clauses_of(ctx.room, ctx.it) if c.founds or c.verb == "end"]
    if binding:
        raise No(
            "binds",
            f"'{binding[0]}' binds those who sign it; nobody is bound by a vote. Call consensus, or place it under silence.",
        )


def weights_of(ctx: Ctx) -> dict[str, float]:
    """Return the weights of a vote: those that are given, or by the rule of the room."""
    members = members_at(ctx.room, ctx.item)
    given = ctx.body.get("weights")
    if given is not None:
        if set(given) != set(members) or min(given.values()) < 0 or sum(given.values()) <= 0:
            raise No("form", f"weights are numbers from 0 up, one for each of {', '.join(members)}.")
        return {s: float(given[s]) for s in members}
    sizes = ctx.room.itself.get(ctx.room.form.rules.weights) or {}
    return {s: float(sizes.get(s, 1.0)) for s in members} if sizes else dict.fromkeys(members, 1.0)


def _open(ctx: Ctx) -> Change:
    members = members_at(ctx.room, ctx.item)
    quota, vetoes = ctx.body.get("quota", ctx.room.form.rules.quota), list(ctx.body.get("vetoes", []))
    if not 0.5 <= quota <= 1.0:
        raise No("form", "a quota is a share of all weights, a half to all.")
    if not set(vetoes) <= set(members):
        raise No("form", "a veto is a member's.")
    data = {
        "weights": weights_of(ctx),
        "quota": quota,
        "vetoes": vetoes,
        "secret": bool(ctx.body.get("secret", False)),
        "answers": {},
        "by": "vote",
        "sums": None,
    }
    seconds = ctx.body.get("seconds", ctx.room.form.rules.consensus_seconds)
    if not 5 <= seconds <= 2_592_000:
        raise No("form", "a vote lasts 5 seconds to 30 days.")
    return Change(set=data, until=ctx.due_in(seconds))


def _cast(word: str) -> Does:
    return lambda ctx: _counted(ctx, word)


def _counted(ctx: Ctx, word: str) -> Change:
    answers = after(ctx, word)
    everybody = set(members_at(ctx.room, ctx.it))
    if everybody <= answers.keys() or (ctx.it.state == "answering" and not awaited(ctx.room, ctx.it, answers)):
        return _closed(ctx, answers)
    see = seen_by_seats([str(ctx.seat)]) if ctx.it.get("secret") else ""
    return Change(put=answer(ctx, word), see=see)


def outcome(item_data: Mapping[str, Any], answers: Mapping[str, Any]) -> tuple[bool, dict[str, float]]:
    """Return whether a vote passes, and the sums of weights for, against and abstaining.

    It passes where those for it have the quota of all weights (more than half where the quota is a half) and nobody with
    a veto is against.
    """
    weights = item_data["weights"]
    sums = dict.fromkeys(("yes", "no", "abstain"), 0.0)
    for state, weight in weights.items():
        sums[answers.get(state, {}).get("answer", "abstain")] += weight
    need = item_data["quota"] * sum(weights.values())
    reached = sums["yes"] > need if item_data["quota"] == 0.5 else sums["yes"] >= need - 1e-9
    vetoed = any(answers.get(v, {}).get("answer") == "no" for v in item_data["vetoes"])
    return reached and not vetoed, sums


def _closed(ctx: Ctx, answers: Mapping[str, Any]) -> Change:
    passes, sums = outcome(ctx.it.data, answers)
    kept = {} if ctx.it.get("secret") else answers
    change = {"answers": kept, "sums": sums, "passed": passes}
    more = adopted(ctx, ctx.it, "vote") if passes else ()
    state, see = "adopted" if passes else "open", audience(ctx.room, ctx.it)
    if ctx.it.get("secret"):  # the last ballot of a secret vote shows sums alone, not who cast it
        return Change(set=change, to=state, until=None, more=more, see=see, actor="somebody", words=None)
    return Change(set=change, to=state, until=None, more=more, see=see)


def _close(ctx: Ctx) -> Change:
    answers = ctx.it.get("answers", {})
    if awaited(ctx.room, ctx.it, answers):
        return Change(to="answering", until=None)
    return _closed(ctx, answers)


def _by_vote(ctx: Ctx) -> None:
    if ctx.it.get("by") != "vote":
        raise No("state", "no vote is open on the text.")


def _may_close(ctx: Ctx) -> None:
    _by_vote(ctx)
    away = waited_for(ctx.room, ctx.it)
    if away and ctx.act.by != "facilitator":
        raise No("away", f"the room waits for {', '.join(away)} (rule `away`).")


def _own(ctx: Ctx) -> None:
    _by_vote(ctx)
    if ctx.it.state == "answering" and ctx.act.by != MODEL:
        raise No("state", "the vote is closed; the model answers for those whom nobody plays.")


_MEMBERS: Final = ("member", "model")

ROWS: Final = (
    Row(
        "open",
        ("open",),
        ("chair",),
        "voting",
        "opened",
        "Open a vote.",
        guard="no square brackets; no clause that founds, admits to or ends a treaty",
        effect="weights, quota, vetoes and each seat's power are shown first",
        may=_votable,
        asks=(
            Asked("weights", "weights", "a weight for each member", needed=False),
            Asked("quota", "number", "a share of all weights", needed=False),
            Asked("vetoes", "states", "members with a veto", needed=False),
            Asked("secret", "yes", "yes or no", needed=False),
            Asked("seconds", "number", "a number of seconds", needed=False),
        ),
        does=_open,
    ),
    Row(
        "yes",
        _VOTED,
        _MEMBERS,
        "",
        "cast",
        "Vote for it.",
        asks=BY_LAW,
        may=_own,
        does=_cast("yes"),
        effect="closed when all are in",
        phases=DECIDED,
    ),
    Row(
        "no",
        _VOTED,
        _MEMBERS,
        "",
        "cast",
        "Vote against it.",
        asks=BY_LAW,
        may=_own,
        does=_cast("no"),
        effect="closed when all are in",
        phases=DECIDED,
    ),
    Row(
        "abstain",
        _VOTED,
        _MEMBERS,
        "",
        "cast",
        "Abstain.",
        asks=BY_LAW,
        may=_own,
        does=_cast("abstain"),
        effect="closed when all are in",
        phases=DECIDED,
    ),
    Row(
        "close",
        ("voting",),
        ("chair", "clock"),
        "",
        "closed",
        "Close the vote.",
        effect="unplayed members are asked; adopted if those for it reach the quota and no veto falls, else open",
        may=_may_close,
        does=_close,
        phases=DECIDED,
    ),
    Row("drop", _VOTED, ("chair",), "open", "dropped", "Take the vote back.", may=_by_vote, phases=DECIDED),
)

MACHINE: Final = Machine(
    "vote",
    "Weighted vote",
    ("open", "voting", "answering", "adopted"),
    ("open", "adopted"),
    ROWS,
    "Secret ballots are told as sums alone. A tie fails.",
)
