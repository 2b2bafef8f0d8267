"""A mapping file is held to what questions are read with, and no pattern of it can be tried for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.forecasts.mapping_checks import pattern_problems
from foedus.forecasts.words import BUILT_IN, read_vocabulary
from foedus.vocabulary.errors import FoedusError


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("words: {sing: [warble]}", r"more.yaml:2:9: words.sing: no question .* class 'sing'. Did you mean 'sign'"),
        ("kinds: {joined: a state joins}", "no question is of the kind 'joined'. Did you mean 'joins'"),
        ("states: {XYZ: [Utopia]}", "more.yaml:2:10: states.XYZ: there is no state 'XYZ'"),
        ("reference: {peace: {unit: years, eras: [[1900, 1950, 1, 2]]}}", "no kind of question has the rate 'peace'"),
        ('reference: {"treaty ends, bilateral": {unit: y, eras: [[1950, 1900, 1, 2]]}}', "1950 to 1900 runs backwards"),
        ('reference: {"treaty ends, bilateral": {unit: y, eras: [[1900, 1950, 1, -2]]}}', "exposure -2 is not above 0"),
        ('reference: {"treaty ends, bilateral": {unit: y, eras: [[1900, 1950, 3, 2]]}}', "3 events do not fit"),
        ("questions: {Q: {kind: treaty signed, all_of: [USA]}}", "a treaty of USA has one side"),
        ("questions: {Q: {kind: treaty signed, all_of: [USA, USA]}}", "'USA' is listed twice"),
        ("questions: {Q: {kind: treaty signed, all_of: [USA, XYZ]}}", "there is no state 'XYZ'"),
        ('questions: {Q: {kind: joins, at_least: {"3": [JPN, KOR]}}}', "3 of 2 states are asked for"),
        ("questions: {Q: {kind: forum meets, all_of: [USA, JPN]}}", "a forum has three members or more"),
        ("institutions: {QUAD2017: ['(a+)+$']}", r"more.yaml:2:27: .*repeats a group that repeats"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "more.yaml"
    path.write_text(f"foedus: 1\n{text}\n")
    with pytest.raises(FoedusError, match=said):
        read_vocabulary(path)


@pytest.mark.parametrize(
    "pattern",
    [
        *("(a+)+$", "(a|a)*b", "((a|b))+", "((a)?)*", "(?:a?){30}", "(?:{region} )*", "(?P<n>a+)+", "(?:(?:a*))*"),
        *(r"\w*\w*\w*x", "a?" * 30, "x{9999}", r"(\w+) \1", "(", "a" * 500),
    ],
)
def test_patterns_that_could_be_tried_for_ever_are_refused(pattern: str) -> None:
    assert len(list(pattern_problems(pattern))) == 1


@pytest.mark.parametrize(
    "pattern",
    ["[a-z]+s?", "(?:the )?union(?:s|ed)?", "(?:a|b)?c+", r"[)*+]+x", r"\(a\)+", "(?i:a)b", "a{2,3}", "(?=a+)b"],
)
def test_usual_patterns_are_read(pattern: str) -> None:
    assert not list(pattern_problems(pattern))


def test_the_words_of_the_package_pass() -> None:
    assert read_vocabulary(BUILT_IN).words
