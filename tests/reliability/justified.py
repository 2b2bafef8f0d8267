"""Other answers that are right: what was spoilt says something else, and says it well.

A spoilt input that is still a valid one gets another answer, as it should: a number that was exchanged for another in its
range, a row less. Each rule says which inputs these are and why, so that what no rule covers is a fault.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from reliability.spoil import Spoilt


@dataclass(frozen=True)
class Tried:
    """A try that got another answer than the valid input."""

    subject: str
    file: str
    spoilt: Spoilt
    shown: str
    answer: str

    def at(self, *patterns: str) -> bool:
        """Return whether the spoilt place is one of some, as expressions for its path."""
        return any(re.fullmatch(p, self.spoilt.where) for p in patterns)

    def by(self, *operators: str) -> bool:
        return self.spoilt.operator in operators

    def value_is_shown(self) -> bool:
        """Return whether what was put in is there to be read in the answer, and was not before."""
        put = self.spoilt.put.strip()
        text = put
        if put[:1] in "\"'" and put[-1:] == put[:1] and len(put) > 1:
            try:
                text = json.loads(put.replace("\\a", "\\u0007").replace("\\e", "\\u001b").replace("\\0", "\\u0000")
                                  .replace("\\U0001F1FA\\U0001F1F8", "\U0001f1fa\U0001f1f8")) if put[0] == '"' else put[1:-1]  # fmt: skip
            except ValueError:
                text = put[1:-1]
        text = _HIDDEN.sub("", text)
        ways = (
            text,
            json.dumps(text)[1:-1],
            json.dumps(text, ensure_ascii=False)[1:-1],
            html.escape(text, quote=False),
            html.escape(text),
        )
        if text and any(way in self.shown for way in ways):
            return True
        try:
            number = float(text)
        except ValueError:
            return False
        return math.isfinite(number) and any(
            math.isclose(float(n), number, rel_tol=1e-9) for n in _NUMBER.findall(self.shown)
        )


_HIDDEN = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What is left out where text is shown."""
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])")


def _numbers_of_assessment(shown: str) -> str:
    """Return the second answer of two, the assessment, without hashes."""
    return re.sub(r"\b[0-9a-f]{16,64}\b", "#", shown[shown.find('"sections"') :].split("\n}\n{", 1)[-1])


CASE = (
    "case",
    "case through the years",
    "case as a page",
    "case checked",
    "trial",
    "calibration",
    "exploration",
    "arguments",
)
PUT = ("hostile", "exchange", "extreme", "retype")

