"""The seal: every printed figure against its fact, every digit in one class, on a small site written by hand."""

import ast
import os
import re
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import display, seal
from scripts.facts import Fact, Unit
from scripts.seal.markup import END, TEXT, WRONG, events
from scripts.seal.printed import agrees, money_unit
from scripts.seal.reader import read_page
from tests import small_site
from tests.small_site import HELP, HOME, PROJECT, TABLE, YEAR, E, P

SCRIPTS = Path(seal.__file__).parents[1]


@pytest.fixture
def site(tmp_path) -> small_site.Small:
    return small_site.build(tmp_path)


# ---- printed figures


@pytest.mark.parametrize(
    ("text", "number", "unit", "decimals", "under"),
    [
        ("2,940.05 万元", "2940.05", "wan", 2, False),
        ("2,940.05", "2940.05", "", 2, False),
        ("1,200.00 元", "1200", "yuan", 2, False),
        ("87.3%", "87.3", "share", 1, False),
        ("5.0 个百分点", "5", "share-points", 1, False),
        ("12 人", "12", "persons", 0, False),
        ("3 人次", "3", "person-times", 0, False),
        ("18 日", "18", "days", 0, False),
        ("18 天", "18", "days", 0, False),
        ("80.10 分", "80.1", "points", 2, False),
        ("7 项", "7", "items", 0, False),
        ("-5.2", "-5.2", "", 1, False),
        ("−5.2%", "-5.2", "share", 1, False),
        ("负 5.2%", "-5.2", "share", 1, False),
        ("＋5.2%", "5.2", "share", 1, False),
        ("不到 100%", "100", "share", 0, True),
        ("不到 0.1%", "0.1", "share", 1, True),
        ("0", "0", "", 0, False),
        ("999", "999", "", 0, False),
        ("1,000,000", "1000000", "", 0, False),
    ],
)
def test_a_printed_figure_is_read_back(text, number, unit, decimals, under):
    assert seal.parse_printed(text) == seal.Printed(Fraction(number), unit, decimals, under)


@pytest.mark.parametrize(
    "text",
    ["", "万元", "2,94.05", "2,9405", "02", "-0", "−0.00", "１２", "1e5", "1_000", "5.", ".5", "5..2", "12 万", "3人4", "约 12", "不到 -1%", "2940,05"],
)
def test_what_no_figure_of_ours_looks_like_is_refused(text):
    with pytest.raises(ValueError):
        seal.parse_printed(text)


def money(fen: int, scale: str = "wan") -> Fact:
    return Fact("k", "", fen, Unit.FEN, scale=scale)


def share(value: str | Fraction) -> Fact:
    return Fact("k", "", Fraction(value), Unit.SHARE)


@pytest.mark.parametrize(
    ("text", "fact", "good"),
    [
        ("0.01 万元", money(5_000), True),  # half of the last place goes up
        ("0.00 万元", money(4_999), True),
        ("0.01 万元", money(4_999), False),
        ("-0.01 万元", money(-5_000), True),
        ("0.005 万元", money(5_000), True),
        ("2,940 万元", money(2_940_000_000), False),  # 万元 has at least two decimals
        ("2,940.1 万元", money(2_940_100_000), False),
        ("1,200 元", money(120_000), True),  # whole yuan may go without
        ("1,200 元", money(120_001), False),
        ("1,200.0 元", money(120_001), False),
        ("12 元", money(12_000_000), False),
        ("87.3%", share("0.8725"), True),
        ("87.2%", share("0.87249"), True),
        ("87.3%", share("0.87249"), False),
        ("87%", share("0.87"), False),
        ("87.30%", share("0.873"), True),
        ("100.0%", share("1"), True),
        ("100.0%", share("0.9995"), False),  # not quite all is never 100%
        ("100.00%", share("0.99999"), False),
        ("不到 100%", share("0.9995"), True),
        ("不到 100%", share("0.99949"), False),
        ("不到 100%", share("1"), False),
        ("100.0%", share("1.0004"), True),
        ("0.0%", share("0"), True),
        ("0.0%", share("0.0004"), False),
        ("不到 0.1%", share("0.0004"), True),
        ("不到 0.1%", share("0.0005"), False),
        ("不到 0.1%", share("0"), False),
        ("不到 0.1%", share("-0.0004"), False),
        ("不到 0.2%", share("0.0004"), False),
        ("5.0 个百分点", share("0.05"), True),
        ("5.1 个百分点", share("0.05"), False),
        ("80.10 分", Fact("k", "", Fraction(801, 10), Unit.POINTS), True),
        ("80.1 分", Fact("k", "", Fraction(801, 10), Unit.POINTS), True),
        ("80.1 分", Fact("k", "", Fraction(8014, 100), Unit.POINTS), False),
        ("12", Fact("k", "", 12, Unit.PERSONS), True),
        ("12.0 人", Fact("k", "", 12, Unit.PERSONS), False),
    ],
)
def test_half_up_at_every_boundary(text, fact, good):
    assert agrees(text, fact) is good


