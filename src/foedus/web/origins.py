"""Origins: who judged a number, why, over which range, when, and what would change it; or where it was measured."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

from foedus.casebook.case import Case, Fact
from foedus.model.calibration import Calibration
from foedus.questions.made_of import fact_words
from foedus.version import __version__, released
from foedus.vocabulary.numbers import Parameter
from foedus.vocabulary.prose import counted, country, the
from foedus.vocabulary.tables import shown

Origin: TypeAlias = tuple[str, str]
"""A question and its answer."""

_WOULD_SHOW: Final[Mapping[str, str]] = MappingProxyType(
    {
        "available_share": "A count of what was stationed in the theatre, or could be moved there in the time of a war",
        "distance": "Another line on which the forces of the adversary stood, measured on a map",
        "free_force": "A published order of battle that says which part is tied to borders or to duties at home",
        "grievance": "A dated event between the two (a ruling, a clash, a settlement) that the reason does not name, or a count of their disputes",
        "ideal_point": "Votes of the state in the United Nations; where it had none, those of a state that stood where it stood",
        "perception": "A defence white paper or a poll of those years that ranks the threat otherwise",
        "recklessness": "A record of fighting that the state began because others were bound to help it",
        "rivalry": "A list of strategic rivalries, or of claims to territory, that has the pair otherwise",
        "trade": "A table of trade in goods and services by partner that has this pair in that year",
        "sovereignty": "A treaty or an order that says who commands the forces in war",
    }
)
"""What would speak for another value of quantities that are judged for want of a table."""


def _project(of: str) -> str:
    day = date.fromisoformat(released)
    return f"The foedus project ({of}), as of version {__version__} of {day.day} {day:%B %Y}."


def of_fact(case: Case, fact: Fact, ours: bool, span: str) -> tuple[Origin, ...]:
    """Return where a number of a case comes from, question by question.

    Parameters
    ----------
    case : Case
    fact : Fact
    ours : bool
        Whether the case comes with the package.
    span : str
        Its range in words.
    """
    if fact.judged is None:
        entered = _project("who entered it for this case") if ours else "Whoever made this case."
        return (
            ("Kind", "Measured: no draw varies it."),
            *(() if any(k in case.sources for k in fact.source) else (("Who says so", "No source is named."),)),
            ("Who took it from there", entered),
            ("When", f"It is of {fact.date}."),
            ("What would change it", "A later edition of the source, or another source with a reason to prefer it."),
        )
    who = _project("its developers judged it for this case") if ours else f"Whoever made this case, '{case.name}'."
    return (
        ("Kind", "Judged: no table has it as it is needed here."),
        ("Who judged it", who),
        ("Why this value", f"{fact.judged.rstrip('.')}."),
        ("Range", f"{span}; every draw takes a value from it." if span else "None is given."),
        ("When", f"It is of {fact.date}."),
        ("What would change it", would_change(case, fact)),
    )


def would_change(case: Case, fact: Fact) -> str:
    """Return what would speak for another value of a judged number of a case: figures of its kind, else what would show it."""
    alike = [f for f in case.facts if (f.quantity, f.against) == (fact.quantity, fact.against) and f.judged is None]
    shows = _WOULD_SHOW.get(fact.quantity, "")
    if not alike:
        about = f" about {the(country(fact.against))}" if fact.against else ""
        none = f"No number of this kind{about} is measured in this case: it stands by its reason."
        return f"{shows or 'A published figure'}. {none}"
    near = alike[0]
    source = next((case.sources[k].citation for k in near.source if k in case.sources), "")
    taken = f" (from “{source.rstrip('.')}”)" if source else ""
    measured = f"{counted(len(alike), 'number')} of this kind in this case {'is' if len(alike) == 1 else 'are'} measured, as the {fact_words(near)}{taken}"
    first = f"{shows}. " if shows else ""
    return f"{first}{measured[:1].upper()}{measured[1:]}: a figure like it for {the(country(fact.subject))} would take its place."


def of_parameter(p: Parameter, estimates: Calibration) -> tuple[Origin, ...]:
    """Return where a parameter of the theory comes from, question by question.

    Parameters
    ----------
    p : Parameter
    estimates : Calibration
        What two centuries of signings say of the parameters.
    """
    judged = p.source.startswith("judged")
    reason = p.source.removeprefix("judged").lstrip(": ") or "no reason is written down beside its range"
    read = f"by {p.law.replace('=', ' = ')} alone" if p.law else "by every draw"
    return (
        (
            "Kind",
            "Judged: no measurement fixes it."
            if judged
            else "Set by what was found in data, and rounded by judgement.",
        ),
        ("Who judged it", _project("its developers judged it once, for all cases")),
        (
            "Why this value" if judged else "What it rests on",
            f"{reason.rstrip('.')[:1].upper()}{reason.rstrip('.')[1:]}.",
        ),
        (
            "Range",
            f"{shown(p.low)} to {shown(p.high)}, half of the draws on either side of {shown(p.default)}; read {read}.",
        ),
        ("What would change it", _estimated(p, estimates)),
    )


def _estimated(p: Parameter, estimates: Calibration) -> str:
    known = estimates[p.name]
    if known is not None:
        low, high = known.ends
        return (
            f"Two centuries of signings, taken together with the judgement, put it at {known.median:.3g} (nine in ten: {low:.3g} to "
            f"{high:.3g}); this is not in use unless it is asked for, as the link below does."
        )
    why = dict(estimates.reasons).get(p.name, "they were not asked about it")
    return f"A count or an experiment that speaks of it. Signings of two centuries do not: {why}."
