"""A whole exercise in ten browsers, two of them telephones: seats, table, silence, a kill, orders, the year, the debrief, a fork."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from foedus.council import room_form
from foedus.council.acts import FACILITATOR
from foedus.council.room_import import again, number_at, open_room, taken_from, up_to
from foedus.council.store.chain import genesis, whole
from foedus.council.store.sqlite import InAFile

BROWSER = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
AXE = (Path(__file__).parents[1] / "web" / "axe" / "axe.min.js").read_text(encoding="utf-8")

pytestmark = [pytest.mark.browser, pytest.mark.skipif(BROWSER is None, reason="no Chromium here")]

MEMBERS = ("USA", "GBR", "FRA", "BEL", "NLD", "NOR", "CAN")
PEOPLE = (FACILITATOR, *MEMBERS, "RUS", "observer")
TELEPHONES = ("FRA", "observer")
SHORT = """
import sys
from foedus.council import room_form
short = dict.fromkeys(("silence_seconds", "proposed_seconds", "amendment_seconds"), (1.0, 86_400.0))
room_form.AMOUNTS = {**room_form.AMOUNTS, **short}  # people need half a minute, a test does not
from foedus.cli.main import run
run(sys.argv[1:])
"""
FORM = """case: europe-1949
exercise: washington-1949
title: Washington 1949
seats: [USA, GBR, FRA, ITA, BEL, NLD, LUX, NOR, DNK, PRT, CAN, ISL, RUS]
rules: {silence_seconds: 3, proposed_seconds: 1, amendment_seconds: 2, own_first_seconds: 0, breaking: 0}
"""
WAIT = 180_000
"""Milliseconds after which what a page waits for is taken to be lost; on an idle machine all of it takes a second."""


class House:
    """A room that is served by a process of its own, which can be killed and started again on its port."""

    def __init__(self, folder: Path, room: str) -> None:
        self.folder, self.room, self.port = folder, room, 0
        self.process: subprocess.Popen[str] | None = None

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-c", SHORT, "council", *words]

    def start(self) -> None:
        words = self.command("serve", self.room, "--port", str(self.port))
        self.process = subprocess.Popen(words, cwd=self.folder, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        found = re.search(r"http://127.0.0.1:(\d+)/", line := self.process.stderr.readline())
        assert found is not None, line
        self.port = int(found.group(1))
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(self.here, timeout=10).close()
                return
            except (ConnectionError, urllib.error.URLError):
                continue

    @property
    def here(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(60)
            assert self.process.stderr is not None
            self.said = self.process.stderr.read()
            self.process.stderr.close()
            self.process = None


class People:
    """Browsers of people, each entered by a link; what any of them asks elsewhere, or stumbles over, is noted."""

    def __init__(self, browser: Any, house: House) -> None:
        self.browser, self.house = browser, house
        self.pages: dict[str, Any] = {}
        self.elsewhere: list[str] = []
        self.wrong: list[str] = []

    def enters(self, who: str, link: str, house: House | None = None) -> Any:
        if who in self.pages:
            self.pages[who].context.close()
        width, theme = (390, "dark") if who in TELEPHONES else (1440, "light")
        context = self.browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
        context.set_default_timeout(WAIT)
        page = self.pages[who] = context.new_page()
        page.on("request", self.asked)
        page.on("pageerror", lambda error: self.wrong.append(f"{who}: {error}"))
        page.goto(link.replace("http://127.0.0.1:8000", (house or self.house).here))
        page.wait_for_url("**/facilitator/console" if who == FACILITATOR else f"**/{who}")
        return page

    def asked(self, request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "file:")):
            self.elsewhere.append(request.url)

    def next(self, words: str) -> None:
        """Press the facilitator's one next step."""
        self.pages[FACILITATOR].get_by_role("button", name=words, exact=True).click()

    def does(self, who: str, label: str, button: str = "", **fields: Any) -> None:
        """Open an act of a page, fill it in, and send it; a press where nothing is to be filled in."""
        page = self.pages[who]
        page.locator("summary.btn", has_text=re.compile(rf"^{label} …$")).first.click()
        form = page.locator("details[open] > form.act").last
        for name, value in fields.items():
            field = form.locator(f"[name={name}]")
            if isinstance(value, list):
                for one in value:
                    form.locator(f"[name={name}][value={one}]").check()
            elif field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        form.get_by_role("button", name=button or label, exact=True).click()

    def reads(self, who: str, words: str) -> None:
        self.pages[who].get_by_text(words).first.wait_for(state="attached")


