"""The command that shows and makes calibrations, as a user meets it."""

import json

import pytest
from click.testing import CliRunner

from foedus.cli.main import main
from foedus.model.calibration_file import calibration_names
from foedus.vocabulary.errors import FoedusError


def run(*words):
    return CliRunner().invoke(main, list(words))


def test_the_calibrations_of_the_package_are_listed_and_shown():
    assert run("calibrate", "list").output.split() == list(calibration_names())
    name = calibration_names()[0]
    shown = run("calibrate", "show", name).output
    assert "loss_at_stake" in shown
    assert "sha256" in shown
    assert "wrong sign" in shown
    record = json.loads(run("calibrate", "show", name, "--json").stdout)
    assert record["kind"] == "calibration"
    plain = record["made"]["document"]
    assert {p["name"] for p in plain["parameters"]} | {u["name"] for u in plain["unidentified"]} >= {
        "decision_noise",
        "treaty_fee",
    }
    assert len(record["made"]["sha256"]) == 64


def test_an_assessment_says_which_calibration_it_used():
    name = calibration_names()[0]
    found = json.loads(run("assess", "indo-pacific-2020", "--draws", "0", "--json", "--calibration", name).stdout)
    assert found["made"]["calibration"]["name"] == name
    table = next(s for s in found["sections"] if s["key"] == "inputs")["tables"]["parameters"]
    names = [c["name"] for c in table["columns"]]
    value = next(r[names.index("value")] for r in table["rows"] if r[0] == "decision_noise")
    known = json.loads(run("calibrate", "show", name, "--json").stdout)["made"]["document"]
    assert value == pytest.approx(next(p["median"] for p in known["parameters"] if p["name"] == "decision_noise"))
    assert (
        json.loads(run("assess", "indo-pacific-2020", "--draws", "0", "--json").stdout)["made"].get("calibration")
        is None
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("calibrate", "show", "record"), "neither a calibration nor a file"),
        (("assess", "--draws", "0", "--calibration", "nowhere.yaml"), "neither a calibration nor a file"),
        (("calibrate", "--data", "no-such-folder"), "no such folder"),
    ],
)
def test_wrong_input_gets_a_sentence(words, said):
    found = run(*words)
    assert isinstance(found.exception, FoedusError)
    assert said in str(found.exception)


def test_years_that_make_no_sense_are_told(tmp_path):
    (tmp_path / "treaty.parquet").write_bytes(b"")
    found = run("calibrate", "--data", str(tmp_path), "--from", "1990", "--to", "1980")
    assert "make no sense" in str(found.exception)
