"""The questions an assessment asks of every draw: what forms, who blocks, who has leverage, what holds."""

from __future__ import annotations

import numpy as np

from foedus.mechanisms import COMPONENTS
from foedus.mechanisms.decisions.consent import acceptance
from foedus.mechanisms.decisions.holding import exit_probability
from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.questions.study import Answers, Study, name
from foedus.simulation.appraisal import Appraisal, Appraiser
from foedus.simulation.formation import Form, acceptance_of, consents, seats


def what_forms(study: Study) -> Answers:
    """Return the probability of every form in one round, and who is in what is drafted."""
    formation = study.formation
    found = {name("forms", form, "", "probability"): formation.probability(form) for form in Form}
    found[name("forms", "body", "", "probability")] = formation.body
    for option in formation.options:
        if option.institution is None:
            continue
        found[name("forms", option.form, "", "acceptance")] = option.acceptance
        for s in study.world.states:
            found[name("drafted", option.form, s, "member")] = float(s in option.institution.members)
    return found


def who_blocks(study: Study) -> Answers:
    """Return each member's gain from the bodies looked at, whole and by mechanism, and its consent."""
    found: Answers = {}
    for item, institution in study.bodies():
        found |= about_body(study, item, institution)
    return found


def about_body(study: Study, item: str, institution: Institution) -> Answers:
    """Return what one body or forum would bring to everybody, and whether its members would agree to it."""
    found: Answers = {}
    appraiser, world, before = study.appraiser, study.world, study.world.in_force
    base = appraiser.appraise(study.fallback, before)
    after = appraiser.appraise(study.fallback.having(institution), before)
    change = after.components - base.components
    agree = consents(appraiser, institution, study.fallback)
    found[name("body", item, "", "acceptance")] = acceptance_of(appraiser, institution, study.fallback)
    found[name("body", item, "", "readiness")] = float(
        after.quantities["readiness"][list(after.architecture).index(institution)]
    )
    for i, s in enumerate(world.states):
        found[name("gain", item, s, "total")] = float(change[:, i].sum())
        for k, component in enumerate(COMPONENTS):
            found[name("gain", item, s, component)] = float(change[k, i])
    for s, p in zip(institution.members, agree, strict=True):
        found[name("gain", item, s, "consent")] = float(p)
    return found


def exit_from(study: Study, institution: Institution, state: str) -> float:
    """Return the chance that a member of a body or forum leaves it within a year."""
    world, parameters = study.world, study.parameters
    inside = study.fallback.having(institution)
    outside = inside.left_by(state, institution, world.hub)
    appraiser, before = study.appraiser, inside
    worth = appraiser.appraise(inside, before).utility - appraiser.appraise(outside, before).utility
    depth = appraiser.depth(institution)
    return exit_probability(
        float(worth[world.index(state)]), depth, parameters["exit_inertia"], parameters["decision_noise"]
    )


LEVERAGE = {
    "star": "Bilateral star",
    "divided": "Council of the allies, bargaining one by one",
    "bloc": "Council of the allies, bargaining as a bloc",
    "hub-led": "Body of the allies, led by the hub",
}
"""Architectures whose leverage is compared, with their labels."""


def who_has_leverage(study: Study) -> Answers:
    """Return the hub's leverage in money, share, concessions and policy control by architecture."""
    found: Answers = {}
    for item in LEVERAGE:
        found |= leverage_in(study, item)
    return found


def leverage_in(study: Study, item: str) -> Answers:
    """Return the hub's leverage in one architecture of :data:`LEVERAGE`."""
    appraiser, architecture = study.appraiser, architectures(study)[item]
    if item == "divided":
        appraiser = Appraiser(study.world, study.parameters.replace({"bloc_solidarity": 0.0}))
    h = study.world.hub_index
    seen = appraiser.appraise(architecture, study.world.in_force)
    value = float(seen.quantities["bargained_value"][h])
    grand = seen.quantities["shares"].grand
    return {
        name("leverage", item, "", "money"): value,
        name("leverage", item, "", "share"): value / grand if grand > 0 else float("nan"),
        name("leverage", item, "", "concessions"): float(seen.components[COMPONENTS.index("leverage"), h]),
        name("leverage", item, "", "control"): float(seen.components[COMPONENTS.index("autonomy"), h]),
    }


def architectures(study: Study) -> dict[str, Architecture]:
    """Return the architectures whose leverage is compared, by the keys of :data:`LEVERAGE`."""
    council = study.fallback.having(study.allies)
    led = study.fallback.having(Institution(Kind.MULTILATERAL, study.allies.members, Rule.HUB))
    return {"star": study.fallback, "divided": council, "bloc": council, "hub-led": led}


def what_treaties_are_worth(study: Study) -> Answers:
    """Return what each bilateral treaty of the star is worth to each side, and the yearly chance of exit."""
    found: Answers = {}
    world, before, parameters = study.world, study.world.in_force, study.parameters
    here = study.appraiser.appraise(study.fallback, before).utility
    for m in study.bilaterals():
        gone = study.appraiser.appraise(study.fallback.without(m), before).utility
        item = "–".join(m.members)
        depth = study.appraiser.depth(m)
        for s in m.members:
            worth = float((here - gone)[world.index(s)])
            found[name("treaty", item, s, "worth")] = worth
            found[name("treaty", item, s, "exit")] = exit_probability(
                worth, depth, parameters["exit_inertia"], parameters["decision_noise"]
            )
    return found


def what_exclusion_does(study: Study) -> Answers:
    """Return the loss of each unrecognised state as it is, with a body without it, and inside the body."""
    found: Answers = {}
    world, before, appraiser = study.world, study.world.in_force, study.appraiser
    outside = study.watch[0] if study.watch else study.everybody
    base = appraiser.appraise(study.fallback, before)
    for k, state in enumerate(world.states):
        if world.recognised[k] >= 1.0:
            continue
        inside = Institution(outside.kind, (*outside.members, state), outside.rule)
        seen: dict[str, Appraisal] = {
            "today": base,
            "left out": appraiser.appraise(study.fallback.having(outside), before),
            "taken in": appraiser.appraise(study.fallback.having(inside), before),
        }
        for item, appraisal in seen.items():
            found[name("exclusion", item, state, "loss")] = float(appraisal.quantities["felt_loss_allied"][k])
        gain = seen["taken in"].utility - base.utility
        for i in seats(appraiser, inside):
            found[name("exclusion", "taken in", f"{state}/{world.states[i]}", "gain")] = float(gain[i])
        found[name("exclusion", "taken in", state, "acceptance")] = acceptance(
            gain[seats(appraiser, inside)], 1.0, study.parameters["decision_noise"]
        )
        left = seen["left out"].utility - base.utility
        found[name("exclusion", "left out", state, "acceptance")] = acceptance(
            left[seats(appraiser, outside)], 1.0, study.parameters["decision_noise"]
        )
    return found


def without_the_hub(architecture: Architecture, hub: str) -> Architecture:
    """Return an architecture without any institution of the hub."""
    return Architecture(tuple(m for m in architecture if not m.has(hub)))


def hub_withdrawn(study: Study) -> Study:
    """Return the study of a world whose hub keeps its forces at home."""
    available = np.array(study.world.capability_available)
    available[study.world.hub_index] *= 1e-9
    return Study(study.world.replace(capability_available=available), study.parameters, study.quarrel, study.watch)
