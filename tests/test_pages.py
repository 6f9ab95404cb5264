"""Pages are Markdown with figures as links and blocks as images; every figure leads to its derivation, every link to a page."""

import csv
import datetime
import html
import io
import posixpath
import re
from fractions import Fraction

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from scripts import tables
from scripts.addresses import link
from scripts.cells import Origin, State
from scripts.facts import Fact, Unit
from scripts.identities import Comparison, Verdict
from scripts.inputs import Document
from scripts.pages import Draft, Page, drawing, figure_markdown, parts, render
from scripts.pages.derivations import derivations, row_ranges, source_page
from scripts.pages.home import largest_remainder
from scripts.suppression import disclose
from tests.small_publisher import EVALUATIONS, FUNDING, LINES, PAYMENTS, PROJECTS, SCORES, desk

NASTY = '第 3 期 *康复* [救助](x.html) "1. x" _a_b_ #2 5+3 <b>&amp;'


@pytest.fixture(scope="module")
def publisher(tmp_path_factory):
    return desk(tmp_path_factory.mktemp("publisher"))


@pytest.fixture(scope="module")
def site(publisher):
    return publisher.site()


@pytest.fixture(scope="module")
def pages(publisher) -> dict[str, Page]:
    return publisher.pages()


def draft(site, path="execution/2025/") -> Draft:
    return Draft(site, path, "题目", template="year", section="budgets", code="ZX-2025", crumbs=[])


def broken(pages: dict[str, Page]) -> list[tuple[str, str]]:
    """Links and breadcrumbs that lead to no page and no download; hand-written pages are left out."""
    there = {page.file for page in pages.values()} | {each.path for page in pages.values() for each in page.downloads}
    there |= {"facts.json", "manifest.json", "MANIFEST.sha256", "datapackage.json"}  # written by the seal and beside the pages
    found = []
    for page in pages.values():
        prose = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", page.markdown)
        targets = re.findall(r"\]\(([^) ]+)", prose) + re.findall(
            r'href="([^"]*)"', page.markdown + "".join(page.blocks.values())
        )
        for target in targets:
            path = html.unescape(target).partition("#")[0]
            if path and not re.match("[a-z]+:", path):
                where = posixpath.normpath(posixpath.join(posixpath.dirname(page.file), path))
                found += [(page.path, target)] if where not in there and not where.startswith("help/") else []
        found += [(page.path, path) for _, path in page.crumbs if f"{path}index.html" not in there]
    return found


def text_of(page: Page) -> str:
    """What a reader reads: the page's words and its blocks, without markup and without the phone's second drawing."""
    body = re.sub(r"!\[[^\]]*\]\(([a-z0-9-]+\.html)\)", lambda m: page.blocks[m[1]], page.markdown)
    body = re.sub(r"<svg.*?</svg>", "", body, flags=re.DOTALL)
    body = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", body)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


# ---- addresses


@pytest.mark.parametrize(
    ("source", "target", "relative"),
    [
        ("", "execution/2025/", "execution/2025/index.html"),
        ("execution/2025/", "", "../../index.html"),
        ("execution/2025/", "execution/2025/lines/#L5", "../../execution/2025/lines/index.html#L5"),
        ("execution/2025/", "comparisons.csv", "../../comparisons.csv"),
        ("404.html", "help/", "help/index.html"),
        ("execution/2025/how/", "projects/", "../../../projects/index.html"),
    ],
)
def test_links_are_relative_so_that_the_site_works_from_a_folder(source, target, relative):
    assert link(source, target) == relative


def test_no_link_of_the_site_leads_nowhere(pages):
    assert broken(pages) == []


def test_pages_have_addresses_of_their_own_in_lower_case(pages):
    assert all(re.fullmatch(r"([a-z0-9-]+/)*", path) for path in pages)
    assert {
        "",
        "execution/2025/",
        "projects/2025/kf-01/",
        "evaluations/2025/pj-01/",
        "execution/2025/lines/",
        "comparisons/",
        "sources/",
        "dictionary/",
    } <= set(pages)


