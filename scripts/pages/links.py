"""Links between rows: where a row has its page, what a foreign key leads to, and what says of a row back to it."""

from markupsafe import Markup

from scripts import plain, registers, schema, wording
from scripts.addresses import address
from scripts.mentions import Mention
from scripts.pages import Draft
from scripts.pages.render import year as year_html
from scripts.tables import Data, Row

FEW = 8  # rows of one table that are named one by one


def page_of(register: str, year: int, table: str, row: Row) -> str:
    """The address of a row's own page, "" where its register gives it none."""
    code = registers.code_of(register, "pages")
    return code.entity_path(year, table, row) if hasattr(code, "entity_path") else ""


def href(draft: Draft, meant: Mention) -> str:
    """The page of a row where its register gives it one, else its line on the page of its table."""
    own = page_of(meant.year.register, meant.year.year, meant.data.schema.name, meant.row)
    return draft.link(own or f"{_table(meant)}#L{meant.row.line}")


def _table(each: Mention) -> str:
    return f"{address(each.year.register)}/{each.year.year}/{address(each.data.schema.name)}/"


def of_cell(draft: Draft, data: Data, row: Row, field_id: str) -> str:
    """Where a cell of a foreign key leads, "" for any other cell."""
    meant = draft.site.mentions.to.get(((data.register, data.year, data.schema.name, data.key(row)), field_id))
    return href(draft, meant) if meant else ""


def of_entity(draft: Draft, key: tuple) -> list[dict]:
    """What other registers say of a row, a line for each of their tables; its own register's tables stand on its page already."""
    return [{"html": line} for line in _lines(draft, [each for each in draft.site.mentions.back.get(key, ()) if each.year.register != key[0]])]


def of_table(draft: Draft, data: Data) -> list[dict]:
    """For each row that others name and that has no page of its own: its name, and all that name it."""
    found = []
    for row in data.rows:
        there = draft.site.mentions.back.get((data.register, data.year, data.schema.name, data.key(row)), [])
        if there and not page_of(data.register, data.year, data.schema.name, row):
            name = Markup('<a href="#L{}"><span data-text>{}</span></a>').format(row.line, plain.name(data, row))
            found.append({"html": Markup("{} {}").format(name, Markup(" ").join(_lines(draft, there)))})
    return found


def _lines(draft: Draft, told: list[Mention]) -> list[Markup]:
    """Year, register and table once, then its rows; of many rows the first, and the table."""
    groups: dict[str, list[Mention]] = {}
    for each in told:
        groups.setdefault(_table(each), []).append(each)
    return [_line(draft, table, rows) for table, rows in groups.items()]


def _line(draft: Draft, table: str, rows: list[Mention]) -> Markup:
    year, title = rows[0].year, rows[0].data.schema.title
    head = Markup("<span>{} {} {}</span>").format(year_html(year.year), schema.load(year.register).title, title)
    links = [Markup('<a href="{}"><span data-text>{}</span></a>').format(href(draft, each), each.name) for each in rows[:FEW]]
    rest = [Markup('<a href="{}">{}</a>').format(draft.link(table), wording.say("mentions.all"))] if len(rows) > FEW else []
    return Markup(" ").join([head, *links, *rest])
