"""Self-evaluation: scores recomputed by their stated rule, money and weights against each other, and the forms that were published."""

from fractions import Fraction

import pytest

from scripts.cells import State
from scripts.facts import Unit
from tests.registers.results import WAN, rows
from tests.small_publisher import Desk, desk

REVIEWS, FUNDS, INDICATORS, COVERAGE = (f"performance/2025/{name}.csv" for name in ("reviews", "funds", "indicators", "coverage"))
HEADS = {
    REVIEWS: "项目编码,预期目标,实际完成情况,自评总分,自评等级,自评日期,公开日期,来源文件",
    FUNDS: "项目编码,资金,年初预算数(万元),全年预算数(万元),全年执行数(万元),分值,执行率,得分,来源文件",
    INDICATORS: "项目编码,序号,一级指标,二级指标,三级指标,年度指标值,实际完成值,计分方法,分值,得分,偏差原因及改进措施,来源文件",
    COVERAGE: "单位,年初项目数,年中增加项目数,实施项目数,自评项目数,年初预算(万元),全年预算(万元),到位资金(万元),来源文件",
}
FORM = {
    REVIEWS: ["KF-01,训练孩子。,按计划训练。,95.27,优,2026-02-10,2026-03-02,review"],
    FUNDS: [
        "KF-01,年度资金总额,50.00,60.00,58.00,10,96.67%,9.67,review", "KF-01,本年财政拨款,50.00,60.00,58.00,,,,review",
        "KF-01,上年结转资金,0.00,0.00,0.00,,,,review", "KF-01,其他资金,0.00,0.00,0.00,,,,review",
    ],
    INDICATORS: [
        "KF-01,01,产出指标,数量指标,服务人数,≥50人,48人,正向,40,38.40,有的家庭外出,review",
        "KF-01,02,成本指标,经济成本指标,人均支出,≤11000元,12100元,反向,10,9.09,固定费用没有减少,review",
        "KF-01,03,产出指标,时效指标,完成时限,2025年12月底,2025-12-20,时限,10,10.00,,review",
        "KF-01,04,效益指标,社会效益指标,生活改善,效果明显,达成预期指标,定性,20,18.11,,review",
        "KF-01,05,满意度指标,服务对象满意度指标,满意度,≥90%,96.2%,满意度,10,10.00,,review",
    ],
}  # fmt: skip
AT = "performance/2025/KF-01/"


def form(folder, form=FORM, *only: str) -> Desk:
    found = desk(folder, *(only or ("projects", "evaluations")))
    for path, head in HEADS.items():
        if path in form:
            found.write(path, "\n".join((head, *form[path])) + "\n")
    found.write("performance/2025/sources.toml", '[documents.review]\ntitle = "自评表"\n')
    if "evaluations" in (only or ("evaluations",)):
        found.change("evaluations/2025/evaluations.csv", ",95.0,", ",95.27,")
        found.change("evaluations/2025/scores.csv", "76.0", "76.27")
    return found


def values(facts, *names: str, prefix=AT) -> list:
    return [fact.value if fact.known else fact.state for fact in (facts[prefix + name] for name in names)]


def verdicts(found: Desk, identity: str) -> list[tuple[str, str]]:
    return [(each.place, str(each.verdict)) for each in found.book().comparisons if each.identity == f"performance-{identity}"]


def year_page(found: Desk) -> str:
    return found.pages()["performance/2025/"].markdown


def form_page(found: Desk):
    return found.pages()["performance/2025/kf-01/"]


# ---- scores


