"""Own record: the four things a claim of one's own may ask of the record, each as one phrase, and the lines of a file that they make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

HAPPENED, SOON, COUNTED, VALUED = "event", "soon", "count", "value"
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        HAPPENED: "An event happened",
        SOON: "An event came soon after another",
        COUNTED: "So many events were counted",
        VALUED: "The number of an event was above or below",
    }
)
"""What can be asked of the record, in plain words."""

_FORMS: Final = (
    (SOON, re.compile(r"(?P<event>\S+) within (?P<days>\S+) days after (?P<after>\S+)")),
    (
        COUNTED,
        re.compile(
            r"count(?: of (?P<type>\S+))?(?: by (?P<actor>\S+))?(?: from (?P<from>\S+))?(?: to (?P<to>\S+))?"
            r" (?P<side>at least|at most) (?P<number>\S+)"
        ),
    ),
    (VALUED, re.compile(r"value of (?P<value>\S+) (?P<side>above|below) (?P<limit>\S+)")),
)
_INTEGER: Final = re.compile(r"-?[0-9]{1,9}")
_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,9})?")


def parts_of_record(phrase: str) -> tuple[str, dict[str, str]]:
    """Return what a phrase asks of the record, one of :data:`KINDS`, and its parts by name; a phrase of no form names an event."""
    for kind, form in _FORMS:
        found = form.fullmatch(phrase)
        if found is not None:
            return kind, {k: v or "" for k, v in found.groupdict().items()}
    return HAPPENED, {"event": phrase}


def phrase_of_record(kind: str, parts: Mapping[str, str]) -> str:
    """Return the phrase of a kind from its parts, the inverse of :func:`parts_of_record`."""
    if kind == SOON:
        return f"{parts['event']} within {parts['days']} days after {parts['after']}"
    if kind == COUNTED:
        words = (
            f" {w} {parts[p]}"
            for w, p in (("of", "type"), ("by", "actor"), ("from", "from"), ("to", "to"))
            if parts.get(p)
        )
        return f"count{''.join(words)} {parts['side']} {parts['number']}"
    if kind == VALUED:
        return f"value of {parts['value']} {parts['side']} {parts['limit']}"
    return parts.get("event", "")


def lines_of_record(phrase: str, quoted: Callable[[str], str]) -> Iterator[str]:
    """Yield the keys of a trial file that ask what a phrase asks.

    Parameters
    ----------
    phrase : str
    quoted : callable
        Writes text so that it stays text in a file.
    """
    kind, parts = parts_of_record(phrase)

    def bare(text: str, form: re.Pattern[str]) -> str:
        return text if form.fullmatch(text) else quoted(text)

    if kind == COUNTED:
        said = [f"{k}: {quoted(parts[k])}" for k in ("type", "actor", "from", "to") if parts[k]]
        said.append(f"{parts['side'].replace(' ', '_')}: {bare(parts['number'], _INTEGER)}")
        yield f"count: {{{', '.join(said)}}}"
    elif kind == VALUED:
        yield f"value: {quoted(parts['value'])}"
        yield f"{parts['side']}: {bare(parts['limit'], _NUMBER)}"
    else:
        yield f"event: {quoted(parts['event'])}"
        if kind == SOON:
            yield f"after: {quoted(parts['after'])}"
            yield f"within_days: {bare(parts['days'], _INTEGER)}"
