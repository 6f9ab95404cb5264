"""Inspections: the draw is the published seed's and nobody's choice, results are of the drawn, coverage is by number and by money."""

import hashlib
import html
import re
import subprocess
import sys
from fractions import Fraction

import pytest

from scripts import site as builder
from scripts.cells import State
from scripts.registers.inspections import draw
from tests import built
from tests.small_publisher import Desk, desk

AT = "inspections/2025/"
BATCHES, STRATA, FRAME, RESULTS = (f"{AT}{name}.csv" for name in ("batches", "strata", "frame", "results"))
SEED = "04-11-17-23-29"
HEADERS = {
    BATCHES: "批次,名称,依据,检查单位,抽样总体,总体数,样本数,抽样方法,总体公开日期,种子规则,种子来源,种子日期,公开随机种子,检查日期,报告日期,公开日期,来源文件",
    STRATA: "批次,层,本层样本数,来源文件",
    FRAME: "批次,序号,抽查对象,层,项目编码,金额(元),来源文件",
    RESULTS: "批次,序号,检查内容,是否符合,说明,问题编号,来源文件",
}  # fmt: skip
BATCH = ("CC-2025-1,资金抽查,年度计划,演示县审计局,全年的项目,6,2,随机抽取,2025-09-01,名单公开后第一个周五的号码,开奖公告,2025-09-05,"
         f"{SEED},2025-09-15,2025-10-10,2025-10-20,report")  # fmt: skip
ITEMS = [f"{n:02}" for n in range(1, 7)]
DRAWN = sorted(ITEMS, key=lambda item: hashlib.sha256(f"{SEED},{item}".encode()).hexdigest())[:2]  # by hand, not by our own code
REST = [item for item in ITEMS if item not in DRAWN]


def frame(item: str, stratum: str = "") -> str:
    project = "KF-01" if item == "01" else ""
    return f"CC-2025-1,{item},第{item}站,{stratum},{project},{int(item) * 1000}.00,report"


def result(item: str, verdict: str = "符合", finding: str = "") -> str:
    return f"CC-2025-1,{item},资金,{verdict},,{finding},report"


def kept(folder, **changed) -> Desk:
    """The small publisher with one batch: a list of six, two drawn, both in order. `changed`: rows of a table; `only`: registers."""
    found = desk(folder, *changed.pop("only", ()))
    rows = {"batches": [BATCH], "strata": [], "frame": [frame(item) for item in ITEMS], "results": [result(item) for item in DRAWN]} | changed
    for path, name in zip(HEADERS, ("batches", "strata", "frame", "results"), strict=True):
        if name != "strata" or rows[name]:
            empty = ["本表无数据" + "," * HEADERS[path].count(",")]
            found.write(path, "\n".join([HEADERS[path], *(rows[name] or empty), ""]))
    found.write(f"{AT}sources.toml", '[documents.report]\ntitle = "抽查报告"\n')
    return found


def stratified(folder, **changed) -> Desk:
    """Three of the list are of one stratum, three of another: two are drawn of the first, one of the second."""
    rows = {
        "batches": [BATCH.replace("6,2,随机抽取", "6,3,分层随机抽取")], "strata": ["CC-2025-1,镇,2,report", "CC-2025-1,乡,1,report"],
        "frame": [frame(item, "镇" if int(item) < 4 else "乡") for item in ITEMS], "results": [],
    } | changed  # fmt: skip
    rows["batches"] = [row.replace("2025-10-10,2025-10-20", ",") for row in rows["batches"]]
    return kept(folder, **rows)


def kinds(found: Desk) -> list[tuple]:
    return [(file.removeprefix(AT), row, column, kind) for severity, file, row, column, _, kind in found.problems() if severity == "error"]


def value(facts, name: str):
    fact = facts[AT + name]
    return fact.value if fact.known else fact.state


def said(page) -> str:
    """What a page says, figures in brackets without where they lead."""
    return re.sub(r"\]\([^)]*\)", "]", page.markdown)


# ---- the draw


def test_the_order_is_that_of_sha256_of_seed_and_item():
    assert draw.digest("7", "01") == hashlib.sha256(b"7,01").hexdigest()


def test_the_first_of_the_order_are_drawn(tmp_path):
    read = kept(tmp_path).account().inputs.get("inspections", 2025)
    assert [row.text("no") for row in draw.sample(read, read.rows("batches")[0])] == DRAWN


