"""What every register gets without code: each published number of its own tables becomes a leaf fact."""

from scripts import display, schema, wording
from scripts.facts import Fact, Facts, key_part
from scripts.tables import Data, Row


def leaves(data: Data, facts: Facts) -> None:
    """Leaf facts `register/year/table/<primary key>/<field id>` of every number column, open or closed."""
    for row in data.rows:
        for field in data.schema.fields:
            if field.numeric and leaf_key(data, row, field.id) not in facts:
                facts.leaf(
                    leaf_key(data, row, field.id), title(data, row, field), row.cells[field.id], row.values[field.id],
                    field.unit, field.scale,
                )  # fmt: skip


def leaf_key(data: Data, row: Row, field_id: str) -> str:
    return f"{data.register}/{data.year}/{data.schema.name}/{data.key(row)}/{key_part(field_id)}"


def leaf(data: Data, row: Row, field_id: str, facts: Facts) -> Fact:
    return facts[leaf_key(data, row, field_id)]


def title(data: Data, row: Row, field: schema.Field) -> str:
    """"Row name column name (until a day)": the row is named by its first describing column, and by the day in its key."""
    named = [row.text(f.id) for f in data.schema.fields if f.publish and f.id in ("name", "title", "item", "unit", "dimension")]
    days = [row[f.id] for f in data.schema.fields if f.type == "date" and f.id in data.schema.key and f.publish]
    said = " ".join([*named[:1], field.title])
    return wording.say("origins.until", title=said, day=display.day(days[0])) if days and days[0] else said


def closed_keys(data: Data) -> set[str]:
    """Keys of leaves in columns that the schema does not open."""
    shut = [f.id for f in data.schema.fields if f.numeric and not f.publish]
    return {leaf_key(data, row, id_) for row in data.rows for id_ in shut}
