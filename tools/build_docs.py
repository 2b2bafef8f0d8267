"""Write the pages that are made from declarations: one per mechanism, the parameters, the fields of a case.

Usage: python tools/build_docs.py [FOLDER]
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from pathlib import Path

import rich_click as click

sys.path.insert(0, str(Path(__file__).parent))

import gallery

from foedus import PLACES, version
from foedus.asking.gloss import glossary
from foedus.casebook.quantities import QUANTITIES
from foedus.cli.main import COMMANDS
from foedus.council.procedures.manual import manual
from foedus.kernels import DOORS
from foedus.mechanisms import LAWS, MECHANISMS, PROCEDURES
from foedus.model.parameters import BY_NAME, PARAMETERS
from foedus.questions.listing import QUESTIONS
from foedus.trials.readings import vocabulary

ROOT = Path(__file__).parents[1]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"


def _parameter_rows(names: list[str]) -> list[str]:
    rows = [_row(["parameter", "symbol", "default", "range", "unit", "meaning", "source"]), _row(["---"] * 7)]
    for name in names:
        p = BY_NAME[name]
        rows.append(
            _row([f"`{p.name}`", p.symbol, f"{p.default:g}", f"{p.low:g} – {p.high:g}", p.unit, p.meaning, p.source])
        )
    return rows


def _code_of(name: str) -> str:
    """Return the file of a mechanism, as a path in the repository."""
    return next((ROOT / "src" / "foedus" / "mechanisms").glob(f"*/{name}.py")).relative_to(ROOT).as_posix()


def mechanism_page(name: str) -> str:
    """Return the page of one mechanism."""
    m = MECHANISMS[name]
    laws = [law for law in LAWS.values() if law.mechanism == name]
    used = list(dict.fromkeys(n for law in laws for n in law.needs if n in BY_NAME))
    used += [n for n in m.off if n not in used]
    used += [p.name for p in BY_NAME.values() if p.law.startswith(f"{name}=") and p.name not in used]
    lines = [f"# {name.capitalize()}", "", m.claim, "", "$$", m.equation, "$$", ""]
    if m.component:
        lines += [f"It is the term **{m.component}** of utility, in % of own GDP a year.", ""]
    if used:
        lines += ["## Parameters", "", *_parameter_rows(used), ""]
    lines += ["## Laws", ""]
    for law in laws:
        doc = (law.function.__doc__ or "").strip().splitlines()[0]
        lines += [f"- `{law.name}({', '.join(law.needs)})` – {doc}"]
    lines.append("")
    lines += _variants(name)
    if m.off:
        off = ", ".join(f"`{k}={v:g}`" for k, v in m.off.items())
        lines += ["## Switching it off", "", f"`foedus assess CASE --without {name}` sets {off}.", ""]
    lines += ["## Sources", "", *(f"- {s}" for s in m.sources), "", f"Code: `{_code_of(name)}`", ""]
    return "\n".join(lines)


def _variants(name: str) -> list[str]:
    """Return what the page of a mechanism says of the laws by which its procedure can go."""
    lines = []
    for k, (variant, one) in enumerate(PROCEDURES.get(name, {}).items()):
        chosen = "the default" if k == 0 else f"`foedus assess CASE --law {name}={variant}`"
        lines += [f"- **{variant}** ({chosen}) – {one.claim}"]
        lines += [f"  $${one.equation}$$"] if one.equation else []
        lines += [f"  Sources: {'; '.join(one.sources)}."] if one.sources else []
        lines += [f"  To be granted: {a}" for a in one.assumptions]
    return ["## Variants", "", *lines, ""] if lines else []


def _part(doc: str, head: str) -> str:
    """Return one section of a docstring, without its head; empty where there is none."""
    lines = doc.splitlines()
    start = next((k for k, s in enumerate(lines[:-1]) if s == head and lines[k + 1].startswith("---")), None)
    if start is None:
        return ""
    ends = (k for k in range(start + 3, len(lines)) if lines[k].startswith("----"))
    return "\n".join(lines[start + 2 : next(ends, len(lines) + 1) - 1]).strip()


def _signature(found: ast.stmt) -> str:
    """Return what is written after the name of a function, as in its source; nothing for a class."""
    if not isinstance(found, ast.FunctionDef):
        return ""
    return f"({ast.unparse(found.args)}) -> {ast.unparse(found.returns) if found.returns else 'None'}"


def _entry(module: str, name: str) -> list[str]:
    """Return what the page says of one public name: signature, first paragraph, parameters, example."""
    found = getattr(importlib.import_module(module), name)
    home, made_as = importlib.import_module(found.__module__), found.__name__
    tree = ast.parse(inspect.getsource(home))
    node = next(n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and n.name == made_as)
    doc = ast.get_docstring(node) or ""
    lines = [
        f"### `{name}`",
        "",
        f"```text\n{name}{_signature(node)}\n```",
        "",
        doc.split("\n\n")[0].replace("\n", " "),
        "",
    ]
    for head in ("Parameters", "Attributes", "Returns", "Raises"):
        if said := _part(doc, head):
            lines += [f"{head}:", "", "```text", said, "```", ""]
    if isinstance(node, ast.ClassDef) and not _part(doc, "Attributes") and (said := "\n".join(_fields(node))):
        lines += ["Fields:", "", "```text", said, "```", ""]
    return lines + _example(module, _part(doc, "Examples"))


def _fields(node: ast.ClassDef) -> list[str]:
    """Return the fields of a class with their types, and what is said of each below it."""
    lines = []
    for k, field in enumerate(node.body):
        if isinstance(field, ast.AnnAssign) and not ast.unparse(field.target).startswith("_"):
            lines.append(f"{ast.unparse(field.target)} : {ast.unparse(field.annotation)}")
            below = node.body[k + 1] if k + 1 < len(node.body) else None
            if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                lines += [f"    {line.strip()}" for line in str(below.value.value).splitlines()]
    return lines


NEEDED = {"np": "import numpy as np", "pl": "import polars as pl"}
"""What modules import at their head, by the name under which their examples use it."""


def _example(module: str, said: str) -> list[str]:
    """Return the example of a docstring as it runs anywhere: prose as prose, and every import before the first line."""
    names = set(re.findall(r"\w+", "\n".join(s[4:] for s in said.splitlines() if s.startswith((">>>", "...")))))
    home = importlib.import_module(module)
    own = sorted(n for n in names if getattr(getattr(home, n, None), "__module__", "") == module)
    heads = [f"from {module} import {', '.join(own)}"] if own and "import foedus\n" not in f"{said}\n" else []
    heads = [line for name, line in NEEDED.items() if name in names and line not in said] + heads
    lines, code = [], False
    for paragraph in said.split("\n\n"):
        if paragraph.startswith(">>>"):
            lines += ["```pycon", *(f">>> {h}" for h in heads), paragraph, "```", ""]
            heads, code = [], True
        elif paragraph:
            lines += [paragraph, ""]
    return lines if code else []


HOMES = {**PLACES, "FoedusError": "foedus.vocabulary.errors"}
"""Where the names of the package live."""


def _version() -> list[str]:
    """Return what the page says of the one public name that is neither a function nor a class."""
    doc = inspect.getdoc(version) or ""
    return ["### `__version__`", "", doc.splitlines()[0], "", *_example(version.__name__, _part(doc, "Examples"))]


def public_names() -> dict[str, tuple[str, ...]]:
    """Return every public name by its module: the package, the games, the kernels that are doors, and the k-ads."""
    package = ROOT / "src" / "foedus"
    found = {"foedus": tuple(sorted([*HOMES, "__version__"]))}
    found |= {f"foedus.games.{p.stem}": _defined(p) for p in sorted((package / "games").glob("[!_]*.py"))}
    found |= {f"foedus.kernels.{file}": names for file, names in DOORS.items()}
    return found | {"foedus.archive.kads": _defined(package / "archive" / "kads.py")}


def _defined(path: Path) -> tuple[str, ...]:
    """Return the public functions and classes of a file that can be shown at work, in its order."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    own = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
    return tuple(n.name for n in own if isinstance(n, ast.FunctionDef) or ">>>" in (ast.get_docstring(n) or ""))


