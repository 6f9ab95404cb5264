"""Pages of the final accounts: the years, each year against its budget, its official tables."""

from scripts import explained, grids, wording
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, official_register, official_year
from scripts.pages.render import component
from scripts.pages.table import path
from scripts.registers.final_accounts.facts import bases, needs_reason, reason

REGISTER = "final_accounts"


def pages(site: Site) -> list[Page]:
    told = official_register.Told("final_accounts/index.md.j2", "final_accounts/year.md.j2", _explained, _added)
    return official_register.pages(site, REGISTER, told)


def _explained(draft: Draft, year: RegisterYear) -> None:
    _items(draft, year)
    _reasons(draft, year)


def _added(draft: Draft, year: RegisterYear) -> None:
    given = {r.text("item"): (r.text("quantity"), r.text("reason")) for r in year.rows("three_public_reasons")}
    official_year.three_public(draft, year, ("budget", "final"), given)
    _other_matters(draft, year)


def _against(draft: Draft, year: RegisterYear, code_: str):
    approved, adjusted = bases(draft.site.facts, year, code_)
    return approved, adjusted, draft.fact(f"{REGISTER}/{year.year}/item/{code_}/rate")


def _items(draft: Draft, year: RegisterYear) -> None:
    """By function to 项: initial budget, adjusted budget, final, and the share of the budget; only columns with figures."""
    table = explained.by_function(year)
    if table is None:
        return
    facts, said = draft.site.facts, wording.table("final_accounts.items")
    rows = [(row, *_against(draft, year, row.code)) for row in explained.items(year)]
    wanted = [i for i, name in enumerate(("approved", "adjusted", "rate")) if any(each[i + 1] is not None for each in rows)]
    names = [("approved", "adjusted", "rate")[i] for i in wanted]
    order = [n for n in ("approved", "adjusted", "final", "rate") if n == "final" or n in names]
    columns = (Column("code", (said["code"],), kind="code"), Column("name", (said["name"],)), *(Column(n, (said[n],), numeric=True) for n in order))
    found = []
    for row, approved, adjusted, rate in rows:
        values = {"approved": approved, "adjusted": adjusted, "rate": rate, "final": explained.amount(facts, year, row)}
        href = draft.link(f"{path(REGISTER, year.year, table.kind)}#L{row.line}")
        found.append(Row((Text(row.code, "code"), Text(row.name), *(values[n] for n in order)), href=href))
    grid = Grid("items", said["title"], columns, tuple(found), unit=official_year.unit_of(year), kind="stack", head=1)
    draft.grid("items", grid, component("ledger", grid=grids.view(grid)))


def _reasons(draft: Draft, year: RegisterYear) -> None:
    """Every item beyond the threshold with its reason, and every reason that was given all the same."""
    table = explained.by_function(year)
    if table is None:
        return
    facts, said, inputs = draft.site.facts, wording.table("final_accounts.reasons"), draft.site.inputs
    share, found = inputs.publisher.thresholds["variance"], []
    for row in explained.items(year):
        approved, adjusted, rate = _against(draft, year, row.code)
        base, final = adjusted if adjusted is not None else approved, explained.amount(facts, year, row)
        given = reason(inputs, year, row.code)
        if base is None or not base.known or final is None or not final.known:
            continue
        if given or needs_reason(final, base, approved, share):
            cell = grids.quotes(given) if given else Text(wording.say("final_accounts.no_reason"), "words")
            found.append(Row((Text(row.name), base, final, rate, cell)))
    if found:
        columns = (Column("name", (said["name"],)), Column("base", (said["base"],), numeric=True), Column("final", (said["final"],), numeric=True),
                   Column("rate", (said["rate"],), numeric=True), Column("reason", (said["reason"],)))  # fmt: skip
        grid = Grid("reasons", said["title"], columns, tuple(found), unit=official_year.unit_of(year), kind="stack")
        draft.grid("reasons", grid, component("ledger", grid=grids.view(grid)))


def _other_matters(draft: Draft, year: RegisterYear) -> None:
    rows = year.rows("other_matters")
    if not rows:
        return
    said, facts, data = wording.table("final_accounts.other"), draft.site.facts, year.tables["other_matters"]
    columns = (Column("item", (said["item"],)), Column("matter", (said["matter"],)), Column("amount", (said["amount"],), numeric=True),
               Column("quantity", (said["quantity"],), numeric=True), Column("note", (said["note"],)))  # fmt: skip
    found = tuple(
        Row((Text(r.text("item")), Text(r.text("matter")), *(facts[f"{REGISTER}/{year.year}/other_matters/{data.key(r)}/{n}"] for n in ("amount", "quantity")),
             Text(r.text("note"), "quote")), href=draft.link(f"{path(REGISTER, year.year, 'other_matters')}#L{r.line}"))
        for r in rows
    )  # fmt: skip
    grid = Grid("other", said["title"], columns, found, unit=wording.say("cells.units.wan"), kind="stack")
    draft.grid("other", grid, component("ledger", grid=grids.view(grid)))
