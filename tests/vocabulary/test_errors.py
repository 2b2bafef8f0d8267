"""Errors: where, what, what to do, in one sentence each; the nearest name where one is close."""

from __future__ import annotations

import pickle

from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest


def test_a_problem_is_a_sentence() -> None:
    assert str(Problem("states.yaml:12", "the value is missing", "Give one")) == (
        "states.yaml:12: the value is missing. Give one."
    )
    assert str(Problem("x", "it is wrong")) == "x: it is wrong."
    assert str(Problem("", "it is wrong")) == "it is wrong."
    for end in "?.!":
        assert str(Problem("x", "wrong", f"Did you mean y{end}")).endswith(f"mean y{end}")


def test_all_problems_are_said_one_a_line() -> None:
    found = FoedusError([Problem("a", "b"), Problem("c", "d")])
    assert str(found) == "a: b.\nc: d."
    assert len(found.problems) == 2
    assert FoedusError(Problem("a", "b")).problems == (Problem("a", "b"),)
    assert fail("a", "b", "c").problems == (Problem("a", "b", "c"),)


def test_an_error_comes_whole_out_of_another_process() -> None:
    sent = FoedusError([Problem("a", "b", "c"), Problem("d", "e")])
    got = pickle.loads(pickle.dumps(sent))
    assert isinstance(got, FoedusError)
    assert got.problems == sent.problems
    assert str(got) == str(sent)


def test_the_nearest_names_in_any_case() -> None:
    assert nearest("jpm", ["JPN", "KOR", "USA"]) == "Did you mean 'JPN'?"
    assert (
        nearest("value", ["valuer", "values", "valued", "xx"]) == ("Did you mean 'valuer' or 'values' or 'valued'?")
        or nearest("value", ["valuer", "values", "valued"]).count("'") == 6
    )
    assert nearest("value", ["valuer", "values", "valued", "valuex"]).count(" or ") == 2  # three at the most
    assert nearest("value", ["valuer", "values"], most=1).count("'") == 2


def test_where_nothing_is_near_the_known_names_are_listed_as_far_as_there_is_room() -> None:
    thirty = [f"n{k:02}" for k in range(30)]
    assert nearest("quite other", thirty) == "Known names: " + ", ".join(thirty)
    assert nearest("quite other", [*thirty, "n30"]) == "Known names: " + ", ".join(thirty) + ", …"
    assert nearest("zz", ["b", "a", "b"]) == "Known names: a, b"


def test_a_name_from_outside_cannot_steer_the_terminal_nor_feign_a_second_line() -> None:
    problem = Problem(
        "case '\x1b]0;owned\x07\x1b[31mred\u202e'", "there is no such case\nerror: all is well", "Mend it"
    )
    assert str(problem) == "case ']0;owned[31mred': there is no such case error: all is well. Mend it."
    other = Problem("case 'x'", "there is no such case")
    assert str(FoedusError([problem, other])).count("\n") == 1


def test_what_is_wrong_twice_alike_is_said_once() -> None:
    one, other = Problem("'X'", "there is no such parameter"), Problem("'Y'", "there is no such parameter")
    assert FoedusError([one, other, one]).problems == (one, other)


def test_numbers_are_listed_by_their_size() -> None:
    assert nearest("x", ["180", "50", "b", "90", "a"]) == "Known names: a, b, 50, 90, 180"


def test_a_suggestion_far_behind_the_best_is_left_out() -> None:
    assert nearest("asess", ["assess", "case", "ensemble"]) == "Did you mean 'assess'?"
    assert nearest("indo", ["indo-pacific-2020", "asia-1953"]) == "Did you mean 'indo-pacific-2020'?"
    assert nearest("xy", ["xylophone", "abc"]) == "Known names: abc, xylophone"
