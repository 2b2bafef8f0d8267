from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from httpx2 import Response
from starlette.testclient import TestClient

from foedus.casebook.reader import read_case
from foedus.cli.main import main
from foedus.trials.claims import read_trial
from foedus.trials.own_claim import ALONE, OwnClaim, Seen, in_unit, measure_in, phrase_of
from foedus.trials.own_record import KINDS, parts_of_record, phrase_of_record
from foedus.trials.queries import PHRASES, read_query
from foedus.vocabulary.errors import Problem
from foedus.web.claim_fields import _about, called
from foedus.web.claim_page import _said
from foedus.web.claim_record import asked_of_record
from foedus.web.claim_words import claimed, filled, words_of
from foedus.web.underway import Run

SAID = {
    "case": "asia-1953",
    "quantity": "consent of KOR to everybody",
    "expect": "rises",
    "at_least": "0.05",
    "lever": "no quarrels",
    "says": "Korea would come if nobody had a quarrel with anybody.",
    "falsified_if": "its consent does not rise by five points",
    "mechanism": "dispute",
    "event": "MANILA1954",
    "event_says": "supports",
    "because": "A pact without Japan was signed within a year",
    "draws": "2",
}


def said(**other: str) -> str:
    events = [e.id for e in read_case("asia-1953").events]
    return "?" + urlencode({k: v for k, v in {**SAID, "event": events[0], **other}.items() if v})


def whole(client: TestClient, path: str) -> Response:
    for _ in range(600):
        answer = client.get(path)
        if "<progress" not in answer.text:
            return answer
        time.sleep(0.1)
    raise AssertionError(path)


def test_the_file_that_is_downloaded_gives_the_verdict_of_the_page(client: TestClient, tmp_path: Path) -> None:
    page = whole(client, "/t/new" + said())
    file = client.get("/t/new.yaml" + said())
    assert 'filename="my-claim.yaml"' in file.headers["content-disposition"]
    (tmp_path / "my-claim.yaml").write_bytes(file.content)
    printed = CliRunner().invoke(main, ["trial", str(tmp_path / "my-claim.yaml"), "--draws", "2", "--json"])
    assert printed.exit_code == 0, printed.output
    assert client.get("/t/new.json" + said()).text == printed.stdout
    claims = json.loads(printed.stdout)["sections"][1]["tables"]["claims"]
    verdict = dict(zip((c["name"] for c in claims["columns"]), claims["rows"][0], strict=True))["verdict"]
    assert re.search(rf'class="vl vd-\w+">Claim 1 is {verdict}( by [a-z, ]+)?<', page.text)
    assert "foedus trial my-claim.yaml --draws 2" in page.text
    cited = page.text.partition('id="cite-text">')[2].partition("</dd>")[0]
    assert re.search("A claim tried: .* 2 draws", cited), "what is cited is the claim, as it was tried"
    assert page.text.partition("<main")[0].count('href="#cite"') == 2, "the bar leads there"


