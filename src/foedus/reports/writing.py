"""Sentences: what an assessment found, in words a minister reads and a scholar can check."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.questions.assessment import Assessment, Band
from foedus.questions.how_far_the_quarrel_goes import VARIANTS
from foedus.questions.study import EVERYBODY, name
from foedus.simulation.formation import Form
from foedus.vocabulary.states import STATES

FORM_LABELS: Mapping[str, str] = {
    Form.IN_FORCE: "What is in force stays",
    Form.STAR: "New bilateral treaties",
    Form.FORUM: "A forum is added",
    Form.COUNCIL: "A body with a council",
    Form.HUB_LED: "A body led by the hub",
    "body": "A multilateral body",
}
"""What each outcome of a round is called."""

COMPONENT_LABELS: Mapping[str, str] = {c: MECHANISMS[c].label for c in COMPONENTS}
"""What each term of utility is called."""

ASSUMPTIONS: tuple[str, ...] = (
    *(a for m in MECHANISMS.values() for a in m.assumptions),
    "A bilateral treaty and a multilateral one are equally deep, so nothing favours either but the mechanisms.",
    "Nuclear weapons enter only through judged capability, so the uniqueness of the hub is understated.",
    "The hub hardly cares between architectures (less than a quarter per cent of GDP), so its choice is noisy; vetoes of "
    "spokes are not.",
    "The structure was fixed with Europe 1949, Asia 1953 and Asia 2020 in view; the three are calibration, not proof.",
    "Known misses: Sweden in and Iceland out in 1949, SEATO too weak, Australia out of the forum of 2020, Thailand's "
    "treaty should have ended.",
)
"""What every reader has to know before believing a number."""


def country(state: str) -> str:
    """Return the name of a state, or its id if it has none here."""
    return STATES[state].name if state in STATES else state


def listing(words: Iterable[str]) -> str:
    """Return words joined as in a sentence."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def percent(p: float) -> str:
    """Return a probability as a percentage a reader believes: no false digits, never quite 0 or 100."""
    if math.isnan(p):
        return "–"
    if p < 0.005:
        return "<1 %" if p > 0 else "0 %"
    if 0.995 < p < 1:
        return ">99 %"
    return f"{100 * p:.0f} %"


def span(band: Band, as_percent: bool = False) -> str:
    """Return the 5 to 95 % range of a band, empty without an ensemble."""
    if math.isnan(band.low):
        return ""
    if as_percent:
        return f"{percent(band.low)} to {percent(band.high)}"
    return f"{band.low:+.2f} to {band.high:+.2f}"


def probability(assessment: Assessment, form: str) -> Band:
    """Return the probability of an outcome of one round."""
    return assessment.band(name("forms", form, "", "probability"))


def headline(assessment: Assessment) -> str:
    """Return the answer in one sentence."""
    forms = {f: probability(assessment, f).default for f in Form}
    best = max(forms, key=lambda f: forms[f])
    body = probability(assessment, "body")
    verdict = (
        "A multilateral body is the likeliest outcome"
        if body.default > max(forms[f] for f in (Form.IN_FORCE, Form.STAR, Form.FORUM))
        else "A multilateral body does not form"
        if body.default < 0.1
        else "A multilateral body is possible, not likely"
    )
    rest = (
        ""
        if best in (Form.COUNCIL, Form.HUB_LED)
        else (f" The likeliest outcome of a year is: {FORM_LABELS[best].lower()} ({percent(forms[best])}).")
    )
    around = f", 5–95 % of draws {span(body, True)}" if not math.isnan(body.low) else ""
    values = "calibrated" if assessment.task.parameters.calibration else "default"
    return f"{verdict}: {percent(body.default)} a year with {values} parameters{around}.{rest}"


def certainty(assessment: Assessment) -> str:
    """Return how sure the answer is, in one sentence."""
    key = name("forms", "body", "", "probability")
    if assessment.draws == 0:
        return "No ensemble was run, so nothing is said about certainty."
    rare, even = assessment.share(key, 0.1), 1.0 - assessment.share(key, 0.5)
    return (
        f"In {percent(rare)} of {assessment.draws} draws over all judged numbers a body has less than a one-in-ten chance "
        f"a year; in {percent(even)} it is more likely than not."
    )


def members_of_draft(assessment: Assessment, form: str) -> list[str]:
    """Return who is in what the hub drafts with default parameters, in order of the case."""
    return [s for s in assessment.case.states if assessment.default.get(name("drafted", form, s, "member"), 0.0) > 0.5]


def components(assessment: Assessment, item: str, state: str) -> dict[str, float]:
    """Return the terms of a state's gain from a body."""
    return {c: assessment.default.get(name("gain", item, state, c), 0.0) for c in COMPONENTS}


