"""What this publisher's folder would publish now, table by table, as the machine CSV of each has it."""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts import grids, schema, wording
from scripts.addresses import address
from scripts.grids import Grid
from scripts.inputs import RegisterYear
from scripts.official import OfficialTable
from scripts.pages import Site, official_table, sources, table
from scripts.tables import Data

COMPARISONS = "comparisons.csv"
NAMED, SAID = 4, (7, 8)  # of comparisons.csv: what names a comparison, and its verdict and the reason given for it


@dataclass(frozen=True, slots=True)
class Ledger:
    """A published table: `key`, the indexes of the columns that name a row; `places`, file and line in which each row is kept."""

    title: str
    header: list[str]
    rows: list[list[str]]
    key: tuple[int, ...]
    places: list[tuple[str, int | None]]


def published(site: Site) -> dict[str, Ledger]:
    """Every published table by the address of its CSV."""
    found = {}
    for year in site.inputs.years.values():
        found |= dict(_year(site, year))
    for grid, key, places in (
        (sources.publisher_grid(site), 1, None),
        (sources.documents_grid(site), 3, [_told(year) for year, _ in sources.all_documents(site)]),
        (sources.tables_grid(site), 3, [_told(year) for year, _ in sources.all_tables(site)]),
    ):
        found[f"sources/{grid.id}.csv"] = _ledger(grid, tuple(range(key)), places or [("publisher.toml", None)] * len(grid.rows))
    found[COMPARISONS] = _explanations(site)
    return found


def _year(site: Site, year: RegisterYear) -> Iterator[tuple[str, Ledger]]:
    for data in year.tables.values():
        yield _address(year, data.schema.name), _own(site, data)
    for each in year.official.tables.values() if year.official else ():
        yield _address(year, each.kind), _official(site, each)


def _address(year: RegisterYear, name: str) -> str:
    return f"{table.path(year.register, year.year, name)}{address(name)}.csv"


def _own(site: Site, data: Data) -> Ledger:
    open_ = [field.id for field in data.schema.fields if field.publish]
    key = tuple(open_.index(id_) for id_ in data.schema.key if id_ in open_)
    return _ledger(table.grid(site, data), key, [(data.file, row.line) for row in data.rows])


def _official(site: Site, each: OfficialTable) -> Ledger:
    """A row of an official table is named by all that is no number in it."""
    grid = official_table.grid(site, each, [])
    words = tuple(index for index, column in enumerate(grid.columns) if not column.numeric)
    return _ledger(grid, words, [(each.file, line) for line, _ in each.grid])


def _ledger(grid: Grid, key: tuple[int, ...], places: list[tuple[str, int | None]]) -> Ledger:
    (header, *rows), _ = grids.records(grid)
    return Ledger(grid.title, header, rows, key, places)


def _told(year: RegisterYear) -> tuple[str, None]:
    return f"{year.register}/{year.year}/sources.toml", None


def _explanations(site: Site) -> Ledger:
    """The comparisons that a reason was published for; all others follow from their figures."""
    texts = [wording.table("comparisons")["columns"]]
    for each in site.public.comparisons:
        said = wording.say(f"verdicts.{each.verdict}"), each.note
        texts.append([schema.load(each.register).title, str(each.year), each.words, each.place, "", "", "", *said])
    header, rows = explained([[grids.no_formula(text) for text in row] for row in texts])
    return Ledger(wording.say("comparisons.title"), header, rows, tuple(range(NAMED)), [("explanations.toml", None)] * len(rows))


def explained(records: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Of comparisons.csv: header and rows with a reason, without the figures."""
    header, *rows = ([*row[:NAMED], *(row[index] for index in SAID)] for row in records)
    return header, [row for row in rows if row[-1]]
