"""Valid inputs of every kind that foedus reads, each with the command that reads it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.published_files import write_csv, write_folder
from casebook.yearly import write_yearly_case
from trials.trialfiles import EVENTS, write_trial

ROOT = Path(__file__).resolve().parents[2]
Steps = list[list[str]]
FEW = ["--draws", "2", "--workers", "1", "--json"]


@dataclass(frozen=True)
class Subject:
    """A kind of input.

    Attributes
    ----------
    name : str
    build : callable
        Writes valid files into a folder.
    files : tuple of str
        Patterns of the files that are spoilt.
    steps : list
        Commands, with the folder as current one; the last prints what is compared.
    ready : list
        Commands that make the valid files, played once before anything is spoilt.
    alone : bool
        Whether the spoilt file is read with one other only, where all together would take long.
    """

    name: str
    build: Callable[[Path], Any]
    files: tuple[str, ...]
    steps: Steps
    ready: Steps | None = None
    alone: bool = False


def _case(folder: Path) -> None:
    write_yearly_case(folder / "small")
    (folder / "small" / "events.yaml").write_text(EVENTS)


def _published(folder: Path) -> None:
    place = write_folder(folder / "published")
    write_csv(place / "p5v2018.csv", [
        {"ccode": c, "scode": s, "country": "", "year": y, "polity2": v}
        for c, s, y, v in [(2, "USA", 1960, 10), (740, "JPN", 1960, 10), (364, "USR", 1960, -7), (710, "CHN", 1960, -88)]])  # fmt: skip
    write_csv(place / "mpd2020.csv", [
        {"countrycode": c, "country": "", "year": y, "gdppc": g, "pop": p}
        for c, y, g, p in [("SUN", 1950, 4000, 180000), ("JPN", 1950, 3000, 83000), ("JPN", 1951, 3300, 84000)]])  # fmt: skip
    write_csv(place / "estimates_gdp_model_combined_2022.csv", [
        {"gwno": 740, "year": y, "indicator": i, "mean": m, "sd": 1}
        for y, i, m in [(2000, "latent_gdp", 2.0), (2000, "latent_pop", 3.0), (2001, "latent_gdp", 2.5)]])  # fmt: skip
    write_csv(place / "alliance_v4.1_by_directed_yearly.csv", [
        {"version4id": 1, "ccode1": a, "state_name1": "", "ccode2": b, "state_name2": "", "defense": 1, "neutrality": 0,
         "nonaggression": 0, "entente": 1, "year": 1960, "version": 4.1} for a, b in [(2, 740), (740, 2)]])  # fmt: skip
    write_csv(place / "dyadic_mid_4.03.csv", [
        {"disno": 8001, "dyindex": 1, "statea": a, "stateb": b, "year": 1960, "hihosta": 4, "hihostb": 3, "hihost": 4,
         "fatlev": 1} for a, b in [(2, 365), (365, 2)]])  # fmt: skip
    head = '"Data Source","WDI"\n\n"Last Updated","2025"\n\n'
    body = '"Country Name","Country Code","Indicator Name","Indicator Code","1960","1961",\n'
    body += '"Japan","JPN","GDP","NY.GDP.MKTP.CD","44307342950.4","53508617739.4",\n'
    (place / "API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.csv").write_text(head + body)


def _questions(folder: Path) -> None:
    shutil.copy(ROOT / "tests" / "golden" / "questions.csv", folder / "questions.csv")
    shutil.copy(ROOT / "src" / "foedus" / "library" / "forecast" / "mapping.yaml", folder / "mapping.yaml")


def _calibration(folder: Path) -> None:
    _case(folder)
    kept = next((ROOT / "src" / "foedus" / "library" / "calibrations").glob("*.yaml"))
    shutil.copy(kept, folder / "mine.yaml")


def _changes(folder: Path) -> None:
    _case(folder)
    (folder / "arguments.json").write_text(json.dumps([[]]))


_IMPORT: Steps = [["data", "import", "published", "--store", "store", "--json"], ["!tables", "store"]]
_MANY = ["ensemble", "small", "-o", "many", "--draws", "6", "--workers", "1", "--engine", "serial", "--json"]
_MOVES = ["sensitivity", "small", "--draws", "120", "--top", "2", "--workers", "1", "--engine", "serial", "-o", "moves"]
_BOXES = ["discover", "small", "--goal", "gain of JPN from everybody > 0", "--draws", "160", "--workers", "1", "--engine", "serial",
          "-o", "boxes"]  # fmt: skip

SUBJECTS: Mapping[str, Subject] = {s.name: s for s in (
    Subject("case", _case, ("small/*.yaml",), [["assess", "small", *FEW]]),
    Subject("case through the years", _case, ("small/*.yaml",),
            [["simulate", "small", "--from", "1999", "--to", "2001", "--runs", "2", "--workers", "1", "--json"]]),
    Subject("case as a page", _case, ("small/*.yaml",),
            [["report", "small", "--draws", "2", "--workers", "1", "-o", "page.html"], ["!page", "page.html"]]),
    Subject("case checked", _case, ("small/*.yaml",),
            [["case", "check", "small"], ["case", "show", "small", "--inputs", "--json"]]),
    Subject("trial", write_trial, ("mine.yaml", "small/events.yaml"), [["trial", "mine.yaml", *FEW]]),
    Subject("calibration", _calibration, ("mine.yaml",),
            [["calibrate", "show", "mine.yaml", "--json"], ["assess", "small", "--calibration", "mine.yaml", *FEW]]),
    Subject("questions", _questions, ("questions.csv",),
            [["forecast", "questions", "questions.csv", "--json"], ["forecast", "score", "questions.csv", *FEW]]),
    Subject("words of questions", _questions, ("mapping.yaml",),
            [["forecast", "questions", "questions.csv", "--mapping", "mapping.yaml", "--json"]]),
    Subject("published data", _published, ("published/*.csv",), _IMPORT, alone=True),
    Subject("store", _published, ("store/*.parquet", "store/manifest.json"),
            [["data", "status", "--store", "store", "--json"], ["!tables", "store"]], _IMPORT),
    Subject("ensemble", _case, ("many/manifest.json", "many/parts/*.parquet"),
            [_MANY, ["!ensemble", "many"]], [_MANY]),
    Subject("exploration", _case, ("moves/record.json", "boxes/record.json"),
            [["report", "small", "--draws", "2", "--workers", "1", "--explored", "moves", "--explored", "boxes", "-o", "page.html"],
             ["!page", "page.html"]], [_MOVES, _BOXES]),
    Subject("arguments", _changes, (), []),
)}  # fmt: skip