def api() -> str:
    """Return the page of the public names: the package, the games, kernels for callers, potential alliances."""
    lines = [
        "# Public names",
        "",
        "Made from the docstrings; a test runs every example, each for itself. Modules may move from version to version, the "
        "names of `foedus` do not.",
        "",
        "There are four doors: `foedus` for questions about cases; `foedus.games` for game theory without a case, which checks "
        "what it is given; of the compiled loops below it those that stand for one formula (`foedus.kernels.DOORS`), which trust "
        "their arrays; and `foedus.archive.kads` for potential alliances of any size, with polars.",
        "",
    ]
    for module, names in public_names().items():
        home = ROOT / "src" / f"{module.replace('.', '/')}.py"
        lines += [f"## `{module}`", "", *([_first(home) + ".", ""] if home.is_file() else [])]
        for name in names:
            lines += _version() if name == "__version__" else _entry(HOMES.get(name, module), name)
    return "\n".join(lines).rstrip() + "\n"


def measures() -> str:
    """Return the page of what every draw of an assessment or an ensemble measures."""
    lines = [
        "# Measures",
        "",
        "What a draw of an assessment, a report or an ensemble holds beside what was drawn: the key under which it is kept, blanks in "
        "capital letters; its unit; what it is; and how a claim or `foedus sensitivity --quantity` asks for it, if it does. Made from "
        "the questions.",
        "",
    ]
    for question in QUESTIONS.values():
        lines += [f"## `{question.name}`", "", _row(["key", "unit", "meaning", "asked for as"]), _row(["---"] * 4)]
        lines += [_row([f"`{m.template}`", m.unit, m.meaning, m.phrase]) for m in question.measures]
        lines.append("")
    return "\n".join(lines)


def commands() -> str:
    """Return the page of every command with its arguments and options."""
    lines = ["# Commands", "", "Made from the commands themselves, which say the same with `--help`.", ""]
    for name, (place, _) in COMMANDS.items():
        lines += _command(f"foedus {name}", getattr(importlib.import_module(place), name))
    return "\n".join(lines).rstrip() + "\n"


