"""Try foedus with bad inputs, at length: spoilt files of every kind and hostile arguments, with a journal of every try.

    python tools/reliability.py --tries 150                    # of every kind; about half an hour on two cores
    python tools/reliability.py --only case --only trial --tries 500 --seed 1000
    python tools/reliability.py --only case --seed 17 --tries 1 --show      # one try again, with all it wrote

The generators are those of tests/reliability. Exit code 1 if there is a fault.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(ROOT / "src"), str(ROOT / "tests")]  # this file has the name of their folder

from reliability.subjects import SUBJECTS  # noqa: E402
from reliability.trying import FAULTS, OTHER, REFUSED, SAME, Bench, Outcome, Server, arguments  # noqa: E402


def tried(server: Server, name: str, seeds: range) -> Iterator[Outcome]:
    """Yield what came of every try of a kind."""
    if name == "arguments":
        yield from arguments(server, seeds)
        return
    bench = Bench.of(server, name)
    for seed in seeds:
        yield bench.attempt(seed)


def main() -> int:
    """Try, print a table, and keep a journal."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", action="append", choices=sorted(SUBJECTS), help="a kind of input; by default all")
    ask.add_argument("--tries", type=int, default=150, help="of every kind")
    ask.add_argument("--seed", type=int, default=1, help="of the first try; the next has the next number")
    ask.add_argument("--journal", type=Path, help="a file for one line of JSON per try")
    ask.add_argument("--show", action="store_true", help="print all that every try wrote")
    asked = ask.parse_args()
    counts: dict[str, Counter[str]] = {}
    journal = asked.journal.open("a", encoding="utf-8") if asked.journal else None
    slowest = largest = 0.0
    began = time.monotonic()
    with Server() as server:
        for name in asked.only or SUBJECTS:
            counts[name] = Counter()
            for found in tried(server, name, range(asked.seed, asked.seed + asked.tries)):
                counts[name][found.kind] += 1
                slowest, largest = max(slowest, found.seconds), max(largest, found.memory)
                if found.fault or asked.show:
                    print(found, flush=True)
                if asked.show:
                    print(found.spoilt.content.decode(errors="replace"), found.out, found.err, sep="\n----\n")
                if journal:
                    s = found.spoilt
                    entry = [
                        found.kind,
                        name,
                        found.file,
                        s.operator,
                        s.where,
                        s.put,
                        found.seed,
                        found.reason,
                        found.err[:300],
                    ]
                    print(json.dumps(entry), file=journal, flush=True)
    kinds = (SAME, REFUSED, OTHER, *(f for f in FAULTS if any(f in c for c in counts.values())))
    print(f"\n| input | tries | {' | '.join(kinds)} |\n|---|{'--:|' * (len(kinds) + 1)}")
    for name, count in counts.items():
        print(f"| {name} | {count.total()} | {' | '.join(str(count[k]) for k in kinds)} |")
    print(f"\nslowest {slowest:.1f} s, largest {largest:.0f} MB, {time.monotonic() - began:.0f} s in all")
    return int(any(f in c for c in counts.values() for f in FAULTS))


if __name__ == "__main__":
    sys.exit(main())