def test_draws_that_are_there_are_not_counted_anew(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run("claim", lambda progress: None, 50)
    monkeypatch.setattr("foedus.web.claim_page.tried", lambda held, found: run)
    for done, total, words in (
        (41, 50, "41 of 50 draws"),
        (14, 14, "All 50 draws are there. What would change the verdict is tried"),
    ):
        run.told(done, total)
        assert words in client.get("/t/new" + said(draws="50")).text
    assert "14 of 14 draws" not in client.get("/t/new" + said(draws="50")).text


def test_the_page_is_read_before_anything_is_drawn(client: TestClient) -> None:
    text = client.get("/t/new" + said(draws="")).text
    assert "Chance that South Korea agrees to a council of everybody" in text
    assert "with the values in use" in text
    assert "The record supports" in text
    assert "Claim 1 is" not in text
    assert "five points" in text


def test_fields_of_the_form_become_the_address_of_the_claim(client: TestClient) -> None:
    form = {
        "case": "asia-1953",
        "kind": "consent of MEMBER to BODY",
        "member": "JPN",
        "body": "a council of USA, JPN, AUS",
        "expect": "falls",
        "at_least": "5 points",
        "change": "without:dispute",
        "fact": "JPN.trade.CHN",
        "to": "0.2",
        "falsified_if": "It does not fall.",
    }
    found = client.get("/t/new?" + urlencode(form), follow_redirects=False)
    assert found.status_code == 303
    words = filled(found.headers["location"].partition("?")[2]).one
    assert words["quantity"] == "consent of JPN to a council of USA, JPN, AUS"
    assert (words["at_least"], words["without"], words["set"]) == ("0.05", "dispute", "JPN.trade.CHN:0.2")
    again = claimed(filled(found.headers["location"].partition("?")[2]), read_case("asia-1953"), "asia-1953")
    assert again.link() == found.headers["location"]
    assert again.own.falsified_if == "It does not fall."


RECORD = [
    (
        "count",
        {"type": "coercion", "actor": "CHN", "from": "2010", "number": "4"},
        "count of coercion by CHN from 2010 at least 4",
    ),
    ("count", {"type": "pact", "actor": "TWN", "side": "at most", "number": "0"}, "count of pact by TWN at most 0"),
    ("value", {"value": "MIDS_JPN_KOR", "limit": "20.5", "side": "below"}, "value of MIDS_JPN_KOR below 20.5"),
    (
        "soon",
        {"event": "LICENCES2019", "after": "EXPORTCONTROL2019", "days": "9"},
        "LICENCES2019 within 9 days after EXPORTCONTROL2019",
    ),
    ("event", {"event": "THAAD2016"}, "THAAD2016"),
]


@pytest.mark.parametrize(("what", "parts", "phrase"), RECORD)
@pytest.mark.parametrize("kind", ["consent of MEMBER to BODY", ALONE])
def test_what_is_asked_of_the_record_is_what_the_reader_of_files_looks_up(
    client: TestClient, tmp_path: Path, what: str, parts: dict[str, str], phrase: str, kind: str
) -> None:
    form = {
        "case": "indo-pacific-2020",
        "kind": kind,
        "change": "lever:no quarrels",
        "what": what,
        "event_says": "supports",
    }
    form |= {f"record0_{k}": v for k, v in parts.items()}
    form |= {
        "because": "It is what the record has of it",
        "says": "Something that the record can show.",
        "falsified_if": "it is not there at all",
    }
    page = client.get("/t/new?" + urlencode(form))
    words = page.url.query.decode()
    assert filled(words).one["event"] == phrase
    assert "The record supports it" in page.text
    (tmp_path / "my-claim.yaml").write_bytes(client.get(f"/t/new.yaml?{words}").content)
    claim = read_trial(tmp_path / "my-claim.yaml").claims[0]
    assert (claim.test is None) == (kind == ALONE)
    asked = claim.precedents[0].model_dump(by_alias=True, exclude_none=True, exclude={"says", "because"})
    told = asked.get("count", asked)
    assert {str(v) for v in told.values()} == {v for k, v in parts.items() if k != "side"}
    assert parts_of_record(phrase_of_record(*parts_of_record(phrase))) == parts_of_record(phrase)


@pytest.mark.parametrize("what", KINDS)
def test_a_question_to_the_record_begins_with_one_that_can_be_asked(client: TestClient, what: str) -> None:
    form = {
        **SAID,
        "event": "",
        "event_says": "supports",
        "draws": "",
        "kind": ALONE,
        "what": what,
        "case": "indo-pacific-2020",
    }
    page = client.get("/t/new?" + urlencode({k: v for k, v in form.items() if v}))
    assert "Download" in page.text
    assert f'<option value="{what}" selected>' in page.text


@pytest.mark.parametrize("case", ["asia-1953", "gulf-1981"])
def test_every_quantity_on_offer_is_one_that_a_claim_can_ask_for(case: str) -> None:
    place = read_case(case)
    for measure in PHRASES:
        phrase = phrase_of(measure, words_of(measure, {}, place))
        found = measure_in(phrase, case)
        assert found is not None, phrase
        assert found[0] is measure, phrase
        if place.quarrel or not phrase.startswith("quarrel"):
            read_query(place, phrase)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"falsified_if": ""}, "What would show this to be wrong is not said yet"),
        ({"quantity": "chance of a bdy"}, "is no quantity a claim can ask for. Did you mean"),
        ({"quantity": "consent of KRO to everybody"}, "there is no such state in"),
        ({"lever": ""}, "Nothing is changed, so the quantity cannot rise or fall"),
        ({"lever": "", "set": "KOR.trade.CHN:nought"}, "is not a number"),
        ({"expect": "above", "lever": ""}, "needs something to be compared with"),
        ({"expect": "above", "lever": "", "than": "1.5"}, "so the test cannot succeed"),
        ({"at_least": "2"}, "No change of this quantity can reach 2"),
        ({"at_least": "much"}, "Write for example 0.05, or 5 points"),
        ({"because": "so"}, "15 letters or more are wanted"),
        ({"event": "count of coercion at least 0"}, "Any count reaches that, so the test cannot fail"),
        ({"event": "count of coertion at least 1"}, "No event is of type"),
        ({"event": "value of nothing above 3"}, "There is no event"),
        ({"quantity": ALONE, "event": "", "event_says": "", "because": ""}, "nothing of the record"),
        ({"says": "Too short."}, "20 letters or more are wanted"),
    ],
)
def test_what_is_wrong_is_a_sentence_and_no_file_is_handed_out(
    client: TestClient, other: dict[str, str], sentence: str
) -> None:
    path = said(draws="", **other)
    page = client.get("/t/new" + path)
    assert page.status_code == 200
    assert sentence in page.text.replace("&#39;", "'")
    assert "Download" not in page.text
    assert client.get("/t/new.yaml" + path).status_code == 400


