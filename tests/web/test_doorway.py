from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.cli.main import main, run
from foedus.vocabulary.errors import FoedusError
from foedus.web.doorway import serve
from foedus.web.held import Held
from foedus.web.serve import create_app


def test_the_command_serves_a_page_soon_and_ends_when_it_is_asked_to() -> None:
    command = [sys.executable, "-m", "foedus", "web", "asia-1953", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as run:
        assert run.stderr is not None
        here = re.search(r"http://127\.0\.0\.1:\d+/", run.stderr.readline())
        assert here is not None
        for _ in range(100):
            try:
                text = urllib.request.urlopen(here.group(), timeout=30).read().decode()
                break
            except OSError:
                time.sleep(0.1)
        assert "East Asia and the Pacific, autumn 1953" in text
        run.terminate()
        assert run.wait(60) in (0, -15, 130, 143)


def test_others_are_served_only_when_that_is_said() -> None:
    with pytest.raises(FoedusError, match="Add --public"):
        serve("asia-1953", host="0.0.0.0")
    with pytest.raises(FoedusError, match="Did you mean 'asia-1953'"):
        serve("asia-1593")


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_cannot_be_is_said(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["web", "asia-1953", "--port", port])
    assert f"--port {port}: there is no such port. Give 0 to 65,535" in capsys.readouterr().err


def test_an_answer_of_the_command_line_is_opened_as_the_page_that_shows_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served: list[tuple[object, str]] = []
    shown: list[bool] = []

    def serve(case: object, page: str, port: int, show: bool) -> None:
        served.append((case, page))
        shown.append(show and port == 0)

    monkeypatch.setattr("foedus.web.doorway.serve", serve)
    line = "assess asia-1953 --set KOR.trade.CHN=0.02 --without dispute --draws 2 --open"
    done = CliRunner().invoke(main, line.split())
    assert done.exit_code == 0, done.output
    assert served == [("asia-1953", "/c/asia-1953?set=KOR.trade.CHN:0.02&without=dispute&draws=2")]
    assert shown == [True]
    with TestClient(create_app(Held("asia-1953"), warm=False)) as client:
        assert "one of 2 draws" in client.get(served[0][1]).text


def test_a_year_and_a_folder_are_opened_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    served: list[tuple[object, str]] = []
    monkeypatch.setattr("foedus.web.doorway.serve", lambda case, **how: served.append((case, how["page"])))
    monkeypatch.chdir(tmp_path)
    for line in (
        "assess indo-pacific-2020@1986 --draws 0 --open",
        "case new mine --from asia-1953",
        "report mine --draws 0 --open",
    ):
        done = CliRunner().invoke(main, line.split())
        assert done.exit_code == 0, done.output
    assert served == [("indo-pacific-2020", "/c/indo-pacific-2020?year=1986&draws=0"), ("mine", "/c/mine?draws=0")]
    with TestClient(create_app(Held("mine"), warm=False)) as client:
        assert client.get("/c/mine?draws=0").status_code == 200
