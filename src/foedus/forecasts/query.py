"""Queries: what a question asks of the model, and the reason where it asks nothing that the model could answer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from foedus.vocabulary.prose import country, listing

LONGEST_WINDOW: Final = 10.0
"""Years for which one hazard is claimed to hold; the panels of treaties are scored over ten years as well."""

LONGEST_COUNTED: Final = 28.0
"""Years for which the rate of a reference class is claimed to hold: as many as its latest era has (1991 to 2018)."""

OLDEST_CASE: Final = 5.0
"""Years after its date for which the facts of a case still stand for the present."""

FORMS: Final = ("whether", "how many", "which", "when")
"""What is wanted: a chance, a number with its distribution, one chance for each, or the chances year by year."""

LEFT_OUT: Final = "left out, as not told apart"
"""What stands before the words without which a question was read."""

Quota = tuple[int, tuple[str, ...]]
"""A number, and those of whom so many have to (or may)."""

VERBS: Final = {
    "treaty signed": ("are bound by a new treaty of defence", "come together under a new treaty of defence"),
    "treaty ends": ("ends", "end"),
    "treaty holds": ("stays in force", "stay in force"),
    "forum meets": ("meets", "meet"),
    "forum lapses": ("is left by a member", "are left by a member"),
    "joins": ("joins", "join"),
    "leaves": ("leaves", "leave"),
    "stays": ("stays in", "stay in"),
    "applies": ("applies to join", "apply to join"),
    "ratified": ("is let in", "are let in"),
    "grows": ("gains a member", "gain a member"),
    "comes into force": ("comes into force", "come into force"),
    "invoked": ("is invoked", "are invoked"),
    "allied": ("is bound", "are bound"),
    "several signed": ("signs", "sign"),
}
"""How one, and how several, are said to do what a question of each kind asks."""


_NEW: Final = {
    "defence cooperation": "sign a new agreement on cooperation in defence",
    "security treaty": "sign a new treaty with a duty of any kind",
}
"""What is signed where it is no treaty of defence, by the head of the class that answers."""


class NotUnderstood(Exception):
    """Why a question cannot be answered, as a clause.

    Parameters
    ----------
    reason : str
    lost : int
        Words or states that are unknown; of several cases the one that loses least gives the reason.
    unknown : sequence of str
        The words that nobody knows.
    """

    def __init__(self, reason: str, lost: int = 0, unknown: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.lost, self.unknown = lost, tuple(unknown)


@dataclass(frozen=True)
class Query:
    """What a question asks of the model.

    Those who count are states for what is signed, joined, left or stayed in and for meetings, and ids of institutions
    for treaties that end or hold and forums that lapse.

    Attributes
    ----------
    kind : str
        One of ``foedus.forecasts.words.KINDS``.
    case : str
        Name of the case.
    all_of : tuple of str
        Those who all have to.
    at_least, at_most : tuple of (int, tuple of str)
        Number, and those of whom so many have to, or no more may. For the kind ``members``: the size of the body, with
        nobody named.
    treaties : tuple of str
        Ids of the institutions it is about.
    multilateral : bool
        Whether a treaty of two does not count.
    start, end : datetime.date
        First and last day on which it can come true.
    repeats : int
        Years in every one of which it has to come true; 0 for once in the window.
    form : str
        One of :data:`FORMS`.
    by : tuple of str
        Who has to end the treaty; nobody for either side.
    notes : tuple of str
        What was said and is not told apart, as clauses.
    asked : datetime.date or None
        Day of the forecast.
    rate : float or None
        How often a year the hub founds a body on record, where the record answers; None where it does not.
    rival : str
        Who must not have done it before.
    denied : bool
        Whether it is asked that it is not so.
    counted : str
        The reference class that answers where the model has no quantity; empty where it has one.
    than : Query or None
        What has to come later, or not at all; of the form ``which`` it is asked which of the two comes first.
    link : str
        How it hangs together with `than`: ``before``; ``and``, ``or``; ``asked`` where both are asked, each by itself.
    given : str
        The condition that is granted, as a clause.
    signed : datetime.date or None
        Day of a signature that is granted.
    first : bool
        Whether it is asked, of several, who does it before all others; of the form ``which`` alone.
    pairs : tuple of (str, int)
        Classes that count what pairs sign, and how many pairs each counts; for the kind ``several signed``.
    facts_of : datetime.date or None
        Day of the facts, where it is after that of the forecast; such a forecast is in no score.
    left_out : tuple of str
        Words without which it was read.
    """

    kind: str
    case: str
    all_of: tuple[str, ...]
    at_least: tuple[Quota, ...]
    treaties: tuple[str, ...]
    multilateral: bool
    start: dt.date
    end: dt.date
    repeats: int = 0
    form: str = "whether"
    at_most: tuple[Quota, ...] = ()
    by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    asked: dt.date | None = None
    rate: float | None = None
    counted: str = ""
    rival: str = ""
    denied: bool = False
    than: Query | None = None
    given: str = ""
    signed: dt.date | None = None
    first: bool = False
    facts_of: dt.date | None = None
    pairs: tuple[tuple[str, int], ...] = ()
    link: str = "before"
    left_out: tuple[str, ...] = field(default=(), repr=False)

    @property
    def answered_as(self) -> str:
        """The kind of answer: the kind, but that a forum in force meets is another thing than that a new one does."""
        if self.counted:
            return f"{self.kind}, counted"
        if self.rate is not None:
            return f"{self.kind}, on record"
        return f"{self.kind}, in force" if self.kind == "forum meets" and self.treaties else self.kind

    @property
    def wait(self) -> float:
        """Years from the day of the forecast to the beginning of the window."""
        return max((self.start - (self.asked or self.start)).days / 365.25, 0.0)

    @property
    def years(self) -> float:
        """Length of the window in years."""
        return ((self.end - self.start).days + 1) / 365.25

    @property
    def whole_years(self) -> tuple[int, ...]:
        """Calendar years of which the window has half or more."""
        years = range(self.start.year, self.end.year + 1)
        spans = {y: (max(self.start, dt.date(y, 1, 1)), min(self.end, dt.date(y, 12, 31))) for y in years}
        return tuple(y for y, (first, last) in spans.items() if (last - first).days + 1 > 182)

    @property
    def named(self) -> tuple[str, ...]:
        """Everybody who counts, each once, in the order of the question."""
        some = (names for _, names in (*self.at_least, *self.at_most))
        rival = (self.rival,) if self.rival else ()
        return tuple(dict.fromkeys((*self.all_of, *(s for names in some for s in names), *rival)))

    def says(self) -> str:
        """Return the query as a clause: kind, who, about what, and the window."""
        who = [", ".join(self.all_of)] if self.all_of else []
        who += [self._quota("at least", n, names) for n, names in self.at_least]
        who += [self._quota("at most", n, names) for n, names in self.at_most]
        about = [t for t in self.treaties if t not in self.named]
        what = f"{self.kind}{', multilateral' if self.multilateral else ''}{'' if self.form == FORMS[0] else ', ' + self.form}{' first' if self.first else ''}"
        when = f"in every year of {self.repeats}" if self.repeats else f"{self.start} to {self.end}"
        acting = [f"by {' or '.join(self.by)}"] if self.by else []
        acting += [f"before {self.rival}"] if self.rival else []
        what = f"not {what}" if self.denied else what
        parts = [f"{what}:", " and ".join(who), *acting, *([f"({'; '.join(about)})"] if about else []), f"[{when}]"]
        parts += [f"given that {self.given}"] if self.given else []
        link = "or" if self.form == "which" and self.link == "before" else self.link
        parts += [f"{'and' if link == 'asked' else link} {self.than.says()}"] if self.than else []
        return " ".join(p for p in parts if p)

    @staticmethod
    def _quota(bound: str, n: int, names: tuple[str, ...]) -> str:
        return f"{bound} {n} of {', '.join(names)}" if names else f"{bound} {n}"

    def in_words(self, titles: dict[str, str]) -> str:
        """Return the query as a sentence.

        Parameters
        ----------
        titles : dict of str to str
            Names of institutions by id.
        """
        if self.than and self.form == "which":
            two = [replace(q, notes=(), form="whether", than=None)._in_words(titles) for q in (self, self.than)]
            first, second = (said.removeprefix("whether ") for said in two)
            which = "whether both, one or neither" if self.link == "asked" else "which comes first, or neither"
            return f"{which}: (first) {first}; (second) {second}{self._noted()}"
        said = self._in_words(titles)
        if self.given:
            said += f"; given that {self.given}"
        if self.than:
            later = replace(self.than, notes=())._in_words(titles).removeprefix("whether ")
            links = {"before": "and before this comes true:", "and": "and", "or": "or"}
            said += f", {links[self.link]} {later}"
        return f"whether it is not so that {said.removeprefix('whether ')}" if self.denied else said

    def _in_words(self, titles: dict[str, str]) -> str:

        def called(name: str) -> str:
            return titles.get(name, country(name))

        about = listing([called(t) for t in self.treaties if t not in self.named])
        when = f"from {self.start} to {self.end}"
        when = f"in each of {self.repeats} years, {when}" if self.repeats else when
        head = {"whether": "whether", "how many": "how many of", "which": "which of", "when": "in which year"}[
            self.form
        ]
        if self.kind == "members":
            sizes = [
                f"{b} {n}" for b, some in (("at least", self.at_least), ("at most", self.at_most)) for n, _ in some
            ]
            has = " and ".join(sizes) or "how many"
            said = f"{'whether ' if sizes else ''}{about} has {has} members on {self.end}"
            return f"{said}, as far as states of the case come and go{self._noted()}"
        bounds = self._bounds()
        who = [listing(called(s) for s in self.all_of)] if self.all_of else []
        who += [f"{number} {_shortened([called(s) for s in names])}".strip() for number, names in bounds]
        many = (len(self.all_of) > 1 or bool(bounds) or self.form in FORMS[1:3]) and not self.first
        verb = f"{VERBS[self.kind][many]}{' first' if self.first else ''}"
        acting = f" by an act of {_shortened([called(s) for s in self.by], 'or')}" if self.by else ""
        if self.kind == "allied":
            to, day = listing([called(s) for s in self.by]), f"on {self.end}"
            return f"{head} {' and '.join(who)} {verb} to {to} by a treaty of defence {day}{self._noted()}"
        if self.kind == "forum meets" and self.form == "how many":
            counted = f"in how many years (of {len(self.whole_years)})"
            verb = VERBS[self.kind][len(self.all_of) > 1]
            return f"{counted} {_shortened([called(s) for s in self.all_of])} {verb}{f' ({about})' if about else ''} {when}; several meetings of one year count once{self._noted()}"
        if self.kind == "several signed":
            return self._several(called, when)
        if self.kind == "ratified":
            who_ratifies = listing([called(s) for s in self.by]) if self.by else "every member"
            verb = "ratify" if len(self.by) > 1 else "ratifies"
            return f"{head} {who_ratifies} {verb} the accession of {who[0]} to {about} {when}{self._noted()}"
        if self.kind == "comes into force":
            verb = f"is ratified by {called(self.by[0])}" if self.by else "comes into force"
            ask = "in which year" if self.form == "when" else "whether"
            return f"{ask} the signed treaty or agreement of {who[0]} {verb} {when}{self._noted()}"
        if self.kind in ("treaty ends", "treaty holds") and not self.treaties:
            return f"whether an agreement of {who[0]} {VERBS[self.kind][0]}{acting} {when}{self._noted()}"
        verb = _NEW.get(re.split(" signed|,", self.counted)[0], verb)
        if self.kind == "treaty signed" and self.form in FORMS[1:3]:
            verb = f"{_NEW.get(re.split(' signed|,', self.counted)[0], VERBS[self.kind][1])} with {who[0]}"
            who = [f"{who[1]}{', before the others do,' if self.first else ''}"]
        body = " of three or more" if self.multilateral else ""
        what = f"{head} {' and '.join(who)} {verb}{body}{acting}"
        before = f" before {called(self.rival)} does," if self.rival else ""
        return f"{what}{f' ({about})' if about else ''}{before} {when}{self._noted()}"

    def _several(self, called: Callable[[str], str], when: str) -> str:
        """Return how many treaties are signed, as a sentence."""
        what = _NEW.get(re.split(" signed|,", self.counted)[0], "").removeprefix("sign a new ")
        many = re.sub("^agreement", "agreements", re.sub("^treaty", "treaties", what)) or "treaties of defence"
        most = {n for n, _ in self.at_most}
        said = [_between(n, min(most, default=None)) for n, _ in self.at_least]
        said += [f"at most {n}" for n in sorted(most)] if not self.at_least else []
        number = "how many" if self.form == "how many" else f"whether {' and '.join(said)}"
        names = [called(s) for s in self.named]
        among = f"by {listing([called(s) for s in self.by])} with" if self.by else "two by two among"
        return f"{number} new {many} are signed {among} {_shortened(names)} {when}{self._noted()}"

    def _bounds(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return how many of whom, as words; the same number as least and most is exactly that number."""
        if self.form in FORMS[1:3]:
            return [("", self.at_least[0][1])] if self.at_least else []
        most = {names: n for n, names in self.at_most}
        least = {names: n for n, names in self.at_least}
        found = [(f"{_between(n, most.get(names))} of", names) for n, names in self.at_least]
        for n, names in self.at_most:
            if names not in least:
                found.append(("none of" if n == 0 else f"at most {n} of", names))
        return found

    def _noted(self) -> str:
        left = [f"{LEFT_OUT}: {listing([repr(w) for w in self.left_out])}"] if self.left_out else []
        notes = (*self.notes, *left)
        return f"; {'; '.join(notes)}" if notes else ""


def _between(low: int, high: int | None) -> str:
    """Return the least and the largest number in words."""
    return f"at least {low}" if high is None else f"exactly {low}" if low == high else f"{low} to {high}"


def _shortened(names: list[str], word: str = "and") -> str:
    """Return names as in a sentence; of a long list the first three and how many others."""
    if len(names) > 7:
        names = [*names[:3], f"{len(names) - 3} others"]
    return f" {word} ".join(names) if word == "or" else listing(names)
