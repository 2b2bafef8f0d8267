"""Write the plan: every law that depends on the architecture, as one function that can be compiled.

Usage: python tools/build_plan.py

The order, the arguments and their types follow from the laws and from the properties of institutions; nothing is decided
here.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from inspect import get_annotations, signature
from pathlib import Path
from typing import Any

from foedus.mechanisms import COMPONENTS
from foedus.model.properties import PROPERTIES
from foedus.simulation.wiring import DYNAMIC, GIVEN, OF_ONE, REMEMBERED, ROSTER, STILL

TARGET = Path(__file__).parents[1] / "src" / "foedus" / "simulation" / "plan.py"

HEAD = '''"""The plan: what an architecture is worth to everybody, law by law, in the order in which laws need each other.

Made by tools/build_plan.py from the laws and from the properties of institutions; a test holds it to them. Written out,
it can be compiled as a whole; uncompiled it does the same.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled
'''

FLOATS, TRUTHS = "NDArray[np.float64]", "NDArray[np.bool_]"


def types_of(laws: Iterable[Any], properties: Mapping[str, Any]) -> dict[str, str]:
    """Return the type of every quantity, as the laws that yield it and all that need it agree.

    Raises
    ------
    SystemExit
        Two laws, or a law and a property, do not agree.
    """
    found = {"member": (TRUTHS, "the roster"), "new": (TRUTHS, "the roster")}
    found |= {name: (TRUTHS if p.yes_or_no else FLOATS, "the property") for name, p in properties.items()}
    for law in laws:
        annotated = get_annotations(law.function)
        for name, said in {**{n: annotated[n] for n in law.needs}, law.name: annotated["return"]}.items():
            known, whose = found.setdefault(name, (said, f"the law '{law.name}'"))
            if known != said:
                raise SystemExit(
                    f"law '{law.name}': says that '{name}' is {said}; {whose} says {known}. Annotate both alike."
                )
    return {name: said for name, (said, _) in found.items()}


def _imports(functions: Iterable[Callable[..., Any]], types: Iterable[str]) -> list[str]:
    """Return the imports of classes that stand in types, found where the functions that say so have them from."""
    names = {n.id for t in types for n in ast.walk(ast.parse(t)) if isinstance(n, ast.Name)}
    known: dict[str, Any] = {}
    for f in functions:
        known |= {n: v for n, v in vars(sys.modules[f.__module__]).items() if n in names and isinstance(v, type)}
    return sorted(f"from {v.__module__} import {n}" for n, v in known.items())


def _tuple(name: str, doc: str, fields: Iterable[str], types: Mapping[str, str]) -> list[str]:
    return ["", "", f"class {name}(NamedTuple):", f'    """{doc}"""', "", *(f"    {f}: {types[f]}" for f in fields)]


def _memory() -> tuple[str, str]:
    """Return name and type of the memory that the plan is handed: the last argument of what yields from it."""
    found = {(p[-1], get_annotations(f)[p[-1]]) for f in REMEMBERED.values() for p in [list(signature(f).parameters)]}
    ((name, said),) = found
    return name, said


def _copies(types: Mapping[str, str]) -> list[str]:
    """Return how some rows of a roll are copied."""
    made = [f"np.empty(count, dtype={types[name][8:-1]})" for name in ROSTER[1:]]
    return [
        "",
        "",
        "@compiled",
        "def some_of(roll: Roster, rows: NDArray[np.int64]) -> Roster:",
        '    """Return some rows of a roll, in their order, up to one below 0."""',
        "    count = 0",
        "    while count < rows.size and rows[count] >= 0:",
        "        count += 1",
        "    some = Roster(",
        "        np.empty((count, roll.member.shape[1]), dtype=np.bool_),",
        *(f"        {one}," for one in made),
        "    )",
        "    for k in range(count):",
        "        m = rows[k]",
        "        for i in range(roll.member.shape[1]):",
        "            some.member[k, i] = roll.member[m, i]",
        *(f"        some.{name}[k] = roll.{name}[m]" for name in ROSTER[1:]),
        "    return some",
    ]


def _call(law: Any, names: Iterable[str], roster: str, more: Iterable[str] = ()) -> str:
    """Return how a law is called, with what it needs of institutions taken from a roster of that name."""
    needs = [n if n in names else f"{roster}.{n}" if n in ROSTER else f"given.{n}" for n in law.needs]
    function = REMEMBERED[law.name].__name__ if law.name in REMEMBERED else f"_{law.name}_law"
    return f"{function}({', '.join([*needs, *more])})"


def _plan() -> list[str]:
    names = {law.name for law in DYNAMIC}
    memory, its_type = _memory()
    lines = [
        "",
        "",
        "@compiled",
        "def plan(",
        "    given: Given,",
        "    roll: Roster,",
        "    listed: NDArray[np.int64],",
        "    rows: NDArray[np.int64],",
        f"    {memory}: {its_type},",
        "    wanted: bool,",
        f") -> tuple[{FLOATS}, {FLOATS}, Found | None]:",
        '    """Return what each of B architectures is worth, by terms, and all quantities of the last one, without names.',
        "",
        "    There is one such function, whoever asks: it takes seconds to compile, and a tenth of one to load.",
        "",
        "    `listed` are all institutions of them, as rows of the roll, and architecture b has those of them that",
        "    :func:`some_of` takes by row b; there is at least one. The shapes are (B, N) and (B, C, N); the quantities come where",
        f"    they are wanted. `{memory}` has games of the same world and parameters.",
        '    """',
        "    worth = np.empty((rows.shape[0], roll.member.shape[1]))",
        f"    every = np.empty((rows.shape[0], {len(COMPONENTS)}, roll.member.shape[1]))",
        "    each = some_of(roll, listed)",
    ]
    of_one = {f"each_{name}" for name in OF_ONE}
    for law in (law for law in DYNAMIC if law.name in OF_ONE):
        known = replace(law, needs=tuple(f"each_{n}" if n in OF_ONE else n for n in law.needs))
        lines.append(f"    each_{law.name} = {_call(known, of_one, 'each')}")
    lines += [
        "    asked = None",
        "    for b in range(rows.shape[0]):",
        "        roster = some_of(each, rows[b])",
        "        here = rows[b, : roster.new.size]",
    ]
    for law in DYNAMIC:
        if law.name in OF_ONE:
            lines.append(f"        {law.name} = each_{law.name}[here]")
        else:
            lines.append(
                f"        {law.name} = {_call(law, names, 'roster', [memory] if law.name in REMEMBERED else [])}"
            )
    lines.append("        terms = every[b]")
    lines += [f"        terms[{k}] = {c}" for k, c in enumerate(COMPONENTS)]
    lines.append("        worth[b] = terms.sum(axis=0)")
    listed = textwrap.wrap(", ".join(law.name for law in DYNAMIC), 100)
    lines += [
        "        if wanted and b == rows.shape[0] - 1:",
        "            # fmt: off",
        "            found = (",
        *(f"                {line}" for line in listed),
        "            )",
        "            # fmt: on",
        "            asked = found",
    ]
    lines.append("    return worth, every, asked")
    return lines


def source() -> str:
    """Return the source of the plan."""
    types = types_of((*STILL, *DYNAMIC), PROPERTIES)
    quantities = [law.name for law in DYNAMIC]
    stated = [*(types[n] for n in (*GIVEN, *ROSTER, *quantities)), _memory()[1]]
    lines = [HEAD.rstrip()]
    lines += _imports([*(law.function for law in DYNAMIC), *REMEMBERED.values()], stated)
    lines += sorted(f"from {f.__module__} import {f.__name__}" for f in REMEMBERED.values())
    alone = [law for law in DYNAMIC if law.name not in REMEMBERED]
    lines += [
        f"from foedus.mechanisms.utility import {mechanism} as _{mechanism}"
        for mechanism in sorted({law.mechanism for law in alone})
    ]
    lines += _tuple("Given", "What the laws need from world and parameters.", GIVEN, types)
    lines += _tuple("Roster", "Institutions as arrays, one row per institution.", ROSTER, types)
    lines += _tuple("Quantities", "What the laws yield.", quantities, types)
    listed = textwrap.wrap(", ".join(types[n] for n in quantities), 112, break_long_words=False)
    lines += ["", "", "# fmt: off", "Found: TypeAlias = tuple[", *(f"    {line}" for line in listed), "]", "# fmt: on"]
    lines += ['"""The same without names."""']
    lines += ["", *(f"_{law.name}_law = compiled(_{law.mechanism}.{law.name})" for law in alone)]
    lines += _copies(types) + _plan()
    return _tidy("\n".join(lines) + "\n")


def _tidy(text: str) -> str:
    """Return a source sorted and formatted by the rules of the house."""
    for order in (["check", "--select", "I", "--fix", "--quiet"], ["format"]):
        text = subprocess.run(
            [sys.executable, "-m", "ruff", *order, "--stdin-filename", str(TARGET), "-"],
            input=text,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    return text


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
