"""Tests of the official tables: whether they are there, whole, coded to the last level, in balance, out in time."""

from scripts.cells import State
from scripts.duties import Standing
from scripts.identities import Verdict
from scripts.inputs import RegisterYear
from scripts.official import OfficialTable
from scripts.pages.scoring.ground import HALF, NONE, WHOLE, Answer, Ground


def kinds(ground: Ground, register: str, kinds: list[str]) -> Answer:
    """All of these kinds in the newest year, an empty one with its note, none out of balance without an explanation."""
    year = ground.newest(register)
    there = {kind: year.official.tables[kind] for kind in kinds if kind in year.official.tables} if year and year.official else {}
    if not there:
        return ground.absent(register)
    at = ground.at(year)
    if len(there) < len(kinds):
        return Answer(HALF, at, "kinds")
    if any(_silent(table) for table in there.values()):
        return Answer(HALF, at, "silent")
    wrong = any(each.table in kinds and each.verdict is Verdict.UNBALANCED and not each.note for each in ground.site.checks(register, year.year))
    return Answer(HALF, at, "unbalanced") if wrong else _aged(ground, year, at)


def _aged(ground: Ground, year: RegisterYear, at: str) -> Answer:
    return Answer(WHOLE, at) if ground.current(year) else Answer(HALF, at, "old")


def _silent(table: OfficialTable) -> bool:
    """No amount, and not a word why."""
    return not table.notes and not any(value.state is State.KNOWN for row in table.rows for _, value in row.cells.values())


def codes(ground: Ground, register: str, kind: str, length: int) -> Answer:
    """Every line that nothing stands under bears a code of the last level."""
    year = ground.newest(register)
    table = year.official.tables.get(kind) if year and year.official else None
    if table is None:
        return ground.absent(register)
    told = [row.code for row in table.rows if row.code]
    last = [code for code in told if not any(other != code and other.startswith(code) for other in told)]
    at = ground.at(year, kind)
    if not last:
        return Answer(NONE, at, "codes")
    return Answer(WHOLE, at) if all(len(code) == length for code in last) else Answer(HALF, at, "codes")


def checks(ground: Ground, register: str, identity: str) -> Answer:
    """Comparisons of this name are there, and none is out of balance without an explanation."""
    found = [each for each in ground.site.public.comparisons if each.register == register and each.identity.startswith(identity)]
    told = [each for each in found if each.verdict is not Verdict.UNCHECKABLE]
    if not told:
        return Answer(NONE, None, "unchecked")
    year = ground.site.inputs.get(register, max(each.year for each in told))
    wrong = any(each.verdict is Verdict.UNBALANCED and not each.note for each in told)
    return Answer(HALF, ground.at(year), "unbalanced") if wrong else Answer(WHOLE, ground.at(year))


def on_time(ground: Ground, register: str, rule: str) -> Answer:
    """Of the newest year that a rule binds: everything out by its day. Late is a half, overdue or without dates nothing."""
    duties = [each for each in ground.site.duties if (each.register, each.rule) == (register, rule) and each.standing is not Standing.PENDING]
    if not duties:
        return ground.absent(register)
    newest = max(each.year for each in duties)
    found = {each.standing for each in duties if each.year == newest}
    at = ground.at(ground.site.inputs.get(register, newest))
    if found & {Standing.OVERDUE, Standing.UNCHECKABLE}:
        return Answer(NONE, at, "not_out" if Standing.OVERDUE in found else "undated")
    return Answer(HALF, at, "late") if Standing.LATE in found else Answer(WHOLE, at)


def part(ground: Ground, registers: list[str], part: str) -> Answer:
    """Every page of a year of these registers has this part."""
    found = [page for path, page in ground.pages.items() for name in registers if path in {ground.at(year) for year in ground.years(name)}]
    if not found:
        return ground.absent(registers[0])
    bare = [page for page in found if f"](#{part})" not in page.markdown]
    return Answer(HALF if len(bare) < len(found) else NONE, found[0].path, "part") if bare else Answer(WHOLE, f"{found[-1].path}#{part}")


JUDGES = {"kinds": kinds, "codes": codes, "checks": checks, "on_time": on_time, "part": part}
