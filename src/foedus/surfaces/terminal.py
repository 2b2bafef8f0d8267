"""The terminal: a record as aligned text that fits any width and any encoding. No number is ever cut or broken."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from textwrap import fill
from typing import IO, Any, cast

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from foedus.surfaces.reading import ReadColumn, clean, read
from foedus.vocabulary.record import Record, Section, footer
from foedus.vocabulary.tables import Table

# Okabe & Ito: distinguishable for colour-blind readers, on dark and light ground
GAIN, LOSS, ACCENT, QUIET = "#0072B2", "#D55E00", "#009E73", "grey58"
TONES = {"good": GAIN, "bad": LOSS, "mixed": "#E69F00", "quiet": QUIET}

MANY = 16
"""Names from which on a terminal says where they are explained, in place of explaining each."""
_BAR = 16  # cells of a bar beside a number
_LEAST = 14  # least width of a column of words
# fmt: off
_PLAIN = str.maketrans({
    "–": "-", "—": "-", "−": "-", "…": "...", "•": "*", "·": ".", "█": "#", "│": "|", "→": "->", "≥": ">=", "≤": "<=",
    "“": '"', "”": '"', "’": "'", "‘": "'", "×": "x", "÷": "/", "±": "+-", "▾": "v", "┃": "|", "\u00a0": " ",
})
# fmt: on


class _Encodable:
    """A stream that takes any text: what its encoding does not know is written in plain letters."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        encoding: str = getattr(self._stream, "encoding", None) or "utf-8"
        try:
            text.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            text = text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def console(width: int | None = None) -> Console:
    """Return the console answers are printed to: the width of the terminal, 120 where there is none.

    Parameters
    ----------
    width : int, optional
        Columns, whatever the terminal says.
    """
    stream = cast(IO[str], _Encodable(sys.stdout)) if sys.stdout is not None else None
    found = Console(highlight=False, markup=False, emoji=False, file=stream, width=width)
    wide = found.is_terminal or width is not None
    return found if wide else Console(highlight=False, markup=False, emoji=False, file=stream, width=120)


def say(text: str, to: Console, style: str = "") -> None:
    """Print text from anywhere as text: nothing in it is obeyed."""
    to.print(Text(_prose(text, to.width), style=style))


def _prose(words: str, width: int) -> str:
    """Return words from anywhere in lines of a width, none of them broken between a number and its per cent."""
    return "\n".join(
        fill(line.replace(" %", "\0%"), max(width, 1), break_long_words=False, break_on_hyphens=False).replace(
            "\0", " "
        )
        for line in clean(words).split("\n")
    )


def show(record: Record, to: Console, folded: bool = False) -> None:
    """Print a record: the answer first, then section by section.

    Parameters
    ----------
    record : Record
    to : Console
    folded : bool
        Whether sections that a page shows closed are printed too.
    """
    to.print(Text.assemble((clean(record.title), "bold"), ("  ·  " + clean(record.question), QUIET)))
    for n, words in enumerate(record.says):
        words = _prose(words, to.width)
        to.print(Padding(Text(words, style=f"bold {ACCENT}" if n == 0 else ""), (1 if n == 0 else 0, 0, 0, 0)))
    for section in record.sections:
        if (folded or not section.folded) and _has_words(section):
            to.print(_section(section, to.width, folded))
    if record.words:
        to.print(Padding(Text("Words", style="bold"), (1, 0, 0, 0)))
    if len(record.words) > MANY:
        many = (
            f"{len(record.words)} names of parameters and facts are used here: foedus parameters says what they mean."
        )
        to.print(Text(many, style=QUIET))
    for word, meaning in record.words.items() if len(record.words) <= MANY else ():
        to.print(Text.assemble((clean(word), "bold"), f": {clean(meaning)}"))
    _show_made(record.made, to)


def show_section(section: Section, to: Console) -> None:
    """Print one section, whole, with what it was made with if it is an answer by itself."""
    to.print(_section(section, to.width, True))
    if section.made:
        _show_made(section.made, to)


def _show_made(made: Mapping[str, Any], to: Console) -> None:
    to.print(Padding(Text(clean(" · ".join(footer(made))), style=QUIET), (1, 0, 0, 0)))


def _has_words(section: Section) -> bool:
    """Return whether there is anything to print: a section of pictures, and of what is said of them, is for pages."""
    tables = any(len(t) and not t.quiet for t in section.tables)
    alone = section.notes and not section.charts and not section.tables
    return bool(section.says or tables or alone or any(map(_has_words, section.sections)))


def _section(section: Section, width: int, folded: bool) -> RenderableType:
    tags = [("  " + clean(word), f"bold {TONES.get(tone, QUIET)}") for word, tone in section.tags]
    found: list[RenderableType] = [Padding(Text.assemble((clean(section.title), "bold"), *tags), (1, 0, 0, 0))]
    found += [Text(_prose(words, width)) for words in section.says]
    found += [
        grid(t, width, titled=sum(not t.quiet for t in section.tables) > 1 and t.title != section.title)
        for t in section.tables
        if len(t) and not t.quiet
    ]
    found += [Text(_prose(words, width), style=QUIET) for words in section.notes]
    parts = [part for part in section.sections if (folded or not part.folded) and _has_words(part)]
    found += [_section(part, width, folded) for part in parts]
    return Group(*found)


