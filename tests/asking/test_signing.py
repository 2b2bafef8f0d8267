"""The Python door to likely lists, and its command: a record, JSON, a page, and sentences for wrong input."""

import json

import pytest

import foedus
from archive.published_files import SHARED, needs_shared
from foedus.asking.signing import likely
from foedus.cli.main import run
from foedus.vocabulary.errors import FoedusError


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"year": 1700}, "Give 1817 to 2019"),
        ({"year": "1949"}, "not a whole number"),
        ({"size": 1}, "one state alone signs nothing"),
        ({"weights": {"trust_value": -1.0}}, "wrong sign"),
        ({"inside": 7}, "neither a word nor a list"),
        ({"data": "nowhere"}, "there is no such folder"),
    ],
)
def test_wrong_input_gets_a_sentence_before_any_data_are_read(given, words):
    with pytest.raises(FoedusError, match=words):
        likely(**({"year": 1949, "size": 3} | given))


def test_an_empty_store_says_how_to_fill_it(tmp_path, monkeypatch):
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "none"))
    with pytest.raises(FoedusError, match="foedus data import"):
        likely(1949)


@needs_shared
def test_the_door_and_the_command_say_the_same(tmp_path, capsys):
    found = foedus.likely(1951, "oceania", 3, inside=["USA"], data=SHARED)
    assert found.lists[0].members == ("USA", "AUS", "NZL")
    assert found.exact
    assert repr(found) == "<Likely lists of 3, oceania 1951>"
    assert found.table("lists").column("members")[0] == "USA AUS NZL"
    page = tmp_path / "page.html"
    asked = ["likely", "--year", "1951", "--region", "oceania", "--with", "USA", "--data", str(SHARED)]
    run([*asked, "--json", "--report", str(page)])
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads(json.dumps(found.record.to_dict()))
    assert "Likely lists of 3" in page.read_text(encoding="utf-8")


def test_the_command_ends_with_2(capsys):
    with pytest.raises(SystemExit) as ended:
        run(["likely", "--year", "1949", "--size", "1"])
    assert ended.value.code == 2
    assert "one state alone signs nothing" in capsys.readouterr().err
