"""The page of a chronicle: what formed and held, beside the record, for somebody who never saw the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from foedus.reports.chroniclefigures import PICTURES
from foedus.reports.page import environment


def chronicle_html(record: Mapping[str, Any]) -> str:
    """Return the page about a simulation.

    Parameters
    ----------
    record : mapping
        As :func:`foedus.reports.chronicletables.chronicle_record` returns it.
    """
    pictures = {name: Markup(draw(record)) for name, draw in PICTURES.items()}
    return environment().get_template("chronicle.html").render(r=record, pictures=pictures)
