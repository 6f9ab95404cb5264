"""The theme alone: every page kind and component rendered from invented data, without Pelican and without scripts."""

import re
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

THEME = Path(__file__).resolve().parents[1] / "theme"
TEMPLATES, CSS = THEME / "templates", THEME / "static" / "css"
KINDS = ("home", "register", "year", "entity", "report", "table", "plain", "page", "404")

MENU = [
    {"id": id_, "title": title, "href": f"{id_}/"}
    for id_, title in [
        ("budget", "预算决算"), ("projects", "项目资金"), ("evaluations", "评价监督"), ("organisation", "组织治理"),
        ("rights", "服务权益"), ("presidium", "主席团"), ("data", "数据"),
    ]
]  # fmt: skip
CONTACTS = {"telephone": "000 0000 0000", "text_message": "000 0000 0000", "email": "demo@example.org"}
PUBLISHER = {"name": "演示县残疾人联合会", "demonstration": True, "as_of": "2026-09-30", "contacts": CONTACTS}
SITE = {"SITEURL": "..", "PUBLISHER": PUBLISHER, "MENU": MENU, "ASIDE": [{"title": "帮助", "href": "help/"}]}
VERDICTS = {
    "unbalanced": "不平", "uncheckable": "不可核", "different-basis": "口径不同", "rounding": "舍入差", "balanced": "平",
}  # fmt: skip
TIMES = {"on-time": "按时", "late": "迟 8 日", "pending": "未到期", "overdue": "已逾期未公开（30 日）"}
WORKS = {"overdue": "逾期未整改", "open": "未整改", "rectifying": "正在整改", "rectified": "已整改"}
STATES = {"unpublished": "未公布", "not-applicable": "不适用", "suppressed": "不公开"}
ROLES = tuple("done start plan total more less missing late unspent other third self overdue".split())


def environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, autoescape=True,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def component(name: str, macro: str = "", *args, **values) -> Markup:
    return getattr(environment().get_template(f"components/{name}.html").module, macro or name)(*args, **values)


def figure(text: str, key: str = "execution/2025/spent", unit: str = "万元") -> Markup:
    return Markup('<a class="fact" href="#f-{}"><data data-fact="{}" value="0">{}{}</data></a>').format(
        key, key, text, Markup(' <span class="unit">{}</span>').format(unit) if unit else ""
    )


def section(id_: str, title: str, body: str) -> str:
    return (
        f'<section class="part" aria-labelledby="{id_}"><h2 id="{id_}">{title}</h2>'
        f'<div class="body">\n{body}\n</div></section>\n'
    )


def lead(title: str, sentences: list[str], items=None) -> str:
    items = items or [
        {"label": "数据截至", "html": component("day", "day", "2025-12-31")},
        {"label": "公开", "html": component("day", "day", "2026-03-20")},
        {"label": "状态", "html": component("marks", "timing", "on-time", "按时")},
    ]
    return str(component("lead", title=Markup(title), items=items, answer=[Markup(s) for s in sentences]))


# The drawing: what the chart's drawer hands over, every role once.


def drawing(id_: str, size: str) -> Markup:
    width, left = (680, 180) if size == "wide" else (280, 0)
    rows, step = [], 40 if size == "wide" else 62
    for index, role in enumerate(ROLES):
        y = index * step + 4
        bar_y = y if size == "wide" else y + 26
        fill = f' fill="url(#{id_}-{role})"' if role in ("more", "less", "missing", "late", "other") else ""
        rows.append(f'<text x="0" y="{y + 18}">{role}</text><g class="bar role-{role}"{fill}>'
                    f'<rect x="{left}" y="{bar_y}" width="{width - left - 140}" height="24"/></g>'
                    f'<text class="figure strong" x="{width}" y="{y + 18}" text-anchor="end">2,940</text>')  # fmt: skip
    height = len(ROLES) * step
    lines = "".join(
        f'<pattern id="{id_}-{role}" class="tile role-{role}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect class="ground" width="8" height="8"/>{shape}</pattern>'
        for role, shape in {
            "more": '<path class="stripe" d="M-2 10L10 -2M-2 2L2 -2M6 10L10 6"/>',
            **{r: '<path class="stripe" d="M-2 -2L10 10M-2 6L2 10M6 -2L10 2"/>' for r in ("less", "missing", "late")},
            "other": '<circle class="dot" cx="4" cy="4" r="1.5"/>',
        }.items()
    )
    return Markup(
        f'<svg class="drawing {size}" role="img" aria-labelledby="{id_}-t" aria-describedby="{id_}-d" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}"><title id="{id_}-t">每种图案各一条</title>'
        f'<desc id="{id_}-d">横条图，单位万元。</desc><g aria-hidden="true"><defs>{lines}</defs>{"".join(rows)}'
        f'<g class="goal role-target"><path d="M{left + 60} 0V{height}"/></g></g></svg>'
    )


