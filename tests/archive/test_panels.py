"""The traps of alliance data, one test each, and panels against counts known from the full data sets."""

import math

import polars as pl
import pytest

from archive.published_files import SHARED, needs_shared, write_folder
from foedus.archive.datasets.tidy import TidyFolder
from foedus.archive.panels import dyad_years, mirrored, rivalry_years, state_years
from foedus.archive.pledges import DECLARATION_BY_UNITED_NATIONS, pledge_years
from foedus.archive.store import Store, import_folder
from foedus.vocabulary.errors import FoedusError


@pytest.fixture(scope="module")
def dyads(store):
    return dyad_years(store, 1940, 2020)


@pytest.fixture(scope="module")
def tidy():
    return TidyFolder(SHARED)


@pytest.fixture(scope="module")
def full(tidy):
    return dyad_years(tidy)


def at(frame, one, two, year):
    found = frame.filter((pl.col("state1") == one) & (pl.col("state2") == two) & (pl.col("year") == year))
    assert found.height == 1
    return found.row(0, named=True)


def test_direction_of_a_pledge_is_kept(dyads):
    """The United States is bound to Japan and not Japan to them: a mutual-only rule loses the alliance."""
    found = at(dyads, "USA", "JPN", 1960)
    assert (found["defence"], found["pledge12"], found["pledge21"], found["defence_mutual"]) == (1, 1, 0, 0)
    assert at(dyads, "USA", "TWN", 1960)["defence_mutual"] == 1


def test_directed_rows_show_each_side_its_own_pledge(store):
    directed = dyad_years(store, 1960, 1960, directed=True)
    assert at(directed, "USA", "JPN", 1960)["pledge12"] == 1
    assert at(directed, "JPN", "USA", 1960)["pledge12"] == 0
    assert at(directed, "JPN", "USA", 1960)["cinc1"] == 0.03
    assert directed.height == 2 * dyad_years(store, 1960, 1960).height


def test_mirroring_twice_changes_nothing(dyads):
    assert mirrored(mirrored(dyads)).equals(dyads)


def test_missing_is_not_zero_after_coverage_ends(dyads):
    found = at(dyads, "USA", "JPN", 2020)
    assert found["defence"] is None
    assert found["onset"] is None
    assert found["contiguity"] is None
    assert found["disputes"] is None
    assert at(dyads, "USA", "JPN", 2018)["defence"] == 1
    assert at(dyads, "USA", "JPN", 2016)["contiguity"] == 0
    assert at(dyads, "USA", "CAN", 2016)["contiguity"] == 1
    # The file at hand ends in 1961: the years after are not known, whatever the data set covers.
    assert at(dyads, "USA", "JPN", 1961)["disputes"] == 0
    assert at(dyads, "USA", "JPN", 1962)["disputes"] is None
    assert at(dyads, "USA", "JPN", 2010)["disputes"] is None
    assert at(dyads, "USA", "JPN", 2011)["disputes"] is None


def test_unreported_trade_is_missing(dyads):
    assert at(dyads, "USA", "JPN", 1960)["trade"] == 2500
    assert at(dyads, "USA", "CHN", 1960)["trade"] is None
    assert at(dyads, "USA", "CAN", 1960)["trade"] is None


def test_taiwan_is_in_every_join(dyads, store):
    """Contested states are states here: 713 has capabilities, votes, regime, trade, neighbours and a pact."""
    state = state_years(store, 1960, 1960).filter(pl.col("state") == "TWN").row(0, named=True)
    assert (state["cinc"], state["polyarchy"], state["ideal_point"]) == (0.01, 0.2, 1.4)
    pact = at(dyads, "USA", "TWN", 1960)
    assert (pact["defence"], pact["trade"], pact["rivalry"]) == (1, 20, 0)
    assert at(dyads, "CHN", "TWN", 1960)["contiguity"] == 5
    assert at(dyads, "USA", "TWN", 1960)["ideal_point_distance"] == pytest.approx(0.5)
    assert math.isclose(at(dyads, "CHN", "TWN", 1960)["distance"], 1719, abs_tol=15)


