"""The parts of a room's page that change, as its streams tell them: drawn anew where something changed, and not else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, Final

from markupsafe import Markup

from foedus.council import open_acts, talk
from foedus.council import tableside as at
from foedus.council.act_forms import ActForm, act_form
from foedus.council.acts import Viewer
from foedus.council.bare_table import no_paper
from foedus.council.due_now import due
from foedus.council.fold import Room
from foedus.council.hall import Hall
from foedus.council.room_sheet import (
    ASKS,
    acts_on_paper,
    concerns,
    part_of,
    reader,
    seating,
    standing,
    strip,
    worth,
)
from foedus.council.sheets import part
from foedus.council.stepping import Offer
from foedus.council.tableside import TIMELESS, Reader
from foedus.council.watched import Kept, Place, Watched

LOG: Final = "log-"
"""Begins the name of a part that grows by lines."""
LINES: Final = 30
"""Lines of talk that a stream tells."""
_TEMPLATE: Final = "_room.html"
_AROUND: Final = ("mine", "top", "leftside", "rightside")
_HERE: Final[Place] = ("", "here")
"""Stands for who is heard."""
_WORTHS: Final[Place] = ("", "worths")
"""Stands for what clauses would be worth, with their bands."""
_BASE: Final = "\0"
"""Stands for the address of a seat in forms that are drawn once for all seats; no text of anybody has it."""

Draws = Callable[[Reader, str], dict[str, str]]
"""Draws some parts for a reader, whose pages are below an address."""


def _phases(r: Reader, base: str) -> dict[str, str]:
    c = {**strip(r), "base": base}
    return {"phases": part(_TEMPLATE, "phases", c), "step": part(_TEMPLATE, "step", c, "")}


def _due(r: Reader, base: str) -> dict[str, str]:
    return {"due": part(_TEMPLATE, "due", {"due": due(r, base)})}


def _texts(r: Reader, base: str) -> dict[str, str]:
    c = {"base": base, "texts": at.texts(r, "")}  # each page knows which of them it shows
    return {"texts": part(_TEMPLATE, "texts", c)}


def _concerns(r: Reader, base: str) -> dict[str, str]:
    return {"concerns": _listed(tuple((c["words"], c["says"]) for c in concerns(r)))}


@lru_cache(64)
def _listed(found: tuple[tuple[str, str], ...]) -> str:
    """Return concerns as all see them who know of the same."""
    return part(_TEMPLATE, "concerns", {"concerns": [{"words": words, "says": says} for words, says in found]})


def _standing(r: Reader, base: str) -> dict[str, str]:
    return {"standing": part(_TEMPLATE, "standing", standing(r))}


def _more(r: Reader, base: str) -> dict[str, str]:
    """Return everything else that is open; each form is drawn anew only where something that it shows has changed."""
    groups: dict[str, list[str]] = {}
    for offer in open_acts.other_offers(r):
        name = ("form", offer.kind, offer.item, offer.says)
        group, form = r.made.of(name, r.room, partial(_grouped, r, offer))
        groups.setdefault(group, []).append(form)
    found = sorted(groups.items(), key=lambda g: g[0] == open_acts.OUTSIDE)
    drawn = "".join(_group(title, tuple(forms)) for title, forms in found) or part(_TEMPLATE, "more", {"more": ()})
    return {"more": drawn.replace(_BASE, base)}


def _grouped(r: Reader, offer: Offer, room: Room) -> tuple[str, str]:
    """Return what an offer is about, and its form, with a mark for the address of the seat."""
    return open_acts.group_of(r.seeing(room), offer), _drawn(act_form(offer, room, seat=r.seat), ())


@lru_cache(8192)
def _group(title: str, forms: tuple[str, ...]) -> str:
    c = {"more": ((title, tuple(map(Markup, forms))),), "outside": open_acts.OUTSIDE, "shared": lambda f, c: f}
    return part(_TEMPLATE, "more", c)


def _tabs(r: Reader, base: str) -> dict[str, str]:
    places = talk.channels(r, "")  # each page knows where it listens
    readers = {f"readers-{x['id']}": part(_TEMPLATE, "readers", x["who"]) for x in places}
    return {"tabs": part(_TEMPLATE, "tabs", {"base": base, "channels": places})} | readers


def _joins(r: Reader, base: str) -> dict[str, str]:
    return {"joins": part(_TEMPLATE, "joins", {"base": base, "shared": _form, "joins": open_acts.joins(r)})}


def _around(name: str) -> Draws:
    def draw(r: Reader, base: str) -> dict[str, str]:
        seats = {"seating": seating(r, r.room.item("text", name))}
        return {f"{n}-{part_of(name)}": part(_TEMPLATE, n, seats) for n in _AROUND}

    return draw


def _on_text(name: str) -> Draws:
    def draw(r: Reader, base: str) -> dict[str, str]:
        text = r.room.item("text", name)
        return {f"paper-{name}": part(_TEMPLATE, "paper", at.paper(r, text))} if text is not None else {}

    return draw


def _acts(name: str) -> Draws:
    def draw(r: Reader, base: str) -> dict[str, str]:
        c = {"base": base, "shared": _form, **acts_on_paper(r, r.room.item("text", name))}
        return {f"acts-{part_of(name)}": part(_TEMPLATE, "acts", c)}

    return draw


def _worth(name: str) -> Draws:
    def draw(r: Reader, base: str) -> dict[str, str]:
        c = {"base": base, "worth": worth(r, r.room.item("text", name))}
        return {f"worth-paper-{name}": part(_TEMPLATE, "worth", c)}

    return draw


def _no_paper(r: Reader, base: str) -> dict[str, str]:
    return {"paper-none": part(_TEMPLATE, "nopaper", no_paper(r)), "worth-paper-none": ""}


_ALWAYS: Final[Mapping[str, tuple[Draws, tuple[Place, ...]]]] = {
    "phases": (_phases, ()),
    "due": (_due, ()),
    "texts": (_texts, ()),
    "concerns": (_concerns, ()),
    "standing": (_standing, ()),
    "more": (_more, ()),
    "tabs": (_tabs, ()),
    "joins": (_joins, ()),
}
"""What every page of the room has, and what it shows beside what the reader knows of the room."""


def parts(r: Reader, base: str) -> dict[str, str]:
    """Return the parts of the page that change, but talk, for all texts that a viewer knows."""
    drawn = dict(_ALWAYS)
    if r.room.texts:
        for text in r.room.texts:
            drawn |= {
                f"paper {text}": (_on_text(text), (_WORTHS,)),
                f"acts {text}": (_acts(text), ()),
                f"worth {text}": (_worth(text), (_WORTHS,)),
                f"around {text}": (_around(text), (_HERE,)),
            }
    else:
        drawn |= {"no paper": (_no_paper, ()), "acts": (_acts(""), ()), "around": (_around(""), (_HERE,))}
    found: dict[str, str] = {}
    for name, (draw, beside) in drawn.items():
        found |= r.made.of((name, base), r.room, partial(_drawn_of, r, base, draw, beside))
    return found


def _drawn_of(r: Reader, base: str, draw: Draws, beside: Iterable[Place], room: Room) -> dict[str, str]:
    if isinstance(room, Watched):
        room.read.update(beside)
    return draw(r.seeing(room), base)


def _form(form: ActForm, c: Mapping[str, Any]) -> Markup:
    return Markup(_drawn(form, c.get("article_choices", ())).replace(_BASE, c["base"]))


@lru_cache(4096)
def _drawn(form: ActForm, choices: tuple[tuple[str, str], ...]) -> str:
    frame = {"base": _BASE, "token": "", "drafts": {}, "asks": ASKS, "article_choices": choices}
    return part("_acts.html", "act", form, frame)


@lru_cache(4096)
def _line(n: int, who: str, me: bool, at: str, words: str) -> str:
    return part(_TEMPLATE, "line", {"n": n, "who": who, "me": me, "at": at, "words": words})


@dataclass
class _Talk:
    """What is said in one place, as far as it was read."""

    upto: int = 0
    lines: tuple[str, ...] = ()
    html: str = "<ol></ol>"

    def read(self, r: Reader, place: str) -> str:
        if self.upto < r.sight.count:
            new = talk.talk(r, place, LINES, self.upto)
            if new:
                drawn = (_line(x["n"], x["who"], bool(x.get("me")), x["at"], x["words"]) for x in new)
                self.lines = (*self.lines, *drawn)[-LINES:]
                self.html = f"<ol>{''.join(self.lines)}</ol>"
            self.upto = r.sight.count
        return self.html


class _Known:
    """What was drawn last for a kind of viewer."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.kept = reader, Kept(("quarrel",))  # the talk of a quarrel stands on its ladder
        self.talks: dict[str, _Talk] = {}

    def turn(self, r: Reader) -> Reader:
        """Go on to the reader of now, and return them with what was drawn for them before."""
        old, self.reader = self.reader, r
        also = [_HERE] if old.here != r.here else []
        also += [_WORTHS] if old.bands is not r.bands or not (old.worths is r.worths or old.worths == r.worths) else []
        self.kept.turn(r.room, also)
        return replace(r, made=self.kept)


class RoomParts:
    """The parts of the room's page for every kind of viewer; most of what is asked for was drawn before.

    Parameters
    ----------
    hall : Hall
    """

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._known: dict[Viewer, _Known] = {}

    def of(self, viewer: Viewer, base: str) -> dict[str, str]:
        """Return the parts for a kind of viewer, talk at all its places included.

        Parameters
        ----------
        viewer : Viewer
        base : str
            Address below which its pages are.
        """
        r = replace(reader(self._hall, viewer), now=TIMELESS)
        known = self._known.get(viewer)
        if known is None or known.reader.sight.events is not r.sight.events:  # another branch, or words were erased
            known = self._known[viewer] = _Known(r)
        r = known.turn(r)
        places = [c["id"] for c in talk.channels(r, "")]
        known.talks = {p: known.talks.get(p) or _Talk() for p in places}
        return parts(r, base) | {f"{LOG}{p}": t.read(r, p) for p, t in known.talks.items()}
