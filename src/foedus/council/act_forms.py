"""Forms of acts: what is open to somebody, as a page offers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from foedus.council.clause_examples import clause_examples, hinted
from foedus.council.clauses import members_of, parts_of_key
from foedus.council.filled_acts import UNITS
from foedus.council.fold import Item, Room
from foedus.council.glosses import glossed
from foedus.council.plain_words import called_in, institution, raised
from foedus.council.plans_of_pressure import still_to_plan, targets
from foedus.council.procedures.channel import asked_by
from foedus.council.procedures.demarche import forums_of, names
from foedus.council.procedures.roster import MACHINES
from foedus.council.rungs_known import RUNGS, STEP, rungs_known
from foedus.council.sensible import still_offered
from foedus.council.stepping import Offer
from foedus.council.titles import title_of
from foedus.vocabulary.prose import country, listing, the

LABELS: Final[Mapping[str, str]] = {
    "silence.propose": "Propose silence",
    "silence.object": "Object to silence",
    "silence.break": "Break silence",
    "silence.extend": "Give more time",
    "consensus.call": "Call consensus",
    "consensus.join": "Join",
    "consensus.aside": "Stand aside",
    "consensus.object": "Object",
    "consensus.rule": "Rule",
    "consensus.drop": "Take the call back",
    "amendment.offer": "Amend an article",
    "amendment.add": "Add an article",
    "amendment.accept": "Accept the amendment",
    "amendment.object": "Object to the amendment",
    "amendment.lift": "Lift our bracket",
    "amendment.withdraw": "Withdraw the amendment",
    "amendment.side": "Say which wording",
    "text.table": "Table a text",
    "text.sponsor": "Sponsor it too",
    "text.withdraw": "Withdraw the text",
    "concern.raise": "Raise a concern",
    "table.convene": "Convene a table",
    "table.move": "Ask for a caucus",
    "channel.open": "Open a channel",
    "channel.agree": "Show what was said before",
    "inject.first": "Put it first",
    "seat.declare": "Declare in public",
    "seat.hand": "Let the model play for us",
    "seat.take": "Take the seat back",
    "seat.stand": "Stand in for it",
    "quarrel.offices": "Good offices",
    "treaty.draft": "Draft a treaty",
    "year.tell": "Show every seat’s year to all",
    "withdrawal.notice": "Give notice",
    "pressure.plan": "Plan pressure",
    "demarche.propose": "Propose a joint démarche",
    "room.veil": "Hide the worth of clauses",
    "room.unveil": "Show the worth of clauses",
    "orders.confirm": "Confirm our orders",
    "orders.take": "Take the orders back",
}
"""What a button says where the first words of the procedure's table are too many."""

WARNING: Final = frozenset(
    {"silence.break", "silence.object", "consensus.object", "amendment.object", "withdrawal.notice"}
)
"""Acts that undo what others wait for."""
ASKED_TWICE: Final[Mapping[str, str]] = {
    "text.withdraw": "It leaves the table for everybody: withdraw it?",
    "seat.hand": "The model answers and signs then: let it?",
}
"""Acts of one press that are asked once more, with what is asked: others lose by a slip."""
MAIN: Final = frozenset(
    {
        "consensus.join",
        "amendment.accept",
        "orders.confirm",
        "mediation.accept",
        "mediation.agree",
        "channel.accept",
        "table.agree",
        "accession.agree",
        "treaty.initial",
        "demarche.join",
    }
)
"""Acts that others wait for."""
_BY_LAW: Final = frozenset({"chance", "draw", "person"})
_OF_OTHERS: Final = ("channel.open", "concern.raise", "treaty.draft")
"""Acts for which other states are chosen, not one's own."""
_LASTS: Final[Mapping[str, str]] = {
    "silence.propose": "silence_seconds",
    "silence.extend": "silence_seconds",
    "consensus.call": "consensus_seconds",
    "vote.open": "consensus_seconds",
}
"""Acts with a time, and the rule that says how long it is where nothing is filled in."""


