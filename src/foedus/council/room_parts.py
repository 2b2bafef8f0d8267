"""The parts of a room's page that change, as its streams tell them: drawn anew where something changed, and not else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup

from foedus.council import talk
from foedus.council.act_forms import ActForm
from foedus.council.acts import Viewer
from foedus.council.fold import same_but_talk
from foedus.council.hall import Hall
from foedus.council.room_sheet import ASKS, chosen, context, on_paper, reader, seating, worth
from foedus.council.sheets import part
from foedus.council.tableside import TIMELESS, Reader

LOG: Final = "log-"
"""Begins the name of a part that grows by lines."""
LINES: Final = 30
"""Lines of talk that a stream tells."""
_TEMPLATE: Final = "_room.html"
_AROUND: Final = ("mine", "top", "leftside", "rightside")
_BASE: Final = "\0"
"""Stands for the address of a seat in forms that are drawn once for all seats; no text of anybody has it."""


def around(r: Reader) -> dict[str, str]:
    """Return the parts that say who is heard in which seat."""
    seats = {"seating": seating(r, chosen(r, "", "")[0])}
    return {n: part(_TEMPLATE, n, seats) for n in _AROUND}


def parts(r: Reader, base: str) -> dict[str, str]:
    """Return the parts of the page that change, but talk, for all texts that a viewer knows."""
    c = context(r, base, talked_of=False) | {"shared": _form}
    found = {n: part(_TEMPLATE, n, c) for n in ("phases", "due", "texts", "concerns", "standing")}
    found["step"] = part(_TEMPLATE, "step", c, "")
    found |= {n: part(_TEMPLATE, n, c) for n in ("more", "tabs")} | around(r)
    if not r.room.texts:
        found["paper-none"] = part(_TEMPLATE, "nopaper", c)
        found["acts-paper-none"] = part(_TEMPLATE, "acts", c)
        found["worth-paper-none"] = ""
    for text in r.room.texts.values():
        one = {**c, **on_paper(r, text)}
        found[f"paper-{text.id}"] = part(_TEMPLATE, "paper", one["paper"])
        found[f"acts-paper-{text.id}"] = part(_TEMPLATE, "acts", one)
        found[f"worth-paper-{text.id}"] = part(_TEMPLATE, "worth", {**c, "worth": worth(r, text)})
    return found


def _form(form: ActForm, c: dict[str, Any]) -> Markup:
    return Markup(_drawn(form, c["article_choices"]).replace(_BASE, c["base"]))


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


@dataclass
class _Known:
    """What was drawn last for a kind of viewer."""

    reader: Reader
    parts: dict[str, str]
    talks: dict[str, _Talk] = field(default_factory=dict)

    def holds(self, r: Reader) -> bool:
        """Return whether nothing but talk and people came since; the talk of a quarrel stands on its ladder."""
        old = self.reader
        same = (old.worths is r.worths or old.worths == r.worths) and old.bands is r.bands
        return same and same_but_talk(old.room, r.room, ("quarrel",))


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
            known = self._known[viewer] = _Known(r, parts(r, base))
        elif not known.holds(r):
            known.parts = parts(r, base)
        elif known.reader.here != r.here:
            known.parts = known.parts | around(r)
        known.reader = r
        places = [c["id"] for c in talk.channels(r, "")]
        known.talks = {p: known.talks.get(p) or _Talk() for p in places}
        return known.parts | {f"{LOG}{p}": t.read(r, p) for p, t in known.talks.items()}
