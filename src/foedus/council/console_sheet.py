"""The console: one next step, the plan, who sits where, injects, branches, the log; and what only the facilitator does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from foedus.council import room_sheet
from foedus.council.act_forms import ActForm, act_form
from foedus.council.acts import FACILITATOR, KEPT, Act, Viewer
from foedus.council.bare_table import late
from foedus.council.console_waits import adopted_already, asked_now, waits
from foedus.council.fold import Item
from foedus.council.gates import Shut
from foedus.council.hall import PATIENCE, Hall
from foedus.council.inject_effects import Effect, effect_said
from foedus.council.lesson_words import BINDS_NOBODY, SAY
from foedus.council.links import Session
from foedus.council.next_step import STEPS, next_said
from foedus.council.printed import OPENS
from foedus.council.procedures.inject import in_turn
from foedus.council.procedures.machine import PLAYED
from foedus.council.procedures.phases import called, minutes
from foedus.council.qr import qr_svg
from foedus.council.quiet_hours import hour_said
from foedus.council.running import running
from foedus.council.sheets import filled, part
from foedus.council.store.keeping import Link
from foedus.council.tableside import Reader
from foedus.council.telling import named, told_with_reason
from foedus.vocabulary.errors import fail
from foedus.vocabulary.prose import country

TAIL: Final = 14
"""Lines of the log that the console shows."""
_WORKING: Final = ("The model works out the year", "It takes some seconds; then everybody reads it.")
_TEMPLATE: Final = "_console.html"


def _forms(r: Reader) -> dict[str, ActForm]:
    return {o.kind: act_form(o, r.room) for o in r.offers if o.kind.startswith("room.") or o.kind == "year.tell"}


def _next(r: Reader, trouble: str) -> dict[str, Any]:
    """Return the next step with its button, and what may be done beside it; no debrief before a year is worked out."""
    forms = _forms(r)
    over = {k for k, y in r.room.years.items() if y.state in ("worked out", "told")}
    done = trouble or str(r.room.year) in over or (over and r.room.phase != "year")
    if not done:
        forms.pop("room.debrief", None)
    verb = next((v for v in STEPS if f"room.{v}" in forms), "")
    ends = _WORKING if r.room.phase == "year" else ("Nothing is left to do", "The room can be read and exported.")
    title, says = next_said(r, verb, ends)
    if verb == "next" and (rest := minutes(r.room, "pause")):
        says = f"{says} A pause of {rest:g} minutes is planned before it."
    also = ("room.extend", "room.pause", "room.debrief", "room.veil", "room.unveil", "year.tell")
    if r.room.itself.until is None:
        forms.pop("room.extend", None)  # no clock runs that could be made longer
    beside = [f for k, f in forms.items() if k in also and k != f"room.{verb}"]
    decided = r.room.phase == "table" and adopted_already(r)
    now = BINDS_NOBODY if decided else asked_now(r) or SAY.get(r.room.phase, "")
    return {
        "now": now,
        "title": title,
        "says": says,
        "form": forms.get(f"room.{verb}"),
        "waits": waits(r),
        "clocks": running(r) if r.room.phase == "table" else [],
        "late": late(r),
        "beside": beside,
    }


def _plan(r: Reader, now: float) -> list[dict[str, Any]]:
    """Return the phases of the year with the minutes that are planned and those that were used."""
    used: dict[str, float] = {}
    at, before = "", 0.0
    for one in r.sight.events[: r.sight.count]:
        if one.event.kind.startswith("room.") and "entered" in one.event.body.get("set", {}):
            entered = float(one.event.body["set"]["entered"])
            used[at] = used.get(at, 0.0) + entered - before
            at, before = str(one.event.body.get("to", "")), entered
            used = {} if at == "opening" else used  # the minutes of a plan are those of one year
        elif one.event.kind == "room.resumed":
            rest = float(one.event.body.get("moved", 0.0))
            used["pause"], before = used.get("pause", 0.0) + rest, before + rest
    runs = (
        None if r.room.paused else before - used.get(at, 0.0)
    )  # as if the minutes of the phase had begun then, all in one
    if not r.room.paused:
        used[at] = used.get(at, 0.0) + now - before
    found = []
    form = r.room.form
    for phase in form.plan:
        most = minutes(r.room, phase)
        if most is None or (phase == "pause" and r.room.year == form.last):
            continue
        spent = used.get(phase, 0.0) / 60.0
        words = f"{spent:.0f} of {most:g}" if spent else f"{most:g}"
        over = spent > float(most)
        found.append(
            {
                "name": called(r.room, phase),
                "most": float(most),
                "used": min(spent, float(most)),
                "words": words,
                "over": over,
                "now": phase == r.room.phase,
                "runs": runs if phase == at else None,
            }
        )
    return found


def seats_of(hall: Hall, r: Reader) -> list[dict[str, Any]]:
    """Return a line for every seat: who sits there, when they were heard, what they did, their links."""
    counts: dict[str, int] = {}
    for one in r.sight.events[: r.sight.count]:
        counts[one.event.actor] = counts.get(one.event.actor, 0) + 1
    found = []
    for seat, item in r.room.seats.items():
        links = [x for x in hall.links.all() if x.seat == seat and not x.revoked]
        ago = [a for x in links if (a := hall.people.ago(x.id, r.now)) is not None]
        kind = {"away": "away", "played": "model", "empty": "model"}.get(item.state, "")
        found.append(
            {
                "code": seat,
                "name": r.called(seat),
                "kind": "adv" if seat in r.room.form.adversaries and not kind else kind,
                "people": ("somebody" if ago else "nobody yet")
                if [x.label for x in links] == [""]
                else ", ".join(person_called(x, links, r) for x in links) or "nobody",
                "heard": _ago(min(ago)) if ago else "–",
                "state": "you, standing in"
                if item.get("stood")
                else {"taken": "people", "away": "away"}.get(item.state, "the model plays"),
                "stood": bool(item.get("stood")),
                "stand": item.state in ("away", "played", "empty") and r.room.phase in PLAYED,
                "acts": counts.get(f"seat:{seat}", 0),
                "links": [_link(x, links, r) for x in links],
            }
        )
    return found


def _ago(seconds: float) -> str:
    if seconds < 10:
        return "now"
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _link(one: Link, among: Iterable[Link], r: Reader) -> dict[str, Any]:
    return {"id": one.id, "label": person_called(one, among, r)}


def person_called(one: Link, among: Iterable[Link], r: Reader) -> str:
    """Return what somebody is called: the name they gave, or whose they are, counted where several gave none.

    Parameters
    ----------
    one : Link
    among : iterable of Link
        All links, or those of the seat.
    r : Reader
    """
    if one.label:
        return one.label
    alike = [x.id for x in among if (x.role, x.seat, x.label) == (one.role, one.seat, "")]
    whose = f"somebody of {r.said(one.seat)}" if one.seat else {"observer": "an observer"}.get(one.role, "who leads")
    return f"{whose} ({alike.index(one.id) + 1})" if len(alike) > 1 else whose


def _branches(hall: Hall) -> list[dict[str, Any]]:
    return [
        {
            "id": b.id,
            "words": b.why or ("from the start" if b.parent is None else f"left branch {b.parent}"),
            "left": "" if b.parent is None else f"left branch {b.parent} after event {b.fork_seq}",
            "now": b.id == hall.actor.branch,
        }
        for b in hall.store.branches()
    ]


def _tail(r: Reader) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for number in range(r.sight.count, 0, -1):
        one = r.sight.events[number - 1]
        if len(found) == TAIL:
            break
        if one.event.kind not in KEPT:
            who = named(one.event.actor, r.room)
            found.append({"n": one.seq, "at": one.at, "who": who, "words": told_with_reason(one, r.room)})
    return found


def _clauses_called(r: Reader) -> dict[str, str]:
    """Return what each clause that lies on a table is called: its text, and which article where there are more."""
    found: dict[str, str] = {}
    for text in r.room.texts.values():
        clauses = [str(a.get("clause") or "") for a in text.get("articles", ())]
        for number, clause in enumerate(clauses, 1):
            which = f", article {number}" if sum(map(bool, clauses)) > 1 else ""
            found.setdefault(clause, f"“{text.words.get('title') or '(erased)'}”{which}")
    return found


def _effect(item: Item, effects: Mapping[str, Effect], r: Reader) -> dict[str, Any]:
    """Return what an inject would do to each seat, with the names of the seats."""
    said = effect_said(item, effects.get(item.id), r.room, _clauses_called(r))
    return said | {"rows": [(r.called(s), values) for s, values in said["rows"]]}


def _injects(r: Reader, effects: Mapping[str, Effect]) -> list[dict[str, Any]]:
    found = []
    open_ = {o.item for o in r.offers if o.kind == "inject.fire"}
    for item in in_turn(r.room):
        if item.id in open_:
            about = item.get("address") or " ".join(item.get("states", ()))
            value = item.get("value") if item.get("what") != "deadline" else f"{item.get('value'):g} minutes"
            hands = {"model": "to the model", "people": "back to its people"}.get(str(item.get("hands")), "")
            says = " · ".join(
                str(x)
                for x in (item.get("what"), about, value, hands, item.get("when"), _upon(item, r), _at(item, r))
                if x not in (None, "")
            )
            words = item.words.get("words") or str(item.get("what")).capitalize()
            found.append(
                {
                    "words": words,
                    "says": says,
                    "at": item.get("at"),
                    "would": _effect(item, effects, r),
                    "forms": [
                        act_form(o, r.room) for o in r.offers if o.item == item.id and o.kind.startswith("inject.")
                    ],
                }
            )
    return found


def _notes(r: Reader) -> list[dict[str, str]]:
    """Return the notebook, newest first: nobody but facilitators has it, on pages and in exports."""
    found = []
    for one in r.sight.events[: r.sight.count]:
        if one.event.kind == "seat.noted":
            on = r.called(str(one.event.body["id"]))
            found.append(
                {"on": on, "at": f"{one.event.year}, {one.event.phase}", "words": one.event.words or "(erased)"}
            )
    return found[::-1]


def _at(item: Item, r: Reader) -> str:
    """Return at which hour an inject comes by itself."""
    at = item.get("at")
    return f"comes by itself at {hour_said(float(at), r.room.form.rules.zone, day=True)}" if at is not None else ""


def _upon(item: Item, r: Reader) -> str:
    """Return what an inject waits for, as its line says it."""
    by = f" (by {r.said(str(item.get('by')))})" if item.get("by") else ""
    return f"comes by itself when {item.get('upon')}{by}" if item.get("upon") else ""


def context(hall: Hall, viewer: Viewer, base: str) -> dict[str, Any]:
    """Return everything that the console shows."""
    r = room_sheet.reader(hall, viewer)
    prepare = [act_form(o, r.room) for o in r.offers if o.kind == "inject.prepare"]
    links = [x for x in hall.links.all() if not x.revoked]
    return {
        "base": base,
        **room_sheet.strip(r),
        "next": _next(r, hall.trouble),
        "plan": _plan(r, r.now),
        "dates": room_sheet.dates_said(r),
        "seats": seats_of(hall, r),
        "injects": _injects(r, hall.effects),
        "prepare": prepare,
        "more": [form for _, forms in [*_tables(r)] for form in forms],
        "branches": _branches(hall),
        "notes": _notes(r),
        "count": r.sight.count,
        "tail": _tail(r),
        "head": hall.actor.head.hex(),
        "trouble": hall.trouble,
        "several": len(hall.beside),
        "others": [_link(x, links, r) | {"role": x.role} for x in links if x.role != "seat"],
        "wrote": _writers(hall, r),
        "seated": [_link(x, links, r) for x in links if x.seat],
        "token": "",
        "drafts": {},
        "asks": {**room_sheet.ASKS, "inject.prepare": "What everybody reads"},
        "article_choices": [],
    }


def _writers(hall: Hall, r: Reader) -> list[dict[str, Any]]:
    """Return who may have written something, those whose links were taken back too."""
    everybody = hall.links.all()
    of = {x.id: r.called(x.seat) if x.seat else x.role for x in everybody}
    return [_link(x, everybody, r) | {"role": of[x.id]} for x in everybody if x.role != "observer"]


def _tables(r: Reader) -> list[tuple[str, list[ActForm]]]:
    found = [act_form(o, r.room) for o in r.offers if o.kind in ("table.convene", "channel.open")]
    return [("", found)]


def parts(hall: Hall, viewer: Viewer, base: str) -> dict[str, str]:
    """Return the parts of the console that change."""
    c = context(hall, viewer, base)
    names = ("strip", "next", "plan", "seats", "injects", "tables", "branches", "notes", "tail")
    # what may be done beside the next step is a part of its own: a form that is open there keeps no step waiting
    return {n: part(_TEMPLATE, n, c) for n in names} | {"acts-beside": part(_TEMPLATE, "beside", c)}


def console(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return the page of the console."""
    c = context(hall, session.viewer, words["base"]) | {"token": session.token}
    c["drafts"] = {d.place: d.text for d in hall.store.drafts(session.link.id)}
    return filled("console.html", title="Console", c=c, **words)


