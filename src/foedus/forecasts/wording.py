"""Wording: what a question asks of the model, or why the model cannot answer it. Nothing is guessed.

A question is understood only if every piece of it is in the vocabulary, names a state or an institution of the case,
and exactly one kind of question fits. Everything else is declared unanswerable with the reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.casebook.case import Case, InstitutionRecord
from foedus.forecasts.dated import Question
from foedus.forecasts.query import LONGEST_WINDOW, OLDEST_CASE, NotUnderstood, Query
from foedus.forecasts.windows import MONTH, NUMBERS, window
from foedus.forecasts.words import QueryForm, Vocabulary, Word, pieces, plain
from foedus.model.architecture import Kind
from foedus.model.builder import recorded


def _number(word: Word) -> int | None:
    """Return how many of a list are asked for: 0 for all, None where the word does not say."""
    if word.kind == "count":
        found = re.search(r"\d+|" + "|".join(NUMBERS), word.text.lower())
        return (NUMBERS.get(found[0]) or int(found[0])) if found else None
    return {"any": 1, "all": 0}.get(word.kind)


def understood(
    question: Question, cases: Sequence[Case], vocabulary: Vocabulary, as_of: dt.date | None = None
) -> Query:
    """Return what a question asks of the latest case that can answer it.

    Parameters
    ----------
    question : Question
    cases : sequence of Case
    vocabulary : Vocabulary
    as_of : datetime.date, optional
        Day of the forecast; by default the day on which the question opened.

    Raises
    ------
    NotUnderstood
        No case can answer it, with the reason of the latest one that could be asked.
    """
    asked = as_of or question.opened or (cases[0].as_of if len(cases) == 1 else None)
    if asked is None:
        raise NotUnderstood("it has no opening date, and no date of forecast is given")
    usable = [c for c in cases if c.as_of <= asked and (asked - c.as_of).days <= OLDEST_CASE * 365.25]
    if not usable:
        raise NotUnderstood(f"no case is dated within {OLDEST_CASE:g} years before {asked}")
    reasons: list[NotUnderstood] = []
    for case in sorted(usable, key=lambda c: c.as_of, reverse=True):
        try:
            return _in_case(question, case, vocabulary, asked)
        except NotUnderstood as reason:
            reasons.append(reason)
    raise min(reasons, key=lambda r: r.lost)


def _in_case(question: Question, case: Case, vocabulary: Vocabulary, asked: dt.date) -> Query:
    said = plain(question.text)
    if question.says_the_same:
        if not question.before:
            raise NotUnderstood("it says 'same', and there is no question above")
        said = f"{plain(question.before)} {re.sub('(?i)^same(?: question)?[,:; ]*', '', said)}"
    if len(said) > 500:
        raise NotUnderstood("it is longer than 500 letters")
    try:
        text, start, end, repeats = window(said.lower() if said.isupper() else said, question, asked)
    except ValueError as reason:
        raise NotUnderstood(str(reason)) from reason
    outright = vocabulary.questions.get(question.id)
    blank = Query("", case.name, (), (), (), False, start, end, repeats)
    query = _outright(outright, case, blank) if outright else _Reading(text, case, vocabulary, blank).query()
    known = {record.id: institution for record, institution in recorded(case)}
    for name in query.treaties:
        if name not in known or (case.blank_slate and known[name].kind is not Kind.FORUM):
            raise NotUnderstood(f"{name} is recorded in {case.name}, but the theory does not start from it")
    if query.end < asked or query.end < query.start:
        raise NotUnderstood(f"its window is over on {query.end}, before the forecast of {asked}")
    if query.years > LONGEST_WINDOW:
        raise NotUnderstood(f"its window of {query.years:.0f} years is longer than {LONGEST_WINDOW:g}")
    return query


def _outright(form: QueryForm, case: Case, blank: Query) -> Query:
    """Return what a mapping file says a question asks."""
    some = tuple((int(n), tuple(names)) for n, names in form.at_least.items())
    named = {*form.all_of, *(s for _, names in some for s in names)}
    strangers = sorted(named - set(case.states))
    known = {r.id for r in case.in_force()}
    if strangers:
        raise NotUnderstood(f"{', '.join(strangers)}: not among the states of {case.name}")
    if form.institution and form.institution not in known:
        raise NotUnderstood(f"{form.institution} is not in force in {case.name}")
    about = form.kind not in ("treaty signed", "forum meets")
    if about and not form.institution:
        raise NotUnderstood(f"the mapping file does not say which institution: '{form.kind}' needs one")
    if (form.kind == "joins" or not about) and not named:
        raise NotUnderstood(f"the mapping file does not say who: '{form.kind}' needs states")
    return replace(
        blank,
        kind=form.kind,
        all_of=tuple(form.all_of),
        at_least=some,
        multilateral=form.multilateral,
        treaties=(form.institution,) if form.institution else (),
    )


class _Reading:
    """A question taken apart for one case."""

    def __init__(self, text: str, case: Case, vocabulary: Vocabulary, blank: Query) -> None:
        self.case, self.blank = case, blank
        self.records = {r.id: r for r in case.in_force()}
        self.words = self._without_places(pieces(text, vocabulary.patterns(case)))
        self.kinds = {w.kind for w in self.words}
        adjectives = " ".join(w.text.lower() for w in self.words if w.kind == "treaty")
        self.kinds |= {k for k in ("multilateral", "bilateral") if re.search(rf"\b{k}", adjectives)}
        placed = any(w.kind == "body" and not w.text.lower().startswith("nato") for w in self.words)
        self.kinds |= {"region"} if placed else set()
        self.kinds |= {"sign", "treaty"} if "ally" in self.kinds else set()
        self.kinds |= {"multilateral"} if "trilateral" in adjectives else set()

    @staticmethod
    def _without_places(words: Sequence[Word]) -> list[Word]:
        """Leave out capitals that are only places, as in "a summit in Tokyo"."""
        before = [Word("", "", ""), *words]
        return [
            w for b, w in zip(before, words, strict=False) if not (w.kind == "state" and b.text.lower() in ("in", "at"))
        ]

    def members(self, record: InstitutionRecord) -> tuple[str, ...]:
        present = set(record.members_on(self.case.as_of))
        return tuple(s for s in self.case.states if s in present)

    def _named(self) -> list[InstitutionRecord]:
        """Return the institutions in force that are named, each once."""
        return [self.records[name] for name in dict.fromkeys(w.value for w in self.words if w.kind == "institution")]

    def query(self) -> Query:
        """Return the query; every doubt ends in :class:`NotUnderstood`."""
        unknown = [w.text for w in self.words if w.kind == "unknown"]
        if unknown:
            raise NotUnderstood(
                f"outside the vocabulary: {', '.join(dict.fromkeys(unknown))}"[:160], 100 + len(unknown)
            )
        self._check_states()
        if "silence" in self.kinds:
            return self._lapse()
        if "negative" in self.kinds:
            raise NotUnderstood("it is worded in the negative")
        verbs = self.kinds & {"sign", "end", "hold", "meet", "join"}
        if len(verbs) != 1:
            raise NotUnderstood(
                "it asks two things at once" if verbs else "it says nothing the model knows as an event"
            )
        return {"sign": self._sign, "end": self._end, "hold": self._hold, "meet": self._meet, "join": self._join}[
            verbs.pop()
        ]()

    def _check_states(self) -> None:
        named = dict.fromkeys(w.value for w in self.words if w.kind == "state")
        strangers = [s for s in named if s not in self.case.states]
        enemies = [s for s in strangers if s in self.case.adversaries]
        if enemies:
            raise NotUnderstood(
                f"{', '.join(enemies)}: what adversaries do is given, not an answer of the model", len(strangers)
            )
        if strangers:
            raise NotUnderstood(f"{', '.join(strangers)}: not among the states of {self.case.name}", len(strangers))

    def _parties(self) -> tuple[tuple[str, ...], tuple[tuple[int, tuple[str, ...]], ...]]:
        """Return who has to take part: everybody named, and of lists as many as are asked for."""
        required: list[str] = []
        choices: list[tuple[int, tuple[str, ...]]] = []
        run: list[str] = []
        wanted = 0

        def close() -> None:
            nonlocal run, wanted
            if run and wanted:
                choices.append((wanted, tuple(dict.fromkeys(run))))
            else:
                required.extend(run)
            run, wanted = [], (0 if run else wanted)

        for word in self.words:
            number = _number(word)
            if number is not None or word.kind in (
                "with",
                "sign",
                "end",
                "hold",
                "meet",
                "join",
                "ally",
                "treaty",
                "body",
                "pact",
            ):
                if wanted > 1 and not run and word.kind != "with":
                    raise NotUnderstood("it does not list the states it counts")
                close()
                wanted = number if number is not None else (wanted if word.kind == "with" else 0)
            elif word.kind == "or" and run:
                wanted = wanted or 1
            elif word.kind == "state":
                run.append(word.value)
            elif word.kind == "institution":
                run.extend(self.members(self.records[word.value]))
            elif word.kind == "partner":
                run, wanted = self._partners(word, run, wanted)
        if wanted > 1 and not run:
            raise NotUnderstood("it does not list the states it counts")
        close()
        every = tuple(dict.fromkeys(required))
        return every, tuple((n, tuple(s for s in some if s not in every)) for n, some in choices)

    def _partners(self, word: Word, run: list[str], wanted: int) -> tuple[list[str], int]:
        """Return the states that partners, members or allies of what was just named are."""
        text = word.text.lower()
        if not run:
            raise NotUnderstood(f"it does not say whose {text}")
        if run == [self.case.hub] and text.startswith(("all", "spoke")):
            treaties = [r for r in self.records.values() if r.kind in ("bilateral", "multilateral")]
            allies = {s for r in treaties if self.case.hub in self.members(r) for s in self.members(r)}
            run = [s for s in self.case.states if s in allies and s != self.case.hub]
        return run, wanted or (0 if text.endswith("s") else 1)

    def _sign(self) -> Query:
        if not self.kinds & {"treaty", "body"}:
            raise NotUnderstood("it does not say that what is signed is a treaty of mutual defence")
        everybody, some = self._parties()
        hub = self.case.hub
        multilateral = bool(self.kinds & {"multilateral", "body"}) or len(everybody) + sum(n for n, _ in some) > 2
        if "bilateral" in self.kinds and multilateral:
            raise NotUnderstood("it calls a treaty of more than two bilateral")
        if not everybody and not some and multilateral and "region" not in self.kinds:
            raise NotUnderstood("it does not say among whom")
        if not everybody and not some and multilateral:
            everybody, some = (hub,), ((2, tuple(s for s in self.case.states if s != hub)),)
        if len(everybody) + len(some) < 2:
            raise NotUnderstood("it does not name both sides of the treaty")
        if hub not in everybody and not any(hub in names for _, names in some):
            raise NotUnderstood(f"treaties without {hub} are not in the model")
        if any(n > len(names) for n, names in some):
            raise NotUnderstood("it asks for more states than it lists")
        self._check_recognised(everybody, some)
        return replace(self.blank, kind="treaty signed", all_of=everybody, at_least=some, multilateral=multilateral)

    def _check_recognised(self, everybody: tuple[str, ...], some: tuple[tuple[int, tuple[str, ...]], ...]) -> None:
        shut = [s for s in self.case.states if self.case.fact("recognised", s).value < 1]
        if set(shut) & set(everybody) or any(len(set(names) - set(shut)) < n for n, names in some):
            raise NotUnderstood(f"{', '.join(shut)}: recognition is given to the model, and treaties need it")

    def _end(self) -> Query:
        named = self._named()
        if len(named) > 1:
            raise NotUnderstood("it names several institutions")
        if named and named[0].kind in ("forum", "multilateral"):
            return self._exit(named[0])
        treaties = tuple(r.id for r in named if r.kind == "bilateral") or self._treaties_meant()
        return replace(self.blank, kind="treaty ends", all_of=self._subject(), treaties=treaties)

    def _treaties_meant(self) -> tuple[str, ...]:
        """Return the bilateral treaties in force that a question speaks of."""
        if not self.kinds & {"treaty", "pact"}:
            raise NotUnderstood("it does not say which treaty ends")
        everybody, some = self._parties()
        held = [r for r in self.records.values() if r.kind == "bilateral"]
        meant = [r for r in held if set(everybody) <= set(self.members(r))]
        if some:
            meant = [r for r in meant if any(set(self.members(r)) & set(names) for _, names in some)]
        if "any" in self.kinds and not some and "region" not in self.kinds and self.case.hub in everybody:
            raise NotUnderstood(f"the treaties of {self.case.hub} in other parts of the world are not in the model")
        several = bool(some) or bool(self.kinds & {"any", "count"})
        if not meant or (len(meant) > 1 and not several) or not everybody:
            raise NotUnderstood(f"it does not mean one treaty in force in {self.case.name}")
        return tuple(r.id for r in meant)

    def _subject(self) -> tuple[str, ...]:
        """Return the state that acts: the only one before the verb, unless a treaty stands there."""
        verb = next(k for k, w in enumerate(self.words) if w.kind == "end")
        before = self.words[:verb]
        if any(w.kind == "partner" for w in before):
            return tuple(s for _, names in self._parties()[1] for s in names)
        states = {w.value for w in before if w.kind == "state"}
        return tuple(states) if len(states) == 1 and not {w.kind for w in before} & {"treaty", "pact"} else ()

    def _exit(self, record: InstitutionRecord) -> Query:
        members = self.members(record)
        named = tuple(dict.fromkeys(w.value for w in self.words if w.kind == "state"))
        if any(s not in members for s in named):
            raise NotUnderstood(f"{', '.join(named)} is not a member of {record.name}")
        if len(named) > 1:
            raise NotUnderstood("it names several leavers")
        if named or self.kinds & {"any", "count"}:
            return replace(self.blank, kind="leaves", all_of=named, treaties=(record.id,))
        if record.kind == "forum":
            return replace(self.blank, kind="forum lapses", treaties=(record.id,))
        raise NotUnderstood("the end of a whole body is no quantity of the model, only that members leave")

    def _hold(self) -> Query:
        words = [replace(w, kind="end") if w.kind == "hold" else w for w in self.words]
        self.words, self.kinds = words, {w.kind for w in words}
        ends = self._end()
        if ends.kind != "treaty ends" or len(ends.treaties) != 1:
            raise NotUnderstood("it does not mean one treaty in force")
        return replace(ends, kind="treaty holds", all_of=())

    def _meet(self) -> Query:
        if self.kinds & {"treaty", "body"}:
            raise NotUnderstood("it asks two things at once")
        everybody, some = self._parties()
        if some or len(everybody) < 3:
            raise NotUnderstood("a forum has three members or more, and it does not name them")
        return replace(self.blank, kind="forum meets", all_of=everybody)

    def _lapse(self) -> Query:
        silence = next(w for w in self.words if w.kind == "silence")
        found = re.search(r"(\d+) (month|year)", silence.text)
        months = int(found[1]) * (12 if found[2] == "year" else 1) if found else 0
        named = self._named()
        if len(named) != 1 or named[0].kind != "forum":
            raise NotUnderstood("it does not name one forum in force")
        end = self.blank.end - dt.timedelta(days=round(months * MONTH))
        return replace(self.blank, kind="forum lapses", treaties=(named[0].id,), end=end)

    def _join(self) -> Query:
        named = self._named()
        if len(named) != 1 or named[0].kind not in ("forum", "multilateral"):
            raise NotUnderstood(f"it does not name one body or forum in force in {self.case.name}")
        states = tuple(dict.fromkeys(w.value for w in self.words if w.kind == "state"))
        inside = [s for s in states if s in self.members(named[0])]
        if inside:
            raise NotUnderstood(f"{', '.join(inside)} is a member of {named[0].name} already")
        if "or" in self.kinds and len(states) > 1:
            return replace(self.blank, kind="joins", at_least=((1, states),), treaties=(named[0].id,))
        outside = tuple(s for s in self.case.states if s not in self.members(named[0]))
        some = () if states else ((1, outside),)
        return replace(self.blank, kind="joins", all_of=states, at_least=some, treaties=(named[0].id,))