def test_every_score_is_recomputed_by_its_rule(tmp_path):
    facts = form(tmp_path).book().facts
    assert values(facts, "rate", "rate-score", "indicator/01/score", "indicator/02/score", "indicator/03/score", "indicator/04/score", "indicator/05/score") == [
        Fraction(29, 30), Fraction(29, 3), Fraction(192, 5), Fraction(100, 11), 10, State.NOT_APPLICABLE, 10,
    ]  # fmt: skip
    assert values(facts, "indicator/01/reached", "indicator/02/reached", "indicator/05/reached") == [Fraction(24, 25), Fraction(10, 11), Fraction(481, 450)]
    assert facts[f"{AT}indicator/01/score"].inputs == (f"{AT}indicator/01/reached", "performance/2025/indicators/KF-01+01/weight")
    assert [origin.column for origin in facts[f"{AT}indicator/01/reached"].rows] == ["年度指标值", "实际完成值"]
    assert values(facts, "given", "recomputed") == [
        Fraction("95.27"), Fraction(29, 3) + Fraction(192, 5) + Fraction(100, 11) + 10 + Fraction("18.11") + 10,
    ]  # fmt: skip


def test_a_form_that_keeps_its_rules_has_no_problem(tmp_path):
    found = form(tmp_path)
    assert found.problems() == []
    assert verdicts(found, "score") == [
        ("项目 KF-01，服务人数", "balanced"), ("项目 KF-01，人均支出", "rounding"), ("项目 KF-01，完成时限", "balanced"), ("项目 KF-01，满意度", "balanced"),
    ]  # fmt: skip
    assert [verdicts(found, each)[0][1] for each in ("rate", "rate-score", "total", "allotted", "paid", "self")] == [
        "rounding", "rounding", "balanced", "balanced", "balanced", "balanced",
    ]  # fmt: skip


@pytest.mark.parametrize(("given", "verdict"), [("9.09", "rounding"), ("9.1", "rounding"), ("9.10", "unbalanced"), ("9.08", "unbalanced"), ("9", "rounding"), ("10", "unbalanced")])
def test_a_score_may_be_rounded_as_it_is_printed_and_no_further(tmp_path, given, verdict):
    found = form(tmp_path)
    found.change(INDICATORS, ",9.09,", f",{given},")
    assert dict(verdicts(found, "score"))["项目 KF-01，人均支出"] == verdict


def test_a_score_that_its_rule_does_not_give_is_told_at_its_cell(tmp_path):
    found = form(tmp_path)
    found.change(INDICATORS, ",38.40,", ",40.00,")
    assert ("error", INDICATORS, 2, "得分", "40.00", "unexplained-difference") in found.problems()
    assert ("error", REVIEWS, 2, "自评总分", "95.27", "unexplained-difference") in found.problems()


def test_a_late_day_is_not_scored_for_the_unit(tmp_path):
    found = form(tmp_path)
    found.change(INDICATORS, "2025-12-20", "2026-01-20")
    facts = found.book().facts
    assert values(facts, "indicator/03/score") == [State.NOT_APPLICABLE] and values(facts, "missed-count", prefix="performance/2025/") == [3]


# ---- what the clerk must mend


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "value", "kind"),
    [
        ("48人", "四十八人", 2, "实际完成值", "四十八人", "indicator-unread"), ("≥50人", "大约50人", 2, "年度指标值", "大约50人", "indicator-unread"),
        ("2025-12-20", "按期", 4, "实际完成值", "按期", "indicator-unread"), ("12100元", "1.21万元", 3, "实际完成值", "1.21万元", "indicator-units"),
        ("≤11000元", "≥11000元", 3, "计分方法", "反向", "rule-against-target"), ("正向", "反向", 2, "计分方法", "反向", "rule-against-target"),
        (",20,18.11", ",21,18.11", 6, "分值", "10", "weights-not-full"), (",10,9.09", ",10,10.09", 3, "得分", "10.09", "score-above-full"),
        ("48人", "4人", 2, "实际完成值", "", "indicator-small-count"), ("48人", "4", 2, "实际完成值", "", "indicator-small-count"),
        (",优,", ",良,", 2, "自评等级", "良", "grade-contradicts"),
    ],
)  # fmt: skip
def test_planted_errors_are_told_at_their_cells(tmp_path, old, new, row, column, value, kind):
    found = form(tmp_path)
    path = REVIEWS if "grade" in kind else INDICATORS
    found.change(path, old, new)
    told = [(p[2], p[3], p[4]) for p in found.problems() if p[5] == kind]
    assert told == [(row, column, value)]


