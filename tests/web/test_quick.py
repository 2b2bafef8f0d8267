"""Quick answers, drafts and the stream: the numbers of the command line, resumed where they stopped, and sentences for bad words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

import foedus
from foedus.asking.ask import Ask
from foedus.questions.body_by_hand import fine
from foedus.questions.findings import HIGH, LOW
from foedus.questions.what_forms import BODY, CHANCE
from foedus.questions.who_blocks import ACCEPTANCE, GAIN
from foedus.vocabulary.tables import percent, written
from foedus.web import draft_page, glances, live, play_page, quick, streams, workers
from foedus.web.held import Held
from foedus.web.lane import Lane, Superseded
from foedus.web.on_offer import span
from foedus.web.serve import create_app

CASE = "asia-1953"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOEDUS_CACHE", str(tmp_path_factory.mktemp("cache")))
        with TestClient(create_app(Held(CASE), warm=False), follow_redirects=False) as found:
            yield found


def events(text: str) -> list[dict[str, str]]:
    blocks = [b for b in text.split("\n\n") if b.strip()]
    return [dict(row.split(": ", 1) for row in b.splitlines()) for b in blocks]


def test_the_quick_number_is_that_of_the_command_line(client: TestClient) -> None:
    found = client.get(f"/c/{CASE}/play/quick?lever=trade:0.5&without=dispute").json()
    same = foedus.assess(CASE, levers=["trade=0.5"], without=["dispute"], draws=0)
    assert found["body"] == same.value(CHANCE(BODY))
    assert found["agree"] == same.value(ACCEPTANCE("everybody"))
    council = same.study.everybody.members  # whom nobody recognises is not asked
    gains = {s: same.value(GAIN("everybody", s)) for s in council}
    assert found["gains"] == [gains.get(s) for s in same.case.states]
    assert found["command"] == f"foedus assess {CASE} --lever trade=0.5 --without dispute --draws 0"


def test_the_trade_with_one_adversary_alone_is_a_lever_of_its_own(client: TestClient) -> None:
    page = client.get("/c/asia-1951/play?lever=trade.CHN:0.5").text
    assert "Trade with the Soviet Union <output" in page
    assert "China and the Soviet Union together" in page, "the lever of all says whom it is of"
    assert "foedus assess asia-1951 --lever trade.CHN=0.5" in page
    gains = [client.get(f"/c/asia-1951/play/quick?lever={w}:0").json()["gains"] for w in ("trade.CHN", "trade")]
    assert gains[0] != gains[1]
    assert "China; with the Soviet Union there is none" in client.get(f"/c/{CASE}/play").text


class Inline:
    """Stands in for the workers: what they are asked is worked out at once, and noted."""

    def __init__(self, free: bool) -> None:
        self.asked: list[object] = []
        self.free = lambda: free

    def submit(self, function: Callable[..., object], *words: object) -> Future[object]:
        self.asked.append(function)
        done: Future[object] = Future()
        done.set_result(function(*words))
        return done


def test_a_large_case_is_looked_at_in_two_processes_with_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    task = Ask(CASE, levers=("trade=0.7",)).task()
    alone = glances.glance(task.study())
    busy, small, idle = Inline(False), Inline(True), Inline(True)
    assert glances.glance_of_two(task, small) == alone  # type: ignore[arg-type]
    monkeypatch.setattr(glances, "LARGE", 5)
    assert glances.glance_of_two(task, busy) == alone  # type: ignore[arg-type]
    assert glances.glance_of_two(task, idle) == alone  # type: ignore[arg-type]
    assert (busy.asked, small.asked, idle.asked) == ([], [], [glances.drafts_in])


def test_games_that_were_played_for_another_world_change_no_bit() -> None:
    for lever in ("trade=0.5", "trade=0.55", "threat=1.5", "trade=0.6"):
        task = foedus.Ask(CASE, levers=(lever,)).task()
        alone = glances.glance(task.study())
        assert repr(glances.glance(glances.studied(task))) == repr(alone)
    first, second = (glances.studied(foedus.Ask(CASE, levers=(v,)).task()) for v in ("trade=0.5", "threat=1.5"))
    assert first.appraiser.played is not second.appraiser.played  # other threats are other games
    assert glances.studied(foedus.Ask(CASE).task()).appraiser.played is first.appraiser.played


def test_a_class_of_thirty_that_drags_finds_its_games_again_and_memory_stays_bounded() -> None:
    tasks = [foedus.Ask(CASE, levers=(f"threat={1 + k / 100:g}",)).task() for k in range(1, 31)]
    first = [glances.studied(task).appraiser.played for task in tasks]
    assert all(glances.studied(t).appraiser.played is p for t, p in zip(tasks, first, strict=True))
    for k in range(60):
        glances.studied(foedus.Ask(CASE, levers=(f"threat={2 + k / 100:g}",)).task())
    assert sum(a.nbytes for played in glances._played.values() for a in played) <= glances._REMEMBERED


def test_a_task_reaches_another_process_whole_though_its_case_goes_apart() -> None:
    task = foedus.Ask(CASE, changes=("KOR.trade.CHN=0.05",), levers=("threat=1.2",)).task()
    assert workers.task_of(workers.packed(task)) == task
    other = foedus.Ask("europe-1949").task()
    assert (workers.task_of(workers.packed(other)), workers.task_of(workers.packed(task))) == (other, task)
    assert len(workers.packed(task).asked) < len(workers.packed(task).case) / 5


def test_every_worker_has_read_the_theory_before_somebody_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    held, asked = Held(CASE), []
    monkeypatch.setattr(held.workers, "submit", lambda function, *words: asked.append((function, words)))
    live.warmed(held)
    assert [function for function, _ in asked] == [glances.woken] * held.workers.hands
    assert 0 < glances.woken(*asked[0][1]) < 1


def test_a_draft_is_that_of_the_command_line(client: TestClient) -> None:
    found = client.get(f"/c/{CASE}/draft/quick?members=USA,JPN,KOR").json()
    rows = {r["state"]: r for r in foedus.draft(CASE, ["JPN", "KOR"], draws=0).tables[0]}
    assert found["gains"] == {s: r["gain"] for s, r in rows.items()}
    assert found["command"] == f"foedus draft {CASE} --draws 0 --members USA,JPN,KOR"


def test_a_draft_whose_address_names_no_hub_says_that_it_was_put_in(client: TestClient) -> None:
    said = "and a body here has one: the United States was put in."
    assert said in client.get(f"/c/{CASE}/draft?members=JPN,KOR").text
    assert said not in client.get(f"/c/{CASE}/draft?members=USA,JPN,KOR").text


def test_the_draws_of_a_draft_come_one_by_one_and_are_those_of_its_page_and_of_the_command(client: TestClient) -> None:
    told = events(client.get(f"/c/{CASE}/draws?members=USA,GBR,FRA&draws=20").text)
    about = next(json.loads(e["data"]) for e in told if e.get("event") == "about")
    page = client.get(f"/c/{CASE}/draft?members=USA,GBR,FRA&draws=20").text
    found = foedus.draft(CASE, ["GBR", "FRA"], draws=20)
    drawn = [json.loads(e["data"])["agree"] for e in told if "id" in e]
    low, high = (fine(float(v)) for v in np.quantile(drawn, [LOW, HIGH]))
    assert len(drawn) == 20
    assert f"({low} to {high})" in found.says[0]
    assert f"5–95 % of 20 draws: {low} to {high}" in page.replace("\xa0", " ")
    assert about["likeliest"] == found.says[3]
    assert "No draws yet" in client.get(f"/c/{CASE}/draft?members=USA,GBR,FRA").text
    printed = client.get(f"/c/{CASE}/draft.json?members=USA,GBR,FRA&draws=20").json()
    assert printed["says"] == list(found.says)


def test_draws_come_one_by_one_and_go_on_where_they_stopped(client: TestClient) -> None:
    address = f"/c/{CASE}/draws?draws=6&lever=trade:0.5"
    whole = events(client.get(address).text)
    rows = [e for e in whole if "id" in e]
    assert [e["id"] for e in rows] == ["1", "2", "3", "4", "5", "6"]
    assert whole[-1]["event"] == "done"
    rest = [e for e in events(client.get(address, headers={"last-event-id": "4"}).text) if "id" in e]
    assert rest == rows[4:]
    same = foedus.assess(CASE, levers=["trade=0.5"], draws=6, workers=1)
    assert [json.loads(e["data"])["body"] for e in rows] == same.drawn(CHANCE(BODY)).tolist()


def test_whom_no_stream_reaches_asks_for_the_rest_until_it_is_there(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "POLLED", 0.0)
    got: list[str] = []
    for _ in range(10_000):
        last = {"last-event-id": got[-1]} if got else {}
        found = events(client.get(f"/c/{CASE}/draws?draws=4&lever=trade:0.6", headers={"x-poll": "1", **last}).text)
        got += [e["id"] for e in found if "id" in e]
        if found[-1].get("event") == "done":
            break
    assert got == ["1", "2", "3", "4"]


def test_a_killed_server_has_kept_its_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))
    asked = foedus.Ask(CASE, draws=6)
    first = streams.Drawing(asked, workers.Workers(1), "")
    answers = [first.task(row) for row in first.plan[:5]]
    for place, row in enumerate(answers):
        first._take(place, row)
    again = streams.Drawing(asked, workers.Workers(1), "")
    again.recall()
    assert again.lines == first.lines
    assert len(again.lines) == 5


def test_a_form_without_script_is_sent_on_to_its_address(client: TestClient) -> None:
    words = "lever:trade=0.5&lever:threat=1&lever:trade.CHN=1&set:KOR.trade.CHN=&without=dispute&law=&year="
    sent = client.get(f"/c/{CASE}/ask?{words}")
    assert sent.status_code == 303
    assert sent.headers["location"] == f"/c/{CASE}/play?lever=trade:0.5&without=dispute"


def test_the_playground_has_its_pictures_as_a_table(client: TestClient) -> None:
    found = client.get(f"/c/{CASE}/play/quick?lever=trade:0.5").json()
    page = client.get(f"/c/{CASE}/play?lever=trade:0.5").text
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>' + r'<td class="n">([^<]*)</td>' * 3, page)
    assert len(rows) == 1 + len(found["forms"]) + sum(g is not None for g in found["gains"])
    assert rows[0][:3] == ("A body in a year", percent(found["body"]), "–")
    assert rows[-1][1].replace("−", "-") == written(found["gains"][-1], "signed")
    assert all(before != "–" for *_, before in rows)
    assert '<td class="n">–</td></tr>' in client.get(f"/c/{CASE}/play").text, (
        "nothing is compared with the world as it is"
    )


@pytest.mark.parametrize("page", ["play", "draft"])
def test_pages_are_whole_without_script(client: TestClient, page: str) -> None:
    found = client.get(f"/c/{CASE}/{page}?lever=trade:0.5")
    assert found.status_code == 200
    assert found.text == client.get(f"/c/{CASE}/{page}?lever=trade:0.5").text
    assert " style=" not in found.text
    assert "lever trade=0.5" in found.text
    assert found.text.count("<svg") >= 2


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("play/quick?lever=trad:2", "there is no lever 'trad'. Did you mean 'trade'"),
        ("play/quick?lever=trade:9", "9 is outside 0 to 2"),
        ("play/quick?lever=trade.CHM:0.5", "Did you mean 'CHN'"),
        ("draws?draws=many", "'many' is not a whole number"),
        ("draft/quick?members=USA,JPN", "and here are 2"),
        ("draft/quick?members=%3Cscript%3E,JPN,KOR", "there is no such state"),
        ("draft/quick?members=USA,JPN,KOR&rule=none", "no body decides like that"),
    ],
)
def test_what_is_wrong_is_said(client: TestClient, address: str, says: str) -> None:
    found = client.get(f"/c/{CASE}/{address}")
    assert found.status_code == 400
    assert says in found.text
    assert found.headers["content-type"].startswith("text/plain")
    assert found.headers["x-content-type-options"] == "nosniff"


def test_every_fact_and_parameter_can_be_chosen(client: TestClient) -> None:
    found = client.get(f"/c/{CASE}/choices").json()
    assert all(c["low"] <= c["value"] <= c["high"] for c in found)
    assert len({c["key"] for c in found}) == len(found)
    for key in ("USA.gdp", "treaty_reliability"):
        assert any(c["key"] == key for c in found)


def test_a_slider_stays_within_what_can_be() -> None:
    assert span(0.1, 0.05, 0.2, 0, 3) == pytest.approx((0.0, 0.275))
    assert span(100.0, None, None, 0, 1e6) == (50.0, 200.0)
    assert span(0.4, None, None, 0, 1) == (0, 1)


def test_of_each_tab_the_newest_question_counts() -> None:
    lane = Lane()
    first, second = lane.enter("a"), lane.enter("a")
    lane.check("a", second)
    with pytest.raises(Superseded):
        lane.check("a", first)
    lane.check("b", lane.enter("b"))


def test_modules_are_what_the_pages_are_made_of() -> None:
    assert play_page.VIEW.live is quick.answer is draft_page.VIEW.live
    assert play_page.blockers_said([0.1, -0.2], ["A", "B"]) == "1 of 2 would lose, B most."
    assert play_page.blockers_said([0.1], ["A"]) == "No state would lose. Nobody blocks."
    assert live.DRAWN == 40
    assert set(glances.seen(glances.glance(foedus.Ask(CASE).task().study()), foedus.Ask(CASE).task())) >= {
        "body",
        "forms",
    }
