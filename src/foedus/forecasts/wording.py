"""Wording: what a question asks of the model, or why the model cannot answer it. Nothing is guessed.

A question is understood only if every piece of it is in the vocabulary, names a state or an institution of the case,
and exactly one kind of question fits. Everything else is declared unanswerable: what was understood, and what is missing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from foedus.casebook.case import Case, InstitutionRecord
from foedus.forecasts.dated import Question
from foedus.forecasts.declined import refused_by_shape
from foedus.forecasts.idioms import aged
from foedus.forecasts.known_pacts import ATLANTIC, RECORD, beside, protocols, titles_of, without_case
from foedus.forecasts.later_facts import later_case, with_facts_of
from foedus.forecasts.left_out import read_without_words
from foedus.forecasts.linked import linked
from foedus.forecasts.of_classes import over_many_years
from foedus.forecasts.of_entries import applies, by_protocol, invoked, ratified, vetoed
from foedus.forecasts.of_force import PAPERS, enters, is_signed, waits_between
from foedus.forecasts.of_members import JOINS, arrangement, joins, leaves, moves, silence, sizes, stays, stays_out
from foedus.forecasts.of_stock import allied, counts_treaties
from foedus.forecasts.of_treaties import ends, holds, meets, signs
from foedus.forecasts.outright import outright
from foedus.forecasts.query import LONGEST_COUNTED, LONGEST_WINDOW, OLDEST_CASE, NotUnderstood, Query
from foedus.forecasts.resolution import without_resolution
from foedus.forecasts.restated import read_again, restated
from foedus.forecasts.sentence import Sentence
from foedus.forecasts.spelling import respelled
from foedus.forecasts.turns import INVITED, looks_back, plainly
from foedus.forecasts.windows import MONTH, Window, window
from foedus.forecasts.words import Lexicon, Vocabulary, Word, plain
from foedus.model.architecture import Kind
from foedus.model.builder import recorded
from foedus.vocabulary.states import STATES, spells

LONGEST_TEXT = 500
"""Letters of a question: the longest title of a public set has about 200."""


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
        No case can answer it, with the reason of the case that understands most of it, the latest first.
    """
    asked = as_of or question.opened or (cases[0].as_of if len(cases) == 1 else None)
    if asked is None:
        raise NotUnderstood("it has no opening date, and no date of forecast is given")

    def read(one: Question) -> Query:
        return _alone(one, cases, vocabulary, asked)

    day = without_case(asked)
    known = beside(day, cases, asked)
    names = vocabulary.lexicon(day, asked, known)
    titles = titles_of(cases, RECORD)

    def linked_or_alone(one: Question) -> Query:
        try:
            return read(one)
        except NotUnderstood:
            if (both := linked(one, asked, names, read, titles)) is None:
                raise
            return both

    try:
        return linked_or_alone(question)
    except NotUnderstood as reason:
        try:
            again = read_again(question, names, known, asked, linked_or_alone)
        except NotUnderstood as plainer:  # all of its words are known once it is put plainly
            again = None
            reason = NotUnderstood(str(plainer), plainer.lost, reason.unknown) if reason.unknown else reason
        if again is None:
            again = read_without_words(
                question, names, linked_or_alone, lambda text: restated(text, names, known, asked)
            )
        if again is None:
            raise reason
        return again


def _alone(question: Question, cases: Sequence[Case], vocabulary: Vocabulary, asked: dt.date) -> Query:
    """Return what a question of one thing asks; errors as :func:`understood`."""
    usable = [c for c in cases if c.as_of <= asked and (asked - c.as_of).days <= OLDEST_CASE * 365.25]
    usable = usable or later_case(cases, asked)
    reasons: list[NotUnderstood] = []
    counted: list[Query] = []
    for case in (*sorted(usable, key=lambda c: c.as_of, reverse=True), without_case(asked)):
        try:
            query = _in_case(question, case, vocabulary, asked, beside(case, cases, asked))
            query = query if query.counted else with_facts_of(query, case, asked)
        except NotUnderstood as reason:
            reasons.append(reason)
            continue
        if not query.counted:
            return query
        if case.as_of <= asked:  # what is counted needs no facts of a later day
            counted.append(query)
    if counted and all(r.lost for r in reasons):  # a case that knows all of it and refuses has the last word
        return max(counted, key=lambda q: len(set(q.named) & set(_states(usable, q.case))))  # the first of equals
    if back := looks_back(plain(question.text)[:LONGEST_TEXT]):
        heard = str(min(reasons, key=lambda r: r.lost)).partition("; understood: ")[2]
        raise NotUnderstood(f"{back}; understood: {heard}" if heard else back)
    if not usable and not counted:
        told = f"no case is dated within {OLDEST_CASE:g} years before {asked}, and what is counted without one does not answer"
        raise NotUnderstood(f"{told}: {reasons[0]}")
    raise min(reasons, key=lambda r: r.lost)