def test_within_strata_each_gets_its_share(tmp_path):
    read = stratified(tmp_path).account().inputs.get("inspections", 2025)
    order = sorted(ITEMS, key=lambda item: hashlib.sha256(f"{SEED},{item}".encode()).hexdigest())
    expected = {*[i for i in order if int(i) < 4][:2], *[i for i in order if int(i) >= 4][:1]}
    drawn = [row.text("no") for row in draw.sample(read, read.rows("batches")[0])]
    assert set(drawn) == expected and drawn == [i for i in order if i in expected]


def test_another_seed_draws_others(tmp_path):
    """A rule that always gave the same would pass every other test here."""
    read = kept(tmp_path).account().inputs.get("inspections", 2025)
    rows = list(read.rows("frame"))
    assert len({tuple(row.text("no") for row in draw.ordered(str(seed), rows)[:2]) for seed in range(50)}) > 10


def test_all_are_looked_at_without_a_draw(tmp_path):
    batch = BATCH.replace("6,2,随机抽取", "6,6,全部检查").replace(f"名单公开后第一个周五的号码,开奖公告,2025-09-05,{SEED}", ",,,")
    found = kept(tmp_path, batches=[batch], results=[result(item) for item in ITEMS])
    assert kinds(found) == [] and value(found.book().facts, "CC-2025-1/coverage") == 1
    page = found.pages()["inspections/2025/cc-2025-1/"]
    assert "名单里的都查了。" in page.markdown and "recipe.html" not in page.blocks


@pytest.mark.parametrize("make", [kept, stratified])
def test_the_printed_lines_draw_the_same_from_the_built_table(tmp_path, make):
    """Exactly what the page prints, run beside the CSV that the page offers."""
    found = make(tmp_path / "publisher", only=("organisation", "projects"))
    done = builder.build(found.account(), tmp_path / "site", lambda said: None)
    assert done.problems == []
    folder = tmp_path / "site" / "inspections/2025/cc-2025-1"
    (lines,) = re.findall(r'<pre class="recipe"><code>(.*?)</code></pre>', (folder / "index.html").read_text(encoding="utf-8"), re.DOTALL)
    assert len(lines.strip().splitlines()) == 5
    ran = subprocess.run([sys.executable, "-c", html.unescape(lines)], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    read = found.account().inputs.get("inspections", 2025)
    assert (ran.returncode, ran.stdout.split()) == (0, [row.text("no") for row in draw.sample(read, read.rows("batches")[0])])


def test_the_verb_draws_it_too(tmp_path):
    kept(tmp_path)
    done = built.run("draw", "--batch", "CC-2025-1", "--publisher", tmp_path)
    assert done.returncode == 0 and [line.split("\t")[0] for line in done.stdout.splitlines()[1:]] == DRAWN
    assert "名单 6 个，抽中 2 个" in done.stdout and SEED in done.stdout


def test_the_verb_draws_before_results_are_right(tmp_path):
    """The clerk draws again to find what is wrong with her results."""
    kept(tmp_path, results=[result(REST[0])])
    done = built.run("draw", "--batch", "CC-2025-1", "--publisher", tmp_path)
    assert done.returncode == 0 and DRAWN[0] in done.stdout


@pytest.mark.parametrize(("batch", "kind"), [("CC-2025-9", "no-such-batch"), ("CC-2025-1", "no-seed-yet")])
def test_a_draw_that_cannot_be_is_said(tmp_path, batch, kind):
    kept(tmp_path, batches=[BATCH.replace(f"2025-09-05,{SEED},2025-09-15,2025-10-10,2025-10-20", ",,,,")], results=[])
    done = built.run("draw", "--batch", batch, "--publisher", tmp_path)
    words = {"no-such-batch": "没有“CC-2025-9”这一批", "no-seed-yet": "种子还没有产生"}
    assert done.returncode == 1 and words[kind] in done.stdout and "Traceback" not in done.stderr


# ---- what makes a draw no draw


def test_a_result_of_what_was_not_drawn_is_refused_with_what_was(tmp_path):
    found = kept(tmp_path, results=[result(DRAWN[0]), result(REST[0])])
    assert kinds(found) == [("results.csv", 3, "序号", "not-drawn")]
    (told,) = [p for p in found.account().problems if p.kind == "not-drawn"]
    assert all(item in told.line() for item in DRAWN)


def test_a_result_of_what_is_not_on_the_list_is_told_once(tmp_path):
    assert kinds(kept(tmp_path, results=[result(DRAWN[0]), result(DRAWN[1]), result("99")]))[0] == ("results.csv", 4, "批次", "foreign-key")


@pytest.mark.parametrize(("seeded", "wrong"), [("2025-09-01", True), ("2025-08-31", True), ("2025-09-02", False)])
def test_the_seed_comes_after_the_list(tmp_path, seeded, wrong):
    found = kept(tmp_path, batches=[BATCH.replace("2025-09-05", seeded)])
    assert kinds(found) == ([("batches.csv", 2, "种子日期", "seed-before-list")] if wrong else [])


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [(SEED, "", ("公开随机种子", "draw-without-seed")), ("2025-09-05", "", ("公开随机种子", "draw-without-seed")),
     ("名单公开后第一个周五的号码", "", ("种子规则", "draw-without-rule")), (SEED, "=4-11", ("公开随机种子", "formula-start"))],
)  # fmt: skip
def test_a_seed_has_its_rule_its_day_and_its_form(tmp_path, old, new, wrong):
    assert kinds(kept(tmp_path, batches=[BATCH.replace(old, new)])) == [("batches.csv", 2, *wrong)]


