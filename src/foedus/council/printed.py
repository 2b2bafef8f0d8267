"""The printed pack: the sheet of who leads, a brief for every seat and the cards with its links, as one page that prints whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from foedus.council.act_forms import LABELS
from foedus.council.briefs import Brief, briefs, day
from foedus.council.exercises import Exercise, minutes_of, years_of
from foedus.council.facts_held import held_since
from foedus.council.glosses import glossed
from foedus.council.how_to import long_said
from foedus.council.lead_sheet import questions_of
from foedus.council.lesson_words import PRESS, SAY, WHICH_NUMBER
from foedus.council.next_step import NEXT
from foedus.council.plain_words import raised
from foedus.council.qr import qr_svg
from foedus.vocabulary.prose import country, listing, the

_STYLE: Final = """
@page{size:A4;margin:15mm 16mm}
:root{--ink:#1d2733;--soft:#5c6773;--hair:#d9d4c6}
*{box-sizing:border-box}body{margin:0 auto;max-width:178mm;color:var(--ink);background:#fff;font:10.2pt/1.38 Charter,"Bitstream Charter",Georgia,serif}
section.page{break-before:page}section.page:first-of-type{break-before:auto}
h1{font-size:20pt;line-height:1.15;margin:0 0 3mm}h2{font-size:11.6pt;margin:4.2mm 0 1mm;break-after:avoid}p{margin:0 0 2mm}
ul,ol{margin:0;padding-left:5mm}li{margin:.7mm 0;break-inside:avoid}sup{font-size:7pt;line-height:0;margin-left:1pt}
.kicker{color:var(--soft);font-size:9.5pt;margin:0 0 1mm}.notes{font-size:7.1pt;line-height:1.28;color:var(--soft);columns:2;column-gap:7mm}
table{border-collapse:collapse;width:100%;font-size:9.6pt}td,th{text-align:left;padding:.9mm 2mm .9mm 0;border-top:.2mm solid var(--hair);vertical-align:top}th{border:0;color:var(--soft);font-weight:400}td.n,th.n{text-align:right;width:15mm;white-space:nowrap}
tr{break-inside:avoid}.sheet{font-size:9.4pt;line-height:1.34}.sheet h1{font-size:17pt}.sheet h2{margin-top:1.7mm;font-size:11pt}.sheet table{font-size:8.8pt;margin-bottom:1mm}.sheet td{padding-top:.6mm;padding-bottom:.6mm}.sheet li{margin:.3mm 0}
.long{font-size:9.1pt;line-height:1.32}.long h2{margin:3mm 0 .8mm;font-size:10.8pt}.long li{margin:.4mm 0}.long .notes{font-size:6.6pt;line-height:1.24}.longest{font-size:8.7pt;line-height:1.24}.longest h2{margin:1.6mm 0 .4mm}.longest li{margin:.2mm 0}.longest .notes{font-size:6.2pt}
.cards{display:grid;grid-template-columns:1fr 1fr;gap:0}.card{border:.25mm dashed var(--soft);padding:5mm;min-height:40mm;break-inside:avoid}.card svg{float:right;width:30mm;height:30mm;margin:-2mm -2mm 1mm 3mm}.card b{font-size:14pt;display:block}.card code{display:block;margin-top:3mm;font:8.2pt/1.4 "DejaVu Sans Mono",Menlo,monospace;overflow-wrap:anywhere}.card span{color:var(--soft);font-size:9pt}
@media screen{body{padding:24px}section.page+section.page{margin-top:40px;border-top:1px solid var(--hair);padding-top:24px}}
"""


OPENS: Final[Mapping[str, str]] = {
    "Facilitator": "Whoever has it leads the room and reads everything in it: it is for you alone.",
    "Observer": "Whoever has it reads what is public, and can do nothing; one card serves everybody who looks on.",
    "": "Whoever has it sits in this seat.",
}
"""What a card says of its link: whose it is where it is no seat's."""


def pack_page(exercise: Exercise) -> str:
    """Return the pack of an exercise as one page of HTML: the sheet on a page of its own, then a brief for every seat.

    Parameters
    ----------
    exercise : Exercise
    """
    pages = [_sheet(exercise), *(_brief(exercise, b) for b in briefs(exercise))]
    return _page(exercise.said("title"), pages)


def cards_page(title: str, cards: Sequence[tuple[str, str]]) -> str:
    """Return links as cards to cut out, as one page of HTML.

    Parameters
    ----------
    title : str
        Of the room.
    cards : sequence of (str, str)
        Whose link it is, and the link.
    """
    made = "".join(
        f'<div class="card">{qr_svg(link)}<span>{escape(title)}</span><b>{escape(who)}</b><code>{escape(link)}</code>'
        f"<span>Scan the code, or open this address. {OPENS.get(who, OPENS[''])}</span></div>"
        for who, link in cards
    )
    return _page(f"{title}: links", [f'<section class="page"><div class="cards">{made}</div></section>'])


def _page(title: str, pages: Sequence[str]) -> str:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
    return f'<!doctype html>\n<html lang="en"><head>{head}<style>{_STYLE}</style></head><body>\n{"".join(pages)}\n</body></html>\n'


def _listed(lines: Sequence[str], tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag}>"


_ROOM: Final = 2250
_MOST: Final = 3300
"""Letters of a brief, those of its notes counted half, that fit on its page; longer ones are set smaller (measured on A4: 2277 spill over), and again above 3300."""


def _brief(exercise: Exercise, brief: Brief) -> str:
    notes = list(dict.fromkeys(n.note for n in brief.numbers))
    parts = []
    for part in brief.parts:
        lines = []
        for line in part.lines:
            marks = dict.fromkeys(notes.index(n.note) + 1 for n in line.numbers)
            lines.append(escape(line.words) + (f"<sup>{' '.join(map(str, marks))}</sup>" if marks else ""))
        parts.append(f"<h2>{escape(part.title)}</h2>{_listed(lines)}")
    name = country(brief.seat, exercise.case.as_of.year)
    noted = f'<h2>Where the numbers are from</h2><div class="notes">{_listed([escape(n) for n in notes], "ol")}</div>'
    chair = " · in the chair of the table" if exercise.form.table.chair == brief.seat else ""
    kicker = f'<p class="kicker">{escape(exercise.said("title"))} · for this seat alone{chair}</p>'
    words = glossed(*(x.words for p in brief.parts for x in p.lines))
    if words:
        parts.append(f"<p>{' '.join(f'<dfn>{escape(raised(w))}</dfn>: {escape(said)}.' for w, said in words)}</p>")
    letters = sum(len(x.words) for p in brief.parts for x in p.lines) + sum(map(len, notes)) / 2
    letters += sum(len(w) + len(said) for w, said in words)
    long = " long longest" if letters > _MOST else " long" if letters > _ROOM else ""
    return f'<section class="page brief{long}">{kicker}<h1>{escape(name)}</h1>{"".join(parts)}{noted if notes else ""}</section>\n'


def _sheet(exercise: Exercise) -> str:
    form, year = exercise.form, exercise.case.as_of.year
    seats = raised(listing(the(country(s, year)) for s in form.seats))
    told = [(i.phase, exercise.event(i.event).text if i.event else exercise.said(str(i.words))) for i in form.injects]
    record = [f"{day(exercise.event(e).date)}: {exercise.event(e).text}" for e in form.record]
    parts = [
        f'<p class="kicker">Sheet for who leads</p><h1>{escape(exercise.said("title"))}</h1><p>{escape(exercise.said("about"))}</p>',
        f"<h2>Seats</h2><p>{escape(seats)}. The model plays every seat that nobody takes.</p>",
        f"<h2>Plan</h2>{_plans(exercise)}<p>{escape(_silence(exercise))}</p>",
    ]
    for title, keys in (("What is learnt", form.learns), ("What usually goes wrong", form.wrong)):
        parts.append(f"<h2>{title}</h2>{_listed([escape(exercise.said(k)) for k in keys])}")
    if told:
        lines = [escape(f"{raised(phase)}: {words}") for phase, words in told]
        parts.append(f"<h2>Injects, ready on the console</h2>{_listed(lines)}")
    parts.append(
        f"<h2>Questions for the debrief, in the order of its page</h2>{_listed([*map(escape, questions_of(exercise))], 'ol')}"
    )
    parts.append(f"<p>{escape(WHICH_NUMBER)}</p>")
    parts.append(f"<h2>What happened</h2>{_listed([escape(x) for x in record])}")
    return f'<section class="page sheet">{"".join(parts)}</section>\n'


def _silence(exercise: Exercise) -> str:
    """Return how silence is placed and how long it takes, and when to go on behind it."""
    rules = exercise.room.rules
    object_to, lasts = long_said(rules.proposed_seconds), long_said(rules.silence_seconds)
    twice = 2 * (rules.proposed_seconds + rules.silence_seconds)  # time for a second one where the first is broken
    return (
        f"Say “Silence now” {long_said(twice)} before the table ends: a member, the chair best, presses “{LABELS['silence.propose']}”; "
        f"{object_to} to object, then {lasts} of silence adopt the text. Close the table once Next step says “Adopted”, the orders "
        "once it names nobody any more."
    )


def _plans(exercise: Exercise) -> str:
    """Return the plans of all lengths side by side, each phase with what is said as it begins."""
    form = exercise.form
    plans = sorted(form.plans.items(), key=lambda p: float(p[0]))
    phases = [p for p in SAY if p != "spare" and any(p in minutes for _, minutes in plans)]
    head = "".join(f'<th class="n">{length} min</th>' for length, _ in plans)
    rows = [f"<tr><td>Before</td>{'<td></td>' * len(plans)}<td><b>{NEXT['open'][0]}.</b> Hand the cards out.</td></tr>"]
    for p in phases:
        cells = "".join(f'<td class="n">{f"{m[p]:g}" if p in m else "–"}</td>' for _, m in plans)
        press = f"<b>{escape(PRESS[p])}.</b> " if p in PRESS else ""
        rows.append(f"<tr><td>{raised(p)}</td>{cells}<td>{press}{escape(SAY[p])}</td></tr>")
    spare = "".join(f'<td class="n">{float(n) - minutes_of(form, n):g}</td>' for n, _ in plans)
    rows.append(f"<tr><td>Spare</td>{spare}<td>{escape(SAY['spare'])}</td></tr>")
    played = [years_of(form, n) for n, _ in plans]
    if max(played) > 1:
        cells = "".join(f'<td class="n">{n}</td>' for n in played)
        held = held_since(form.case, form.first + max(played) - 1)
        data = "" if held is None else f" The case has no data after {held}: its facts hold, and pages say so."
        rows.append(
            f"<tr><td>Years</td>{cells}<td>Each year has its own phases; the debrief comes once.{data}</td></tr>"
        )
    return f"<table><thead><tr><th></th>{head}<th><b>Press</b>, and say as it begins</th></tr></thead><tbody>{''.join(rows)}</tbody></table>"
