"""The backtest: learn to a year, forecast what came, score it, move the year.

Everything that is forecast is drawn and described from what was known the year before, for the whole record once; a
window then learns from the rows up to its year and is scored on those after. From an origin the forecasts of ten years
all look at the world of the origin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.archive.codes import FIRST_YEAR, members
from foedus.archive.datasets.atop import LAST_YEAR
from foedus.archive.frames import pl
from foedus.archive.kads import KAds, signings
from foedus.archive.pledges import Source
from foedus.archive.treaty_years import in_force
from foedus.backtests import endings
from foedus.backtests.forecasters import (
    BaseRate,
    Boosting,
    Bounded,
    Fitted,
    Forecaster,
    Given,
    Logit,
    RecentRate,
    happened,
)
from foedus.estimation import covariates, scores
from foedus.estimation.lineups import as_known, askable, empty_chairs, line_ups
from foedus.estimation.protocol import FAMOUS, FULL, LAST_END, WITHOUT, Question, Sample, Window
from foedus.estimation.record_law import HALVES
from foedus.estimation.theory import ACCEPTANCE, TERMS
from foedus.signings.weights import SIGNS
from foedus.vocabulary.errors import fail, nearest

Floats = NDArray[np.float64]
TermsOf = Callable[[KAds, Question], "pl.DataFrame"]
"""What turns potential alliances into columns of the theory, one row per k-ad in the same order."""
Key = tuple[str, Question]
RECORD: Final = "the record"
"""Key of the rows that are described by the year before."""
SIGNING: Final[tuple[Question, ...]] = ("who signs", "who is in")
"""Questions about signings; the record's law learns from both together."""
CASES: Final = "cases"
"""Key of the line-ups of the famous cases."""


@dataclass(frozen=True, eq=False)
class Material:
    """The record, drawn and described once."""

    frames: Mapping[Key, pl.DataFrame]
    """Per window (or :data:`RECORD`) and question all rows."""
    left_out: Mapping[str, int]
    """Per window the signings that nobody could have foreseen, as a signatory was not there yet."""

    @property
    def draws(self) -> int:
        """How often the line-ups of the record were drawn."""
        return sum(question == "who signs" and place.startswith(RECORD) for place, question in self.frames)


@dataclass(frozen=True, eq=False)
class Drawn:
    """What is going to be described: potential alliances by window and question, and the pairs to describe them by."""

    kads: Mapping[Key, KAds]
    left_out: Mapping[str, int]
    panel: pl.DataFrame


def drawn(
    source: Source,
    windows: Sequence[Window],
    seed: int,
    sample: Sample = FULL,
    without: Sequence[int] = WITHOUT,
    last: int = LAST_YEAR,
) -> Drawn:
    """Draw all line-ups and empty chairs of the windows, and list the treaties in force.

    Parameters
    ----------
    source : Source
        Store or tidy folder with the ATOP member file.
    windows : sequence of Window
    seed : int
        Of all draws by lot.
    sample : Sample
        How much is drawn.
    without : sequence of int
        Treaties to leave out.
    last : int
        Last year that is looked at.

    Raises
    ------
    FoedusError
        A table that is needed is missing, there is no signing, or a window is outside the data.
    """
    events = signings(source, last=last, without=without).filter(
        (pl.col("size") <= sample.largest) & (pl.col("year") > FIRST_YEAR)
    )
    treaties = in_force(source, without, FIRST_YEAR + 1, min(last, LAST_END))
    known_before = askable(events)
    kads: dict[Key, KAds] = {(RECORD, "what ends"): treaties}
    for draw in range(sample.draws):
        place, own = again(draw), seed + draw
        kads[place, "who signs"] = line_ups(known_before, own, sample.controls)
        kads[place, "who is in"] = empty_chairs(known_before, own, sample.seats, sample.stand_ins)
    left_out: dict[str, int] = {}
    for window in windows:
        later = events.filter(pl.col("year").is_between(window.first, window.last))
        if later.is_empty():
            what = f"the data have no signing from {window.first} to {window.last}"
            raise fail(f"window {window.name}", what, "Choose a window within the data")
        left_out[window.name] = later.height - askable(later).height
        if window.frozen:
            known, left_out[window.name] = as_known(later, window.trained_to)
            if not known.is_empty():
                kads[window.name, "who signs"] = line_ups(known, seed, sample.controls)
                kads[window.name, "who is in"] = empty_chairs(known, seed, sample.seats, sample.stand_ins)
            kads[window.name, "what ends"] = endings.ends_within(
                treaties, window.trained_to, min(window.last, LAST_END)
            )
    called = famous_events(events).filter(pl.col("year") <= last)
    if not called.is_empty():
        kads[CASES, "who signs"] = line_ups(called, seed, (sample.case_controls, sample.case_controls))
    return Drawn(kads, left_out, covariates.pairs(source, last, without))


