"""Properties of institutions: what laws are told of each kind, by hand."""

from __future__ import annotations

import pytest

from foedus.model.architecture import Institution, bilateral, body, de_facto, forum
from foedus.model.parameters import Parameters
from foedus.model.properties import PROPERTIES, depth_of

P = Parameters({"forum_depth": 0.3, "de_facto_depth": 0.6})


@pytest.mark.parametrize(
    ("institution", "true", "depth"),
    [
        (bilateral("A", "B"), {"treaty"}, 1.0),
        (bilateral("A", "B", 0.4), {"treaty"}, 0.4),
        (body(("A", "B", "C")), {"treaty", "multilateral", "consensus"}, 1.0),
        (forum(("A", "B", "C")), {"forum", "consensus"}, 0.3),
        (de_facto("A", "B"), {"de_facto"}, 0.6),
    ],
)
def test_what_laws_are_told_of_each_kind(institution: Institution, true: set[str], depth: float) -> None:
    assert {n for n, p in PROPERTIES.items() if p.yes_or_no and p.answer(institution, P)} == true
    assert PROPERTIES["depth"].answer(institution, P) == depth_of(institution, P) == depth


def test_every_property_says_what_it_means() -> None:
    assert all(p.meaning for p in PROPERTIES.values())


def test_who_is_joined_by_more_stays_what_it_is() -> None:
    light = Institution(body(("A", "B", "C")).kind, ("A", "B", "C"), body(("A", "B", "C")).rule, 0.4, "Pact")
    larger = light.joined_by("D", "E")
    assert larger.members == ("A", "B", "C", "D", "E")
    assert (larger.kind, larger.rule, larger.depth, larger.name) == (light.kind, light.rule, 0.4, "")
