"""Shots: the command lines whose results are kept, and what of each is kept beside what it prints."""

from __future__ import annotations

from dataclasses import dataclass

DRAWN = "--draws 4 --seed 1 --workers 1"
BANDS = "--draws 20 --seed 1 --workers 1"  # the fewest of which a band is told
RUN = "--from 2010 --to 2014 --runs 3 --seed 1 --workers 1"

COMMANDS = (
    "", "assess", "explain", "compare", "dispute", "wedge", "whatif", "draft", "simulate", "trial", "forecast",
    "forecast questions", "forecast score", "forecast mapping", "system", "flip", "ablate", "ensemble", "sensitivity",
    "discover", "report", "case", "case list", "case show", "case check", "case new", "case schema", "data",
    "data cite", "data import", "data pull", "data status", "backtest", "calibrate", "calibrate list", "calibrate show",
    "likely", "world", "web", "parameters", "mechanisms",
)  # fmt: skip
"""Every command whose help is kept."""

WRONG = (
    "asess", "assess nowhere", "assess --draws -1", "assess --set japan.trade.chin=0.02", "assess --without gravity",
    "explain indo-pacific-2020 FRA", "trial no-such-trial", "system wegde", "simulate --from 2000 --to 1996",
    "calibrate show nothing", "forecast questions absent.csv", "compare asia-1953 --theory magic",
    "dispute indo-pacific-2020 JPN AUS", "dispute europe-1949", "discover asia-1953 --draws 20 --workers 1",
    "report asia-1953 -o questions.csv", "case new questions.csv --from asia-1953", "simulate --draws 20",
    "whatif --set treaty_reliability=0.5 --set treaty_reliability=0.6",
)  # fmt: skip
"""What somebody may mistype, each answered with a sentence."""


@dataclass(frozen=True)
class Shot:
    """One kept view of the package.

    Attributes
    ----------
    name : str
        Also of the stored file.
    commands : tuple of str
        Command lines without ``foedus``, one after the other in one empty folder that holds ``questions.csv`` only.
    keep : tuple of str
        Patterns of the files they write that are kept too, in this order.
    terminal : int
        Columns of a terminal to print to; 0 where the output goes into a file.
    needs : tuple of str
        Libraries without which the shot is left out.
    pages : tuple of str
        Addresses of the workbench, each asked as a browser without script does.
    read : str
        A module of this folder whose ``read`` returns what is seen of something else.
    """

    name: str
    commands: tuple[str, ...]
    keep: tuple[str, ...] = ()
    terminal: int = 0
    needs: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    read: str = ""


POLARS = ("polars",)
STATISTICS = ("polars", "SALib", "scipy")

WORKBENCH = (
    "/c/asia-1953?draws=4", "/c/asia-1953?draws=4&map=gains&given=JPN:agrees", "/c/asia-1953/play?lever=trade:0.5&draws=0",
    "/c/asia-1953/draft?members=JPN,PHL", "/c/asia-1953/why/KOR?draws=4", "/c/asia-1953/why/KOR?term=dispute&draws=4",
    "/c/asia-1953/years?draws=4", "/c/asia-1953/quarrel?pair=JPN,KOR&draws=4", "/c/asia-1953/wedge?budget=1&draws=4",
    "/c/asia-1953/leverage?draws=4", "/c/asia-1953/case?draws=4", "/embed/c/asia-1953/why/KOR?draws=4",
    "/t/large-allies-pay-more?claim=1&draws=3",
    "/t/new?case=asia-1953&quantity=consent of KOR to everybody&expect=rises&lever=no quarrels&falsified_if=it does not rise",
    "/c/new?base=asia-1953&at=KOR.sovereignty", "/n/trade/KOR/CHN?case=asia-1953", "/n/loss_at_stake?case=asia-1953",
    "/method", "/method/exposure", "/parameters", "/c/asia-1593",
    "/class", "/class.csv", "/t/new", "/t/new?case=nowhere", "/t/new?draws=many", "/t/large-allies-pay-more.yaml",
    "/t/new.yaml?case=asia-1953&quantity=chance of a body&expect=rises&lever=no quarrels&falsified_if=no",
    "/c/asia-1953/years?from=1953&to=1956&runs=2", "/c/indo-pacific-2020/years?from=2010&to=2012&runs=2",
    "/c/asia-1953.json?draws=4", "/c/asia-1953/why/KOR.json?draws=4", "/c/asia-1953/play.json?lever=trade:0.5&draws=4",
    "/c/asia-1953?without=dispute&lever=trade:0.5&draws=4", "/c/asia-1953/play?given=KOR:refuses&without=dispute&draws=4",
    "/c/asia-1953/draft?members=JPN,PHL,KOR&rule=hub&draws=4", "/c/asia-1953/why/JPN?body=everybody&draws=4", "/c/asia-1953/why/XXX",
    "/n/grievance/KOR/JPN?case=asia-1953", "/n/trade/KOR/CHN.json?case=asia-1953", "/n/trad/KOR/CHN?case=asia-1953",
    "/t/large-allies-pay-more.json?draws=3", "/t/large-allies-pay-more?clam=1", "/nothing",
)  # fmt: skip
"""One page of every kind, of a small case and with few draws."""

