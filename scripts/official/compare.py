"""Every identity inside a table: levels, rows, lines; the words of a rule are its names in the table's own titles."""

from dataclasses import dataclass

from scripts import identities
from scripts.facts import Fact, Facts
from scripts.identities import Comparison, Side
from scripts.official.equations import Equation
from scripts.official.joins import families
from scripts.official.missing import gone
from scripts.official.phrases import column_title, line_name, line_title, place, rule
from scripts.official.table import OfficialTable, Row, part
from scripts.official.words import say

ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the identities of one table are weighed: its facts by row and column."""

    table: OfficialTable
    facts: Facts

    def fact(self, row: Row, role: str) -> Fact | None:
        return self.facts.get(self.table.leaf_key(row, role)) if role in row.indexes else None

    def weigh(self, equation: Equation, row: Row, role: str, left: Side, right: Side, words: str) -> Comparison | None:
        table = self.table
        return identities.weigh(
            self.facts, table.register, table.year, table.kind, f"{table.kind}.{equation.id}",
            f"{part(row.key)}/{role}", left, right, words=words, place=place(table, row, role),
            relation=equation.holds.relation if equation.holds else "=", differs=equation.differs, within=say("within"),
        )  # fmt: skip


def within(table: OfficialTable, facts: Facts) -> list[Comparison]:
    """The comparisons of one table, in the order of its equations."""
    scale, found = Scale(table, facts), []
    for equation in table.meaning.equations:
        if equation.each != "cell":
            found += SHAPES[equation.each](scale, equation)
    return [each for each in found if each is not None]


def _tree(scale: Scale, equation: Equation) -> list[Comparison | None]:
    """Each total against its classes, each class against its sections, each section against its items."""
    table, found = scale.table, []
    if table.layout == "lines":
        return []
    for parent, below in families(table):
        level = f"children{parent.level}" if table.layout in ("function", "economic") else "rows"
        rule_words = (parent.name or say("total"), say(level))
        for role in numeric(table):
            left = scale.fact(parent, role)
            children = tuple((1, fact) for row in below if (fact := scale.fact(row, role)) is not None)
            if left is not None and children:
                words = say("rule", left=rule_words[0], relation="=", right=rule_words[1])
                found.append(
                    scale.weigh(equation, parent, role, Side(((1, left),)), Side(children, rule_words[1]), words)
                )
    return found


def _row(scale: Scale, equation: Equation) -> list[Comparison | None]:
    """Across the columns of each row. A column the layout does not have is left out."""
    table, found = scale.table, []
    if gone(table, equation):  # said once, by the column's name, instead of in every line
        return []
    for row in table.rows:
        if row.block != equation.block or row.sort == "text" or not applies(equation, row.indexes):
            continue
        titles = {role: column_title(table, row, role) for role in row.indexes}
        left, right = (
            Side(
                tuple((sign, fact) for sign, role in side if (fact := scale.fact(row, role)) is not None),
                rule(side, titles),
            )
            for side in (equation.holds.left, equation.holds.right)
        )
        if left.terms and right.terms:
            found.append(
                scale.weigh(equation, row, equation.holds.left[0][1], left, right, both(equation, left, right))
            )
    return found


def _lines(scale: Scale, equation: Equation) -> list[Comparison | None]:
    """Down the lines of a block, in each of its columns. A missing left line makes the rule uncheckable."""
    table, found = scale.table, []
    rows = block_rows(table, equation.block)
    if not rows or not applies(equation, rows):
        return []
    name = equation.holds.left[0][1]
    titles = {key: line_name(row) for key, row in rows.items()} | {ITEMS: say("items")}
    for role in equation.columns or numeric(table, equation.block):
        left, right = (
            Side(tuple((sign, fact) for sign, key in side for row in _rows_of(rows, key)
                       if (fact := scale.fact(row, role)) is not None), rule(side, titles))
            for side in (equation.holds.left, equation.holds.right)
        )  # fmt: skip
        if left.terms and right.terms:
            found.append(scale.weigh(equation, rows[name], role, left, right, both(equation, left, right)))
        elif right.terms and any(fact.known for _, fact in right.terms):
            found.append(_missing(scale, equation, name, role, right))
    return found


def applies(equation: Equation, present) -> bool:
    """Whether a layout is one the equation is meant for."""
    return all(name in present for name in equation.has) and not any(name in present for name in equation.lacks)


def both(equation: Equation, left: Side, right: Side) -> str:
    relation = say("at_least") if equation.holds.relation == ">=" else "="
    return say("rule", left=left.title, relation=relation, right=right.title)


def numeric(table: OfficialTable, block: str = "") -> list[str]:
    """Roles of the amount columns of a block, in printed order."""
    return list(dict.fromkeys(c.role for c in table.columns if c.type == "money" and c.role and c.block == block))


def _rows_of(rows: dict[str, Row], key: str) -> list[Row]:
    if key == ITEMS:
        return [row for row in rows.values() if row.sort == "item"]
    return [rows[key]] if key in rows else []


def block_rows(table: OfficialTable, block: str) -> dict[str, Row]:
    """Rows of a block by the part of their key after the block."""
    return {row.key.removeprefix(f"{block}.") if block else row.key: row for row in table.rows if row.block == block}


def _missing(scale: Scale, equation: Equation, name: str, role: str, right: Side) -> Comparison:
    table = scale.table
    title = line_title(table, equation.block, name)
    key = f"{equation.block}.{name}" if equation.block else name
    return identities.uncheckable(
        scale.facts, table.register, table.year, table.kind, f"{table.kind}.{equation.id}",
        f"{part(key)}/{role}", Side(()), words=both(equation, Side((), title), right),
        place=say("place_join", title=table.title, row=title),
        note=say("missing_row", title=table.title, name=title),
    )  # fmt: skip


SHAPES = {"tree": _tree, "row": _row, "lines": _lines}
