"""A room taken away and opened again: the same bytes, nothing hidden in it, and every damage said in a sentence."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import rooms
from test_adjudicate import FORM, adopted, at_the_table, done, ordered

from foedus.cli.main import run
from foedus.council import room_zip
from foedus.council.actor import Actor
from foedus.council.acts import FACILITATOR, Act, Viewer
from foedus.council.council_year import lived_years
from foedus.council.debrief import luck_said
from foedus.council.export import Taken, audience, export_files, taken
from foedus.council.fold import folded_all, opened
from foedus.council.replay_file import replay_file
from foedus.council.room_form import RoomForm
from foedus.council.room_import import again, number_at, open_room, taken_from, up_to, with_other_luck
from foedus.council.room_tables import architecture_csv, messages_csv, texts_csv, versions
from foedus.council.room_zip import HASHES, MOST_FILES, unzipped, zipped
from foedus.council.seats import Moves
from foedus.council.setting_up import packed, room_opened, unpacked
from foedus.council.sight import EVERY_SEAT
from foedus.council.store.chain import genesis, sealed, whole
from foedus.council.store.keeping import Branch, Link, Store, newest
from foedus.council.store.lines import sealed_line, sealed_of
from foedus.council.worth import signed
from foedus.council.year_events import line as line_of
from foedus.vocabulary.errors import FoedusError

HOSTILE = "</script><script>alert(1)</script>"


@pytest.fixture(scope="module")
def room() -> Taken:
    """A year of people: a text amended under silence, words that only some read, pressure, a forum signed."""
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    treaty = adopted(play, "form forum USA,JPN,KOR", ["USA", "JPN", "KOR"])
    table = next(iter(play.room.tables))
    done(play, "table.say", "JPN", f"=MARKER-OF-THE-TABLE {HOSTILE}", id=table)
    text = done(play, "text.table", "KOR", "Another\fFourteen days\fOr more", table=table, articles=[None, None])
    article = play.room.texts[text].get("articles")[0]["id"]
    done(play, "amendment.offer", "JPN", "Ten days", text=text, article=article)
    play.waits(70)
    done(play, "pressure.plan", "CHN", "MARKER-OF-CHINA", target="KOR", cost=0.5)
    ordered(play, {s: {"sign": {treaty: True}} for s in ("USA", "JPN", "KOR")})
    form, log = packed(FORM), []
    for k, event in enumerate(play.log):
        person = {"seat:USA": 2, "seat:JPN": 3}.get(event.actor)
        prev = log[-1].hash if log else genesis(form)
        log.append(sealed(event, prev, branch=1, seq=k + 1, now=1.7e9 + 9 * k, person=person, key=f"k{k}"))
    links = (
        Link(1, None, "facilitator", b"f"),
        Link(2, "USA", "seat", b"u", "Ana"),
        Link(3, "JPN", "seat", b"j", "Ben"),
    )
    return Taken("a-room", form, (Branch(1, None, 0, "2023-11-14T22:13:20.000Z"),), tuple(log), links)


@pytest.fixture(scope="module")
def archive(room: Taken, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("taken") / "a-room.zip"
    found.write_bytes(zipped(export_files(room, Viewer(FACILITATOR))))
    return found


@dataclass
class Shelf:
    """Where rooms are opened from files: a folder, or a server."""

    folder: Path
    address: str = ""
    ending: str = field(default_factory=lambda: uuid4().hex)

    def place(self, name: str) -> str:
        return f"{name}-{self.ending}" if self.address else str(self.folder / f"{name}.room")

    def store(self, name: str) -> Store:
        return room_opened(self.place(name), self.address)


@pytest.fixture(params=["file", "server"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    return Shelf(tmp_path, request.getfixturevalue("server") if request.param == "server" else "")


def test_a_room_taken_away_and_opened_is_the_same_room_and_its_years_are_met(
    room: Taken, archive: Path, tmp_path: Path, shelf: Shelf
) -> None:
    assert archive.read_bytes() == zipped(export_files(room, Viewer(FACILITATOR)))
    brought = taken_from(archive)
    assert brought.events == room.events
    found = again(brought)
    assert found.differs == ()
    place = shelf.place("b")
    cards = open_room(brought, place, 1.8e9, shelf.address)
    assert [c.who for c in cards] == ["facilitator", *FORM.seats, "observer"]
    beside = [] if shelf.address else ["b.room"]
    assert sorted(p.name for p in tmp_path.iterdir()) == beside, "nothing is left beside it"
    store = shelf.store("b")
    assert (
        export_files(taken(store, "a-room"), Viewer(FACILITATOR))["events.jsonl"] == unzipped(archive)["events.jsonl"]
    )
    kept = list(whole(store.log(1), genesis(store.form())))
    assert tuple(kept) == room.events
    assert [(p.seat, bool(p.revoked)) for p in store.links()[:3]] == [(None, True), ("USA", True), ("JPN", True)]
    assert store.erase(2) > 0, "what a person wrote can be erased still"
    store.close()
    with pytest.raises(FoedusError, match="there is one at" if shelf.address else "there is a file of this name"):
        open_room(brought, place, 1.8e9, shelf.address)


def test_a_room_is_set_beside_the_same_start_with_nobody_in_it(
    room: Taken, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = archive.read_bytes()
    run(["council", "play", str(archive), "--seats", "none"])
    said = capsys.readouterr().out
    assert archive.read_bytes() == before
    assert "\nThe same draws fell;" in said
    law = lived_years(FORM, [Moves()])[0].record
    gains = law.lived.components.sum(axis=0)
    people = again(room).room.years["2019"].get("seats")
    found = dict(re.findall(r"  2019, (.+): (.+ there, .+ here)\n", said))
    for state, name in (("USA", "the United States"), ("JPN", "Japan"), ("KOR", "South Korea")):
        there, here = sum(people[state]["now"].values()), float(gains[law.world.index(state)])
        assert found.get(name) == f"{signed(there)} there, {signed(here)} here", state
    assert "In force after 2019 in a-room.zip alone: the forum of the United States, Japan and South Korea" in said


def test_a_fork_with_other_luck_keeps_what_was_told_and_draws_otherwise_from_its_year_on(
    room: Taken, tmp_path: Path
) -> None:
    number = number_at(room, "2019.orders")
    with pytest.raises(FoedusError, match="worked out there already"):
        with_other_luck(room, len(room.events), 7, 1.8e9, "x")
    with pytest.raises(FoedusError, match="the draws that fell in this room"):
        with_other_luck(room, number, 0, 1.8e9, "x")
    forked = with_other_luck(room, number, 7, 1.8e9, "again, with other luck")
    form = unpacked(forked.form)
    assert (form.luck, form.run_in(2020), luck_said(FORM)) == ({"2019": 7}, 7, "")
    assert "Other luck from 2019 on" in luck_said(form)
    assert [e.event for e in forked.events[:-1]] == [e.event for e in room.events[:number]]
    assert again(forked).differs == ()
    open_room(forked, str(tmp_path / "other.room"), 1.8e9)  # its chain is whole
    store = room_opened(str(tmp_path / "other.room"))
    assert len(list(whole(store.log(2), genesis(store.form())))) == number + 1
    store.close()
    assert form.to_dict() | {"luck": {}} == FORM.to_dict() | {"luck": {}}
    both = [lived_years(f, [Moves()] * 2) for f in (FORM, replace(FORM, luck={"2020": 7}))]
    before, after = ([[line_of(e) for e in x.record.events] for x in lived] for lived in both)
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)
    assert export_files(forked, Viewer("seat", "JPN"))["form.json"].count("luck") == 0
    with pytest.raises(FoedusError, match="no run of a year"):
        replace(FORM, luck={"1999": 1})


def test_each_audience_takes_away_what_it_may_read(room: Taken) -> None:
    knows = {"facilitator": (True, True), "CHN": (False, True), "JPN": (True, False), "public": (False, False)}
    for word, (table, plan) in knows.items():
        files = export_files(room, audience(word, FORM), names=True)
        said = "".join(files.values())
        assert ("MARKER-OF-THE-TABLE" in said) is table, word
        assert ("MARKER-OF-CHINA" in said) is plan, word
        assert [("Ana" in files[n]) for n in ("room.json", "minutes.md")] == [word == "facilitator"] * 2
        whole_log = word == "facilitator"
        assert ('"prev"' in files["events.jsonl"]) is whole_log
        if not whole_log:
            numbers = [json.loads(x)["n"] for x in files["events.jsonl"].splitlines()]
            assert numbers == list(range(1, len(numbers) + 1))
    secret = replace(room, form=packed(replace(FORM, seed=770077, budget=9.25)))
    seat = "".join(export_files(secret, Viewer("seat", "JPN")).values())
    assert "770077" not in seat
    assert "9.25" not in seat
    everything = export_files(room, Viewer("observer", EVERY_SEAT))
    assert json.loads(everything["room.json"])["audience"] == "observers"
    assert "What observers could read, with what seats read" in everything["replay.html"]
    assert all("MARKER-OF-THE-TABLE" in everything[name] for name in ("minutes.md", "acts.csv", "events.jsonl"))
    with pytest.raises(FoedusError, match="Did you mean 'KOR'"):
        audience("KOS", FORM)


def test_tables_hold_every_version_and_no_cell_is_a_formula(room: Taken) -> None:
    texts = texts_csv(FORM, room.events)
    assert "Fourteen days" in texts
    assert "Ten days" in texts
    assert "'=MARKER" in messages_csv(room.events)
    assert '2019,"forum USA,JPN,KOR"' in architecture_csv(FORM, room.events)
    known = versions(FORM, room.events)
    assert sorted(len(v) for v in known.values()) == [1, 2]


def test_the_replay_page_fetches_nothing_and_words_are_words(room: Taken) -> None:
    page = replay_file(FORM, room.events, Viewer(FACILITATOR), head="ab")
    assert HOSTILE not in page
    assert "&lt;/script&gt;" in page
    assert not re.search(r"""(src|href)="?(https?:|/)|url\((?!data:)|@import""", page)
    for words in ("<del>Fourteen </del>", "<ins>Ten ", "Gains of 2019", "Version 2", "is founded"):
        assert words in page, words
    assert "Nothing happened" in replay_file(FORM, (), Viewer("observer"))


def changed(archive: Path, to: Path, **files: Any) -> Path:
    """Write an archive with some files changed, and hashes that hold unless one is given."""
    known = unzipped(archive) | {k.replace("__", "."): v for k, v in files.items() if k != "hashes"}
    to.write_bytes(zipped({n: t for n, t in known.items() if t is not None}))
    return to


def raw(to: Path, names: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in names.items():
            held.writestr(name, content)
    return to


def test_every_damage_is_said_in_a_sentence_and_nothing_is_left_behind(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the command, as its user sees it: exit code 2, one sentence, no file."""
    monkeypatch.chdir(tmp_path)
    content, bad = archive.read_bytes(), tmp_path / "bad.zip"
    files = unzipped(archive)
    log, about = files["events.jsonl"], json.loads(files["room.json"])
    middle = log.splitlines()[20]

    def said(sentence: str) -> None:
        with pytest.raises(SystemExit) as ended:
            run(["council", "import", "bad.zip"])
        assert ended.value.code == 2
        told = capsys.readouterr().err
        assert re.search(f"^error: bad.zip.*{sentence}", told), (sentence, told)
        assert [p.name for p in tmp_path.iterdir()] == ["bad.zip"]

    changed(archive, bad, events__jsonl=log.replace("Ten days", "One day"))
    said("its words are not those that were written")
    changed(archive, bad, events__jsonl=log.replace(middle + "\n", ""))
    said("where event 21 should")
    changed(archive, bad, events__jsonl=log.replace('"opening"', '"table"', 1))
    said("the chain breaks")
    changed(archive, bad, events__jsonl=log + "{}\n")
    said(r"events\.jsonl:\d+: this is no event")
    changed(archive, bad, events__jsonl=log.replace('"v": 1', '"v": 9', 1))
    said("a newer foedus wrote it")
    changed(archive, bad, room__json=json.dumps({**about, "format": 2}))
    said("a newer foedus wrote it")
    changed(archive, bad, room__json=json.dumps({**about, "audience": "KOR"}))
    said("what KOR could read, and no whole room")
    changed(archive, bad, room__json=json.dumps({**about, "branches": []}))
    said("it cannot be read")
    one = about["branches"][0]
    for parent in (2, 3, None, "1"):
        two = {**one, "id": 2, "parent": parent, "fork_seq": 5}
        changed(archive, bad, room__json=json.dumps({**about, "branch": 2, "branches": [one, two]}))
        said("its branches are out of order")
    changed(archive, bad, room__json=json.dumps({**about, "branches": [{**one, "fork_seq": 5}]}))
    said("an event stands before its branch")
    changed(archive, bad, form__json=None)
    said("form.json is missing")
    changed(archive, bad, room__json=None)
    said("this is no export of a room")
    bad.write_bytes(content[: len(content) // 2])
    said("this is no archive, or a damaged one")
    bad.write_bytes(b"PK\x03\x04 nothing")
    said("this is no archive")
    bad.write_bytes(content.replace(content[2000:2010], b"\0" * 10, 1))
    said("damaged")
    raw(bad, {n: t.encode(errors="replace") for n, t in {**files, "more": "x", HASHES: ""}.items()})
    said("the file is not in HASHES")
    raw(bad, {"a": b"x"})
    said("HASHES is missing")
    raw(bad, {"../a": b"x"})
    said("no file of a room")
    raw(bad, {f"f{k}": b"" for k in range(MOST_FILES + 1)})
    said("it has 65 files")
    monkeypatch.setattr(room_zip, "MOST_OUT", 4 << 20)
    raw(bad, {"bomb": bytes(5 << 20)})
    said("grows to more than 4 MiB")


def test_a_fork_goes_on_from_a_moment_and_knows_nothing_of_what_came_later(room: Taken, shelf: Shelf) -> None:
    number = number_at(room, "2019.orders")
    forked = up_to(room, number, 1.8e9, "without the forum")
    assert (forked.branch, len(forked.events)) == (2, number + 1)
    open_room(forked, shelf.place("f"), 1.8e9, shelf.address)
    store = shelf.store("f")
    actor = Actor(store, RoomForm(**FORM.__dict__))
    assert actor.branch == 2
    assert (actor.room.phase, actor.room.years["2019"].state) == ("orders", "opened")
    actor.start()
    rooms.done(actor, Act("room.resume", FACILITATOR))
    rooms.done(actor, Act("room.work", FACILITATOR))
    actor.stop()
    once_more = taken(store, "f")
    store.close()
    assert number_at(once_more, "2019.year") > number
    assert again(once_more, years=False).room.phase == "year"
    assert up_to(once_more, 3, 1.9e9, "").branches[-1] == Branch(2, 1, 3, "2030-03-17T17:46:40.000Z", "")
    for when, sentence in (
        ("2019.reading", "the room was never there"),
        ("99", "There are 0 to"),
        ("2019.reeding", "Did you mean '2019' or '2019.opening'"),
        ("x", "Known names: 2019"),
    ):
        with pytest.raises(FoedusError, match=sentence):
            number_at(once_more, when)


def test_a_year_that_is_worked_out_otherwise_is_named(room: Taken) -> None:
    log = [
        replace(e, event=replace(e.event, body={**e.event.body, "set": {**e.event.body["set"], "blocker": "x"}}))
        if e.event.kind == "year.worked out"
        else e
        for e in room.events
    ]
    assert again(replace(room, events=tuple(log))).differs == (
        "The year 2019 is worked out otherwise by this version.",
    )


def test_a_line_comes_back_to_the_same_event_and_others_are_refused(room: Taken) -> None:
    assert [sealed_of(sealed_line(one)) for one in room.events] == list(room.events)
    for line in (
        "[]",
        '{"body": 1}',
        sealed_line(room.events[0]).replace('"seq": 1', '"seq": "1"'),
        "NaN",
        '{"body": {}, "at": "\\ud800"}',
    ):
        with pytest.raises((ValueError, KeyError, TypeError)):
            sealed_of(line)
    assert newest((Branch(1, None, 0, ""), Branch(2, 1, 3, "")), []) == 1
    assert folded_all(opened(FORM), [e.event for e in room.events]).phase == "reading"
    assert io.BytesIO(zipped({"a": "b"})).read(2) == b"PK"


def test_a_phase_is_found_where_it_begins(room: Taken) -> None:
    play, first = opened(FORM), {}
    for one in room.log(room.branch):
        play = folded_all(play, [one.event])
        first.setdefault((play.year, play.phase), one.seq)
    begun = {key: seq for key, seq in first.items() if key[1] not in ("set up", "lobby")}
    assert {"table", "orders"} <= {phase for _, phase in begun}
    for (year, phase), seq in begun.items():
        assert number_at(room, f"{year}.{phase}") == seq  # each event here is an act of its own
    assert number_at(room, str(FORM.first)) == begun[FORM.first, "opening"]
    for phase in ("lobby", "set up"):
        with pytest.raises(FoedusError, match="the room was never there"):
            number_at(room, f"{FORM.first}.{phase}")