def test_a_stratum_is_one_of_the_batch(tmp_path):
    found = stratified(tmp_path, frame=[frame(item, "镇" if int(item) < 4 else "街道") for item in ITEMS])
    assert kinds(found) == [("frame.csv", 5, "层", "stratum-unknown")]


def test_what_does_not_conform_names_its_finding(tmp_path):
    found = kept(tmp_path, results=[result(DRAWN[0], "不符合"), result(DRAWN[1])])
    assert kinds(found) == [("results.csv", 2, "问题编号", "wrong-without-finding")]


def test_a_finding_that_is_nowhere_is_a_problem(tmp_path):
    found = kept(tmp_path, results=[result(DRAWN[0], "不符合", "WT-2025-77"), result(DRAWN[1])])
    assert kinds(found) == [("results.csv", 2, "问题编号", "foreign-key")]


@pytest.mark.parametrize(
    ("old", "new"), [("6,2,随机", "7,2,随机"), ("6,2,随机", "6,3,随机")], ids=["list", "report-of-part"]
)
def test_numbers_of_a_batch_are_those_of_its_tables(tmp_path, old, new):
    assert ("batches.csv", 2, "总体数" if "7" in new else "样本数", "unexplained-difference") in kinds(kept(tmp_path, batches=[BATCH.replace(old, new)]))


def test_strata_make_the_sample(tmp_path):
    found = stratified(tmp_path, strata=["CC-2025-1,镇,2,report", "CC-2025-1,乡,2,report"])
    assert kinds(found) == [("batches.csv", 2, "样本数", "unexplained-difference")]


# ---- facts


def test_coverage_by_number_and_by_money_is_exact(tmp_path):
    facts = kept(tmp_path).book().facts
    assert value(facts, "CC-2025-1/coverage") == value(facts, "coverage") == Fraction(1, 3)
    assert value(facts, "CC-2025-1/money-coverage") == Fraction(sum(map(int, DRAWN)), 21)
    assert value(facts, "CC-2025-1/sampled-amount") == sum(map(int, DRAWN)) * 100_000 and value(facts, "rest") == 4


def test_one_amount_that_nobody_wrote_leaves_no_share_of_money(tmp_path):
    rows = [frame(item).replace("6000.00", "") for item in ITEMS]
    found = kept(tmp_path, frame=rows)
    assert value(found.book().facts, "CC-2025-1/money-coverage") is State.BLANK
    assert "金额没有都写明，不能按金额算。" in found.pages()["inspections/2025/"].markdown


def test_a_project_leads_to_the_lists_it_stood_on(tmp_path):
    pages = kept(tmp_path).pages()
    assert "inspections/2025/cc-2025-1/index.html" in pages["projects/2025/kf-01/"].blocks["mentions.html"]
    assert 'href="../../../projects/2025/kf-01/index.html"' in pages["inspections/2025/cc-2025-1/"].blocks["frame.html"]


# ---- sentences


