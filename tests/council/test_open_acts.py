"""What is open on the page: what the phase is for stands in front, and every button says whose quarrel it is about."""

from __future__ import annotations

from councilrooms import Table

from foedus.council.acts import Event, Viewer
from foedus.council.due_now import due
from foedus.council.filled_acts import meant
from foedus.council.fold import folded, folded_all, opened
from foedus.council.gates import Sent
from foedus.council.open_acts import OUTSIDE, forms_of_phase, forms_on_text, joins, other_forms
from foedus.council.sight import readable
from foedus.council.sights import Sight
from foedus.council.tableside import Reader
from foedus.council.talk import channels


def reader(room: Table, seat: str) -> Reader:
    return Reader(Sight(Viewer("seat", seat), room.room, (), 0), 0.0)


def labels(room: Table, seat: str) -> list[str]:
    return [f.label for _, forms in other_forms(reader(room, seat)) for f in forms]


def quarrels(room: Table) -> None:
    """Let the year open with two quarrels, as the model tells it."""
    for sides in (["JPN", "KOR"], ["AUS", "JPN"]):
        body = {"id": "-".join(sides), "to": "quiet", "set": {"sides": sides}}
        room.room = folded(room.room, Event("quarrel.found", "model", "all", body, None, 2019, "opening"))


def test_every_button_of_a_quarrel_says_whose_it_is_and_what_it_does_for_the_reader() -> None:
    room = Table()
    room.at_the_table()
    quarrels(room)
    assert {"Offer our good offices to Japan and South Korea", "Offer our good offices to Australia and Japan"} <= set(
        labels(room, "USA")
    )
    japan = labels(room, "JPN")
    assert len(japan) == len(set(japan)), "no two buttons say the same"
    assert {"Raise the quarrel with South Korea", "Ask for good offices between us and Australia"} <= set(japan)
    offers = {f.label: f for _, forms in other_forms(reader(room, "JPN")) for f in forms}
    (mediator,) = (b for b in offers["Ask for good offices between us and South Korea"].boxes)
    assert [v for v, _ in mediator.choices] == ["USA", "AUS"], "neither side mediates, and no adversary"
    quarrel = "JPN-KOR"
    room.does("quarrel.offices", "USA", id=quarrel, mediator="USA")
    front = {s: [f.label for f in forms_of_phase(reader(room, s))] for s in ("USA", "KOR")}
    assert front["KOR"][:1] == ["Accept the good offices of the United States"], "others wait for it"
    assert not [x for x in (*front["USA"], *labels(room, "USA")) if x.startswith("Accept")], "who offered has accepted"


def test_a_concern_is_raised_in_front_in_the_phase_that_is_for_it() -> None:
    room = Table()
    table = room.at_the_table()
    room.does("room.consult", "facilitator")
    first, *_ = forms_of_phase(reader(room, "JPN"))
    assert (first.kind, first.tone) == ("concern.raise", "main")
    assert "concern.raise" not in [f.kind for _, forms in other_forms(reader(room, "JPN")) for f in forms]
    room.does("room.sit", "facilitator")
    assert [f.kind for f in forms_of_phase(reader(room, "JPN"))] == ["text.table", "concern.raise"]
    presses = forms_of_phase(reader(room, "CHN"))
    assert [(f.kind, f.tone) for f in presses] == [("channel.open", "main"), ("pressure.plan", "")]
    room.does("channel.open", "CHN", "Psst", members=["USA"])
    assert [f.tone for f in forms_of_phase(reader(room, "CHN"))] == ["", "main"], "then the plan is expected"
    room.does("pressure.plan", "CHN", target="KOR", cost=0.1)
    last = [(f.label, f.tone) for f in forms_of_phase(reader(room, "CHN"))][2:]
    assert last == [("Announce the pressure on South Korea", "main")]
    presses = [f for f in presses if f.kind == "pressure.plan"]
    assert "CHN" not in dict(next(b for b in presses[0].boxes if b.name == "target").choices), (
        "nobody presses themselves"
    )
    room.tables(table)
    assert [f.kind for f in forms_of_phase(reader(room, "JPN"))] == ["concern.raise"]
    room.does("channel.open", "KOR", members=["JPN"])
    assert [f.kind for f in forms_of_phase(reader(room, "JPN"))] == ["concern.raise"], (
        "a channel is joined among the channels"
    )
    assert "channel.accept" not in [f.kind for _, forms in other_forms(reader(room, "JPN")) for f in forms]
    (join,) = joins(reader(room, "JPN"))
    assert join.label == "Join the channel “South Korea and Japan”", "one without a name is called by who is in it"


