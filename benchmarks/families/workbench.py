"""The workbench as its readers meet it: bytes, seconds from the command to a page, from a slider to the number, draws, a crowd."""

from __future__ import annotations

import atexit
import http.client
import itertools
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from measure import Figure, Skipped, absent, installed

CASE, LARGE = "indo-pacific-2020", "atlantic-2020"
"""Ten recognised states and two more, and twenty-seven."""
BUDGETS: Final = {"page": 250.0, "packed": 110.0, "requests": 8.0, "readable": 0.8, "start": 3.0, "number": 4.0}
BUDGETS |= {"slider": 100.0, "slider90": 150.0, "large": 400.0, "draws": 2.5, "crowd": 1000.0, "memory": 1024.0}
TWIN = Path(__file__).parents[1] / "shiny_twin.py"
CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), "")
_NEW = itertools.count()
"""No two questions of a run are the same, so that nothing is answered from memory."""

WATCH: Final = """
window.seen = [];
const fetch_ = window.fetch;
window.fetch = async (...what) => {
  const answer = await fetch_(...what);
  if (String(what[0]).includes("play/quick")) {
    const json = answer.json.bind(answer), text = answer.text.bind(answer);
    const then = (read) => async () => { const found = await read(); requestAnimationFrame(() => window.seen.push(performance.now())); return found; };
    answer.json = then(json); answer.text = then(text);
  }
  return answer;
};
document.addEventListener("DOMContentLoaded", () => { if (window.jQuery) window.jQuery(document).on("shiny:value", (e) => {
  if (e.name === "gains") requestAnimationFrame(() => window.seen.push(performance.now())); }); });
"""
"""Notes when a number that was asked for is on the screen, for either side at its own last word of an answer."""

MOVE: Final = """async ([slider, value]) => {
  const field = document.getElementById(slider), count = window.seen.length, began = performance.now();
  if (window.jQuery && window.jQuery(field).data("ionRangeSlider")) window.jQuery(field).data("ionRangeSlider").update({from: value});
  else { field.value = value; }
  field.dispatchEvent(new Event("input", {bubbles: true})); if (window.jQuery) window.jQuery(field).trigger("change");
  while (window.seen.length <= count && performance.now() - began < 20000) await new Promise((r) => setTimeout(r, 1));
  return (window.seen[count] ?? began + 20000) - began;
}"""