WAITS = BATCH.replace(f"2025-09-05,{SEED},2025-09-15,2025-10-10,2025-10-20", ",,,,")
FINDINGS = """问题编号,来源,来源编号,项目编码,类别,问题,金额(元),责任单位,提出日期,整改期限,公开日期,来源文件
WT-2025-01,跟踪抽查,CC-2025-1,,资金,少一张验收单,,演示县残疾人联合会,2025-10-10,2026-12-31,2025-10-20,report
"""


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        ({}, ["从 [6 个]里抽了 [2 个]", "按金额算抽到", "抽到的没有发现问题。", "结论不含没有抽到的 [4 个]"]),
        ({"results": [result(DRAWN[0], "不符合", "WT-2025-01"), result(DRAWN[1])]}, ["[1 个]有问题。"]),
        ({"results": [], "batches": [BATCH.replace("2025-10-10,2025-10-20", ",")]}, ["检查结果还没有公布。"]),
        ({"results": [], "batches": [WAITS]}, ["名单已经公开，还没有抽。"]),
        ({"results": [], "batches": [], "frame": []}, ["没有抽查。"]),
    ],
    ids=["nothing-wrong", "wrong", "no-results", "no-seed", "nothing"],
)
def test_the_year_in_every_branch(tmp_path, changed, sentences):
    found = kept(tmp_path, **changed)
    found.write("rectifications/2025/findings.csv", FINDINGS)
    found.write("rectifications/2025/sources.toml", '[documents.report]\ntitle = "抽查报告"\n')
    if not changed.get("batches", True):
        found.write("rectifications/2025/findings.csv", FINDINGS.splitlines()[0] + "\n本表无数据" + "," * 11 + "\n")
    page = found.pages()["inspections/2025/"]
    assert [each for each in sentences if each not in said(page)] == []
    assert ("coverage.html" in page.blocks) == ("从 [" in page.markdown)


@pytest.mark.parametrize(
    ("sample", "sentence"),
    [("3", "抽到的比例比上一年低 [16.7 个百分点]"), ("1", "抽到的比例比上一年高 [16.7 个百分点]"), ("2", "抽到的比例和上一年相同。"),
     ("", "上一年还没有抽，不能比较。"), (None, "上一年的没有公布，不能比较。")],
    ids=["less", "more", "equal", "unknown", "not-comparable"],
)  # fmt: skip
def test_the_year_before_in_every_branch(tmp_path, sample, sentence):
    found = kept(tmp_path)
    if sample is not None:
        batch = (BATCH if sample else WAITS).replace("6,2,随机", f"6,{sample or 2},随机").replace("2025-10-10,2025-10-20", ",").replace("2025", "2024")
        for name, rows in (("batches", [batch]), ("frame", [frame(item).replace("2025", "2024") for item in ITEMS]), ("results", [])):
            header = HEADERS[f"{AT}{name}.csv"]
            found.write(f"inspections/2024/{name}.csv", "\n".join([header, *(rows or ["本表无数据" + "," * header.count(",")]), ""]))
        found.write("inspections/2024/sources.toml", '[documents.report]\ntitle = "抽查报告"\n')
        found.write("inspections/2024/frame.csv", found.text("inspections/2024/frame.csv").replace("KF-01", ""))
    assert sentence in found.pages()["inspections/2025/"].markdown


def test_a_batch_that_waits_for_its_seed_shows_its_list(tmp_path):
    page = kept(tmp_path, batches=[WAITS], results=[]).pages()["inspections/2025/cc-2025-1/"]
    assert "还没有抽。" in page.markdown and "种子还没有产生。" in page.markdown and "第06站" in page.blocks["frame.html"]
    assert "抽中" not in page.blocks["frame.html"] and "recipe.html" not in page.blocks


def test_money_of_some_batches_only_is_said(tmp_path):
    second = BATCH.replace("CC-2025-1", "CC-2025-2")
    rows = [frame(item) for item in ITEMS] + [re.sub(r"\d+\.00", "", frame(item).replace("CC-2025-1", "CC-2025-2")) for item in ITEMS]
    results = [result(item) for item in DRAWN] + [result(item).replace("CC-2025-1", "CC-2025-2") for item in DRAWN]
    text = kept(tmp_path, batches=[BATCH, second], frame=rows, results=results).pages()["inspections/2025/"]
    assert "写明金额的批次，按金额算抽到" in said(text) and "从 [12 个]里抽了 [4 个]" in said(text)
