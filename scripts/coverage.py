"""Every system of the reform plans, and where it is disclosed: registers and tables by name, measures by clause."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts import commitments, registers, schema
from scripts.declared import Measure
from scripts.inputs import Inputs, RegisterYear

SYSTEMS = Path(__file__).with_name("reference") / "coverage.toml"


@dataclass(frozen=True, slots=True)
class System:
    """One system of a plan. `quote`: words of `plan`. `places`: (register, table) that disclose it."""

    id: str
    title: str
    plan: str
    quote: str
    places: tuple[tuple[str, str], ...]


@cache
def load() -> tuple[System, ...]:
    """In the order of the plans: supervision, assessment, composition, decisions, grassroots, dates."""
    told = tomllib.loads(SYSTEMS.read_text(encoding="utf-8"))["systems"]
    return tuple(System(each["id"], each["title"], each["plan"], each["quote"], tuple(tuple(p.split("/")) for p in each["places"])) for each in told)


def disclosed(inputs: Inputs, register: str, table: str) -> RegisterYear | None:
    """The latest year that has rows of a table, None where the publisher has none."""
    return next((year for year in reversed(inputs.of(register)) if year.rows(table)), None)


def measures(system: System) -> list[tuple[str, str, Measure]]:
    """(clause, register, measure) of all that measures a clause of a system: G4 has G4.1, G4.2 and so on."""
    return [(clause, register, measure) for clause, told in commitments.measuring().items() if clause.partition(".")[0] == system.id
            for register, measure in told]  # fmt: skip


def missing() -> list[str]:
    """"B10 levy/collection" for every place that no register has."""
    return [f"{system.id} {register}/{table}" for system in load() for register, table in system.places
            if register not in registers.ORDER or table not in {each.name for each in schema.load(register).tables}]  # fmt: skip
