"""Calibration documents: every mistake at its line, and parameters that know where they come from."""

import os
import pickle

import pytest

from foedus.model.calibration_file import calibration_names, calibration_path, read_calibration
from foedus.model.parameters import Parameters
from foedus.vocabulary.errors import FoedusError

GOOD = """foedus: 1
calibration: made-up
note: a calibration for tests
made_with: {seed: 1}
data: []
parameters:
- {name: loss_at_stake, scale: logarithmic, median: 2.0, spread: 0.5, bounds: [0.2, 20.0], band: [0.9, 4.5]}
- {name: autonomy_cost, scale: logarithmic, median: 0.4, spread: 0.3, bounds: [0.1, 2.0], band: [0.25, 0.65]}
- {name: publicness, scale: linear, median: 0.4, spread: 0.1, bounds: [0.1, 0.75], band: [0.24, 0.56]}
correlation:
- [1.0, 0.8, 0.0]
- [0.8, 1.0, 0.0]
- [0.0, 0.0, 1.0]
unidentified:
- {name: treaty_fee, reason: nobody can see it}
"""


def written(tmp_path, text=GOOD):
    path = tmp_path / "made-up.yaml"
    path.write_text(text)
    return path


def test_medians_are_the_values_in_use(tmp_path):
    found = read_calibration(written(tmp_path))
    values = Parameters(calibration=found)
    assert values["loss_at_stake"] == pytest.approx(2.0)
    assert values["publicness"] == 0.4
    assert values["treaty_fee"] == Parameters()["treaty_fee"]
    assert values.calibrated_by == {"name": "made-up", "sha256": found.sha256}
    assert Parameters().calibrated_by is None


def test_the_calibration_goes_along_and_shows_in_the_digest(tmp_path):
    values = Parameters(calibration=read_calibration(written(tmp_path)))
    changed = values.replace({"publicness": 0.2})
    assert changed.calibration == values.calibration
    assert pickle.loads(pickle.dumps(values)) == values
    plain = Parameters(dict(values))
    assert plain != values
    assert plain.digest() != values.digest()


def test_a_hash_tells_two_documents_apart(tmp_path):
    one = read_calibration(written(tmp_path)).sha256
    two = read_calibration(written(tmp_path, GOOD.replace("tests", "all"))).sha256
    assert one != two


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("loss_at_stake", "loss_at_steak", r"yaml:7:\d+.*no parameter 'loss_at_steak'.*loss_at_stake"),
        ("name: publicness", "name: autonomy_cost", r"yaml:9.*stands twice"),
        ("name: treaty_fee", "name: publicness", r"yaml:15.*stands twice"),
        ("bounds: [0.1, 0.75]", "bounds: [0.1, 1.75]", r"yaml:9.*not inside 0 to 1"),
        ("bounds: [0.2, 20.0]", "bounds: [20.0, 0.2]", r"yaml:7.*not inside"),
        ("bounds: [0.2, 20.0]", "bounds: [0.2, 1.0e+308]", r"yaml:7.*100 times wider than the judged range"),
        ("median: 0.4, spread: 0.3", "median: 7, spread: 0.3", r"yaml:8.*not inside the bounds"),
        ("spread: 0.5", "spread: 0", r"yaml:7.*it has to be more than 0"),
        ("spread: 0.5", "spread: much", r"yaml:7.*number is wanted"),
        ("scale: linear", "scale: cubic", r"yaml:9.*logarithmic"),
        ("- [0.8, 1.0, 0.0]", "- [0.8, 1.0]", r"yaml:1[01].*not a square of 3 by 3"),
        ("- [0.8, 1.0, 0.0]", "- [0.7, 1.0, 0.0]", r"yaml:1[01].*not symmetric"),
        ("0.8", "1.0", r"yaml:1[01].*no joint distribution"),
        ("foedus: 1", "foedus: 2", r"yaml:1"),
        ("note:", "notes:", r"no such key"),
        ("data: []", "", r"this is missing"),
        ("foedus: 1", "foedus: [", r"not YAML"),
        ("unidentified:", "evidence: {coeficients: []}\nunidentified:", r"yaml:14.*Did you mean 'coefficients'"),
        ("unidentified:", "evidence: {choices: {sets: many}}\nunidentified:", r"yaml:14.*whole number is wanted"),
        ("unidentified:", "evidence: {coefficients: [{term: a}]}\nunidentified:", r"yaml:14.*this is missing"),
        (
            "unidentified:",
            "evidence: {covariance: {terms: [a, b], rows: [[1]]}}\nunidentified:",
            r"yaml:14.*not a square of 2 by 2",
        ),
        (
            "unidentified:",
            "evidence: {profiles: {a: {values: [1, 2], log_likelihood: [1]}}}\nunidentified:",
            r"yaml:14.*2 values have 1 likelihoods",
        ),
        (
            "unidentified:",
            "evidence: {covariance: {terms: [a, b], rows: [[1, 2], [3, 1]]}}\nunidentified:",
            r"yaml:14.*this is no covariance",
        ),
        (
            "unidentified:",
            "evidence: {coefficients: [{term: dispute, coefficient: 1, clustered_error: 1, plain_error: 1, "
            "variance_inflation: 1}], recovery: {repeats: 1, terms: {dispuet: {truth: 1, mean: 1, spread: 1, "
            "coverage_of_95: 1}}}}\nunidentified:",
            r"yaml:14.*no coefficient of 'dispuet'. Did you mean 'dispute'",
        ),
        ("data: []", "data: [{table: a, version: '1', sha256: abc}]", r"data.0.sha256: string should match pattern"),
        ("data: []", "data: [{tables: a}]", r"no such key. Did you mean 'table'"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path, old, new, said):
    with pytest.raises(FoedusError, match=said):
        read_calibration(written(tmp_path, GOOD.replace(old, new)))


def test_an_unknown_name_is_told_with_those_there_are():
    with pytest.raises(FoedusError, match="neither a calibration nor a file"):
        read_calibration("no-such-calibration")


@pytest.mark.parametrize("name", calibration_names())
def test_calibrations_of_the_package_are_sound(name):
    found = read_calibration(name)
    assert found.name == name == calibration_path(name).stem
    assert found.parameters
    assert not set(found.medians) & {n for n, _ in found.reasons}
    Parameters(calibration=found)


def test_what_is_no_plain_file_says_what_it_is(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(FoedusError, match="this is a pipe, not a plain file"):
        read_calibration(tmp_path / "pipe.yaml")
    with pytest.raises(FoedusError, match="this is a folder, not a plain file"):
        read_calibration(tmp_path)


def test_another_fit_can_have_terms_of_its_own_but_none_that_is_misspelt(tmp_path):
    fit = "evidence: {{coefficients: [{term}], other_fits: {{law: {{sets: 2, log_likelihood: -1, all_zero: -2, coefficients: {own}}}}}}}\nunidentified:"
    term = "{term: security, coefficient: 1, clustered_error: 1, plain_error: 1, variance_inflation: 1}"
    own = fit.format(term=term, own="{separation_half: [1, 1], trust_half: [1, 1]}")
    assert read_calibration(written(tmp_path, GOOD.replace("unidentified:", own))).name == "made-up"
    misspelt = fit.format(term=term, own="{security: [1, 1], securty: [1, 1]}")
    with pytest.raises(FoedusError, match=r"no coefficient of 'securty'.*security"):
        read_calibration(written(tmp_path, GOOD.replace("unidentified:", misspelt)))
