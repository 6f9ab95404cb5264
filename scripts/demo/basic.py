"""Basic expenditure: what offices and institutions cost by economic item, and the function codes that this falls under."""

import datetime
from dataclasses import dataclass
from itertools import accumulate

from scripts.demo.chance import hundreds, part, shares, split, stream
from scripts.demo.county import County, whole
from scripts.demo.texts import table

OFFICE, INSTITUTIONS = "2081101", "2081199"
DOCTORS = ("2101101", "2101102")  # of the office, of the institutions
TIED = {"30108": "2080505", "30109": "2080506", "30113": "2210201"}  # economic item -> the function code that holds nothing else
MEDICAL, RECEPTION, CAR_RUNNING, CAR, PAY = "30110", "30217", "30231", "31013", "30101"
ONLY = {"30102": OFFICE, "30239": OFFICE, "30107": INSTITUTIONS}
NEW_CAR = (17, 24)  # ten thousand yuan
PUBLIC = ("302", "310")  # classes of economic items that are not paid to persons


@dataclass(frozen=True, slots=True)
class Basic:
    """Fen. `budget`, `final`: by economic item; `lines`: by function code; `steps`: spent up to each quarter's end, by function code."""

    budget: dict[str, int]
    final: dict[str, int]
    lines: dict[str, int]
    raised: dict[str, int]
    steps: dict[str, dict[datetime.date, int]]
    operating: int
    new_car: bool

    def spent(self, code: str, day: datetime.date) -> int:
        return self.steps[code].get(day, 0)


def of_year(county: County, year: int) -> Basic:
    dice = stream(county.seed, "basic", year)
    office, institutions = county.posts("headquarters"), county.posts("institution")
    heads = {"all": office + institutions, "office": office, "institutions": institutions}
    rates = stream(county.seed, "rates")  # what a head costs changes by little from year to year
    budget = {}
    for code, told in table("money.basic").items():
        usual = rates.randint(told["least"], told["most"]) * 100 * heads[told["of"]]
        budget[code] = hundreds(part(dice, usual, 970, 1030) * (100 + 2 * (year - county.years[0])) // 100)
    new_car = dice.random() < 0.3
    if new_car:
        budget[CAR] = dice.randint(*NEW_CAR) * 1_000_000
    lines = _lines(budget, office, institutions)
    raised = {OFFICE: hundreds(part(dice, lines[OFFICE], 10, 30))} if dice.random() < 0.6 else {}
    steps = {code: _steps(county, year, dice, amount + raised.get(code, 0)) for code, amount in lines.items()}
    final = _final(budget, {code: max(found.values()) for code, found in steps.items()}) if whole(year) else {}
    operating = hundreds(sum(amount for code, amount in budget.items() if code[:3] == PUBLIC[0]) * office // heads["all"])
    return Basic(budget, final, lines, raised, steps, operating, new_car)


def _lines(budget: dict[str, int], office: int, institutions: int) -> dict[str, int]:
    """The items tied to a code, the medical insurance by heads, and the rest between the two codes for running."""
    found = {TIED[code]: amount for code, amount in budget.items() if code in TIED}
    found |= dict(zip(DOCTORS, split(budget[MEDICAL], (office, institutions), 10_000), strict=True))
    common = sum(amount for code, amount in budget.items() if code not in TIED and code != MEDICAL and code not in ONLY)
    halves = dict(zip((OFFICE, INSTITUTIONS), split(common, (office, institutions), 10_000), strict=True))
    for code, line in ONLY.items():
        halves[line] += budget[code]
    return dict(sorted((found | halves).items()))


def _steps(county: County, year: int, dice, amount: int) -> dict[datetime.date, int]:
    """What was spent up to the end of each quarter; in the end a little less than there was."""
    spent = shares(dice, part(dice, amount, 945, 999), 4, 0.08)
    return dict(zip(county.quarters(year), accumulate(spent), strict=False))


def _final(budget: dict[str, int], spent: dict[str, int]) -> dict[str, int]:
    """What was spent by function code, told by economic item: the items of a code in the proportions of the budget."""
    found = {code: spent[line] for code, line in TIED.items()}
    found[MEDICAL] = sum(spent[line] for line in DOCTORS)
    free = [code for code in budget if code not in found and code != PAY]
    rest = spent[OFFICE] + spent[INSTITUTIONS]
    parts = split(rest, [*(budget[code] for code in free), budget[PAY]])
    return dict(sorted((found | dict(zip([*free, PAY], parts, strict=True))).items()))
