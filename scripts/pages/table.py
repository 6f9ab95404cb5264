"""The page of one data table: the register's own rows (or the official form) exactly as kept, each row with its anchor."""

from scripts import registers, schema, wording
from scripts.addresses import address
from scripts.cells import State
from scripts.grids import Cell, Column, Grid, Row, Text, view
from scripts.pages import Draft, Page, Site, dictionary, links
from scripts.pages.parts import finish
from scripts.pages.render import component
from scripts.plain import leaf_key
from scripts.tables import Data
from scripts.tables import Row as DataRow

SECTION_OF = {name: section for section, names in registers.SECTIONS.items() for name in names}


def pages(site: Site, register: str) -> list[Page]:
    """A page for each table of each year of a register; official tables bring their own."""
    return [_page(site, register, year.year, data) for year in site.inputs.of(register) for data in year.tables.values()]


def path(register: str, year: int, table: str) -> str:
    return f"{address(register)}/{year}/{address(table)}/"


def crumbs(register: str, year: int | None = None) -> list[tuple[str, str]]:
    """From the register's index down to a year."""
    found = [(schema.load(register).title, f"{address(register)}/")]
    if year is not None:
        found.append((wording.say("display.year", year=year), f"{address(register)}/{year}/"))
    return found


def code(register: str, year: int | None = None, part: str = "") -> str:
    """The page's number, short enough to be read out on the telephone: "XM-2025-2", a table "XM-2025-B2"."""
    head = wording.say(f"page_codes.{register}")
    return "-".join(str(each) for each in (head, year, part) if each)


def _page(site: Site, register: str, year: int, data: Data) -> Page:
    title = wording.say("tables.page_title", year=year, title=data.schema.title)
    number = [t.name for t in schema.load(register).tables].index(data.schema.name) + 1
    draft = Draft(
        site, path(register, year, data.schema.name), title,
        template="table", section=SECTION_OF[register], code=code(register, year, f"B{number}"), crumbs=crumbs(register, year),
    )  # fmt: skip
    found = grid(site, data, draft)
    if data.rows:
        draft.grid("table", found, component("ledger", grid=view(found)))
    named = links.of_table(draft, data)
    if named:
        draft.block("named", component("roll", items=named))
    closed = [f.title for f in data.schema.fields if not f.publish]
    founded = [f for f in data.schema.fields if f.publish and f.founded]
    checks = [c for c in site.checks(register, year) if c.table == data.schema.name]
    return finish(
        draft, "table.md.j2", comparisons=checks, counted=f"{register}/{year}/{data.schema.name}", used=_documents(data),
        year=site.inputs.get(register, year), data=data, closed=closed, founded=founded,
        dictionary=draft.link(f"dictionary/#t-{dictionary.anchor(register, data.schema.name)}"),
        years=[(y.year, path(register, y.year, data.schema.name)) for y in site.inputs.of(register) if data.schema.name in y.tables],
    )  # fmt: skip


def _documents(data: Data) -> set[str]:
    return {row.text(field.id) for field in data.schema.fields if field.source for row in data.rows}


def grid(site: Site, data: Data, draft: Draft | None = None) -> Grid:
    """The open columns, every row, in the file's order; amounts in the unit of their header; on a page, foreign keys as links."""
    fields = [f for f in data.schema.fields if f.publish]
    folded = next((f.id for f in fields if f.code), "")
    columns = tuple(
        Column(f.id, (f.name,), numeric=f.numeric, scale=f.scale or "wan", kind="code" if f.id == folded else "") for f in fields
    )
    rows = tuple(
        Row(tuple(_cell(site, data, row, f, draft) for f in fields), line=row.line, href=_own_page(draft, data, row)) for row in data.rows
    )  # fmt: skip
    kind = "stack" if len(fields) <= 6 else "official"
    head = next((i for i, f in enumerate(fields) if f.id in ("name", "title", "unit", "item")), 0)
    return Grid(address(data.schema.name), data.schema.title, columns, rows, kind=kind, printed=True, head=head)


def _own_page(draft: Draft | None, data: Data, row: DataRow) -> str:
    found = draft and links.page_of(data.register, data.year, data.schema.name, row)
    return draft.link(found) if found else ""


def _cell(site: Site, data: Data, row: DataRow, field: schema.Field, draft: Draft | None) -> Cell:
    if field.numeric:
        return site.facts[leaf_key(data, row, field.id)]
    value = row.values[field.id]
    if field.type == "date" or value.state is not State.KNOWN:
        return day_cell(row, field.id)
    kind = "document" if field.code == "document" else "code" if field.code or field.source else ""
    return Text(row.text(field.id), kind, links.of_cell(draft, data, row, field.id) if draft else "")


def day_cell(row: DataRow, field_id: str) -> Cell:
    """A date, or the state word that stands in its place."""
    return row[field_id] or Text(row.text(field_id), "words")
