"""All pages of a site, in order: home, registers, data tables, comparisons, sources, by hand."""

from collections.abc import Callable
from pathlib import Path

from scripts import registers, schema, wording
from scripts.addresses import address
from scripts.pages import (
    Download,
    Page,
    Site,
    by_hand,
    catalogue,
    comparisons,
    covered,
    datapackage,
    dictionary,
    home,
    limits,
    plain_register,
    promises,
    self_score,
    sources,
    table,
)


def all_pages(site: Site, folder: Path, say: Callable[[str], None]) -> list[Page]:
    """`folder`: hand-written pages. Progress is told register by register."""
    made: list[Page] = []
    for name in registers.ORDER:
        if not site.inputs.of(name):
            continue
        say(wording.say("build.register", title=schema.load(name).title))
        code = registers.code_of(name, "pages")
        made += code.pages(site) if code else plain_register.pages(site, name)
        made += table.pages(site, name)
    made.append(comparisons.page(site))
    made.append(sources.page(site))
    made.append(dictionary.page(site))
    made.append(catalogue.page(site))
    made.append(covered.page(site))
    made += [page for page in (limits.page(site), promises.page(site)) if page]
    made.append(home.page(site, made))
    made += by_hand.pages(site, folder)
    made.append(self_score.page(site, made))
    made += [page.how for page in made if page.how]
    there = {page.path for page in made}
    for page in made:  # a year of which only a table without rows was published has no page of its own
        page.crumbs = [(title, path) for title, path in page.crumbs if path in there]
    return made


def downloads(site: Site, made: list[Page]) -> list[Download]:
    """Every file beside the pages."""
    return [each for page in made for each in page.downloads]


def records(site: Site, made: list[Page]) -> dict[str, bytes]:
    """Files at the root that hold no figure of their own: they tell what the downloads are."""
    return {datapackage.NAME: datapackage.package(site, made)}


def menu(site: Site) -> list[dict]:
    """The sections that have something to show, in the order of the registers."""
    entries = []
    for section, names in registers.SECTIONS.items():
        there = [name for name in names if site.inputs.of(name)]
        if there:
            entries.append({"id": section, "title": wording.say(f"sections.{section}"), "href": f"{address(there[0])}/"})
    return [*entries, {"id": "data", "title": wording.say("sections.data"), "href": "comparisons/"}]


def aside(site: Site) -> list[dict]:
    return [{"id": "help", "title": wording.say("sections.help"), "href": "help/"}]