def grid(id_: str = "t-functions", kind: str = "stack", rows=None, **more) -> dict:
    titles = ["支出功能", "年初预算", "调整", "全年预算", "执行", "执行率"]
    header = [{"text": title, "numeric": index > 0} for index, title in enumerate(titles)]
    rows = rows or [
        ("残疾人康复", 3, ["720.00", "186.05", "906.05", "842.63", "93.0%"]),
        ("残疾人就业", 3, ["468.00", "80.00", "548.00", "436.21", "79.6%"]),
        ("合计", 0, ["2,480.00", "460.05", "2,940.05", "2,567.12", "87.3%"]),
    ]
    return {
        "id": id_, "caption": "2025 年预算执行表，按支出功能", "unit": "万元", "kind": kind, "header_rows": [header],
        "note": "执行率＝执行÷全年预算。",
        "rows": [
            {"id": f"{id_}-L{line}", "level": level, "total": level == 0, "notes": [], "cells": [
                {"html": name, "head": True},
                *({"html": figure(t, unit=""), "numeric": True, "label": titles[i + 1]} for i, t in enumerate(figures)),
            ]}
            for line, (name, level, figures) in enumerate(rows, 2)
        ],
    } | more  # fmt: skip


def states_grid() -> dict:
    words = [("已知，零也是数", "0"), ("原表空白", "")] + [(w, component("marks", "state", i, w)) for i, w in STATES.items()]
    return {
        "id": "t-states", "caption": "五种状态不混用", "unit": "人", "kind": "stack", "note": "",
        "header_rows": [[{"text": "状态"}, {"text": "印法", "numeric": True}]],
        "rows": [{"cells": [{"html": name, "head": True}, {"html": html, "numeric": True, "label": "印法"}]}
                 for name, html in words],
    }  # fmt: skip


def reasons_grid() -> dict:
    return {
        "id": "t-reasons", "caption": "差得多的，为什么", "unit": "", "kind": "stack", "note": "",
        "header_rows": [[{"text": "项目"}, {"text": "到期"}, {"text": "单位说明的原因"}]],
        "rows": [{"cells": [{"html": "培训", "head": True}, {"html": component("day", "day", "2025-11-30"), "label": "到期"},
                            {"html": "四季度新标准年底才到文，培训合同推迟。", "label": "单位说明的原因"}]}],
    }  # fmt: skip


def official_grid() -> dict:
    codes = [("", "合计", 0), ("208", "社会保障和就业支出", 1), ("20811", "残疾人事业", 2), ("2081101", "行政运行", 3),
             ("2081104", "残疾人康复", 3), ("2081199", "其他残疾人事业支出", 3)]  # fmt: skip
    ends = ["balanced", "rounding", "balanced", "balanced", "balanced", "unbalanced"]
    names = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]
    values = ["2,567.12", "621.40", "1,945.72", "", "", ""]
    rows = []
    for line, ((code, name, level), end) in enumerate(zip(codes, ends, strict=True), 5):
        mark = component("marks", "verdict", end, VERDICTS[end], "" if end == "balanced" else "3.20")
        spelt = Markup('<span data-code class="code">{}</span>').format(code)
        rows.append({
            "id": f"L{line}", "level": level, "total": level == 0, "notes": [mark],
            "cells": [{"html": spelt, "kind": "code"}, {"html": name, "head": True, "code": code},
                      *({"html": v, "numeric": True, "label": n} for n, v in zip(names, values, strict=True))],
        })  # fmt: skip
    header = [{"text": "功能分类科目编码", "rowspan": 2, "kind": "code"}, {"text": "科目名称", "rowspan": 2},
              {"text": names[0], "rowspan": 2, "numeric": True}, {"text": "其中", "colspan": 5}]  # fmt: skip
    return {
        "id": "t-official", "caption": "支出决算表", "unit": "万元", "kind": "official", "head": 1, "folded": True,
        "header_rows": [header, [{"text": n, "numeric": True} for n in names[1:]]], "rows": rows,
        "note": "数字照原表印出，一格不改；空格也照原表。核对是本站加的。",
    }  # fmt: skip


