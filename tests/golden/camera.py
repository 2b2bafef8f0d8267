"""The camera: run the command lines of a shot as a user would, and write down what is to be seen, without what may differ.

Only the command line and the addresses of the workbench are asked, so that the package can be rebuilt behind them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import importlib
import io
import itertools
import logging
import os
import re
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from unittest import mock

import click

import foedus
from foedus.cli.main import COMMANDS, run
from golden.shots import Shot

HERE = Path(__file__).parent
FILES = HERE / "files"

DIGITS = 9
"""Significant digits of numbers that are kept: the last ones depend on the machine."""

DECIMALS = 14
"""Decimals of numbers that are kept: a small difference of numbers near one has no more digits than these leave it."""

NOTHING = 1e-12
"""Below this a number is what rounding left of nothing."""

BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|"
    "header|hr|label|legend|li|main|nav|ol|p|pre|section|summary|table|tbody|text|tfoot|thead|title|tr|ul"
)
"""Elements that stand on lines of their own."""

UNSEEN = frozenset(("script", "style", "template"))

ROWS, LONG = 3, 110
"""Rows of a table, and letters of a line, that a page of the workbench is kept with."""

_BAR = re.compile(r"<header\b.*?</header>", re.S)
_HEX = re.compile(r"\b(?=[a-f]*\d)[0-9a-f]{8,64}\b")
_PICTURED = re.compile(r"\[picture: (.*?) · [0-9a-f]{64}\]")
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+(?:e[-+]\d+)?|e[-+]\d+)(?![\w.])")
_HASH = re.compile(r'\b(code|result|run|seal)((?:(?:_|\s+)hash)?"?:?\s+"?)[0-9a-f]{10,64}\b')
_PART = re.compile(r'(\.parquet": ")[0-9a-f]{64}')
_LIBRARY = re.compile(r'"(numpy|numba|python|polars|scipy|SALib)": "[\w.+-]+"')
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_TAG = re.compile(r"<[a-z][^>]*>")
_STATIC = re.compile(r"\?h=\w+")
_PICTURE = re.compile(r"<svg\b.*?</svg>", re.S)
_COMPILING = re.compile(r"^(Compiling (the|a part of the) theory|Still compiling:) .*\n", re.M)
# said by slow machines alone
_PACE = re.compile(
    r"^(The other \d+ take about|Up to \d+ sets of changes will be tried, which takes) [^\n]*\n", re.MULTILINE
)


def stored(shot: Shot) -> Path:
    """Return where a shot is kept."""
    return FILES / f"{shot.name}.txt"


def take(shot: Shot) -> str:
    """Return what a shot shows now."""
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top) / "here"
        folder.mkdir()
        shutil.copy(HERE / "questions.csv", folder)
        with _surroundings(folder, Path(top) / "cache", shot.terminal):
            said = [_said(command) for command in shot.commands] + _pages(shot.pages)
            said += [importlib.import_module(f"golden.{shot.read}").read()] if shot.read else []
        seen: list[Path] = []
        for pattern in shot.keep:
            seen += [p for p in sorted(folder.glob(pattern)) if p not in seen]
        parts = said + [f"=== {path.relative_to(folder).as_posix()}\n{_written(path)}" for path in seen]
        return plain("\n".join(parts), folder)


def plain(text: str, folder: Path) -> str:
    """Return a text without what legitimately differs: versions, hashes of code, paths, today, the last digits."""
    text = _COMPILING.sub("", _COLOUR.sub("", text))
    for path in {str(folder), str(folder.resolve())}:
        text = text.replace(path, "HERE")
    text = re.sub(rf'(foedus(?:"?:? "?|, version ))v?{re.escape(foedus.__version__)}', r"\1VERSION", text)
    text = _LIBRARY.sub(r'"\1": "VERSION"', _HASH.sub(r"\1\2HASH", _PART.sub(r"\1HASH", text)))
    text = text.replace(dt.datetime.now(dt.UTC).date().isoformat(), "TODAY")
    text = text.replace(dt.date.today().isoformat(), "TODAY")
    return "\n".join(line.rstrip() for line in _NUMBER.sub(_rounded, text).splitlines()).strip() + "\n"


def _rounded(found: re.Match[str]) -> str:
    """Return a number with fewer digits, or as it stands where it has few."""
    text, number = found[0], float(found[0])
    if text == "-0.0" or 0 < abs(number) < NOTHING:
        return "0.0"
    digits = re.sub(r"e.*|\D", "", text).lstrip("0")
    return repr(round(float(f"{number:.{DIGITS}g}"), DECIMALS)) if len(digits) > DIGITS else text


@contextlib.contextmanager
def _surroundings(folder: Path, cache: Path, terminal: int) -> Iterator[None]:
    """Stand in a folder, with an empty cache, as a program called foedus, before a terminal or a file."""
    changed = {"FOEDUS_CACHE": str(cache), "FOEDUS_DATA": str(cache / "data"), "COLUMNS": "120"}
    if terminal:
        changed |= {"COLUMNS": str(terminal), "LINES": "50", "TERM": "dumb", "FORCE_COLOR": "1"}
    log = logging.getLogger("foedus")
    heard, level = log.handlers[:], log.level
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, changed),
        mock.patch.object(sys, "argv", ["foedus"]),
        mock.patch.object(sys.modules["__main__"], "__package__", None),
    ):
        for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "TERMINAL_WIDTH"):
            if name not in changed:
                os.environ.pop(name, None)
        try:
            yield
        finally:
            log.handlers[:] = heard
            log.setLevel(level)


def _forget_help(command: click.Command) -> None:
    """Have a command make its help option anew: click keeps that of whoever asked first, be it a test that calls it without ours."""
    command._help_option = None
    for below in getattr(command, "commands", {}).values():
        _forget_help(below)


def _said(command: str) -> str:
    """Return what a command prints, what it says beside it, and its exit code where that is not 0."""
    out, err = io.StringIO(), io.StringIO()
    code: int | str | None = 0
    log = logging.getLogger("foedus")
    heard = log.handlers[:]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            for name, (place, _) in COMMANDS.items():
                if place in sys.modules:
                    _forget_help(getattr(sys.modules[place], name))
            run(shlex.split(command))
        except SystemExit as stop:
            code = stop.code
    log.handlers[:] = heard
    parts = [f"$ foedus {command}", out.getvalue().rstrip("\n")]
    beside = _PACE.sub("", _COMPILING.sub("", err.getvalue())).rstrip("\n")
    if beside:
        parts += ["--- on stderr", beside]
    if code:
        parts.append(f"--- exit code {code}")
    return "\n".join(parts) + "\n"


def _pages(addresses: Sequence[str]) -> list[str]:
    """Return pages of the workbench in short, each as soon as nothing in it is under way; what is worked out is worked out here."""
    if not addresses:
        return []
    client = importlib.import_module("starlette.testclient").TestClient
    held, serve = (importlib.import_module(f"foedus.web.{name}") for name in ("held", "serve"))
    parts = []
    with (
        mock.patch("os.cpu_count", return_value=1),
        client(serve.create_app(held.Held("asia-1953"), warm=False)) as browser,
    ):
        for address in addresses:
            while "refresh" in (answer := browser.get(address)).headers:
                time.sleep(0.05)
            text = _BAR.sub("", answer.text) if parts else answer.text  # the bar is seen once
            parts.append(f"=== {address} ({answer.status_code})\n{_answered(answer.headers, text)}")
    return parts


def _answered(headers: Mapping[str, str], text: str) -> str:
    """Return an answer in short: a page as it reads, with its marks; of anything else its first lines, and a hash of the others."""
    if "html" in headers["content-type"]:
        return in_short(page_as_read(text)) + _marked(text)
    lines = in_short(plain(text, HERE)).splitlines()
    return "\n".join([*lines[:ROWS], f"(and {len(lines[ROWS:])} lines more {_hashed(' '.join(lines[ROWS:]))})\n"])


def _marked(html: str) -> str:
    """Return hashes of the pictures of a page, and of its links, fields and other marks, which a page as it reads does not show."""
    text = _HEX.sub("HASH", _STATIC.sub("", html)).replace(foedus.__version__, "VERSION")
    pictures = " ".join(_hashed(p) for p in _PICTURE.findall(text))
    return f"--- pictures {pictures or 'none'}; marks {_hashed(' '.join(_TAG.findall(_PICTURE.sub('', text))))}\n"


def in_short(read: str) -> str:
    """Return a page in short: short lines as they are, of longer ones and of the rows of a table the beginning and a hash."""
    text = _HEX.sub("HASH", _PICTURED.sub(r"[picture: \1]", read.partition("\n--- ids")[0]))
    lines = text.replace(foedus.__version__, "VERSION").splitlines()
    found: list[str] = []
    for table, rows in itertools.groupby(lines, lambda line: " | " in line):
        listed = list(rows)
        if table and len(listed) > ROWS:
            listed = [*listed[:ROWS], f"(and {len(listed) - ROWS} rows more {_hashed(' '.join(listed[ROWS:]))})"]
        found += [line if len(line) <= LONG else f"{line[:LONG]} … {_hashed(line)}" for line in listed]
    return "\n".join(found) + "\n"


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _written(path: Path) -> str:
    """Return a file as it is kept: pages as they read, pictures by their hash, texts as they are."""
    if path.is_dir():
        return "\n".join(p.relative_to(path).as_posix() for p in sorted(path.rglob("*"))) + "\n"
    if path.suffix == ".html":
        return page_as_read(path.read_text(encoding="utf-8"))
    if path.suffix == ".svg":
        return picture_as_kept(path.read_text(encoding="utf-8")) + "\n"
    if path.suffix in (".csv", ".json", ".yaml", ".txt", ".md"):
        return path.read_text(encoding="utf-8")
    return "(not a text)\n"


def picture_as_kept(markup: str) -> str:
    """Return title, hash and labels of a picture."""
    reader = _Reader()
    reader.feed(markup)
    title = re.search(r"<title\b[^>]*>(.*?)</title>", markup, re.S)
    labels = _folded(" ".join(reader.lines[1 if title else 0 :]))
    name = _folded(unescape(title[1])) if title else ""
    return f"[picture: {name} · {hashlib.sha256(markup.encode()).hexdigest()}] {labels}"


def page_as_read(html: str) -> str:
    """Return the text of a page as it reads, a line per block, pictures in their places, and the ids in it."""
    pictures = [picture_as_kept(markup) for markup in _PICTURE.findall(html)]
    waiting = iter(pictures)
    reader = _Reader()
    reader.feed(_PICTURE.sub(lambda _: "<figure>\0</figure>", html))
    lines = [next(waiting) if line == "\0" else line for line in reader.lines]
    return "\n".join([*lines, "--- ids", *reader.ids]) + "\n"


class _Reader(HTMLParser):
    """Reads a page: what stands in it, a line per block element; headings are marked, cells of a row are set apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.ids: list[str] = []
        self._words: list[str] = []
        self._unseen = 0

    def _end_line(self) -> None:
        line = _folded("".join(self._words))
        self._words = []
        if line.strip("|# "):
            self.lines.append(line.strip("| "))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [f"{tag} {value}" for name, value in attrs if name == "id" and value]
        self._unseen += tag in UNSEEN
        if BLOCKS.fullmatch(tag):
            self._end_line()
        if re.fullmatch(r"h[1-6]", tag):
            self._words.append("#" * int(tag[1]) + " ")
        elif tag in ("td", "th"):
            self._words.append(" | ")
        elif tag in ("a", "br", "span", "tspan"):
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN
        if BLOCKS.fullmatch(tag):
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._end_line()


def _folded(text: str) -> str:
    return " ".join(text.replace("\0", " \0 ").split())
