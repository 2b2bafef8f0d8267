"""Random walks: everybody does everything in any order, and what must never happen does not."""

from __future__ import annotations

from typing import Any

from councilrooms import FORM, Table
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from foedus.council.acts import Act, Event, Refusal, Viewer
from foedus.council.fold import Item, Room, folded
from foedus.council.procedures.roster import MACHINES
from foedus.council.sight import readable, seen_by
from foedus.council.stepping import allowed, due, step

ACTORS = ("facilitator", "seat:USA", "seat:JPN", "seat:KOR", "seat:CHN", "model", "clock")
STATES = ("USA", "JPN", "KOR", "AUS", "CHN")
CLAUSES = (
    None,
    "form forum USA,JPN,KOR",
    "form body USA,JPN,KOR rule hub",
    "treaty JPN,KOR depth 0.5",
    "mediate JPN,KOR by USA",
    "nonsense",
)
MOVES = {(m.family, a, r.to or a) for m in MACHINES.values() for r in m.rows for a in (r.start or ("",))} | {
    ("room", "paused", s) for s in MACHINES["room"].states
}
"""Transitions that the tables list: family, state before, state after."""
FOLLOWING = {
    "text": {("open", "adopted")},
    "amendment": {
        ("offered", "stale"),
        ("bracketed", "stale"),
        ("offered", "carried"),
        ("bracketed", "carried"),
        ("bracketed", "fallen"),
    },
    "quarrel": {("raised", "quiet"), ("answered", "raised"), ("crisis", "answered"), ("", "quiet")},
    "treaty": {("", "agreed"), ("negotiated", "agreed")},
    "mediation": {
        ("", "offered"),
        ("offered", "in confidence"),
        ("proposed", "settled"),
        ("in confidence", "in confidence"),
        ("settled", "settled"),
    },
    "inject": {("", "prepared")},
    "concern": {("", "noted"), ("", "on the agenda")},
    "table": {("open", "challenged"), ("challenged", "open")},
    "channel": {("open", "closed")},
    "accession": {("applied", "invited")},
}
"""Transitions that rows reach by their effects, as their effects say."""
ON_TEXT = {
    ("called", "open"),
    ("called", "answering"),
    ("called", "adopted"),
    ("answering", "open"),
    ("answering", "adopted"),
    ("silent", "answering"),
    ("silent", "adopted"),
    ("voting", "open"),
    ("voting", "answering"),
    ("voting", "adopted"),
    ("adopted", "adopted"),
}
ENTERED = {"year": {("", "opened")}}

words = st.one_of(st.none(), st.sampled_from(("No.", "A reason", "Title\fOne", "Title\fOne\fTwo")))


def value(draw: Any, kind: str, room: Room, choices: tuple[str, ...]) -> Any:
    if kind.startswith("item:"):
        known = list(room.all(kind[5:]))
        return draw(st.sampled_from(known)) if known else "none"
    return draw(
        {
            "state": st.sampled_from(STATES),
            "states": st.lists(st.sampled_from(STATES), min_size=1, max_size=4, unique=True),
            "number": st.sampled_from((-1, 0, 0.4, 1, 5, 30, 60, 300)),
            "hour": st.sampled_from(("0:01", "14:30", "1970-01-02 07:00", "noon")),
            "yes": st.booleans(),
            "word": st.sampled_from(choices or ("a1", "a2", "KOR.free_force")),
            "key": st.sampled_from(
                ("treaty USA,KOR", "forum USA,JPN,KOR", "form forum USA,JPN,KOR", "treaty JPN,KOR", "x")
            ),
            "clause": st.sampled_from(CLAUSES),
            "articles": st.lists(st.sampled_from(CLAUSES[:4]), min_size=1, max_size=2),
            "answers": st.dictionaries(
                st.sampled_from((*STATES, *room.treaties, "treaty USA,KOR")), st.booleans(), max_size=2
            ),
            "weights": st.dictionaries(st.sampled_from(STATES), st.sampled_from((0, 1, 2)), min_size=1),
        }[kind]
    )