def show_table(table: Table, to: Console, hide: Sequence[str] = ()) -> None:
    """Print one table; columns named in `hide` are left out."""
    kept = [k for k, c in enumerate(table.columns) if c.name not in hide]
    columns, rows = tuple(table.columns[k] for k in kept), tuple(tuple(row[k] for k in kept) for row in table.rows)
    to.print(grid(replace(table, columns=columns, rows=rows), to.width, titled=True))


def grid(table: Table, width: int, titled: bool = False) -> RenderableType:
    """Return a table that fits a width: bars go first, then the columns that may, then rows become little lists.

    Parameters
    ----------
    table : Table
    width : int
        Columns of the terminal.
    titled : bool
        Whether its title stands above.
    """
    columns = list(read(table))
    bars = True
    while len(columns) > 1 and _needs(columns, bars) > width:
        if bars and any(c.bar for c in columns):
            bars = False
        elif any(c.drop for c in columns[1:]):
            columns.remove(max(columns[1:], key=lambda c: c.drop))
        else:
            return _cards(table, list(read(table)), titled)
    found = Grid(
        box=None,
        padding=(0, 1),
        pad_edge=False,
        header_style=f"bold {QUIET}",
        title=Text(clean(table.title)) if titled else None,
        title_justify="left",
        title_style="bold",
    )
    room = width - sum(_wide(c, bars) + 2 for c in columns if c.numeric)
    words = [c for c in columns if not c.numeric]
    shares = _shares(
        [max([len(x) for x in (*c.cells, c.short)], default=1) for c in words],
        [max((len(w) for x in (*c.cells, c.short) for w in x.split()), default=1) for c in words],
        room - 2 * len(words),
    )
    for c in columns:
        head = _fit(c.short, _wide(c, False)) if c.numeric else c.short
        head += f"\n{c.unit}" if c.unit and len(c.unit) <= max(12, _wide(c, False)) else ""
        if c.numeric:
            found.add_column(head, justify="right", no_wrap=True, width=_wide(c, bars))
        else:
            found.add_column(head, overflow="fold", width=shares[words.index(c)])
    before = ""
    for n in range(len(table)):
        cells = [_cell(c, n, bars) for c in columns]
        if len(columns) > 3:
            here = columns[0].cells[n]
            cells[0] = Text("") if here == before else cells[0]
            before = here
        found.add_row(*cells)
    return found


def _wide(column: ReadColumn, bars: bool) -> int:
    """Return how wide a column of numbers is: its longest number, or the longest word of its head."""
    head = max((len(w) for w in column.short.split()), default=0)
    unit = len(column.unit) if len(column.unit) <= 12 else 0
    return max([len(x) for x in column.cells] + [head, unit]) + (_BAR + 1 if bars and column.bar else 0)


def _fit(words: str, width: int) -> str:
    """Return words broken into lines of a width, between words only."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if len(longer) <= width else [*lines, word]
    return "\n".join(line for line in lines if line)


def _needs(columns: Sequence[ReadColumn], bars: bool) -> int:
    """Return the least width in which no number is cut and every column of words has room."""
    return sum(
        2 + (_wide(c, bars) if c.numeric else min(_LEAST, max([len(x) for x in c.cells] + [len(c.short)])))
        for c in columns
    )


def _shares(longest: list[int], words: list[int], room: int) -> list[int]:
    """Return widths of columns of words: the shortest stay whole as far as there is room, the others share the rest.

    What a column needs for its longest word to stay whole is kept for it first, where that can be had of all together.
    """
    kept = words if sum(words) <= room else [1] * len(words)
    found = list(longest)
    left, later = room, sum(kept)
    order = sorted(range(len(longest)), key=longest.__getitem__)
    for place, n in enumerate(order):
        later -= kept[n]
        fair = max(kept[n], min(left // (len(order) - place), left - later))
        found[n] = min(longest[n], max(1, fair))
        left -= found[n]
    return found


def _cell(column: ReadColumn, row: int, bars: bool) -> Text:
    words, value = column.cells[row], column.values[row]
    signed = words[:1] in "+-−" and isinstance(value, int | float)
    text = Text(words, style=(LOSS if cast(float, value) < 0 else GAIN) if signed and words[:1] else "")
    if bars and column.bar and isinstance(value, int | float) and value == value:
        long = min(_BAR, round(abs(float(value)) / column.bar * _BAR))
        short = max(len(x) for x in column.cells)
        text = Text.assemble(
            " " * (short - len(words)), text, " ", ("█" * long + " " * (_BAR - long), LOSS if value < 0 else ACCENT)
        )
    elif bars and column.bar:
        text = Text.assemble(text, " " * (_BAR + 1))
    return text


def _cards(table: Table, columns: list[ReadColumn], titled: bool) -> RenderableType:
    """Return a table of one little list per row, for terminals too narrow for its columns."""
    lines: list[RenderableType] = [Text(clean(table.title), style="bold")] if titled else []
    for n in range(len(table)):
        lines.append(Text(columns[0].cells[n], style="bold"))
        for c in columns[1:]:
            if c.cells[n]:
                unit = f" {c.unit}" if c.unit and c.numeric else ""
                lines.append(Padding(Text(f"{c.head}: {c.cells[n]}{unit}"), (0, 0, 0, 2)))
    return Group(*lines)
