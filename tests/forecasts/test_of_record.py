"""What the record says of a new body: shares of the bodies of the hub, and the law that uses them."""

from __future__ import annotations

import datetime as dt
import math
from itertools import combinations
from pathlib import Path

import pytest

import foedus
from foedus.asking.ask import Ask
from foedus.forecasts.forecast import answers, institutions_of, satisfied
from foedus.forecasts.of_record import MOST, by_record, share_of_bodies
from foedus.forecasts.query import Query
from foedus.model.parameters import Parameters
from foedus.questions.study import Study
from foedus.signings.level import rate
from foedus.signings.means import MEANS, SIZES
from foedus.signings.of_case import setting_of
from foedus.signings.weights import Weights
from worlds import random_world


def study(states: int = 5) -> Study:
    return Study(random_world(3, states), Parameters())


def test_shares_are_those_of_all_lists_written_out() -> None:
    here, weights = study(), Weights()
    world = here.world
    setting, (total, means) = setting_of(world, weights["closure"]), MEANS[1953]
    worth = {}
    for size, mean in zip(SIZES, means, strict=True):
        for more in combinations(range(1, 5), size - 1):
            value = float(setting.values([(0, *more)], weights)[0])
            worth[0, *more] = rate(size) / math.comb(total, size) * math.exp(value - mean)
    assert len(worth) == 6 + 4 + 1
    pair = sum(v for body, v in worth.items() if {1, 2} <= set(body)) / sum(worth.values())
    assert share_of_bodies(here, 1953, lambda members: {"S1", "S2"} <= set(members)) == pytest.approx(pair)


def test_shares_add_up_to_one() -> None:
    here = study()
    inside = share_of_bodies(here, 1953, lambda members: "S3" in members)
    outside = share_of_bodies(here, 1953, lambda members: "S3" not in members)
    assert inside is not None
    assert outside is not None
    assert inside + outside == pytest.approx(1.0)
    assert 0.0 < inside < 1.0
    assert share_of_bodies(here, 1953, bool) == pytest.approx(1.0)


def test_nothing_is_said_without_means_or_of_too_many_states() -> None:
    assert share_of_bodies(study(), 1700, bool) is None
    assert share_of_bodies(study(MOST + 2), 1953, bool) is None


def test_a_new_body_goes_by_the_record_or_by_a_round() -> None:
    assert by_record(Parameters())
    assert not by_record(Parameters(laws={"founding": "round"}))
    year = (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    asked = Query("treaty signed", "x", ("USA", "JPN", "AUS"), (), (), True, *year, rate=0.02)
    here = Ask("indo-pacific-2020", draws=0).task().study()
    share = share_of_bodies(here, 2021, lambda members: satisfied(members, asked))
    known = institutions_of(foedus.read_case("indo-pacific-2020"))
    assert share is not None
    assert answers(here, asked, known)[""] == pytest.approx(1 - (1 - 0.02 * share) ** asked.years)
    anew = Study(here.world, Parameters(laws={"founding": "round"}))
    assert answers(anew, asked, known)[""] != pytest.approx(answers(here, asked, known)[""])


def test_a_file_is_answered_by_the_record_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "asked.csv"
    text = "A mutual-defence treaty is signed that includes the USA, Japan and Australia (multilateral)"
    path.write_text(f'question,opened,closes\n"{text}",2020-12-29,2022-12-31\n')
    (told,) = foedus.forecast(path, cases=["indo-pacific-2020"], draws=0).forecasts
    assert told.law == "record's law (founding: record)"
    assert told.probability is not None
    assert 0.0 < told.probability < 0.04
    (older,) = foedus.forecast(path, cases=["indo-pacific-2020"], draws=0, laws=["founding=round"]).forecasts
    assert older.law == "round (consent: founding-mood, agenda: table, founding: round)"
