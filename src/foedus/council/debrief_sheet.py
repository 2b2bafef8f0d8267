"""The debrief as a page: what the model cannot judge, three lanes on one axis, departures, turning points, goals, questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from foedus.council import room_sheet
from foedus.council.acts import FACILITATOR
from foedus.council.briefs import day
from foedus.council.clauses import members_of
from foedus.council.debrief import Departure, all_moves, departed_said, departures, luck_said
from foedus.council.exercises import Exercise, read_exercise
from foedus.council.glosses import glossed
from foedus.council.goals import goals_of
from foedus.council.hall import Hall
from foedus.council.lanes import SLIM, Mark, ModelLane, drawn_lanes, model_lane
from foedus.council.lead_sheet import questions_of
from foedus.council.links import Session
from foedus.council.plain_words import called_in, happened_said, in_short, institution, number, raised
from foedus.council.pressing_jointly import pressed_jointly
from foedus.council.sheets import filled
from foedus.council.tableside import Reader
from foedus.council.told_of_rooms import lines_of
from foedus.council.turning_points import Turning, gathered, turned_said, turnings
from foedus.council.voices import Silences, silences, voices
from foedus.council.weighing import Weighed, weighed
from foedus.council.why_seldom import drafted, of_whom, seldom_said
from foedus.council.worth import likely, paid, signed
from foedus.council.year_read import year_read
from foedus.mechanisms import MECHANISMS
from foedus.simulation.trace import Happening
from foedus.vocabulary.prose import listing

RUNS: Final = 100
"""Runs of the model's lane (judged: shares are then within 10 points, two standard errors)."""
_BARS: Final = 4
_NAMED: Final = 4
"""Members that a bar names."""
_SHOWN: Final = 8
"""Rows of a list at the most."""
_UNSEEN: Final = (
    Happening.LEADER.value,
    Happening.PRESSED.value,
    Happening.PROPOSED.value,
    Happening.LIGHT_REFUSED.value,
)
"""Kinds of happening that are no moment of the room's lane."""
CANNOT: Final = (
    "Levels are uncertain: read directions, and who blocks.",
    "Words move no number: a good argument, an insult and a promise weigh nothing here.",
    "A chance of the law is not a mark: to depart from it is a question, not a fault.",
)
"""What the model cannot judge, said first."""