def _states(cases: Sequence[Case], name: str) -> tuple[str, ...]:
    return next((c.states for c in cases if c.name == name), ())


def _text(question: Question) -> tuple[str, tuple[str, ...]]:
    """Return the words of a question put plainly, with notes; one that says "same" has those of the question above."""
    if len(question.text) > LONGEST_TEXT:
        raise NotUnderstood(f"it is longer than {LONGEST_TEXT} letters")
    said, notes = plainly(plain(question.text))
    if question.says_the_same:
        if not question.before:
            raise NotUnderstood("it says 'same', and there is no question above")
        above, more = plainly(plain(question.before))
        notes += more
        said = f"{above} {re.sub('(?i)^same(?: question)?[,:; ]*', '', said)}"
    if len(said) > LONGEST_TEXT:
        raise NotUnderstood(f"it is longer than {LONGEST_TEXT} letters")
    return (said.lower() if said.isupper() else said), notes


Beside = tuple[InstitutionRecord, ...]
"""Pacts that are known beside those of a case."""


def _in_case(question: Question, case: Case, vocabulary: Vocabulary, asked: dt.date, more: Beside) -> Query:
    """Return the query of a question for one case; where it is not understood, with its spelling put right."""
    outright_form = question.asks or vocabulary.questions.get(question.id)
    if outright_form:
        late, days = _days("", question, asked, outright_form.form == "when")
        return _held(outright(outright_form, case, _blank(case, days), asked), late, case, asked)
    (text, put), lexicon = _text(question), vocabulary.lexicon(case, asked, more)
    try:
        return _noted(_worded(text, question, case, lexicon, asked, more), put)
    except NotUnderstood:
        text, notes = respelled(text, lexicon)
        if not notes:
            raise
    return _noted(_worded(text, question, case, lexicon, asked, more), (*put, *notes))


def _noted(query: Query, notes: tuple[str, ...]) -> Query:
    """Return a query with what was put plainly in it; one for an invitation is counted.

    Raises
    ------
    NotUnderstood
        An invitation into another body than the Atlantic alliance, or how many or which are invited.
    """
    if INVITED in notes:
        named = [s for p in protocols() if p.signed <= (query.asked or query.start) for s in p.newcomers]
        if set(named) & set(query.named):
            raise NotUnderstood("who is asked about has been invited already")
        if query.kind != "joins" or query.treaties != (ATLANTIC,) or query.form != "whether":
            raise NotUnderstood("of invitations only those into the Atlantic alliance are counted, and only whether")
        query = replace(query, counted=JOINS)
    return replace(query, notes=(*query.notes, *notes))


def _worded(text: str, question: Question, case: Case, lexicon: Lexicon, asked: dt.date, more: Beside) -> Query:
    text = aged(text, lexicon, [*case.in_force(), *more])
    late, days = _days(text, question, asked, bool(_WHEN.match(text) or _WHO_FIRST.match(text)))
    said, notes = _sentence(days.text, case, lexicon, _blank(case, days), asked, more)
    try:
        query = _read(said, late)
        return _held(replace(query, notes=(*query.notes, *said.notes, *notes)), late, case, asked)
    except NotUnderstood as reason:
        heard = said.says()
        told = f"{reason}; understood: {heard}" if heard else str(reason)
        aside = case.name == RECORD or any(r.id in said.beside for r in said.named())
        aside |= any(w.kind == "state" and w.value not in case.states for w in said.words)
        raise NotUnderstood(told, reason.lost or (_ASIDE if aside else 0), reason.unknown) from reason


