"""Exhibits: every draw is a dot on the side on which it falls, and the numbers of the record are bars."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from foedus.surfaces.svg.draw import draw
from foedus.trials.claims import read_trial
from foedus.trials.evidence import Findings
from foedus.trials.exhibits import _apart, model_charts, numbers_charts
from foedus.trials.hearing import try_claims
from foedus.trials.readings import is_share
from foedus.trials.verdict import Verdict
from trials.trialfiles import write_trial

ABOVE = ("expect: above, than: gain of KOR from All three", "expect: above, than: -0.09")
BELOW = ("expect: above, than: gain of KOR from All three", "expect: below, than: -0.09, at_least: 0.01")


def tried(folder: Path, old: str = "", new: str = "") -> Findings:
    return try_claims(read_trial(write_trial(folder, old, new)), 12, 1)


def dots(svg: str, ink: str) -> int:
    return len(re.findall(rf'<circle[^>]*fill="var\(--{ink}\)"[^>]*opacity="0.75"', svg))


@pytest.mark.parametrize("width", [360.0, 760.0])
def test_every_draw_is_a_dot_on_the_side_it_falls(tmp_path: Path, width: float) -> None:
    found = tried(tmp_path)
    three = found.claims[2]
    compared, effect = (draw(c, width) for c in model_charts(three))
    assert (dots(compared, "grey"), dots(compared, "blue")) == (12, 12)
    met = sum(m.effect > 0 for m in three.drawn)
    assert 0 < met < 12
    assert (dots(effect, Verdict.SUPPORTED.ink), dots(effect, Verdict.CONTRADICTED.ink)) == (met, 12 - met)
    assert model_charts(found.claims[1]) == ()


@pytest.mark.parametrize("change", [ABOVE, BELOW])
def test_a_number_to_be_passed_is_a_line_with_the_right_side_green(tmp_path: Path, change: tuple[str, str]) -> None:
    three = tried(tmp_path, *change).claims[2]
    (chart,) = model_charts(three)
    drawn = draw(chart)
    met = sum(m.effect > 0 for m in three.drawn)
    assert 0 < met < 12
    assert (dots(drawn, "teal"), dots(drawn, "vermilion")) == (met, 12 - met)


def test_dots_of_a_share_are_in_points(tmp_path: Path) -> None:
    quantity = "{quantity: gain of USA from All three, expect: above, than: gain of KOR from All three}"
    share = "{quantity: consent of USA to All three, expect: above, than: consent of KOR to All three}"
    three = tried(tmp_path, quantity, share).claims[2]
    assert three.claim.test is not None
    assert is_share(three.claim.test.query.unit)
    (shown,) = model_charts(three)[-1].options["draws"].values()
    assert shown == pytest.approx([100.0 * m.effect for m in three.drawn])
    assert len(set(shown)) > 1


def test_the_record_in_numbers(tmp_path: Path) -> None:
    found = tried(tmp_path)
    (chart,) = numbers_charts(found.claims[3], found.trial.events)
    drawn = draw(chart)
    assert "2000-12-31: Arms in 2000" in drawn
    assert "% of GDP" in drawn
    assert numbers_charts(found.claims[0], found.trial.events) == ()


def test_what_two_long_labels_share_is_left_out() -> None:
    """From three words on; two that both begin with are kept, and so are labels that fit."""
    rest = ("Korea from a council of all " * 3).strip()
    assert _apart(f"gain of the {rest}", f"gain of the hub {rest}")[0] == f"… {rest}"
    assert _apart(f"gain of {rest}", f"gain of a {rest}")[0] == f"gain of {rest}"
    assert _apart("gain of the hub", "gain of the client") == ("gain of the hub", "gain of the client")


def test_two_long_labels_differ_where_they_are_read() -> None:
    essay = try_claims(read_trial("a-nato-in-asia"), 0, 1)
    for e in essay.claims:
        for chart in model_charts(e):
            labels = [str(w)[:60] for w in chart.table.column("what")]
            assert len(set(labels)) == len(labels), e.claim.id