def usable(page: Any) -> list[Any]:
    """Return what is wrong with a page for those who cannot see it, and whether it is wider than its window."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document)")  # every rule, those of good practice too
    wide = page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth ? [] : ['too wide', ...[...document.querySelectorAll('main *')]"
        ".filter((e) => e.getBoundingClientRect().right > innerWidth && !e.closest('.scroll, .seats'))"
        ".slice(0, 4).map((e) => e.outerHTML.slice(0, 160))]"
    )
    told = [
        (v["id"], n["html"][:160], n.get("failureSummary", "")[:200]) for v in found["violations"] for n in v["nodes"]
    ]
    return [page.url, *told, *wide] if told or wide else []


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("exercise")
    (folder / "washington.yaml").write_text(FORM)
    found = House(folder, "washington.room")
    made = subprocess.run(
        found.command("new", "washington.yaml"), cwd=folder, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    links = dict(re.findall(r"^(\w+) +(http\S+)$", made.stdout, re.M))
    found.start()
    yield found, links
    found.stop()


def test_ten_people_play_an_exercise_and_nothing_is_lost(
    house: tuple[House, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, links = house
    short = dict.fromkeys(("silence_seconds", "proposed_seconds", "amendment_seconds"), (1.0, 86_400.0))
    monkeypatch.setattr(room_form, "AMOUNTS", {**room_form.AMOUNTS, **short})
    sync_api = pytest.importorskip("playwright.sync_api")
    with ExitStack() as stack:
        tool = stack.enter_context(sync_api.sync_playwright())
        browser = tool.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        stack.callback(browser.close)
        people = People(browser, place)
        desk = people.enters(FACILITATOR, links[FACILITATOR])
        people.next("Open the doors")
        for who in PEOPLE[1:]:
            people.enters(who, links[who])
        told = _they_talk(people)
        _they_decide(people, links, place)
        faults = _they_sign(people)
        assert faults == []
        with desk.expect_download() as loading:
            desk.locator("a", has_text=re.compile("^zip$")).click()
        loading.value.save_as(tmp_path / "whole.zip")
        _all_is_there(tmp_path / "whole.zip", told)
        _a_fork_is_entered(people, tmp_path)
        assert people.elsewhere == []
        assert people.wrong == []


def _they_talk(people: People) -> tuple[str, ...]:
    """The year begins; a concern is raised, two speak in private; return what was said."""
    people.next("Begin the year")
    people.reads(FACILITATOR, "Go on to consultation")
    people.reads("USA", "A treaty of the North Atlantic")
    people.next("Go on to consultation")
    nor, can = people.pages["NOR"], people.pages["CAN"]
    for page in (nor, people.pages["BEL"]):
        page.locator("#more > summary").click()
    people.does("BEL", "Raise a concern", words="Who decides that an attack has begun?")
    people.reads("GBR", "Who decides that an attack has begun?")
    people.reads("NOR", "Concern: Who decides that an attack has begun?")  # unfolded, and told all the same
    people.does("NOR", "Open a channel", members=["CAN"], words="Two of the Arctic")
    can.get_by_role("link", name="Two of the Arctic").wait_for()
    nor.wait_for_url(re.compile(r"channel=\w+#channels$"))  # who opens one is in it
    nor.locator("#draft").fill("Shall we speak of Greenland first?")
    nor.get_by_role("button", name="Send").click()
    nor.locator(".log").get_by_text("Shall we speak of Greenland first?").wait_for()
    for who in ("GBR", "observer"):
        assert "Greenland" not in people.pages[who].content()
    return "Who decides that an attack has begun?", "Shall we speak of Greenland first?"


def _they_decide(people: People, links: dict[str, str], place: House) -> None:
    """The text is amended, placed under silence, broken; somebody drops out, the server is killed; it is adopted."""
    people.next("Go on to the table")
    people.reads("GBR", "Amend an article")
    article = people.pages["GBR"].locator("select[name=article] option").nth(1).get_attribute("value")
    people.does("GBR", "Amend an article", article=article, words="A council meets within a day of any call.")
    people.reads("USA", "version 2")
    assert "within" not in people.pages["RUS"].content(), "who does not sit at the table does not read its text"
    people.does("USA", "Propose silence", minutes="5")
    people.reads("NOR", "Under silence")
    people.does("NOR", "Break silence", words="A day is too short from Oslo.")
    for who in ("USA", "FRA"):
        people.reads(who, "Silence was broken by Norway")
    fra = people.pages["FRA"]
    fra.get_by_role("button", name="Channels").click()
    fra.locator("#draft").fill("Algeria has to be in it")
    fra.get_by_text("Kept here and on the server", exact=True).wait_for()
    place.stop(signal.SIGKILL)
    place.start()
    fra = people.enters("FRA", links["FRA"])
    assert fra.locator("#draft").input_value() == "Algeria has to be in it"
    people.pages[FACILITATOR].reload()
    people.next("Go on")
    people.reads("USA", "Propose silence")
    people.does("USA", "Propose silence", minutes="0.05")
    for who in ("USA", "FRA"):
        people.reads(who, "Adopted.")


def _they_sign(people: People) -> list[Any]:
    """Orders, the year, the debrief; return what is wrong with any page on the way."""
    faults = [usable(people.pages[w]) for w in ("USA", "FRA", FACILITATOR)]
    people.next("Close the table, open the orders")
    people.reads(FACILITATOR, "Close the orders")
    for who in MEMBERS:
        page = people.pages[who]
        page.goto(page.url.partition("?")[0] + "/orders")
        page.locator("input[type=radio][value=yes]").first.check()
        page.get_by_role("button", name="Confirm these orders").click()
        page.get_by_role("heading", name="Your orders are confirmed.").wait_for()
    faults += [usable(people.pages[w]) for w in ("USA", "FRA")]
    people.next("Close the orders")
    people.reads(FACILITATOR, "Open the debrief")
    for who in ("USA", "FRA"):
        page = people.pages[who]
        for name in ("brief", "year"):
            page.goto(re.sub(r"/\w+$", f"/{name}", page.url))
            faults.append(usable(page))
        assert "not worked out yet" not in page.content()
    people.next("Open the debrief")
    for who in ("observer", FACILITATOR):
        page = people.pages[who]
        page.goto(re.sub(r"/(console)?$", "", page.url.partition("?")[0]) + "/replay")
        faults.append(usable(page))
    lobby = people.pages["observer"]
    lobby.goto(lobby.url.partition("/observer")[0])
    faults.append(usable(lobby))
    lobby.goto(lobby.url + "/GBR")
    faults.append(usable(lobby))
    return [f for f in faults if f]


def _all_is_there(archive: Path, said: tuple[str, ...]) -> None:
    """What was acknowledged is in the log once, sealed, and its year is worked out the same again."""
    room = taken_from(archive)
    words = [one.event.words for one in room.events if one.event.words]
    for one in (*said, "A day is too short from Oslo."):
        assert words.count(one) == 1, one
    found = again(room)
    assert found.differs == ()
    assert found.room.phase == "debrief"
    assert [t.state for t in found.room.texts.values()] == ["adopted"]
    assert any(key.startswith("body ") for key in found.room.in_force)


def _a_fork_is_entered(people: People, folder: Path) -> None:
    """The orders are given once more in a room of their own; and the replay is read without a server."""
    room = taken_from(folder / "whole.zip")
    forked = up_to(room, number_at(room, "1949.orders"), time.time(), "without the signatures")
    cards = open_room(forked, str(folder / "fork.room"), time.time())
    store = InAFile(folder / "fork.room")
    assert list(whole(store.log(2), genesis(store.form())))[-1].event.kind == "room.forked"
    store.close()
    other = House(folder, "fork.room")
    other.start()
    try:
        link = cards[1].link(other.here, "fork")
        people.enters("USA", link, other)
        people.reads("USA", "Adopted.")
        people.pages["USA"].goto(f"{other.here}/r/fork/USA/orders")
        assert people.pages["USA"].get_by_role("heading", name="No orders are given yet.").is_visible()
    finally:
        other.stop()