def checks() -> Markup:
    return component("comparisons", items=[
        {"verdict": id_, "word": word,
         "difference": "" if id_ in ("balanced", "uncheckable") else figure("0.01", unit=""),
         "rule": "年初预算＋调整＝全年预算", "sides": Markup("{} 对 {}").format(figure("2,940.05"), figure("2,940.04")),
         "note": "" if id_ == "balanced" else "原表如此，没有改动。"}
        for id_, word in VERDICTS.items()
    ])  # fmt: skip


def common_parts() -> str:
    return (
        section("checks", "核对结果", checks())
        + section("sources", "数据来源", component("sources", items=[
            {"title": "《2025 年预算批复》", "detail": "演示县财政局，二月十日"},
            {"title": "预算执行台账", "href": "lines/index.html"}]))
        + section("derivations", "这些数怎么来的", component("derivations", items=[
            {"id": "f-execution/2025/spent", "title": "执行数", "figure": figure("2,567.12"), "formula": "六项执行数相加",
             "rows": [Markup('<a href="lines/index.html#L2">残疾人康复</a>，<span data-origin>lines.csv 第 2 行</span>')]},
            {"id": "f-execution/2025/rate", "title": "执行率", "figure": figure("87.3%", unit="")}]))
        + section("downloads", "下载", component("downloads", items=[
            {"title": "预算执行表", "href": "lines.xlsx", "format": "XLSX",
             "size": Markup('<span data-bytes="lines.xlsx">2 kB</span>')},
            {"title": "本页的数和算法", "href": "facts.json", "format": "JSON", "size": ""}]))
        + section("corrections", "本页更正记录", component("corrections", items=[
            {"date": "2026-04-02", "what": "就业执行数", "was": figure("463.21"), "now": figure("436.21"),
             "reason": "录入颠倒", "approved_by": "办公室"}]))
        + section("questions", "有疑问", component("channels", publisher=PUBLISHER, code="ZX-2025"))
        + section("years", "其他年度", component("years", items=[
            {"year": "2024", "href": "../2024/index.html"}, {"year": "2025", "href": ""}]))
    )  # fmt: skip


def year_body() -> str:
    parts = str(component("parts", items=[{"title": "主要数字", "id": "figures"}, {"title": "从年初到年底", "id": "bridge"},
                                          {"title": "核对结果", "id": "checks"}]))  # fmt: skip
    chart = component("chart", "", "bridge", "追加让预算多了 460.05 万元，年底有 372.93 万元没有用完",
                      "2025 年，万元。条的长度从零算起。", drawing("bridge-w", "wide"), drawing("bridge-n", "narrow"),
                      "每一笔调整的文号见调整明细。")  # fmt: skip
    return (
        lead("2025 年预算执行", [
            f"2025 年可以用的预算是 {figure('2,940.05')}，比年初多 {figure('460.05')}，主要是上级专项。",
            f"到 12 月 31 日花了 {figure('2,567.12')}，是全年预算的 {figure('87.3%', unit='')}。",
            "就业、生活和护理补贴、其他残疾人事业三项没有用到八成，原因写在下面。"])
        + parts
        + section("figures", "主要数字", component("figures", items=[
            {"term": "全年预算", "figure": figure("2,940.05"), "note": "比年初增加"},
            {"term": "执行", "figure": figure("2,567.12"), "note": "比上年增加"},
            {"term": "执行率", "figure": figure("87.3%", unit="")}, {"term": "没有用完", "figure": figure("372.93")}]))
        + section("bridge", "从年初到年底", f"{chart}\n{component('ledger', grid=grid())}")
        + section("states", "数的状态", component("ledger", grid=states_grid()))
        + section("reasons", "差得多的，为什么", component("ledger", grid=reasons_grid()))
        + common_parts()
    )  # fmt: skip


