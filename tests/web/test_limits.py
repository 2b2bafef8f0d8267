from __future__ import annotations

import pytest

from foedus.web.limits import DRAWS, Limits, Rate, TooMuch


def test_a_public_server_says_what_is_too_much_and_how_to_do_it_at_home() -> None:
    public = Limits(public=True)
    public.check_draws(DRAWS, "")
    with pytest.raises(TooMuch, match="On your own machine: foedus assess") as error:
        public.check_draws(DRAWS + 1, "foedus assess asia-1953 --draws 1001")
    assert error.value.status == 413


def test_on_ones_own_machine_nothing_is_too_much() -> None:
    Limits().check_draws(10 * DRAWS, "")


def test_a_rate_holds_for_each_address_and_fills_again() -> None:
    now = [0.0]
    rate = Rate(per_second=2, at_once=3, clock=lambda: now[0])
    for _ in range(3):
        rate.take("a")
    with pytest.raises(TooMuch) as error:
        rate.take("a")
    assert (error.value.status, error.value.wait) == (429, 1)
    rate.take("b")
    now[0] = 0.5
    rate.take("a")
    with pytest.raises(TooMuch):
        rate.take("a")
