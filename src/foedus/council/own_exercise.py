"""One's own exercise, begun from any case: all states at the table, one text, one plan, every sentence to be replaced."""

from __future__ import annotations

from foedus.casebook.reader import read_case

_MOST: int = 12
"""States that get a seat at first (judged: as many as a class of 40 fills with three or four each)."""


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
        '  "90": {opening: 15, consultation: 20, table: 25, orders: 5, year: 2, reading: 7, debrief: 15}',
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
        "table: The table",
        "text: A first text",
        "first: Say in a sentence what the parties want.",
        "second: Say in a sentence what they found; the clause beside it is what the model reads.",
        "learn: Say what is to be learnt.",
        "ask: Ask what the room should look back on.",
        "goal: Say what this seat wants.",
        "wrong: Say what usually goes wrong.",
        "",
    ]
    return {"exercise.yaml": "\n".join(lines), "words.yaml": "\n".join(words)}