def test_a_change_of_code_is_no_change_of_state(dyads):
    """West Germany becomes Germany (260 to 255) within the pact: no end, no beginning."""
    for year, code in [(1989, 260), (1990, 255), (1991, 255)]:
        found = at(dyads, "USA", "DEU", year)
        assert found["ccode2"] == code
        assert (found["defence"], found["onset"], found["entry_with_pact"], found["termination"]) == (1, 0, 0, 0)
        assert found["both_before"] == 1


def test_treaties_that_are_multilateral_in_name_only(dyads):
    """The Manila Pact is called multilateral; once the others have left, two states hold it."""
    assert (at(dyads, "USA", "THA", 1970)["two_member_pacts"], at(dyads, "USA", "THA", 1970)["larger_pacts"]) == (0, 1)
    assert (at(dyads, "USA", "THA", 1980)["two_member_pacts"], at(dyads, "USA", "THA", 1980)["larger_pacts"]) == (1, 0)


def test_the_declaration_by_united_nations_can_be_left_out(store, dyads):
    assert at(dyads, "USA", "RUS", 1942)["onset"] == 1
    assert at(dyads, "USA", "RUS", 1945)["termination"] == 1
    rest = dyad_years(store, 1940, 1950, without=[DECLARATION_BY_UNITED_NATIONS])
    assert rest["defence"].sum() == at(rest, "USA", "GBR", 1949)["defence"] + at(rest, "USA", "GBR", 1950)["defence"]
    assert at(rest, "USA", "RUS", 1942)["onset"] == 0


def test_ends_in_the_last_coded_year_cannot_be_seen(dyads):
    assert at(dyads, "USA", "JPN", 2017)["termination"] == 0
    assert at(dyads, "USA", "JPN", 2018)["termination"] is None
    assert (
        dyads.filter(pl.col("year") == 2018)["termination"].null_count() == dyads.filter(pl.col("year") == 2018).height
    )


def test_year_of_exit_counts_and_the_end_of_the_year_does_not(dyads):
    """The pact with Taipei ended on 1 January 1980."""
    assert (at(dyads, "USA", "TWN", 1980)["defence"], at(dyads, "USA", "TWN", 1980)["defence_year_end"]) == (1, 0)
    assert (at(dyads, "USA", "TWN", 1979)["defence"], at(dyads, "USA", "TWN", 1979)["defence_year_end"]) == (1, 1)
    assert at(dyads, "USA", "TWN", 1980)["termination"] == 1
    assert at(dyads, "USA", "TWN", 1981)["defence"] == 0


def test_occupied_states_enter_with_their_pact(dyads):
    """Japan signs in 1951 and enters the system in 1952: no onset, but not lost."""
    assert dyads.filter((pl.col("state2") == "JPN") & (pl.col("year") == 1951)).is_empty()
    found = at(dyads, "USA", "JPN", 1952)
    assert (found["defence"], found["onset"], found["entry_with_pact"]) == (1, 0, 1)
    assert at(dyads, "USA", "DEU", 1955)["entry_with_pact"] == 1


def test_a_promise_not_to_attack_is_no_alliance(dyads):
    found = at(dyads, "RUS", "CHN", 2000)
    assert (found["defence"], found["nonaggression"], found["nonaggression_only"]) == (0, 1, 1)


def test_renewal_by_another_treaty_is_no_end(dyads):
    assert at(dyads, "USA", "JPN", 1960)["termination"] == 0
    assert at(dyads, "USA", "JPN", 1960)["onset"] == 0


def test_rivalries_are_read_by_year(store):
    years = rivalry_years(store)
    assert set(years.filter(pl.col("ccode1") == 710)["year"]) == set(range(1996, 2021))


def test_panels_need_years_of_the_system_and_the_member_file(store, tmp_path):
    with pytest.raises(FoedusError, match="no year of the state system"):
        state_years(store, 1700, 1750)
    with pytest.raises(FoedusError, match="foedus data pull atop"):
        dyad_years(Store(tmp_path), 1950, 1951)