@dataclass(frozen=True)
class Box:
    """One field of a form.

    Attributes
    ----------
    name, kind, says : str
    needed : bool
    choices : tuple of (str, str)
        Values and what they are called.
    value : str
        Filled in already.
    """

    name: str
    kind: str
    says: str
    needed: bool
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""

    @property
    def glosses(self) -> tuple[tuple[str, str], ...]:
        """Words of the choices that want a gloss."""
        return glossed(*(words for choice in self.choices for words in choice))


@dataclass(frozen=True)
class ActForm:
    """An act that is open to somebody, as a page offers it.

    Attributes
    ----------
    kind, item : str
    label, says : str
    boxes : tuple of Box
    words : str
        ``must``, ``may`` or empty.
    place : str
        Of the draft of its words.
    tone : str
        ``warn``, ``main`` or empty.
    saw : int or None
        Version that is before the reader's eyes.
    parts : tuple of (str, str)
        Articles that its words can be for: an amendment's.
    """

    kind: str
    item: str
    label: str
    says: str
    boxes: tuple[Box, ...]
    words: str
    place: str
    tone: str = ""
    saw: int | None = None

    @property
    def twice(self) -> str:
        """What is asked before it is done, as for a card that is taken back; empty where nothing is."""
        return ASKED_TWICE.get(self.kind, "") if self.plain else ""

    @property
    def plain(self) -> bool:
        """Whether a press is all that it needs."""
        return not self.words and all(b.kind == "hidden" for b in self.boxes)

    @property
    def is_text(self) -> bool:
        """Whether articles are written."""
        return any(b.kind == "articles" for b in self.boxes)


def label_of(kind: str, says: str) -> str:
    """Return what a button says for a kind of act."""
    found = LABELS.get(kind)
    if found is None:
        for stop in (":", ";", ",", "."):
            says = says.partition(stop)[0]
        found = says
    return found


def words_of(kind: str) -> str:
    """Return what a kind of act is called where it is named among others: its button, or the first words of its row."""
    noun, _, verb = kind.partition(".")
    machine = MACHINES.get(noun)
    says = next((r.says for r in machine.rows if r.verb == verb), kind) if machine is not None else kind
    return label_of(kind, says)


def act_form(offer: Offer, room: Room, given: Mapping[str, str] | None = None, *, seat: str | None = None) -> ActForm:
    """Return an offer as a form.

    Parameters
    ----------
    offer : Offer
    room : Room
        As the actor knows it.
    given : mapping, optional
        Fields whose value the page knows: they are hidden.
    seat : str, optional
        Of whom it is offered to.
    """
    known = dict(given or {})
    sides = _sides(offer, room)
    if offer.kind == "quarrel.offices" and seat is not None and seat not in sides:
        known["mediator"] = seat
    boxes = tuple(_box(offer, f, room, known, seat) for f in offer.asks if f.name not in _BY_LAW)
    text = room.item("text", known.get("text", offer.item))
    saw = int(text.get("version", 1)) if text is not None else None
    tone = "warn" if offer.kind in WARNING else "main" if offer.kind in MAIN else ""
    place = ":".join(p for p in (offer.kind, offer.item or known.get("text", "")) if p)
    label = _about(offer, room, seat, sides) or label_of(offer.kind, offer.says)
    says = hinted(offer.kind, offer.says)
    if offer.kind == "pressure.plan" and seat is not None:
        says = f"{says} {still_to_plan(room, seat)}"
    says = f"{says} {still_offered(room, offer)}".rstrip()
    words = "must" if offer.kind == "pressure.announce" else offer.words  # of the form alone: the sentence is the point
    if steps := rungs_known(room, offer.item, seat) if offer.kind in RUNGS else ():
        boxes, words = (*boxes, Box(STEP, "choice", "a step of the record", False, steps)), "may"
        says = f"{says} Pick what is done from the record, or write your own."
    return ActForm(offer.kind, offer.item, label, says, boxes, words, place, tone, saw)


def _sides(offer: Offer, room: Room) -> tuple[str, ...]:
    item = room.item("quarrel", offer.item) if offer.kind.startswith("quarrel.") else None
    return tuple(item.get("sides", ())) if item is not None else ()


