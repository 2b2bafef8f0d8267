"""Checks of a mapping file: words that are read, states that exist, eras that run forwards, patterns that come to an end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from foedus.casebook.case import EARLIEST, LATEST
from foedus.casebook.yaml_file import Document
from foedus.vocabulary.errors import nearest
from foedus.vocabulary.states import known_ids

MOST_LONG: Final = 400
"""Characters of a pattern."""
MOST_REPEATS: Final = 12
"""Repetitions in a pattern, each of which is a way to try again (judged: twice as many as the longest built-in has)."""
MOST_ENDLESS: Final = 2
"""Repetitions without end in a pattern: with more of them the time grows as a high power of the length of a text."""

_ATOM: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\]", re.S)
_REPEAT: Final = re.compile(r"(?:[*+?]|\{\d*,?\d*\})[?+]?")


def check_mapping(document: Document, form: Any, built_in: Any) -> None:
    """Add what is wrong with a mapping file to the problems of its document.

    Parameters
    ----------
    document : Document
    form : MappingForm
    built_in : MappingForm
        The mapping of the package: its classes of words, rates and kinds of questions are those that are read.
    """
    words, rates = built_in.words, built_in.reference
    for name in form.kinds:
        if name not in built_in.kinds:
            document.problem(("kinds", name), f"no question is of the kind '{name}'", nearest(name, built_in.kinds))
    for name in form.words:
        if name not in words:
            document.problem(
                ("words", name), f"no question is read with words of the class '{name}'", nearest(name, words)
            )
    for name in form.states:
        if name not in known_ids():
            document.problem(("states", name), f"there is no state '{name}'", nearest(name, known_ids()))
    for part in ("words", "states", "institutions", "regions"):
        for name, patterns in getattr(form, part).items():
            for k, pattern in enumerate(patterns):
                for what, remedy in pattern_problems(pattern):
                    document.problem((part, name, k), what, remedy)
    for name, rate in form.reference.items():
        if name not in rates:
            document.problem(("reference", name), f"no kind of question has the rate '{name}'", nearest(name, rates))
        for k, what, remedy in _era_problems(rate.eras):
            document.problem(("reference", name, "eras", k), what, remedy)
    for name, query in form.questions.items():
        for path, what, remedy in query_problems(query):
            document.problem(("questions", name, *path), what, remedy)


def pattern_problems(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield why a pattern is refused: it is none, or matching it may not come to an end in reasonable time."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        yield f"'{pattern[:60]}' is no regular expression ({error})", "Mend it, or write the words out"
        return
    if len(pattern) > MOST_LONG:
        yield f"a pattern has {len(pattern):,} characters, and at most {MOST_LONG} are read", "Split it"
        return
    if reason := _endless(pattern.replace("{region}", "(?:one|other)")):
        yield f"'{pattern[:60]}' {reason}, so that a question could take for ever", "Write the words out"


def _endless(pattern: str) -> str:
    """Return why matching a pattern can take for ever; empty if it cannot.

    A group that repeats and holds a repetition or alternatives can divide one text in exponentially many ways; many
    repetitions in a row can do so too. Both are refused by form, whether or not the texts at hand would suffer.
    """
    open_groups: list[bool] = []  # per open group: whether it holds a repetition or alternatives
    repeats = endless = 0
    at, closed = 0, None
    while at < len(pattern):
        repeat = _REPEAT.match(pattern, at)
        if repeat and closed is not None:
            text = repeat.group()
            if closed and text[0] != "?":
                return "repeats a group that repeats, or that has alternatives"
            repeats += 1
            endless += text[0] in "*+" or ",}" in text
            if text[0] == "{" and any(int(n) > 1000 for n in re.findall(r"\d+", text)):
                return "repeats more than a thousand times"
            open_groups[:] = [True] * len(open_groups)
            at, closed = repeat.end(), None
            continue
        atom = _ATOM.match(pattern, at)
        piece = atom.group() if atom else pattern[at]
        at += len(piece)
        if piece == "(":
            open_groups.append(False)
            head = re.compile(r"\?(?:P<\w+>|<?[=!]|[aiLmsux-]*:|>)").match(pattern, at)
            at, closed = (head.end() if head else at), None
        elif piece == ")":
            closed = open_groups.pop()
            open_groups[-1:] = [closed or g for g in open_groups[-1:]]
        elif piece == "|":
            open_groups[-1:] = [True] * len(open_groups[-1:])
            closed = None
        elif re.fullmatch(r"\\[1-9]", piece):
            return "refers back to what it found"
        else:
            closed = False
    if repeats > MOST_REPEATS:
        return f"has more than {MOST_REPEATS} repetitions"
    return f"has more than {MOST_ENDLESS} repetitions without end" if endless > MOST_ENDLESS else ""


def _era_problems(eras: Sequence[Sequence[int]]) -> Iterator[tuple[int, str, str]]:
    for k, (first, last, events, exposure) in enumerate(eras):
        if not EARLIEST <= first <= last <= LATEST:
            yield (
                k,
                f"the era {first} to {last} runs backwards, or beyond {EARLIEST} to {LATEST}",
                "Say first year, last year",
            )
        if exposure <= 0:
            yield k, f"the exposure {exposure} is not above 0", "Count the years in which it could have happened"
        elif not 0 <= events <= exposure:
            yield k, f"{events} events do not fit into an exposure of {exposure}", "Count both in the same unit"


_DAY: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.A)


def query_problems(query: Any) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield what contradicts itself in a question said outright: where, what, and the remedy.

    Parameters
    ----------
    query : QueryForm
    """
    for name in ("not_by", "signed_by"):
        if (text := getattr(query, name)) and not _DAY.fullmatch(text):
            yield (name,), f"'{text[:20]}' is no day", "Write year-month-day, as 2026-12-31"
    if query.denied and (query.form != "whether" or query.before):
        yield ("denied",), "only what asks whether, of one thing, can be denied", "Leave denied out"
    if query.before:
        yield from ((("before", *path), what, remedy) for path, what, remedy in query_problems(query.before))
    groups: Mapping[str, Sequence[str]] = {
        "all_of": query.all_of,
        "by": query.by,
        **{f"at_least {n}": s for n, s in query.at_least.items()},
        **{f"at_most {n}": s for n, s in query.at_most.items()},
    }
    institutions = set(query.about) if query.kind in ("treaty ends", "treaty holds", "forum lapses") else set()
    for label, states in groups.items():
        path = tuple(label.split())
        for k, s in enumerate(states):
            if s not in known_ids() and s not in institutions:
                yield (*path, k), f"there is no state '{s}'", nearest(s, known_ids())
            if s in states[:k]:
                yield (*path, k), f"'{s}' is listed twice", "Keep one of the two"
    for n, states in query.at_least.items():
        if int(n) > len(set(states)) and query.kind != "members":
            yield (
                ("at_least", n),
                f"{n} of {len(set(states))} states are asked for",
                "Name more states, or ask for fewer",
            )
    everybody = set(query.all_of).union(*query.at_least.values())
    least = len(set(query.all_of)) + sum(int(n) for n in query.at_least)
    if query.kind == "treaty signed" and everybody and least < 2:
        yield (), f"a treaty of {', '.join(sorted(everybody))} has one side", "Name two states or more"
    if query.kind == "treaty signed" and query.multilateral and len(everybody) < 3:
        yield ("multilateral",), "a treaty of more than two needs three states", "Name them, or leave multilateral out"
    if query.kind == "forum meets" and everybody and least < 3:
        yield (), "a forum has three members or more", "Name them under all_of"