def test_tables_that_are_absent_are_null_columns(tmp_path):
    folder = write_folder(tmp_path / "files")
    for file in folder.iterdir():
        if not file.name.startswith("atop"):
            file.unlink()
    import_folder(folder, tmp_path / "store")
    found = dyad_years(Store(tmp_path / "store"), 1960, 1960)
    for column in ("contiguity", "rivalry", "disputes", "trade", "cinc1", "ideal_point_distance"):
        assert found[column].null_count() == found.height


@needs_shared
def test_all_dyad_years_of_the_system(full):
    """993,975 dyad-years; in 1990 the two codes of Germany and Yemen make 323 pairs that are here one state's."""
    assert full.height == 993_975 - 323 + 3
    assert not full.select("year", "ccode1", "ccode2").is_duplicated().any()


@needs_shared
def test_defence_dyads_rebuilt_from_members_are_those_of_atop(full):
    listed = pl.read_parquet(SHARED / "panel_core.parquet").select(
        pl.col("year", "ccode1", "ccode2", "def_pact", "def_mutual", "onset", "n_def_bilat").cast(pl.Int64)
    )
    both = full.join(listed, on=["year", "ccode1", "ccode2"], suffix="_listed")
    assert both.height == full.height - 3
    assert (both["defence"] == both["def_pact"]).all()
    assert (both["defence_mutual"] == both["def_mutual"]).all()
    later = both.filter(pl.col("year") > 1816)
    assert (later["onset"] == later["onset_listed"]).all()


@needs_shared
def test_onsets_and_pacts_by_direction(full):
    assert full["onset"].sum() == 2391
    assert full.filter((pl.col("defence") == 1) & (pl.col("defence_mutual") == 0)).height == 462


@needs_shared
def test_united_nations_declaration_explains_the_jump_of_1945(full, tidy):
    without = dyad_years(tidy, 1941, 1946, without=[DECLARATION_BY_UNITED_NATIONS])
    jump = full.filter(pl.col("year") == 1945)["termination"].sum()
    rest = without.filter(pl.col("year") == 1945)["termination"].sum()
    assert jump - rest > 600


@needs_shared
@pytest.mark.parametrize(
    ("one", "two", "first", "last"),
    [
        ("USA", "PHL", 1951, 2018),
        ("USA", "AUS", 1951, 2018),
        ("USA", "NZL", 1951, 1986),
        ("USA", "KOR", 1953, 2018),
        ("USA", "TWN", 1954, 1980),
        ("USA", "THA", 1954, 2018),
        ("CHN", "PRK", 1961, 2018),
        ("RUS", "PRK", 1961, 1996),
        ("RUS", "CHN", 1946, 1980),
        ("GBR", "MYS", 1957, 1971),
    ],
)
def test_known_alliances(full, one, two, first, last):
    # From 1945: the treaty of Moscow with the Republic of China came before that of 1950 with the People's Republic.
    years = full.filter((pl.col("defence") == 1) & (pl.col("state1") == one) & (pl.col("state2") == two))["year"]
    after = [y for y in years if y > 1945]
    assert (min(after), max(after)) == (first, last)


@needs_shared
@pytest.mark.parametrize(("one", "two"), [("KOR", "JPN"), ("JPN", "AUS"), ("JPN", "PHL")])
def test_pacts_that_never_were(full, one, two):
    pairs = full.filter(pl.col("state1").is_in([one, two]) & pl.col("state2").is_in([one, two]))
    assert pairs.filter(pl.col("year") > 1945)["defence"].sum() == 0


@needs_shared
def test_guarantors_of_a_third_state_do_not_guarantee_each_other(tidy):
    rows = pledge_years(tidy).filter((pl.col("ccode1") == 360) & (pl.col("ccode2") == 325) & (pl.col("year") == 1900))
    assert rows["defence"].sum() == 0
