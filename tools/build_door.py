"""Make the typed door of the package, ``src/foedus/__init__.pyi``, from the places of its public names."""

from __future__ import annotations

from pathlib import Path

from foedus import PLACES

TARGET = Path(__file__).parents[1] / "src" / "foedus" / "__init__.pyi"


def door() -> str:
    """Return the stub: every public name imported from where it lives, so that checkers see its type."""
    lines = ['"""foedus puts arguments about alliances on trial. Made by tools/build_door.py; a test holds it."""', ""]
    places = {**PLACES, "FoedusError": "foedus.vocabulary.errors", "__version__": "foedus.version"}
    lines += sorted(f"from {place} import {name} as {name}" for name, place in places.items())
    lines += ["", "PLACES: dict[str, str]", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(door(), encoding="utf-8")
