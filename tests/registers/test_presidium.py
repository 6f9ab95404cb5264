"""Reports to the presidium: replies and their days, links both ways, and the page whose every number is a fact of elsewhere."""

import re

import pytest

from scripts.duties import Standing
from scripts.facts import Unit
from tests.small_publisher import LINES, Desk, desk

REPORTS, OPINIONS, QUESTIONS, MOTIONS = (f"presidium/2025/{name}.csv" for name in ("reports", "opinions", "questions", "motions"))
FILES = {
    REPORTS: """
编号,种类,报告题名,报告日期,会议日期,应到,实到,赞成,反对,弃权,表决,公开日期,来源文件
BG-2025-1,年中报告,关于上半年预算执行情况的报告,2025-07-20,2025-08-01,11,10,,,,没有表决,2025-08-05,report
BG-2025-2,年度报告,关于全年预算执行情况的报告,2026-01-20,2026-02-02,11,9,7,0,2,通过,2026-02-06,report
""",
    OPINIONS: """
编号,报告编号,意见,项目编码,承办,状态,做了什么,落实日期,来源文件
SY-2025-01,BG-2025-2,训练记录要补齐。,KF-01,康复科,已落实,已补齐。,2026-03-01,report
SY-2025-02,BG-2025-2,报告的字要大。,,办公室,没有落实,,,report
""",
    QUESTIONS: """
编号,提出日期,科目编码,项目编码,评价编号,问题编号,问题,答复期限,状态,答复,答复日期,后续,来源文件
TW-2025-01,2025-08-01,2081104,KF-01,,,为什么只用了三分之一？,2025-09-01,已答复,下半年付得多。,2025-09-03,年底付完了。,report
TW-2025-02,2026-02-02,2081101,,PJ-01,,自评为什么高？,2026-03-02,正在办理,,,,report
TW-2025-03,2026-02-02,,,,,开会能不能早通知？,2026-04-02,正在办理,,,,report
""",
    MOTIONS: """
编号,提出日期,案由,项目编码,承办,答复期限,状态,答复,答复日期,是否满意,来源文件
TA-2025-01,2025-08-01,设一个辅助器具借用点,KF-01,康复科,2025-11-01,已答复,设了。,2025-10-20,满意,report
""",
    "presidium/2025/sources.toml": """
[documents.report]
title = "报告和纪要"
""",
}
PAGE = "presidium/2025/"


def whole(folder, *only: str) -> Desk:
    """The small publisher with what its presidium heard."""
    found = desk(folder, *only)
    for name, text in FILES.items():
        found.write(name, text)
    return found


def said(markdown: str) -> str:
    """A page's sentences without links and marks."""
    return re.sub(r"<[^>]+>", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown))


def page(found: Desk):
    return found.pages()[PAGE]


# ---- facts


def test_measures_count_what_was_heard_and_answered(tmp_path):
    facts = whole(tmp_path).book().facts
    names = ("reports-count", "opinions-count", "opinions-done", "questions-count", "questions-answered", "motions-count", "motions-answered", "motions-satisfied")
    assert [facts[f"presidium/2025/{name}"].value for name in names] == [1, 2, 1, 3, 1, 1, 1, 1]
    assert facts["presidium/2025/reports-count"].unit is Unit.OCCASIONS
    share = facts["presidium/2025/attendance@BG-2025-2"]
    assert (share.value.numerator, share.value.denominator) == (9, 11)


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (",11,9,7,0,2,", ",9,9,7,0,2,", []), (",11,9,7,0,2,", ",8,9,7,0,2,", ["unexplained-difference"]),
        (",11,9,7,0,2,", ",11,9,7,1,2,", ["unexplained-difference"]), (",11,9,7,0,2,", ",11,9,6,0,2,", []),
    ],
)  # fmt: skip
def test_nobody_votes_who_is_not_there(tmp_path, old, new, kinds):
    found = whole(tmp_path)
    found.change(REPORTS, old, new)
    assert [p[5] for p in found.problems()] == kinds


