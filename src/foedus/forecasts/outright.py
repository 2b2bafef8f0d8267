"""Outright: what a mapping file, a YAML file of questions or the columns of a table say that a question asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from foedus.casebook.case import Case
from foedus.forecasts.known_pacts import ATLANTIC
from foedus.forecasts.linked import given_not, in_turn, once_signed
from foedus.forecasts.of_entries import waiting
from foedus.forecasts.of_stock import of_the_hub
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.words import QueryForm

_ABOUT_NOTHING: Final = ("treaty signed", "forum meets", "allied")
_OF_INSTITUTIONS: Final = ("treaty ends", "treaty holds", "forum lapses")
_FITTING: Final = {
    "treaty ends": ("bilateral",),
    "treaty holds": ("bilateral", "forum"),
    "forum lapses": ("forum",),
    "joins": ("multilateral", "forum"),
    "leaves": ("multilateral", "forum"),
    "stays": ("multilateral", "forum"),
    "members": ("multilateral", "forum"),
    "applies": ("multilateral", "forum"),
}
_COUNTED: Final = ("comes into force", "grows", "invoked", "several signed")


def outright(form: QueryForm, case: Case, blank: Query, asked: dt.date) -> Query:
    """Return what is said to be asked, once it is known that the case has it, with its condition or what it has to come before.

    Parameters and errors as :func:`of_one`.
    """
    if form.signed_by or form.kind == "ratified":
        signed = dt.date.fromisoformat(form.signed_by) if form.signed_by else None
        if form.form not in ("whether", "when") or form.at_least or form.at_most or form.before or form.not_by:
            raise NotUnderstood("of ratifications is understood only whether those who are named, or all, ratify")
        if form.kind not in ("ratified", "joins") or set(form.about) - {ATLANTIC}:
            raise NotUnderstood("only ratifications of accessions to the Atlantic alliance are on record")
        made = once_signed(blank, form.all_of, signed) if signed else waiting(blank, form.all_of, form.by, asked)
        return replace(made, form=form.form, denied=form.denied)
    which = bool(form.before) and form.form == "which"
    first = of_one(form.model_copy(update={"form": "whether"}) if which else form, case, blank, asked)
    first = replace(first, denied=form.denied)
    if form.not_by:
        first = given_not(first, dt.date.fromisoformat(form.not_by))
    if form.before is None:
        return first
    query = in_turn(first, of_one(form.before, case, blank, asked))
    return replace(query, form="which") if which else query


def of_one(form: QueryForm, case: Case, blank: Query, asked: dt.date) -> Query:
    """Return what is said to be asked of one thing, once it is known that the case has it.

    Parameters
    ----------
    form : QueryForm
    case : Case
    blank : Query
        Case and window.
    asked : datetime.date
        Day of the forecast.

    Raises
    ------
    NotUnderstood
        A state or institution is not in the case, or something is missing that the kind needs.
    """
    if form.kind in _COUNTED:
        raise NotUnderstood(f"'{form.kind}' is counted on record, and is asked in words alone")
    least = tuple((int(n), tuple(names)) for n, names in form.at_least.items())
    most = tuple((int(n), tuple(names)) for n, names in form.at_most.items())
    named = {*form.all_of, *form.by, *(s for _, names in (*least, *most) for s in names)}
    records = {r.id: r for r in case.in_force()}
    strangers = sorted(named - set(case.states) - (set(records) if form.kind in _OF_INSTITUTIONS else set()))
    if strangers:
        raise NotUnderstood(f"{', '.join(strangers)}: not among the states of {case.name}")
    for name in form.about:
        if name not in records:
            raise NotUnderstood(f"{name} is not in force in {case.name}")
        if form.kind in _FITTING and records[name].kind not in (*_FITTING[form.kind], "none", "de facto"):
            raise NotUnderstood(f"{name} is a {records[name].kind} institution, and '{form.kind}' asks of another")
    if form.kind not in _ABOUT_NOTHING and not form.about:
        raise NotUnderstood(f"it is not said which institution: '{form.kind}' needs one")
    about = set(form.about)
    made = replace(
        blank,
        kind=form.kind,
        all_of=tuple(form.all_of),
        at_least=least,
        at_most=most,
        multilateral=form.multilateral,
        treaties=form.about,
        form=form.form,
        by=tuple(form.by),
    )
    if form.kind == "allied":
        return of_the_hub(made, case)
    if form.kind in _OF_INSTITUTIONS:
        made = _of_institutions(made, about)
    elif form.kind == "members":
        if form.form == "whether" and not (least or most):
            raise NotUnderstood("it is not said how many: 'members' needs at_least or at_most, or the form 'how many'")
    elif not named and form.kind == "leaves":
        made = replace(
            made, at_least=((1, tuple(s for s in case.states if s in records[form.about[0]].members_on(asked))),)
        )
    elif not named:
        raise NotUnderstood(f"it is not said who: '{form.kind}' needs states")
    else:
        _check_sides(made, case, asked)
    return replace(made, start=asked) if form.kind in ("treaty holds", "stays", "members") else made


def _of_institutions(made: Query, about: set[str]) -> Query:
    """Return a query in which institutions count; without a number each has to."""
    if set(made.named) - about - set(made.by):
        # States under all_of are those who act, as in mapping files of the first form.
        made = replace(made, by=(*made.by, *(s for s in made.all_of if s not in about)), all_of=())
    if not made.named:
        made = replace(made, all_of=made.treaties) if made.form in ("whether", "when") else made
    if made.form in ("how many", "which") and not made.at_least:
        made = replace(made, at_least=((0, made.treaties),))
    return made


def _check_sides(made: Query, case: Case, asked: dt.date) -> None:
    """Refuse who joins and is inside already, and who leaves or stays and is not inside."""
    for record in case.in_force():
        if record.id not in made.treaties or made.kind not in ("joins", "applies", "leaves", "stays"):
            continue
        inside = set(record.members_on(asked))
        wrong = [s for s in made.named if (s in inside) == (made.kind in ("joins", "applies"))]
        if wrong:
            is_or_not = "is a member" if made.kind == "joins" else "is no member"
            raise NotUnderstood(f"{', '.join(wrong)} {is_or_not} of {record.name} on {asked}")
