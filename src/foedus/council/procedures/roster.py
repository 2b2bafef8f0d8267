"""The roster: every procedure by the first word of its acts, in the order in which pages and the manual show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from foedus.council.procedures import (
    accession,
    amendment,
    channel,
    concern,
    consensus,
    demarche,
    inject,
    mediation,
    orders,
    phases,
    pressure,
    quarrel,
    seating,
    silence,
    table,
    text,
    treaty,
    vote,
    withdrawal,
    yearly,
)
from foedus.council.procedures.machine import Machine

MACHINES: Final[Mapping[str, Machine]] = {
    m.MACHINE.noun: m.MACHINE
    for m in (
        phases,
        seating,
        table,
        concern,
        text,
        amendment,
        consensus,
        silence,
        vote,
        treaty,
        withdrawal,
        accession,
        quarrel,
        mediation,
        pressure,
        demarche,
        channel,
        orders,
        inject,
        yearly,
    )
}