def test_every_block_a_page_names_is_there_and_none_is_left_over(pages):
    for path, page in pages.items():
        assert (path, set(re.findall(r"!\[[^\]]*\]\(([^)]*)\)", page.markdown))) == (path, set(page.blocks))


def test_every_figure_leads_to_its_derivation_in_one_click(pages):
    for path, page in pages.items():
        body = page.markdown + "".join(page.blocks.values())
        for key in set(re.findall(r"how/index\.html#f-([^\" )]+)", body)):
            assert f'id="f-{html.unescape(key)}"' in pages[f"{path}how/"].blocks["derivations.html"], (path, key)


def test_the_number_that_a_reader_quotes_names_one_page(pages):
    codes = sorted(page.code for path, page in pages.items() if not path.endswith("how/"))
    assert codes == sorted(set(codes))


# ---- figures and words in Markdown


def test_a_figure_in_a_sentence_is_a_link_with_its_exact_value(site):
    fact = site.facts["execution/2025/rate@2025-12-31"]
    key = "how/index.html#f-execution/2025/rate@2025-12-31"
    assert figure_markdown(fact, "96.3%") == f'[96.3%]({key} "77/80")'
    assert figure_markdown(fact, "96.3%", absolute=True) == f'[96.3%]({key} "abs 77/80")'


def test_a_figure_without_a_number_is_a_link_without_a_value():
    fact = Fact("a/b", "甲", None, Unit.FEN, State.UNPUBLISHED, operation="sum")
    assert figure_markdown(fact, "未公布", absolute=True) == '[未公布](how/index.html#f-a/b "")'


@pytest.mark.parametrize(
    "text",
    [
        NASTY,
        "1. 第一",
        "- 一",
        "# 题",
        "> 引",
        "    缩进",
        "| 表 |",
        "`码`",
        "![图](a.html)",
        "[a]: b",
        "~~删~~",
        "&#49;",
        "\\*",
    ],
)
def test_words_from_the_data_are_inert_in_markdown(text):
    for made, opening in (
        (render.plain(text), ""),
        (render.quote(text), "<q data-text>"),
        (render.named(text), "<span data-text>"),
        (render.code(text), "<span data-code>"),
    ):
        shown = markdown.markdown(f"甲{made}乙")
        closing = opening.split(" ")[0].replace("<", "</") + ">" if opening else ""
        assert html.unescape(shown.replace(opening, "").replace(closing, "")) == f"<p>甲{text}乙</p>"
        assert re.findall(r"<(\w+)", shown) == ["p", *re.findall(r"<(\w+)", opening)]


@settings(deadline=None)
@given(
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=20).filter(
        lambda t: t == t.strip()
    )
)
def test_any_words_read_back_as_they_were(text):
    assert html.unescape(markdown.markdown(f"甲{render.plain(text)}乙")) == f"<p>甲{text}乙</p>"


def test_dates_and_years_are_times():
    assert render.day(datetime.date(2025, 3, 1)) == '<time datetime="2025-03-01">2025 年 3 月 1 日</time>'
    assert render.year(2025) == '<time datetime="2025">2025 年</time>'
    assert render.day(None) == "未公布"


def test_a_page_remembers_every_figure_it_prints(site):
    made = draft(site)
    (fact,) = site.facts.under("execution/2025/rate@2025-12-31")
    found = Markup(render.environment().from_string("{{ 1 }}").render())
    assert (found, made.used) == ("1", {})
    made.note(fact)
    made.note(fact)
    assert made.used == {fact.key: fact}


