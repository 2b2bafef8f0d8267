"""Who blocks: what a body would bring each member, term by term, and whether all would agree to it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.model.architecture import Institution
from foedus.questions.findings import Assessment, band_cells, band_columns
from foedus.questions.measure import Measure, chance
from foedus.questions.on_record import body_on_record, joined
from foedus.questions.question import Question
from foedus.questions.study import EVERYBODY, Answers, Study
from foedus.simulation.decisions import chance_to_leave
from foedus.simulation.formation import acceptance_of, consents
from foedus.vocabulary.prose import country, listing, opening, the
from foedus.vocabulary.record import Chart, Section, cell
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

_GDP, _P = "% of GDP a year", "probability"

BODIES: Final = "everybody, the allies, a body that the case watches, or 'a council/hub-led body/forum of USA, JPN, …'"
"""How bodies are named in phrases."""

Body = str | Institution


def _about(study: Study, body: Body) -> Answers:
    return study.once(about_body, "", study.called(body))


def gain(study: Study, state: str, body: Body) -> float:
    """Return what a state gains by a body, % of GDP a year."""
    return _about(study, body)[GAIN("", state)]


def term(study: Study, name: str, state: str, body: Body) -> float:
    """Return one term of what a state gains by a body, % of GDP a year."""
    return _about(study, body)[TERM("", state, name)]


def consent(study: Study, member: str, body: Body) -> float:
    """Return the probability that a member agrees."""
    return _about(study, body).get(CONSENT("", member), math.nan)


def weakest(study: Study, body: Body) -> float:
    """Return the smallest probability to agree among the members."""
    return min(consent(study, s, body) for s in study.called(body).members)


def acceptance(study: Study, body: Body) -> float:
    """Return the probability that all members agree."""
    return _about(study, body)[ACCEPTANCE("")]


def readiness(study: Study, body: Body) -> float:
    """Return the share of the pledged force that a body could use."""
    return _about(study, body)[READINESS("")]


def leaves(study: Study, member: str, body: Body) -> float:
    """Return the probability that a member leaves within a year."""
    institution = study.called(body)
    return exit_from(study, institution, member) if institution.has(member) else math.nan


def trade(study: Study, state: str) -> float:
    """Return the trade of a state with all adversaries, share of GDP."""
    return float(study.world.trade[study.world.index(state)].sum())


def trade_threshold(study: Study, member: str, body: Body) -> float:
    """Return the trade with the adversaries at which a member would just refuse, share of GDP; R7."""
    total, pain = gain(study, member, body), term(study, "exposure", member, body)
    return (total - pain) / -pain * trade(study, member) if pain < 0 else math.nan


# fmt: off
GAIN = Measure(("gain", "BODY", "STATE", "total"), _GDP, "gain of STATE from the body: BODY", form="signed",
               phrase="gain of STATE from BODY", about="against no body; bodies are " + BODIES, ask=gain,
               reading="What STATE gains from BODY")
CONSENT = chance(("gain", "BODY", "MEMBER", "consent"), "MEMBER agrees to the body: BODY", "consent of MEMBER to BODY",
                 "that it agrees", ask=consent, reading="Chance that MEMBER agrees to BODY")
TERM = Measure(("gain", "BODY", "STATE", "TERM"), _GDP, "TERM, a term of the gain of STATE from the body: BODY",
               form="signed", phrase="TERM of STATE from BODY", about="one term of that gain: " + ", ".join(COMPONENTS),
               ask=term, words={"TERM": {c: c for c in COMPONENTS}},
               reading="TERM as a part of what STATE gains from BODY",
               readings={"TERM": {c: c.capitalize() for c in COMPONENTS}})
EXIT = chance(("exit", "BODY", "MEMBER", "probability"), "MEMBER leaves the body: BODY", "exit of MEMBER from BODY",
              "that it leaves within a year", "probability a year", ask=leaves, kept=False,
              reading="Chance that MEMBER leaves BODY within a year")
ACCEPTANCE = chance(("body", "BODY", "", "acceptance"), "all members agree to the body: BODY", "acceptance of BODY",
                    "that all agree", ask=acceptance, reading="Chance that every member agrees to BODY")
WEAKEST = chance(("gain", "BODY", "MEMBER", "consent"), "the smallest chance to agree among the members of BODY",
                 "weakest consent to BODY", "the smallest chance to agree among the members", ask=weakest, over="least",
                 reading="Chance that the most reluctant member agrees to BODY")
READINESS = chance(("body", "BODY", "", "readiness"), "of pledged force that the body could use: BODY",
                   "readiness of BODY", "share of pledged force it could use", "share", ask=readiness,
                   reading="Share of its force that BODY could bring into action")
THRESHOLD = Measure(("threshold", "BODY", "MEMBER", "trade"), "share of GDP",
                    "trade at which MEMBER would just refuse: BODY", phrase="trade threshold of MEMBER for BODY",
                    about="trade with the adversaries at which it would just refuse", ask=trade_threshold, kept=False,
                    reading="Trade with the adversaries at which MEMBER would just refuse BODY")
TRADE = Measure(("trade", "", "STATE", "share"), "share of GDP", "trade of STATE with all adversaries", 0,
                form="percent", phrase="trade of STATE", about="with all adversaries", ask=trade, kept=False,
                reading="Trade of STATE with the adversaries")
# fmt: on


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
    at = list(after.architecture).index(institution)
    found[ACCEPTANCE(item)] = acceptance_of(appraiser, institution, study.fallback)
    found[READINESS(item)] = float(after.quantities["readiness"][at])
    for i, s in enumerate(world.states):
        found[GAIN(item, s)] = float(change[:, i].sum())
        for k, component in enumerate(COMPONENTS):
            found[TERM(item, s, component)] = float(change[k, i])
    for s, p in zip(institution.members, agree, strict=True):
        found[CONSENT(item, s)] = float(p)
    return found


def exit_from(study: Study, institution: Institution, state: str) -> float:
    """Return the chance that a member of a body or forum leaves it within a year."""
    world, parameters = study.world, study.parameters
    inside = study.fallback.having(institution)
    outside = inside.left_by(state, institution, world.hub)
    appraiser, before = study.appraiser, inside
    worth = appraiser.appraise(inside, before).utility - appraiser.appraise(outside, before).utility
    depth = appraiser.depth(institution)
    return chance_to_leave(parameters, float(worth[world.index(state)]), depth, institution)


def blockers(assessment: Assessment, item: str = EVERYBODY) -> list[str]:
    """Return the members of a body, the one that loses most first."""
    found = [s for s in assessment.case.states if CONSENT(item, s) in assessment.default]
    return sorted(found, key=lambda s: assessment.default[GAIN(item, s)])


def term_words(name: str, value: float) -> str:
    """Return what a term is called, by its sign."""
    return f"{MECHANISMS[name].called(value)} {value:+.2f}"


def sentence(assessment: Assessment, item: str, state: str) -> str:
    """Return why a state would or would not agree to a body."""
    total = assessment.value(GAIN(item, state))
    parts = sorted(((c, assessment.value(TERM(item, state, c))) for c in COMPONENTS), key=lambda kv: kv[1])
    against = [term_words(c, v) for c, v in parts if v < -0.005][:3]
    favour = [term_words(c, v) for c, v in reversed(parts) if v > 0.005][:2]
    first, then, link = (against, favour, "against") if total < 0 else (favour, against, "less")
    size = f"{abs(total):.2f}" if abs(total) >= 0.005 else "less than 0.01"
    text = f"{opening(the(country(state)))} {'gains' if total >= 0 else 'loses'} {size} % of GDP a year"
    text += f": {listing(first)}" if first else ""
    text += f", {link} {listing(then)}" if then else ""
    agrees = assessment.value(CONSENT(item, state))
    if math.isnan(agrees):
        unasked = "since the hub does not recognise it" if item == EVERYBODY else "since it is no member"
        text += f". It is not asked whether it agrees, {unasked}"
    else:
        text += f". It agrees with a probability of {percent(agrees)}"
    share = assessment.share(GAIN(item, state), 0.0)
    return text + ("." if math.isnan(share) else f", and loses in {percent(share)} of draws.")


def gains_table(assessment: Assessment, items: tuple[str, ...], name: str = "gains", quiet: bool = False) -> Table:
    """Return every member's gain from bodies, by mechanism."""
    seats = [(item, s) for item in items for s in blockers(assessment, item)]
    rows: list[list[Cell]] = []
    for item, s in seats:
        terms = [assessment.value(TERM(item, s, c)) for c in COMPONENTS]
        consent, share = assessment.value(CONSENT(item, s)), cell(assessment.share(GAIN(item, s), 0.0))
        year = joined(assessment.case, s) if item == EVERYBODY else ""
        band = band_cells(assessment.band(GAIN(item, s)))
        rows.append([item, s, country(s), *band, consent, *terms, share, year])
    gain_columns = band_columns(_GDP, "signed")
    gain_columns[0] = Column("default", _GDP, "gain against no body, with the values in use", "gain", "signed")
    largest = {c: max((abs(assessment.value(TERM(i, s, c))) for i, s in seats), default=0.0) for c in COMPONENTS}
    weight = sorted(COMPONENTS, key=lambda c: -largest[c])
    terms_shown = [
        Column(c, _GDP, m.claim, m.label, "signed", 20 + weight.index(c), ink=m.ink, short=m.short)
        for c, m in ((c, MECHANISMS[c]) for c in COMPONENTS)
    ]
    columns = [
        Column("body", hidden=not quiet),
        Column("state", hidden=True),
        Column("name", head="Member"),
        *gain_columns,
        Column("consent", _P, "that it agrees", "agrees", "percent"),
        *terms_shown,
        Column("share_losing", "share of draws", "in which it loses by the body", "loses in draws", "percent", 8),
    ]
    on_record = body_on_record(assessment.case)
    if on_record is None or EVERYBODY not in items:
        rows = [r[:-1] for r in rows]
    else:
        meaning = f"year of joining the {on_record.name}, as the record has it"
        columns.append(Column("joined", "", meaning, "joined", drop=9))
    return table(name, "Who gains and who loses by a body, by mechanism", columns, rows, quiet=quiet)


