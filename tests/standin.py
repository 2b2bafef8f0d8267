"""Stand-ins: in the place of something slow, they keep what they are handed and return what they are told to."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest


class StandIn:
    """Takes the place of a function of the package, and refuses what that function would not take.

    Attributes
    ----------
    handed : list of dict
        What it was handed at each call, by the names of the function's arguments.
    """

    def __init__(self, real: Callable[..., Any], returned: Any) -> None:
        self.__signature__ = inspect.signature(real)  # a stand-in can be put for a stand-in
        self._returned = returned
        self.handed: list[dict[str, Any]] = []

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        bound = self.__signature__.bind(*args, **kwargs)
        bound.apply_defaults()
        self.handed.append(dict(bound.arguments))
        return self._returned(**self.last) if inspect.isfunction(self._returned) else self._returned

    @property
    def last(self) -> dict[str, Any]:
        """What it was handed at the last call."""
        return self.handed[-1]


def put(monkeypatch: pytest.MonkeyPatch, place: str, returned: Any = None) -> StandIn:
    """Put a stand-in for ``module.name``; a function that is `returned` is asked with what was handed, by name."""
    module, _, name = place.rpartition(".")
    found = StandIn(getattr(importlib.import_module(module), name), returned)
    monkeypatch.setattr(place, found)
    return found
