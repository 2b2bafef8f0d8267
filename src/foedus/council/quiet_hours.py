"""Quiet hours: when no silence runs out in a room that goes on over days, and how its hours are told."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOUR: Final = re.compile(r"(?:(\d{4}-\d\d-\d\d)[ T])?(\d{1,2}):(\d\d)")
_HOURS: Final = re.compile(r"(\d{1,2})-(\d{1,2})")


def hours_of(quiet: str) -> tuple[int, int] | None:
    """Return the hours between which nothing runs out, as ``(22, 7)``; None for none, or where the words name none.

    Examples
    --------
    >>> [hours_of(w) for w in ("22-7", "", "7-7", "25-3")]
    [(22, 7), None, None, None]
    """
    found = _HOURS.fullmatch(quiet)
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    return (first, last) if first != last and max(first, last) < 24 else None


def zone_of(zone: str) -> tzinfo | None:
    """Return a time zone by its name in the tz database, universal time for none; None where there is no such zone."""
    if not zone:
        return UTC
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def awake(at: float, quiet: str, zone: str) -> float:
    """Return a moment as it is, or the end of the quiet hours that it falls in.

    Parameters
    ----------
    at : float
        Seconds since 1970.
    quiet, zone : str
        Rules of the room.
    """
    hours, here = hours_of(quiet), zone_of(zone)
    if hours is None or here is None:
        return at
    first, last = hours
    then = datetime.fromtimestamp(at, here)
    asleep = first <= then.hour < last if first < last else then.hour >= first or then.hour < last
    if not asleep:
        return at
    day = then.date() + timedelta(days=1 if then.hour >= last else 0)
    return datetime(day.year, day.month, day.day, last, tzinfo=here).timestamp()


def hour_said(at: float | None, zone: str, *, day: bool = False) -> str:
    """Return the hour of a moment where the room is, as ``14:32 UTC`` or ``16:32 Europe/Berlin``; nothing for none.

    Parameters
    ----------
    at : float or None
        Seconds since 1970.
    zone : str
    day : bool
        Whether its day is said too, as ``14:32 UTC on 30 November``.
    """
    here = zone_of(zone)
    if at is None or here is None:
        return ""
    then = datetime.fromtimestamp(at, here)
    return f"{then:%H:%M} {zone or 'UTC'}{f' on {then.day} {month_name[then.month]}' if day else ''}"


def day_meant(said: str, zone: str) -> float | None:
    """Return the moment of a day with its hour where the room is, as ``2026-11-30 14:30``; None where the words mean none."""
    found, here = _HOUR.fullmatch(said.strip()), zone_of(zone)
    if found is None or here is None or not found[1]:
        return None
    try:
        day = date.fromisoformat(found[1])
        return datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), tzinfo=here).timestamp()
    except (ValueError, OverflowError):
        return None


def hour_meant(said: str, zone: str, now: float) -> float | None:
    """Return the moment that an hour means where the room is, as ``14:30`` (the next) or ``2026-11-30 14:30``.

    Parameters
    ----------
    said : str
    zone : str
    now : float
        Seconds since 1970.

    Returns
    -------
    float or None
        None where the words mean none, or one that is over.
    """
    found, here = _HOUR.fullmatch(said.strip()), zone_of(zone)
    if found is None or here is None:
        return None
    if found[1]:
        at = day_meant(said, zone)
        return at if at is not None and at > now else None
    try:
        then = datetime.fromtimestamp(now, here).replace(
            hour=int(found[2]), minute=int(found[3]), second=0, microsecond=0
        )
    except (ValueError, OverflowError):
        return None
    return (then if then.timestamp() > now else then + timedelta(days=1)).timestamp()
