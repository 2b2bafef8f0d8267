"""The playground's twin in Shiny: the same levers, the same number, outcomes and gains, through foedus' own Python door.

Written as its makers advise: one session's inputs, one reactive calculation that every output shares, the case read once for all
sessions, and pictures of foedus' own functions, so that the two differ in nothing but what carries them.

Usage: python benchmarks/shiny_twin.py PORT CASE
"""

from __future__ import annotations

import sys
from typing import Any

import uvicorn
from shiny import App, reactive, render, ui

import foedus
from foedus.model.sizes import sizes_of
from foedus.questions.what_forms import FORM_LABELS
from foedus.simulation.formation import Form
from foedus.surfaces.svg.heaps import Level, levels
from foedus.surfaces.svg.shifts import Shift, shifts
from foedus.vocabulary.prose import country
from foedus.vocabulary.tables import percent
from foedus.web.answer_page import INKS
from foedus.web.glances import glance, seen

PORT, CASE = int(sys.argv[1]), foedus.read_case(sys.argv[2])
SIZES = sizes_of(foedus.Ask(CASE, draws=0).task().study().world)
NAMES = [country(s) for s in CASE.states]

page = ui.page_sidebar(
    ui.sidebar(*(ui.input_slider(s.key, s.label, s.low, s.high, s.neutral, step=0.05) for s in SIZES)),
    ui.h1("What would have to change?"),
    ui.output_text("number"),
    ui.output_ui("outcomes"),
    ui.output_ui("gains"),
)


def server(inputs: Any, outputs: Any, session: Any) -> None:
    """Answer one session."""

    @reactive.calc
    def answer() -> dict[str, Any]:
        moved = tuple(f"{s.key}={inputs[s.key]():g}" for s in SIZES if inputs[s.key]() != s.neutral)
        task = foedus.Ask(CASE, levers=moved, draws=0).task()
        return seen(glance(task.study()), task)

    @render.text
    def number() -> str:
        return percent(answer()["body"])

    @render.ui
    def outcomes() -> Any:
        rows = [Level(FORM_LABELS[f], p, INKS[f]) for f, p in zip(Form, answer()["forms"], strict=True)]
        return ui.HTML(levels(rows, 520.0, "Chance of each outcome of a year", 46.0))

    @render.ui
    def gains() -> Any:
        known = [(n, g) for n, g in zip(NAMES, answer()["gains"], strict=True) if g is not None]
        rows = [Shift(n, g) for n, g in sorted(known, key=lambda k: k[1])]
        return ui.HTML(shifts(rows, 440.0, "What a council of all would bring to each state"))


if __name__ == "__main__":
    answer_once = glance(
        foedus.Ask(CASE, draws=0).task().study()
    )  # compiled code is read before the first reader comes
    uvicorn.run(App(page, server), host="127.0.0.1", port=PORT, log_level="warning")