_WITH: Final[Mapping[str, str]] = {
    "quarrel.raise": "Raise the quarrel with {}",
    "quarrel.answer": "Answer {} in kind",
    "quarrel.go": "Go on to a crisis with {}",
    "quarrel.down": "Step down a rung towards {}",
    "quarrel.offices": "Ask for good offices between us and {}",
}
"""What a button of a quarrel says to one side, with the name of the other."""


_AMENDING: Final[Mapping[str, str]] = {
    "amendment.accept": "Accept what {of} offers for article {article}",
    "amendment.object": "Object to what {of} offers for article {article}",
    "amendment.lift": "Lift our bracket: article {article} as {of} offers it",
    "amendment.side": "Say which wording of article {article}",
    "amendment.decide": "Let the seats decide article {article}",
    "amendment.withdraw": "Withdraw our wording of article {article}",
}
"""What a button of an amendment says, for there may be several."""


_PRESSING: Final[Mapping[str, str]] = {
    "demarche.join": "Join the démarche to {to}",
    "demarche.aside": "Stand aside from the démarche to {to}",
    "demarche.withdraw": "Withdraw our démarche to {to}",
    "demarche.deliver": "Deliver the démarche to {to} in the names of {by}",
    "demarche.yield": "Answer {by} that we yield",
    "demarche.hold": "Answer {by} that we hold",
}
"""What a button of a joint démarche says."""


def _number(room: Room, amendment: Item) -> str:
    """Return the number of the article that an amendment is about."""
    text = room.item("text", str(amendment.get("text")))
    names = [a["id"] for a in text.get("articles", ())] if text is not None else []
    name = str(amendment.get("article"))
    if name not in names and amendment.get("new"):
        return str(len(names) + 1)
    return str(names.index(name) + 1) if name in names else name


def _about(offer: Offer, room: Room, seat: str | None, sides: Sequence[str]) -> str:
    """Return what a button says that is there for several quarrels, amendments or mediations at once: whose it is."""

    def said(*states: str) -> str:
        return listing([the(country(s, room.year)) for s in states])

    if seat in sides and offer.kind in _WITH:
        return _WITH[offer.kind].format(said(*(s for s in sides if s != seat)))
    if offer.kind == "quarrel.offices" and sides:
        return f"{'Offer our good offices' if seat else 'Offer good offices'} to {said(*sides)}"
    if offer.kind in ("table.agree", "table.decline"):
        moved = room.tables[offer.item].get("motion")
        if offer.kind == "table.decline":
            return "Decline the caucus"
        return f"Agree to the caucus of {moved['minutes']:g} minutes that {said(str(moved['by']))} asks for"
    if offer.kind in _AMENDING and (item := room.item("amendment", offer.item)) is not None:
        return _AMENDING[offer.kind].format(of=said(str(item.get("author"))), article=_number(room, item))
    if (
        offer.kind in ("accession.agree", "accession.refuse")
        and (item := room.item("accession", offer.item)) is not None
    ):
        verb = "Let" if offer.kind == "accession.agree" else "Do not let"
        return f"{verb} {said(str(item.get('newcomer')))} into {institution(str(item.get('of')), called_in(room), 3)}"
    if offer.kind in _PRESSING and (item := room.item("demarche", offer.item)) is not None:
        return _PRESSING[offer.kind].format(to=said(str(item.get("target"))), by=said(*names(item)))
    if offer.kind == "pressure.announce":
        return f"Announce the pressure {title_of(room, 'pressure', offer.item)}"
    if offer.kind == "treaty.initial":
        return f"Initial “{title_of(room, 'treaty', offer.item)}”"
    if offer.kind == "channel.accept":
        return f"Join the channel “{title_of(room, 'channel', offer.item)}”"
    if offer.kind in ("mediation.accept", "mediation.decline"):
        item = room.item("mediation", offer.item)
        verb = "Accept" if offer.kind == "mediation.accept" else "Decline"
        if item is not None and item.get("mediator") != seat:
            return f"{verb} the good offices of {said(str(item.get('mediator')))}"
        return f"{verb} to mediate between {said(*item.get('sides', ()))}" if item is not None else ""
    return ""


