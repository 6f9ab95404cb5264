"""What the reform plan promises: every clause with its words, what measures it and whether it is kept."""

from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup

from scripts import commitments, grids, schema, wording
from scripts.addresses import address
from scripts.commitments import WORST, Clause, Result, Verdict
from scripts.duties import Standing
from scripts.facts import Fact, Unit
from scripts.grids import Against, Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site
from scripts.pages.parts import finish, linked
from scripts.pages.render import component, component_macro, text_of
from scripts.pages.render import year as year_html

PATH = "commitments/"
MARKS = {Verdict.MET: "met", Verdict.ACHIEVED: "met", Verdict.UNMET: "unmet", Verdict.NOT_YET: "rectifying", Verdict.UNFINISHED: "rectifying"}
OF_DUTY = {
    Standing.ON_TIME: Verdict.MET, Standing.LATE: Verdict.UNMET, Standing.OVERDUE: Verdict.UNMET,
    Standing.PENDING: Verdict.UNMEASURED, Standing.UNCHECKABLE: Verdict.UNCHECKABLE,
}  # fmt: skip


def page(site: Site) -> Page | None:
    """All clauses of the publisher's plan, those not kept first; none where it names no plan."""
    clauses = commitments.load(site.inputs.publisher.plan)
    if not clauses:
        return None
    draft = Draft(site, PATH, wording.say("commitments.page_title"), template="register", section="data",
                  code=wording.say("page_codes.commitments"), crumbs=[])  # fmt: skip
    told = {scope: _results(site, [each for each in clauses.values() if each.scope == scope]) for scope in ("county", "town")}
    for scope, results in told.items():
        if results:
            grid = _grid(draft, scope, results)
            draft.grid(scope, grid, component("ledger", grid=grids.view(grid)))
    readings = [each for each in clauses.values() if each.reading]
    return finish(draft, "commitments.md.j2", counts=_counts(site, [*told["county"], *told["town"]]), readings=readings)


def _results(site: Site, clauses: Iterable[Clause]) -> list[Result]:
    """The worst first; what nothing measures comes last, in the order of the plan."""
    found = [result for clause in clauses for result in (_promised(site, clause) if clause.due else commitments.results(site.inputs, site.facts, clause))]
    return sorted(found, key=lambda result: WORST.index(result.verdict))


def _promised(site: Site, clause: Clause) -> list[Result]:
    """A clause with a day is kept when the tasks that stand under it were done in time."""
    there = [duty for duty in site.duties if duty.clause == clause.id]
    return [Result(clause, OF_DUTY[duty.standing], site.inputs.get(duty.register, duty.year)) for duty in there] or [Result(clause, Verdict.UNMEASURED)]


def _counts(site: Site, results: list[Result]) -> list[tuple[str, Fact]]:
    """How many came out how, as facts of the whole site."""
    counted = Counter(result.verdict for result in results)
    found = []
    for verdict in WORST:
        word, key = wording.say(f"commitments.verdicts.{verdict}"), f"commitments/{verdict}"
        if counted[verdict]:
            title = wording.say("commitments.count_title", verdict=word)
            found.append((word, site.facts.get(key) or site.facts.add(Fact(key, title, counted[verdict], Unit.ITEMS, operation="count"))))
    return found


def mark(result: Result) -> Markup:
    """The mark and the word of a verdict."""
    id_, word = MARKS.get(result.verdict, "uncheckable" if result.verdict is Verdict.UNCHECKABLE else "open"), wording.say(f"commitments.verdicts.{result.verdict}")
    if result.verdict in (Verdict.UNMEASURED, Verdict.WITHHELD):
        return component_macro("marks", "state", id=str(result.verdict), word=word)
    return component_macro("marks", "work", id=id_, word=word)


def title(result: Result) -> str:
    """The clause by its name, a town's by the town's too."""
    return wording.say("commitments.title_of_one", name=result.value, title=result.clause.title) if result.value else result.clause.title


def _title_html(result: Result) -> Markup:
    clause = Markup("<span data-text>{}</span>").format(result.clause.title)
    if not result.value:
        return clause
    return Markup(wording.say("commitments.title_of_one")).format(name=Markup("<span data-text>{}</span>").format(result.value), title=clause)


def against(result: Result) -> Against | None:
    """What was measured, beside its target; nothing for a clause whose figure is never shown."""
    if result.fact is None or not result.clause.target:
        return None
    return Against(result.fact, commitments.bounds(result.clause))


def _grid(draft: Draft, scope: str, results: list[Result]) -> Grid:
    said = wording.table("commitments")
    columns = (
        Column("clause", (said["clause"],)), Column("quote", (said["quote"],)), Column("target", (said["target"],)),
        Column("measured", (said["measured"],), numeric=True, unit=True), Column("verdict", (said["verdict"],)), Column("from", (said["from"],)),
    )  # fmt: skip
    return Grid(scope, said[scope], columns, tuple(_row(draft, each) for each in results), kind="stack")


def _row(draft: Draft, result: Result) -> Row:
    clause, word = result.clause, wording.say(f"commitments.verdicts.{result.verdict}")
    head = Markup('<span data-code class="code">{}</span> {}').format(clause.id, _title_html(result))
    return Row((
        Text(f"{clause.id} {title(result)}", "ready", html=head), Text(clause.quote, "quote"), Text(commitments.said(clause)), against(result),
        _judged(draft, result, word), _source(draft, result.year),
    ))  # fmt: skip


def _judged(draft: Draft, result: Result, word: str) -> Text:
    """The verdict; under it what the year that is not over has come to so far."""
    now = result.running
    if now is None:
        return Text(word, "ready", html=mark(result))
    said, year = wording.say("commitments.running"), wording.say("display.year", year=now.year.year)
    figure = linked(draft, now.fact, against=commitments.bounds(now.clause), scale=now.fact.scale)
    text = said.format(year=year, figure=text_of(figure))
    html = Markup("{}<br>{}").format(mark(result), Markup(said).format(year=year_html(now.year.year), figure=figure))
    return Text(wording.say("commitments.and_running", verdict=word, running=text), "ready", html=html)


def _source(draft: Draft, year: RegisterYear | None) -> Text | None:
    """The register and year that the figure is from."""
    if year is None:
        return None
    name = schema.load(year.register).title
    href = draft.link(f"{address(year.register)}/{year.year}/")
    html = Markup('<a href="{}">{}{}</a>').format(href, year_html(year.year), name)
    return Text(wording.say("tables.page_title", year=year.year, title=name), "ready", html=html)


def of_year(draft: Draft, year: RegisterYear, only: Iterable[Verdict] = WORST) -> list[dict]:
    """The verdicts of one register's year, as lines of a roll; all, or those asked for."""
    return [_item(draft, each) for each in commitments.of_year(draft.site.inputs, draft.site.facts, year) if each.verdict in only]


def measured(site: Site, year: RegisterYear) -> bool:
    """Whether anything of a register's year was held against the plan."""
    return bool(commitments.of_year(site.inputs, site.facts, year))


def _item(draft: Draft, result: Result) -> dict:
    clause = result.clause
    href = draft.link(f"{PATH}#t-{clause.scope}")
    html = Markup('{} <a href="{}">{}</a>').format(mark(result), href, _title_html(result))
    told = against(result)
    figure = linked(draft, told.fact, against=told.targets, scale=told.fact.scale) if told and told.fact.known else ""
    wanted = Markup(wording.say("commitments.wanted")).format(Markup("<span data-text>{}</span>").format(commitments.said(clause)))
    value = Markup(wording.say("lists.comma")).join(part for part in (figure, wanted) if part)
    return {"html": html, "value": value}