@pytest.mark.parametrize(
    ("text", "fact"),
    [("12 人次", Fact("k", "", 12, Unit.PERSONS)), ("12 元", share("0.12")), ("87.3", share("0.873")), ("2,940.05", money(2_940_050_000)),
     ("87.3%", money(87_300_000))],
)  # fmt: skip
def test_a_unit_that_is_wrong_or_nowhere_in_sight_is_no_agreement(text, fact):
    assert agrees(text, fact) is None


def test_money_of_a_source_without_unit_is_printed_without_one():
    assert agrees("2,940.05", money(2_940_050_000, "")) is True
    assert agrees("2,940.06", money(2_940_050_000, "")) is False
    assert agrees("2,940.05 万元", money(2_940_050_000, "")) is None
    assert agrees("2,940.05", money(2_940_050_000, ""), context="wan") is None


@given(st.integers(-(10**13), 10**13), st.sampled_from(["wan", "yuan"]))
def test_what_display_prints_of_money_agrees_and_its_neighbours_do_not(fen, scale):
    text = display.shown(money(fen), scale)
    assert agrees(text, money(fen)) is True
    step = {"wan": 10_000, "yuan": 1}[scale]
    assert [agrees(text, money(fen + off)) for off in (-step, step)] == [False, False]


@given(st.fractions(-3, 3, max_denominator=10**6))
def test_what_display_prints_of_a_share_agrees_when_its_sign_is_told(value):
    fact = share(value)
    assert agrees(display.shown(fact, absolute=True), fact, absolute=True) is True
    assert agrees(display.points_between(fact), fact, absolute=True) is True


@given(st.fractions(-3, 3, max_denominator=10**6), st.integers(-30, 30).filter(bool))
def test_a_share_changed_by_a_tenth_is_told_apart(value, tenths):
    text = display.decimal(value * 100 + Fraction(tenths, 10), 1) + "%"
    assert not agrees(text, share(value))


@pytest.mark.parametrize(
    ("texts", "unit"),
    [
        (("金额(元)",), "yuan"), (("", "预算表 单位：万元"), "wan"), (("单位万元，从零算起。",), "wan"), (("万元",), "wan"), (("预算（万元）",), "wan"),
        (("每百元保障",), ""), (("单位：元", "单位：万元"), "yuan"), (("(元)和(万元)",), ""), ((), ""),
    ],
)  # fmt: skip
def test_the_nearest_named_money_unit_counts(texts, unit):
    assert money_unit(*texts) == unit


# ---- the whole small site


def test_a_true_site_passes(site):
    assert site.compare() == []


def test_the_seal_never_meets_what_prints():
    forbidden = {"display", "grids", "charts", "pages", "downloads"}
    for path in (SCRIPTS / "seal").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            module = getattr(node, "module", "") or ""
            assert module.split(".")[:2] not in [["scripts", name] for name in forbidden], path
            assert module != "scripts" or not forbidden.intersection(names), path


