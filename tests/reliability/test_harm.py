"""Kills, damaged caches, full disks, folders that are not ours, narrow and plain terminals, hostile text in a browser: a few of each.

At length: ``python tools/reliability.py --only kills``, and so on; what came of it stands in docs/reliability.md.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reliability import harm, pages
from reliability.trying import Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    pytest.importorskip("polars", reason="data sets and ensembles are read with polars")
    with Server() as found:
        yield found


def wrong(tried: Iterable[harm.Tried]) -> list[str]:
    found = list(tried)
    assert found
    return [f"{what}: {why}" for what, why in found if why]


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX does")
def test_a_run_that_was_killed_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    assert wrong(harm.kills(tmp_path, "assess", 1, 2)) == []


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX does")
def test_an_estimate_that_was_killed_goes_on_to_the_same_end(tmp_path: Path) -> None:
    for library in ("polars", "scipy", "statsmodels"):
        pytest.importorskip(library, reason="needed to estimate")
    history = importlib.import_module("reliability.history")
    # the made-up system signs too little to tell the terms apart, which is said at the very end
    assert wrong(harm.kills(tmp_path, "calibrate", 1, 2, harm.DATA["calibrate"], history.build, ends=2)) == []


@pytest.mark.parametrize("name", ["assess", "ensemble"])
def test_a_damaged_cache_never_changes_an_answer(name: str, server: Server) -> None:
    assert wrong(harm.damaged_caches(server, name, 1)) == []


@pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX")
def test_a_reader_who_goes_away_gets_no_traceback(tmp_path: Path) -> None:
    assert wrong(harm.closed_pipes(tmp_path, ["mechanisms", "case list", "refusal"])) == []


def test_on_a_full_disk_a_result_is_there_whole_or_not_at_all(server: Server) -> None:
    assert wrong(harm.full_disks(server, 3000)) == []


def test_a_place_where_nothing_may_be_written_gets_a_sentence(server: Server) -> None:
    assert wrong(harm.foreign_folders(server)) == []


def test_narrow_and_plain_terminals_show_no_number_that_a_wide_one_has_not(server: Server) -> None:
    assert wrong(harm.terminals(server, [44], ["ascii"])) == []


@pytest.mark.browser
def test_hostile_text_does_nothing_in_a_browser_and_can_be_read_on_a_telephone(server: Server, browser: Any) -> None:
    assert wrong(pages.hostile_pages(server, browser, range(1))) == []


def test_a_browser_would_tell_of_a_page_that_is_not_sound(tmp_path: Path, browser: Any) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<title>x</title><p>"
        + "W" * 900
        + "</p><img src=x.png><a href='javascript:1'>x</a><script>window.pwned=1</script>"
    )
    said = " ".join(pages.opened(browser, page))
    for words in ("a script ran", "asked for", "link to javascript", "px wide"):
        assert words in said
