from __future__ import annotations

from typing import Any

import pytest

from web.browsing import BROWSER, until

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no browser")
NUMBER = "/c/new?base=asia-1953&at=KOR.sovereignty"


def test_a_closed_tab_loses_nothing_that_was_typed(opened: Any, server: str) -> None:
    page = opened()
    page.goto(server + NUMBER)
    page.get_by_label("The reason, in a sentence").fill("The treaty of 1954 put its forces under the command")
    page.wait_for_timeout(500)
    again = page.context.new_page()
    page.close()
    again.goto(server + "/c/new")
    again.get_by_role("link", name="Go on with it").click()
    again.wait_for_url("**at=KOR.sovereignty")
    reason = again.get_by_label("The reason, in a sentence")
    until(again, "document.getElementById('reason').value.startsWith('The treaty')")
    assert reason.input_value() == "The treaty of 1954 put its forces under the command"
    again.goto(server + "/c/new")
    again.get_by_role("button", name="Forget it").click()
    again.reload()
    again.get_by_label("Name of the folder").wait_for()
    assert again.get_by_role("button", name="Forget it").count() == 0


def test_a_claim_has_a_name_of_its_own_in_the_browser(opened: Any, server: str) -> None:
    page = opened()
    page.goto(server + "/t/new?file=mine&case=asia-1953")
    page.get_by_label("The claim in one sentence").fill("Korea blocks whatever Japan is in")
    page.wait_for_url("**says=Korea*")
    page.wait_for_timeout(300)
    page.get_by_label("The claim in one sentence").press("End")
    page.get_by_label("The claim in one sentence").type(".")
    page.wait_for_url("**Japan%20is%20in.*", timeout=30_000)
    page.wait_for_timeout(300)
    other = page.context.new_page()
    other.goto(server + "/t/new?file=another&case=asia-1953")
    assert other.get_by_label("The claim in one sentence").input_value() == ""
    other.goto(server + "/t/new?file=mine")
    until(other, "(document.getElementById('says') || {}).value === 'Korea blocks whatever Japan is in.'")


def test_a_claim_that_is_tried_stays_tried_when_it_is_loaded_again(opened: Any, server: str) -> None:
    page = opened()
    page.goto(f"{server}/t/new?case=asia-1953&falsified_if=It%20does%20not%20rise.&draws=2")
    page.locator("#falsified_if").wait_for()
    page.wait_for_timeout(300)
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.reload()
    page.wait_for_timeout(800)
    assert "draws=2" in page.url
    assert [u for u in asked if "/t/new?" in u and "draws=2" not in u] == [], "and nothing else is asked meanwhile"


def test_an_empty_claim_is_empty_until_one_goes_on_and_each_field_keeps_its_own(opened: Any, server: str) -> None:
    page = opened()
    page.goto(server + "/t/new?case=asia-1953")
    page.get_by_label("By at least").fill("lots")
    page.locator("#change0").select_option("lever:half trade")
    page.wait_for_url("**lever=half*")
    again = page.context.new_page()
    again.goto(server + "/t/new?case=asia-1953")
    onward = again.get_by_role("link", name="Go on with it")
    onward.wait_for()
    assert again.locator("#at_least").input_value() != "lots", "nothing comes back unasked"
    onward.click()
    until(again, "(document.getElementById('change1') || {}).value === ''")
    changes = [again.locator("#change0").input_value(), again.locator("#change1").input_value()]
    assert changes == ["lever:half trade", ""], "the second field was never chosen"
    again.reload()
    until(again, "(document.getElementById('change1') || {}).value === ''")
    assert again.locator("#at_least").input_value() == "lots", "what is loaded again goes on"
    again.get_by_role("link", name="Start afresh").click()
    again.wait_for_url("**/t/new?case=asia-1953")
    again.get_by_role("link", name="Go on with it").wait_for()
    assert again.locator("#at_least").input_value() != "lots"


FAKE = """
async ([name, hidden]) => {
  const made = [];
  window.EventSource = class { constructor() { made.push(this); } addEventListener() {} close() { this.closed = true; } };
  window.made = made;
  Object.defineProperty(document, "hidden", { get: () => window.away ?? hidden, configurable: true });
  const { stream } = await import(`${name}/static/asking.js`);
  window.close_ = stream("/nowhere", { gone() {}, drawn() {}, about() {}, waits() {}, ended() {} });
}
"""
STATE = "made.map((s) => Boolean(s.closed))"


def test_a_tab_that_is_not_looked_at_gives_its_stream_up_to_another_and_goes_on_when_it_is(
    opened: Any, server: str
) -> None:
    first = opened()
    first.goto(server + "/docs")
    first.evaluate(FAKE, ["", True])
    second = first.context.new_page()
    second.goto(server + "/docs")
    second.evaluate(FAKE, ["", False])
    until(first, f"{STATE}.join() === 'true'")
    assert second.evaluate(STATE) == [False]
    first.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    assert first.evaluate(STATE) == [True, False]
    second.wait_for_timeout(200)
    assert second.evaluate(STATE) == [False], "a tab that is looked at keeps its stream"
    first.evaluate("close_()")
    assert first.evaluate(STATE) == [True, True]


POLLED = """
async (answers) => {
  window.EventSource = class {
    static CLOSED = 2;
    constructor() { this.readyState = 2; setTimeout(() => this.onerror(), 0); }
    addEventListener() {}
    close() {}
  };
  const asked = [], drawn = [];
  window.fetch = async (url, how) => {
    asked.push(how.headers["last-event-id"]);
    const [status, body] = answers.shift();
    return new Response(body, { status, headers: { "retry-after": "0" } });
  };
  const { stream } = await import("/static/asking.js");
  return new Promise((done) => stream("/nowhere", {
    gone() {}, about() {}, waits() {}, drawn(row, count) { drawn.push(count); }, ended(says) { done([drawn, asked, says]); },
  }));
}
"""


def test_where_no_stream_comes_through_draws_are_asked_for_piece_by_piece(opened: Any, server: str) -> None:
    page = opened()
    page.goto(server + "/docs")
    about, first, second = "event: about\ndata: {}\n\n", "id: 1\ndata: {}\n\n", "id: 2\ndata: {}\n\n"
    answers = [(200, about + first), (429, "slower"), (200, about + second + "event: done\ndata: {}\n\n")]
    assert page.evaluate(POLLED, answers) == [[1, 2], ["0", "1", "1"], ""]
    assert page.evaluate(POLLED, [(503, "20 questions wait already\n")]) == [[], ["0"], "20 questions wait already"]
