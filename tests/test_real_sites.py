"""Published tables, from their raw files to a sealed site: nothing changed, nothing left out, what is missing said."""

import csv
import html
import re
from pathlib import Path

import pytest

from scripts import account, official, seal, site
from tests.real_sets import COMPLETE, FOLDER, RealSet, brought_in

PARTIAL = [
    RealSet("jingzhou-cl-2021-budget", "budget", 2021, None),
    RealSet("qinghai-cl-2015", "final_accounts", 2015, "万元"),
    RealSet("baise-kangfu-2021", "final_accounts", 2021, "万元"),
    RealSet("xicheng-zykf-2020", "final_accounts", 2020, "元"),
    RealSet("guangdong-cl-2014-budget", "budget", 2014, "万元"),
    RealSet("longgang-cl-2016-budget", "budget", 2016, "万元"),
]
CHAIN = {"putuo-wanli-2025-budget": ["putuo-wanli-2024-budget"]}  # one publisher, two years
PUBLISHERS = [each for each in COMPLETE + PARTIAL if (FOLDER / each.name / "publisher").is_dir()]
WANLI = next(each for each in COMPLETE if each.name == "putuo-wanli-2025-budget")


def by_name(name: str) -> RealSet:
    return next(each for each in COMPLETE + PARTIAL if each.name == name)


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Built once for each publisher, when first asked for."""
    built: dict[str, Path] = {}

    def of(each: RealSet) -> Path:
        if each.name not in built:
            folder = tmp_path_factory.mktemp("real") / each.name
            found = account.account(each.folder / "publisher")
            assert found.public is not None, [p.line() for p in found.problems]
            made = site.build(found, folder, lambda _: None)
            assert [p.line() for p in made.problems] == []
            built[each.name] = folder
        return built[each.name]

    return of


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def text(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", fragment)).strip()


def test_every_complete_set_has_its_publisher_beside_it():
    without = {each.name for each in COMPLETE + PARTIAL} - {each.name for each in PUBLISHERS}
    assert without == {name for names in CHAIN.values() for name in names}


@pytest.mark.parametrize("each", PUBLISHERS, ids=lambda each: each.name)
def test_importing_the_raw_files_gives_the_publisher_beside_them(each, tmp_path):
    for name in [*CHAIN.get(each.name, []), each.name]:
        brought_in(by_name(name), tmp_path)
    kept = each.folder / "publisher"
    expected = {p.relative_to(kept).as_posix(): p.read_bytes() for p in kept.rglob("*") if p.is_file() and p.name != "publisher.toml"}
    assert {p.relative_to(tmp_path).as_posix(): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == expected


@pytest.mark.parametrize("each", PUBLISHERS, ids=lambda each: each.name)
def test_a_published_set_becomes_a_sealed_site(each, sites):
    folder = sites(each)
    assert [p.line() for p in seal.verify(folder)] == []
    year = official.read_year(each.folder / "publisher", each.register, each.year)
    base = folder / each.register.replace("_", "-") / str(each.year)
    for kind in year.tables:
        assert (base / kind.replace("_", "-") / "index.html").is_file()
    shown = text(read(base / "index.html"))
    assert [title for title in official_titles(year) if f"《{title}》" not in shown] == []
    if any(table.unit is None for table in year.tables.values()):
        assert "原件没有写金额单位的表" in shown


def official_titles(year: official.Year) -> list[str]:
    from scripts.official import kinds

    return [kinds.load(year.year)[kind].title(year.register) for kind in year.missing]


@pytest.mark.parametrize("each", COMPLETE, ids=lambda each: each.name)
def test_official_tables_stand_on_their_pages_cell_by_cell_as_published(each, sites):
    publisher = next(p for p in PUBLISHERS if each.name in (p.name, *CHAIN.get(p.name, [])))
    folder = sites(publisher) / each.register.replace("_", "-") / str(each.year)
    year = official.read_year(publisher.folder / "publisher", each.register, each.year)
    for kind, table in year.tables.items():
        page = read(folder / kind.replace("_", "-") / "index.html")
        body = re.search(r"<tbody>(.*?)</tbody>", page, re.S)
        rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body[1], re.S)
        expected = [[cell.strip() for cell in texts] for _, texts in table.grid]
        assert [cells(row)[: len(table.header)] for row in rows] == expected


def cells(row: str) -> list[str]:
    """The texts of a table row, without what stands under a name on a phone."""
    return [text(cell.partition('<span class="under')[0]) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)]


def test_two_budgets_of_one_office_are_compared(sites):
    page = text(read(sites(WANLI) / "budget" / "2025" / "index.html"))
    # 189,767,551 − 156,211,123 = 33,556,428 yuan; 33,556,428 ÷ 156,211,123 = 21.48 %
    assert "比上一年的预算多 3,355.64 万元，增长 21.5%。" in page
    assert "2024 年" in page


def test_the_explanations_of_an_office_are_the_reasons_of_its_variances(sites):
    page = text(read(sites(by_name("putuo-caizhengju-2024")) / "final-accounts" / "2024" / "index.html"))
    assert "因产业政策扶持资金管理系统项目进度，调减相关经费" in page
    assert "联系方式" in text(read(sites(by_name("putuo-caizhengju-2024")) / "index.html"))


def test_the_rounding_differences_of_an_office_are_all_in_its_list_of_comparisons(sites):
    lines = list(csv.reader((sites(by_name("putuo-caizhengju-2024")) / "comparisons.csv").read_text(encoding="utf-8-sig").splitlines()))
    verdicts = [line[lines[0].index("结果")] for line in lines[1:]]
    assert verdicts.count("舍入差") == 10
    assert set(verdicts) == {"平", "舍入差"}
    assert verdicts[:10] == ["舍入差"] * 10  # failures first
