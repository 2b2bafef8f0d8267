"""What states are: ideal points in the General Assembly, product and people, regime."""

from __future__ import annotations

from typing import Final

from foedus.archive.codes import one_state, with_state
from foedus.archive.datasets.published import Column, Dataset, Table
from foedus.archive.frames import pl
from foedus.archive.territory import with_iso
from foedus.vocabulary.states import STATES

FIRST_SESSION_YEAR: Final = 1945
"""The n-th session of the General Assembly opens in September of this year plus n."""

_POLITY_CODES: Final = {
    324: 325,  # Sardinia
    341: 347,  # Kosovo; in the other lists 341 is Montenegro
    342: 345,  # Serbia
    347: 345,  # Serbia and Montenegro
    348: 341,  # Montenegro
    364: 365,  # Soviet Union
    525: 626,  # South Sudan
    529: 530,  # Ethiopia from 1993
    626: 625,  # Sudan after the partition
    769: 770,  # Pakistan to 1971
    818: 816,  # Vietnam from 1976
}
"""Codes of Polity5 that differ from those of the Correlates of War."""

_POLITY_YEARS: Final = {
    255: ((1816, 1944), (1990, 9999)),  # Germany, beside West Germany
    260: ((1945, 1989),),
    324: ((1816, 1860),),  # Sardinia, then Italy
    325: ((1861, 9999),),
    345: ((1918, 1991),),  # Yugoslavia, then Serbia and Montenegro, then Serbia
    347: ((1992, 2005),),
    342: ((1816, 1917), (2006, 9999)),
    364: ((1922, 1990),),  # the Soviet Union of 30 December 1922 to 25 December 1991
    365: ((1816, 1921), (1991, 9999)),
    529: ((1993, 9999),),  # Ethiopia after and before Eritrea left
    530: ((1816, 1992),),
    625: ((1816, 2010),),  # Sudan before and after the South left
    626: ((2011, 9999),),
    678: ((1816, 1989),),  # North Yemen, then Yemen
    679: ((1990, 9999),),
    769: ((1947, 1970),),  # Pakistan with and without the East
    770: ((1971, 9999),),
    816: ((1954, 1975),),  # North Vietnam, then Vietnam
    818: ((1976, 9999),),
}
"""Years on whose 31 December a polity of Polity5 was in force, where several of them are one state here."""


def _ideal_points(frame: pl.DataFrame) -> pl.DataFrame:
    """Date the sessions. Until 1971 the seat of China was held from Taipei: it stands under 713, then under 710."""
    dated = frame.with_columns(year=pl.col("session") + FIRST_SESSION_YEAR)
    coded = with_state(dated).filter(pl.col("ideal_point").is_not_null())
    # Both German states after 1990 and both Yemens in 1990 meet in one code: the later code is the state that goes on.
    keep = coded.with_columns(_votes=pl.col("votes").fill_null(0)).sort("_votes")
    return keep.unique(["ccode", "session"], keep="last").drop("_votes").sort("ccode", "year")


def _maddison(frame: pl.DataFrame) -> pl.DataFrame:
    known = frame.filter(pl.col("year") >= 1816).with_columns(gdp=pl.col("gdp_per_head") * pl.col("population") / 1e3)
    there = known.filter(pl.any_horizontal(pl.col("gdp_per_head", "population").is_not_null()))
    return with_iso(there).sort("ccode", "year")


def _fariss(frame: pl.DataFrame) -> pl.DataFrame:
    """Put the three latent quantities side by side, by Gleditsch-Ward code."""
    latent = frame.filter(pl.col("_indicator").is_in(["latent_gdp", "latent_gdppc", "latent_pop"]))
    coded = one_state(latent.filter(pl.col("year") >= 1816), ("_indicator",), "gw", "drop")
    names = {"latent_gdp": "gdp", "latent_gdppc": "gdp_per_head", "latent_pop": "population"}
    columns = [pl.col("_mean").filter(pl.col("_indicator") == said).first().alias(name) for said, name in names.items()]
    # Two series of one state of which neither or both lasted the year say nothing of it.
    single = coded.filter(~pl.struct("ccode", "year", "_indicator").is_duplicated())
    return single.group_by("ccode", "year").agg(columns).sort("ccode", "year")


def _vdem(frame: pl.DataFrame) -> pl.DataFrame:
    """Drop countries without a code; V-Dem uses one code for Germany and Yemen throughout."""
    known = frame.filter(pl.col("ccode").is_not_null() & (pl.col("year") >= 1816))
    return one_state(known, unknown="drop").sort("ccode", "year")


def _polity(frame: pl.DataFrame) -> pl.DataFrame:
    """Translate the codes that are Polity's own; of two polities in a year the one in force on 31 December counts.

    Where two meet and neither or both were in force that day, the score of the year is unknown. Polities that are in no
    list of states are dropped.
    """
    spans = [
        (pl.col("ccode") == code) & pl.col("year").is_between(first, last)
        for code, years in _POLITY_YEARS.items()
        for first, last in years
    ]
    own = frame.with_columns(
        _lasts=pl.any_horizontal(spans), ccode=pl.col("ccode").replace(_POLITY_CODES), _own=pl.col("ccode")
    )
    known = own.filter(pl.col("ccode").is_in([s.cow for s in STATES.values()] + [260, 678]) & (pl.col("year") >= 1816))
    return (
        with_state(known)
        .filter(pl.col("_lasts") | ~pl.col("_lasts").any().over("ccode", "year"))
        .group_by("ccode", "year")
        .agg(polity2=pl.when(pl.len() == 1).then(pl.col("polity2").first()))
        .sort("ccode", "year")
    )