SHOTS: tuple[Shot, ...] = (
    Shot("help", tuple(f"{c} --help".strip() for c in COMMANDS)),
    Shot("wrong", WRONG),
    Shot("assess-indo-pacific-2020", (f"assess indo-pacific-2020 {DRAWN} --json",)),
    Shot("assess-europe-1949", (f"assess europe-1949 {DRAWN} --json",)),
    Shot("assess-asia-1953", (f"assess asia-1953 {DRAWN} --json --output tidy",), ("tidy/manifest.json", "tidy/*.csv")),
    Shot("assess-text", (f"assess indo-pacific-2020 {BANDS}",)),
    Shot("assess-terminal-80", (f"assess indo-pacific-2020 {BANDS}",), terminal=80),
    Shot("assess-changed", (
        f"assess indo-pacific-2020@2007 --set treaty_reliability=0.5 --without dispute {BANDS}",
        f"assess asia-1953 --calibration record-1817-2016 {BANDS}",
    )),
    Shot("assess-europe-1955", (f"assess europe-1955 {DRAWN}",)),
    Shot("explain", (
        "explain indo-pacific-2020 KOR", 'explain europe-1949 "United Kingdom"',
        "explain indo-pacific-2020 JPN --without dispute --json",
    )),
    Shot("compare", (f"compare asia-1953 europe-1949 {BANDS}", f"compare asia-1953 europe-1949 {BANDS} --json")),
    Shot("compare-theories", (f"compare asia-1953 europe-1949 --theory landscape,bargaining,foedus {DRAWN}",)),
    Shot("dispute", ("dispute", "dispute asia-1953 JPN KOR", "dispute --json")),
    Shot("wedge", ("wedge --budget 1", "wedge europe-1949 --budget 2", "wedge --json")),
    Shot("whatif", (
        "whatif --set japan.trade.china=0.02 --without dispute", "whatif europe-1949 --set treaty_reliability=0.5 --json",
    )),
    Shot("flip", ("flip asia-1953 --workers 1", 'flip asia-1953 --goal "council forms" --effort 3 --workers 1 --json')),
    Shot("ablate", ("ablate asia-1953 --workers 1", "ablate asia-1953 --workers 1 --json")),
    Shot("case", (
        "case list", "case list --json", "case show asia-1953 --inputs", "case show europe-1949 --json",
        "case check europe-1949", "case check asia-1953 --format json",
    )),
    Shot("case-new", (
        "case new mine --states USA,JPN,KOR --adversaries CHN --as-of 2010-01-01", "case check mine",
        "case check mine --format json",
    ), ("mine/*",)),
    Shot("case-schema", ("case schema case", "case schema institutions", "case schema events")),
    Shot("parameters", ("parameters", "parameters --json")),
    Shot("mechanisms", ("mechanisms", "mechanisms --json")),
    Shot("calibrate", ("calibrate list", "calibrate show record-1817-2016", "calibrate show record-1817-2016 --json")),
    Shot("data-cite", ("data cite atop", "data cite")),
    Shot("trial", ("trial", "trial --vocabulary", f"trial trade-loosens-alliances {DRAWN}")),
    Shot("trial-page", (f"trial large-allies-pay-more {DRAWN} --report trial.html",), ("trial.html",)),
    Shot("trial-json", (f"trial large-allies-pay-more {DRAWN} --json",)),
    Shot("trial-a-nato-in-asia", ("trial a-nato-in-asia --draws 2 --seed 1 --workers 1 --json",)),
    Shot("system", (
        "system", "system japan-korea", "system san-francisco", "system nato", "system nato-in-asia",
        "system wedge --table episodes",
    )),
    Shot("system-page", ("system quad --report quad.html",), ("quad.html",)),
    Shot("system-json", ("system wedge --draws 2 --seed 1 --workers 1 --json",)),
    Shot("simulate", (f"simulate {RUN}", f"simulate {RUN} --fixed --run 1 --trace")),
    Shot("simulate-page", (f"simulate {RUN} --json --report years.html --output years",),
         ("years.html", "years/manifest.json", "years/*.csv")),
    Shot("report-indo-pacific-2020", (f"report indo-pacific-2020 {BANDS} -o page.html --figures pictures",),
         ("page.html", "pictures/*")),
    Shot("report-europe-1949", (f"report europe-1949 {DRAWN} -o page.html",), ("page.html",)),
    Shot("ensemble", ("ensemble asia-1953 -o many --draws 6 --seed 1 --workers 1 --engine serial",),
         ("many/manifest.json", "many/*"), needs=POLARS),
    Shot("sensitivity", (
        "sensitivity asia-1953 --draws 130 --top 3 --seed 1 --workers 1 --engine serial -o moved --figures drawn --report moves.html",
        "sensitivity asia-1953 --method rank --draws 130 --seed 1 --workers 1 --engine serial --json",
    ), ("moves.html", "moved/*.csv", "drawn/*"), needs=STATISTICS),
    Shot("discover", (
        'discover asia-1953 --goal "chance of a body > 0.2" --draws 200 --seed 1 --workers 1 --engine serial -o boxes --report where.html',
    ), ("where.html", "boxes/*"), needs=STATISTICS),
    Shot("workbench", (), pages=WORKBENCH, needs=("starlette", "httpx2")),
    Shot("questions-understood", (), read="kept_questions"),
    Shot("pictures", (), read="kept_pictures"),
    Shot("records", (), read="kept_records", needs=("polars", "sklearn")),
    Shot("council-walks", (), read="kept_walks"),
    Shot("council-room", (), read="kept_room", needs=("starlette", "httpx2")),
    Shot("forecast", ("forecast questions questions.csv", "forecast questions questions.csv --json", "forecast mapping")),
    Shot("forecast-score", (f"forecast score questions.csv {DRAWN} --report forecasts.html",), ("forecasts.html",)),
)  # fmt: skip