def test_a_reply_by_the_day_that_was_set_is_on_time_and_a_later_one_is_not(tmp_path):
    found = whole(tmp_path)

    def standings() -> list[tuple]:
        return sorted((d.title, d.standing, d.judged.days) for d in found.site().duties if d.register == "presidium" and d.rule == "promised")

    assert standings() == [
        ("答复提案 TA-2025-01", Standing.ON_TIME, 0), ("答复提问 TW-2025-01", Standing.LATE, 2),
        ("答复提问 TW-2025-02", Standing.OVERDUE, 29), ("答复提问 TW-2025-03", Standing.PENDING, 0),
    ]  # fmt: skip
    found.change(QUESTIONS, "2025-09-03", "2025-09-01")
    assert standings()[1] == ("答复提问 TW-2025-01", Standing.ON_TIME, 0)


# ---- what contradicts itself


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (QUESTIONS, "下半年付得多。", "", ("error", QUESTIONS, 2, "状态", "已答复", "done-without-proof")),
        (QUESTIONS, "2025-09-03", "", ("error", QUESTIONS, 2, "状态", "已答复", "done-without-proof")),
        (QUESTIONS, "正在办理,,,,report\nTW-2025-03", "正在办理,,2026-03-01,,report\nTW-2025-03",
         ("error", QUESTIONS, 3, "答复日期", "2026-03-01", "dated-but-not-done")),
        (QUESTIONS, "2025-09-03", "2025-07-31", ("error", QUESTIONS, 2, "答复日期", "2025-07-31", "days-reversed")),
        (QUESTIONS, "2026-04-02", "2026-02-01", ("error", QUESTIONS, 4, "答复期限", "2026-02-01", "days-reversed")),
        (OPINIONS, "已补齐。", "", ("error", OPINIONS, 2, "状态", "已落实", "done-without-proof")),
        (MOTIONS, "2025-10-20", "", ("error", MOTIONS, 2, "状态", "已答复", "done-without-proof")),
        (QUESTIONS, "2081101,,PJ-01", "2081109,,PJ-01", ("error", QUESTIONS, 3, "科目编码", "2081109", "foreign-key")),
        (QUESTIONS, "TW-2025-03,2026-02-02,,,,,", "TW-2025-03,2026-02-02,,,,WT-2025-09,", ("error", QUESTIONS, 4, "问题编号", "WT-2025-09", "foreign-key")),
        (QUESTIONS, "2081101,,PJ-01", "2081101,,PJ-09", ("error", QUESTIONS, 3, "评价编号", "PJ-09", "foreign-key")),
        (OPINIONS, "SY-2025-01,BG-2025-2", "SY-2025-01,BG-2025-9", ("error", OPINIONS, 2, "报告编号", "BG-2025-9", "foreign-key")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_cell(tmp_path, file, old, new, told):
    found = whole(tmp_path)
    found.change(file, old, new)
    assert found.problems() == [told]


def test_a_reply_on_the_day_of_the_question_is_no_contradiction(tmp_path):
    found = whole(tmp_path)
    found.change(QUESTIONS, "2025-09-03", "2025-08-01")
    assert found.problems() == []


# ---- links both ways


def test_a_question_leads_to_its_line_project_and_evaluation_and_each_leads_back(tmp_path):
    pages = whole(tmp_path).pages()
    asked = pages[PAGE].blocks["asked.html"]
    assert 'id="tw-2025-01"' in asked
    for target in ("../../execution/2025/lines/index.html#L5", "../../projects/2025/kf-01/index.html", "../../evaluations/2025/pj-01/index.html"):
        assert f'href="{target}"' in asked
    back = 'href="../../../presidium/2025/index.html#tw-2025-0{}"'
    assert back.format(1) in pages["projects/2025/kf-01/"].blocks["mentions.html"]
    assert back.format(2) in pages["evaluations/2025/pj-01/"].blocks["mentions.html"]
    assert back.format(1) in pages["execution/2025/lines/"].blocks["named.html"] and back.format(2) in pages["execution/2025/lines/"].blocks["named.html"]


# ---- the page


def test_every_number_of_the_money_is_a_fact_of_execution(tmp_path):
    found = whole(tmp_path)
    made, facts = page(found), found.site().facts
    keys = set(re.findall(r'data-fact="([^"]+)"', "".join(made.blocks.values()))) | set(re.findall(r"#f-([^ ]+) \"", made.markdown))
    assert {key for key in keys if not key.startswith(("execution/", "projects/", "evaluations/", "presidium/", "commitments/"))} == set()
    assert keys <= {fact.key for fact in facts}
    assert "execution/2025/executed@2025-12-31" in keys and "projects/2025/KF-01/paid" in keys and "evaluations/2025/evaluations/PJ-01/total" in keys


def test_the_table_names_projects_under_their_function_and_what_is_no_project_by_itself(tmp_path):
    found = whole(tmp_path)
    found.add(LINES, "2081104,残疾人康复,,10000.00,0.00,10000.00,2025-06-30,0.00,,report-06", "2081104,残疾人康复,,10000.00,0.00,10000.00,2025-12-31,10000.00,,report-12")
    table = re.sub(r"<[^>]+>", " ", page(found).blocks["functions.html"])
    order = [table.index(word) for word in ("行政运行", "残疾人康复", "残疾儿童康复救助", "不属于项目的", "合计")]
    assert order == sorted(order)


def test_open_questions_come_first_and_the_overdue_one_says_so(tmp_path):
    asked = page(whole(tmp_path)).blocks["asked.html"]
    assert asked.index("TW-2025-02") < asked.index("TW-2025-01")
    assert "过期没有答复" in asked and "还没有答复。" in asked and asked.count("event overdue") == 1 and asked.count("event rectifying") == 1


FINDINGS, ACTIONS = "rectifications/2025/findings.csv", "rectifications/2025/actions.csv"


def pointed_out(found: Desk, *actions: str) -> None:
    """Two findings, one of which the presidium raised, and what was done about them."""
    head = "问题编号,来源,来源编号,项目编码,类别,问题,金额(元),责任单位,提出日期,整改期限,公开日期,来源文件"
    rows = ["WT-2025-01,主席团,TW-2025-01,KF-01,程序,没有登记等候,,康复科,2025-08-01,2025-12-31,2025-08-10,book",
            "WT-2025-02,审计,演审〔2025〕1号,KF-01,资金,多付训练费,,康复科,2025-09-01,2026-06-30,2025-09-10,book"]  # fmt: skip
    found.write(FINDINGS, "\n".join([head, *rows]) + "\n")
    head = "问题编号,序号,日期,状态,整改到位金额(元),未到位金额(元),措施,证据文件,证据日期,证据sha256,来源文件"
    found.write(ACTIONS, "\n".join([head, *(actions or ["本表无数据"])]) + "\n")
    found.write("rectifications/2025/sources.toml", '[documents.book]\ntitle = "台账"\n')


def closed(no: str) -> str:
    return f"{no},01,2025-11-20,已整改,,,补齐了,记录,2025-11-20,{'0a' * 32},book"


@pytest.mark.parametrize(
    ("actions", "sentence", "marks"),
    [
        ((), "没有整改完的问题 2 个，其中过期的 1 个。", ["overdue", "open"]),
        ((closed("WT-2025-01"), "WT-2025-02,01,2026-01-20,正在整改,,,在追回,,,,book"), "没有整改完的问题 1 个，没有过期的。", ["rectifying"]),
        ((closed("WT-2025-01"), closed("WT-2025-02")), "指出的问题都整改完了。", []),
    ],
)  # fmt: skip
def test_open_findings_stand_on_the_first_sheet_overdue_first(tmp_path, actions, sentence, marks):
    found = whole(tmp_path)
    pointed_out(found, *actions)
    pages = found.pages()
    assert sentence in said(pages[PAGE].markdown)
    assert re.findall(r'class="event (\w+)"', pages[PAGE].blocks.get("findings.html", "")) == marks
    home = said(pages[""].markdown)
    assert {0: "2025 年指出的问题都整改完了。", 1: "没有整改完的 1 个，都还没有过期限。", 2: "没有整改完的 2 个，其中过了期限的 1 个。"}[len(marks)] in home


def test_a_question_and_its_finding_lead_to_each_other(tmp_path):
    found = whole(tmp_path)
    pointed_out(found)
    found.change(QUESTIONS, "TW-2025-03,2026-02-02,,,,,", "TW-2025-03,2026-02-02,,,,WT-2025-02,")
    pages = found.pages()
    assert pages[PAGE].blocks["asked.html"].count("rectifications/2025/wt-2025-0") == 2
    for no, question in ((1, 1), (2, 3)):
        html = "".join([pages[f"rectifications/2025/wt-2025-0{no}/"].markdown, *pages[f"rectifications/2025/wt-2025-0{no}/"].blocks.values()])
        assert f"presidium/2025/index.html#tw-2025-0{question}" in html


def test_the_home_page_leads_the_presidium_to_its_page_and_says_what_is_not_published(tmp_path):
    home = whole(tmp_path).pages()[""]
    assert 'href="presidium/2025/index.html"' in home.blocks["doors.html"]
    assert "整改台账没有公布。" in said(home.markdown) and "没有写明按哪个改革方案。" in said(home.markdown)


def test_what_nobody_published_is_said_to_be_missing(tmp_path):
    text = said(page(whole(tmp_path)).markdown)
    assert "整改台账没有公布。" in text and "没有写明按哪个改革方案。" in text and "上一年没有公布审议意见。" in text


def test_a_presidium_alone_has_a_page_all_the_same(tmp_path):
    found = whole(tmp_path, "organisation")
    found.write(QUESTIONS, FILES[QUESTIONS].replace("2081104,KF-01,", ",,").replace("2081101,,PJ-01", ",,"))
    found.write(OPINIONS, FILES[OPINIONS].replace("KF-01", ""))
    found.write(MOTIONS, FILES[MOTIONS].replace("KF-01", ""))
    made = page(found)
    text = said(made.markdown)
    assert "2025 年的预算执行没有公布。" in text and "functions.html" not in made.blocks and "projects.html" not in made.blocks


def sentences(found: Desk) -> str:
    return said(page(found).markdown).partition("## ")[0]


def earlier(found: Desk, spent: str) -> None:
    """The year before in one line."""
    found.write("execution/2024/lines.csv", FILES_2024.format(spent=spent, left=""))
    found.write("execution/2024/reports.csv", "截至日期,公开日期,来源文件\n2024-12-31,2025-01-16,report\n")
    found.write("execution/2024/sources.toml", '[documents.report]\ntitle = "执行表"\n')


FILES_2024 = """
科目编码,科目名称,项目编码,年初预算数(元),调整数(元),全年预算数(元),截至日期,累计执行数(元),偏差原因,来源文件
2081101,行政运行,,{spent},0.00,{spent},2024-12-31,{spent},没有偏差,report
"""


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("1500000.00", "比上一年多 4.00 万元，增长 2.7%。"), ("1600000.00", "比上一年少 6.00 万元，下降 3.8%。"), ("1540000.00", "和上一年相同。"),
        ("0.00", "比上一年多 154.00 万元，上一年没有支出。"), ("未公布", "上一年的数不能比较。"), ("", "上一年的数没有公布，不能比较。"),
    ],
)  # fmt: skip
def test_the_answer_compares_with_the_year_before_in_every_branch(tmp_path, before, sentence):
    found = whole(tmp_path)
    if before:
        earlier(found, before)
    text = sentences(found)
    assert "2025 年花了 154.00 万元，是全年预算的 96.3%。" in text and sentence in text


