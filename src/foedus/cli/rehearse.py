"""Commands of the council room for who prepares one, or plays alone: exercises, their printed packs, rehearsals."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import rich_click as click

from foedus.cli.council_files import door, stored_at, taken_room
from foedus.cli.spoken import tell
from foedus.council.exercises import exercise_names, read_exercise
from foedus.council.lead_sheet import pack
from foedus.council.own_exercise import new_exercise, unfilled
from foedus.council.playing import by_the_model
from foedus.council.printed import pack_page
from foedus.council.told_of_rooms import beside_nobody, run_told
from foedus.vocabulary.errors import fail
from foedus.vocabulary.whole import refuse_existing, write_all


@click.command()
@click.argument("form")
@click.option(
    "--seats", default="none", show_default=True, type=click.Choice(["none"]), help="Who is played by people."
)
@click.option("--seed", type=int, help="Seed of the draws, instead of that of the exercise or room.")
@click.option("--run", type=click.IntRange(0), help="Number of the run.")
@stored_at
def play(form: str, seats: str, seed: int | None, run: int | None, address: str) -> None:
    """Play FORM, an exercise or a room, with the model in every seat, and print what happens: a rehearsal before people come.

    Of a room, its file or its export, the start is played, and set beside what came of it; the room stays as it is.
    """
    if address or form.endswith((".room", ".zip")) or Path(form).is_file():
        _played_beside(form, seed, run, address)
    else:
        tell(run_told(by_the_model(read_exercise(form, seed=seed, run=run).room)))


def _played_beside(place: str, seed: int | None, run: int | None, address: str) -> None:
    found = door("room_import").again(taken_room(place, address))
    own = found.form if seed is None and run is None else replace(found.form, luck={})
    played = by_the_model(replace(own, seed=own.seed if seed is None else seed, run=own.run if run is None else run))
    tell(run_told(played))
    tell(f"\n{beside_nobody(found.room, [one.event for one in found.log], played, Path(place).name)}")
    for sentence in (*found.otherwise, *found.differs):
        tell(sentence)


@click.group()
def exercise() -> None:
    """Exercises: list them, print their packs, begin one of your own."""


@exercise.command("list")
def list_() -> None:
    """List the exercises that are built in."""
    for name in exercise_names():
        found = read_exercise(name)
        tell(f"{name:20} {found.said('title')}, {len(found.room.seats)} seats: {found.said('about')}")


@exercise.command("print")
@click.argument("name")
@click.option("--output", required=True, type=click.Path(path_type=Path), metavar="DIR", help="A new folder.")
def print_(name: str, output: Path) -> None:
    """Write the pack of NAME: pack.html prints the sheet and a brief for every seat; the same is beside it as Markdown."""
    refuse_existing(output, None)
    read = read_exercise(name)
    found = pack(read) | {"pack.html": pack_page(read)}
    write_all({output: dict(found)})
    tell(f"written: {output}, {len(found)} files; print pack.html from a browser", err=True)


@exercise.command("new")
@click.argument("case")
@click.option("--output", type=click.Path(path_type=Path), metavar="DIR", help="A new folder. [default: CASE-exercise]")
def new_(case: str, output: Path | None) -> None:
    """Begin an exercise of your own from CASE: a folder with a file to fill in and a file of words."""
    folder = output or Path(f"{Path(case.replace('@', '-')).name}-exercise")
    refuse_existing(folder, None)
    write_all({folder: new_exercise(case, folder.name)})
    tell(f"written: {folder}; write your own sentences in words.yaml, then: foedus council new {folder}", err=True)


def without_plan(form: str, plan: str) -> None:
    """Say that what is no exercise has no plans; errors as :func:`foedus.vocabulary.errors.fail`."""
    if plan:
        what = f"'{form}' is no exercise, and has no plans"
        raise fail(f"--plan '{plan}'", what, "Leave it out, or name an exercise")


def told_of_template(form: str) -> None:
    """Say which sentences of one's own exercise are still those of its template: people would read them."""
    keys = unfilled(form)
    if keys:
        tell(f"note: {form}/words.yaml still has the sentences of the template for {', '.join(keys)}", err=True)


@click.command()
@click.argument("form")
@click.option("--seat", required=True, metavar="STATE", help="The seat that you take, such as KOR.")
@click.option("--room", default="", metavar="FILE", help="Where it is kept; if it is there already, it goes on.")
@click.option("--plan", default="", metavar="MINUTES", help="Which plan of the exercise; 180 plays two years.")
@click.option("--port", default=0, type=click.IntRange(0, 65_535), help="By default any that is free.")
@click.option("--no-browser", is_flag=True, help="Print the address instead of opening it.")
def rehearse(form: str, seat: str, room: str, plan: str, port: int, no_browser: bool) -> None:
    """Play the exercise or case FORM alone: you take one seat, the model plays all others, and nothing waits.

    Your page has the next step; the debrief comes at the end. The same command goes on where you stopped.
    """
    setting_up, served = door("setting_up"), door("served")
    place = room or f"{setting_up.slug(Path(form).stem)}-{seat.lower()}.room"
    drawn = setting_up.asked_for(form, plan)
    if not drawn.exercise:
        without_plan(form, plan)
    told_of_template(form)
    with served.listening(port) as bound:  # before a room is made that nobody could open
        if Path(place).exists():
            card = setting_up.rehearsal_resumed(place, drawn, seat, plan)
            tell(f"{place} goes on where you stopped", err=True)
        else:
            card = setting_up.rehearsal_begun(place, setting_up.rehearsal_of(drawn), seat, time.time())
        served.serve_room(place, bound=bound, secret=card.secret, browser=not no_browser)
