"""A small trial, written to a folder, with one thing changed."""

from __future__ import annotations

from pathlib import Path

from casebook.casefiles import write_case

EVENTS = """events:
  - {id: PACT, date: 1999-05-01, actors: [USA, JPN], type: pact, text: "A pact is signed.", source: book}
  - {id: ROW, date: 1999-06-01, actors: [JPN, KOR], type: quarrel, text: "A row about history.", source: book}
"""

TRIAL = """foedus: 1
name: mine
text: {author: Somebody, title: A text, date: 2000, thesis: Trade loosens pacts.}
case: small
claims:
  - id: 1
    says: Trade with the adversary makes Japan shy of a body.
    mechanisms: [exposure]
    model: {quantity: gain of JPN from All three, under: {set: ["JPN.trade.CHN=0.4"]}, expect: falls}
    record:
      - {event: PACT, says: supports, because: "It was signed when trade was low"}
    falsified_if: the gain stays where it is
  - id: 2
    says: Quarrels happen every now and then in this world.
    record:
      - {count: {type: quarrel, actor: JPN, from: 1999, to: 1999-06, at_least: 1}, says: supports, because: "There was one in June"}
      - {count: {type: quarrel, at_most: 0}, says: supports, because: "There should not have been any"}
    falsified_if: there is no quarrel at all
  - id: 3
    says: The hub gains more than Korea does by a body.
    mechanisms: [leverage, dispute]
    model: {quantity: gain of USA from All three, expect: above, than: gain of KOR from All three}
    falsified_if: Korea gains more than the hub
  - id: 4
    says: Japan bought more arms the year after the row.
    record:
      - {value: ARMS2000, above: ARMS1999, says: supports, because: "It spent more in the year after"}
      - {event: ROW, after: PACT, within_days: 40, says: supports, because: "The row came within weeks of the pact"}
    falsified_if: it spent as much or less
omitted:
  - says: Distance keeps the members apart.
    model: {quantity: security of JPN from All three, under: {lever: no distance}, expect: rises}
slips:
  - {says: the row was about trade, record: it was about history, event: ROW}
events:
  - {id: ARMS1999, date: 1999-12-31, actors: [JPN], type: spending, value: 1.0, unit: "% of GDP", text: "Arms in 1999.", source: yearbook}
  - {id: ARMS2000, date: 2000-12-31, actors: [JPN], type: spending, value: 1.5, unit: "% of GDP", text: "Arms in 2000.", source: yearbook}
sources:
  yearbook: {citation: "A yearbook of arms, 2001.", trust: checked}
"""


def write_trial(folder: Path, old: str = "", new: str = "") -> Path:
    """Write the trial and its case; the first occurrence of the old text becomes the new one."""
    case = write_case(folder / "small")
    (case / "events.yaml").write_text(EVENTS)
    assert old in TRIAL
    path = folder / "mine.yaml"
    path.write_text(TRIAL.replace(old, new, 1) if old else TRIAL)
    return path
