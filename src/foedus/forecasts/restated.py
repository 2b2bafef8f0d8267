"""Restated: a question that is not read as it stands, put together anew from its parts, and read as that."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from foedus.casebook.case import Case, InstitutionRecord
from foedus.forecasts.dated import Question
from foedus.forecasts.forecast import Forecast
from foedus.forecasts.idioms import Idiom, heard
from foedus.forecasts.known_pacts import ATLANTIC, without_case
from foedus.forecasts.past_records import SAME, universe
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.wording import TWO, understood
from foedus.forecasts.words import Vocabulary
from foedus.vocabulary.prose import country, listing

_PLAIN: Final = {ATLANTIC: "NATO", "QUAD2017": "the Quad", "AUKUS2021": "AUKUS", "CSTO1992": "the CSTO"}
"""Names of bodies by which they are known in every case."""

_OVER: Final = re.compile(r"\b(?:dead|died|gone|defunct|extinct|buried|killed|under|apart|broke|broken)\b", re.I)
"""Ends of a body as a whole."""
_SUPPOSED: Final = re.compile(
    r"\b(?:would|could|might)\b.*\bhave\b|\bwere to\b|\b(?:will|must|may)\b.*\bhave to\b|^should\b", re.I
)
_AHEAD: Final = re.compile(r"\b(?:will|does|do|is|are|can|might|could|would|may|going)\b", re.I)
_VERBS: Final = {
    "join": "join",
    "end": "leave",
    "hold": "remain in",
    "apply": "apply to join",
    "be": "be a member of",
}


def restated(question: Question, cases: Sequence[Case], vocabulary: Vocabulary, asked: dt.date) -> Query:
    """Return the query of a question whose parts make exactly one plain question.

    Parameters
    ----------
    question : Question
    cases : sequence of Case
    vocabulary : Vocabulary
    asked : datetime.date
        Day of the forecast.

    Raises
    ------
    NotUnderstood
        A word has no place in it, its parts make no question, or the plain question is not answered.
    """
    records = [r for r, *_ in universe(cases, asked).values() if r.in_force_on(asked)]
    said = heard(question.text, vocabulary, without_case(asked), records, asked)
    if _SUPPOSED.search(said.text):
        raise NotUnderstood("it asks what would have been")
    if TWO.search(said.text) or (said.form() == "when" and not _AHEAD.search(said.text)):
        raise NotUnderstood("it asks two things at once, or of no day to come")
    ends = said.ends or (question.closes if said.starts else None)
    if said.starts and not ends:
        raise NotUnderstood("it has no deadline")
    when = f" between {said.starts} and {ends}" if said.starts else f" by {ends}" if ends else ""
    unknown = [w.text for w in said.words if w.kind == "unknown"]
    if unknown:
        said = replace(said, words=tuple(w for w in said.words if w.kind != "unknown"))
    said.check()
    plain, denied = plainly_asked(said, {r.id: r for r in records})
    text = f"{plain}{when}?"
    try:
        query = understood(replace(question, text=text), cases, vocabulary, asked)
    except NotUnderstood as reason:
        raise NotUnderstood(f"read as '{text}', {reason}") from reason
    if denied and (query.form != "whether" or query.denied):
        raise NotUnderstood("'not' stands beside a number, a list or a day")
    if unknown:
        lost = ", ".join(dict.fromkeys(unknown))[:120]
        raise Nearest(f"not understood: {lost}; near to it, and answered, is '{text}'")
    return replace(query, denied=denied, notes=(*query.notes, f"put plainly as '{text}'"))


class Nearest(NotUnderstood):
    """Why a question is not read, with the nearest one that is."""


def plainly_asked(said: Idiom, records: dict[str, InstitutionRecord]) -> tuple[str, bool]:
    """Return a plain question without its days, and whether it is asked whether that is not so.

    Parameters
    ----------
    said : Idiom
    records : dict of str to InstitutionRecord
        In force on the day, by id.

    Raises
    ------
    NotUnderstood
        The parts make no question, or more than one.
    """
    event = said.event() or ("be" if said.has("inside", "member") and said.states else "")
    form = said.form()
    if form == "how long" or said.has("ratify", "protocol", "article", "ordinal"):
        raise NotUnderstood("its parts make no plain question")
    bodies = [b for b in dict.fromkeys(SAME.get(b, b) for b in said.bodies) if b in records]
    if len(bodies) > 1 or len(bodies) < len(set(said.bodies)):
        raise NotUnderstood("it names several treaties or bodies, or one that is not in force")
    here = records[bodies[0]] if bodies else None
    if here is not None and (len(here.members) + len(here.outside) > 2):
        return _of_a_body(said, here, event, form)
    return _of_a_treaty(said, here, event, form, list(records.values()))


def _name(record: InstitutionRecord) -> str:
    return _PLAIN.get(record.id, record.name)


def _of_a_body(said: Idiom, here: InstitutionRecord, event: str, form: str) -> tuple[str, bool]:
    """Return a plain question about a body: who joins, leaves, stays or applies, or whether it ends, lasts or meets."""
    name, states = _name(here), said.states
    said.check_actors()
    if event not in (*_VERBS, "meet"):
        raise NotUnderstood("it does not say what happens to the body")
    if event == "end" and states and any(_OVER.search(w.text) for w in said.words if w.kind == "end"):
        raise NotUnderstood("it does not say whether the body ends or is left")
    if said.has("order"):
        return _race(said, name, event), False
    if event == "meet":
        if states or form not in ("whether", "when") or said.has("count"):
            raise NotUnderstood("of meetings is read only whether or when a body meets")
        return (f"Will {name} meet" if form == "whether" else f"When will {name} meet"), said.denied
    verb = _VERBS[event]
    if not states:
        return _nobody_named(said, name, event, form)
    if said.has("count", "how many", "member", "country", "partner") and len(states) > 1 and form != "which":
        raise NotUnderstood("names and a number stand side by side")
    names = (
        listing(map(country, states)) if not said.either and not said.has("none") else " or ".join(map(country, states))
    )
    if form == "when":
        if said.denied or said.either or said.has("none"):
            raise NotUnderstood("it asks when something does not happen")
        return f"When will {names} {verb} {name}", False
    if form == "which":
        return f"Which of {listing(map(country, states))} will {verb} {name}", False
    denied = said.denied != said.has("none")
    if denied and len(states) > 1 and not (said.either or said.has("none")):
        raise NotUnderstood("'not' and several states stand together, which can be read in two ways")
    return f"Will {names} {verb} {name}", denied


def _nobody_named(said: Idiom, name: str, event: str, form: str) -> tuple[str, bool]:
    count = next((w.text for w in said.words if w.kind == "count"), "")
    noun = "country" if event in ("join", "apply") else "member"
    verb = _VERBS[event]
    if form != "whether" or event == "apply":
        raise NotUnderstood("it does not say who")
    if count:
        if said.denied or said.has("any", "none", "all"):
            raise NotUnderstood("two words of number stand side by side")
        return f"Will {count} {'countries' if noun == 'country' else 'members'} {verb} {name}", False
    if event == "hold" and not said.has("member", "country", "partner", "any", "none"):
        return f"Will {name} remain in force", said.denied
    if event == "end" and not said.has("member", "country", "partner", "any", "none"):
        return f"Will {name} end", said.denied
    if not said.has("any", "none") or said.has("all"):
        raise NotUnderstood("it does not say how many of the members")
    if event == "hold":
        raise NotUnderstood("it does not say which of the members stay")
    return f"Will any {noun} {verb} {name}", said.has("none") != said.denied


def _race(said: Idiom, name: str, event: str) -> str:
    """Return a question of who comes first, of two that are named."""
    orders = [w.text.lower() for w in said.words if w.kind == "order"]
    if len(said.states) != 2 or event != "join" or not said.has("or") or orders[0].split()[-1] not in ("first",):
        raise NotUnderstood("of who comes first is read only which of two states joins before the other")
    one, other = map(country, said.states)
    return f"Will {one} join {name} before {other} does"


def _of_a_treaty(
    said: Idiom, here: InstitutionRecord | None, event: str, form: str, records: Sequence[InstitutionRecord]
) -> tuple[str, bool]:
    """Return a plain question about a treaty of two, named by its name or by its parties: whether or when it ends or lasts."""
    states = said.states
    if form not in ("whether", "when") or said.has("count", "all", "any", "order", "member"):
        raise NotUnderstood("its parts make no plain question of a treaty")
    if event not in ("end", "hold", "enters force"):
        raise NotUnderstood("it does not say what happens to the treaty")
    if said.has("or") and not said.has("none"):
        raise NotUnderstood("'or' stands beside a treaty of two")
    denied = said.denied != said.has("none")
    if here is None:
        papers = [w for w in said.words if w.kind in ("treaty", "pact", "agreement")]
        known = any({*(m.state for m in r.members), *r.outside} == set(states) for r in records)
        if len(states) != 2 or len(papers) != 1 or papers[0].kind == "agreement" or not known:
            raise NotUnderstood("it does not name one treaty or body")
        noun = papers[0].text if papers[0].kind != "pact" else "treaty"
        what = f"the {noun} between {country(states[0])} and {country(states[1])}"
    else:
        parties = {m.state for m in here.members} | set(here.outside)
        if not set(states) <= parties:
            raise NotUnderstood(f"{listing(map(country, set(states) - parties))} is no party to {here.name}")
        what = here.name
    actor = _who_ends(said) if event == "end" else ""
    if actor and (said.has("none", "and") or (here is not None and len(states) > 1)):
        raise NotUnderstood("it is not clear which side ends the treaty")
    if actor and here is None:
        what = f"its {noun} with {country(next(s for s in states if s != actor))}"
    done = {"end": "end", "hold": "remain in force", "enters force": "enter into force"}[event]
    if form == "when":
        if denied or event == "hold":
            raise NotUnderstood("it asks when something does not happen, or goes on")
        return (f"When will {country(actor)} end {what}" if actor else f"When will {what} {done}"), False
    if actor:
        return f"Will {country(actor)} end {what}", denied
    return f"Will {what} {done}", denied


def _who_ends(said: Idiom) -> str:
    """Return the one state that ends a treaty: it stands alone before the verb, and the treaty behind it; else nobody."""
    verb = next(k for k, w in enumerate(said.words) if w.kind in ("end", "lose"))
    before = [
        w for w in said.words[:verb] if w.kind in ("state", "leader", "treaty", "pact", "agreement", "institution")
    ]
    return before[0].value if len(before) == 1 and before[0].kind in ("state", "leader") else ""


def turned(found: Forecast) -> Forecast:
    """Return a forecast of what is asked with "not": the chance of the opposite, and its band the other way round."""
    if found.query is None or not found.query.denied or found.probability is None:
        return found

    def opposite(p: float | None) -> float | None:
        return None if p is None else 1.0 - p

    return replace(
        found,
        probability=opposite(found.probability),
        default=opposite(found.default),
        low=opposite(found.high),
        high=opposite(found.low),
        reference=opposite(found.reference),
    )