RULES: tuple[tuple[str, Callable[[Tried], bool]], ...] = (
    ("text is shown as it stands",
     lambda t: t.subject in CASE and t.by(*PUT) and t.at(
         r".*\.?(title|question|notes?|name|text|type|citation|url|licence|judged|because|says|falsified_if|thesis|author|where|record|id|"
         r"council|settlement_clause|command|later|trust|reason|table|version)") and (t.value_is_shown() or not t.spoilt.put.strip('"'))),
    ("a number in its range is taken, and stands among the inputs",
     lambda t: t.by(*PUT) and t.at(r".*\.(value|range\.\d|values\.\d+|within|obligations\.\w+|median|spread|bounds\.\d)") and t.value_is_shown()),
    ("what explains a calibration is shown as it stands, and no draw depends on it",
     lambda t: t.subject == "calibration" and t.at(r"(evidence|made_with|data|note|calibration|unidentified)\b.*")
     and _numbers_of_assessment(t.shown) == _numbers_of_assessment(t.answer)),
    ("a file is named with the reason why it is not imported, and the others are",
     lambda t: t.subject == "published data" and '"table": "not recognised"' in t.shown and re.search(r'"why": "[^"]', t.shown) is not None),
    ("a row or a number more, less or other in a file is another file: its hash says so",
     lambda t: t.subject == "published data" and t.by("delete row", "cell", "exchange cells", "cut", "flip a bit", "twin row",
                                                      "exchange columns", "rename column", "twin column", "more columns", "delete column", "not UTF-8",
                                                      "other lines", "ragged")),
    ("a page says by its hash of which case it is, and not every number of it",
     lambda t: t.subject == "case as a page" and t.by(*PUT) and t.at(r".*\.(value|range\.\d|values\.\d+|within)")),
    ("every question stands by itself, with how it was read, and what could not be read is said",
     lambda t: t.subject in ("questions", "words of questions") and '"questions":' in t.shown.replace(" ", "")
     and t.by("cell", "head twice", "not UTF-8", "exchange cells", "delete row", "twin row", "delete column", "rename column", "exchange columns", "twin column", "hostile",
              "exchange", "delete", "rename", "retype", "duplicate", "cut", "ragged", "extreme", "other lines", "flip a bit", "blank row")),
    ("a row whose quotes do not close, or that stands twice, is named with its line, and a head that is not read with the nearest",
     lambda t: t.subject == "questions" and t.by("quote", "twice", "control") and (
         re.search(r'"rows that could not be read": ([2-9]|\d\d)', t.shown) is not None or "is not read" in t.shown
         or t.shown.count('"question":') == t.answer.count('"question":'))),
    ("the value is one that can be given, and the answer says it back",
     lambda t: t.subject == "arguments" and t.by("forecast --as-of", "trial --seed", "assess --seed", "compare --seed", "simulate --seed", "system --draws", "forecast --draws", "assess --draws", "trial --draws", "simulate --runs", "report --figures",
                                                 "report --output")),
    ("a date is another date", lambda t: t.by(*PUT) and t.at(r".*\.?(date|as_of|signed|in_force|ended)") and t.value_is_shown()),
    ("what is not given has its default, as the schema says",
     lambda t: t.by("delete") and t.at(
         r".*\.?(note|notes|url|licence|trust|range|judged|council|command|quarrel|watch(\.\d.*)?|obligations(\.\w+)?|in_force|ended|"
         r"blank_slate|value|unit|outside(\.\d)?|defaults.*|later|map)")),
    ("what a text says twice is shown twice, and no verdict is other",
     lambda t: t.subject == "trial" and t.by("duplicate") and t.at(r"claims\.\d+\.record\.\d+", r"claims\.\d+\.model\.under\.set\.\d+", r"omitted\.\d+", r"slips\.\d+")),
    ("another pair is on a list of pairs, another actor in an event, or another state the hub, and the answer is about them",
     lambda t: t.by("exchange") and t.at(r"hub", r"(rivalries|grievances)\.pairs\.\d+\.(of|against)", r"quarrel\.\d", r"events\.\d+\.actors\.\d+")),
    ("a list of pairs that says what is not listed may be empty",
     lambda t: t.by("retype") and t.spoilt.put == "[]" and t.at(r"(rivalries|grievances)\.pairs")),
    ("one letter of a sentence is another, and the sentence is shown",
     lambda t: t.by("flip a bit") and t.file.endswith("sources.yaml")),
    ("one fact less on a list that says what is not listed, as where nothing stands between two commas",
     lambda t: (t.by("delete") or (t.by(*PUT) and not t.spoilt.put)) and t.at(r"(rivalries|grievances)\.pairs\.\d+", r"events\.\d+(\.actors\.\d+)?", r"institutions\.\d+(\.members\.\d+)?",
                                       r"series\.\d+(\.values(\.\d+)?)?", r"watch\.\d+", r"claims\.\d+(\.\w+(\.\d+)?)?", r"omitted(\.\d+)?",
                                       r"slips(\.\d+)?", r"claims\.\d+\.mechanisms\.\d+", r"claims\.\d+\.record\.\d+.*", r"states\.\d+")),
)  # fmt: skip
"""Why another answer is right, and when."""


def justified(subject: str, file: str, spoilt: Spoilt, shown: str, answer: str) -> str:
    """Return why another answer is right; empty if nothing says so."""
    tried = Tried(subject, file, spoilt, shown, answer)
    return next((why for why, holds in RULES if holds(tried)), "")
