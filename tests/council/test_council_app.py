"""The room over HTTP: who is let in, what each may read, and what is turned away."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any

import pytest
import rooms
from served_place import ORIGIN, Place

from foedus.council import gates
from foedus.council.acts import FACILITATOR, Act, joined
from foedus.council.council_app import HEADERS, parts_of
from foedus.council.gates import COOKIE
from foedus.council.links import token_of
from foedus.council.page_data import MADE
from foedus.council.sheets import PAGES
from foedus.council.store.chain import genesis, whole

SECRET = {"GBR": "marker-of-gbr", "FRA": "marker-of-fra", "F": "marker-of-the-desk", "RUS": "marker-of-rus"}
HOSTILE = "</textarea><script>alert(1)</script>\u202e{{7*7}} \" onmouseover=alert(1) '"


def hidden(place: Place) -> None:
    """Plant a marker in everything that is not everybody's."""
    actor = place.hall.actor
    for seat in ("GBR", "FRA"):
        opened = rooms.done(actor, Act("channel.open", f"seat:{seat}", {"members": [seat]}, f"cell {SECRET[seat]}"))
        name = opened.events[0].event.body["id"]
        rooms.done(actor, Act("channel.say", f"seat:{seat}", {"id": name}, f"words {SECRET[seat]}"))
        link = next(x for x in place.hall.links.all() if x.seat == seat)
        place.hall.draft(link.id, "say:x", f"draft {SECRET[seat]}", 0, "")
        place.hall.links.name(link.id, f"name {SECRET[seat]}")
    rooms.done(actor, Act("inject.prepare", FACILITATOR, {"what": "event"}, f"inject {SECRET['F']}"))
    private = Act("table.convene", FACILITATOR, {"members": ["GBR", "FRA"], "public": False}, "two " + SECRET["RUS"])
    rooms.done(actor, private)


PATHS = (
    "",
    "/brief",
    "/orders",
    "/year",
    "/year.svg",
    "/debrief",
    "/replay",
    "/events.json",
    "/console",
    "/stream",
    "/nothing",
    "?text=x&channel=y",
    "/replay.html",
    "/replay?branch=9",
    *(f"/{page}.{ending}" for page in MADE for ending in ("json", "csv")),
)


@pytest.mark.parametrize("who", ["USA", "RUS", "observer", "GBR", "FRA"])
def test_nobody_receives_what_their_role_may_not_read(place: Place, who: str) -> None:
    hidden(place)
    own = {"GBR": {"GBR", "RUS"}, "FRA": {"FRA", "RUS"}}.get(who, set())
    foreign = [m for k, m in SECRET.items() if k not in own]
    said = [place.get(who, path).text for path in PATHS if path != "/stream"]
    with zipfile.ZipFile(io.BytesIO(place.get(who, "/export.zip").content)) as held:
        said += [held.read(name).decode() for name in held.namelist()]
    viewer = place.hall.links.session(place.secrets[who])
    assert viewer is not None
    said += [str(dict(parts_of(place.hall, viewer.viewer, page))) for page in ("room", "console", "orders", "x")]
    refused = [
        {"kind": k, "id": i} for k in ("channel.say", "inject.fire", "table.say") for i in ("", place.table, "x")
    ]
    said += [place.post(who, data).text for data in refused]
    for marker in foreign:
        assert not any(marker in text for text in said), (who, marker)
    if own:
        assert any(SECRET[who] in text for text in said)


def test_what_is_hidden_changes_no_byte_of_what_others_are_told(place: Place) -> None:
    session = place.hall.links.session(place.secrets["USA"])
    assert session is not None

    def told() -> list[object]:
        answers = [place.get("USA", path).content for path in ("/events.json", "/export.zip", "/replay.html")]
        return [*(parts_of(place.hall, session.viewer, page) for page in ("room", "orders")), *answers]

    before = told()
    hidden(place)
    assert told() == before


def test_a_seat_is_its_own_links_alone(place: Place) -> None:
    assert place.get("GBR").status_code == 200
    for who in ("GBR", "observer", "facilitator"):
        assert place.get(who, of="USA").status_code == 403
    assert place.get("GBR", "/console", of="facilitator").status_code == 403
    place.client.cookies.clear()
    assert place.client.get("/r/small/USA").status_code == 403
    assert place.client.get("/r/other").status_code == 404
    for path, there in (("/r/small/", "/r/small"), ("/r/small/USA/year/?year=1949", "/r/small/USA/year?year=1949")):
        answer = place.client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, there)
    assert place.client.get("http://testserver//elsewhere.org/", follow_redirects=False).status_code == 404
    assert place.client.get("/r//elsewhere.org/", follow_redirects=False).status_code == 404
    assert place.client.post("/r/small/", follow_redirects=False).status_code == 404


def test_an_act_needs_its_origin_its_token_and_its_own_cookie(place: Place) -> None:
    say = {"kind": "table.say", "id": place.table, "words": "I am here", "key": "k"}
    count = place.hall.room.count
    for headers in (
        {"origin": ""},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://testserver.evil"},
    ):
        assert place.post("USA", say, **headers).status_code == 403, headers
    assert place.post("USA", {**say, "token": "wrong"}).status_code == 403
    assert place.post("USA", {**say, "token": token_of(place.secrets["GBR"])}).status_code == 403
    assert place.hall.room.count == count
    assert place.post("USA", say).status_code == 200
    assert place.post("USA", say).status_code == 200  # the same key: the first answer
    assert place.hall.room.count == count + 1
    assert place.get("USA", f"/act?kind=table.say&id={place.table}&words=x").status_code in (404, 405)


def test_a_link_that_is_taken_back_shuts_its_pages(place: Place) -> None:
    link = next(x for x in place.hall.links.all() if x.seat == "GBR")
    assert place.post("facilitator", {"what": "revoke", "person": str(link.id)}, "/desk").status_code == 303
    assert place.get("GBR").status_code == 403
    assert place.post("USA", {"what": "revoke", "person": "1"}, "/desk").status_code == 403


def test_a_name_is_kept_to_sixty_letters(place: Place) -> None:
    sent = {"secret": place.secrets["USA"], "name": " " + "n" * 60 + "m"}
    place.client.post("/r/small/enter", data=sent, headers=ORIGIN, follow_redirects=False)
    assert next(k.label for k in place.hall.links.all() if k.seat == "USA") == "n" * 60


def test_people_come_in_by_link_and_wrong_links_wait(place: Place) -> None:
    place.client.cookies.clear()
    found = place.client.post(
        "/r/small/enter", data={"secret": place.secrets["USA"]}, headers=ORIGIN, follow_redirects=False
    )
    assert found.status_code == 303
    cookie = found.headers["set-cookie"]
    assert all(w in cookie for w in ("HttpOnly", "SameSite=lax", "Path=/r/small/USA"))
    assert place.client.post("/r/small/enter", data={"secret": place.secrets["USA"]}).status_code == 403
    codes = [
        place.client.post("/r/small/enter", data={"secret": f"wrong{k}"}, headers=ORIGIN).status_code for k in range(25)
    ]
    assert codes[0] == 403
    assert codes[-1] == 429
    again = place.client.post(
        "/r/small/enter", data={"secret": place.secrets["GBR"]}, headers=ORIGIN, follow_redirects=False
    )
    assert again.status_code == 303  # a whole class has one address


def test_a_refused_act_says_why_and_keeps_what_was_typed(place: Place) -> None:
    long = {"kind": "concern.raise", "words": "A long thought", "place": "concern.raise"}
    page = place.post("USA", long, json=False)
    assert page.status_code == 409
    assert "asks for table" in page.text
    assert "A long thought" in page.text
    assert [d.text for d in place.hall.store.drafts(1)] == ["A long thought"]
    answer = place.post("USA", long).json()
    assert "asks for table" in answer["sentence"]
    assert answer["allowed"]


def test_reading_and_acting_work_without_script(place: Place) -> None:
    page = place.get("USA").text
    assert 'action="/r/small/USA/act"' in page
    done = place.post(
        "USA", {"kind": "table.say", "id": place.table, "words": "by a form", "back": "?channel=x"}, json=False
    )
    assert (done.status_code, done.headers["location"]) == (303, "/r/small/USA?channel=x")
    assert "by a form" in place.get("USA").text
    away = place.post(
        "USA", {"kind": "table.say", "id": place.table, "words": "x", "back": "//evil.example"}, json=False
    )
    assert away.headers["location"] == "/r/small/USA"


def test_a_channel_is_opened_by_its_form_and_what_is_open_is_named_in_words(place: Place) -> None:
    """Its kind has the name of the field by which every form says which act it is."""
    asked = {"kind": ["channel.open", ""], "members": ["GBR"], "words": "A channel"}
    assert place.post("USA", asked).status_code == 200
    assert [c.get("kind") for c in place.hall.room.channels.values()] == ["bilateral"]
    refused = place.post("USA", {**asked, "kind": ["channel.open", "tunnel"]}).json()
    assert "is not a kind of channel" in refused["sentence"]
    assert refused["allowed"][0] == "Open a channel", "an act of the same procedure; what is unrelated is not named"
    assert len(refused["allowed"]) <= 5
    assert len(set(refused["allowed"])) == len(refused["allowed"])
    assert not {"table", "channel"} & set(refused["allowed"])


def test_acts_that_come_too_fast_are_put_off_and_none_is_done(place: Place) -> None:
    codes = [place.post("USA", {"kind": "table.say", "id": place.table, "words": f"{k}"}).status_code for k in range(9)]
    assert codes[:5] == [200] * 5
    assert codes[-1] == 429
    assert len(place.hall.room.tables[place.table].said) == codes.count(200)


def test_a_form_that_comes_too_fast_is_held_and_done_and_what_is_put_off_keeps_its_words(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    say = {"kind": "table.say", "id": place.table, "place": f"say:{place.table}"}
    codes = [place.post("USA", {**say, "words": f"{k}"}, json=False).status_code for k in range(6)]
    assert codes == [303] * 6
    monkeypatch.setattr(gates, "LATER", 0.0)
    late = place.post("USA", {**say, "words": "My long thought"}, json=False)
    assert late.status_code == 429
    assert "My long thought" in late.text
    assert [d.text for d in place.hall.store.drafts(1)] == ["My long thought"]


def test_somebody_deletes_what_they_wrote_and_the_chain_holds(place: Place) -> None:
    link = next(x.id for x in place.hall.links.all() if x.seat == "GBR")
    for who, words in (("GBR", "MARKER of mine"), ("USA", "Another's")):
        place.post(who, {"kind": "table.say", "id": place.table, "words": words})
    place.hall.draft(link, "say:x", "MARKER typed", 0, "")
    place.hall.links.name(link, "MARKER")
    assert "Delete what I wrote" in place.get("GBR", "/replay").text
    assert "Delete what I wrote" not in place.get("observer", "/replay").text
    assert place.post("GBR", {}, "/erase").status_code == 400
    assert place.post("observer", {"sure": "yes"}, "/erase").status_code == 403
    done = place.post("GBR", {"sure": "yes"}, "/erase")
    assert "from 1 event." in place.get("GBR", done.headers["location"].partition("/GBR")[2]).text
    said = [place.get(who, p).text for who in ("GBR", "USA") for p in ("", "/replay", "/events.json")]
    said += [place.get("facilitator", "/console").text, place.get("facilitator", "/replay").text]
    assert not any("MARKER" in text for text in said)
    assert "Another&#39;s" in said[3]
    assert b"MARKER" not in place.hall.store.path.read_bytes()  # type: ignore[attr-defined]
    log = list(whole(place.hall.store.log(1), genesis(place.hall.store.form())))
    assert sum(one.erased for one in log) == 1


def test_what_is_typed_is_kept_and_two_that_typed_both_stand(place: Place) -> None:
    def put(**data: Any) -> Any:
        place.client.cookies.clear()
        place.client.cookies.set(COOKIE, place.secrets["USA"])
        headers = {**ORIGIN, "x-foedus-token": token_of(place.secrets["USA"])}
        return place.client.put("/r/small/USA/draft", json=data, headers=headers)

    first = put(place="say:1", text="one", base=0, was="").json()
    assert first == {"base": 1, "text": "one", "merged": False}
    assert put(place="say:1", text="one two", base=1, was="one").json()["base"] == 2
    other = put(place="say:1", text="one three", base=1, was="one").json()
    assert other["merged"]
    assert all(w in other["text"] for w in ("one two", "one three"))
    assert put(place="", text="x").status_code == 400
    assert put(place="p", text=5).status_code == 400


def test_hostile_words_stand_on_every_page_as_words(place: Place) -> None:
    actor = place.hall.actor
    act = Act("text.table", "seat:USA", {"table": place.table, "articles": [None]}, joined((HOSTILE, HOSTILE)))
    rooms.done(actor, act)
    rooms.done(actor, Act("table.say", "seat:USA", {"id": place.table}, HOSTILE))
    rooms.done(actor, Act("concern.raise", "seat:USA", {"table": place.table}, HOSTILE))
    place.hall.links.name(1, HOSTILE)
    place.hall.draft(1, f"say:{place.table}", HOSTILE, 0, "")
    for who, path in (("USA", ""), ("USA", "/replay"), ("USA", "/brief"), ("facilitator", "/console"), ("GBR", "")):
        page = place.get(who, path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert " style=" not in page.text
        assert "onclick=" not in page.text


def test_every_answer_says_what_a_browser_has_to_be_careful_about(place: Place) -> None:
    for found in (
        place.get("USA"),
        place.get("USA", of="GBR"),
        place.client.get("/static/council.js"),
        place.client.get("/x"),
    ):
        for name, value in HEADERS.items():
            assert found.headers[name] == value
    assert place.client.get("/r/small", headers={"host": "evil.example"}).status_code == 421


def test_bad_acts_at_random_do_nothing_and_break_nothing(place: Place) -> None:
    """1,500 at the level of acts; `benchmarks/families/council.py` sends 10,000, acts and forgeries, to a server of its own."""
    rng = random.Random(5)
    kinds = ["text.table", "table.say", "seat.take", "room.open", "silence.break", "x", "", "orders.put", "inject.fire"]
    values: list[Any] = [
        None,
        0,
        -1,
        1e300,
        "",
        "x",
        "KOR",
        [],
        ["USA"],
        {},
        {"a": 1},
        True,
        "\x00",
        "a" * 9000,
        place.table,
    ]
    before = place.hall.room.count
    jobs = []
    for _ in range(1_500):
        names = rng.sample(["id", "for", "table", "articles", "seconds", "members", "sign"], 3)
        body = {n: rng.choice(values) for n in names}
        act = Act(
            rng.choice(kinds), rng.choice(["seat:XXX", "seat:", "observer", "", "root"]), body, rng.choice([None, "x"])
        )
        jobs.append(place.hall.actor.submit(act))
    assert all(job.result(60).refusal is not None for job in jobs)
    assert place.hall.room.count == before


@pytest.mark.parametrize("spoilt", [{"body": "x"}, {"body": -1}, {"body": ["x"]}, {"words": 7}, {"words": ["x"]}])
def test_an_act_whose_body_is_no_object_or_whose_words_are_no_text_is_none(
    place: Place, spoilt: dict[str, Any]
) -> None:
    place.client.cookies.clear()
    place.client.cookies.set(COOKIE, place.secrets["USA"])
    headers = {**ORIGIN, "x-foedus-token": token_of(place.secrets["USA"])}
    before = place.hall.room.count
    found = place.client.post("/r/small/USA/act", json={"kind": "orders.put", "key": "k", **spoilt}, headers=headers)
    assert found.status_code == 400
    assert "that is no act" in found.text
    assert place.hall.room.count == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b'{"kind": NaN}',
        b'{"kind": "x", "body": ' + b'{"a":' * 3000 + b"1" + b"}" * 3000 + b"}",
    ],
)
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_bytes_that_mean_nothing_are_turned_away_in_a_sentence(place: Place, content: bytes, kind: str) -> None:
    place.client.cookies.clear()
    place.client.cookies.set(COOKIE, place.secrets["USA"])
    headers = {**ORIGIN, "content-type": kind, "x-foedus-token": token_of(place.secrets["USA"])}
    found = place.client.post("/r/small/USA/act", content=content, headers=headers)
    assert 400 <= found.status_code < 500
    assert "Traceback" not in found.text


