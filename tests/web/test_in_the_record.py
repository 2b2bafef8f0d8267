"""The record beside the answer: said where it excludes the value in use, from the data of the page of the number, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from foedus.mechanisms import variant
from foedus.methods import one_at_a_time
from foedus.questions.what_forms import BODY, CHANCE, DECADE
from foedus.vocabulary.tables import percent
from foedus.web.address import Address
from foedus.web.held import Held
from foedus.web.in_the_record import beside_the_record, ten_years
from foedus.web.quick import at_once


def test_what_the_record_says_of_the_foremost_number_stands_beside_the_answer(client: TestClient) -> None:
    held, address = Held("asia-1953"), Address("asia-1953")
    swings = one_at_a_time.known(held.plainly(address))
    assert swings is not None
    name = one_at_a_time.foremost(swings)
    words, link = beside_the_record(held, address, swings)
    median = words.partition("put it at ")[2].partition(" ")[0]
    chance = percent(float(at_once(held, replace(address, changes=(f"{name}={median}",)))["body"]))
    assert f"with it a body has {chance} a year" in words
    assert f"put it at {median} (nine in ten:" in client.get(link).text
    assert link.partition("?")[0] == f"/n/{name}"
    assert beside_the_record(held, replace(address, changes=("KOR.gdp=1",)), None) == ("", "")


def test_a_number_that_the_record_was_not_asked_about_is_not_said() -> None:
    held, address = Held("atlantic-2020"), Address("atlantic-2020")
    swings = one_at_a_time.known(held.plainly(address))
    assert swings is not None
    assert beside_the_record(held, address, swings) == ("", "")


def test_ten_years_say_why_they_are_less_than_ten_times_one() -> None:
    held = Held("asia-1953")
    found = held.plainly(Address("asia-1953"))
    alike = 1.0 - (1.0 - found.value(CHANCE(BODY))) ** 10
    assert found.value(DECADE()) < alike
    again = percent(variant(found.study.parameters, "agenda")(1, found.study.parameters))
    assert f"less often on the table ({again} in the second year)" in ten_years(found)
    assert percent(alike) not in ten_years(found), "a third figure would compete with the two"
    every = held.plainly(Address("asia-1953", laws=("agenda=every-year",)))
    assert every.value(DECADE()) == pytest.approx(1.0 - (1.0 - every.value(CHANCE(BODY))) ** 10)
    assert ten_years(every) == ""
