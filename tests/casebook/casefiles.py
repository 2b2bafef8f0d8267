"""A small complete case, written file by file, to be spoilt by the tests."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "case.yaml": """foedus: 1
name: small
title: A small world
question: Does a body form?
as_of: 2000-06-01
hub: USA
states: [USA, JPN, KOR, TWN]
adversaries: [CHN]
quarrel: [JPN, KOR]
watch:
  - {name: All three, members: [USA, JPN, KOR], rule: consensus}
notes: |
  Made up for tests.
""",
    "states.yaml": """defaults:
  gdp: {unit: bn international $ of 2011, date: 1999, source: book}
  military_spending: {unit: million current US$, date: 1999, source: book}
  cinc: {unit: share of world capabilities, date: 1999, source: book}
  ideal_point: {unit: UNGA ideal point, date: 1999, source: book}
  sovereignty: {unit: share, date: 1999, source: book}
  free_force: {unit: share, date: 1999, source: book}
  recognised: {unit: yes/no, date: 1999, source: book}
  trade: {unit: share of GDP, date: 1999, source: book}
states:
  USA:
    gdp: {value: 12000}
    military_spending: {value: 290000}
    cinc: {value: 0.14}
    ideal_point: {value: 2.5}
    sovereignty: {value: 1}
    free_force: {value: 1}
    recognised: {value: yes}
    trade: {CHN: {value: 0.01}}
  JPN:
    gdp: {value: 4000}
    military_spending: {value: 45000}
    cinc: {value: 0.05}
    ideal_point: {value: 0.9}
    sovereignty: {value: 0.5, range: [0.3, 0.8], judged: "An alliance runs part of its command"}
    free_force: {value: 0.3, range: [0.1, 0.5], judged: "Law keeps most of it at home"}
    recognised: {value: yes}
    trade: {CHN: {value: 0.02}}
  KOR:
    gdp: {value: 1000}
    military_spending: {value: 13000}
    cinc: {value: 0.02}
    ideal_point: {value: 0.7}
    sovereignty: {value: 0.5}
    free_force: {value: 0.3}
    recognised: {value: yes}
    trade: {CHN: {value: 0.05}}
  TWN:
    gdp: {value: 500}
    military_spending: {value: 8000}
    cinc: {value: 0.01}
    ideal_point: {value: 0.8}
    sovereignty: {value: 1}
    free_force: {value: 0.2}
    recognised: {value: no}
    trade: {CHN: {value: 0.1}}
adversaries:
  CHN:
    military_spending: {value: 40000}
    cinc: {value: 0.16}
    ideal_point: {value: -0.8}
""",
    "relations.yaml": """distances:
  defaults: {unit: km, date: 1999, source: book}
  pairs:
    - {between: [USA, JPN], value: 2800}
    - {between: [USA, KOR], value: 4300}
    - {between: [USA, TWN], value: 5800}
    - {between: [JPN, KOR], value: 56}
    - {between: [JPN, TWN], value: 190}
    - {between: [KOR, TWN], value: 1000}
    - {between: [USA, CHN], value: 3300}
    - {between: [JPN, CHN], value: 410}
    - {between: [KOR, CHN], value: 300}
    - {between: [TWN, CHN], value: 130}
rivalries:
  complete: {source: book, date: 1999}
  defaults: {unit: 0/1, date: 1999, source: book}
  pairs:
    - {of: USA, against: CHN, value: 1}
    - {of: JPN, against: CHN, value: 1}
    - {of: TWN, against: CHN, value: 1}
grievances:
  complete: {source: book, date: 1999}
  defaults: {unit: 0-1, date: 1999}
  pairs:
    - {of: JPN, against: KOR, value: 0.8, range: [0.4, 1], judged: "An old quarrel about history"}
    - {of: KOR, against: JPN, value: 0.8, range: [0.4, 1], judged: "An old quarrel about history"}
""",
    "institutions.yaml": """institutions:
  - id: USJPN
    name: A pact with Japan
    kind: bilateral
    members: [USA, JPN]
    signed: 1960-01-19
    in_force: 1960-06-23
    rule: hub
    obligations: {defence: 1, consultation: 1}
    source: book
  - id: TRA
    name: A law about Taiwan
    kind: de facto
    members: [USA, TWN]
    signed: 1979-04-10
    rule: hub
    source: book
""",
    "sources.yaml": """book:
  citation: "A book of numbers, made up for tests."
  url: "https://www.example.org/a/very/long/address/that/has/no/place/to/break/in/it/at/all/numbers-of-the-world.html"
  trust: checked
""",
}


def write_case(folder: Path, *edits: tuple[str, str, str]) -> Path:
    """Write the small case with some text replaced; each edit is file, old text, new text."""
    folder.mkdir(parents=True)
    texts = dict(FILES)
    for file, old, new in edits:
        assert old in texts[file], f"'{old}' is not in {file}"
        texts[file] = texts[file].replace(old, new)
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder
