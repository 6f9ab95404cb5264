"""One register's year as files: rows by field id, documents as they are named, official tables as they are printed."""

import csv
import datetime
import hashlib
import io
import json
from collections.abc import Iterable, Sequence

from scripts import cells, display, schema, wording
from scripts.demo.county import County
from scripts.demo.paying import document_day
from scripts.demo.sheets import printed
from scripts.demo.texts import table

BOM = b"\xef\xbb\xbf"


class Folder:
    """Takes rows and documents, gives files. What the schema does not know is an error: no column is lost in silence."""

    def __init__(self, county: County, register: str, year: int):
        self.county, self.register, self.year = county, register, year
        self.schema = schema.load(register)
        self._rows: dict[str, list[dict]] = {}
        self._documents: dict[str, dict] = {}
        self._official: dict[str, tuple[list[list[str]], str, str, tuple[str, ...]]] = {}

    def add(self, name: str, rows: Iterable[dict]) -> None:
        """Rows by field id: None is a blank; money is whole fen."""
        told = self.schema.table(name)
        known, needed = {f.id for f in told.fields}, {f.id for f in told.fields if f.required}
        found = self._rows.setdefault(name, [])
        for row in rows:
            if strange := row.keys() - known:
                raise KeyError(f"{self.register}/{name} has no {sorted(strange)}")
            if lacks := {id_ for id_ in needed if row.get(id_) is None}:
                raise KeyError(f"{self.register}/{name} needs {sorted(lacks)}")
            found.append(row)

    def document(self, id_: str, key: str = "", **details: object) -> str:
        """The key of a document, which from now on stands in sources.toml: told in the register's words, else in the county's."""
        of = self.register if id_ in _documents(self.register) else "county"
        told, key = _documents(of)[id_], key or id_
        if key not in self._documents:
            county, year = self.county, self.year
            details = {"county": county.name, "year": year, "before": year - 1, "after": year + 1} | details
            issuers = table("county.issuers")
            day = details.pop("day", None) or document_day(id_, year, of)
            self._documents[key] = {
                "title": told["title"].format(**details),
                "issuer": issuers.get(told["issuer"], told["issuer"]).format(**details),
                "number": told["number"].format(**details),
                "date": day,
            }
        return key

    def official(self, name: str, lines: list[list[str]], document: str, unit: str, notes: Sequence[str] = ()) -> None:
        """An official table: its header and its printed rows."""
        self._official[f"{name}.csv"] = (lines, unit, document, tuple(notes))

    def number(self, id_: str) -> str:
        """The number of a document that was named before."""
        return self._documents[id_]["number"]

    def files(self) -> dict[str, bytes]:
        """Every file of the folder by its name; none where nothing was said."""
        if not self._rows and not self._official:
            return {}
        found = {f"{name}.csv": _csv([header(told := self.schema.table(name)), *(cell_row(told, row) for row in rows)], rows) for name, rows in self._rows.items()}
        found |= {name: _csv(lines) for name, (lines, *_) in self._official.items()}
        return found | {"sources.toml": self._sources().encode()}

    def _sources(self) -> str:
        parts = [_section(f"documents.{key}", each | {"sha256": hashlib.sha256(each["title"].encode()).hexdigest()}) for key, each in sorted(self._documents.items())]
        for name, (_, unit, document, notes) in self._official.items():
            said = {"unit": wording.table("cells.units")[unit], "document": document} | ({"notes": list(notes)} if notes else {})
            parts.append(_section(f"tables.{json.dumps(name, ensure_ascii=False)}", said))
        return "\n".join(parts)


def _documents(name: str) -> dict:
    try:
        return table(f"{name}.documents")
    except KeyError:
        return {}


def _section(name: str, said: dict) -> str:
    def value(each) -> str:
        return each.isoformat() if isinstance(each, datetime.date) else json.dumps(each, ensure_ascii=False)

    return "\n".join([f"[{name}]", *(f"{key} = {value(each)}" for key, each in said.items())]) + "\n"


def header(told: schema.Table) -> list[str]:
    return [field.name for field in told.fields]


def cell_row(told: schema.Table, row: dict) -> list[str]:
    return [text(field, row.get(field.id)) for field in told.fields]


def text(field: schema.Field, value) -> str:
    """A value as a clerk types it."""
    if value is None:
        return ""
    if field.scale:
        return printed(value, field.scale) if field.scale == cells.YUAN else display.machine_decimal(value, field.scale)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _csv(lines: list[list[str]], rows: object = True) -> bytes:
    """With its mark for Excel. A table without rows says that it has none."""
    out = io.StringIO(newline="")
    said = lines if rows else [*lines, [wording.say("tables.no_rows"), *[""] * (len(lines[0]) - 1)]]
    csv.writer(out, lineterminator="\n").writerows(said)
    return BOM + out.getvalue().encode()
