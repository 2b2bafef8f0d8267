"""Old versions: a text as it stood, at an address of its own, with what it changed; nothing is open on it."""

from __future__ import annotations

from typing import Any

from foedus.council.plain_words import clause_said
from foedus.council.room_tables import Version, versions
from foedus.council.tableside import Reader
from foedus.council.wordings import changed
from foedus.vocabulary.prose import listing


def old_version(reader: Reader, text: str, number: int) -> dict[str, Any] | None:
    """Return a version of a text as the page of the room shows it, with what it changed; None where the reader knows of none.

    Parameters
    ----------
    reader : Reader
    text : str
        Its id.
    number : int
        Of the version; the last that it stood as where only its brackets changed.
    """
    known = {}
    for v in versions(reader.room.form, reader.sight.events[: reader.sight.count]).get(text, ()):
        known[int(v.text.get("version", 1))] = v
    if number not in known:
        return None
    shown, before = known[number], known.get(number - 1)
    now = reader.room.texts[text]
    last = int(now.get("version", 1))
    sponsors = listing([reader.said(s) for s in shown.text.get("sponsors", ())])
    soft = "It is the version on the table." if number == last else f"Version {last} is the one on the table."
    if before is not None:
        soft = f"What it changed of version {number - 1} is marked. {soft}"
    return {
        "id": text,
        "title": shown.text.words.get("title") or "(erased)",
        "by": f"Tabled by {sponsors} · version {number} of {last}",
        "since": reader.sight.events[shown.n - 1].at,
        "head": {"until": None, "strong": f"Version {number}.", "soft": soft, "whole": None, "own": None},
        "articles": _articles(reader, shown, before),
        "state": now.state,
        "others": [k for k in known if k not in (number, last)],
        "last": last,
        "number": number,
    }


def _articles(reader: Reader, v: Version, before: Version | None) -> list[dict[str, Any]]:
    found = []
    for number, article in enumerate(v.text.get("articles", ()), 1):
        words, clause = v.text.words.get(article["id"], "(erased)"), str(article.get("clause") or "")
        old = before.text.words.get(article["id"], "(erased)") if before is not None else words
        against = [s for b in article.get("brackets", ()) for s in b["against"]]
        found.append(
            {
                "number": number,
                "pieces": changed(old, words) if old != words else [("", words)],
                "clause": clause,
                "reads": clause_said(clause, reader.room),
                "worth": "",
                "brackets": [_bracket(reader, v, b) for b in article.get("brackets", ())],
                "against": listing([reader.called(s) for s in dict.fromkeys(against)]),
                "offered": [],
            }
        )
    return found


def _bracket(reader: Reader, v: Version, bracket: Any) -> dict[str, str]:
    item = v.amendments.get(str(bracket["amendment"]))
    words = item.words.get("wording", "(erased)") if item is not None else ""
    clause = str(item.get("clause") or "") if item is not None else ""
    reads = clause_said(clause, reader.room)
    return {"for": reader.called(str(bracket["for"])), "words": words, "clause": clause, "reads": reads, "worth": ""}
