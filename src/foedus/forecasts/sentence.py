"""Sentences: a question taken apart for one case, before anybody asks what kind of question it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Final

from foedus.casebook.case import Case, InstitutionRecord
from foedus.forecasts.declined import OF_THE_DOMAIN, ON_NO_RECORD, REFUSED, TOGETHER
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.turns import (
    MANNER,
    led,
    without_exceptions,
    without_first,
    without_not,
    without_pronouns,
    without_rival,
)
from foedus.forecasts.who import Group, groups_of, several_bound
from foedus.forecasts.words import Lexicon, Word, pieces

EVENTS: Final = ("sign", "end", "hold", "meet", "join")
"""What can happen, once words such as "admit", "lose" and "become" are put down to it."""

_SAME: Final = {"enters force": "sign", "gain": "join", "lose": "end", "ally": "sign", "renew": "hold"}


class Sentence:
    """The words of a question for one case.

    Parameters
    ----------
    text : str
        The question without its dates.
    case : Case
    lexicon : Lexicon
        What words can mean for the case on the day.
    blank : Query
        Case and window; the rest is empty.
    asked : datetime.date
        Day of the forecast: who is a member is what was known then.
    beside : sequence of InstitutionRecord
        Pacts that are known beside those of the case.
    """

    def __init__(
        self,
        text: str,
        case: Case,
        lexicon: Lexicon,
        blank: Query,
        asked: dt.date,
        beside: Sequence[InstitutionRecord] = (),
    ) -> None:
        self.text, self.case, self.blank, self.asked = text, case, blank, asked
        self.beside = {r.id: r for r in beside}
        self.records = {**self.beside, **{r.id: r for r in case.in_force()}}
        words, self.excepted = without_exceptions(pieces(_without_label(text, lexicon), lexicon))
        words, self.notes = led(words)
        words, self.denied = without_not(words)
        words, self.rival = without_rival(without_pronouns(words))
        self.words, self.first = without_first(self._read(words))
        self.words = tuple(replace(w, kind=self._state_of("bound")) if w.kind == "bound" else w for w in self.words)
        self.kinds = {w.kind for w in self.words}
        if _THERE_IS.match(text) and not self.has(*EVENTS, *_SAME, "become", "bound", "happen", "silence"):
            self.kinds |= {self._state_of("sign")} & {"sign"}  # "a defence pact between two", and they have none
            if self.has("sign") and self.blank.start > asked:  # there is one in a year that was signed before it
                self.blank = replace(self.blank, start=asked)
                self.notes = (*self.notes, "one that is there then is taken to be signed by then, and kept")

    @staticmethod
    def _read(words: Sequence[Word]) -> tuple[Word, ...]:
        """Return the words with those put right that mean something else where they stand."""
        found: list[Word] = []
        for k, word in enumerate(words):
            if word.kind in ("which", "when") and found and not all(w.kind == "filler" for w in found):
                word = replace(word, kind="filler" if word.kind == "which" else "unknown")
            if word.kind == "unknown" and MANNER.fullmatch(word.text):
                word = replace(word, kind="filler")
            if word.kind == "narrows":  # "an eastern member" is not any member, "neutral Austria" is Austria
                after = next((w.kind for w in words[k + 1 :] if w.kind != "narrows"), "")
                part = after == "state" and word.text.lower() in _PARTS  # "Northern Ireland" is not Ireland
                vague = after in ("member", "country", "partner", "region")
                word = replace(word, kind="unknown" if part or vague else "filler")
            if word.text.lower() in _PARTIES and any(w.kind == "institution" for w in words):
                word = replace(word, kind="member")
            if word.kind == "filler" and word.text.lower() in ("and", "as well as"):
                word = replace(word, kind="and")
            if word.kind == "partner" and "all" in word.text.lower() and _last(found) == "institution":
                word = replace(word, kind="member")
            if (word.kind == "partner" and _is_bond(found)) or (word.kind == "pact" and "all" in word.text.lower()):
                word = replace(word, kind=_bond(found, word))
            if word.text.lower() in _ROUND_TABLES and any(w.kind in ("meet", "happen") for w in words):
                word = replace(word, kind="filler")  # a group that meets is the forum itself
            if word.text.lower() == "again" and any(
                w.kind in ("meet", "happen", "end", "gives notice") for w in words[:k]
            ):
                word = replace(word, kind="filler")  # held again
            if word.text.lower() == "another" and any(w.kind == "meet" for w in words[k + 1 :]):
                word = replace(word, kind="filler")  # another summit
            if word.kind == "sign" and "become" in word.text.lower() and _member_follows(words[k + 1 :]):
                word = replace(word, kind="become")
            if word.kind == "sign" and "part of" in word.text.lower() and _body_follows(words[k + 1 :]):
                word = replace(word, kind="join")
            found.append(word)
        for k, word in enumerate(found[:-1]):  # "the Pukpuk treaty": a name that only the question knows
            if word.kind == "unknown" and word.text.istitle() and found[k + 1].kind in ("treaty", "agreement"):
                found[k] = replace(word, kind="filler")
        return tuple(found)

    def _state_of(self, kind: str) -> str:
        """Return what "have a treaty", "be allies" mean: that one is kept, or that one is signed where there is none."""
        named = {w.value for w in self.words if w.kind == "state"}
        if several_bound(self.words, self.case.hub):
            return kind
        bonds = [r for r in self.records.values() if r.obligations.get("defence", 0.0) > 0.0]
        if len(named) > 2 and not any(len(named & set(self.members(r))) > 1 for r in bonds):
            return "sign"
        if len(named) > 2 and any(named <= set(self.members(r)) for r in bonds):
            return "hold"
        if not named <= set(self.case.states) or len(named) != 2:
            return kind
        held = any(
            r.kind in ("bilateral", "multilateral") and named <= set(self.members(r)) for r in self.records.values()
        )
        return "hold" if held else "sign"

    @property
    def elsewhere(self) -> bool:
        """Whether a treaty is to be signed that is none of the hub with states of the case: the model does not know it."""
        named = {w.value for w in self.words if w.kind == "state"}
        if not named or not self.has("sign", "ally"):
            return False
        if not (self.has("treaty", "consult", "ally", "agreement") or self.alliance):
            return False
        if self.has("region", "body", "partner", "membership", "institution"):
            return False
        if self.has("agreement"):
            return True
        return self.case.hub not in named or not named <= set(self.case.states)

    @property
    def around_a_body(self) -> bool:
        """Whether it is about a body and a state that is none of the case, and no adversary of it: a reference class answers."""
        named = {w.value for w in self.words if w.kind == "state"} - set(self.case.states)
        bodies = [r for r in self.named() if r.kind in ("multilateral", "none")]
        if any(r.id in self.beside for r in bodies) or self.has("ratify", "veto"):
            return True
        moves = self.has("join", "gain", "become", "end", "hold", "lose") or not self.has(
            "sign", "ally", "meet", "renew"
        )
        return bool(named) and len(bodies) == 1 and moves and not named & set(self.case.adversaries)

    @property
    def alliance(self) -> bool:
        """Whether an alliance is spoken of, which is a treaty of mutual defence without the word."""
        return any(w.kind == "pact" and re.match(r"alliance|.*\ball(?:y|ies) of", w.text.lower()) for w in self.words)

    def says(self) -> str:
        """Return the words that were understood, each once, as a list."""
        shown = {w.text.lower(): w.text for w in self.words if w.kind not in ("unknown", "filler", "and", "be")}
        return ", ".join(f"'{text}'" for text in list(shown.values())[:8])

    def has(self, *kinds: str) -> bool:
        """Return whether a word of one of these classes stands in it."""
        return bool(self.kinds & set(kinds))

    def members(self, record: InstitutionRecord) -> tuple[str, ...]:
        """Return the states of the case that belong to an institution, as was known on the day of the forecast.

        Of a pact that the case does not hold all members count.
        """
        if record.id in self.beside:
            return record.members_on(self.asked)
        present = set(record.members_on(self.asked))
        return tuple(s for s in self.case.states if s in present)

    def outside(self, record: InstitutionRecord) -> tuple[str, ...]:
        """Return the states of the case that do not belong to an institution."""
        inside = set(self.members(record))
        return tuple(s for s in self.case.states if s not in inside)

    def named(self) -> list[InstitutionRecord]:
        """Return the institutions in force that are named, each once."""
        return [self.records[name] for name in dict.fromkeys(w.value for w in self.words if w.kind == "institution")]

    def pacts_of(self, states: Collection[str]) -> list[InstitutionRecord]:
        """Return the pacts in force of which these states are all the parties, those of the case and those beside it."""
        everybody = set(states)
        return [r for r in self.records.values() if {*self.members(r), *r.outside} == everybody]

    def allies(self) -> tuple[str, ...]:
        """Return the states that a treaty binds to the hub."""
        treaties = [r for r in self.records.values() if r.kind in ("bilateral", "multilateral")]
        bound = {s for r in treaties if self.case.hub in self.members(r) for s in self.members(r)}
        return tuple(s for s in self.case.states if s in bound and s != self.case.hub)

    def groups(self, spread: bool = False) -> tuple[list[Group], Group | None]:
        """Return who is spoken of, and how many of the treaties are; with `spread` an institution is its members."""
        known = (lambda name: self.members(self.records[name])) if spread else None
        return groups_of(self.words, self.allies, self.case.hub, known)

    def event(self) -> str:
        """Return what happens, one of :data:`EVENTS`, or an empty text where nothing does.

        Raises
        ------
        NotUnderstood
            Two things are asked at once.
        """
        found = {_SAME.get(k, k) for k in self.kinds & {*EVENTS, *_SAME}}
        if "enters force" in self.kinds and len(found) > 1:
            found.discard("sign")  # "let the termination take effect"
        if "become" in self.kinds:
            found |= {"join"} if self.has("member", "membership") else {"sign"}
        if re.search("end institution and institution end", " ".join(w.kind for w in self.words if w.kind != "filler")):
            raise NotUnderstood("it asks two things at once (a member leaves and the body ends)")
        if len(found) > 1:
            raise NotUnderstood(f"it asks two things at once ({' and '.join(sorted(found))})")
        return next(iter(found), "")

    def form(self) -> str:
        """Return what is wanted, one of :data:`foedus.forecasts.query.FORMS`."""
        for word in self.words:
            if word.kind == "listed":
                return "which" if word.text.lower().startswith("which") else "how many"
        return next((k for k in ("how many", "which", "when") if k in self.kinds), "whether")

    def check(self) -> None:
        """Refuse words that nobody knows, states outside the case, and questions of a form that has no answer.

        Raises
        ------
        NotUnderstood
            With the words.
        """
        if "bound" in self.kinds and not several_bound(self.words, self.case.hub):
            raise NotUnderstood(
                "it does not say whether a treaty is signed or kept, and it is not known whether there is one"
            )
        unknown = list(dict.fromkeys(w.text for w in self.words if w.kind == "unknown"))
        if "condition" in self.kinds:
            raise NotUnderstood(REFUSED["condition"], 100 + len(unknown) if unknown else 0)
        if unknown:
            shown = ", ".join(w if len(w) <= 40 else f"{w[:40]}…" for w in unknown)
            person = any(w[:1].isupper() and not self.text.lstrip().startswith(w) for w in unknown)
            told = (
                "; what is named is no state or body that is known (a person stands for none): name the state"
                if person
                else ""
            )
            if not self.has(*OF_THE_DOMAIN):
                told = "; it asks of no treaty, body or meeting of states, and nothing else is known here"
            told = next((f"; {why}" for p, why in ON_NO_RECORD if any(p.fullmatch(w) for w in unknown)), told)
            raise NotUnderstood(f"outside the vocabulary: {shown}"[:160] + told, 100 + len(unknown), unknown)
        if not (
            self.elsewhere or self.around_a_body or self._of_known_pact() or self.has("enters force", "ratify", "veto")
        ):
            self._check_states()
        for kind, reason in REFUSED.items():
            if kind in self.kinds:
                raise NotUnderstood(reason)
        for kind, other, reason in TOGETHER:
            if kind in self.kinds and not self.has(*other):
                raise NotUnderstood(reason)
        if sum(k in self.kinds for k in ("how many", "which", "when", "listed")) > 1:
            raise NotUnderstood("it asks for two things, such as who and when")
        ordered = any(
            w.kind == "order" and not (self.has("meet") and w.text.lower() in ("next", "first")) for w in self.words
        )
        if ordered or (self.has("ordinal") and not self.has("gain", "join", "become")):
            raise NotUnderstood("it asks who is first or next, and the model gives no order")
        if self.has("level") and not self.has("meet", "sign"):
            raise NotUnderstood("it asks what persons do, and in the model states act")
        for k, (before, word) in enumerate(pairwise(self.words)):
            if before.text.lower() not in ("in", "at"):
                continue
            if word.kind == "state" or (word.kind == "region" and self.has("meet")):
                raise NotUnderstood(
                    f"'{before.text} {word.text}' is a place, and the model does not know where things happen"
                )
            after = next((w.kind for w in self.words[k + 2 :] if w.kind not in ("filler", "with")), "")
            some = word.kind in ("all", "any", "count", "none")
            if some and after in ("member", "country", "partner") and self.has("meet"):
                raise NotUnderstood("it asks where they meet, and the model does not know where things happen")

    def _of_known_pact(self) -> bool:
        """Whether two states are named that have a pact which the case does not hold."""
        named = {w.value for w in self.words if w.kind == "state"}
        spoken = self.has("treaty", "pact", "agreement") and self.has("end", "hold", "renew")
        return (
            spoken
            and 1 <= len(named) <= (2 if self.has("agreement") or len(named) == 2 else 0)
            and (self.has("agreement") or any(r.id in self.beside for r in self.pacts_of(named)))
        )

    def _check_open(self) -> None:
        """Refuse an accession to a treaty of two."""
        named = list(dict.fromkeys(w.value for w in self.words if w.kind == "state"))
        bodies = [r for r in self.named() if r.kind != "bilateral"]
        if bodies or not self.has("join") or not (self.has("treaty", "pact", "agreement") or self.named()):
            return
        two = list(self.named() or (r for pair in combinations(named, 2) for r in self.pacts_of(pair)))
        if any(r.kind == "bilateral" and set(named) - set(self.members(r)) for r in two):
            raise NotUnderstood("a treaty of two is open to nobody else: ask whether they sign one of their own", 1)

    def _check_states(self) -> None:
        self._check_open()
        named = dict.fromkeys(w.value for w in self.words if w.kind == "state")
        strangers = [s for s in named if s not in self.case.states]
        enemies = [s for s in strangers if s in self.case.adversaries]
        if enemies:
            raise NotUnderstood(
                f"{', '.join(enemies)}: what adversaries do is given, not an answer of the model", len(strangers)
            )
        if strangers:
            raise NotUnderstood(f"{', '.join(strangers)}: not among the states of {self.case.name}", len(strangers))


_PARTIES: Final = ("party", "parties", "signatory", "signatories", "eye")
"""Other names of members, where a body is named."""
_PARTS: Final = ("northern", "southern", "eastern", "western", "central")
_THERE_IS: Final = re.compile(
    r"\s*(?:(?:will|would|can|could|is|are) there (?:ever |one day )?(?:going to )?(?:be|exist)? ?)?(?:an?|new|one)\b",
    re.I,
)
_ROUND_TABLES: Final = ("group", "grouping", "forum", "dialogue")


def _without_label(text: str, lexicon: Lexicon) -> str:
    """Return a text without a name in brackets that nobody knows on the day: what it names is said beside it."""

    def kept(found: re.Match[str]) -> str:
        known = lexicon.best(found[1], 0)
        return found[0] if known and len(known.text) == len(found[1]) else " "

    return re.sub(r"\(([A-Z]\w{2,14})\)", kept, text)


def _is_bond(before: Sequence[Word]) -> bool:
    """Return whether an ally is not somebody but what two are to each other: "become allies", "still be allies"."""
    said = [w for w in before if w.kind != "filler"]
    if (
        len(said) > 1
        and said[-1].kind == "state"
        and re.search(r"\b(?:be|being|remains?|stays?|continues?)\b", said[-2].text.lower())
    ):
        return said[-2].kind in ("hold", "end")  # "remain a US treaty ally"
    return any(w.kind == "ally" for w in before) or _last(before) in ("hold", "end")


def _last(words: Sequence[Word]) -> str:
    """Return the class of the last word that says something."""
    return next((w.kind for w in reversed(words) if w.kind != "filler"), "")


def _bond(before: Sequence[Word], word: Word) -> str:
    """Return what class an ally is in who is no one but a bond: nothing more where somebody becomes one."""
    becomes = any(w.kind == "ally" for w in before)
    return "filler" if becomes and "allianc" not in word.text.lower() else "pact"


def _body_follows(words: Sequence[Word]) -> bool:
    """Return whether an institution comes next, as in "become part of AUKUS"."""
    return next((w.kind for w in words if w.kind != "filler"), "") == "institution"


def _member_follows(words: Sequence[Word]) -> bool:
    """Return whether the next noun is a member, as in "become a NATO member"."""
    nouns = [w.kind for w in words if w.kind in ("member", "membership", "treaty", "pact", "body")]
    ally = any(a.kind == "institution" and b.kind == "partner" for a, b in pairwise(words))
    return nouns[:1] in (["member"], ["membership"]) or (ally and not nouns)
