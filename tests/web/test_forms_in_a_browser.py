"""Roads through the forms in a real browser with the network cut: by keys alone, without script, and for everybody."""

from __future__ import annotations

import shlex
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from foedus.casebook.reader import read_case
from foedus.cli.main import main
from foedus.trials.claims import read_trial
from web.browsing import BROWSER, until

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")

pytestmark = [pytest.mark.browser, pytest.mark.skipif(BROWSER is None, reason="no Chromium here")]

CLAIM = (
    "/t/new?case=asia-1953&quantity=consent%20of%20KOR%20to%20everybody&expect=rises&lever=no%20quarrels"
    "&falsified_if=its%20consent%20does%20not%20rise&mechanism=dispute"
)
MADE = "judge=KOR.grievance.JPN:0.5%20from%200.2%20to%200.8:%20they%20say%20so%20everywhere"
REASON = "Europe came first: about two fifths of the force could be used in the Pacific and so I hold it too"
PAGES = (
    CLAIM,
    "/t/new?case=gulf-1981&quantity=nothing%20known",
    f"/c/new?{MADE}",
    f"/c/new?{MADE}&at=KOR.grievance.JPN",
    f"/c/new?{MADE}&at=KOR.gdp&how=measured&value=&do=take",
)


def _by_keys(page: Any, label: str, *keys: str) -> None:
    """Go on by the tabulator until a field of that name has the focus, then press keys."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(
            "document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent"
        ).startswith(label):
            break
    else:
        raise AssertionError(f"no key reaches '{label}'")
    for key in keys:
        if len(key) > 1 and key[0].isupper() and key.isalpha():
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)


def test_an_author_makes_a_claim_by_keys_alone_and_takes_its_file_along(
    opened: Any, server: str, tmp_path: Path
) -> None:
    page = opened()
    page.goto(f"{server}/t/new?case=asia-1953")
    assert page.get_by_text("What would show this to be wrong is not said yet").is_visible()
    assert page.get_by_role("link", name="Download").count() == 0
    _by_keys(page, "Quantity", "Chance that a member")
    page.get_by_label("Which member").wait_for()
    _by_keys(page, "Which member", "South K")
    page.get_by_text("“Chance that South Korea agrees to a council of everybody”").wait_for()
    page.get_by_label("A number of the case").fill("Japan trade China")
    page.keyboard.press("Tab")
    page.locator("#to-now").get_by_text("trade of Japan with China").wait_for()  # what it is now, while it is filled in
    for typed, becomes in (("11 apples", "11 apples"), ("half", "0.")):  # the later takes the place of the earlier
        page.get_by_label("set to").last.fill(typed)
        page.keyboard.press("Tab")
        until(page, f"(document.getElementById('set0') || {{value: ''}}).value.startsWith('{becomes}')")
        page.locator("#fact").fill("Japan trade China")
    assert page.locator(".set-row").count() == 1
    page.locator("#fact").fill("")
    page.get_by_role("button", name="Remove trade of Japan").click()
    page.locator(".set-row").wait_for(state="detached")
    _by_keys(page, "What would show it", "its")
    page.get_by_role("button", name="Try it in 50 draws").click()  # at once after typing, and taken the first time
    until(page, "document.activeElement.id === 'falsified_if'")
    assert page.locator("#falsified_if-wrong").is_visible()
    page.keyboard.press("End")
    page.keyboard.type(" consent does not rise by five points")
    page.wait_for_url("**falsified_if=its%20consent*five%20points**")  # all of it is answered, and no link comes anew
    page.get_by_role("link", name="Download my-claim.yaml").wait_for()
    with page.expect_download() as coming:
        _by_keys(page, "Download my-claim.yaml", "Enter")
    coming.value.save_as(tmp_path / "my-claim.yaml")
    claim = read_trial(tmp_path / "my-claim.yaml").claims[0]
    assert claim.falsified_if == "its consent does not rise by five points"
    assert claim.test is not None
    assert (claim.test.query.phrase, claim.test.at_least) == ("consent of KOR to everybody", 0.05)


def test_an_owner_of_a_region_makes_a_case_by_keys_alone_and_opens_it(opened: Any, server: str, tmp_path: Path) -> None:
    page = opened()
    page.goto(f"{server}/c/new?base=asia-1953&name=my-asia")
    _by_keys(page, "Go through them", "Enter")
    page.wait_for_url("**at=USA.available_share")
    fields = [page.get_by_label(words, exact=True) for words in ("At least", "Value", "At most")]
    low, middle = (float(f.input_value()) for f in fields[:2])
    # an end stops at the value, and the value takes an end along
    for keys, words, now in (
        ("Home", "At most", [low, middle, middle]),
        ("End", "Value", [low, 0.7, 0.7]),
        ("ArrowLeft", "Value", [low, 0.699, 0.7]),
    ):
        page.get_by_label(f"{words}, as a slider").press(keys)
        assert [float(f.input_value()) for f in fields] == now
    fields[1].fill("0.4321")
    assert page.get_by_label("Value, as a slider").input_value() == "0.432"
    _by_keys(page, "The reason", "End", " and so I hold it too")
    _by_keys(page, "Take it, and on", "Enter")
    page.wait_for_url("**at=USA.sovereignty")
    _by_keys(page, "Keep it as it is", "Enter")
    page.wait_for_url("**at=USA.free_force")
    assert page.get_by_text("USA.available_share judged").is_visible()
    with page.expect_download() as coming:
        _by_keys(page, "Download my-asia.zip", "Enter")
    coming.value.save_as(tmp_path / "my-asia.zip")
    command = (
        page.locator("footer code").inner_text().replace("case new my-asia", f"case new {tmp_path / 'by-hand.zip'}")
    )
    assert CliRunner().invoke(main, shlex.split(command)[1:]).exit_code == 0
    with zipfile.ZipFile(tmp_path / "my-asia.zip") as made:
        made.extractall(tmp_path)
    fact = read_case(tmp_path / "my-asia").fact("available_share", "USA")
    assert (fact.judged, fact.value, fact.high) == (REASON, 0.4321, 0.7)
    assert page.get_by_text("foedus web my-asia").is_visible()


def test_without_script_the_form_is_sent_and_says_the_same(opened: Any, server: str) -> None:
    page = opened(390, "dark", script=False)
    page.goto(f"{server}/t/new?case=asia-1953")
    page.get_by_label("Quantity").select_option("consent of MEMBER to BODY")
    page.get_by_label("What would show it").fill("It does not rise.")
    page.get_by_role("button", name="Ask").click()
    assert "quantity=consent%20of%20JPN%20to%20everybody" in page.url
    assert page.get_by_text("“Chance that Japan agrees to a council of everybody”").is_visible()
    assert page.get_by_role("link", name="Download my-claim.yaml").is_visible()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_everybody_can_use_every_form(opened: Any, server: str, path: str, width: int, theme: str) -> None:
    page = opened(width, theme)
    page.goto(server + path)
    page.locator("#outcome progress").wait_for(state="detached", timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    told = [
        (v["id"], n["html"][:160], n.get("failureSummary", "")[:200]) for v in found["violations"] for n in v["nodes"]
    ]
    assert told == []