def test_a_finding_is_said_twice_plain_and_with_its_figures_linked(site):
    made, fact = draft(site), site.facts["execution/2025/left@2025-12-31"]
    plain, linked = drawing.finding(made, "{name}还有 {left} 没有用完", name="<甲>", left=fact)
    assert plain == "<甲>还有 6.00 万元 没有用完"
    assert linked == (
        '<span data-text>&lt;甲&gt;</span>还有 <a class="fact" href="how/index.html#f-execution/2025/left@2025-12-31">'
        '<data data-fact="execution/2025/left@2025-12-31" data-abs value="6000000">6.00 万元</data></a> 没有用完'
    )
    assert made.used == {fact.key: fact}


# ---- derivations


@pytest.mark.parametrize(
    ("rows", "text"), [([2], "2"), ([2, 3], "2–3"), ([2, 3, 4, 7], "2–4、7"), ([2, 4, 6], "2、4、6"), ([], "")]
)
def test_rows_are_named_by_runs(rows, text):
    assert row_ranges(rows) == text


@settings(deadline=None)
@given(st.sets(st.integers(1, 40)).map(sorted))
def test_runs_of_rows_name_exactly_the_rows(rows):
    named = [part.partition("–") for part in row_ranges(rows).split("、") if part]
    assert [row for first, _, last in named for row in range(int(first), int(last or first) + 1)] == rows


def test_a_row_is_found_on_the_page_of_its_table():
    assert source_page(Origin("execution/2025/lines.csv", "", 5, "金额(元)")) == "execution/2025/lines/#L5"
    assert (
        source_page(Origin("final_accounts/2024/支出决算表.csv", "", 3, "合计"))
        == "final-accounts/2024/expenditure/#L3"
    )


def test_a_derivation_says_formula_numbers_and_rows(site):
    made = draft(site)
    made.note(site.facts["execution/2025/rate@2025-12-31"])
    rate, executed, adjusted = derivations(made)
    executed_title, adjusted_title = (
        site.facts[f"execution/2025/{name}@2025-12-31"].title for name in ("executed", "adjusted")
    )
    assert [each["id"] for each in (rate, executed, adjusted)] == [
        f"f-execution/2025/{n}@2025-12-31" for n in ("rate", "executed", "adjusted")
    ]
    assert (
        re.sub("<[^>]+>", "", rate["formula"])
        == f"{executed_title} ÷ {adjusted_title} = 1,540,000.00 元 ÷ 1,600,000.00 元"
    )
    assert re.sub("<[^>]+>", "", executed["formula"]) == "各行相加：960,000.00 元 + 580,000.00 元"
    assert executed["rows"] == [
        '<a href="../../../execution/2025/lines/index.html#L4"><time datetime="2025">2025 年</time> <span data-origin>lines.csv 第 4–5 行“累计执行数(元)”</span></a>'
    ]
    assert (
        rate["rows"][0]
        == f'<a href="#f-execution/2025/executed@2025-12-31"><span data-text>{executed_title}</span></a>'
    )


def test_what_is_counted_names_no_rows_one_by_one(site):
    made = draft(site)
    made.note(site.facts["execution/2025/checks/balanced"])
    assert [(each["formula"], each["rows"]) for each in derivations(made)] == [("逐行数出来的", [])]


# ---- parts of a page


def test_counts_of_verdicts_leave_out_the_empty_ones(site):
    made = draft(site)
    assert [(word, fact.value) for word, fact in parts.tally(made, "execution/2025")] == [("平", 5)]
    assert [(word, fact.value) for word, fact in parts.tally(made, "")] in ([], [("平", 9)])
    assert parts.tally(made, "budget/2025") == []


def check(verdict: Verdict, **more) -> Comparison:
    told = {"register": "execution", "year": 2025, "table": "lines", "identity": "i", "words": "甲 = 乙", "place": "某处", "left": "a", "right": "b",
            "difference": 0, "tolerance": 2, "verdict": verdict}  # fmt: skip
    return Comparison(**told | more)


def test_failures_are_all_shown_and_some_that_balance():
    balanced, failing = [check(Verdict.BALANCED)] * 9, [check(Verdict.UNBALANCED), check(Verdict.UNCHECKABLE)]
    assert parts.shown(failing + balanced) == failing + balanced[:4]
    assert parts.shown(failing * 5 + balanced) == failing * 5
    assert parts.shown(balanced) == balanced[:6]