def _command(words: str, command: click.Command) -> list[str]:
    """Return what the page says of a command, and of those below it."""
    context = click.Context(command, info_name=words)
    usage = " ".join([words, *command.collect_usage_pieces(context)])
    lines = [f"## `{words}`", "", f"```text\n{usage}\n```", "", inspect.cleandoc(command.help or ""), ""]
    options = [p for p in command.params if isinstance(p, click.Option)]
    if options:
        lines += [_row(["option", "default", "what it does"]), _row(["---"] * 3)]
    for option in options:
        names = ", ".join(f"`{n}`" for n in (*option.opts, *option.secondary_opts))
        value = option.make_metavar(context) if not option.is_flag else ""
        usual = option.default if option.show_default and isinstance(option.default, str | int | float) else ""
        lines.append(_row([f"{names} {value}".strip(), f"{usual}", option.help or ""]))
    lines += [""] if options else []
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            lines += _command(f"{words} {name}", below) if below else []
    return lines


def pages() -> dict[str, str]:
    """Return every generated page by its path below the docs."""
    found = {f"mechanisms/{name}.md": mechanism_page(name) for name in MECHANISMS}
    found["council-procedures.md"] = "\n".join(manual())
    index = [
        "# Mechanisms",
        "",
        "One law of the theory per page, made from the code. Adding a file to",
        "`src/foedus/mechanisms/utility/` adds a mechanism; nothing is registered.",
        "",
        _row(["mechanism", "term of utility", "claim"]),
        _row(["---"] * 3),
    ]
    index += [_row([f"[{n}]({n}.md)", m.component or "–", m.claim]) for n, m in MECHANISMS.items()]
    found["mechanisms/README.md"] = "\n".join(index) + "\n"
    found["parameters.md"] = (
        "\n".join(
            [
                "# Parameters",
                "",
                "One set for all cases. Ensembles draw from the ranges; `judged` says that a range is judgement.",
                "",
                *_parameter_rows([p.name for p in PARAMETERS]),
            ]
        )
        + "\n"
    )
    fields = [
        "# Quantities of a case",
        "",
        _row(["field", "symbol", "unit", "bounds", "meaning", "if absent"]),
        _row(["---"] * 6),
    ]
    for e in QUANTITIES.values():
        q = e.quantity
        absent = "required" if e.absent is None else f"{e.absent:g}: {e.reason}"
        fields.append(_row([f"`{q.name}`", q.symbol, q.unit, f"{q.low:g} – {q.high:g}", q.meaning, absent]))
    words = ["# What claims can ask", "", _row(["kind", "written as", "meaning"]), _row(["---"] * 3)]
    words += [_row([str(cell) for cell in row]) for row in vocabulary().rows]
    words += ["", "## Words of tables", "", _row(["word", "meaning"]), _row(["---"] * 2)]
    words += [_row([word, meaning]) for word, meaning in glossary().items()]
    found["vocabulary.md"] = "\n".join(words) + "\n"
    found["measures.md"] = measures()
    found["commands.md"] = commands()
    found["api.md"] = api()
    found["quantities.md"] = "\n".join(fields) + "\n"
    found["gallery.md"] = gallery.page()
    return found


ROOMS = (
    "",
    "cli",
    "council",
    "web",
    "asking",
    "trials",
    "systems",
    "years",
    "methods",
    "backtests",
    "forecasts",
    "worldwide",
    "rivals",
    "estimation",
    "questions",
    "simulation",
    "signings",
    "mechanisms",
    "draws",
    "model",
    "archive",
    "games",
    "casebook",
    "kernels",
    "surfaces",
    "vocabulary",
)
"""Rooms of the package from the door down; what each is says the first line of its ``__init__.py``."""


def _first(module: Path) -> str:
    """Return the first line of the docstring of a module, without its full stop."""
    return module.read_text(encoding="utf-8").split('"""')[1].strip().splitlines()[0].rstrip(".")


def house() -> str:
    """Return ARCHITECTURE.md: its prose as it stands, its list of rooms from the first line of every module."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    before, _, rest = text.partition("<!-- rooms -->\n")
    _, _, after = rest.partition("<!-- end of rooms -->\n")
    package = ROOT / "src" / "foedus"
    lines = []
    for room in ROOMS:
        modules = [m for m in sorted((package / room).glob("*.py")) if not m.stem.startswith("__")]
        modules += [m for m in sorted((package / room).glob("*/*.py")) if room and not m.stem.startswith("__")]
        if modules:
            lines += [f"## `{room}`" if room else "## The package (`foedus`)", ""]
            lines += [_first(package / room / "__init__.py") + ".", ""] if room else []
            lines += [f"- `{m.relative_to(package / room)}` – {_first(m)}" for m in modules]
            lines.append("")
    return before + "<!-- rooms -->\n" + "\n".join(lines) + "<!-- end of rooms -->\n" + after


def main() -> None:
    """Write the pages."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"
    for path, text in {**pages(), "../ARCHITECTURE.md": house()}.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
