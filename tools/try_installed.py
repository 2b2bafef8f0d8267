"""Try foedus as it is installed: a wheel or an sdist in an empty environment, outside the source tree.

    python tools/try_installed.py dist/foedus-0.1.0-py3-none-any.whl              # no extras: every main command
    python tools/try_installed.py WHEEL --extra plots --extra data                # each extra alone, with what it is for
    python tools/try_installed.py WHEEL --lowest --python python3.11 --smoke      # the lowest versions declared
    python tools/try_installed.py --newest                                        # print the newest Python found here

The environment is always made at the same place in the work folder, so that what numba compiled for one trial serves the
next one with the same Python and the same versions. Needs uv on the path.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QUIET = ("Compiling the theory", "Compiling a part of the theory", "Still compiling: ", "written: ", "read it: ")
"""What a command may say on stderr when it succeeds: that it compiles, what it wrote, how to read it."""

SMOKE: tuple[str, ...] = (
    "--help",
    "assess europe-1949 --draws 2",
    "explain europe-1949 FRA",
    "report europe-1949 --draws 2 --output page.html --figures pictures",
    "simulate indo-pacific-2020 --runs 2 --from 2018 --to 2019",
    "trial large-allies-pay-more --draws 2",
    "case list",
)
"""What is run where time is short."""

CORE: tuple[str, ...] = (
    *SMOKE,
    "trial a-nato-in-asia --draws 0 --report trial.html",
    "system japan-korea --draws 2 --report system.html",
    "flip indo-pacific-2020 --effort 1",
    "dispute",
    "wedge europe-1949",
    "compare europe-1949 asia-1953 --draws 2",
    "compare europe-1949 asia-1953 --theory landscape,persistence --draws 2",
    "whatif europe-1949 --without dispute",
    "ablate europe-1949",
    "sensitivity europe-1949 --draws 160 --top 2 --output moves",
    "discover europe-1949 --draws 40 --goal 'body forms'",
    "case show europe-1949",
    "case new mine --from europe-1949",
    "case check mine",
    "parameters",
    "mechanisms",
    "forecast mapping",
    "calibrate list",
    "calibrate show record-1817-2016",
    "data status",
    "ensemble --help",
    "calibrate --help",
    "backtest --help",
)
"""What answers without any extra."""

REFUSED: Mapping[str, tuple[str, str]] = {
    "report europe-1949 --output other.html --figures others --format png": ("resvg_py", "plots"),
    "ensemble europe-1949 --draws 4 --output run": ("polars", "data"),
    "case new past --region asia --year 1965": ("polars", "data"),
    "calibrate": ("polars", "stats"),
    "backtest --quick": ("polars", "stats"),
    "sensitivity europe-1949 --method sobol --draws 200": ("scipy", "sensitivity"),
    "sensitivity europe-1949 --method morris --draws 500": ("scipy", "sensitivity"),
    "sensitivity europe-1949 --draws 160 --engine dask://localhost:1": ("distributed", "dask"),
    "web --port 0": ("uvicorn", "web"),
    "council new europe-1949": ("uvicorn", "web"),
}
"""What needs an extra: the package it asks for, and the extra it names."""

NOTEBOOK = """
import foedus
answer = foedus.assess("europe-1949", draws=2)
assert "<table>" in answer.table("gains")._repr_html_()
assert 0 < answer.band("forms|body||probability").default < 1
"""
"""The example of the README."""

_ON_A_CLUSTER = """
import distributed, foedus
if __name__ == "__main__":
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as cluster:
        address = cluster.scheduler_address.removeprefix("tcp://")
        assert foedus.ensemble("europe-1949", "run", draws=4, engine=f"dask://{address}").complete
"""

_STATISTICS = """
import numpy as np
import polars as pl
from foedus.backtests.forecasters import Boosting, Logit
from foedus.estimation.fit import conditional_logit
drawn = np.random.default_rng(1)
threat = drawn.normal(size=(200, 4))
chosen = (threat + drawn.gumbel(size=threat.shape)).argmax(axis=1)[:, None] == np.arange(4)
sets, year, hub = (np.repeat(v, 4) for v in (np.arange(200), np.arange(200) % 40, np.arange(200) % 17))
choices = {"choice_set": sets, "chosen": chosen.ravel(), "year": year, "hub": hub, "threat": threat.ravel()}
assert abs(conditional_logit(pl.DataFrame(choices), ("threat",)).coefficients[0] - 1) < 0.3
rows = pl.DataFrame({"formed": chosen.ravel().astype(int), "size": hub, "weight": np.ones(800), "threat": threat.ravel()})
assert all(f.fit(rows).predict(rows).shape == (800,) for f in (Logit("logit", "standard", ("threat",)), Boosting(("threat",))))
"""

_IN_THE_BROWSER = """
import re, subprocess, sys, time, urllib.request
run = subprocess.Popen([sys.executable, "-m", "foedus", "web", "europe-1949", "--port", "0"], stderr=subprocess.PIPE, text=True)
try:
    here = re.search(r"http://[^ ]+", run.stderr.readline()).group()
    for path in ("", "c/europe-1949?draws=0", "c/asia-1953.json?draws=0", "static/style.css"):
        for patience in range(100):
            try:
                answer = urllib.request.urlopen(here + path, timeout=200)
                break
            except ConnectionError:
                time.sleep(0.1)
        assert answer.status == 200 and answer.read()
