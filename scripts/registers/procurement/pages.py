"""Pages of procurement: what the plain pages say, and how much was bought by which way of choosing."""

from scripts import charts, wording
from scripts.facts import key_part
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, plain_register
from scripts.pages.drawing import chart_block, finding, list_grid, mark
from scripts.registers.procurement.facts import grouped

REGISTER = "procurement"


def pages(site: Site) -> list[Page]:
    return plain_register.pages(site, REGISTER, story)


def story(draft: Draft, year: RegisterYear) -> dict:
    """The chart of the ways of choosing; `top`: the way that most was bought by, with its share; `single`: contracts with one supplier asked."""
    said, prefix = wording.table("procurement.methods"), f"{REGISTER}/{year.year}/"
    methods = grouped(year, lambda row: row.text("method"))
    amounts = {method: draft.site.facts[f"{prefix}method/{key_part(method)}/amount"] for method in methods}
    order = sorted(amounts, key=lambda method: (-(amounts[method].value or 0), method))
    told = {"top": "", "share": None, "all_known": all(fact.known for fact in amounts.values()),
            "single": [row for row in year.rows("contracts") if row.text("method") == wording.say("procurement.single")]}  # fmt: skip
    if not order or not (first := amounts[order[0]]).value:
        return told
    share = draft.site.facts[f"{prefix}method/{key_part(order[0])}/share"]
    told |= {"top": order[0], "share": share}
    marks = tuple(mark(amounts[method], method, "done" if method == order[0] else "other") for method in order)
    plain, html = finding(draft, said["finding" if share.known else "finding_known"], name=order[0], share=share if share.known else first)
    unit = wording.say("cells.units.wan")
    chart = charts.Chart("methods", "bars", marks, plain, said["how"], unit=unit)
    grid = list_grid("methods", said["title"], said["name"], said["amount"], [(method, amounts[method]) for method in order], unit=unit)
    chart_block(draft, "methods", chart, grid, html)
    return told
