"""Queries: the small vocabulary in which claims ask the model, without any Python.

A quantity is named by a short phrase; the phrases are in :data:`PHRASES`, each with a pattern, bounds and a meaning. A
phrase may end with ``in europe-1949`` or ``in indo-pacific-2020@2007`` to ask the same of another place or year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from foedus.casebook.case import Case
from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Institution, Kind, Rule
from foedus.model.builder import watched
from foedus.questions.asked import LEVERAGE
from foedus.questions.how_far_the_quarrel_goes import VARIANTS
from foedus.questions.study import EVERYBODY, Study
from foedus.questions.what_a_wedge_costs import BUDGETS
from foedus.simulation.formation import Form
from foedus.trials import answers
from foedus.vocabulary.errors import FoedusError, Problem, nearest

Ask = Callable[[Study], float]
Words = Mapping[str, str]

_FORMS: Mapping[str, str] = {
    "a body": "body",
    "a council": Form.COUNCIL,
    "a hub-led body": Form.HUB_LED,
    "a forum": Form.FORUM,
    "what is in force": Form.IN_FORCE,
    "new bilateral treaties": Form.STAR,
}

_GROUPS: Mapping[str, tuple[Kind, Rule]] = {
    "council": (Kind.MULTILATERAL, Rule.CONSENSUS),
    "hub-led body": (Kind.MULTILATERAL, Rule.HUB),
    "forum": (Kind.FORUM, Rule.CONSENSUS),
}

BODIES: Final = "everybody, the allies, a body that the case watches, or 'a council/hub-led body/forum of USA, JPN, …'"
"""How bodies are named in phrases."""

EFFORT: Final = ("today", *LEVERAGE)
"""Architectures in which own effort can be asked for."""


@dataclass(frozen=True)
class Phrase:
    """One kind of quantity a claim can ask for.

    Attributes
    ----------
    form : str
        How it is written, with the blanks in capitals.
    meaning, unit : str
    pattern : str
        Regular expression with named blanks.
    bind : callable
        Returns what works the quantity out, given the case and the blanks.
    low, high : float
        Values outside which the quantity cannot be; a test beyond them could not fail, or not succeed.
    units : mapping of str to str
        Unit by what stands in a blank, where it depends on that.
    """

    form: str
    meaning: str
    unit: str
    pattern: str
    bind: Callable[[Case, Words], Ask]
    low: float = float("-inf")
    high: float = float("inf")
    units: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Query:
    """A quantity bound to a place.

    Attributes
    ----------
    phrase : str
        As written, without the place.
    place : str
        Name of the case, with a year after @ where one is asked for.
    kind : Phrase
    ask : callable
        Works it out in a study.
    elsewhere : bool
        Whether the place is not the one the text is about.
    blanks : mapping
        What stands in the blanks of the phrase.
    """

    phrase: str
    place: str
    kind: Phrase
    ask: Ask
    elsewhere: bool = False
    blanks: Words = field(default_factory=dict)

    @property
    def unit(self) -> str:
        """The unit of this quantity."""
        return next((self.kind.units[b] for b in self.blanks.values() if b in self.kind.units), self.kind.unit)


def _one_of(word: str, known: Mapping[str, str] | tuple[str, ...], what: str) -> str:
    if word not in known:
        raise FoedusError(Problem(f"'{word}'", f"there is no such {what}", nearest(word, known)))
    return known[word] if isinstance(known, Mapping) else word


def _state(case: Case, word: str) -> str:
    return _one_of(word.strip(), case.states, f"state in '{case.name}'")


def _body(case: Case, word: str) -> answers.Body:
    """Return a body by the name it has in the study, or as an institution of listed members."""
    group = re.fullmatch(r"an? (?P<kind>council|hub-led body|forum) of (?P<members>.+)", word)
    if group:
        wanted = [_state(case, s) for s in re.split(r",\s*(?:and\s+)?|\s+and\s+", group["members"])]
        if len(set(wanted)) < 2:
            raise FoedusError(Problem(f"'{word}'", "a body needs two members or more", "List them with commas"))
        kind, rule = _GROUPS[group["kind"]]
        members = tuple(s for s in dict.fromkeys((case.hub, *case.states)) if s in wanted)
        return Institution(kind, members, rule, None, word)
    if word in (EVERYBODY, "the allies"):
        return word
    found = {m.name: m for m in watched(case)}
    if word not in found:
        raise FoedusError(
            Problem(f"'{word}'", "there is no such body", nearest(word, (EVERYBODY, "the allies", *found)))
        )
    return found[word]


def _member(case: Case, words: Words) -> tuple[answers.Body, str]:
    body, state = _body(case, words["body"]), _state(case, words["s"])
    if isinstance(body, Institution) and not body.has(state):
        raise FoedusError(Problem(f"'{state}'", f"is no member of '{words['body']}'", nearest(state, body.members)))
    return body, state


def _form(case: Case, words: Words) -> Ask:
    return partial(answers.chance_of, _one_of(words["form"], _FORMS, "outcome"))


def _gain(case: Case, words: Words) -> Ask:
    return partial(answers.gain, _body(case, words["body"]), _state(case, words["s"]), words.get("term", "total"))


def _of_member(function: Callable[[answers.Body, str, Study], float], case: Case, words: Words) -> Ask:
    return partial(function, *_member(case, words))


def _of_body(measure: str, case: Case, words: Words) -> Ask:
    return partial(answers.of_body, _body(case, words["body"]), measure)


def _leverage(case: Case, words: Words) -> Ask:
    return partial(answers.leverage, _one_of(words["arch"], tuple(LEVERAGE), "architecture"), words["measure"])


def _quarrel(case: Case, words: Words) -> Ask:
    if not case.quarrel:
        raise FoedusError(Problem(f"case '{case.name}'", "no quarrel is named in it", "Say quarrel: in its case.yaml"))
    return partial(answers.rung, _one_of(words["variant"], tuple(VARIANTS), "variant"), words["rung"])


def _exclusion(case: Case, words: Words, measure: str = "loss") -> Ask:
    return partial(answers.exclusion, _state(case, words["s"]), words["how"], measure)


def _holds(case: Case, words: Words) -> Ask:
    body = "star" if words["arch"] == "star" else _body(case, words["arch"])
    return partial(answers.holds, body, _one_of(words["budget"], tuple(f"{x:g}" for x in BUDGETS), "budget"))


def _cost(case: Case, words: Words) -> Ask:
    body = "star" if words["arch"] == "star" else _body(case, words["arch"])
    return partial(answers.cost, body, _state(case, words["s"]) if "s" in words else "")


def _effort(case: Case, words: Words) -> Ask:
    return partial(answers.effort, _one_of(words["arch"], EFFORT, "architecture"), _state(case, words["s"]))


def _pact(case: Case, words: Words) -> Ask:
    one, other = _state(case, words["a"]), _state(case, words["b"])
    depth = float(words["depth"]) if words["depth"] else None
    if one == other or (depth is not None and not 0 < depth <= 1):
        raise FoedusError(
            Problem(
                f"'{one}' and '{other}'",
                "no pact can be of that kind",
                "Name two states, and a depth above 0 and up to 1",
            )
        )
    return partial(answers.pact, one, other, depth, int(words["years"] or 0))


_P, _GDP = "probability", "% of GDP a year"
_BODY, _S = r"(?P<body>.+)", r"(?P<s>\w+)"

PHRASES: Final[tuple[Phrase, ...]] = (
    Phrase(
        "chance of OUTCOME",
        "that a year ends with it: " + ", ".join(_FORMS),
        _P,
        rf"chance of (?P<form>{'|'.join(_FORMS)})",
        _form,
        0,
        1,
    ),
    Phrase(
        "gain of STATE from BODY", "against no body; bodies are " + BODIES, _GDP, rf"gain of {_S} from {_BODY}", _gain
    ),
    Phrase(
        "TERM of STATE from BODY",
        "one term of that gain: " + ", ".join(COMPONENTS),
        _GDP,
        rf"(?P<term>{'|'.join(COMPONENTS)}) of {_S} from {_BODY}",
        _gain,
    ),
    Phrase(
        "consent of STATE to BODY",
        "that it agrees",
        _P,
        rf"consent of {_S} to {_BODY}",
        partial(_of_member, answers.consent),
        0,
        1,
    ),
    Phrase(
        "exit of STATE from BODY",
        "that it leaves within a year",
        _P,
        rf"exit of {_S} from {_BODY}",
        partial(_of_member, answers.leaves),
        0,
        1,
    ),
    Phrase(
        "acceptance of BODY", "that all agree", _P, rf"acceptance of {_BODY}", partial(_of_body, "acceptance"), 0, 1
    ),
    Phrase(
        "weakest consent to BODY",
        "the smallest chance to agree among the members",
        _P,
        rf"weakest consent to {_BODY}",
        lambda c, w: partial(answers.weakest, _body(c, w["body"])),
        0,
        1,
    ),
    Phrase(
        "readiness of BODY",
        "share of pledged force it could use",
        "share",
        rf"readiness of {_BODY}",
        partial(_of_body, "readiness"),
        0,
        1,
    ),
    Phrase(
        "trade threshold of STATE for BODY",
        "trade with the adversaries at which it would just refuse",
        "share of GDP",
        rf"trade threshold of {_S} for {_BODY}",
        partial(_of_member, answers.trade_threshold),
    ),
    Phrase(
        "trade of STATE",
        "with all adversaries",
        "share of GDP",
        rf"trade of {_S}",
        lambda c, w: partial(answers.trade, _state(c, w["s"])),
        0,
    ),
    Phrase(
        "hub's MEASURE in ARCHITECTURE",
        "money (bn a year), share, concessions or control (% of GDP a year) in " + ", ".join(LEVERAGE),
        "as said",
        r"hub's (?P<measure>money|share|concessions|control) in (?P<arch>.+)",
        _leverage,
        units={"money": "bn a year", "share": "share", "concessions": _GDP, "control": _GDP},
    ),
    Phrase(
        "effort of STATE in ARCHITECTURE",
        "best own arms, as a share of those without any treaty, in " + ", ".join(EFFORT),
        "share",
        rf"effort of {_S} in (?P<arch>.+)",
        _effort,
        0,
        1,
    ),
    Phrase(
        "quarrel RUNG when VARIANT",
        "chance of both, brokered (both, and nobody defuses it), third_rung, or brokerage; when " + ", ".join(VARIANTS),
        _P,
        r"quarrel (?P<rung>both|brokered|third_rung|brokerage) when (?P<variant>.+)",
        _quarrel,
        0,
        1,
    ),
    Phrase(
        "quarrel STAKE when VARIANT",
        "security that stake_i or stake_j stands to lose, as far as it is weighed",
        _GDP,
        r"quarrel (?P<rung>stake_i|stake_j) when (?P<variant>.+)",
        _quarrel,
    ),
    Phrase(
        "loss of STATE when SITUATION",
        "expected loss: today, left out, taken in (of the first watched body)",
        _GDP,
        rf"loss of {_S} when (?P<how>today|left out|taken in)",
        _exclusion,
        0,
    ),
    Phrase(
        "acceptance with STATE",
        "that all agree to the first watched body with it",
        _P,
        rf"acceptance with {_S}",
        lambda c, w: _exclusion(c, {**w, "how": "taken in"}, "acceptance"),
        0,
        1,
    ),
    Phrase(
        "acceptance without STATE",
        "that all agree to the same body without it",
        _P,
        rf"acceptance without {_S}",
        lambda c, w: _exclusion(c, {**w, "how": "left out"}, "acceptance"),
        0,
        1,
    ),
    Phrase(
        "hold of ARCHITECTURE at BUDGET",
        "that star or body holds when the adversary spends " + ", ".join(f"{b:g}" for b in BUDGETS) + " bn a year",
        _P,
        r"hold of (?P<arch>.+) at (?P<budget>[\d.]+)",
        _holds,
        0,
        1,
    ),
    Phrase(
        "cost of breaking ARCHITECTURE",
        "star: all its treaties; a body: its cheapest member",
        "bn a year",
        r"cost of breaking (?P<arch>.+)",
        _cost,
        0,
    ),
    Phrase(
        "cost of turning STATE in ARCHITECTURE",
        "what makes it indifferent",
        "bn a year",
        rf"cost of turning {_S} in (?P<arch>.+)",
        _cost,
        0,
    ),
    Phrase(
        "worth of the treaty of STATE",
        "with the hub, to that ally; or at the end: to the hub",
        _GDP,
        rf"worth of the treaty of {_S}(?P<hub> to the hub)?",
        lambda c, w: partial(answers.treaty_worth, c.hub, _state(c, w["s"]), bool(w["hub"])),
    ),
    Phrase(
        "number of treaties",
        "bilateral treaties of the hub that both sides want",
        "treaties",
        r"number of treaties",
        lambda c, w: answers.number_of_treaties,
        0,
    ),
    Phrase(
        "chance of a pact of STATE and STATE",
        "that both agree to a light treaty; may end with: at depth D, after N years in a forum",
        _P,
        r"chance of a pact of (?P<a>\w+) and (?P<b>\w+)(?: at depth (?P<depth>[\d.]+))?"
        r"(?: after (?P<years>\d+) years in a forum)?",
        _pact,
        0,
        1,
    ),
)
"""Every kind of quantity a claim can ask for."""


def split_place(phrase: str, here: str) -> tuple[str, str]:
    """Return a phrase without its place, and the place; without one it is here."""
    text = " ".join(phrase.split())
    found = re.fullmatch(r"(?P<phrase>.+) in (?P<place>[\w@.-]+)", text)
    if found and found["place"] not in EFFORT:
        return found["phrase"], found["place"]
    return text, here


def read_query(case: Case, phrase: str, place: str = "", elsewhere: bool = False) -> Query:
    """Return the query that a phrase means in a case.

    Raises
    ------
    FoedusError
        The phrase is of no known kind, or names a state, body or variant that is not there.
    """
    for p in PHRASES:
        found = re.fullmatch(p.pattern, phrase)
        if found:
            return Query(phrase, place or case.name, p, p.bind(case, found.groupdict()), elsewhere, found.groupdict())
    raise FoedusError(
        Problem(f"'{phrase}'", "this is no quantity a claim can ask for", nearest(phrase, [p.form for p in PHRASES]))
    )
