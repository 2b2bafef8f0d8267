"""Idioms: the parts of a question found one by one, in any order: who, which body, what happens, when, how many, whether not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from foedus.casebook.case import Case, InstitutionRecord
from foedus.forecasts.dated import Question
from foedus.forecasts.named_days import MONTHS, in_plain_days
from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.turns import MANNER, plainly
from foedus.forecasts.windows import window
from foedus.forecasts.words import Lexicon, Vocabulary, Word, pieces, plain
from foedus.vocabulary.states import SPELLS

MOST_WORDS: Final = 80
"""Words of a question that is taken apart: the longest of the sets has about 50 (judged; the time grows with them)."""

EARLY: Final = dt.date(1800, 1, 1)
"""Before every treaty of the record: where a window without a beginning begins, so that one that is over can be read."""

_EVENTS: Final = ("sign", "end", "hold", "join", "gain", "renew", "enters force", "ratify", "meet", "apply", "invoke")
_SAME: Final = {"gain": "join", "renew": "hold", "lose": "end"}

_NO_EARLIER: Final = re.compile(r"\b(?:no|not) (?:earlier|sooner) than\b", re.I)
_NOUN: Final = r"(?:pact|treat(?:y|ies)|agreement|alliance|deal|accord|MDT|VFA|RAA)"
_SIGNED: Final = re.compile(
    rf"\b(?P<noun>{_NOUN})(?:,)?(?: that was| which was)? (?:of|from|inked|signed|concluded|dated|sealed)(?: in| on| back in)? (?:\d{{1,2}} )?(?:{MONTHS}\.?,? )?(?P<year>(?:18|19|20)\d\d)\b,?"
    rf"|\b(?P<before>(?:18|19|20)\d\d) (?P<then>(?:[A-Za-z-]+ ){{0,5}}?{_NOUN})\b",
    re.I,
)
_AGE: Final = re.compile(
    r"\b(?:by the time|before|when|until) (?P<what>(?:the )?[A-Za-z' -]{2,60}?) (?:turns|turned|reaches|reached|is|becomes|marks its) (?:its )?(?P<age>\d{1,3})(?:th|rd|nd|st)?(?: years old| years of age| birthday| anniversary| years)?\b",
    re.I,
)


@dataclass(frozen=True)
class Idiom:
    """The parts of a question.

    Attributes
    ----------
    text : str
        The question without its dates.
    words : tuple of Word
    starts, ends : datetime.date or None
        Its window, where it says one.
    dated : tuple of str
        Years of signature by which a treaty is named.
    """

    text: str
    words: tuple[Word, ...]
    starts: dt.date | None
    ends: dt.date | None
    dated: tuple[str, ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        """Who is named, each once."""
        return tuple(dict.fromkeys(w.value for w in self.words if w.kind in ("state", "leader")))

    @property
    def bodies(self) -> tuple[str, ...]:
        """Ids of the treaties and bodies that are named, each once."""
        return tuple(dict.fromkeys(w.value for w in self.words if w.kind == "institution"))

    @property
    def denied(self) -> bool:
        """Whether it is asked whether something is not so."""
        return sum(w.kind == "negative" for w in self.words) % 2 == 1

    @property
    def either(self) -> bool:
        """Whether one of those who are named is enough."""
        return self.has("or", "any")

    def has(self, *kinds: str) -> bool:
        """Return whether a word of one of these classes stands in it; "inside" is being in a body."""
        found = {w.kind for w in self.words}
        if "inside" in kinds and self.bodies:
            found |= {"inside"} if any(w.text.lower() in _INSIDE for w in self.words) else set()
        return bool(found & set(kinds))

    def event(self) -> str:
        """Return the one thing that happens, or an empty text.

        Raises
        ------
        NotUnderstood
            Two things happen.
        """
        found = {_SAME.get(k, k) for k in (w.kind for w in self.words) if k in (*_EVENTS, "lose")}
        if found == {"ratify", "join"}:  # an accession is what is ratified
            found = {"ratify"}
        if len(found) > 1:
            raise NotUnderstood(f"it asks two things at once ({' and '.join(sorted(found))})")
        return next(iter(found), "")

    def form(self) -> str:
        """Return what is wanted: whether, when, which, how many, or how long."""
        found = [w.kind for w in self.words if w.kind in ("when", "which", "how many", "how long")]
        if len(set(found)) > 1:
            raise NotUnderstood("it asks for two things, such as who and when")
        return found[0] if found else "whether"

    def check(self) -> None:
        """Refuse words that nobody knows, and what holds under a condition.

        Raises
        ------
        NotUnderstood
            With the words.
        """
        unknown = [w.text for w in self.words if w.kind == "unknown"]
        if unknown:
            raise NotUnderstood(f"outside the vocabulary: {', '.join(dict.fromkeys(unknown))}"[:200], len(unknown))
        refused = next((w for w in self.words if w.kind in _REFUSED), None)
        if refused is not None:
            raise NotUnderstood(f"'{refused.text}' is not read here")
        if {"and", "or"} <= {w.kind for w in self.words} and len(self.states) > 2:
            raise NotUnderstood("'and' and 'or' stand in one list, which can be read in two ways")

    def check_actors(self) -> None:
        """Refuse states that do not stand together, and a body that does something to a state: who acts is not clear then.

        Raises
        ------
        NotUnderstood
            It is not clear who does what.
        """
        words = [w for w in self.words if w.kind != "filler"]
        at = [k for k, w in enumerate(words) if w.kind in ("state", "leader")]
        between = {w.kind for w in words[at[0] : at[-1]]} if at else set()
        if between - {"state", "leader", "and", "or", "any", "all", "none"} and not self.has("order"):
            raise NotUnderstood("it names states in two places, and it is not clear what each does")
        verb = next((k for k, w in enumerate(words) if w.kind in ("join", "gain", "end", "hold")), None)
        body = next((k for k, w in enumerate(words) if w.kind == "institution"), None)
        if verb is None or body is None or not at or not body < verb < at[0]:
            return
        if words[verb].kind != "gain" and "accession" not in words[verb].text.lower():
            raise NotUnderstood("it asks what a body does to a state")


_INSIDE: Final = ("in", "inside", "part of", "within", "into", "belong to", "among")
_REFUSED: Final = (
    *("condition", "expelled", "veto", "notice", "silence", "region", "times", "except", "pledge", "organ", "listed"),
    *("rises", "falls", "gives notice", "ordinal", "level", "aloof", "article", "body", "narrows", "bound", "consult"),
)
"""Classes of words that change what is asked in a way that is not told here."""


def aged(text: str, lexicon: Lexicon, records: Sequence[InstitutionRecord]) -> str:
    """Return a text in which "by the time NATO turns eighty" is a day: counted from its signature, or first day in force."""

    named = {w.value: w for w in pieces(text, lexicon) if w.kind == "institution"}

    def day(found: re.Match[str]) -> str:
        it = found["what"].lower() in ("it", "the alliance", "the treaty", "the pact")
        word = next(iter(named.values())) if it and len(named) == 1 else lexicon.best(found["what"], 0)
        record = next((r for r in records if word and word.kind == "institution" and r.id == word.value), None)
        since = (record.signed or record.in_force) if record else None
        if word is None or since is None or (not it and len(word.text) < len(found["what"])) or len(since) < 10:
            return found[0]
        return f"{found['what']} before {int(since[:4]) + int(found['age'])}{since[4:]}"

    return _AGE.sub(day, text)


def _without_years(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text in which no treaty is named by its year, and these years."""
    years: list[str] = []

    def cut(found: re.Match[str]) -> str:
        years.append(found["year"] or found["before"])
        return found["noun"] or found["then"]

    return _SIGNED.sub(cut, text), tuple(dict.fromkeys(years))


