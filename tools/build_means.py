"""Write the mean of e^V over all lists of the world, by year and size: what a case needs of the record's law and cannot know.

Usage: python tools/build_means.py DATA [YEAR ...]
where DATA is a store or a folder of tidy tables; without years those of the file are made again. It takes minutes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from foedus.archive.opening import open_source
from foedus.estimation.annals import Annals
from foedus.estimation.protocol import WITHOUT
from foedus.estimation.record_law import setting
from foedus.signings.level import log_lot
from foedus.signings.means import MEANS, SIZES
from foedus.signings.weights import Weights

COUNT = 1500
"""Lists drawn per year and size."""
FILE = Path(__file__).parents[1] / "src" / "foedus" / "signings" / "means.py"


def main(data: str, years: list[int]) -> None:
    """Work the means out and put them into the file."""
    annals, rows = Annals(open_source(data), WITHOUT), []
    for year in sorted(years or list(MEANS)):
        here = setting(annals.before(year))
        means = ", ".join(f"{log_lot(here, n, Weights(), 1, (year,), COUNT):.2f}" for n in SIZES)
        rows.append(f"    {year}: ({len(here.states)}, ({means})),\n")
        print(rows[-1], end="", flush=True)
    text = FILE.read_text(encoding="utf-8")
    pattern = r"(# begin of means\n).*?(    # end of means\n)"
    FILE.write_text(re.sub(pattern, lambda m: m[1] + "".join(rows) + m[2], text, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], [int(y) for y in sys.argv[2:]])
