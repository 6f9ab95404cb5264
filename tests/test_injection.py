"""Text is inert: every string of the corpus, in every free-text field, is itself wherever it is printed, or is refused in words."""

import csv
import io
import json
import re
import shutil
from fractions import Fraction
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import jinja2
import pytest

from plugins import disclosures
from scripts import registers, schema, site
from scripts.account import account
from scripts.charts.drawing import LAYOUTS
from scripts.charts.marks import Chart, Mark
from scripts.charts.spec import build
from scripts.pages import Page, Site, assemble
from scripts.pages.render import plain
from scripts.problems import problem
from tests import built
from tests.redteam import injection
from tests.redteam.injection import Seen, payloads, seen, texts, visible


DOCUMENT = schema.load("execution").table("lines").field("document")
TITLE = schema.load("projects").table("projects").field("title")


@pytest.fixture(scope="module")
def published() -> injection.Publication:
    return injection.published()


def projects() -> list[tuple[str, str]]:
    """(address, title) of the projects that the strings are titles of."""
    return [(f"projects/2025/hostile-{n:05}/", text) for n, text in enumerate([t for t in texts() if visible(t)][:: injection.SOME]) if injection.lets(text, TITLE)]


def words(page: Seen, *classes: str) -> list[str]:
    return [text for name in classes for text in page.said.get(name, [])]


# ---- the whole site


def test_each_string_in_each_field_is_itself_in_page_csv_and_workbook_or_is_refused(published):
    assert injection.inert(published.kept, published.folder) == published.kept.places
    assert published.refused == published.others
    assert len({each.text for each in published.kept.places}) > 350 and len({each.text for each in published.others}) > 30


def test_no_page_is_made_of_anything_but_what_pages_are_made_of(published):
    assert injection.strange(published.folder) == {}


def test_every_register_escapes_what_a_clerk_may_write_freely(tmp_path, monkeypatch):
    """The demonstration county with hostile words in each free column of each table: none reaches a page as markup. Nothing is drawn."""
    monkeypatch.setattr("scripts.charts.figure", lambda chart, finding=None: "")
    hostile = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "[x](javascript:alert(1))", "{{ 7*7 }}", "![x](x.svg)", "a|b\\|c", "=1+1"]
    folder = Path(shutil.copytree(built.ROOT / "data", tmp_path / "data"))
    poisoned = 0
    for register in registers.ORDER:
        for table in schema.load(register).tables:
            path = folder / register / "2025" / f"{table.name}.csv"
            free = [f.name for f in table.fields if f.free and f.publish]
            if not path.is_file() or not free or table.name == "indicators":  # its words are read as numbers and days
                continue
            header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
            for number, row in enumerate(rows):
                for name in free:
                    if row[header.index(name)]:
                        row[header.index(name)] = hostile[number % len(hostile)]
                        poisoned += 1
            out = io.StringIO(newline="")
            csv.writer(out).writerows([header, *rows])
            path.write_text(out.getvalue(), encoding="utf-8")
    found = account(folder)
    assert found.public is not None, [each.line() for each in found.problems[:5]]
    pages = assemble.all_pages(Site(found.inputs, found.public, found.as_of.isoformat()), tmp_path / "none", lambda said: None)
    blocks = [text for page in pages for text in page.blocks.values()]
    written = [page.markdown for page in pages]
    assert poisoned > 300 and sum("alert(1)" in text for text in blocks + written) > 30
    for shown, wrong in ((blocks + written, r"<script|<img src=x"), (written, r"\]\(javascript:|\{\{ 7|!\[x\]\(x")):
        assert [text[max(0, at.start() - 60) : at.end() + 60] for text in shown if (at := re.search(wrong, text))] == []


def test_what_no_page_may_be_made_of_is_found():
    bad = Seen('<p onclick="x"><b>x</b><a href="javascript:x">x</a><a href="//x.invalid">x</a><a href="/\\x">x</a><!--x--></p>').strange
    assert bad == ['<p onclick="x">', "<b>", "javascript:x", "//x.invalid", "/\\x", "<!--x-->"]


def test_a_title_is_itself_in_heading_window_breadcrumbs_and_the_page_of_derivations(published):
    for address, title in projects():
        page, how = (seen(published.folder / address / each) for each in ("index.html", "how/index.html"))
        assert words(page, "h1") == [title]
        assert words(page, "title")[0].startswith(f"{title} · ")
        assert words(page, "span").count(title) == 1  # where the page stands
        assert words(how, "h1") == [f"这些数怎么来的：{title}"]


