"""Two who answer each other."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.kernels.choice import logistic
from foedus.kernels.mutual_response import mutual_response


def test_mutual_response_is_a_fixed_point_and_leaves_others_alone() -> None:
    a = np.array([[0, 0.3, 1.0], [-0.5, 0, 0], [0.2, 0, 0]])
    wanted = np.array([[False, True, False], [True, False, False], [False, False, False]])
    p = mutual_response(a, wanted, 2.0)
    assert p[0, 1] == pytest.approx(float(logistic(0.3 + 2 * p[1, 0])), abs=1e-12)
    assert p[1, 0] == pytest.approx(float(logistic(-0.5 + 2 * p[0, 1])), abs=1e-12)
    assert p[0, 2] == 0
