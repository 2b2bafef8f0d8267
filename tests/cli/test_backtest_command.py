"""The command of the backtest, and what it says when something is wrong."""

import pytest

from foedus.cli.main import run


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--data", "no-such-folder"], "there is no such folder"),
        (["--data", "{empty}"], "neither a store nor a folder of tidy tables"),
        (["--window", "1946-1970"], "Did you mean '1945-1970'"),
        (["--baseline", "gradient bosting"], "Did you mean 'gradient boosting'"),
        (["--output", "{empty}"], "this is there already"),
        (["--data", "{torn}"], "the manifest of the store is damaged"),
    ],
)
def test_wrong_input_gets_a_sentence(arguments, words, tmp_path, capsys):
    empty, torn = tmp_path / "empty", tmp_path / "torn"
    empty.mkdir()
    torn.mkdir()
    (torn / "manifest.json").write_text("{")
    with pytest.raises(SystemExit) as stop:
        run(["backtest", *(a.format(empty=empty, torn=torn) for a in arguments)])
    assert stop.value.code == 2
    assert words in capsys.readouterr().err


def test_without_a_store_the_remedy_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "nothing"))
    with pytest.raises(SystemExit):
        run(["backtest"])
    assert "foedus data import FOLDER" in capsys.readouterr().err