def test_an_unfinished_year_is_set_against_time_and_not_against_another(tmp_path):
    found = whole(tmp_path)
    earlier(found, "1500000.00")
    for name in (LINES, "execution/2025/reports.csv"):
        found.write(name, found.text(name).replace("2025-12-31", "2025-11-30"))
    found.change("projects/2025/payments.csv", "2025-12-10", "2025-11-10")
    text = sentences(found)
    assert "截至 2025 年 11 月 30 日花了 154.00 万元" in text and "一年过去了 91.5%。" in text and "上一年多" not in text and "上一年少" not in text
    assert "一年还没有过完，到年底才要说明原因。" in said(page(found).markdown)


def test_money_that_was_not_published_is_said_to_be_so(tmp_path):
    found = whole(tmp_path)
    found.write(LINES, found.text(LINES).replace(",960000.00,", ",未公布,"))
    assert "2025 年花了多少没有公布。" in sentences(found)


@pytest.mark.parametrize(
    ("answered", "sentence"),
    [(3, "委员提问 3 个，都答复了。"), (1, "委员提问 3 个，答复了 1 个。"), (0, "委员提问 3 个，都还没有答复。"), (None, "委员没有提问。")],
)
def test_questions_in_every_branch(tmp_path, answered, sentence):
    found = whole(tmp_path)
    head, *rows = FILES[QUESTIONS].strip().splitlines()
    done = [re.sub(r"(,\d{4}-\d\d-\d\d),(?:已答复,[^,]*,[^,]*|正在办理,,),[^,]*,report$", rf"\1,{'已答复,说了。,2026-03-01' if i < (answered or 0) else '正在办理,,'},,report", row)
            for i, row in enumerate(rows)]  # fmt: skip
    found.write(QUESTIONS, "\n".join([head, *(done if answered is not None else ["本表无数据"])]) + "\n")
    assert sentence in sentences(found) and f"2025 年{sentence}" in said(found.pages()["presidium/"].markdown)


