"""A tiny publisher as its clerk keeps it: one year of four registers, every figure of which a reader can add up in the head."""

from dataclasses import dataclass
from pathlib import Path

from scripts import registers
from scripts.account import Account, account, compute
from scripts.book import Book
from scripts.pages import Page, Site, assemble
from scripts.problems import errors

FILES = {
    "publisher.toml": """
name = "演示县残疾人联合会"
as_of = 2026-03-31
[contacts]
telephone = "0851-0000"
""",
    "organisation/2025/units.csv": """
单位名称,单位类型,职责,编制数,是否纳入本套表,不纳入的原因,公开日期,来源文件
演示县残疾人联合会（本级）,机关,管理项目和资金。,12,是,,2025-03-03,posts
演示县盲人协会,社会组织,联系本类残疾人。,,否,自己记账。,2025-03-03,posts
""",
    "organisation/2025/sources.toml": """
[documents.posts]
title = "机构编制方案"
""",
    "execution/2025/lines.csv": """
科目编码,科目名称,项目编码,年初预算数(元),调整数(元),全年预算数(元),截至日期,累计执行数(元),偏差原因,来源文件
2081101,行政运行,,1000000.00,0.00,1000000.00,2025-06-30,450000.00,,report-06
2081104,残疾人康复,KF-01,500000.00,0.00,500000.00,2025-06-30,200000.00,,report-06
2081101,行政运行,,1000000.00,0.00,1000000.00,2025-12-31,960000.00,,report-12
2081104,残疾人康复,KF-01,500000.00,100000.00,600000.00,2025-12-31,580000.00,,report-12
""",
    "execution/2025/adjustments.csv": """
日期,文号,科目编码,项目编码,类型,金额(元),原因,来源文件
2025-08-01,演财预〔2025〕8号,2081104,KF-01,追加,100000.00,新增 5 名儿童,county-8
""",
    "execution/2025/reports.csv": """
截至日期,公开日期,来源文件
2025-06-30,2025-07-15,report-06
2025-12-31,2026-01-16,report-12
""",
    "execution/2025/sources.toml": """
[documents.report-06]
title = "2025 年上半年预算执行表"
[documents.report-12]
title = "2025 年预算执行表"
[documents.county-8]
title = "关于追加康复救助经费的通知"
issuer = "演示县财政局"
number = "演财预〔2025〕8号"
date = 2025-08-01
sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
""",
    "projects/2025/projects.csv": """
项目编码,项目名称,类别,政策依据,实施单位,对象,开始日期,结束日期,状态,计划人数,实际人数,来源文件
KF-01,残疾儿童康复救助,康复,《演示省残疾儿童康复救助办法》,演示县残疾人综合服务中心,0 至 14 岁的残疾儿童,2025-01-01,2025-12-31,已完成,50,48,plan
""",
    "projects/2025/funding.csv": """
项目编码,资金来源,文号,下达日期,下达金额(元),到账日期,到账金额(元),功能科目编码,来源文件
KF-01,省,演省财社〔2025〕3号,2025-01-10,400000.00,2025-01-20,400000.00,2081104,province-3
KF-01,县,演财预〔2025〕1号,2025-02-01,200000.00,2025-02-10,200000.00,2081104,county-1
""",
    "projects/2025/payments.csv": """
项目编码,序号,日期,金额(元),收款方类型,收款单位,经济科目编码,用途,来源文件
KF-01,01,2025-06-20,200000.00,单位,演示康复中心,30399,1 月至 5 月训练费,ledger
KF-01,02,2025-12-10,380000.00,单位,演示康复中心,30399,6 月至 12 月训练费,ledger
""",
    "projects/2025/sources.toml": """
[documents.plan]
title = "2025 年项目计划"
[documents.province-3]
title = "省级补助资金通知"
[documents.county-1]
title = "部门预算批复"
[documents.ledger]
title = "拨付台账"
""",
    "evaluations/2025/evaluations.csv": """
编号,项目编码,类型,评价机构,选取方式,合同编号,费用(元),利益冲突声明,评价期间,报告日期,公开日期,总分,原等级,自评总分,来源文件
PJ-01,KF-01,绩效评价,演示会计师事务所,公开招标,演残评〔2026〕1号,12000.00,没有利益冲突。,2025 年,2026-03-02,2026-03-16,86.5,良,95.0,report
""",
    "evaluations/2025/scores.csv": """
编号,维度,满分,第三方得分,自评得分,来源文件
PJ-01,过程,20,18.0,19.0,report
PJ-01,产出,80,68.5,76.0,report
""",
    "evaluations/2025/sources.toml": """
[documents.report]
title = "残疾儿童康复救助绩效评价报告"
""",
}
LINES, PROJECTS, FUNDING, PAYMENTS = (
    "execution/2025/lines.csv", "projects/2025/projects.csv", "projects/2025/funding.csv", "projects/2025/payments.csv",
)  # fmt: skip
EVALUATIONS, SCORES = "evaluations/2025/evaluations.csv", "evaluations/2025/scores.csv"


@dataclass(frozen=True)
class Desk:
    """The clerk's folder: what she writes, and what the program answers."""

    folder: Path

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.lstrip("\n"), encoding="utf-8", newline="")

    def write_bytes(self, path: str, content: bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(content)

    def text(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        """Changes the one place where `old` stands."""
        text = self.text(path)
        assert text.count(old) == 1, (text.count(old), old)
        self.write(path, text.replace(old, new))

    def add(self, path: str, *lines: str) -> None:
        self.write(path, self.text(path) + "".join(f"{line}\n" for line in lines))

    def keep_header(self, path: str) -> None:
        """Every row taken out, and said to be none."""
        self.write(path, self.text(path).partition("\n")[0] + "\n本表无数据\n")

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def account(self) -> Account:
        return account(self.folder)

    def problems(self) -> list[tuple[str, str, int | None, str, str, str]]:
        """(severity, file, row, column, value, kind) of everything wrong, as `check` lists it."""
        return [(p.severity, p.file, p.row, p.column, p.value, p.kind) for p in self.account().problems]

    def book(self) -> Book:
        """Facts and comparisons before the gate."""
        found = self.account()
        assert found.inputs is not None and errors(found.inputs.problems) == [], found.problems
        return compute(found.inputs)

    def site(self) -> Site:
        found = self.account()
        assert found.public is not None, found.problems
        return Site(found.inputs, found.public, found.as_of.isoformat() if found.as_of else "")

    def pages(self) -> dict[str, Page]:
        """Every page of the site by its path, without hand-written ones."""
        return {
            page.path: page for page in assemble.all_pages(self.site(), self.folder / "no-pages", lambda said: None)
        }


def desk(folder: Path, *only: str) -> Desk:
    """The whole publisher, or only the registers named."""
    made = Desk(folder)
    for path, text in FILES.items():
        register = path.partition("/")[0]
        if register not in registers.ORDER or not only or register in only:
            made.write(path, text)
    return made