def test_five_persons_may_be_told_and_four_not(tmp_path):
    found = form(tmp_path)
    found.change(INDICATORS, "48人", "5人")
    assert "indicator-small-count" not in [p[5] for p in found.problems()]


def test_money_rows_add_up_to_their_total(tmp_path):
    found = form(tmp_path)
    found.change(FUNDS, "本年财政拨款,50.00,60.00", "本年财政拨款,50.00,59.99")
    assert ("error", FUNDS, 2, "全年预算数(万元)", "60.00", "unexplained-difference") in found.problems()


def test_money_and_total_are_those_of_the_other_registers(tmp_path):
    found = form(tmp_path)
    found.change(FUNDS, "年度资金总额,50.00,60.00,58.00,10,96.67%,9.67", "年度资金总额,50.00,61.00,57.00,10,93.44%,9.34")
    told = {(p[2], p[3]) for p in found.problems() if p[5] == "unexplained-difference"}
    assert {(2, "全年预算数(万元)"), (2, "全年执行数(万元)")} <= told


def test_a_review_is_of_a_project_of_its_year(tmp_path):
    found = form(tmp_path)
    found.change(REVIEWS, "KF-01,", "KF-09,")
    assert "foreign-key" in [p[5] for p in found.problems()]


def test_projects_of_the_coverage_add_up(tmp_path):
    found = form(tmp_path, FORM | {COVERAGE: ["县残联,8,2,10,10,,,,review"]})
    assert found.problems() == []
    found.change(COVERAGE, "8,2,10,10", "8,2,11,12")
    assert [(p[2], p[3], p[4]) for p in found.problems()] == [(2, "实施项目数", "11"), (2, "自评项目数", "12")]


# ---- what published forms say


def real(funds: list[list[str]], indicators: list[list[str]] = (), total="100", coverage=()) -> dict:
    kept = {FUNDS: [",".join(each) for each in funds], INDICATORS: [",".join(each) for each in indicators] or ["本表无数据"],
            REVIEWS: [f"KF-01,原件截断。,原件截断。,{total},,2023-09-28,2023-09-28,review"]}  # fmt: skip
    return kept | ({COVERAGE: coverage} if coverage else {})


def money(set_name: str) -> list[list[str]]:
    names = ("年度资金总额", "本年财政拨款", "上年结转资金", "其他资金")
    columns = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    return [["KF-01", name, *(row[column] for column in columns), "review"] for name, row in zip(names, rows(set_name, "项目资金.csv"), strict=True)]


def test_huoshan_its_three_money_rows_are_nothing_beside_a_total(tmp_path):
    found = form(tmp_path, real(money("huoshan-cl-2022-selfeval")), "projects")
    told = [(each.place, each.difference, str(each.verdict)) for each in found.book().comparisons if each.identity == "performance-parts"]
    assert told == [(f"项目 KF-01，{name}", int(Fraction("93.61") * WAN * 100), "unbalanced") for name in ("年初预算数", "全年预算数", "全年执行数")]
    assert verdicts(found, "rate") == [("项目 KF-01", "balanced")] and verdicts(found, "rate-score") == [("项目 KF-01，执行率", "balanced")]
    book = found.book()
    assert book.facts[f"{AT}recomputed"].value == 10  # of the hundred points given, the excerpt shows ten


