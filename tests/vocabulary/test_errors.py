"""Problems as lines for the reader: one line each, and nothing in them that a terminal would obey."""

from __future__ import annotations

from foedus.vocabulary.errors import FoedusError, Problem


def test_a_name_from_outside_cannot_steer_the_terminal_nor_feign_a_second_line() -> None:
    problem = Problem(
        "case '\x1b]0;owned\x07\x1b[31mred\u202e'", "there is no such case\nerror: all is well", "Mend it"
    )
    assert str(problem) == "case ']0;owned[31mred': there is no such case error: all is well. Mend it."
    assert str(FoedusError([problem, problem])).count("\n") == 1
