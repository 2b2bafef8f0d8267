"""What arrives of a force over a distance."""

from __future__ import annotations

import numpy as np

from foedus.kernels.distance import share_arriving


def test_half_is_left_after_one_reach() -> None:
    np.testing.assert_allclose(share_arriving(np.array([0.0, 500, 1000]), np.array([500.0])), [1, 0.5, 0.25])