# fmt: off
IDEAL_POINTS: Final = Table(
    "ideal_point", "the file of ideal points in the General Assembly", ("idealpointestimatesall*.csv",),
    (Column("ccode", ("ccode",)), Column("session", ("session",)), Column("votes", ("NVotesAll", "NVotes")),
     Column("ideal_point", ("IdealPointAll", "IdealPoint"), "float", "UNGA ideal point"),
     Column("ideal_point_low", ("Q5%All", "Q5%"), "float", "UNGA ideal point"),
     Column("ideal_point_high", ("Q95%All", "Q95%"), "float", "UNGA ideal point")), ("ccode", "session"),
    releases={2019: "April 2020", 2023: "June 2024"}, encoding="cp1252", finish=_ideal_points,
)
MADDISON: Final = Table("gdp_maddison", "the file of the Maddison Project", ("mpd20*.csv", "maddison*.csv"),
                        (Column("iso", ("countrycode",), "text"), Column("year", ("year",)),
                         Column("gdp_per_head", ("gdppc", "rgdpnapc"), "float", "international $ of 2011"),
                         Column("population", ("pop",), "float", "thousand")), ("iso", "year"),
                        releases={2018: "2020", 2022: "2023"}, encoding="cp1252", finish=_maddison)
FARISS: Final = Table("gdp_fariss", "the file of latent product and population",
                      ("estimates_*_model_combined*.csv", "*fariss*.csv"),
                      (Column("ccode", ("gwno", "gwcode")), Column("year", ("year",)),
                       Column("_indicator", ("indicator",), "text"), Column("_mean", ("mean",), "float")),
                      ("ccode", "year", "_indicator"), finish=_fariss)
VDEM: Final = Table("polyarchy", "the country-year file of Varieties of Democracy", ("v-dem-cy-*.csv", "vdem*.csv"),
                    (Column("vdem_country", ("country_text_id",), "text"), Column("ccode", ("COWcode",)),
                     Column("year", ("year",)), Column("polyarchy", ("v2x_polyarchy",), "float", "0-1")),
                    ("vdem_country", "year"), releases={2022: "13", 2023: "14", 2024: "15", 2025: "16"}, finish=_vdem)
POLITY: Final = Table("polity", "the annual file of Polity5", ("p5v*.csv", "polity5*.csv"),
                      (Column("ccode", ("ccode",)), Column("_code", ("scode",), "text"), Column("year", ("year",)),
                       Column("polity2", ("polity2",), "int", "-10 … 10", (-66, -77, -88))), ("ccode", "_code", "year"),
                      releases={2018: "2018", 2020: "2020"}, encoding="cp1252", finish=_polity)
DATASETS: Final = (
    Dataset("unga", "Ideal points in the United Nations General Assembly", "April 2020 or June 2024",
            "https://doi.org/10.7910/DVN/LEJUQZ", "",
            "Bailey, M. A., Strezhnev, A. and Voeten, E. (2017). Estimating dynamic state preferences from United "
            "Nations voting data. Journal of Conflict Resolution 61(2): 430-456.", "Free with citation (Harvard Dataverse).",
            (1946, 2023), (IDEAL_POINTS,), why_not="the archive gives every release of the file another address"),
    Dataset("maddison", "Maddison Project Database", "2020 or 2023",
            "https://www.rug.nl/ggdc/historicaldevelopment/maddison/", "",
            "Bolt, J. and van Zanden, J. L. (2020). Maddison style estimates of the evolution of the world economy: a "
            "new 2020 update. Maddison Project Working Paper 15.", "CC BY 4.0.", (1816, 2018), (MADDISON,),
            why_not="it is published as a workbook; save the sheet 'Full data' as CSV"),
    Dataset("fariss", "Latent product and population since 1500", "2022", "https://doi.org/10.7910/DVN/FALCGS", "",
            "Fariss, C. J., Anders, T., Markowitz, J. N. and Barnum, M. (2022). New estimates of over 500 years of "
            "historic GDP and population data. Journal of Conflict Resolution 66(3): 553-591.",
            "Free for research with citation.", (1816, 2019), (FARISS,),
            why_not="it is published in the format of R; save the three estimates in one CSV"),
    Dataset("vdem", "Varieties of Democracy, country-year", "13 to 16", "https://www.v-dem.net/data/the-v-dem-dataset/",
            "", "Coppedge, M. et al. (2025). V-Dem Country-Year Dataset. Varieties of Democracy Project.",
            "CC BY-SA 4.0.", (1816, 2025), (VDEM,), why_not="its page asks for an e-mail address first"),
    Dataset("polity", "Polity5, annual", "2018", "https://www.systemicpeace.org/inscrdata.html", "",
            "Marshall, M. G. and Gurr, T. R. (2020). Polity5: Political regime characteristics and transitions, "
            "1800-2018. Center for Systemic Peace.", "Free for research with citation.", (1816, 2018), (POLITY,),
            why_not="it is published as a workbook; save the sheet as CSV"),
)
# fmt: on