def again(draw: int) -> str:
    """Return the key of the rows of one draw of the line-ups; the first is 0."""
    return f"{RECORD}, draw {draw + 1}" if draw else RECORD


def famous_events(events: pl.DataFrame) -> pl.DataFrame:
    """Return the famous signings, and one row per year in which a famous alliance could have been signed and was not."""
    rows = []
    for case in FAMOUS:
        if case.atopid:
            own = (pl.col("atopid") == case.atopid) & (pl.col("year") == case.years[0])
            rows += events.filter(own).rows(named=True)
            continue
        for year in range(case.years[0], case.years[-1] + 1):
            there = members().filter((pl.col("year") == year) & pl.col("state").is_in(case.states))["ccode"].to_list()
            body = {"members": sorted(there), "entrants": sorted(there), "size": len(there), "outside": 0}
            rows.append({"atopid": 0, "year": year, "kind": "never", **body})
    return pl.DataFrame(rows, schema=events.schema, orient="row")


def material(found: Drawn, terms: TermsOf | None = None) -> Material:
    """Describe everything that was drawn: standard covariates, and the columns of the theory where asked for."""
    frames = {}
    for (place, question), kads in found.kads.items():
        tell = endings.treaties if question == "what ends" else covariates.described
        frame = tell(kads, found.panel)
        frames[place, question] = frame if terms is None else frame.hstack(terms(kads, question))
    return Material(frames, found.left_out)


def learnt(made: Material, window: Window, question: Question, draw: int = 0) -> pl.DataFrame:
    """Return the rows that a window learns from, in one draw of the line-ups.

    Raises
    ------
    FoedusError
        There is none of an event, or none without.
    """
    train = made.frames[again(draw), question].filter(pl.col("signed") <= window.trained_to)
    if train["formed"].n_unique() < 2:
        what = f"the data have nothing to learn '{question}' from up to {window.trained_to}"
        raise fail(f"window {window.name}", what, "Choose a later window or import more data")
    return train


def both(made: Material, window: Window, draw: int = 0) -> pl.DataFrame:
    """Return the rows of both questions of signings that a window learns from, every set with a number of its own."""
    parts = [learnt(made, window, q, draw) for q in SIGNING]
    kept = ("set", "formed", "weight", *HALVES)
    after = int(str(parts[0]["set"].max())) + 1
    return pl.concat([parts[0].select(kept), parts[1].select(kept).with_columns(pl.col("set") + after)])


def asked(made: Material, window: Window, question: Question, draw: int = 0) -> pl.DataFrame:
    """Return the rows that a window forecasts; none where nothing that is asked about happened."""
    if window.frozen:
        return made.frames.get((window.name, question), made.frames[RECORD, question].clear())
    return made.frames[again(draw), question].filter(pl.col("signed").is_between(window.first, window.last))


BASELINES: Final = (
    "base rate",
    "persistence",
    "age and size",
    "distance and region",
    "geography",
    "standard logit",
    "gradient boosting",
)
"""Names of the baselines, in the order of the table."""
THEORY: Final = ("foedus, judged", "foedus, calibrated", "foedus and geography", "foedus, formation")
"""Names of the theory's own forecasters; the last is the record's law."""


