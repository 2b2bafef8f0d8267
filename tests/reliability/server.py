"""A process that has foedus loaded and tries commands, each in a child of its own that may crash, hang or eat memory.

It reads one line of JSON per try and answers with one: exit code, output, seconds, memory. Whoever tests does not fork
itself, because a process with threads of libraries must not.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars  # noqa: F401  loaded, and not used before a child does: its threads do not survive a fork

from foedus.archive.shelves import Store
from foedus.cli.main import main, run
from foedus.draws.fileset import read_ensemble
from foedus.vocabulary.errors import FoedusError

COMMANDS = (
    "assess",
    "trial",
    "simulate",
    "report",
    "forecast",
    "case",
    "data",
    "calibrate",
    "explore",
    "ensemble",
    "system",
)
MOST_MEMORY = 6 << 30
"""Bytes of address space that a try may take before it is refused more."""


def warm(case: str) -> None:
    """Load what every command needs, so that a try costs only its own work."""
    for name in COMMANDS:
        importlib.import_module(f"foedus.cli.{name}")
    kept, sys.stdout = sys.stdout, io.StringIO()
    try:
        main(["assess", case, "--draws", "1", "--workers", "1", "--json"], standalone_mode=False)
        years = ["--from", "1999", "--to", "2000", "--runs", "1", "--workers", "1"]
        main(["simulate", case, *years, "--json"], standalone_mode=False)
    finally:
        sys.stdout = kept


def tables_in(store: str) -> None:
    """Print what the tables of a store hold, as a hash per table."""
    held = Store(store)
    found = {}
    for name in sorted(held.entries()):
        frame = held.table(name)
        found[name] = [frame.height, sha256(frame.write_csv().encode()).hexdigest()[:16]]
    print(json.dumps({"tables": found}))


def ensemble_in(folder: str) -> None:
    """Print all draws of an ensemble."""
    print(read_ensemble(folder).to_polars().write_csv())


def text_of(page: str) -> None:
    """Print what a page says, without its drawings and its colours."""
    text = Path(page).read_text(encoding="utf-8")
    print(re.sub(r"<style.*?</style>|<script.*?</script>", "", text, flags=re.DOTALL))


CHECKS: dict[str, Callable[[str], None]] = {"!tables": tables_in, "!ensemble": ensemble_in, "!page": text_of}


def checked(look: Callable[[str], None], place: str) -> None:
    """Look at something; what foedus refuses is said as a command says it."""
    try:
        look(place)
    except FoedusError as error:
        for problem in error.problems:
            print(f"error: {problem}", file=sys.stderr)
        sys.exit(2)


def _play(steps: Sequence[Sequence[str]]) -> int:
    for step in steps:
        try:
            if step[0] in CHECKS:
                checked(CHECKS[step[0]], step[1])
            else:
                run(list(step))
        except SystemExit as ended:
            if ended.code not in (0, None):
                return ended.code if isinstance(ended.code, int) else 1
    return 0


def _child(asked: dict[str, Any], out: str, err: str) -> None:
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    os.dup2(os.open(err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    environment = asked.get("environment", {})
    encoding = environment.get("FOEDUS_ENCODING", "utf-8")
    sys.stdout, sys.stderr = (os.fdopen(k, "w", encoding=encoding) for k in (1, 2))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    os.environ.update(environment)
    if "FOEDUS_ROOM" in environment:
        room = int(environment["FOEDUS_ROOM"])
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is printed is no file on the disk
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    os.chdir(asked["folder"])
    code = 70
    try:
        code = _play(asked["steps"])
    except BaseException:
        traceback.print_exc()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def attempt(asked: dict[str, Any], place: Path) -> dict[str, Any]:
    """Try a command in a child."""
    out, err = str(place / "out"), str(place / "err")
    began, limit = time.monotonic(), float(asked.get("limit", 30))
    child = os.fork()
    if child == 0:
        _child(asked, out, err)
    hung = False
    while True:
        pid, status, used = os.wait4(child, os.WNOHANG)
        if pid:
            break
        if not hung and time.monotonic() - began > limit:
            hung = True
            try:
                os.killpg(child, signal.SIGKILL)
            except ProcessLookupError:
                os.kill(child, signal.SIGKILL)
        time.sleep(0.003)
    read = [Path(p).read_bytes().decode("utf-8", "replace") for p in (out, err)]
    return {"code": os.waitstatus_to_exitcode(status), "out": read[0], "err": read[1], "hung": hung,
            "seconds": round(time.monotonic() - began, 3), "memory": used.ru_maxrss / 1024}  # fmt: skip


def serve(case: str) -> None:
    """Answer tries until the input ends."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    warm(case)
    print(json.dumps({"ready": True}), file=told, flush=True)
    with tempfile.TemporaryDirectory() as place:
        for line in sys.stdin:
            print(json.dumps(attempt(json.loads(line), Path(place))), file=told, flush=True)


if __name__ == "__main__":
    serve(sys.argv[1])
