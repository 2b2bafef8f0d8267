"""Systems: what is asked of one is refused or worked out as it was asked."""

from __future__ import annotations

import pytest

from foedus.asking.one_system import system
from foedus.vocabulary.errors import FoedusError


def test_only_nato_has_a_shorter_choice_of_years() -> None:
    with pytest.raises(FoedusError, match=r"'quad' has no shorter choice of years\. Leave it out, or take nato"):
        system("quad", every_year=True)


@pytest.mark.parametrize("draws", [-1, 10**9])
def test_draws_that_are_none_are_refused(draws: int) -> None:
    with pytest.raises(FoedusError, match="is not a number of draws"):
        system("japan-korea", draws=draws)


def test_a_finding_says_what_was_asked() -> None:
    found = system("japan-korea", without=("fee",), seed=7)
    assert (found.seed, found.without) == (7, ("fee",))
    assert found.record.title
