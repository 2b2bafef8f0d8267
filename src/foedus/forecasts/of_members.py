"""Questions of members: who joins, leaves or stays in a body or forum, and how many members it will have."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from foedus.casebook.case import InstitutionRecord
from foedus.forecasts.known_pacts import ATLANTIC
from foedus.forecasts.query import NotUnderstood, Query, Quota
from foedus.forecasts.sentence import Sentence
from foedus.forecasts.who import QUANTORS, Group, bounds_of, check_all_of, ordinal_number
from foedus.vocabulary.states import STATES

BODY: Final = "treaty ends, multilateral"
"""Class of a body that ends as a whole."""

JOINS: Final = "joins a body"
"""Class of a European state outside the Atlantic alliance that joins it; by Article 10 nobody else can."""

LEAVES: Final = "leaves a body"
"""Class of a member that leaves a treaty of three or more."""
JOINED: Final = "joins a treaty of its region"
"""Class of a state that joins a treaty of three or more with members in its part of the world."""
GAINS: Final = "a body gains a member"
"""Class of a treaty of three or more that somebody joins."""


def body_of(said: Sentence) -> InstitutionRecord:
    """Return the body or forum that a question is about."""
    named = said.named()
    if len(named) == 1 and arrangement(named[0]):
        return named[0]
    if len(named) != 1 or named[0].kind not in ("forum", "multilateral"):
        raise NotUnderstood(f"it does not name one body or forum in force in {said.case.name}")
    return named[0]


def arrangement(record: InstitutionRecord) -> bool:
    """Return whether a record is an arrangement of three or more that the theory does not know, such as AUKUS."""
    return record.kind == "none" and len(record.members) + len(record.outside) > 2


def those(said: Sentence, pool: Sequence[str], plural_is_any: bool = False) -> tuple[list[Group], bool]:
    """Return the groups of those who move, each with its states, and whether states are named.

    A noun stands for the pool: members for those inside, countries for those outside.
    """
    groups, treaties = said.groups()
    if treaties is not None:
        raise NotUnderstood("it counts treaties, and names a body")
    named = [g for g in groups if g.states]
    if named and any(g.quantor and g.noun and not g.states for g in groups):
        raise NotUnderstood("names and a number of others stand side by side, which can be read in two ways")
    if named:
        return named, True
    grows = any(w.kind == "gain" and w.text.lower().startswith(("expand", "enlarge", "grow")) for w in said.words)
    if grows and not groups:
        return [Group("any", states=list(pool))], False
    nouns = [g for g in groups if g.noun and (g.quantor or not g.plural or plural_is_any)]
    if len(nouns) > 1:
        nouns = [g for g in nouns if g.quantor]
    if len(nouns) != 1:
        raise NotUnderstood("it does not say who, or how many")
    noun = nouns[0]
    if noun.placed and said.event() != "join":
        raise NotUnderstood("it names a part of the world, which does not say who")
    return [replace(noun, states=list(pool), quantor=noun.quantor or "any")], False


def placed(query: Query, groups: Sequence[Group], form: str) -> Query:
    """Return a query with those who have to take part, and how many of them.

    Parameters
    ----------
    query : Query
    groups : sequence of Group
    form : str
        One of :data:`foedus.forecasts.query.FORMS`.

    Raises
    ------
    NotUnderstood
        A list is asked for that is empty, or lists overlap.
    """
    everybody: list[str] = []
    least: list[tuple[int, tuple[str, ...]]] = []
    most: list[tuple[int, tuple[str, ...]]] = []
    for group in groups:
        names = tuple(dict.fromkeys(group.states))
        low, high = group.bounds(len(names))
        if form in ("how many", "which") and group.quantor in ("how many", "which"):
            low, high = 0, None
        if low == len(names) and high is None and form not in ("how many", "which"):
            everybody += names
            continue
        least += [(low, names)] if low is not None else []
        most += [(high, names)] if high is not None else []
    lists = {names for _, names in (*least, *most)}
    spoken = [*everybody, *(s for names in lists for s in names)]
    if len(spoken) != len(set(spoken)):
        raise NotUnderstood("a state stands in two lists")
    if not spoken:
        raise NotUnderstood("there is nobody who could")
    if form in ("how many", "which") and (everybody or len(lists) != 1):
        raise NotUnderstood("it asks how many or which, and names more than one list")
    return replace(query, all_of=tuple(everybody), at_least=tuple(least), at_most=tuple(most), form=form)


def _check_subject(said: Sentence, verb: str) -> None:
    """Refuse a body that acts on a member, as in "NATO leaves Turkey": only states join and leave."""
    kinds = [w.kind for w in said.words]
    at = kinds.index(verb) if verb in kinds else 0
    alone = "institution" in kinds[:at] and not set(kinds[:at]) & {"state", "member", "country", "partner", *QUANTORS}
    if alone and "state" in kinds[at:]:
        raise NotUnderstood("it asks what a body does to a state, and in the model states join and leave")


def joins(said: Sentence) -> Query:
    """Return what a question about accession asks.

    Raises
    ------
    NotUnderstood
        No body, or nobody outside it, is named.
    """
    here = body_of(said)
    if not said.has("gain") and "accession" not in " ".join(w.text.lower() for w in said.words):
        _check_subject(said, "join")
    outside = tuple(s for s in said.outside(here) if s not in said.excepted)
    ordinal = next((w.text.lower() for w in said.words if w.kind == "ordinal"), "")
    others = {w.value for w in said.words if w.kind == "state"} - {*said.members(here), *here.outside}
    follows = (
        bool(ordinal and others) and ordinal_number(ordinal) == len(here.members_on(said.asked)) + len(here.outside) + 1
    )
    if ordinal and not (arrangement(here) or follows):
        return _nth(said, here)
    if ordinal and said.has("state") and not follows:
        raise NotUnderstood("it asks who comes as which number, and the model gives no order")
    if arrangement(here) and not said.has("state"):
        return _grows(said, here)
    groups, named = those(said, outside, plural_is_any=True)
    states = [s for g in groups for s in g.states]
    inside = [s for s in states if s in said.members(here) or s in here.outside]
    if inside:
        raise NotUnderstood(f"{', '.join(inside)} is a member of {here.name} already")
    notes: tuple[str, ...] = () if named else (f"{len(outside)} states of the case are outside",)
    notes += (f"that nobody comes before as the {ordinal} is not told apart",) if ordinal else ()
    blank = replace(said.blank, kind="joins", treaties=(here.id,), notes=notes)
    made = placed(blank, groups, said.form())
    if said.rival:
        if (
            len(made.all_of) != 1
            or made.at_least
            or made.form != "whether"
            or said.rival in (*said.members(here), *here.outside, *made.all_of)
        ):
            raise NotUnderstood("of who comes first is understood only whether one state outside joins before another")
        made = replace(made, rival=said.rival)
    return beyond(said, made)


def stays_out(said: Sentence) -> Query:
    """Return what a question asks about states that stay outside a body; errors as :func:`joins`."""
    if said.has("join", "end", "sign", "hold"):
        raise NotUnderstood("it asks two things at once")
    query = replace(joins(said), start=said.asked)
    if query.at_least or query.at_most or query.form != "whether":
        raise NotUnderstood("of staying outside is understood only whether all who are named do")
    return replace(query, all_of=(), at_most=((0, query.all_of),))


def _grows(said: Sentence, here: InstitutionRecord) -> Query:
    """Return what is asked about anybody who joins a body that the theory does not know."""
    ordinal = next((w.text.lower() for w in said.words if w.kind == "ordinal"), "")
    if ordinal and ordinal_number(ordinal) != len(said.members(here)) + len(here.outside) + 1:
        raise NotUnderstood("on record stands only how often somebody joins a body, not how many")
    groups, _ = said.groups()
    if said.has("region"):
        raise NotUnderstood("it names a part of the world, which does not say who")
    if any(g.quantor not in ("", "any") and (g.quantor, g.low, g.high) != ("count", 1, None) for g in groups):
        raise NotUnderstood("on record stands only how often somebody joins a body, not how many")
    if not groups and not said.has("gain", "rises"):
        raise NotUnderstood("it does not say who, or how many")
    return replace(said.blank, kind="grows", all_of=(here.id,), treaties=(here.id,), counted=GAINS, form=_once(said))


def _nth(said: Sentence, here: InstitutionRecord) -> Query:
    """Return what is asked by "gain a fifth member": that there are so many on the last day."""
    word = next(w for w in said.words if w.kind == "ordinal").text.lower()
    number = ordinal_number(word)
    others = {w.value for w in said.words if w.kind == "state"} - {*said.members(here), *here.outside}
    if others or not said.has("member", "country"):
        raise NotUnderstood("it asks who comes as which number, and the model gives no order")
    return _sized(said, here, ((number, ()),), ())


_OVER: Final = re.compile(r"\b(?:dead|died|gone|defunct|extinct|buried|killed|under|apart)\b", re.I)
"""Ends of a body as a whole."""
_ADDED: Final = re.compile(r"(?<!or )\b(?:more(?! than)|additional|new|further)\b", re.I)
"""Newcomers: who is counted beside those who are in."""
_NO_LONGER: Final = re.compile(r"(?:(?:be|is|are) )?(?:no longer|outside)\b", re.I)


def leaves(said: Sentence) -> Query:
    """Return what a question about exit asks; a forum that ends is one that a member leaves; errors as :func:`joins`."""
    here = body_of(said)
    _check_subject(said, "end")
    if any(w.kind == "end" and _NO_LONGER.match(w.text) for w in said.words):  # who is out on a day left before
        said.blank = replace(said.blank, start=said.asked)
    groups, _ = said.groups()
    if any(g.states for g in groups) and any(_OVER.search(w.text) for w in said.words if w.kind == "end"):
        raise NotUnderstood("it does not say whether the body ends or is left")
    if not any(g.states or g.quantor for g in groups) and not said.has("member", "country"):
        if here.kind == "forum":
            return replace(said.blank, kind="forum lapses", all_of=(here.id,), treaties=(here.id,), form=_once(said))
        return replace(whole_body(said, here), kind="treaty ends", form=_once(said))
    return _moving(said, here, "leaves")


def whole_body(said: Sentence, here: InstitutionRecord) -> Query:
    """Return a query about a body as a whole, which the model never ends: a reference class answers it.

    Raises
    ------
    NotUnderstood
        It speaks of members or their number.
    """
    if said.has("member", "membership", "count", "state"):
        raise NotUnderstood("that membership stays as it is is no quantity of the model, only that members stay")
    return replace(said.blank, all_of=(here.id,), treaties=(here.id,), counted=BODY)


def _moving(said: Sentence, here: InstitutionRecord, kind: str) -> Query:
    members = (*said.members(here), *(here.outside if arrangement(here) else ()))
    check_all_of(said.words, len({*here.members_on(said.asked), *here.outside}))
    members = tuple(s for s in members if s not in said.excepted)
    groups, _ = those(said, members, plural_is_any="lose" in said.kinds)
    strangers = [s for g in groups for s in g.states if s not in members and s not in here.outside]
    if strangers:
        raise NotUnderstood(f"{', '.join(strangers)} is not a member of {here.name}")
    notes = ("notice of withdrawal counts as leaving",) if said.has("gives notice") else ()
    return beyond(said, placed(replace(said.blank, kind=kind, treaties=(here.id,), notes=notes), groups, said.form()))


def beyond(said: Sentence, query: Query) -> Query:
    """Return a query about members, answered by a reference class where one of them is no state of the case.

    Raises
    ------
    NotUnderstood
        Somebody outside Europe joins the Atlantic alliance.
    """
    strangers = [s for s in query.named if s not in said.case.states]
    here = said.records[query.treaties[0]]
    if not strangers and not arrangement(here):
        return query
    if query.kind == "joins" and query.treaties == (ATLANTIC,) and not all(map(_european, query.named)):
        raise NotUnderstood(f"{', '.join(strangers)}: not among the states of {said.case.name}", len(strangers))
    if query.form == "when" and query.kind == "stays":
        raise NotUnderstood("it asks when something goes on, not when it ends")
    notes = ("each is taken to decide on its own",) if len(query.named) > 1 else ()
    counted = {"joins": JOINS if query.treaties == (ATLANTIC,) else JOINED}.get(query.kind, LEAVES)
    return replace(query, counted=counted, notes=(*query.notes, *notes))


def _european(state: str) -> bool:
    """Return whether a state lies in Europe, by its number among those of the Correlates of War."""
    return 200 <= (STATES[state].cow or 0) < 400


def _once(said: Sentence) -> str:
    form = said.form()
    if form in ("how many", "which"):
        raise NotUnderstood("it asks how many or which, and there is one only")
    return form


def stays(said: Sentence) -> Query:
    """Return what a question asks about staying in a body, or being in it on a day: for those outside, joining.

    Raises
    ------
    NotUnderstood
        No body is named, or some are inside and some outside.
    """
    here = body_of(said)
    groups, _ = said.groups()
    states = [s for g in groups for s in g.states]
    inside = [s for s in states if s in said.members(here) or s in here.outside]
    if not states and not any(g.noun for g in groups):
        if here.kind != "forum":
            return from_now(said, replace(whole_body(said, here), kind="treaty holds", form=_once(said)))
        lapses = replace(said.blank, kind="treaty holds", all_of=(here.id,), treaties=(here.id,), form=_once(said))
        return from_now(said, lapses)
    if not states and said.form() != "whether" and not said.has("hold"):
        raise NotUnderstood(
            "it asks who will be in it, those inside and those outside together, for which there is no list"
        )
    newcomer = not states and any(w.kind == "member" and _ADDED.search(w.text) for w in said.words)
    if ((states and not inside) or newcomer) and "hold" not in said.kinds:
        return replace(joins(said), start=said.asked)
    if len(inside) < len(states):
        raise NotUnderstood(f"some are members of {here.name}, and some are not")
    return from_now(said, _moving(said, here, "stays"))


def from_now(said: Sentence, query: Query) -> Query:
    """Return a query about something that has to hold from the day of the forecast on.

    Raises
    ------
    NotUnderstood
        It asks how long, for which there is no form.
    """
    if query.form == "when":
        raise NotUnderstood("it asks when something goes on, not when it ends")
    return replace(query, start=max(said.asked, said.blank.start) if said.blank.repeats else said.asked)


def sizes(said: Sentence) -> Query:
    """Return what a question asks about the number of members of a body on the last day of its window.

    Raises
    ------
    NotUnderstood
        No body is named, its members changed after the date of the case, or it asks for any time in between.
    """
    if any(_ADDED.search(w.text) for w in said.words if w.kind in ("count", "member", "country")):
        return joins(said)  # "have two more members" is no number of members
    here = body_of(said)
    if arrangement(here):
        raise NotUnderstood(f"how many members {here.name} has is no quantity of the model")
    if said.has("ever"):
        raise NotUnderstood("the number of members is known for the last day only, not for any time before")
    if said.form() == "how many" and not said.has("state", "count"):
        return _sized(said, here, (), ())
    groups, _ = said.groups()
    counts = [g for g in groups if g.quantor in ("count", "how many")]
    loose = [w for w in said.words if w.kind == "count"]
    if any(g.states for g in groups) or len(counts) > 1 or (not counts and len(loose) != 1):
        raise NotUnderstood("it does not say how many members")
    if said.form() != "whether":
        raise NotUnderstood("it asks when the number of members is reached, which has no form")
    low, high = (counts[0].low, counts[0].high) if counts else bounds_of(loose[0].text)
    if len(loose) == 1 and re.fullmatch(r"\w+", loose[0].text):
        raise NotUnderstood(f"it does not say whether exactly {low} members, or at least so many")
    least = ((low, ()),) if low is not None else ()
    most = ((high, ()),) if high is not None else ()
    return _sized(said, here, least, most)


def moves(said: Sentence) -> Query:
    """Return what a question asks about a number of members that rises or falls: one more, or one fewer, than today.

    Raises
    ------
    NotUnderstood
        As :func:`sizes`, or it names states or a number.
    """
    here = body_of(said)
    if (
        arrangement(here)
        or said.has("state", "count", "how many", "ever", "none")
        or not said.has("member", "membership", "country")
    ):
        raise NotUnderstood("that something rises or falls is understood of the number of members alone")
    now = len(here.members_on(said.asked)) + len(here.outside)
    up = said.has("rises")
    if up == said.has("falls"):
        raise NotUnderstood("it rises and falls at once")
    return _sized(said, here, ((now + 1, ()),) if up else (), () if up else ((now - 1, ()),))


def _sized(said: Sentence, here: InstitutionRecord, least: tuple[Quota, ...], most: tuple[Quota, ...]) -> Query:
    since = [s for s in here.members_on(said.asked) if s not in here.members_on(said.case.as_of)]
    notes = (f"{', '.join(since)} joined after the date of the case, and is taken to stay",) if since else ()
    query = replace(said.blank, notes=notes, kind="members", treaties=(here.id,), start=said.asked, form=said.form())
    return replace(query, at_least=least, at_most=most)


def silence(said: Sentence, months: int, month: float) -> Query:
    """Return what a question asks that calls a forum dead after so many months without a meeting.

    Raises
    ------
    NotUnderstood
        It does not name one forum in force.
    """
    named = said.named()
    if len(named) != 1 or named[0].kind != "forum":
        raise NotUnderstood("it does not name one forum in force")
    end = said.blank.end - dt.timedelta(days=round(months * month))
    return replace(said.blank, kind="forum lapses", all_of=(named[0].id,), treaties=(named[0].id,), end=end)