KEEPING_BODY = ("seal-body", "seal-block")  # the second line also sees what the first has found


@pytest.mark.parametrize(
    ("path", "old", "new", "kind", "value"),
    [
        # facts
        (YEAR, "是全年预算的 " + '<a class="fact" href="#f-execution/2025/rate"><data data-fact="execution/2025/rate" value="51316/58801">87.3%',
         "是全年预算的 " + '<a class="fact" href="#f-execution/2025/rate"><data data-fact="execution/2025/rate" value="51316/58801">87.8%', "seal-figure", "87.8%"),
        (PROJECT, 'value="1212">1,212 人', 'value="1213">1,212 人', "seal-figure", "1,212 人"),
        (PROJECT, 'value="1212">1,212 人', ">1,212 人", "seal-figure", "1,212 人"),
        (PROJECT, "1,212 人", "1,212 人次", "seal-unit", "1,212 人次"),
        (PROJECT, "3 人次", "三人次", "seal-figure", "三人次"),
        (PROJECT, "80.10 分", "80.2 分", "seal-figure", "80.2 分"),
        (PROJECT, 'data-fact="projects/2025/kf-01/late"', 'data-fact="projects/2025/kf-01/lost"', "seal-unknown-fact", "18 天"),
        (PROJECT, "不公开", "3 人", "seal-state", "3 人"),
        (PROJECT, "不公开", "未公布", "seal-state", "未公布"),
        (PROJECT, 'kf-01/hidden" value=""', 'kf-01/hidden" value="3"', "seal-state", "不公开"),
        (PROJECT, "1,212 人", "未公布", "seal-figure", "未公布"),
        (YEAR, ' data-abs value="-374250000">374.25 万元', ' value="-374250000">374.25 万元', "seal-figure", "374.25 万元"),
        (YEAR, ">−374.25 万元", ">374.25 万元", "seal-figure", "374.25 万元"),
        (YEAR, "单位：万元", "单位：元", "seal-figure", "2,000.00"),
        (YEAR, "单位：万元", "合计", "seal-unit", "2,000.00"),
        # as the source spelt it
        (TABLE, ">1,812.5<", ">1,812.50<", "seal-spelling", "1,812.50"),
        (TABLE, ">-<", ">0.00<", "seal-spelling", "0.00"),
        (TABLE, "单位：万元", "单位：元", "seal-unit", "2,000.00"),
        # dates
        (YEAR, "2025 年 3 月 1 日", "2025 年 3 月 2 日", "seal-date", "2025 年 3 月 2 日"),
        (YEAR, 'datetime="2025-03-01"', 'datetime="2025-02-30"', "seal-date", "2025 年 3 月 1 日"),
        (YEAR, 'datetime="2025">2025 年</time>预算', 'datetime="2025">2026 年</time>预算', "seal-date", "2026 年"),
        # codes, names, quotations
        (PROJECT, "残联〔2025〕3号", "残联〔2025〕8号", "seal-text", "残联〔2025〕8号"),
        (PROJECT, "XM-2025-1", "XM-2025-2", "seal-text", "XM-2025-2"),
        (TABLE, ">2081105<", ">2081106<", "seal-text", "2081106"),
        (YEAR, "流标 1 次", "流标 2 次", "seal-text", "流标 2 次，合同推迟到 3 月"),
        # origin, size
        (YEAR, "第 2–3 行“累计执行数”", "第 2–4 行“累计执行数”", "seal-origin", "lines.csv 第 2–4 行“累计执行数”"),
        (YEAR, "第 2–3 行“累计执行数”", "第 2 行“累计执行数”", "seal-origin", "lines.csv 第 2 行“累计执行数”"),
        (YEAR, "第 2–3 行“累计执行数”", "第 2–3 行“全年预算数”", "seal-origin", "lines.csv 第 2–3 行“全年预算数”"),
        (YEAR, "1 kB", "2 kB", "seal-size", "2 kB"),
        (YEAR, 'data-bytes="own.csv"', 'data-bytes="gone.csv"', "seal-size", "1 kB"),
    ],
)  # fmt: skip
def test_a_mark_that_does_not_hold_is_named(site, path, old, new, kind, value):
    site.change(path, old, new)
    found = [each for each in site.compare() if each[0] not in KEEPING_BODY]
    assert found and set(found) <= {(kind, path, value), (kind, path, "940.05"), (kind, path, "753.30"), (kind, path, "1,812.5"), (kind, path, "2,940.05")}
    assert (kind, path, value) in found


