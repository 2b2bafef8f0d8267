"""History: what members would do year by year, worked out without any draw, and what moves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case
from foedus.casebook.series import Calendar
from foedus.draws.sampling import stream
from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Institution
from foedus.model.builder import build_world, institution_of, recorded, watched
from foedus.model.parameters import Parameters
from foedus.questions.study import Answers, Study, name, study_of
from foedus.simulation.appraisal import switch_off
from foedus.simulation.decisions import consent_decisions, exit_decisions, together
from foedus.simulation.formation import shared
from foedus.vocabulary.errors import fail, nearest

LEADERS = 40
"""Sets of leaders drawn to see how much perceptions alone move a decision."""


@dataclass(frozen=True)
class Year:
    """A case in one year, as the record has it."""

    year: int
    study: Study
    """With the treaties and commitments of the record in force."""
    institutions: tuple[Institution, ...]
    """All that were in force at the end of the year, forums included."""


def year_as_it_was(
    calendar: Calendar, year: int, parameters: Parameters | None = None, without: Sequence[str] = ()
) -> Year:
    """Return a case in one year, for questions without chance; errors as :func:`foedus.casebook.series.in_year`."""
    case = calendar[year]
    values = switch_off(parameters or Parameters(), without)
    return Year(year, study_of(case, build_world(case), values), tuple(m for _, m in recorded(case)))


def institution_named(case: Case, words: str) -> Institution:
    """Return an institution of the record with all members it ever had, or a body that is watched, by id or name.

    Raises
    ------
    FoedusError
        There is none of that name, or the theory does not know its kind.
    """
    for entry in case.institutions:
        if words.casefold() in (entry.id.casefold(), entry.name.casefold()):
            found = institution_of(case, entry)
            if found is not None:
                return found
    for body in watched(case):
        if words.casefold() == body.name.casefold():
            return body
    known = [n for r in case.institutions if r.kind != "none" for n in (r.id, r.name)] + [w.name for w in case.watch]
    raise fail(f"institution '{words}'", f"there is no such institution in '{case.name}'", nearest(words, known))


def what_members_decide(study: Study, institution: Institution) -> Answers:
    """Return each member's chance to agree to an institution if it were new, and to leave it if it were in force.

    The world of the study has what is in force besides; the institution itself is added or taken away as the question
    needs.

    Returns
    -------
    mapping of str to float
        ``consent|<members>|<state>|probability`` and ``gain``, the same for ``exit``, with one measure per term of
        utility; ``consent|<members>||acceptance`` that all agree, ``exit|<members>||breaks`` that anybody leaves, and
        ``consent|<members>|<state>|weakest`` 1 for the member least likely to agree.
    """
    appraiser = study.appraiser
    item = "–".join(institution.members)
    standing = study.world.in_force.without(institution)
    found: Answers = {}
    joining = consent_decisions(appraiser, institution, study.fallback.without(institution))
    staying = exit_decisions(appraiser, institution, standing.having(institution))
    weakest = min(joining, key=lambda d: d.probability).state
    for d in (*joining, *staying):
        found[name(d.action, item, d.state, "probability")] = d.probability
        found[name(d.action, item, d.state, "gain")] = d.gain
        for component, term in zip(COMPONENTS, d.terms.tolist(), strict=True):
            found[name(d.action, item, d.state, component)] = term
    for d in joining:
        found[name("consent", item, d.state, "weakest")] = float(d.state == weakest)
    found[name("consent", item, "", "acceptance")] = together(joining, shared(study.parameters))
    found[name("exit", item, "", "breaks")] = 1.0 - float(np.prod([1.0 - d.probability for d in staying]))
    return found


def members_through_the_years(
    case: Case,
    institution: Institution,
    years: Iterable[int],
    parameters: Parameters | None = None,
    without: Sequence[str] = (),
) -> dict[int, Answers]:
    """Return what members decide about an institution in each year, as :func:`what_members_decide` says it.

    Years in which not all members were states are left out.
    """
    calendar = Calendar(case)
    found = {}
    for year in years:
        at = year_as_it_was(calendar, year, parameters, without)
        if set(institution.members) <= set(at.study.world.states):
            found[year] = what_members_decide(at.study, institution)
    return found


def with_perception(study: Study, perception: NDArray[np.float64]) -> Study:
    """Return a study in which leaders see threats as given, shape (N, A)."""
    return Study(study.world.replace(perception=perception), study.parameters, study.quarrel, study.watch)


def leaders_drawn(study: Study, seed: int, label: str) -> NDArray[np.float64]:
    """Return the perceptions of one set of new leaders in every state, shape (N, A)."""
    rng = stream(seed, label)
    spread = study.parameters["perception_spread"]
    drawn: NDArray[np.float64] = np.exp(spread * rng.standard_normal(study.world.perception.shape))
    return drawn


def what_moves_consent(
    case: Case,
    institution: Institution,
    years: Iterable[int],
    parameters: Parameters | None = None,
    leaders: int = LEADERS,
    seed: int = 1,
) -> Answers:
    """Return how much of the movement of consent comes from slow variables and how much from leaders.

    The chance that all agree is worked out in every year with neutral leaders, and with sets of leaders drawn anew
    in every state. The variance between years of the mean over leaders is what the yearly data do; the mean variance
    within a year is what leaders do (law of total variance).

    Returns
    -------
    mapping of str to float
        ``moves|<members>||slow``, ``leaders`` (variances of the chance that all agree), ``share of leaders``; per
        year ``moves|<members>|<year>|neutral``, ``mean``, ``low``, ``high`` (5 and 95 % of the leaders); and
        ``moves|<members>|<state>|weakest``, the share of years and leaders in which the state was least likely to agree.
    """
    calendar = Calendar(case)
    item = "–".join(institution.members)
    found: Answers = {}
    means, spreads = [], []
    weakest = dict.fromkeys(institution.members, 0)
    for year in years:
        study = year_as_it_was(calendar, year, parameters).study
        if not set(institution.members) <= set(study.world.states):
            continue
        neutral = consent_decisions(study.appraiser, institution, study.fallback.without(institution))
        passed = []
        for k in range(leaders):
            other = with_perception(study, leaders_drawn(study, seed, f"leaders {year} {k}"))
            decided = consent_decisions(other.appraiser, institution, other.fallback.without(institution))
            passed.append(together(decided, shared(study.parameters)))
            weakest[min(decided, key=lambda d: d.probability).state] += 1
        low, high = np.quantile(passed, [0.05, 0.95]).tolist()
        for measure, value in (
            ("neutral", together(neutral, shared(study.parameters))),
            ("mean", float(np.mean(passed))),
            ("low", low),
            ("high", high),
        ):
            found[name("moves", item, str(year), measure)] = value
        means.append(float(np.mean(passed)))
        spreads.append(float(np.var(passed)))
    if means:
        slow, fast = float(np.var(means)), float(np.mean(spreads))
        found[name("moves", item, "", "slow")] = slow
        found[name("moves", item, "", "leaders")] = fast
        found[name("moves", item, "", "share of leaders")] = fast / (slow + fast) if slow + fast > 0 else float("nan")
        for s, count in weakest.items():
            found[name("moves", item, s, "weakest")] = count / (len(means) * leaders)
    return found
