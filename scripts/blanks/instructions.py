"""What the sheet of instructions says: how to fill, in plain words, and a line for every column of every table."""

from collections.abc import Callable

from scripts import schema, wording


def lines(told_schema: schema.Schema, year: int) -> list[str]:
    """General rules first; an official register also says how its official tables come in."""
    words = wording.table("blanks")
    official = words["official"] if told_schema.official else []
    return [line.format(year=year, register=told_schema.register) for line in (*words["lines"], *official)]


def columns(told_schema: schema.Schema, example: Callable[[schema.Field], str]) -> list[list[str]]:
    """A header, then table, column, what to write, unit, whether it must be filled, the words allowed, an example."""
    words = wording.table("blanks")
    rows = [words["columns"]]
    for table in told_schema.tables:
        title = wording.say("blanks.may_be_missing", title=table.title) if table.optional else table.title
        for field in table.fields:
            must = words["yes"] if field.required else words["no"]
            allowed = wording.say("lists.join").join(field.constraints.get("enum", ()))
            rows.append([title, field.title, meaning(field), unit(field), must, allowed, example(field)])
    return rows


def meaning(field: schema.Field) -> str:
    """What the schema says of the column, and how such a column is typed."""
    kind = "source" if field.source else "code" if field.code and field.code != "document" else field.type
    how = wording.table("blanks.how").get(kind, "")
    return field.description + how


def unit(field: schema.Field) -> str:
    if field.scale:
        return wording.table("cells.units")[field.scale]
    return wording.say(f"units.{field.unit}") if field.unit else ""
