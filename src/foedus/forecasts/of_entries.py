"""Questions on the way into a body: who applies, who ratifies an accession; and whether an article of its treaty is invoked."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.forecasts.forecast import Part, year_ends
from foedus.forecasts.known_pacts import ATLANTIC, Protocol, members_of, protocols
from foedus.forecasts.of_members import beyond, body_of, placed, those
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.sentence import Sentence
from foedus.forecasts.who import bounds_of

RATIFICATIONS: Final = "accession protocols"
"""Class of how long all members took to ratify an accession to the Atlantic alliance."""
_FEWEST: Final = 3
"""Protocols from which a spread of their durations is estimated."""
_DRAWN: Final = 4000
_FIVE: Final = re.compile(r"\b(?:5|five|v)\b|defen[cs]e")


def applies(said: Sentence) -> Query:
    """Return what a question asks about states that apply to a body.

    Raises
    ------
    NotUnderstood
        No body of the case, or nobody outside it, is named.
    """
    here = body_of(said)
    asked = {s for p in protocols() if p.signed <= said.asked for s in p.newcomers} if here.id == ATLANTIC else set()
    outside = tuple(s for s in said.outside(here) if s not in asked)
    groups, _ = those(said, outside, plural_is_any=True)
    strangers = [s for g in groups for s in g.states if s not in outside]
    if any(s in asked for s in strangers):
        raise NotUnderstood(f"{', '.join(s for s in strangers if s in asked)} has applied already")
    if here.kind == "none" or strangers:
        raise NotUnderstood(f"nobody counts applications, and {said.case.name} does not have all it asks about", 1)
    query = replace(said.blank, kind="applies", treaties=(here.id,))
    return placed(query, groups, said.form())


_USUAL: Final = "an article without a treaty is taken to be that of the North Atlantic Treaty"


def invoked(said: Sentence) -> Query:
    """Return what a question asks about an article of the North Atlantic Treaty.

    Raises
    ------
    NotUnderstood
        It is another treaty's, it says who invokes it, or it asks how often or when.
    """
    usual = not said.named() and not said.has("state", "treaty", "pact", "agreement")
    if not usual and [r.id for r in said.named()] != [ATLANTIC]:
        raise NotUnderstood("only articles of the North Atlantic Treaty are counted, and it does not name it")
    nobody = said.has("none") and said.has("member", "country")  # "no member invokes it"
    if (
        said.has("state", "count")
        or (said.has("none") and not nobody)
        or said.form() != "whether"
        or (nobody and said.denied)
    ):
        raise NotUnderstood("on record stands only in which years an article was invoked, not by whom or how often")
    text = " ".join(w.text.lower() for w in said.words if w.kind == "article")
    number = 5 if _FIVE.search(text) else 4
    blank = replace(
        said.blank,
        kind="invoked",
        all_of=(ATLANTIC,),
        treaties=(ATLANTIC,),
        notes=(f"its article {number}", *((_USUAL,) if usual else ())),
    )
    return replace(blank, counted=f"article {number} invoked", denied=nobody)


_UNSIGNED: Final = (
    "no protocol is signed yet, so that it is read as whether it joins, which takes some days more than that all ratify"
)


def ratified(said: Sentence) -> Query:
    """Return what a question asks about members who ratify the accession of newcomers to the Atlantic alliance.

    Raises
    ------
    NotUnderstood
        No newcomer whose protocol is open, or a member that has ratified already, is named; or it counts members.
    """
    inside = members_of(ATLANTIC, said.asked)
    named = tuple(dict.fromkeys(w.value for w in said.words if w.kind == "state"))
    newcomers, by = tuple(s for s in named if s not in inside), tuple(s for s in named if s in inside)
    if not newcomers or any(r.id != ATLANTIC for r in said.named()):
        raise NotUnderstood(
            "only ratifications of accessions to the Atlantic alliance are on record, and it names none"
        )
    if (
        said.has("sign", "end", "hold", "meet", "apply", "or", "none")
        or (said.has("any") and not said.has("veto"))
        or said.form() not in ("whether", "when")
    ):
        raise NotUnderstood("of ratifications is understood only whether those who are named, or all, ratify")
    if said.has("organ") and not by:
        raise NotUnderstood("it does not say whose parliament")
    signed = {s for p in protocols() if p.signed <= said.asked for s in p.newcomers}
    if said.has("all") and not by and not signed & set(newcomers) and ATLANTIC in said.records:
        numbers = {bounds_of(w.text)[0] for w in said.words if w.kind == "count"}
        if numbers <= {len(inside)}:
            blank = replace(said.blank, kind="joins", treaties=(ATLANTIC,), form=said.form(), notes=(_UNSIGNED,))
            return beyond(said, replace(blank, all_of=newcomers))
    for newcomer in newcomers:
        _check_count(_open(newcomer, said.asked), said)
    return replace(waiting(said.blank, newcomers, by, said.asked), form=said.form())


def waiting(blank: Query, newcomers: Sequence[str], by: Sequence[str], asked: dt.date) -> Query:
    """Return what asks whether members, or all, ratify accessions that wait for them.

    Parameters
    ----------
    blank : Query
        Case and window.
    newcomers, by : sequence of str
        Whose protocol is open, and who has to ratify; nobody for all.
    asked : datetime.date

    Raises
    ------
    NotUnderstood
        No protocol of a newcomer is open, or a member had ratified it already, or is none.
    """
    if not newcomers:
        raise NotUnderstood("it does not say whose accession is ratified")
    if strangers := [s for s in by if s not in members_of(ATLANTIC, asked)]:
        raise NotUnderstood(f"{', '.join(strangers)} is no member that could ratify")
    for newcomer in newcomers:
        done = [s for s in by if s not in _missing(_open(newcomer, asked), asked, by)]
        if done:
            raise NotUnderstood(f"{', '.join(done)} had ratified it by {asked}")
    made = replace(blank, kind="ratified", all_of=tuple(newcomers), by=tuple(by), treaties=(ATLANTIC,))
    return replace(made, counted=RATIFICATIONS)


_LIFTED: Final = re.compile(r"^(?:lift|drop|withdraw|abandon|remove|end|give|clear)", re.I)
_IN_WORDS: Final = re.compile(r"object|oppos", re.I)


def vetoed(said: Sentence) -> Query:
    """Return what a question asks about a veto, or a hold-up, of an accession: that it is not ratified; lifted, that it is.

    Raises
    ------
    NotUnderstood
        No protocol is open, it is an objection in words alone, or it asks how many or when.
    """
    (word, *more) = {w.text for w in said.words if w.kind == "veto"}
    lifted = _LIFTED.search(word) is not None
    if more or (_IN_WORDS.search(word) and not lifted):
        raise NotUnderstood("on record stands who ratified an accession, and when, not who spoke against it")
    if said.has("ratify", "end", "hold", "apply", "count", "all") or said.form() != "whether":
        raise NotUnderstood(
            "of a veto is understood only whether one member, or any, holds up an accession or lets it pass"
        )
    if said.blank.start > said.asked:
        raise NotUnderstood(
            "of a veto is understood only whether it lasts up to a day, from the day of the question on"
        )
    query = ratified(said)
    told = "an objection counts as dropped when the accession is ratified" if lifted else _HELD_UP
    return replace(query, denied=not lifted, notes=(*query.notes, told))


_HELD_UP: Final = (
    "on record stands who ratified, and when, so that a veto or a hold-up is read as that it is not ratified by then"
)


def by_protocol(query: Query) -> Query:
    """Return a question of joining as one of ratifications, where all newcomers have signed protocols that are open on the day."""
    asked = query.asked or query.start
    waiting = {s for p in protocols() if p.signed <= asked < p.all_in for s in p.newcomers}
    if query.rival in waiting and set(query.all_of) <= waiting:
        raise NotUnderstood("both wait for members to ratify, and the record does not say whom they let in first")
    plain = (
        query.kind == "joins"
        and query.form in ("whether", "when")
        and not (query.at_least or query.at_most or query.rival)
    )
    if query.treaties != (ATLANTIC,) or not plain or not set(query.all_of) <= waiting:
        return query
    note = "the protocol is signed, so that who is asked about joins when every member has ratified it"
    return replace(query, kind="ratified", counted=RATIFICATIONS, notes=(*query.notes, note))


def _open(newcomer: str, day: dt.date) -> Protocol:
    for protocol in protocols():
        if newcomer in protocol.newcomers and protocol.signed <= day < protocol.all_in:
            return protocol
    raise NotUnderstood(f"no protocol on the accession of {newcomer} is signed and open on {day}")


def _check_count(protocol: Protocol, said: Sentence) -> None:
    numbers = {bounds_of(w.text)[0] for w in said.words if w.kind == "count"}
    if numbers - {protocol.members, len(_missing(protocol, said.asked, ()))} or (numbers and not said.has("all")):
        raise NotUnderstood("it counts those who ratify, and on record stands when the last one did")


def _missing(protocol: Protocol, day: dt.date, by: Sequence[str]) -> tuple[str, ...]:
    """Return who had not ratified on a day, as far as it is known; of those asked about all, where nothing is."""
    if protocol.others is None or day < protocol.others:
        return tuple(s for s in by if s not in protocol.late or protocol.late[s] > day)
    return tuple(s for s, when in protocol.late.items() if when > day)


def ratification(query: Query) -> tuple[tuple[Part, ...], str] | None:
    """Return the chance that all who are asked for ratify in the window, with 5 and 95 %, and the words of the record.

    Days from signature to the last ratification are lognormal, with the standard posterior of mean and variance from the
    protocols that were complete on the day. Members ratify independently, so that one of n has the n-th root of the
    distribution of the last; who is known to be missing has not ratified by the day of the forecast.

    Parameters
    ----------
    query : Query
        Of the kind ``ratified``.

    References
    ----------
    Gelman, A. et al. (2013). Bayesian data analysis, 3rd ed., section 3.2 (normal with unknown mean and variance).
    """
    asked = query.asked or query.start
    known = [p for p in protocols() if p.all_in <= asked]
    if len(known) < _FEWEST:
        return None
    mean, spread = drawn_lengths([(p.all_in - p.signed).days for p in known])
    days = sorted((p.all_in - p.signed).days for p in known)
    words = f"{RATIFICATIONS}: {len(known)} ratified by all members in {days[0]} to {days[-1]} days, {known[0].signed.year}-{known[-1].all_in.year}"

    def done(until: dt.date) -> NDArray[np.float64]:
        if not query.given or query.signed:
            return _all_done(replace(query, end=until), asked, mean, spread)
        by_then = [
            _all_done(replace(query, start=asked, end=day), asked, mean, spread)
            for day in (query.start - dt.timedelta(days=1), until)
        ]
        return (by_then[1] - by_then[0]) / np.maximum(1.0 - by_then[0], 1e-12)

    return in_windows(query, done), words


def drawn_lengths(days: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return draws of mean and spread of the logarithm of durations, by the standard posterior, each of shape (draws,)."""
    logs = np.log(days)
    rng = np.random.default_rng(1)
    spread = np.sqrt((len(logs) - 1) * logs.var(ddof=1) / rng.chisquare(len(logs) - 1, _DRAWN))
    mean = logs.mean() + spread / math.sqrt(len(logs)) * rng.standard_normal(_DRAWN)
    return mean, spread


