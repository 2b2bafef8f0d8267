"""Everything that can be set, asked for or read stands in the docs: options, parameters, measures, keys of records."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rich_click as click

import foedus
from foedus.asking import about_a_case
from foedus.casebook.quantities import QUANTITIES
from foedus.cli.main import COMMANDS
from foedus.mechanisms import MECHANISMS, PROCEDURES
from foedus.model.parameters import PARAMETERS
from foedus.questions.listing import MEASURES
from foedus.vocabulary.record import Record

DOCS = Path(__file__).parents[2] / "docs"


@cache
def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def commands(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(f"{words} {name}", below)


EVERY = dict(
    found
    for name, (place, _) in COMMANDS.items()
    for found in commands(f"foedus {name}", getattr(importlib.import_module(place), name))
)


def test_the_commands_were_found() -> None:
    assert len(EVERY) > 30


@pytest.mark.parametrize("words", EVERY)
def test_every_option_of_a_command_is_in_the_docs_with_what_it_does(words: str) -> None:
    head = f"\n## `{words}`\n"
    assert head in page("commands.md")
    said = page("commands.md").partition(head)[2].partition("\n## ")[0]
    for option in EVERY[words].params:
        if isinstance(option, click.Option):
            assert (option.help or "").strip(), f"{words} {option.opts[0]} says nothing of itself"
            for name in (*option.opts, *option.secondary_opts):
                assert f"`{name}`" in said, (words, name)
        else:
            assert option.make_metavar(click.Context(EVERY[words])).strip("[].") in said, (words, option.name)


def test_every_parameter_is_in_the_docs_with_its_source() -> None:
    for p in PARAMETERS:
        line = next((s for s in page("parameters.md").splitlines() if s.startswith(f"| `{p.name}` |")), "")
        assert p.meaning.replace("|", "\\|") in line, p.name
        assert p.source.replace("|", "\\|") in line, p.name


def test_every_quantity_of_a_case_is_in_the_docs() -> None:
    assert [q for q in QUANTITIES if f"| `{q}` |" not in page("quantities.md")] == []


def test_every_measure_is_in_the_docs_with_its_unit() -> None:
    for m in MEASURES:
        key = m.template.replace("|", "\\|")
        lines = [s for s in page("measures.md").splitlines() if s.startswith(f"| `{key}` |")]
        assert any(m.unit in s and m.meaning.replace("|", "\\|") in s for s in lines), m.template


def test_every_mechanism_and_every_variant_has_its_page() -> None:
    for name in MECHANISMS:
        assert f"[{name}]({name}.md)" in page("mechanisms/README.md")
    for procedure, variants in PROCEDURES.items():
        assert [v for v in variants if f"**{v}**" not in page(f"mechanisms/{procedure}.md")] == []


def records() -> dict[str, Record]:
    """Return one record of every kind that can be made without data."""
    return {
        "An assessment": about_a_case.record(foedus.assess("asia-1953", draws=2, workers=1)),
        "A simulation": foedus.simulate("indo-pacific-2020", first=2015, last=2016, runs=2, workers=1).record,
        "A system": foedus.system("quad").record,
        "A trial": foedus.trial("trade-loosens-alliances", draws=2, workers=1).record,
    }


@pytest.fixture(scope="module")
def found() -> dict[str, Record]:
    return records()


def named(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


def keys(value: Any, of: str) -> Iterator[str]:
    """Yield the keys of a record as JSON has it; names of tables and what is in `made` are looked at elsewhere."""
    if isinstance(value, list):
        for one in value:
            yield from keys(one, of)
    elif isinstance(value, dict):
        for key, below in value.items():
            if of != "tables":
                yield key
            if key != "made" and key != "rows":
                yield from keys(below, key)


def test_every_key_of_a_record_is_in_the_docs(found: dict[str, Record]) -> None:
    form = named(page("records.md").partition("## The form")[2].partition("\n## ")[0])
    for record in found.values():
        assert set(keys(record.to_dict(), "")) - form == set()


def test_everything_that_a_record_was_made_with_is_in_the_docs(found: dict[str, Record]) -> None:
    made = named(page("records.md").partition("## `made`")[2].partition("\n## ")[0])
    for record in found.values():
        own = {"CASE_hash" if k.removesuffix("_hash") in foedus.case_names() else k for k in record.made}
        assert own - made == set(), record.kind


def test_every_section_and_its_tables_are_in_the_docs(found: dict[str, Record]) -> None:
    for title, record in found.items():
        told = named(page("records.md").partition(f"\n## {title}\n")[2].partition("\n## ")[0])
        for section in record.sections:
            assert section.key in told, (title, section.key)
            own = {t.name for t in section.tables} if title != "A system" or section.key != "tables" else set()
            assert own - told == set(), (title, section.key)


def test_every_judged_parameter_says_why() -> None:
    assert [p.name for p in PARAMETERS if not p.source.removeprefix("judged").strip(" :")] == []
