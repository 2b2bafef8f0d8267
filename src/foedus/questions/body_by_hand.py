"""A body by hand: who would gain by a body that somebody else drafts, whether all would agree, how sure that is, and what would be better."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.mechanisms.decisions.consent import acceptances
from foedus.model.architecture import Institution, Rule, body
from foedus.questions.in_draws import ALONE, InDraws, Size, end_columns, in_draws
from foedus.questions.study import Answers, Study
from foedus.questions.task import Task
from foedus.questions.who_blocks import ACCEPTANCE, CONSENT, GAIN, TERM, about_body
from foedus.simulation.formation import candidates, shared
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.prose import country, listing, opening, the
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Cell, Column, percent, table, written

RULES: Mapping[str, Rule] = {"consensus": Rule.CONSENSUS, "hub": Rule.HUB}
"""How a body decides, by the word for it."""

SMALLEST = 3
"""Members of the smallest body; two have a treaty."""

_COUNTS = 1.05
"""By what factor an exchange has to raise the chance before it is worth a sentence (judged: a twentieth is not seen)."""


_ALL: Final = 2_000
"""Drafts of the size of a body that are tried at most (judged: all of the largest built-in case of 1949, in a second)."""

_BESIDE: Final = 500
"""Drafts of one member less or one more that are tried at most: they are worth a quarter of a second, and no more."""


@dataclass(frozen=True)
class OfABody:
    """Asks one body in one study: whether all agree, who does, and what everybody gains."""

    members: tuple[str, ...]
    rule: str

    def __call__(self, study: Study) -> Answers:
        """Return what the body would bring to everybody, and whether its members would agree to it."""
        return about_body(study, "", body(self.members, rule_of(self.rule)))


@dataclass(frozen=True)
class BestOf:
    """The body of a size to which all agree likeliest, and how many there are of it; without members where these are too many."""

    size: int
    drafts: int
    members: tuple[str, ...] = ()
    agree: float = math.nan


@dataclass(frozen=True)
class Exchange:
    """One member less, one more, or one for another, and the chance that all would agree then."""

    out: str
    into: str
    agree: float


@dataclass(frozen=True)
class ByHand:
    """What is found about a body drafted by hand.

    Attributes
    ----------
    members : tuple of str
        The hub first, then in the order of the case.
    rule : str
    gains : mapping of str to float
        % of GDP a year, of every state, members or not.
    consents : mapping of str to float
        Probability that each member agrees.
    agree : float
        Probability that all members agree.
    joined : mapping of str to float
        The same, if a state outside joined.
    best : Exchange or None
        The single exchange after which all agree most likely; None where none raises the chance.
    swap : Exchange or None
        The best of those that put one state in the place of another, by the same measure.
    weighs : mapping of str to tuple of str and float
        Of each member that would lose, the term that weighs most against the body, % of GDP a year.
    """

    members: tuple[str, ...]
    rule: str
    gains: Mapping[str, float]
    consents: Mapping[str, float]
    agree: float
    joined: Mapping[str, float]
    best: Exchange | None
    swap: Exchange | None
    weighs: Mapping[str, tuple[str, float]]

    @property
    def losers(self) -> tuple[str, ...]:
        """Members that would lose by it, who loses most first."""
        return tuple(sorted((s for s in self.members if self.gains[s] < 0), key=lambda s: self.gains[s]))


def members_of(task: Task, given: Iterable[str], world_candidates: Sequence[str]) -> tuple[str, ...]:
    """Return the members of a body from names or ids, the hub first, then in the order of the case.

    Parameters
    ----------
    task : Task
    given : iterable of str
        The hub may be left out.
    world_candidates : sequence of str
        Who can be a member, the hub first.

    Raises
    ------
    FoedusError
        A state is unknown or not recognised by the hub, or there are fewer than three; all at once.
    """
    found = {world_candidates[0]}
    problems: list[Problem] = []
    for word in given:
        try:
            state = task.state(word)
            if state not in world_candidates:
                hub = country(world_candidates[0])
                names = nearest(state, [s for s in world_candidates if s != state])
                raise fail(
                    f"'{word}'", f"{hub} does not recognise {the(country(state))}, so it can be no member", names
                )
            found.add(state)
        except FoedusError as error:
            problems += error.problems
    if not problems and len(found) < SMALLEST:
        few = f"a body has at least {SMALLEST} members, and here are {len(found)}"
        problems = [Problem("members", few, "Name the hub and at least two others")]
    if problems:
        raise FoedusError(problems)
    return tuple(s for s in world_candidates if s in found)


def rule_of(word: str) -> Rule:
    """Return how a body decides, by the word for it.

    Raises
    ------
    FoedusError
        There is no such rule.
    """
    if word not in RULES:
        raise fail(f"rule '{word}'", "no body decides like that", nearest(word, RULES))
    return RULES[word]


def by_hand(task: Task, study: Study, members: Iterable[str], rule: str = "consensus") -> ByHand:
    """Return what a body drafted by hand would bring, exactly, with the values in use.

    Parameters
    ----------
    task : Task
        For the names of states.
    study : Study
        Of the same task.
    members : iterable of str
        Ids or names; the hub may be left out.
    rule : str
        ``consensus``, or ``hub`` for a body that the hub leads.

    Raises
    ------
    FoedusError
        A member or the rule is wrong.
    """
    order = candidates(study.world)
    drafted = body(members_of(task, members, order), rule_of(rule))
    found = about_body(study, "", drafted)
    others = [s for s in order if s not in drafted.members]
    tried = [Exchange("", s, 0.0) for s in others]
    tried += [Exchange(m, s, 0.0) for m in drafted.members[1:] for s in others]
    tried += [Exchange(m, "", 0.0) for m in drafted.members[1:]] if len(drafted.members) > SMALLEST else []
    chances = _chances(study, [_after(order, drafted, e) for e in tried])
    scored = [Exchange(e.out, e.into, float(p)) for e, p in zip(tried, chances, strict=True)]
    agree = found[ACCEPTANCE("")]

    def best(some: Iterable[Exchange]) -> Exchange | None:
        found = max(some, key=lambda e: e.agree, default=None)
        return found if found is not None and found.agree > agree * _COUNTS else None

    gains = {s: found[GAIN("", s)] for s in study.world.states}
    terms = {s: {c: found[TERM("", s, c)] for c in COMPONENTS} for s in drafted.members if gains[s] < 0}
    return ByHand(
        drafted.members,
        rule,
        gains,
        {s: found[CONSENT("", s)] for s in drafted.members},
        agree,
        {e.into: e.agree for e in scored if not e.out},
        best(scored),
        best(e for e in scored if e.out and e.into),
        {s: min(of.items(), key=lambda item: item[1]) for s, of in terms.items()},
    )


def _after(order: Sequence[str], drafted: Institution, exchange: Exchange) -> Institution:
    kept = {*drafted.members, exchange.into} - {exchange.out}
    return body((s for s in order if s in kept), drafted.rule)


def _chances(study: Study, drafts: Sequence[Institution]) -> NDArray[np.float64]:
    """Return the probability that all members of each of some bodies agree, worked out together."""
    if not drafts:
        return np.zeros(0)
    seen, states, before = study.appraiser, study.world.states, study.world.in_force
    gain = seen.utilities(study.fallback, drafts, before) - seen.appraise(study.fallback, before).utility
    inside = np.array([[s in d.members for s in states] for d in drafts])
    depth, noise = seen.depth(drafts[0]), seen.parameters["decision_noise"]
    return acceptances(gain, inside, depth, noise, shared(seen.parameters))


def best_of(study: Study, size: int, rule: str = "consensus", most: int = _ALL) -> BestOf:
    """Return the body of the hub and so many others to which all agree likeliest, all of them tried.

    Parameters
    ----------
    study : Study
    size : int
        Members, with the hub.
    rule : str
    most : int
        Drafts that are tried at most; where there are more of the size, none is.
    """
    hub, *others = candidates(study.world)
    drafts = math.comb(len(others), size - 1)
    if not 0 < drafts <= most:
        return BestOf(size, drafts)
    tried = [body((hub, *some), rule_of(rule)) for some in itertools.combinations(others, size - 1)]
    chances = _chances(study, tried)
    at = int(chances.argmax())
    return BestOf(size, drafts, tried[at].members, float(chances[at]))


def best_near(study: Study, size: int, rule: str = "consensus") -> tuple[BestOf, ...]:
    """Return the best body of a size, and those of one member less and one more where that is cheap."""
    beside = [best_of(study, n, rule, _BESIDE) for n in (size - 1, size + 1) if n >= SMALLEST]
    return (best_of(study, size, rule), *(b for b in beside if b.members))


def best_said(members: Sequence[str], near: Sequence[BestOf]) -> str:
    """Return the best body of the size of one that is drafted, and of one less and one more, as a sentence."""
    own, *others = near

    def named(b: BestOf) -> str:
        return f"{listing(the(country(s)) for s in b.members)} ({fine(b.agree)})"

    if not own.members:
        first = f"There are {own.drafts:,} bodies of {own.size}, too many to try them all"
    elif own.drafts == 1:
        first = f"There is no other body of {own.size}"
    elif set(own.members) == set(members):
        first = f"Of all {own.drafts:,} bodies of {own.size} that one could draft this is the likeliest"
    else:
        first = f"Of all {own.drafts:,} bodies of {own.size} that one could draft the likeliest is {named(own)}"
    return "; ".join([first, *(f"of {b.size} it is {named(b)}" for b in others)]) + "."


def said(found: ByHand, drawn: InDraws | None = None) -> tuple[str, ...]:
    """Return what a reader is told of a body by hand: whether all agree, who would lose, and the best single exchange.

    Parameters
    ----------
    found : ByHand
    drawn : InDraws, optional
        The same in draws, for the band of the chance.
    """
    around = drawn.around(ACCEPTANCE(""), fine) if drawn is not None else ""
    whole = f"All {len(found.members)} members agree with {fine(found.agree)}{around} if it is proposed."
    losers = [the(country(s)) for s in found.losers]
    who = "Nobody would lose. Each still decides with noise, and all have to agree."
    if losers:
        named = listing(losers if len(losers) < 5 else [*losers[:3], f"{len(losers) - 3} others"])
        who = f"{opening(named)} would lose by it. One refusal is enough."
    return (whole, who, better(found))


def better(found: ByHand) -> str:
    """Return the best single exchange as a sentence; where it takes a state out, before it the best that puts another in its place."""
    alone = found.best is None or found.swap is None or found.best.into != ""
    return ("" if alone else f"{in_words(found.swap)} ") + in_words(found.best)


def weighing(found: ByHand) -> str:
    """Return what weighs most against the body with the two members that would lose most, in a sentence; empty where nobody would."""
    named = [(s, *found.weighs[s]) for s in found.losers[:2]]
    told = [
        f"with {the(country(s))} {MECHANISMS[c].called(v)} ({written(v, 'signed').replace('-', '−')} % of GDP a year)"
        for s, c, v in named
    ]
    return f"What weighs most against it: {listing(told)}." if told else ""


def in_words(best: Exchange | None) -> str:
    """Return the best single exchange as a sentence."""
    if best is None:
        return "No single exchange makes it likelier."
    change = f"Without {the(country(best.out))}" if best.out else f"With {the(country(best.into))} as well"
    if best.out and best.into:
        change = f"With {the(country(best.into))} in the place of {the(country(best.out))}"
    return f"{change}: {fine(best.agree)}."


def fine(chance: float) -> str:
    """Return a chance in per cent, small ones with a digit more: bodies are compared where they are unlikely."""
    if 0.0005 <= chance < 0.1:
        return f"{100 * chance:.1f} %"
    return "<0.1 %" if 0 < chance < 0.0005 else percent(chance)


def drawn_of(task: Task, found: ByHand, size: Size = ALONE) -> InDraws:
    """Return the answers about a body by hand in draws of all that a task varies."""
    return in_draws(task, OfABody(found.members, found.rule), size)


def section(task: Task, members: Iterable[str], rule: str = "consensus", size: Size = ALONE) -> Section:
    """Return a body by hand as a section, with bands where it is drawn; errors as :func:`by_hand`."""
    study = task.study()
    found = by_hand(task, study, members, rule)
    drawn = drawn_of(task, found, size)
    said_of = (*said(found, drawn), best_said(found.members, best_near(study, len(found.members), found.rule)))
    columns = [
        Column("state", hidden=True),
        Column("name", head="State"),
        Column("member", "yes/no"),
        Column("gain", "% of GDP a year", "what the body would bring it", form="signed"),
        *end_columns("gain", "% of GDP a year", "signed"),
        Column("agrees", "probability", "that it agrees", form="percent"),
        Column("if_it_joined", "probability", "that all agree if it joined", "all agree if it joined", "percent"),
    ]
    rows: list[list[Cell]] = [
        [
            *(s, country(s), s in found.consents, gain, *drawn.ends(GAIN("", s))),
            *(found.consents.get(s), found.joined.get(s)),
        ]
        for s, gain in sorted(found.gains.items(), key=lambda item: (item[0] not in found.consents, item[1]))
    ]
    title = f"A body of {len(found.members)}, {'decided by consensus' if rule == 'consensus' else 'led by the hub'}"
    return Section("body", title, said_of, (table("body", title, columns, rows),), notes=(drawn.told(),))
