"""Given, on the page: switches, what the draws then come to, the command that prints the same, and sentences for what is wrong."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.asking import about_a_case
from foedus.asking.ask import Ask, How
from foedus.asking.kept import answered
from foedus.cli.main import main
from foedus.questions.answer import headline
from foedus.questions.given_that import Conditional, read_given
from foedus.questions.what_forms import BODY, CHANCE
from foedus.vocabulary.tables import percent
from foedus.web.address import of_ask, write
from foedus.web.held import Held
from foedus.web.serve import create_app

CHANGES = ("KOR.trade.CHN=0.02",)
GIVEN = ("USA=agrees", "THA=agrees")
REST = "set=KOR.trade.CHN:0.02&without=dispute&draws=24"
ADDRESS = f"/c/asia-1953?given=USA:agrees,THA:agrees&{REST}"


def test_the_page_the_command_and_the_record_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Ask("asia-1953", CHANGES, ("dispute",), draws=24)
    found = answered(asked, How(2))
    assert write(of_ask(Ask("asia-1953", CHANGES, ("dispute",), draws=24, given=GIVEN))) == ADDRESS
    with TestClient(create_app(Held("asia-1953"), warm=False)) as client:
        text = client.get(ADDRESS).text.replace("\u00a0", " ")
        told = client.get(ADDRESS.replace("?", ".json?")).text
        wrong = [
            client.get(f"/c/asia-1953?given={w}&{REST}") for w in ("JPM:agrees", "JPN:agree", "TWN:agrees,TWN:refuses")
        ]
        few = client.get("/c/asia-1953?given=JPN:agrees&draws=0").text
        years = client.get(f"/c/asia-1953/years?{REST}").text.replace("\u00a0", " ")
        refused = client.get("/c/asia-1953.json?given=JPM:agrees&draws=0")
    said, _, odds = headline(found).partition(": ")
    assert f"{said}.</h1>" in text
    assert odds.rpartition(", ")[0] in text
    assert headline(found) in years
    weighed = Conditional(found, read_given(found.task, GIVEN))
    top = text.partition('id="given"')[0]
    assert "without what is given" in top
    part = text.partition('id="given"')[2].partition("</section>")[0]
    assert f"the chance of a body in a year is {percent(weighed.mean(found.drawn(CHANCE(BODY))))} on average" in part
    assert f"the chance of a body in a year is {percent(weighed.mean(found.drawn(CHANCE(BODY))))} on average" in top
    assert f"the 24 draws count like {weighed.left:.0f}" in part
    off = f'href="/c/asia-1953?given=THA:agrees&{REST}#given" rel="nofollow" aria-current="true">agrees'
    assert off.replace("&", "&amp;") in part
    assert "given the United States agrees" in text.partition('id="yr"')[0]
    command = re.search(r"<code>foedus (.+?)</code>", text)
    assert command is not None
    # what the command works out by itself is tried elsewhere; here its words are, and what is said of them
    monkeypatch.setattr(about_a_case, "assessed", lambda task, *size: found if task.overrides else None)
    printed = CliRunner().invoke(main, [*command.group(1).split(), "--json"])
    assert told == printed.stdout
    assert '"given": "USA=agrees THA=agrees"' in told
    assert "Did you mean &#39;JPN&#39;?" in wrong[0].text
    assert f'href="/c/asia-1953?given=JPN:agrees&{REST}#given">JPN</a>'.replace("&", "&amp;") in wrong[0].text
    assert f'href="/c/asia-1953?given=JPN:agrees&{REST}#given">agrees</a>'.replace("&", "&amp;") in wrong[1].text
    assert "Taiwan cannot both agree and refuse" in wrong[2].text
    assert all("chance of a body in a year</strong> with the values in use" in w.text for w in wrong)
    assert "there are none: ask for draws" in few
    assert refused.status_code == 400
    assert "Did you mean 'JPN'?" in refused.text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--given", "JPM=agrees"], "there is no such state in 'asia-1953'. Did you mean 'JPN'?"),
        (["--given", "JPN=agree"], "Write JPN=agrees or JPN=refuses. Did you mean 'agrees'?"),
        (["--given", "JPN=agrees", "--given", "JPN=refuses"], "Japan cannot both agree and refuse"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_drawn(
    words: list[str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(about_a_case, "assessed", lambda *asked: pytest.fail("draws were worked out"))
    found = CliRunner().invoke(main, ["assess", "asia-1953", *words])
    assert found.exit_code != 0
    assert says in str(found.exception) + found.output