def test_a_comparison_shows_both_sides_its_difference_and_its_reason(tmp_path):
    found = desk(tmp_path, "execution")
    found.change(LINES, "1000000.00,2025-12-31", "1000500.00,2025-12-31")
    place = "行政运行（2081101），截至 2025-12-31"
    found.write(
        "explanations.toml",
        f'[[explanations]]\nidentity = "execution-adjusted"\nplace = "{place}"\ndifference = "500.00"\nreason = "批复少写 <1> 行"\napproved_by = "科长"\ndate = 2026-01-12\n',
    )
    site = found.site()
    each = next(c for c in site.public.comparisons if c.verdict is Verdict.UNBALANCED)
    item = parts.check_item(draft(site), each)
    plain = {name: html.unescape(re.sub("<[^>]+>", "", value)) for name, value in item.items()}
    assert plain == {
        "verdict": "unbalanced", "word": "不平", "difference": "500.00 元", "rule": f"全年预算数 = 年初预算数 + 调整数：{place}",
        "sides": "1,000,500.00 元 对 1,000,000.00 元", "note": "批复少写 <1> 行（科长，2026-01-12）",
    }  # fmt: skip
    assert "<q data-text>" in item["note"] and 'href="how/index.html#f-' in item["sides"]


def test_a_hidden_side_prints_its_state_alone(site):
    shut = disclose(site.facts, [check(Verdict.BALANCED, left="execution/2025/executed@2025-12-31", right="execution/2025/adjusted@2025-12-31", difference=7)],
                    frozenset({"execution/2025/executed@2025-12-31"}))  # fmt: skip
    hidden = type(site)(site.inputs, shut, site.as_of)
    item = parts.check_item(draft(hidden), shut.comparisons[0])
    assert (item["word"], item["difference"]) == ("不可核", "")
    assert re.sub("<[^>]+>", "", item["sides"]) == "不公开 对 1,600,000.00 元"


def test_key_figures_say_blank_and_leave_out_notes_without_a_number(site):
    blank = Fact("k", "自评总分", None, Unit.POINTS, State.BLANK, origin=Origin("a.csv"))
    items = parts.figure_items(
        draft(site),
        [("自评总分", blank, "自评高出 {}", blank), ("总分", site.facts["evaluations/2025/mean"], "", None)],
    )
    assert [(item["term"], re.sub("<[^>]+>", "", item["figure"]), item["note"]) for item in items] == [
        ("自评总分", "空白", ""),
        ("总分", "86.50 分", ""),
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [(Fraction(1, 10), "比上一年增长 {}"), (Fraction(-1, 10), "比上一年下降 {}"), (Fraction(0), "和上一年相同")],
)
def test_growth_is_in_the_word(value, words):
    assert parts.growth_words(Fact("k", "增长", value, Unit.SHARE)) == words
    assert (
        parts.growth_words(Fact("k", "增长", None, Unit.SHARE, State.NOT_APPLICABLE)) == parts.growth_words(None) == ""
    )


def test_a_source_says_issuer_number_date_and_the_head_of_its_digest():
    item = parts.source_item(
        Document("a", "通知 <3>", "县财政局", "演财预〔2025〕8号", datetime.date(2025, 8, 1), "0123456789abcdef")
    )
    assert item == {
        "title": "<span data-text>通知 &lt;3&gt;</span>",
        "detail": '<span data-text>县财政局</span>，<span data-code>演财预〔2025〕8号</span>，<time datetime="2025-08-01">2025 年 8 月 1 日</time>，校验码前八位 <span data-code>01234567</span>',
    }
    assert parts.source_item(Document("a", "通知"))["detail"] == ""


# ---- the home page


