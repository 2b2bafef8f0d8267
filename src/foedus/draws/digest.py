"""Digest: the code that a draw depends on, so that no result of other code is taken up, and no other change costs one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from foedus.version import __version__

SOURCE: Final = Path(__file__).parents[2]
"""Folder in which our package lies."""
_OURS: Final = __package__.partition(".")[0]


def _file_of(module: str, source: Path) -> Path | None:
    """Return the file of a module of ours, None if there is no such module."""
    place = source.joinpath(*module.split("."))
    return next((p for p in (place.with_suffix(".py"), place / "__init__.py") if p.is_file()), None)


def _named(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement may import, or that are imported by a call with the name written out."""
    match node:
        case ast.Import(names=names):
            yield from (n.name for n in names)
        case ast.ImportFrom(module=str(module), names=names):
            yield from (module, *(f"{module}.{n.name}" for n in names))
        case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
            yield name


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield every statement of a file, those within others too."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            found = getattr(node, part, None)
            waiting += found if isinstance(found, list) else []


_IMPORT: Final = re.compile(
    rb"^[ \t]*(from[ \t]+[\w.]+[ \t]+import[ \t]*(?:\([^)]*\)|[^\n(]*)|import[ \t]+[^\n]*)", re.MULTILINE
)
"""A statement that imports, at the beginning of a line."""


def _parsed(source_text: bytes) -> ast.Module:
    """Return the statements of a file among which are all that import: those alone where they can be read by themselves.

    To parse whole files takes some tenths of a second of every start; what stands in texts may be among them, and costs
    at most that a change of it counts.
    """
    if b"import_module" not in source_text:
        try:
            return ast.parse(b"\n".join(_IMPORT.findall(source_text)))
        except (SyntaxError, ValueError):  # a text that begins like one
            pass
    return ast.parse(source_text)


@cache
def _imports(path: Path, source: Path) -> frozenset[str]:
    """Return the names of our modules that a file may import; of a folder that lists itself, everything in it."""
    source_text = path.read_bytes()
    tree = _parsed(source_text)
    # only statements can import, and they are few among the nodes of a file; a call to import is anywhere
    nodes = ast.walk(tree) if b"import_module" in source_text else _statements(tree)
    names = {name for node in nodes for name in _named(node)}
    found = {n for n in names if n == _OURS or n.startswith(f"{_OURS}.")}
    if "pkgutil" in names:
        below = (p.relative_to(source).with_suffix("") for p in path.parent.rglob("*.py"))
        found |= {".".join(p.parts).removesuffix(".__init__") for p in below}
    return frozenset(found)


@cache
def closure(roots: tuple[str, ...], source: Path = SOURCE) -> tuple[str, ...]:
    """Return the modules of ours that some modules import, directly or through others, and themselves.

    Parameters
    ----------
    roots : tuple of str
        Names of modules; those that are not ours are passed over.
    source : Path
        Folder in which the package lies.
    """
    known: dict[str, Path] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        path = _file_of(name, source) if name.partition(".")[0] == _OURS else None
        if name in known or path is None:
            continue
        known[name] = path
        waiting += (name.rpartition(".")[0], *_imports(path, source))
    return tuple(sorted(known))


@cache
def code_digest(*roots: str, source: Path = SOURCE) -> str:
    """Return a SHA-256 of the source of everything that some modules import, and of themselves.

    Parameters
    ----------
    *roots : str
        Names of the modules that a kind of draw needs: where its task is defined, and what the task carries with it.
    source : Path
        Folder in which the package lies.
    """
    sha = sha256()
    for module in closure(roots, source):
        path = _file_of(module, source)
        assert path is not None
        sha.update(module.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return sha.hexdigest()


def roots_of(work: Any) -> tuple[str, ...]:
    """Return the modules that a piece of work needs: those it names as ``roots``, or the one that defines it."""
    if isinstance(work, partial):
        return tuple(root for part in (work.func, *filter(callable, work.args)) for root in roots_of(part))
    named: tuple[str, ...] = getattr(work, "roots", ())
    return named or (getattr(work, "__module__", type(work).__module__),)


@cache
def fingerprint(*roots: str) -> dict[str, str]:
    """Return what has to be the same wherever draws are worked out, for the same bytes to come out.

    Parameters
    ----------
    *roots : str
        As for :func:`code_digest`.
    """
    return {
        "foedus": __version__,
        "code": code_digest(*roots),
        "numpy": metadata.version("numpy"),
        "numba": metadata.version("numba"),
    }


def difference(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """Return in words how two fingerprints differ; empty if they do not."""
    return ", ".join(
        f"{k} {there.get(k, 'missing')[:12]} there, {v[:12]} here" for k, v in here.items() if there.get(k) != v
    )
