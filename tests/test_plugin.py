"""Pelican's doorway: what our Markdown becomes, and a real Pelican that fails when a page does."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from plugins import disclosures
from scripts import site
from scripts.inputs import Inputs
from scripts.pages import Page, Site
from scripts.publisher import Publisher
from scripts.suppression import Public
from scripts.facts import Facts
from tests.redteam import injection

MARKDOWN = """# 2025 年预算执行

花了 [61.16 万元](how/index.html#f-execution/2025/executed "6116000")，比预算少 [3.84 万元](#f-execution/2025/left "abs -3840000")。

## [按支出功能](#functions)

![各科目的执行](functions.html)

- 见[项目](../../projects/2025/index.html)。

## [原因](#reasons)

没有。"""
TABLE = '<table class="ledger"><caption>*不是* 斜体 &amp; \\1</caption></table>'
BODY = """<header class="lead">
<h1>2025 年预算执行</h1>
<p>花了 <a class="fact" href="how/index.html#f-execution/2025/executed"><data data-fact="execution/2025/executed" value="6116000">61.16 万元</data></a>，比预算少 <a class="fact" href="#f-execution/2025/left"><data data-fact="execution/2025/left" data-abs value="-3840000">3.84 万元</data></a>。</p>
</header>
<section class="part" aria-labelledby="functions"><h2 id="functions">按支出功能</h2><div class="body">
<table class="ledger"><caption>*不是* 斜体 &amp; \\1</caption></table>
<ul>
<li>见<a href="../../projects/2025/index.html">项目</a>。</li>
</ul>
</div></section>
<section class="part" aria-labelledby="reasons"><h2 id="reasons">原因</h2><div class="body">
<p>没有。</p>
</div></section>"""


@pytest.fixture
def written(tmp_path) -> Path:
    """A page as the builder writes it: metadata in one line, Markdown below, its block beside it."""
    (tmp_path / "functions.html").write_text(f"\n{TABLE}\n", encoding="utf-8")
    head = json.dumps({"title": "2025 年预算执行", "slug": "execution/2025/index.html", "by_hand": False}, ensure_ascii=False)
    (tmp_path / "index.md").write_text(f"{head}\n{MARKDOWN}", encoding="utf-8")
    return tmp_path


def test_a_page_becomes_its_sections_its_figures_and_its_blocks(written):
    reader = disclosures.DisclosureReader({})
    assert reader.read(str(written / "index.md")) == (BODY, {"title": "2025 年预算执行", "slug": "execution/2025/index.html"})


def test_two_pages_share_nothing(written):
    reader = disclosures.DisclosureReader({})
    assert reader.read(str(written / "index.md")) == reader.read(str(written / "index.md"))


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ('<p><a href="x.html">甲</a></p>', '<p><a href="x.html">甲</a></p>'),
        ('<p><a href="#f-a/b">未公布</a></p>', '<p><a class="fact" href="#f-a/b"><data data-fact="a/b" value="">未公布</data></a></p>'),
        ('<h2>没有编号</h2>', '<h2>没有编号</h2>'),
        ('<p>前 <img alt="" src="a.html"></p>', '<p>前 <img alt="" src="a.html"></p>'),
    ],
)
def test_what_is_no_figure_no_part_and_no_block_stays_as_it_is(tmp_path, html, body):
    assert disclosures.body_html(html, tmp_path) == f'<header class="lead">\n{body}\n</header>'


def test_a_block_that_is_not_there_is_no_silent_gap(tmp_path):
    with pytest.raises(FileNotFoundError):
        disclosures.body_html('<p><img alt="" src="lost.html"></p>', tmp_path)


# ---- hand-written prose


PROSE = """# 帮助

看[表](/x/index.html)，打 [12345](tel:12345)，写 [信](mailto:a@example.org)。**要紧**的&nbsp;&lt;先看&gt;。

![标志](../theme/mark.svg)

1. 一
2. 二

<table><thead><tr><th scope="col">项</th></tr></thead><tbody><tr><td>甲</td></tr></tbody></table>"""


def convert(markdown: str) -> str:
    return disclosures.DisclosureReader.markdown.reset().convert(markdown)


def test_prose_that_is_only_prose_stays_as_it_was_written():
    html = convert(PROSE)
    assert disclosures.prose_html(html) == html.replace("&nbsp;", "\N{NO-BREAK SPACE}").replace("\N{NO-BREAK SPACE}", "&nbsp;")


@pytest.mark.parametrize(
    ("markdown", "named"),
    [
        ("x <script>alert(1)</script>", "<script>"), ("<svg onload=alert(1)>", "<svg onload='alert(1)'>"), ("<p style='x'>y</p>", "<p style='x'>"),
        ("<p onclick='x'>y</p>", "<p onclick='x'>"), ("<span class='x'>y</span>", "<span class='x'>"), ("<!-- x -->", "<!-- x -->"),
        ("<iframe src='x.html'></iframe>", "<iframe src='x.html'>"), ("<form action='x'></form>", "<form action='x'>"), ("<style>x</style>", "<style>"),
        ("[x](javascript:alert(1))", "<a href='javascript:alert(1)'>"), ("[x](JaVaScRiPt:alert(1))", "<a href='JaVaScRiPt:alert(1)'>"),
        ("<a href='java&#10;script:x'>x</a>", "<a href='java\\nscript:x'>"), ("[x](data:text/html,x)", "<a href='data:text/html,x'>"),
        ("[x](//x.invalid/)", "<a href='//x.invalid/'>"), ("[x](/\\\\x.invalid)", "<a href='/\\\\x.invalid'>"), ("[x](http://x.invalid)", "<a href='http://x.invalid'>"),
        ("[x](https:x.invalid)", "<a href='https:x.invalid'>"), ("![x](https://x.invalid/p.png)", "<img alt='x' src='https://x.invalid/p.png'>"),
        ("![x](//x.invalid/p.png)", "<img alt='x' src='//x.invalid/p.png'>"), ("![x](data:image/svg+xml,x)", "<img alt='x' src='data:image/svg+xml,x'>"),
        ("<img src='x.png' onerror='x'>", "<img onerror='x' src='x.png'>"), ("<p>x", "</p>"), ("<math><mi>x</mi></math>", "<math>"),
    ],
)  # fmt: skip
def test_what_the_sanitiser_would_take_away_stops_the_build_and_is_named(markdown, named):
    with pytest.raises(ValueError, match="手写的网页里不能用") as wrong:
        disclosures.prose_html(convert(markdown))
    assert str(wrong.value) == f"手写的网页里不能用 {named}"


@pytest.mark.parametrize("place", ["{}", "[x]({})", "![x]({})", "<p>{}</p>", '<a href="{}">x</a>', "# {}"])
def test_of_the_corpus_nothing_gets_through_prose_but_text_and_harmless_addresses(place):
    for text in injection.texts():
        try:
            html = disclosures.prose_html(convert(place.replace("{}", text)))
        except ValueError:
            continue
        assert [each for each in injection.Seen(html).strange if not re.fullmatch(PLAIN, each)] == [], (text, html)


# Elements that only prose has, and the one kind of address that leads elsewhere.
PLAIN = r"""<(?:h4|hr|em|code|pre|blockquote|cite|abbr|img|a|ol)(?: (?:title|href|src|alt|start)="[^"<>]*")* ?/?>|https://\S+"""


# ---- a real Pelican


def page(path: str, **more) -> Page:
    told = {"template": "plain", "section": "data", "code": "", "crumbs": [], "markdown": "# 题\n\n正文。"} | more
    return Page(path, "题", **told)


def pelican(folder: Path, *made: Page) -> tuple[list[tuple[str, str]], list[str]]:
    """(problems, files written) of a site with these pages."""
    inputs = Inputs(Publisher(folder, "样例县残疾人联合会", as_of=date(2026, 8, 20)), {})
    site.write_content(folder / "content", list(made), Site(inputs, Public(Facts(), []), "2026-08-20"))
    problems = site.run_pelican(folder / "content", folder / "site")
    files = sorted(p.relative_to(folder / "site").as_posix() for p in (folder / "site").rglob("*") if p.is_file())
    return [(each.kind, each.message) for each in problems], files


def test_pelican_writes_each_page_at_its_address_and_nothing_else(tmp_path):
    block = {"functions.html": TABLE}
    found = pelican(tmp_path, page(""), page("execution/2025/", markdown=MARKDOWN, blocks=block), page("404.html"))
    assert found == ([], ["404.html", "execution/2025/index.html", "index.html"])
    written = (tmp_path / "site" / "execution" / "2025" / "index.html").read_text(encoding="utf-8")
    assert BODY in written and 'href="../../' in written


def test_a_page_without_its_block_is_a_failure_that_says_so(tmp_path):
    problems, _ = pelican(tmp_path, page("execution/2025/", markdown=MARKDOWN))
    assert [kind for kind, _ in problems] == ["pelican-failed"]
    assert "functions.html" in problems[0][1]


def test_a_hand_written_page_with_a_script_is_a_failure_that_names_it(tmp_path):
    problems, files = pelican(tmp_path, page("help/", markdown="# 题\n\n<script>x</script>", by_hand=True))
    assert [kind for kind, _ in problems] == ["pelican-failed"] and files == []
    assert "手写的网页里不能用 <script>" in problems[0][1] and "help" in problems[0][1]


def test_a_page_whose_template_does_not_exist_is_a_failure(tmp_path):
    problems, _ = pelican(tmp_path, page("", template="no-such-template"))
    assert [kind for kind, _ in problems] == ["pelican-failed"]
    assert "no-such-template" in problems[0][1]


def test_a_text_that_looks_like_a_setting_stays_a_text(tmp_path):
    """Metadata is JSON: a title that reads like another key or a template stays a title."""
    title = '题\nslug: ../../out {{ 7 * 7 }} <b>'
    problems, files = pelican(tmp_path, Page("projects/a/", title, "plain", "data", "", [], markdown="# 题"))
    assert (problems, files) == ([], ["projects/a/index.html"])
    assert "{{ 7 * 7 }}" in (tmp_path / "site" / "projects" / "a" / "index.html").read_text(encoding="utf-8")
