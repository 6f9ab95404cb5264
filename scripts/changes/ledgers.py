"""What this publisher's folder would publish now, table by table, as the machine CSV of each has it."""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts import grids, registers, schema, wording
from scripts.addresses import address
from scripts.grids import Grid
from scripts.inputs import RegisterYear
from scripts.official import OfficialTable
from scripts.pages import Site, official_table, sources, table
from scripts.tables import Data

COMPARISONS, PUBLISHER = "comparisons.csv", "sources/publisher.csv"
DOCUMENTS, TABLES = "sources/documents.csv", "sources/official-tables.csv"
NAMED, SAID = 4, (7, 8)  # of comparisons.csv: what names a comparison, and its verdict and the reason given for it


@dataclass(frozen=True, slots=True)
class Ledger:
    """A published table: `key`, the indexes of the columns that name a row; `places`, file, sheet and row in which each row is kept."""

    title: str
    header: list[str]
    rows: list[list[str]]
    key: tuple[int, ...]
    places: list[dict]


def published(site: Site) -> dict[str, Ledger]:
    """Every published table by the address of its CSV."""
    found = {}
    for year in site.inputs.years.values():
        found |= dict(_year(site, year))
    for path, grid, key in (
        (PUBLISHER, sources.publisher_grid(site), (0,)),
        (DOCUMENTS, sources.documents_grid(site), (0, 1, 2)),
        (TABLES, sources.tables_grid(site), (0, 1, 2)),
    ):
        header, *rows = grids.csv_texts(grids.records(grid))
        found[path] = Ledger(grid.title, header, rows, key, [{"file": home(path, row)} for row in rows])
    found[COMPARISONS] = _explanations(site)
    return found


def home(path: str, row: list[str]) -> str:
    """The file in which the clerk keeps a row of a list over all years; "" for a row of a table of its own."""
    if path in (DOCUMENTS, TABLES):
        register = next((name for name in registers.ORDER if schema.load(name).title == row[0]), row[0])
        return f"{register}/{row[1]}/sources.toml"
    return {PUBLISHER: "publisher.toml", COMPARISONS: "explanations.toml"}.get(path, "")


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
    return _ledger(table.grid(site, data), key, [{"file": data.file, "sheet": data.sheet, "row": row.line} for row in data.rows])


def _official(site: Site, each: OfficialTable) -> Ledger:
    """A row of an official table is named by all that is no number in it."""
    grid = official_table.grid(site, each, [])
    words = tuple(index for index, column in enumerate(grid.columns) if not column.numeric)
    return _ledger(grid, words, [{"file": each.file, "row": line} for line, _ in each.grid])


def _ledger(grid: Grid, key: tuple[int, ...], places: list[dict]) -> Ledger:
    header, *rows = grids.csv_texts(grids.records(grid))
    return Ledger(grid.title, header, rows, key, places)


def _explanations(site: Site) -> Ledger:
    """The comparisons that a reason was published for; all others follow from their figures."""
    texts = [wording.table("comparisons")["columns"]]
    for each in site.public.comparisons:
        said = wording.say(f"verdicts.{each.verdict}"), each.note
        texts.append([schema.load(each.register).title, str(each.year), each.words, each.place, "", "", "", *said])
    header, rows = explained([[grids.no_formula(text) for text in row] for row in texts])
    return Ledger(wording.say("comparisons.title"), header, rows, tuple(range(NAMED)), [{"file": home(COMPARISONS, row)} for row in rows])


def explained(records: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Of comparisons.csv: header and rows with a reason, without the figures."""
    header, *rows = ([*row[:NAMED], *(row[index] for index in SAID)] for row in records)
    return header, [row for row in rows if row[-1]]