@pytest.mark.parametrize(
    ("path", "old", "new", "where", "around"),
    [
        (YEAR, "差额超过 10% 要写原因", "差额超过 12% 要写原因", "", "差额超过 12% 要写原因。原因："),
        (YEAR, "，比上年低 ", "，比上年低 5 万元，即 ", "", "，比上年低 5 万元，即"),
        (YEAR, '<main id="main"', '<main id="main" aria-label="共 7 节"', "aria-label", "共 7 节"),
        (YEAR, '<span class="caption">各科目 ', '<span class="caption">各科目（2 项） ', "", "各科目（2 项）"),
        (YEAR, '<th scope="row">合计</th>', '<th scope="row">合计</th><td>2,940.05</td>', "", "2,940.05"),
        (YEAR, '<th scope="row">合计</th>', '<th scope="row">合计</th><td data-label="2026 年预算"></td>', "data-label", "2026 年预算"),
        (YEAR, '<p class="how">单位万元', '<p class="how">共 2 项，单位万元', "", "共 2 项，单位万元，从零算起。"),
        (YEAR, '<meta name="description" content="比全年预算少 374', '<meta name="description" content="比全年预算少 375', "content", "比全年预算少 375.25 万元"),
        (YEAR, "数都在下表", "花了九成，数都在下表", "", "花了九成，数都在下表。"),
        (YEAR, "<h1>2025 年预算执行", "<h1>2024 年预算执行", "", "2024 年预算执行"),
        (PROJECT, "<title>康复 1 期", "<title>康复 2 期", "", "康复 2 期 · 第101示范县残联（演示数据）"),
        (HOME, "2025 年预算执行</a>", "2024 年预算执行</a>", "", "2024 年预算执行"),
        (HOME, "转 2", "转 3", "", "0851-0000 转 3"),
        (HELP, 'alt="标志"', 'alt="标志 1"', "alt", "标志 1"),
        (TABLE, '<tr id="L3"', '<tr id="L3" title="第 3 行"', "title", "第 3 行"),
    ],
)  # fmt: skip
def test_a_digit_without_a_class_is_named(site, path, old, new, where, around):
    site.change(path, old, new)
    problems = [p for p in seal.compare(seal.read(site.folder), site.facts, site.plan) if p.kind not in KEEPING_BODY]
    assert [(p.kind, p.file, p.column, p.value) for p in problems] == [("seal-unclassed", path, where, around)]


