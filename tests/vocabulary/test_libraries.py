import sys

import pytest

from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.libraries import Later, need


def test_a_library_that_is_there_is_loaded():
    assert need("json", "plots", "a picture").loads("[1]") == [1]


def test_a_missing_library_is_said_in_one_sentence_with_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    with pytest.raises(FoedusError) as told:
        need("scipy.stats", "sensitivity", "method sobol")
    assert str(told.value) == (
        "method sobol: it needs the package 'scipy', which is not installed. Run: pip install 'foedus[sensitivity]'."
    )


def test_what_a_library_lacks_itself_is_named(tmp_path, monkeypatch):
    (tmp_path / "lacking_one.py").write_text("import nowhere_to_be_found.inner\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(FoedusError, match="needs the package 'nowhere_to_be_found', which is not installed"):
        need("lacking_one", "stats", "calibrate")


def test_a_broken_library_is_told_from_a_missing_one(tmp_path, monkeypatch):
    (tmp_path / "broken_one.py").write_text("raise ImportError('libm.so.6: no such file\\nmore')\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(FoedusError) as told:
        need("broken_one", "plots", "a picture as PNG")
    assert str(told.value) == (
        "a picture as PNG: it needs the package 'broken_one', which is installed but cannot be loaded (libm.so.6: no "
        "such file). Run: pip install --upgrade 'foedus[plots]'."
    )


def test_later_loads_at_first_use_and_not_before(tmp_path, monkeypatch):
    (tmp_path / "heavy_one.py").write_text("weight = 3\n")
    monkeypatch.syspath_prepend(tmp_path)
    heavy = Later("heavy_one", "data", "historical data")
    assert "heavy_one" not in sys.modules
    assert heavy.weight == 3
    assert "heavy_one" in sys.modules
    with pytest.raises(AttributeError):
        _ = heavy.height


def test_later_says_at_first_use_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    frames = Later("polars", "data", "historical data")
    with pytest.raises(FoedusError, match=r"^historical data: it needs .* Run: pip install 'foedus\[data\]'\.$"):
        _ = frames.DataFrame


def test_what_copying_looks_for_is_not_there_but_a_version_is(tmp_path, monkeypatch):
    (tmp_path / "versioned_one.py").write_text("__version__ = '2.1'\n__deepcopy__ = 3\n")
    monkeypatch.syspath_prepend(tmp_path)
    found = Later("versioned_one", "data", "historical data")
    assert not hasattr(found, "__deepcopy__")
    assert "versioned_one" not in sys.modules
    assert found.__version__ == "2.1"
