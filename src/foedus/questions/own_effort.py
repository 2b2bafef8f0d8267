"""Own effort: how much of its own arms each state would keep once others have pledged help."""

from __future__ import annotations

from foedus.mechanisms.decisions.effort import effort_kept
from foedus.questions.asked import architectures
from foedus.questions.study import Answers, Study, name


def own_effort(study: Study, item: str) -> Answers:
    """Return the best own force of every state in an architecture, as a share of what it would be without treaties.

    Parameters
    ----------
    study : Study
    item : str
        ``today`` for what is in force, or a key of ``foedus.questions.asked.LEVERAGE``.

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
    return {name("effort", item, s, "share"): float(k) for s, k in zip(world.states, kept, strict=True)}
