"""What a judged range stands for: nine in ten of the values between its ends, on the scale it was judged on."""

from __future__ import annotations

import pytest

from foedus.estimation.posterior import NINETY, judged
from foedus.model.parameters import PARAMETERS


@pytest.mark.parametrize("parameter", [p for p in PARAMETERS if p.high > p.low], ids=lambda p: p.name)
def test_nine_in_ten_values_lie_in_a_range_as_wide_as_the_judged_one(parameter) -> None:
    found = judged(parameter.name)
    low, high = found.at(-NINETY), found.at(NINETY)
    assert found.at(0.0) == pytest.approx(parameter.default)
    if parameter.logarithmic:
        assert high / low == pytest.approx(parameter.high / parameter.low)
    else:
        assert high - low == pytest.approx(parameter.high - parameter.low)
