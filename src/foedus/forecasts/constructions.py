"""Constructions: a question put as one plain clause, however it is built around it: wrapped in a chance, as a cleft, with a time for subject.

What stands around the clause is a small grammar (``constructions.yaml``) of what asks for no more than its chance. The clause inside is
finite, a participle, an infinitive or a noun; it is put as "Will … do …?" where its verb is known, and is then read like any question.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from foedus.casebook.yaml_file import check_form, read_document
from foedus.forecasts.synonyms import HAPPENS, bases, plain_verbs
from foedus.forecasts.words import Lexicon, pieces
from foedus.vocabulary.errors import FoedusError, Problem

FILE: Final = Path(str(files("foedus").joinpath("library", "forecast", "constructions.yaml")))
_DEEPEST: Final = 4
"""How many constructions are taken off one after the other: "Please say: do you think it likely that we will see …" has four."""
_DOES: Final = HAPPENS | {"bound", "be", "count", "rises", "falls"}
"""Classes of words that can be the verb of a clause."""
_MODAL: Final = re.compile(
    r"(?:will|would|could|might|may|can|shall|should|(?:is|are) (?:going|about|set|likely|due|bound) to)\b", re.I
)
_THERE: Final = "Will there be"
_SOME: Final = re.compile(r"(?:an?|the|any|another|some|no|[A-Z][a-z]+(?:an|ish|ese|i|ch)?) ", re.I)
_NOUN: Final = re.compile(
    r"(?:exit|entry|end|collapse|summit|meetings?|\w+(?:al|ion|ure|ment|ship|sion|ance|down|out|up))\b", re.I
)
"""What happens, as a noun: "a Hungarian exit" exits nothing."""
_INSIDE: Final = ("in", "inside", "among", "within", "part of", "outside", "as", "still")
_WORD: Final = re.compile(r"[A-Za-z][\w'-]*")
_BE: Final = {"is": "be", "are": "be", "being": "be", "has": "have", "having": "have", "does": "do", "doing": "do"}


class _GrammarForm(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    foedus: Literal[1]
    parts: dict[str, str]
    rules: list[str]


@cache
def _rules() -> tuple[re.Pattern[str], ...]:
    document = read_document(FILE)
    form = None if document.problems else check_form(document, _GrammarForm, document.data)
    if not isinstance(form, _GrammarForm):
        raise FoedusError(document.problems or [Problem(str(FILE), "this is no grammar", "Install foedus anew")])
    parts: dict[str, str] = {}

    def whole(said: str) -> str:
        for name, part in parts.items():
            said = said.replace(f"{{{name}}}", part)
        return said

    for name, part in form.parts.items():
        parts[name] = whole(part)
    return tuple(re.compile(whole(rule), re.I) for rule in form.rules)


def unwrapped(text: str, lexicon: Lexicon) -> str:
    """Return a question as the plain clause that it asks about; itself where it is built in no way that is known.

    Parameters
    ----------
    text : str
        With plain dashes, quotes and single spaces.
    lexicon : Lexicon
    """
    for _ in range(_DEEPEST):
        again = next((c for rule in _rules() if (found := rule.match(text)) and (c := _clause(found, lexicon))), text)
        if again == text:
            break
        text = again
    return text


def _clause(found: re.Match[str], lexicon: Lexicon) -> str:
    """Return the clause of a construction as a question; an empty text where it is none."""
    part = {name: said.strip(" ,.?;:") for name, said in found.groupdict().items() if said}
    when = f" {part['rest'][0].lower()}{part['rest'][1:]}" if part.get("rest") else ""
    when = f" by {part['day']}" if "day" in part else when
    if "when" in part:
        when = (
            f" in {part['when']}"
            if re.match(r"(?:the )?(?:year |calendar year |period |years )?\d|the", part["when"], re.I)
            else f" {part['when']}"
        )
    if "topic" in part:
        named = re.search(r"\b(?:it|they|its|their)\b", part["asks"])
        return f"{part['topic']}: {part['asks']}?" if named else f"{part['asks']}, {part['topic']}?"
    if "wh" in part:
        return f"{part['wh']} will {_of_whom(part['clause'])}?"
    if "once" in part:
        who, _, does = part["once"].partition(" to ") if not _MODAL.search(part["once"]) else ("", "", "")
        asked = f"Will {who} {does}?" if _is_verb(does, lexicon) else _asked(part["once"], lexicon, _THERE)
        return f"When will {asked.removeprefix('Will ')}"
    if "which" in part:
        return f"Which of {part['who']} will {_infinitive(part['which'], lexicon) or part['which']}?"
    if whose := part.get("whose") or part.get("owner"):
        verb = lexicon.best(part.get("inf") or _infinitive(part["does"], lexicon), 0)
        alone = verb is None or verb.kind not in ("sign", "ally", "meet")
        each = alone and re.search(r",| and ", whose)  # each has a chance of their own
        part["list" if each else "who"] = whose
    if "list" in part:
        return f"Which of {part['list']} will {part.get('inf') or _infinitive(part['does'], lexicon) or part['does']}?"
    if "does" in part or "inf" in part:
        does = part.get("inf") or _infinitive(part["does"], lexicon)
        return f"Will {part['who']} {does}{when}?" if does else f"What are the odds of {part['who']} {part['does']}?"
    if "ask" in part:
        return f"{part['ask'][0].upper()}{part['ask'][1:]}{when}?"
    if "that" in part:
        said = f"{part['who']} {part['that']}" if "who" in part else part["that"]
        return _asked(f"{said}{when}", lexicon, "Is it likely that")
    if "to" in part:
        who, _, does = part["to"].partition(" to ")
        return f"Will {who} {does}?"
    return _asked(
        f"{part.get('ing') or part['bare']}{when}",
        lexicon,
        _THERE if "bare" in part else "What are the odds of",
    )


def _of_whom(clause: str) -> str:
    """Return what is expected of those who are asked for: "to join NATO", "leave NATO", "in NATO", or of whom it is said: "Ukraine to join NATO"."""
    if clause.startswith("to "):
        return clause[3:]
    if clause.partition(" ")[0] in _INSIDE:
        return f"be {clause}"
    modal = _MODAL.search(clause)
    return f"{clause[: modal.start()]}{clause[modal.end() + 1 :]}" if modal else clause.replace(" to ", " ", 1)


def _asked(clause: str, lexicon: Lexicon, otherwise: str) -> str:
    """Return a clause as a question with "will" before who acts; introduced otherwise where its verb is not found."""
    if _MODAL.match(clause) or re.match(r"(?:which|who|how|when|what|is|are|does|do|has|have|had)\b", clause, re.I):
        return f"{clause[0].upper()}{clause[1:]}?"
    if re.match(r"(?:The|There|An?|Any|Another|Some|No|One|Both|All|Its|Their)\b", clause):
        clause = f"{clause[0].lower()}{clause[1:]}"
    at = 0
    for word in pieces(clause, lexicon):
        at = clause.find(word.text, at)
        verb = word.kind in _DOES and not (_SOME.match(clause) and _NOUN.match(word.text))
        if verb or word.text.lower() in _BE or (word.kind == "unknown" and word.text.endswith("ing")):
            break
        at += len(word.text)
    else:
        at = len(clause)
    if modal := _MODAL.search(clause, 1, at):
        return f"Will {clause[: modal.start()].strip()} {clause[modal.end() :].strip()}?"
    does = _infinitive(clause[at:], lexicon) if at else ""
    if does:
        return f"Will {clause[:at].strip()} {does}?"
    first = pieces(clause, lexicon)[:1]
    if otherwise == _THERE and first and first[0].kind in ("treaty", "agreement", "pact"):
        clause = f"a {clause[0].lower()}{clause[1:]}"
    return _being(clause, lexicon) or f"{otherwise} {clause}?"


def _being(clause: str, lexicon: Lexicon) -> str:
    """Return a clause without a verb that begins with states as what they are: "Canada among the members of AUKUS"; empty for others."""
    at = 0
    for k, word in enumerate(pieces(clause, lexicon)):
        at = clause.find(word.text, at)
        if word.kind not in ("state", "leader", "or") and word.text.lower() not in ("the", "and"):
            role = clause[at:].removeprefix("as ")
            return f"Will {clause[:at].strip()} be {role}?" if k and word.text.lower() in _INSIDE else ""
        at += len(word.text)
    return ""


def _infinitive(said: str, lexicon: Lexicon) -> str:
    """Return a text that begins with a verb with the verb as an infinitive; an empty text where it is none that is known."""
    first = _WORD.match(said)
    if first is None:
        return ""
    word, rest = first[0], said[first.end() :]
    for base in (word, *_bases(word)) if not word.endswith("ing") else _bases(word):
        known = lexicon.best(f"{base}{rest}", 0)
        if base in ("be", "have", "do") or (known is not None and known.kind in _DOES and known.text.startswith(base)):
            if base == word and (shorter := next((b for b in _bases(word) if _is_verb(f"{b}{rest}", lexicon)), "")):
                base = shorter
            return f"{base}{rest}"
    return next((f"{b}{rest}" for b in _bases(word) if b in plain_verbs()), "")


def _is_verb(said: str, lexicon: Lexicon) -> bool:
    known = lexicon.best(said, 0)
    return known is not None and known.kind in _DOES


def _bases(word: str) -> tuple[str, ...]:
    """Return the verbs of which a word may be the third person, or the participle of what is going on.

    Examples
    --------
    >>> _bases("quitting"), _bases("denies"), _bases("is")
    (('quitt', 'quitte', 'quit'), ('deny', 'denie'), ('be',))
    """
    low = word.lower()
    if low in _BE:
        return (_BE[low],)
    if low.endswith("ing"):
        return low[:-3], f"{low[:-3]}e", low[:-4]
    if low.endswith("ies"):
        return f"{low[:-3]}y", low[:-1]
    if low.endswith("s") and not low.endswith("ss"):
        return low[:-1], low[:-2]
    return bases(low)
