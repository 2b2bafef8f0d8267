"""Printed before: what a command printed is kept, so that the same question about the same things is answered at once.

To read a case, to load the theory and to lay out an answer takes two seconds even where every draw is kept. What is printed
depends on the words of the command, on the files they name, on this package and the libraries beside it, and on how wide
and how coloured the terminal is: where none of it has changed, nor what was printed has been damaged, the same bytes are
printed again. Nothing is kept of a command that writes files, that reads historical data, that warned, or that failed.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from foedus.cli.spoken import Spoken
from foedus.draws.parts import Parts, cache_folder, read_plain, thinned

# fmt: off
ANSWERS: Final = (
    "assess", "explain", "compare", "dispute", "wedge", "leverage", "whatif", "draft", "flip", "ablate", "numbers", "years",
    "simulate", "trial", "system",
)
# fmt: on
"""Commands that only print, and whose answer depends on nothing but what is named here."""
MOST: Final = 64
"""Answers that are kept as they were printed; the one that was printed longest ago goes first."""
_WRITES: Final = ("--output", "-o", "--report", "--figures", "--copy", "--open", "--help", "-h")
_FILES, _BYTES = 256, 1 << 24  # a case has ten files of some kB: whoever names a whole disk is answered as ever
_MATTERS: Final = ("FOEDUS_", "NUMBA_", "PYTHON", "LC_", "XDG_", "LANG", "HOME", "TERM", "COLUMNS", "LINES")
_COLOURS: Final = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "LOCALAPPDATA")
_NAME: Final = "printed.part"


class _Under(Protocol):
    """What a stream of text hands its bytes to."""

    def write(self, content: bytes, /) -> object: ...

    def flush(self) -> object: ...

    def isatty(self) -> bool: ...

    def fileno(self) -> int: ...


class _Copied(io.RawIOBase):
    """What is printed goes where it went, and is copied on its way."""

    def __init__(self, to: _Under) -> None:
        self._to, self.copy = to, bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self._to.write(content)
        self.copy += content
        return len(content)

    def flush(self) -> None:
        self._to.flush()

    def isatty(self) -> bool:
        return self._to.isatty()

    def fileno(self) -> int:
        return self._to.fileno()


def answered(arguments: Sequence[str] | None, answer: Callable[[], None]) -> None:
    """Print what was printed before, or have it printed, and keep it; errors as those of the command.

    Parameters
    ----------
    arguments : sequence of str or None
        Words of the command line; by default those of this process.
    answer : callable
        Prints it.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    out = sys.stdout
    run = depends_on(words) if isinstance(out, io.TextIOWrapper) else ""
    if not isinstance(out, io.TextIOWrapper) or not run:
        answer()
        return
    parts = Parts(cache_folder() / "printed" / run, run)
    before = parts.take(_NAME)
    if before is not None:
        out.flush()
        out.buffer.write(before)
        out.buffer.flush()
        return
    Spoken.warned = False
    text = _printed_by(answer, out)
    if not Spoken.warned and len(text) <= _BYTES and depends_on(words) == run:  # nobody changed a file meanwhile
        parts.keep(_NAME, text)
        thinned(cache_folder() / "printed", MOST)


def _printed_by(answer: Callable[[], None], out: io.TextIOWrapper) -> bytes:
    """Return what is printed while an answer is given, by whatever road it goes there."""
    out.flush()
    copied = _Copied(out.buffer)
    sys.stdout = io.TextIOWrapper(copied, out.encoding, out.errors, write_through=True)
    try:
        answer()
        sys.stdout.flush()
    finally:
        sys.stdout = out
    return bytes(copied.copy)


def depends_on(words: Sequence[str]) -> str:
    """Return a hash of everything that decides what a command prints; empty where that cannot be said, or it does more.

    Parameters
    ----------
    words : sequence of str
        Of the command line.
    """
    if not words or words[0] not in ANSWERS or any(w.partition("=")[0] in _WRITES for w in words):
        return ""
    sha = sha256("\0".join(words).encode("utf-8", "surrogateescape"))
    for piece in (*_named_by(words[1:]), *_program(), *_place()):
        if piece is None:
            return ""
        sha.update(b"\0" + sha256(piece).digest())
    return sha.hexdigest()


def _named_by(words: Iterable[str]) -> Iterator[bytes | None]:
    """Yield what files hold that words name, as a case or after a sign; None for more than a case can be."""
    for word in words:
        for name in {word, word.partition("=")[2], word.partition("@")[0]} - {""}:
            path = Path(name)
            if not os.path.lexists(path):
                continue
            yield os.path.abspath(path).encode("utf-8", "surrogateescape")
            files = sorted(islice(path.rglob("*"), _FILES + 1)) if path.is_dir() else [path]
            held = [(str(f), read_plain(f)) for f in files if not f.is_dir()]
            few = len(files) <= _FILES and sum(len(text or b"") for _, text in held) <= _BYTES
            yield repr(held).encode("utf-8", "surrogateescape") if few else None


def _program() -> Iterator[bytes]:
    """Yield what says which package this is, with all its data, and which libraries lie beside it."""
    yield repr(_stamps(Path(__file__).parents[1])).encode("utf-8", "surrogateescape")
    beside = [(p, sorted(n for n in _names(p) if n.endswith("-info"))) for p in sys.path]
    yield repr((sys.version, beside)).encode("utf-8", "surrogateescape")


def _stamps(folder: Path) -> list[tuple[str, int, int]]:
    """Return name, size and time of every file of a folder but what Python made of them."""
    found, waiting = [], [str(folder)]
    while waiting:
        try:
            entries = sorted(os.scandir(waiting.pop()), key=lambda e: e.name)
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting += [entry.path] if entry.name != "__pycache__" else []
            else:
                about = entry.stat(follow_symlinks=False)
                found.append((entry.path, about.st_size, about.st_mtime_ns))
    return found


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _place() -> Iterator[bytes]:
    """Yield what the terminal is like, and what of the surroundings a program or the layout of a text looks at."""
    out, size = sys.stdout, shutil.get_terminal_size()
    yield repr((out.isatty(), out.encoding, out.errors, tuple(size), os.cpu_count())).encode()
    mine = sorted((k, v) for k, v in os.environ.items() if k.startswith(_MATTERS) or k in _COLOURS)
    yield repr(mine).encode("utf-8", "surrogateescape")
