"""Operative clauses: the few sentences of a text that the model reads, and the keys by which institutions are named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from foedus.council.acts import No
from foedus.vocabulary.errors import nearest

GRAMMAR: Final = (
    "form body MEMBERS rule consensus|hub until YEAR",
    "form forum MEMBERS until YEAR",
    "treaty A,B depth D until YEAR",
    "admit S to KEY",
    "end KEY",
    "mediate A,B by C",
    "undertake ADDRESS:VALUE",
)
"""What a clause can say; members are separated by commas, a key is as ``body consensus USA,JPN,KOR``; a term may be left out."""

_NUMBER: Final = re.compile(r"[0-9]*\.?[0-9]+")
_STATE: Final = r"[A-Z]{3}"
_MEMBERS: Final = rf"({_STATE}(?: *, *{_STATE})+)"
_FORMS: Final = (
    ("body", re.compile(rf"form body {_MEMBERS}(?: rule (consensus|hub))?")),
    ("forum", re.compile(rf"form forum {_MEMBERS}(?: rule consensus)?")),
    ("treaty", re.compile(rf"treaty {_MEMBERS}(?: depth ([0-9.]+))?")),
    ("admit", re.compile(rf"admit ({_STATE}) to (.+)")),
    ("end", re.compile(r"end (.+)")),
    ("mediate", re.compile(rf"mediate {_MEMBERS} by ({_STATE})")),
    ("undertake", re.compile(r"undertake ([A-Za-z0-9_.]+) *: *([-+]?[0-9.]+)")),
)
_TERM: Final = re.compile(r"(.+) until ([0-9]{4})")
_KEY: Final = re.compile(
    rf"(?:body (?P<rule>consensus|hub)|(?P<kind>forum|treaty|commitment)) {_MEMBERS}(?: depth ([0-9.]+))?"
)


@dataclass(frozen=True)
class Clause:
    """One operative clause.

    Attributes
    ----------
    verb : str
        ``body``, ``forum``, ``treaty``, ``admit``, ``end``, ``mediate`` or ``undertake``.
    members : tuple of str
        Parties of what is founded, or the dyad that is mediated.
    rule : str
        ``consensus`` or ``hub``, of a body.
    depth : float or None
        Share of a full alliance, of a treaty; None for a full one.
    state : str
        Who is admitted, or who mediates.
    key : str
        The institution that is joined or ended, as :func:`key_of` names it.
    address : str
        Quantity that is undertaken, as ``KOR.free_force``.
    value : float
    until : int
        Year in which the term of what is founded runs out; 0 for no term.
    """

    verb: str
    members: tuple[str, ...] = ()
    rule: str = ""
    depth: float | None = None
    state: str = ""
    key: str = ""
    address: str = ""
    value: float = 0.0
    until: int = 0

    @property
    def founds(self) -> bool:
        """Whether it founds or enlarges something that binds only those who sign."""
        return self.verb in ("body", "forum", "treaty", "admit")

    @property
    def signers(self) -> tuple[str, ...]:
        """Who has to sign; nobody for what does not bind."""
        if self.verb == "admit":
            return (*members_of(self.key), self.state)
        return self.members if self.founds else ()

    @property
    def makes(self) -> str:
        """Key of what is in force once all have signed; empty where nothing is founded."""
        if self.verb == "admit":
            kind, rule, members, depth = parts_of_key(self.key)
            return key_of(kind, (*members, self.state), rule, depth)
        return key_of(self.verb, self.members, self.rule, self.depth) if self.founds else ""

    def __str__(self) -> str:
        members = ",".join(self.members)
        said = {
            "body": f"form body {members} rule {self.rule}",
            "forum": f"form forum {members}",
            "treaty": f"treaty {members}" + (f" depth {self.depth:g}" if self.depth is not None else ""),
            "admit": f"admit {self.state} to {self.key}",
            "end": f"end {self.key}",
            "mediate": f"mediate {members} by {self.state}",
            "undertake": f"undertake {self.address}:{self.value:g}",
        }
        return said[self.verb] + (f" until {self.until}" if self.until else "")


def key_of(kind: str, members: Sequence[str], rule: str = "", depth: float | None = None) -> str:
    """Return the name of an institution in a room: kind, rule of a body, members, depth of a treaty that is no full one."""
    head = f"body {rule or 'consensus'}" if kind == "body" else kind
    return f"{head} {','.join(members)}" + (f" depth {depth:g}" if depth is not None else "")


def parts_of_key(key: str) -> tuple[str, str, tuple[str, ...], float | None]:
    """Return kind, rule, members and depth of a key.

    Raises
    ------
    No
        It is none.
    """
    found = _KEY.fullmatch(" ".join(key.split()))
    if found is None:
        raise No("clause", f"'{key}' names no institution; write for example body consensus USA,JPN,KOR.")
    kind = found["kind"] or "body"
    members = _members(found[3])
    return kind, found["rule"] or "", members, _depth(found[4])


def members_of(key: str) -> tuple[str, ...]:
    """Return the members of a key; errors as :func:`parts_of_key`."""
    return parts_of_key(key)[2]


def taken_up_by(members: Iterable[str], keys: Iterable[str]) -> str:
    """Return the first body among some keys to which all members of a treaty belong, for it takes the treaty up; empty if none does."""
    inside = set(members)
    return next((k for k in keys if k.startswith("body") and inside <= set(members_of(k))), "")


def read_clause(words: str, states: Sequence[str], hub: str) -> Clause:
    """Return the clause that some words say.

    Parameters
    ----------
    words : str
    states : sequence of str
        Of the case; members are put in its order, the hub first.
    hub : str

    Raises
    ------
    No
        They are no clause, or name somebody who is no state of the case.
    """
    said = " ".join(words.split())
    term = _TERM.fullmatch(said)
    for verb, form in _FORMS:
        found = form.fullmatch(term[1] if term else said)
        if found is not None and not (term and verb not in ("body", "forum", "treaty")):
            return replace(_checked(_clause(verb, found), states, hub), until=int(term[2]) if term else 0)
    raise No("clause", f"'{said}' is no clause that the model reads; it reads: {'; '.join(GRAMMAR)}.")


def _clause(verb: str, found: re.Match[str]) -> Clause:
    if verb == "body":
        return Clause(verb, _members(found[1]), rule=found[2] or "consensus")
    if verb == "forum":
        return Clause(verb, _members(found[1]), rule="consensus")
    if verb == "treaty":
        return Clause(verb, _members(found[1]), depth=_depth(found[2]))
    if verb == "admit":
        return Clause(verb, state=found[1], key=found[2])
    if verb == "end":
        return Clause(verb, key=found[1])
    if verb == "mediate":
        return Clause(verb, _members(found[1]), state=found[2])
    return Clause(verb, address=found[1], value=_number(found[2]))


def _checked(clause: Clause, states: Sequence[str], hub: str) -> Clause:
    kind, rule, members, depth = ("", "", clause.members, clause.depth)
    if clause.key:
        kind, rule, members, depth = parts_of_key(clause.key)
    for s in (*members, *([clause.state] if clause.state else [])):
        if s not in states:
            raise No("clause", f"{s} is no state of this room's case. {nearest(s, states)}")
    if clause.verb in ("treaty", "mediate") and len(clause.members) != 2:
        raise No("clause", f"'{clause.verb}' is about two states, not {len(clause.members)}.")
    if clause.verb in ("body", "forum") and len(clause.members) < 3:
        raise No("clause", f"a {clause.verb} has three members or more; two states conclude a treaty.")
    if clause.state and clause.state in members:
        raise No("clause", f"{clause.state} is already one of {', '.join(members)}.")
    ordered = in_order(members, states, hub)
    if not clause.key:
        return Clause(clause.verb, ordered, clause.rule, depth, clause.state, "", clause.address, clause.value)
    return Clause(clause.verb, state=clause.state, key=key_of(kind, ordered, rule, depth))


def in_order(members: Sequence[str], states: Sequence[str], hub: str) -> tuple[str, ...]:
    """Return members as institutions have them: the hub first, the others in the order of the case."""
    return tuple(s for s in dict.fromkeys((hub, *states)) if s in members)


def _members(words: str) -> tuple[str, ...]:
    names = tuple(w.strip() for w in words.split(","))
    if len(set(names)) != len(names):
        raise No("clause", f"somebody stands twice in {words}.")
    return names


def _depth(words: str | None) -> float | None:
    if words is None:
        return None
    depth = _number(words)
    if not 0.0 < depth <= 1.0:
        raise No("clause", f"a depth of {words} is not a share of a full alliance; write 0.1 to 1.")
    return None if depth == 1.0 else depth


def _number(words: str) -> float:
    if _NUMBER.fullmatch(words.lstrip("+-")) is None:
        raise No("clause", f"'{words}' is no number.")
    return float(words)
