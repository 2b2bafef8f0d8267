"""QR codes: a link as a picture that a telephone reads, for cards and for a terminal; nothing is fetched to make one."""

from __future__ import annotations

import io
from typing import Any, Final

from foedus.vocabulary.libraries import need

_BORDER: Final = 4
"""Modules of quiet around a code: what the standard (ISO/IEC 18004) asks for."""
_INK, _OFF = "\033[30;107m", "\033[0m"  # black on white, whatever the terminal's own colours are


def _code(text: str) -> Any:
    return need("segno", "web", "QR codes on cards").make(text, error="m", micro=False)


def qr_svg(text: str) -> str:
    """Return a text as a drawing that can stand in a page: no style, no size of its own."""
    out = io.BytesIO()
    _code(text).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        border=_BORDER,
        svgclass="qr",
        lineclass=None,
        light="#fff",
    )
    return out.getvalue().decode().strip().replace("<svg ", '<svg role="img" aria-label="QR code of this link" ', 1)


def qr_lines(text: str) -> str:
    """Return a text as lines for a terminal, two rows of modules a line."""
    rows = [list(row) for row in _code(text).matrix_iter(border=_BORDER)]
    rows += [[0] * len(rows[0])] * (len(rows) % 2)
    marks = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
    pairs = zip(rows[::2], rows[1::2], strict=True)
    lines = ("".join(marks[int(a > 0), int(b > 0)] for a, b in zip(up, low, strict=True)) for up, low in pairs)
    return "".join(f"{_INK}{line}{_OFF}\n" for line in lines)