def home_body() -> str:
    shares = [("甲", "康复", 33, "done"), ("乙", "机关运转", 24, "less"), ("丙", "生活和护理补贴", 18, "marked"),
              ("丁", "就业", 17, "other"), ("戊", "其他残疾人事业", 6, "total"), ("己", "体育", 2, "unspent")]  # fmt: skip
    groups = [{"letter": letter, "name": name, "squares": squares, "role": role, "amount": figure("842.63"),
               "share": figure("32.8", unit="元")} for letter, name, squares, role in shares]  # fmt: skip
    panes = component("panes", id="hundred-panes", title="每花一百元，各项占几格", groups=groups, note="凑整后共一百格。")
    figures = component("figures", items=[
        {"term": "有", "figure": figure("2,940.05"), "note": "可以用，是 2025 年的全年预算。"},
        {"term": "花了", "figure": figure("2,567.12"), "note": "不到全年预算的九成，三项没用到八成。"},
        {"term": "帮了", "figure": figure("6,412", unit="人"), "note": "至少得到一项服务；同一个人只算一次。"}], size="home")  # fmt: skip
    works = component("roll", items=[{"html": component("marks", "work", i, w), "value": figure("2", unit="个")}
                                     for i, w in WORKS.items()])  # fmt: skip
    late = component("roll", items=[{"html": component("marks", "timing", i, w) + Markup(' <a href="x.html">调查报告</a>')}
                                    for i, w in TIMES.items()])  # fmt: skip
    head = lead("演示县残联的钱，花在哪、花得怎样", []).replace("</header>", f"{figures}\n</header>")
    return (
        head
        + section("hundred", "每花一百元", f'<h3 class="finding">三成多用在康复，两成多维持机关运转</h3>{panes}')
        + section("outcome", "做得怎样", '<div class="pair"><div><h3>第三方比自评低</h3><p>九个项目评价了八个。</p></div>'
                  f"<div><h3>两个问题过期没改</h3>{works}</div></div>")
        + section("overdue", "还没公开的", late)
        + section("doors", "从哪里开始", component("doors", items=[
            {"title": "我是市民", "href": "projects/index.html", "text": "我能得到什么帮助，钱花在哪个项目，不满意找谁。"},
            {"title": "我是主席团委员", "href": "x.html", "text": "年度执行报告、没改完的问题，一份可打印。"},
            {"title": "我要核对数据", "href": "y.html", "text": "官方表、逐格来源、核对结果、全部下载。"}]))
    )  # fmt: skip


def entity_body() -> str:
    events = [{"work": id_, "word": word, "title": "训练时长不足", "dates": "十二月二十日提出", "text": "两家机构补课没有报来。"}
              for id_, word in WORKS.items()]  # fmt: skip
    return (
        lead("残疾儿童康复救助", [f"到账 {figure('342.00')}，已付 {figure('318.60')}。", "计划帮 180 人，实际帮了 186 人。"])
        + section("findings", "问题和整改", component("timeline", items=events))
        + section("recipe", "自己算一遍", component("recipe", lines=["import csv", "print(1)"]))
        + section("plain", "没有更正", component("corrections", items=[]))
    )


def register_body() -> str:
    return lead("项目资金", ["每个项目一页：钱从哪来、付给谁、还剩多少。"]) + section("all", "各年度", component("catalogue", items=[
        {"title": "2025 年", "href": "2025/index.html", "text": "九个项目，付了九成。",
         "mark": component("marks", "timing", "late", "迟 6 日")},
        {"title": "2024 年", "href": "2024/index.html"}]))  # fmt: skip


BODIES = {
    "home": home_body,
    "register": register_body,
    "year": year_body,
    "entity": entity_body,
    "table": lambda: lead("2025 年支出决算表", ["原表有一处不平。"])
    + section("table", "官方原表", component("ledger", grid=official_grid())) + common_parts(),
    "plain": lambda: lead("无障碍说明", ["本站不用图也看得懂。"])
    + section("how", "怎么读", "<p>每一个数都能点开，看到它从哪里来。</p><ul><li>一项</li></ul>"),
}  # fmt: skip


