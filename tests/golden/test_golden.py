"""What a user sees today is what is kept: every shot is taken again and held against its file."""

from __future__ import annotations

import difflib
import importlib.util
from itertools import islice
from pathlib import Path

import pytest

from golden.camera import FILES, page_as_read, plain, stored, take
from golden.shots import SHOTS, Shot

SHOWN = 40
"""Lines of a difference that are shown."""


@pytest.mark.parametrize("shot", SHOTS, ids=lambda s: s.name)
def test_what_a_user_sees_is_what_is_kept(shot: Shot) -> None:
    for library in shot.needs:
        if importlib.util.find_spec(library) is None:
            pytest.skip(f"{shot.name} needs {library}")
    again = f"If this is meant, remake it with: python tools/build_golden.py {shot.name}"
    assert stored(shot).exists(), f"{shot.name} is not kept yet. {again}"
    kept, now = stored(shot).read_text(encoding="utf-8"), take(shot)
    if now != kept:
        lines = difflib.unified_diff(kept.splitlines(), now.splitlines(), "kept", "now", lineterm="", n=1)
        shown = "\n".join(line[:400] for line in islice(lines, SHOWN))
        pytest.fail(f"{shot.name} differs from what is kept.\n{shown}\n{again}", pytrace=False)


def test_every_kept_file_belongs_to_a_shot() -> None:
    assert {p.name for p in FILES.iterdir()} == {stored(shot).name for shot in SHOTS}


def test_digits_that_one_processor_has_and_another_has_not_are_not_kept() -> None:
    one, other = (plain(f"{x} of 0.123456789012", Path("/nowhere")) for x in ("3.497610532e-11", "3.497607761e-11"))
    assert one == other == "3.498e-11 of 0.123456789\n"


def test_a_page_is_kept_as_it_reads() -> None:
    page = (
        "<title>T</title><style>p{}</style><h2 id='a'>One <b>two</b></h2><p>x&amp;y\n z<svg><title>Map</title>"
        "<text>Seoul</text></svg></p><table><tr><th>k</th><td>1</td></tr></table><script>no()</script>"
    )
    read = page_as_read(page).splitlines()
    assert read[:3] == ["T", "## One two", "x&y z"]
    assert read[3].startswith("[picture: Map · ")
    assert read[3].endswith("] Seoul")
    assert read[4:] == ["k | 1", "--- ids", "h2 a"]