class Walk(RuleBasedStateMachine):
    """A room in which anybody does anything."""

    @initialize(
        brackets=st.sampled_from(("held", "majority")),
        names=st.sampled_from(("members", "chair")),
        away=st.sampled_from(("model", "wait", "abstain")),
        carry=st.sampled_from(("carried", "lapsed")),
    )
    def begins(self, **rules: str) -> None:
        self.room = Table(
            FORM, brackets=rules["brackets"], silence_names=rules["names"], away=rules["away"], carry=rules["carry"]
        )
        table = self.room.at_the_table("USA", "JPN", "CHN")
        self.room.tables(table)
        known = Event(
            "room.informed",
            "model",
            "all",
            {"id": "room", "set": {"in_force": ["treaty USA,KOR", "forum USA,JPN,KOR"], "law_budget": 1.0}},
            None,
            2019,
            "opening",
        )
        quarrel = Event(
            "quarrel.found",
            "model",
            "all",
            {"id": "JPN-KOR", "to": "quiet", "set": {"sides": ["JPN", "KOR"]}},
            None,
            2019,
            "opening",
        )
        for event in (known, quarrel):
            self.takes((event,))

    def takes(self, events: tuple[Event, ...]) -> None:
        """Fold events, and hold every transition to the tables."""
        for event in events:
            before = self.room.room
            self.room.room = folded(before, event)
            self.room.log.append(event)
            for family, items in self.room.room.families.items():
                for name, item in items.items():
                    was = before.item(family, name)
                    self.moved(family, was, item, event)

    def moved(self, family: str, was: Item | None, item: Item, event: Event) -> None:
        """Fail if a transition is not listed."""
        before = was.state if was is not None else ""
        if was is item or before == item.state:
            return
        listed = (family, before, item.state) in MOVES or (before, item.state) in FOLLOWING.get(family, set())
        listed = (
            listed
            or (family == "text" and (before, item.state) in ON_TEXT)
            or (before, item.state) in ENTERED.get(family, set())
        )
        assert listed, (family, before, item.state, event.kind)
        if family == "text" and item.state == "adopted":
            assert was is not None
            assert not any(a["brackets"] for a in was.get("articles")), "a text with brackets was adopted"
            assert event.kind.partition(".")[0] in ("consensus", "silence", "vote")
            assert before in ("called", "silent", "voting", "answering")

    def tries(self, act: Act) -> None:
        """Do an act; it leads to events or to a refusal with a sentence, never to an exception."""
        found = step(self.room.room, act, self.room.now)
        if isinstance(found, Refusal):
            assert found.rule
            assert found.sentence
            return
        assert found
        self.takes(found)

    @rule(data=st.data(), who=st.sampled_from(ACTORS[:5]), said=words)
    def takes_what_is_offered(self, data: Any, who: str, said: str | None) -> None:
        """Take one of the acts that are open, with fields that fit or not quite."""
        offers = [o for o in allowed(self.room.room, who) if o.kind not in ("room.close", "room.debrief", "room.pause")]
        if not offers:
            return
        nouns = sorted({o.kind.partition(".")[0] for o in offers})
        noun = data.draw(st.sampled_from(nouns))
        offer = data.draw(st.sampled_from([o for o in offers if o.kind.startswith(f"{noun}.")]))
        body = {
            a.name: value(data.draw, a.kind, self.room.room, a.choices)
            for a in offer.asks
            if a.needed or data.draw(st.booleans())
        }
        wanted = said or ("Because." if offer.words == "must" else None)
        if offer.kind == "text.table":
            wanted = "\f".join(["Title", *("x" for _ in body["articles"])])
        self.tries(
            Act(
                offer.kind,
                who,
                {**body, **({"id": offer.item} if offer.item else {})},
                wanted,
                key=str(len(self.room.log)),
            )
        )

    @rule(data=st.data(), who=st.sampled_from(ACTORS), said=words, place=st.one_of(st.none(), st.sampled_from(STATES)))
    def does_anything(self, data: Any, who: str, said: str | None, place: str | None) -> None:
        """Any act on any item by anybody."""
        machine = data.draw(st.sampled_from(sorted(MACHINES)))
        row = data.draw(st.sampled_from(MACHINES[machine].rows))
        if machine == "room" and row.verb in ("close", "debrief"):
            return
        known = [*self.room.room.all(MACHINES[machine].family), "none"]
        body = {
            a.name: value(data.draw, a.kind, self.room.room, a.choices) for a in row.asks if data.draw(st.booleans())
        }
        name = {"id": data.draw(st.sampled_from(known))} if row.start else {}
        self.tries(
            Act(
                f"{machine}.{row.verb}",
                who,
                {**body, **name, **({"for": place} if place else {})},
                said,
                key=str(len(self.room.log)),
            )
        )

    @rule(data=st.data())
    def the_model_answers(self, data: Any) -> None:
        """Answer for a seat that nobody plays where a text asks for it."""
        for text in self.room.room.texts.values():
            if text.state == "answering":
                by = str(text.get("by"))
                verb = data.draw(
                    st.sampled_from(
                        {"consensus": ("join", "object"), "silence": ("keep", "speak"), "vote": ("yes", "no")}[by]
                    )
                )
                seat = data.draw(st.sampled_from(("USA", "JPN", "KOR")))
                self.tries(Act(f"{by}.{verb}", "model", {"id": text.id, "for": seat}, "By law."))

    @rule(seconds=st.sampled_from((1, 30, 60, 400)))
    def time_passes(self, seconds: float) -> None:
        """What falls due is possible."""
        self.room.now += seconds
        for act in due(self.room.room, self.room.now)[:3]:
            found = step(self.room.room, act, self.room.now)
            assert not isinstance(found, Refusal) or act not in due(self.room.room, self.room.now), (act, found)
            if not isinstance(found, Refusal):
                self.takes(found)

    @invariant()
    def pressure_keeps_to_the_budget(self) -> None:
        room = self.room.room if hasattr(self, "room") else None
        if room is None:
            return
        for year in {p.year for p in room.pressures.values()}:
            on = [
                p.get("cost")
                for p in room.pressures.values()
                if p.year == year and p.state in ("planned", "known", "laid on")
            ]
            budget = room.itself.get("budget", room.form.budget)
            assert sum(on) <= max(budget, self.room.form.budget or 0.0) + 1e-9 or room.itself.get("budget") is not None

    @invariant()
    def no_state_is_a_trap(self) -> None:
        """From a state that is no end there is an act of somebody, of the clock, or a phase that leads on."""
        if not hasattr(self, "room"):
            return
        for machine in MACHINES.values():
            for item in self.room.room.all(machine.family).values():
                nouns = [m for m in MACHINES.values() if m.family == machine.family]
                assert item.state in machine.ends or any(item.state in r.start for m in nouns for r in m.rows), (
                    machine.noun,
                    item.state,
                )

    def teardown(self) -> None:
        """Nobody has read what they may not, in whatever was done."""
        if not hasattr(self, "room"):
            return
        for seat in ("KOR", "CHN"):
            viewer = Viewer("seat", seat)
            seen = readable(self.room.log, viewer)
            assert seen_by(self.room.form, seen, viewer) == seen_by(self.room.form, self.room.log, viewer)
            for channel in seen_by(self.room.form, self.room.log, viewer).channels.values():
                assert seat in channel.get("members") or not channel.said or any(seat in e.see for e in self.room.log)
        assert seen_by(self.room.form, self.room.log, Viewer("facilitator")) == self.room.room


TestWalk = Walk.TestCase
TestWalk.settings = settings(
    max_examples=60, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_every_state_is_reached_by_a_row_or_by_its_effects() -> None:
    for machine in MACHINES.values():
        rows = [r for m in MACHINES.values() if m.family == machine.family for r in m.rows]
        reached = {r.to for r in rows} | {b for _, b in FOLLOWING.get(machine.family, set())}
        reached |= {b for _, b in ON_TEXT} if machine.family == "text" else set()
        begins = {"room": {"set up"}, "seat": {"empty"}}.get(machine.noun, set())
        assert set(machine.states) <= reached | begins, (machine.noun, set(machine.states) - reached)


def test_no_state_but_an_end_is_left_without_a_way_on() -> None:
    for machine in MACHINES.values():
        rows = [r for m in MACHINES.values() if m.family == machine.family for r in m.rows]
        for state in set(machine.states) - set(machine.ends):
            assert [r for r in rows if state in r.start], (machine.noun, state)
