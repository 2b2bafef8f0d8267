"""Remake the kept views of what a user sees, after a change that is meant to be seen.

Usage: python tools/build_golden.py [NAME ...]
where a name is that of a shot in tests/golden/shots.py; without one all are remade.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from golden.camera import FILES, stored, take
from golden.shots import SHOTS


def main(names: list[str]) -> None:
    """Take the shots again and say which of them changed."""
    unknown = set(names) - {s.name for s in SHOTS}
    if unknown:
        sys.exit(f"no such shot: {', '.join(sorted(unknown))}. There are: {', '.join(s.name for s in SHOTS)}")
    FILES.mkdir(exist_ok=True)
    for shot in SHOTS:
        if names and shot.name not in names:
            continue
        begun = perf_counter()
        before = stored(shot).read_text(encoding="utf-8") if stored(shot).exists() else ""
        now = take(shot)
        stored(shot).write_text(now, encoding="utf-8", newline="\n")
        what = "the same" if now == before else "changed" if before else "new"
        print(f"{shot.name}: {what}, {len(now) / 1e3:.0f} kB, {perf_counter() - begun:.1f} s")
    if not names:
        for path in set(FILES.iterdir()) - {stored(s) for s in SHOTS}:
            path.unlink()
            print(f"{path.name}: removed, it belongs to no shot")


if __name__ == "__main__":
    main(sys.argv[1:])
