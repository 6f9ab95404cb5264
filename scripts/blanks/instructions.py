"""What the sheet of instructions says: how to fill, in plain words, and a line for every column of every table."""

from collections.abc import Callable

from scripts import columns, schema, wording


def lines(told: schema.Schema, year: int) -> list[str]:
    """General rules first; an official register also says how its official tables come in."""
    words = wording.table("blanks")
    told_lines = (*words["lines"], *(words["official"] if told.official else ()))
    names = {"mark": wording.say("tables.example"), "empty": wording.say("tables.no_rows")}
    return [line.format(year=year, register=told.register, **names) for line in told_lines]


def rows(told: schema.Schema, example: Callable[[schema.Field], str]) -> list[list[str]]:
    """A header, then table, column, what to write, type with unit, whether it must be filled, an example."""
    words = wording.table("blanks")
    found = [words["columns"]]
    for table in told.tables:
        title = wording.say("blanks.may_be_missing", title=table.title) if table.optional else table.title
        for field in table.fields:
            must = words["yes"] if field.required else words["sometimes"] if field.only else words["no"]
            found.append([title, field.name, f"{columns.meaning(field)}{_how(field)}", columns.kind(field), must, example(field)])
    return found


def _how(field: schema.Field) -> str:
    """How such a column is typed."""
    kind = "source" if field.source else "code" if field.code and field.code != "document" else field.type
    return wording.table("blanks.how").get(kind, "")
