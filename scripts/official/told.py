"""How a comparison between tables is called: the rule in the tables' own titles, and where its first cell stands."""

from scripts.identities import Side
from scripts.official.bench import STAR, Bench, Cell, column_title, line_title, table_title
from scripts.official.equations import Equation
from scripts.official.phrases import line_name, row_title, rule
from scripts.official.table import part
from scripts.official.words import say


def address(cell: Cell) -> str:
    return f"{cell.kind}/{part(cell.row)}/{cell.column}"


def relation_words(equation: Equation, sides: list[Side]) -> str:
    relation = say("at_least") if equation.holds.relation == ">=" else "="
    return say("rule", left=sides[0].title, relation=relation, right=sides[1].title)


def words_of(bench: Bench, side: tuple, star: str) -> str:
    """Table, row and column of each term; a joined row is named by the place, not by the rule."""
    titles = {}
    for _, cell in side:
        table, row = bench.table(cell), bench.row(cell)
        if table is None and len(side) > 1:
            continue
        column = column_title(bench, cell)
        name = column if star else say("join", row=line_name(row) if row else line_title(bench, cell), column=column)
        title = (say("last") if cell.last else "") + (table.title if table else table_title(bench, cell))
        titles[cell] = say("term", title=title, name=name)
    return rule(side, titles)


def place_of(bench: Bench, side: tuple) -> str:
    """Where the first printed cell of a comparison stands."""
    cell = next((c for _, c in side if bench.row(c) is not None), side[0][1])
    table, row = bench.table(cell), bench.row(cell)
    title = table.title if table else table_title(bench, cell)
    if row is None:
        return say("place_join", title=title, row="" if STAR in cell.row else line_title(bench, cell))
    return say("place", title=title, row=row_title(row), column=column_title(bench, cell))
