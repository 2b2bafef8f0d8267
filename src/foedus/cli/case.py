"""List, show, check and start cases."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import rich_click as click

from foedus.asking import new_case
from foedus.casebook import overview as casetables
from foedus.casebook import reader
from foedus.casebook.filled_in import read_answers
from foedus.casebook.new import new_case as start_case
from foedus.casebook.packed import SUFFIX, stem_of
from foedus.casebook.schema import json_schema
from foedus.casebook.unusual import unusual
from foedus.cli.options import print_json
from foedus.cli.spoken import tell
from foedus.questions.answer import inputs_table
from foedus.surfaces import terminal
from foedus.vocabulary.errors import FoedusError, Problem, fail
from foedus.vocabulary.prose import counted, country


@click.group()
def case() -> None:
    """List, show, check and start cases."""


@case.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print plain JSON.")
def list_cases(as_json: bool) -> None:
    """List the built-in cases."""
    found = [reader.read_case(name) for name in reader.case_names()]
    if as_json:
        print_json(
            [
                {
                    "name": c.name,
                    "title": c.title,
                    "question": c.question,
                    "as_of": c.as_of.isoformat(),
                    "states": list(c.states),
                }
                for c in found
            ]
        )
        return
    terminal.show_table(casetables.overview(found), terminal.console())


@case.command()
@click.argument("name")
@click.option("--inputs", is_flag=True, help="Also every number with its source or its judgement.")
@click.option("--json", "as_json", is_flag=True, help="Print plain JSON.")
def show(name: str, inputs: bool, as_json: bool) -> None:
    """Show a case: states, institutions in force, notes."""
    found = reader.read_case(name)
    shown = casetables.of_case(found) + ((inputs_table(found),) if inputs else ())
    if as_json:
        print_json({t.name: list(t) for t in shown})
        return
    console = terminal.console()
    terminal.say(found.title, console, "bold")
    terminal.say(f"as of {found.as_of} · hub {country(found.hub)}", console)
    terminal.say(found.notes + "\n", console, "grey58")
    for t in shown:
        terminal.show_table(t, console)
        console.print()


@case.command()
@click.argument("folder")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Sentences for people, or JSON for editors.",
)
def check(folder: str, form: str) -> None:
    """Check a case: every problem of every file, with its line; what the record does not have is a warning."""
    doubted: tuple[Problem, ...] = ()
    try:
        found, problems = reader.examine(reader.case_folder(folder))
        doubted = unusual(found) if found is not None and not problems else ()
    except FoedusError as error:
        problems = list(error.problems)
    if form == "json":
        click.echo(json.dumps([vars(p) for p in problems], indent=1, ensure_ascii=False))
    for p in doubted if form == "text" else ():
        tell(f"warning: {p}", err=True)
    if form == "text" and problems:
        for p in problems:
            tell(f"error: {p}", err=True)
        tell(f"{counted(len(problems), 'problem')}.", err=True)
    elif form == "text":
        tell(f"{folder}: no problems.")
    sys.exit(2 if problems else 0)


@case.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--from", "copy_of", default="", metavar="CASE", help="Start from a copy of a case.")
@click.option(
    "--region", default="", metavar="NAME", help="Fill the case from historical data: asia, europe, americas, …"
)
@click.option("--year", type=int, help="Year of a case from historical data.")
@click.option(
    "--data", type=click.Path(), metavar="FOLDER", help="A store or tidy tables, by default the user's store."
)
@click.option("--states", default="", metavar="A,B,…", help="Ids of the states.")
@click.option("--adversaries", default="", metavar="X,…", help="Ids of the adversaries.")
@click.option("--hub", default="", metavar="A", help="Id of the hub, by default the first state.")
@click.option("--as-of", default="", metavar="DATE", help="Date of the case.")
@click.option("--title", default="", metavar="TEXT", help="Title of the case.")
@click.option("--question", default="", metavar="TEXT", help="The question that it asks.")
@click.option(
    "--judge",
    multiple=True,
    metavar="NUMBER",
    help="A number with its range and reason, as 'KOR.grievance.JPN=0.5 from 0.2 to 0.8: why'. May be repeated.",
)
@click.option(
    "--measure",
    multiple=True,
    metavar="NUMBER",
    help="A number with its date and the key of its source, as 'KOR.gdp=27.6 in 1953 by handbook'. May be repeated.",
)
@click.option(
    "--cite",
    multiple=True,
    metavar="SOURCE",
    help="A source by its key, as 'handbook=Author (year). Title.'. May be repeated.",
)
def new(
    folder: Path,
    copy_of: str,
    region: str,
    year: int | None,
    data: str | None,
    states: str,
    adversaries: str,
    hub: str,
    as_of: str,
    title: str,
    question: str,
    judge: tuple[str, ...],
    measure: tuple[str, ...],
    cite: tuple[str, ...],
) -> None:
    """Start a case: a folder with every line that has to be filled in, or filled from historical data.

    Edit the files and run `foedus case check FOLDER` until nothing is missing. With --region and --year every number
    comes from the store with its source, and what the data do not say is judged by rule and marked as such. --title,
    --question, --judge, --measure and --cite take the place of what is there. A FOLDER that ends in .zip is written as
    an archive.
    """
    answers = read_answers(judge, measure, cite, title, question)
    listed = [s.strip() for s in states.split(",") if s.strip()]
    if region or year is not None:
        if not region or year is None or copy_of or as_of:
            what = "a case from historical data needs both --region and --year"
            raise fail("case new", what, "Give both, and neither --from nor --as-of")
        others = [s.strip() for s in adversaries.split(",") if s.strip()]
        made = new_case.case_from_data(
            folder, region, year, data=data, states=listed, adversaries=others, hub=hub, answers=answers
        )
        tell(f"written: {made}. Read its notes on what is judged, then: foedus assess {shlex.quote(str(made))}")
        return
    if copy_of and (listed or adversaries or hub or as_of):
        remedy = "Leave --states, --adversaries, --hub and --as-of out, and change the copy"
        raise fail("--from", "it copies a case whole", remedy)
    if not copy_of and not listed:
        remedy = "Give --from CASE, or --states, --adversaries and --as-of"
        raise fail("case new", "nothing says what is in the case", remedy)
    made = start_case(
        folder,
        copy_of=copy_of,
        states=listed,
        adversaries=[s.strip() for s in adversaries.split(",") if s.strip()],
        hub=hub or (listed[0] if listed else ""),
        as_of=as_of,
        answers=answers,
    )
    archived = made.suffix == SUFFIX
    named = shlex.quote(stem_of(made) if archived else str(made))
    then = f"then: {'unpack it, and ' if archived else ''}foedus case check {named}"
    if copy_of and answers:
        tell(f"written: {made}, a copy of {copy_of} with what you said in its place, {then}")
    elif copy_of:
        tell(f"written: {made}, a copy of {copy_of} and complete as it is. Change what should differ, {then}")
    else:
        tell(f"written: {made}. Fill in the blanks (___), {then}")


@case.command()
@click.argument(
    "file", type=click.Choice(["case", "states", "relations", "institutions", "sources", "events", "series"])
)
def schema(file: str) -> None:
    """Print the JSON Schema of one file of a case, for editors that complete."""
    print_json(json_schema(file))
