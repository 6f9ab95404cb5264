"""What may become of a finding: the states, which may follow which, and what each demands."""

from scripts.inputs import RegisterYear
from scripts.problems import Problem, problem
from scripts.tables import Row

OPEN, IN_PROGRESS, RECTIFIED, REOPENED = "open", "in-progress", "rectified", "reopened"
STATES = (OPEN, IN_PROGRESS, RECTIFIED, REOPENED)  # in the order of the schema's words
# From one state to the next; nothing was done before the first. What was rectified can only be reopened, and only that can be.
AFTER = {
    OPEN: (OPEN, IN_PROGRESS, RECTIFIED),
    IN_PROGRESS: (IN_PROGRESS, RECTIFIED),
    RECTIFIED: (REOPENED,),
    REOPENED: (IN_PROGRESS, RECTIFIED),
}


def words(year: RegisterYear) -> dict[str, str]:
    """State -> its word; the schema's list of allowed words is the order of STATES."""
    return dict(zip(STATES, year.tables["actions"].schema.field("state").constraints["enum"], strict=True)) if "actions" in year.tables else {}


def state_of(year: RegisterYear, action: Row) -> str:
    return next(state for state, word in words(year).items() if word == action.text("state"))


def actions(year: RegisterYear, finding: Row) -> list[Row]:
    """What was done about a finding, in the order of the numbers."""
    return sorted((row for row in year.rows("actions") if row.text("finding") == finding.text("no")), key=lambda row: int(row.text("no")))


def state(year: RegisterYear, finding: Row) -> str:
    """The state after the last action; open where nothing was done."""
    done = actions(year, finding)
    return state_of(year, done[-1]) if done else OPEN


def ever_reopened(year: RegisterYear, finding: Row) -> bool:
    return any(state_of(year, action) == REOPENED for action in actions(year, finding))


def problems(year: RegisterYear, finding: Row) -> list[Problem]:
    """Steps that cannot follow each other, days in the wrong order, and rectified without a proof or with a rest."""
    found, before, last = [], OPEN, finding["raised_on"]
    data, named = year.tables.get("actions"), words(year)
    for action in actions(year, finding):
        now = state_of(year, action)
        if now not in AFTER[before]:
            allowed = [named[each] for each in AFTER[before]]
            found.append(problem("state-cannot-follow", **data.place(action, "state"), before=named[before], allowed="/".join(allowed)))
        if last and action["date"] and action["date"] < last:
            found.append(problem("action-before", **data.place(action, "date"), day=last))
        if now == RECTIFIED:
            found += [problem("rectified-without-proof", **data.place(action, each)) for each in ("evidence", "evidence_date", "evidence_sha256")
                      if not action.text(each)]  # fmt: skip
            if action["left"]:
                found.append(problem("rectified-with-rest", **data.place(action, "left")))
        before, last = now, action["date"] or last
    return found