def _sits(item: Item, seat: str | None) -> bool:
    return item.family != "table" or seat is None or seat in item.get("members", ())


def _box(offer: Offer, asked: Any, room: Room, given: Mapping[str, str], seat: str | None) -> Box:
    if asked.name in given:
        return Box(asked.name, "hidden", asked.says, asked.needed, (), given[asked.name])
    kind, _, family = asked.kind.partition(":")
    if kind == "item":
        open_ = (i.id for i in room.all(family).values() if i.state != "closed" and _sits(i, seat))
        items = tuple((name, title_of(room, family, name)) for name in open_)
        if len(items) == 1:
            return Box(asked.name, "hidden", asked.says, asked.needed, (), items[0][0])
        return Box(asked.name, "choice", asked.says, asked.needed, items)
    if offer.kind == "quarrel.offices" and asked.name == "mediator":
        others = tuple(s for s in room.form.states if s not in _sides(offer, room))
        return Box(asked.name, "choice", asked.says, True, _named(others, room.year))
    if offer.kind == "pressure.plan" and asked.name == "target":
        return Box(asked.name, "choice", asked.says, asked.needed, targets(room, str(seat)))
    if kind in ("state", "seat", "states"):
        of = "several" if kind == "states" else "choice"
        return Box(asked.name, of, asked.says, asked.needed, _states(offer, room, seat))
    if asked.name == "clause" or kind == "articles":
        return Box(asked.name, "clause" if kind == "key" else kind, asked.says, asked.needed, clause_examples(room))
    if kind == "word" and asked.choices:
        return Box(asked.name, "choice", asked.says, asked.needed, tuple((c, c) for c in asked.choices))
    if kind == "key" and asked.name == "of":
        known = forums_of(room, seat) if offer.kind == "demarche.propose" else room.in_force
        keys = tuple((k, raised(institution(k, called_in(room)))) for k in known)
        return Box(asked.name, "choice", asked.says, asked.needed, keys)
    if kind == "key" and asked.name == "to" and offer.kind in ("accession.knock", "accession.invite"):
        inside = offer.kind == "accession.invite"
        open_ = (k for k in room.in_force if parts_of_key(k)[0] in ("body", "forum"))
        keys = tuple((k, raised(institution(k, called_in(room)))) for k in open_ if (seat in members_of(k)) == inside)
        return Box(asked.name, "choice", asked.says, asked.needed, keys)
    if offer.kind in _LASTS and asked.name == "seconds":
        return _time_box(float(getattr(room.form.rules, _LASTS[offer.kind])), asked)
    if (
        offer.kind == "pressure.announce" and asked.name == "public"
    ):  # of the form alone: an act that says nothing tells the target
        return Box(asked.name, kind, "all read it; unticked, its target alone does", asked.needed, (), "yes")
    return Box(asked.name, kind, asked.says, asked.needed)


def _time_box(seconds: float, asked: Any) -> Box:
    """Return a box for a time, in minutes, or in hours where the rules of the room speak of those."""
    unit = next(u for u, each in UNITS.items() if seconds >= 2 * each or u == "minutes")
    says = "from now" if asked.needed else "how long"
    return Box(unit, "number", says, asked.needed, (), f"{seconds / UNITS[unit]:g}")


def _states(offer: Offer, room: Room, seat: str | None) -> tuple[tuple[str, str], ...]:
    form, all_ = room.form, (*room.form.states, *room.form.adversaries)
    late = asked_by(room.channels[offer.item], seat) if offer.kind == "channel.agree" else all_
    only = {
        "channel.open": form.seats,
        "pressure.plan": form.states,
        "demarche.propose": form.adversaries,
        "treaty.draft": form.states,
    }
    states = only.get(offer.kind, late)
    return _named(tuple(s for s in states if s != seat or offer.kind not in _OF_OTHERS), room.year)


@lru_cache(64)
def _named(states: tuple[str, ...], year: int) -> tuple[tuple[str, str], ...]:
    return tuple((s, country(s, year)) for s in states)
