"""Own effort: how much of its own arms each state would keep once others have pledged help."""

from __future__ import annotations

from foedus.mechanisms.decisions.effort import effort_kept
from foedus.questions.measure import chance
from foedus.questions.question import Question
from foedus.questions.study import Answers, Study
from foedus.questions.who_has_leverage import IN_WORDS, LEVERAGE, architectures

WHERE = ("today", *LEVERAGE)
"""Architectures in which own effort can be asked for."""


def effort(study: Study, state: str, architecture: str) -> float:
    """Return the own effort of a state in one architecture, as a share of that without any treaty."""
    return study.once(own_effort, architecture)[EFFORT(architecture, state)]


# fmt: off
EFFORT = chance(("effort", "ARCHITECTURE", "STATE", "share"), "own arms of STATE in ARCHITECTURE",
                "effort of STATE in ARCHITECTURE",
                "best own arms, as a share of those without any treaty, in " + ", ".join(WHERE), "share", ask=effort,
                words={"ARCHITECTURE": {k: k for k in WHERE}},
                reading="Arms STATE would want, as a share of those it would want alone, ARCHITECTURE",
                readings={"ARCHITECTURE": {**IN_WORDS, "today": "under what is in force"}})
# fmt: on


def all_efforts(study: Study) -> Answers:
    """Return the own effort of every state in every architecture."""
    return {key: value for item in WHERE for key, value in own_effort(study, item).items()}


def own_effort(study: Study, item: str) -> Answers:
    """Return the best own force of every state in an architecture, as a share of what it would be without treaties.

    Parameters
    ----------
    study : Study
    item : str
        ``today`` for what is in force, or a key of ``foedus.questions.who_has_leverage.LEVERAGE``.

    Notes
    -----
    R14: today's force is taken as the best answer to the help that is pledged today, so that neither the cost of a unit
    of force nor the loss at stake has to be known.

    References
    ----------
    Olson & Zeckhauser 1966, Review of Economics and Statistics 48(3).
    """
    world, before = study.world, study.world.in_force
    architecture = before if item == "today" else architectures(study)[item]
    now = study.appraiser.appraise(before, before).quantities["pledged_help"].sum(axis=1)
    then = study.appraiser.appraise(architecture, before).quantities["pledged_help"].sum(axis=1)
    kept = effort_kept(world.capability_available, now, then)
    return {EFFORT(item, s): float(k) for s, k in zip(world.states, kept, strict=True)}


QUESTION = Question("effort", 80, all_efforts, (EFFORT,), assessed=False)