@pytest.mark.parametrize("digits", ["１２", "٣", "九成", "百分之三"])
def test_numbers_in_other_scripts_and_in_words_are_numbers(site, digits):
    site.change(HOME, "<h1>阳光残联", f"<h1>阳光残联 {digits}")
    assert ("seal-unclassed", HOME, f"阳光残联 {digits}") in site.compare()


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ('680" height="120" viewBox="0 0 680 120"><title id="bars-wide-t" data-facts="execution/2025/rate">花了全年预算的 87.3%',
         '680" height="120" viewBox="0 0 680 120"><title id="bars-wide-t" data-facts="execution/2025/rate">花了全年预算的 87.8%', "seal-sentence"),
        ('<text data-fact="execution/2025/lines/2081104/adjusted" x="90" y="20">2,000.00', '<text data-fact="execution/2025/lines/2081104/adjusted" x="90" y="20">2,000.10',
         "seal-figure"),
        ("<tspan x='4' dy='20'>康复 1 期</tspan>", "<tspan x='4' dy='20'>康复 2 期</tspan>", "seal-text seal-sentence"),  # its name is told too
        ('<text data-axis="" x="0" y="110">0</text>', '<text x="0" y="110">0</text>', "seal-unclassed"),
        ("最多残疾人康复 1 期 2,000.00", "最多残疾人康复 1 期 940.05", "seal-sentence"),  # a listed fact untold
        ("最多残疾人康复 1 期 2,000.00，最少就业 940.05", "最多残疾人康复 1 期 2,000.00，最少就业 940.05，平均 7", "seal-sentence"),
        ("条形图，2025 年", "条形图，2024 年", "seal-sentence"),
        ("单位万元，从零算起。", "从零算起。", ""),  # the description still says the unit
    ],
)  # fmt: skip
def test_a_drawing_tells_only_its_facts(site, old, new, kind):
    text = site.text(YEAR)
    site.write(YEAR, text.replace(old, new, 1))
    assert text != site.text(YEAR)
    assert {each[0] for each in site.compare() if each[0] not in KEEPING_BODY} == set(kind.split())


def test_a_unit_that_no_drawing_names_is_missed(site):
    site.write(YEAR, site.text(YEAR).replace("单位万元，从零算起。", "从零算起。").replace("，单位万元。", "。"))
    assert ("seal-unit", YEAR, "2,000.00") in site.compare()


# ---- the second line, files, links


def test_a_digit_that_a_theme_adds_to_the_body_is_found_whatever_its_class(site):
    site.change(PROJECT, "<h1>康复 1 期</h1>", "<h1>康复 1 期</h1><p>第101示范县残联</p>")
    assert site.compare() == [("seal-body", PROJECT, "")]


def test_a_figure_that_a_theme_drops_from_the_body_is_found(site):
    site.change(PROJECT, "<strong data-code>XM-2025-1</strong>", "")
    assert site.compare() == [("seal-body", PROJECT, "")]


def test_a_hand_written_page_has_the_digits_of_its_markdown(site):
    site.change(HELP, "共 3 步", "共 4 步")
    assert [(p.kind, p.message) for p in seal.compare(seal.read(site.folder), site.facts, site.plan)] == [
        ("seal-body", "正文里的数字和交给网页程序的不一样：应为 1 2 3 0，印出 4 0 0851 0000。")
    ]


def test_a_block_that_lost_a_byte_is_found(site):
    site.change(YEAR, '<p class="how">单位万元，从零算起。</p>', '<p class="how">单位万元，从零起。</p>')
    assert [each[0] for each in site.compare()] == ["seal-block"]