def test_a_page_of_its_own_quotes_every_field_word_for_word(published):
    for address, title in projects():
        said = words(seen(published.folder / address / "index.html"), "data-text")
        assert said.count(title) >= 4, (address, said)  # for whom, who, on what ground, its source


def test_a_drawing_is_made_of_shapes_and_texts_and_names_its_rows_in_their_own_words(published):
    shown, allowed = set(), injection.ELEMENTS
    for page, drawing in injection.drawings(published.folder):
        for element in drawing.iter():
            names = {name.lower() for name in element.attrib}
            assert element.tag in allowed and names <= allowed[element.tag] | injection.GLOBAL, (page, ET.tostring(element))
            if element.tag == "text" and "data-label" in element.attrib:
                shown.add("".join("".join(element.itertext()).split()))
    assert {"".join(title.split()) for _, title in projects()} <= shown


def test_documents_are_named_and_official_rows_printed_in_their_own_words(published):
    told = [text for text in texts() if visible(text)]
    sources = words(seen(published.folder / "execution/2025/lines/index.html"), "data-text", "data-code")
    named = [text for text in told if injection.lets(text, DOCUMENT)]  # the others stand in no row of a register
    assert len(named) > 300 and [text for text in named if sources.count(text) < 3] == []  # title, issuer, number
    official = seen(published.folder / "final-accounts/2025/expenditure/index.html")
    assert [row[3] for name, row in official.rows.items() if name.startswith("L")][-len(told) :] == told
    assert [text for text in told if words(official, "data-text").count(text) < 2] == []  # a row and a note


def test_who_publishes_is_itself_on_every_page_and_in_prose(published):
    told = account(published.kept.folder).inputs.publisher
    for page in ("index.html", "help/index.html", "404.html", "projects/2025/index.html"):
        assert f"{told.name} · 阳光残联（演示数据）" in words(seen(published.folder / page), "title")[0]
        assert words(seen(published.folder / page), "span").count(told.name) == 1  # beside the mark
    assert f"这个网站公开{told.name}的钱、项目和评价。" in words(seen(published.folder / "help/index.html"), "p")
    assert f"电话：{told.contacts['telephone']}" in words(seen(published.folder / "help/index.html"), "p")


