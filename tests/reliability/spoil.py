"""Spoiling valid files: delete, duplicate, rename, retype, extreme, hostile, and what happens to bytes on their way.

Every operator takes a valid text and a generator of random numbers and gives a spoilt text with a sentence of what was done.
Texts are cut at the places that a parser of their format finds, so that what is not spoilt stays byte for byte.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

HUGE = "9" * 400

EXTREMES = (
    "0",
    "-1",
    "-0.0",
    "1e308",
    "-1e308",
    "1e-308",
    "1e999",
    HUGE,
    "9223372036854775808",
    "0x10",
    "1_000",
    "1,156",
)
"""Numbers at and beyond the ends."""

HOSTILE = (
    ".nan", ".inf", "-.inf", "nan", "Infinity", "yes", "no", "NO", "on", "~", "", '""', "true", "2021-02-30", "2020-13-01",
    "0000-00-00", "9999-12-31", "02/10/1953", "2953", "12:30:45", "!!int abc", "!!python/object:os.system x", "[]", "{}",
    "[1, [2, [3]]]", "{a: {b: c}}", "<script>alert(1)</script>", '"<img src=x onerror=alert(1)>"', "javascript:alert(1)",
    '"data:text/html,<script>alert(1)</script>"', "http://127.0.0.1:9/evil?x=<b>", "'[/nope] [bold]x[/bold]'",
    '"\\e]0;owned\\a\\e[31mred"', '"a\\0b"', '"\\u202egnp.exe"', '"\\u200b"', '"\\ufeffUSA"', '"\\uff11\\uff12"', '"\\u0455ource"',
    '"\\U0001F1FA\\U0001F1F8"', '"e\\u0301"', '"%s%n{0}{{7*7}}${x}"', "../../../etc/passwd", "/dev/zero", "CON", "'; DROP TABLE x; --",
    '"' + "x" * 5000 + '"', '"' + "\u5b57" * 300 + '"', "*nothing", "&a *a", "<<", "'='", "?", "___",
)  # fmt: skip
"""What stands in a file that somebody damaged, or that somebody made to do harm."""


@dataclass(frozen=True)
class Spoilt:
    """A spoilt text, what was done to it, where, and what was put in."""

    content: bytes
    operator: str
    where: str = ""
    put: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a document: its path, the kind of it, and where it stands in the text."""

    path: tuple[str, ...]
    kind: str
    start: int
    stop: int
    key: tuple[int, int] | None = None

    @property
    def named(self) -> str:
        return ".".join(self.path)


def parts_of(text: str) -> list[Part]:
    """Return all parts of a YAML text below its root."""
    return list(_walk(yaml.compose(text, Loader=yaml.SafeLoader), ()))


