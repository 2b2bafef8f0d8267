"""Try foedus with bad inputs, at length: spoilt files of every kind and hostile arguments, with a journal of every try.

    python tools/reliability.py --tries 150                    # of every kind; about half an hour on two cores
    python tools/reliability.py --only case --only trial --tries 500 --seed 1000
    python tools/reliability.py --only case --seed 17 --tries 1 --show      # one try again, with all it wrote
    python tools/reliability.py --only history --data FOLDER   # kills of calibrate and backtest
    python tools/reliability.py --only kills --only code --only pipes --only damage --only disks --only terminals --only pages --tries 3

The generators are those of tests/reliability. Exit code 1 if there is a fault.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(ROOT / "src"), str(ROOT / "tests")]  # this file has the name of their folder

from reliability import harm, pages  # noqa: E402
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


HARM = ("kills", "history", "damage", "code", "pipes", "disks", "terminals", "pages")
"""What is tried beside bad input; it takes longer, and is tried only when it is named."""


def harmed(server: Server, name: str, tries: int, seed: int, data: Path | None) -> Iterator[tuple[str, str]]:
    """Yield what was tried beside bad input, and what is wrong with what came of it."""
    aside = server.place / name
    aside.mkdir(exist_ok=True)
    if name == "kills":
        for command in harm.LONG:
            yield from harm.kills(server.place / "kills", command, seed, tries)
    elif name == "history":
        if data is None:
            sys.exit("history: name a store or a folder of tidy tables with --data FOLDER")

        def linked(place: Path) -> None:
            (place / "history").symlink_to(data.resolve())

        for command, words in harm.DATA.items():
            yield from harm.kills(aside, command, seed, tries, words, linked)
    elif name == "code":
        for number in range(seed, seed + tries):
            yield from harm.damaged_code(aside / str(number), number)
    elif name == "pipes":
        yield from harm.closed_pipes(aside)
    elif name == "damage":
        for command, number in product(harm.PARTED, range(seed, seed + tries)):
            yield from harm.damaged_caches(server, command, number)
    elif name == "disks":
        for room in (500, 3000, 20_000, 60_000)[: max(tries, 1)]:  # what goes wrong is said on the same disk
            yield from harm.full_disks(server, room)
        yield from harm.foreign_folders(server)
    elif name == "terminals":
        yield from harm.terminals(server, range(20, 61, 5))
    else:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=pages.BROWSER, args=["--no-sandbox", "--disable-gpu"])
            yield from pages.hostile_pages(server, browser, range(seed, seed + tries))
            browser.close()


def beside(server: Server, name: str, tries: int, seed: int, data: Path | None) -> bool:
    """Try what is beside bad input, print it, and return whether nothing was wrong."""
    found = list(harmed(server, name, tries, seed, data))
    for what, why in found:
        if why:
            print(f"{name}: {what}: {why}", flush=True)
    print(f"| {name} | {len(found)} | {sum(bool(why) for _, why in found)} |", flush=True)
    return not any(why for _, why in found)


def main() -> int:
    """Try, print a table, and keep a journal."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument(
        "--only", action="append", choices=sorted({*SUBJECTS, *HARM}), help="a kind of input; by default all"
    )
    ask.add_argument("--tries", type=int, default=150, help="of every kind")
    ask.add_argument("--seed", type=int, default=1, help="of the first try; the next has the next number")
    ask.add_argument("--data", type=Path, help="historical data for kills of calibrate and backtest")
    ask.add_argument("--journal", type=Path, help="a file for one line of JSON per try")
    ask.add_argument("--show", action="store_true", help="print all that every try wrote")
    asked = ask.parse_args()
    counts: dict[str, Counter[str]] = {}
    journal = asked.journal.open("a", encoding="utf-8") if asked.journal else None
    slowest = largest = 0.0
    began, sound = time.monotonic(), True
    with Server() as server:
        for name in asked.only or SUBJECTS:
            if name in HARM:
                sound = beside(server, name, asked.tries, asked.seed, asked.data) and sound
                continue
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
    return int(not sound or any(f in c for c in counts.values() for f in FAULTS))


if __name__ == "__main__":
    sys.exit(main())