@pytest.mark.parametrize(
    ("what", "said_of_it"),
    [
        ("expect: it is none of five", ("It is none of five.", "expect")),
        ("it is no day: write it as 2020-12-29", ("It is no day: write it as 2020-12-29.", "date")),
        ("it is none", ("It is none.", "date")),
    ],
)
def test_a_problem_names_its_field_before_a_colon_only_by_one_word(what: str, said_of_it: tuple[str, str]) -> None:
    assert _said(Problem("claims.0.date", what, "")) == said_of_it


@pytest.mark.parametrize(("expect", "than"), [("above", True), ("below", True), ("rises", False)])
def test_a_bound_is_asked_for_where_something_lies_above_or_below_it(
    client: TestClient, expect: str, than: bool
) -> None:
    other = {"than": "0.5", "at_least": "", "lever": ""} if than else {}
    page = client.get("/t/new" + said(draws="", expect=expect, **other)).text
    assert ('name="than"' in page) is than


def test_what_lacks_is_said_at_its_field_once_it_is_tried(client: TestClient) -> None:
    path = said(draws="50", falsified_if="")
    page = client.get("/t/new" + path).text
    field = page.partition('name="falsified_if"')[2].partition("</fieldset>")[0]
    assert 'id="falsified_if-wrong">What would show this to be wrong is not said yet' in field
    assert "-wrong" not in client.get("/t/new" + said(draws="", falsified_if="")).text