_ASIDE: Final = 50
"""What a case loses that refuses a pact which it does not hold: another one, or the record, may know it."""


_WHEN: Final = re.compile(
    r"(?:when|by when|(?:by|on|in|at) (?:what|which) (?:date|day|month|time)|what (?:date|day|month|year)|(?:in|by|by the end of) (?:which|what) year)\b",
    re.I,
)


_WHO_FIRST: Final = re.compile(r"(?:which|who)\b.*\bfirst\b", re.I)
"""Questions that are open-ended, as those that ask when."""


def _days(text: str, question: Question, asked: dt.date, open_ended: bool) -> tuple[ValueError | None, Window]:
    """Return the window of a question, or why it has none with one of a day in its place."""
    try:
        return None, window(text, question, asked, open_ended)
    except ValueError as error:
        return error, Window(text, asked, asked, asked)


def _blank(case: Case, days: Window) -> Query:
    return Query("", case.name, (), (), (), False, days.start, days.end, days.repeats, asked=days.asked)


def _held(query: Query, late: ValueError | None, case: Case, asked: dt.date) -> Query:
    """Return a query of which the window is sound, and the theory starts from what it is about."""
    if late is not None:
        raise NotUnderstood(str(late))
    _check_known(query, case)
    _check_window(query, asked)
    _check_there(query, asked)
    return query


def _sentence(
    text: str, case: Case, lexicon: Lexicon, blank: Query, asked: dt.date, more: Beside
) -> tuple[Sentence, tuple[str, ...]]:
    """Return a sentence taken apart, and what was left out of it as notes."""
    text, notes = without_resolution(text, lexicon)
    return Sentence(text, case, lexicon, blank, asked, more), notes


def _read(said: Sentence, late: ValueError | None) -> Query:
    """Return the query of a sentence, if its window is one."""
    if late is not None and "no deadline" not in str(late):
        raise NotUnderstood(str(late))
    if refused := refused_by_shape(said.text, bool(said.blank.repeats)):
        raise NotUnderstood(refused)
    said.check()
    if late is not None:
        raise NotUnderstood(str(late))
    query = _query(said)
    if said.first:
        if query.form != "which" or query.kind not in _ONE_BY_ONE:
            raise NotUnderstood("who is first is understood of states alone that join, leave, apply or sign")
        alone = () if _ALONE in query.notes else (_ALONE,)
        query = replace(query, first=True, notes=(*query.notes, *alone))
    if said.rival and not query.rival:
        raise NotUnderstood("of who comes first is understood only whether one state outside joins before another")
    if said.excepted and query.kind not in ("joins", "grows", "leaves"):
        raise NotUnderstood(
            f"it leaves out {', '.join(said.excepted)}, which is understood of who joins or leaves alone"
        )
    strangers = [s for s in query.named if s not in said.case.states and s not in said.records]
    if strangers and not query.counted:
        raise NotUnderstood(f"{', '.join(strangers)}: not among the states of {said.case.name}", len(strangers))
    if query.repeats and query.kind != "forum meets":
        raise NotUnderstood("it asks of every year by itself, which is understood of meetings alone")
    forum = query.kind == "forum meets" and bool(query.treaties)  # meets as one, whoever comes
    if said.denied and (query.form != "whether" or (len(query.named) > 1 + (query.kind in _BETWEEN_TWO) and not forum)):
        raise NotUnderstood("'not' stands beside several states or treaties, or a day, which can be read in two ways")
    query = replace(query, denied=query.denied != said.denied)
    if query.years > LONGEST_WINDOW + 0.01:
        query = over_many_years(query, said)
    if said.case.name == RECORD and not query.counted:
        raise NotUnderstood("it asks for more than is counted on record")
    return query


_ALONE: Final = "each is taken to decide on its own"
_ONE_BY_ONE: Final = ("joins", "leaves", "applies", "treaty signed")
"""Kinds of what states do one by one, so that one of them is the first."""
_BETWEEN_TWO: Final = ("treaty signed", "comes into force", "ratified")
"""Kinds of what two do together, so that "not" is not of one of them alone."""


