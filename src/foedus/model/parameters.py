"""The global parameters of the theory: one set for all cases, each with a range and a source.

Documentation, command help, tables and ensembles are made from this one table.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from foedus.model.calibration import Calibration
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.numbers import Parameter

_GDP = "% of GDP a year"

# a table of data, set by hand
# fmt: off
PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter("loss_at_stake", "L0", _GDP, "loss if an adversary with full intent surely prevails", 5.0, 1.0, 15.0,
              "judged: defence effort of frontline states; weakly identified", logarithmic=True),
    Parameter("deterrence_elasticity", "η", "-", "how strongly attack falls with its chance of success", 1.0, 0.5, 1.5,
              "judged: to be measured on militarized disputes", ceiling=5.0),
    Parameter("treaty_reliability", "c1", "probability", "aid given under a treaty in full", 0.7, 0.4, 0.8,
              "Leeds, Long & Mitchell 2000: 75 %; Berkemeier & Fuhrmann 2018: 50 %, 22 % after 1945", ceiling=1.0),
    Parameter("unpledged_aid", "b0", "probability", "aid given without a treaty at full shared threat", 0.15, 0.05, 0.3,
              "judged: below the honouring rate of treaties in Berkemeier & Fuhrmann 2018", ceiling=1.0),
    Parameter("publicness", "ι", "share", "part of a neighbour's loss felt as one's own", 0.3, 0.1, 0.75,
              "Olson & Zeckhauser 1966; Sandler 1993: burden-sharing regressions", ceiling=1.0),
    Parameter("fighting_cost", "φ", "share of stake", "cost of fighting for another, per stake fought over", 0.5, 0.2, 1.2,
              "judged: war costs", logarithmic=True),
    Parameter("issue_linkage", "tr", "share", "part of the gains that bargaining can transfer", 0.5, 0.0, 1.0,
              "judged: host-nation support and special measures agreements", ceiling=1.0),
    Parameter("bloc_solidarity", "ς", "share", "how far members of a council bargain as one", 1.0, 0.0, 1.0,
              "judged: Horn & Wolinsky 1988 for the form", ceiling=1.0),
    Parameter("autonomy_cost", "kA", _GDP, "cost of following a common line four ideal points away", 0.5, 0.2, 1.2,
              "logit on ATOP 5.1 dyads: kA/s = 3.7 to 6.7", logarithmic=True),
    Parameter("coordination_loss", "ν", "-", "loss of readiness of a consensus body per unit of heterogeneity", 1.0, 0.4, 2.5,
              "judged: Tsebelis 2002 for the direction", logarithmic=True),
    Parameter("calm_weight", "q0", "threat hazard", "weight of having no adversary among a state's priorities", 0.25, 0.1, 0.5,
              "judged: small threats are not blown up to whole priorities; a threat of a quarter is as large as calm",
              floor=1e-6, logarithmic=True),
    Parameter("coercion_pain", "ψ", "% of GDP per unit of trade share", "pain of economic coercion for a full new alliance",
              5.0, 2.0, 12.0, "THAAD 2017: 0.5 % of Korean GDP at a trade share of .15", logarithmic=True),
    Parameter("commitment_cost", "kN", _GDP, "cost of being bound to a state one has a grievance against", 0.5, 0.2, 1.2,
              "judged: order of the autonomy cost", logarithmic=True),
    Parameter("escalation_cost", "kD", _GDP, "cost of a quarrel that both sides escalate", 0.5, 0.2, 1.2,
              "judged: order of the autonomy cost", logarithmic=True),
    Parameter("platform_value", "kF", _GDP, "value of a common platform with states that share the threat", 0.1, 0.033, 0.3,
              "judged: small beside security; ×/÷ 3", logarithmic=True),
    Parameter("treaty_fee", "F", _GDP, "cost of keeping one full treaty", 0.003, 0.001, 0.009,
              "judged: staffs and exercises; not identified in synthetic recovery; ×/÷ 3", logarithmic=True),
    Parameter("acquainted_fee", "fFO", "share", "part of the fee of a treaty between two spokes that is left once both sat in a forum",
              0.5, 0.25, 0.9, "judged: their staffs know each other, exercises are still held", ceiling=1.0, logarithmic=True),
    Parameter("forum_depth", "oFO", "share", "depth of a forum, a full treaty being 1", 0.15, 0.08, 0.3,
              "Benson & Clinton 2016 depth and scope; judged", ceiling=1.0, logarithmic=True),
    Parameter("de_facto_depth", "oDF", "share", "depth of a commitment without a treaty", 0.5, 0.3, 0.8,
              "judged: Benson 2012 on ambiguous commitments", ceiling=1.0),
    Parameter("political_convexity", "γ", "-", "how political costs grow with depth", 2.0, 1.0, 3.0,
              "judged: deeper pledges cost more than in proportion"),
    Parameter("exclusion_signal", "ξ", "share", "part of a de facto commitment lost when a body leaves the protégé out", 0.5, 0.0, 0.9,
              "judged: Bayes reduced form q(1-μ)/(1-μq)", ceiling=1.0),
    Parameter("unrecognised_penalty", "ζ", "-", "extra reprisal when a member is not recognised", 1.0, 0.0, 3.0,
              "judged: who claims a member as its own takes a pact with it twice as ill; no case measures how much more"),
    Parameter("council_brokerage", "bC", "probability", "chance that a council defuses a quarrel of members", 0.3, 0.0, 0.6,
              "Long, Nordstrom & Baek 2007: clauses +, permanent organisations -; the sign is disputed, so 0 is inside", ceiling=1.0),
    Parameter("hub_brokerage", "bH", "probability", "chance that the hub defuses a quarrel of its allies", 0.15, 0.0, 0.6,
              "judged: the suspended notice on GSOMIA, 22 November 2019; Kydd 2003", ceiling=1.0),
    Parameter("rescue_belief", "ρ0", "share", "how far leaders who do not command their forces count on the hub", 1.0, 0.5, 1.0,
              "judged: 1 is the claim tried; Benson 2012 on moral hazard", ceiling=1.0),
    Parameter("escalation_threshold", "kE", "logit", "reluctance to escalate without any grievance", 1.5, 1.0, 2.2,
              "judged: Japan-Korea crises about 1.3 in 20 years"),
    Parameter("security_weight", "kS", "logit per % of GDP", "weight of lost security in the decision to escalate", 10.0, 3.0, 30.0,
              "judged: 1/s, the weight of a per cent of GDP in other decisions", logarithmic=True),
    Parameter("backing_down_cost", "χ", "logit", "cost of backing down when the other escalates", 2.0, 1.0, 3.0,
              "judged: Fearon 1994 for the form; below 4 the equilibrium is unique"),
    Parameter("decision_noise", "s", _GDP, "scale of the error in choices, per unit of depth", 0.1, 0.04, 0.25,
              "logit on ATOP 5.1: 1/s = .3 to 3 per % of GDP, attenuated", floor=1e-6, logarithmic=True),
    Parameter("exit_inertia", "ε", _GDP, "how much worse than leaving a treaty may be before it is left, per depth", 0.1, 0.04, 0.25,
              "judged: order of the decision noise", logarithmic=True, law="holding=inertia"),
    Parameter("hopeless_acceptance", "a0", "probability", "chance of consent below which a draft first climbs towards consent",
              0.05, 0.01, 0.1, "judged: nobody tables what nineteen in twenty would see refused", ceiling=1.0, logarithmic=True),
    Parameter("hub_agenda_power", "μ", "probability", "chance that the hub makes the proposal", 0.7, 0.4, 1.0,
              "judged: the hub drafts most pacts, as SEATO; others press for some, as London for NATO and Canberra for ANZUS", ceiling=1.0),
    Parameter("wedge_cost_ratio", "κW", "-", "cost to the coercer per unit of loss inflicted", 0.13, 0.05, 1.0,
              "THAAD 2017: Korea lost 8.5, China 1.1 trillion won", logarithmic=True),
    Parameter("coercion_budget", "W", "bn international $ of 2011 a year",
              "what an adversary spends a year to press those who are asked to sign, beside the reprisals they expect; 0 for none",
              1.0, 0.0, 5.0, "THAAD 2017: the dispute cost China 1.1 trillion won, about 1 bn $ a year"),
    Parameter("reach_scale", "λ0", "1,000 km", "distance after which half the force of a state without capability is left",
              1.0, 0.6, 1.6, "judged: who has little defends its surroundings", floor=1e-3, logarithmic=True),
    Parameter("reach_advantage", "λ1", "-", "how much further the strongest state reaches, in reaches of a state without capability",
              7.0, 4.0, 12.0, "judged: 8,000 km for the strongest, across an ocean", logarithmic=True),
    Parameter("answer_effort", "rQ", "share", "part of the growth of the force it would meet by which an adversary's own force grows",
              0.03, 0.0, 0.5,
              "rivals 1816-2010, arms over five years: .03 (.02); widened, since growth is coarsely known and Collier & Hoeffler 2007 find more",
              ceiling=5.0, law="reaction=answers"),
    Parameter("answer_alarm", "rT", "share", "part of the same growth by which an adversary's hostile intent grows; below 0 it gives way",
              0.0, -0.25, 0.7,
              "disputes of rivals: .69 (.41) to 1944, -.25 (.19) from 1945, -.07 (.12) together; no sign is established",
              floor=-1.0, ceiling=5.0, law="reaction=answers"),
    Parameter("hostile_distance", "du", "ideal points", "distance of ideal points at which positions are as hostile as they get",
              4.0, 3.0, 5.0, "judged: the states of the case of 1949 stand 3.9 to 5.1 from Moscow", floor=0.1),
    Parameter("rivalry_weight", "wR", "share", "weight of rivalry beside distance of positions in a threat", 0.5, 0.25, 0.75,
              "judged: neither alone; Thompson, Sakuwa & Suhas 2021 for rivalry, Bailey, Strezhnev & Voeten 2017 for positions",
              ceiling=1.0),
    Parameter("turnover_rate", "τ", "probability a year", "chance that a new leader sees threats anew", 0.25, 0.15, 0.35,
              "judged: Archigos 4.1 tenures of about four years", ceiling=1.0),
    Parameter("perception_spread", "σp", "log points", "spread of threat perception between leaders", 0.35, 0.15, 0.5,
              "judged: one leader in three sees a threat two fifths larger or smaller; Seoul, 1998-2008 against 2008-17"),
    Parameter("grievance_persistence", "ρd", "share a year", "part of a grievance that survives a year", 0.7, 0.5, 0.85,
              "judged: Japan-Korea crises of 2005, 2012, 2018-19", ceiling=1.0),
    Parameter("grievance_shock_rate", "πd", "probability a year", "chance of a shock to a quarrel", 0.1, 0.05, 0.2,
              "judged: Japan-Korea crises of 2005, 2012, 2018-19", ceiling=1.0),
    Parameter("smallest_shock", "d0", "grievance", "smallest size of a shock to a grievance", 0.5, 0.25, 0.75,
              "judged: a ruling or a clash, on the scale of grievances", ceiling=1.0),
    Parameter("largest_shock", "d1", "grievance", "largest size of a shock to a grievance", 1.0, 0.75, 1.0,
              "judged: a ruling or a clash, on the scale of grievances", ceiling=1.0),
    Parameter("light_depth", "oL", "share", "depth of a light treaty between two spokes, a full treaty being 1", 0.3, 0.15, 0.5,
              "judged: access and logistics pacts, India-Australia and India-Japan 2020", ceiling=1.0),
    Parameter("forum_learning", "gF", "share a year", "part of the divergence of priorities that a year in a forum removes", 0.1, 0.0, 0.3,
              "judged: not in the reference run; 0 switches it off", ceiling=1.0),
    Parameter("habit_noise", "sh", _GDP, "noise of the habit of staying, and of staying outside", 1.75, 1.1, 4.0,
              "ATOP 1817-2017, 206 ends: log-odds -.57 (.21) per % of GDP gained by staying", floor=1e-3, logarithmic=True,
              law="holding=habit, door=open, door=each-alone"),
    Parameter("treaty_end_habit", "H2", "probability a year", "that a treaty of two ends in quiet times", 0.02, 0.01, 0.045,
              "US pacts of two 1945-2017: 8 ends in 474 years; pooled with other hubs .019", ceiling=0.99, logarithmic=True,
              law="holding=habit"),
    Parameter("body_exit_habit", "hB", "probability a year", "that a member leaves a body in quiet times", 0.0029, 0.0005, 0.006,
              "single exits 1945-2018: 29 in 10,121 member-years", ceiling=0.99, logarithmic=True, law="holding=habit"),
    Parameter("forum_end_habit", "HF", "probability a year", "that a forum lapses in quiet times", 0.05, 0.02, 0.1,
              "judged: about 4 of 17 forums lapsed in some 100 forum-years", ceiling=0.99, logarithmic=True, law="holding=habit"),
    Parameter("common_mood", "ρ", "share of variance", "part of the errors of members that all who are asked share", 0.45, 0.2, 0.75,
              "15 enlargement rounds of one body, coded by hand: overdispersed, log likelihood +2.9 over independence", ceiling=0.95,
              law="consent=common-mood, door=open"),
    Parameter("founding_mood", "ρF", "share of variance", "part of the errors of founders of a new body that all share", 0.0, 0.0, 0.45,
              "signatories of new treaties 1817-2016 show none (.0 to .2); the high end is that of members who answer a newcomer",
              ceiling=0.95, law="consent=founding-mood"),
    Parameter("term_effect", "κE", "log-odds", "push to leave in the year in which the term of a treaty runs out", 1.6, 1.0, 2.2,
              "ATOP 1817-2017: 1.60 (.32); .67 (.51) to 1944, 2.1 (.34) from 1945", law="term=expires"),
    Parameter("table_memory", "νT", "years", "how long what was passed over stays on the hub's table", 0.34, 0.1, 1.0,
              "8 signings of two in 155 pair-years in which both gained, ATOP from 1945; borrowed for bodies: weak",
              floor=1e-6, logarithmic=True, law="agenda=table"),
    Parameter("application_habit", "qA", "probability a year", "that a state outside applies to a body in quiet times",
              0.034, 0.015, 0.06, "14 accessions in 522 state-years of one body; .029 to 2020, .023 to 1990", ceiling=0.99,
              logarithmic=True, law="door=open, door=each-alone"),
    Parameter("enlargement_habit", "ac", "log-odds", "readiness of members to go along with an enlargement that changes nothing",
              3.1, 2.5, 3.6, "15 rounds of one body, 11 refusals in 334 answers, coded by hand; vetoes before the vote are unseen",
              law="door=open, door=each-alone"),
)
# fmt: on

BY_NAME: Final[Mapping[str, Parameter]] = MappingProxyType({p.name: p for p in PARAMETERS})

# Symbols as a keyboard has them; the reference run and papers use these spellings.
# fmt: off
_SPELLINGS: Final[Mapping[str, str]] = MappingProxyType({p.symbol: p.name for p in PARAMETERS} | {
    "eta": "deterrence_elasticity", "iota": "publicness", "phi": "fighting_cost", "solid": "bloc_solidarity",
    "nu": "coordination_loss", "psi": "coercion_pain", "gam": "political_convexity", "gamma": "political_convexity",
    "xi": "exclusion_signal", "zeta": "unrecognised_penalty", "chi": "backing_down_cost", "eps": "exit_inertia",
    "mu": "hub_agenda_power", "kW": "wedge_cost_ratio", "lam0": "reach_scale",
})
# fmt: on


def parameter(name: str) -> Parameter:
    """Return the declaration of a parameter by its name or symbol.

    Raises
    ------
    FoedusError
        No such parameter; the nearest names are given.
    """
    known = BY_NAME.get(_SPELLINGS.get(name, name))
    if known is None:
        raise fail(f"parameter '{name}'", "there is no such parameter", nearest(name, BY_NAME))
    return known


class Parameters(Mapping[str, float]):
    """A checked, immutable set of parameter values.

    Parameters
    ----------
    changes : mapping of str to float, optional
        Values by name or symbol; everything else keeps its default.
    calibration : Calibration, optional
        Its medians take the place of the defaults, and ensembles draw from it.
    laws : mapping of str to str, optional
        Variants of procedures, by procedure; the default of those not named.

    Raises
    ------
    FoedusError
        Unknown names, values that are not finite or outside the bounds of the theory; all at once.

    Examples
    --------
    >>> import foedus
    >>> changed = foedus.Parameters({"treaty_reliability": 0.5})
    >>> foedus.Parameters()["treaty_reliability"], changed["treaty_reliability"]
    (0.7, 0.5)
    >>> foedus.Parameters({"treaty_reliability": 2})
    Traceback (most recent call last):
    foedus.vocabulary.errors.FoedusError: parameter 'treaty_reliability': 2 is outside 0 to 1 probability. The judged range is 0.4 to 0.8.
    """

    __slots__ = ("_values", "calibration", "laws")

    def __init__(
        self,
        changes: Mapping[str, float] | None = None,
        calibration: Calibration | None = None,
        laws: Mapping[str, str] | None = None,
    ) -> None:
        values = {p.name: p.default for p in PARAMETERS}
        values |= calibration.medians if calibration else {}
        problems: list[Problem] = []
        for key, value in (changes or {}).items():
            try:
                known = parameter(key)
            except FoedusError as error:
                problems.extend(error.problems)
                continue
            if not math.isfinite(value) or not known.floor <= value <= known.ceiling:
                what = f"{value!r} is outside {known.floor:g} to {known.ceiling:g} {known.unit}"
                how = f"The judged range is {known.low:g} to {known.high:g}"
                problems.append(Problem(f"parameter '{key}'", what, how))
            values[known.name] = float(value)
        if problems:
            raise FoedusError(problems)
        self._values: Mapping[str, float] = MappingProxyType(values)
        self.calibration = calibration
        self.laws: Mapping[str, str] = MappingProxyType(dict(laws or {}))

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        changed = {n: v for n, v in self.items() if v != BY_NAME[n].default}
        return f"Parameters({changed})"

    def __hash__(self) -> int:
        return hash(tuple(self._values.items()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Parameters) or dict(self) != dict(other):
            return False
        return self.calibration == other.calibration and dict(self.laws) == dict(other.laws)

    def __reduce__(self) -> tuple[type[Parameters], tuple[dict[str, float], Calibration | None, dict[str, str]]]:
        return (Parameters, (dict(self), self.calibration, dict(self.laws)))

    @property
    def calibrated_by(self) -> dict[str, str] | None:
        """Name and SHA-256 of the calibration the values come from; None for judged ranges."""
        used = self.calibration
        return {"name": used.name, "sha256": used.sha256} if used else None

    def replace(self, changes: Mapping[str, float]) -> Parameters:
        """Return a copy with some values changed, by name or symbol."""
        named = {_SPELLINGS.get(k, k): v for k, v in changes.items()}
        return Parameters({**self, **named}, self.calibration, self.laws)

    def under(self, laws: Mapping[str, str]) -> Parameters:
        """Return a copy in which some procedures are replaced by name."""
        return Parameters(dict(self), self.calibration, {**self.laws, **laws})

    def digest(self) -> str:
        """Return the SHA-256 of the values and of the calibration, the same on every machine."""
        text = json.dumps([dict(self), dict(self.laws)], sort_keys=True) + (
            self.calibration.sha256 if self.calibration else ""
        )
        return hashlib.sha256(text.encode()).hexdigest()