@pytest.mark.parametrize(
    ("path", "old", "new", "kind"),
    [
        (HOME, "<h1>", '<h1 style="color:red">', "seal-markup"),
        (HOME, "<h1>", '<h1 onclick="x()">', "seal-markup"),
        (HOME, "</h1>", "</h1><script>x()</script>", "seal-markup"),
        (HOME, "</h1>", "</h1><style>p{}</style>", "seal-markup"),
        (HOME, "</h1>", '</h1><p><img alt="" src="theme/mark.svg"></p>', "seal-markup"),
        (HOME, "</h1>", "</h1></p>", "seal-markup"),
        (HOME, "</h1>", "</h1><p>2 < 3</p>", "seal-markup"),
        (HOME, "</h1>", "</h1><span/>", "seal-markup"),
        (HOME, "</h1>", "</h1><SCRIPT>x()</SCRIPT>", "seal-markup"),
        (HOME, "</h1>", "</h1><!--><b>12</b>-->", "seal-markup"),
        (HOME, "</h1>", "</h1><svg><![CDATA[12]]></svg>", "seal-markup"),
        (HOME, "</h1>", "</h1><textarea></textarea>", "seal-markup"),
        (HOME, "<head>", '<head><base href="help/">', "seal-markup"),
        (HOME, "</h1>", '</h1><p id="main"></p>', "seal-markup"),
        (HOME, "</h1>", '</h1><p aria-labelledby="gone"></p>', "seal-markup"),
        (YEAR, '<a class="fact" href="#f-execution/2025/missing"><data', '<a class="fact" href="#f-execution/2025/missing"><data data-fact="a"><data', "seal-markup"),
        (HOME, "</h1>", '</h1><a href="https://example.org/">外</a>', "seal-external"),
        (HOME, "</h1>", '</h1><a href="//example.org/">外</a>', "seal-external"),
        (HOME, "</h1>", '</h1><a href="/help/index.html">根</a>', "seal-external"),
        (HOME, "</h1>", '</h1><a href="javascript:x()">程序</a>', "seal-external"),
        (HOME, "</h1>", '</h1><script src="https://example.org/x.js"></script>', "seal-external"),
        ("theme/css/site.css", "margin:0", "background:url(https://example.org/x.png)", "seal-external"),
        (HOME, "</h1>", '</h1><a href="help/">帮助</a>', "seal-link"),
        (HOME, "</h1>", '</h1><a href="gone/index.html">帮助</a>', "seal-link"),
        (HOME, "</h1>", '</h1><a href="help/index.html#gone">帮助</a>', "seal-link"),
        (YEAR, 'href="#f-execution/2025/missing"', 'href="#f-execution/2025/lost"', "seal-link"),
        (HOME, "</h1>", '</h1><a href="../outside.html">外</a>', "seal-link"),
    ],
)  # fmt: skip
def test_what_a_page_may_not_hold_is_named(site, path, old, new, kind):
    site.change(path, old, new)
    found = [each for each in site.compare() if each[0] not in KEEPING_BODY]
    assert (kind, path) in {each[:2] for each in found}


def test_a_fragment_may_lead_to_an_id_with_percent_signs(site):
    body = '<p id="f-a%2Bb"></p><a href="#f-a%2Bb">甲</a><a href="#f-a%252Bb">甲</a><a href="execution/2025/index.html#part-a">乙</a>'
    site.change(HOME, "</h1>", f"</h1>{body}")
    assert [each for each in site.compare() if each[0] == "seal-link"] == []


def test_files_are_those_expected_and_none_is_empty(site):
    (site.folder / TABLE).unlink()
    (site.folder / "more.html").write_text("<p>多</p>", encoding="utf-8")
    (site.folder / "comparisons.csv").write_bytes(b"")
    (site.folder / "theme" / "link.svg").symlink_to(site.folder / "theme" / "mark.svg")
    os.mkfifo(site.folder / "pipe.html")
    found = {each[:2] for each in site.compare()}
    assert {("seal-missing-file", TABLE), ("seal-unexpected-file", "more.html"), ("seal-empty-file", "comparisons.csv"), ("symlink", "theme/link.svg"), ("special-file", "pipe.html")} <= found
    assert ("seal-link", YEAR) in found


def test_a_page_that_is_not_utf8_is_named(site):
    (site.folder / HOME).write_bytes((site.folder / HOME).read_bytes().replace("阳光残联".encode(), b"\xd1\xf4", 1))
    assert ("seal-markup", HOME, "") in site.compare()


@pytest.mark.parametrize(
    ("path", "old", "new", "row", "column", "value"),
    [
        ("execution/2025/own.csv", "2000.00", "2000.10", 2, "2025 年预算(万元)", "2000.10"),
        ("execution/2025/own.csv", "87.27", "87.28", 2, "比例(%)", "87.28"),
        ("execution/2025/own.csv", "87.27", "87.3", 2, "比例(%)", "87.3"),
        ("execution/2025/own.csv", "康复 1 期", "康复 2 期", 2, "科目", "残疾人康复 2 期"),
        ("execution/2025/own.csv", "(万元)", "(元)", 1, "2025 年预算(元)", "2025 年预算(元)"),
        ("comparisons.csv", "51316/58801", "51316/58802", 2, "右", "51316/58802"),
        ("comparisons.csv", "1212", "1,212", 3, "右", ""),
        ("comparisons.csv", "801/10", "80.11", 3, "右", "80.11"),
    ],
)
def test_a_download_holds_exactly_its_facts(site, path, old, new, row, column, value):
    site.write(path, site.text(path).replace(old, new))
    found = [(p.kind, p.row, p.column, p.value) for p in seal.compare(seal.read(site.folder), site.facts, site.plan)]
    assert found[0] == (("seal-download", row, column, value) if value else ("seal-download", row, "", ""))


