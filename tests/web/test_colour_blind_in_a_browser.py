"""Pages as they are painted for readers without one kind of cone, or without any: marks that mean different things stay apart.

Chromium paints what such a reader sees; the colours are read off its pictures, not worked out. The pictures are kept in the
folder of the run, or in that which FOEDUS_SHOTS names.
"""

from __future__ import annotations

import base64
import os
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from surfaces.test_colour_blind import APART, lab
from web.browsing import BROWSER

pytestmark = [pytest.mark.browser, pytest.mark.skipif(BROWSER is None, reason="no Chromium here")]

SEES = ("protanopia", "deuteranopia", "tritanopia", "achromatopsia")
HATCHED = 4.0
"""Least spread of lightness within a hatched mark (judged: a plain one has none)."""

MARKS = """() => {
  const found = [], whole = document.scrollingElement;
  const at = (group, kind, e, more, px, py) => {
    const box = e.getBoundingClientRect();
    const [x, y] = [px ?? box.x + box.width / 2, py ?? box.y + box.height / 2];
    found.push({group, kind, x: x + whole.scrollLeft, y: y + whole.scrollTop, hatch: "", says: "", ...more});
  };
  const widest = (marks, key) => Object.values(Object.groupBy(marks, key)).map((of) =>
    of.reduce((a, b) => (b.getBoundingClientRect().width > a.getBoundingClientRect().width ? b : a)));
  const seen = (css) => [...document.querySelectorAll(css)].filter((e) => e.checkVisibility());
  const fill = (e) => e.getAttribute("fill");
  const bars = seen('figure.stack .broad rect[height="18"]').filter((e) => /hatch|var/.test(fill(e)) && !/hit/.test(e.className.baseVal));
  const key = seen('figure.stack .broad rect[height="12"][width="14"]').map(fill), place = (e) => key.indexOf(fill(e));
  const zero = seen('figure.stack .broad line[stroke="var(--ink)"]')[0]?.getBoundingClientRect().x ?? 0;
  const rows = Object.values(Object.groupBy(bars, (e) => Math.round(e.getBoundingClientRect().y)));
  const sides = rows.flatMap((row) => Object.values(Object.groupBy(row, (e) => e.getBoundingClientRect().right > zero + 1)));
  const out = (e) => Math.abs(e.getBoundingClientRect().x + e.getBoundingClientRect().width / 2 - zero);
  const ordered = sides.every((side) => side.sort((a, b) => out(a) - out(b)).every((e, k) => !k || place(side[k - 1]) < place(e)));
  for (const e of widest(bars, fill))
    at("terms", fill(e), e, {hatch: /hatch-[a-z]+-([a-z]+)/.exec(fill(e))?.[1] ?? "", says: ordered ? `from the middle ${place(e)}` : ""});
  for (const e of widest(seen('figure.time .broad rect[height="7"]'), fill)) {
    const y = e.getBoundingClientRect().y;
    const words = seen("figure.time .broad text").filter((t) => Math.abs(t.getBoundingClientRect().y - y) < 14 && t.getAttribute("text-anchor") === "end");
    at("in force", fill(e), e, {says: words.map((t) => t.textContent).join(" ")});
  }
  for (const e of widest(seen("figure.map .broad a[data-state] circle:last-child"), fill)) {
    const box = e.getBoundingClientRect();
    const near = seen("figure.map .broad text").filter((t) => /[−+]\\d/.test(t.textContent)).map((t) => {
      const b = t.getBoundingClientRect();
      return [Math.hypot(Math.max(b.left - box.x, 0, box.x - b.right), b.y + b.height / 2 - box.y - box.height / 2), t.textContent];
    }).sort((a, b) => a[0] - b[0]);
    at("gain or loss", fill(e), e, {says: near.length && near[0][0] < 30 ? /[−+]/.exec(near[0][1])[0] : ""});
  }
  for (const e of seen(".tok[class*=vd-]")) {
    const box = e.getBoundingClientRect();
    const cell = [...document.querySelectorAll(".cell")].indexOf(e.closest(".cell"));
    at("verdicts", /vd-[a-z]+/.exec(e.className)[0], e, {says: `cell ${cell}`}, box.x + 5, box.y + box.height / 2);
  }
  return found;
}"""
"""Marks with what each means, where it is painted, its hatch, and the words, the sign or the place that say the same."""

PATCH = """async ([picture, places]) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), ink = canvas.getContext("2d");
  ink.drawImage(image, 0, 0);
  return places.map(([x, y, half]) => [...ink.getImageData(Math.round(x) - half, Math.round(y) - half, 2 * half + 1, 2 * half + 1).data]);
}"""
"""The colours of small squares of a picture."""


def _hex(colour: np.ndarray) -> str:
    return "#" + "".join(f"{round(c):02x}" for c in colour)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_that_mean_different_things_stay_apart_for_everybody(
    opened: Any, here: str, browser: Any, tmp_path: Path, theme: str
) -> None:
    kept = Path(os.environ.get("FOEDUS_SHOTS") or tmp_path)
    reader = browser.new_page()
    page, near, looked = opened(theme=theme), [], set()
    for name, path in (
        ("answer", "/c/asia-1953?map=gains&draws=20"),
        ("trial", "/t/large-allies-pay-more?draws=3"),
    ):
        page.goto(here + path)
        marks = page.evaluate(MARKS)
        seeing = page.context.new_cdp_session(page)
        for sees in SEES:
            seeing.send("Emulation.setEmulatedVisionDeficiency", {"type": sees})
            picture = page.screenshot(path=kept / f"{name}-{theme}-{sees}.png", full_page=True)
            places = [[m["x"], m["y"], 4 if m["group"] == "terms" else 1] for m in marks]
            squares = reader.evaluate(PATCH, [base64.b64encode(picture).decode(), places])
            colours = [np.array(s, float).reshape(-1, 4)[:, :3] for s in squares]
            grey = all(np.ptp(c, axis=1).max() <= 6 for c in colours)
            assert grey is (sees == "achromatopsia"), "what is painted is what such a reader sees"
            for (m, a), (n, b) in combinations(zip(marks, colours, strict=True), 2):
                if m["group"] != n["group"] or m["kind"] == n["kind"]:
                    continue
                looked.add(m["group"])
                apart = float(np.linalg.norm(lab(_hex(a.mean(0)), np.eye(3)) - lab(_hex(b.mean(0)), np.eye(3))))
                hatched = [bool(k["hatch"]) and float(c.std(0).mean()) >= HATCHED for k, c in ((m, a), (n, b))]
                by_hatch = any(hatched) and m["hatch"] != n["hatch"]
                otherwise = sees == "achromatopsia" and m["says"] != n["says"]
                if not (apart >= APART or by_hatch or otherwise):
                    near.append((sees, m["group"], m["kind"], n["kind"], round(apart, 1)))
    reader.close()
    assert looked == {"terms", "in force", "gain or loss", "verdicts"}, "each was found and looked at"
    assert near == [], near
