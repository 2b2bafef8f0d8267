"""Numbers within groups against the same words in plain NumPy."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import plainkernels as plain
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
    of_groups = plain.means(member, rows, values)
    np.testing.assert_allclose(means_within(member, rows, values), of_groups)
    np.testing.assert_allclose(largest_joint(member, of_groups, values), plain.joint(member, of_groups, values))
    gaps = plain.gaps(member, weight, line, position)
    np.testing.assert_allclose(gaps_to_lines(member, weight, line, position), gaps, atol=1e-15)
    centre, central = int(rng.integers(n)), rows[:, 0].copy()
    np.testing.assert_array_equal(deepest_common(member, weight), plain.deepest(member, weight))
    np.testing.assert_array_equal(
        deepest_with_centre(member, weight, central, centre),
        plain.deepest_but_for_one(member, weight, central, centre),
    )
    likeness = rng.random((n, n))
    np.testing.assert_allclose(
        best_company(member, chosen, likeness), plain.company(member, chosen, likeness), atol=1e-12
    )
    distance = likeness * ~np.eye(n, dtype=bool)
    np.testing.assert_allclose(
        apartness(member, chosen, position, values[:, 0].copy(), distance),
        plain.apart(member, chosen, position, values[:, 0], distance),
        atol=1e-12,
    )