def _walk(node: Any, path: tuple[str, ...]) -> Iterator[Part]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            yield Part(here, _kind(value), value.start_mark.index, value.end_mark.index,
                       (key.start_mark.index, key.end_mark.index))  # fmt: skip
            yield from _walk(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            here = (*path, str(number))
            yield Part(here, _kind(value), value.start_mark.index, value.end_mark.index)
            yield from _walk(value, here)


def _kind(node: Any) -> str:
    if isinstance(node, yaml.MappingNode):
        return "mapping"
    if isinstance(node, yaml.SequenceNode):
        return "list"
    return str(node.tag).rpartition(":")[2]


def yaml_spoilt(text: str, rng: random.Random) -> Spoilt:
    """Return a YAML text with one thing spoilt."""
    operator = rng.choice((*_OF_YAML, "extreme", "hostile", "hostile", "bytes"))
    if operator == "bytes":
        return bytes_spoilt(text.encode(), rng, yaml_too=True)
    for _ in range(20):
        part = rng.choice(parts_of(text))
        found = _OF_YAML[operator](text, part, rng)
        if found is not None:
            return Spoilt(found[0].encode(errors="surrogatepass"), operator, part.named, found[1])
    return bytes_spoilt(text.encode(), rng, yaml_too=True)


Found = tuple[str, str] | None


def _whole(text: str, part: Part) -> tuple[int, int]:
    """Return the place of an entry with its key, its dash or its comma."""
    start = part.key[0] if part.key else part.start
    stop = part.stop
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    if before.strip() in ("", "-") and (part.key is None or before.strip() == ""):
        end = text.find("\n", stop - 1 if text[stop - 1 : stop] == "\n" else stop)
        return line, len(text) if end < 0 else end + 1
    while stop < len(text) and text[stop] in " ,":
        stop += 1
    return start, stop


def _delete(text: str, part: Part, rng: random.Random) -> Found:
    start, stop = _whole(text, part)
    return text[:start] + text[stop:], ""


def _duplicate(text: str, part: Part, rng: random.Random) -> Found:
    start, stop = _whole(text, part)
    piece = text[start:stop]
    if not piece.endswith("\n") and "," not in piece[-2:]:
        piece = piece + ", "
    return text[:start] + piece + text[start:], ""


def _rename(text: str, part: Part, rng: random.Random) -> Found:
    if part.key is None:
        return None
    start, stop = part.key
    key = text[start:stop]
    new = rng.choice((key + "s", key[1:], key.upper() if key.islower() else key.lower(), key.replace("_", "-") + "_",
                      key[::-1], '"\u0430' + key[1:] + '"', "yes", "1", "~", "[a, b]", "<script>alert(1)</script>",
                      "__proto__", "<<"))  # fmt: skip
    return (text[:start] + new + text[stop:], new) if new and new != key else None


def _retype(text: str, part: Part, rng: random.Random) -> Found:
    new = rng.choice(("[1, 2]", "{a: 1}", "word", "3.5", "true", "null", "[]", "{}", "2001-02-03", '"7"', "[[[]]]"))
    return _replaced(text, part, new)


def _replaced(text: str, part: Part, new: str) -> Found:
    # a block is replaced with its line end, so that the next key stays on a line of its own
    tail = "\n" if text[part.start : part.stop].endswith("\n") else ""
    spaces = len(text[part.start : part.stop]) - len(text[part.start : part.stop].rstrip(" "))
    tail += text[part.stop - spaces : part.stop] if tail else ""
    return text[: part.start] + new + tail + text[part.stop :], new


def _extreme(text: str, part: Part, rng: random.Random) -> Found:
    return _replaced(text, part, rng.choice(EXTREMES)) if part.kind in ("int", "float", "timestamp") else None


def _hostile(text: str, part: Part, rng: random.Random) -> Found:
    return _replaced(text, part, rng.choice(HOSTILE)) if part.kind not in ("mapping", "list") else None


def _exchange(text: str, part: Part, rng: random.Random) -> Found:
    """Put another value of the same document in the place of a value."""
    other = rng.choice([p for p in parts_of(text) if p.kind not in ("mapping", "list")])
    new = text[other.start : other.stop]
    if part.kind in ("mapping", "list") or new == text[part.start : part.stop] or "\n" in new:
        return None
    return _replaced(text, part, new)


_OF_YAML: Mapping[str, Callable[[str, Part, random.Random], Found]] = {
    "delete": _delete, "duplicate": _duplicate, "rename": _rename, "retype": _retype,
    "extreme": _extreme, "hostile": _hostile, "exchange": _exchange,
}  # fmt: skip


def bytes_spoilt(content: bytes, rng: random.Random, yaml_too: bool = False) -> Spoilt:
    """Return bytes as they come off a bad disk, a bad editor, or a bad person."""
    at = rng.randrange(len(content) or 1)
    bent = bytearray(content)
    if bent:
        bent[at] ^= 1 << rng.randrange(8)
    turns: dict[str, bytes] = {
        "cut": content[:at],
        "flip a bit": bytes(bent),
        "empty": b"",
        "blank": b" \n\t\n",
        "mark of byte order": b"\xef\xbb\xbf" + content,
        "line ends of Windows": content.replace(b"\n", b"\r\n"),
        "line ends of old": content.replace(b"\n", b"\r"),
        "zero bytes": content[:at] + b"\0\0" + content[at:],
        "two bytes a letter": content.decode("utf-8", "replace").encode("utf-16"),
        "not UTF-8": content[:at] + b"\xe9\xff\xfe" + content[at:],
        "control": content[:at] + b"\x1b[31m\x07" + content[at:],
        "twice": content + content,
        "backwards": content[::-1],
        "other lines": b"\n".join(_shuffled(content.split(b"\n"), rng)),
        "a web page": b"<!doctype html><html><script>alert(1)</script></html>",
        "deep": b"[" * 20_000,
        "deep keys": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        "large": content + b"\n# " + b"x" * (5 << 20),
    }
    if yaml_too:
        turns |= {
            "loop": content + b"\nloop: &a\n  b: *a\n",
            "bomb": content + b"\n" + _bomb(),
            "merge": content + b"\nmerged: {<<: {a: 1}}\n",
            "second document": content + b"\n---\nfoedus: 1\n",
            "tabs": content.replace(b"  ", b"\t"),
            "python": content + b"\nx: !!python/object/apply:os.system ['true']\n",
            "comment": b"# a comment \xe2\x80\xae first\n" + content + b"\n# and last",
        }
    name = rng.choice(sorted(turns))
    return Spoilt(turns[name], name)


def _shuffled(lines: list[bytes], rng: random.Random) -> list[bytes]:
    rng.shuffle(lines)
    return lines


def _bomb() -> bytes:
    rows = ["a0: &a0 [l, l, l, l, l, l, l, l, l, l]"]
    rows += [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 10)}]" for k in range(1, 10)]
    return "\n".join(rows).encode()


