"""An earlier site that readers may have kept: what it shows, and what it shows together with today's."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.cells import State
from scripts.suppression.margins import Terms
from scripts.suppression.system import Cell, Relation

FACTS = "facts.json"
READ = ("value", "state", "operation", "inputs")


@dataclass(frozen=True, slots=True)
class Earlier:
    """Records of an earlier facts.json by key."""

    records: Mapping[str, dict]

    def known(self, key: str) -> int | None:
        record = self.records.get(key)
        return _number(record) if record is not None and record["state"] == State.KNOWN else None

    def shown(self, cells: Mapping[str, Cell]) -> set[str]:
        """Cells of which that site prints today's very number."""
        return {key for key, cell in cells.items() if self.known(key) == cell.value}

    def relations(self, cells: Mapping[str, Cell]) -> Iterator[Relation]:
        """Its sums over numbers that it hid, as far as these are still cells.

        What has changed since is nobody's to know exactly: the sum may be off by as much as it is.
        """
        for record in self.records.values():
            if record["operation"] != "sum" or record["state"] != State.KNOWN:
                continue
            written = self._written(record["inputs"], cells)
            if written is None or not written[0]:
                continue
            terms, number = written
            value = _number(record) - number
            off = abs(value - sum(coefficient * cells[key].value for key, coefficient in terms.items()))
            yield Relation(tuple(sorted(terms.items())), value - off, value + off)

    def _written(self, keys: list[str], cells: Mapping[str, Cell]) -> tuple[Terms, int] | None:
        """A sum as today's cells and a number; None where it holds a number that neither site knows."""
        terms, number = {}, 0
        for key in keys:
            value = self.known(key)
            if value is None and self.records.get(key, {}).get("state") == State.SUPPRESSED:
                if key not in cells:
                    return None
                terms[key] = terms.get(key, 0) + 1
            else:
                number += value or 0
        return terms, number


def load(site: Path | None) -> Earlier | None:
    """None without a site, or where it holds no facts.json that can be read; whether it is whole is for others to say."""
    if site is None or not (site / FACTS).is_file():
        return None
    try:
        told = json.loads((site / FACTS).read_bytes())["facts"]
        return Earlier({each["key"]: {name: each[name] for name in READ} for each in told})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _number(record: dict) -> int | None:
    """Whole numbers only: shares and scores are in no sum of people or money."""
    value = record["value"]
    return int(value) if value is not None and value.lstrip("-").isdigit() else None