# -- what only the facilitator does -------------------------------------------------------------------------------


def desk(hall: Hall, asked: Any, session: Session) -> Response:
    """Give or take back links, rewind, fork, erase what somebody wrote.

    Raises
    ------
    Shut
        Somebody else than the facilitator asks.
    """
    if session.link.role != FACILITATOR:
        raise Shut(403, "only the facilitator does that", "Ask them")
    sent, base = asked.sent, f"/r/{hall.name}/{session.place}"
    what = sent.get("what")
    if what == "link":
        return _given(hall, asked, session)
    if what == "revoke":
        hall.take_back(_number(sent.get("person")))
    elif what in ("rewind", "fork"):
        why = sent.get("why").strip()[:200]
        (hall.rewind if what == "rewind" else hall.actor.fork)(_number(sent.get("at")), why)
    elif what == "longer":
        _lengthened(hall, sent)
    elif what == "erase":
        hall.erase(_number(sent.get("person")))
    else:
        raise Shut(400, "there is nothing of that name to do", "Go back to the console")
    return RedirectResponse(f"{base}/console", 303)


def _lengthened(hall: Hall, sent: Any) -> None:
    """Give one person longer, of which only they are told; errors where there is no such person, or no such time."""
    one, times = hall.links.get(_number(sent.get("person"))), sent.get("times").strip()
    if one is None or one.seat is None or not times.replace(".", "", 1).isdigit():
        raise Shut(400, "somebody of a seat has so many times as long", "Choose who, and a number from 1 to 10")
    body = {"id": one.seat, "person": one.id, "times": float(times)}
    answer = hall.actor.submit(Act("seat.ease", FACILITATOR, body)).result(timeout=PATIENCE)
    if answer.refusal is not None:
        raise Shut(400, answer.refusal.sentence.rstrip("."), "Choose a number from 1 to 10")


