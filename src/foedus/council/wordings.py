"""Wordings: two of them as one, with what went and what came."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from foedus.council.acts import Event, parts_of
from foedus.council.fold import family_of


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """Return two wordings as pieces of one: what stays, what went (``del``), what came (``ins``)."""
    old, new = (re.findall(r"\S+\s*", w) for w in (before, after))
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("", "".join(new[c:d])))
            continue
        if b > a:
            found.append(("del", "".join(old[a:b])))
        if d > c:
            found.append(("ins", "".join(new[c:d])))
    return found


def wording_before(log: Iterable[Event], text: str, article: str) -> str | None:
    """Return the wording of an article before its last amendment; None where it has had one alone.

    Parameters
    ----------
    log : iterable of Event
        As its reader may read it.
    text, article : str
        Their ids.
    """
    found: list[str] = []
    for event in log:
        if event.body.get("id") == text and family_of(event.kind) == "text" and article in event.body.get("say", ()):
            found.append(dict(zip(event.body["say"], parts_of(event.words), strict=False)).get(article, ""))
    wordings = [w for k, w in enumerate(found) if k == 0 or w != found[k - 1]]
    return wordings[-2] if len(wordings) > 1 else None