@pytest.mark.parametrize(
    ("path", "said_of_it"),
    [
        ("/t/new?cas=asia-1953", "Did you mean"),
        ("/t/new?case=asia-1593", "Did you mean"),
        ("/t/new?case=../../etc", "there is no such case"),
        ("/t/new?also=/etc", "there is no such case"),
        ("/t/new?draws=many", "is not a whole number"),
        ("/t/new.pdf", "this page has no such form"),
    ],
)
def test_wrong_addresses_are_sentences(client: TestClient, path: str, said_of_it: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert said_of_it in answer.text


def test_whatever_is_written_is_text_in_the_file(tmp_path: Path) -> None:
    evil = 'x"]}\n- {a: &b [*b]}\u2028: !!python/object "\\" # \x07 <script>'
    words = {
        "says": f"A claim of some length {evil}",
        "title": evil,
        "author": "no",
        "falsified_if": f"nothing at all {evil}",
    }
    own = OwnClaim("asia-1953", lever="no trade", date="1953", record=(Seen("THAAD", "supports", evil),), **words)
    (tmp_path / "x.yaml").write_text(
        OwnClaim("asia-1953", lever="no trade", date="1953", **words).text(), encoding="utf-8"
    )
    found = read_trial(tmp_path / "x.yaml")
    assert found.text.author == "no"
    assert found.claims[0].says == " ".join(words["says"].split())
    assert own.text().count("\n") == len(own.text().split("\n")) - 1


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("5 points", "0.05"),
        ("12.5%", "0.125"),
        ("1 point", "0.01"),
        ("0.05", "0.05"),
        ("some", "some"),
        ("7 per cent", "0.07"),
    ],
)
def test_points_are_shares(typed: str, number: str) -> None:
    assert in_unit(typed) == number


def test_a_number_is_set_in_words_and_what_is_not_clear_is_offered(client: TestClient) -> None:
    begun = "/t/new?case=asia-1953&kind=consent+of+MEMBER+to+BODY&member=KOR&falsified_if=not+so"
    sent = client.get(f"{begun}&fact=South+Korea+trade+China&to=0.02", follow_redirects=False)
    assert "set=KOR.trade.CHN:0.02" in sent.headers["location"]
    offered = client.get(f"{begun}&fact=Korea+trade+China&to=0.02").text
    link = re.search(r'may be <a href="([^"]+)">trade of South Korea with China</a>', offered)
    assert link is not None
    assert "set=KOR.trade.CHN:0.02" in link.group(1)
    named = client.get(
        "/t/new.yaml?case=asia-1953&quantity=consent of South Korea to a council of Japan, South Korea&expect=above&than=0.5&falsified_if=it agrees less often"
    )
    assert "consent of KOR to a council of JPN, KOR" in named.text


def test_another_number_of_a_case_is_found_in_words(client: TestClient) -> None:
    found = client.get("/c/new?base=asia-1953&at=South+Korea+trade+China", follow_redirects=False)
    assert (found.status_code, found.headers["location"]) == (303, "/c/new?base=asia-1953&at=KOR.trade.CHN")


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        ("lots", "Year: 'lots' is no year. Write one such as 2007, or leave the field empty."),
        ("1492", "in 1492: its yearly data run from 1951 to 2025."),
    ],
)
def test_a_year_that_is_none_is_said_without_a_place_on_the_machine(
    client: TestClient, year: str, sentence: str
) -> None:
    asked = {
        "case": "indo-pacific-2020",
        "quantity": f"chance that a body forms within a year in indo-pacific-2020@{year}",
        "falsified_if": "It does not rise at all.",
    }
    page = unescape(client.get("/t/new", params=asked).text)
    assert sentence in page
    assert "/library/" not in page


def test_a_quantity_is_called_and_told_with_a_capital_and_its_unit() -> None:
    measure = PHRASES[0]
    name, told = called(measure), _about(measure)
    assert name[0].isupper()
    assert name[1:2].islower()
    assert name.endswith(f"({measure.unit})")
    about = measure.about or measure.meaning
    assert told.startswith(f"{about[0].upper()}{about[1:]}. Measured in: {measure.unit}")


def test_a_case_of_one_event_asks_for_it_and_of_none_for_nothing() -> None:
    case = read_case("asia-1953")
    first, second = sorted(case.events, key=lambda e: e.date)[:2]
    kinds = list(KINDS)
    whole, one, none = (
        asked_of_record({}, kinds, replace(case, events=events)) for events in ((second, first), (first,), ())
    )
    assert all(first.id in phrase for phrase in (*whole[:2], *one[:2]))
    assert second.id in whole[1]
    assert second.id not in "".join(one)
    assert case.events[0].id not in "".join(none)