def rendered(kind: str) -> str:
    page = {
        "title": "2025 年预算执行", "section": "budget", "code": "ZX-2025", "description": "说明",
        "crumbs": [{"title": "预算决算", "href": "budget/"}],
        "content": BODIES.get(kind, BODIES["plain"])(),
    }  # fmt: skip
    return environment().get_template(f"{kind}.html").render(page=page, **SITE)


def style_sheet() -> str:
    names = (CSS / "order.txt").read_text(encoding="utf-8").split()
    return "".join((CSS / name).read_text(encoding="utf-8") for name in names)


def write_specimen(folder: Path) -> list[Path]:
    """Every page kind as a file that opens from disk."""
    (folder / "theme" / "css").mkdir(parents=True)
    (folder / "theme" / "css" / "site.css").write_text(style_sheet(), encoding="utf-8")
    (folder / "theme" / "mark.svg").write_bytes((THEME / "static" / "mark.svg").read_bytes())
    (folder / "pages").mkdir()
    for kind in KINDS:
        (folder / "pages" / f"{kind}.html").write_text(rendered(kind), encoding="utf-8")
    return sorted((folder / "pages").iterdir())


class Reading(HTMLParser):
    """What the tests want to know of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.ids: list[str] = []
        self.classes: set[str] = set()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value)
            if name == "class":
                self.classes |= set(value.split())
            if name in ("href", "src"):
                self.links.append(value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_kind_is_inert_and_complete(kind):
    read = Reading(rendered(kind))
    assert "style" not in read.attributes
    assert not [name for name in read.attributes if name.startswith("on")]
    assert not {"script", "style", "form", "base", "iframe"} & set(read.tags)
    assert len(read.ids) == len(set(read.ids))
    assert read.tags.count("h1") == 1 and read.tags.count("main") == 1
    assert not [link for link in read.links if "//" in link]


def test_demonstration_is_said_in_the_title_and_above_the_page():
    html = rendered("year")
    assert "<title>2025 年预算执行 · 演示县残疾人联合会 · 阳光残联（演示数据）</title>" in html
    assert '<p class="strip"><strong>演示数据</strong>' in html


def test_a_real_publisher_without_contacts_and_dates_says_so_and_carries_no_strip():
    bare = {"name": "某县残联", "demonstration": False, "as_of": "", "contacts": {}}
    html = environment().get_template("404.html").render(SITEURL=".", PUBLISHER=bare, MENU=MENU)
    assert "演示" not in html
    assert "联系方式未公布" in html and "数据截至日期未公布" in html


def test_the_current_section_is_marked_once_in_the_menu():
    found = re.findall(r'<a href="([^"]*)" aria-current="true">(.*?)</a>', rendered("year"))
    assert found == [("../budget/index.html", "预算决算")]


def test_text_from_data_stays_text_in_the_shell():
    html = environment().get_template("plain.html").render(
        page={"title": "<b>甲</b>&乙", "crumbs": [{"title": "<i>", "href": ""}], "content": ""}, **SITE
    )
    assert "<title>&lt;b&gt;甲&lt;/b&gt;&amp;乙 · " in html and "&lt;i&gt;" in html and "<i>" not in html and "<b>" not in html


def test_a_figure_missing_from_a_component_is_an_error_and_not_a_gap():
    with pytest.raises(jinja2.UndefinedError):
        component("figures", items=[{"term": "执行"}])


def test_an_official_table_is_a_named_region_and_a_small_one_is_not():
    region = 'role="region" tabindex="0" aria-labelledby="t-official-caption"'
    assert region in component("ledger", grid=official_grid())
    assert "role=" not in component("ledger", grid=grid())


def test_a_row_without_a_name_has_no_row_header():
    nameless = {"cells": [{"html": "", "head": True}, {"html": "0.95", "numeric": True}]}
    html = component("ledger", grid=official_grid() | {"rows": [nameless]})
    assert '<td class="head"></td><td class="num">0.95</td>' in html and 'scope="row"' not in html


def test_marks_of_rows_stand_in_a_last_column_and_under_the_name_for_phones():
    html = component("ledger", grid=official_grid())
    assert html.count('<td class="cell-check"') == 6 and html.count('<span class="under"><span class="verdict') == 6
    assert '<th scope="col" class="cell-check" rowspan="2">核对</th>' in html
    assert "核对" not in component("ledger", grid=grid())


def test_a_hundred_panes_are_a_hundred():
    html = rendered("home")
    hundred = html[html.index('class="drawing hundred"') : html.index('<div class="shares">')]
    assert len(re.findall(r'<rect x="\d+" y="\d+" width="26"', hundred)) == 100


# Style sheets.

READER_AND_DRAWER = set("""
    line span zero base whole elapsed step tick rule link leader halo point stub axis role-withheld
    mark-met mark-unmet withheld
