"""The dictionary: what every column of every table means, straight from the schemas; closed columns by their names alone."""

from markupsafe import Markup

from scripts import grids, registers, schema, wording
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


def limits(field: schema.Field) -> str:
    """The numbers between which a number lies, in words."""
    least, most = field.constraints.get("minimum"), field.constraints.get("maximum")
    form = "between" if None not in (least, most) else "at_least" if least is not None else "at_most" if most is not None else ""
    return wording.say(f"dictionary.{form}", least=least, most=most) if form else ""


def _grid(register: str, table: schema.Table) -> Grid:
    words = wording.table("dictionary.columns")
    columns = tuple(Column(name, (head,)) for name, head in words.items())
    key = wording.say("lists.join").join(table.field(each).title for each in table.key)
    return Grid(anchor(register, table.name), table.title, columns, tuple(_row(field) for field in table.fields), kind="stack",
                note=wording.say("dictionary.key", columns=key))  # fmt: skip


def _row(field: schema.Field) -> Row:
    must = wording.say("dictionary.must", type=kind(field)) if field.required else kind(field)
    return Row((Text(field.title, "words"), _meaning(field), Text(must, "words"), Text(opened(field), "words")))


def _meaning(field: schema.Field) -> Text:
    """What the schema says of the column, then the words or the numbers that it may hold."""
    words = wording.say("lists.join").join(field.constraints.get("enum", ()))
    only = wording.say("dictionary.only", words=words) if words else ""
    bounds = Markup("<span data-text>{}</span>").format(limits(field)) if limits(field) else ""
    return Text(f"{field.description}{only}{limits(field)}", "ready", html=Markup("{}{}{}").format(field.description, only, bounds))


def kind(field: schema.Field) -> str:
    """The type in a word, with the unit of what is counted."""
    name = "code" if field.code or field.source else "money" if field.scale else field.type
    unit = wording.table("cells.units")[field.scale] if field.scale else wording.say(f"units.{field.unit}") if field.unit else ""
    word = wording.say(f"dictionary.types.{name}")
    return wording.say("dictionary.with_unit", type=word, unit=unit) if unit else word


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
    columns = tuple(Column(name, (head,)) for name, head in heads.items())
    rows = tuple(Row((Text(title), Text(explained, "words"))) for title, explained in kinds.values())
    return Grid("official", wording.say("dictionary.official"), columns, rows, kind="stack")