def test_the_machine_readable_files_hold_the_strings_as_they_are(published):
    told = json.loads((published.folder / "facts.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    titles = {fact["title"] for fact in told["facts"]}
    names = [each.text for each in published.kept.places if each.table.name == "lines" and each.field.id == "name"]
    assert [name for name in names if f"{name} 累计执行数（到 2025 年 12 月 31 日）" not in titles] == []
    assert json.loads((published.folder / "manifest.json").read_text(encoding="utf-8"))["publisher"].startswith(
        account(published.kept.folder).inputs.publisher.name
    )


def test_no_title_becomes_another_setting_of_its_page(tmp_path):
    """The first line of a page's Markdown is JSON: its keys are those that the builder sets, whatever the title says."""
    told = account(built.SMALL)
    made = [Page(f"p-{n}/", text, "plain", "data", text, [(text, "")], "正文", text) for n, text in enumerate(texts())]
    site.write_content(tmp_path, made, Site(told.inputs, told.public, ""))
    reader = disclosures.DisclosureReader({})
    read = [reader.read(str(tmp_path / "disclosures" / page.path / "index.md")) for page in made]
    assert [metadata for _, metadata in read] == [
        {"title": page.title, "slug": page.file, "template": "plain", "section": "data", "code": page.title,
         "crumbs": [{"title": page.title, "href": ""}], "description": page.title} for page in made
    ]  # fmt: skip


# ---- every string at every place of a page, without a site


PLACES = ("# {}", "{}", "- {}", "> 前{}", "<q data-text>{}</q>", "甲{}乙", "《{}》", "甲\n{}", "**{}**", "{}\n===", "| {} |", "![{}](x)", "{}：{}")
LINKS = ("[{}](../x/index.html)", "## [{}](#part)", '[{}](how/index.html#f-a/b "1")')


@pytest.mark.parametrize("place", (*PLACES, *LINKS))
def test_markdown_leaves_every_string_as_it_is(tmp_path, place):
    """Whatever stands around it: the text of the page is the text around with the string in it, and no string makes an element more."""
    outline = None
    for text in ("无", *(t for t in texts() if visible(t))):
        body = disclosures.body_html(disclosures.DisclosureReader.markdown.reset().convert(place.replace("{}", plain(text))), tmp_path)
        page = Seen(body)
        shape = [(name, len(found)) for name, found in page.said.items()]
        outline = outline or shape
        assert shape == outline, (text, body)
        said = "\0".join(part for name, found in page.said.items() for part in found)
        assert said.count(text) >= place.count("{}") if "![" not in place else text in unescape(body), (text, body)


def test_the_theme_prints_every_string_as_a_title():
    theme = jinja2.Environment(
        loader=jinja2.FileSystemLoader(site.ROOT / "theme" / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    template = theme.get_template("plain.html")
    for text in (text for text in texts() if text and "\r" not in text):  # a page has one kind of line end
        given = {"title": text, "content": "", "section": "data", "code": text, "crumbs": [{"title": text, "href": "x/"}], "description": text}
        publisher = {"name": text, "demonstration": False, "as_of": "", "contacts": dict.fromkeys(("telephone", "text_message", "letter", "email"), text)}
        menu = [{"id": "data", "title": text, "href": "x/"}]
        page = Seen(template.render(page=given, SITEURL="..", PUBLISHER=publisher, MENU=menu, ASIDE=[]))
        assert page.strange == [], text
        assert words(page, "title") == [f"{text} · {text} · 阳光残联"] and words(page, "span").count(text) == 2, text
        assert words(page, "data-code").count(text) == 4, text


def test_settings_of_the_theme_escape_and_know_no_other_theme():
    told: dict = {}
    exec((site.ROOT / "pelicanconf.py").read_text(encoding="utf-8"), {"__file__": str(site.ROOT / "pelicanconf.py")}, told)
    assert told["JINJA_ENVIRONMENT"]["autoescape"] is True
    assert told["THEME"] == str(site.ROOT / "theme") and told.get("THEME_TEMPLATES_OVERRIDES", []) == []
    assert disclosures.DisclosureReader.markdown.registeredExtensions == []  # above all no attr_list


FIELDS = {"x", "x2", "y", "y2", "text", "run", "key"}
SPEAKING = {"expr", "signal", "href", "url", "tooltip", "transform", "params", "condition", "test", "selection", "format", "labelExpr", "sort"}


def specified(kind: str, text: str) -> set[tuple[str, str | None]]:
    """Names and words of the specification of a drawing whose every word is the text."""
    roles = {"dots": ("third", "self")}.get(kind, ("done", "done"))
    marks = tuple(Mark(text, Fraction(n, 3), str(n), f"k{n}", role, series=text, at=2024 + n) for n, role in enumerate(roles, 1))
    chart = Chart("c", kind, marks, title=text, how=text, unit=text, caption=text, whole=100)
    return set(walked(json.loads(build(LAYOUTS[kind](chart, 680)))))


@pytest.mark.parametrize("kind", ["bars", "bridge", "slope", "dots"])
def test_a_string_is_a_value_of_a_drawing_and_never_a_field_or_an_expression(kind):
    harmless = specified(kind, "无") | specified(kind, "长" * 90) | specified(kind, "l" * 90)
    assert {value for name, value in harmless if name == "field"} <= FIELDS and not SPEAKING & {name for name, _ in harmless}
    for text in (text for text in texts() if visible(text) and len(text) < 100):
        assert specified(kind, text) <= harmless, text


def walked(value: object):
    """(name, value) of everything in a specification but its data."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("data", "datasets"):  # named by their digest
                yield name, inner if isinstance(inner, str) else None
                yield from walked(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walked(inner)


# ---- addresses and lines


def test_as_part_of_an_address_every_string_is_refused_or_a_safe_name():
    assert [(each.id, told.id) for each in payloads() for told in injection.code_fields() if not injection.safe_path(each.text, told)] == []


@pytest.mark.parametrize("code", ["KF-01", "1", "a" * 63 + "1", "com10", "lpt-1", "A1-B2"])
def test_good_codes_pass(code):
    assert all(injection.accepted(code, told) for told in injection.code_fields())


@pytest.mark.parametrize("code", ["COM1", "lpt9", "-1", "1" * 65, "KF_01", "../1", "1.", "con", "A１", "1 ", ""])
def test_names_that_some_system_does_not_take_are_refused(code):
    assert not any(injection.accepted(code, told) for told in injection.code_fields())


def test_in_a_message_every_string_stays_in_one_line_that_hides_nothing():
    assert [each.id for each in payloads() if not injection.one_line(each.text)] == []


def test_a_long_place_is_shown_whole():
    path = "final_accounts/2025/" + "一般公共预算财政拨款基本支出决算表" * 3 + ".csv"
    assert problem("empty-file", file=path).line().startswith(f"{path}：")
