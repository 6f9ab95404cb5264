"""Identities between the tables of a year and between two years: named cells, or rows joined by code."""

from dataclasses import replace

from scripts import identities
from scripts.identities import Comparison, Side, Sides
from scripts.official import joins
from scripts.official.bench import STAR, Bench, Cell, cell_of, holds, line_title, table_title
from scripts.official.equations import Equation
from scripts.official.told import address, place_of, relation_words, words_of
from scripts.official.words import say


def compare(bench: Bench, equations, prefix: str = "across") -> list[Comparison]:
    """The comparisons of equations that name cells or join rows by code."""
    found = []
    for equation in equations:
        for star in equation.stars or ("",):
            for column in equation.columns or ("",):
                found += _one(bench, filled(equation, star, column), f"{prefix}.{equation.id}")
    return [each for each in found if each is not None]


def filled(equation: Equation, star: str, column: str) -> Equation:
    """The equation for one of its lines and one of its columns."""
    if not star and not column:
        return equation

    def name(text: str) -> str:
        text = text.replace("{column}", column)
        return text.replace(STAR, star) if star else text

    sides = [tuple((sign, name(term)) for sign, term in side) for side in (equation.holds.left, equation.holds.right)]
    return replace(
        equation, holds=Sides(sides[0], equation.holds.relation, sides[1]),
        has=tuple(map(name, equation.has)), lacks=tuple(map(name, equation.lacks)),
    )  # fmt: skip


def _one(bench: Bench, equation: Equation, identity: str) -> list[Comparison | None]:
    if not all(_there(bench, cell_of(n)) for n in equation.has) or any(
        _there(bench, cell_of(n)) for n in equation.lacks
    ):
        return []
    if equation.when and not holds(bench, equation.when) or equation.unless and holds(bench, equation.unless):
        return []
    left, right = (
        tuple((sign, cell_of(n)) for sign, n in side) for side in (equation.holds.left, equation.holds.right)
    )
    if all(bench.table(cell) is None for _, cell in left + right):
        return []  # the year's list of missing tables has said it
    if reason := hindrance(bench, equation, left, right):
        facts = [fact for _, cell in left + right if (fact := bench.fact(cell)) is not None]
        if equation.each == "cell" and facts and not any(fact.known for fact in facts):
            return []  # nothing is printed that could be wrong
        return [_uncheckable(bench, equation, identity, left, right, reason)]
    words = [words_of(bench, side, STAR if equation.each != "cell" else "") for side in (left, right)]
    stars = (
        ("",) if equation.each == "cell" else joins.stars(bench, equation.each, equation.holds.relation, left, right)
    )
    return [weigh(bench, equation, identity, at(left, star), at(right, star), words) for star in stars]


def _there(bench: Bench, cell: Cell) -> bool:
    table = bench.table(cell)
    if table is None:
        return False
    if STAR in cell.row:
        return any(column.role == cell.column for column in table.columns)
    return bench.fact(cell) is not None


def hindrance(bench: Bench, equation: Equation, left: tuple, right: tuple) -> str:
    """Why two sides cannot be compared: no table, no unit, no codes, no such cell. "" where nothing is in the way."""
    needed = left + (right if equation.holds.relation == "=" else right[:1])
    for _, cell in needed:
        if bench.table(cell) is None:
            return say("missing_table", title=table_title(bench, cell))
    several = len({(cell.last, cell.kind) for _, cell in left + right}) > 1
    for table in (bench.table(cell) for _, cell in left + right):
        if table is not None and table.rows and several and table.unit is None:
            return say("missing_unit", title=table.title)
        if table is not None and equation.each in ("code", "class") and table.layout in ("units", "one"):
            return say("no_codes", title=table.title)
    for side in (left, right) if equation.each == "cell" else ():
        if all(bench.fact(cell) is None and bench.table(cell).rows for _, cell in side if bench.table(cell)):
            table, cell = bench.table(side[0][1]), side[0][1]
            return say(
                "missing_row", title=table.title if table else table_title(bench, cell), name=line_title(bench, cell)
            )
    return ""


def at(side: tuple, star: str) -> tuple:
    return tuple((s, Cell(c.kind, c.row.replace(STAR, star), c.column, c.last)) for s, c in side) if star else side


def weigh(
    bench: Bench, equation: Equation, identity: str, left: tuple, right: tuple, words: list[str]
) -> Comparison | None:
    """One comparison. A row that only one side has counts as nothing on the other."""
    sides = [
        Side(tuple((sign, fact) for sign, cell in side if (fact := bench.fact(cell)) is not None), said)
        for side, said in zip((left, right), words, strict=True)
    ]
    if not sides[0].terms and not sides[1].terms:
        return None
    return identities.weigh(
        bench.facts, bench.register, bench.year, left[0][1].kind, identity, address(left[0][1]), *sides,
        words=relation_words(equation, sides), place=place_of(bench, (left + right)), relation=equation.holds.relation,
        differs=equation.differs, within=say("within"),
    )  # fmt: skip


def _uncheckable(bench: Bench, equation: Equation, identity: str, left: tuple, right: tuple, note: str) -> Comparison:
    sides = [Side((), words_of(bench, side, STAR if equation.each != "cell" else "")) for side in (left, right)]
    first = left[0][1]
    known = tuple((sign, fact) for sign, cell in left if (fact := bench.fact(cell)) is not None)
    return identities.uncheckable(
        bench.facts, bench.register, bench.year, first.kind, identity, address(first), Side(known, sides[0].title),
        words=relation_words(equation, sides), place=place_of(bench, left[:1]), note=note,
    )  # fmt: skip
