"""A small finished site written by hand, as the theme and the page stage would write it: what the seal's tests read."""

import csv
import io
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from scripts import seal
from scripts.cells import Origin, State
from scripts.facts import Fact, Facts, Unit

E, P = "execution/2025", "projects/2025"
YEAR, TABLE, PROJECT, HELP, HOME = (
    f"{E}/index.html", f"{E}/lines/index.html", f"{P}/kf-01/index.html", "help/index.html", "index.html",
)  # fmt: skip


@dataclass
class Small:
    folder: Path
    facts: Facts
    plan: seal.Plan

    def text(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8", newline="")

    def change(self, path: str, old: str, new: str) -> None:
        """Changes the one place where `old` stands."""
        text = self.text(path)
        assert text.count(old) == 1, (text.count(old), old)
        self.write(path, text.replace(old, new))

    def compare(self, plan: seal.Plan | None = None) -> list[tuple[str, str, str]]:
        """(kind, file, value) of every problem."""
        return [(p.kind, p.file, p.value) for p in seal.compare(seal.read(self.folder), self.facts, plan or self.plan)]

    def finish(self) -> None:
        """facts.json, as the last but one file."""
        pages = seal.read(self.folder)
        assert seal.compare(pages, self.facts, self.plan) == []
        (self.folder / "facts.json").write_bytes(seal.facts_json(self.facts, pages))


def facts() -> Facts:
    made = Facts()

    def leaf(row: int, name: str, column: str, printed: str, fen: int | None, state=State.KNOWN, places=2) -> Fact:
        origin = Origin(f"{E}/lines.csv", "", row, column)
        key = f"{E}/lines/{name}/{'adjusted' if column == '全年预算数' else 'executed'}"
        return made.add(Fact(key, f"{name} {column}", fen, Unit.FEN, state, printed, places, "wan", origin))

    a = leaf(2, "2081104", "全年预算数", "2,000.00", 2_000_000_000)
    b = leaf(3, "2081105", "全年预算数", "940.05", 940_050_000)
    x = leaf(2, "2081104", "累计执行数", "1,812.5", 1_812_500_000)
    y = leaf(3, "2081105", "累计执行数", "753.30", 753_300_000)
    leaf(4, "2081199", "全年预算数", "-", None, State.BLANK)
    leaf(4, "2081199", "累计执行数", "", None, State.BLANK)
    adjusted = made.sum(f"{E}/adjusted", "全年预算", [a, b])
    executed = made.sum(f"{E}/executed", "累计执行", [x, y])
    rate = made.ratio(f"{E}/rate", "执行率", executed, adjusted)
    made.difference(f"{E}/over", "比全年预算多", executed, adjusted)
    made.add(Fact(f"{E}/last", "上年执行率", Fraction(9, 10), Unit.SHARE))
    made.difference(f"{E}/change", "比上年提高", rate, made[f"{E}/last"])
    made.add(Fact(f"{E}/nearly", "完成比例", Fraction(9999, 10000), Unit.SHARE))
    made.add(Fact(f"{E}/hardly", "退回比例", Fraction(1, 5000), Unit.SHARE))
    made.add(Fact(f"{E}/missing", "上级补助", None, Unit.FEN, State.UNPUBLISHED, scale="wan"))
    made.add(Fact(f"{P}/kf-01/served", "服务人数", 1212, Unit.PERSONS))
    made.add(Fact(f"{P}/kf-01/times", "服务人次", 3, Unit.TIMES))
    made.add(Fact(f"{P}/kf-01/late", "迟公开", 18, Unit.DAYS))
    made.add(Fact(f"{P}/kf-01/score", "自评", Fraction(801, 10), Unit.POINTS))
    made.add(Fact(f"{P}/kf-01/cost", "人均", 120_000, Unit.FEN, scale="yuan"))
    made.add(Fact(f"{P}/kf-01/hidden", "一级人数", None, Unit.PERSONS, State.SUPPRESSED))
    return made


def figure(facts: Facts, key: str, text: str, extra: str = "") -> str:
    value = facts[key].value
    return f'<a class="fact" href="#f-{key}"><data data-fact="{key}"{extra} value="{"" if value is None else value}">{text}</data></a>'


def printed(facts: Facts, key: str) -> str:
    fact = facts[key]
    return f'<data data-fact="{key}" data-printed value="{"" if fact.value is None else fact.value}">{fact.printed}</data>'


def shell(title: str, body: str, up: str, description: str = "") -> str:
    meta = f'<meta name="description" content="{description}">\n' if description else ""
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · 第101示范县残联（演示数据）</title>
{meta}<link rel="stylesheet" href="{up}/theme/css/site.css">
</head>
<body class="page-year">
<a class="skip" href="#main">跳到正文</a>
<header class="masthead"><p class="strip"><strong>演示数据</strong></p>
<svg class="sign" width="32" height="38" viewBox="0 0 32 38" aria-hidden="true"><path d="M4 20.5H28V34H4Z"/></svg>
<nav class="menu" aria-label="栏目"><ul><li><a href="{up}/{HOME}">首页</a></li><li><a href="{up}/{YEAR}">2025 年</a></li></ul></nav></header>
<div class="page">
<main id="main" tabindex="-1">
{body}
</main>
</div>
<footer class="foot"><ul><li>第101示范县残联公开</li><li>电话 <a href="tel:08510000">0851-0000 转 2</a></li>
<li>数据截至 <time datetime="2026-09-30">2026 年 9 月 30 日</time></li></ul></footer>
</body>
</html>
"""


def drawing(facts: Facts, size: str, width: int) -> str:
    """A chart of two bars; the words of its unit stand in the figure around it."""
    bars = "".join(
        f'<text data-label="" x="4" y="{y}">{name}</text><text data-fact="{E}/lines/{code}/adjusted" x="90" y="{y}">{text}</text>'
        for y, name, code, text in ((20, "残疾人<tspan x='4' dy='20'>康复 1 期</tspan>", "2081104", "2,000.00"), (48, "就业", "2081105", "940.05"))
    )
    return (
        f'<svg class="drawing {size}" role="img" aria-labelledby="bars-{size}-t" aria-describedby="bars-{size}-d" width="{width}" height="120" '
        f'viewBox="0 0 {width} 120"><title id="bars-{size}-t" data-facts="{E}/rate">花了全年预算的 87.3%</title>'
        f'<desc id="bars-{size}-d" data-facts="{E}/lines/2081104/adjusted {E}/lines/2081105/adjusted">条形图，2025 年，单位万元。'
        f"最多残疾人康复 1 期 2,000.00，最少就业 940.05。</desc>"
        f'<g aria-hidden="true"><path d="M0 0H500V20"/><text data-axis="" x="0" y="110">0</text><text data-axis="" x="50" y="110">500</text>{bars}</g></svg>'
    )


def chart(facts: Facts) -> str:
    return f"""<figure class="chart" id="c-bars">
<h3 class="finding">花了全年预算的 {figure(facts, f"{E}/rate", "87.3%")}</h3>
<p class="how">单位万元，从零算起。</p>
{drawing(facts, "wide", 680)}
{drawing(facts, "narrow", 280)}
<figcaption>数都在下表。</figcaption>
</figure>"""


def ledger(facts: Facts) -> str:
    rows = "".join(
        f'<tr class="level-3"><th scope="row"><span data-text>{name}</span></th>'
        f'<td class="num" data-label="2025 年预算数">{figure(facts, f"{E}/lines/{code}/adjusted", text)}</td></tr>\n'
        for name, code, text in (("残疾人康复 1 期", "2081104", "2,000.00"), ("就业", "2081105", "940.05"))
    )
    return f"""<div class="ledger-frame">
<table class="ledger stack" id="t-own">
<caption id="t-own-caption"><span class="caption">各科目 <span class="unit">单位：万元</span></span></caption>
<thead>
<tr><th scope="col">科目</th><th scope="col" class="num"><time datetime="2025">2025 年</time>预算数</th></tr>
</thead>
<tbody>
{rows}<tr class="level-0 total"><th scope="row">合计</th><td class="num" data-label="2025 年预算数">{figure(facts, f"{E}/adjusted", "2,940.05")}</td></tr>
<tr class="level-3"><th scope="row">上级补助</th><td class="num" data-label="2025 年预算数">{figure(facts, f"{E}/missing", "未公布")}</td></tr>
</tbody>
</table>
</div>"""


def official(facts: Facts) -> str:
    rows = "".join(
        f'<tr id="L{line}" class="level-3"><th scope="row"><span data-code class="code">{code}</span></th>'
        f'<td class="num" data-label="全年预算数">{printed(facts, f"{E}/lines/{code}/adjusted")}</td>'
        f'<td class="num" data-label="累计执行数">{printed(facts, f"{E}/lines/{code}/executed")}</td></tr>\n'
        for line, code in ((2, "2081104"), (3, "2081105"), (4, "2081199"))
    )
    return f"""<div class="ledger-frame" role="region" tabindex="0" aria-labelledby="t-lines-caption">
<table class="ledger official" id="t-lines">
<caption id="t-lines-caption"><span class="caption">预算执行表 <span class="unit">单位：万元</span></span></caption>
<thead>
<tr><th scope="col">科目编码</th><th scope="col">全年预算数</th><th scope="col">累计执行数</th></tr>
</thead>
<tbody>
{rows}</tbody>
</table>
</div>"""


def derivations(facts: Facts) -> str:
    def origin(rows: str, column: str) -> str:
        return f'<li><a href="lines/index.html#L2"><span data-origin>lines.csv 第 {rows} 行“{column}”</span></a></li>'

    def entry(key: str, text: str, formula: str, inputs: str, extra: str = "") -> str:
        value = facts[key].value
        data = f'<data data-fact="{key}"{extra} value="{"" if value is None else value}">{text}</data>'
        return (
            f'<li id="f-{key}"><p class="result"><span class="term" data-text>{facts[key].title}</span> {data}</p>'
            f'<p class="formula">{formula}</p><ul class="inputs">{inputs}</ul></li>\n'
        )

    made = [
        entry(f"{E}/adjusted", "2,940.05 万元", "各行相加", origin("2–3", "全年预算数")),
        entry(f"{E}/executed", "2,565.80 万元", "各行相加", origin("2–3", "累计执行数")),
        entry(f"{E}/rate", "87.3%", "累计执行 ÷ 全年预算", f'<li><a href="#f-{E}/executed">累计执行</a></li>'),
        entry(f"{E}/over", "−374.25 万元", "累计执行 − 全年预算", f'<li><a href="#f-{E}/executed">累计执行</a></li>'),
        entry(f"{E}/change", "2.7 个百分点", "本年 − 上年", "<li>上年</li>", " data-abs"),
        *(entry(key, text, "原表所列", "<li>原表</li>") for key, text in (
            (f"{E}/nearly", "不到 100%"), (f"{E}/hardly", "不到 0.1%"), (f"{E}/missing", "未公布"),
            (f"{E}/lines/2081104/adjusted", "20,000,000.00 元"), (f"{E}/lines/2081105/adjusted", "9,400,500 元"),
        )),
    ]  # fmt: skip
    return f'<ol class="derivations">\n{"".join(made)}</ol>'


def year_body(facts: Facts) -> tuple[str, list[str]]:
    downloads = f"""<ul class="downloads">
<li><a href="own.csv"><span data-text>各科目</span></a> <span class="kind">CSV（Excel），<span data-bytes="own.csv">1 kB</span></span></li>
<li><a href="lines/index.html">预算执行表</a></li>
</ul>"""
    parts = [chart(facts), ledger(facts), derivations(facts), downloads]
    lead = f"""<header class="lead">
<h1>2025 年预算执行</h1>
<p class="dates"><span class="date-item">公开 <time datetime="2025-03-01">2025 年 3 月 1 日</time></span></p>
<p>花了 {figure(facts, f"{E}/executed", "2,565.80 万元")}，是全年预算的 {figure(facts, f"{E}/rate", "87.3%")}，比上年低 {figure(facts, f"{E}/change", "2.7 个百分点", " data-abs")}。</p>
<p>比全年预算少 {figure(facts, f"{E}/over", "374.25 万元", " data-abs")}；完成 {figure(facts, f"{E}/nearly", "不到 100%")}，退回 {figure(facts, f"{E}/hardly", "不到 0.1%")}。</p>
<p>差额超过 10% 要写原因。原因：<q data-text>流标 1 次，合同推迟到 3 月</q>。</p>
</header>"""
    sections = "\n".join(
        f'<section class="part" aria-labelledby="part-{name}"><h2 id="part-{name}">{title}</h2><div class="body">\n{part}\n</div></section>'
        for name, title, part in zip("abcd", ("图", "表", "怎么来的", "下载"), parts, strict=True)
    )
    return f"{lead}\n{sections}", parts


def project_body(facts: Facts) -> str:
    k = f"{P}/kf-01"
    figures = "".join(
        f'<div id="f-{k}/{name}"><dt>{facts[f"{k}/{name}"].title}</dt><dd class="figure">{figure(facts, f"{k}/{name}", text)}</dd></div>\n'
        for name, text in (
            ("served", "1,212 人"), ("times", "3 人次"), ("late", "18 天"), ("score", "80.10 分"), ("cost", "1,200.00 元"), ("hidden", "不公开"),
        )
    )  # fmt: skip
    return f"""<header class="lead">
<h1>康复 1 期</h1>
<p>文号 <span data-code>残联〔2025〕3号</span>，<strong data-code>XM-2025-1</strong>。</p>
</header>
<dl class="figures">{figures}</dl>"""


HELP_MARKDOWN = """# 怎么看这些数

1. 先看总数。
2. 再看细目，共 3 步。

表里的 0 也是数。电话 0851-0000 转 2。"""
HELP_BODY = """<h1>怎么看这些数</h1>
<ol>
<li>先看总数。</li>
<li>再看细目，共 3 步。</li>
</ol>
<p>表里的 0 也是数。电话 0851-0000 转 2。</p>
<p><img src="../theme/mark.svg" alt="标志"></p>"""


def downloads(facts: Facts) -> dict[str, tuple[list[list[str]], list[list[str]]]]:
    """CSV -> (its cells, what each means)."""
    a, b = (f"{E}/lines/{code}/adjusted" for code in ("2081104", "2081105"))
    own = (
        [["科目", "2025 年预算(万元)", "比例(%)"], ["残疾人康复 1 期", "2000.00", "87.27"], ["就业", "940.05", "90.00"]],
        [["text:科目", "text:2025 年预算(万元)", "text:比例(%)"], ["text:残疾人康复 1 期", f"fact:{a}", f"fact:{E}/rate"],
         ["text:就业", f"fact:{b}", f"fact:{E}/last"]],
    )  # fmt: skip
    checks = (
        [["项", "左", "右"], ["执行率", "2565.80", "51316/58801"], ["人数", "1212", "801/10"]],
        [["text:项", "text:左", "text:右"], ["text:执行率", f"fact:{E}/executed", f"fact:{E}/rate"],
         ["text:人数", f"fact:{P}/kf-01/served", f"fact:{P}/kf-01/score"]],
    )  # fmt: skip
    return {f"{E}/own.csv": own, "comparisons.csv": checks}


def build(folder: Path) -> Small:
    """The whole site before its seal: five pages and the error page, two downloads, a style sheet and a mark."""
    made = facts()
    year, blocks = year_body(made)
    bodies = {
        HOME: f'<header class="lead">\n<h1>阳光残联</h1>\n<p><a href="{YEAR}">2025 年预算执行</a></p>\n</header>',
        YEAR: year,
        TABLE: f"<header class=\"lead\">\n<h1>预算执行表</h1>\n</header>\n{official(made)}",
        PROJECT: project_body(made),
        HELP: HELP_BODY,
        "404.html": "<h1>没有这一页</h1>",
    }
    titles = {
        HOME: ("阳光残联",), YEAR: ("2025 年预算执行", "2025 年"), TABLE: ("预算执行表",), PROJECT: ("康复 1 期",),
        HELP: ("怎么看这些数",), "404.html": ("没有这一页",),
    }  # fmt: skip
    files = {path: shell(titles[path][0], body, "/".join([".."] * path.count("/")) or ".",
                         "比全年预算少 374.25 万元" if path == YEAR else "") for path, body in bodies.items()}  # fmt: skip
    for path, (cells, _) in downloads(made).items():
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows(cells)
        files[path] = "\ufeff" + out.getvalue()
    files |= {"theme/css/site.css": "body{margin:0}\n", "theme/mark.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n'}
    small = Small(folder, made, plan(made, bodies, blocks, titles))
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        small.write(path, text)
    return small


def plan(facts: Facts, bodies: dict[str, str], blocks: list[str], titles: dict) -> seal.Plan:
    words = ["第101示范县残联", "0851-0000 转 2", "差额超过 10% 要写原因", "CSV（Excel），"]
    texts = {"残疾人康复 1 期", "就业", "各科目", "流标 1 次，合同推迟到 3 月", "残联〔2025〕3号", "XM-2025-1", "2081104", "2081105", "2081199"}
    return seal.Plan(
        bodies=bodies | {HELP: HELP_MARKDOWN},
        fragments={YEAR: blocks},
        titles=titles,
        by_hand=frozenset([HELP, "404.html"]),
        downloads={path: means for path, (_, means) in downloads(facts).items()},
        files=frozenset(["theme/css/site.css", "theme/mark.svg"]),
        texts=frozenset(texts),
        words=seal.Words(words),
    )
