"""An earlier site as it was published: the machine CSV of each table, its number leaves, its nature. Whole, or a problem."""

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

from scripts import registers, wording
from scripts.addresses import address
from scripts.changes.ledgers import COMPARISONS, DOCUMENTS, PUBLISHER, TABLES, explained
from scripts.problems import Problem, problem

FACTS, MANIFEST = "facts.json", "manifest.json"
REGISTERS = "|".join(address(name) for name in registers.ORDER)
LISTS = {PUBLISHER, DOCUMENTS, TABLES}
PAGES = re.compile(rf"(?:{REGISTERS})/[0-9]{{4}}/([a-z0-9-]+)/\1\.csv")


@dataclass(frozen=True, slots=True)
class Table:
    header: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Earlier:
    """`tables` by address; `leaves`: the records of facts.json that have an origin, by key."""

    tables: dict[str, Table]
    leaves: dict[str, dict]
    nature: str


def read(folder: Path) -> tuple[Earlier | None, list[Problem]]:
    if not folder.is_dir():
        return None, [problem("no-site", file=str(folder))]
    try:
        return _read(folder), []
    except OSError as wrong:
        return None, [problem("earlier-site", file=str(folder), value=Path(wrong.filename or "").name, reason=wrong.strerror or "")]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, csv.Error) as wrong:
        return None, [problem("earlier-site", file=str(folder), reason=wrong)]


def _read(folder: Path) -> Earlier:
    listed = {each["path"]: each["sha256"] for each in json.loads((folder / MANIFEST).read_bytes())["files"]}
    told = json.loads(_whole(folder, FACTS, listed))
    leaves = {each["key"]: each for each in told["facts"] if each["origin"]}
    tables = {path: _table(_whole(folder, path, listed)) for path in sorted(listed) if path in LISTS or PAGES.fullmatch(path)}
    if COMPARISONS in listed:
        notes = _table(_whole(folder, COMPARISONS, listed))
        tables[COMPARISONS] = Table(*explained([notes.header, *notes.rows]))
    return Earlier(tables, leaves, told["nature"])


def _whole(folder: Path, path: str, listed: dict[str, str]) -> bytes:
    """A file of the site, exactly as its manifest knows it."""
    content = (folder / path).read_bytes()
    if hashlib.sha256(content).hexdigest() != listed[path]:
        raise ValueError(path)
    return content


def _table(content: bytes) -> Table:
    """Without the column that says of every row that it is a demonstration."""
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    if any(len(row) != len(header) for row in rows):
        raise ValueError(header[0])
    if header[-1] == wording.say("downloads.nature"):
        header, rows = header[:-1], [row[:-1] for row in rows]
    return Table(header, rows)