def test_guichi_total_row_of_nothing_and_a_cost_copied_from_its_target(tmp_path):
    rules = {"≥50个": "正向", "≥100百分比": "正向", "≤90万元": "反向"}
    lines = [
        ["KF-01", f"{number:02d}", row["一级指标"][:4], row["二级指标"], row["三级指标"], row["年度指标值"], row["实际完成值"],
         rules.get(row["年度指标值"], "定性"), row["分值"], row["得分"], "", "review"]
        for number, row in enumerate(rows("guichi-tangxi-2022-selfeval", "绩效指标.csv"), start=1) if row["分值"]
    ]  # fmt: skip
    found = form(tmp_path, real([["" if cell == "0" and i == 6 else cell for i, cell in enumerate(each)] for each in money("guichi-tangxi-2022-selfeval")], lines, "80"), "projects")
    book = found.book()
    by = {(each.identity, each.place): each for each in book.comparisons}
    parts = by["performance-parts", "项目 KF-01，全年执行数"]
    assert (parts.difference, str(parts.verdict)) == (-899740 * 100, "unbalanced")
    cost = by["performance-cost", "项目 KF-01，项目总成本"]
    assert (cost.difference, str(cost.verdict)) == (260 * 100, "unbalanced")
    assert str(by["performance-score", "项目 KF-01，委托业务报告合格率"].verdict) == "balanced"
    assert str(by["performance-score", "项目 KF-01，基建工程委托业务项目数量"].verdict) == "balanced"
    assert [p.kind for p in book.problems if p.kind == "weights-not-full"] == ["weights-not-full"]  # the last row is cut off


def test_linhe_a_target_is_read_and_a_number_cut_off_is_not(tmp_path):
    row, = rows("linhe-cl-2023-selfeval", "指标-截断.csv")
    total = sum(Fraction(each["金额(万元)"]) for each in rows("linhe-cl-2023-selfeval", "资金.csv"))
    assert total == Fraction("51.937")
    line = ["KF-01", "01", "产出指标", "数量指标", row["三级指标"], row["目标值"], row["实际完成值"], "正向", "90", "90", "", "review"]
    found = form(tmp_path, real([["KF-01", "年度资金总额", "51.937", "51.937", "", "10", "", "", "review"]], [line]), "projects")
    book = found.book()
    assert [(p.kind, p.value) for p in book.problems if p.kind == "indicator-unread"] == [("indicator-unread", "40(截断)")]
    assert values(book.facts, "indicator/01/score") == [State.NOT_APPLICABLE]


def test_honghe_eight_and_eight_are_not_fifteen(tmp_path):
    told = {row["项"]: row["值"] for row in rows("honghe-data-2024-selfeval", "概况.csv")}
    line = ["数据中心", told["年初批复项目数"], told["年中增加项目数"], told["实施项目数"], "", told["年初批复预算(万元)"],
            told["调整预算后项目预算"], told["实际到位资金"], "review"]  # fmt: skip
    found = form(tmp_path, FORM | {COVERAGE: [",".join(line)]})
    (each,) = [each for each in found.book().comparisons if each.identity == "performance-projects"]
    assert (each.difference, str(each.verdict)) == (-1, "unbalanced")


def test_shandong_its_rate_is_that_of_its_money(tmp_path):
    told = {row["项目"]: row for row in rows("shandong-cl-2023-overall", "收支与执行.csv")}
    amounts = [told[name]["金额(万元)"] for name in ("年初收支预算", "全年预算", "本年支出合计")]
    printed = told["本年支出合计"]["比例(原文)"].removeprefix("预算执行率")
    found = form(tmp_path, real([["KF-01", "年度资金总额", *amounts, "10", printed, "9.71", "review"]]), "projects")
    assert verdicts(found, "rate") == [("项目 KF-01", "rounding")] and verdicts(found, "rate-score") == [("项目 KF-01，执行率", "rounding")]
    basic = Fraction(told["基本支出"]["金额(万元)"]) / Fraction(told["收支总决算"]["金额(万元)"])
    assert told["基本支出"]["比例(原文)"] == "占比21.49%" and round(basic * 100, 2) == Fraction("21.49")  # of all, not of what was spent


# ---- sentences


def test_the_year_says_how_many_what_and_how_far_from_the_third_party(tmp_path):
    said = year_page(form(tmp_path))
    assert "有 [1 个]" in said and "全部项目都评了。" in said
    assert "能比的指标有 [4 个]" in said and "没有达到目标的 [2 个]" in said
    assert "和第三方差得最多的是<span data-text>残疾儿童康复救助</span>，自评 [95.27 分]" in said and "第三方评 [86.50 分]" in said


