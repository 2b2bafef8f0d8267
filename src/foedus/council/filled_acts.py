"""What a filled-in form of an act means: the fields of its body, and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from foedus.council.acts import PART, joined
from foedus.council.procedures.roster import MACHINES
from foedus.council.rungs_known import RUNGS, STEP

if TYPE_CHECKING:  # gates need the server's library, and a printed pack does not
    from foedus.council.gates import Sent

UNITS: Final = {"hours": 3600.0, "minutes": 60.0}
"""What times are asked for in, and their seconds: events have those."""


def asks_of(kind: str) -> dict[str, str]:
    """Return the fields that an act of a kind can have, by name, and the kind of each; nothing for an unknown act."""
    noun, _, verb = kind.partition(".")
    machine = MACHINES.get(noun)
    rows = [r for r in machine.rows if r.verb == verb] if machine is not None else []
    return {f.name: f.kind.partition(":")[0] for r in rows for f in r.asks}


def meant(kind: str, sent: Sent) -> tuple[dict[str, Any], str | None]:
    """Return the body and the words that a filled-in form means.

    Parameters
    ----------
    kind : str
        Of the act.
    sent : Sent
    """
    body: dict[str, Any] = {"id": sent.get("id")} if sent.get("id") else {}
    if sent.get("for"):
        body["for"] = sent.get("for")
    for name, of in asks_of(kind).items():
        value = _value(name, of, sent) if name != "seconds" else _seconds(sent)
        if value is not None:
            body[name] = value
    said = (sent.get(STEP).strip() if kind in RUNGS else "", sent.get("words").strip("\n"))
    words = " ".join(s for s in said if s) or None
    if "articles" in body:
        rows = _articles(sent)
        body["articles"] = [clause or None for _, clause in rows]
        words = joined((sent.get("title").strip(), *(article for article, _ in rows)))
    elif words is not None:
        words = words.replace(PART, "\n")
    return body, words


def _articles(sent: Sent) -> list[tuple[str, str]]:
    """Return the articles of a text with their clauses; empty ones at the end are none."""
    articles, clauses = sent.all("article"), sent.all("clause")
    rows = [(a.strip(), (clauses[k] if k < len(clauses) else "").strip()) for k, a in enumerate(articles)]
    while rows and rows[-1] == ("", ""):
        rows.pop()
    return rows


def _value(name: str, of: str, sent: Sent) -> Any:
    given = [v.strip() for v in sent.all(name)]
    given = given[1:] if name == "kind" else given  # the first is the kind of the act itself
    if of == "articles":
        return []
    if of == "answers":
        return _answers(name, sent)
    if of == "states":
        return [v for v in given if v] or None
    first = next((v for v in given if v), "")
    if of == "yes":
        return first in ("yes", "on", "true") if given or _shown(name, sent) else None
    if of == "number":
        return _number(first)
    return first or None


def _seconds(sent: Sent) -> Any:
    """Return a time in seconds, in whichever unit it was filled in; as it was written where that is no number."""
    for unit, each in UNITS.items():
        found = _number(sent.get(unit).strip())
        if found is not None:
            return round(found * each, 3) if isinstance(found, float) else found
    return _number(sent.get("seconds").strip())


def _shown(name: str, sent: Sent) -> bool:
    """Return whether a form had a box to tick of this name, ticked or not."""
    return name in sent.all("ticks")


def _number(said: str) -> Any:
    """Return a number, or the word that is none, for the procedure to refuse."""
    if not said:
        return None
    try:
        found = float(said.replace(",", "."))
    except ValueError:
        return said
    return found if abs(found) < 1e15 else said


def _answers(name: str, sent: Sent) -> dict[str, Any] | None:
    head = f"{name}."
    found = {k.removeprefix(head): v for k, v in sent.pairs if k.startswith(head) and v}
    return {k: {"yes": True, "no": False}.get(v, v) for k, v in found.items()} or None
