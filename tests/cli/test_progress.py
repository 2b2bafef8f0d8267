"""What stands beside a progress bar: names from outside are text there, and nothing in them is obeyed."""

from __future__ import annotations

import io
import logging

import pytest
from rich.console import Console

from foedus.cli import progress, spoken


@pytest.mark.parametrize("name", ["[/nope]", "[red]a[/red]", "{task.percentage}", "a\x1b[31mb", "a\x1b]0;title\x07b"])
def test_a_name_in_a_label_or_a_line_is_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setenv("TERM", "xterm")  # a dumb terminal gets no bar
    monkeypatch.setattr(
        progress, "Console", lambda stderr: Console(file=out, force_terminal=True, width=90, color_system=None)
    )
    with progress.progress_bar(f"assessing {name}") as update:
        update(1, 3)
        spoken.Spoken().emit(logging.LogRecord("foedus", logging.INFO, "", 0, f"read: {name}", None, None))
    shown = name.replace("\x1b", "").replace("\x07", "")
    assert f"assessing {shown}" in out.getvalue()
    assert f"read: {shown}" in out.getvalue()
    assert "1/3" in out.getvalue()
    assert "\x1b[31m" not in out.getvalue()
    assert "\x1b]0;" not in out.getvalue()


def test_words_are_told_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    spoken.tell("written: a\x1b[31mb\nnext")
    spoken.tell("error: \u202ename", err=True)
    assert capsys.readouterr() == ("written: a[31mb\nnext\n", "error: name\n")