EXACT = FORM | {
    FUNDS: [each.replace(",10,96.67%,9.67,", ",9,96.67%,8.70,") for each in FORM[FUNDS]],
    INDICATORS: [each.replace("12100元", "11000元").replace(",9.09,", ",10.00,").replace(",20,18.11,", ",21,18.17,") for each in FORM[INDICATORS]],
}  # fmt: skip


@pytest.mark.parametrize(
    ("total", "said"),
    [("95.27", "分数相同"), ("96.27", "自评高 [1.00 分]"), ("94.27", "自评低 [1.00 分]"), ("未公布", "不能重算")],
)
def test_given_above_below_and_as_recomputed(tmp_path, total, said):
    found = form(tmp_path, EXACT, "projects")
    found.change(REVIEWS, ",95.27,", f",{total},")
    if total[0] == "9" and total != "95.27":
        found.write("explanations.toml", explained(total))
    assert said in form_page(found).markdown and said in year_page(found)


def explained(total: str) -> str:
    difference = Fraction(total) - Fraction("95.27")
    return (
        '[[explanations]]\nidentity = "performance-total"\nplace = "项目 KF-01"\n'
        f'difference = "{float(difference):.2f}"\nreason = "原件如此。"\napproved_by = "科长"\ndate = 2026-03-02\n'
    )


def test_no_third_party_no_comparison_and_no_chart(tmp_path):
    found = form(tmp_path, FORM, "projects")
    page = found.pages()["performance/2025/"]
    assert "第三方差" not in page.markdown and "against.html" not in page.blocks and "没有第三方评价" in page.blocks["forms.html"]


def test_a_unit_harder_on_itself_than_the_third_party(tmp_path):
    found = form(tmp_path)
    found.change("evaluations/2025/evaluations.csv", ",86.5,良", ",96.5,优")
    found.change("evaluations/2025/scores.csv", "68.5", "78.5")
    page = found.pages()["performance/2025/"]
    assert "自评都不比第三方高。" in page.markdown and "自评都不比第三方高" in page.blocks["against.html"]


def test_without_reviews_the_year_says_so(tmp_path):
    found = form(tmp_path, {REVIEWS: ["本表无数据"], FUNDS: ["本表无数据"], INDICATORS: ["本表无数据"]})
    assert "2025 年</time>的绩效自评没有公布。" in year_page(found)


def test_only_words_leave_nothing_to_draw(tmp_path):
    found = form(tmp_path, FORM | {INDICATORS: ["KF-01,01,效益指标,社会效益指标,生活改善,效果明显,达成预期指标,定性,90,85.60,,review"]})
    page = form_page(found)
    assert "没有能用数字比的指标。" in page.markdown and "reached.html" not in page.blocks and "没有能用数字比的指标。" in year_page(found)


def test_the_form_names_the_indicator_furthest_from_its_target(tmp_path):
    found = form(tmp_path)
    assert "离目标最远的是<span data-text>人均支出</span>，达到目标的 [90.9%]" in form_page(found).markdown
    assert "离目标最远的是人均支出，达到 90.9%" in form_page(found).blocks["reached.html"]
    assert form_page(found).blocks["indicators.html"].count("9.09") == 2  # given and recomputed


def test_links_lead_from_the_project_to_its_form_and_back(tmp_path):
    pages = form(tmp_path).pages()
    assert "performance/2025/kf-01/" in pages["projects/2025/kf-01/"].blocks["mentions.html"]
    assert "../../../projects/2025/kf-01/" in pages["performance/2025/kf-01/"].markdown


def test_units_of_what_is_computed(tmp_path):
    facts = form(tmp_path).book().facts
    assert [facts[AT + name].unit for name in ("rate", "rate-score", "recomputed", "indicator/01/reached")] == [Unit.SHARE, Unit.POINTS, Unit.POINTS, Unit.SHARE]


def test_a_value_that_was_not_published_is_no_error_and_no_score(tmp_path):
    found = form(tmp_path)
    found.change(INDICATORS, "48人", "未公布")
    assert found.problems() == [] and values(found.book().facts, "indicator/01/score") == [State.NOT_APPLICABLE]
