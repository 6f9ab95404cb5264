"""Links between rows: where a row has its page, what a foreign key leads to, and what says of a row back to it."""

from markupsafe import Markup

from scripts import mentions, plain, registers, schema
from scripts.addresses import address
from scripts.mentions import Mention
from scripts.pages import Draft
from scripts.pages.render import year as year_html
from scripts.tables import Data, Row


def href(draft: Draft, meant: Mention) -> str:
    """The page of a row where its register gives it one, else its line on the page of its table."""
    code = registers.code_of(meant.year.register, "pages")
    own = code.entity_path(meant.year.year, meant.data.schema.name, meant.row) if hasattr(code, "entity_path") else ""
    line = f"{address(meant.year.register)}/{meant.year.year}/{address(meant.data.schema.name)}/#L{meant.row.line}"
    return draft.link(own or line)


def of_cell(draft: Draft, data: Data, row: Row, field_id: str) -> str:
    """Where a cell of a foreign key leads, "" for any other cell."""
    for foreign in data.schema.foreign_keys:
        if foreign.fields[0] == field_id and row.text(field_id):
            meant = mentions.meant(draft.site.inputs, data.year, foreign, data, row)
            return href(draft, meant) if meant else ""
    return ""


def of_entity(draft: Draft, key: tuple) -> list[dict]:
    """What other registers say of a row, as lines of a roll; its own register's tables stand on its page already."""
    return [{"html": _line(draft, each)} for each in draft.site.mentions.get(key, ()) if each.year.register != key[0]]


def of_table(draft: Draft, data: Data) -> list[dict]:
    """For each row of a table that others name: its name, and all that name it."""
    found = []
    for row in data.rows:
        there = draft.site.mentions.get((data.register, data.year, data.schema.name, data.key(row)), [])
        if there:
            name = Markup('<a href="#L{}"><span data-text>{}</span></a>').format(row.line, plain.name(data, row))
            found.append({"html": Markup("{} {}").format(name, Markup(" ").join(_line(draft, each) for each in there))})
    return found


def _line(draft: Draft, each: Mention) -> Markup:
    title = f"{schema.load(each.year.register).title} {each.data.schema.title}"
    return Markup('<a href="{}">{}{} <span data-text>{}</span></a>').format(href(draft, each), year_html(each.year.year), title, plain.name(each.data, each.row))
