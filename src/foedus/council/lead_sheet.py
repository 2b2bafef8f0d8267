"""The sheet for who leads: plan, what is said, what is asked, as a page of Markdown; and the pack of it with every brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foedus.council.briefs import Brief, briefs, day
from foedus.council.exercises import Exercise, minutes_of, years_of
from foedus.council.facts_held import held_since
from foedus.council.lesson_words import ASK_FIRST, MORE_ASKED, PRESS, SAY
from foedus.council.plain_words import number, raised
from foedus.vocabulary.prose import country, listing, the


def questions_of(exercise: Exercise | None) -> list[str]:
    """Return the questions of a debrief, in their order, for the sheet and the page alike: the one that comes first, and those of the exercise."""
    return [ASK_FIRST, *(exercise.said(k) for k in exercise.form.asks)] if exercise is not None else [ASK_FIRST]


def _plan(exercise: Exercise, length: str) -> Iterator[str]:
    """Yield a plan as a table: minutes of each phase, and which of them come again every year."""
    form, years = exercise.form, years_of(exercise.form, length)
    again = {"pause": "between the years", "debrief": "at the end"}
    yield from (f"## {length} minutes" if years == 1 else f"## {length} minutes, {number(years)} years", "")
    yield from (("| phase | minutes |", "|---|---|") if years == 1 else ("| phase | minutes | when |", "|---|---|---|"))
    for phase, minutes in form.plans[length].items():
        yield f"| {phase} | {minutes:g} |" + ("" if years == 1 else f" {again.get(phase, 'each year')} |")
    spare = float(length) - minutes_of(form, length)
    yield from (f"| spare | {spare:g} |" + ("" if years == 1 else " |"), "")
    if years > 1 and (held := held_since(form.case, form.first + years - 1)) is not None:
        yield from (f"The case has no data after {held}; its facts hold in the later years, and pages say so.", "")


def sheet(exercise: Exercise) -> str:
    """Return the teacher's sheet of an exercise as a page to print: seats, plan, what is learnt, what goes wrong, what is asked."""
    form = exercise.form
    lines = [f"# {exercise.said('title')}: sheet for who leads", "", exercise.said("about"), ""]
    lines += [
        "## Seats",
        "",
        f"{raised(listing([the(country(s, exercise.case.as_of.year)) for s in form.seats]))}. The model plays every seat that nobody takes.",
        "",
    ]
    for length in form.plans:
        lines += _plan(exercise, length)
    told = [
        f"- {raised(p)}: {f'**{PRESS[p]}.** ' if p in PRESS else ''}{SAY[p]}"
        for p in SAY
        if p not in ("pause", "spare")
    ]
    lines += ["## Press, and say as it begins", "", *told, ""]
    if form.begins:
        zone = str(form.rules.get("zone") or "UTC")
        days = [f"- {phase}: {at} {zone}" for phase, at in form.begins.items()]
        lines += ["## Phases that begin by themselves", "", *days, ""]
    for title, keys in (
        ("What is learnt", form.learns),
        ("What usually goes wrong", form.wrong),
    ):
        lines += [f"## {title}", "", *(f"- {exercise.said(k)}" for k in keys), ""]
    asked = [f"{n}. {words}" for n, words in enumerate(questions_of(exercise), 1)]
    lines += ["## Questions for the debrief", "", *asked, "", MORE_ASKED, ""]
    if form.injects:
        brought = [exercise.event(i.event).text if i.event else exercise.said(str(i.words)) for i in form.injects]
        lines += ["## Injects, prepared in the console", "", *(f"- {t}" for t in brought), ""]
    lines += [
        "## What happened",
        "",
        *(f"- {day(exercise.event(e).date)}: {exercise.event(e).text}" for e in form.record),
        "",
    ]
    return "\n".join(lines)


def pack(exercise: Exercise) -> dict[str, str]:
    """Return the printed pack of an exercise: file name and Markdown of the sheet and of every brief."""
    made: Sequence[Brief] = briefs(exercise)
    return {"sheet.md": sheet(exercise)} | {f"brief-{b.seat.lower()}.md": b.markdown() for b in made}
