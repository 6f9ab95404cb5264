"""What every register gets without code: each published number of its own tables becomes a leaf fact."""

from scripts import display, identities, schema, wording
from scripts.facts import Fact, Facts, key_part
from scripts.identities import Comparison, Side
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


def name(data: Data, row: Row, but: tuple[str, ...] = ()) -> str:
    """What the row is called: its first describing column, else the first of its key, leaving out `but` where others say anything."""
    told = {f.id for f in data.schema.fields if f.publish}
    ids = [each for each in ("name", "title", "item", "unit", "dimension", *data.schema.key) if each in told]
    ids = [each for each in ids if each not in but] + [each for each in ids if each in but]
    return next((row.text(each) for each in ids if row.text(each)), "")


def place(data: Data, row: Row) -> str:
    """Where in a table: the row's name, the rest of its key in brackets, the day that its key holds."""
    keys = [data.schema.field(each) for each in data.schema.key]
    rest = [row.text(f.id) for f in keys if f.publish and f.type != "date" and row.text(f.id) and row.text(f.id) != name(data, row)]
    days = [row.text(f.id) for f in keys if f.publish and f.type == "date" and row.text(f.id) and row.text(f.id) != name(data, row)]
    said = wording.say("places.coded", name=name(data, row), keys=wording.say("lists.join").join(rest)) if rest else name(data, row)
    return wording.say("places.until", place=said, day=days[0]) if days else said


def equations(data: Data, facts: Facts) -> list[Comparison]:
    """Every equation of the schema on every row; own tables are kept to the fen, so nothing is excused as rounding."""
    found = []
    for each in data.schema.equations:
        sides = [_said(terms, data) for terms in (each.holds.left, each.holds.right)]
        words = wording.say(f"relations.{each.holds.relation}", left=sides[0], right=sides[1])
        for row in data.rows:
            left, right = (
                Side(tuple((sign, leaf(data, row, id_, facts)) for sign, id_ in terms), said)
                for terms, said in zip((each.holds.left, each.holds.right), sides, strict=True)
            )
            found.append(
                identities.weigh(
                    facts, data.register, data.year, data.schema.name, f"{data.register}-{each.id}", data.key(row), left, right,
                    words=words, place=place(data, row), relation=each.holds.relation, differs=each.differs,
                    within=wording.say("relations.within"), exact=True,
                )
            )  # fmt: skip
    return [each for each in found if each is not None]


def _said(terms: tuple, data: Data) -> str:
    """One side in words: titles with the signs between them."""
    said = "".join(wording.say("relations.plus" if sign > 0 else "relations.minus") + data.schema.field(id_).title for sign, id_ in terms)
    return said.removeprefix(wording.say("relations.plus")).strip()


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
