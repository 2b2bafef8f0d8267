"""Numbers within groups against the same words in plain NumPy."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.kernels.groups import (
    apartness,
    best_company,
    deepest_common,
    deepest_with_centre,
    gaps_to_lines,
    largest_joint,
    means_within,
)


def _random(seed: int) -> tuple[np.random.Generator, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    groups, n = rng.integers(0, 5), rng.integers(2, 8)
    return rng, rng.random((groups, n)) < 0.6, rng.random(groups) < 0.7


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_apartness_is_range_deviation_and_mean_distance(seed: int) -> None:
    rng, member, chosen = _random(seed)
    n = member.shape[1]
    position, endowment, distance = rng.normal(size=n), rng.random(n), rng.random((n, n))
    np.fill_diagonal(distance, 0.0)
    found = apartness(member, chosen, position, endowment, distance)
    for m in range(len(member)):
        inside = np.flatnonzero(member[m])
        if not chosen[m] or inside.size == 0:
            assert not found[:, m].any()
            continue
        pairs = [distance[i, j] for i in inside for j in inside if i != j]
        plain = [np.ptp(position[inside]), endowment[inside].std(), np.mean(pairs) if pairs else 0.0]
        np.testing.assert_allclose(found[:, m], plain, atol=1e-12)


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_the_deepest_common_group_counts(seed: int) -> None:
    rng, member, chosen = _random(seed)
    n = member.shape[1]
    weight = np.where(chosen, rng.random(len(member)), 0.0)
    found = deepest_common(member, weight)
    for i in range(n):
        for j in range(n):
            assert found[i, j] == max((w for w, m in zip(weight, member, strict=True) if m[i] and m[j]), default=0.0)


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_the_best_company_is_the_best_mean(seed: int) -> None:
    rng, member, chosen = _random(seed)
    n = member.shape[1]
    likeness = rng.random((n, n))
    found = best_company(member, chosen, likeness)
    for i in range(n):
        means = [0.0]
        for m in range(len(member)):
            others = [j for j in np.flatnonzero(member[m]) if j != i]
            if chosen[m] and member[m, i] and others:
                means.append(float(likeness[i, others].mean()))
        np.testing.assert_allclose(found[i], max(means), atol=1e-12)


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_groups_agree_with_plain_numpy(seed: int) -> None:
    rng, member, chosen = _random(seed)
    groups, n = member.shape
    weight, line, position = np.where(chosen, rng.random(groups), 0.0), rng.normal(size=groups), rng.normal(size=n)
    rows, values = rng.random((groups, n)), rng.random((n, 2))
    inside = rows * member
    total = inside.sum(axis=1, keepdims=True)
    means = np.divide(inside @ values, total, out=np.zeros((groups, 2)), where=total > 0)
    np.testing.assert_allclose(means_within(member, rows, values), means)
    joint = np.where(member, means @ values.T, 0.0).max(axis=0, initial=0.0)
    np.testing.assert_allclose(largest_joint(member, means, values), joint)
    gaps = weight @ np.where(member, np.abs(position - line[:, None]), 0.0)
    np.testing.assert_allclose(gaps_to_lines(member, weight, line, position), gaps, atol=1e-15)
    centre = int(rng.integers(n))
    plain = deepest_common(member, weight)
    plain[centre] = plain[:, centre] = deepest_common(member, rows[:, 0].copy())[centre]
    np.testing.assert_array_equal(deepest_with_centre(member, weight, rows[:, 0].copy(), centre), plain)
