"""The backtest: nothing from the future enters a forecast, what can be learnt is learnt, and what cannot is not."""

import json
import math

import numpy as np
import polars as pl
import pytest

from archive.published_files import SHARED, needs_shared
from estimation import madeup
from estimation.madeup import AHEAD, LAST, ORIGIN, SAMPLE, MadeUp, record, row, with_another_future
from foedus.archive.datasets.tidy import TidyFolder
from foedus.archive.kads import signings
from foedus.archive.treaty_years import in_force
from foedus.backtests import rolling
from foedus.backtests import step as backtest
from foedus.backtests.forecasters import BaseRate, Boosting, Logit, conditional_logit, happened, within_sets
from foedus.draws.parts import Parts
from foedus.estimation import covariates
from foedus.estimation.lineups import as_known, askable, empty_chairs, line_ups, roster
from foedus.estimation.protocol import FAMOUS, LONG, ORIGINS, QUESTIONS, WINDOWS, Window, window
from foedus.vocabulary.errors import FoedusError


@pytest.fixture(scope="module")
def source():
    return record()


@pytest.fixture(scope="module")
def drawn():
    return madeup.drawn()


@pytest.fixture(scope="module")
def made():
    return madeup.made()


@pytest.fixture(scope="module")
def results():
    return madeup.results()


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_forecast_looks_ahead(source, drawn, made, question):
    """With everything after the origin deleted and other things in its place, every forecast keeps its bits."""
    other = backtest.drawn(with_another_future(source, ORIGIN.trained_to), (AHEAD,), 1, SAMPLE, (), LAST)
    asked = {k: v for k, v in drawn.kads.items() if k[0] == ORIGIN.name}
    past = {k: v for k, v in other.kads.items() if k[0] == backtest.RECORD}
    again = backtest.material(backtest.Drawn({**past, **asked}, {}, other.panel))
    each = backtest.forecasters(question)
    one, two = (backtest.forecast(m, ORIGIN, question, each).chances for m in (made, again))
    assert one.tobytes() == two.tobytes()


@pytest.mark.parametrize("question", ["who signs", "who is in"])
def test_a_year_ahead_looks_at_the_year_before_and_no_further(source, drawn, made, question):
    year = 1915
    other = covariates.pairs(with_another_future(source, year - 1), LAST)
    told = covariates.described(drawn.kads[backtest.RECORD, question], other)
    now = pl.col("signed") == year
    assert told.filter(now).equals(made.frames[backtest.RECORD, question].filter(now))


def test_the_test_of_the_future_can_fail(source, drawn, made):
    """Without the lag the same comparison finds the signing itself."""
    other = covariates.pairs(with_another_future(source, 1914), LAST)
    kads = drawn.kads[backtest.RECORD, "who signs"]
    now = pl.col("signed") == 1915
    seen = [covariates.described(kads, p, lag=0).filter(now) for p in (drawn.panel, other)]
    assert not seen[0].equals(seen[1])


def test_what_can_be_learnt_is_learnt(results):
    """The invented states sign with neighbours: distance and region beat the base rate, surely."""
    for result in results:
        rows = {r["forecaster"]: r for r in result["questions"]["who signs"]["rows"]}
        assert rows["base rate"]["gain"]["value"] == 0
        assert rows["base rate"]["roc_auc"]["value"] == pytest.approx(0.5)
        assert rows["distance and region"]["gain"]["low"] > 0
        assert rows["distance and region"]["roc_auc"]["value"] > 0.8


def test_constant_hazards_leave_nothing_to_learn(results):
    """Invented treaties end at a constant rate, so that no forecaster is surely better than the base rate."""
    rows = results[1]["questions"]["what ends"]["rows"]
    assert all(r["gain"]["low"] <= 0 for r in rows)


def test_the_same_seed_gives_the_same_result(made, results):
    again = backtest.forecast(made, ORIGIN, "who signs", backtest.forecasters("who signs"))
    assert backtest.scored(again, 1, 50) == results[0]["questions"]["who signs"]["rows"]


def test_finished_windows_are_taken_up(made, tmp_path):
    def run():
        return rolling.run_windows(made, (ORIGIN,), 1, only=("persistence",), resamples=5, parts=Parts(tmp_path, "run"))

    first = run()
    (kept,) = tmp_path.glob("window-*.part")
    Parts(tmp_path, "run").keep(kept.name, kept.read_bytes().partition(b"\n")[2].replace(b'"origin"', b'"taken up"'))
    assert run()[0]["name"] == "taken up"
    kept.write_text(kept.read_text().replace('"taken up"', '"made up"'))  # by another hand, without the seal
    assert json.dumps(run()) == json.dumps(first)


