"""What a calibration knows, drawn: the distributions it says, the ranges that were judged, and the libraries that take them."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from foedus.draws.inference import Posterior, drawn_from
from foedus.model.calibration_file import read_calibration
from foedus.model.parameters import BY_NAME
from foedus.vocabulary.errors import FoedusError

KNOWN = read_calibration("record-1817-2016")


@pytest.fixture(scope="module")
def found() -> Posterior:
    return drawn_from(KNOWN, 4000, 1)


def test_draws_are_distributed_and_correlated_as_the_calibration_says(found: Posterior) -> None:
    assert found.draws == 4000
    scores, free = [], []
    for k, p in enumerate(KNOWN.parameters):
        scale = np.log if p.logarithmic else np.asarray
        z = (scale(found.posterior[p.name]) - p.centre) / p.spread
        ends = [(float(scale(end)) - p.centre) / p.spread for end in (p.low, p.high)]
        for q in (0.05, 0.25, 0.5, 0.75, 0.95):  # what lies beyond a bound is put on it
            assert float(np.quantile(z, q)) == pytest.approx(np.clip(norm.ppf(q), *ends), abs=0.06), p.name
        if min(-ends[0], ends[1]) > 3:
            free.append(k)
            scores.append(z)
    assert len(free) == 4
    assert np.abs(np.corrcoef(scores) - np.array(KNOWN.correlation)[np.ix_(free, free)]).max() < 0.05


def test_the_prior_is_the_judged_range(found: Posterior) -> None:
    for name, drawn in found.prior.items():
        p = BY_NAME[name]
        assert p.low <= drawn.min() < drawn.max() <= p.high
        assert abs(float(np.median(drawn)) / p.default - 1) < 0.02
    assert np.abs(np.corrcoef(list(found.prior.values())) - np.eye(len(found.prior))).max() < 0.06


def test_the_same_seed_gives_the_same_draws() -> None:
    one, same, other = drawn_from(KNOWN, 9, 1), drawn_from(KNOWN, 9, 1), drawn_from(KNOWN, 9, 2)
    assert all(np.array_equal(one.posterior[n], same.posterior[n]) for n in one.posterior)
    assert not any(np.array_equal(one.posterior[n], other.posterior[n]) for n in one.posterior)


def test_what_cannot_be_drawn_is_said() -> None:
    with pytest.raises(FoedusError, match="it estimates no parameter"):
        drawn_from(replace(KNOWN, parameters=(), correlation=()), 9, 1)
    with pytest.raises(FoedusError, match=r"^draws: 0 draws tell nothing"):
        drawn_from(KNOWN, 0, 1)
    with pytest.raises(FoedusError, match=r"^draws: -3 draws tell nothing"):
        drawn_from(KNOWN, -3, 1)


def test_pandas_has_one_row_per_draw_and_the_units(found: Posterior) -> None:
    pytest.importorskip("pandas")
    frame = found.to_pandas()
    assert frame.shape == (4000, len(KNOWN.parameters))
    assert frame.index.name == "draw"
    assert frame.attrs["units"]["decision_noise"] == BY_NAME["decision_noise"].unit
    assert frame.attrs["calibration"] == KNOWN.name


def test_xarray_has_units_and_long_names(found: Posterior) -> None:
    pytest.importorskip("xarray")
    data = found.to_xarray()
    assert dict(data.sizes) == {"draw": 4000}
    assert data["decision_noise"].attrs == {
        "units": BY_NAME["decision_noise"].unit,
        "long_name": BY_NAME["decision_noise"].meaning,
    }
    assert (data.attrs["sha256"], data.attrs["seed"]) == (KNOWN.sha256, 1)


def test_arviz_takes_posterior_and_prior(found: Posterior) -> None:
    arviz = pytest.importorskip("arviz")
    data = found.to_arviz()
    for group in ("posterior", "prior"):
        assert dict(data[group].sizes) == {"chain": 1, "draw": 4000}
        assert data[group]["decision_noise"].attrs["units"] == BY_NAME["decision_noise"].unit
    table = arviz.summary(data, kind="stats")
    assert set(table.index) == {p.name for p in KNOWN.parameters}
    assert (
        abs(float(table["mean"].astype(float)["decision_noise"]) - float(found.posterior["decision_noise"].mean()))
        < 0.01
    )


@pytest.mark.parametrize(
    ("library", "method", "said"),
    [
        ("arviz", "to_arviz", r"Run: pip install 'foedus\[arviz\]'\.$"),
        ("xarray", "to_xarray", r"Run: pip install 'foedus\[xarray\]'\.$"),
        ("pandas", "to_pandas", r"Run: pip install 'foedus\[frames\]'\.$"),
    ],
)
def test_without_a_library_one_sentence_says_how_to_get_it(
    found: Posterior, library: str, method: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(FoedusError, match=said) as told:
        getattr(found, method)()
    assert "\n" not in str(told.value)
