"""The web of treaties: bonds and allies in common are kept right through any course of treaties."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.kernels.allianceyears import begun
from foedus.kernels.treatyweb import alike, bind, end, join, leave


def fresh(*pacts, states=6, room=0):
    members, sizes = np.zeros((len(pacts), states), dtype=np.int64), np.array([len(p) for p in pacts], dtype=np.int64)
    for row, pact in zip(members, pacts):
        row[: len(pact)] = sorted(pact)
    return begun(members, sizes, np.full(len(pacts), 1950), np.zeros(len(pacts)), room)


def holds(web):
    """Return whether bonds and allies in common are those of the treaties in force."""
    states = web.bonds.shape[0]
    bonds = np.zeros((states, states), dtype=np.int64)
    for row, size in zip(web.members, web.sizes):
        inside = row[:size].tolist()
        assert inside == sorted(set(inside))
        for i in inside:
            for j in inside:
                bonds[i, j] += i != j
    tie = (bonds > 0).astype(np.int64)
    common = tie @ tie
    np.fill_diagonal(common, 0)
    kept = web.common.copy()
    np.fill_diagonal(kept, 0)
    return (bonds == web.bonds).all() and (common == kept).all()


step = st.tuples(st.sampled_from(["join", "leave", "end", "found"]), st.integers(0, 9), st.integers(0, 5))


@given(st.lists(st.sets(st.integers(0, 5), min_size=2), min_size=1, max_size=4), st.lists(step, max_size=25))
@settings(max_examples=80, deadline=None)
def test_bonds_and_allies_in_common_are_kept_right(pacts, steps):
    web, signed = fresh(*pacts, room=30), len(pacts)
    assert holds(web)
    for what, treaty, state in steps:
        t = treaty % signed
        inside = web.members[t, : web.sizes[t]].tolist()
        if what == "found":
            web.members[signed, :2], web.sizes[signed] = sorted({state, (state + 1 + treaty % 5) % 6}), 2
            bind(web, signed)
            signed += 1
        elif what == "end" and inside:
            end(web, t, 1960)
            assert web.ended[t] == 1960
        elif what == "leave" and state in inside:
            leave(web, t, state, 1961)
            assert web.sizes[t] == (0 if len(inside) == 2 else len(inside) - 1)
        elif what == "join" and inside and state not in inside:
            join(web, t, state)
        assert holds(web)


def test_treaties_are_alike_by_their_members():
    web = fresh((0, 1), (0, 1), (0, 2), (0, 1, 2))
    assert alike(web, 0, 1)
    assert not alike(web, 0, 2)
    assert not alike(web, 0, 3)
