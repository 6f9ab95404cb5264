"""sources.toml of a year: what each table and document is said to be; kept entries stay, imported ones are renewed."""

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Receipts:
    tables: dict[str, dict]
    documents: dict[str, dict]


def write(path: Path, new: Receipts) -> None:
    """Adds to what is there. A document keeps what a person wrote about it (issuer, number), not its digest."""
    told = tomllib.loads(path.read_bytes().decode("utf-8-sig")) if path.is_file() else {}
    tables = told.get("tables", {}) | new.tables
    documents = dict(told.get("documents", {}))
    for name, entry in new.documents.items():
        documents[name] = entry | documents.get(name, {}) | {"sha256": entry["sha256"]}
    lines = [f"{key} = {_value(value)}" for key, value in told.items() if not isinstance(value, dict)]
    for section, entries in (
        {k: v for k, v in told.items() if isinstance(v, dict)} | {"tables": tables, "documents": documents}
    ).items():
        for name, entry in entries.items():
            lines += ["", f"[{section}.{_value(name)}]"] + [f"{key} = {_value(value)}" for key, value in entry.items()]
    path.write_text("\n".join(lines).lstrip("\n") + "\n", encoding="utf-8")


def _value(value: object) -> str:
    """A TOML value: text, truth, number, date, list of them."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    escaped = "".join(_ESCAPES.get(c, c) if c.isprintable() else f"\\u{ord(c):04x}" for c in str(value))
    return f'"{escaped}"'


_ESCAPES = {'"': '\\"', "\\": "\\\\"}
