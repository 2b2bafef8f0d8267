"""Reception: what is asked of a room over HTTP, one function an address; all of them answer in a thread."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from foedus.council import (
    act_forms,
    console_sheet,
    debrief_sheet,
    filled_acts,
    notebook,
    orders_sheet,
    reading_sheet,
    room_sheet,
    stand_in,
    why_sheet,
    year_sheet,
)
from foedus.council.actor import Answer
from foedus.council.acts import FACILITATOR, Act, Refusal
from foedus.council.export import PAGE, export_files, taken
from foedus.council.feeds import PAGES, Feeds
from foedus.council.gates import BROWSER, COOKIE, Sent, Shut, own_origin
from foedus.council.hall import Hall
from foedus.council.links import Session, pasted
from foedus.council.longer import longer_said, phase_mark
from foedus.council.minutes_page import minutes_page
from foedus.council.old_versions import old_version
from foedus.council.page_data import as_table, may_have, page_data
from foedus.council.room_zip import zipped
from foedus.council.sheets import asset, filled, nav
from foedus.council.tableside import Reader
from foedus.council.wall import wall
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.prose import country
from foedus.web.shown import KINDS

_MONTH: Final = 30 * 86_400
_WITH: Final = ("orders.put", "orders.confirm")
"""An act, and the one that the same press may do after it."""

_HANDFUL: Final = 5
"""Acts that a refusal names as open instead, at most (judged: a line of a telephone has two of them; 3 to 7)."""

Pages = Mapping[str, Callable[[Hall, Session, Request, dict[str, Any]], str]]


class Asked:
    """A request with what it carries, read already.

    Parameters
    ----------
    request : Request
    sent : Sent
        Empty for what carries nothing.
    """

    def __init__(self, request: Request, sent: Sent) -> None:
        self.request, self.sent = request, sent

    @property
    def wants_json(self) -> bool:
        """Whether a program asks."""
        return "application/json" in self.request.headers.get("accept", "")

    @property
    def token(self) -> str:
        """What the page was given, from its header or its form."""
        return self.request.headers.get("x-foedus-token", "") or self.sent.get("token")


def static(hall: Hall, asked: Asked) -> Response:
    """Return a file that pages bring along."""
    name = str(asked.request.path_params["name"])
    try:
        content = asset(name)
    except KeyError:
        raise Shut(404, "there is no such file") from None
    for_ever = "public, max-age=31536000, immutable" if asked.request.query_params.get("h") else "public, max-age=86400"
    return Response(content, headers={"cache-control": for_ever}, media_type=KINDS[name.rpartition(".")[2]])


def start(hall: Hall, asked: Asked) -> Response:
    """Send somebody who asks for nothing to the lobby."""
    return RedirectResponse(f"/r/{hall.name}", 303)


def lobby(hall: Hall, asked: Asked, wrong: str = "", status: int = 200) -> Response:
    """Return the page at which people come in; nothing that happens in the room is on it."""
    form = hall.form
    years = f"{form.first}" + (f"–{form.last}" if form.last > form.first else "")
    seats = [{"code": s, "name": country(s, form.first)} for s in form.seats]
    title = form.title or form.case
    words = {
        "seats": seats,
        "about": f"{form.case} · {years}",
        "wrong": wrong,
        "name": hall.name,
        "days": hall.upkeep.keep_days,
    }
    return page_of(filled("lobby.html", title=title, what=title, page="lobby", **words), status)


def enter(hall: Hall, asked: Asked) -> Response:
    """Let somebody in by their link, with a cookie for the pages of their seat alone."""
    if not own_origin(asked.request):
        raise Shut(403, "this was not sent from a page of this room", "Open your link once more")
    secret = pasted(asked.sent.get("secret"))
    address = asked.request.client.host if asked.request.client else ""
    try:
        session = hall.gates.enter(secret, address)
    except Shut as shut:
        return lobby(hall, asked, str(shut), shut.status)
    if called := asked.sent.get("name").strip()[:60]:
        hall.links.name(session.link.id, called)
    hall.came(session)
    base = base_of(hall, session)
    found = RedirectResponse(base + ("/console" if session.link.role == "facilitator" else ""), 303)
    secure = asked.request.url.scheme == "https"
    for cookie, value in ((COOKIE, secret), (BROWSER, secrets.token_urlsafe(9))):
        found.set_cookie(cookie, value, max_age=_MONTH, path=base, httponly=True, samesite="lax", secure=secure)
    return found


def base_of(hall: Hall, session: Session) -> str:
    """Return the address below which somebody's pages are."""
    return f"/r/{hall.name}/{session.place}"


