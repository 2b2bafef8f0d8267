"""Wording: the one catalogue of sentences in which a room tells of institutions, clauses and what happened; names are those of the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from foedus.council.acts import No
from foedus.council.clauses import Clause, members_of, parts_of_key, read_clause, taken_up_by
from foedus.council.fold import Item, Room
from foedus.simulation.trace import Happening
from foedus.vocabulary.prose import country, listing, the

Called = Callable[[str], str]
"""Gives a state its name, as a sentence has it."""

NUMBERS: Final = (
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
MANY: Final = 4
"""Members of which the names still stand in a sentence; of more there is their number."""


def called_in(room: Room) -> Called:
    """Return what gives states their names in the year that a room plays, with the article of a sentence."""
    year = room.year
    return lambda state: the(country(state, year))


def number(count: int) -> str:
    """Return a number of states in a word, where there is one for it."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)


def in_short(words: str, most: int) -> str:
    """Return words on one line, cut behind a word and with an ellipsis where there are more letters than that."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    return f"{(line[:most].rpartition(' ')[0] or line[: most - 1]).rstrip(' ,;:.–')}…"


def raised(words: str) -> str:
    """Return words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


# -- institutions -------------------------------------------------------------------------------------------------


def kind_said(key: str) -> str:
    """Return what an institution is, in words: ``light treaty``, ``council``; the key itself where it names none."""
    try:
        kind, rule, _, depth = parts_of_key(key)
    except No:
        return key
    if kind == "body":
        return "body under one lead" if rule == "hub" else "council"
    return "light treaty" if kind == "treaty" and depth is not None else kind


def in_line(key: str, called: Called) -> str:
    """Return an institution as a line of a log has it: of many members the first two and how many others there are."""
    return institution(key, called, MANY, others=True)


def some_of(names: Sequence[str]) -> str:
    """Return names as a sentence has them: of many the first two and how many others there are."""
    return listing(names if len(names) <= MANY else [*names[:2], f"{number(len(names) - 2)} others"])


def institution(key: str, called: Called, most: int = 40, *, others: bool = False) -> str:
    """Return an institution as a sentence has it, with its article.

    Parameters
    ----------
    key : str
        As :func:`foedus.council.clauses.key_of` names it; returned as it is where it names none.
    called : callable
        Names of the day.
    most : int
        Members that are named; of an institution with more their number stands.
    others : bool
        Whether the first two of more are named, and the number is that of the others.
    """
    try:
        kind, rule, members, _ = parts_of_key(key)
    except No:
        return key
    if kind == "commitment":
        return f"the commitment of {called(members[0])} to {called(members[1])}"
    names = [called(s) for s in members]
    many = some_of(names) if others else f"the {number(len(members))}"
    who = many if len(members) > most else listing(names)
    led = f", led by {called(members[0])}" if kind == "body" and rule == "hub" else ""
    return f"the {'body' if led else kind_said(key)} of {who}{led}"


def depth_said(key: str) -> str:
    """Return how deep a light treaty is, in words; nothing for everything else."""
    try:
        depth = parts_of_key(key)[3]
    except No:
        return ""
    return "" if depth is None else f"{depth:g} of a full alliance"


def treaty_said(item: Item, called: Called, most: int = 40, *, others: bool = False) -> str:
    """Return what a treaty of the room would bring into force or end, as a title; members as :func:`institution` has them."""
    if item.get("makes"):
        return raised(institution(str(item.get("makes")), called, most, others=others).removeprefix("the "))
    return f"The end of {institution(str(item.get('ends')), called, most, others=others)}"


# -- clauses ------------------------------------------------------------------------------------------------------


def clause_said(words: str, room: Room) -> str:
    """Return what a clause does, as a sentence without its subject and its stop; the words themselves where they are none."""
    form = room.form
    try:
        clause = read_clause(words, (*form.states, *form.adversaries), form.hub)
    except No:
        return words
    return _clause(clause, called_in(room))


def _clause(clause: Clause, called: Called) -> str:
    if clause.verb == "admit":
        return f"takes {called(clause.state)} into {institution(clause.key, called, MANY)}"
    if clause.verb == "end":
        return f"ends {institution(clause.key, called, MANY)}"
    if clause.verb == "mediate":
        return f"offers {listing(called(s) for s in clause.members)} the good offices of {called(clause.state)}"
    if clause.verb == "undertake":
        state, _, quantity = clause.address.partition(".")
        about = quantity.replace(".", " ").replace("_", " ")
        return f"has {called(state)} undertake a {about} of {clause.value:g}, once the facilitator admits it"
    made = institution(clause.makes, called, MANY)
    rule = {"consensus": ", which decides by consensus", "hub": ""}.get(
        clause.rule if clause.verb == "body" else "", ""
    )
    deep = depth_said(clause.makes)
    verb = "concludes" if clause.verb == "treaty" else "founds"
    term = f", until {clause.until}, when it is renewed or lapses" if clause.until else ""
    return f"{verb} a {made.removeprefix('the ')}{rule}{f', {deep}' if deep else ''}{term}"


