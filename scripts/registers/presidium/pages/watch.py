"""What is not done, as plainly as what is: findings that are open, days that have passed, promises that were missed."""

from markupsafe import Markup

from scripts import duties, registers, wording
from scripts.commitments import Verdict
from scripts.facts import Fact
from scripts.pages import Draft, limits, links, promises
from scripts.pages.render import component, component_macro
from scripts.tables import Row as DataRow

REGISTER, DONE = "rectifications", "rectified"


def findings(draft: Draft, number: int) -> dict[str, Fact | None] | None:
    """Counts of the findings of a year, and their list with the open ones; None where nothing was published of them."""
    year = draft.site.inputs.get(REGISTER, number)
    if year is None:
        return None
    names = ("findings-count", "open-count", "overdue-count")
    return {name.partition("-")[0]: draft.site.facts.get(f"{REGISTER}/{number}/{name}") for name in names}


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
