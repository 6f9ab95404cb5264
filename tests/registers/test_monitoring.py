"""Monitoring: distance to target, the way from the base, a yearly score by published weights, compared only on the same terms."""

import re
from fractions import Fraction

import pytest

from scripts.cells import State
from tests.small_publisher import Desk, desk

HEAD = "维度,指标,方向,基期值,目标值,实际值,权重,改进措施,统计日期,公开日期,来源文件"
ROWS = (
    "脱贫攻坚,低保覆盖,正向,80%,≥90%,81%,40,按月比对,{}-12-31,,report",
    "助残惠残项目,到账用时,反向,50天,≤30天,40天,30,按期下达,{}-12-31,,report",
    "基层服务能力建设,服务站,正向,10个,20个,25个,20,,{}-12-31,,report",
    "维护残疾人合法权益,按时办结率,正向,98%,≥98%,98%,10,,{}-12-31,,report",
)
INDICATORS = "monitoring/2025/indicators.csv"


def monitor(folder, change: tuple[str, str] = ("", ""), before: tuple[str, str] | None = None, rows=ROWS) -> Desk:
    found = desk(folder, "organisation")
    for year, swap in ((2025, change), (2024, before)):
        if swap is not None:
            text = "\n".join((HEAD, *(row.format(year) for row in rows))) + "\n"
            assert swap[0] in text
            found.write(f"monitoring/{year}/indicators.csv", text.replace(*swap) if swap[0] else text)
            found.write(f"monitoring/{year}/sources.toml", '[documents.report]\ntitle = "监测报告"\n')
    return found


def said(found: Desk) -> str:
    return re.sub(r"<[^>]*>", "", re.sub(r"\]\([^)]*\)", "]", found.pages()["monitoring/2025/"].markdown))


def values(found: Desk, *names: str) -> list:
    facts = found.book().facts
    return [fact.value if fact.known else fact.state for fact in (facts[f"monitoring/2025/{name}"] for name in names)]


def test_distance_way_and_score_of_each(tmp_path):
    found = monitor(tmp_path)
    assert values(found, "脱贫攻坚+低保覆盖/reached", "脱贫攻坚+低保覆盖/travelled", "脱贫攻坚+低保覆盖/score") == [Fraction(9, 10), Fraction(1, 10), 36]
    assert values(found, "助残惠残项目+到账用时/reached", "助残惠残项目+到账用时/travelled") == [Fraction(3, 4), Fraction(1, 2)]
    assert values(found, "基层服务能力建设+服务站/reached", "基层服务能力建设+服务站/score") == [Fraction(5, 4), 20]  # no more than the full mark
    assert values(found, "维护残疾人合法权益+按时办结率/travelled") == [State.NOT_APPLICABLE]  # base and target are the same
    assert found.problems() == []


def test_the_yearly_score_is_the_sum_by_weights(tmp_path):
    found = monitor(tmp_path)
    assert values(found, "composite", "dimension/脱贫攻坚/score", "dimension/脱贫攻坚/weight", "dimensions-count", "indicators-count", "missed-count") == [
        Fraction(177, 2), 36, 40, 4, 4, 2,
    ]  # fmt: skip
    facts = found.book().facts
    assert facts["monitoring/2025/composite"].inputs[0] == "monitoring/2025/脱贫攻坚+低保覆盖/score"


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "kind"),
    [
        (",81%,", ",八成,", 2, "实际值", "monitoring-unread"), (",≥90%,", ",全覆盖,", 2, "目标值", "monitoring-unread"), (",81%,", ",81户,", 2, "实际值", "indicator-units"),
        ("正向,80%", "反向,80%", 2, "方向", "rule-against-target"), ("按月比对", "", 2, "改进措施", "monitoring-no-measure"), (",25个,20,", ",25个,21,", 5, "权重", "monitoring-weights"),
        ("10个,20个,25个", "10人,20人,4人", 4, "实际值", "indicator-small-count"), ("10个,20个,25个", "1人,20人,25人", 4, "基期值", "indicator-small-count"),
    ],
)  # fmt: skip
def test_planted_errors_are_told_at_their_cells(tmp_path, old, new, row, column, kind):
    told = [(p[2], p[3]) for p in monitor(tmp_path, (old, new)).problems() if p[5] == kind]
    assert told == [(row, column)]


@pytest.mark.parametrize(
    ("actual", "missed"), [("≥90%,90%", False), ("≥90%,89.9%", True), ("90%,90%", False), (">90%,90%", True)]
)
def test_targets_on_both_sides_of_their_boundary(tmp_path, actual, missed):
    found = monitor(tmp_path, ("≥90%,81%", actual))
    assert ("低保覆盖" in said(found).split("没有达到目标的")[1].split("。")[0]) is missed


def test_lower_is_better_where_the_row_says_so(tmp_path):
    found = monitor(tmp_path, ("≤30天,40天", "30天,30天"))
    assert "到账用时" not in said(found).split("没有达到目标的")[1].split("。")[0]
    found = monitor(tmp_path / "b", ("≤30天,40天", "30天,31天"))
    assert "到账用时" in said(found).split("没有达到目标的")[1].split("。")[0]


# ---- sentences


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (None, "上一年没有监测。"), (("81%", "72%"), "比上一年高 [4.00 分]。"), (("81%", "90%"), "比上一年低 [4.00 分]。"), (("", ""), "和上一年相同。"),
        (("≥90%", "≥95%"), "指标、目标或者权重和上一年不同，综合分不能直接比较。"), (("81%", "未公布"), "不能比较。"),
    ],
)  # fmt: skip
def test_the_score_since_the_year_before(tmp_path, before, words):
    assert words in said(monitor(tmp_path, before=before))


def test_what_went_back_and_what_was_missed_are_named(tmp_path):
    markdown = said(monitor(tmp_path, ("81%", "79%")))
    assert "没有达到目标的有 [2 个]：低保覆盖、到账用时。" in markdown and "比基期还差的是低保覆盖。" in markdown


def test_all_reached(tmp_path):
    markdown = said(monitor(tmp_path, rows=tuple(row.replace("81%", "90%").replace("40天", "30天") for row in ROWS)))
    assert "各项指标都达到了目标。" in markdown and "综合分 [100.00 分]" in markdown


def test_a_value_that_was_not_published_leaves_no_score(tmp_path):
    found = monitor(tmp_path, ("81%", "未公布"))
    assert values(found, "composite") == [State.NOT_APPLICABLE] and "算不出综合分" in said(found)


def test_without_rows_the_year_says_so(tmp_path):
    found = monitor(tmp_path)
    found.keep_header(INDICATORS)
    assert "监测没有公布。" in said(found)


def test_charts_show_dimensions_and_years_on_the_same_terms(tmp_path):
    page = monitor(tmp_path / "a", before=("81%", "72%")).pages()["monitoring/2025/"]
    assert "助残惠残项目离满分最远" in page.blocks["dimensions.html"] and "综合分比上一年高 4.00 分" in page.blocks["years-chart.html"]
    other = monitor(tmp_path / "b", before=("≥90%", "≥95%")).pages()["monitoring/2025/"]
    assert "years-chart.html" not in other.blocks