def json_spoilt(text: str, rng: random.Random) -> Spoilt:
    """Return a JSON text with one thing spoilt."""
    if rng.random() < 0.25:
        return bytes_spoilt(text.encode(), rng)
    held = json.loads(text)
    places = list(_places(held, ()))
    path = rng.choice(places)
    holder = held
    for step in path[:-1]:
        holder = holder[step]
    operator = rng.choice(("delete", "retype", "hostile", "extreme", "rename", "duplicate"))
    put: Any = ""
    if operator == "delete":
        del holder[path[-1]]
    elif operator == "rename" and isinstance(holder, dict):
        holder[f"{path[-1]}s"] = holder.pop(path[-1])
    elif operator == "duplicate" and isinstance(holder, list):
        holder.append(holder[path[-1]])
    else:
        put = rng.choice((None, True, [], {}, [[1]], {"a": 1}, "word", "", "<script>alert(1)</script>", 10**400, -1, 1e308,
                          float("nan"), float("inf"), 0.5, "../../x", "\ud800", "\x1b[31m", "[/nope]", "\u202e"))  # fmt: skip
        operator = "retype"
        holder[path[-1]] = put
    return Spoilt(json.dumps(held).encode(), operator, ".".join(map(str, path)), str(put)[:40])


def _places(held: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    keys: Sequence[Any] = list(held) if isinstance(held, dict) else range(len(held)) if isinstance(held, list) else ()
    for key in keys:
        yield (*path, key)
        yield from _places(held[key], (*path, key))


CELLS = ("", " ", "NA", "-9", "-99", "nan", "inf", "1,156", "1.156,5", "1e400", HUGE, "abc", "<script>alert(1)</script>", "=1+1",
         "9999", "-1", "0", "99999", "2.5", "\u202e1", "\uff11", "1\u00a0000", '"', "'", "\x1b[31m", "2020-13-45", "[/nope]",
         "yes", "true", "None", "x" * 3000, "\u0660")  # fmt: skip
"""What stands in the cell of a table that somebody spoilt."""


def csv_spoilt(text: str, rng: random.Random) -> Spoilt:
    """Return a table of comma-separated values with one thing spoilt."""
    if rng.random() < 0.2:
        return bytes_spoilt(text.encode(), rng)
    rows = list(csv.reader(io.StringIO(text)))
    width, head = len(rows[0]), rows[0]
    column, row = rng.randrange(width), rng.randrange(1, len(rows)) if len(rows) > 1 else 0
    where, put = f"{head[column]}", ""
    operator = rng.choice(("cell", "cell", "cell", "cell", "delete column", "twin column", "rename column", "exchange columns",
                           "delete row", "twin row", "ragged", "blank row", "no head", "semicolons", "quote", "more columns",
                           "exchange cells", "head twice", "notes above"))  # fmt: skip
    lines: list[list[str]] = [list(r) for r in rows]
    if operator == "cell" and len(lines[row]) <= column:
        lines[row] += [""] * (width - len(lines[row]))
    if operator == "cell":
        put = lines[row][column] = rng.choice(CELLS)
    elif operator == "delete column":
        lines = [r[:column] + r[column + 1 :] for r in lines]
    elif operator == "twin column":
        lines = [[*r, r[column]] if column < len(r) else r for r in lines]
    elif operator == "rename column":
        put = lines[0][column] = rng.choice(
            (head[column] + "s", head[column].upper(), " " + head[column], "", "<b>", head[0])
        )
    elif operator == "exchange columns":
        lines = [[r[k] for k in _swap(len(r), column, (column + 1) % width)] for r in lines]
    elif operator == "exchange cells" and len(lines[row]) == width:
        other = (column + 1) % width
        lines[row][column], lines[row][other] = lines[row][other], lines[row][column]
        put = lines[row][column]
    elif operator == "delete row":
        del lines[row]
    elif operator == "twin row":
        lines.insert(row, list(lines[row]))
    elif operator == "ragged":
        lines[row] = lines[row][: rng.randrange(width)] if rng.random() < 0.5 else [*lines[row], "1", "2"]
    elif operator == "blank row":
        lines.insert(row, rng.choice(([], [""] * width)))
    elif operator == "no head":
        del lines[0]
    elif operator == "head twice":
        lines.insert(row, list(head))
    elif operator == "notes above":
        lines.insert(0, ["Downloaded on a Sunday"])
    elif operator == "more columns":
        lines = [[*r, "extra" if k == 0 else str(k)] for k, r in enumerate(lines)]
    out = io.StringIO()
    csv.writer(out, delimiter=";" if operator == "semicolons" else ",", lineterminator="\n").writerows(lines)
    made = out.getvalue()
    if operator == "quote":
        at = rng.randrange(len(made))
        made = made[:at] + '"' + made[at:]
    return Spoilt(made.encode(errors="surrogatepass"), operator, where, put[:40])


def _swap(width: int, a: int, b: int) -> list[int]:
    order = list(range(width))
    if a < width and b < width:
        order[a], order[b] = order[b], order[a]
    return order


def spoilt(name: str, content: bytes, rng: random.Random) -> Spoilt:
    """Return the content of a file spoilt once, in the manner of its format."""
    if name.endswith((".yaml", ".yml")):
        return yaml_spoilt(content.decode(), rng)
    if name.endswith(".json"):
        return json_spoilt(content.decode(), rng)
    if name.endswith(".csv"):
        try:
            return csv_spoilt(content.decode(), rng)
        except UnicodeDecodeError:
            return csv_spoilt(content.decode("cp1252"), rng)
    return bytes_spoilt(content, rng)
