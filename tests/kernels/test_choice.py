"""Choices as logits, also far out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.kernels.choice import log_logistic, logistic, softmax


@given(st.lists(st.floats(-800, 800), min_size=1, max_size=8))
@settings(deadline=None)
def test_choice_probabilities_are_stable(values: list[float]) -> None:
    x = np.array(values)
    p = logistic(x)
    assert np.all((p >= 0) & (p <= 1))
    np.testing.assert_allclose(np.exp(log_logistic(x)), p, atol=1e-12)
    assert softmax(x).sum() == pytest.approx(1.0)
