"""The plan: what an architecture is worth to everybody, law by law, in the order in which laws need each other.

Made by tools/build_plan.py from the laws and from the properties of institutions; a test holds it to them. Written out,
it can be compiled as a whole; uncompiled it does the same.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled
from foedus.kernels.defended import Played, exact_shares_from
from foedus.kernels.exponentials import Exponentials
from foedus.mechanisms.utility import autonomy as _autonomy
from foedus.mechanisms.utility import bloc as _bloc
from foedus.mechanisms.utility import brokerage as _brokerage
from foedus.mechanisms.utility import burden as _burden
from foedus.mechanisms.utility import dispute as _dispute
from foedus.mechanisms.utility import escalation as _escalation
from foedus.mechanisms.utility import exclusion as _exclusion
from foedus.mechanisms.utility import exposure as _exposure
from foedus.mechanisms.utility import fee as _fee
from foedus.mechanisms.utility import leverage as _leverage
from foedus.mechanisms.utility import obligation as _obligation
from foedus.mechanisms.utility import platform as _platform
from foedus.mechanisms.utility import publicness as _publicness
from foedus.mechanisms.utility import reaction as _reaction
from foedus.mechanisms.utility import readiness as _readiness
from foedus.mechanisms.utility import rescue as _rescue
from foedus.mechanisms.utility import security as _security
from foedus.mechanisms.utility import value as _value


class Given(NamedTuple):
    """What the laws need from world and parameters."""

    ideal_point: NDArray[np.float64]
    sovereignty: NDArray[np.float64]
    divergence: NDArray[np.float64]
    coordination_loss: float
    hub: int
    exclusion_signal: float
    aid_without_treaty: NDArray[np.float64]
    help_at_hand: NDArray[np.float64]
    treaty_reliability: float
    strength_alone: NDArray[np.float64]
    stake: NDArray[np.float64]
    hostile_force: NDArray[np.float64]
    deterrence_elasticity: float
    spillover: NDArray[np.float64]
    felt_loss_alone: NDArray[np.float64]
    threat: NDArray[np.float64]
    strength_standing: NDArray[np.float64]
    answer_effort: float
    answer_alarm: float
    gdp: NDArray[np.float64]
    unpledged_help: NDArray[np.float64]
    recklessness: NDArray[np.float64]
    fighting_cost: float
    fighting_alone: NDArray[np.float64]
    fading_losses: Exponentials
    bloc_solidarity: float
    issue_linkage: float
    political_convexity: float
    capability_raw: NDArray[np.float64]
    autonomy_cost: float
    recognised: NDArray[np.float64]
    unrecognised_penalty: float
    trade: NDArray[np.float64]
    coercion_pain: float
    quarrelling: NDArray[np.bool_]
    rescue_belief: float
    grievance: NDArray[np.float64]
    escalation_threshold: float
    security_weight: float
    backing_down_cost: float
    council_brokerage: float
    hub_brokerage: float
    commitment_cost: float
    escalation_cost: float
    shared_threat: NDArray[np.float64]
    platform_value: float
    divergence_left: NDArray[np.float64]
    acquainted_fee: float
    treaty_fee: float


class Roster(NamedTuple):
    """Institutions as arrays, one row per institution."""

    member: NDArray[np.bool_]
    depth: NDArray[np.float64]
    treaty: NDArray[np.bool_]
    multilateral: NDArray[np.bool_]
    forum: NDArray[np.bool_]
    de_facto: NDArray[np.bool_]
    consensus: NDArray[np.bool_]
    new: NDArray[np.bool_]


class Quantities(NamedTuple):
    """What the laws yield."""

    readiness: NDArray[np.float64]
    excluded: NDArray[np.bool_]
    commitment_kept: NDArray[np.float64]
    obligation: NDArray[np.float64]
    pledged_help: NDArray[np.float64]
    strength_allied: NDArray[np.float64]
    loss_allied: NDArray[np.float64]
    felt_loss_allied: NDArray[np.float64]
    spared: NDArray[np.float64]
    pressure: NDArray[np.float64]
    answer: NDArray[np.float64]
    security: NDArray[np.float64]
    fighting_allied: NDArray[np.float64]
    burden: NDArray[np.float64]
    bloc: NDArray[np.bool_]
    shares: NDArray[np.float64]
    myerson: NDArray[np.float64]
    owen: NDArray[np.float64]
    bargained_value: NDArray[np.float64]
    net_gain: NDArray[np.float64]
    leverage: NDArray[np.float64]
    line_depth: NDArray[np.float64]
    common_line: NDArray[np.float64]
    autonomy: NDArray[np.float64]
    provocation: NDArray[np.float64]
    exposure: NDArray[np.float64]
    common_depth: NDArray[np.float64]
    security_stake: NDArray[np.float64]
    rescue: NDArray[np.float64]
    escalation: NDArray[np.float64]
    brokerage: NDArray[np.float64]
    dispute: NDArray[np.float64]
    platform: NDArray[np.float64]
    upkeep: NDArray[np.float64]
    fee: NDArray[np.float64]
    joint_worth: float


# fmt: off
Found: TypeAlias = tuple[
    NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64],
    NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64],
    NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_],
    NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64],
    NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64],
    NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64],
    NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float
]
# fmt: on
"""The same without names."""

_readiness_law = compiled(_readiness.readiness)
_excluded_law = compiled(_exclusion.excluded)
_commitment_kept_law = compiled(_exclusion.commitment_kept)
_obligation_law = compiled(_obligation.obligation)
_pledged_help_law = compiled(_security.pledged_help)
_strength_allied_law = compiled(_security.strength_allied)
_loss_allied_law = compiled(_security.loss_allied)
_felt_loss_allied_law = compiled(_publicness.felt_loss_allied)
_spared_law = compiled(_security.spared)
_pressure_law = compiled(_reaction.pressure)
_answer_law = compiled(_reaction.answer)
_security_law = compiled(_security.security)
_fighting_allied_law = compiled(_burden.fighting_allied)
_burden_law = compiled(_burden.burden)
_bloc_law = compiled(_bloc.bloc)
_myerson_law = compiled(_value.myerson)
_owen_law = compiled(_value.owen)
_bargained_value_law = compiled(_bloc.bargained_value)
_net_gain_law = compiled(_value.net_gain)
_leverage_law = compiled(_leverage.leverage)
_line_depth_law = compiled(_autonomy.line_depth)
_common_line_law = compiled(_autonomy.common_line)
_autonomy_law = compiled(_autonomy.autonomy)
_provocation_law = compiled(_exposure.provocation)
_exposure_law = compiled(_exposure.exposure)
_common_depth_law = compiled(_dispute.common_depth)
_security_stake_law = compiled(_escalation.security_stake)
_rescue_law = compiled(_rescue.rescue)
_escalation_law = compiled(_escalation.escalation)
_brokerage_law = compiled(_brokerage.brokerage)
_dispute_law = compiled(_dispute.dispute)
_platform_law = compiled(_platform.platform)
_upkeep_law = compiled(_fee.upkeep)
_fee_law = compiled(_fee.fee)
_joint_worth_law = compiled(_value.joint_worth)


@compiled
def some_of(roll: Roster, rows: NDArray[np.int64]) -> Roster:
    """Return some rows of a roll, in their order, up to one below 0."""
    count = 0
    while count < rows.size and rows[count] >= 0:
        count += 1
    some = Roster(
        np.empty((count, roll.member.shape[1]), dtype=np.bool_),
        np.empty(count, dtype=np.float64),
        np.empty(count, dtype=np.bool_),
        np.empty(count, dtype=np.bool_),
        np.empty(count, dtype=np.bool_),
        np.empty(count, dtype=np.bool_),
        np.empty(count, dtype=np.bool_),
        np.empty(count, dtype=np.bool_),
    )
    for k in range(count):
        m = rows[k]
        for i in range(roll.member.shape[1]):
            some.member[k, i] = roll.member[m, i]
        some.depth[k] = roll.depth[m]
        some.treaty[k] = roll.treaty[m]
        some.multilateral[k] = roll.multilateral[m]
        some.forum[k] = roll.forum[m]
        some.de_facto[k] = roll.de_facto[m]
        some.consensus[k] = roll.consensus[m]
        some.new[k] = roll.new[m]
    return some


@compiled
def plan(
    given: Given,
    roll: Roster,
    listed: NDArray[np.int64],
    rows: NDArray[np.int64],
    played: Played,
    wanted: bool,
) -> tuple[NDArray[np.float64], NDArray[np.float64], Found | None]:
    """Return what each of B architectures is worth, by terms, and all quantities of the last one, without names.

    There is one such function, whoever asks: it takes seconds to compile, and a tenth of one to load.

    `listed` are all institutions of them, as rows of the roll, and architecture b has those of them that
    :func:`some_of` takes by row b; there is at least one. The shapes are (B, N) and (B, C, N); the quantities come where
    they are wanted. `played` has games of the same world and parameters.
    """
    worth = np.empty((rows.shape[0], roll.member.shape[1]))
    every = np.empty((rows.shape[0], 8, roll.member.shape[1]))
    each = some_of(roll, listed)
    each_readiness = _readiness_law(
        each.member, each.consensus, given.ideal_point, given.sovereignty, given.divergence, given.coordination_loss
    )
    each_line_depth = _line_depth_law(each.depth, each.de_facto, given.political_convexity)
    each_common_line = _common_line_law(each.member, each.consensus, given.ideal_point, given.capability_raw)
    each_provocation = _provocation_law(
        each.member,
        each.depth,
        each.treaty,
        each.forum,
        each.new,
        given.recognised,
        given.threat,
        given.political_convexity,
        given.unrecognised_penalty,
    )
    each_upkeep = _upkeep_law(
        each.member,
        each.depth,
        each.treaty,
        each.multilateral,
        each.de_facto,
        given.divergence_left,
        given.hub,
        given.acquainted_fee,
    )
    asked = None
    for b in range(rows.shape[0]):
        roster = some_of(each, rows[b])
        here = rows[b, : roster.new.size]
        readiness = each_readiness[here]
        excluded = _excluded_law(roster.member, roster.multilateral, given.hub)
        commitment_kept = _commitment_kept_law(excluded, given.exclusion_signal)
        obligation = _obligation_law(
            roster.member, roster.depth, readiness, roster.treaty, roster.de_facto, commitment_kept, given.hub
        )
        pledged_help = _pledged_help_law(
            given.aid_without_treaty, given.help_at_hand, obligation, given.treaty_reliability
        )
        strength_allied = _strength_allied_law(given.strength_alone, pledged_help)
        loss_allied = _loss_allied_law(given.stake, given.hostile_force, strength_allied, given.deterrence_elasticity)
        felt_loss_allied = _felt_loss_allied_law(loss_allied, given.spillover)
        spared = _spared_law(given.felt_loss_alone, felt_loss_allied)
        pressure = _pressure_law(given.threat, given.hostile_force, given.strength_standing, strength_allied)
        answer = _answer_law(
            given.stake,
            given.hostile_force,
            strength_allied,
            given.spillover,
            felt_loss_allied,
            pressure,
            given.deterrence_elasticity,
            given.answer_effort,
            given.answer_alarm,
        )
        security = _security_law(spared, answer)
        fighting_allied = _fighting_allied_law(
            given.gdp,
            given.unpledged_help,
            pledged_help,
            strength_allied,
            loss_allied,
            given.recklessness,
            given.fighting_cost,
        )
        burden = _burden_law(given.fighting_alone, fighting_allied)
        bloc = _bloc_law(roster.member, roster.multilateral, roster.consensus, given.hub)
        shares = exact_shares_from(pledged_help, bloc, given.fading_losses, played)
        myerson = _myerson_law(shares)
        owen = _owen_law(shares)
        bargained_value = _bargained_value_law(myerson, owen, given.bloc_solidarity)
        net_gain = _net_gain_law(spared, burden)
        leverage = _leverage_law(bargained_value, given.gdp, net_gain, given.issue_linkage)
        line_depth = each_line_depth[here]
        common_line = each_common_line[here]
        autonomy = _autonomy_law(roster.member, line_depth, common_line, given.ideal_point, given.autonomy_cost)
        provocation = each_provocation[here]
        exposure = _exposure_law(roster.member, provocation, given.trade, given.coercion_pain)
        common_depth = _common_depth_law(roster.member, roster.depth, roster.de_facto, given.political_convexity)
        security_stake = _security_stake_law(
            given.stake,
            given.hostile_force,
            strength_allied,
            given.unpledged_help,
            pledged_help,
            given.quarrelling,
            given.deterrence_elasticity,
        )
        rescue = _rescue_law(obligation, given.sovereignty, given.hub, given.treaty_reliability, given.rescue_belief)
        escalation = _escalation_law(
            given.grievance,
            given.quarrelling,
            security_stake,
            rescue,
            given.escalation_threshold,
            given.security_weight,
            given.backing_down_cost,
        )
        brokerage = _brokerage_law(
            roster.member,
            roster.treaty,
            roster.multilateral,
            roster.consensus,
            readiness,
            given.hub,
            given.council_brokerage,
            given.hub_brokerage,
        )
        dispute = _dispute_law(
            given.grievance, common_depth, escalation, brokerage, given.commitment_cost, given.escalation_cost
        )
        platform = _platform_law(roster.member, roster.consensus, given.shared_threat, given.platform_value)
        upkeep = each_upkeep[here]
        fee = _fee_law(roster.member, upkeep, given.treaty_fee)
        joint_worth = _joint_worth_law(given.gdp, net_gain)
        terms = every[b]
        terms[0] = security
        terms[1] = burden
        terms[2] = leverage
        terms[3] = autonomy
        terms[4] = exposure
        terms[5] = dispute
        terms[6] = platform
        terms[7] = fee
        worth[b] = terms.sum(axis=0)
        if wanted and b == rows.shape[0] - 1:
            # fmt: off
            found = (
                readiness, excluded, commitment_kept, obligation, pledged_help, strength_allied, loss_allied,
                felt_loss_allied, spared, pressure, answer, security, fighting_allied, burden, bloc, shares,
                myerson, owen, bargained_value, net_gain, leverage, line_depth, common_line, autonomy, provocation,
                exposure, common_depth, security_stake, rescue, escalation, brokerage, dispute, platform, upkeep,
                fee, joint_worth
            )
            # fmt: on
            asked = found
    return worth, every, asked