def test_silence_is_asked_for_in_minutes_and_kept_in_seconds() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    forms = forms_on_text(reader(room, "USA"), room.room.texts[text])
    box, _ = next(f for f in forms if f.kind == "silence.propose").boxes
    assert (box.name, box.value) == ("minutes", "5")
    given = (("id", text), ("minutes", "0.5"))
    assert meant("silence.propose", Sent(given, {}))[0] == {"id": text, "seconds": 30.0}
    assert meant("silence.propose", Sent((("seconds", "40"),), {}))[0] == {"seconds": 40.0}
    assert meant("silence.propose", Sent((("minutes", "soon"),), {}))[0] == {"seconds": "soon"}
    weeks = Table(silence_seconds=259_200.0)
    text = weeks.tables(weeks.at_the_table())
    box, _ = next(
        f for f in forms_on_text(reader(weeks, "USA"), weeks.room.texts[text]) if f.kind == "silence.propose"
    ).boxes
    assert (box.name, box.value) == ("hours", "72")


def test_after_adoption_no_other_text_is_called_for_and_quarrels_outside_are_one_group_at_the_end() -> None:
    room = Table(consensus_seconds=20)
    table = room.at_the_table()
    room.does("room.sit", "facilitator")
    text = room.tables(table, clause=None)
    room.does("consensus.call", "USA", id=text)
    room.waits(21)
    assert room.room.texts[text].state == "adopted"
    assert "text.table" not in [f.kind for f in forms_of_phase(reader(room, "JPN"))]
    assert "text.table" in [f.kind for _, forms in other_forms(reader(room, "JPN")) for f in forms], "it is still open"
    outside = {"id": "THA-VNM", "to": "quiet", "set": {"sides": ["THA", "VNM"]}}
    room.room = folded(room.room, Event("quarrel.found", "model", "all", outside, None, 2019, "opening"))
    title, forms = other_forms(reader(room, "JPN"))[-1]
    assert (title, [f.item for f in forms]) == (OUTSIDE, ["THA-VNM"])


def test_every_button_of_an_amendment_says_whose_it_is_and_to_which_article() -> None:
    room = Table()
    table = room.at_the_table()
    room.does("room.sit", "facilitator")
    name = room.tables(table, "USA")
    for seat, article in (("JPN", "a1"), ("USA", "a2")):
        room.does("amendment.offer", seat, "Other words", text=name, article=article)
    found = [f.label for f in forms_on_text(reader(room, "KOR"), room.room.texts[name])]
    assert {"Accept what Japan offers for article 1", "Accept what the United States offers for article 2"} <= set(
        found
    )
    assert "Object to what the United States offers for article 2" in found
    assert len(found) == len(set(found)), "no two buttons say the same"


