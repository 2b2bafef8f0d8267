"""YAML from strangers: what loops, explodes, is deep or is no word comes out as a sentence with its line, at once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.casebook.yaml_file import MOST_DEEP, MOST_PARTS, Document, head_of, read_document


def read(folder: Path, text: str | bytes) -> Document:
    path = folder / "x.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_document(path)


BOMB = "b0: &b0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "".join(
    f"b{k}: &b{k} [{', '.join([f'*b{k - 1}'] * 9)}]\n" for k in range(1, 10)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("foedus: 1\nstates: &a\n  USA: *a\n", "x.yaml:3:3: states.USA: the alias '*a' stands inside"),
        ("a: &a [*a]\n", "x.yaml:1:8: a.0: the alias '*a' stands inside"),
        (BOMB, "has more than 200,000 parts, counting what aliases stand for"),
        ("a: *b\n", "x.yaml:1:1: a: nothing above is anchored as '&b'"),
        ("a: 1\n? [a, b]\n: 2\n", "x.yaml:2:3: ?: a key is a word"),
        ("a: 1\n? {a: b}\n: 2\n", "x.yaml:2:3: ?: a key is a word"),
        ("a: &l [1]\n*l : 2\n", "x.yaml:2:1: ?: a key is a word"),
        ("a: !!int abc\n", "x.yaml:1:1: a: the tag '!!int' does not fit 'abc'"),
        ("a: !!float yes\n", "the tag '!!float' does not fit 'yes'"),
        ("a: !!set {b}\n", "the tag '!!set' does not fit"),
        ("a: !!python/object/apply:os.system ['true']\n", "the tag '!!python/object/apply:os.system' does not fit"),
        ("a: !thing b\n", "the tag '!thing' does not fit 'b'"),
        ("a: &a {b: 1}\nc:\n  <<: *a\n", "x.yaml:3:3: c.?: '<<' merges nothing: YAML 1.2 has no merge keys"),
        ("a: " + "1" * 5000, "x.yaml:1:1: a: '111111111111… (5,000 characters)' is not a finite number"),
        ("a: 1e400\n", "'1e400' is not a finite number"),
        ("a: [.nan]\n", "x.yaml:1:5: a.0: '.nan' is not a finite number"),
        ("a: -.inf\n", "'-.inf' is not a finite number"),
        ("{a: " * (MOST_DEEP + 1) + "1" + "}" * (MOST_DEEP + 1), "more than 40 levels deep"),
        ("- " * 100_000, "more than 40 levels deep"),
        ("[" * 4_000_000, "nesting"),
        ("a: [" + "1, " * MOST_PARTS + "]", "more than 200,000 parts"),
        ("a: {b: ___}\n", "x.yaml:1:5: a.b: this blank (___) is not filled in"),
        ('a: "___"\n', "x.yaml:1:1: a: this blank (___) is not filled in"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2:1: a second document begins here"),
        ("a: 1\na: 2\n", "x.yaml:2:1: a: this key was given before, in line 1"),
        ("x" * (5 << 20), "more than 4 MiB"),
        ("", "the file is empty"),
        (b"a: \xff\n", "not UTF-8"),
        ("a: [1\n", "this is not YAML"),
        ("a: b: c\n", "this is not YAML"),
    ],
)
def test_every_hostile_document_is_one_sentence_within_seconds(tmp_path: Path, text: str | bytes, said: str) -> None:
    began = time.perf_counter()
    problems = [str(p) for p in read(tmp_path, text).problems]
    assert len(problems) == 1
    assert said in problems[0]
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: NO", "NO"),
        ("a: 010", 10),
        ("a: 1.5e3", 1500.0),
        ("a: 0x1F", "0x1F"),
        ("a: 190:20", "190:20"),
        ("a: 1953-10-02", "1953-10-02"),
        ("a: 'true'", "true"),
        ("a: true", True),
        ("a:", None),
        ("a: ~", None),
        ("a: !!str 12", "12"),
        ("a: !!int 12", 12),
        ("a: !!seq [1]", [1]),
        ('a: "1.0"', "1.0"),
        ("a: |\n  x\n  y\n", "x\ny\n"),
    ],
)
def test_scalars_are_those_of_the_core_schema(tmp_path: Path, text: str, data: Any) -> None:
    document = read(tmp_path, text)
    assert not document.problems
    assert document.data == {"a": data}
    assert type(document.data["a"]) is type(data)


def test_an_alias_stands_for_its_anchor_and_has_a_place(tmp_path: Path) -> None:
    document = read(tmp_path, "a: &x {b: [1, 2]}\nc: *x\nd: [*x, *x]\n&k e: 1\n")
    assert not document.problems
    same = {"b": [1, 2]}
    assert document.data == {"a": same, "c": same, "d": [same, same], "e": 1}
    assert document.where(("a", "b", 1)) == "x.yaml:1:15"
    assert document.where(("c", "b", 1)) == "x.yaml:2:1"
    assert len(document.sha256) == 64


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab:-?*&!|>[]{},'\"#%@ \n\t<~1.e"), max_size=60))
def test_no_text_is_a_traceback(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    for problem in read(tmp_path_factory.getbasetemp(), text).problems:
        assert problem.where.startswith("x.yaml")
        assert problem.what


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb:\n- x\n\n- y: 2\nc: 'z: \n  zz'\nd: [3, 4]\n", {"b": ["x", {"y": 2}], "c": "z: zz"}),
        ("c: |\n  b: no\n\n  more\nbb: 1\n", {"c": "b: no\n\nmore\n"}),
        ("{a: 1, b: 2}\n", {"a": 1, "b": 2}),
        ("a: {\n", {}),
    ],
)
def test_some_keys_are_read_without_the_rest(tmp_path: Path, text: str, found: dict[str, Any]) -> None:
    (tmp_path / "x.yaml").write_text(text)
    assert head_of(tmp_path / "x.yaml", "b", "c") == found
