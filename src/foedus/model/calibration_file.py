"""Calibration documents: read whole, with every problem at its line."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import numpy as np
from pydantic import Field

from foedus.casebook.yaml_file import Document, Form, check_form, read_document
from foedus.model.calibration import Calibration, Estimated
from foedus.model.parameters import BY_NAME
from foedus.vocabulary.errors import FoedusError, fail, nearest


class EstimatedForm(Form):
    """One estimated parameter."""

    name: str
    scale: Literal["logarithmic", "linear"]
    median: float
    spread: float = Field(gt=0, description="Standard deviation on the scale.")
    bounds: Annotated[list[float], Field(min_length=2, max_length=2)]
    band: Annotated[list[float], Field(min_length=2, max_length=2)]


class UnidentifiedForm(Form):
    """One parameter that keeps its judged range."""

    name: str
    reason: str = Field(min_length=10)


class CoefficientForm(Form):
    """One coefficient of the fit, with what tells how well it is known."""

    term: str
    coefficient: float
    clustered_error: Annotated[float, Field(ge=0)]
    plain_error: Annotated[float, Field(ge=0)]
    variance_inflation: float
    log_likelihood_lost_at_zero: float | None = None
    log_likelihood_lost_at_default: float | None = None
    role: str = ""


class FitForm(Form):
    """Another fit beside the first one: value and error by term."""

    sets: int
    log_likelihood: float
    all_zero: float
    coefficients: dict[str, Annotated[list[float], Field(min_length=2, max_length=2)]]


class CovarianceForm(Form):
    """Covariance of the coefficients."""

    terms: list[str]
    rows: list[list[float]]


class ProfileForm(Form):
    """Log likelihood along one parameter."""

    values: list[float]
    log_likelihood: list[float]


class RecoveredForm(Form):
    """How well one coefficient is found again in made-up choices."""

    truth: float
    mean: float
    spread: float
    coverage_of_95: Annotated[float, Field(ge=0, le=1)]


class RecoveryForm(Form):
    """How well the fit finds again what made-up choices were drawn from."""

    repeats: int
    terms: dict[str, RecoveredForm]


class DataForm(Form):
    """One table that the choices were taken from."""

    table: str = Field(min_length=1)
    version: str = Field(min_length=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class EvidenceForm(Form):
    """What stands behind the numbers; shown, and not read by the theory."""

    choices: dict[str, int] = Field(default_factory=dict)
    log_likelihood: dict[str, float] = Field(default_factory=dict)
    condition_number: float | None = None
    design_effect: float | None = None
    coefficients: list[CoefficientForm] = Field(default_factory=list)
    covariance: CovarianceForm | None = None
    other_fits: dict[str, FitForm] = Field(default_factory=dict)
    profiles: dict[str, ProfileForm] = Field(default_factory=dict)
    width_left: dict[str, float] = Field(default_factory=dict)
    recovery: RecoveryForm | None = None


class CalibrationForm(Form):
    """A calibration document. What is under ``evidence`` explains the numbers and is not read by the theory."""

    foedus: Literal[1]
    calibration: str = Field(min_length=1)
    note: str
    made_with: dict[str, Any]
    data: list[DataForm]
    parameters: list[EstimatedForm]
    correlation: list[list[float]]
    unidentified: list[UnidentifiedForm]
    evidence: EvidenceForm = EvidenceForm()


def calibration_names() -> tuple[str, ...]:
    """Return the names of the calibrations that come with the package."""
    folder = files("foedus.library") / "calibrations"
    return tuple(sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml")))


def calibration_path(name: str | Path) -> Path:
    """Return the document of a calibration, by name or as a file.

    Raises
    ------
    FoedusError
        There is neither a calibration nor a file of this name.
    """
    if str(name) in calibration_names():
        return Path(str(files("foedus.library") / "calibrations" / f"{name}.yaml"))
    path = Path(name)
    if not os.path.lexists(path):
        known = ", ".join(calibration_names()) or "none comes with the package"
        hint = nearest(str(name), calibration_names())
        raise fail(f"calibration '{name}'", "there is neither a calibration nor a file of this name", hint or known)
    return path


def calibration_document(name: str | Path) -> tuple[CalibrationForm, str]:
    """Return a calibration document as it stands, and its SHA-256.

    Parameters
    ----------
    name : str or Path
        Name of a calibration of the package, or a file.

    Raises
    ------
    FoedusError
        The document is missing or wrong; all problems with file and line.
    """
    path = calibration_path(name)
    document = read_document(path)
    form = None if document.problems else check_form(document, CalibrationForm, document.data)
    if isinstance(form, CalibrationForm):
        _check(document, form)
        if not document.problems:
            return form, document.sha256
    raise FoedusError(document.problems)


def read_calibration(name: str | Path) -> Calibration:
    """Return a calibration, for use as ``Parameters(calibration=…)``.

    Raises
    ------
    FoedusError
        As :func:`calibration_document`.

    Examples
    --------
    >>> import foedus
    >>> known = foedus.read_calibration("record-1817-2016")
    >>> [found.name for found in known.parameters]
    ['loss_at_stake', 'fighting_cost', 'issue_linkage', 'autonomy_cost', 'decision_noise']
    """
    form, sha256 = calibration_document(name)
    found = []
    for p in form.parameters:
        logarithmic = p.scale == "logarithmic"
        centre = math.log(p.median) if logarithmic else p.median
        found.append(Estimated(p.name, logarithmic, centre, p.spread, *p.bounds))
    correlation = tuple(tuple(row) for row in form.correlation)
    reasons = tuple((u.name, u.reason) for u in form.unidentified)
    return Calibration(form.calibration, sha256, tuple(found), correlation, reasons)


FAR: Final = 100
"""Judged ranges beyond a judged range at which no estimate ends: further bounds are a slip of the pen."""


def _check(document: Document, form: CalibrationForm) -> None:
    """Find what the form alone cannot: names, bounds, order, and a correlation that is none."""
    every = [("parameters", k, p.name) for k, p in enumerate(form.parameters)]
    every += [("unidentified", k, u.name) for k, u in enumerate(form.unidentified)]
    seen: set[str] = set()
    for part, k, name in every:
        if name not in BY_NAME:
            document.problem((part, k, "name"), f"there is no parameter '{name}'", nearest(name, BY_NAME))
        elif name in seen:
            document.problem((part, k, "name"), f"'{name}' stands twice", "Keep one of the two")
        seen.add(name)
    for k, p in enumerate(form.parameters):
        known = BY_NAME.get(p.name)
        low, high = p.bounds
        if known and not known.floor <= low < high <= known.ceiling:
            what = f"they are not inside {known.floor:g} to {known.ceiling:g}"
            document.problem(("parameters", k, "bounds"), what, "Narrow them")
        elif known and max(known.low - low, high - known.high) > FAR * (known.high - known.low):
            what = f"they are {FAR} times wider than the judged range, {known.low:g} to {known.high:g}"
            document.problem(("parameters", k, "bounds"), what, "Narrow them")
        elif not low <= p.median <= high:
            document.problem(("parameters", k, "median"), "it is not inside the bounds", "Mend one of them")
        elif p.scale == "logarithmic" and low <= 0:
            document.problem(("parameters", k, "bounds"), "a logarithm needs bounds above 0", "Raise the lower one")
    _check_correlation(document, form)
    _check_evidence(document, form.evidence)


def _check_evidence(document: Document, evidence: EvidenceForm) -> None:
    """Find tables whose parts do not fit one another."""
    covariance = evidence.covariance
    if covariance is not None and [len(r) for r in covariance.rows] != [len(covariance.terms)] * len(covariance.terms):
        n = len(covariance.terms)
        document.problem(
            ("evidence", "covariance", "rows"), f"they are not a square of {n} by {n}", "Give a row a term"
        )
    elif covariance is not None:
        table = np.array(covariance.rows).reshape(len(covariance.terms), -1)
        if not np.allclose(table, table.T) or (np.diag(table) < 0).any():
            document.problem(("evidence", "covariance", "rows"), "this is no covariance", "Copy it in full")
    _check_terms(document, evidence)
    for name, profile in evidence.profiles.items():
        if len(profile.values) != len(profile.log_likelihood):
            what = f"{len(profile.values)} values have {len(profile.log_likelihood)} likelihoods"
            document.problem(("evidence", "profiles", name), what, "Give one for each")


def _check_terms(document: Document, evidence: EvidenceForm) -> None:
    """Find terms that the coefficients do not have."""
    known = {c.term for c in evidence.coefficients}
    said: dict[tuple[str | int, ...], Iterable[str]] = {
        ("evidence", "covariance", "terms"): evidence.covariance.terms if evidence.covariance else (),
        ("evidence", "recovery", "terms"): evidence.recovery.terms if evidence.recovery else (),
    }
    fits = {n: f.coefficients for n, f in evidence.other_fits.items()}
    own = {n for n, terms in fits.items() if known.isdisjoint(terms)}  # the record's law has terms of its own
    said |= {("evidence", "other_fits", n, "coefficients"): terms for n, terms in fits.items() if n not in own}
    for place, terms in said.items():
        for term in terms:
            if known and term not in known:
                document.problem(place, f"there is no coefficient of '{term}'", nearest(term, known))


def _check_correlation(document: Document, form: CalibrationForm) -> None:
    n = len(form.parameters)
    if [len(row) for row in form.correlation] != [n] * n:
        document.problem(("correlation",), f"it is not a square of {n} by {n}", "Give one row per parameter")
        return
    table = np.array(form.correlation).reshape(n, n)
    if n and (not np.allclose(table, table.T) or not np.allclose(np.diag(table), 1.0)):
        document.problem(("correlation",), "it is not symmetric with ones on the diagonal", "Copy it in full")
    elif n and np.linalg.eigvalsh(table)[0] <= 0:
        document.problem(("correlation",), "no joint distribution has these correlations", "Estimate it anew")
