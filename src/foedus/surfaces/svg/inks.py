"""Inks: colours by name on light and dark grounds, darker ones for text, and hatches for readers who see no hues."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# fmt: off
LIGHT: Final[Mapping[str, str]] = MappingProxyType({
    "ground": "#fcfbf7", "panel": "#f3f1ea", "ink": "#1d2733", "soft": "#5c6773", "faint": "#c9c7bf", "hair": "#e3e0d6",
    "sea": "#e6eef3", "land": "#f4f1e8", "shore": "#d9d4c6", "ally": "#c3ccd6", "foe": "#ecc9c0", "blue": "#1f5a99",
    "teal": "#14846b", "amber": "#bd7c00", "vermilion": "#c8501e", "plum": "#7b5ea7", "rose": "#c0608f",
    "brown": "#8c6d46", "grey": "#8b9199", "foe-ink": "#a8322a", "teal-ink": "#127962", "amber-ink": "#966000",
    "vermilion-ink": "#9a3610", "rose-ink": "#a15178", "brown-ink": "#846642", "grey-ink": "#686d73",
})
# fmt: on
"""Colours by name on a light ground; those that end in ``-ink`` are for text."""

# fmt: off
DARK: Final[Mapping[str, str]] = MappingProxyType({
    "ground": "#14181d", "panel": "#1d232a", "ink": "#e9e6de", "soft": "#a3abb5", "faint": "#4a525c", "hair": "#2c343d",
    "sea": "#17222b", "land": "#262d33", "shore": "#3a434c", "ally": "#35485c", "foe": "#573530", "blue": "#6fa8e0",
    "teal": "#4fc3a1", "amber": "#f0b43c", "vermilion": "#ef8354", "plum": "#b49be0", "rose": "#e897bf",
    "brown": "#c4a57b", "grey": "#9aa2ab", "foe-ink": "#f08a80", "teal-ink": "#4fc3a1", "amber-ink": "#f0b43c",
    "vermilion-ink": "#ef8354", "rose-ink": "#e897bf", "brown-ink": "#c4a57b", "grey-ink": "#9aa2ab",
})
# fmt: on
"""Colours by name on a dark ground."""

INKS: Final = ("blue", "vermilion", "teal", "amber", "plum", "rose", "brown", "grey")
"""Inks of series that ask for none, in this order; hues that stay apart for the colour-blind come first."""

DASHES: Final = ("", "7 4", "2 4", "10 3 2 3")
"""Dashes of the lines of series, so that nobody has to tell them apart by hue."""

HATCHES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "//": ("rise", "M-1,7 L7,-1 M-1,1 L1,-1 M5,7 L7,5"),
        "\\\\": ("fall", "M-1,-1 L7,7 M5,-1 L7,1 M-1,5 L1,7"),
        "--": ("flat", "M0,3 L6,3"),
        "||": ("tall", "M3,0 L3,6"),
    }
)
"""Suffixes of an ink, the name of the hatch each stands for, and its stroke in a square of six."""


def parted(ink: str) -> tuple[str, str]:
    """Return the colour of an ink and its hatch suffix, empty where it has none."""
    return (ink[:-2], ink[-2:]) if ink[-2:] in HATCHES else (ink, "")


def text_ink(ink: str) -> str:
    """Return the ink in which text of this colour is readable: ``amber-ink`` for ``amber||``."""
    name = parted(ink)[0]
    return f"{name}-ink" if f"{name}-ink" in LIGHT else name
