"""What is shown: templates filled in, pictures drawn at two widths, and the files that every page brings along."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, FileSystemBytecodeCache, PackageLoader
from jinja2.bccache import Bucket
from markupsafe import Markup
from starlette.responses import Response

from foedus.surfaces.page import environment
from foedus.surfaces.reading import clean
from foedus.surfaces.svg.draw import draw
from foedus.surfaces.svg.inks import DARK, LIGHT
from foedus.surfaces.svg.lettering import wrapped
from foedus.surfaces.svg.pen import colour, element, standalone
from foedus.version import __version__
from foedus.vocabulary.record import Chart
from foedus.web.etags import FOR_EVER, LOOK
from foedus.web.lighter import lighter
from foedus.web.words_meant import with_words

WIDE, SLIM = 760.0, 350.0
"""Canvases of a picture: for desks and print, and for telephones."""

BAR: Final = (
    ("Answer", "answer"),
    ("Playground", "play"),
    ("Draft a body", "draft"),
    ("Why", "why"),
    ("Years", "years"),
    ("Numbers", "case"),
)
"""The pages of the bar that are about a case, by their words and their names in addresses."""

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "woff2": "font/woff2",
        "txt": "text/plain; charset=utf-8",
    }
)
"""Kinds of files that pages bring along, by suffix."""

_MORE: Final = {
    "light": "--wash:#1f5a9914;--shadow:0 1px 2px #1d27331a,0 8px 24px #1d27330f;",
    "dark": "--wash:#6fa8e022;--shadow:0 1px 2px #0006,0 8px 24px #0004;",
}


def _inks(palette: Mapping[str, str]) -> str:
    return "".join(f"--{k}:{v};" for k, v in palette.items())


def tokens() -> str:
    """Return the colours of all pages as a style: those of the pictures, light, dark and in print."""
    light, dark = _inks(LIGHT) + _MORE["light"], _inks(DARK) + _MORE["dark"]
    return (
        f":root{{color-scheme:light dark;{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f"@media print{{:root{{{light}}}}}\n"
    )


_SAID: Final = re.compile(rb"^ */\*\*.*?\*/\n", re.DOTALL | re.MULTILINE)
"""What a script says to those who read its source, on lines of its own: the source has it, and a browser need not."""

_BROUGHT: Final = re.compile(rb'((?:from "|import\("|url\()(?:\./)?)([a-z]+\.(?:js|woff2))')
"""Files that a style or a script names."""


@cache
def asset(name: str) -> bytes:
    """Return a file that pages bring along, by name.

    Raises
    ------
    KeyError
        There is none of that name.
    """
    folder = files("foedus.web") / "static"
    if name not in {f.name for f in folder.iterdir() if f.name.rpartition(".")[2] in KINDS}:
        raise KeyError(name)
    content = (folder / name).read_bytes()
    content = tokens().encode() + content if name == "style.css" else _SAID.sub(b"", content)
    if name.endswith((".css", ".js")):  # what a file brings along in turn has its hash as well, so that all of it lasts
        content = _BROUGHT.sub(lambda m: m.group(1) + stamped(m.group(2).decode()).encode(), content)
    return content


@cache
def stamped(name: str) -> str:
    """Return the address of such a file below ``static/``: its hash makes it good for ever."""
    return f"{name}?h={sha256(asset(name)).hexdigest()[:12]}"


def brought(name: str, stamp: str) -> Response | None:
    """Return a file that pages bring along, to be kept for ever where the hash in its address is its own.

    Parameters
    ----------
    name : str
    stamp : str
        The hash; None is returned where there is no such file.
    """
    try:
        content = asset(name)
    except KeyError:
        return None
    kept = FOR_EVER if stamp == stamped(name).partition("=")[2] else LOOK
    return Response(content, 200, {"cache-control": kept}, KINDS[name.rpartition(".")[2]])


@cache
def templates() -> Environment:
    """Return the templates of the workbench, and those of the reports beside them."""
    env = environment(draw)
    env.loader = ChoiceLoader([PackageLoader("foedus.web"), PackageLoader("foedus.surfaces")])
    env.globals |= {"version": __version__, "stamped": stamped, "narrow": SLIM}
    kept = Path(str(files("foedus.web"))) / "__pycache__" / "templates"  # beside the package, as its modules are
    with suppress(OSError):
        kept.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = _Translated(str(kept))
    return env


class _Translated(FileSystemBytecodeCache):
    """Templates as Python, which takes a tenth of a second of a first page to make; where they cannot be kept, they are not."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


