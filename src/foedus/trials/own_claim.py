"""Own claims: one claim as its answers to a form, and the trial file that they make; whoever has the file has the claim."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from foedus.questions.measure import Measure
from foedus.trials.own_record import lines_of_record
from foedus.trials.queries import PHRASES, split_place

NAME: Final = "my-claim"
"""Name of a trial unless another is given; that of its file, too."""

SIDES: Final = ("rises", "falls", "above", "below")
"""What can be expected of a quantity."""

ALONE: Final = "the record alone"
"""Stands for the quantity of a claim that asks the model nothing."""

_BLANK: Final = re.compile(r"\b[A-Z]{3,}\b")
_OPTIONAL: Final = re.compile(r"\[([^]]*)\]")
_NUMBER: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_POINTS: Final = re.compile(rf"({_NUMBER.pattern})\s*(?:%|points?|per cent)")


@dataclass(frozen=True)
class Seen:
    """What is asked of the record, and what a yes says about the claim."""

    event: str
    """An event, or one of the other phrases of :mod:`foedus.trials.own_record`."""
    says: str = "supports"
    because: str = ""


@dataclass(frozen=True)
class OwnClaim:
    """One claim as somebody fills it in; words are kept as they were given, and the reader of trials says what is wrong.

    Attributes
    ----------
    case : str
        Name of the case that the claim is about.
    quantity : str
        What is measured, as claims write it; :data:`ALONE` for nothing.
    expect : str
        One of :data:`SIDES`.
    than : str
        A number or another quantity, for ``above`` and ``below``.
    at_least : str
        The smallest change that counts, in the unit of the quantity.
    settings, without, laws : tuple of str
        Facts and parameters set, mechanisms switched off, procedures replaced.
    lever : str
        A named single change.
    says, falsified_if : str
        The proposition, and what would show it to be wrong.
    mechanisms : tuple of str
        What it rests on.
    record : tuple of Seen
    also : tuple of str
        Further cases whose quantities are named.
    name, title, author, date : str
        Of the text that makes the claim.
    """

    case: str
    quantity: str = "chance of a body"
    expect: str = "rises"
    than: str = ""
    at_least: str = ""
    settings: tuple[str, ...] = ()
    lever: str = ""
    without: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    says: str = ""
    falsified_if: str = ""
    mechanisms: tuple[str, ...] = ()
    record: tuple[Seen, ...] = ()
    also: tuple[str, ...] = ()
    name: str = NAME
    title: str = "A claim of my own"
    author: str = "me"
    date: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything is changed before the quantity is looked at."""
        return bool(self.settings or self.lever or self.without or self.laws)

    def text(self) -> str:
        """Return the trial file that makes this claim, and nothing else."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        thesis = _quoted(self.says)
        yield "foedus: 1"
        yield f"name: {_quoted(self.name)}"
        yield f"text: {{author: {_quoted(self.author)}, title: {_quoted(self.title)}, date: {self._date()},"
        yield f"  thesis: {thesis}, decided_by: 1}}"
        yield f"case: {_quoted(self.case)}"
        if self.also:
            yield f"also: {_listed(self.also)}"
        yield "claims:"
        yield "  - id: 1"
        yield f"    says: {thesis}"
        if self.mechanisms:
            yield f"    mechanisms: {_listed(self.mechanisms)}"
        if self.quantity != ALONE:
            yield from self._model()
        if self.record:
            yield "    record:"
            for r in self.record:
                asks = ", ".join(lines_of_record(r.event, _quoted))
                yield f"      - {{{asks}, says: {_quoted(r.says)}, because: {_quoted(r.because)}}}"
        yield f"    falsified_if: {_quoted(self.falsified_if)}"

    def _date(self) -> str:
        return self.date if re.fullmatch(r"[0-9]{3,4}", self.date) else _quoted(self.date)

    def _model(self) -> Iterator[str]:
        yield "    model:"
        yield f"      quantity: {_quoted(self.quantity)}"
        under = [f"set: {_listed(self.settings)}"] if self.settings else []
        under += [f"lever: {_quoted(self.lever)}"] if self.lever else []
        under += [f"without: {_listed(self.without)}"] if self.without else []
        under += [f"laws: {_listed(self.laws)}"] if self.laws else []
        if under:
            yield f"      under: {{{', '.join(under)}}}"
        yield f"      expect: {_quoted(self.expect)}"
        if self.than:
            yield f"      than: {_numbered(self.than)}"
        if self.at_least:
            yield f"      at_least: {_numbered(self.at_least)}"


def _quoted(text: str) -> str:
    """Return text as it stands in a file, on one line whatever is in it; words that cannot be mistaken stand bare."""
    plain = " ".join(text.split())
    if re.fullmatch(r"[a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*)*", plain) and plain not in ("true", "false", "null"):
        return plain
    return json.dumps(plain, ensure_ascii=not plain.isprintable())


def _listed(words: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"


def _numbered(text: str) -> str:
    """Return a number bare, so that it is read as one, and anything else as text."""
    return text if _NUMBER.fullmatch(text) else _quoted(text)


def in_unit(text: str) -> str:
    """Return a number in the unit of a share where it was given in points or per cent; anything else as it is."""
    found = _POINTS.fullmatch(text.strip())
    return f"{float(found.group(1)) / 100:.10g}" if found else text.strip()


def measure_in(phrase: str, case: str) -> tuple[Measure, dict[str, str]] | None:
    """Return the measure of a phrase and what stands in its blanks; None where it is a phrase of no kind."""
    text, _ = split_place(phrase, case)
    for measure in PHRASES:
        found = measure.asked(text)
        if found is not None:
            return measure, {b: v or "" for b, v in found.items()}
    return None


def phrase_of(measure: Measure, words: Mapping[str, Any]) -> str:
    """Return the phrase of a measure with its blanks filled in; a part in brackets is left out with its blank.

    Parameters
    ----------
    measure : Measure
    words : mapping of str to str
        What stands in each blank; an empty word in brackets leaves them out.
    """

    def part(found: re.Match[str]) -> str:
        inside = _BLANK.findall(found.group(1))
        return found.group(1) if all(words.get(b) for b in inside) and inside else ""

    text = _OPTIONAL.sub(part, measure.phrase)
    return " ".join(_BLANK.sub(lambda b: str(words.get(b.group(), b.group())), text).split())
