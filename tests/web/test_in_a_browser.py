"""Roads through the workbench in a real browser with the network cut, and every page checked for those who cannot see it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from foedus.version import __version__
from foedus.web.pages import OTHERS, VIEWS
from web.browsing import BROWSER, WRONG

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")

pytestmark = [pytest.mark.browser, pytest.mark.skipif(BROWSER is None, reason="no Chromium here")]

IN_BAR = """[...document.querySelectorAll(".bar nav [aria-current]")].every((a) => {
  const [here, bar] = [a, a.parentElement].map((e) => e.getBoundingClientRect());
  return here.left >= bar.left - 1 && here.right <= bar.right + 1;
})"""
SMALL = """[...document.querySelectorAll("svg text")].filter((t) => t.checkVisibility() && t.getBoundingClientRect().width).map((t) => {
  const at = t.getScreenCTM();
  return [parseFloat(getComputedStyle(t).fontSize) * Math.hypot(at.b, at.d), t.textContent];
}).filter(([size]) => size < 12.49)"""
"""Letters of pictures that are drawn below 12.5 pixels."""
ANYWHERE = """(() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = [];
  while (walk.nextNode()) {
    const {parentElement: e, data} = walk.currentNode;
    if (/[a-zA-Z0-9]/.test(data) && e.checkVisibility() && !e.closest("svg,.sr") && parseFloat(getComputedStyle(e).fontSize) < 12.49)
      small.push([e.tagName, getComputedStyle(e).fontSize, data.trim().slice(0, 40)]);
  }
  return small;
})()"""
"""Letters of a page itself, those of formulas too, that are smaller than 12.5 pixels."""
MEASURE = """(() => {
  const range = document.createRange(), full = [];
  for (const e of document.querySelectorAll("main p, main figcaption")) {
    const lines = {}, walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    while (e.checkVisibility() && walk.nextNode())
      for (let k = 0; k < walk.currentNode.length; k++) {
        range.setStart(walk.currentNode, k);
        range.setEnd(walk.currentNode, k + 1);
        const box = range.getBoundingClientRect();
        if (box.width) lines[Math.round(box.bottom / 5)] = (lines[Math.round(box.bottom / 5)] ?? 0) + 1;
      }
    full.push(...Object.values(lines).slice(0, -1));
  }
  return full.reduce((a, b) => a + b, 0) / full.length;
})()"""
"""Letters of a full line of prose, on average."""
ELSEWHERE = ("/t/new", "/c/new")
"""Pages that are looked at in the same way beside the roads through forms."""
PAGES = (
    "/",
    "/c/asia-1953?draws=20",
    "/c/asia-1953?map=gains&draws=20&without=dispute",
    "/c/asia-1953/why/KOR?draws=20",
    "/c/asia-1953/years?draws=0",
    "/c/indo-pacific-2020/years",
    "/c/asia-1953/play?draws=0&lever=trade:0.5&vs=without%3Ddispute",
    "/c/asia-1953/draft?members=USA,JPN,KOR",
    "/class",
    "/c/asia-1953/quarrel",
    "/c/asia-1953/wedge",
    "/c/asia-1953/leverage?draws=0",
    "/c/asia-1953/case",
    "/n/grievance/KOR/JPN?case=asia-1953",
    "/t/large-allies-pay-more?draws=3&claim=1",
    "/c/new?region=asia&year=1990&states=JPN,KOR&hub=USA&adversaries=CHN",
    "/embed/c/asia-1953?draws=20",
    "/docs",
    "/docs?q=trade",
    "/method",
    "/docs/tutorial",
    "/method/exposure",
    "/parameters",
    WRONG,
)


def test_a_newcomer_reads_what_comes_out_how_sure_it_is_and_who_refuses(opened: Any, here: str) -> None:
    page = opened(script=False)
    page.goto(f"{here}/c/asia-1953?draws=20")
    assert "body" in page.get_by_role("heading", level=1).inner_text()
    assert "5–95 % of 20 draws" in page.locator(".big").inner_text().replace("\xa0", " ")
    assert page.get_by_text("one of 20 draws").is_visible()
    assert page.get_by_role("img").count() >= 4
    page.get_by_role("link", name="Who refuses, and why").click()
    assert page.get_by_role("heading", level=1).inner_text().endswith(("would refuse.", "might go either way."))


def test_a_doubter_goes_from_a_state_to_a_source(opened: Any, here: str) -> None:
    page = opened()
    page.goto(f"{here}/c/asia-1953?draws=20")
    place = page.locator("figure.map .broad [data-state=KOR] circle").first.bounding_box()
    page.mouse.click(place["x"] + place["width"] / 2 + 8, place["y"] + 3)
    page.wait_for_url("**/why/KOR**")
    page.get_by_role("link", name="quarrels among members").click()
    assert "term=dispute" in page.url
    fact = page.get_by_role("link", name="Grievance of South Korea towards Japan")
    fact.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Grievance of South Korea towards Japan"
    assert page.get_by_role("heading", name="Where it comes from").is_visible()
    assert page.get_by_role("heading", name="How much it matters").is_visible()
    page.get_by_role("button", name="Ask").click()
    assert "set=KOR.grievance.JPN" in page.url
    page.get_by_role("link", name="undo").click()
    assert "set=" not in page.url


def test_a_reader_walks_through_a_trial_by_keys(opened: Any, here: str) -> None:
    page = opened()
    page.goto(f"{here}/t/large-allies-pay-more?draws=3&claim=1")
    first = page.locator("#ev h2").inner_text()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**claim=2**")
    assert page.locator("#ev h2").inner_text() != first
    page.get_by_role("link", name="Claim before").click()
    assert page.locator("#ev h2").inner_text() == first


def test_a_picture_is_taken_along_as_png_where_the_server_draws_none(
    opened: Any, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.web.framed.can_png", lambda: False)
    page = opened(accept_downloads=True)
    page.goto(f"{here}/c/asia-1953?draws=20")
    with page.expect_download() as told:
        page.get_by_role("button", name="picture (PNG)").click()
    content = Path(told.value.path()).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) == 2 * 760
    assert len(content) > 20_000


def test_behind_the_map_and_the_years_of_an_answer_stand_tables_that_come_when_they_are_opened(
    opened: Any, here: str
) -> None:
    page = opened()
    page.goto(f"{here}/c/asia-1953?draws=20")
    assert 40 < page.evaluate(MEASURE) <= 66
    for figure, words in (("map", "US–Japan Security Treaty"), ("time", "ANZUS")):
        place = page.locator(f"figure.{figure} details.later")
        assert place.locator("a").count() > 0, "without script it leads to the table"
        place.locator("summary").click()
        place.get_by_role("table").first.wait_for()
        assert words in place.get_by_role("table").first.inner_text()
    page.goto(f"{here}/c/asia-1953?draws=20&map=gains")
    page.locator("figure.map details.later summary").click()
    assert "South Korea" in page.locator("figure.map details.later").get_by_role("table").inner_text()
    bare = opened(script=False)
    bare.goto(f"{here}/c/asia-1953?draws=20")
    bare.locator("figure.map details.later summary").click()
    bare.get_by_role("link", name="What is in force").click()
    bare.locator("#t-map summary").click()
    assert bare.locator("#t-map").get_by_role("table").is_visible()


def test_years_are_walked_through_and_played_without_leaving_the_page(opened: Any, here: str) -> None:
    page = opened()
    page.goto(f"{here}/c/indo-pacific-2020/years?draws=0")
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="The year before").click()
    page.wait_for_url("**year=2019**")
    assert page.get_by_role("heading", level=1).inner_text() == "2019"
    assert "year=2019" in str(page.locator(".bar nav a").first.get_attribute("href")), "the bar stays in the year"
    page.go_back()
    page.get_by_role("heading", name="2020", exact=True).wait_for()
    page.get_by_role("button", name="Play the years").click()
    page.wait_for_url("**year=2021**")
    page.get_by_role("button", name="Stop").click()
    assert page.evaluate("window.stays")
    assert "foedus years indo-pacific-2020" in page.locator("footer code").first.inner_text()


def test_the_keyboard_alone_reaches_the_answer_and_the_list_of_cases(opened: Any, here: str) -> None:
    page = opened()
    page.goto(f"{here}/c/asia-1953?draws=20")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the answer"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="Europe, June 1914").first.is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Europe, June 1914").first.is_visible()


def test_no_page_is_left_out_of_those_that_everybody_can_use() -> None:
    seen = [p.partition("?")[0] for p in (*PAGES, *ELSEWHERE)]
    left = []
    for kind in (*VIEWS, *(path for path in OTHERS if "{form}" not in path)):
        if kind in VIEWS:
            pages = [p for p in seen if re.fullmatch(rf"/c/[\w-]+{'' if kind == 'answer' else f'/{kind}'}(/\w+)?", p)]
        else:
            pages = [p for p in seen if re.fullmatch(kind.replace("{rest:path}", ".+"), p)]
        left += [] if pages else [kind]
    assert left == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_everybody_can_use_every_page(opened: Any, here: str, path: str, width: int, theme: str) -> None:
    page = opened(width, theme)
    page.goto(here + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(IN_BAR), "the bar shows where one is"
    assert page.evaluate(SMALL) == [], "letters of pictures"
    assert page.evaluate(ANYWHERE) == [], "letters of the page"
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    told = [
        (v["id"], n["html"][:160], n.get("failureSummary", "")[:200]) for v in found["violations"] for n in v["nodes"]
    ]
    assert told == []


def test_print_shows_the_answer_and_no_controls(opened: Any, here: str) -> None:
    page = opened()
    page.goto(f"{here}/c/asia-1953?draws=20")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    under = page.locator("figure + .printed").all_inner_texts()
    assert len(under) == page.locator("main figure").count() > 3
    assert {re.sub(r"\w+$", "", u) for u in under} == {f"/c/asia-1953?draws=20&v={__version__} · result hash "}
    assert not page.get_by_role("navigation", name="Pages").is_visible()
    assert page.locator("footer code").first.is_visible()
    assert "draws=20&v=" in page.locator("footer .printed").inner_text()


def test_the_years_of_an_answer_are_walked_through_by_its_slider_and_by_dragging(opened: Any, here: str) -> None:
    page = opened()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{here}/c/indo-pacific-2020?draws=0")
    slider = page.get_by_role("slider", name="Year")
    assert not any("years.js" in url for url in asked), "what dragging takes comes with the first touch"
    before = page.evaluate("history.length")
    slider.focus()
    page.wait_for_load_state("networkidle")
    slider.press("ArrowLeft")
    page.wait_for_url("**/c/indo-pacific-2020?year=2019&draws=0")
    assert slider.get_attribute("aria-valuetext") == "2019"
    assert "2019-12-31" in page.locator("#figure-map figcaption").inner_text()
    assert page.evaluate("document.activeElement.id") == "at-year"
    place = slider.bounding_box()
    top = page.locator("figure.time .broad svg").bounding_box()["y"] + 40
    page.mouse.move(place["x"] + 0.6 * place["width"], top)
    page.mouse.down()
    for share in (0.4, 0.25):
        page.mouse.move(place["x"] + share * place["width"], top)
        page.locator("#figure-map figcaption").get_by_text(re.compile(r"on 19[67]\d|on 198\d")).wait_for()
    page.mouse.up()
    page.wait_for_url(re.compile(r"year=19(69|70)&"))
    assert page.evaluate("history.length") == before + 2, "one for the key and one for the drag"


def test_the_first_drag_is_not_lost_before_what_follows_it_is_there_and_asks_for_the_draws_of_a_press(
    opened: Any, here: str
) -> None:
    page = opened()
    held: list[Any] = []
    page.route("**/years.js*", lambda route: held.append(route))
    page.goto(f"{here}/c/indo-pacific-2020?lever=trade:0.5")
    picture = page.locator("figure.time .broad svg")
    picture.scroll_into_view_if_needed()
    place = picture.bounding_box()
    with page.expect_request("**/years.js*"):
        page.mouse.move(place["x"] + 0.8 * place["width"], place["y"] + 30)
        page.mouse.down()
    page.mouse.move(place["x"] + 0.6 * place["width"], place["y"] + 40, steps=5)
    page.mouse.up()
    assert page.evaluate("document.activeElement.tagName") == "BODY", "no link is framed by a drag"
    held[0].continue_()
    page.wait_for_url(re.compile(r"\?lever=trade:0.5&year=\d+$"))
    said = page.locator("figure.time [role=status]")
    assert re.match(r"(19|20)\d\d: .+ chance of a body in a year\. The likeliest outcome of a year", said.inner_text())
    assert page.get_by_role("button", name="Work out 200 draws").is_visible()