def test_whom_others_wait_for_finds_the_door_and_the_draft_among_the_acts_that_are_open() -> None:
    room = Table()
    room.at_the_table("USA", "JPN", "KOR")
    room.does("treaty.draft", "JPN", "A treaty of two", clause="treaty USA,JPN")
    assert next(f.label for f in forms_of_phase(reader(room, "USA"))) == "Initial “A treaty of two”"
    assert "“A treaty of two” is drafted: initial it if you would sign it so." in [
        d["words"] for d in due(reader(room, "USA"), "/x")
    ]
    body = {"id": "room", "set": {"in_force": ["forum USA,JPN"]}}
    room.room = folded(room.room, Event("room.informed", "model", "all", body, None, 2019, "opening"))
    room.does("accession.knock", "KOR", to="forum USA,JPN")
    found = [f.label for f in forms_of_phase(reader(room, "USA"))]
    assert "Let South Korea into the forum of the United States and Japan" in found
    assert next(d["words"] for d in due(reader(room, "USA"), "/x")).startswith(
        "South Korea would come into the forum of"
    )


def offered() -> tuple[Table, str]:
    """Return a room in which Washington is asked to mediate between Tokyo and Seoul, and the mediation's id."""
    room = Table()
    room.at_the_table()
    quarrels(room)
    room.does("quarrel.raise", "KOR", "The ruling stands.", id="JPN-KOR")
    room.does("quarrel.offices", "KOR", id="JPN-KOR", mediator="USA")
    mediation = next(iter(room.room.mediations))
    return room, mediation


def test_a_mediation_is_a_place_to_talk_for_its_three_and_nobody_else() -> None:
    room, mediation = offered()
    for who in ("JPN", "USA"):
        room.does("mediation.accept", who, id=mediation)
    room.does("mediation.say", "JPN", "In confidence.", id=mediation)
    for who, reads in (("USA", True), ("JPN", True), ("KOR", True), ("AUS", False), ("CHN", False)):
        seen = folded_all(opened(room.form), readable(room.log, Viewer("seat", who)))
        told = Reader(Sight(Viewer("seat", who), seen, (), 0), 0.0)
        assert (
            [c["label"] for c in channels(told, "") if c["id"] == mediation] == ["Mediation: Japan and South Korea"]
        ) is reads
        assert ("In confidence." in repr(seen)) is reads
    assert "mediation.say" not in [f.kind for _, forms in other_forms(reader(room, "USA")) for f in forms]
    assert "mediation.propose" in [f.kind for f in forms_of_phase(reader(room, "USA"))], "both sides wait for it"


def test_who_holds_a_bracket_is_asked_first_for_a_wording_between_the_two_and_not_to_give_in() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    room.does("room.sit", "facilitator")
    amendment = room.does("amendment.offer", "KOR", "Other words", text=text, article="a1")
    room.does("amendment.object", "JPN", "Too far", id=amendment)

    def forms(seat: str) -> dict[str, tuple[str, str]]:
        return {f.kind: (f.label, f.tone) for f in forms_on_text(reader(room, seat), room.room.texts[text])}

    assert next(iter(forms("JPN"))) == "amendment.offer"
    for seat in ("JPN", "KOR"):
        assert forms(seat)["amendment.offer"] == ("Offer a wording between the two", "main")
    assert forms("JPN")["amendment.lift"][1] == ""
    assert forms("USA")["amendment.offer"] == ("Amend an article", "")
    between = room.does("amendment.offer", "JPN", "A third wording", text=text, article="a1")
    room.waits(61)
    assert room.room.amendments[between].state == "carried"
    assert not [b for a in room.room.texts[text].get("articles") for b in a.get("brackets", ())], (
        "it takes the brackets away"
    )


def test_a_mediation_goes_on_when_all_three_accept_and_is_settled_when_both_sides_agree() -> None:
    room, mediation = offered()

    def state() -> str:
        return room.room.mediations[mediation].state

    room.does("mediation.accept", "JPN", id=mediation)
    assert state() == "offered", "the mediator has not accepted"
    room.does("mediation.accept", "USA", id=mediation)
    assert state() == "in confidence"
    room.does("mediation.propose", "USA", "Halve it.", id=mediation)
    room.does("mediation.agree", "JPN", id=mediation)
    assert state() == "proposed", "one side alone settles nothing"
    room.does("mediation.agree", "KOR", id=mediation)
    assert state() == "settled"
