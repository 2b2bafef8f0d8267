"""Wordings: two of them as one, with what went and what came."""

from __future__ import annotations

import re
from difflib import SequenceMatcher


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
