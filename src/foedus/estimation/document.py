"""The document of a calibration: what was found, from which data, and what it means for the theory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import yaml

from foedus.estimation.calibrate import LEFT_OUT, SEARCHED, Findings, unidentified
from foedus.estimation.choices import LARGEST
from foedus.estimation.fit import CONTROLS, Estimate
from foedus.estimation.posterior import LINEAR, NINETY, Marginal
from foedus.model.parameters import BY_NAME
from foedus.version import __version__

_HEAD: Final = """# What historical data say about the parameters of the theory. Written by `foedus calibrate`; what it means is in
# docs/calibration.md. Read with `foedus calibrate show`, used with `foedus assess --calibration`.
"""

_NOTE: Final = (
    "Conditional logit of who signed and who left beside sampled alternatives, joined with the judged ranges as "
    "quasi-priors. Coefficients are weights over the noise of decisions, so that only ratios are seen. The control, "
    "separation as in the record's law, stands for the opportunity to sign: without one burden and dispute have the wrong "
    "sign (the fit without it is under other_fits), and beside it log distance has nothing left. Parameters that the choices do not identify keep their judged range."
)


def document(found: Findings, name: str, data: Mapping[str, Mapping[str, Any]], code: str) -> dict[str, Any]:
    """Return the document of a calibration as plain data.

    Parameters
    ----------
    found : Findings
    name : str
    data : mapping
        Versions and hashes of the tables, by name.
    code : str
        Hash of the code.
    """
    reasons = unidentified(found)
    kept = [m for m in found.marginals if m.name not in reasons]
    return {
        "foedus": 1,
        "calibration": name,
        "note": _NOTE,
        "made_with": {
            "version": __version__,
            "code": code,
            "seed": found.seed,
            "first": found.first,
            "last": found.last,
            "alternatives_per_year_and_size": found.controls,
            "largest_body": LARGEST,
            "treaties_left_out": list(LEFT_OUT),
        },
        "data": [{"table": t, **dict(facts)} for t, facts in sorted(data.items())],
        "parameters": [_parameter(m) for m in kept],
        "correlation": _correlation(found, [m.name for m in kept]),
        "unidentified": [{"name": n, "reason": r} for n, r in reasons.items()],
        "evidence": _evidence(found),
    }


def _parameter(m: Marginal) -> dict[str, Any]:
    """Return one estimated parameter; a profiled one stays inside the judged range, where it was looked at."""
    p = BY_NAME[m.name]
    low, high = (p.low, p.high) if m.name in SEARCHED else _legal(m)

    def cut(value: float) -> float:
        return _short(min(max(value, low), high))

    return {
        "name": m.name,
        "scale": "logarithmic" if m.logarithmic else "linear",
        "median": cut(m.at(0.0)),
        "spread": _short(m.spread),
        "bounds": [_short(low), _short(high)],
        "band": [cut(m.at(-NINETY)), cut(m.at(NINETY))],
    }


def _legal(m: Marginal) -> tuple[float, float]:
    """Return the bounds of the theory, or four standard deviations where it has none."""
    p = BY_NAME[m.name]
    low = max(p.floor, m.at(-4.0)) if m.logarithmic else p.floor
    return low, min(p.ceiling, m.at(4.0))


def _correlation(found: Findings, names: list[str]) -> list[list[float]]:
    """Return the correlation of the parameters that are kept; profiled ones are held to be independent."""
    table = np.eye(len(names))
    seats = [(k, LINEAR.index(n)) for k, n in enumerate(names) if n in LINEAR]
    for k, i in seats:
        for m, j in seats:
            table[k, m] = found.correlation[i][j] if i != j else 1.0
    return [[_short(v) for v in row] for row in table.tolist()]


def _evidence(found: Findings) -> dict[str, Any]:
    estimate = found.estimate
    return {
        "choices": {"sets": estimate.sets, "alternatives": estimate.rows},
        "log_likelihood": _shorts(at_estimate=estimate.log_likelihood, all_zero=estimate.null_log_likelihood),
        "condition_number": _short(estimate.condition),
        "design_effect": _short(estimate.design_effect),
        "coefficients": _coefficients(found),
        "covariance": {
            "terms": list(estimate.names),
            "rows": [[_short(v) for v in row] for row in estimate.covariance.tolist()],
        },
        "other_fits": {n: _plain(e) for n, e in found.variants.items()},
        "profiles": {
            n: {"values": list(values), "log_likelihood": [_short(v) for v in heights]}
            for n, (values, heights) in found.profiles.items()
        },
        "width_left": {m.name: _short(found.width_left(m)) for m in found.marginals},
        "recovery": _recovery(found),
    }


def _coefficients(found: Findings) -> list[dict[str, Any]]:
    """Return every coefficient with what tells how well it is known; controls carry no weight of the theory."""
    e = found.estimate
    rows: list[dict[str, Any]] = []
    for k, name in enumerate(e.names):
        errors = _shorts(clustered_error=e.errors[k], plain_error=float(e.plain[k, k] ** 0.5))
        row: dict[str, Any] = {"term": name, "coefficient": _short(e.coefficients[k]), **errors}
        row["variance_inflation"] = _short(e.inflation[k])
        if name in found.at_zero:
            row["log_likelihood_lost_at_zero"] = _short(found.at_zero[name])
            row["log_likelihood_lost_at_default"] = _short(found.at_default[name])
        elif name in CONTROLS:
            row["role"] = "opportunity to sign, no part of utility"
        else:
            row["role"] = "carries that treaties are rather extended than made anew; not read as a fee"
        rows.append(row)
    return rows


def _plain(e: Estimate) -> dict[str, Any]:
    return {
        "sets": e.sets,
        "log_likelihood": _short(e.log_likelihood),
        "all_zero": _short(e.null_log_likelihood),
        "coefficients": {n: [_short(c), _short(s)] for n, c, s in zip(e.names, e.coefficients, e.errors, strict=True)},
    }


def _recovery(found: Findings) -> dict[str, Any]:
    r = found.recovered
    parts = {"truth": r.truth, "mean": r.mean, "spread": r.spread, "coverage_of_95": r.coverage}
    terms = {n: _shorts(**{part: values[k] for part, values in parts.items()}) for k, n in enumerate(r.names)}
    return {"repeats": r.draws, "terms": terms}


def _short(value: float) -> float:
    """Return a number with six digits, which is more than is known."""
    return float(f"{float(value):.6g}")


def _shorts(**values: float) -> dict[str, float]:
    return {name: _short(value) for name, value in values.items()}


def text_of(content: Mapping[str, Any]) -> str:
    """Return a document as YAML, the same text for the same content."""
    return _HEAD + yaml.safe_dump(
        dict(content), sort_keys=False, allow_unicode=True, width=120, default_flow_style=None
    )
