"""The round of formation and the escalation of disputes against the independent reference run."""

from __future__ import annotations

from typing import Any

import pytest

from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import Form, run_round, star
from reference.conftest import architecture_of, parameters_of, world_of

LABELS = {
    "status quo": Form.IN_FORCE,
    "none": Form.IN_FORCE,
    "star": Form.STAR,
    "star+forum": Form.FORUM,
    "multilateral, consensus": Form.COUNCIL,
    "multilateral, hub-led": Form.HUB_LED,
}


@pytest.mark.reference
def test_one_round_ends_as_in_the_reference_run(run: dict[str, Any]) -> None:
    formation = run_round(Appraiser(world_of(run), parameters_of(run)))
    assert {o.form for o in formation.options} == {LABELS[k] for k in run["emergence"]}
    for label, probability in run["emergence"].items():
        assert formation.probability(LABELS[label]) == pytest.approx(probability, abs=1e-8), label
    passed = {o.form: o.acceptance for o in formation.options}
    for label, chance in run["acceptance"].items():
        assert passed[LABELS[label]] == pytest.approx(chance, abs=1e-8), label
    for option in formation.options:
        label = next(k for k in run["emergence"] if LABELS[k] is option.form)
        wanted = architecture_of(run["architectures"][label]["institutions"])
        got = {(m.kind, frozenset(m.members), m.rule) for m in option.appraisal.architecture}
        assert got == {(m.kind, frozenset(m.members), m.rule) for m in wanted}


@pytest.mark.reference
def test_disputes_escalate_as_in_the_reference_run(run: dict[str, Any]) -> None:
    world = world_of(run)
    appraiser = Appraiser(world, parameters_of(run))
    found = appraiser.appraise(star(appraiser), world.in_force).quantities
    assert run["escalation_under_current"]
    for row in run["escalation_under_current"]:
        i, j = (world.index(s) for s in row["pair"])
        assert found["escalation"][i, j] == pytest.approx(row["p_i"], abs=1e-8)
        assert found["escalation"][j, i] == pytest.approx(row["p_j"], abs=1e-8)
        assert found["brokerage"][i, j] == pytest.approx(row["brokerage"], abs=1e-8)
        stake = (1 - found["rescue"])[:, None] * found["security_stake"]
        assert stake[i, j] == pytest.approx(row["stake_i"], abs=1e-8)
        assert stake[j, i] == pytest.approx(row["stake_j"], abs=1e-8)