""".split())  # what the drawer of charts and the pages of registers print and this specimen does not
HOOKS = {f"page-{kind}" for kind in (*KINDS, "missing")} | {"masthead", "cell-code"}
HOOKS |= {*VERDICTS, *TIMES, *WORKS, *STATES}
HOOKS |= {f"role-{role}" for role in (*ROLES, "target")}


def css_classes() -> set[str]:
    bare = re.sub(r"/\*.*?\*/|url\(\".*?\"\)|\"[^\"]*\"", "", style_sheet(), flags=re.S)
    return set(re.findall(r"\.([a-z][a-z0-9_-]*)(?=[^{}]*\{)", bare))


def test_every_class_of_a_page_has_a_style_and_every_style_a_page():
    printed = set().union(*(Reading(rendered(kind)).classes for kind in KINDS))
    assert printed - css_classes() - HOOKS == set()
    assert css_classes() - printed - READER_AND_DRAWER == set()


def test_the_order_names_every_style_sheet_once_tokens_first_and_print_last():
    names = (CSS / "order.txt").read_text(encoding="utf-8").split()
    assert sorted(names) == sorted(str(p.relative_to(CSS)) for p in CSS.rglob("*.css"))
    assert names[0] == "tokens.css" and names[-1] == "print.css"


def test_words_of_some_length_get_room_and_dates_and_names_do_not():
    cells = re.findall(r"<t[hd][^>]*>", component("ledger", grid=reasons_grid()).partition("<tbody>")[2])
    assert cells == ['<th scope="row" class="head">', '<td data-label="到期">', '<td class="long" data-label="单位说明的原因">']


def test_colours_stand_in_the_tokens_alone():
    for path in CSS.rglob("*.css"):
        if path.name != "tokens.css":
            assert re.findall(r"#[0-9a-f]{3,8}\b|rgb|hsl", path.read_text(encoding="utf-8")) == [], path.name


def test_nothing_is_forced_rounded_or_shadowed():
    assert re.findall(r"!important|border-radius|box-shadow|text-shadow|@import", style_sheet()) == []


def test_styles_fetch_nothing():
    assert [u for u in re.findall(r"url\((.*?)\)", style_sheet()) if not u.startswith('"data:image/svg+xml,')] == []


# Contrast, by arithmetic.


def tokens(theme: str) -> dict[str, str]:
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    light, rest = text.split("prefers-color-scheme: dark")
    dark = rest.split("@media")[0]
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", light))
    return found | (dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", dark)) if theme == "dark" else {})


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_reaches_seven_to_one_on_paper_and_in_the_light(theme):
    t = tokens(theme)
    pairs = [(text, ground) for text in ("ink", "ink-2", "link", "cinnabar") for ground in ("paper", "lit")]
    pairs.append(("focus-ink", "focus"))
    assert {p: contrast(t[p[0]], t[p[1]]) for p in pairs if contrast(t[p[0]], t[p[1]]) < 7} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_reach_three_to_one_by_themselves_or_by_their_edge(theme):
    t = tokens(theme)
    assert [m for m in ("rule", "deep", "cinnabar", "ink") for g in ("paper", "lit") if contrast(t[m], t[g]) < 3] == []
    for fill in ("tint", "sun"):
        assert max(contrast(t[fill], t["paper"]), contrast(t[fill], t["ink"])) >= 3
        assert contrast(t["ink"], t["paper"]) >= 3
    assert contrast(t["on-sun"], t["sun"]) >= 3
