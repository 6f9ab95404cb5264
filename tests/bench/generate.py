"""Pages to measure with: the same content for every generator, from a seed, without a clock.

`generate(folder, count)` leaves
  ours/disclosures/     our Markdown, blocks beside it, site.json
  bodies/               the finished bodies of these pages, for the loop that only renders
  raw/pages/            the same as plain Markdown: table typed out, drawing in line
"""

import json
import random
from pathlib import Path

SENTENCES = (
    "这一年的钱主要用在康复、托养和就业三件事上。", "人员经费按编制安排，没有超出批准的数。", "辅助器具由各乡镇报需求，县里统一采购。",
    "无障碍改造先做独居的家庭，再做其他家庭。", "第三方评价在项目结束以后进行，结果全部公开。", "没有用完的钱按规定结转到下一年继续使用。",
    "上级补助到账的时间比计划晚，部分活动推迟到年底。", "各专门协会的活动经费单独列出，逐项说明用途。", "培训班结束以后，每一名学员都填写了意见。",
)  # fmt: skip
NAMES = ("残疾人康复", "残疾人就业", "残疾人体育", "行政运行", "一般行政管理事务", "残疾人生活和护理补贴", "其他残疾人事业支出")
MENU = ("budget", "projects", "evaluations", "organisation", "data")


def generate(folder: Path, count: int, seed: int = 1) -> None:
    dice = random.Random(seed)
    ours, bodies, raw = folder / "ours" / "disclosures", folder / "bodies", folder / "raw" / "pages"
    for each in (ours, bodies, raw):
        each.mkdir(parents=True)
    (ours / "site.json").write_text(json.dumps(settings(), ensure_ascii=False), encoding="utf-8")
    for number in range(count):
        _write(Sample(number, dice), ours, bodies, raw)


def settings() -> dict:
    menu = [{"id": name, "title": title, "href": f"{name}/"} for name, title in zip(MENU, NAMES, strict=False)]
    contacts = {"telephone": "0000-1234567", "email": "a@example.com"}
    publisher = {"name": "测速县残疾人联合会", "demonstration": True, "as_of": "2025-12-31", "contacts": contacts}
    return {"SITENAME": publisher["name"], "PUBLISHER": publisher, "MENU": menu, "ASIDE": []}


class Sample:
    """One page: three paragraphs with figures, a table of 20 rows, a drawing of about 10 kB."""

    def __init__(self, number: int, dice: random.Random):
        self.name = f"p{number:05}"
        self.title = f"第{number}号测速页"
        self.rows = [(dice.choice(NAMES), [dice.randrange(1, 10**9) for _ in range(4)]) for _ in range(20)]
        self.paragraphs = ["".join(dice.sample(SENTENCES, 5)) for _ in range(3)]
        self.points = [(x * 4, dice.randrange(200)) for x in range(126)]

    def metadata(self) -> dict:
        crumbs = [{"title": NAMES[0], "href": "budget/"}]
        return {"title": self.title, "by_hand": False, "slug": f"{self.name}/index.html", "template": "year", "section": "budget", "code": "CS-1",
                "crumbs": crumbs, "description": ""}  # fmt: skip

    def markdown(self) -> str:
        parts = [f"# {self.title}"]
        for paragraph, (name, values) in zip(self.paragraphs, self.rows, strict=False):
            parts.append(f'{paragraph}{name}花了 [{wan(values[0])} 万元](#f-bench/{self.name}/{values[0]} "{values[0]}")。')
        parts += ["## [走势](#trend)", "![走势](trend.html)", "## [明细](#lines)", "![明细](lines.html)"]
        return "\n\n".join(parts) + "\n"

    def raw(self) -> str:
        parts = [f"Title: {self.title}\nSlug: {self.name}", f"# {self.title}"]
        parts += [f"{text}{name}花了 {wan(values[0])} 万元。" for text, (name, values) in zip(self.paragraphs, self.rows, strict=False)]
        rows = [f"| {name} | " + " | ".join(map(wan, values)) + " |" for name, values in self.rows]
        table = "\n".join(["| 科目 | 年初 | 全年 | 执行 | 结余 |", "|---|--:|--:|--:|--:|", *rows])
        return "\n\n".join([*parts, "## 走势", self.drawing(), "## 明细", table]) + "\n"

    def drawing(self) -> str:
        marks = "\n".join(f'<circle cx="{x}" cy="{y}" r="3" class="mark mark-a"><title>{x}</title></circle>' for x, y in self.points)
        return f'<svg role="img" width="680" height="240" viewBox="0 0 680 240">\n<g aria-hidden="true">\n{marks}\n</g>\n</svg>'

    def table(self) -> str:
        def cell(value: int) -> str:
            return f'<td class="num"><data data-fact="bench/{self.name}/{value}" value="{value}">{wan(value)}</data></td>'

        rows = "\n".join(f'<tr><th scope="row">{name}</th>{"".join(map(cell, values))}</tr>' for name, values in self.rows)
        heads = "".join(f'<th scope="col">{title}</th>' for title in ("科目", "年初", "全年", "执行", "结余"))
        caption = '<caption>明细 <span class="unit">单位：万元</span></caption>'
        return f'<table class="ledger">{caption}<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>'


def wan(fen: int) -> str:
    return f"{fen / 10**6:,.2f}"


def _write(sample: Sample, ours: Path, bodies: Path, raw: Path) -> None:
    from plugins.disclosures import DisclosureReader, body_html

    folder = ours / sample.name
    folder.mkdir()
    (folder / "trend.html").write_text(f'<figure class="chart">{sample.drawing()}</figure>', encoding="utf-8")
    (folder / "lines.html").write_text(sample.table(), encoding="utf-8")
    head = json.dumps(sample.metadata(), ensure_ascii=False)
    (folder / "index.md").write_text(f"{head}\n{sample.markdown()}", encoding="utf-8")
    (raw / f"{sample.name}.md").write_text(sample.raw(), encoding="utf-8")
    html = DisclosureReader.markdown.reset().convert(sample.markdown())
    body = bodies / sample.name
    body.mkdir()
    (body / "body.html").write_text(body_html(html, folder), encoding="utf-8")
    (body / "page.json").write_text(head, encoding="utf-8")
