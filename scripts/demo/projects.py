"""Projects: what they are for, where their money comes from, what was paid and what is left."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from scripts.demo import paying
from scripts.demo.chance import HUNDRED_YUAN, hundreds, part, split, stream
from scripts.demo.county import AS_OF, County, Town, whole
from scripts.demo.paying import Payment
from scripts.demo.texts import phrase, table

TOWN_KINDS = (0, 2)  # projects of a town in a year
CARRIED, RAISED, TAKEN_BACK, SHORT, LITTLE = 0.1, 0.1, 0.1, 0.04, 0.15  # how often
# Fen: what moves between years or in the middle of one stays within these, however large the county, as real changes do.
MOST_MOVED, MOST_CARRIED, EQUIPPED = 30_000_000, 300_000_000, 1_000
LEAST_BACK = 100_000
# Of a thousand of what arrived, how much is paid: as usual, where much is left, where the rest goes on (and where it came in summer).
USED, UNUSED, GOING_ON = (930, 985), (800, 900), ((650, 880), (300, 600))


@dataclass(frozen=True, slots=True)
class Allotment:
    """Money given by a document. `kind`: approved, or a change of the first budget by its id in money.toml."""

    source: str
    document: str
    day: datetime.date
    amount: int
    arrived: int
    arrived_on: datetime.date | None
    kind: str = "approved"


@dataclass(slots=True)
class Project:
    """`year`: when it began; `passed_on`: what of it goes on into the next year. `reason`: why money is left, or was not planned."""

    code: str
    year: int
    kind: dict
    town: Town | None
    title: str
    office: str
    starts: datetime.date
    ends: datetime.date
    status: str
    planned: int
    served: int
    allotments: list[Allotment] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    passed_on: int = 0
    reason: str = ""

    @property
    def function(self) -> str:
        return self.kind["function"]

    @property
    def beneficiaries(self) -> str:
        return _about(self.kind["beneficiaries"], self.town)

    @property
    def approved(self) -> int:
        return self.allotted("approved")

    @property
    def carried(self) -> int:
        return self.allotted("carried")

    def allotted(self, *kinds: str) -> int:
        return sum(each.amount for each in self.allotments if not kinds or each.kind in kinds)

    @property
    def arrived(self) -> int:
        return sum(each.arrived for each in self.allotments)

    def paid(self, day: datetime.date = datetime.date.max) -> int:
        return sum(each.amount for each in self.payments if each.day <= day)

    @property
    def standard(self) -> int:
        """Fen a person and month, 0 where there is none."""
        return self.kind.get("standard", 0) * 100

    @property
    def done(self) -> bool:
        return self.ends <= AS_OF


def of_year(county: County, year: int, before: list[Project]) -> list[Project]:
    """What goes on from the year before, then the county's projects, then those of its towns."""
    found = [_going_on(each, year, stream(county.seed, "carried", each.code)) for each in before if each.passed_on]
    asked = [*_asked(county, year)]
    most = len(table("money.county")) + 1 + TOWN_KINDS[1] * len(county.towns)  # of any year: codes are of one width in all of them
    width = max(2, len(str(most)))
    for number, (kind, town) in enumerate(asked, start=1):
        found.append(_project(county, year, f"{year}-{number:0{width}}", kind, town))
    return found


def _asked(county: County, year: int) -> Iterator[tuple[dict, Town | None]]:
    yield from ((kind, None) for kind in table("money.county"))
    yield table("money.special"), None
    for town in county.towns:
        dice = stream(county.seed, "asked", year, town.no)
        kinds = table("money.town")
        for place in sorted(dice.sample(range(len(kinds)), dice.randint(*TOWN_KINDS))):
            yield kinds[place], town


def _about(text: str, town: Town | None) -> str:
    return text.format(town=town.name if town else "")


