"""Refusals: numbers of a command line are plain digits, and what is wrong with it is a sentence of the same kind as any other."""

from __future__ import annotations

import pytest
import rich_click as click

from foedus.cli.refusals import Decimal, Whole, problem_of, usage, with_plain_numbers


@pytest.mark.parametrize(("given", "read"), [("10", 10), (" -3 ", -3), ("+7", 7), (4, 4)])
def test_whole_numbers_in_plain_digits(given: object, read: int) -> None:
    assert Whole().convert(given, None, None) == read


@pytest.mark.parametrize("given", ["1_0", "1.0", "1e3", "٣", "", "ten", "0x10"])
def test_what_is_no_whole_number_in_plain_digits(given: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a whole number"):
        Whole().convert(given, None, None)


@pytest.mark.parametrize(("given", "read"), [("0.5", 0.5), (".5", 0.5), ("-2.", -2.0), ("1e-3", 0.001), (2, 2.0)])
def test_numbers_in_plain_digits(given: object, read: float) -> None:
    assert Decimal().convert(given, None, None) == read


@pytest.mark.parametrize("given", ["1_0.5", "nan", "inf", "", "٣.٥", "1,5"])
def test_what_is_no_number_in_plain_digits(given: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a number"):
        Decimal().convert(given, None, None)


@click.group()
def outer() -> None:
    """Stand above."""


@outer.command()
@click.argument("place")
@click.option("--size", default=1)
@click.option("--share", default=0.5)
@click.option("--form", type=click.Choice(["svg", "png"]))
def inner(place: str, size: int, share: float, form: str) -> None:
    """Stand below."""


@outer.command()
@click.option("--whom", required=True, metavar="STATE,...")
def asked(whom: str) -> None:
    """Ask somebody."""


with_plain_numbers(outer)


def test_the_numbers_of_commands_within_commands_are_plain_too() -> None:
    kinds = {p.name: type(p.type) for p in inner.params}
    assert (kinds["size"], kinds["share"]) == (Whole, Decimal)
    assert kinds["place"] not in (Whole, Decimal)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("inner", "outer inner: argument PLACE is missing. Write: outer inner [OPTIONS] PLACE."),
        ("inner x y", "'y': outer inner takes no more arguments. Write: outer inner [OPTIONS] PLACE."),
        ("inner x --sise 2", "option '--sise': outer inner has no such option. Did you mean '--size'?"),
        ("inner x --qqq", "option '--qqq': outer inner has no such option. Its options stand in: outer inner --help."),
        ("inner x --size 1_0", "--size: '1_0' is not a whole number. Write it in digits, as 10."),
        ("inner x --share 1_0", "--share: '1_0' is not a number. Write it in digits, as 0.5."),
        ("inner x --form pgn", "--form 'pgn': there is no such choice. Did you mean 'png'?"),
        ("asked", "outer asked: --whom is missing. Give --whom STATE,..."),
        ("iner x", "command 'outer iner': there is no such command. Did you mean 'inner'?"),
    ],
)
def test_where_what_and_what_to_do(words: str, said: str) -> None:
    with pytest.raises(click.ClickException) as error:
        outer.main(args=words.split(), prog_name="outer", standalone_mode=False)
    assert str(problem_of(error.value)) == said


def test_what_click_says_otherwise_is_a_sentence_too() -> None:
    assert str(problem_of(click.ClickException("Something is off. Mend it."))) == "foedus: something is off. Mend it."
    ctx = click.Context(inner, info_name="inner")
    assert usage(ctx) == "inner [OPTIONS] PLACE"
