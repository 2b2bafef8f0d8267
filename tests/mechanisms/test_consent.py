"""Consent by hand: log-odds of two thirds, halves and quarters."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.mechanisms.decisions.consent import acceptance, acceptances, consent

NOISE, DEPTH = 0.5, 0.4


def gain_for(*chances: float) -> np.ndarray:
    """Return gains at which states agree with some chances."""
    odds = np.array(chances) / (1.0 - np.array(chances))
    return NOISE * DEPTH * np.log(odds)


def test_consent_is_logistic_in_the_gain_over_noise_and_depth() -> None:
    np.testing.assert_allclose(consent(gain_for(0.25, 0.5, 0.9), DEPTH, NOISE), [0.25, 0.5, 0.9])


def test_all_have_to_agree() -> None:
    assert acceptance(gain_for(0.5, 2 / 3, 0.75), DEPTH, NOISE) == pytest.approx(0.25)


def test_many_drafts_at_once_mind_their_members_only() -> None:
    gain = np.vstack([gain_for(0.5, 2 / 3, 0.75), gain_for(0.1, 0.8, 0.5)])
    member = np.array([[True, True, True], [False, True, True]])
    np.testing.assert_allclose(acceptances(gain, member, DEPTH, NOISE), [0.25, 0.4])
