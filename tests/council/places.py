"""Places to keep a room in for tests: a file, and a PostgreSQL server that is started here."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from foedus.council.acts import Event

BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), Path("/usr/local/pgsql/bin"))


def said(words: str | None = "Good morning", see: str = "all", **body: object) -> Event:
    return Event("channel.said", "seat:KOR", see, {"id": "table", **body}, words, 1949, "table")


@contextmanager
def server() -> Iterator[str]:
    """Start a PostgreSQL server as somebody without rights; skip where there is none."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'foedus[postgres]'")
    if not (BIN / "initdb").exists():
        pytest.skip("no PostgreSQL server is installed here")
    root = os.geteuid() == 0
    user = pwd.getpwnam("nobody" if root else pwd.getpwuid(os.geteuid()).pw_name)
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    os.chown(folder, user.pw_uid, user.pw_gid)
    port = _free()
    as_user = {"user": user.pw_uid, "group": user.pw_gid} if root else {}

    def run(*words: str) -> None:
        subprocess.run([BIN / words[0], *words[1:]], check=True, capture_output=True, cwd=folder, **as_user)

    data = folder / "data"
    run("initdb", "-D", str(data), "-U", "council", "-A", "trust", "-N")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    run("pg_ctl", "-D", str(data), "-o", options, "-w", "-l", str(folder / "log"), "start")
    try:
        yield f"postgresql://council@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
