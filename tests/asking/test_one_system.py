"""Systems: what is asked of one is refused or worked out as it was asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from foedus.asking.one_system import system, system_report
from foedus.systems.told_of_systems import record_of
from foedus.vocabulary.errors import FoedusError
from standin import put


def test_only_nato_has_a_shorter_choice_of_years() -> None:
    with pytest.raises(FoedusError, match=r"'quad' has no shorter choice of years\. Leave it out, or take nato"):
        system("quad", every_year=True)


@pytest.mark.parametrize("draws", [-1, 10**9])
def test_draws_that_are_none_are_refused(draws: int) -> None:
    with pytest.raises(FoedusError, match="is not a number of draws"):
        system("japan-korea", draws=draws)


@dataclass(frozen=True)
class Found:
    """In the place of what is found about a system."""

    seed: int = 0
    without: tuple[str, ...] = ()
    tell: object = None


def test_draws_are_looked_at_only_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    progress, settings = Mock(), []
    looks = SimpleNamespace(look_at=lambda setting: settings.append(setting) or Found())
    named = put(monkeypatch, "foedus.asking.one_system.system_named", looks)
    over = put(monkeypatch, "foedus.asking.one_system.over_draws", "over draws")
    found = system("nato", without=["fee"], seed=7, every_year=True, progress=progress)
    assert (found.seed, found.without, found.tell) == (7, ("fee",), record_of)
    assert [*named.last.values()] == ["nato"]
    assert (settings[0].without, settings[0].every_year, settings[0].progress) == (("fee",), True, progress)
    assert over.handed == []
    assert system("quad", seed=7, draws=1, workers=2, progress=progress) == "over draws"
    assert settings[1].every_year is False
    assert [*over.last.values()] == [Found(7, (), record_of), 1, 2, progress]


def test_a_page_of_a_system_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, "foedus.asking.one_system.write_page", lambda record, path, **_: [path, record])
    finding: Any = SimpleNamespace(record="told")
    assert system_report(finding, tmp_path / "page.html") == tmp_path / "page.html"