# -- what happened ------------------------------------------------------------------------------------------------


def happened_said(h: Mapping[str, Any], called: Called, most: int = MANY) -> str:
    """Return what happened as a sentence without its stop.

    Parameters
    ----------
    h : mapping
        A line of a year, as :func:`foedus.council.year_events.line` writes it.
    called : callable
        Names of the day.
    most : int
        Members of an institution that are named.
    """
    what, key = str(h["what"]), str(h["key"])
    slots = {
        "actor": called(str(h["actor"])),
        "other": listing([called(str(s)) for s in h.get("others") or (h["other"],)]),
        "about": institution(key, called, most) if key else "",
        "a": f"a {kind_said(key)}" if key else "",
        "who": _refusing(h, called),
    }
    at_a_door = what in _AT_DOORS and h["actor"] and (h["other"] or what == Happening.FORMED.value)
    form = (_AT_DOORS if at_a_door else _SENTENCES)[what]
    if what in _SIGNED and key.startswith("treaty"):
        one, other = (called(s) for s in members_of(key))
        return raised(f"{one} and {other} {_SIGNED[what]} {slots['a']}")
    if what == Happening.BROKERED.value and h.get("by") == "people":
        form = "A mediation settles the quarrel of {actor} and {other}"
    return raised(form.format(**slots))


def pressed_together(lines: Iterable[Mapping[str, Any]], *, priced: bool = False) -> list[Mapping[str, Any]]:
    """Return lines of a year with those as one in which somebody presses several states over the same.

    Parameters
    ----------
    lines : iterable of mapping
        As :func:`foedus.council.year_events.line` writes them.
    priced : bool, optional
        Whether only those stand together whom it costs the same, as far as that is printed.
    """
    found: dict[Any, dict[str, Any]] = {}
    for k, h in enumerate(lines):
        pressed = h["what"] == Happening.PRESSED.value
        cost = f"{h['size']:.2f}" if priced and h.get("size") is not None else ""
        name = (h["actor"], h["key"], h["by"], h.get("probability"), h.get("draw"), cost) if pressed else k
        if name in found:
            found[name]["others"] = (*found[name]["others"], h["other"])
        else:
            found[name] = {**h, "others": (h["other"],)}
    return list(found.values())


def _refusing(h: Mapping[str, Any], called: Called) -> str:
    """Return who refused, with the verb."""
    names = [called(a["state"]) for a in h["answers"] if not a["yes"]]
    if not names:
        return ""
    if len(names) > MANY:
        return f"{number(len(names))} states refuse"
    if all(a.get("silent") for a in h["answers"] if not a["yes"]):
        return f"{listing(names)} {'gives' if len(names) == 1 else 'give'} no orders, and so {'refuses' if len(names) == 1 else 'refuse'}"
    return f"{listing(names)} {'refuses' if len(names) == 1 else 'refuse'}"


_SIGNED: Final = {
    Happening.FORMED.value: "sign",
    Happening.SIGNED.value: "sign",
    Happening.LIGHT.value: "sign",
    Happening.LIGHT_REFUSED.value: "do not agree on",
}
_SENTENCES: Final[Mapping[str, str]] = {
    Happening.LEADER.value: "{actor} has a new leader, who sees the threats anew",
    Happening.SHOCK.value: "the quarrel of {actor} and {other} flares up",
    Happening.RAISED.value: "{actor} raises its quarrel with {other}",
    Happening.ANSWERED.value: "{actor} answers {other} in kind",
    Happening.CRISIS.value: "{actor} takes its quarrel with {other} to a crisis",
    Happening.BROKERED.value: "a broker keeps {actor} and {other} from a crisis",
    Happening.LEFT.value: "{actor} leaves {about}",
    Happening.ENDED.value: "{about} ends",
    Happening.PROPOSED.value: "{actor} proposes {about}",
    Happening.PRESSED.value: "{actor} presses {other} not to join {about}",
    Happening.REFUSED.value: "{about} does not come about",
    Happening.FORMED.value: "{about} is founded",
    Happening.SIGNED.value: "{about} is signed",
    Happening.LIGHT.value: "{actor} and {other} sign a light treaty",
    Happening.LIGHT_REFUSED.value: "{actor} and {other} do not agree on a light treaty",
}
_AT_DOORS: Final[Mapping[str, str]] = {
    Happening.PROPOSED.value: "{actor} asks to be let into {about}",
    Happening.REFUSED.value: "{other} does not let {actor} into {about}",
    Happening.FORMED.value: "{actor} is let in: {about}",
}
"""What is said of somebody who knocks at the door of a body."""

