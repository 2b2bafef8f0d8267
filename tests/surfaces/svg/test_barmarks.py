"""Bars: as long as their numbers, from the base; sums stacked both ways, with the net where the terms add up to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapes import shapes, tipped
from textboxes import texts_of

from foedus.surfaces.svg.barmarks import bars, ends, ranged, said, stack
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Column, table

COLUMNS = (
    Column("who"),
    Column("gain", "bn", form="signed"),
    Column("low"),
    Column("high"),
    Column("kind"),
)
ROWS = [
    ("Japan", 2.0, 1.0, 3.0, "ally"),
    ("Korea", -1.0, None, None, "ally"),
    ("Nobody", None, None, None, "other"),
    ("India", 0.5, None, None, "other"),
]
CHART = Chart("c", "bars", "T", "", table("t", "T", COLUMNS, ROWS), "gain", "who", low="low", high="high")


def test_bars_are_as_long_as_their_numbers_and_start_at_the_base() -> None:
    found = tipped(bars(CHART, 760), "rect")
    assert list(found) == ["Japan: +2.00", "Korea: -1.00", "India: +0.50"]
    japan, korea, india = found.values()
    assert japan["width"] == pytest.approx(2 * korea["width"], abs=0.03)
    assert japan["width"] == pytest.approx(4 * india["width"], abs=0.05)
    zero = japan["x"]
    assert india["x"] == pytest.approx(zero)
    assert korea["x"] + korea["width"] == pytest.approx(zero, abs=0.02)
    assert [b["fill"] for b in found.values()] == ["teal", "vermilion", "teal"]
    assert japan["y"] < korea["y"] < india["y"]
    strong = [w for w in shapes(bars(CHART, 760), "line") if w["stroke"] == "ink" and w["x1"] == w["x2"]]
    assert strong[0]["x1"] == pytest.approx(zero, abs=0.02)


def test_a_base_is_where_bars_start_and_is_told_in_the_key() -> None:
    shares = (Column("who"), Column("p", form="percent"))
    rows = [("a", 0.75), ("b", 0.25), ("c", 0.5)]
    chart = Chart(
        "c", "bars", "T", "", table("t", "T", shares, rows), "p", "who", options={"base": 0.5, "base_words": "as it is"}
    )
    svg = bars(chart, 760)
    above, below, none = tipped(svg, "rect").values()
    assert above["x"] == pytest.approx(below["x"] + below["width"], abs=0.02)
    assert above["width"] == pytest.approx(below["width"], abs=0.02)
    assert none["width"] == 0
    assert [b["fill"] for b in (above, below, none)] == ["teal", "vermilion", "teal"]
    assert "as it is" in [w for w, _ in texts_of(svg)[1]]


def test_the_number_stands_beyond_the_end_of_its_bar_and_of_its_range() -> None:
    svg = bars(CHART, 760)
    found, words = tipped(svg, "rect"), dict(texts_of(svg)[1])
    (reach,) = [w for w in shapes(svg, "line") if w["y1"] == w["y2"]]
    japan, korea, india = found.values()
    unit = japan["width"] / 2
    assert (reach["x1"], reach["x2"]) == pytest.approx((japan["x"] + unit, japan["x"] + 3 * unit), abs=0.05)
    assert japan["y"] < reach["y1"] < japan["y"] + japan["height"]
    assert words["+2.00"][0] == pytest.approx(reach["x2"] + 5, abs=0.02)
    assert words["+0.50"][0] == pytest.approx(india["x"] + india["width"] + 5, abs=0.02)
    assert words["-1.00"][2] == pytest.approx(korea["x"] - 5, abs=0.02)
    for name, box in (("+2.00", japan), ("-1.00", korea)):
        middle = (words[name][1] + words[name][3]) / 2
        assert middle == pytest.approx(box["y"] + box["height"] / 2, abs=2)


def test_values_choose_inks_and_the_key_names_them() -> None:
    chart = replace(CHART, colour="kind", inks={"ally": "blue", "other": "rose"})
    svg = bars(chart, 760)
    assert [b["fill"] for b in tipped(svg, "rect").values()] == ["blue", "blue", "rose"]
    shown = [w for w, _ in texts_of(svg)[1]]
    assert {"ally", "other"} <= set(shown)
    signs = [s for s in shapes(svg, "rect") if not s["tip"]]
    assert [s["fill"] for s in signs] == ["blue", "rose"]
    by_name = replace(CHART, colour="who")
    assert len([s for s in shapes(bars(by_name, 760), "rect") if not s["tip"]]) == 0  # the rows are their own key


def test_an_axis_that_is_asked_for_clips() -> None:
    asked = replace(CHART, options={"ends": (-1.0, 1.0)})
    assert ends(asked, [5.0], "", 0.0) == (-1.0, 1.0)
    assert ends(CHART, [5.0], "", 0.0) == (0.0, 5.0)
    japan, korea, _ = tipped(bars(asked, 760), "rect").values()
    assert japan["width"] == pytest.approx(korea["width"], abs=0.02)


def test_a_range_has_two_ends_in_their_order() -> None:
    assert ranged(CHART, {"low": 3.0, "high": 1.0}) == (1.0, 3.0)
    assert ranged(CHART, {"low": 3.0, "high": None}) is None
    assert ranged(CHART, {"high": 3.0}) is None


def test_what_is_said_to_those_who_cannot_see() -> None:
    assert said([("a", "1"), ("b", "2")]) == "a: 1; b: 2."
    twelve = [(str(k), "x") for k in range(12)]
    assert said(twelve).endswith("11: x.")
    assert said([*twelve, ("12", "x")]).endswith("11: x; and 1 more.")


TERMS = (
    Column("who"),
    Column("net", "% of GDP", form="signed"),
    Column("low"),
    Column("high"),
    Column("security", ink="blue", form="signed"),
    Column("fee", ink="grey", form="signed"),
    Column("fear", form="signed"),
    Column("dust", form="signed"),
    Column("agrees", form="percent"),
)
SUMS = [("Japan", 1.0, 0.5, 1.5, 2.0, -0.5, -0.5, 0.001, 0.9), ("Korea", -1.0, None, None, 1.0, -1.0, -1.0, 0.0, 0.1)]
STACK = Chart(
    "c",
    "stack",
    "T",
    "",
    table("t", "T", TERMS, SUMS),
    "net",
    "who",
    ("security", "fee", "fear", "dust"),
    "low",
    "high",
    inks={"fear": "vermilion"},
    options={"beside": "agrees"},
)


def pieces(svg: str) -> list[dict[str, float]]:
    return [s for s in shapes(svg, "rect") if s["tip"]]


def test_terms_are_stacked_away_from_nought_on_their_side() -> None:
    svg = stack(STACK, 760)
    japan, korea = ([p for p in pieces(svg) if p["tip"].startswith(w)] for w in ("Japan", "Korea"))  # type: ignore[attr-defined]
    assert len(japan) == len(korea) == 3  # dust that nobody could see is left out
    for row, up, downs in ((japan, 2.0, (0.5, 0.5)), (korea, 1.0, (1.0, 1.0))):
        right = next(p for p in row if p["fill"] == "blue")
        left = sorted((p for p in row if p["fill"] != "blue"), key=lambda p: -p["x"])
        unit = right["width"] / up
        assert [p["width"] / unit for p in left] == pytest.approx(downs, abs=0.05)
        assert left[0]["x"] + left[0]["width"] == pytest.approx(right["x"], abs=1.1)
        assert left[1]["x"] + left[1]["width"] == pytest.approx(left[0]["x"], abs=1.1)
    assert {p["fill"] for p in japan} == {"blue", "grey", "vermilion"}


def test_the_net_is_a_mark_with_its_number_and_its_range_below() -> None:
    svg = stack(STACK, 760)
    lines = shapes(svg, "line")
    marks = [w for w in lines if w["stroke"] == "ink" and w["x1"] == w["x2"] and w["stroke-width"] > 2]
    right = {p["tip"].split(":")[0].split(",")[0]: p for p in pieces(svg) if p["fill"] == "blue"}  # type: ignore[attr-defined]
    zero, unit = right["Japan"]["x"], right["Japan"]["width"] / 2
    assert [m["x1"] for m in marks] == pytest.approx([zero + unit, zero - unit], abs=1.1)
    (reach,) = [w for w in lines if w["y1"] == w["y2"] and w["stroke"] == "soft"]
    assert (reach["x1"], reach["x2"]) == pytest.approx((zero + 0.5 * unit, zero + 1.5 * unit), abs=1.1)
    words = dict(texts_of(svg)[1])
    assert {"+1.00", "-1.00", "90 %", "10 %", "net", "agrees", "Japan", "Korea"} <= set(words)
    assert words["90 %"][2] == words["agrees"][2] == pytest.approx(760)
    assert words["+1.00"][2] < words["90 %"][0]
    inks = {s["text"]: s["fill"] for s in shapes(svg, "text")}
    assert (inks["+1.00"], inks["-1.00"]) == ("blue", "vermilion-ink")
    assert "Japan: net +1.00, security +2.00, fee -0.50" in svg


def test_without_a_net_there_is_no_room_for_one() -> None:
    bare = replace(STACK, x="", low="", high="", options={})
    words = [w for w, _ in texts_of(stack(bare, 760))[1]]
    assert "+1.00" not in words
    assert "90 %" not in words


def test_a_range_wider_than_what_is_stacked_is_clipped() -> None:
    wide = [("Japan", 1.0, -100.0, 100.0, 2.0, -0.5, -0.5, 0.0, 0.9)]
    svg = stack(replace(STACK, table=table("t", "T", TERMS, wide)), 760)
    right = next(p for p in pieces(svg) if p["fill"] == "blue")
    assert right["width"] > 100  # the terms can still be seen
    assert len([s for s in shapes(svg, "path") if s["fill"] == "soft"]) == 2  # an arrow at either end


def test_bars_are_equally_tall_and_their_numbers_and_ranges_stand_in_their_middle() -> None:
    for width in (760, 360):
        svg = bars(CHART, width)
        found, words = list(tipped(svg, "rect").values()), dict(texts_of(svg)[1])
        assert len({b["height"] for b in found}) == 1
        middles = [b["y"] + b["height"] / 2 for b in found]
        for name, middle in zip(("+2.00", "-1.00", "+0.50"), middles, strict=True):
            assert (words[name][1] + words[name][3]) / 2 == pytest.approx(middle, abs=1.5)
        (reach,) = [w for w in shapes(svg, "line") if w["y1"] == w["y2"]]
        assert reach["y1"] == middles[0]


def test_numbers_at_the_ends_of_the_longest_bars_have_room() -> None:
    rows = [("Japan", 1000.0), ("Korea", -1000.0)]
    for width in (760, 360):
        svg = bars(replace(CHART, table=table("t", "T", COLUMNS[:2], rows), low="", high=""), width)
        words, found = dict(texts_of(svg)[1]), tipped(svg, "rect")
        up, down = found["Japan: +1000.00"], found["Korea: -1000.00"]
        assert up["x"] + up["width"] < words["+1000.00"][0] < words["+1000.00"][2] <= width
        beside = words["Korea"][2] if width == 760 else 0.0
        assert beside <= words["-1000.00"][0] < words["-1000.00"][2] < down["x"]
        assert width - words["+1000.00"][2] == pytest.approx(
            words["-1000.00"][0] - (beside + 12 if beside else 0), abs=0.05
        )


def test_a_base_beyond_the_numbers_and_a_range_on_the_side_of_losses() -> None:
    losses = [("Japan", -2.0, -3.0, -1.0, ""), ("Korea", -1.0, None, None, "")]
    svg = bars(replace(CHART, table=table("t", "T", COLUMNS, losses)), 760)
    words = dict(texts_of(svg)[1])
    (reach,) = [w for w in shapes(svg, "line") if w["y1"] == w["y2"]]
    assert words["-2.00"][2] == pytest.approx(reach["x1"] - 5, abs=0.02)
    korea = tipped(svg, "rect")["Korea: -1.00"]
    assert words["-1.00"][2] == pytest.approx(korea["x"] - 5, abs=0.02)


def test_a_value_without_words_is_told_with_its_column() -> None:
    columns = (Column("who"), Column("gain"), Column("yes", head="of age"))
    rows = [("a", 1.0, True), ("b", 2.0, False), ("c", 3.0, None)]
    svg = bars(Chart("c", "bars", "T", "", table("t", "T", columns, rows), "gain", "who", colour="yes"), 760)
    assert {"of age: yes", "of age: no", "of age: –"} <= {w for w, _ in texts_of(svg)[1]}
    assert [b["fill"] for b in tipped(svg, "rect").values()] == ["blue", "vermilion", "teal"]


def test_what_is_stacked_lies_in_one_line_with_the_net_across_it_and_the_range_below() -> None:
    for width in (760, 360):
        svg = stack(STACK, width)
        found, lines, words = pieces(svg), shapes(svg, "line"), dict(texts_of(svg)[1])
        assert len({p["height"] for p in found}) == 1
        tops = sorted({p["y"] for p in found})
        assert len(tops) == 2
        nets = [w for w in lines if w["stroke-width"] == 2.6]
        halos = [w for w in lines if w["stroke-width"] == 5 and w["stroke"] == "ground"]
        assert [(w["x1"], w["y1"], w["y2"]) for w in nets] == [(w["x1"], w["y1"], w["y2"]) for w in halos]
        tall = found[0]["height"]
        for net, top in zip(nets, tops, strict=True):
            assert net["x1"] == net["x2"]
            assert top - 4 < net["y1"] < top < top + tall < net["y2"] < top + tall + 5
        (reach,) = [w for w in lines if w["y1"] == w["y2"] and w["stroke"] == "soft"]
        assert tops[0] + tall < reach["y1"] < tops[1] - 4
        for net, beside, top in (("+1.00", "90 %", tops[0]), ("-1.00", "10 %", tops[1])):
            for word in (net, beside):
                assert (words[word][1] + words[word][3]) / 2 == pytest.approx(top + tall / 2, abs=1.9)
            assert words[net][0] == words["net"][0]  # below its head
            assert words[beside][2] == words["agrees"][2]
        assert words["net"][1::2] == words["agrees"][1::2]  # heads of one size on one line
        assert words["net"][3] < tops[0] - 2
        assert max(p["x"] + p["width"] for p in found) < words["net"][0]


def test_terms_go_on_where_the_one_before_ends() -> None:
    rows = [("Japan", 0.0, None, None, 1.0, 2.0, -1.0, 3.0, 0.5)]
    svg = stack(replace(STACK, table=table("t", "T", TERMS, rows), inks={}), 760)
    security, fee, dust = (p for p in pieces(svg) if "-1.00" not in str(p["tip"]))
    (fear,) = (p for p in pieces(svg) if "-1.00" in str(p["tip"]))
    assert fee["x"] == pytest.approx(security["x"] + security["width"], abs=0.02)
    assert dust["x"] == pytest.approx(fee["x"] + fee["width"], abs=0.02)
    assert fear["x"] + fear["width"] == pytest.approx(security["x"], abs=0.02)
    assert [p["width"] / security["width"] for p in (fee, dust, fear)] == pytest.approx([2, 3, 1], abs=0.01)
    assert (security["fill"], fee["fill"]) == ("blue", "grey")
    assert fear["fill"] != dust["fill"]


def test_a_stack_on_an_axis_that_is_asked_for_stays_on_it() -> None:
    svg = stack(replace(STACK, options={"ends": (-1.0, 1.0)}), 760)
    right = max(p["x"] + p["width"] for p in pieces(svg))
    left = min(p["x"] for p in pieces(svg))
    zero = [w["x1"] for w in shapes(svg, "line") if w["stroke"] == "ink" and w["stroke-width"] == 1.2]
    assert zero == [pytest.approx((left + right) / 2, abs=0.02)]
    assert all(left <= w["x1"] <= right for w in shapes(svg, "line") if w["stroke-width"] == 2.6)
    one = replace(STACK, series="security", x="", low="", high="", options={})
    assert {"security", "+2"} & {w for w, _ in texts_of(stack(one, 760))[1]}
    assert len(pieces(stack(one, 760))) == 2


def test_the_number_of_a_loss_is_red_and_of_any_gain_blue() -> None:
    rows = [(w, v, None, None, v, 0.0, 0.0, 0.0, None) for w, v in (("a", 0.5), ("b", -0.5), ("c", 0.0), ("d", 9.0))]
    svg = stack(replace(STACK, table=table("t", "T", TERMS, rows)), 760)
    inks = {s["text"]: s["fill"] for s in shapes(svg, "text")}
    assert (inks["+0.50"], inks["-0.50"], inks["+9.00"]) == ("blue", "vermilion-ink", "blue")
