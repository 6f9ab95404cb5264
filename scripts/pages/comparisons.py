"""Every comparison of the site on one page, failures first, and as a workbook and a CSV file at the root."""

from fractions import Fraction

from scripts import book, display, grids, schema, wording
from scripts.addresses import address
from scripts.facts import Fact, Unit
from scripts.identities import SEVERITY, Comparison
from scripts.pages import Draft, Page, Site, downloads
from scripts.pages.parts import check_item, finish
from scripts.pages.render import component


def page(site: Site) -> Page:
    """Failures in full; the balanced ones counted by register and year, each with the way to its page."""
    draft = Draft(site, "comparisons/", wording.say("comparisons.title"), template="register", section="data",
                  code=wording.say("page_codes.comparisons"), crumbs=[])  # fmt: skip
    ranked = sorted(site.public.comparisons, key=lambda c: (SEVERITY.index(c.verdict), c.register, -c.year))
    failing = [c for c in ranked if c.verdict in SEVERITY[:-1]]
    for each in failing:
        for key in (each.left, each.right, book.difference_key(each)):
            if key in site.facts and not site.facts[key].leaf:
                draft.note(site.facts[key])
    if failing:
        draft.block("failing", component("comparisons", items=[check_item(draft, each) for each in failing]))
    years = dict.fromkeys((c.register, c.year) for c in sorted(ranked, key=lambda c: (c.register, -c.year)))
    summary = _summary(site, list(years))
    draft.grid("summary", summary, component("ledger", grid=grids.view(summary)))
    found = _records(site, ranked)
    draft.page.downloads += downloads("comparisons", wording.say("comparisons.title"), found, found)
    boards = [("obligations/", "duties.page_title")] if site.duties else []
    boards += [("catalogue/", "catalogue.page_title"), ("about/coverage/", "covered.title")]
    boards += [("commitments/", "commitments.page_title")] if site.inputs.publisher.plan else []
    boards.append(("self-score/", "self_score.title"))
    return finish(draft, "comparisons.md.j2", boards=[(path, wording.say(title)) for path, title in boards], all_counts=_counts(draft), failing=failing,
                  people={name: site.facts[f"people/{name}"] for name in ("guarded", "withheld", "share")})  # fmt: skip


def _counts(draft: Draft) -> list[tuple[str, Fact]]:
    """How many comparisons of the whole site came out how, without the empty ones."""
    counts = [(verdict, draft.fact(f"checks/{verdict}")) for verdict in SEVERITY]
    return [(wording.say(f"verdicts.{verdict}"), fact) for verdict, fact in counts if fact is not None]


def _summary(site: Site, years: list[tuple[str, int]]) -> grids.Grid:
    columns = (
        grids.Column("register", (wording.say("comparisons.register"),)),
        grids.Column("year", (wording.say("comparisons.year"),)),
        *(grids.Column(f"v{i}", (wording.say(f"verdicts.{v}"),), numeric=True) for i, v in enumerate(SEVERITY)),
    )
    rows = tuple(
        grids.Row(
            (
                grids.Text(wording.say("tables.page_title", year=year, title=schema.load(register).title), "words", f"../{address(register)}/{year}/index.html"),
                grids.Text(str(year), "code"),
                *(site.facts.get(f"{register}/{year}/checks/{verdict}") for verdict in SEVERITY),
            )
        )
        for register, year in years
    )
    return grids.Grid("summary", wording.say("comparisons.summary"), columns, rows, kind="stack")


def _records(site: Site, ranked: list[Comparison]) -> list[list[grids.Entry]]:
    """register, year, identity, place, left, right, difference, verdict, note, unit: amounts exact, a line in one unit."""
    found = [[grids.Entry(head) for head in wording.table("comparisons")["columns"]]]
    for each in ranked:
        scale = _scale(site, each)
        before = (schema.load(each.register).title, str(each.year), each.words, each.place)
        after = (wording.say(f"verdicts.{each.verdict}"), each.note, _unit(site, each.left, scale))
        amounts = (_amount(site, each.left, scale), _amount(site, each.right, scale), _amount(site, book.difference_key(each), scale, each))
        found.append([*map(grids.Entry, before), *amounts, *map(grids.Entry, after)])
    return grids.marked(found, site.mark)


def _scale(site: Site, each: Comparison) -> str:
    """The unit in which both sides and their difference are printed: that of their source, "wan" where two sources differ."""
    left, right = (site.facts[key].scale for key in (each.left, each.right))
    return left if left == right or not (left and right) else "wan"


def _unit(site: Site, key: str, scale: str) -> str:
    fact = site.facts[key]
    if fact.unit is not Unit.FEN:
        return wording.say(f"units.{fact.unit}")
    return wording.table("cells.units")[scale] if scale else wording.say("units.not_stated")


def _amount(site: Site, key: str, scale: str, each: Comparison | None = None) -> grids.Entry:
    fact = site.facts.get(key)
    if fact is None:
        return grids.Entry("0", alike=(each.left, each.right)) if each is not None and each.difference == 0 else grids.Entry("")
    if not fact.known:
        return grids.Entry(display.state_word(fact.state))
    if fact.unit is Unit.FEN:
        return grids.Entry(display.machine_decimal(fact.value, scale or fact.scale or "wan"), key)
    if fact.unit in (Unit.SHARE, Unit.POINTS):
        return grids.Entry(display.plain_decimal(Fraction(fact.value) * (100 if fact.unit is Unit.SHARE else 1)), key)
    return grids.Entry(str(fact.value), key)