def forecasters(question: Question, theory: bool = False, only: Sequence[str] = ()) -> tuple[Forecaster, ...]:
    """Return the forecasters of a question.

    Parameters
    ----------
    question : str
    theory : bool
        Whether the frames have the columns of the theory; otherwise there are baselines alone.
    only : sequence of str
        Names of baselines to run; all by default.

    Raises
    ------
    FoedusError
        There is no baseline of a name.
    """
    wrong = [n for n in only if n not in BASELINES]
    if wrong:
        raise fail(f"baseline '{wrong[0]}'", "there is no such baseline", nearest(wrong[0], BASELINES))
    every = (*_baselines(question), *(_theory(question) if theory else ()))
    kept = (*(only or BASELINES), "base rate", *THEORY)
    return tuple(f for f in every if f.name in kept)


def _baselines(question: Question) -> tuple[Forecaster, ...]:
    if question == "what ends":
        return (
            BaseRate(),
            RecentRate(),
            Logit("age and size", "pacts", endings.TWO),
            Logit("standard logit", "standard", endings.STANDARD),
            Boosting(endings.STANDARD),
        )
    return (
        BaseRate(),
        Logit("persistence", "pacts", covariates.PERSISTENCE),
        Logit("distance and region", "geography", covariates.TWO),
        Logit("geography", "geography", covariates.GEOGRAPHY),
        Logit("standard logit", "standard", covariates.STANDARD),
        Boosting(covariates.STANDARD),
    )


def _theory(question: Question) -> tuple[Forecaster, ...]:
    besides = (*(endings.TWO if question == "what ends" else ()), *covariates.GEOGRAPHY)
    before = (
        Given(THEORY[0], "model", ACCEPTANCE),
        Logit(THEORY[1], "model", TERMS),
        Logit(THEORY[2], "model and geography", (*TERMS, *besides)),
    )
    return (*before, Bounded(THEORY[3], "record's law", HALVES, SIGNS)) if question in SIGNING else before


@dataclass(frozen=True, eq=False)
class Forecasts:
    """What was forecast in one window for one question."""

    window: Window
    question: Question
    frame: pl.DataFrame
    """The rows that were asked about, with what happened."""
    names: tuple[str, ...]
    information: tuple[str, ...]
    """Forecasters, and what each looks at."""
    chances: Floats
    """Shape (F, N); probability of every row by every forecaster."""
    learnt_from: int
    """Events that were learnt from."""


def fitted(
    made: Material, window: Window, question: Question, each: Sequence[Forecaster], draw: int = 0
) -> list[Fitted]:
    """Return the forecasters of a window, fitted; the record's law learns from both questions of signings together."""
    train = learnt(made, window, question, draw)
    return [f.fit(both(made, window, draw) if isinstance(f, Bounded) else train) for f in each]


def forecast(made: Material, window: Window, question: Question, each: Sequence[Forecaster]) -> Forecasts:
    """Return the forecasts of a window, over all draws of the line-ups: an event counts once, by the mean of its losses.

    Raises
    ------
    FoedusError
        There is nothing to learn from.
    """
    frames: list[pl.DataFrame] = []
    told: list[Floats] = []
    draws = 1 if window.frozen or question == "what ends" else made.draws
    for draw in range(draws):
        here = asked(made, window, question, draw)
        told.append(np.stack([f.predict(here) for f in fitted(made, window, question, each, draw)]))
        frames.append(here.with_columns(pl.col("weight") / draws) if draws > 1 else here)
    frame, chances = pl.concat(frames), np.concatenate(told, axis=1)
    if window.frozen and question == "what ends":
        # A yearly hazard over the years of the horizon that can be seen.
        years = min(window.last, LAST_END) - window.trained_to
        chances = 1 - (1 - np.clip(chances, 0, 1 - scores.FLOOR)) ** years
    learnt_from = learnt(made, window, question).filter(pl.col("formed"))["event"].n_unique()
    names, information = tuple(f.name for f in each), tuple(f.information for f in each)
    return Forecasts(window, question, frame, names, information, chances, learnt_from)


