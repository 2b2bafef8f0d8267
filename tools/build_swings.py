"""Work out, for every built-in case, which numbers alone move its answer most: src/foedus/library/swings.json.

Run it after a change of a case, of a parameter or of the theory; ``python tools/build_swings.py NAME`` for one case.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from foedus.asking.ask import Ask
from foedus.casebook.reader import case_names
from foedus.methods.one_at_a_time import made_of, widest
from foedus.questions.listing import ASSESSED

PLACE = Path(__file__).parents[1] / "src" / "foedus" / "library" / "swings.json"


def main(names: list[str]) -> None:
    """Write the file, one line a number, so that a change shows what moved."""
    found = json.loads(PLACE.read_text(encoding="utf-8")) if PLACE.exists() else {}
    found = {n: found[n] for n in case_names() if n in found}
    for name in names or case_names():
        task = Ask(name, draws=0).task(ASSESSED, varied=True)
        rows = widest(task)
        found[name] = {
            **made_of(task),
            "rounds": 2 * len(task.varied) + 1,
            "swings": [[i.number, i.measure, i.value] for i in rows],
        }
        print(name, len(task.varied), flush=True)
    text = json.dumps({n: found[n] for n in sorted(found)}, indent=1)
    PLACE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
