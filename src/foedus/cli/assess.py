"""Commands that answer one question about a case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import rich_click as click

from foedus.asking import about_a_case, bodies, kept, rivalry
from foedus.asking.ask import Ask, How
from foedus.asking.gloss import numbers_in_use
from foedus.cli.options import (
    asking,
    asking_of,
    band_options,
    calibration_option,
    case_argument,
    change_options,
    draw_options,
    draw_options_from,
    given_option,
    hand_out,
    json_option,
    law_option,
    listed,
    print_json,
    show,
    table_dict,
)
from foedus.cli.progress import progress_bar
from foedus.cli.then_open import open_option, open_page
from foedus.cli.web import doorway
from foedus.questions import who_has_leverage
from foedus.questions.theory_tables import mechanisms_table
from foedus.surfaces import terminal
from foedus.vocabulary.errors import fail
from foedus.vocabulary.whole import refuse_existing


@click.command()
@asking
@given_option
@click.option(
    "--output",
    type=click.Path(),
    metavar="DIR",
    help="Also write every table, the record and a manifest to a new folder.",
)
@click.option("--report", "page", type=click.Path(), metavar="FILE", help="Also write the page of the report.")
@open_option
@json_option
def assess(asked: Ask, how: How, output: str | None, page: str | None, show_page: bool, as_json: bool) -> None:
    """Which architecture forms and holds, who blocks it and why, what leverage the hub has, and how sure all this is.

    CASE is a built-in case (see `foedus case list`) or a folder.
    """
    refuse_existing(output, page)
    if show_page:
        doorway()
    with progress_bar(f"assessing {asked.name}") as progress:
        found = kept.answered(asked, replace(how, progress=progress))
    hand_out(about_a_case.record(found), as_json, output, page)
    if show_page:
        open_page(asked, found)


@click.command()
@asking_of(click.argument("case"), band_options)
@click.argument("state")
@click.option("--body", default="", metavar="NAME", help="A body the case watches; by default a council of all.")
@json_option
def explain(asked: Ask, how: How, state: str, body: str, as_json: bool) -> None:
    """Why a state gains or loses by a body, down to single terms.

    STATE is an id or a name, for example KOR or "South Korea".
    """
    with progress_bar("drawing") as progress:
        found = about_a_case.explain(asked, state, body=body, workers=how.workers, progress=progress)
    show(found, as_json)


@click.command()
@click.argument("cases", nargs=-1, required=True)
@click.option(
    "--theory",
    "theories",
    metavar="NAME,...",
    help="Score theories against the record instead: foedus, landscape, bargaining, persistence, record, or a cause alone "
    "(threat, identity, entrapment, quarrel, geography, divergence, coercion, leverage).",
)
@calibration_option
@draw_options
@json_option
def compare(
    cases: tuple[str, ...],
    theories: str | None,
    calibration: str,
    draws: int,
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """The same answer for several cases side by side, with the very same parameters, or with rival theories."""
    with progress_bar("comparing") as progress:
        if theories is not None:
            asked = Ask(calibration=calibration, draws=draws, seed=seed)
            found = rivalry.scored(cases, theories.split(","), asked, How(workers, progress=progress))
            show(rivalry.told(cases, found, asked), as_json)
            return
        table = about_a_case.compare(
            cases, calibration=calibration, draws=draws, seed=seed, workers=workers, progress=progress
        )
    show(table, as_json, hide=("form",))


@click.command()
@asking_of(case_argument, band_options)
@click.argument("pair", nargs=-1)
@json_option
def dispute(asked: Ask, how: How, pair: tuple[str, ...], as_json: bool) -> None:
    """How far a quarrel of two states goes, with and without a council, rescue or a pledge.

    PAIR are two states; by default the quarrel that the case names.
    """
    with progress_bar("drawing") as progress:
        found = about_a_case.dispute(asked, pair, workers=how.workers, progress=progress)
    show(found, as_json)


@click.command()
@asking_of(case_argument, band_options)
@click.option("--budget", default=1.0, show_default=True, help="Budget of coercion, bn a year.")
@json_option
def wedge(asked: Ask, how: How, budget: float, as_json: bool) -> None:
    """What it costs an adversary to break a body or a star, and whom it would press."""
    with progress_bar("drawing") as progress:
        found = about_a_case.wedge(asked, budget=budget, workers=how.workers, progress=progress)
    show(found, as_json)


@click.command()
@asking
@json_option
def leverage(asked: Ask, how: How, as_json: bool) -> None:
    """What the hub is worth to its allies in bargaining, and they to it, in every architecture.

    CASE is a built-in case (see `foedus case list`) or a folder. It is a part of what `foedus assess` says.
    """
    with progress_bar(f"assessing {asked.name}") as progress:
        found = kept.answered(asked, replace(how, progress=progress))
    show(who_has_leverage.section(found), as_json)


@click.command()
@case_argument
@change_options
@law_option
@band_options
@json_option
def whatif(
    case: str,
    settings: tuple[str, ...],
    levers: tuple[str, ...],
    without: tuple[str, ...],
    laws: tuple[str, ...],
    as_json: bool,
    **drawn: Any,
) -> None:
    """The answer before and after changing facts, parameters, mechanisms or procedures."""
    if not settings and not levers and not without and not laws:
        remedy = "Give --set NAME=VALUE, --lever NAME=SIZE, --without MECHANISM or --law PROCEDURE=NAME"
        raise fail("whatif", "nothing is changed", remedy)
    with progress_bar("drawing") as progress:
        found = about_a_case.whatif(
            case, settings, without=without, laws=laws, levers=levers, progress=progress, **drawn
        )
    show(found, as_json)


@click.command()
@case_argument
@click.option("--members", required=True, metavar="STATE,...", help="Ids or names; the hub may be left out.")
@click.option(
    "--rule", default="consensus", show_default=True, help="How it decides: consensus, or hub for a body the hub leads."
)
@change_options
@law_option
@calibration_option
@band_options
@json_option
def draft(
    case: str,
    members: str,
    rule: str,
    settings: tuple[str, ...],
    levers: tuple[str, ...],
    without: tuple[str, ...],
    laws: tuple[str, ...],
    calibration: str,
    draws: int,
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """Who would gain by a body of your own, whether all would agree to it and how sure that is, and what would be likelier.

    Every number is exact, with the values in use; the band is that of the draws.
    """
    asked = Ask(case, settings, without, calibration, draws=draws, seed=seed, laws=laws, levers=levers)
    with progress_bar("drawing") as progress:
        found = bodies.draft(asked, listed(members), rule=rule, workers=workers, progress=progress)
    show(found, as_json)


@click.command()
@case_argument
@click.option(
    "--goal",
    default="body forms",
    show_default=True,
    help="body forms, council forms, forum forms, or nothing changes.",
)
@click.option("--effort", default=4, show_default=True, help="Most steps of change in all.")
@click.option("--answers", default=5, show_default=True, help="Most distinct answers.")
@band_options
@change_options
@json_option
def flip(
    case: str,
    goal: str,
    effort: int,
    answers: int,
    settings: tuple[str, ...],
    levers: tuple[str, ...],
    without: tuple[str, ...],
    as_json: bool,
    **drawn: Any,
) -> None:
    """The smallest sets of bounded changes that turn the answer; that none does it is an answer too."""
    with progress_bar("searching") as progress:
        table = about_a_case.flip(
            case,
            goal,
            changes=settings,
            levers=levers,
            without=without,
            effort=effort,
            answers=answers,
            progress=progress,
            **drawn,
        )
    show(table, as_json)


@click.command()
@case_argument
@draw_options_from(0, "Draws for the band of the answer; each takes as long as the answer itself.")
@change_options
@law_option
@json_option
def ablate(
    case: str,
    settings: tuple[str, ...],
    levers: tuple[str, ...],
    without: tuple[str, ...],
    laws: tuple[str, ...],
    as_json: bool,
    **drawn: Any,
) -> None:
    """What each mechanism contributes, by Shapley value over mechanisms: for answers that several of them force.

    A second table has what the answer would be by other variants of the procedures.
    """
    with progress_bar("switching off") as progress:
        table = about_a_case.ablate(
            case, changes=settings, without=without, laws=laws, levers=levers, progress=progress, **drawn
        )
    show(table, as_json)


@click.command()
@click.option(
    "--case", metavar="CASE", help="Also every number of a case with the value in use; --set may change both."
)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Set one by hand. May be repeated.")
@calibration_option
@json_option
def parameters(case: str | None, settings: tuple[str, ...], calibration: str, as_json: bool) -> None:
    """The parameters of the theory with the value in use, its range and its source."""
    found = numbers_in_use(case, settings, calibration)
    if as_json:
        print_json(table_dict(found[0]) if len(found) == 1 else {t.name: table_dict(t) for t in found})
        return
    for table in found:
        terminal.show_table(table, terminal.console())


@click.command()
@json_option
def mechanisms(as_json: bool) -> None:
    """The mechanisms of the theory; those that can be switched off say how."""
    show(mechanisms_table(), as_json)
