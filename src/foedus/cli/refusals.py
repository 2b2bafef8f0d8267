"""Refusals: what is wrong with a command line, as the same kind of sentence as any other problem, and numbers as readers write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import rich_click as click

from foedus.vocabulary.errors import Problem, nearest

_WHOLE: Final = re.compile(r"\s*[+-]?[0-9]+\s*")
_DECIMAL: Final = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*")


class Whole(click.ParamType):  # type: ignore[type-arg]  # no generic in the lowest click that is taken
    """A whole number in plain digits; ``1_0``, which Python reads as 10 and no reader expects, is refused."""

    name = "integer"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; a sentence for everything else."""
        if not isinstance(value, int) and not _WHOLE.fullmatch(str(value)):
            self.fail(f"'{value}' is not a whole number. Write it in digits, as 10", param, ctx)
        return int(value)


class Decimal(click.ParamType):  # type: ignore[type-arg]
    """A number in plain digits with a point."""

    name = "float"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number; a sentence for everything else."""
        if not isinstance(value, int | float) and not _DECIMAL.fullmatch(str(value)):
            self.fail(f"'{value}' is not a number. Write it in digits, as 0.5", param, ctx)
        return float(value)


def with_plain_numbers(command: click.Command) -> click.Command:
    """Return a command whose numbers, and those of its commands, are read as readers write them."""
    for param in command.params:
        param.type = Whole() if param.type is click.INT else Decimal() if param.type is click.FLOAT else param.type
    for part in getattr(command, "commands", {}).values():
        with_plain_numbers(part)
    return command


def problem_of(error: click.ClickException) -> Problem:
    """Return what is wrong with a command line: where, what, and what to do about it."""
    ctx = getattr(error, "ctx", None)
    place = ctx.command_path if ctx is not None else "foedus"
    help_ = f"Its options stand in: {place} --help"
    match error:
        case click.NoSuchOption():
            known = [o for p in (ctx.command.params if ctx else ()) for o in (*p.opts, *p.secondary_opts)]
            found = nearest(error.option_name, [*(o for o in known if o.startswith("--")), "--help"])
            what = f"{place} has no such option"
            return Problem(f"option '{error.option_name}'", what, found if "mean" in found else help_)
        case click.BadOptionUsage():
            surplus = "does not take" in error.message
            what = "it takes no value, and one is given" if surplus else "it needs a value, which is missing"
            return Problem(f"option '{error.option_name}'", what, help_)
        case click.MissingParameter() if isinstance(error.param, click.Option) and ctx is not None:
            name = error.param.opts[0]
            return Problem(place, f"{name} is missing", f"Give {name} {_blank(error.param)}")
        case click.MissingParameter():
            name = _blank(error.param) if error.param is not None else "of some kind"
            what = f"{error.param_type or 'argument'} {name} is missing"
            return Problem(place, what, f"Write: {usage(ctx)}" if ctx else help_)
        case click.BadParameter():
            return _bad(error, help_)
    message = error.format_message().rstrip(".")
    if (wrong := re.match(r"No such command '(.*?)'", message)) and ctx is not None:
        parts = getattr(ctx.command, "commands", {})
        return Problem(f"command '{place} {wrong[1]}'", "there is no such command", nearest(wrong[1], parts))
    if extra := re.match(r"Got unexpected extra arguments? \((.*)\)", message):
        return Problem(f"'{extra[1]}'", f"{place} takes no more arguments", f"Write: {usage(ctx)}" if ctx else help_)
    what, _, remedy = message.partition(". ")
    return Problem(place, what[:1].lower() + what[1:], remedy or help_)


def _bad(error: click.BadParameter, otherwise: str) -> Problem:
    """Return what is wrong with the value of an option or argument."""
    name = error.param.opts[0] if error.param is not None else str(error.param_hint or "")
    if isinstance(error.param, click.Argument) and error.param.name:
        name = error.param.name.upper()
    choices: Iterable[str] = getattr(error.param.type, "choices", ()) if error.param is not None else ()
    message = error.message.rstrip(".")
    if choices and (wrong := re.match(r"'(.*?)' is not one of", message)):
        return Problem(f"{name} '{wrong[1]}'", "there is no such choice", nearest(wrong[1], map(str, choices)))
    if wrong := re.match(r"('.*?') is not a valid integer range$", message):
        return Problem(f"{name} {wrong[1]}", "it is no whole number", otherwise)
    if outside := re.match(r"(\S+) is not in the range (?:(\S+?)<=)?x(?:([<>])=(\S+))?$", message):
        value, low, sign, end = outside.groups()
        least, most = (end, None) if sign == ">" else (low, end)
        span = f"{least} to {most}" if least and most else f"{least} or more" if least else f"{most} or less"
        return Problem(f"{name} {value}", f"it is outside {span}", f"Give {span}")
    what, _, remedy = message.partition(". ")
    return Problem(name, what, remedy or otherwise)


def _blank(param: click.Parameter) -> str:
    """Return what stands for the value of an option or argument in a line of usage."""
    return str(getattr(param, "metavar", None) or (param.name or "value").upper())


def usage(ctx: click.Context) -> str:
    """Return how a command is written, in one line."""
    pieces = (p.strip() for p in ctx.command.collect_usage_pieces(ctx))
    return " ".join((ctx.command_path, *filter(None, pieces)))