class Server:
    """A program that serves pages, in a process of its own with a cache of its own."""

    def __init__(self, words: list[str], named: str = "", cache_: str = "") -> None:
        self.cache = cache_ or tempfile.mkdtemp(prefix="foedus-bench-")
        env = {**os.environ, "FOEDUS_CACHE": self.cache}
        self.began = time.perf_counter()
        self.process = subprocess.Popen(words, env=env, stderr=subprocess.PIPE, text=True)
        atexit.register(self.end)
        assert self.process.stderr is not None
        self.here = named or self.process.stderr.readline().split(" at ")[1].split(" (")[0].rstrip("/")
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def read(self, path: str, whole: bool = False, reader: bool = False) -> bytes:
        """Return a page as soon as there is one, and if asked when nothing in it is under way any more, or as a reader sees it."""
        place = urlsplit(self.here)
        for _ in range(6_000):
            with suppress(OSError):
                wire = http.client.HTTPConnection(str(place.hostname), place.port, timeout=300)
                asked = {"connection": "close"} | ({"accept": "text/html"} if reader else {})
                wire.request("GET", path, headers=asked)
                answer = wire.getresponse()
                content = answer.read()
                if answer.status == 200 and not (whole and answer.headers.get("refresh")):
                    return content
            time.sleep(0.01)
        raise AssertionError(f"{self.here}{path} was never there")

    def memory(self) -> float:
        """Return what server and workers hold, in MiB; pages that they share count once."""
        children = {self.process.pid}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) in children:
                    children.add(int(folder.name))
        held = 0.0
        for process in children:
            with suppress(OSError):
                text = Path(f"/proc/{process}/smaps_rollup").read_text()
                held += float(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0]) / 1024
        return held

    def end(self) -> None:
        """Stop the program."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()


def workbench(case: str, cache_: str = "", *more: str) -> Server:
    """Return a workbench on a free port."""
    return Server([sys.executable, "-m", "foedus", "web", case, "--port", "0", *more], cache_=cache_)


@cache
def ours(case: str) -> Server:
    """Return the workbench of a case, warm: its draws are there and both kinds of workers have answered."""
    server = workbench(case)
    if case == CASE:  # the start of another case would begin with its 200 draws, and have the cores for minutes
        server.read("/", whole=True)
    for _ in range(3):
        server.read(f"/c/{case}/play/quick?lever=trade:{fresh()}")
    return server


@cache
def theirs(case: str) -> Server:
    """Return the twin of the playground of a case, warm."""
    with tempfile.TemporaryDirectory() as folder:
        assert folder
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = Server([sys.executable, str(TWIN), str(port), case], f"http://127.0.0.1:{port}")
    server.read("/")
    return server


def fresh() -> float:
    """Return a value of a lever that was not asked for yet."""
    return round(0.5 + (next(_NEW) * 0.0137) % 1.0, 4)


class Browser:
    """A Chromium with one page, as one reader has it."""

    def __init__(self) -> None:
        from playwright.sync_api import sync_playwright

        self._tool = sync_playwright().start()
        self._browser = self._tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        atexit.register(self._tool.stop)
        atexit.register(self._browser.close)

    def page(self) -> Any:
        """Return a new page with an empty memory."""
        page = self._browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.add_init_script(WATCH)
        return page


@cache
def browser() -> Browser:
    """Return the browser of this run."""
    return Browser()


def dragged(server: Server, path: str, slider: str, steps: int) -> list[float]:
    """Return how long it takes from the movement of a slider to the number on the screen, in ms, for every step."""
    page = browser().page()
    page.goto(server.here + path)
    until = time.perf_counter() + 120
    while not page.evaluate("window.seen.length") and time.perf_counter() < until:
        time.sleep(0.05)
    found = [page.evaluate(MOVE, [slider, round(fresh(), 2)]) for _ in range(steps + 2)]
    page.context.close()
    return found[2:]


def large(steps: int) -> float:
    """Return below how many ms nine in ten answers of the large case are; its server is gone afterwards."""
    found = slider_of(LARGE, steps, 0.9)()
    ours(LARGE).end()
    return found


def slider_of(case: str, steps: int, share: float) -> Callable[[], float]:
    """Return what measures our slider: a share of the steps is quicker than what it returns."""
    return lambda: quantile(dragged(ours(case), f"/c/{case}/play?draws=0", "lever-trade", steps), share)


def twin_of(case: str, steps: int, share: float) -> Callable[[], float]:
    """Return the same for the twin."""
    return lambda: quantile(dragged(theirs(case), "/", "trade", steps), share)


def quantile(values: list[float], share: float) -> float:
    """Return the value below which a share of the values lies."""
    return statistics.median(values) if share == 0.5 else sorted(values)[min(int(share * len(values)), len(values) - 1)]


def carried(server: Server, path: str) -> tuple[float, float]:
    """Return the kilobytes of a page with everything it brings along, as they are, and how many requests it takes."""
    page = browser().page()
    got: list[Any] = []
    page.on("requestfinished", lambda r: got.append(r))
    page.goto(server.here + path, wait_until="load")
    time.sleep(1.0)
    there = [r for r in got if r.url.startswith("http")]
    found = sum(len(r.response().body()) for r in there) / 1000, float(len(there))
    page.context.close()
    return found


def readable(server: Server, path: str) -> float:
    """Return the seconds until the largest words of a page are painted."""
    page = browser().page()
    page.goto(server.here + path, wait_until="load")
    words = """() => new Promise((r) => new PerformanceObserver((l) => r(l.getEntries().at(-1).startTime / 1000))
      .observe({type: "largest-contentful-paint", buffered: true}))"""
    found = float(page.evaluate(words))
    page.context.close()
    return found


def started(kept: bool, reader: bool = True) -> Callable[[], float]:
    """Return what measures the seconds from the command to a page, with the first page kept or without; code is compiled.

    A reader is shown what is on record where nothing is kept; who is none waits for the number.
    """

    def begun() -> float:
        cache_ = ours(CASE).cache if kept else ""
        server = workbench(CASE, cache_)
        server.read("/", reader=reader)
        seconds = time.perf_counter() - server.began
        server.end()
        return seconds

    return begun


def streamed(draws: int) -> float:
    """Return the seconds until so many draws of a world that nobody has asked for are streamed."""
    place, began = urlsplit(ours(CASE).here), time.perf_counter()
    wire = http.client.HTTPConnection(str(place.hostname), place.port, timeout=120)
    wire.request("GET", f"/c/{CASE}/draws?lever=trade:{fresh()}&draws={draws}")
    count = wire.getresponse().read().count(b"\nid: ")
    assert count >= draws - 1
    return time.perf_counter() - began


@cache
def crowd(readers: int, seconds: float) -> tuple[list[float], float, int]:
    """Return every answer's ms of readers who drag without a pause, the memory held after it in MiB, and the errors."""
    server = ours(CASE)
    place, until = urlsplit(server.here), time.perf_counter() + seconds
    times: list[float] = []
    wrong: list[object] = []

    def reader(name: int) -> None:
        wire = http.client.HTTPConnection(str(place.hostname), place.port, timeout=60)
        while time.perf_counter() < until:
            began = time.perf_counter()
            wire.request(
                "GET",
                f"/c/{CASE}/play/quick?lever=trade:{fresh()}&lever=threat:{1 + name / 100}",
                headers={"x-tab": f"t{name}"},
            )
            answer = wire.getresponse()
            content = answer.read()
            if answer.status != 200 or "body" not in json.loads(content):
                wrong.append(answer.status)
            times.append(1000 * (time.perf_counter() - began))

    threads = [threading.Thread(target=reader, args=(k,)) for k in range(readers)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return times, server.memory(), len(wrong)


def in_crowd(readers: int, seconds: float) -> float:
    """Return below how many ms nine in ten answers are when many drag at once; an error is no answer."""
    times, _, wrong = crowd(readers, seconds)
    assert not wrong, f"{wrong} answers were errors"
    return quantile(times, 0.9)


def figures(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield the figures; what has no peer is held against the budget of the page."""
    steps, draws, readers = (6, 8, 6) if quick else (24, 40, 30)
    if not CHROMIUM or not installed("playwright"):
        yield Skipped("workbench, in a browser", "there is no Chromium, or no playwright")
        return
    shiny = installed("shiny")
    name = "slider to number, 10 states, ms / Shiny"
    if shiny:
        peer = {"peer": twin_of(CASE, steps, 0.5), "against": shiny, "goal": 2}
        yield Figure(name, slider_of(CASE, steps, 0.5), unit="ms", within=BUDGETS["slider"], **peer)
        page = {"peer": lambda: carried(theirs(CASE), "/")[0], "against": shiny}
        yield Figure(
            "kilobytes of a playground / Shiny",
            lambda: carried(ours(CASE), f"/c/{CASE}/play?draws=0")[0],
            unit="kB",
            **page,
        )
    else:
        yield absent(name, "shiny")
        yield Figure(name, slider_of(CASE, steps, 0.5), unit="ms", within=BUDGETS["slider"], against="no peer")
    alone = {"against": "budget of the page"}
    yield Figure(
        "slider to number, 10 states, p90", slider_of(CASE, steps, 0.9), unit="ms", within=BUDGETS["slider90"], **alone
    )
    yield Figure(
        "slider to number, 27 states, p90",
        lambda: large(steps // 2),
        unit="ms",
        within=BUDGETS["large"],
        **alone,
    )
    yield Figure(
        "first page, everything it brings",
        lambda: carried(ours(CASE), "/")[0],
        unit="kB",
        within=BUDGETS["page"],
        **alone,
    )
    yield (
        Figure("requests of the first page", lambda: carried(ours(CASE), "/")[1], unit="", within=0.0, **alone)
        if False
        else Figure(
            "requests of the first page",
            lambda: carried(ours(CASE), "/")[1],
            unit="requests",
            within=BUDGETS["requests"],
            **alone,
        )
    )
    yield Figure(
        "answer readable", lambda: readable(ours(CASE), f"/c/{CASE}"), unit="s", within=BUDGETS["readable"], **alone
    )
    yield Figure("from the command to a page", started(True), unit="s", within=BUDGETS["start"], **alone)
    yield Figure("from the command to a page, nothing kept", started(False), unit="s", within=BUDGETS["start"], **alone)
    yield Figure(
        "from the command to its number, nothing kept",
        started(False, False),
        unit="s",
        within=BUDGETS["number"],
        **alone,
    )
    yield Figure(f"{draws} draws streamed", lambda: streamed(draws), unit="s", within=BUDGETS["draws"], **alone)
    yield Figure(
        f"{readers} readers dragging at once, p90",
        lambda: in_crowd(readers, 10.0),
        unit="ms",
        within=BUDGETS["crowd"],
        **alone,
    )
    yield Figure(
        f"memory after {readers} readers",
        lambda: crowd(readers, 10.0)[1],
        unit="MiB",
        within=BUDGETS["memory"],
        **alone,
    )
