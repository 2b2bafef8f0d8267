"""The page about clusters: scripts that parse, documents that fit together, commands and options that exist."""

from __future__ import annotations

import importlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from foedus.cli.main import main

PAGE = Path(__file__).parents[2] / "docs" / "clusters.md"
BLOCKS = re.findall(r"^```\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
SCRIPT = next(b for b in BLOCKS if b.startswith("#!/bin/bash"))
DOCUMENTS = [dict(d) for d in yaml.safe_load_all(next(b for b in BLOCKS if b.startswith("apiVersion")))]


def _containers(document: dict[str, Any]) -> list[dict[str, Any]]:
    return list(document["spec"].get("template", {}).get("spec", {}).get("containers", []))


def _commands() -> list[list[str]]:
    """Return every command line of foedus and of dask on the page."""
    lines = [line for b in BLOCKS if not b.startswith(("apiVersion", "FROM")) for line in b.splitlines()]
    found = []
    for line in lines:
        asked = re.search(
            r"(?:^|\s)((?:foedus (?:ensemble|sensitivity|discover)|dask (?:scheduler|worker)) .*?)(?:\s*&\s*)?(?:#.*)?$",
            line,
        )
        if asked:
            found.append(shlex.split(asked[1]))
    return found + [[str(w) for w in c["command"]] for d in DOCUMENTS for c in _containers(d)]


def _options(words: list[str]) -> set[str]:
    if words[0] == "foedus":
        command = main.get_command(click.Context(main), words[1])
    else:
        pytest.importorskip("distributed", reason="clusters need the extra 'dask'")
        command = importlib.import_module(f"distributed.cli.dask_{words[1]}").main
    assert command is not None
    return {o for p in command.params for o in (*p.opts, *p.secondary_opts)}


@pytest.mark.parametrize("words", _commands(), ids=" ".join)
def test_every_option_exists(words: list[str]) -> None:
    assert {w for w in words[2:] if re.match(r"--?[a-z]", w)} <= _options(words)


def test_the_page_names_commands_of_every_kind() -> None:
    kinds = [tuple(words[:2]) for words in _commands()]
    assert (
        kinds.count(("dask", "worker"))
        == kinds.count(("dask", "scheduler"))
        == kinds.count(("foedus", "ensemble"))
        == 3
    )


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_the_script_for_slurm_parses() -> None:
    subprocess.run(["bash", "-n"], input=SCRIPT, text=True, check=True)
    assert all(
        word.startswith("--") for line in SCRIPT.splitlines() if line.startswith("#SBATCH") for word in line.split()[1:]
    )


def test_documents_for_kubernetes_fit_together() -> None:
    by_name = {(d["kind"], d["metadata"]["name"]): d for d in DOCUMENTS}
    assert all(set(d) == {"apiVersion", "kind", "metadata", "spec"} for d in DOCUMENTS)
    labels = [d["spec"]["template"]["metadata"]["labels"] for d in DOCUMENTS if d["kind"] == "Deployment"]
    assert [d["spec"]["selector"]["matchLabels"] for d in DOCUMENTS if d["kind"] == "Deployment"] == labels
    service = by_name["Service", "foedus-scheduler"]["spec"]
    assert service["selector"] in labels
    port = service["ports"][0]["port"]
    job = by_name["Job", "foedus-run"]["spec"]["template"]["spec"]
    for volume in job["volumes"]:
        assert ("PersistentVolumeClaim", volume["persistentVolumeClaim"]["claimName"]) in by_name
    mounts = [m for c in job["containers"] for m in c["volumeMounts"]]
    assert {m["name"] for m in mounts} == {v["name"] for v in job["volumes"]}
    words = [str(w) for d in DOCUMENTS for c in _containers(d) for w in c["command"]]
    assert f"tcp://foedus-scheduler:{port}" in words
    assert f"dask://foedus-scheduler:{port}" in words
    assert len({c["image"] for d in DOCUMENTS for c in _containers(d)}) == 1  # all run the same code
