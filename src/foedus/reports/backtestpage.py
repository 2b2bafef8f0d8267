"""The page of a backtest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.reports.page import environment


def backtest_html(document: Mapping[str, Any]) -> str:
    """Return the page about a backtest.

    Parameters
    ----------
    document : mapping
        As :func:`foedus.workflow.history.backtest` returns it.
    """
    return environment().get_template("backtest.html").render(r=document)
