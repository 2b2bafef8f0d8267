"""Write the pages of the systems in the docs, with their pictures, from what the model finds now.

Usage: python tools/build_systems.py [NAME ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

from foedus.asking import one_system
from foedus.surfaces.svg.draw import draw
from foedus.surfaces.svg.pen import standalone
from foedus.systems.finding import Check, Finding
from foedus.systems.known import SYSTEMS
from foedus.systems.pictures_of_systems import PICTURES as CHARTS
from foedus.systems.told_of_systems import answer
from foedus.systems.words_of_systems import ABOUT, MIND

DOCS = Path(__file__).parents[1] / "docs"
PICTURES = DOCS / "images" / "systems"

DRAWS = 20
"""Draws of all parameters: enough to tell what holds nearly always from what does so half the time."""

MADE = (
    f"*Made by `tools/build_systems.py`: numbers with default parameters, agreement also under {DRAWS} draws of all of them; "
    "levels are uncertain, read directions and who blocks.*"
)


def _said(checks: list[Check]) -> list[str]:
    found = []
    for c in checks:
        share = "" if c.in_draws is None else f" – agree in {100 * c.in_draws:.0f} % of draws"
        found += [f"- **{c.says}**{share}", f"  - model: {c.model}", f"  - record: {c.record}"]
    return found or ["- nothing"]


def page(finding: Finding) -> str:
    """Return the page of one system; its pictures are written beside it."""
    system = SYSTEMS[finding.name]
    lines = [
        f"# {system.title}",
        "",
        system.question,
        "",
        "```sh",
        f"foedus system {finding.name}",
        f"foedus system {finding.name} --report {finding.name}.html",
        *(
            ["foedus system nato --every-year --table accession   # every year since 1950; a minute or two"]
            if finding.name == "nato"
            else []
        ),
        "```",
        "",
        MADE,
        "",
        "## What it is",
        "",
        ABOUT[finding.name],
        "",
        answer(finding.checks),
        "",
    ]
    for head, value in (
        ("Where model and record differ", False),
        ("Where they agree", True),
        ("Where one is silent", None),
    ):
        lines += [f"## {head}", "", *_said([c for c in finding.checks if c.agree is value]), ""]
    lines += ["## Pictures", ""]
    PICTURES.mkdir(parents=True, exist_ok=True)
    for chart in CHARTS[finding.name](finding):
        (PICTURES / f"{chart.key}.svg").write_text(standalone(draw(chart)), encoding="utf-8")
        lines += [f"![{chart.title}](../images/systems/{chart.key}.svg)", "", chart.caption, ""]
    lines += ["## To be minded", "", *(f"- {m}" for m in MIND[finding.name]), "", "## Tables", ""]
    lines += [f"- `--table {t.name}`: {t.title} ({len(t)} rows)" for t in finding.tables]
    rests = ", ".join(f"`{c.name}` ({c.sha256[:10]})" for c in finding.cases)
    return "\n".join([*lines, "", f"Cases: {rests}", ""])


def main(names: list[str]) -> None:
    """Write the pages of the named systems, of all without names, and the list of all."""
    folder = DOCS / "systems"
    folder.mkdir(exist_ok=True)
    for name in names or SYSTEMS:
        (folder / f"{name}.md").write_text(page(one_system.system(name, draws=DRAWS)), encoding="utf-8")
        print(f"written: docs/systems/{name}.md")
    rows = [f"- [{s.title}]({n}.md): {s.question}" for n, s in SYSTEMS.items()]
    (folder / "README.md").write_text(
        "\n".join(
            [
                "# Systems of the essay",
                "",
                "Each is worked out by `foedus system NAME` and held against the record.",
                "",
                *rows,
                "",
            ]
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