ANSWERED: Final[Mapping[str, tuple[str, str]]] = {
    "sign": ("signs", "does not sign"),
    "consent": ("agrees", "does not agree"),
    "exit": ("leaves", "stays"),
    "apply": ("asks to be let in", "does not ask to be let in"),
    "let in": ("lets the newcomer in", "keeps the newcomer out"),
}
"""What a state did, by its action: yes and no."""


def answer_said(answer: Mapping[str, Any], called: Called) -> str:
    """Return what one state answered, as a sentence without its stop."""
    yes, no = ANSWERED.get(str(answer["action"]), (str(answer["action"]), f"does not {answer['action']}"))
    silent = "gives no orders, and so " if answer.get("silent") else ""
    return raised(f"{called(answer['state'])} {yes if answer['yes'] else silent + no}")


def headline(lines: Sequence[Mapping[str, Any]], called: Called) -> str:
    """Return a year in a few sentences: what was founded and signed, refused and left, and what became a crisis.

    Parameters
    ----------
    lines : sequence of mapping
        What happened, as :func:`foedus.council.year_events.line` writes it.
    called : callable
        Names of the day.
    """
    found = [*_founded(lines, called), *_signed(lines, called), *_not(lines, called)]
    left = [h for h in lines if h["what"] == Happening.LEFT.value]
    found += (
        [happened_said(h, called) for h in left] if len(left) < 3 else [f"{number(len(left))} times a state leaves"]
    )
    for h in lines:
        if h["what"] in (Happening.CRISIS.value, Happening.BROKERED.value):
            found.append(happened_said(h, called))
    return " ".join(f"{raised(s)}." for s in found) or "Nothing new is signed, and nobody leaves."


def _founded(lines: Sequence[Mapping[str, Any]], called: Called) -> list[str]:
    new = [h for h in lines if h["what"] == Happening.FORMED.value and not h["key"].startswith("treaty")]
    return [happened_said(h, called) for h in new]


def _signed(lines: Sequence[Mapping[str, Any]], called: Called) -> list[str]:
    new = [h for h in lines if h["what"] in _SIGNED and h["what"] != Happening.LIGHT_REFUSED.value]
    keys = dict.fromkeys(h["key"] for h in new if h["key"].startswith("treaty"))
    bodies = [h["key"] for h in lines if h["what"] == Happening.FORMED.value and h["key"].startswith("body")]
    inside = {k: taken_up_by(members_of(k), bodies) for k in keys}
    found = []
    for key in [k for k in keys if inside[k]]:
        (said,) = _treaties([members_of(key)], "light treaty" if depth_said(key) else "treaty", "", called)
        found.append(f"{said}, which {institution(inside[key], called, MANY)} takes up")
    for light in (False, True):
        pairs = [members_of(k) for k in keys if bool(depth_said(k)) is light and not inside[k]]
        found += _treaties(
            pairs, "light treaty" if light else "treaty", "light treaties" if light else "treaties", called
        )
    return found


def _treaties(pairs: Sequence[tuple[str, ...]], one: str, more: str, called: Called) -> list[str]:
    if not pairs:
        return []
    if len(pairs) == 1:
        return [f"{listing(called(s) for s in pairs[0])} sign a {one}"]
    common = [s for s in pairs[0] if all(s in p for p in pairs)]
    if not common:
        return [f"{number(len(pairs))} {more} are signed"]
    others = [s for p in pairs for s in p if s != common[0]]
    whom = listing(called(s) for s in others) if len(others) <= MANY else f"{number(len(others))} states"
    return [f"{called(common[0])} signs {more} with {whom}"]


def _not(lines: Sequence[Mapping[str, Any]], called: Called) -> list[str]:
    """Return what did not come about and who refused it; light treaties that were only tried are left out."""
    found = []
    for h in lines:
        if h["what"] != Happening.REFUSED.value:
            continue
        who = _refusing(h, called)
        at_a_door = h["actor"] and h["other"]
        found.append(happened_said(h, called) if at_a_door or not who else f"{who} {institution(h['key'], called, 3)}")
    return list(dict.fromkeys(found))
