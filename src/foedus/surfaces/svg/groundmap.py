"""Grounds of maps: sea, land in the colours of who is who, borders of the day, and hatches where they are disputed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from foedus.surfaces.svg.pen import Picture, colour, number
from foedus.surfaces.svg.projection import Ring, View, outlines
from foedus.surfaces.svg.sovereignty import FIRST, disputed_on, holdings, name_on, rings_of

_STRIPES = {"ally": "ally", "foe": "foe", "land": "faint"}
"""Ink of the stripes by whose area it would be otherwise."""


def _stripe(one: str, other: str) -> str:
    """Return the ink of stripes of one tint on another; where both are the same, one that is seen on it."""
    return _STRIPES[other] if one != other else "faint" if one == "land" else "land"


_SMALLEST = 3.5
"""Hatched areas smaller than this both ways are not named below the map."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def said_of(day: dt.date, hatched: Sequence[str]) -> str:
    """Return what is printed under a map: whose borders these are, what is hatched, and where the outlines come from."""
    on = max(day, FIRST)
    when = f"{on.day} {_MONTHS[on.month - 1]} {on.year}"
    names = list(dict.fromkeys(hatched))
    listed = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
    marked = f" Hatched: {listed}." if names else ""
    return (
        f"Borders of {when} as the General Assembly of the United Nations has them, colonies uncoloured.{marked} "
        "Outlines: Natural Earth (public domain), Equal Earth projection."
    )


def ground(picture: Picture, view: View, tints: Mapping[str, str], day: dt.date, stem: str) -> list[str]:
    """Draw sea and land.

    Parameters
    ----------
    picture : Picture
    view : View
    tints : mapping of str to str
        ``ally`` or ``foe`` by id.
    day : datetime.date
    stem : str
        Unlike that of any other map of a page.

    Returns
    -------
    list of str
        Names of the hatched areas that can be seen.
    """
    _patterns(picture, view, stem)
    picture.add(f'<g clip-path="url(#frame-{stem})">')
    picture.rect(0, 0, view.width, view.height, "sea")
    held = holdings(day)
    owners: dict[str, list[str]] = {}
    for unit, parts in held.items():
        for part in parts:
            owners.setdefault(part, []).append(unit)
    drawn = {part for part in owners if len(owners[part]) == 1}
    for unit, parts in held.items():
        _filled(picture, view, [r for p in parts if p in drawn for r in rings_of(p)], tints.get(unit, "land"))
    named = {p.split(">")[0].split("<")[0] for p in owners}
    for key, rings in outlines().items():
        if key not in named:
            _filled(picture, view, rings, "land")
    hatched = _shared(picture, view, {p: o for p, o in owners.items() if len(o) > 1}, tints, day, stem)
    concerned = sorted(disputed_on(max(day, FIRST)), key=lambda d: not ({d.owner, d.holder} & set(tints)))
    for d in concerned:
        path = view.path(rings_of(d.area))
        if not path:
            continue
        if _seen(view, rings_of(d.area)):
            hatched.append(d.name)
        over = d.area not in outlines()
        if over:
            picture.path(path, fill=tints.get(d.owner, "land"))
        tint = _stripe(tints.get(d.owner, "land"), tints.get(d.holder, "land"))
        stroke, dash = ("shore", "2 2") if over else ("", "")
        picture.path(path, stroke, 0.5, f"url(#stripes-{stem}-{tint})", dash=dash, tip=d.name)
    picture.add("</g>")
    return hatched


def _seen(view: View, rings: Sequence[Ring]) -> bool:
    """Return whether so much of an area is on the canvas that its hatch can be seen."""
    for points in (points for ring in rings for points in view.rings(ring)):
        xs = [min(max(x, 0.0), view.width) for x, _ in points]
        ys = [min(max(y, 0.0), view.height) for _, y in points]
        if max(xs) - min(xs) >= _SMALLEST and max(ys) - min(ys) >= _SMALLEST:
            return True
    return False


def _patterns(picture: Picture, view: View, stem: str) -> None:
    size = f'width="{number(view.width)}" height="{number(view.height)}"'
    picture.add(f'<clipPath id="frame-{stem}"><rect {size} rx="10"/></clipPath>')
    for tint in sorted({*_STRIPES.values(), "land"}):
        picture.add(
            f'<pattern id="stripes-{stem}-{tint}" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="2.6" height="6" fill="{colour(tint)}"/></pattern>'
        )


def _filled(picture: Picture, view: View, rings: Sequence[Ring], tint: str) -> None:
    path = view.path(rings)
    shores = view.shores(rings) if path else ""
    if path and path == shores:
        picture.path(path, "shore", 0.6, tint)
    elif path:
        picture.path(path, tint, 0.5, tint)
        picture.path(shores, "shore", 0.6)


def _shared(
    picture: Picture, view: View, shared: Mapping[str, list[str]], tints: Mapping[str, str], day: dt.date, stem: str
) -> list[str]:
    """Draw the outlines that were two states and between which no line is at hand; return their names."""
    found = []
    for part, pair in shared.items():
        path = view.path(rings_of(part))
        if path:
            one, other = (tints.get(unit, "land") for unit in pair[:2])
            picture.path(path, "shore", 0.6, one)
            tint = _stripe(one, other)
            names = " and ".join(name_on(unit, day) for unit in pair)
            picture.path(path, fill=f"url(#stripes-{stem}-{tint})", tip=names)
            if _seen(view, rings_of(part)):
                found.append(f"{names} (no line at hand)")
    return found