finally:
    run.terminate()
    run.wait(20)
"""

EXTRAS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "plots": (("report europe-1949 --draws 2 --output page.html --figures pictures --format png",), ""),
    "data": (
        (
            "ensemble europe-1949 --draws 20 --output run",
            "data import published --store store",
            "data cite --store store",
        ),
        "from foedus.archive.store import Store\nassert Store('store').query('select 1 as one').height == 1",
    ),
    "frames": (
        (),
        "import foedus\nfound = foedus.assess('europe-1949', draws=2).table('gains')\n"
        "assert len(found.to_pandas()) == len(found.to_polars()) == len(found)",
    ),
    "stats": (("calibrate show record-1817-2016",), _STATISTICS),
    "sensitivity": (
        ("sensitivity europe-1949 --method morris,sobol --over parameters --draws 240 --top 2",),
        "",
    ),
    "dask": ((), _ON_A_CLUSTER),
    "xarray": (
        ("ensemble europe-1949 --draws 10 --output run",),
        "import foedus\nassert foedus.read_ensemble('run').to_xarray().sizes['draw'] == 10",
    ),
    "web": ((), _IN_THE_BROWSER),
    "postgres": ((), "import psycopg\nassert psycopg.pq.version() >= 120000"),
    "arviz": (
        (),
        "import warnings\nwarnings.simplefilter('ignore', FutureWarning)  # ArviZ tells of its next form when imported\n"
        "import foedus\nfound = foedus.posterior('record-1817-2016', draws=10).to_arviz()\n"
        "assert found['posterior'].sizes['draw'] == found['prior'].sizes['draw'] == 10",
    ),
}
"""What each extra is for: commands, and lines of Python."""


class Failed(Exception):
    """A command did not do what it should."""


class Environment:
    """An environment with foedus in it, and an empty folder to work in.

    Parameters
    ----------
    work : Path
        Folder of everything that is written.
    python : str
        Interpreter, by name or path.
    compiled : str
        Name of the folder of compiled code: one for each set of versions.
    """

    def __init__(self, work: Path, python: str, compiled: str) -> None:
        self.place = work / "environment"
        self.here = work / "here"
        for folder in (self.place, self.here):
            shutil.rmtree(folder, ignore_errors=True)
        self.here.mkdir(parents=True)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "FOEDUS", "NUMBA", "VIRTUAL"))}
        own = {
            "HOME": "home",
            "FOEDUS_CACHE": "cache",
            "FOEDUS_DATA": "data",
            "NUMBA_CACHE_DIR": f"compiled-{compiled}",
        }
        self.variables = {**kept, **{k: str(work / v) for k, v in own.items()}, "COLUMNS": "120"}
        subprocess.run(["uv", "venv", "--quiet", "--python", python, str(self.place)], check=True)
        self.python = self.place / "bin" / "python"

    def install(self, *what: str) -> None:
        """Install something with uv."""
        subprocess.run(["uv", "pip", "install", "--quiet", "--python", str(self.python), *what], check=True)

    def foedus(self, line: str, *, refused: tuple[str, str] | None = None) -> None:
        """Run a command line, and see that it succeeds silently, or is refused with the sentence about an extra.

        Raises
        ------
        Failed
            It does something else.
        """
        start = time.monotonic()
        done = self._run([str(self.place / "bin" / "foedus"), *shlex.split(line)])
        said = [s for s in done.stderr.splitlines() if s.strip() and not s.startswith(QUIET)]
        if refused is None:
            good = done.returncode == 0 and not said and bool(done.stdout.strip())
        else:
            told = (
                f"it needs the package '{refused[0]}', which is not installed. Run: pip install 'foedus[{refused[1]}]'."
            )
            good = done.returncode == 2 and len(said) == 1 and said[0].endswith(told) and not done.stdout.strip()
        if not good:
            raise Failed(f"foedus {line}\nexit code {done.returncode}\n{done.stdout[-1500:]}\n{done.stderr[-3000:]}")
        print(f"  {time.monotonic() - start:5.1f} s  foedus {line}{' (refused)' if refused else ''}", flush=True)

    def script(self, lines: str) -> None:
        """Run lines of Python; warnings count as failures.

        Raises
        ------
        Failed
            They end in an error, or warn.
        """
        path = self.here / "lines.py"
        path.write_text(lines, encoding="utf-8")
        done = self._run([str(self.python), str(path)])
        if done.returncode != 0 or "Warning" in done.stderr:
            raise Failed(f"{lines}\nexit code {done.returncode}\n{done.stderr[-3000:]}")
        print(f"         python: {lines.strip().splitlines()[-1].strip()}", flush=True)

    def _run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.here, env=self.variables, capture_output=True, text=True, timeout=900)


def newest() -> str:
    """Return the newest Python that is found here and foedus may run on: its path, or an empty text."""
    found: dict[tuple[int, int], str] = {}
    homes = [Path(p) for p in os.environ.get("PATH", "").split(os.pathsep)]
    homes += sorted((Path.home() / ".pyenv" / "versions").glob("*/bin"))
    for home in homes:
        for minor in range(11, 20):
            path = home / f"python3.{minor}"
            if path.is_file() and subprocess.run([path, "-c", ""], capture_output=True).returncode == 0:
                found.setdefault((3, minor), str(path))
    return found[max(found)] if found else ""


def _install(environment: Environment, package: Path, extra: str, *, lowest: bool) -> None:
    """Install foedus alone, or with one extra; with the lowest versions its requirements come first."""
    if not lowest:
        environment.install(f"foedus[{extra}] @ {package.as_uri()}" if extra else str(package))
        return
    chosen = ("--extra", extra) if extra else ()
    environment.install("--resolution", "lowest-direct", "--requirement", str(ROOT / "pyproject.toml"), *chosen)
    environment.install("--no-deps", str(package))


def _write_published(folder: Path) -> None:
    """Write small files as data sets are published, made up by the tests, with the Python that runs this."""
    lines = (
        "import sys, pathlib; from archive.published_files import write_folder; write_folder(pathlib.Path(sys.argv[1]))"
    )
    told = {**os.environ, "PYTHONPATH": f"{ROOT / 'tests'}"}
    subprocess.run([sys.executable, "-c", lines, str(folder)], check=True, env=told)


def attempt(package: Path, extra: str, python: str, work: Path, *, lowest: bool = False, smoke: bool = False) -> None:
    """Install a package into an empty environment and run what it is for.

    Parameters
    ----------
    package : Path
        A wheel or an sdist.
    extra : str
        An extra; empty for none.
    python : str
        Interpreter, by name or path.
    work : Path
        Folder to work in.
    lowest : bool
        The lowest versions that are declared, not the newest.
    smoke : bool
        Few commands.

    Raises
    ------
    Failed
        A command does something else than it should.
    CalledProcessError
        The environment cannot be made, or the package not installed into it.
    """
    environment = Environment(work, python, "lowest" if lowest else "newest")
    _install(environment, package, extra, lowest=lowest)
    version = subprocess.run([environment.python, "-V"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{package.name}, {extra or 'no extras'}, {version}{', lowest versions' if lowest else ''}", flush=True)
    if extra:
        if extra == "data":
            _write_published(environment.here / "published")
        for line in EXTRAS[extra][0]:
            environment.foedus(line)
        if EXTRAS[extra][1]:
            environment.script(EXTRAS[extra][1])
        return
    for line in SMOKE if smoke else CORE:
        environment.foedus(line)
    environment.script(NOTEBOOK)
    for line, missing in ({} if smoke else REFUSED).items():
        environment.foedus(line, refused=missing)


def main() -> None:
    """Make the environments that were asked for and run what they are for; exit code 1 if anything fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", nargs="?", type=Path, help="a wheel or an sdist")
    parser.add_argument(
        "--extra", action="append", default=[], choices=list(EXTRAS), help="an extra alone; may be repeated"
    )
    parser.add_argument("--python", default=sys.executable, help="interpreter; by default the one that runs this")
    parser.add_argument("--lowest", action="store_true", help="the lowest versions that pyproject.toml declares")
    parser.add_argument("--smoke", action="store_true", help="few commands")
    parser.add_argument("--work", type=Path, help="folder to work in; by default one that is deleted")
    parser.add_argument("--newest", action="store_true", help="print the newest Python found here, and stop")
    asked = parser.parse_args()
    if asked.newest:
        print(newest())
        return
    if asked.package is None or not asked.package.is_file():
        parser.error(f"{asked.package}: there is no such package; make one with: uv build")
    with tempfile.TemporaryDirectory() as passing:
        work = (asked.work or Path(passing)).resolve()
        try:
            for extra in asked.extra or [""]:
                attempt(asked.package.resolve(), extra, asked.python, work, lowest=asked.lowest, smoke=asked.smoke)
        except (Failed, subprocess.SubprocessError) as failure:
            sys.exit(f"FAILED with {asked.package.name}: {failure}")


if __name__ == "__main__":
    main()
