"""A case of 32 states for measurements: the Atlantic of 2020 with five members more, each with the facts of one that it has."""

from __future__ import annotations

import re
import shutil
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

MORE: Final = {"AUT": "HUN", "CHE": "LUX", "MLT": "ISL", "CYP": "GRC", "MDA": "BGR"}
"""Members that are added, and whose facts they are given; fifty kilometres lie between the two."""


@cache
def case_of_32() -> Path:
    """Return the folder of the case."""
    folder = Path(tempfile.mkdtemp(prefix="foedus-bench-")) / "atlantic-32"
    shutil.copytree(str(files("foedus") / "library" / "cases" / "atlantic-2020"), folder)
    for new, old in MORE.items():
        place = folder / "states.yaml"
        text = place.read_text(encoding="utf-8")
        found = re.search(rf"^  {old}:\n(?: {{4,}}.*\n)+", text, re.MULTILINE)
        assert found is not None, old
        place.write_text(text.replace(found[0], found[0] + found[0].replace(old, new, 1)), encoding="utf-8")
        for name in ("relations.yaml", "series.yaml"):
            place = folder / name
            lines = [x for line in place.read_text(encoding="utf-8").split("\n") for x in _twice(line, old, new)]
            if name == "relations.yaml":
                first = next(k for k, line in enumerate(lines) if "- {between:" in line)
                lines.insert(first, f"    - {{between: [{old}, {new}], value: 50}}")
            place.write_text("\n".join(lines), encoding="utf-8")
    place = folder / "case.yaml"
    text = place.read_text(encoding="utf-8").replace("name: atlantic-2020", "name: atlantic-32")
    place.write_text(text.replace(", IRL]", f", IRL, {', '.join(MORE)}]", 1), encoding="utf-8")
    return folder


def _twice(line: str, old: str, new: str) -> list[str]:
    """Return a line, and the same of the new member where it is of the old one."""
    head, word, rest = line.partition("value")
    if not line.lstrip().startswith("- {") or not re.search(rf"\b{old}\b", head):
        return [line]
    return [line, re.sub(rf"\b{old}\b", new, head) + word + rest]
