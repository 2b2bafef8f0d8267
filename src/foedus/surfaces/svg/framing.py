"""Framing: which part of the world a map shows, and where those stand who lie beyond its edge."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from foedus.surfaces.svg.projection import View, equal_earth, turned
from foedus.surfaces.svg.rows import NARROW
from foedus.surfaces.svg.sovereignty import capital_on

EDGE: Final = 20.0
"""How far from the edge of a map those stand who lie beyond it."""
_CLOSEST: Final = 16.0
"""Degrees across that a map shows at the least: with fewer a reader no longer sees where it is."""
_STRETCH: Final = 1.7
"""How much wider a map may get to take in a hub or an adversary; one farther off stands at the edge."""
_SHRINK: Final = 0.6
"""A few states stand at the edge if the view without them is narrower than this share of that with them."""
_SHAPES: Final = ((0.48, 0.58), (0.75, 1.15))
"""Height of a map as a share of its width, at the least and at the most: of pages, and of telephones."""

Place = tuple[float, float]


def frame(options: Mapping[str, Any], states: Sequence[str], extra: Sequence[str], day: dt.date, width: float) -> View:
    """Return the view of a map.

    Parameters
    ----------
    options : mapping
        ``centre`` and ``span`` in degrees, taken where they show the states; telephones always frame the states, so that
        names can be read.
    states : sequence of str
        Those the map is about.
    extra : sequence of str
        The hub and the adversaries, framed too unless that makes the map much wider.
    day : datetime.date
    width : float
        Of the canvas.
    """
    kept = _together([capital_on(s, day) for s in states] or [capital_on(s, day) for s in extra])
    if options.get("centre") and options.get("span") and width >= NARROW:
        asked = View(options["centre"], float(options["span"]), width, round(width * _SHAPES[0][1]))
        if all(asked.holds(*asked.place(*q), EDGE) for q in kept):
            return asked
    for s in extra:
        wider = [*kept, capital_on(s, day)]
        if _width(wider) <= max(_STRETCH * _width(kept), 2 * _CLOSEST):
            kept = wider
    latitudes = [q[1] for q in kept]
    wide, tall = _halves(kept)
    least, most = _SHAPES[0 if width >= NARROW else 1]
    shape = min(max(tall / wide, least), most)
    across = 2 * max(wide, tall / shape) / equal_earth(1, 0)[0]
    middle = _middle(kept)
    spare = max(across / 2 - wide / equal_earth(1, 0)[0], 0.0)
    away = [turned(capital_on(s, day)[0], middle) for s in extra[:1]]
    shift = math.copysign(min(0.8 * spare, abs(away[0])), away[0]) if away else 0.0  # room is left towards the hub
    centre = (turned(middle + shift, 0.0), (min(latitudes) + max(latitudes)) / 2)
    return View(centre, min(across, 340.0), width, round(width * shape))


def _halves(places: Sequence[Place]) -> tuple[float, float]:
    """Return half of what holds all places across and down, with room for names, as the projection has them."""
    middle = _middle(places)
    latitudes = [q[1] for q in places]
    wide = max(abs(equal_earth(turned(lon, middle), lat)[0]) for lon, lat in places)
    tall = (equal_earth(0, max(latitudes))[1] - equal_earth(0, min(latitudes))[1]) / 2
    return max(wide * 1.35, equal_earth(_CLOSEST / 2, 0)[0]), tall * 1.35


def _together(places: Sequence[Place]) -> list[Place]:
    """Return the places without a few at one end that make the view much wider: France among the states of Asia."""
    middle = _middle(places)
    ordered = sorted(places, key=lambda q: turned(q[0], middle))
    best = list(ordered)
    for count in range(1, min(max(2, len(ordered) // 6), len(ordered) // 3) + 1):
        for kept in (ordered[count:], ordered[:-count]):
            if _width(kept) < _SHRINK * _width(best):
                best = kept
    return best


def _width(places: Sequence[Place]) -> float:
    """Return the degrees of longitude between the outermost of places, not less than a map shows."""
    middle = _middle(places)
    turns = [turned(q[0], middle) for q in places]
    return max(max(turns) - min(turns), _CLOSEST)


def _middle(places: Sequence[Place]) -> float:
    """Return the longitude in the middle of the smallest arc that holds all places."""
    ordered = sorted(q[0] % 360 for q in places)
    gaps = [(b - a, b) for a, b in itertools.pairwise(ordered)] + [(ordered[0] + 360 - ordered[-1], ordered[0])]
    gap, after = max(gaps)
    return turned(after + (360 - gap) / 2, 0.0)


def spots(view: View, wanted: Sequence[str], day: dt.date) -> tuple[dict[str, Place], dict[str, float]]:
    """Return where each state stands on the canvas, and for those beyond its edge the direction they lie in.

    Returns
    -------
    places : dict
        Left and top by id.
    beyond : dict
        Angle in radians by id.
    """
    places: dict[str, Place] = {}
    beyond: dict[str, float] = {}
    for s in wanted:
        x, y = view.place(*capital_on(s, day))
        if view.holds(x, y, 8.0):
            places[s] = (x, y)
            continue
        dx, dy = x - view.width / 2, y - view.height / 2
        sides = ((view.width, dx), (view.height, dy))
        share = min(1.0, *((long / 2 - EDGE) / abs(off) if off else math.inf for long, off in sides))
        at = (view.width / 2 + dx * share, view.height / 2 + dy * share)
        beyond[s] = math.atan2(dy, dx)
        places[s] = _free(at, [places[o] for o in beyond if o in places], view)
    return places, beyond


def _free(at: Place, taken: Sequence[Place], view: View) -> Place:
    """Return a place near one at the edge, moved along the edge until no other stands there."""
    x, y = at
    upright = x < EDGE + 1 or x > view.width - EDGE - 1
    for step in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6):
        nx, ny = (x, y + 24 * step) if upright else (x + 24 * step, y)
        if view.holds(nx, ny, EDGE - 1) and all(math.dist((nx, ny), o) > 22 for o in taken):
            return nx, ny
    return at
