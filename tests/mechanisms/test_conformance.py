"""What every mechanism owes: it can be read, switched off, and does not depend on anything it does not declare."""

from __future__ import annotations

import inspect
from pathlib import Path

import numpy as np
import pytest

import foedus.mechanisms
from foedus.mechanisms import COMPONENTS, LAWS, MECHANISMS
from foedus.model.architecture import Architecture, Institution, Kind, Rule, body, forum
from foedus.model.parameters import BY_NAME, Parameters
from foedus.simulation.appraisal import Appraiser, switch_off
from foedus.simulation.wiring import DYNAMIC, STILL
from foedus.vocabulary.errors import FoedusError
from worlds import body_of, random_world, star_of

SWITCHABLE = sorted(n for n, m in MECHANISMS.items() if m.off)


def test_one_file_one_mechanism() -> None:
    folder = Path(inspect.getfile(foedus.mechanisms)).parent
    assert {p.stem for p in folder.glob("*/*.py")} - {"__init__"} == set(MECHANISMS)


@pytest.mark.parametrize("name", sorted(MECHANISMS))
def test_a_mechanism_says_what_it_claims_and_where_it_comes_from(name: str) -> None:
    mechanism = MECHANISMS[name]
    assert len(mechanism.claim) > 25
    assert mechanism.equation
    assert mechanism.sources
    assert set(mechanism.off) <= set(BY_NAME)
    for law in LAWS.values():
        if law.mechanism == name:
            assert "Return" in (law.function.__doc__ or "")


@pytest.mark.parametrize("name", SWITCHABLE)
def test_switched_off_means_nothing_is_left(name: str) -> None:
    world = random_world(7)
    in_use = Parameters(laws={"reaction": "answers"})
    off = switch_off(in_use, [name])
    found = Appraiser(world, off).appraise(body_of(world), Architecture())
    component = MECHANISMS[name].component
    if component:
        assert np.all(found.components[COMPONENTS.index(component)] == 0)
    else:
        on = Appraiser(world, in_use).appraise(body_of(world), Architecture())
        assert name in ("exclusion", "bloc") or not np.array_equal(on.components, found.components)


def test_what_cannot_be_switched_off_is_said() -> None:
    with pytest.raises(FoedusError, match=r"no such mechanism\. Did you mean 'exposure'"):
        switch_off(Parameters(), ["exposur"])
    with pytest.raises(FoedusError, match="procedure"):
        switch_off(Parameters(), ["consent"])


def test_same_world_same_numbers_and_nothing_is_changed() -> None:
    world = random_world(11)
    before = world.digest()
    one = Appraiser(world, Parameters()).appraise(star_of(world), Architecture())
    other = Appraiser(world, Parameters()).appraise(star_of(world), Architecture())
    assert one.utility.tobytes() == other.utility.tobytes()
    assert world.digest() == before


def test_laws_leave_what_they_are_given_as_it_was() -> None:
    """No law remembers anything: whoever appraises keeps the memory."""
    world = random_world(3, 6)
    appraiser = Appraiser(world, Parameters())
    values = dict(appraiser.appraise(body_of(world), Architecture()).quantities)
    given = {**values, **dict(appraiser.parameters)}

    def bytes_of(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(bytes_of(v) for v in value)
        return value.tobytes() if isinstance(value, np.ndarray) else value

    for law in (*STILL, *DYNAMIC):
        arguments = [given[n] for n in law.needs]
        before = [bytes_of(a) for a in arguments]
        law.function(*arguments)
        assert [bytes_of(a) for a in arguments] == before, law.name


def test_every_law_of_utility_depends_on_what_it_declares() -> None:
    """Each number that a law of utility asks for changes its result: nothing is declared for show."""
    pact = Architecture(
        (
            body(("S0", "S1", "S2", "S4")),
            forum(("S0", "S2", "S3")),
            Institution(Kind.BILATERAL, ("S1", "S3"), Rule.HUB, 0.4),
        )
    )
    known = np.where(np.eye(5, dtype=bool), 1.0, 0.5)
    one = random_world(1, recognised=np.array([1, 1, 1, 1, 0.0]), divergence_left=known)
    other = random_world(2, recognised=np.array([1, 0, 1, 1, 1.0]))
    a = Appraiser(one, Parameters()).appraise(pact, Architecture()).quantities
    b = Appraiser(other, Parameters({"forum_depth": 0.3, "political_convexity": 1.5})).appraise(pact, pact).quantities
    for name in COMPONENTS:
        law = LAWS[name]
        arguments = [a[n] for n in law.needs]
        for need in law.needs:
            swap = b[need] if isinstance(a[need], np.ndarray) else a[need] * 1.5 + 0.1
            if isinstance(a[need], int) or (isinstance(swap, np.ndarray) and np.array_equal(a[need], swap)):
                continue  # who is hub and who is member is the same in both worlds
            swapped = [swap if n == need else x for n, x in zip(law.needs, arguments, strict=True)]
            assert not np.array_equal(law.function(*arguments), law.function(*swapped)), (name, need)


def test_a_term_is_called_by_its_sign_and_a_gain_never_a_loss() -> None:
    assert MECHANISMS["autonomy"].called(0.1) == "more autonomy"
    assert MECHANISMS["autonomy"].called(-0.1) == "loss of autonomy"
    for term in (m for m in MECHANISMS.values() if m.component):
        assert term.called(1.0) != term.called(-1.0), term.name
        assert all(term.signed), term.name
