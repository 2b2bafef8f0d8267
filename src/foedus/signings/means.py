"""Means over all lists of the world, by year and size: what a case needs of the record's law and cannot know by itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SIZES: Final = tuple(range(3, 15))
"""Sizes of lists, those that were ever founded up to fourteen."""
NEAR: Final = 6
"""Years at the most between a case and the year whose means stand for its own; the state system changes slowly."""

# made by tools/build_means.py from ATOP 5.1, COW, rivalries, disputes and votes, with the default weights
# fmt: off
MEANS: Final[Mapping[int, tuple[int, tuple[float, ...]]]] = MappingProxyType({
    # begin of means
    1914: (45, (-2.21, -3.57, -4.84, -6.29, -7.62, -9.16, -10.60, -11.96, -13.76, -15.46, -17.50, -19.27)),
    1949: (75, (-3.13, -4.92, -6.37, -7.59, -9.27, -10.81, -11.99, -13.75, -15.59, -17.30, -18.62, -20.42)),
    1953: (79, (-3.50, -5.49, -7.14, -8.29, -10.18, -11.99, -13.48, -15.28, -16.82, -18.66, -20.33, -22.46)),
    1955: (84, (-3.59, -5.54, -6.65, -8.45, -9.78, -11.59, -13.06, -14.22, -15.18, -16.88, -18.99, -20.26)),
    1967: (130, (-4.56, -6.85, -9.10, -11.43, -13.59, -15.63, -17.84, -20.14, -22.04, -24.58, -25.85, -28.56)),
    1981: (159, (-4.52, -6.76, -8.96, -10.95, -13.05, -15.03, -17.06, -19.26, -21.20, -23.11, -25.60, -27.45)),
    1994: (187, (-4.16, -6.06, -7.73, -9.55, -11.42, -13.14, -14.78, -16.52, -18.26, -20.03, -21.81, -23.81)),
    2019: (195, (-4.00, -5.79, -7.51, -9.11, -10.93, -12.57, -14.16, -15.61, -17.73, -19.63, -21.14, -23.16)),
    # end of means
})
# fmt: on
"""By year the states of the world, and per size the logarithm of the mean of e^V over all lists; known to about .15, .4 from twelve on."""


def means_near(year: int) -> int | None:
    """Return the year whose means stand for those of a year: the nearest within :data:`NEAR`, or None."""
    near = min(MEANS, key=lambda y: (abs(y - year), y))
    return near if abs(near - year) <= NEAR else None
