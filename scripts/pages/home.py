"""The home page: whose money, where it went, what came of it, what is late, and three doors."""

from fractions import Fraction

from markupsafe import Markup

from scripts import commitments, registers, schema, wording
from scripts.addresses import address
from scripts.facts import Fact, Unit, key_part
from scripts.identities import Verdict
from scripts.pages import Draft, Page, Site, limits
from scripts.pages.parts import figure_items, finish, linked
from scripts.pages.render import component
from scripts.pages.render import year as year_html

PANES, GROUPS, WORST = 100, 5, 5
ROLES = ("done", "less", "marked", "other", "total", "unspent")


def page(site: Site, made: list[Page]) -> Page:
    """Every part stands only where there is something to say; what is missing is said to be missing."""
    name = site.inputs.publisher.name
    draft = Draft(site, "", wording.say("home.title", name=name), template="home", section="",
                  code=wording.say("page_codes.home"), crumbs=[])  # fmt: skip
    paths = {p.path for p in made}
    money = _money(site)
    draft.block("figures", component("figures", size="home", items=figure_items(draft, _figures(site, money))))
    if money is not None:
        _panes(draft, money)
    late = limits.late(site)[:WORST]
    if late:
        draft.block("late", component("roll", items=[limits.item(draft, each) for each in late]))
    draft.block("doors", component("doors", items=_doors(draft, paths)))
    draft.block("registers", component("catalogue", items=_registers(site, draft)))
    return finish(
        draft, "home.md.j2", money=money, name=name, evaluation=_evaluation(site, money), late=late, missing=_missing(site),
        findings=_findings(site), missed=site.facts.get(f"commitments/{commitments.Verdict.UNMET}"), kept=_kept(site),
        limits={str(each).replace("-", "_"): fact for each, fact in limits.counts(site)}, duties=site.duties, promises="commitments/" in paths, unbalanced=site.facts.get(f"checks/{Verdict.UNBALANCED}"), balanced=site.facts.get(f"checks/{Verdict.BALANCED}"),
    )  # fmt: skip


def _money(site: Site) -> dict | None:
    """The latest closed year of execution, else the latest date there is."""
    years = [year for year in site.inputs.of("execution") if year.rows("lines")]
    days = [(year, max(row["until"] for row in year.rows("lines"))) for year in years]
    closed = [(year, day) for year, day in days if (day.month, day.day) == (12, 31)]
    if not days:
        return None
    year, day = (closed or days)[-1]
    names = ("approved", "adjusted", "executed", "rate", "left")
    found = {name: site.facts[f"execution/{year.year}/{name}@{day}"] for name in names}
    return found | {"year": year.year, "day": day, "rows": [r for r in year.rows("lines") if r["until"] == day]}


def _figures(site: Site, money: dict | None) -> list[tuple]:
    """What there was, what was spent, who was helped."""
    said, items = wording.table("home.figures"), []
    if money is not None:
        items.append((said["adjusted"], money["adjusted"], said["adjusted_note"], money["approved"]))
        items.append((said["executed"], money["executed"], said["executed_note"], money["rate"]))
        served = site.facts.get(f"projects/{money['year']}/served")
        if served is not None and served.known:
            items.append((said["served"], served, said["served_note"], site.facts[f"projects/{money['year']}/projects-count"]))
        return items
    for register, table in (("final_accounts", "expenditure"), ("budget", "expenditure")):
        for year in reversed(site.inputs.of(register)):
            total = site.facts.get(f"{register}/{year.year}/spent")
            if total is not None and not items:
                items.append((Markup(wording.say(f"home.official.{register}")).format(year=year_html(year.year)), total, "", None))
    return items


def _panes(draft: Draft, money: dict) -> None:
    """Every hundred yuan spent as a hundred panes: whole panes by largest remainder, shares to one decimal beside."""
    site, year, day = draft.site, money["year"], money["day"]
    if not money["executed"].value or money["executed"].value < 0:
        return
    names: dict[str, str] = {}
    for row in money["rows"]:
        names.setdefault(row.text("code"), row.text("name") if not row.text("project") else "")
    spent = {code: site.facts[f"execution/{year}/{key_part(code)}/executed@{day}"] for code in names}
    order = sorted((code for code in spent if (spent[code].value or 0) > 0), key=lambda code: -spent[code].value)
    if any(not fact.known or fact.value < 0 for fact in spent.values()):
        return  # money that came back, or was not published, has no panes: they would not be a hundred
    groups = [(_name(site, money, code), key_part(code), [spent[code]]) for code in order[:GROUPS]]
    if order[GROUPS:]:
        groups.append((wording.say("home.others"), "others", [spent[code] for code in order[GROUPS:]]))
    amounts, shares = [], []
    for name, part, facts in groups:
        key = f"execution/{year}/home/{part}"
        amount = facts[0] if len(facts) == 1 else _derived(site, "sum", key, name, facts)
        amounts.append(amount)
        shares.append(_derived(site, "ratio", f"{key}-share", wording.say("home.share", name=name), [amount, money["executed"]]))
    squares = largest_remainder([share.value for share in shares], PANES)
    letters = wording.say("home.letters")
    items = [
        {"letter": letters[i], "name": Markup("<span data-text>{}</span>").format(name), "squares": squares[i], "role": ROLES[i],
         "amount": linked(draft, amounts[i]), "share": linked(draft, shares[i])}
        for i, (name, _, _) in enumerate(groups)
    ]  # fmt: skip
    draft.block("panes", component("panes", id="hundred", title=wording.say("home.panes_title"), groups=items, note=wording.say("home.panes_note")))
    money["largest"] = (groups[0][0], shares[0])


