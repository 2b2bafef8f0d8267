"""Before reading: what to know of a case before its answers: whom the council includes, numbers beyond the record, a case of that year."""

from __future__ import annotations

from foedus.casebook.case import Case
from foedus.casebook.counterpart import apart, counterpart
from foedus.casebook.unusual import unusual
from foedus.questions.task import Task
from foedus.vocabulary.prose import country, listing


def before_reading(task: Task) -> tuple[str, ...]:
    """Return what to know of the case of a task before its answers, in sentences; nothing where there is nothing.

    Parameters
    ----------
    task : Task
    """
    other = counterpart(task.case)
    odd = tuple(f"{p}" for p in unusual(task.case, task.overrides))
    return (*bound_elsewhere(task.case), *((apart(task.case, other),) if other else ()), *odd)


def bound_elsewhere(case: Case) -> tuple[str, ...]:
    """Return which states of a case are bound to an adversary on its date, as a council of all includes them; one sentence or none."""
    bound: dict[str, str] = {}
    for record in case.in_force():
        members = record.members_on(case.as_of)
        if case.hub not in members and set(members) & set(case.adversaries):
            bound |= {s: record.name for s in members if s in case.states and s not in bound}
    if not bound:
        return ()
    names = listing(country(s) for s in case.states if s in bound)
    treaties = listing(f"“{name}”" for name in dict.fromkeys(bound.values()))
    return (
        f"A council of all is asked of every state that the hub recognises, also of {names}, bound to an adversary on {case.as_of} "
        f"by {treaties}: what is said of {'it' if len(bound) == 1 else 'them'} holds for a government that is free to choose, and a "
        "body without them is asked with foedus draft --members.",
    )