def test_what_is_too_large_is_not_read(place: Place) -> None:
    headers = {**ORIGIN, "content-type": "application/json"}
    assert place.client.post("/r/small/USA/act", content=b"x" * 500_000, headers=headers).status_code == 413


@pytest.mark.parametrize("who", ["facilitator", "GBR", "observer"])
def test_every_page_is_there_before_any_year_has_been_worked_out(place: Place, who: str) -> None:
    pages = {page for _, page in PAGES}
    closed = {
        "facilitator": {"orders", "notes"},
        "GBR": {"console", "notes"},
        "observer": {"brief", "orders", "console"},
    }[who]
    found = {page: place.get(who, f"/{page}" if page else "") for page in pages}
    assert {page: a.status_code for page, a in found.items()} == {p: 404 if p in closed else 200 for p in pages}
    assert "There is nothing to look back on yet." in found["debrief"].text


def test_one_press_confirms_the_orders_that_stand_on_the_page(place: Place) -> None:
    actor = place.hall.actor
    drafted = rooms.done(actor, rooms.by("GBR", "treaty.draft", clause="treaty GBR,FRA"))
    treaty = str(drafted.events[0].event.body["id"])
    for seat in ("GBR", "FRA"):
        rooms.done(actor, rooms.by(seat, "treaty.initial", id=treaty))
    sent = {"kind": "orders.put", "then": "orders.confirm", f"sign.{treaty}": "yes", "back": "/orders"}
    early = place.post("GBR", {**sent, "key": "early"})
    assert (early.status_code, early.json()["rule"]) == (409, "phase")
    rooms.done(actor, Act("room.order", FACILITATOR, {"id": "room"}))
    assert "Confirm these orders" in place.get("FRA", "/orders").text
    for _ in range(2):  # the second is the same press, sent again
        assert place.post("FRA", {**sent, "key": "once"}).status_code == 200
    orders = place.hall.room.orders["FRA:1949"]
    assert (orders.state, orders.get("sign")) == ("confirmed", {treaty: True})
    page = place.get("FRA", "/orders").text
    assert "Take the orders back" in page
    assert "Confirm these orders" not in page
