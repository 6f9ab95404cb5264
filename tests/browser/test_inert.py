"""Hostile strings in a real browser: its own reading of the pages finds texts, where ours found texts."""

import pytest

from tests.browser.opening import opened, violated
from tests.redteam import injection

PAGES = (
    "index.html", "404.html", "help/index.html", "sources/index.html", "comparisons/index.html", "execution/2025/index.html",
    "execution/2025/lines/index.html", "projects/2025/index.html", "projects/2025/projects/index.html", "projects/2025/hostile-00000/index.html",
    "projects/2025/hostile-00001/how/index.html", "evaluations/2025/e-002/index.html", "final-accounts/2025/expenditure/index.html",
)  # fmt: skip
ELEMENTS = """() => [...document.querySelectorAll("*")].map(each =>
    [each.localName.toLowerCase(), each.getAttributeNames().map(name => name.toLowerCase())].flat().join(" "))"""
ROWS = """() => [...document.querySelectorAll("tbody tr")].map(row => [row.id, [...row.cells].map(cell => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".under").forEach(each => each.remove());
    return copy.textContent;
})])"""


@pytest.fixture(scope="module")
def http(serve_site):
    return serve_site(injection.published().folder)


@pytest.mark.parametrize("path", PAGES)
def test_a_browser_makes_nothing_of_them(browser, http, path):
    with opened(browser) as page:
        page.goto(f"{http}/{path}")
        assert (page.dialogs, violated(page), page.complaints) == ([], [], [])
        assert [address for address in page.asked if not address.startswith(f"{http}/")] == []
        made = {tuple(each.split()) for each in page.evaluate(ELEMENTS)}
        allowed = {tag: names | injection.GLOBAL for tag, names in injection.ELEMENTS.items()}
        assert [each for each in made if each[0] not in allowed or not {*each[1:]} <= allowed[each[0]]] == []


def test_a_browser_reads_every_cell_as_it_was_written(browser, http):
    for register, table in (("execution", "lines"), ("projects", "projects"), ("organisation", "units")):
        with opened(browser) as page:
            address = f"{register}/2025/{table}/index.html"
            page.goto(f"{http}/{address}")
            read = dict(page.evaluate(ROWS))
            ours = injection.seen(injection.published().folder / address).rows
            assert read == {name: row for name, row in ours.items() if name.startswith("L")} and len(read) > 5
            for place in (each for each in injection.published().kept.places if each.table.name == table):
                assert place.text in read[f"L{place.line}"]


def test_a_link_of_a_page_leads_only_within_the_site_or_to_whom_to_ask(browser, http):
    """As the browser resolves it, which is not always as it is written."""
    with opened(browser) as page:
        for path in PAGES:
            page.goto(f"{http}/{path}")
            links = page.evaluate("[...document.links].map(each => each.href)")
            assert [each for each in links if not each.startswith((f"{http}/", "tel:", "sms:", "mailto:"))] == []