def test_losses_add_up_to_the_score(made):
    for question in QUESTIONS:
        found = backtest.forecast(
            made, AHEAD, question, (BaseRate(), Logit("two", "geography", ("log_distance_mean",)))
        )
        rows = backtest.scored(found, 1, 20)
        y, w = happened(found.frame), found.frame["weight"].to_numpy()
        score = backtest.scores.log_loss if question == "what ends" else backtest.scores.choice_loss
        for k, r in enumerate(rows):
            assert r["loss"]["value"] == pytest.approx(score(y, found.chances[k], w))
            assert r["loss"]["low"] - 1e-9 <= r["loss"]["value"] <= r["loss"]["high"] + 1e-9


def test_events_are_weighed_once_however_many_seats(made):
    frame = made.frames[backtest.RECORD, "who is in"].filter(pl.col("formed"))
    assert frame.group_by("event").agg(pl.col("weight").sum())["weight"].to_list() == pytest.approx(
        [1.0] * frame["event"].n_unique()
    )


def test_line_ups_are_of_one_size_and_without_twins(drawn):
    kads = drawn.kads[backtest.RECORD, "who signs"]
    for (_, size), rows in kads.table.group_by("set", "size"):
        bodies = [tuple(b) for b in kads.members[rows["kad"].to_numpy(), : int(size)].tolist()]
        assert len(set(bodies)) == len(bodies)
        assert rows["formed"].sum() == 1


def test_one_chair_changes_hands(drawn):
    kads = drawn.kads[backtest.RECORD, "who is in"]
    for _, rows in kads.table.group_by("set"):
        bodies = [set(b) - {-1} for b in kads.members[rows["kad"].to_numpy()].tolist()]
        real = bodies[rows["formed"].to_list().index(True)]
        assert all(len(real - b) == 1 for b in bodies if b != real)


def test_newcomers_are_in_no_line_up():
    """Finland and the Baltic states enter the system between 1917 and 1919; in 1919 nobody could have drawn the new ones."""
    assert 375 not in roster(1917)
    assert 375 in roster(1919)
    assert 2 in roster(1919)


def test_who_enters_the_system_with_a_pact_is_not_asked_about():
    """Of Japan in 1952 nothing is recorded for 1951: the lack itself would tell a forecaster who signed."""
    source = MadeUp(
        pl.DataFrame([row(1, c, 1951) for c in (2, 740)] + [row(2, c, 1951) for c in (2, 840)]), pl.DataFrame()
    )
    events = signings(source)
    assert events.select("atopid", "year").rows() == [(2, 1951), (1, 1952)]
    assert askable(events)["atopid"].to_list() == [2]


def test_enlargements_keep_the_body():
    source = MadeUp(pl.DataFrame([row(1, c, 1900) for c in (200, 220)] + [row(1, 325, 1910)]), pl.DataFrame())
    kads = line_ups(signings(source), 1)
    own = kads.members[kads.table.filter(pl.col("signed") == 1910)["kad"].to_numpy()]
    assert (np.isin(own, (200, 220)).sum(axis=1) == 2).all()
    assert len({tuple(b) for b in own.tolist()}) == len(own)


def test_from_an_origin_only_what_was_there_is_asked():
    """Poland signs in 1921; from 1910 it cannot be asked about, and France and Belgium in 1920 can."""
    source = MadeUp(
        pl.DataFrame([row(1, c, 1921) for c in (220, 290)] + [row(2, c, 1920) for c in (211, 220)]), pl.DataFrame()
    )
    known, left_out = as_known(signings(source), 1910)
    assert (known["atopid"].to_list(), left_out) == ([2], 1)
    assert known.select("year", "signed").rows() == [(1911, 1920)]
    assert empty_chairs(known, 1).table["signed"].unique().to_list() == [1920]


def test_treaties_in_force_by_hand():
    source = MadeUp(
        pl.DataFrame([row(1, c, 1900, 1903) for c in (200, 220)] + [row(2, c, 1901) for c in (200, 325)]),
        pl.DataFrame(),
    )
    table = in_force(source, (), 1899, 1905).table
    first = table.filter(pl.col("atopid") == 1)
    assert first.select("year", "formed", "age").rows() == [(1901, False, 1), (1902, False, 2), (1903, True, 3)]
    assert not table.filter(pl.col("atopid") == 2)["formed"].any()
    assert table.filter(pl.col("atopid") == 2)["year"].to_list() == [1902, 1903, 1904, 1905]


