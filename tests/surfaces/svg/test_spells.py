from __future__ import annotations

import re

import pytest

from foedus.surfaces.svg.spells import Bar, timeline

BARS = (
    Bar("Japan", "US–Japan Treaty", "bilateral", 1952.3, 1960.5),
    Bar("Japan", "second", "bilateral", 1960.5, 2026.0),
)


@pytest.mark.parametrize("width", [860.0, 354.0])
def test_bars_of_one_label_share_a_row_and_end_where_they_ended(width: float) -> None:
    svg = timeline(BARS, {}, (1951, 2025), width, "Years", 1975)
    bars = [
        tuple(map(float, m)) for m in re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="7"', svg)
    ]
    assert len({y for _, y, _ in bars}) == 1
    assert bars[0][0] + bars[0][2] == pytest.approx(bars[1][0], abs=0.05)
    assert bars[1][0] + bars[1][2] == pytest.approx(width - 10, abs=0.05)


def test_chances_are_areas_that_never_leave_their_room() -> None:
    svg = timeline(BARS, {1960: (0.7, 0.6), 1961: (0.0, 0.1), 1962: (float("nan"), 0.1)}, (1951, 2025), 860.0, "Years")
    areas = re.findall(r'<path d="M([^"]+)Z" fill="var\(--(?:vermilion|teal)\)"', svg)
    assert len(areas) == 2
    ys = [float(p.split(",")[1]) for a in areas for p in a.split("L")]
    assert min(ys) >= 10
    assert max(ys) <= 54


def test_a_press_on_a_year_leads_somewhere_and_names_are_text() -> None:
    svg = timeline(
        (Bar("<b>", "<i>", "forum", 1960, 1970),), {}, (1951, 2025), 860.0, "<u>", links={1960: "/c/x?year=1960"}
    )
    assert 'href="/c/x?year=1960"' in svg
    assert not {"<b>", "<i>", "<u>"} & set(re.findall(r"<\w>", svg))
    assert timeline((), {}, (1951, 2025), 860.0, "") == ""


@pytest.mark.parametrize("width", [1060.0, 354.0])
def test_long_names_are_whole_and_events_stand_at_their_time(width: float) -> None:
    name = "ASEAN and the Treaty of Amity and Cooperation"
    svg = timeline(
        (Bar(name, name, "forum", 1967.0, 2026.0),), {}, (1951, 2025), width, "Y", happened=((1988.5, "Half"),)
    )
    words = re.findall(r'<text x="([\d.]+)" [^>]*>([^<]*)</text>', svg)
    left = float(words[0][0])
    assert " ".join(w for x, w in words if float(x) == left and w != "Events") == name
    mark = re.search(r'<rect x="([\d.]+)"[^>]*><title>Half</title>', svg)
    assert mark is not None
    assert float(mark.group(1)) + 1 == pytest.approx((left + 10 + width - 10) / 2, abs=0.1)


def test_the_year_at_hand_is_a_line_with_a_head_at_the_middle_of_its_year() -> None:
    svg = timeline(BARS, {}, (1951, 2025), 860.0, "Years", 1975)
    (line,) = re.findall(r'<line x1="([\d.]+)" y1="4" x2="([\d.]+)"', svg)
    (head,) = re.findall(r'<circle cx="([\d.]+)"', svg)
    edge = min(float(m) for m in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="[\d.]+" height="7"', svg))
    year = (850.0 - edge) / (2026.0 - 1952.3)
    assert line[0] == line[1] == head
    assert float(head) == pytest.approx(edge + year * (1975.5 - 1952.3), abs=0.1)