def _body_section(assessment: Assessment, item: str, label: str, members: tuple[str, ...]) -> Section:
    gains = gains_table(assessment, (item,), f"gains-{_slug(item)}")
    gains = replace(gains, title=f"{label}: who gains and who loses, by mechanism")
    accepted, ready = assessment.band(ACCEPTANCE(item)), assessment.value(READINESS(item))
    around = (
        "" if math.isnan(accepted.low) else f" (5–95 % of draws: {percent(accepted.low)} to {percent(accepted.high)})"
    )
    seen = tuple(c for c in COMPONENTS if any(abs(assessment.value(TERM(item, s, c))) >= 0.004 for s in members))
    chart = Chart(
        f"blockers-{_slug(item)}",
        "stack",
        f"Who blocks: {label}",
        "Gain over what there is without the body, by mechanism. Left of zero: against it; the mark is the net, the line "
        "below it the range of the draws.",
        gains,
        x="default",
        y="name",
        series=seen,
        low="low",
        high="high",
        options={"beside": "consent"},
    )
    losing = [s for s in blockers(assessment, item) if assessment.value(GAIN(item, s)) < 0]
    lead = (
        f"All agree with a probability of {percent(accepted.default)}{around}; it could act with {percent(ready)} of what spokes pledge "
        "each other."
    )
    why = tuple(sentence(assessment, item, s) for s in losing[:4])
    notes = (f"Members: {listing(the(country(s)) for s in members)}.",)
    return Section(_slug(item), label, (lead, *why), (gains,), (chart,), notes)


def _slug(item: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in item.lower()).strip("-")


def section(assessment: Assessment) -> Section:
    """Return what a reader is told of who blocks which body."""
    parts = []
    for item, m in assessment.study.bodies():
        label = "A council of all recognised states" if item == EVERYBODY else m.name
        parts.append(_body_section(assessment, item, label, m.members))
    whole = gains_table(assessment, tuple(i for i, _ in assessment.study.bodies()), quiet=True)
    says = (
        "Every member has to agree, and one refusal is enough. What speaks for and against is in % of own GDP a year.",
    )
    return Section("blocks", "Who blocks, and why", says, (whole,), sections=tuple(parts))


QUESTION = Question(
    "blocks", 20, who_blocks, (GAIN, CONSENT, TERM, ACCEPTANCE, READINESS, EXIT, WEAKEST, THRESHOLD, TRADE), section
)
