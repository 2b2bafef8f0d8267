"""foedus itself, and foedus with one cause alone, in the form in which rivals are compared.

A cause alone keeps what makes allies want each other, and of everything that can stand in the way of a body one
mechanism only. Each stands for a theory that gives one cause for the absence of a NATO in Asia.

References
----------
Cha, V. D. (1999). Alignment despite antagonism. Stanford University Press.
Cha, V. D. (2010). Powerplay: origins of the U.S. alliance system in Asia. International Security 34(3): 158-196.
Duffield, J. S. (2001). Why is there no APTO? Contemporary Security Policy 22(2): 69-95.
He, K. and Feng, H. (2012). 'Why is there no NATO in Asia?' revisited. European Journal of International Relations 18(2):
227-250.
Hemmer, C. and Katzenstein, P. J. (2002). Why is there no NATO in Asia? International Organization 56(3): 575-607.
Simón, L., Lanoszka, A. and Meijer, H. (2021). Nodal defence. Journal of Strategic Studies 44(3): 360-388.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case
from foedus.draws.ensemble import Progress, run_ensemble
from foedus.draws.sampling import design, uncertainties
from foedus.methods.ablation import BLOCKING
from foedus.model.architecture import Kind
from foedus.model.parameters import Parameters
from foedus.questions.task import Task
from foedus.rivals.prediction import ALLIED, BODY, Prediction
from foedus.vocabulary.prose import listing
from foedus.vocabulary.tables import percent

CAUSES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "threat": ("", "a shared threat and nothing in the way (He & Feng 2012)"),
        "identity": ("autonomy", "how far states stand apart (Hemmer & Katzenstein 2002)"),
        "entrapment": ("burden", "fighting for others (Cha 2010)"),
        "quarrel": ("dispute", "quarrels between allies (Cha 1999)"),
        "geography": ("reach", "distance and sea (Duffield 2001)"),
        "divergence": ("readiness", "threats that differ from ally to ally (Simón, Lanoszka & Meijer 2021)"),
        "coercion": ("exposure", "trade with the adversary (the argument tried here)"),
        "leverage": ("bloc", "allies who would face the hub as one (Cha 2010)"),
    }
)
"""The one mechanism that each single cause keeps, and whose cause it is."""


@dataclass(frozen=True)
class TiesTask:
    """Plays a round under one draw and says how likely every state is bound to the hub, and is in a body with it."""

    task: Task

    def __call__(self, row: NDArray[np.float64] | None = None) -> dict[str, float]:
        """Return probabilities by question and state."""
        study = self.task.study(row)
        hub = study.world.hub
        found = {f"{q}|{s}": 0.0 for q in (ALLIED, BODY) for s in study.world.states if s != hub}
        for option in study.formation.options:
            treaties = [m for m in option.appraisal.architecture if m.is_treaty and m.has(hub)]
            bound = {s for m in treaties for s in m.members if s != hub}
            inside = {s for m in treaties if m.kind is Kind.MULTILATERAL for s in m.members if s != hub}
            for question, states in ((ALLIED, bound), (BODY, inside)):
                for s in states:
                    found[f"{question}|{s}"] += option.probability
        return found


def predict(
    theory: str, case: Case, parameters: Parameters, draws: int, seed: int, workers: int, progress: Progress | None
) -> Prediction:
    """Return what one year of foedus, whole or with a cause alone, says about a case.

    Parameters
    ----------
    theory : str
        ``foedus`` or one of ``CAUSES``.
    case : Case
    parameters : Parameters
    draws, seed, workers : int
        With 0 draws the values in use alone.
    progress : callable, optional
    """
    kept = CAUSES[theory][0] if theory in CAUSES else None
    without = () if kept is None else tuple(m for m in BLOCKING if m != kept)
    varied = uncertainties(case, parameters)
    task = TiesTask(Task(case, parameters, {}, varied, without))
    if draws:
        run = f"ties-{task.task.run_id(draws, seed)}"
        drawn = run_ensemble(task, design(varied, draws, seed), run, workers, progress)
        mean = {k: float(drawn.column(k).mean()) for k in drawn.keys}
    else:
        mean = task()
    others = [s for s in case.states if s != case.hub]
    chances = {q: {s: min(mean[f"{q}|{s}"], 1.0) for s in others} for q in (ALLIED, BODY)}
    likely = [s for s in others if chances[BODY][s] > 0.5]
    bound = [s for s in others if chances[ALLIED][s] > 0.5]
    most = max(chances[BODY].values(), default=0.0)
    nearest = f"nobody (nobody's chance is above {percent(most)})"
    says = f"within one year, likelier than not: bound {listing(bound) or 'nobody'}; in a body {listing(likely) or nearest}"
    return Prediction(theory, case.name, chances, says)
