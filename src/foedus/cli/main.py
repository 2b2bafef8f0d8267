"""The command line: one command per question. Commands are loaded only when they are called."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Sequence

import rich_click as click

from foedus.cli.asked_again import answered
from foedus.cli.refusals import problem_of, with_plain_numbers
from foedus.cli.signals import obeyed
from foedus.cli.spoken import Spoken, tell
from foedus.draws.stop import Interrupted, Stop
from foedus.version import __version__
from foedus.vocabulary.errors import FoedusError, fail, nearest

COMMANDS: dict[str, tuple[str, str]] = {
    "assess": ("foedus.cli.assess", "Which architecture forms and holds, who blocks it, who has leverage."),
    "explain": ("foedus.cli.assess", "Why a state gains or loses by a body, down to single terms."),
    "compare": ("foedus.cli.assess", "The same answer for several cases side by side."),
    "dispute": ("foedus.cli.assess", "How far a quarrel of two states goes, with and without a council."),
    "wedge": ("foedus.cli.assess", "What it costs an adversary to break a body or a star."),
    "leverage": ("foedus.cli.assess", "What the hub is worth to its allies, and they to it."),
    "numbers": ("foedus.cli.numbers", "Every number behind an answer, with range, reason and source."),
    "years": ("foedus.cli.numbers", "What one round would end with in every year that a case knows."),
    "whatif": ("foedus.cli.assess", "The answer after changing facts or parameters."),
    "simulate": ("foedus.cli.simulate", "A case through the years: what forms, holds and breaks, beside the record."),
    "web": ("foedus.cli.web", "The workbench in the browser: answers, why, what if, trials; offline, on this machine."),
    "council": ("foedus.cli.council", "The council room: people in the seats of states, the model as their year."),
    "trial": ("foedus.cli.trial", "Every claim of a text tested on model and record, with a verdict by rule."),
    "forecast": (
        "foedus.cli.forecast",
        "Dated questions: probabilities, scores, and what cannot be answered.",
    ),
    "system": ("foedus.cli.system", "One architecture of the essay held against the record, with its own page."),
    "draft": ("foedus.cli.assess", "Who would gain by a body of your own, and whether all would agree to it."),
    "flip": ("foedus.cli.assess", "The smallest changes that turn the answer."),
    "ablate": ("foedus.cli.assess", "What each mechanism contributes when no single one decides."),
    "ensemble": ("foedus.cli.ensemble", "Many draws into a folder of columns, begun, stopped and gone on with."),
    "sensitivity": ("foedus.cli.explore", "Which uncertain numbers move an answer, and how sure that is."),
    "discover": ("foedus.cli.explore", "Under which ranges of the uncertain numbers a goal is reached."),
    "report": ("foedus.cli.report", "One self-contained page with everything, for the screen and for print."),
    "case": ("foedus.cli.case", "List, show, check and start cases."),
    "data": ("foedus.cli.data", "Import, pull and describe historical data sets."),
    "backtest": ("foedus.cli.backtest", "Forecasts of two centuries of alliances, out of sample, beside baselines."),
    "likely": ("foedus.cli.likely", "Which lists of states the record holds likely to sign, and why, term by term."),
    "world": ("foedus.cli.world", "All states through the years by the record's law, beside the record."),
    "calibrate": ("foedus.cli.calibrate", "What historical data say about the parameters, and what they cannot say."),
    "parameters": ("foedus.cli.assess", "The parameters of the theory with ranges and sources."),
    "mechanisms": ("foedus.cli.assess", "The mechanisms of the theory and the names that switch them off."),
}
"""Where each command lives, and its line in the help."""


class Door(click.RichGroup):
    """A group that knows its commands by name and loads one only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the questions."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command, or stand in for it where only its line is wanted."""
        if cmd_name not in COMMANDS:
            return None
        place, line = COMMANDS[cmd_name]
        if ctx.params.get("listing") or ctx.resilient_parsing:
            return click.RichCommand(name=cmd_name, help=line)
        command: click.Command = getattr(importlib.import_module(place), cmd_name)
        return with_plain_numbers(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a command by its name; a name that is none gets the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise fail(f"command '{args[0]}'", "there is no such command", nearest(args[0], COMMANDS))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.RichContext, formatter: click.RichHelpFormatter) -> None:  # type: ignore[override]
        """Write the help without loading any command."""
        ctx.params["listing"] = True
        super().format_help(ctx, formatter)


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, "-V", "--version", prog_name="foedus")
def main() -> None:
    """foedus puts arguments about alliances on trial.

    Which security architecture forms and holds? Who blocks it, and why? What leverage has the hub? What would have
    to change? Every answer comes with its uncertainty and an explanation down to single terms.

    Start with `foedus assess indo-pacific-2020`.
    """


def _answer(arguments: Sequence[str] | None) -> None:
    words = list(arguments) if arguments is not None else None
    main(args=words, prog_name="foedus", standalone_mode=False)
    if sys.stdout is not None:  # closed before we began
        sys.stdout.flush()


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; problems become sentences on stderr and exit code 2."""
    log = logging.getLogger("foedus")
    log.setLevel(logging.INFO)
    if not log.handlers:
        log.addHandler(Spoken())
    stop = Stop()
    try:
        with stop.heeded():
            obeyed(stop, lambda: answered(arguments, lambda: _answer(arguments)))
    except Interrupted as error:
        tell(f"error: {error}", err=True)
        sys.exit(130)
    except FoedusError as error:
        for problem in error.problems:
            tell(f"error: {problem}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        tell("error: stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        tell(f"error: {problem_of(error)}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except OSError as error:
        where = error.filename or "output"
        tell(f"error: {where}: {error.strerror or error}. Check the path and the free space.", err=True)
        sys.exit(2)
