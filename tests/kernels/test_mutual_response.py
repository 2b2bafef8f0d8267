"""Two who answer each other."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.kernels.choice import logistic
from foedus.kernels.mutual_response import mutual_response


@pytest.mark.parametrize("complementarity", [0.0, 1.0, 2.0, 2.79, 2.81, 3.0])
def test_mutual_response_is_a_fixed_point_and_leaves_others_alone(complementarity: float) -> None:
    a = 4 * np.random.default_rng(1).normal(size=(12, 12)) - 0.5 * complementarity
    wanted = np.random.default_rng(2).random((12, 12)) < 0.7
    wanted = wanted & wanted.T & ~np.eye(12, dtype=bool)
    p = mutual_response(a, wanted, complementarity)
    assert p[wanted] == pytest.approx(logistic(a + complementarity * p.T)[wanted], abs=1e-14)
    assert not p[~wanted].any()
