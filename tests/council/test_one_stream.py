"""One room in the windows of one browser: one stream for all, none lost when a window goes, asleep or cut off, and what is typed stays."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from own_process import Served, in_a_process

from web.browsing import until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with in_a_process(tmp_path_factory.mktemp("windows")) as room:
        yield room


@pytest.fixture(scope="module")
def context(served: Served, browser: Any) -> Any:
    """Windows of somebody who sits in the seat of the United States already: no test leans on another that entered."""
    found = browser.new_context()
    found.set_default_timeout(60_000)
    page = found.new_page()
    page.goto(f"{served.here}/r/a/enter#{served.secrets['USA']}")
    page.wait_for_url("**/USA")
    page.close()
    return found


@pytest.fixture(autouse=True)
def _closed(context: Any) -> Iterator[None]:
    """Close the windows of a test that failed: those of the next would follow them."""
    yield
    for page in context.pages:
        page.close()


def test_three_windows_have_one_stream_and_lose_nothing(served: Served, context: Any) -> None:
    streams: list[str] = []
    context.on("request", lambda r: streams.append(r.url) if "/stream?" in r.url else None)
    first = context.new_page()
    wrong: list[str] = []
    context.on("weberror", lambda e: wrong.append(str(e.error)))
    first.goto(f"{served.here}/r/a/enter#{served.secrets['USA']}")
    first.wait_for_url("**/USA")
    first.locator("body[data-live=stream]").wait_for()
    others = [context.new_page() for _ in range(2)]
    for page in others:
        page.goto(f"{served.here}/r/a/USA")
        page.locator("body[data-live=follows]").wait_for()
    served.says("One for all windows")
    for page in (first, *others):
        page.locator(".log").get_by_text("One for all windows").wait_for()
    assert len(streams) == 1
    for keys, there in (("gc", "draft"), ("gt", "paper")):
        others[0].locator("h1").first.evaluate("document.activeElement.blur()")
        for key in keys:
            others[0].keyboard.press(key)
        assert others[0].evaluate("document.activeElement.id || document.activeElement.className") == there
    first.close()  # the window that had the stream goes
    served.says("And after it")
    for page in others:
        page.locator(".log").get_by_text("And after it").wait_for()
    # one of the two takes the stream over; until then both still say what they were, or that they ask
    end = time.monotonic() + 60
    while "stream" not in [page.locator("body").get_attribute("data-live") for page in others]:
        assert time.monotonic() < end, "nobody takes the stream over"
        others[0].wait_for_timeout(100)
    for page in others:
        page.locator("body:is([data-live=stream], [data-live=follows])").wait_for()
    assert sorted(page.locator("body").get_attribute("data-live") for page in others) == ["follows", "stream"]
    assert len(streams) == 2
    for page in others:
        assert page.locator(".log li").filter(has_text="One for all windows").count() == 1
        page.close()
    assert wrong == []


def test_where_no_stream_comes_through_the_page_asks(served: Served, context: Any) -> None:
    page = context.new_page()
    page.route("**/stream?*", lambda route: route.fulfill(status=429, body=""))
    page.goto(f"{served.here}/r/a/USA")
    page.locator("body[data-live=asks]").wait_for()
    served.says("Without a stream")
    page.locator(".log").get_by_text("Without a stream").wait_for()
    page.close()


def test_what_is_typed_on_two_devices_is_merged_by_lines_and_both_stand_where_they_part(
    served: Served, context: Any
) -> None:
    pages = [context.new_page(), context.browser.new_context().new_page()]
    pages[1].goto(f"{served.here}/r/a/enter#{served.secrets['USA']}")
    pages[1].wait_for_url("**/USA")
    for page in pages:
        page.goto(f"{served.here}/r/a/USA")
        page.locator("body[data-live=stream]").wait_for()
    first, second = (page.locator("#draft") for page in pages)

    def types(k: int, text: str, then: str) -> None:
        with pages[k].expect_response("**/draft") as answer:
            pages[k].locator("#draft").fill(text)
        assert answer.value.json()["text"] == then

    types(0, "one\ntwo\nthree", "one\ntwo\nthree")
    pages[1].reload()
    assert second.input_value() == first.input_value()
    types(0, "ONE\ntwo\nthree", "ONE\ntwo\nthree")
    types(1, "one\ntwo\nTHREE", "ONE\ntwo\nTHREE")
    types(0, "uno\ntwo\nthree", "uno\ntwo\nTHREE")
    types(1, "eins\ntwo\nTHREE", "≠ eins\n≠ uno\ntwo\nTHREE")
    until(pages[1], "document.querySelector('#draft').value.startsWith('≠ eins')")
    for page in pages:
        page.locator("#draft").fill("")
        page.get_by_text("Kept here and on the server", exact=True).wait_for()
        page.close()


def test_a_telephone_that_was_asleep_has_what_it_missed_and_keeps_what_was_typed(served: Served, context: Any) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{served.here}/r/a/USA")
    page.locator("body[data-live=stream]").wait_for()
    page.get_by_role("button", name="Channels").click()
    context.set_offline(True)
    page.locator("#draft").fill("Typed in a tunnel")
    page.get_by_text("Kept here; the server does not answer").wait_for()
    served.says("Said meanwhile")
    page.evaluate("Date.now = ((then) => () => then() + 17000)(Date.now)")  # it slept for seventeen seconds
    context.set_offline(False)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator(".log").get_by_text("Said meanwhile").wait_for()
    assert page.locator("#draft").input_value() == "Typed in a tunnel"
    page.locator("#draft").press_sequentially(" and out")
    page.get_by_text("Kept here and on the server", exact=True).wait_for()
    page.get_by_role("button", name="Send").click()
    page.locator(".log").get_by_text("Typed in a tunnel and out").wait_for()
    words = [e["words"] for e in served.asked("observer", "/events.json")["events"]]
    assert words.count("Typed in a tunnel and out") == 1
    page.close()


def test_what_comes_moves_no_button_from_under_the_hand_nor_off_a_telephone(served: Served, context: Any) -> None:
    served.act("USA", "text.table", "A pact\fThey consult.\fThey meet.", table=served.table, articles=[None, None])
    events = served.asked("facilitator", "/events.json")["events"]
    text = next(e["body"]["id"] for e in events if e["kind"] == "text.tabled")
    page = context.new_page()
    page.set_viewport_size({"width": 1200, "height": 900})
    page.set_default_timeout(20_000)
    page.goto(f"{served.here}/r/a/enter#{served.secrets['USA']}")
    page.wait_for_url("**/USA")
    page.locator("body[data-live=stream]").wait_for()
    page.locator("#more summary").first.click()
    button = page.locator(".open-now summary").first
    page.evaluate("scrollTo(0, 0)")  # where a browser holds nothing by itself
    button.hover()
    at = "(el) => el.getBoundingClientRect().top"
    before = button.evaluate(at)
    served.act("USA", "consensus.call", id=text)
    page.locator(".due").get_by_text("Consensus is called").wait_for()
    assert page.locator(".paper").get_by_text("Consensus is called.").is_visible()
    assert abs(button.evaluate(at) - before) < 2
    assert page.locator(".log").evaluate("el => el.scrollHeight - el.scrollTop - el.clientHeight < 40")
    served.act("USA", "consensus.drop", id=text)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{served.here}/r/a/USA")
    bar = page.locator(".open-now")
    assert bar.evaluate("el => [el.scrollWidth <= el.clientWidth, el.querySelectorAll('.btn').length > 3]") == [
        True,
        True,
    ]
    assert all(b["x"] >= 0 and b["x"] + b["width"] <= 390 for b in [x.bounding_box() for x in bar.locator("> *").all()])
    page.close()


def test_the_page_of_orders_hears_what_changes_and_knows_that_it_is_connected(served: Served, context: Any) -> None:
    page = context.new_page()
    page.goto(f"{served.here}/r/a/enter#{served.secrets['USA']}")
    page.wait_for_url("**/USA")
    page.goto(f"{served.here}/r/a/USA/orders")
    page.locator("body[data-live=stream]").wait_for()
    page.get_by_role("heading", name="No orders are given yet.").wait_for()
    served.act("USA", "orders.put")
    page.locator("h1", has_not_text="No orders are given yet.").wait_for()
    page.close()
    brief = context.new_page()  # it is told nothing, and hears by its own word that the room is there
    brief.clock.install()
    brief.goto(f"{served.here}/r/a/USA/brief")
    for _ in range(4):
        with brief.expect_response("**/here"):
            brief.clock.fast_forward(8_500)
    assert not brief.locator("#offline").is_visible()
    brief.close()


def test_what_is_urgent_stands_beside_the_form_that_is_open_and_folding_shows_all_at_once(
    served: Served, context: Any
) -> None:
    served.act("GBR", "text.table", "A plan\fThey plan.", table=served.table, articles=[None])
    events = served.asked("facilitator", "/events.json")["events"]
    text = [e["body"]["id"] for e in events if e["kind"] == "text.tabled"][-1]
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{served.here}/r/a/USA")
    page.goto(f"{served.here}/r/a/USA?text={text}")
    page.locator("body[data-live=stream]").wait_for()
    form = page.locator("details[id^=f-amendment-offer]")
    form.locator("> summary").click()
    assert form.locator("textarea").input_value() == "They plan.", "a new wording begins with that of the article"
    form.locator("textarea").fill("They plan together.")
    served.act("GBR", "silence.propose", id=text, seconds=120)
    page.locator(".acts > .came > summary", has_text="Object to silence").wait_for(timeout=10_000)
    assert form.locator("textarea").input_value() == "They plan together."
    form.locator("> summary").click()
    form.wait_for(state="detached", timeout=1800)
    page.locator(".open-now summary", has_text="Object to silence").wait_for()
    listed = page.locator("[data-part=texts] a[aria-current=true]")
    assert [x.get_attribute("href") for x in listed.all()] == [f"/r/a/USA?text={text}"]
    assert "proposed" in listed.inner_text(), "a list that was told anew still marks the text that the page shows"
    served.act("USA", "silence.object", "A word first", id=text)
    page.locator(".paper .reason").get_by_text("A word first").wait_for()
    served.act("GBR", "text.withdraw", id=text)
    page.close()


def test_a_wrong_link_says_so_and_the_right_one_in_its_place_goes_in(served: Served, browser: Any) -> None:
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(f"{served.here}/r/a/enter#WRONG")
        page.get_by_role("alert").get_by_text("This link opens no seat of this room").wait_for()
        page.evaluate("code => { location.hash = code; }", served.secrets["USA"])
        page.wait_for_url("**/USA")
    finally:
        context.close()