def _derived(site: Site, operation: str, key: str, title: str, inputs: list[Fact]) -> Fact:
    facts = site.facts
    if key in facts:
        return facts[key]
    return facts.sum(key, title, inputs, Unit.FEN) if operation == "sum" else facts.ratio(key, title, *inputs)


def _name(site: Site, money: dict, code: str) -> str:
    """A function item by the name its line bears; project lines of one item share the item's own name."""
    rows = [row for row in money["rows"] if row.text("code") == code]
    return rows[0].text("name")


def largest_remainder(shares: list[Fraction], whole: int) -> list[int]:
    """Whole parts that add up to `whole`: the floors, then one more for the largest remainders."""
    exact = [share * whole for share in shares]
    parts = [int(each) for each in exact]
    rest = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for i in rest[: max(0, whole - sum(parts))]:
        parts[i] += 1
    return parts


def _evaluation(site: Site, money: dict | None) -> dict | None:
    """Third-party scores of the year the money is told of, else of the latest year that has any."""
    years = [year for year in site.inputs.of("evaluations") if year.rows("evaluations")]
    for year in sorted(years, key=lambda y: (money is None or y.year != money["year"], -y.year)):
        if year.rows("evaluations"):
            prefix = f"evaluations/{year.year}/"
            names = ("mean", "self-mean", "mean-gap", "evaluations-count", "evaluated-share")
            return {n.replace("-", "_"): site.facts.get(prefix + n) for n in names} | {"year": year.year}
    return None


def _findings(site: Site) -> dict | None:
    """How many findings of the latest year that has any are open, and how many of these are overdue; None where nothing was published."""
    for year in reversed(site.inputs.of("rectifications")):
        whole = site.facts.get(f"rectifications/{year.year}/findings-count")
        if whole is not None and whole.value:
            return {name: site.facts.get(f"rectifications/{year.year}/{name}-count") for name in ("open", "overdue")} | {"year": year.year}
    return None


def _kept(site: Site) -> bool:
    """Whether anything that the plan promises was measured and kept."""
    return any(site.facts.get(f"commitments/{verdict}") for verdict in (commitments.Verdict.MET, commitments.Verdict.ACHIEVED))


def _missing(site: Site) -> list[str | Markup]:
    """What a reader would expect and does not find: said, never silent."""
    publisher, found = site.inputs.publisher, []
    if not publisher.contacts:
        found.append(wording.say("home.missing.contacts"))
    if not publisher.plan:
        found.append(wording.say("home.missing.plan"))
    for register in ("budget", "final_accounts"):
        years = [y.year for y in site.inputs.of(register) if not y.rows("disclosure")]
        if years:
            shown = Markup(wording.say("lists.join")).join(year_html(y) for y in years)
            found.append(Markup(wording.say("home.missing.dates")).format(title=schema.load(register).title, years=shown))
    return found


def _doors(draft: Draft, paths: set[str]) -> list[dict]:
    """Each kind of reader to the first page that exists of those meant for them."""
    reports = [f"presidium/{year.year}/" for year in reversed(draft.site.inputs.of("presidium")) if year.rows("reports")]
    told = {
        "public": ("projects/", "final-accounts/", "budget/"),
        "presidium": (*reports, "execution/", "final-accounts/", "budget/"),
        "auditor": ("comparisons/",),
    }
    return [
        {
            "title": wording.say(f"home.doors.{door}"),
            "href": draft.link(next(path for path in targets if path in paths)),
            "text": wording.say(f"home.doors.{door}_text"),
        }
        for door, targets in told.items()
        if paths.intersection(targets)
    ]


def _registers(site: Site, draft: Draft) -> list[dict]:


    return [
        {"title": schema.load(name).title, "href": draft.link(f"{address(name)}/"), "text": schema.load(name).summary}
        for name in registers.ORDER
        if site.inputs.of(name)
    ]