def _query(said: Sentence) -> Query:
    """Return the query of a sentence of which every word is known."""
    for word in said.words:
        if word.kind == "silence":
            found = re.search(r"(\d+) (month|year)", word.text)
            months = int(found[1]) * (12 if found[2] == "year" else 1) if found else 0
            return silence(said, months, MONTH)
    if said.has("gives notice") and said.has("hold") and not said.has("end"):
        raise NotUnderstood("it asks for an announcement, and the model knows only what is done")
    if said.has("veto"):
        return vetoed(said)
    if (
        said.has("enters force")
        and not said.has("end", "join", "gain")
        and (is_signed(said) or said.has("ratify", "institution"))
    ):
        return enters(said)
    if said.has("ratify"):
        of_a_paper = said.has(*PAPERS) and not said.has("institution", "membership", "join", "protocol")
        return enters(said) if of_a_paper else ratified(said)
    if said.has("invoke"):
        return invoked(said)
    if said.has("apply"):
        if said.has("join", "gain", "ratify", "sign"):
            raise NotUnderstood("it asks two things at once (apply and join)")
        return applies(said)
    if said.has("aloof"):
        return stays_out(said)
    if any(w.kind == "how many" and "years" in w.text.lower() for w in said.words) and not said.has("meet"):
        raise NotUnderstood("in how many years something happens is understood of meetings alone; ask when it does")
    if counts_treaties(said):
        return allied(said)
    event = said.event()
    bodies = any(r.kind in ("forum", "multilateral") or arrangement(r) for r in said.named())
    if event == "join":
        return by_protocol(joins(said)) if bodies else signs(said)
    if event == "end":
        return leaves(said) if bodies else ends(said)
    if event == "hold" and waits_between(said) and not said.named() and re.search(r"in (?:force|effect)", said.text):
        return enters(said)
    if event == "hold":
        return stays(said) if bodies else holds(said)
    if event == "sign":
        return signs(said)
    if event == "meet":
        return meets(said)
    return _without_event(said, bodies)


def _without_event(said: Sentence, bodies: bool) -> Query:
    """Return the query of a sentence in which nothing happens: a number of members, or being a member."""
    counted = said.has("count", "how many")
    if bodies and said.has("rises", "falls"):
        return moves(said)
    inside = any(
        (a.text.lower() in ("in", "part of", "inside") or "belong" in a.text.lower()) and b.kind == "institution"
        for a, b in zip(_saying(said.words), _saying(said.words)[1:], strict=False)
    )
    grouped = said.has("member", "membership") or (inside and said.has("country"))
    if bodies and grouped and counted and not said.has("state", "region"):
        return sizes(said)
    if said.has("meet", "pledge"):
        return meets(said)
    if bodies and (said.has("member", "membership") or inside):
        return stays(said)
    raise NotUnderstood("it says nothing the model knows as an event")


def _saying(words: Sequence[Word]) -> list[Word]:
    """Return words without articles."""
    return [w for w in words if w.text.lower() not in ("the", "a", "an")]


def _check_known(query: Query, case: Case) -> None:
    if query.counted:
        return
    known = {record.id: institution for record, institution in recorded(case)}
    for name in query.treaties:
        if name not in known or (case.blank_slate and known[name].kind is not Kind.FORUM):
            raise NotUnderstood(f"{name} is recorded in {case.name}, but the theory does not start from it")


def _check_there(query: Query, asked: dt.date) -> None:
    for state in (s for s in (*query.named, *query.by) if s in STATES):
        last = spells(state)[-1]
        if last.end is not None and last.end < asked:
            raise NotUnderstood(f"{last.name} is no state any more: it was one until {last.end}")


def _check_window(query: Query, asked: dt.date) -> None:
    if asked <= query.end < query.start:
        raise NotUnderstood(f"its dates leave no day: from {query.start} to {query.end}")
    if query.end < asked:
        raise NotUnderstood(f"its window is over on {query.end}, before the forecast of {asked}")
    longest = LONGEST_COUNTED if query.counted else LONGEST_WINDOW
    if query.years > longest + 0.01:
        raise NotUnderstood(f"its window of {query.years:.0f} years is longer than {longest:g}")
