"""Words meant: what a page of the workbench says of words that a newcomer does not know, in one line that opens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Final

from foedus.vocabulary.glossing import SHARED, Glossary

MARK: Final = "<!--words-->"
"""Where a template wants them."""

WORDS: Final[Mapping[str, str]] = {
    **SHARED,
    "body": "three states or more under one treaty of defence, with a council or led by the hub",
    "star": "the treaties of two that the hub has, taken together, with none among its allies",
    "draw": "one world of many, in which every judged number takes another value within its range",
    "5–95 %": "nine of ten draws lie between these two",
    "band": "the range in which nine of ten draws lie",
    "wedge": "pressure by which an adversary parts one state from the others",
    "escalate": "to answer with a harder step, such as export controls or notice on a pact, without force of arms",
    "consent": "that a state agrees to a body",
    "Myerson value": "what a state adds to those it is tied to, averaged over all orders in which they may meet",
    "Owen value": "the same, where the members of a council come together as one",
    "Holm": "a rule that keeps chance from passing for a finding where many numbers are looked at together",
}
"""Words of the workbench, each with what it means (judged: those at which fresh readers stumbled)."""

_SAID: Final = {"body": "body|bodies", "escalate": "escalate[sd]?|escalating|escalation"}
_GLOSSARY: Final = Glossary(WORDS, _SAID)
_MAIN: Final = re.compile(r"<main.*?</main>", re.DOTALL)
_TAGS: Final = re.compile(r"<(desc|textarea|code|pre)\b.*?</\1>|<[^>]*>", re.DOTALL)


def with_words(page: str) -> str:
    """Return a page with what its words mean where its template wants that, and nothing there where it has none of them."""
    main = _MAIN.search(page) if MARK in page else None
    if main is None:
        return page
    found = _GLOSSARY.glossed(unescape(_TAGS.sub(" ", main.group(0))).replace("\u00a0", " "))
    listed = ", ".join(escape(w) for w, _ in found)
    told = "".join(f"<dt>{escape(w)}</dt><dd>{escape(words)}</dd>" for w, words in found)
    line = f'<details class="table words"><summary>What words mean here: {listed}</summary><dl>{told}</dl></details>'
    return page.replace(MARK, line if found else "", 1)
