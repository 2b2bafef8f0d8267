"""Told by the record: questions of the past whose answer stands in the record of treaties and members that ships."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from foedus.casebook.case import Case, InstitutionRecord
from foedus.forecasts.dated import Question
from foedus.forecasts.idioms import Idiom, heard
from foedus.forecasts.known_pacts import ATLANTIC, known, returned, without_case
from foedus.forecasts.past_records import FEW, SAME, Entry, Fact, Span, ratified, span, universe, waited
from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.who import bounds_of
from foedus.forecasts.words import Vocabulary
from foedus.vocabulary.prose import country, listing

_PAST: Final = re.compile(
    r"\b(?:did|was|were|had|has|have|joined|left|signed|ended|died|quit|survived|wait|went|tore|scrapped|got|[a-z]+ed)\b",
    re.I,
)
_AHEAD: Final = re.compile(r"\b(?:will|can|shall|going to)\b", re.I)
_TWO: Final = re.compile(r"\b(?:or|and|but),? (?:when |did |was |were |had |has |have |will |would |does |do )", re.I)
_SUPPOSED: Final = re.compile(r"\b(?:would|could|might|may|should|likely|odds|chances?|probability)\b", re.I)


def told(question: Question, cases: Sequence[Case], vocabulary: Vocabulary, asked: dt.date) -> Fact:
    """Return what the record says of a question.

    Parameters
    ----------
    question : Question
    cases : sequence of Case
    vocabulary : Vocabulary
    asked : datetime.date
        Day of the question; nothing that happened later is used.

    Raises
    ------
    NotUnderstood
        It is not of the past, a word of it is not known, or the record does not hold what it asks.
    """
    records = universe(cases, asked)
    said = heard(question.text, vocabulary, without_case(asked), [r for r, *_ in records.values()], asked, past=True)
    ahead = said.ends is None and (_AHEAD.search(said.text) or not _PAST.search(said.text))
    if ahead or _SUPPOSED.search(said.text) or _TWO.search(said.text):
        raise NotUnderstood("it does not ask of the past")
    if said.ends is not None and said.ends >= asked:
        raise NotUnderstood("it asks of days that are still to come")
    said.check()
    return _Asked(said, records, asked).answer()


_EVENTS: Final = {
    "sign": "signed",
    "enters force": "came into force",
    "end": "ended",
    "hold": "was in force",
}


class _Asked:
    """A question of the past, taken apart."""

    def __init__(self, said: Idiom, records: Mapping[str, Entry], asked: dt.date) -> None:
        self.said, self.records, self.asked = said, records, asked
        self.event = "" if said.form() == "how long" else said.event()
        self.states = said.states
        self.record, self.source, self.seen = records[self._which()]

    def _which(self) -> str:
        """Return the one record that is meant: the one that is named, or the smallest of the states that are named."""
        paper = self.event in ("sign", "enters force")
        named = list(dict.fromkeys(b if paper else SAME.get(b, b) for b in self.said.bodies))
        if len(named) > 1:
            raise NotUnderstood(f"it names {listing(named)}, and the record is asked of one at a time")
        if not named and self.said.has("protocol", "ratify") and self.states:
            named = [ATLANTIC]  # no other accessions are on record
        if named:
            if named[0] not in self.records:
                raise NotUnderstood(f"{named[0]} had not begun on {self.asked}")
            return named[0]
        some = {s: r for s, (r, *_) in self.records.items() if set(self.states) <= set(self._parties(r))}
        some = {s: r for s, r in some.items() if s not in SAME or SAME[s] == s}
        if len(self.states) < 2 or not self.said.has("treaty", "pact", "agreement"):
            raise NotUnderstood("it names no treaty or body that stands in the record")
        if self.said.dated:
            some = {s: r for s, r in some.items() if (r.signed or r.in_force or "")[:4] in self.said.dated}
        elif self.event == "end":
            some = {s: r for s, r in some.items() if r.ended is not None and span(r.ended)[0] <= self.asked}
        least = min((len(self._parties(r)) for r in some.values()), default=0)
        ids = [s for s, r in some.items() if len(self._parties(r)) == least]
        if len(ids) != 1:
            raise NotUnderstood(
                f"of {listing(map(country, self.states))} {'no such treaty stands' if not ids else 'several treaties stand'} in the record"
            )
        return ids[0]

    @staticmethod
    def _parties(r: InstitutionRecord) -> tuple[str, ...]:
        return (*(m.state for m in r.members), *r.outside)

    def _days(self, state: str) -> tuple[Span, Span | None]:
        """Return when a state came in and when it went out, as far as both were over on the day of the question."""
        spell = next((m for m in self.record.members if m.state == state), None)
        begun = span(self.record.in_force or self.record.signed or "9999")
        if spell is None or self.record.in_force is None:
            raise NotUnderstood(f"the record does not say when {country(state)} was in it")
        large = len(self._parties(self.record)) > FEW or begun[0].year < 1945
        if spell.joined is None and not self._complete() and large:
            raise NotUnderstood(f"the record does not say whether {country(state)} was there from the beginning")
        left = spell.left or self.record.ended
        if left is None:
            self._check_seen()
        out = span(left) if left else None
        return (span(spell.joined) if spell.joined else begun), (out if out and out[0] <= self.asked else None)

    def _check_seen(self) -> None:
        """Refuse days for which the record would not know that something was over."""
        if min(self.said.ends or self.asked, self.asked) > self.seen:
            raise NotUnderstood(f"the record of {self.record.name} goes no further than {self.seen}")

    def _founder(self, state: str) -> bool:
        return any(m.state == state and m.joined is None for m in self.record.members)

    def answer(self) -> Fact:
        """Return the answer."""
        r, form = self.record, self.said.form()
        if self.said.dated and (r.signed or r.in_force or "")[:4] not in self.said.dated:
            raise NotUnderstood(f"{r.name} is not of {listing(self.said.dated)}")
        strangers = [s for s in self.states if s not in self._parties(r)]
        whole = len(self._parties(r)) == 2 or not self.states or not self.said.bodies
        if self.said.has("protocol", "apply") and self.event != "" and form != "how long":
            raise NotUnderstood("it asks of an application, and the record holds what came of those that were granted")
        if self.said.has("order") and not (self.event == "ratify" and form == "which"):
            raise NotUnderstood("it asks who was first or last")
        if any(w.kind == "end" and w.text.lower() in ("out", "out of") for w in self.said.words):
            raise NotUnderstood("who was out of a body may never have been in it: say who left it")
        if form == "how long":
            return waited(self.said, r, self.source)
        if self.event == "ratify":
            return ratified(self.said, r, self.source, self.asked)
        inside = self.said.has("member", "membership", "inside") or (self.event == "hold" and not whole)
        if self.said.has("ever") and self.event in ("", "hold"):  # in it at any time: it came in
            if self.said.starts or whole:
                raise NotUnderstood("'ever' is read of who was in a body, up to one day")
            self.event = "join"
        leaves = self.event == "end" and (not whole or self.said.has("member", "country", "partner", "any", "none"))
        if self.event == "join" or (self.event in ("", "hold") and inside) or leaves:
            return self._of_members(self.event or "hold", strangers, form)
        if strangers and len(self._parties(r)) == 2:
            raise NotUnderstood(f"{listing(map(country, strangers))} is no party to {r.name}")
        if self.event not in _EVENTS or form in ("which", "how many"):
            raise NotUnderstood("it asks nothing that the record of treaties and members holds")
        return self._of_treaty(form)

    # ---- a treaty as a whole

    def _of_treaty(self, form: str) -> Fact:
        r = self.record
        text = {"sign": r.signed, "enters force": r.in_force, "end": r.ended, "hold": r.ended}[self.event]
        day = span(text) if text else None
        if day is not None and day[0] > self.asked:
            day = None
        verb = _EVENTS[self.event]
        name = r.name
        if day is None:
            self._check_seen()
        if self.event == "sign" and day is None:
            raise NotUnderstood(f"the record does not say when {name} was signed")
        happened = f"{name} {'was signed' if verb == 'signed' else verb} on {_said(text)}" if day else ""
        if self.event == "hold":
            if r.in_force is None:
                raise NotUnderstood(f"{name} never came into force, as far as the record knows")
            begun = span(r.in_force or r.signed or "9999")
            return self._was_so(name, begun, day, "in force", f"{name} was in force from {begun[0]}")
        if form == "when":
            if not happened:
                raise NotUnderstood(f"{name} had not ended on {self.asked}, and a day to come is no fact")
            return Fact(f"when {name} {'was signed' if verb == 'signed' else verb}", f"{happened}.", self.source)
        if self.said.ends is None and self.said.starts is None:
            raise NotUnderstood("it does not say by when")
        yes = self._in_window(day)
        if not yes and not self.said.bodies and self.event != "end":
            raise NotUnderstood(
                f"it does not say which treaty: the one of {name[:60]} is another, and there may be more"
            )
        if self.said.denied:
            yes = not yes
        clause = f"whether {name} {'was signed' if verb == 'signed' else verb}{self._when()}"
        told = happened or f"{name} had not {'ended' if verb == 'ended' else 'done so'} by {self.asked}"
        return Fact(
            f"whether it is not so that {clause[8:]}" if self.said.denied else clause,
            f"{'Yes' if yes else 'No'}: {told}.",
            self.source,
        )

    def _when(self) -> str:
        a, b = self.said.starts, self.said.ends
        if a and b:
            return f" from {a} to {b}"
        return f" by {b}" if b else f" from {a} on" if a else f" by {self.asked}"

    def _in_window(self, day: Span | None) -> bool:
        """Return whether a day lies in the window; where only its year is known, only if that decides it."""
        if day is None:
            return False
        a, b = self.said.starts or dt.date.min, self.said.ends or self.asked
        if a <= day[0] and day[1] <= b:
            return True
        if day[1] < a or day[0] > b:
            return False
        raise NotUnderstood(f"the record knows the year {day[0].year} alone, which does not decide it")

    def _was_so(self, who: str, begun: Span, out: Span | None, what: str, told: str) -> Fact:
        """Return whether something was so on the day that is asked about, or all through the window."""
        end = self.said.ends or self.asked
        days = [end] if self.said.starts is None or not self.said.ends else [self.said.starts, end]
        so = {self._holds(begun, out, day) for day in days}
        if len(so) > 1:
            raise NotUnderstood(f"it was so on one of {listing(map(str, days))} and not on the other")
        if days[0] < begun[0]:
            same = [o for o, *_ in self.records.values() if set(self._parties(o)) == set(self._parties(self.record))]
            if len(same) > 1:
                raise NotUnderstood(f"there was another one of the same states before {self.record.name}")
        yes = so.pop() != self.said.denied
        over = f" until {_said_span(out)}" if out else f", and still on {self.asked}"
        when = f"on {end}" if len(days) == 1 else f"from {days[0]} to {end}"
        return Fact(
            f"whether {who} was {'not ' if self.said.denied else ''}{what} {when}",
            f"{'Yes' if yes else 'No'}: {told}{over}.",
            self.source,
        )

    @staticmethod
    def _holds(begun: Span, out: Span | None, day: dt.date) -> bool:
        if begun[0] <= day < begun[1] or (out and out[0] <= day < out[1]):
            raise NotUnderstood("the record knows the year alone, which does not decide it")
        return begun[0] <= day and (out is None or day < out[0])

    # ---- who was in, came or went

    def _complete(self) -> bool:
        return self.record.id in {r.id for r in known()}

    def _of_members(self, event: str, strangers: Sequence[str], form: str) -> Fact:
        r = self.record
        if strangers and not self._complete():
            raise NotUnderstood(
                f"whether {listing(map(country, strangers))} was ever in {r.name} does not stand in the record"
            )
        if event != "":
            self.said.check_actors()
        leaving = event == "end"
        pool = self.states or [m.state for m in r.members]
        self._check_first_time(pool)
        if form in ("which", "how many") or not self.states:
            return self._listed(event, pool, form)
        days = {s: None if s in strangers else self._days(s) for s in self.states}
        days = {s: d if d and d[0][0] <= self.asked else None for s, d in days.items()}  # nothing later is known
        told = "; ".join(self._spell(s, d) for s, d in days.items())
        names = listing(map(country, self.states))
        verb = {"join": "joined", "end": "left"}.get(event, "was in")
        if form == "when":
            if event not in ("join", "end") or any(d is None or d[leaving] is None for d in days.values()):
                raise NotUnderstood(f"there is no such day for each: {told}")
            return Fact(f"when {names} {verb} {r.name}", f"{told}.", self.source)
        if event in ("join", "end"):
            hits = [self._in_window(d[leaving] if d else None) for d in days.values()]
        else:
            hits = [self._on_the_day(d) for d in days.values()]
        yes = self._quantified(hits)
        verb = "were in" if verb == "was in" and len(self.states) > 1 else verb
        clause = f"{verb} {r.name}{self._when()}"
        number = "any of " if self.said.either and len(self.states) > 1 else ""
        denied = "it is not so that " if self.said.denied or self.said.has("none") else ""
        return Fact(f"whether {denied}{number}{names} {clause}", f"{'Yes' if yes else 'No'}: {told}.", self.source)

    def _check_first_time(self, states: Iterable[str]) -> None:
        """Refuse days before the entry of who had been in it before, and had left."""
        for state in set(states) & set(returned(self.record.id)):
            if min(self.said.ends or self.asked, self.said.starts or self.asked) < self._days(state)[0][0]:
                raise NotUnderstood(
                    f"{country(state)} had been in it before, and those days do not stand in the record"
                )

    def _on_the_day(self, days: tuple[Span, Span | None] | None) -> bool:
        if days is None:
            return False
        at = {
            self._holds(*days, day)
            for day in ({self.said.ends or self.asked} | ({self.said.starts} if self.said.starts else set()))
        }
        if len(at) > 1:
            raise NotUnderstood("it was so on the first day that is asked about and not on the last, or the other way")
        return at.pop()

    def _quantified(self, hits: Sequence[bool]) -> bool:
        if self.said.has("none"):
            return not any(hits)
        yes = any(hits) if self.said.either else all(hits)
        if not self.said.either and self.said.denied and len(hits) > 1 and len(set(hits)) > 1:
            raise NotUnderstood("'not' and several states stand together, which can be read in two ways")
        return yes != self.said.denied

    def _spell(self, state: str, days: tuple[Span, Span | None] | None) -> str:
        if days is None:
            return f"{country(state)} was no member by {self.asked}"
        begun, out = days
        how = "was there from the beginning," if self._founder(state) else "came in on"
        return f"{country(state)} {how} {_said_span(begun)}{f', and was out on {_said_span(out)}' if out else ''}"

    def _listed(self, event: str, pool: Sequence[str], form: str) -> Fact:
        """Return who of a list, or how many, joined, left or were in."""
        r = self.record
        if not self._complete() and r.outside:
            raise NotUnderstood(f"the record has no days for all members of {r.name}")
        known_ones = {s: self._days(s) for s in pool if any(m.state == s for m in r.members)}
        if event in ("join", "end"):
            some = [s for s in pool if s in known_ones and self._in_window(known_ones[s][event == "end"])]
            if self.said.ends is None and self.said.starts is None and not self.states and event != "end":
                raise NotUnderstood("it does not say in which years")
        else:
            if self.said.ends is None:
                raise NotUnderstood("it does not say on which day")
            some = [s for s in pool if s in known_ones and self._on_the_day(known_ones[s])]
        if event == "end" and not self.states:
            some = [s for s in some if next(m for m in r.members if m.state == s).left]
        out = self.said.denied and bool(self.states)
        if self.said.denied and not self.states:
            raise NotUnderstood("'not' of everybody there is names no list")
        if out:
            some = [s for s in pool if s not in some]
        verb = {"join": "joined", "end": "left"}.get(event, "were in")
        verb = {"join": "had not joined", "end": "had not left"}.get(event, "were not in") if out else verb
        of = f" of {listing(map(country, pool))}" if self.states else ""
        who = listing(map(country, some)) if some else "nobody"
        if form == "whether":
            return self._counted(some, verb, who)
        head = "how many" if form == "how many" else "which"
        answer = f"{len(some)}: {who}" if form == "how many" else f"{who[0].upper()}{who[1:]}"
        return Fact(f"{head}{of} {verb} {r.name}{self._when()}", f"{answer}.", self.source)

    def _counted(self, some: Sequence[str], verb: str, who: str) -> Fact:
        """Return whether so many, or anybody, did so."""
        count = next((w.text for w in self.said.words if w.kind == "count"), "")
        if count and any(w.kind in ("any", "none", "all") for w in self.said.words if w.text != count):
            raise NotUnderstood("two words of number stand side by side")
        if not count and not self.said.has("any", "none"):
            raise NotUnderstood("it does not say who, or how many")
        low, high = bounds_of(count) if count else (1, None)
        yes = (low or 0) <= len(some) <= (high if high is not None else len(some))
        flips = self.said.has("none") != self.said.denied
        asked = count.lower() if count else "nobody" if flips else "anybody"
        told = f"{len(some)}, {who}" if some else "nobody did"
        return Fact(
            f"whether {asked} {verb} {self.record.name}{self._when()}",
            f"{'Yes' if yes != flips else 'No'}: {told}.",
            self.source,
        )


def _said(text: str | None) -> str:
    return text or ""


def _said_span(span: Span) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0].year}"