def page_of(text: str, status: int = 200) -> Response:
    """Return a page that nobody between keeps."""
    return Response(text, status, {"cache-control": "no-store"}, "text/html")


def frame(hall: Hall, session: Session, page: str) -> dict[str, Any]:
    """Return what every page of somebody in the room has."""
    base = base_of(hall, session)
    return {
        "what": hall.form.title or hall.form.case,
        "base": base,
        "token": session.token,
        "now": f"{hall.now():.3f}",
        "person": session.link.id,
        "longer": longer_said(hall, session),
        "phase": phase_mark(hall),
        "nav": nav(base, session, page),
        "page": page or "room",
        "bases": {d.place: d.base for d in hall.store.drafts(session.link.id)},
        "key": secrets.token_urlsafe(9),
    }


def room(hall: Hall, feeds: Feeds, asked: Asked, session: Session) -> Response:
    """Return the page of the room, as its reader knows it, with what they typed and did not send."""
    query = asked.request.query_params
    hall.came(session)
    mark = feeds.state(session.viewer, "room").mark
    words = frame(hall, session, "")
    r = room_sheet.reader(hall, session.viewer)
    c = room_sheet.context(r, words["base"], query.get("text", ""), query.get("channel", ""))
    if "version" in query:
        c |= _old_version(r, query.get("text", ""), query["version"])
    drafts = {d.place: d.text for d in hall.store.drafts(session.link.id)}
    c |= {"drafts": drafts, "token": session.token}
    return page_of(filled("room.html", title=c["title"], mark=mark, c=c, **words))


def _old_version(r: Reader, text: str, number: str) -> dict[str, Any]:
    """Return what stands on the page of a text as it was: the paper, nothing that is open on it, nothing that moves."""
    known = number.isascii() and number.isdigit() and len(number) < 9
    paper = old_version(r, text, int(number)) if known else None
    if paper is None:
        raise Shut(404, "there is no such version of a text that you may read", "Go back to the room")
    return {"paper": paper, "paper_part": f"paper-{text}-{number}", "forms": [], "elsewhere": (), "worth": []}


def act(hall: Hall, asked: Asked, session: Session) -> Response:
    """Do an act; a refused one says why, what would be allowed, and keeps what was typed."""
    sent = asked.sent
    if sent.data:
        given, text = sent.data.get("body"), sent.data.get("words")
        if not isinstance(given, dict | None) or not isinstance(text, str | None):
            raise Shut(
                400, "that is no act: its body is no object, or its words are no text", "Send both as they should be"
            )
        body: dict[str, Any] = dict(given or {})
        words = sent.get("words") or None
    else:
        body, words = filled_acts.meant(sent.get("kind"), sent)
    try:
        hall.gates.count_act(session, waits=not asked.wants_json)
    except Shut as late:
        if asked.wants_json:
            raise
        return said_no(hall, asked, session, Refusal("pace", str(late)), words, late.status)
    saw = str(sent.data.get("saw", "")) if sent.data else sent.get("saw")
    version = int(saw) if saw.isascii() and saw.isdigit() and len(saw) < 9 else None
    wanted = Act(sent.get("kind"), session.actor, body, words, version, sent.get("key")[:80], session.link.id)
    if session.link.role not in ("seat", "facilitator"):
        return said_no(hall, asked, session, Refusal("who", "Observers read; they do not act."), words)
    found = hall.act(session, wanted, sent.get("place")[:120])
    if found.refusal is None and (wanted.kind, sent.get("then")) == _WITH:
        # in one press, so that what is confirmed is what stands on the page
        name = str(found.events[0].event.body["id"])
        place = {"for": body["for"]} if "for" in body else {}
        key = wanted.key and f"{wanted.key}+"
        again = Act(_WITH[1], session.actor, {"id": name, **place}, words if place else None, None, key, wanted.person)
        found = hall.act(session, again)
    if found.refusal is not None:
        return said_no(hall, asked, session, found.refusal, words)
    if asked.wants_json:
        talk = _talk(found, sent, session)
        back = {"back": base_of(hall, session) + (talk or _back(sent))} if sent.get("reload") or talk else {}
        return as_json({"events": [one.event.kind for one in found.events], **back})
    return RedirectResponse(base_of(hall, session) + (_talk(found, sent, session) or _back(sent)), 303)


