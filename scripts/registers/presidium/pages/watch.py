"""What is not done, as plainly as what is: findings that are open, days that have passed, promises that were missed."""

from markupsafe import Markup

from scripts import registers, wording
from scripts.commitments import Verdict
from scripts.facts import Fact, key_part
from scripts.inputs import RegisterYear
from scripts.pages import Draft, limits, links, promises
from scripts.pages.parts import linked
from scripts.pages.render import component, day
from scripts.pages.table import path
from scripts.tables import Row as DataRow

REGISTER = "rectifications"
COUNTS = ("findings-count", "open-count", "overdue-count")


def findings(draft: Draft, number: int) -> dict[str, Fact | None] | None:
    """Counts of the findings of a year, with the list of those still open; None where nothing was published of them."""
    year = draft.site.inputs.get(REGISTER, number)
    if year is None or "findings" not in year.tables:
        return None
    told = [_finding(draft, year, row) for row in year.rows("findings")]
    still = sorted((each for each in told if each["work"] != "rectified"), key=lambda each: each["work"] != "overdue")
    if still:
        draft.block("findings", component("timeline", items=still))
    return {name.partition("-")[0]: draft.site.facts.get(f"{REGISTER}/{number}/{name}") for name in COUNTS}


def _finding(draft: Draft, year: RegisterYear, row: DataRow) -> dict:
    """A finding as its last step left it: overdue first, with the days as its own page says them."""
    steps = [each for each in year.rows("actions") if each.text("finding") == row.text("no")]
    last = max(steps, key=lambda each: int(each.text("no")), default=None)
    said, word = wording.table("presidium.findings"), last.text("state") if last else wording.say("presidium.findings.untouched")
    work = wording.table("presidium.work").get(word, "open")
    over = draft.site.facts.get(f"{REGISTER}/{year.year}/{key_part(row.text('no'))}/overdue") if work != "rectified" else None
    parts = [Markup("<span data-code>{}</span>").format(row.text("no")), _named(row.text("unit")), Markup(said["due"]).format(day(row["due"]))]
    parts += [Markup(said["overdue"]).format(linked(draft, over))] if over is not None and over.known else []
    own = links.page_of(REGISTER, year.year, "findings", row) or f"{path(REGISTER, year.year, 'findings')}#L{row.line}"
    return {
        "work": "overdue" if over is not None else work, "word": word, "dates": Markup(wording.say("lists.comma")).join(parts),
        "title": Markup('<a href="{}">{}</a>').format(draft.link(own), _named(row.text("title"))),
        "text": _named(last.text("measure")) if last else "",
    }  # fmt: skip


def _named(text: str) -> Markup:
    return Markup("<span data-text>{}</span>").format(text)


def blocks(draft: Draft, number: int) -> dict[str, bool]:
    """What had to be out and was not in time, and the promises of the plan that the year did not keep."""
    late = [duty for duty in limits.late(draft.site) if duty.year == number]
    if late:
        draft.block("late", component("roll", items=[limits.item(draft, each) for each in late]))
    years = [year for name in registers.ORDER if (year := draft.site.inputs.get(name, number))]
    missed = [item for year in years for item in promises.of_year(draft, year, (Verdict.UNMET,))]
    if missed:
        draft.block("missed", component("roll", items=missed))
    measured = any(promises.measured(draft.site, year) for year in years)
    due = any(duty.year == number for duty in draft.site.duties)
    return {"late": bool(late), "due": due, "missed": bool(missed), "measured": measured, "plan": bool(draft.site.inputs.publisher.plan)}
