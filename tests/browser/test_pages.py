"""The demonstration site in a real browser: from http and from a folder, with and without JavaScript, by eye, ear and key."""

import re

import pytest

from scripts.preview import POLICY
from tests.browser.axe import violations
from tests.browser.opening import opened, violated
from tests.browser.pages import all_pages, dead_figures, landmarks, richest_of_each_kind, text

HAN = re.compile(r"[\u4e00-\u9fff]")
KINDS = ("home", "register", "year", "year-official", "entity", "table", "table-official", "plain", "how", "missing")
OPENED = ("home", "year", "project", "official table")


@pytest.fixture(scope="module")
def http(built_site, serve_site):
    return serve_site(built_site)


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("way", ["http", "folder"])
@pytest.mark.parametrize("name", OPENED)
def test_a_page_opens_without_complaint_and_asks_nobody_else(browser, built_site, http, name, way, scripted):
    root = http if way == "http" else built_site.as_uri()
    with opened(browser, java_script_enabled=scripted) as page:
        page.goto(f"{root}/{landmarks(built_site)[name]}")
        assert page.title() and HAN.search(page.locator("h1").inner_text())
        assert page.complaints == []
        assert [address for address in page.asked if not address.startswith((f"{root}/", "data:"))] == []
        # The style sheet is there: without it the skip link would stand in plain sight.
        assert page.locator("a.skip").bounding_box()["y"] < 0 or page.locator("a.skip").bounding_box()["width"] <= 1


@pytest.mark.parametrize("name", OPENED)
def test_without_javascript_the_page_says_the_same(browser, built_site, http, name):
    said = []
    for scripted in (True, False):
        with opened(browser, java_script_enabled=scripted) as page:
            page.goto(f"{http}/{landmarks(built_site)[name]}")
            said.append(page.locator("main").inner_text())
    assert said[0] == said[1]


def test_the_site_has_pages_of_every_kind(built_site):
    assert sorted(set(KINDS) - richest_of_each_kind(built_site).keys()) == []


def test_no_page_scrolls_sideways_on_a_phone(browser, built_site, http):
    too_wide = {}
    with opened(browser) as page:
        page.set_viewport_size({"width": 320, "height": 640})
        for path in all_pages(built_site):
            page.goto(f"{http}/{path}")
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 320:
                too_wide[path] = width
    assert too_wide == {}


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_a_page_of_every_kind(browser, built_site, http, kind):
    with opened(browser) as page:
        assert violations(page, f"{http}/{richest_of_each_kind(built_site)[kind]}") == []


@pytest.mark.audit
def test_axe_finds_nothing_on_any_page(browser, built_site, http):
    found = {}
    with opened(browser) as page:
        for number, path in enumerate(all_pages(built_site), 1):
            if wrong := violations(page, f"{http}/{path}"):
                found[path] = wrong
            if number % 25 == 0:
                print(f"{number} of {len(all_pages(built_site))} pages, {len(found)} with findings", flush=True)
    assert found == {}


def test_every_page_carries_the_policy_that_forbids_what_it_does_not_need(built_site):
    """Before anything that could be loaded, and only once: a second policy could only forbid more."""
    head = f'<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    assert [page for page in all_pages(built_site) if head not in text(built_site, page)] == []
    assert [page for page in all_pages(built_site) if text(built_site, page).count("http-equiv") != 1] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_every_kind_keeps_its_policy(browser, built_site, http, kind):
    with opened(browser) as page:
        page.goto(f"{http}/{richest_of_each_kind(built_site)[kind]}")
        assert (violated(page), page.complaints) == ([], [])


def test_the_policy_is_enforced(browser, http):
    with opened(browser) as page:
        page.goto(f"{http}/index.html")
        planted = page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.planted = true";
                document.head.append(script);
                document.body.setAttribute("style", "margin-top: 777px");
                return [window.planted === true, getComputedStyle(document.body).marginTop];
            }"""
        )
        assert planted[0] is False and planted[1] != "777px"
        assert sorted(each.partition(" ")[0] for each in violated(page)) == ["script-src-elem", "style-src-attr"]


@pytest.mark.parametrize("name", OPENED)
def test_the_first_tab_offers_the_way_to_the_text(browser, built_site, http, name):
    with opened(browser) as page:
        page.goto(f"{http}/{landmarks(built_site)[name]}")
        page.keyboard.press("Tab")
        link = page.locator(":focus")
        assert link.get_attribute("href") == "#main" and link.is_visible() and link.bounding_box()["y"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main"
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_every_figure_leads_to_its_derivation(built_site):
    assert {page: dead for page in all_pages(built_site) if (dead := dead_figures(built_site, page))} == {}


@pytest.mark.parametrize("name", ["home", "year", "project"])
def test_one_click_on_a_figure_without_javascript_arrives(browser, built_site, http, name):
    with opened(browser, java_script_enabled=False) as page:
        address = f"{http}/{landmarks(built_site)[name]}"
        page.goto(address)
        figures = min(5, page.locator("a.fact").count())
        assert figures
        for number in range(figures):
            page.goto(address)
            page.locator("a.fact").nth(number).click()
            arrived = page.locator(":target")
            assert arrived.count() == 1 and arrived.inner_text().strip()
            assert page.complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_each_chart_is_one_picture_with_a_chinese_name_and_description(browser, built_site, http, width):
    charts = [page for page in all_pages(built_site) if '<figure class="chart"' in text(built_site, page)]
    most = sorted(charts, key=lambda page: -text(built_site, page).count('<figure class="chart"'))[:4]
    assert most
    with opened(browser) as page:
        page.set_viewport_size({"width": width, "height": 800})
        for path in most:
            page.goto(f"{http}/{path}")
            pictures = accessible_pictures(page)
            assert len(pictures) == page.locator("svg[role=img]:visible").count() >= page.locator("figure.chart").count() > 0
            assert [each for each in pictures if not HAN.search(each["name"]) or each["children"]] == []
            for chart in page.locator("figure.chart").all():
                drawn = chart.locator("svg[role=img]:visible")
                assert drawn.count() == 1
                assert HAN.search(drawn.locator("> desc").text_content())


def accessible_pictures(page) -> list[dict]:
    """What a screen reader is told of pictures: name, and how many nodes it could still step into."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    heard = {node["nodeId"] for node in nodes if not node["ignored"]}
    return [
        {"name": node.get("name", {}).get("value", ""), "children": len(heard.intersection(node.get("childIds", [])))}
        for node in nodes
        if not node["ignored"] and re.fullmatch(r"image|img|graphics-.*|SvgRoot", node["role"]["value"])
    ]