def _talk(found: Answer, sent: Sent, session: Session) -> str:
    """Return where the talk of a channel is that somebody of a seat has just joined or opened: it is shown at once."""
    first = found.events[0].event if found.events else None
    kinds = ("channel.opened", "channel.joined")[session.link.role != "seat" :]  # who leads opens one and stays
    if first is None or first.kind not in kinds or sent.get("back"):
        return ""
    return f"?channel={quote(str(first.body['id']))}#channels"


def _back(sent: Sent) -> str:
    """Return where a form goes back to: below the pages of the seat, nowhere else."""
    back = sent.get("back")
    below = back.startswith(("?", "/")) and not back.startswith("//") and ".." not in back and "\n" not in back
    return back if below else ""


def as_json(data: Any, status: int = 200) -> Response:
    """Return data for a program."""
    return Response(json.dumps(data, ensure_ascii=False), status, {"cache-control": "no-store"}, "application/json")


def said_no(
    hall: Hall, asked: Asked, session: Session, refusal: Refusal, words: str | None, status: int = 409
) -> Response:
    """Return why an act is not done."""
    sensible = {o.kind for o in room_sheet.reader(hall, session.viewer).offers}
    labels = list(dict.fromkeys(act_forms.words_of(k) for k in refusal.allowed if k in sensible))[:_HANDFUL]
    if asked.wants_json:
        return as_json({"rule": refusal.rule, "sentence": refusal.sentence, "allowed": labels}, status)
    place = asked.sent.get("place")[:120]
    if words and place:
        old = next((d for d in hall.store.drafts(session.link.id) if d.place == place), None)
        hall.draft(session.link.id, place, words, old.base if old else 0, old.text if old else "")
    base = base_of(hall, session)
    text = filled(
        "refused.html",
        title=refusal.sentence,
        status=status,
        sentence=refusal.sentence,
        allowed=labels,
        words=(words or "").replace("\f", "\n\n"),
        back=base + _back(asked.sent),
        back_words="Back to the page",
        **{**frame(hall, session, ""), "page": "refused"},
    )
    return page_of(text, status)


def draft(hall: Hall, asked: Asked, session: Session) -> Response:
    """Keep what somebody types."""
    data = asked.sent.data
    place, text, was, base = (data.get(k) for k in ("place", "text", "was", "base"))
    if not isinstance(place, str) or not isinstance(text, str) or not 0 < len(place) <= 120:
        raise Shut(400, "this is no draft", "Send a place and a text")
    number = base if isinstance(base, int) and not isinstance(base, bool) and 0 <= base < 2**31 else 0
    kept, merged = hall.draft(session.link.id, place, text, number, was if isinstance(was, str) else "")
    return as_json({"base": kept.base, "text": kept.text, "merged": merged})


def erase(hall: Hall, asked: Asked, session: Session) -> Response:
    """Erase what somebody wrote, as they ask."""
    if session.link.role == "observer":
        raise Shut(403, "observers write nothing", "Go back to the room")
    if asked.sent.get("sure") != "yes":
        raise Shut(400, "nothing is deleted: you did not say that you are sure", "Tick the box and press once more")
    gone = hall.erase(session.link.id)
    return RedirectResponse(f"{base_of(hall, session)}/replay?erased={gone}", 303)


def events(hall: Hall, asked: Asked, session: Session) -> Response:
    """Return what a reader may read behind a number of their own, for programs."""
    after = asked.request.query_params.get("after", "0")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    sight = hall.sight(session.viewer)
    found = [
        {
            "n": number + k,
            "at": one.at,
            "kind": one.event.kind,
            "actor": one.event.actor,
            "year": one.event.year,
            "phase": one.event.phase,
            "body": dict(one.event.body),
            "words": one.event.words,
        }
        for k, one in enumerate(sight.behind(number), 1)
    ]
    return as_json({"branch": hall.actor.branch, "count": sight.count, "events": found})


