"""The plan: what an architecture is worth to everybody, law by law, in the order in which laws need each other.

Made by tools/build_plan.py from the names of the laws' arguments; a test holds it to them. Written out, it can be
compiled as a whole; uncompiled it does the same.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled, inlined
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
from foedus.mechanisms.utility import readiness as _readiness
from foedus.mechanisms.utility import rescue as _rescue
from foedus.mechanisms.utility import security as _security
from foedus.mechanisms.utility import value as _value


class Given(NamedTuple):
    """What the laws need from world and parameters."""

    ideal_point: Any
    sovereignty: Any
    divergence: Any
    coordination_loss: Any
    hub: Any
    exclusion_signal: Any
    aid_without_treaty: Any
    help_at_hand: Any
    treaty_reliability: Any
    strength_alone: Any
    stake: Any
    hostile_force: Any
    deterrence_elasticity: Any
    spillover: Any
    felt_loss_alone: Any
    gdp: Any
    unpledged_help: Any
    recklessness: Any
    fighting_cost: Any
    fighting_alone: Any
    fading_losses: Any
    played: Any
    bloc_solidarity: Any
    issue_linkage: Any
    capability_raw: Any
    autonomy_cost: Any
    political_convexity: Any
    recognised: Any
    threat: Any
    unrecognised_penalty: Any
    trade: Any
    coercion_pain: Any
    quarrelling: Any
    rescue_belief: Any
    grievance: Any
    escalation_threshold: Any
    security_weight: Any
    backing_down_cost: Any
    council_brokerage: Any
    hub_brokerage: Any
    commitment_cost: Any
    escalation_cost: Any
    shared_threat: Any
    platform_value: Any
    divergence_left: Any
    treaty_fee: Any
    acquainted_fee: Any


class Roster(NamedTuple):
    """An architecture as arrays, one row per institution."""

    member: Any
    depth: Any
    treaty: Any
    multilateral: Any
    forum: Any
    de_facto: Any
    consensus: Any
    new: Any


class Quantities(NamedTuple):
    """What the laws yield."""

    readiness: Any
    excluded: Any
    commitment_kept: Any
    obligation: Any
    pledged_help: Any
    strength_allied: Any
    loss_allied: Any
    felt_loss_allied: Any
    security: Any
    fighting_allied: Any
    burden: Any
    net_gain: Any
    bloc: Any
    shares: Any
    myerson: Any
    owen: Any
    bargained_value: Any
    leverage: Any
    common_line: Any
    autonomy: Any
    provocation: Any
    exposure: Any
    common_depth: Any
    security_stake: Any
    rescue: Any
    escalation: Any
    brokerage: Any
    dispute: Any
    platform: Any
    fee: Any


_readiness_law = compiled(_readiness.readiness)
_excluded_law = compiled(_exclusion.excluded)
_commitment_kept_law = compiled(_exclusion.commitment_kept)
_obligation_law = compiled(_obligation.obligation)
_pledged_help_law = compiled(_security.pledged_help)
_strength_allied_law = compiled(_security.strength_allied)
_loss_allied_law = compiled(_security.loss_allied)
_felt_loss_allied_law = compiled(_publicness.felt_loss_allied)
_security_law = compiled(_security.security)
_fighting_allied_law = compiled(_burden.fighting_allied)
_burden_law = compiled(_burden.burden)
_net_gain_law = compiled(_value.net_gain)
_bloc_law = compiled(_bloc.bloc)
_shares_law = compiled(_value.shares)
_myerson_law = compiled(_value.myerson)
_owen_law = compiled(_value.owen)
_bargained_value_law = compiled(_bloc.bargained_value)
_leverage_law = compiled(_leverage.leverage)
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
_fee_law = compiled(_fee.fee)


@inlined
def plan(given: Given, roster: Roster) -> tuple[NDArray[np.float64], NDArray[np.float64], Quantities]:
    """Return utilities, shape (N,), their terms, shape (C, N), and every quantity on the way."""
    readiness = _readiness_law(
        roster.member, roster.consensus, given.ideal_point, given.sovereignty, given.divergence, given.coordination_loss
    )
    excluded = _excluded_law(roster.member, roster.multilateral, given.hub)
    commitment_kept = _commitment_kept_law(excluded, given.exclusion_signal)
    obligation = _obligation_law(
        roster.member, roster.depth, readiness, roster.treaty, roster.de_facto, commitment_kept, given.hub
    )
    pledged_help = _pledged_help_law(given.aid_without_treaty, given.help_at_hand, obligation, given.treaty_reliability)
    strength_allied = _strength_allied_law(given.strength_alone, pledged_help)
    loss_allied = _loss_allied_law(given.stake, given.hostile_force, strength_allied, given.deterrence_elasticity)
    felt_loss_allied = _felt_loss_allied_law(loss_allied, given.spillover)
    security = _security_law(given.felt_loss_alone, felt_loss_allied)
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
    net_gain = _net_gain_law(security, burden)
    bloc = _bloc_law(roster.member, roster.multilateral, roster.consensus, given.hub)
    shares = _shares_law(pledged_help, given.fading_losses, given.gdp, net_gain, bloc, given.played)
    myerson = _myerson_law(shares)
    owen = _owen_law(shares)
    bargained_value = _bargained_value_law(myerson, owen, given.bloc_solidarity)
    leverage = _leverage_law(bargained_value, given.gdp, net_gain, given.issue_linkage)
    common_line = _common_line_law(roster.member, roster.consensus, given.ideal_point, given.capability_raw)
    autonomy = _autonomy_law(
        roster.member,
        roster.depth,
        roster.de_facto,
        common_line,
        given.ideal_point,
        given.autonomy_cost,
        given.political_convexity,
    )
    provocation = _provocation_law(
        roster.member,
        roster.depth,
        roster.treaty,
        roster.forum,
        roster.new,
        given.recognised,
        given.threat,
        given.political_convexity,
        given.unrecognised_penalty,
    )
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
    fee = _fee_law(
        roster.member,
        roster.depth,
        roster.treaty,
        roster.multilateral,
        roster.de_facto,
        given.divergence_left,
        given.hub,
        given.treaty_fee,
        given.acquainted_fee,
    )
    terms = np.empty((8, security.size))
    terms[0] = security
    terms[1] = burden
    terms[2] = leverage
    terms[3] = autonomy
    terms[4] = exposure
    terms[5] = dispute
    terms[6] = platform
    terms[7] = fee
    found = Quantities(
        readiness,
        excluded,
        commitment_kept,
        obligation,
        pledged_help,
        strength_allied,
        loss_allied,
        felt_loss_allied,
        security,
        fighting_allied,
        burden,
        net_gain,
        bloc,
        shares,
        myerson,
        owen,
        bargained_value,
        leverage,
        common_line,
        autonomy,
        provocation,
        exposure,
        common_depth,
        security_stake,
        rescue,
        escalation,
        brokerage,
        dispute,
        platform,
        fee,
    )
    return terms.sum(axis=0), terms, found