@settings(deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=8), st.integers(1, 200))
def test_panes_add_up_and_stay_within_one_of_their_share(amounts, whole):
    shares = [Fraction(each, sum(amounts)) for each in amounts]
    found = largest_remainder(shares, whole)
    assert sum(found) == whole
    assert all(int(s * whole) <= n <= int(s * whole) + 1 for s, n in zip(shares, found, strict=True))


@pytest.mark.parametrize(
    ("shares", "found"),
    [
        ((1, 1, 1), [34, 33, 33]),
        ((5, 3, 2), [50, 30, 20]),
        ((995, 5), [100, 0]),
        ((1,), [100]),
        ((2, 2, 2, 1), [29, 29, 28, 14]),
    ],
)
def test_the_largest_remainders_get_the_panes_that_are_left(shares, found):
    assert largest_remainder([Fraction(s, sum(shares)) for s in shares], 100) == found


def test_two_items_of_one_name_keep_their_own_money(tmp_path):
    """Every department has a function item of this name; the code tells them apart."""
    found = desk(tmp_path, "execution")
    found.write(LINES, found.text(LINES).replace("2081104,残疾人康复", "2011301,行政运行"))
    found.write(
        "execution/2025/adjustments.csv", found.text("execution/2025/adjustments.csv").replace("2081104", "2011301")
    )
    home = text_of(found.pages()[""])
    assert "行政运行 96.00 万元 62.3%" in home and "行政运行 58.00 万元 37.7%" in home


@pytest.mark.parametrize("amount", ["-60000.00", "未公布"])
def test_money_that_came_back_or_was_not_published_has_no_panes(tmp_path, amount):
    found = desk(tmp_path, "execution")
    found.change(LINES, "960000.00,,", f"{amount},退回,")
    assert "panes.html" not in found.pages()[""].blocks


def test_what_is_not_there_is_said(tmp_path):
    found = desk(tmp_path, "organisation")
    found.write("publisher.toml", 'name = "甲县残联"\n')
    found.write("budget/2025/sources.toml", "")
    home = text_of(found.pages()[""])
    assert "没有公布的： - 联系方式 - 改革方案 - 部门预算的批复日期和公开日期（ 2025 年 ）" in home


# ---- comparisons.csv


