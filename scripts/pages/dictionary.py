"""The dictionary: what every column of every table means, straight from the schemas; closed columns by their names alone."""

from markupsafe import Markup

from scripts import columns, grids, registers, schema, wording
from scripts.addresses import address
from scripts.grids import Column, Grid, Row, Text
from scripts.pages import Draft, Page, Site
from scripts.pages.parts import finish
from scripts.pages.render import component


def page(site: Site) -> Page:
    """A part for every register that has data, a table for each of its tables; then the official tables, by their titles."""
    draft = Draft(site, "dictionary/", wording.say("dictionary.title"), template="register", section="data",
                  code=wording.say("page_codes.dictionary"), crumbs=[])  # fmt: skip
    groups = []
    for register, tables in told(site):
        for table in tables:
            draft.block(anchor(register, table.name), component("ledger", grid=grids.view(_grid(register, table))))
        names = [(anchor(register, table.name), table.title) for table in tables]
        groups.append((f"register-{address(register)}", schema.load(register).title, names))
    official = _official(site)
    if official.rows:
        draft.block("official", component("ledger", grid=grids.view(official)))
    return finish(draft, "dictionary.md.j2", groups=groups)


def told(site: Site) -> list[tuple[str, list[schema.Table]]]:
    """The registers and tables that the publisher has, in the order of the registers."""
    there = {name: {table for year in site.inputs.of(name) for table in year.tables} for name in registers.ORDER}
    return [(name, [t for t in schema.load(name).tables if t.name in there[name]]) for name in registers.ORDER if there[name]]


def anchor(register: str, table: str) -> str:
    return f"{address(register)}-{address(table)}"


def _grid(register: str, table: schema.Table) -> Grid:
    words = wording.table("dictionary.columns")
    heads = tuple(Column(name, (head,)) for name, head in words.items())
    key = wording.say("lists.join").join(table.field(each).title for each in table.key)
    return Grid(anchor(register, table.name), table.title, heads, tuple(_row(field) for field in table.fields), kind="stack",
                note=wording.say("dictionary.key", columns=key))  # fmt: skip


def _row(field: schema.Field) -> Row:
    kind = columns.kind(field)
    must = wording.say("dictionary.must", type=kind) if field.required else kind
    return Row((Text(field.title, "words"), _meaning(field), Text(must, "words"), Text(opened(field), "words")))


def _meaning(field: schema.Field) -> Text:
    """As every place says it; numbers of the schema are text that is no figure."""
    told = columns.meaning(field)
    bounds = Markup("<span data-text>{}</span>").format(told.limits) if told.limits else ""
    return Text(str(told), "ready", html=Markup("{}{}{}").format(told.description, told.words, bounds))


def opened(field: schema.Field) -> str:
    """Whether it is published; where it is so against its nature, by which law and by whose word."""
    if not field.publish:
        return wording.say("dictionary.closed")
    if field.people:
        return wording.say("dictionary.small")
    if not field.legal_basis:
        return wording.say("dictionary.open")
    return wording.say("dictionary.opened", basis=field.legal_basis, approved_by=field.approved_by)


def _official(site: Site) -> Grid:
    """Official tables keep the columns of the approved form; here stands what each of them is about."""
    kinds = {
        table.kind: (table.title, wording.table("official_explained").get(table.kind, ""))
        for name in registers.ORDER for year in site.inputs.of(name) for table in (year.official.tables.values() if year.official else ())
    }  # fmt: skip
    heads = wording.table("dictionary.official_columns")
    across = tuple(Column(name, (head,)) for name, head in heads.items())
    rows = tuple(Row((Text(title), Text(explained, "words"))) for title, explained in kinds.values())
    return Grid("official", wording.say("dictionary.official"), across, rows, kind="stack")
