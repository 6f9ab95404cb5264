"""The published sets under tests/real: which they are, and how they are imported and recomputed."""

from dataclasses import dataclass, field
from pathlib import Path

from scripts import official
from scripts.facts import Facts
from scripts.identities import Comparison
from scripts.official import importing

FOLDER = Path(__file__).with_name("real")


@dataclass(frozen=True)
class RealSet:
    name: str
    register: str
    year: int
    unit: str | None
    units_by_kind: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return FOLDER / self.name


@dataclass(frozen=True)
class Recomputed:
    year: official.Year
    facts: Facts
    comparisons: list[Comparison]


YUAN = {"三公": "万元"}
COMPLETE = [
    RealSet("putuo-caizhengju-2024", "final_accounts", 2024, "万元"),
    RealSet("putuo-shegongbu-2024", "final_accounts", 2024, "万元"),
    RealSet("putuo-fuban-2025-budget", "budget", 2025, "元", YUAN),
    RealSet("putuo-fuban-unit-2025-budget", "budget", 2025, "元", YUAN),
    RealSet("putuo-shangwuwei-2025-budget", "budget", 2025, "元", YUAN),
    RealSet("putuo-shangwuwei-unit-2025-budget", "budget", 2025, "元", YUAN),
    RealSet("putuo-wanli-2024-budget", "budget", 2024, "元", YUAN),
    RealSet("putuo-wanli-2025-budget", "budget", 2025, "元", YUAN),
]


def brought_in(each: RealSet, publisher: Path) -> importing.Imported:
    publisher.mkdir(parents=True, exist_ok=True)
    return importing.import_tables(
        each.folder / "raw", each.register, each.year, publisher, each.unit, each.units_by_kind
    )


def recomputed(publisher: Path, register: str, year: int) -> Recomputed:
    read, facts = official.read_year(publisher, register, year), Facts()
    for table in read.tables.values():
        official.leaves(table, register, year, facts)
    return Recomputed(read, facts, official.compare(read.tables, register, year, facts))
