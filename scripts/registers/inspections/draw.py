"""The draw of an inspection: the published list in the order of SHA-256 of (public seed, item), the first of each stratum.

Nobody chooses: the list is public before the seed exists, and the seed is a number that others publish.
"""

import hashlib
from collections import Counter

from scripts.inputs import RegisterYear
from scripts.tables import Row

ALL, STRATIFIED = "all", "stratified"


def digest(seed: str, item: str) -> str:
    """SHA-256 of "<seed>,<item>" in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed},{item}".encode()).hexdigest()


def ordered(seed: str, rows: list[Row]) -> list[Row]:
    """The rows of a list in the order of the draw."""
    return sorted(rows, key=lambda row: digest(seed, row.text("no")))


def first(rows: list[Row], stratum_of: dict[str, str], sizes: dict[str, int]) -> list[Row]:
    """The first rows of each stratum, as many as its size. `stratum_of`: item -> stratum."""
    taken: Counter[str] = Counter()
    found = []
    for row in rows:
        stratum = stratum_of[row.text("no")]
        if taken[stratum] < sizes.get(stratum, 0):
            taken[stratum] += 1
            found.append(row)
    return found


def of_batch(year: RegisterYear, table: str, batch: Row) -> list[Row]:
    """The rows of a table that belong to a batch, in the order of the table."""
    return [row for row in year.rows(table) if row.text("batch") == batch.text("batch")]


def method(year: RegisterYear, batch: Row) -> str:
    """ALL, STRATIFIED, or "" for a plain draw: the last of the schema's words, the one before, the first."""
    words = year.tables["batches"].schema.field("method").constraints["enum"]
    return {words[2]: ALL, words[1]: STRATIFIED}.get(batch.text("method"), "")


def stratum(year: RegisterYear, batch: Row, row: Row) -> str:
    """Which stratum an item is of; "" where the batch has none."""
    return row.text("stratum") if method(year, batch) == STRATIFIED else ""


def sizes(year: RegisterYear, batch: Row) -> dict[str, int]:
    """Stratum -> how many are drawn of it; {"": n} for a batch without strata."""
    if method(year, batch) == STRATIFIED:
        return {row.text("stratum"): row["sample"] or 0 for row in of_batch(year, "strata", batch)}
    return {"": batch["sample"] or 0}


def sample(year: RegisterYear, batch: Row) -> list[Row] | None:
    """The rows drawn, in the order of the draw; None while there is no seed."""
    rows = of_batch(year, "frame", batch)
    if method(year, batch) == ALL:
        return rows
    if not batch.text("seed"):
        return None
    return first(ordered(batch.text("seed"), rows), {row.text("no"): stratum(year, batch, row) for row in rows}, sizes(year, batch))
