"""Write the plan: every law that depends on the architecture, as one function that can be compiled.

Usage: python tools/build_plan.py

The order and the arguments follow from the names of the laws' arguments; nothing is decided here.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from foedus.mechanisms import COMPONENTS
from foedus.simulation.wiring import DYNAMIC, GIVEN, ROSTER

TARGET = Path(__file__).parents[1] / "src" / "foedus" / "simulation" / "plan.py"

HEAD = '''"""The plan: what an architecture is worth to everybody, law by law, in the order in which laws need each other.

Made by tools/build_plan.py from the names of the laws' arguments; a test holds it to them. Written out, it can be
compiled as a whole; uncompiled it does the same.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled, inlined
'''


def _tuple(name: str, doc: str, fields: tuple[str, ...]) -> list[str]:
    return ["", "", f"class {name}(NamedTuple):", f'    """{doc}"""', "", *(f"    {f}: Any" for f in fields)]


def source() -> str:
    """Return the source of the plan."""
    names = {law.name for law in DYNAMIC}
    lines = [HEAD.rstrip()]
    for mechanism in sorted({law.mechanism for law in DYNAMIC}):
        lines.append(f"from foedus.mechanisms.utility import {mechanism} as _{mechanism}")
    lines += _tuple("Given", "What the laws need from world and parameters.", GIVEN)
    lines += _tuple("Roster", "An architecture as arrays, one row per institution.", ROSTER)
    lines += _tuple("Quantities", "What the laws yield.", tuple(law.name for law in DYNAMIC))
    lines += ["", ""]
    lines += [f"_{law.name}_law = compiled(_{law.mechanism}.{law.name})" for law in DYNAMIC]
    lines += [
        "",
        "",
        "@inlined",
        "def plan(given: Given, roster: Roster) -> tuple[NDArray[np.float64], NDArray[np.float64], Quantities]:",
        '    """Return utilities, shape (N,), their terms, shape (C, N), and every quantity on the way."""',
    ]
    for law in DYNAMIC:
        needs = (n if n in names else f"roster.{n}" if n in ROSTER else f"given.{n}" for n in law.needs)
        lines.append(f"    {law.name} = _{law.name}_law({', '.join(needs)})")
    lines.append(f"    terms = np.empty(({len(COMPONENTS)}, {COMPONENTS[0]}.size))")
    lines += [f"    terms[{k}] = {c}" for k, c in enumerate(COMPONENTS)]
    lines.append(f"    found = Quantities({', '.join(law.name for law in DYNAMIC)})")
    lines.append("    return terms.sum(axis=0), terms, found")
    formatted = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", TARGET.name, "-"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    return formatted.stdout


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
