"""Earlier sites that readers may have kept: what they show, what they hid, and what they tell together with today's."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.cells import State
from scripts.suppression.margins import Terms
from scripts.suppression.system import Cell, Relation

FACTS = "facts.json"
READ = ("value", "state", "operation", "inputs")
Records = Mapping[str, dict]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The records of each earlier facts.json by key."""

    sites: tuple[Records, ...] = ()

    def shown(self, cells: Mapping[str, Cell]) -> set[str]:
        """Cells of which one of them prints today's very number."""
        return {key for key, cell in cells.items() if any(known(site, key) == cell.value for site in self.sites)}

    def hid(self, keys: Collection[str]) -> set[str]:
        """What one of them does not show: shown today, it would tell what stood beside it then."""
        return {key for key in keys if any(_hidden(site, key) for site in self.sites)}

    def relations(self, cells: Mapping[str, Cell]) -> Iterator[Relation]:
        """Their sums over numbers that they hid, as far as these are still cells.

        What has changed since is nobody's to know exactly: the sum may be off by as much as it is.
        """
        for site in self.sites:
            for key, record in site.items():
                if record["operation"] == "sum" and (total := known(site, key)) is not None:
                    terms, number = _written(site, record["inputs"], cells)
                    if terms:
                        value = total - number
                        off = abs(value - sum(coefficient * cells[each].value for each, coefficient in terms.items()))
                        yield Relation(tuple(sorted(terms.items())), value - off, value + off)


def load(sites: Iterable[Path]) -> Earlier:
    """Sites without a facts.json that can be read are left aside; whether one is whole is for others to say."""
    return Earlier(tuple(records for site in sites if (records := _records(site))))


def known(site: Records, key: str) -> int | None:
    """A whole number that a site prints: shares and scores are in no sum of people or money."""
    record = site.get(key)
    value = record["value"] if record is not None and record["state"] == State.KNOWN else None
    return int(value) if value is not None and value.lstrip("-").isdigit() else None


def _hidden(site: Records, key: str) -> bool:
    return key in site and site[key]["state"] == State.SUPPRESSED


def _written(site: Records, keys: Iterable[str], cells: Mapping[str, Cell]) -> tuple[Terms, int]:
    """A sum as today's cells and a number; no cells where it holds a number that neither site knows."""
    terms, number = {}, 0
    for key in keys:
        if not _hidden(site, key):
            number += known(site, key) or 0
        elif key in cells:
            terms[key] = terms.get(key, 0) + 1
        else:
            return {}, 0
    return terms, number


def _records(site: Path) -> Records | None:
    try:
        told = json.loads((site / FACTS).read_bytes())["facts"]
        return {each["key"]: {name: each[name] for name in READ} for each in told}
    except (OSError, ValueError, KeyError, TypeError):
        return None
