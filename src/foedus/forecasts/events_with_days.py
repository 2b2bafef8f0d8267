"""Events with their days: "before the Vilnius summit opens on 11 July 2023" says a day; what is said of the event says no more."""

from __future__ import annotations

import re
from typing import Final

from foedus.forecasts.named_days import DAY, MONTHS
from foedus.forecasts.synonyms import HAPPENS
from foedus.forecasts.words import Lexicon, pieces

_DATE: Final = rf"(?:{DAY}|{MONTHS}\.?,? \d{{4}}|\d{{4}})"
_ANCHOR: Final = re.compile(
    rf"\b(?P<word>before|by the time(?: that)?|when|until|till|by|ahead of|prior to|no later than|in time for) "
    rf"(?P<event>(?!(?:the )?(?:end|close|start|beginning|turn|middle) of (?:the )?(?:\d|{MONTHS}))(?:(?!(?:by|before|until|within|and|or) )(?:[A-Za-z][\w'.-]*|\d{{1,3}}),? ){{1,12}}?)"
    rf"(?:(?P<on>on|in|for|of|due|scheduled for|set for|expected in|planned for)\s)*(?P<date>{_DATE})(?!\d)",
    re.I,
)
_CALENDAR: Final = re.compile(
    r"\b(?:(?:leaves?|takes?|enters?|assumes?|gives? up|vacates?) (?:the )?(?:office|power|White House)|(?:is|are) (?:sworn(?: in)?|inaugurated)"
    r"|(?:(?:end|close|start|beginning) of )?(?:(?:his|her|the|its|first|second|current|present) )*(?:terms?|mandate|presidency|tenure|chairmanship)(?: of office| in office)?(?: (?:ends?|expires?|runs? out|is over|is up|begins?|starts?))?"
    r"|(?:leaders?|ministers?|all(?:y|ies)|members|heads of (?:state|government)|council) (?:next )?(?:convenes?|gathers?|meets?|assembles?)"
    r"|turns? [a-z0-9-]+|(?:marks?|celebrates?|reaches|has) (?:its|their|the) [\w-]+ (?:birthday|anniversary|jubilee)"
    r"|(?:summit|elections?|midterms?|polls|ballot|conference|inauguration|anniversary|birthday|jubilee|Olympics?|Olympic Games|handover)"
    r"(?: (?:meeting|in [A-Z]\w+|(?:opens?|begins?|starts?|convenes?|closes?|ends?|concludes?|takes? place|(?:is|are) held|kicks? off|gets? under way|falls?|comes? round)))*)\b",
    re.I,
)
"""What an event is that only says a day: an election, a term, a summit that opens, an anniversary; no act of those who are asked about."""
_PACTS: Final = frozenset({"treaty", "agreement", "pact", "institution"})


def dated_events(text: str, lexicon: Lexicon) -> str:
    """Return a text in which an event that is given with its day is that day.

    Only what stands in the calendar is an event of this kind: terms, elections, summits, anniversaries. Whatever a state or a
    body does ("before Sweden joins in March 2024") stays as it is.

    Parameters
    ----------
    text : str
    lexicon : Lexicon
    """

    def put(found: re.Match[str]) -> str:
        event = found["event"].strip(" ,")
        if not _CALENDAR.search(event) or re.search(r"\b(?:and|or|will|would|if|not)\b", event, re.I):
            return found[0]
        kinds = {w.kind for w in pieces(_CALENDAR.sub(" ", event), lexicon)}
        if kinds & HAPPENS or (kinds & _PACTS and re.search(r"\bterms?\b", event, re.I)):
            return found[0]
        early = found["word"].lower().split()[0] in ("before", "ahead", "prior")
        return f"{'before' if early else 'by'} {found['date']}"

    return _ANCHOR.sub(put, text)
