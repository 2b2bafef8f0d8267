"""Harm beside bad input: kills, damaged caches, full disks, folders that are not ours, narrow and plain terminals.

Every function yields what was tried and what is wrong with what came of it; an empty text says that nothing is.
"""

from __future__ import annotations

import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from reliability.subjects import ROOT, SUBJECTS
from reliability.trying import OTHER, REFUSED, SAME, Server, judged, plain
from trials.trialfiles import TRIAL

Tried = tuple[str, str]


def build(folder: Path) -> None:
    """Write a case with yearly data, and a trial about it."""
    SUBJECTS["case"].build(folder)
    (folder / "mine.yaml").write_text(TRIAL, encoding="utf-8")


ONE = ["--workers", "1", "--engine", "serial"]
LONG: Mapping[str, list[str]] = {
    "assess": ["assess", "small", "--draws", "160", "--workers", "2", "--json"],
    "ensemble": ["ensemble", "small", "-o", "out", "--draws", "1500", "--workers", "2", "--json"],
    "simulate": ["simulate", "small", "--from", "1995", "--to", "2005", "--runs", "60", "--workers", "2", "--output", "out", "--json"],
    "trial": ["trial", "mine.yaml", "--draws", "60", "--workers", "2", "--output", "out", "--json"],
    "sensitivity": ["sensitivity", "small", "--draws", "400", "--top", "2", "--workers", "2", "-o", "out"],
    "discover": ["discover", "small", "--goal", "gain of JPN from everybody > 0", "--draws", "600", "--workers", "2", "-o", "out"],
    "report": ["report", "small", "--draws", "160", "--workers", "2", "-o", "page.html", "--figures", "out"],
}  # fmt: skip
"""Commands that take a while, each with what it writes."""


DATA: Mapping[str, list[str]] = {
    "calibrate": ["calibrate", "--data", "history", "--from", "1946", "--to", "1990", "--alternatives", "3", "--workers", "2",
                  "--output", "out", "--json"],
    "backtest": ["backtest", "--data", "history", "--quick", "--window", "1945-1970", "--workers", "2", "--output", "out", "--json"],
}  # fmt: skip
"""Commands that learn from historical data, which ``history`` is a link to."""


def content(place: Path) -> dict[str, bytes]:
    """Return all files below a folder by their names."""
    return {str(p.relative_to(place)): p.read_bytes() for p in sorted(place.rglob("*")) if p.is_file()}


def _begin(command: Sequence[str], place: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "FOEDUS_CACHE": str(place / "cache"),
        "COLUMNS": "100",
    }
    out, err = (place / "stdout").open("wb"), (place / "stderr").open("wb")
    with out, err:
        return subprocess.Popen([sys.executable, "-m", "foedus", *command], cwd=place, env=environment, stdout=out, stderr=err,
                                stdin=subprocess.DEVNULL, start_new_session=True)  # fmt: skip


def _end(process: subprocess.Popen[bytes], number: int) -> int:
    if number == signal.SIGKILL:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    try:
        return process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return 124


def kills(
    home: Path,
    name: str,
    seed: int,
    times: int,
    command: Sequence[str] = (),
    made: Callable[[Path], object] | None = None,
    ends: int = 0,
) -> Iterator[Tried]:
    """Kill a long command at random times, let it go on, and compare all that it leaves with an uninterrupted run.

    Where it `ends` in a refusal, its last sentence is compared too.
    """
    rng = random.Random(f"{name} {seed}")
    command = list(command or LONG[name])
    place = home / "here"
    _anew(place, made)
    began = time.monotonic()
    if _begin(command, place).wait(600) != ends:
        yield f"{name}, uninterrupted", (place / "stderr").read_text()[-400:]
        return
    took, whole, said = time.monotonic() - began, _results(place), _last(place)
    _anew(place, made)
    for _ in range(times):
        number = rng.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM))
        at = rng.uniform(0.1, 1.0) * took
        process = _begin(command, place)
        try:
            code = process.wait(at)
        except subprocess.TimeoutExpired:
            code = _end(process, number)
        left = _left(place, whole, number, 0 if code == ends else code)
        yield f"{name}, {number.name} after {at:.1f} of {took:.1f} s (seed {seed})", left
        made_whole = {k for k in whole if k != "stdout"} <= set(_results(place)) and name != "ensemble"
        if code == 0 or made_whole:  # killed after all was in its place
            for result in ("out", "page.html"):
                _remove(place / result)
    code = _begin(command, place).wait(600)
    last = _results(place)
    differ = sorted(k for k in {*whole, *last} if whole.get(k) != last.get(k))
    wrong = f"other bytes: {differ}" if differ else ""
    if code != ends or (ends and _last(place) != said):
        wrong = f"exit {code}: {(place / 'stderr').read_text()[-300:]}"
    yield f"{name}, gone on with after {times} kills (seed {seed})", wrong


