"""Draws with labels: assessments and runs as pandas and xarray have them, every number with its unit and its meaning."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import foedus
from foedus.draws.labelled import as_dataset, as_frame, attributes
from foedus.questions.findings import Assessment
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.tables import Column
from foedus.years.runs import Simulation

KEY = "forms|body||probability"


@pytest.fixture(scope="module")
def assessed() -> Assessment:
    return foedus.assess("asia-1953", draws=6, workers=1)


@pytest.fixture(scope="module")
def lived() -> Simulation:
    return foedus.simulate("indo-pacific-2020", first=2015, last=2017, runs=3, workers=1)


def test_what_a_column_lacks_is_no_attribute() -> None:
    assert attributes(Column("x")) == {}
    assert attributes(Column("x", "km", "how far")) == {"units": "km", "long_name": "how far"}


def test_an_assessment_is_a_data_set(assessed: Assessment) -> None:
    pytest.importorskip("xarray")
    data = assessed.to_xarray()
    assert dict(data.sizes) == {"draw": 6}
    assert len(data) == len(assessed.task.varied) + len(assessed.ensemble.keys)
    assert data[KEY].attrs == {"units": "probability", "long_name": "one year ends with: body"}
    assert data["treaty_reliability"].values.tolist() == assessed.design[:, 2].tolist()
    assert all("long_name" in v.attrs for v in data.values())
    assert (data.attrs["case"], data.attrs["seed"], len(data.attrs["result_sha256"])) == ("asia-1953", 1, 64)
    assert data[KEY].values.tolist() == assessed.ensemble.column(KEY).tolist()


def test_an_assessment_is_a_frame(assessed: Assessment) -> None:
    pytest.importorskip("pandas")
    frame = assessed.to_pandas(KEY, "treaty_reliability")
    assert list(frame.columns) == [KEY, "treaty_reliability"]
    assert (frame.index.name, frame.index.tolist()) == ("draw", [0, 1, 2, 3, 4, 5])
    assert frame.attrs["units"] == {KEY: "probability", "treaty_reliability": "probability"}
    assert frame.attrs["meanings"]["treaty_reliability"] == "parameter: aid given under a treaty in full"


def test_what_is_not_in_the_draws_is_said(assessed: Assessment) -> None:
    with pytest.raises(FoedusError, match=r"nothing in the draws has this name. Did you mean 'treaty_reliability'"):
        assessed.to_pandas("treaty_reliabilty")
    with pytest.raises(FoedusError, match=r"^'5': nothing in the draws has this name"):
        assessed.to_xarray(5)  # type: ignore[arg-type]
    with pytest.raises(
        FoedusError, match=r"^draws: this assessment has the default answer alone. Assess with draws=200"
    ):
        foedus.assess("asia-1953", draws=0).to_pandas()


def test_runs_are_a_data_set_by_year_state_and_institution(lived: Simulation) -> None:
    pytest.importorskip("xarray")
    data = lived.to_xarray()
    states = lived.task.case.states
    assert dict(data.sizes) == {"run": 3, "year": 3, "state": len(states), "institution": 10, "component": 8}
    japan = data["utility"].sel(state="JPN", year=2016).values
    assert np.array_equal(japan, lived.values("utility", "JPN", 2016))
    treaty = data["held"].sel(institution="USJPN1960").values
    assert np.array_equal(treaty, lived.held("USJPN1960"))
    assert data["utility"].attrs["units"] == "% of GDP a year"
    assert np.array_equal(data["hub_value"].sel(year=2017).values, lived.values("hub", "value", 2017))


def test_a_table_takes_its_units_along(assessed: Assessment) -> None:
    pytest.importorskip("pandas")
    table = assessed.table("gains")
    frame = table.to_pandas()
    assert frame.attrs["title"] == table.title
    assert frame.attrs["units"] == {c.name: c.unit for c in table.columns if c.unit}


@pytest.mark.parametrize(("library", "extra"), [("xarray", "xarray"), ("pandas", "frames")])
def test_without_a_library_one_sentence_says_how_to_get_it(
    library: str, extra: str, assessed: Assessment, lived: Simulation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    made = {"xarray": [assessed.to_xarray, lived.to_xarray], "pandas": [assessed.to_pandas]}[library]
    make = as_dataset if library == "xarray" else as_frame
    for call in (*made, lambda: make({"x": [1.0]}, [0], Column, {}, "draws")):
        with pytest.raises(FoedusError) as told:
            call()
        assert str(told.value).endswith(
            f"it needs the package '{library}', which is not installed. Run: pip install 'foedus[{extra}]'."
        )
