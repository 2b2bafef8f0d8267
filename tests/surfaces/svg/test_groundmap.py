"""Grounds of maps: sea and land in the tints of who is who, hatches in the tint of the other side, words below."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from shapes import SVG, shapes

from foedus.surfaces.svg.groundmap import ground, said_of
from foedus.surfaces.svg.pen import Picture
from foedus.surfaces.svg.projection import View
from foedus.surfaces.svg.sovereignty import rings_of

NEAR_CRIMEA = View((33.0, 47.0), 30.0, 600.0, 400.0)
AFTER, BEFORE = dt.date(2014, 6, 1), dt.date(2014, 1, 1)


def drawn(tints: dict[str, str], day: dt.date, view: View = NEAR_CRIMEA) -> tuple[str, list[str]]:
    p = Picture(view.width, view.height, "", "")
    names = ground(p, view, tints, day, "m")
    return p.svg(), names


def fills(svg: str, tip: str) -> list[str]:
    """Return the patterns that fill what says something, as the end of their name."""
    return [str(s.get("fill")).rstrip(")").rsplit("-", 1)[1] for s in shapes(svg, "path") if s["tip"] == tip]


def test_the_sea_fills_the_canvas_and_everything_is_cut_at_its_frame() -> None:
    svg, _ = drawn({}, AFTER)
    sea = shapes(svg, "rect")
    (whole,) = [s for s in sea if s.get("fill") == "sea"]
    assert (whole["x"], whole["y"], whole["width"], whole["height"]) == (0, 0, 600, 400)
    root = ElementTree.fromstring(svg)
    (clip,) = root.iter(f"{SVG}clipPath")
    assert (clip[0].attrib["width"], clip[0].attrib["height"]) == ("600", "400")
    (cut,) = [g for g in root.iter(f"{SVG}g") if "clip-path" in g.attrib]
    assert clip.attrib["id"] in cut.attrib["clip-path"]
    assert len(list(root.iter(f"{SVG}path"))) == len(list(cut.iter(f"{SVG}path"))) > 5


def test_land_has_the_tint_of_its_state_on_the_day() -> None:
    svg, _ = drawn({"UKR": "ally", "RUS": "foe"}, AFTER)
    tints = {s["d"]: s.get("fill") for s in shapes(svg, "path") if s.get("fill") in ("ally", "foe", "land")}
    for state, tint in (("POL", "land"), ("ROU", "land"), ("TUR", "land")):
        assert tints[NEAR_CRIMEA.path(rings_of(state))] == tint
    assert tints[NEAR_CRIMEA.path((*rings_of("UKR"), *rings_of("crimea")))] == "ally"
    assert list(tints.values()).count("ally") == 2  # Donbas is painted again below its stripes
    assert list(tints.values()).count("foe") == 1
    soviet, _ = drawn({"RUS": "foe"}, dt.date(1980, 1, 1))
    assert not [s for s in shapes(soviet, "path") if s.get("fill") == "ally"]
    assert NEAR_CRIMEA.path(rings_of("UKR"))[:40] in "".join(
        s["d"] for s in shapes(soviet, "path") if s.get("fill") == "foe"
    )


@pytest.mark.parametrize(
    ("owner", "holder", "stripes"),
    [
        ("ally", "foe", "foe"),
        ("foe", "ally", "ally"),
        ("land", "foe", "foe"),
        ("foe", "land", "faint"),
        ("ally", "land", "faint"),
        ("ally", "ally", "land"),
        ("foe", "foe", "land"),
        ("land", "land", "faint"),
    ],
)
def test_a_disputed_area_has_stripes_that_are_seen_on_the_tint_of_its_owner(
    owner: str, holder: str, stripes: str
) -> None:
    svg, names = drawn({s: t for s, t in (("UKR", owner), ("RUS", holder)) if t != "land"}, AFTER)
    assert "Crimea" in names
    assert fills(svg, "Crimea") == [stripes]  # an outline of its own, filled with the land of its owner
    (crimea,) = (s for s in shapes(svg, "path") if s["tip"] == "Crimea")
    assert "stroke" not in crimea
    below, above = (s for s in shapes(svg, "path") if s["d"] == NEAR_CRIMEA.path(rings_of("donbas")))
    assert (below.get("fill"), below["tip"]) == (owner, "")  # laid over an outline: painted first, then striped
    assert fills(svg, "Donbas (line of 2014)") == [stripes]
    assert (above["stroke"], above["stroke-dasharray"]) == ("shore", "2 2")  # its line is no border
    assert "hatch" not in svg
    ids = {e.attrib["id"].rsplit("-", 1)[1]: e for e in ElementTree.fromstring(svg).iter(f"{SVG}pattern")}
    assert set(ids) == {"ally", "foe", "faint", "land"}
    assert {t: e[0].attrib["fill"] for t, e in ids.items()} == {t: f"var(--{t})" for t in ids}


def test_what_was_not_disputed_on_the_day_is_not_hatched() -> None:
    svg, names = drawn({"UKR": "ally"}, BEFORE)
    assert "Crimea" not in names
    assert fills(svg, "Crimea") == []


def test_disputes_of_those_concerned_are_named_first_and_those_out_of_sight_not_at_all() -> None:
    world = View((30.0, 20.0), 300.0, 700.0, 400.0)
    _, names = drawn({"UKR": "ally", "RUS": "foe"}, AFTER, world)
    concerned = [k for k, n in enumerate(names) if n == "Crimea" or n.startswith("Donbas") or "Kurils" in n]
    assert concerned == list(range(len(concerned)))
    assert len(names) > len(concerned) >= 2
    _, here = drawn({"UKR": "ally", "RUS": "foe"}, AFTER, View((33.0, 45.0), 6.0, 600.0, 300.0))
    assert here[0] == "Crimea"
    assert "Kashmir" not in here
    _, nowhere = drawn({"UKR": "ally"}, AFTER, View((-100.0, 40.0), 20.0, 600.0, 300.0))
    assert nowhere == []


def test_an_area_too_small_to_show_its_hatch_is_not_named() -> None:
    _, names = drawn({"UKR": "ally"}, AFTER, View((33.0, 45.0), 340.0, 60.0, 30.0))
    assert "Crimea" not in names
    _, cut = drawn({"UKR": "ally"}, AFTER, View((33.0, 49.0), 30.0, 600.0, 120.0))
    assert "Crimea" not in cut  # below the edge


def test_two_states_of_one_outline_share_it_in_stripes_and_both_names() -> None:
    germany = View((10.0, 51.0), 20.0, 600.0, 400.0)
    for tints, base, stripes in (
        ({"DEU": "ally", "DDR": "foe"}, {"ally", "foe"}, {"ally", "foe"}),
        ({}, {"land"}, {"faint"}),
        ({"DEU": "ally", "DDR": "ally"}, {"ally"}, {"land"}),
    ):
        svg, names = drawn(tints, dt.date(1960, 1, 1), germany)
        (name,) = [n for n in names if "Germany" in n]
        assert name.endswith(" (no line at hand)")
        both = name.removesuffix(" (no line at hand)")
        assert sorted(both.split(" and ")) == ["East Germany", "West Germany"]
        (pattern,) = fills(svg, both)
        assert pattern in stripes
        below = [s.get("fill") for s in shapes(svg, "path") if s["d"] == germany.path(rings_of("DEU")) and not s["tip"]]
        assert len(below) == 1
        assert below[0] in base
        assert below[0] != pattern
    one, names = drawn({"DEU": "ally"}, dt.date(2000, 1, 1), germany)
    assert not [n for n in names if "Germany" in n]
    assert "no line at hand" not in one


def test_a_union_has_a_shore_around_it_and_none_between_its_parts() -> None:
    view = View((28.0, 55.0), 16.0, 600.0, 400.0)
    for day, apart in ((dt.date(1980, 1, 1), False), (dt.date(2000, 1, 1), True)):
        svg, _ = drawn({}, day, view)
        alone = view.path(rings_of("LVA"))
        assert (alone in [s["d"] for s in shapes(svg, "path") if s.get("stroke") == "shore"]) == apart
        shores = [s for s in shapes(svg, "path") if s.get("stroke") == "shore"]
        assert shores
        assert all(s["stroke-width"] in (0.5, 0.6) for s in shores)


def test_the_words_below_say_the_day_and_what_is_hatched() -> None:
    said = said_of(dt.date(1991, 12, 25), ["a", "b", "a"])
    assert said.startswith("Borders of 25 December 1991 as the General Assembly of the United Nations has them")
    assert "Hatched: a, b." in said
    assert "Hatched" not in said_of(dt.date(1991, 1, 1), [])
    assert "1 January 1991" in said_of(dt.date(1991, 1, 1), [])
    assert "Borders of 2 September 1945" in said_of(dt.date(1900, 1, 1), [])
    assert "Hatched: a, b, c, d, e, f." in said_of(dt.date(2000, 1, 1), list("abcdef"))
    assert "Hatched: a, b, c, d, e, f and 2 more." in said_of(dt.date(2000, 1, 1), list("abcdefgh"))
    assert re.search(r"Natural Earth \(public domain\), Equal Earth projection\.$", said)


def test_a_country_by_itself_has_one_outline_and_a_union_no_seams() -> None:
    view = View((28.0, 55.0), 30.0, 600.0, 400.0)
    svg, _ = drawn({"POL": "ally", "RUS": "foe"}, dt.date(1980, 1, 1), view)
    (poland,) = [s for s in shapes(svg, "path") if s["d"] == view.path(rings_of("POL"))]
    assert (poland["stroke"], poland.get("fill")) == ("shore", "ally")
    (soviet,) = [s for s in shapes(svg, "path") if s.get("fill") == "foe"]
    assert soviet["stroke"] == "foe"  # so that nothing is seen between its parts
    assert view.path(rings_of("LVA"))[:60] in soviet["d"]


@pytest.mark.parametrize(("strip", "named"), [(2.0, False), (6.0, True)])
def test_what_shows_only_in_a_narrow_strip_at_the_edge_is_not_named(strip: float, named: bool) -> None:
    wide = View((34.2, 45.3), 12.0, 600.0, 400.0)
    points = [q for ring in rings_of("crimea") for part in wide.rings(ring) for q in part]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    middle = wide.place(34.2, 45.3)
    per_degree = wide.place(35.2, 45.3)[0] - middle[0]
    for side in ("left", "right", "top", "bottom"):
        height = 400.0 if side in ("left", "right") else round(2 * (min(ys) - 200) + 400)
        if side in ("left", "right"):
            shift = (max(xs) - strip if side == "left" else min(xs) - 600 + strip) / per_degree
            view = View((34.2 + shift, 45.3), 12.0, 600.0, height)
        else:
            low, high = (45.3, 60.0) if side == "bottom" else (30.0, 45.3)
            for _ in range(60):  # the latitude at which just so much is on the canvas
                half = (low + high) / 2
                view = View((34.2, half), 12.0, 600.0, 400.0)
                there = [y for ring in rings_of("crimea") for part in view.rings(ring) for _, y in part]
                shown = (400 - min(there) if side == "bottom" else max(there)) if there else 0.0
                if (shown > strip) == (side == "bottom"):
                    low = half
                else:
                    high = half
            view = View((34.2, low), 12.0, 600.0, 400.0)
        _, names = drawn({"UKR": "ally"}, AFTER, view)
        assert ("Crimea" in names) == named, side
