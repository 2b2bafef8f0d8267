from __future__ import annotations

import re
import time

from starlette.testclient import TestClient

from foedus.web.held import Held
from foedus.web.serve import create_app


def test_without_draws_the_number_is_there_and_nothing_is_said_about_certainty(client: TestClient) -> None:
    text = client.get("/c/asia-1953?seed=77").text
    assert "nothing is said about certainty" in text
    assert "To quote" not in text, "nothing is to be quoted before a draw is there"
    assert 'name="draws" value="200"' in text
    assert '<input type="hidden" name="seed" value="77">' in text
    assert "refresh" not in client.get("/c/asia-1953?seed=77").headers


def test_draws_that_are_asked_for_are_worked_out_and_then_there_for_good(client: TestClient) -> None:
    address = "/c/asia-1953?draws=8"
    for _ in range(200):
        answer = client.get(address)
        if "refresh" not in answer.headers:
            break
        title = answer.text.partition('<h1 id="h" class="long">')[2].partition("</h1>")[0]
        assert title.startswith("The likeliest outcome of a year with the values in use: "), "no verdict yet"
        assert "and there is no verdict; this page looks again by itself" in answer.text
        assert "To quote" not in answer.text
        assert "No draw is there yet" in answer.text, "the scale of the draws stands already"
        time.sleep(0.1)
    assert "likeliest" not in answer.text.partition("</h1>")[0]
    assert "<strong>Nothing to quote: 8 draws are fewer than the 20 that tell" in answer.text.replace("\u00a0", " ")
    assert " in one." not in answer.text, "the chance of one year stands in large already"
    assert "one of 8 draws" in answer.text
    assert client.get(address).content == answer.content
    with TestClient(create_app(Held("asia-1953"), warm=False)) as later:
        assert later.get(address).content == answer.content


def test_a_state_of_the_map_is_a_link_to_its_reasons_without_script_too(client: TestClient) -> None:
    text = client.get("/c/asia-1953?draws=0&without=dispute").text
    link = '<a href="/c/asia-1953/why/KOR?without=dispute&amp;draws=0" data-state="KOR"><title>South Korea</title>'
    assert text.count(link) == 2, "at both widths, with its name"
    assert '<g data-state="CHN">' in text, "an adversary is asked nothing"


def test_a_change_is_a_chip_that_undoes_it(client: TestClient) -> None:
    text = client.get("/c/asia-1953?set=KOR.trade.CHN:0.02&without=dispute").text
    assert 'href="/c/asia-1953?without=dispute" title="Undo">South Korea trade China = 0.02' in text


def test_what_it_was_as_recorded_stands_beside_a_changed_number_alone(client: TestClient) -> None:
    changed = client.get("/c/asia-1953?lever=trade:0.5&draws=0").text
    assert "Trade with the adversaries × 0.5 <span" in changed
    assert re.search(r"with the values in use, to compare worlds; as recorded: <?\d", changed)
    assert "as recorded:" not in client.get("/c/asia-1953?draws=0").text
    assert "too, the change hardly matters to it" in client.get("/c/asia-1951?lever=trade:0.5&draws=0").text


def test_other_forms(client: TestClient) -> None:
    assert client.get("/c/asia-1953.csv?draws=0").text.startswith("form,label,default")
    assert client.get("/c/asia-1953.svg?draws=0").text.startswith("<svg")
    assert "# case.yaml" in client.get("/c/asia-1953.yaml").text


def test_a_link_alone_begins_no_hours_of_work_and_a_press_does() -> None:
    held, begun = Held("asia-1953"), []
    held.draw = begun.append  # type: ignore[assignment,method-assign]
    address = "/c/asia-1953?draws=100000"
    with TestClient(create_app(held, warm=False)) as client:
        for page in ("", "/wedge", "/why/KOR"):
            answer = client.get(f"/c/asia-1953{page}?draws=100000")
            assert "refresh" not in answer.headers
            assert "100,000 draws, which take hours and are begun by a press alone" in answer.text
        button = re.search(r'<form class="run" method="post" action="([^"]+)">.*?<button', client.get(address).text)
        assert button is not None
        assert not begun
        alien = client.post(button.group(1), headers={"sec-fetch-site": "cross-site"}, follow_redirects=False)
        assert (alien.status_code, begun) == (400, [])
        pressed = client.post(button.group(1), follow_redirects=False)
        assert (pressed.status_code, pressed.headers["location"]) == (303, address)
        assert [a.draws for a in begun] == [100_000]
        assert client.get("/c/asia-1953/draft?draws=100000").status_code == 413
