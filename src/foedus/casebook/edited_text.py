"""Edited text: a YAML file of which single parts are replaced, and everything around them stays as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from foedus.casebook.yaml_file import document_of
from foedus.vocabulary.errors import FoedusError, Problem


class EditedText:
    """A file whose parts can be replaced while everything around them stays as it was written.

    Parameters
    ----------
    name, text : str

    Raises
    ------
    FoedusError
        The text is not YAML.
    """

    def __init__(self, name: str, text: str) -> None:
        self._name, self._text = name, text if text.endswith("\n") else f"{text}\n"
        self._edits: list[tuple[int, int, str]] = []
        self._added: dict[tuple[str | int, ...], list[str]] = {}
        self._nested: dict[tuple[tuple[str | int, ...], str], list[str]] = {}
        document = document_of(Path(name), self._text.encode())
        if not isinstance(document.data, dict):
            raise FoedusError(document.problems or [Problem(name, "it holds no keys with values")])
        self.data: dict[str, Any] = document.data
        self._root = yaml.compose(self._text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        starts = [0]
        for line in self._text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        self._starts = starts

    def _node(self, path: Sequence[str | int]) -> Any:
        """Return the part under a path; None where there is none."""
        node = self._root
        for step in path:
            if isinstance(node, yaml.MappingNode):
                node = next((v for k, v in node.value if k.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                node = node.value[step]
            else:
                return None
        return node

    def _at(self, mark: Any) -> int:
        return self._starts[int(mark.line)] + int(mark.column)

    def _span(self, node: Any) -> tuple[int, int]:
        begin, end = self._at(node.start_mark), self._at(node.end_mark)
        return begin, begin + len(self._text[begin:end].rstrip())

    def has(self, path: Sequence[str | int]) -> bool:
        """Return whether there is a part under a path."""
        return self._node(path) is not None

    def put(self, path: Sequence[str | int], text: str) -> None:
        """Put a text in the place of a part."""
        self._edits.append((*self._span(self._node(path)), text))

    def add(self, path: tuple[str | int, ...], key: str, text: str) -> None:
        """Add a key to a mapping, after those that it has."""
        self._edits.append(self._with(path, key, text))

    def nest(self, path: tuple[str | int, ...], key: str, text: str) -> None:
        """Add a key of a mapping that is not there yet; what is added to the same stands in one."""
        self._nested.setdefault((path, key), []).append(text)

    def _with(self, path: tuple[str | int, ...], key: str, text: str) -> tuple[int, int, str]:
        node = self._node(path)
        _, end = self._span(node)
        if node.flow_style:
            return end - 1, end - 1, f"{', ' if node.value else ''}{key}: {text}"
        return end, end, f"\n{' ' * node.start_mark.column}{key}: {text}"

    def extend(self, path: tuple[str | int, ...], text: str) -> None:
        """Add an item to a list, after those that it has."""
        self._added.setdefault(path, []).append(text)

    def append(self, text: str) -> None:
        """Add lines at the end."""
        self._edits.append((len(self._text), len(self._text), text))

    def _extended(self, path: tuple[str | int, ...], items: list[str]) -> tuple[int, int, str]:
        node = self._node(path)
        begin, end = self._span(node)
        if node.value and not node.flow_style:
            return end, end, "".join(f"\n{' ' * node.start_mark.column}- {t}" for t in items)
        if node.value:
            return end - 1, end - 1, "".join(f", {t}" for t in items)
        line = self._text[self._starts[node.start_mark.line] : begin]
        inside = " " * (len(line) - len(line.lstrip()) + 2)
        return begin, end, "".join(f"\n{inside}- {t}" for t in items)

    def whole(self) -> str:
        """Return the text with everything that was put into it."""
        edits = [*self._edits, *(self._extended(path, items) for path, items in self._added.items())]
        edits += [self._with(path, key, f"{{{', '.join(t)}}}") for (path, key), t in self._nested.items()]
        text = self._text
        ordered = sorted(enumerate(edits), key=lambda e: (e[1][0], e[0]), reverse=True)
        for _, (begin, end, new) in ordered:  # from the end on; of two at one place the first comes first
            before = text[:begin].rstrip(" ") if new.startswith("\n") else text[:begin]
            text = before + new + text[end:]
        return text
