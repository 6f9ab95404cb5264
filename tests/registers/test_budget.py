"""The budget in plain words: totals, shares, change against the year before, and the reason for what moved much."""

from fractions import Fraction

import pytest

from scripts.cells import State
from tests.small_publisher import PROJECTS, desk

HEADER = "功能分类科目编码/类,功能分类科目编码/款,功能分类科目编码/项,功能分类科目名称,支出预算/合计,支出预算/基本支出,支出预算/项目支出\n"
CHANGES = "budget/2025/changes.csv"
TABLE = "支出预算总表.csv"


def budget(found, year: int, items: dict[str, tuple[str, str]], unit="万元") -> None:
    """Items of 208 11 by their last two digits: (name, amount), all of it running cost."""
    total = f"{sum(float(amount or 0) for _, amount in items.values()):.2f}"
    rows = [f"208,,,社会保障和就业支出,{total},{total},", f"208,11,,残疾人事业,{total},{total},"]
    rows += [f"208,11,{code},{name},{amount},{amount}," for code, (name, amount) in items.items()] + [
        f"合计,,,,{total},{total},"
    ]
    found.write(f"budget/{year}/{TABLE}", HEADER + "\n".join(rows) + "\n")
    found.write(
        f"budget/{year}/sources.toml",
        f'[tables."{TABLE}"]\nunit = "{unit}"\n[documents.approval]\ntitle = "批复"\n' if unit else "",
    )


@pytest.fixture
def found(tmp_path):
    made = desk(tmp_path, "organisation")
    budget(
        made,
        2024,
        {
            "01": ("行政运行", "100.00"),
            "04": ("残疾人康复", "50.00"),
            "05": ("残疾人就业", "0.00"),
            "06": ("残疾人体育", ""),
        },
    )
    budget(
        made,
        2025,
        {
            "01": ("行政运行", "110.00"),
            "04": ("残疾人康复", "30.00"),
            "05": ("残疾人就业", "5.00"),
            "06": ("残疾人体育", "5.00"),
        },
    )
    return made


def values(facts, *names: str) -> tuple:
    return tuple(
        f if f is None else f.value if f.known else f.state
        for f in (facts.get(f"budget/2025/{name}") for name in names)
    )


def kinds(found) -> list[tuple]:
    return [(p[0], p[1], p[4], p[5]) for p in found.problems() if not p[5].startswith("official-")]


def test_totals_and_shares(found):
    facts = found.book().facts
    assert values(facts, "spent", "basic", "class/208/share", "income") == (150_000_000, 150_000_000, Fraction(1), None)


def test_change_against_the_year_before(found):
    facts = found.book().facts
    assert values(facts, "spent-change", "spent-growth", "item/2081101/growth", "item/2081104/change", "item/2081104/growth") == (
        0, Fraction(0), Fraction(1, 10), -20_000_000, Fraction(-2, 5),
    )  # fmt: skip
    assert values(facts, "item/2081105/growth", "item/2081106/growth") == (State.NOT_APPLICABLE, None)


def test_amounts_without_a_unit_are_compared_with_no_other_year(found):
    budget(found, 2025, {"01": ("行政运行", "110.00")}, unit="")
    assert values(found.book().facts, "spent-change", "item/2081101/growth") == (None, None)


def test_without_the_table_of_reasons_none_is_asked_for(found):
    assert kinds(found) == []


def test_who_keeps_reasons_keeps_them_whole(found):
    """More than a tenth up or down, and money where there was none: zero and blank alike."""
    found.write(CHANGES, "科目编码,增减原因,来源文件\n本表无数据\n")
    assert kinds(found) == [
        ("warning", CHANGES, code, "missing-change-reason") for code in ("2081104", "2081105", "2081106")
    ]
    found.write(CHANGES, "科目编码,增减原因,来源文件\n")
    found.add(CHANGES, "2081104,两家机构停办,approval", "2081105,新增,approval", "2081106,新增,approval")
    assert kinds(found) == []
    assert "两家机构停办" in found.pages()["budget/2025/"].blocks["items.html"]


def test_an_item_that_is_new_needs_its_reason(found):
    budget(found, 2025, {"01": ("行政运行", "110.00"), "99": ("其他残疾人事业支出", "1.00")})
    found.write(CHANGES, "科目编码,增减原因,来源文件\n本表无数据\n")
    assert kinds(found) == [("warning", CHANGES, "2081199", "missing-change-reason")]


def test_a_change_within_the_publishers_threshold_needs_none(found):
    found.add("publisher.toml", "[thresholds]", 'variance = "0.5"')
    found.write(CHANGES, "科目编码,增减原因,来源文件\n2081105,新增,approval\n2081106,新增,approval\n")
    assert kinds(found) == []


def test_reasons_stand_under_whole_codes_and_once(found):
    found.write(
        CHANGES, "科目编码,增减原因,来源文件\n81104,x,approval\n2081104,,approval\n2081105,x,approval\n2081105,y,批复\n"
    )
    assert [p[2:] for p in found.problems() if p[0] == "error" and p[1] == CHANGES] == [
        (3, "增减原因", "", "required"), (5, "来源文件", "批复", "missing-document"), (5, "科目编码", "2081105", "duplicate-key"),
    ]  # fmt: skip


def test_targets_belong_to_projects_of_the_year(tmp_path):
    made = desk(tmp_path, "projects")
    made.write("budget/2025/sources.toml", '[documents.t]\ntitle = "目标"\n')
    made.write(
        "budget/2025/project_targets.csv",
        "项目编码,指标,目标值,来源文件\nKF-01,服务人数,≥50人,t\nKF-02,满意度,≥95%,t\n",
    )
    assert made.problems() == [("error", "budget/2025/project_targets.csv", 3, "项目编码", "KF-02", "foreign-key")]
    made.add(PROJECTS, "KF-02,辅助器具适配,辅具,《办法》,中心,持证残疾人,2025-01-01,2025-12-31,进行中,3,2,plan")
    pages = made.pages()
    assert (
        "≥50人" in pages["projects/2025/kf-01/"].blocks["targets.html"]
        and "≥50人" not in pages["projects/2025/kf-02/"].blocks["targets.html"]
    )


def test_codes_that_changed_their_name_may_not_be_compared_as_one(found):
    budget(found, 2025, {"01": ("机关运行", "110.00"), "04": ("残疾人康复", "30.00")})
    year = found.pages()["budget/2025/"].markdown
    assert "上一年叫<q data-text>行政运行</q>，这一年叫<q data-text>机关运行</q>" in year


def test_a_changed_coverage_is_said(found):
    found.write("organisation/2024/units.csv", found.text("organisation/2025/units.csv").replace(",否,", ",是,"))
    found.write("organisation/2024/sources.toml", found.text("organisation/2025/sources.toml"))
    pages = found.pages()
    assert (
        "两年算进来的单位不一样" in pages["budget/2025/"].markdown
        and "两年算进来的单位不一样" not in pages["budget/2024/"].markdown
    )