def test_a_download_with_a_row_less_is_named(site):
    site.write("comparisons.csv", "\ufeff项,左,右\r\n")
    assert ("seal-download", "comparisons.csv", "") in site.compare()


# ---- words, facts.json, verify


def test_a_word_covers_only_itself_whole():
    words = seal.Words(["不超过 2000 字", "第 {row} 行，共 3 栏", "12"])
    covers = [words.cover(text, *re.search(r"\d+", text).span()) for text in ("请不超过 2000 字。", "不超过 12000 字", "12 项", "行，共 3 栏")]
    assert covers == ["不超过 2000 字", "", "", "行，共 3 栏"]


def test_own_words_are_those_of_the_wording():
    words = seal.own_words(["示范县第 7 办"])
    assert words.cover("示范县第 7 办", 5, 6) == "示范县第 7 办"
    assert words.cover("请重新录入这一格，不超过 2000 字。例：流标一次，合同推迟到 3 月", 13, 17)
    assert words.cover("不超过 2000 字", 4, 8) == ""


def test_facts_json_says_which_pages_print_a_fact_and_reads_back(site):
    site.finish()
    content = (site.folder / "facts.json").read_bytes()
    facts, pages, words, nature = seal.records.load(content)
    assert nature == ""
    assert {fact.key: fact for fact in facts} == {fact.key: fact for fact in site.facts}
    assert pages[f"{E}/lines/2081104/adjusted"] == [YEAR, TABLE]
    assert pages[f"{P}/kf-01/hidden"] == [PROJECT]
    assert words[HELP] == ["0851-0000 转 2", "2025 年", "再看细目，共 3 步。", "第101示范县残联", "表里的 0 也是数。电话 0851-0000 转 2。"]
    assert content.startswith(b'{"facts":[\n{"inputs":["execution/2025/lines/2081104/adjusted",')


def test_the_same_site_gives_the_same_facts_json(site, tmp_path_factory):
    other = small_site.build(tmp_path_factory.mktemp("other"))
    site.finish()
    other.finish()
    assert (site.folder / "facts.json").read_bytes() == (other.folder / "facts.json").read_bytes()


# ---- the reader


class Browserlike(HTMLParser):
    """What the standard library's tolerant reader finds, as the events of ours."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in reversed(attrs)}))

    def handle_endtag(self, tag):
        self.found.append(("/" + tag, {}))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_data(self, data):
        self.found.append(("", data))


def test_our_strict_reader_finds_what_the_tolerant_one_finds(site):
    for path in (HOME, YEAR, TABLE, PROJECT, HELP):
        parser = Browserlike()
        parser.feed(site.text(path))
        parser.close()
        ours = [
            ("", what) if kind in (TEXT, WRONG) else ("/" + what.lower(), {}) if kind == END else (what.lower(), dict(attributes))
            for kind, what, attributes, _ in events(site.text(path))
        ]
        assert ours == parser.found


@pytest.mark.parametrize("tail", ["<p", "<p title=", '<p title="12', "<3", "<!-- 12", "</p x='", "<p/ 7>"])
def test_markup_cut_short_is_never_skipped(tail):
    page = read_page("a.html", f"<main>甲{tail}")
    assert page.issues


def test_entities_are_digits_too(site):
    site.change(HOME, "<h1>阳光残联", "<h1>阳光残联&#49;&#x32;")
    assert ("seal-unclassed", HOME, "阳光残联12") in site.compare()