def _last(place: Path) -> str:
    """Return the last line of what a command said on stderr."""
    return (place / "stderr").read_text(errors="replace").strip().rpartition("\n")[2]


def _anew(place: Path, made: Callable[[Path], object] | None) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    (made or build)(place)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


def _results(place: Path) -> dict[str, bytes]:
    """Return all that a command leaves, without what depends on when it ran."""
    return {
        k: v for k, v in content(place).items() if not k.startswith("cache/") and k != "stderr" and ".foedus-" not in k
    }


def _left(place: Path, whole: Mapping[str, bytes], number: int, code: int) -> str:
    """Return what is wrong with what a killed command has left."""
    err = (place / "stderr").read_text(errors="replace")
    if "Traceback" in err:
        return f"traceback: {err[-400:]}"
    if code == 124:
        return "it did not end within 30 s of the signal"
    if number != signal.SIGKILL and code not in (0, 130, -number):
        return f"exit {code}: {err[-300:]}"
    hidden = [k for k in content(place) if ".foedus-" in k and not k.startswith("cache/")]
    if number != signal.SIGKILL and hidden:
        return f"left behind: {hidden}"
    # a folder of parts is begun, and gone on with: each part is whole, which going on shows
    begun = (place / "out" / "parts").is_dir() or (place / "out" / "manifest.json").exists()
    there = {k: v for k, v in _results(place).items() if k == "page.html" or (k.startswith("out/") and not begun)}
    torn = sorted(k for k, v in there.items() if whole.get(k) != v)
    short = (place / "out").exists() and not begun and any(k.startswith("out/") and k not in there for k in whole)
    return f"half-written: {torn or 'out'}" if torn or short else ""