def in_windows(query: Query, chance: Callable[[dt.date], NDArray[np.float64]]) -> tuple[Part, ...]:
    """Return the answer to whether, or year by year to when, from draws of the chance that it is done by a day."""
    ends = {str(y): day for y, day in year_ends(query)} if query.form == "when" else {"": query.end}
    found = {name: chance(day) for name, day in ends.items()}
    return tuple(
        Part(name, float(p.mean()), float(p.mean()), *np.quantile(p, [0.05, 0.95]).tolist())
        for name, p in found.items()
    )


def _all_done(
    query: Query, asked: dt.date, mean: NDArray[np.float64], spread: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the chance that all who are asked for ratify in the window, shape (draws,)."""
    chances = np.ones(_DRAWN)
    asked_of: dict[tuple[dt.date, float, int], None] = {}
    for newcomer in query.all_of:
        if query.signed is None:
            protocol = _open(newcomer, asked)
        else:
            inside = len(members_of(ATLANTIC, asked))
            protocol = Protocol((newcomer,), inside, query.signed, dt.date.max, None, {})
        missing = _missing(protocol, asked, query.by)
        share = 1.0 if query.by == missing == () else 1.0 / protocol.members
        many = len(query.by or missing) or 1
        asked_of[protocol.signed, share, many] = None  # protocols of one day and one list are ratified together
    for signed, share, many in asked_of:
        begin, first, last = (
            still_open((day - signed).days, mean, spread, share) for day in (asked, query.start, query.end)
        )
        chances *= ((first - last) / begin) ** many
    return chances


def still_open(days: int, mean: NDArray[np.float64], spread: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Return the chance that one who has this share of the work is not done after so many days, shape (draws,)."""
    z = (math.log(max(days, 1)) - mean) / spread
    late = 0.5 * np.array([math.erfc(x / math.sqrt(2.0)) for x in z.tolist()])
    found: NDArray[np.float64] = -np.expm1(share * np.log1p(-np.minimum(late, 1.0 - 1e-12)))
    return np.maximum(found, 1e-300)
