"""Trying spoilt inputs: what comes of each, and whether that is one of the three things that may come of it.

Allowed is the same answer, a refusal (exit code 2, with where, what and a remedy), or another answer whose difference is
there to be seen and justified by a rule below. Everything else is a fault: a traceback, a wait of more than 30 seconds,
more than 500 MB, and above all another answer without a word.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebook.yearly import write_yearly_case
from reliability.arguments import BASES, VALUES
from reliability.justified import justified
from reliability.spoil import Spoilt, spoilt
from reliability.subjects import ROOT, SUBJECTS, Subject

LIMIT = 30.0
"""Seconds after which a try has hung."""
MEMORY = 500.0
"""MB that a try may take, all that foedus has loaded included."""

SAME, REFUSED, OTHER = "same answer", "refused", "other answer, to be seen"
FAULTS = ("traceback", "hang", "memory", "silent other answer", "refusal without where or remedy", "odd exit code")


@dataclass(frozen=True)
class Outcome:
    """What came of a try."""

    subject: str
    file: str
    spoilt: Spoilt
    kind: str
    reason: str
    seconds: float
    memory: float
    seed: int
    out: str = field(repr=False, default="")
    err: str = field(repr=False, default="")

    @property
    def fault(self) -> bool:
        return self.kind in FAULTS

    def __str__(self) -> str:
        s = self.spoilt
        return (
            f"{self.kind}: {self.subject}, {self.file}, {s.operator} {s.where} {s.put!r} (seed {self.seed}): "
            f"{self.reason} {self.err[-600:]}"
        )


class Server:
    """The process that tries; a context, so that it never stays behind."""

    def __init__(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="foedus-reliability-"))
        write_yearly_case(self.place / "warm")
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
            "FOEDUS_CACHE": str(self.place / "cache"),
            "FOEDUS_DATA": str(self.place / "nothing"),
            "COLUMNS": "100",
            "POLARS_MAX_THREADS": "1",
        }
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("server.py")), str(self.place / "warm")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self._answer()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(60)
        shutil.rmtree(self.place, ignore_errors=True)

    def _answer(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError("the process that tries has ended")
        found: dict[str, Any] = json.loads(line)
        return found

    def play(
        self, folder: Path, steps: Sequence[Sequence[str]], limit: float = LIMIT, **environment: str
    ) -> dict[str, Any]:
        """Play commands in a folder, each after the other, until one fails."""
        assert self._process.stdin
        asked = {"folder": str(folder), "steps": steps, "limit": limit, "environment": environment}
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        return self._answer()


@dataclass
class Bench:
    """A kind of input with its valid files and the answer that they get."""

    server: Server
    subject: Subject
    home: Path
    valid: dict[str, bytes]
    answers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, server: Server, name: str) -> Bench:
        subject = SUBJECTS[name]
        home = server.place / name.replace(" ", "-")
        place = server.place / "try"
        for folder in (home, place):
            shutil.rmtree(folder, ignore_errors=True)
        place.mkdir()
        subject.build(place)
        if subject.ready:
            made = server.play(place, subject.ready, 120)
            assert made["code"] == 0, made
        shutil.copytree(place, home)
        files = sorted({p for pattern in subject.files for p in home.glob(pattern)})
        valid = {str(p.relative_to(home)): p.read_bytes() for p in files}
        return cls(server, subject, home, valid)

    def answer(self, file: str) -> str:
        """Return the answer to the valid files; asked twice, and it has to be the same."""
        of = file if self.subject.alone else ""
        if of not in self.answers:
            first, again = (self.server.play(self.copy(file), self.subject.steps, 120) for _ in range(2))
            assert first["code"] == 0, first
            assert plain(first["out"]) == plain(again["out"]), f"{self.subject.name}: the valid input has two answers"
            self.answers[of] = plain(first["out"])
        return self.answers[of]

    def copy(self, file: str) -> Path:
        """Return a fresh copy of the valid files, or of one and another to go with it."""
        place = self.server.place / "try"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.home, place, symlinks=True)
        if self.subject.alone:
            with_it = next(f for f in sorted(self.valid) if f != file)
            for other in set(self.valid) - {file, with_it}:
                (place / other).unlink()
        return place

    def attempt(self, seed: int) -> Outcome:
        """Spoil one file, ask, and say what came of it."""
        rng = random.Random(f"{self.subject.name} {seed}")
        file = rng.choice(sorted(self.valid))
        done, answer = spoilt(file, self.valid[file], rng), self.answer(file)
        place = self.copy(file)
        (place / file).write_bytes(done.content)
        found = self.server.play(place, self.subject.steps)
        kind, reason = judged(found, answer)
        if kind == OTHER:
            why = justified(self.subject.name, file, done, found["out"] + found["err"], answer)
            kind, reason = (OTHER, why) if why else ("silent other answer", differing(answer, plain(found["out"])))
        return Outcome(self.subject.name, file, done, kind, reason, found["seconds"], found["memory"], seed,
                       found["out"], found["err"])  # fmt: skip


def judged(found: dict[str, Any], answer: str | None) -> tuple[str, str]:
    """Return what came of a try, before other answers are looked at more closely."""
    err = found["err"]
    if found["hung"]:
        return "hang", f"{found['seconds']} s"
    if "Traceback (most recent call last)" in err or found["code"] in (1, 70) or found["code"] < 0:
        return "traceback", f"exit {found['code']}"
    if found["memory"] > MEMORY:
        return "memory", f"{found['memory']:.0f} MB"
    if found["code"] == 0:
        return (SAME, "") if answer is not None and plain(found["out"]) == answer else (OTHER, "")
    if found["code"] != 2:
        return "odd exit code", f"exit {found['code']}"
    vague = unsaid(err, found["out"])
    return ("refusal without where or remedy", vague) if vague else (REFUSED, "")


def unsaid(err: str, out: str) -> str:
    """Return the first line of a refusal that lacks where, what or remedy; empty if all have them."""
    if "Usage:" in err:
        return "" if "Error" in err else "no word of what is wrong"
    lines = [line for line in err.splitlines() if line.startswith("error: ")]
    if not lines:
        # what a check or an import has to say is a table of its own
        return "" if re.search(r"refused|problem|\"what\"", out + err) else "no line says what is wrong"
    for line in lines:
        text = line.removeprefix("error: ")
        if ": " not in text or not re.search(r"[.?!…)'\"] +[A-Z<`'\"]", text):
            return line[:300]
    return ""


_HASHES = re.compile(r"\b[0-9a-f]{16,64}\b")
_DATES = re.compile(r'"imported": ?"[0-9-]+"')


def plain(text: str) -> str:
    """Return an answer without the hashes of what it was made of."""
    return _DATES.sub("", _HASHES.sub("#", text))


def differing(one: str, two: str) -> str:
    """Return the first lines in which two answers differ."""
    a, b = one.splitlines(), two.splitlines()
    found = [f"{x.strip()[:90]} | {y.strip()[:90]}" for x, y in zip(a, b, strict=False) if x != y]
    return f"{len(a)}/{len(b)} lines; " + " ;; ".join(found[:3])


def arguments(server: Server, seeds: Sequence[int]) -> Iterator[Outcome]:
    """Try hostile values of every option of every command."""
    home = server.place / "arguments"
    home.mkdir(exist_ok=True)
    SUBJECTS["arguments"].build(home)
    (home / "questions.csv").write_bytes((ROOT / "tests" / "golden" / "questions.csv").read_bytes())
    answers: dict[str, str] = {}
    for seed in seeds:
        rng = random.Random(f"arguments {seed}")
        base, options = rng.choice(BASES)
        option = rng.choice(options)
        value = rng.choice(VALUES[option]) if option in VALUES else rng.choice(VALUES[""])
        place = server.place / "try"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(home, place)
        if base not in answers:
            answers[base] = plain(server.play(place, [base.split()], 120)["out"])
        steps = [[*base.split(), option, value]] if option.startswith("-") else [[*base.split(), value]]
        found = server.play(place, steps)
        kind, reason = judged(found, answers[base])
        done = Spoilt(b"", f"{base.split()[0]} {option}", "", value)
        if kind == OTHER:
            why = justified("arguments", base, done, found["out"] + found["err"], answers[base])
            kind, reason = (
                (OTHER, why) if why else ("silent other answer", differing(answers[base], plain(found["out"])))
            )
        yield Outcome(
            "arguments", base, done, kind, reason, found["seconds"], found["memory"], seed, found["out"], found["err"]
        )