def parts(feeds: Feeds, asked: Asked, session: Session) -> Response:
    """Return what changed on a page since a mark, for browsers that no stream reaches; nothing where nothing did."""
    query = asked.request.query_params
    data, mark = feeds.told(session.viewer, query.get("page", "room"), query.get("mark", "")[:80])
    if not data:
        return Response(status_code=204, headers={"cache-control": "no-store", "x-foedus-mark": mark})
    return Response(data, 200, {"cache-control": "no-store"}, "application/json")


def taken_away(hall: Hall, asked: Asked, session: Session) -> Response:
    """Return what somebody may read of the room as an archive, or its replay as one page."""
    viewer, whole = hall.reading_as(session.viewer), session.link.role == FACILITATOR
    sight = hall.sight(session.viewer)
    room = taken(hall.store, hall.name)
    seen = None if whole else sight.events[: sight.count]
    files = export_files(room, viewer, names=whole and bool(asked.request.query_params.get("names")), seen=seen)
    if asked.request.url.path.endswith(PAGE):
        return _attached(files[PAGE].encode(errors="backslashreplace"), f"{hall.name}-{PAGE}")
    return _attached(zipped(notebook.with_notes(files, hall, session)), f"{hall.name}-{session.place}.zip")


def _attached(content: bytes, name: str) -> Response:
    words = {"cache-control": "no-store", "content-disposition": f'attachment; filename="{name}"'}
    return Response(content, 200, words, "application/zip" if name.endswith(".zip") else "text/html; charset=utf-8")


def _as_data(hall: Hall, session: Session, name: str, ending: str) -> Response:
    """Return a page of a reader as data."""
    r, pages = room_sheet.reader(hall, session.viewer), [e.rpartition("/")[2] for _, e, _ in nav("x", session, "")]
    if not may_have(r, name, pages):
        raise Shut(404, "there is no such page in this room", "Go back to the room")
    rows = page_data(hall, r, name)
    if ending == "csv":
        return Response(as_table(rows), 200, {"cache-control": "no-store"}, "text/csv; charset=utf-8")
    here = {"room": hall.name, "page": name, "branch": hall.actor.branch, "events": r.sight.count}
    return as_json({**here, "year": r.room.year, "phase": r.room.phase, "rows": rows})


def page(hall: Hall, asked: Asked, session: Session, feeds: Feeds) -> Response:
    """Return one of the other pages of somebody in the room."""
    name = str(asked.request.path_params["page"])
    stem, _, ending = name.rpartition(".")
    if ending in ("json", "csv"):
        return _as_data(hall, session, stem, ending)
    sheets: Mapping[str, Callable[..., str]] = {
        "brief": year_sheet.brief,
        "orders": orders_sheet.orders,
        "year": reading_sheet.year,
        "debrief": debrief_sheet.debrief,
        "why": why_sheet.why,
        "replay": year_sheet.replay,
        "notes": notebook.notes,
        "console": console_sheet.console,
        "stand": stand_in.stand,
        "wall": wall,
        "minutes": minutes_page,
    }
    leads = {"stand", "wall"} if session.link.role == FACILITATOR else set()
    here = {"why", "minutes", *leads, *(end.rpartition("/")[2] for _, end, _ in nav("x", session, name))}
    if name not in sheets or name not in here:
        raise Shut(404, "there is no such page in this room", "Go back to the room")
    hall.came(session)
    mark = feeds.state(session.viewer, name).mark if name in PAGES else ""
    return page_of(
        sheets[name](hall, session, asked.request.query_params, {**frame(hall, session, name), "mark": mark})
    )


def shut(hall: Hall, asked: Asked, error: FoedusError) -> Response:
    """Return why somebody is turned away."""
    status = error.status if isinstance(error, Shut) else 400
    sentence = str(error)
    if asked.wants_json or asked.request.method in ("PUT",):
        return as_json({"rule": "gate", "sentence": sentence}, status)
    words = {"status": status, "sentence": sentence, "allowed": (), "words": "", "back": f"/r/{hall.name}"}
    title = hall.form.title or hall.form.case
    text = filled(
        "refused.html", title="Not here", what=title, page="refused", back_words="To the door of the room", **words
    )
    found = page_of(text, status)
    if status == 429:
        found.headers["retry-after"] = "2"
    return found
