"""Commands of the council room that need no server: exercises, their printed packs, and a room played by the model."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from foedus.council.briefs import pack
from foedus.council.exercises import exercise_names, read_exercise
from foedus.council.own_exercise import new_exercise
from foedus.council.playing import by_the_model
from foedus.council.printed import pack_page
from foedus.council.told_of_rooms import run_told
from foedus.vocabulary.whole import refuse_existing, write_all


@click.command()
@click.argument("form")
@click.option(
    "--seats", default="none", show_default=True, type=click.Choice(["none"]), help="Who is played by people."
)
@click.option("--seed", type=int, help="Seed of the draws, instead of the exercise's.")
@click.option("--run", type=click.IntRange(0), help="Number of the run.")
def play(form: str, seats: str, seed: int | None, run: int | None) -> None:
    """Play the exercise FORM with the model in every seat, and print what happens: a rehearsal before people come."""
    click.echo(run_told(by_the_model(read_exercise(form, seed=seed, run=run).room)))


@click.group()
def exercise() -> None:
    """Exercises: list them, print their packs, begin one of your own."""


@exercise.command("list")
def list_() -> None:
    """List the exercises that are built in."""
    for name in exercise_names():
        found = read_exercise(name)
        click.echo(f"{name:20} {found.said('title')}, {len(found.room.seats)} seats: {found.said('about')}")


@exercise.command("print")
@click.argument("name")
@click.option("--output", required=True, type=click.Path(path_type=Path), metavar="DIR", help="A new folder.")
def print_(name: str, output: Path) -> None:
    """Write the pack of NAME: pack.html prints the sheet and a brief for every seat; the same is beside it as Markdown."""
    refuse_existing(output, None)
    read = read_exercise(name)
    found = pack(read) | {"pack.html": pack_page(read)}
    write_all({output: dict(found)})
    click.echo(f"written: {output}, {len(found)} files; print pack.html from a browser", err=True)


@exercise.command("new")
@click.argument("case")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="DIR", help="A new folder; by default the name of the case."
)
def new_(case: str, output: Path | None) -> None:
    """Begin an exercise of your own from CASE: a folder with a file to fill in and a file of words."""
    folder = output or Path(f"{case.replace('@', '-')}-exercise")
    refuse_existing(folder, None)
    write_all({folder: new_exercise(case, folder.name)})
    click.echo(f"written: {folder}", err=True)