def _project(county: County, year: int, code: str, kind: dict, town: Town | None) -> Project:
    dice = stream(county.seed, "project", code)
    usual = (town.holders if town else county.holders) * kind["persons"] // 100
    special = kind is table("money.special")
    planned = max(8, (min(usual, EQUIPPED) if special else usual) * dice.randint(90, 112) // 100)
    starts = datetime.date(year, 8 if special else 1 if kind["rhythm"] == "month" else dice.randint(1, 4), 1)
    ends = datetime.date(year + 1, 6, 30) if special else datetime.date(year, 12, 31)
    status = 2 if ends <= AS_OF else 1
    share = dice.randint(88, 104) if whole(year) else dice.randint(55, 80)
    found = Project(
        code, year, kind, town, _about(kind["title"], town), county.office(kind["office"]), starts, ends, table("money.titles.statuses")[status],
        planned, planned * share // 100,
    )  # fmt: skip
    cost = (kind["standard"] * 12 if "standard" in kind else dice.randint(*kind["cost"])) * 100
    amount = max(HUNDRED_YUAN, hundreds(planned * cost))
    if special:
        found.allotments = [_given(dice, year, "special", next(iter(kind["sources"])), amount, "special")]
    else:
        parts = split(amount, list(kind["sources"].values()), HUNDRED_YUAN)
        found.allotments = [
            _given(dice, year, table("money.sources")[source], source, share) for source, share in zip(kind["sources"], parts, strict=True)
        ]
        if "standard" not in kind:
            _spoil(found, dice)
    _spend(found, dice, special)
    return found


def _given(dice, year: int, document: str, source: str, amount: int, kind: str = "approved") -> Allotment:
    day = paying.document_day(document, year)
    arrived_on = min(max(day, datetime.date(year, 1, 5)) + datetime.timedelta(days=dice.randint(3, 20)), AS_OF)
    return Allotment(source, document, day, amount, amount, arrived_on, kind)


def _spoil(project: Project, dice) -> None:
    """What does not go as planned: money that is late, money added in summer."""
    year = project.year
    if dice.random() < SHORT:
        first = project.allotments[0]
        project.allotments[0] = replace(first, arrived=hundreds(first.amount * 9 // 10))
    elif dice.random() < RAISED:
        source = next(reversed(project.kind["sources"]))
        more = min(MOST_MOVED, max(5 * HUNDRED_YUAN, hundreds(project.approved * dice.randint(3, 9) // 100)))
        project.allotments.append(_given(dice, year, "raised", source, more, "raised"))


def _spend(project: Project, dice, special: bool) -> None:
    """Payments out of what arrived; of what is left some goes on, some is taken back, some is not used."""
    year = project.year
    if "standard" in project.kind:
        project.payments = paying.by_standard(project, dice)
        return
    going_on = special or (dice.random() < CARRIED and project.arrived == project.allotted() <= MOST_CARRIED)
    usual = UNUSED if not going_on and dice.random() < LITTLE else USED
    share = GOING_ON[special] if going_on else usual
    project.payments = paying.payments(project, dice, part(dice, project.arrived, *share))
    if not whole(year):
        return
    left = project.arrived - project.paid()
    if going_on and left > 0:
        project.passed_on = left
        if not special:
            project.ends = datetime.date(year + 1, 6, 30)
            project.status = table("money.titles.statuses")[1]
    elif left > LEAST_BACK * 2 and project.arrived == project.allotted() and dice.random() < TAKEN_BACK:
        source, day = next(reversed(project.kind["sources"])), paying.document_day("taken-back", year)
        back = -min(MOST_MOVED, hundreds(left * 2 // 3))
        project.allotments.append(Allotment(source, "taken-back", day, back, back, day, "taken-back"))
    adjusted = project.allotted()
    if not project.approved:
        project.reason = table("money.reasons.new")[0]
    elif abs(project.paid() - adjusted) * 10 > adjusted:
        project.reason = phrase("money.reasons.going-on") if project.passed_on else dice.choice(table("money.reasons.less"))


def _going_on(before: Project, year: int, dice) -> Project:
    """The same project in the next year: its money is what was left, and all of it is paid by the end of June."""
    day = paying.document_day("carried", year)
    source = next(iter(before.kind["sources"]))
    arrived_on = datetime.date(year, 2, dice.randint(2, 20))
    given = Allotment(source, "carried", day, before.passed_on, before.passed_on, arrived_on, "carried")
    found = replace(
        before, title=phrase("money.titles.carried", title=before.title, year=before.year), status=table("money.titles.statuses")[2],
        served=before.planned * dice.randint(92, 106) // 100, allotments=[given], payments=[], passed_on=0, reason=table("money.reasons.new")[1],
    )  # fmt: skip
    found.payments = paying.rest(found, dice, year, before.passed_on)
    return found
