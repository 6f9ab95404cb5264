"""The page of an official table: its own form, cell by cell as printed, with our column of results beside it."""

from collections import defaultdict

from markupsafe import Markup

from scripts import book, grids, schema, wording
from scripts.grids import Column, Grid, Row, Text
from scripts.identities import SEVERITY, Comparison, Verdict
from scripts.inputs import RegisterYear
from scripts.official import OfficialTable
from scripts.pages import Draft, Page, Site
from scripts.pages.derivations import figure
from scripts.pages.parts import finish
from scripts.pages.render import component, component_macro
from scripts.pages.table import SECTION_OF, code, crumbs, path


def pages(site: Site, year: RegisterYear) -> list[Page]:
    """A page for each official table of a year."""
    return [_page(site, year, table, n) for n, table in enumerate(year.official.tables.values(), start=1)]


def checks_of(site: Site, table: OfficialTable) -> list[Comparison]:
    return [c for c in site.checks(table.register, table.year) if c.table == table.kind]


def _page(site: Site, year: RegisterYear, table: OfficialTable, number: int) -> Page:
    title = wording.say("tables.page_title", year=table.year, title=table.title)
    draft = Draft(
        site, path(table.register, table.year, table.kind), title, template="table", section=SECTION_OF[table.register],
        code=code(table.register, table.year, f"{number:02d}"), crumbs=crumbs(table.register, table.year),
    )  # fmt: skip
    checks = checks_of(site, table)
    printed = grid(site, table, checks)
    draft.grid("table", printed, component("ledger", grid=grids.view(printed)))
    explained = wording.table("official_explained").get(table.kind, "")
    others = [
        (y.year, path(table.register, y.year, table.kind))
        for y in site.inputs.of(table.register) if y.official and table.kind in y.official.tables
    ]  # fmt: skip
    return finish(
        draft, "official_table.md.j2", comparisons=checks, counted=f"{table.register}/{table.year}/{table.kind}", year=year,
        used={table.document} if table.document else None, years=others, table=table, total=_total(site, table), explained=explained, empty=not _has_numbers(site, table),
        document=schema.load(table.register).title, notes=table.notes,
    )  # fmt: skip


def _total(site: Site, table: OfficialTable):
    """The one figure that says how much the table is about, where it has one."""
    for row in ("total/total", "expenditure.total/amount", "expenditure.year_total/amount"):
        fact = site.facts.get(f"{table.register}/{table.year}/{table.kind}/{row}")
        if fact is not None and fact.known:
            return fact
    return None


def _has_numbers(site: Site, table: OfficialTable) -> bool:
    return any(
        site.facts[key].known
        for line, texts in table.grid for index in range(len(texts)) if (key := table.key_at(line, index)) in site.facts
    )  # fmt: skip


def grid(site: Site, table: OfficialTable, checks: list[Comparison]) -> Grid:
    """The table as printed; our results stand beside the rows and are no part of it."""
    results = _results(site, table, checks)
    levels, whole = _levels(table), _codes(table)
    names = [c.index for c in table.columns if c.role in ("name", "item")] or [0]
    numeric = {c.index for c in table.columns if c.numeric}
    codes = {c.index for c in table.columns if c.role == "code"}
    columns = [
        Column(f"c{i}", tuple(parts), numeric=i in numeric, scale="", kind="code" if i in codes else "")
        for i, parts in enumerate(table.header)
    ]
    rows = []
    for line, texts in table.grid:
        cells = [_cell(site, table, line, i, text, i in codes) for i, text in enumerate(texts)]
        level = levels.get(line, 3)
        notes = (results[line],) if line in results else ()
        rows.append(Row(tuple(cells), line=line, level=level, total=level == 0, code=whole.get(line, ""), notes=notes))
    return Grid(
        table.kind.replace("_", "-"), table.title, tuple(columns), tuple(rows), unit=table.unit_word, kind="official",
        note=wording.say("tables.as_printed"), printed=True, head=names[0],
    )  # fmt: skip


def _cell(site: Site, table: OfficialTable, line: int, index: int, text: str, is_code: bool):
    key = table.key_at(line, index)
    if key in site.facts:
        return site.facts[key]
    return Text(text, "code" if is_code else "")


def _levels(table: OfficialTable) -> dict[int, int]:
    """The most general level of each printed line; side-by-side tables have several rows on one line."""
    found: dict[int, int] = {}
    for row in table.rows:
        found[row.line] = min(found.get(row.line, 9), row.level)
    return found


def _codes(table: OfficialTable) -> dict[int, str]:
    """The whole code of each printed line that has one row only; two tables side by side have none to speak of."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in table.rows:
        found[row.line].append(row.code)
    return {line: codes[0] for line, codes in found.items() if len(codes) == 1 and codes[0]}


def _results(site: Site, table: OfficialTable, checks: list[Comparison]) -> dict[int, Markup]:
    """For each printed line the worst result that touches it, as a mark, a word and the difference."""
    by_key = {table.key_at(line, i): line for line, texts in table.grid for i in range(len(texts))}
    by_key.pop("", None)
    found: dict[int, list[Comparison]] = defaultdict(list)
    for each in checks:
        keys = [each.left] if each.left in by_key else each.cells
        for line in {by_key[key] for key in keys if key in by_key}:
            found[line].append(each)
    results = {}
    for line, touching in found.items():
        worst = min(touching, key=lambda c: SEVERITY.index(c.verdict))
        off = site.facts.get(book.difference_key(worst))
        difference = figure(off) if off is not None and worst.verdict is not Verdict.BALANCED else ""
        word = wording.say(f"verdicts.{worst.verdict}")
        results[line] = component_macro("marks", "verdict", id=str(worst.verdict), word=word, difference=difference)
    return results