def damages(rng: random.Random, files: Sequence[Path]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield ways to damage files, one of them or two with each other."""
    file, other = rng.sample(list(files), 2) if len(files) > 1 else (files[0], files[0])
    bent = bytearray(file.read_bytes())
    at = rng.randrange(len(bent))

    def flip() -> None:
        bent[at] ^= 1 << rng.randrange(8)
        file.write_bytes(bytes(bent))

    def digit() -> None:
        text = file.read_bytes()
        places = [m.start() for m in re.finditer(rb"\d", text)]
        k = rng.choice(places)
        file.write_bytes(text[:k] + (b"1" if text[k : k + 1] != b"1" else b"2") + text[k + 1 :])

    def exchange() -> None:
        one, two = file.read_bytes(), other.read_bytes()
        file.write_bytes(two)
        other.write_bytes(one)

    def folder() -> None:
        file.unlink()
        file.mkdir()

    def loop() -> None:
        file.unlink()
        file.symlink_to(file.name)

    def pipe() -> None:
        file.unlink()
        os.mkfifo(file)

    def endless() -> None:
        file.unlink()
        file.symlink_to("/dev/zero")

    yield f"a bit of {file.name}", flip
    yield f"a digit of {file.name}", digit
    yield f"{file.name} cut", lambda: file.write_bytes(bytes(bent)[:at])
    yield f"{file.name} empty", lambda: file.write_bytes(b"")
    yield f"{file.name} and {other.name} exchanged", exchange
    yield f"{other.name} in the place of {file.name}", lambda: shutil.copy(other, file)
    yield f"{file.name} a folder", folder
    yield f"{file.name} a link to itself", loop
    yield f"{file.name} a pipe", pipe
    yield f"{file.name} a device", endless
    yield f"{file.name} gone", file.unlink
    yield f"{file.name} deep", lambda: file.write_bytes(b"[" * 100_000)


PARTED: Mapping[str, list[str]] = {
    "assess": ["assess", "small", "--draws", "60", "--workers", "1", "--json"],
    "simulate": ["simulate", "small", "--from", "1995", "--to", "2005", "--runs", "40", "--workers", "1", "--json"],
    "trial": ["trial", "mine.yaml", "--draws", "24", "--workers", "1", "--json"],
    "sensitivity": ["sensitivity", "small", "--draws", "400", "--top", "2", *ONE, "--json"],
    "ensemble": ["ensemble", "small", "-o", "many", "--draws", "900", *ONE, "--json"],
}  # fmt: skip
"""Commands that go on from parts."""


def damaged_caches(server: Server, name: str, seed: int) -> Iterator[Tried]:
    """Stop a command in the middle, damage what it has kept, and go on: the same answer, or a refusal."""
    rng = random.Random(f"{name} {seed}")
    home = server.place / f"cache-{name}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    build(home)
    command = PARTED[name]
    whole = server.play(_fresh(server, home), [command], 120)
    assert whole["code"] == 0, whole
    place = _fresh(server, home)
    cache = place / "cache"
    files: list[Path] = []
    for share in (0.5, 0.7, 0.35, 0.85, 0.2):
        place = _fresh(server, home)
        server.play(place, [command], max(whole["seconds"] * share, 0.05), FOEDUS_CACHE=str(cache))
        files = _parts(place)
        if len(files) > 1:
            break
    if len(files) < 2:
        yield f"{name}, stopped in the middle", "no parts are kept"
        return
    kept = home.parent / f"kept-{name}"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(place, kept, symlinks=True)
    for k in range(sum(1 for _ in damages(random.Random(0), files))):
        shutil.rmtree(place)
        shutil.copytree(kept, place, symlinks=True)
        ways = list(damages(rng, _parts(place)))
        what, harm = ways[k]
        harm()
        found = server.play(place, [command], 30, FOEDUS_CACHE=str(cache))
        kind, reason = judged(found, plain(whole["out"]))
        yield (
            f"{name}, {what} (seed {seed})",
            "" if kind in (SAME, REFUSED) else f"{kind}: {reason} {found['err'][-300:]}",
        )


def _parts(place: Path) -> list[Path]:
    return sorted(p for p in place.rglob("*") if p.suffix in (".part", ".parquet") and p.is_file())


def _fresh(server: Server, home: Path) -> Path:
    place = server.place / "try"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(home, place, symlinks=True)
    return place


def damaged_code(home: Path, seed: int, command: Sequence[str] = ()) -> Iterator[Tried]:
    """Damage kept compiled code in every way, file after file, and ask again: the same answer, whatever was damaged."""
    rng = random.Random(f"code {seed}")
    place, kept = home / "here", home / "code"
    _anew(place, None)
    command = list(command or ["assess", "small", "--draws", "4", "--workers", "1", "--json"])
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "FOEDUS_CACHE": str(place / "cache"),
        "COLUMNS": "100",
    }
    environment["NUMBA_CACHE_DIR"] = str(kept)

    def asked() -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "foedus", *command]
        return subprocess.run(
            line, cwd=place, env=environment, capture_output=True, text=True, check=False, timeout=400
        )

    whole = asked()
    sound = home / "sound"
    shutil.copytree(kept, sound)
    for k in range(sum(1 for _ in damages(random.Random(0), _code(kept)))):
        shutil.rmtree(kept)
        shutil.copytree(sound, kept)
        what, harm = list(damages(rng, _code(kept)))[k]
        try:
            harm()
        except IndexError:  # no digit in it
            continue
        found = asked()
        same = found.returncode == whole.returncode == 0 and found.stdout == whole.stdout
        yield f"compiled code, {what} (seed {seed})", "" if same else f"exit {found.returncode}: {found.stderr[-300:]}"


def _code(kept: Path) -> list[Path]:
    return sorted(p for p in kept.rglob("*") if p.suffix in (".nbi", ".nbc") and p.is_file())


def closed_pipes(home: Path, names: Sequence[str] = ()) -> Iterator[Tried]:
    """Let whoever reads go away: after a few bytes, and before the first. No traceback, and an end."""
    place = home / "here"
    _anew(place, None)
    SUBJECTS["published data"].build(place)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "FOEDUS_CACHE": str(place / "cache"),
        "COLUMNS": "100",
    }
    for name in names or SHOWN:
        words = shlex.join([sys.executable, "-m", "foedus", *SHOWN[name]])
        for how in ("| head -c 20", ">&-", "| true", ">/dev/full"):
            if "store" in words:
                _remove(place / "s")
            line = ["sh", "-c", f"{words} {how}"]
            try:
                found = subprocess.run(
                    line, cwd=place, env=environment, capture_output=True, text=True, check=False, timeout=100
                )
            except subprocess.TimeoutExpired:
                yield f"{name} {how}", "it does not end"
                continue
            wrong = [w for w in ("Traceback", "Exception ignored", "Fatal") if w in found.stderr]
            yield f"{name} {how}", f"{wrong}: {found.stderr[-300:]}" if wrong else ""


FEW = ["--draws", "2", "--workers", "1"]
WRITING: Mapping[str, list[str]] = {
    "assess --output": ["assess", "small", *FEW, "--output", "{}", "--json"],
    "assess --report": ["assess", "small", *FEW, "--report", "{}", "--json"],
    "report": ["report", "small", *FEW, "-o", "{}"],
    "report --figures": ["report", "small", *FEW, "-o", "page.html", "--figures", "{}"],
    "simulate --output": ["simulate", "small", "--from", "1999", "--to", "2000", "--runs", "1", "--workers", "1", "--output", "{}"],
    "trial --report": ["trial", "mine.yaml", *FEW, "--report", "{}"],
    "trial --output": ["trial", "mine.yaml", *FEW, "--output", "{}"],
    "ensemble": ["ensemble", "small", "-o", "{}", "--draws", "4", *ONE],
    "sensitivity": ["sensitivity", "small", "--draws", "60", "--top", "2", *ONE, "-o", "{}"],
    "case new": ["case", "new", "{}", "--from", "asia-1953"],
    "data import": ["data", "import", "published", "--store", "{}"],
}  # fmt: skip
"""Commands that write a result; the braces stand for its place."""


def full_disks(server: Server, room: int) -> Iterator[Tried]:
    """Let every command that writes find a disk on which no file may be larger than some bytes."""
    home = server.place / "full"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    build(home)
    SUBJECTS["published data"].build(home)
    for name, command in WRITING.items():
        place = _fresh(server, home)
        before = set(content(place))
        found = server.play(place, [[w.replace("{}", "result") for w in command]], 30, FOEDUS_ROOM=str(room))
        left = [k for k in sorted(set(content(place)) - before) if not k.startswith("cache/")]
        yield f"{name}, no room for more than {room} bytes", _whole_or_nothing(found, name, left)


def _whole_or_nothing(found: dict[str, object], name: str, left: list[str]) -> str:
    if found["code"] == 0:
        return ""
    kind, reason = judged(found, None)
    if kind != REFUSED:
        return f"{kind}: {reason} {str(found['err'])[-300:]}"
    # an ensemble and a store are begun and gone on with; what is there of them is whole
    begun = name in ("ensemble", "data import")
    hidden = [k for k in left if ".foedus-" in k]
    return f"left behind: {left}" if (left and not begun) or hidden else ""


def foreign_folders(server: Server) -> Iterator[Tried]:
    """Let every command that writes find a folder in which nothing may be written, or a cache that is not ours."""
    home = server.place / "foreign"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    build(home)
    SUBJECTS["published data"].build(home)
    for name, command in WRITING.items():
        for where in ("/proc/foedus", "/sys/foedus", "small/case.yaml/inside", "nowhere/at/all"):
            place = _fresh(server, home)
            found = server.play(place, [[w.replace("{}", where) for w in command]], 30)
            kind, reason = judged(found, None)
            makes = name == "data import" and where == "nowhere/at/all"  # a store is made where it is named
            yield f"{name} to {where}", "" if kind == REFUSED or makes else f"{kind}: {reason} {found['err'][-300:]}"
    for cache in ("/proc/foedus", "/dev/null", "small/case.yaml"):
        place = _fresh(server, home)
        found = server.play(
            place, [["assess", "small", "--draws", "12", "--workers", "1", "--json"]], 30, FOEDUS_CACHE=cache
        )
        kind, reason = judged(found, None)
        yield (
            f"assess with its cache in {cache}",
            "" if kind in (REFUSED, OTHER) else f"{kind}: {reason} {found['err'][-300:]}",
        )


SHOWN: Mapping[str, list[str]] = {
    "assess": ["assess", "small", *FEW], "explain": ["explain", "small", "KOR"], "compare": ["compare", "small", "small", *FEW],
    "dispute": ["dispute", "small"], "wedge": ["wedge", "small"], "whatif": ["whatif", "small", "--set", "JPN.trade.CHN=0.05"],
    "simulate": ["simulate", "small", "--from", "1999", "--to", "2001", "--runs", "2", "--workers", "1"], "trial": ["trial", "mine.yaml", *FEW],
    "system": ["system", "japan-korea"], "flip": ["flip", "small", "--goal", "council forms", "--effort", "1"], "ablate": ["ablate", "small", "--workers", "1"],
    "sensitivity": ["sensitivity", "small", "--draws", "60", "--top", "2", *ONE], "case show": ["case", "show", "small", "--inputs"],
    "case list": ["case", "list"], "calibrate show": ["calibrate", "show", "record-1817-2016"], "parameters": ["parameters"],
    "mechanisms": ["mechanisms"], "data import": ["data", "import", "published", "--store", "s"], "forecast mapping": ["forecast", "mapping"],
    "refusal": ["assess", "no-such-case"],
}  # fmt: skip
"""Commands that print."""
_NUMBER = re.compile(r"(?<![\w.,-])[-+]?\d[\d,]*(?:\.\d+)?(?![\w.,]*\d)")


def terminals(
    server: Server, widths: Sequence[int], encodings: Sequence[str] = ("utf-8", "ascii", "cp1252")
) -> Iterator[Tried]:
    """Print everything on narrow terminals and in poor encodings: no traceback, and no number that a wide one does not have."""
    home = server.place / "shown"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    build(home)
    SUBJECTS["published data"].build(home)
    for name, command in SHOWN.items():
        wide = server.play(_fresh(server, home), [command], 60, COLUMNS="400")
        known = set(_NUMBER.findall(wide["out"] + wide["err"]))
        for width in widths:
            for encoding in encodings:
                found = server.play(_fresh(server, home), [command], 60, COLUMNS=str(width), FOEDUS_ENCODING=encoding)
                yield f"{name} at {width} columns in {encoding}", _wrong_on(found, wide, known, width)


def _wrong_on(found: dict[str, object], wide: dict[str, object], known: set[str], width: int) -> str:
    text = str(found["out"])
    if found["code"] != wide["code"] or "Traceback" in str(found["err"]):
        return f"exit {found['code']}, not {wide['code']}: {str(found['err'])[-300:]}"
    if "\x1b" in text:
        return "control characters where nobody looks"
    cut = sorted(set(_NUMBER.findall(text)) - known)
    return f"numbers that a wide terminal does not have: {cut[:5]}" if cut else ""
