"""Pictures that move are drawn by script as the server draws them: the same shapes at the same places, the same words."""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

import foedus.web
from foedus.questions.answer import around
from foedus.surfaces.svg.heaps import Level, heap, levels
from foedus.surfaces.svg.shifts import Shift, shifts
from foedus.web.shown import minus

NODE = shutil.which("node")
MARKS = Path(foedus.web.__file__).parent / "static" / "marks.js"
pytestmark = pytest.mark.skipif(NODE is None, reason="there is no Node.js here")


def drawn_by_script(call: str) -> str:
    code = f"import {{ around, heap, levels, shifts }} from {json.dumps(MARKS.as_uri())}; process.stdout.write({call});"
    assert NODE is not None
    words = [NODE, "--input-type=module", "-e", code]
    return subprocess.run(words, capture_output=True, text=True, check=True, timeout=30).stdout


def shapes(svg: str) -> list[tuple[str, tuple[float, ...]]]:
    found = re.findall(r"<(line|rect|circle|text)([^>]*)>", svg)
    place = re.compile(r' (?:x|y|x1|y1|x2|y2|cx|cy|r|width|height|font-size)="([-\d.]+)"')
    return [(tag, tuple(sorted(float(v) for v in place.findall(more)))) for tag, more in found]


def same(one: str, two: str) -> None:
    left, right = shapes(one), shapes(two)
    assert [t for t, _ in left] == [t for t, _ in right]
    for (_, a), (_, b) in zip(left, right, strict=True):
        assert a == pytest.approx(b, abs=0.011)
    told = [re.findall(r"<text[^>]*>([^<]*)<", s) for s in (minus(one), two)]
    assert told[0] == told[1]


@pytest.mark.parametrize("draws", [1, 40, 1000])
def test_heaps(draws: int) -> None:
    values = np.random.default_rng(draws).beta(0.4, 1.2, draws).tolist()
    ends = f"JSON.stringify([0.05, 0.95].map((p) => around({json.dumps(values)}, p)))"
    picture, told = drawn_by_script(f"heap({json.dumps(values)}, 520, 't') + '|' + {ends}").split("|")
    same(heap(values, 520, "t"), picture)
    assert json.loads(told) == [list(around(values, p)) for p in (0.05, 0.95)]


def test_levels() -> None:
    outcomes = [Level("A", 0.47, "blue", 0.1, 0.3, 0.94, 0.02), Level("B & C", 0.0, "teal")]
    script = [
        {"words": "A", "value": 0.47, "ink": "blue", "band": [0.1, 0.3, 0.94], "was": 0.02},
        {"words": "B & C", "value": 0, "ink": "teal"},
    ]
    same(levels(outcomes, 520, "t", 46.0), drawn_by_script(f"levels({json.dumps(script)}, 520, 't')"))


@pytest.mark.parametrize("scale", [0.1, 1.0, 7.0])
def test_shifts(scale: float) -> None:
    rows = [
        ("Korea", -0.42 * scale, -0.6 * scale),
        ("Côte d'Ivoire", 0.001, 0.2 * scale),
        ("Japan", 0.3 * scale, math.nan),
    ]
    script = [{"words": w, "value": v, **({} if math.isnan(b) else {"was": b}), "beside": "9 %"} for w, v, b in rows]
    drawn = [Shift(*r, beside="9 %") for r in rows]
    same(shifts(drawn, 440, "t"), drawn_by_script(f"shifts({json.dumps(script)}, 440, 't')"))
    call = f"shifts({json.dumps(script)}, 440, 't', 0, ['gain', 'agrees'])"
    same(shifts(drawn, 440, "t", ("gain", "agrees")), drawn_by_script(call))
