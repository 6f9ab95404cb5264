"""What every register gets without code: each published number of its own tables becomes a leaf fact."""

from scripts import schema
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
    """"Row name, column name": the row is named by its first describing column."""
    named = [row.text(f.id) for f in data.schema.fields if f.id in ("name", "title", "item", "unit", "dimension")]
    return " ".join([*named[:1], field.title])


def closed_keys(data: Data) -> set[str]:
    """Keys of leaves in columns that the schema does not open."""
    shut = [f.id for f in data.schema.fields if f.numeric and not f.publish]
    return {leaf_key(data, row, id_) for row in data.rows for id_ in shut}