def test_all_comparisons_are_one_file_with_exact_amounts(pages):
    (download,) = [each for each in pages["comparisons/"].downloads if each.path == "comparisons.csv"]
    rows = list(csv.reader(io.StringIO(download.content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["公开事项", "年度", "勾稽关系", "位置", "左边", "右边", "差", "结果", "说明", "单位"]
    assert rows[1] == [
        "第三方评价与考核验收",
        "2025",
        "第三方各维度得分相加 = 总分",
        "评价编号 PJ-01",
        "86.50",
        "86.50",
        "0",
        "平",
        "",
        "分",
    ]
    assert [
        "预算执行",
        "2025",
        "全年预算数 = 年初预算数 + 调整数",
        "残疾人康复（2081104、KF-01），截至 2025-12-31",
        "600000.00",
        "600000.00",
        "0",
        "平",
        "",
        "元",
    ] in rows
    assert len(rows) == 10 and [len(row) for row in rows] == [len(row) for row in download.meanings]


def test_two_sources_in_two_units_are_compared_in_one(tmp_path):
    found = desk(tmp_path, "execution")
    found.write("budget/2025/sources.toml", '[tables."支出预算总表.csv"]\nunit = "万元"\n')
    found.write(
        "budget/2025/支出预算总表.csv",
        "功能分类科目编码/类,功能分类科目编码/款,功能分类科目编码/项,功能分类科目名称,支出预算/合计,支出预算/基本支出,支出预算/项目支出\n"
        "208,11,01,行政运行,100.00,100.00,\n208,11,04,残疾人康复,49.00,,49.00\n合计,,,,149.00,100.00,49.00\n",
    )
    found.write("explanations.toml", """
[[explanations]]
identity = "execution-budget"
place = "2081104 残疾人康复 年初预算数（到 2025 年 12 月 31 日）"
difference = "10000.00"
reason = "口径不同。"
approved_by = "科长"
date = 2026-01-01
""")
    (download,) = [each for each in found.pages()["comparisons/"].downloads if each.path == "comparisons.csv"]
    rows = list(csv.reader(io.StringIO(download.content.decode("utf-8-sig"), newline="")))
    assert [(*row[4:8], row[9]) for row in rows if row[2] == "年初预算数 = 部门预算的同一科目"] == [
        ("50.00", "49.00", "1.00", "不平", "万元"), ("100.00", "100.00", "0", "平", "万元"),
    ]  # fmt: skip


def test_no_place_runs_as_a_formula(tmp_path, monkeypatch):
    """Not even one that the reader would let pass."""
    known = tables.values.pattern
    monkeypatch.setattr(tables.values, "pattern", lambda section, name: re.compile("(?!)") if name == "formula" else known(section, name))
    found = desk(tmp_path, "execution")
    found.write(LINES, found.text(LINES).replace("行政运行", "=1+1行"))
    (download,) = [each for each in found.pages()["comparisons/"].downloads if each.path == "comparisons.csv"]
    assert b",'=1+1" in download.content and b",=1" not in download.content


# ---- a publisher with little, or with odd names


def test_empty_registers_have_pages_that_say_so(tmp_path):
    found = desk(tmp_path)
    for path in (LINES, PROJECTS, FUNDING, PAYMENTS, EVALUATIONS, SCORES, "organisation/2025/units.csv"):
        found.keep_header(path)
    pages = found.pages()
    assert broken(pages) == []
    assert "预算执行没有公布。" in text_of(pages["execution/"])
    assert "项目没有公布。" in text_of(pages["projects/"])
    assert "第三方评价没有公布。" in text_of(pages["evaluations/"])
    assert (
        "这张表没有数据。" in text_of(pages["execution/2025/lines/"])
        and "table.html" not in pages["execution/2025/lines/"].blocks
    )


def test_a_year_of_which_only_the_dates_were_published_has_its_page(tmp_path):
    found = desk(tmp_path, "organisation")
    found.write("budget/2025/sources.toml", '[documents.approval]\ntitle = "批复"\n')
    found.write(
        "budget/2025/disclosure.csv", "事项,批复日期,公开日期,来源文件\n部门预算,2025-02-05,2025-03-01,approval\n"
    )
    pages = found.pages()
    year = text_of(pages["budget/2025/"])
    assert broken(pages) == []
    assert "2025 年 预算的合计没有公布" in year and "官方原表一张也没有公布。" in year and "迟 4 日" in year


def test_odd_names_are_printed_as_they_are(tmp_path):
    found = desk(tmp_path, "projects")
    name = NASTY.replace('"', '""')
    found.change(PROJECTS, "KF-01,残疾儿童康复救助", f'KF-01,"{name}"')
    pages = found.pages()
    assert (
        html.unescape(markdown.markdown(pages["projects/2025/kf-01/"].markdown.splitlines()[0])) == f"<h1>{NASTY}</h1>"
    )
    assert f"<span data-text>{Markup.escape(NASTY)}</span>" in pages["projects/2025/"].blocks["projects-list.html"]


def test_digits_in_names_are_marked_as_the_datas_own_words(tmp_path):
    """A name with a number in it is a text of the data wherever it is printed, also in the words of a link."""
    found = desk(tmp_path)
    found.change(EVALUATIONS, "演示会计师事务所", "第 3 会计师事务所")
    found.write(LINES, found.text(LINES).replace("行政运行", "行政运行 2"))
    pages = found.pages()
    assert "评价机构：<span data-text>第 3 会计师事务所</span>" in pages["evaluations/2025/pj-01/"].markdown
    assert "PJ-01" in pages["projects/2025/kf-01/"].blocks["mentions.html"]
    assert "<span data-text>行政运行 2</span>" in pages[""].blocks["panes.html"]