def _number(said: str) -> int:
    if not said.isdigit() or len(said) > 9:
        raise fail(f"'{said[:20]}'", "this is no number", "Give the number that the console shows")
    return int(said)


def _given(hall: Hall, asked: Any, session: Session) -> Response:
    """Give a new link, and show it this once."""
    who, label = asked.sent.get("who"), asked.sent.get("label").strip()[:60]
    if who not in (*hall.form.seats, "observer", "facilitator"):
        raise Shut(400, f"there is no seat '{who[:20]}'", "Choose one of the list")
    role, seat = ("seat", who) if who in hall.form.seats else (who, None)
    _, secret = hall.links.give(role, seat, label)
    url = asked.request.url
    address = f"{url.scheme}://{url.netloc}/r/{hall.name}/enter#{secret}"
    base = f"/r/{hall.name}/{session.place}"
    title = country(seat, hall.room.year) if seat else role.capitalize()
    cards = [
        {
            "title": title,
            "label": label,
            "link": address,
            "qr": Markup(qr_svg(address)),
            "opens": OPENS.get(title, OPENS[""]),
            "here": "Open it here, in a window for the wall" if role == "observer" else "",
        }
    ]
    what = hall.form.title or hall.form.case
    text = filled("cards.html", title="A link", what=what, page="cards", cards=cards, back=f"{base}/console")
    return Response(text, 200, {"cache-control": "no-store"}, "text/html")
