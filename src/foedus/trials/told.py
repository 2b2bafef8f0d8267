"""What is told of a trial: whether the text was right, the scale, every claim, the place, and every number behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from foedus.casebook.in_force import map_chart
from foedus.draws.digest import code_digest
from foedus.questions.answer import assumptions
from foedus.questions.assessment import assessed
from foedus.questions.listing import ASSESSED, QUESTIONS
from foedus.questions.measure import Measure
from foedus.questions.task import Task
from foedus.questions.theory_tables import parameters_table
from foedus.trials import scoreboard
from foedus.trials.each_claim import claim_section
from foedus.trials.evidence import Evidence, Findings
from foedus.trials.exhibits import tally_chart
from foedus.trials.queries import Query
from foedus.trials.verdict import FAILS, FEWEST, HOLDS, Verdict
from foedus.version import __version__
from foedus.vocabulary.prose import counted, listing
from foedus.vocabulary.record import Record, Section, Source
from foedus.vocabulary.tables import percent

_RIGHT = {
    Verdict.SUPPORTED: "The text was right in its thesis",
    Verdict.DISPUTED: "Whether the text was right in its thesis is disputed",
    Verdict.OPEN: "Whether the text was right in its thesis is left open",
    Verdict.CONTRADICTED: "The text was wrong in its thesis",
    Verdict.UNTESTABLE: "Whether the text was right in its thesis cannot be tested here",
    Verdict.UNTRIED: "Whether the text was right in its thesis is not said, for nothing was drawn",
}


def record_of(found: Findings) -> Record:
    """Return a trial as one record."""
    text = found.trial.text
    where = f", {text.where}" if text.where else ""
    return Record(
        "trial",
        text.title,
        text.thesis,
        f"a text on trial · {text.author}, {text.date}{where} · {counted(found.draws, 'draw')}",
        (sentence(found), *most_against(found)),
        tuple(_sections(found)),
        sources(found),
        made_with(found),
    )


def sentence(found: Findings) -> str:
    """Return whether the text was right, in one sentence: the thesis first, then its claims by verdict."""
    tally = listing(_tallied(v, n) for v, n in scoreboard.counts(found).items())
    number, thesis = len(found.claims), thesis_of(found)
    if thesis is None:
        return (
            f"Of the {number} claims of the text {tally}." if number > 1 else f"The one claim of the text {tally[2:]}."
        )
    return f"{_RIGHT[thesis.verdict]}{by_whom(thesis)} (claim {thesis.claim.id}); of its {number} claims {tally}."


def by_whom(e: Evidence) -> str:
    """Return by whom a claim is supported or contradicted, as words that go on after the verdict; nothing of other verdicts."""
    if e.verdict not in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
        return ""
    clear = (e.model in ("holds", "fails"), e.seen in ("supports", "contradicts"))
    if all(clear):
        return " by model and record"
    return f" by the model, the record being {e.seen}" if clear[0] else f" by the record, the model being {e.model}"


def _tallied(v: Verdict, n: int) -> str:
    have, are = ("have", "are") if n > 1 else ("has", "is")
    return f"{n} {have} {v.value}" if v is Verdict.UNTRIED else f"{n} {are} {v.value}"


def thesis_of(found: Findings) -> Evidence | None:
    """Return the evidence on the claim that states the thesis; None where the trial names none."""
    return next((e for e in found.claims if e.claim.id == found.trial.text.decided_by), None)


def most_against(found: Findings) -> tuple[str, ...]:
    """Return what a reader must not miss: the claims that are contradicted or disputed, and that draws are few."""
    said = []
    for v in (Verdict.CONTRADICTED, Verdict.DISPUTED):
        ids = [str(e.claim.id) for e in found.claims if e.verdict is v]
        if ids:
            said.append(f"{v.value[0].upper()}{v.value[1:]}: {listing(ids)}.")
    if 0 < found.draws < FEWEST:
        said.append(
            f"{counted(found.draws, 'draw')} {'is' if found.draws == 1 else 'are'} few: shares of them tell little."
        )
    return (" ".join(said),) if said else ()


def _sections(found: Findings) -> Iterator[Section]:
    trial = found.trial
    yield verdicts(found)
    yield claims(found)
    if found.omitted:
        says = ("Causes that the text does not mention and the model has, each with what it does there.",)
        yield Section("omitted", "What the text leaves out", says, (scoreboard.omitted(found),))
    if trial.slips:
        yield Section("slips", "Matters of fact", (), (scoreboard.slips(found),))
    yield place(found)
    yield Section("limits", "The limits of the model", assumptions(found.parameters.laws), folded=True)
    yield numbers(found)


def verdicts(found: Findings) -> Section:
    """Return how the verdicts come about, how many there are of each, and what each means."""
    anew = f"asked {found.draws} times with everything that is uncertain in it drawn anew"
    asked = anew if found.draws else "which was asked with the values in use alone, so that its answers are no verdict"
    says = (
        f"The text makes {len(found.claims)} claims. Each was put to two witnesses: a model of how states form alliances, "
        f"{asked}, and the record of dated events and counted numbers. The verdict follows from what the two say by fixed "
        "rules; nobody decides it.",
        f"The model holds a claim that is true in {percent(HOLDS)} of draws or more, fails one that is true in fewer than "
        f"{percent(FAILS)}, and is split in between. The record supports, is mixed, contradicts, or is silent.",
    )
    legend = Section("scale", "What the verdicts mean", (), (scoreboard.scale(found),))
    return Section("verdicts", "The verdicts", says, charts=(tally_chart(found),), sections=(legend,))


def claims(found: Findings) -> Section:
    """Return every claim with its verdict and why."""
    trial = found.trial
    seen = (
        "Open a claim to see what was asked, every draw, the record, and what would change the verdict. Draws in which a "
        "claim holds are green dots, the others orange; the triangle is the answer with the values in use.",
    )
    notes = (
        f"The draws of a trial cover all its places and years at once, so medians and ranges can differ from those of "
        f"“foedus assess {trial.case.name}”; answers with the values in use do not, but for the conditions named.",
        *trial.disclosures,
    )
    parts = tuple(claim_section(e, trial.case, trial.events) for e in found.claims)
    tabled = (scoreboard.scoreboard(found),)
    return Section("claims", "Claim by claim", (), tabled, notes=notes, sections=parts, seen=seen)


def place(found: Findings) -> Section:
    """Return the place that the text is about: its map, and its pictures that bear on claims, with the values in use."""
    trial, case = found.trial, found.trial.case
    others = [c.title for name, c in trial.cases.items() if name != case.name]
    says = [f"{case.title}: what was in force, and what the model finds there with the values in use."]
    says += [f"Some claims are asked of other places or years: {listing(dict.fromkeys(others))}."] if others else []
    return Section("place", "The place", tuple(says), charts=(map_chart(case),), sections=tuple(scenes(found)))


def scenes(found: Findings) -> Iterator[Section]:
    """Yield what an assessment tells of the questions that claims ask about, each with the claims it bears on."""
    bearing: dict[str, list[int]] = {}
    for e in found.claims:
        test = e.claim.test
        asked = [q for q in (test.query, test.than) if isinstance(q, Query)] if test else []
        for name in dict.fromkeys(_question(q.kind) for q in asked if not q.elsewhere):
            bearing.setdefault(name, []).append(e.claim.id)
    task = Task(found.trial.case, found.parameters, {}, (), found.without, ASSESSED)
    assessment = assessed(task, 0, found.seed)
    for name, question in QUESTIONS.items():
        section = question.section(assessment) if name in bearing and question.section is not None else None
        if section is not None:
            ids = bearing[name]
            bears = f"Bears on claim{'s' * (len(ids) > 1)} {listing(map(str, ids))}."
            yield _quiet(replace(section, notes=(bears, *section.notes)))


def _question(measure: Measure) -> str:
    return next(name for name, q in QUESTIONS.items() if measure in q.measures)


def _quiet(section: Section) -> Section:
    """Return a section whose tables stand back behind its pictures, and whose parts say one sentence each."""
    drawn = {c.table.name for c in section.charts}
    return replace(
        section,
        tables=tuple(replace(t, quiet=True) for t in section.tables if t.name in drawn),
        sections=tuple(_quiet(replace(s, says=s.says[:1])) for s in section.sections),
    )


def numbers(found: Findings) -> Section:
    """Return every number, draw and event behind the verdicts."""
    tables = (
        scoreboard.measured(found),
        scoreboard.swings(found),
        scoreboard.precedents(found),
        scoreboard.events_table(found),
        scoreboard.theory(found),
        parameters_table(found.parameters),
        scoreboard.draws(found),
    )
    says = ("What the verdicts follow from: every measured number, every test on the record, every draw.",)
    return Section("numbers", "Every number", says, tables, folded=True)


def sources(found: Findings) -> tuple[Source, ...]:
    """Return the sources of the record first, then those of the data behind the model."""
    trial = found.trial
    used = dict.fromkeys(k for e in scoreboard.told_events(found) for k in e.source)
    used |= dict.fromkeys(s.source for s in trial.slips if s.source)
    facts = dict.fromkeys(k for c in trial.cases.values() for f in c.facts for k in f.source)
    keys = [*sorted(used), *(k for k in sorted(facts) if k not in used and k in trial.sources)]
    return tuple(Source(k, s.citation, s.url or "", s.trust) for k in keys for s in (trial.sources[k],))


def made_with(found: Findings) -> dict[str, Any]:
    """Return what a trial was made with."""
    trial, used = found.trial, found.parameters.calibrated_by
    hashes = {"trial": trial.sha256, "case": trial.case.sha256, "parameters": found.parameters.digest()}
    hashes["code"] = code_digest("foedus.trials.hearing")
    return {
        "foedus": __version__,
        "seed": found.seed,
        "draws": found.draws,
        "trial": trial.name,
        "case": trial.case.name,
        **({"calibration": used} if used else {}),
        **({"without": ", ".join(found.without)} if found.without else {}),
        **{f"{name}_hash": digest[:16] for name, digest in hashes.items()},
    }
