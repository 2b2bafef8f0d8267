"""Libraries that not everybody needs: loaded where they are used, or a sentence that says how to get them."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from foedus.vocabulary.errors import fail

if TYPE_CHECKING:  # named for those who check types; at work every library goes through `need`
    from pandas import DataFrame as PandasFrame
    from polars import DataFrame as PolarsFrame
    from xarray import Dataset
else:
    PandasFrame = PolarsFrame = Dataset = Any

__all__ = ["Dataset", "Later", "PandasFrame", "PolarsFrame", "need"]


def need(library: str, extra: str, what_for: str) -> Any:
    """Return a module of an optional library, loaded now.

    Parameters
    ----------
    library : str
        Name of the module to import, such as ``scipy.optimize``.
    extra : str
        Extra of foedus that installs it, as in ``pip install 'foedus[stats]'``.
    what_for : str
        What cannot be done without it, as the reader calls it: a command, an option or a thing to be made.

    Raises
    ------
    FoedusError
        The library is not installed, or it is and cannot be loaded.
    """
    try:
        return importlib.import_module(library)
    except ModuleNotFoundError as missing:
        name = (missing.name or library).partition(".")[0]
        what = f"it needs the package '{name}', which is not installed"
        raise fail(what_for, what, f"Run: pip install 'foedus[{extra}]'") from None
    except ImportError as broken:
        name, reason = library.partition(".")[0], (str(broken).splitlines() or ["no reason given"])[0].rstrip(".")
        what = f"it needs the package '{name}', which is installed but cannot be loaded ({reason})"
        raise fail(what_for, what, f"Run: pip install --upgrade 'foedus[{extra}]'") from broken


class Later:
    """An optional library that is loaded when it is first used, so that a module can name it at its head.

    Every use goes through :func:`need`, with its errors.

    Parameters
    ----------
    library, extra, what_for : str
        As for :func:`need`.
    """

    def __init__(self, library: str, extra: str, what_for: str) -> None:
        self._asked = (library, extra, what_for)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__version__":  # what copying and inspecting look for
            raise AttributeError(name)
        found = getattr(need(*self._asked), name)
        setattr(self, name, found)
        return found