def debrief(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return the debrief of a room as its reader may read it; what decisions turned is the facilitator's, to be shown to all."""
    r = room_sheet.reader(hall, session.viewer)
    over = [y for y, item in r.room.years.items() if item.state != "opened"]
    exercise = read_exercise(hall.form.exercise) if hall.form.exercise else None
    c: dict[str, Any] = {
        **room_sheet.strip(r),
        "base": words["base"],
        "ready": bool(over),
        "cannot": (*CANNOT, *filter(None, (luck_said(hall.form),))),
    }
    if over:
        c |= _told(hall, r, exercise, over)
    return filled("debrief.html", title="Debrief", c=c, **words)


def rows_of_debrief(hall: Hall, r: Reader) -> list[dict[str, str]]:
    """Return the debrief as rows of part and words, as far as it is worked out; what a reader may not read is not in it."""
    over = [y for y, item in r.room.years.items() if item.state != "opened"]
    exercise = read_exercise(hall.form.exercise) if hall.form.exercise else None
    c = _told(hall, r, exercise, over) if over else {}
    said = [("headline", c.get("headline")), ("silence", c.get("silences")), ("price", c.get("price"))]
    said += [("jointly", words) for words in c.get("jointly", ())]
    said += [("departed", " · ".join(map(str, row.values()))) for row in c.get("departed", ())]
    said += [("turned", f"{t['words']}: {t['says']}") for t in c.get("turned", ())]
    said += [("goal", f"{g['seat']}: {g['words']} ({g['met']})") for g in c.get("goals", ())]
    said += [("question", words) for words in c.get("sheet", ())]
    said += [("question", str(q.get("words") or q.get("asks") or "")) for q in c.get("questions", ())]
    cannot = [("cannot", w) for w in (*CANNOT, luck_said(hall.form))]
    return [{"part": part, "words": str(words)} for part, words in (*cannot, *said) if words]


def _told(hall: Hall, r: Reader, exercise: Exercise | None, over: Sequence[str]) -> dict[str, Any]:
    form, years = hall.form, [int(y) for y in over]
    read = year_read(r.room, over[-1], r.seat)
    lane: ModelLane | None = hall.later(("model", len(years)), lambda: model_lane(form, len(years), RUNS))
    leads = r.viewer.role == FACILITATOR or (r.seat is not None and form.rules.clock == "seat")
    moves = all_moves(hall.room) if leads else ()
    turned = hall.later(("turned", hall.actor.branch, over[-1]), lambda: turnings(form, moves)) if leads else ()
    terms = hall.later(("weighed", hall.actor.branch, over[-1]), lambda: weighed(form, moves)) if leads else None
    found = [d for d in departures(r.room) if d.likely < 0.5]
    events = [one.event for one in r.sight.events[: r.sight.count]]
    room, record = _room_marks(r, years), _record_marks(exercise)
    stood = stood_in(r)
    bars = _bars(r, lane, stood) if lane is not None else {}
    seldom = _seldom(hall, r, lane, stood, leads=leads)
    seats = form.seats if r.viewer.role == FACILITATOR else ([r.seat] if r.seat else [])
    asked = questions_of(exercise)
    goals = goals_of(exercise, r.room, seats) if exercise is not None else ()
    return {
        "headline": read.headline if read is not None else "",
        "lanes": drawn_lanes(years, room, bars, record),
        "slim": drawn_lanes(years, room, bars, record, SLIM),
        "room": room,
        "record": record,
        "bars": bars,
        "runs": lane.runs if lane is not None else 0,
        "waits": lane is None or turned is None or seldom is None or (leads and terms is None),
        "leads": leads,
        "departed": [_row(d, terms) for d in found[:_SHOWN]],
        "voices": [v for v in voices(r.room, events) if not v.silent],
        "unheard": listing([r.said(v.seat) for v in voices(r.room, events) if v.silent]),
        "names": {s: r.called(s) for s in form.seats},
        "jointly": pressed_jointly(r.room),
        "silences": silence_said(
            silences(events), every=r.viewer.role == FACILITATOR, sits=r.seat is not None, public=kept_by_silence(r)
        ),
        "watches": r.seat is None and not leads,
        "price": price_said(terms, r) if terms is not None else "",
        "seldom": seldom,
        "turned": [{"words": w, "says": says} for _, w, says in gathered(turned or ())[:_SHOWN]],
        "goals": [{"seat": r.called(g.seat), "words": g.words, "met": _MET[g.met]} for g in goals],
        "glosses": glossed("the law", "the draw", *(w for of in bars.values() for w, _ in of), *asked),
        "questions": [*_asked(r, found, turned or (), bars, stood)],
        "sheet": asked,
    }


_MET: Final = {True: "met", False: "not met", None: "the room can say"}


def kept_by_silence(r: Reader) -> list[str]:
    """Return the titles of texts that silence adopted: that is public."""
    texts = [t for t in r.room.texts.values() if t.state == "adopted" and t.get("adopted_by") == "silence"]
    return [f"“{t.words.get('title', '(erased)')}”" for t in texts]


def silence_said(s: Silences, *, every: bool = True, sits: bool = True, public: Sequence[str] = ()) -> str:
    """Return what became of silence, as a sentence; a seat knows of what it may read, who watches of what it adopted alone."""
    if not s.placed and every:
        return "Nothing was placed under silence."
    if not s.placed:
        adopted, more = (f"Silence adopted {listing(public)}. ", " else") if public else ("", "")
        if sits:
            return f"{adopted}Nothing{more} that you may read was placed under silence."
        return f"{adopted}What{more} was placed under silence at a table is its members’ own; the facilitator’s page has it."
    if s.placed == 1:
        ended = "kept" if s.kept else "broken" if s.broken else "had not run out"
        return f"Silence was placed once, and {ended}."
    return f"Silence was placed {_times(s.placed)}: kept {_times(s.kept)}, broken {_times(s.broken)}."


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{number(count)} times")


def price_said(w: Weighed, r: Reader) -> str:
    """Return what pressure cost, and what a refusal of a pressed state came to, as sentences."""
    felt = {(p.adversary, p.target) for p in w.pressed}
    vain = [p for p in r.room.pressures.values() if p.state in ("laid on", "over")]
    vain = [p for p in vain if (p.get("author"), p.get("target")) not in felt]
    if not w.pressed and not vain:
        return "Nobody was pressed."
    if not w.pressed:
        cost = paid(sum(float(p.get("cost")) for p in vain))
        who = listing(dict.fromkeys(r.said(str(p.get("target"))) for p in vain))
        return f"{cost} bn was planned on {who}, and met nothing: the page of the year says why, plan by plan."
    who = listing(dict.fromkeys(r.said(p.target) for p in w.pressed))
    spent = f"{paid(w.cost)} bn was laid on {who}."
    if not w.refusals:
        return f"{spent} {'It did not refuse' if len({p.target for p in w.pressed}) == 1 else 'None of them refused'}: no yes was broken."
    return f"{spent} Refusals by a state that was pressed: {w.refusals}, at {paid(w.cost / w.refusals)} bn each. Not every one of them would have been a yes without it."


def _weighs(d: Departure, terms: Weighed | None) -> str:
    """Return which terms spoke most for and against what a state was asked; nothing where that is not known."""
    known = terms.terms.get((d.year, d.state, d.action, d.key)) if terms is not None else None
    if not known:
        return ""
    up, down = max(known, key=lambda t: known[t]), min(known, key=lambda t: known[t])
    named = [MECHANISMS[t].called(known[t]) for t in (up, down)]
    return f"Most for it: {named[0]} ({signed(known[up])}). Most against it: {named[1]} ({signed(known[down])})."


def _row(d: Departure, terms: Weighed | None) -> dict[str, str]:
    law = (
        "by the draw that fell it would have done the same"
        if d.law_did is d.did
        else "by the draw that fell it would not"
    )
    return {
        "words": f"{d.year}: {departed_said(d)}",
        "chance": likely(d.likely),
        "says": f"{raised(law)}. {_weighs(d, terms)}".strip(),
    }


def _room_marks(r: Reader, years: Sequence[int]) -> list[Mark]:
    called = called_in(r.room)
    found: list[Mark] = []
    for year in years:
        lines = [h for h in lines_of(r.room.years[str(year)]) if h["what"] not in _UNSEEN]
        signed = [h for h in lines if h["what"] == Happening.SIGNED.value and h["by"] != "people"]
        many = len(signed) > 2
        kept = [h for h in lines if not (many and h in signed[1:])]
        for k, h in enumerate(kept):
            words = happened_said(h, called)
            if many and h is signed[0]:
                words = f"{raised(number(len(signed)))} treaties are signed"
            found.append(Mark(year + (k + 0.5) / len(kept), len(found) + 1, words, h["by"] == "people"))
    return found


def _record_marks(exercise: Exercise | None) -> list[Mark]:
    found = []
    for k, name in enumerate(exercise.form.record if exercise is not None else (), 1):
        event = exercise.event(name) if exercise is not None else None
        if event is None:
            continue
        given = event.date.split("-")
        year, month, date = (
            *given,
            *("7", "1")[len(given) - 1 :],
        )  # a year stands for its middle, a month for its first
        at = int(year) + (int(month) - 1) / 12 + (int(date) - 1) / 366
        found.append(Mark(at, k, f"{day(event.date)}: {event.text}"))
    return found


def _seldom(
    hall: Hall, r: Reader, lane: ModelLane | None, stood: Mapping[int, Sequence[str]], *, leads: bool
) -> str | None:
    """Return why the body that stands here seldom stands in the runs of the first year; None while that is worked out."""
    form = hall.form
    keys = of_whom(stood.get(form.first, ()), lane, form.first) if lane is not None else None
    if keys is None or lane is None:
        return ""
    found = hall.later(("drafted", *keys), lambda: drafted(form, keys))
    own, called, of = leads or r.seat == form.hub, called_in(r.room), lane.shares[form.first]
    shares = (of.get(keys[0], 0.0), of[keys[1]])
    return seldom_said(found[0], found[1], shares, form.hub, called, leads=own) if found is not None else None


_ANY_BODY: Final = "Any multilateral body, whoever is in it"


def _bars(r: Reader, lane: ModelLane, stood: Mapping[int, Sequence[str]]) -> dict[int, list[tuple[str, float]]]:
    """Return what the model's lane shows of each year: institutions that stand in the room or often in its runs, and a crisis."""
    found: dict[int, list[tuple[str, float]]] = {}
    for year, shares in lane.shares.items():
        here = stood.get(year, ())
        order = sorted(shares, key=lambda k: (k.startswith("treaty"), k not in here, -shares[k]))
        missing = [k for k in here if k not in shares and not k.startswith("treaty")]
        rows = [(_bar_said(k, r, here), shares.get(k, 0.0)) for k in [*missing, *order][:_BARS]]
        some = [(_ANY_BODY, lane.bodies[year])] if any(k.startswith("body") for k in (*shares, *here)) else []
        found[year] = [*some, *rows, ("A crisis", lane.crises[year])]
    return found


def stood_in(r: Reader) -> dict[int, tuple[str, ...]]:
    """Return what stood at the end of each year, or stands now in one that is not worked out."""
    found: dict[int, tuple[str, ...]] = {}
    for one in r.sight.events[: r.sight.count]:
        if one.event.kind == "room.informed" and "in_force" in one.event.body.get("set", {}):
            found[one.event.year] = tuple(one.event.body["set"]["in_force"])
    return found


def _bar_said(key: str, r: Reader, here: Sequence[str]) -> str:
    """Return an institution as a bar names it; two councils of twelve need not have the same members, so it says which stands here."""
    words = raised(institution(key, called_in(r.room), _NAMED).removeprefix("the "))
    if key in here:
        return f"{words}, as it stands here"
    return f"{words}{_unlike(key, r, here)}"


def _unlike(key: str, r: Reader, here: Sequence[str]) -> str:
    """Return by whom an institution of many differs from the largest that stands here; nothing where its members are named."""
    members = members_of(key)
    known = max((k for k in here if not k.startswith("treaty")), key=lambda k: len(members_of(k)), default="")
    if len(members) <= _NAMED or not known:
        return ""
    both = (
        ("with", [s for s in members if s not in members_of(known)]),
        ("without", [s for s in members_of(known) if s not in members]),
    )
    said = [f"{word} {listing([r.said(s) for s in states])}" for word, states in both if states]
    return f", {' and '.join(said)}" if said and sum(len(s) for _, s in both) <= _NAMED else ""


def _taken_up(r: Reader) -> str:
    """Return how a question after a concern that nobody marked begins: an article may have answered it, which only its reader can judge."""
    changed = any(a.state in ("carried", "adopted") for a in r.room.amendments.values())
    return "Did an article, or anything else, answer" if changed else "Why did nobody take up"


def _asked(
    r: Reader,
    found: Sequence[Departure],
    turned: Sequence[Turning],
    bars: Mapping[int, Sequence[tuple[str, float]]],
    stood: Mapping[int, Sequence[str]],
) -> Iterator[dict[str, str]]:
    """Yield questions made from what happened in this room."""
    if found:
        d = found[0]
        yield {"words": f"{departed_said(d)}. Why?", "says": f"The law would have done so with {likely(d.likely)}."}
    if turned and turned[0].size[0]:
        yield {"words": f"What if it had been otherwise: {turned[0].said}?", "says": turned_said(turned[0])}
    for item in r.room.texts.values():
        broken = item.get("broken")
        if broken is not None:
            who = r.said(broken["seat"]) if broken.get("seat") else "a member"
            title = item.words.get("title", "(erased)")
            yield {
                "words": f"What did {who} buy by breaking silence on “{title}”?",
                "says": f"The text is {item.state} now.",
            }
    heard = [c for c in r.room.concerns.values() if c.state == "noted"]
    for item in heard[:2]:
        said = in_short(item.words.get("concern", "(erased)"), 120)
        yield {
            "words": f"{_taken_up(r)} the concern of {r.said(str(item.get('author')))}?",
            "says": f"“{said}”",
        }
    for year, rows in list(bars.items())[-1:]:
        here = {_bar_said(k, r, stood.get(year, ())): k for k in stood.get(year, ())}
        for words, share in [(w, s) for w, s in rows if s < 0.2 and w in here][:1]:
            often = dict(rows).get(_ANY_BODY, 0.0) if here[words].startswith("body") else 0.0
            asks = (
                "why these members and no others" if often > 0.5 else "what did this room do that governments seldom do"
            )
            rest = f"; some multilateral body, whoever is in it, in {100 * often:.0f} %" if often > share else ""
            says = f"At the end of {year} it stands in {100 * share:.0f} % of the model’s runs{rest}."
            yield {"words": f"{words}: {asks}?", "says": says}
