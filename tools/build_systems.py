"""Write the pages of the systems in the docs, with their pictures, from what the model finds now.

Usage: python tools/build_systems.py [NAME ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

from foedus.asking import one_system
from foedus.surfaces.svg.draw import draw
from foedus.surfaces.svg.pen import standalone
from foedus.systems.finding import Finding
from foedus.systems.known import SYSTEMS
from foedus.vocabulary.record import Section

DOCS = Path(__file__).parents[1] / "docs"
PICTURES = DOCS / "images" / "systems"

DRAWS = 20
"""Draws of all parameters: enough to tell what holds nearly always from what does so half the time."""

MADE = (
    f"*Made by `tools/build_systems.py`: numbers with default parameters, agreement also under {DRAWS} draws of all of them; "
    "levels are uncertain, read directions and who blocks.*"
)


def _said(parts: list[Section]) -> list[str]:
    found = []
    for part in parts:
        share = "".join(f" – {word}" for word, _ in part.tags[1:])
        found += [f"- **{part.title}**{share}", *(f"  - {words[:1].lower()}{words[1:]}" for words in part.says)]
    return found or ["- nothing"]


def page(finding: Finding) -> str:
    """Return the page of one system from its record; its pictures are written beside it."""
    record = finding.record
    together = record.section("together")
    every = "foedus system nato --every-year --table accession   # every year since 1950; a minute or two"
    lines = [f"# {record.title}", "", record.question, "", "```sh", f"foedus system {finding.name}"]
    lines += [
        f"foedus system {finding.name} --report {finding.name}.html",
        *([every] if finding.name == "nato" else []),
    ]
    lines += ["```", "", MADE, "", "## The answer", "", *record.says, "", *together.says, ""]
    for head, word in (
        ("Where model and record differ", "differ"),
        ("Where they agree", "agree"),
        ("Where one is silent", "one is silent"),
    ):
        lines += [f"## {head}", "", *_said([s for s in together.sections if s.tags[0][0] == word]), ""]
    lines += ["## Pictures", ""]
    PICTURES.mkdir(parents=True, exist_ok=True)
    for chart in record.charts():
        (PICTURES / f"{chart.key}.svg").write_text(standalone(draw(chart)), encoding="utf-8")
        lines += [f"![{chart.title}](../images/systems/{chart.key}.svg)", "", chart.caption, ""]
    lines += ["## How it was looked at", "", *record.section("about").says, ""]
    lines += ["## To be minded", "", *(f"- {m}" for m in record.section("mind").says), "", "## Tables", ""]
    lines += [f"- `--table {t.name}`: {t.title} ({len(t)} rows)" for t in finding.tables]
    rests = ", ".join(f"`{name}` ({sha[:10]})" for name, sha in record.made["hashes"].items())
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
