"""Asides: clauses that tell something of what is named already, and so narrow nothing; they are left out, with a note, by a closed list of shapes.

A state, a body or a treaty that is named is one thing, whatever else is told of it: "Sweden, which applied in May 2022" is Sweden.
A clause that speaks of days to come, of a condition, or of who else it might be is no aside, and stays, so that the question is refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final

from foedus.casebook.case import InstitutionRecord
from foedus.forecasts.named_days import DAY, MONTHS
from foedus.forecasts.synonyms import HAPPENS
from foedus.forecasts.words import Lexicon, Word, pieces

TOLD: Final = "what it tells of what it names is not read"
"""Note on a question with a clause that only tells of something."""
CONTRAST: Final = "what it sets that apart from is not read"
"""Note on a question that says what it does not mean."""
UNCOUNTED: Final = "what it says does not count is not told apart"
"""Note on a question that says what does not count."""
ANYHOW: Final = "in which of the ways that it names is not told apart"
"""Note on a question that takes several ways for the same."""
SET_ABOUT: Final = "what it says goes before is not read"
"""Note on a question that says after, or despite, what it is asked."""

_NAMES: Final = frozenset({"state", "institution", "leader"})
_PAPERS: Final = frozenset({"treaty", "agreement", "pact", "body", "consult"})
_SUPPOSES: Final = re.compile(
    r"\b(?:will|would|shall|should|(?<!in )may(?! \d)|might|could|can|if|unless|provided|assuming|suppos\w+|only|until|till|next|going to|about to|expected|planned|due|set to|likely)\b",
    re.I,
)
"""Words of what is open, or of a condition: what has one of them is more than a fact that is told."""
_DATE: Final = re.compile(rf"\b(?:{DAY}|{MONTHS}\.? \d{{4}}|\d{{4}})\b(?!-)", re.I)

_RELATIVE: Final = re.compile(
    r"(?:which|who|whose|where|(?:on|in|under|to|of|for|about|over|by|with) (?:which|whom))\b", re.I
)
_APPOSED: Final = re.compile(
    r"(?:the|a|an|its|their|his|her|then|now|currently|already|today|formerly|once|long|itself|originally|first|signed|concluded|agreed|founded|revived|established|created|dating|under negotiation|in force|in the works|in being|allies|members|neighbou?rs|both)\b",
    re.I,
)
_CONTRASTS: Final = re.compile(
    r"(?:as opposed to|rather than|instead of|(?:and |but )?not (?:just|only|merely|simply|solely)|as distinct from|beyond mere|over and above)\b",
    re.I,
)
_DESPITE: Final = re.compile(
    r"(?:despite|notwithstanding|in spite of|regardless of|irrespective of|although|though|even though|for all|having|while|whilst|whereas|undeterred by|against the (?:wishes|will) of)\b",
    re.I,
)
_WHETHER: Final = re.compile(r"(?:whether|be it|either)\b(?P<ways>.+\bor\b.+)", re.I)
_BY_THE_WAY: Final = re.compile(
    r"(?:after (?:all|years|decades|months|much|so many|long)\b[^,]*|(?:which|who|what|when)ever (?:it|that|they|this) (?:may|might) (?:be|turn out to be|prove to be)"
    r"|at (?:long )?last|as (?:promised|threatened|planned|expected|feared|hoped|announced|foreseen|agreed)(?: [^,]*)?"
    r"|as (?:many|some|critics|analysts|experts|officials|observers|allies|diplomats)(?: [a-z]+){0,3} (?:do|did|fear|hope|expect|say|think|predict|believe|want|warn))",
    re.I,
)
"""What is said by the way, with nobody in it and nothing that happens."""
_ASKS: Final = re.compile(
    r"(?:and |so |then )?(?:will|would|does|do|is|are|can|could|shall|has|have|what|which|who|how|when|by (?=the|end|\d|[A-Z])|before|do you|is it)\b",
    re.I,
)
_NOT_COUNTED: Final = re.compile(
    r"\b(?:do(?:es)? not|don't|doesn't|will not|won't|would not) (?:count|qualify|suffice|be enough)\b|\b(?:not counting|excluding|not counted)\b",
    re.I,
)
_BRACKETS: Final = re.compile(r" ?\((?P<said>[^()]*)\)")
_ADDED: Final = re.compile(
    r" (?:on|under|about|over) which (?:they|both|the two|it|its|their)\b[^,?;]*?(?=,|;|\?|$| (?:by|before) (?:the )?(?:end|\d|[A-Z]))"
    r"| (?:signed|concluded|founded|agreed|revived|established|created|dating) (?:back )?(?:to |in |on |by the two )*(?=\d|[A-Z][a-z]+ \d)(?:\d{1,2} )?(?:[A-Z][a-z]{2,8}\.? )?(?:\d{1,2}, )?\d{4}(?= (?:remain|survive|be|still|end|stay|last|come|lapse|expire|collapse)|[,?])"
)
"""What is told of a treaty without a comma before it."""
_ONE_OF: Final = re.compile(r"\b(?:any|some|every|each|no|which|what|another|other|all)\b", re.I)


_RESISTS: Final = re.compile(
    r"(?:the )?(?:opposition|objections?|veto(?:es)?|block|blockade|foot-dragging)(?: (?:to|from|on|of|by))?", re.I
)
_HAS_BEEN: Final = re.compile(
    r"\b(?:was|were|has|have|had|having|did|\w{2,}ed|left|met|quit|withdrew|held|gave|took|came|went|fell|broke|said|began|became|lost|won|grew|rose|kept|made|fought|spoke|saw|told|stood|sought)\b",
    re.I,
)


def has_been(text: str) -> bool:
    """Return whether a clause speaks of what has been: a verb of the past stands in it."""
    return _HAS_BEEN.search(text) is not None


class Around:
    """What asides are told of: the names of a question and its day.

    Parameters
    ----------
    lexicon : Lexicon
    records : mapping of str to InstitutionRecord
        Institutions by id.
    asked : datetime.date
        Day of the question: a clause with a later day is none that is told.

    Attributes
    ----------
    listed : set of str
        Members that were listed in brackets; what is read has to be of all of them.
    """

    def __init__(self, lexicon: Lexicon, records: Mapping[str, InstitutionRecord], asked: dt.date) -> None:
        self.lexicon, self.records, self.asked, self.text = lexicon, records, asked, ""
        self.listed: set[str] = set()

    def cleared(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Return a question without its asides, and notes on what was left out.

        Parameters
        ----------
        text : str
            With plain dashes, quotes and single spaces.
        """
        notes: list[str] = []
        self.text = text  # a day that stands elsewhere too is not lost with the clause
        text = self._without_brackets(text, notes)
        text = _ADDED.sub(lambda found: self._added(found, notes), text)
        said = re.split(r"(, | - |; )", text.rstrip())
        parts, marks = said[::2], ["", *said[1::2]]
        kept: list[tuple[str, str]] = []
        for k, (mark, part) in enumerate(zip(marks, parts, strict=True)):
            bare, end = part.rstrip(" ?."), part[len(part.rstrip(" ?.")) :]
            note = self._aside(bare, "".join(m + p for m, p in kept), k, parts) if mark != "; " else ""
            if note:
                notes.append(note)
                if k + 1 < len(marks) and (not kept or marks[k + 1] != "; "):
                    marks[k + 1] = " " if kept else ""
                if end.strip() and kept:
                    kept[-1] = (kept[-1][0], kept[-1][1] + end)
                continue
            kept.append((mark, part))
        text = "".join(m + p for m, p in kept)
        return re.sub(r"\s+", " ", text).strip(" ,"), tuple(dict.fromkeys(notes))

    def _aside(self, part: str, before: str, place: int, parts: Sequence[str]) -> str:
        """Return the note for a part between commas or dashes that is an aside; nothing where it is none."""
        following = parts[place + 1] if place + 1 < len(parts) else ""
        if _CONTRASTS.match(part) and before:
            return "" if self._names(part) or re.search(r"\d", part) else CONTRAST
        if _DESPITE.match(part):
            fits = before or _ASKS.match(following)
            return SET_ABOUT if fits and self.only_told(part) and not self._happens_next(part) else ""
        if before and (ways := _WHETHER.match(part)):
            ways_only = not self._names(ways["ways"]) and not self._kinds(ways["ways"]) & {*HAPPENS, "count"}
            return ANYHOW if ways_only else ""
        if before and _BY_THE_WAY.fullmatch(part):
            return "" if self._names(part) or self._kinds(part) & {*HAPPENS, "negative", "count"} else TOLD
        if not before or not self.of_one(before):
            return ""
        if _RELATIVE.match(part):
            return TOLD if self.only_told(part) else ""
        if (
            _APPOSED.match(part)
            and not _ONE_OF.search(" ".join(part.split()[:3]))
            and not re.match(r"(?:and|or)\b", part, re.I)
        ):
            words = [w for w in pieces(part, self.lexicon) if w.kind != "filler"]
            alone = all(w.kind in ("state", "institution", "leader", "or", "and") for w in words)
            named = any(w.kind in ("state", "leader") for w in words)
            return TOLD if not alone and not named and self.only_told(part) else ""
        return ""

    def of_one(self, before: str) -> bool:
        """Return whether the last thing that is said is one named thing, or a day.

        Parameters
        ----------
        before : str
        """
        if re.search(rf"(?:{DAY}|\d{{4}})$", before.rstrip(), re.I):
            return True
        words = [w for w in pieces(before, self.lexicon) if w.kind != "filler"]
        if not words:
            return False
        if words[-1].kind in _NAMES:
            return True
        return words[-1].kind in _PAPERS and not re.search(
            r"\b(?:an?|any|new|no|another)\b[^,]*$", before[: before.rfind(words[-1].text)][-40:], re.I
        )

    def only_told(self, part: str) -> bool:
        """Return whether a clause only tells: of nothing to come, and under no condition.

        Parameters
        ----------
        part : str
        """
        days = [int(re.findall(r"\d{4}", d)[-1]) for d in _DATE.findall(part) if self.text.count(d) < 2]
        return not _SUPPOSES.search(part) and all(y < self.asked.year or self._past(part) for y in days)

    def _past(self, part: str) -> bool:
        """Return whether a year of a clause is this one, and spoken of as what has been."""
        days = [int(re.findall(r"\d{4}", d)[-1]) for d in _DATE.findall(part)]
        was = has_been(part) or re.search(r"\bsince\b", part, re.I)
        return bool(was) and all(y <= self.asked.year for y in days)

    def _happens_next(self, part: str) -> bool:
        """Return whether a clause brings in what might happen, or would have to have happened: "despite Turkey leaving", "having left"."""
        does = {w.kind for w in pieces(part, self.lexicon) if not _RESISTS.fullmatch(w.text)} & HAPPENS
        if re.match(r"having\b", part, re.I):
            return bool(does & {"end", "join", "ally", "gives notice"})
        return bool(does) and not has_been(part)

    def _names(self, part: str) -> set[str]:
        return {w.value for w in pieces(part, self.lexicon) if w.kind in _NAMES}

    def _kinds(self, part: str) -> set[str]:
        return {w.kind for w in pieces(part, self.lexicon)}

    def _added(self, found: re.Match[str], notes: list[str]) -> str:
        if not self.of_one(found.string[: found.start()]) or not self.only_told(found[0]):
            return found[0]
        notes.append(TOLD)
        return ""

    def _without_brackets(self, text: str, notes: list[str]) -> str:
        def put(found: re.Match[str]) -> str:
            said, before = found["said"].strip(" ."), found.string[: found.start()]
            words = [w for w in pieces(said, self.lexicon) if w.kind not in ("filler", "and")]
            if self._lists_members(words, before):
                self.listed |= {w.value for w in words}
                return ""
            if _NOT_COUNTED.search(said):
                if self._names(said) or {w.kind for w in words} & (HAPPENS | {"level", "member"}):
                    return found[0]
                notes.append(UNCOUNTED)
                return ""
            contrast = re.search(r",? (?:and |but )?not (?:merely|just|only) (?P<other>.+)$", said)
            if contrast and self._kinds(contrast["other"]) <= {"level", "filler", "or", "and"}:
                notes.append(CONTRAST)
                return f" ({said[: contrast.start()]})"
            return found[0]

        return _BRACKETS.sub(put, text)

    def _lists_members(self, words: Sequence[Word], before: str) -> bool:
        """Return whether a list in brackets is of all members of what is named before it, or all but some: then it adds nothing."""
        named = [w.value for w in pieces(before, self.lexicon) if w.kind == "institution"]
        if not named or not words or any(w.kind != "state" for w in words):
            return False
        record = self.records.get(named[-1])
        inside = {*record.members_on(self.asked), *record.outside} if record else set()
        return {w.value for w in words} == inside