def test_the_conditional_logit_finds_what_it_was_made_with():
    stream = np.random.default_rng(4)
    n, k, truth = 3000, 6, np.array([1.2, -0.7])
    x = stream.normal(size=(n * k, 2))
    sets = np.repeat(np.arange(n), k)
    frame = pl.DataFrame({"set": sets})
    chance = within_sets(frame, x @ truth).reshape(n, k)
    chosen = (chance.cumsum(axis=1) > stream.random((n, 1))).argmax(axis=1)
    frame = frame.with_columns(
        formed=pl.Series(np.arange(n * k) == np.repeat(np.arange(n) * k + chosen, k)), weight=pl.lit(1.0)
    )
    assert conditional_logit(frame, x, 0.0) == pytest.approx(truth, abs=0.1)


def test_the_conditional_logit_agrees_with_statsmodels(made):
    models = pytest.importorskip("statsmodels.discrete.conditional_models")
    frame = made.frames[backtest.RECORD, "who signs"]
    scale = backtest.Logit("two", "geography", ("log_distance_mean", "strongest_max")).fit(frame).scale
    x = scale(frame)
    theirs = models.ConditionalLogit(happened(frame), x, groups=frame["set"].to_numpy()).fit(disp=0)
    assert conditional_logit(frame, x, 0.0) == pytest.approx(theirs.params, rel=1e-3)


def test_boosting_passes_over_columns_that_are_missing_everywhere(made):
    frame = made.frames[backtest.RECORD, "who signs"].with_columns(blank=pl.lit(None, dtype=pl.Float64))
    chances = Boosting(("blank", "log_distance_mean")).fit(frame).predict(frame)
    assert frame.with_columns(p=chances).group_by("set").agg(pl.col("p").sum())["p"].to_numpy() == pytest.approx(1.0)


def test_windows_are_declared_in_order():
    assert [w.name for w in LONG] == ["1945-1970", "1991-2018"]
    assert {w.trained_to for w in WINDOWS if w.frozen} == set(ORIGINS)
    assert all(w.last <= 2018 for w in WINDOWS)
    assert window("1945-1970").trained_to == 1944
    assert len({c.key for c in FAMOUS}) == len(FAMOUS)


@pytest.mark.parametrize(
    ("years", "words"),
    [((1990, 1980, 1985), "earlier years"), ((1990, 1991, 2030), "coded to 2018"), ((1700, 1701, 1702), "earlier")],
)
def test_senseless_windows(years, words):
    with pytest.raises(FoedusError, match=words):
        Window("wrong", *years, frozen=False, reason="")


def test_windows_outside_the_data(source):
    with pytest.raises(FoedusError, match="no signing from 1950"):
        backtest.drawn(source, (Window("late", 1944, 1950, 1960, False, ""),), 1, SAMPLE, (), 1960)
    with pytest.raises(FoedusError, match="Did you mean '1945-1970'"):
        window("1945-1971")


def test_nothing_to_learn_from(made):
    with pytest.raises(FoedusError, match="nothing to learn"):
        backtest.learnt(made, Window("early", 1860, 1880, 1890, False, ""), "who signs")


def test_unknown_baselines():
    with pytest.raises(FoedusError, match="gradient boosting"):
        backtest.forecasters("who signs", (), ("gradient bosting",))


def test_bands_hold_the_value_for_groups(results):
    for g in results[1]["questions"]["who signs"]["groups"]:
        assert g["events"] > 0
        assert all(math.isnan(b["low"]) or b["low"] <= b["value"] + 1e-9 for b in g["gains"].values())


@needs_shared
def test_the_ends_that_history_knows():
    """The Warsaw Treaty ends in 1991, the pact with Taipei on the first day of 1980, the Atlantic treaty not at all."""
    table = in_force(TidyFolder(SHARED)).table
    ends = dict(table.filter(pl.col("formed")).select("atopid", "year").rows())
    assert (ends[3285], ends[3270]) == (1991, 1980)
    assert 3180 not in ends
    assert table["year"].max() == 2017


@needs_shared
def test_famous_signings_are_found():
    found = backtest.famous_events(signings(TidyFolder(SHARED)))
    named = {c.atopid for c in FAMOUS if c.atopid}
    assert set(found["atopid"]) == named | {0}
    pact = found.filter(pl.col("atopid") == 0)
    assert pact["size"].to_list() == [6] * 3 + [7] * 9


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_theory_has_a_forecaster_of_its_name(question):
    names = [forecaster.name for forecaster in backtest._theory(question)]
    assert names == list(backtest.THEORY[: len(names)])
    assert len(names) == (4 if question in backtest.SIGNING else 3)
