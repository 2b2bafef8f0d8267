from __future__ import annotations

import pytest

from foedus.draws.ensemble import run_ensemble
from foedus.trials.claims import read_trial
from foedus.trials.hearing import try_claims
from foedus.trials.so_far import SoFar, still_possible
from foedus.trials.verdict import model_says


@pytest.mark.parametrize(
    ("met", "asked", "rest"), [(0, 0, 3), (0, 5, 4), (3, 4, 6), (9, 9, 1), (4, 10, 2), (7, 7, 0), (0, 0, 0)]
)
def test_what_is_settled_no_further_draw_can_change(met: int, asked: int, rest: int) -> None:
    ends = {
        model_says((met + true) / (asked + there) if asked + there else float("nan"))
        for there in range(rest + 1)
        for true in range(there + 1)
    }
    possible = set(still_possible(met, asked, rest))
    assert ends <= possible
    assert len(possible) > 1 or possible == ends


def test_with_all_draws_every_claim_stands_as_it_is_judged_and_never_otherwise_before() -> None:
    trial, sofar, before = read_trial("large-allies-pay-more"), SoFar(), []
    take = sofar._take

    def watched(chunk, block):  # type: ignore[no-untyped-def]
        take(chunk, block)
        before.append(sofar.standings(trial, 6))

    sofar._take = watched  # type: ignore[method-assign]
    found = try_claims(trial, 6, 1, ensemble=sofar.heard(run_ensemble))
    judged = {e.claim.id: (e.model, e.seen, e.verdict) for e in found.claims}
    assert {s.claim.id: (s.model, s.seen, s.verdict) for s in sofar.standings(trial, 6)} == judged
    assert len(before) == 6
    for standings in before:
        assert all(s.verdict in (None, judged[s.claim.id][2]) for s in standings)
        assert all(s.model in ("", judged[s.claim.id][0]) for s in standings)
