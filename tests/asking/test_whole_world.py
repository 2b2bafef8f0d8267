"""The Python door to the world of states, and its command: a record, JSON, a page, and sentences for wrong input."""

import json

import pytest

import foedus
from archive.published_files import SHARED, needs_shared
from foedus.asking.whole_world import world
from foedus.cli.main import run
from foedus.vocabulary.errors import FoedusError


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"first": 1700}, "Give years from 1817 to 2018"),
        ({"last": 2019}, "year 2019"),
        ({"first": 1990}, "time runs forward"),
        ({"first": "1946"}, "not a whole number"),
        ({"runs": 0}, "not a number of runs"),
        ({"runs": 10**9}, "100,000"),
        ({"seed": -1}, "negative"),
        ({"workers": 0}, "number of processes"),
        ({"rates": "spann"}, "Did you mean 'span'"),
        ({"weights": {"trust": 1.0}}, "trust_value"),
        ({"data": "nowhere"}, "there is no such folder"),
    ],
)
def test_wrong_input_gets_a_sentence_before_any_data_are_read(given, words):
    with pytest.raises(FoedusError, match=words):
        world(**({"first": 1946, "last": 1950, "runs": 2} | given))


def test_an_empty_store_says_how_to_fill_it(tmp_path, monkeypatch):
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "none"))
    with pytest.raises(FoedusError, match="foedus data import"):
        world()


@needs_shared
def test_the_door_and_the_command_say_the_same(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path / "cache"))
    done = []
    found = foedus.world(1951, 1955, runs=12, data=SHARED, workers=1, progress=lambda k, n: done.append((k, n)))
    assert done[-1] == (12, 12)
    assert found.record.title == "The world of states, 1951 to 1955"
    assert set(found.table("fit").column("verdict")) <= {"inside", "runs have fewer", "runs have more"}
    assert "inside" in found._repr_html_()
    page = tmp_path / "page.html"
    asked = ["world", "--from", "1951", "--to", "1955", "--runs", "12", "--data", str(SHARED), "--workers", "2"]
    run([*asked, "--json", "--report", str(page)])
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads(json.dumps(found.record.to_dict()))
    assert "The world of states" in page.read_text(encoding="utf-8")


@needs_shared
def test_the_record_of_1949_is_the_one_that_is_known(tmp_path, monkeypatch):
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))
    found = foedus.world(1949, 1955, runs=3, data=SHARED, workers=1)
    allies = {row["state"]: row["record"] for row in found.table("allies")}
    assert allies["USA"] >= 20 + 13  # the hemisphere, the Atlantic, the Pacific
    assert allies["SWE"] == allies["CHE"] == 0


def test_the_command_ends_with_2(capsys):
    with pytest.raises(SystemExit) as ended:
        run(["world", "--from", "1950", "--to", "1946"])
    assert ended.value.code == 2
    assert "time runs forward" in capsys.readouterr().err