@pytest.mark.parametrize(
    ("done", "sentence"), [(2, "上一年的审议意见 2 个，都落实了。"), (1, "上一年的审议意见 2 个，落实了 1 个。"), (0, "上一年的审议意见 2 个，都还没有落实。")],
)  # fmt: skip
def test_opinions_of_the_year_before_stand_on_the_page_with_what_was_done(tmp_path, done, sentence):
    found = whole(tmp_path)
    rows = [f"SY-2024-0{n},BG-2024-1,第{n}条意见。,,办公室,{'已落实,做了。,2025-05-01' if n <= done else '正在落实,,'},report" for n in (1, 2)]
    found.write("presidium/2024/opinions.csv", "\n".join([FILES[OPINIONS].strip().splitlines()[0], *rows]) + "\n")
    head = FILES[REPORTS].strip().splitlines()[0]
    found.write("presidium/2024/reports.csv", f"{head}\nBG-2024-1,年度报告,报告,2025-01-20,2025-02-02,11,9,9,0,0,通过,2025-02-06,report\n")
    found.write("presidium/2024/sources.toml", FILES["presidium/2025/sources.toml"])
    made = page(found)
    assert sentence in sentences(found) and "SY-2024-02" in made.blocks["opinions-before.html"] and "SY-2025-01" in made.blocks["opinions.html"]
    assert 'id="sy-2024-01"' not in made.blocks["opinions-before.html"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("", "2025 年还没有向主席团报告。"),
        ("BG-2025-1,年度报告,报告,2026-01-20,,,,,,,,,report", "2025 年的报告已经送出，主席团还没有开会审议。"),
        ("BG-2025-1,年度报告,报告,2026-01-20,2026-02-02,,,,,,,,report", "主席团最近一次听取预算执行的报告，是 2026 年 2 月 2 日。"),
    ],
)
def test_whether_the_presidium_heard_a_report_in_every_branch(tmp_path, rows, sentence):
    found = whole(tmp_path)
    found.write(REPORTS, FILES[REPORTS].strip().splitlines()[0] + "\n" + (rows or "本表无数据") + "\n")
    found.keep_header(OPINIONS)
    pages = found.pages()
    assert sentence in said(pages["presidium/"].markdown)
    assert ("还没有向主席团报告。" in said(pages[PAGE].markdown)) == (not rows)


def test_the_slowest_function_is_named_above_the_drawing_and_equal_ones_are_said_to_be_equal(tmp_path):
    found = whole(tmp_path)
    assert "用得最慢的是" in page(found).blocks["spent.html"]
    found.write(LINES, found.text(LINES).replace("2025-12-31,960000.00", "2025-12-31,1000000.00").replace("2025-12-31,580000.00", "2025-12-31,600000.00"))
    found.write("projects/2025/payments.csv", found.text("projects/2025/payments.csv").replace("380000.00", "400000.00"))
    assert "各项用得一样快，都是 " in re.sub(r"<[^>]+>", "", page(found).blocks["spent.html"])


def test_names_of_persons_are_no_column():
    from scripts import schema

    assert [f.name for t in schema.load("presidium").tables for f in t.fields if "姓名" in f.name or f.name.endswith("人")] == []
