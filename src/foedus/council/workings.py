"""Workings: of which case, parameters and version a year of a room is, as its log keeps it, and what of that is another now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from foedus.asking.ask import Ask
from foedus.casebook.series import split_year
from foedus.council.acts import Event
from foedus.council.room_form import RoomForm
from foedus.version import __version__

MADE_OF: Final = "made_of"
"""Data of a year that say it, by :func:`named`: hashes of ``case`` and ``parameters``, and the ``version`` of foedus; more than one
where another foedus went on in the middle of the year."""


def made_of(form: RoomForm) -> dict[str, str]:
    """Return the hash of the case of a room, that of its parameters before any draw, and the version of foedus.

    What else a year depends on is sealed already: the form, to which the first event is, and what people did. Drawn parameters are no
    part of it, for all read these hashes, and the seed could be found by trying.

    Parameters
    ----------
    form : RoomForm

    Raises
    ------
    FoedusError
        The case, a change or a law is wrong.
    """
    asked = Ask(split_year(form.case)[0], form.changes, form.without, "", 0, form.seed, laws=form.laws)
    return {"case": asked.loaded.sha256, "parameters": asked.values.digest(), "version": __version__}


def named(made: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what a year is made of by a name of its own, as the data of the year keep it."""
    return {sha256(repr(sorted(made.items())).encode()).hexdigest()[:16]: dict(made)}


def otherwise_now(form: RoomForm, now: Mapping[str, str], log: Iterable[Event]) -> tuple[str, ...]:
    """Return in sentences what the years of a log were worked out of that is another now; nothing for one in which no year was opened.

    Parameters
    ----------
    form : RoomForm
    now : mapping
        As :func:`made_of` returns it.
    log : iterable of Event
        An older one does not say it, and is told to be so.
    """
    opened, said = set(), dict[str, list[Mapping[str, str]]]()
    for event in log:
        year = str(event.body.get("id"))
        if event.kind == "year.opened":
            opened.add(year)
        if told := event.body.get("put", {}).get(MADE_OF):
            said.setdefault(year, []).extend(told.values())
    found: dict[str, None] = {}
    for one in [t for year in said.values() for t in year]:
        if one["case"] != now["case"]:
            found[f"The files of the case {form.case} say something else now than when the room was played."] = None
        if one["parameters"] != now["parameters"]:
            found["The parameters, or a law, have other values now than when the room was played."] = None
        if one["version"] != now["version"]:
            found[f"The room was played with foedus {one['version']}; this is {now['version']}."] = None
    if opened - said.keys():
        found["Its log does not say of which case, parameters and version its years are: it is older than that."] = None
    return tuple(found)
