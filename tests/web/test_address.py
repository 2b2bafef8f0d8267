from __future__ import annotations

import random
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.vocabulary.errors import FoedusError
from foedus.web.address import COMMON, LONGEST, PAGES, Address, parse, write

_word = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    lambda w: w.strip() == w and not {":", "="} & set(w)
)
_paired = st.builds("{}={}".format, _word, _word)
_name = st.text("abcdefghij-0123456789@", min_size=1, max_size=12)


def _unique(words: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(words, max_size=3, unique=True).map(tuple)


@st.composite
def addresses(draw: st.DrawFn) -> Address:
    page = draw(st.sampled_from(sorted(PAGES)))
    own = tuple((n, "gains" if n == "map" else draw(_word)) for n in PAGES[page] if draw(st.booleans()))
    return Address(
        draw(_name),
        page,
        draw(_word.filter(lambda w: "/" not in w and "." not in w)) if page == "why" else "",
        own,
        draw(_unique(_paired)),
        draw(_unique(_paired)),
        draw(_unique(_word)),
        draw(_unique(_paired)),
        draw(st.none() | st.integers(0, 9999)),
        draw(st.none() | st.integers(0, 99_999)),
        draw(st.integers(0, 9999)),
        draw(st.just("") | _word),
        draw(st.just("") | _word),
        draw(st.sampled_from(("", "0.1.0", "0.2.0rc1", "1.0.post1.dev3", "12.0"))),
        draw(st.sampled_from(("", "json", "csv", "svg", "yaml"))),
    )


@given(addresses())
def test_what_is_written_is_read_as_it_was(address: Address) -> None:
    path, _, words = write(address).partition("?")
    assert parse(path, words) == address


@given(addresses(), st.randoms())
def test_order_never_matters(address: Address, chance: random.Random) -> None:
    path, _, words = write(address).partition("?")
    pairs = parse_qsl(words, keep_blank_values=True)
    names = list(dict.fromkeys(k for k, _ in pairs))
    chance.shuffle(names)
    mixed = [pair for n in names for pair in pairs if pair[0] == n]
    assert write(parse(path, urlencode(mixed))) == write(address)


def test_an_address_is_the_question_of_the_command_line() -> None:
    found = parse(
        "/c/asia-1953",
        "set=KOR.trade.CHN:0.075&lever=trade:0.5&without=dispute&law=holding:habit&draws=20&seed=2&year=1960",
    )
    assert found.ask().command() == (
        "foedus assess asia-1953@1960 --set KOR.trade.CHN=0.075 --lever trade=0.5 --without dispute --law holding=habit --draws 20 --seed 2"
    )


@pytest.mark.parametrize(
    ("path", "words", "said"),
    [
        ("/c/asia-1953", "sett=a:1", "'sett': an address has no such word. Did you mean 'set'?"),
        ("/c/asia-1953", "set=a", "set=a: it has a name and no value"),
        ("/c/asia-1953", "draws=many", "draws: 'many' is not a whole number"),
        ("/c/asia-1953", "draws=1&draws=2", "'draws': it is said twice"),
        ("/c/asia-1953/wy", "", "'wy': there is no such page. Did you mean 'why'?"),
        ("/c/asia-1953.jsn", "", "'.jsn': this page has no such form. Did you mean '.json'"),
        ("/c/", "", "it names no case"),
        ("/c/asia-1953/answer/x/y", "", "there is no such page"),
        ("/c/asia-1953", "set=" + "x" * LONGEST, "letters"),
    ],
)
def test_what_is_wrong_is_said_with_the_nearest_right_name(path: str, words: str, said: str) -> None:
    with pytest.raises(FoedusError) as error:
        parse(path, words)
    assert said in str(error.value)


def test_a_field_that_was_left_empty_says_nothing() -> None:
    assert parse("/c/asia-1953/years", "year=&draws=") == parse("/c/asia-1953/years")


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(FoedusError) as error:
        parse("/c/asia-1953", "sed=1&draws=x&lever=trade")
    assert len(error.value.problems) == 3


def test_every_page_and_every_word_stands_in_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "workbench.md").read_text(encoding="utf-8")
    said = {name for name in PAGES if f"/c/CASE/{name}" in text} | {"answer"}
    assert set(PAGES) - said == set()
    assert [w for w in COMMON if f"| `{w}` |" not in text] == []
    for own in ("map", "term", "body", "pair", "budget", "claim"):
        assert f"`{own}=" in text, own