def blocker_sentence(assessment: Assessment, item: str, state: str) -> str:
    """Return why a state would or would not agree to a body."""
    band = assessment.band(name("gain", item, state, "total"))
    parts = sorted(components(assessment, item, state).items(), key=lambda kv: kv[1])
    against = [f"{COMPONENT_LABELS[c]} {v:+.2f}" for c, v in parts if v < -0.005][:3]
    favour = [f"{COMPONENT_LABELS[c]} {v:+.2f}" for c, v in reversed(parts) if v > 0.005][:2]
    consent = assessment.default.get(name("gain", item, state, "consent"), float("nan"))
    verb = "gains" if band.default >= 0 else "loses"
    text = f"{country(state)} {verb} {abs(band.default):.2f} % of GDP a year"
    if band.default < 0:
        text += f": {listing(against)}" if against else ""
        text += f", against {listing(favour)}" if favour else ""
    else:
        text += f": {listing(favour)}" if favour else ""
        text += f", less {listing(against)}" if against else ""
    text += f". It agrees with a probability of {percent(consent)}"
    share = assessment.share(name("gain", item, state, "total"), 0.0)
    if not math.isnan(share):
        text += f", and loses in {percent(share)} of draws"
    return text + "."


def blockers(assessment: Assessment, item: str = EVERYBODY) -> list[str]:
    """Return the members of a body, the one that loses most first."""
    found = [s for s in assessment.case.states if name("gain", item, s, "consent") in assessment.default]
    return sorted(found, key=lambda s: assessment.default[name("gain", item, s, "total")])


def leverage_sentence(assessment: Assessment) -> str:
    """Return what the hub would lose or win by a council."""

    def value(item: str, measure: str) -> float:
        return assessment.band(name("leverage", item, "", measure)).default

    return (
        f"Between star and council the hub's value in bargaining goes from {value('star', 'money'):.0f} to "
        f"{value('bloc', 'money'):.0f} bn a year and its share from {percent(value('star', 'share'))} to "
        f"{percent(value('bloc', 'share'))}; its policy control changes by "
        f"{value('bloc', 'control') - value('star', 'control'):+.2f} % of GDP."
    )


def quarrel_sentence(assessment: Assessment) -> str:
    """Return what moves the quarrel of the case most."""
    pair = assessment.case.quarrel
    if not pair:
        return ""
    both = {v: assessment.default[name("quarrel", v, "", "both")] for v in VARIANTS}
    base = both["as it is"]
    strongest = max((v for v in VARIANTS if v != "as it is"), key=lambda v: abs(both[v] - base))
    stake = max(assessment.default[name("quarrel", "as it is", "", f"stake_{k}")] for k in "ij")
    return (
        f"Both {country(pair[0])} and {country(pair[1])} escalate with {percent(base)}; a council makes it "
        f"{percent(both['council'])}, no trust in rescue {percent(both['no rescue'])}. The quarrel costs their security "
        f"{stake:.3f} % of GDP, which is why it is cheap. What changes most: {VARIANTS[strongest].lower()} "
        f"({percent(both[strongest])})."
    )


def exclusion_sentence(assessment: Assessment, state: str) -> str:
    """Return what a body does to the state it leaves out, or takes in."""
    loss = {k: assessment.default[name("exclusion", k, state, "loss")] for k in ("today", "left out", "taken in")}
    own = assessment.default.get(name("exclusion", "taken in", f"{state}/{state}", "gain"), float("nan"))
    passed = assessment.default[name("exclusion", "taken in", state, "acceptance")]
    return (
        f"{country(state)} expects to lose {loss['today']:.2f} % of GDP a year today, {loss['left out']:.2f} % if a body "
        f"leaves it out and {loss['taken in']:.2f} % inside one; after reprisals being taken in is worth {own:+.2f} % to it, "
        f"and all would agree with a probability of {percent(passed)}."
    )


def wedge_sentence(assessment: Assessment) -> str:
    """Return what it costs the adversary to break a body, and to break a star."""
    item = assessment.case.watch[0].name if assessment.case.watch else EVERYBODY
    star = assessment.band(name("wedge", "star", "", "cost")).default
    costs = {
        s: assessment.default[name("wedge", item, s, "cost")]
        for s in assessment.case.states
        if name("wedge", item, s, "cost") in assessment.default
    }
    hollow = [s for s, c in costs.items() if c == 0.0]
    paid = {s: c for s, c in costs.items() if c > 0.0}
    text = ""
    if hollow:
        text += f"{listing(country(s) for s in hollow)} would not agree even unpressed. "
    if paid:
        target = min(paid, key=lambda s: paid[s])
        text += (
            f"The cheapest other consent to break in “{item}” is {country(target)}'s, for {paid[target]:.2f} bn a year"
        )
    else:
        text += "No other consent can be broken within the limits of trade"
    if not math.isnan(star):
        text += f"; every treaty of the star, one by one, would take {star:.1f} bn"
    return text + "."