_MINUS: Final = re.compile(r"<(code|pre|textarea|script|style)\b.*?</\1>|<[^>]*>|(?<![\w=:,./–-])-(?=\d)", re.DOTALL)
"""What is no text for readers, to be left alone, and the hyphens before numbers that are read."""


def minus(markup: str) -> str:
    """Return markup in which numbers below nothing have a minus sign, where people read them; dates and commands stay."""
    return _MINUS.sub(lambda m: "−" if m.group(0) == "-" else m.group(0), markup)


def filled(template: str, **words: Any) -> str:
    """Return a page.

    Parameters
    ----------
    template : str
        Name of the template.
    **words
        What stands in it.
    """
    page = templates().get_template(template).render(style=stamped("style.css"), script=stamped("frame.js"), **words)
    return with_words(minus(page))


def twice(picture: Callable[[float], str], wide: float = WIDE, slim: float = SLIM) -> tuple[Markup, Markup]:
    """Return a picture at both widths, ready to stand on a page.

    Parameters
    ----------
    picture : callable
        Draws it at a width.
    wide, slim : float
    """
    return Markup(lighter(picture(wide))), Markup(lighter(picture(slim), touched=True))


_CANVAS: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_LINE: Final = 17.0


@cache
def _letters() -> str:
    """Return the letters of the pages as a style of a picture that stands alone, so that it looks the same everywhere."""
    font = b64encode(asset("sans.woff2")).decode()
    source = f"@font-face{{font-family:'F Sans';src:url(data:font/woff2;base64,{font});font-weight:200 900}}"
    return f"<style>{source}text{{font-family:'F Sans',system-ui,sans-serif}}</style>"


def exported(svg: str, title: str, made: Mapping[str, Any], lettered: bool = True) -> str:
    """Return a picture that stands alone, its title above it and under it what it was made with.

    Parameters
    ----------
    svg : str
        Empty for no picture.
    title : str
    made : mapping
        Version, seed, draws and hashes.
    lettered : bool
        Whether it brings its letters along.
    """
    size = _CANVAS.search(svg)
    if size is None:
        return svg
    width, height = float(size.group(1)), float(size.group(2))
    known = [f"{k.replace('_', ' ')} {made[k]}" for k in ("seed", "draws", "case_hash", "result_hash") if k in made]
    below = wrapped(" · ".join([f"foedus {__version__}", *known]), width, 11, 3)
    above = wrapped(title, width, 15, 2, bold=True)
    top = _LINE * 1.2 * len(above) + 8
    words = [_line(line, 15, _LINE * 1.2 * (k + 1) - 6, "ink") for k, line in enumerate(above)]
    words += [_line(line, 11, top + height + _LINE * (k + 1), "soft") for k, line in enumerate(below)]
    head, _, rest = svg.partition(">")
    tall = top + height + _LINE * len(below) + 8
    head = _CANVAS.sub(f'viewBox="0 0 {width:g} {tall:g}"', head)
    body = rest.removesuffix("</svg>")
    brought_along = _letters() if lettered else ""
    return minus(
        standalone(f'{head}>{brought_along}<g transform="translate(0 {top:g})">{body}</g>{"".join(words)}</svg>')
    )


def _line(words: str, size: float, y: float, ink: str) -> str:
    """Return a line of words at the left edge of a picture; large ones are bold."""
    weight = "600" if size > 12 else None
    return element("text", escape(clean(words)), x=0, y=y, font_size=size, fill=colour(ink), font_weight=weight)


def charted(chart: Chart, wide: float = WIDE, slim: float = SLIM) -> tuple[Markup, Markup]:
    """Return the picture of a chart at both widths."""
    return twice(lambda width: draw(chart, width), wide, slim)