def _of_all_times(vocabulary: Vocabulary, lexicon: Lexicon) -> Lexicon:
    """Return a lexicon in which who led a state, and its capital of any time, count on every day."""
    patterns = tuple(
        (re.compile(rf"\b(?:{name})(?!\w)"), "leader", s)
        for s, spells in vocabulary.leaders.items()
        for name, *_ in spells
    )
    seats = tuple(
        (re.compile(rf"\b{re.escape(spell.capital)}(?!\w)"), "state", spell.id)
        for spell in SPELLS
        if spell.capital and spell.capital.lower() not in lexicon.states
    )
    return replace(lexicon, patterns=(*lexicon.patterns, *patterns, *seats))


def heard(
    text: str,
    vocabulary: Vocabulary,
    case: Case,
    records: Sequence[InstitutionRecord],
    asked: dt.date,
    past: bool = False,
) -> Idiom:
    """Return the parts of a question.

    Parameters
    ----------
    text : str
    vocabulary : Vocabulary
    case : Case
    records : sequence of InstitutionRecord
        What can be named beside the institutions of the case.
    asked : datetime.date
    past : bool
        Whether windows that are over are read.

    Raises
    ------
    NotUnderstood
        Its dates make no sense.
    """
    if len(text.split()) > MOST_WORDS:
        raise NotUnderstood(f"it is longer than {MOST_WORDS} words")
    if _NO_EARLIER.search(text):
        raise NotUnderstood("'no earlier than' is not read here: say from which day on")
    lexicon = vocabulary.lexicon(case, asked, records)
    if past:
        lexicon = _of_all_times(vocabulary, lexicon)
    said, invited = plainly(plain(text))
    if invited:
        raise NotUnderstood("an invitation is read only in plain words")
    said = aged(in_plain_days(said), lexicon, [*case.institutions, *records])
    said, years = _without_years(said)
    bare = Question("", said, None, None, None)
    since, open_end = (EARLY if past else asked), False
    try:
        days = window(said, bare, since)
    except ValueError as error:
        if "no deadline" not in str(error):
            raise NotUnderstood(str(error)) from error
        days, open_end = window(said, bare, since, open_ended=True), True
    if past and not open_end and window(said, bare, since.replace(year=since.year + 17)).end != days.end:
        raise NotUnderstood("its days are counted from the day of the question")
    if days.repeats:
        raise NotUnderstood("it asks of every year by itself")
    parts = (part for word in pieces(days.text, lexicon) for part in _apart(word, lexicon))
    words = tuple(_plainly(word, past) for word in parts)
    return Idiom(
        days.text,
        words,
        None if days.start == since else days.start,
        None if open_end else days.end,
        years,
    )


def _apart(word: Word, lexicon: Lexicon) -> tuple[Word, ...]:
    """Return "a NATO member" as two words, the body and its member."""
    if word.kind != "member":
        return (word,)
    first = re.match(r"(?:an? )?(?:new |full )?(?P<body>NATO|Quad|Alliance|CSTO|AUKUS)\b", word.text, re.I)
    body = lexicon.best(first["body"], 0) if first else None
    return (word,) if body is None or body.kind != "institution" else (body, word)


_LOOSE: Final = re.compile(
    r"as|this|these|those|that|it|itself|they|them|himself|his|her|he|she|(?:have|has|had) to", re.I
)
"""Pronouns: of a question taken apart in any order they say nothing more, since only one thing is spoken of."""


def _plainly(word: Word, past: bool) -> Word:
    """Return a word of manner as one that says nothing; to have had a treaty is that it was in force."""
    if word.kind == "unknown" and (MANNER.fullmatch(word.text) or _LOOSE.fullmatch(word.text)):
        return replace(word, kind="filler")
    if word.kind == "bound" and past:
        return replace(word, kind="hold")
    if word.kind == "filler" and word.text.lower() in ("and", "as well as"):
        return replace(word, kind="and")
    return word
