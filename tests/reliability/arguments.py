"""Commands, their options, and what nobody should write there."""

from __future__ import annotations

_SHARED = ("--set", "--without", "--law", "--calibration", "--seed", "--workers", "")
BASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("assess small --draws 2 --workers 1 --json", (*_SHARED, "--draws", "--output", "--report")),
    ("explain small KOR --json", ("--set", "--without", "")),
    ("compare small small --draws 2 --workers 1 --json", ("--set", "--theory", "--seed", "")),
    ("dispute small JPN KOR --json", ("--set", "")),
    ("wedge small --json", ("--set", "--without", "")),
    ("whatif small --set JPN.trade.CHN=0.05 --json", ("--set", "--without", "--calibration", "")),
    ("flip small --effort 1 --workers 1 --json", ("--goal", "--effort", "")),
    ("ablate small --workers 1 --json", ("",)),
    ("simulate small --from 1999 --to 2000 --runs 1 --workers 1 --json",
     ("--from", "--to", "--runs", "--explain", "--run", "--set", "--seed", "--law")),
    ("trial trade-loosens-alliances --draws 1 --workers 1 --json", (*_SHARED, "--draws")),
    ("sensitivity small --draws 60 --top 2 --workers 1 --engine serial --json",
     ("--quantity", "--method", "--draws", "--top", "--engine", "--over", "--output")),
    ("discover small --goal body~forms --draws 40 --workers 1 --engine serial --json",
     ("--goal", "--boxes", "--over", "--engine", "--draws")),
    ("ensemble small -o many --draws 2 --workers 1 --engine serial --json",
     ("--questions", "--over", "--engine", "--draws", "--output", "--resume")),
    ("report small --draws 0 -o page.html", ("--figures", "--format", "--explored", "--output", "--set")),
    ("case show small --json", ("",)),
    ("case new mine --states USA,JPN --adversaries CHN --as-of 2010-01-01", ("--states", "--adversaries", "--hub", "--as-of", "--from",
                                                                       "--region", "--year", "--data")),
    ("forecast questions questions.csv --json", ("--case", "--as-of", "--mapping", "")),
    ("forecast score questions.csv --draws 1 --workers 1 --json", ("--case", "--as-of", "--calibration", "--draws")),
    ("calibrate show record-1817-2016 --json", ("",)),
    ("data status --store nowhere --json", ("--store",)),
    ("data cite --json", ("",)),
    ("data import small --store s --json", ("--store", "")),
    ("system japan-korea --json", ("--without", "--table", "--draws", "")),
)  # fmt: skip
"""A command that works, and the options that are added to it; the empty one is an argument more."""

_ANY = ("", " ", "nan", "-1", "1e400", "9" * 400, "\u202ex", "\x1b[31mred", "[/nope]", "<script>alert(1)</script>", "../../etc/passwd",
        "/dev/zero", "a" * 5000, "%s", "{0}", "\u0000"[:0] + "\ud800"[:0] + "\uff11", "yes", "~", "\n", "--help-me", "$(id)", "nul")  # fmt: skip
_CHANGES = ("JPN.trade.CHN=nan", "JPN.trade.CHN=inf", "JPN.trade.CHN=-1", "JPN.trade.CHN=2", "JPN.trade.CHN", "=1", "JPN.trade.CHN=",
            "treaty_reliability=1e400", "treaty_reliability=yes", "treaty_reliability=5", "treaty_relability=0.5", "JPN.gdp=0",
            "JPN.gdp=-5", "JPN.gdp=1e300", "JPN.gdp=1e-300", "JPN.cinc=2", "XXX.gdp=5", "JPN.trade=0.1", "JPN.trade.KOR=0.1",
            "JPN.ideal_point=99", "decision_noise=0", "decision_noise=1e-300", "decision_noise=-1", "JPN.gdp=4,000", "JPN.gdp=0x10",
            "JPN.gdp=1_000", "JPN.gdp=\uff14", "JPN.recognised=maybe", "JPN..gdp=1", "JPN.gdp=1=2", "distance.USA.JPN=-4", "USA.JPN.distance=1e9",
            "grievance.JPN.KOR=7", "JPN.grievance.KOR=7", "JPN.sovereignty=1.1", "JPN.free_force=-0.1")  # fmt: skip
_COUNTS = ("-1", "nan", "1e3", "2.5", "9" * 30, "0x2", "", "two", "1_0", "\uff12", "1,000", "-0")
_QUERIES = ("", "chance of", "chance of a bdy", "gain of XXX from everybody", "gain of KOR from", "forms|bodyy||probability", "|||", "a|b|c|d",
            "[/nope]", "chance of a body and more", "\x1b[31m", "gain of \u202eKOR from everybody", "x" * 3000, "chance of a body > nan",
            "chance of a body > ", "> 0.2", "chance of a body >= 1e400", "chance of a body >> 0.2", "body forms or not")  # fmt: skip
_PATHS = ("", "/dev/null", "/dev/zero", "/proc/self/mem", "nowhere/in/here", "small", "small/case.yaml", "a" * 300, "\x1b[31m", ".", "/",
          "small/case.yaml/x", "..")  # fmt: skip
_YEARS = ("-1", "0", "99999", "1815", "nan", "2.5", "2953", "1e3", "", "\uff12", "9" * 30)

VALUES: dict[str, tuple[str, ...]] = {
    "": _ANY,
    "--set": (*_CHANGES, *_ANY),
    "--draws": _COUNTS, "--seed": _COUNTS, "--workers": _COUNTS, "--runs": _COUNTS, "--effort": ("-1", "nan", "1e3", "2.5", "", "two", "1,000"), "--boxes": _COUNTS, "--top": _COUNTS,
    "--run": _COUNTS, "--from": (*_YEARS, "[/nope]"), "--to": _YEARS, "--year": _YEARS, "--explain": (*_COUNTS, "0.99999", "99.1", "0.-1", "."),
    "--quantity": _QUERIES, "--goal": _QUERIES,
    "--output": _PATHS, "--report": _PATHS, "--figures": _PATHS, "--explored": _PATHS, "--store": _PATHS, "--resume": _PATHS, "--data": _PATHS,
    "--engine": ("dask://", "dask://x", "dask://127.0.0.1:1", "dask://127.0.0.1:99999", "cluster", "", "[/nope]", "serial,serial"),
    "--as-of": ("2021-02-30", "2021-13-01", "0000-01-01", "9999-12-31", "02/10/1953", "tomorrow", "", "2021", "2021-1-1", "\uff12021-01-01", "nan"),
    "--states": ("USA", "USA,USA", "XXX", "", ",", "USA,JPN,JPN", "usa,jpn", "USA JPN", "[/nope]", ",".join(["USA"] * 500)),
    "--law": ("holding", "holding=", "=habit", "holding=nothing", "nothing=habit", "holding=habit=x", *_ANY),
}  # fmt: skip
"""What nobody should write, by option."""