def losses(found: Forecasts) -> tuple[NDArray[np.int64], Floats]:
    """Return the logarithmic loss of every event by every forecaster, in nats.

    Returns
    -------
    tuple of ndarray
        Events, shape (E,), and losses, shape (E, F): of a signing the mean over its seats, of a treaty its sum over
        the years divided by the mean number of years, so that the mean over events is the mean over rows.
    """
    y, w = happened(found.frame), found.frame["weight"].to_numpy()
    events, place = np.unique(found.frame["event"].to_numpy(), return_inverse=True)
    p = np.clip(found.chances, scores.FLOOR, 1 - scores.FLOOR)
    if found.question == "what ends":
        rows = -(y * np.log(p) + (1 - y) * np.log1p(-p))
        scale = np.full(len(events), len(y) / len(events))
    else:
        rows = -w * y * np.log(p)
        scale = np.bincount(place, weights=w * y)
    sums = np.stack([np.bincount(place, weights=r, minlength=len(events)) for r in rows], axis=1)
    return events, sums / scale[:, None]


def scored(found: Forecasts, seed: int, resamples: int = FULL.resamples) -> list[dict[str, Any]]:
    """Return the scoreboard of a window: one row per forecaster, bands from resampling events.

    Returns
    -------
    list of dict
        ``forecaster``, ``information``, and as value, low and high ``loss`` (nats per event), ``gain`` (nats per event
        saved against the base rate, in pairs), ``brier``, ``brier_skill``, ``pr_auc``, ``roc_auc``; ``calibration``
        and ``pr`` curves.
    """
    y, w = happened(found.frame), found.frame["weight"].to_numpy()
    per_event = losses(found)[1]
    counts = scores.resamples(found.frame["event"].to_numpy(), max(resamples // 5, 1), seed)
    by_event = scores.resamples(np.arange(len(per_event)), resamples, seed)
    mean = by_event @ per_event / len(per_event)
    # Sets have different numbers of alternatives: they are ranked by how much likelier than by lot.
    lift = found.chances if found.question == "what ends" else found.chances / found.chances[0]
    base, base_draws = scores.banded(scores.brier, y, found.chances[0], w, counts)
    rows = []
    for k, name in enumerate(found.names):
        p = found.chances[k]
        row: dict[str, Any] = {"forecaster": name, "information": found.information[k]}
        row["loss"] = scores.band(float(per_event[:, k].mean()), mean[:, k])
        row["gain"] = scores.band(float((per_event[:, 0] - per_event[:, k]).mean()), mean[:, 0] - mean[:, k])
        value, draws = scores.banded(scores.brier, y, p, w, counts)
        row["brier"] = scores.band(value, draws)
        row["brier_skill"] = scores.band(scores.skill(value, base), 1 - draws / base_draws)
        for area in ("pr_auc", "roc_auc"):
            row[area] = scores.band(*scores.banded(scores.SCORES[area], y, lift[k], w, counts))
        curve = scores.calibration_curve(y, p, w)
        row["calibration"] = [curve.forecast.tolist(), curve.observed.tolist(), curve.weight.tolist()]
        row["pr"] = _thinned(*scores.pr_curve(y, lift[k], w))
        rows.append({n: vars(v) if isinstance(v, scores.Band) else v for n, v in row.items()})
    return rows


def _thinned(recall: Floats, precision: Floats, most: int = 120) -> list[list[float]]:
    """Return a curve with no more points than a picture shows."""
    kept = np.unique(np.linspace(0, max(len(recall) - 1, 0), most).astype(int))[: len(recall)]
    return [np.round(recall[kept], 4).tolist(), np.round(precision[kept], 4).tolist()]
