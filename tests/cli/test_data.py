"""The data commands, with a store of their own."""

import json

import pytest
from click.testing import CliRunner

import foedus
from archive.published_files import write_folder
from foedus.archive import store as datastore
from foedus.cli.data import data
from foedus.vocabulary.errors import FoedusError


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setattr(foedus, "datastore", datastore, raising=False)
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "store"))

    def call(*arguments):
        result = CliRunner().invoke(data, arguments)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0
        return result.output

    return call


def test_import_then_status_then_cite(run, tmp_path):
    shown = run("import", str(write_folder(tmp_path / "files")))
    assert "atop5_1m.csv" in shown
    assert "Terms: Free for scholarly use" in shown
    held = {row["table"]: row for row in json.loads(run("status", "--json"))}
    assert held["atop_member"]["rows"] == 20
    assert len(held["atop_member"]["sha256"]) == 64
    assert "Leeds" in run("cite")
    assert "Bolt" not in run("cite")
    assert "Bolt" in run("cite", "maddison")


def test_status_of_an_empty_store_says_what_can_be_pulled(run):
    assert "can be pulled" in run("status")


def test_problems_come_through(run, tmp_path):
    with pytest.raises(FoedusError, match="no such folder"):
        run("import", str(tmp_path / "nowhere"))
    with pytest.raises(FoedusError, match="64 hexadecimal digits"):
        run("pull", "atop", "--sha256", "atop=abc")
    with pytest.raises(FoedusError, match="not fetched"):
        run("pull", "cow-alliances")


def test_json_of_citations(run):
    assert {row["data_set"] for row in json.loads(run("cite", "atop", "unga", "--json"))} == {"atop", "unga"}
