"""One's own exercise, begun from any case: all states at the table, one text, three plans, every sentence to be replaced."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from foedus.casebook.reader import read_case
from foedus.casebook.yaml_file import read_document

_MOST: int = 12
"""States that get a seat at first (judged: as many as a class of 40 fills with three or four each)."""

TO_WRITE: Final[Mapping[str, str]] = {
    "table": "The table",
    "text": "A first text",
    "first": "Say in a sentence what the parties want.",
    "second": "Say in a sentence what they found; the clause beside it is what the model reads.",
    "learn": "Say what is to be learnt.",
    "ask": "Ask what the room should look back on.",
    "goal": "Say what this seat wants.",
    "wrong": "Say what usually goes wrong.",
}
"""Sentences of the template, by key; who makes the exercise writes others."""
_NAMES: Final = ("table", "text")
"""Those that serve as they are."""
_PLANS: Final = (
    '  "90": {opening: 15, consultation: 20, table: 25, orders: 5, year: 2, reading: 7, debrief: 13}',
    '  "50": {opening: 5, consultation: 5, table: 15, orders: 3, year: 2, reading: 5, debrief: 15}',
    '  "180": {opening: 12, consultation: 20, table: 22, orders: 5, year: 2, reading: 9, pause: 10, debrief: 25}',
)
"""The plans of the exercises that are built in."""


def unfilled(folder: str | Path) -> list[str]:
    """Return the keys of one's own exercise whose sentences are still those of the template; none for anything else."""
    file = Path(folder) / "words.yaml"
    document = read_document(file) if (Path(folder) / "exercise.yaml").is_file() and file.is_file() else None
    words = document.data if document is not None and isinstance(document.data, Mapping) else {}
    return [k for k, said in TO_WRITE.items() if k not in _NAMES and words.get(k) == said]


def new_exercise(case: str, name: str) -> dict[str, str]:
    """Return the files of a new exercise by name: ``exercise.yaml`` and ``words.yaml``.

    Parameters
    ----------
    case : str
        Built-in name or folder, ``@YEAR`` allowed.
    name : str
        Of the exercise.

    Raises
    ------
    FoedusError
        There is no such case.
    """
    found = read_case(case)
    largest = sorted(found.states, key=lambda s: -found.fact("gdp", s).value)[:_MOST]
    members = [s for s in dict.fromkeys((found.hub, *found.states)) if s in largest or s == found.hub]
    seats = ", ".join([*members, *found.adversaries[:1]])
    year = found.as_of.year
    clause = f"form body {','.join(members)} rule consensus" if len(members) > 2 else f"treaty {','.join(members)}"
    lines = [
        "foedus: 1",
        f"name: {name}",
        f"case: {case}",
        f"first: {year}",
        f"last: {year}",
        f"seats: [{seats}]",
        "rules: {silence_seconds: 300}",
        f"table: {{title: table, chair: {found.hub}, members: [{', '.join(members)}]}}",
        "texts:",
        "  - title: text",
        f"    by: {found.hub}",
        "    articles:",
        "      - {words: first}",
        f'      - {{words: second, clause: "{clause}"}}',
        "plans:",
        *_PLANS,
        'years: {"180": 2}',
        "learns: [learn]",
        "asks: [ask]",
        "goals:",
        *(f"  {s}: [goal]" for s in (*members, *found.adversaries[:1])),
        "wrong: [wrong]",
        "",
    ]
    words = [
        "foedus: 1",
        f'title: "{found.title}"',
        f'about: "{found.question}"',
        *(f"{k}: {said}" for k, said in TO_WRITE.items()),
        "",
    ]
    return {"exercise.yaml": "\n".join(lines), "words.yaml": "\n".join(words)}
