"""A page is Markdown with figures as links and blocks as images; the blocks (tables, charts) are written beside it."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from scripts import display, duties, grids, mentions, wording
from scripts.addresses import HOW, link
from scripts.cells import State
from scripts.facts import Fact, Facts
from scripts.grids import Grid
from scripts.identities import Comparison
from scripts.inputs import Inputs
from scripts.suppression import Public


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside a page: its bytes, and what each of its cells means (`fact:KEY` or `text:…`) for the seal.

    `use`: "excel" or "machine". `guarded`: some of its texts stand behind an apostrophe.
    """

    path: str
    title: str
    use: str
    content: bytes
    meanings: list[list[str]]
    guarded: bool = False


@dataclass(slots=True)
class Page:
    """One page of the site. `path`: its address without leading slash, "" for the home page; ends with "/"."""

    path: str
    title: str
    template: str
    section: str
    code: str
    crumbs: list[tuple[str, str]]
    markdown: str = ""
    description: str = ""
    blocks: dict[str, str] = field(default_factory=dict)
    downloads: list[Download] = field(default_factory=list)
    by_hand: bool = False
    also_called: tuple[str, ...] = ()  # other names under which pages link to it
    how: "Page | None" = None  # the page that derives every figure of this one

    @property
    def file(self) -> str:
        return f"{self.path}index.html" if not self.path.endswith(".html") else self.path


@dataclass(frozen=True)
class Site:
    """What pages are made from, all of it public: facts, comparisons, the texts of open columns."""

    inputs: Inputs
    public: Public
    as_of: str

    @property
    def facts(self) -> Facts:
        return self.public.facts

    @cached_property
    def _checks(self) -> dict[tuple[str, int], list[Comparison]]:
        """Grouped once, so that a page does not look through the comparisons of all the others."""
        found: dict[tuple[str, int], list[Comparison]] = defaultdict(list)
        for each in self.public.comparisons:
            found[each.register, each.year].append(each)
        return found

    def checks(self, register: str, year: int) -> list[Comparison]:
        """The comparisons of one register's year."""
        return self._checks.get((register, year), [])

    @property
    def day(self) -> datetime.date | None:
        """The day that the data reach to, None where nothing says it."""
        return datetime.date.fromisoformat(self.as_of) if self.as_of else None

    def part_of_year(self, year: int) -> bool:
        """Whether the data end before the year does, so that it is not weighed against a whole one."""
        return self.day is not None and self.day < datetime.date(year, 12, 31)

    @cached_property
    def duties(self) -> list[duties.Duty]:
        """All that had to be published, overdue first."""
        return duties.all_of(self.inputs, self.day)

    @cached_property
    def mentions(self) -> mentions.Links:
        """Of each row, the rows that it names and that name it."""
        return mentions.index(self.inputs)

    @property
    def mark(self) -> str:
        """What every download row says of itself, "" for a real publisher."""
        return wording.say("downloads.demonstration") if self.inputs.publisher.demonstration else ""


class Draft:
    """A page being put together. It remembers every figure it prints, so that each gets its derivation below."""

    def __init__(self, site: Site, path: str, title: str, *, template: str, section: str, code: str, crumbs):
        self.site = site
        self.page = Page(path, title, template, section, code, crumbs)
        self.used: dict[str, Fact] = {}
        self.withheld = False  # whether it prints a number that is not shown

    def link(self, target: str) -> str:
        return link(self.page.path, target)

    def fact(self, key: str) -> Fact | None:
        return self.site.facts.get(key)

    def note(self, fact: Fact) -> None:
        self.used.setdefault(fact.key, fact)
        self.see(fact)

    def see(self, fact: Fact) -> None:
        self.withheld |= fact.state is State.SUPPRESSED

    def block(self, name: str, html: str) -> str:
        """Keeps a fragment and gives the Markdown that stands for it."""
        self.page.blocks[f"{name}.html"] = str(html)
        return name

    def grid(self, name: str, grid: Grid, html: str) -> None:
        """A table, its workbook and its CSV file, all from the same grid."""
        self.block(name, html)
        for fact in grid.facts():
            self.see(fact)
            if not fact.leaf:
                self.note(fact)
        self.offer(grid)

    def offer(self, grid: Grid) -> None:
        machine, excel = (grids.records(grid, self.site.mark, units=units) for units in (False, True))
        self.page.downloads += downloads(f"{self.page.path}{grid.id}", grid.title, machine, excel)


def downloads(path: str, title: str, machine: list[list[grids.Entry]], excel: list[list[grids.Entry]]) -> list[Download]:
    """One table twice: a workbook for Excel, a CSV file for programs."""
    return [
        Download(f"{path}.xlsx", title, "excel", grids.xlsx_bytes(title, excel), _meanings(excel)),
        Download(f"{path}.csv", title, "machine", grids.csv_bytes(machine), _meanings(machine), grids.guarded(machine)),
    ]


def _meanings(found: list[list[grids.Entry]]) -> list[list[str]]:
    return [[entry.meaning for entry in line] for line in found]


def figure_markdown(fact: Fact, text: str, absolute: bool = False) -> Markup:
    """A figure in a sentence: a link to its derivation, with the exact value as its title ("abs " where words hold the sign)."""
    title = ("abs " if absolute and fact.known else "") + display.exact(fact)
    return Markup('[{}]({}#f-{} "{}")').format(Markup(text), HOW, Markup(fact.key), Markup(title))
