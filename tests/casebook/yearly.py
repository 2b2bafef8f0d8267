"""The small case with yearly data: trade that grows, a rising adversary, two forums on record."""

from __future__ import annotations

from pathlib import Path

from casebook.casefiles import write_case

SERIES = """defaults:
  gdp: {unit: bn international $ of 2011, source: book}
  trade: {unit: share of GDP, source: book}
  military_spending: {unit: million current US$, source: book}
series:
  - {quantity: gdp, of: JPN, values: {1990: 3500, 2010: 4500}}
  - {quantity: gdp, of: KOR, values: {1990: 600, 2010: 1500}}
  - {quantity: trade, of: JPN, against: CHN, values: {1990: 0.01, 2010: 0.06}}
  - {quantity: trade, of: KOR, against: CHN, values: {1990: 0.01, 2010: 0.14}}
  - {quantity: military_spending, of: CHN, values: {1990: 10000, 2010: 120000}}
"""

FORUM = """  - id: TALKS
    name: Talks of three
    kind: forum
    members: [USA, JPN, KOR]
    signed: 1995-03-01
    ended: 2003-06-01
    rule: consensus
    source: book
"""


def write_yearly_case(folder: Path) -> Path:
    """Write the small case with a series from 1990 to 2010 and a forum from 1995 to 2003."""
    write_case(folder)
    (folder / "series.yaml").write_text(SERIES, encoding="utf-8")
    with (folder / "institutions.yaml").open("a", encoding="utf-8") as file:
        file.write(FORUM)
    return folder
