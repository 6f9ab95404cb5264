"""Allowances: persons x months x standard + back payments = amount, to the fen; towns and months add up; small towns are not shown."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from scripts.cells import State
from scripts.facts import Unit
from tests.small_publisher import PAYMENTS, PROJECTS, desk

REAL = Path(__file__).parents[1] / "real"
ROWS, NOTICES, ALLOCATION = (f"allowances/2025/{name}.csv" for name in ("allowances", "notices", "allocation"))
HEAD = "项目编码,补贴,档次,乡镇,月份,月数,人数,标准(元),补发扣回(元),金额(元),来源文件\n"
LIVING = "".join(
    f",生活补贴,全部,{town},2025-{month},1,{persons},100.00,{extra}.00,{persons * 100 + extra}.00,payroll\n"
    for month, extra in (("01", 0), ("02", 200)) for town, persons in (("城关镇", 30), ("东河镇", 20), ("柳林乡", 10))
)  # fmt: skip
PAGE, PREFIX = "allowances/2025/", "allowances/2025/"
SOURCES = '[documents.payroll]\ntitle = "发放表"\n'


def desk_of(folder, rows=LIVING, before="", year=2025, projects=False):
    found = desk(folder, "projects" if projects else "organisation")
    found.write(ROWS.replace("2025", str(year)), HEAD + (rows or "本表无数据\n"))
    found.write(f"allowances/{year}/sources.toml", SOURCES)
    if before:
        found.write(ROWS.replace("2025", str(year - 1)), HEAD + before)
        found.write(f"allowances/{year - 1}/sources.toml", SOURCES)
    return found


def said(found) -> str:
    return found.pages()[PAGE].markdown.partition("## ")[0]


def row(persons="30", standard="100.00", adjusted="0.00", amount="3000.00", months="1", town="城关镇", month="2025-01", item="生活补贴", project="", level="全部"):
    return f"{project},{item},{level},{town},{month},{months},{persons},{standard},{adjusted},{amount},payroll\n"


def test_sums_by_allowance_town_and_month(tmp_path):
    facts = desk_of(tmp_path).book().facts
    told = {name: [facts[f"{PREFIX}{name}{each}"].value for each in ("paid", "times", "per-head")] for name in (
        "", "item/生活补贴/", "town/城关镇/", "item/生活补贴/town/柳林乡/", "item/生活补贴/month/2025-02/",
    )}  # fmt: skip
    assert told == {
        "": [1_260_000, 120, Fraction(10_500)], "item/生活补贴/": [1_260_000, 120, Fraction(10_500)],
        "town/城关镇/": [620_000, 60, Fraction(31_000, 3)], "item/生活补贴/town/柳林乡/": [220_000, 20, Fraction(11_000)],
        "item/生活补贴/month/2025-02/": [660_000, 60, Fraction(11_000)],
    }  # fmt: skip
    assert (facts[f"{PREFIX}times"].unit, facts[f"{PREFIX}per-head"].unit) == (Unit.TIMES, Unit.FEN)


def test_the_months_add_to_the_year(tmp_path):
    facts = desk_of(tmp_path).book().facts
    months = [facts[f"{PREFIX}item/生活补贴/month/2025-{month}/paid"].value for month in ("01", "02")]
    assert sum(months) == facts[f"{PREFIX}paid"].value


@pytest.mark.parametrize(
    ("told", "verdicts"),
    [
        (row(), ["balanced"]), (row(amount="3000.01"), ["unbalanced"]), (row(amount="2999.99"), ["unbalanced"]),
        (row(adjusted="200.00", amount="3200.00"), ["balanced"]), (row(adjusted="-200.00", amount="2800.00"), ["balanced"]),
        (row(months="3", amount="9000.00"), ["balanced"]), (row(months="3"), ["unbalanced"]),
        (row(standard="不适用", amount="12.00"), []), (row(standard="", amount="12.00"), []), (row(standard="未公布"), ["uncheckable"]),
    ],
)  # fmt: skip
def test_persons_months_and_standard_come_to_the_amount(tmp_path, told, verdicts):
    found = desk_of(tmp_path, told)
    assert [str(c.verdict) for c in found.book().comparisons if c.identity == "allowances-standard"] == verdicts
    assert [(p[2], p[3], p[5]) for p in found.problems()] == [(2, "金额(元)", "unexplained-difference")] * verdicts.count("unbalanced")


def test_the_formula_stands_in_words_and_numbers(tmp_path):
    how = desk_of(tmp_path, row(adjusted="200.00", amount="3200.00")).pages()["allowances/2025/allowances/"].how
    assert "相乘：" in how.blocks["derivations.html"] and " × " in how.blocks["derivations.html"]


# ---- few people


SMALL = "".join(
    row(str(n), "100.00", "10.00", f"{n * 100 + 10}.00", town=town, item="托养补贴", month=month)
    for month in ("2025-01", "2025-02", "2025-03") for town, n in (("城关镇", 14), ("东河镇", 12), ("柳林乡", 3))
)  # fmt: skip


def test_a_small_town_is_not_shown_nor_reckoned(tmp_path):
    """Its persons, what they were paid and what besides are hidden, and so much beside that no total gives them back."""
    found = desk_of(tmp_path, LIVING + SMALL)
    site, keys = found.site(), [f"allowances/2025/allowances/托养补贴+全部+柳林乡+2025-0{n}/" for n in (1, 2, 3)]
    assert [site.facts[key + name].state for key in keys for name in ("persons", "amount", "adjusted")] == [State.SUPPRESSED] * 9
    beside = [f for f in site.facts.under("allowances/2025/allowances/托养补贴") if f.key.endswith("/persons") and f.state is State.SUPPRESSED]
    assert len(beside) >= 6 and site.facts["allowances/2025/item/托养补贴/paid"].known
    assert not any(f.known for f in site.facts.under("allowances/2025/by-standard/托养补贴+全部+柳林乡"))
    assert found.problems() == []
    page = found.pages()[PAGE]
    assert "有的数为保护个人信息不公开" in page.markdown and "生活补贴" in page.markdown
    table = found.pages()["allowances/2025/allowances/"]
    assert all(",3,100.00" not in each.content.decode("utf-8-sig", "replace") for each in table.downloads)


@pytest.mark.parametrize(("persons", "hidden"), [(4, True), (5, False)])
def test_the_threshold_itself_is_shown(tmp_path, persons, hidden):
    rows = "".join(row(str(n), "100.00", "0.00", f"{n * 100}.00", town=town) for town, n in (("城关镇", 14), ("东河镇", 9), ("西塬镇", 12), ("柳林乡", persons)))
    site = desk_of(tmp_path, rows).site()
    assert (site.facts["allowances/2025/allowances/生活补贴+全部+柳林乡+2025-01/persons"].state is State.SUPPRESSED) == hidden


def test_an_allowance_of_so_few_is_hidden_whole(tmp_path):
    text = said(desk_of(tmp_path, row("3", amount="300.00")))
    assert "为保护个人信息不公开" in text and "300" not in text and "3 人" not in text


# ---- sentences


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("", "2024 年</time>的数没有公布，不能比较。"), (row(month="2024-01"), "多，<time"),
        (row("300", amount="30000.00", month="2024-01"), "少，<time"), (row("126", amount="12600.00", month="2024-01"), "相同。"),
        (row("0", amount="0.00", month="2024-01"), "2024 年</time>没有。"),
        (row("未公布", "不适用", "未公布", "未公布", month="2024-01"), "2024 年</time>的数没有公布，不能比较。"),
        (row("3", amount="300.00", month="2024-01"), "两年里有不公开的数，不比多少。"),
    ],
)  # fmt: skip
def test_beside_the_year_before(tmp_path, before, words):
    text = said(desk_of(tmp_path, before=before))
    assert words in text and "发补贴 [1.26 万元]" in text and "[120 人次]" in text and "平均每人每次 [105.00 元]" in text


def test_a_year_that_is_not_over_is_not_compared(tmp_path):
    found = desk_of(tmp_path, before=row(month="2024-01"))
    found.write("publisher.toml", found.text("publisher.toml").replace("2026-03-31", "2025-12-30"))
    assert "还没有过完，不和" in said(found)


@pytest.mark.parametrize(("rows", "words"), [("", "没有发补贴。"), (row("未公布", "不适用", "0.00", "未公布"), "发了多少补贴没有全部公布。")])
def test_nothing_and_unknown(tmp_path, rows, words):
    text = said(desk_of(tmp_path, rows))
    assert words in text and "万元" not in text


def test_the_town_that_got_most_is_told_among_those_shown(tmp_path):
    assert "城关镇</span>最多" in desk_of(tmp_path).pages()[PAGE].blocks["towns.html"]
    unknown = row("未公布", "不适用", "0.00", "未公布", town="北山乡")
    assert "公开的乡镇中，" in desk_of(tmp_path / "2", LIVING + unknown).pages()[PAGE].blocks["towns.html"]


# ---- against projects, notices, allocation


@pytest.mark.parametrize(("amount", "kinds"), [("200000.00", []), ("199900.00", ["unexplained-difference"])])
def test_a_projects_allowances_are_what_it_paid_to_persons(tmp_path, amount, kinds):
    persons = str(int(float(amount)) // 100)
    found = desk_of(tmp_path, row(persons, amount=amount, project="KF-01"), projects=True)
    found.change(PAYMENTS, "200000.00,单位,演示康复中心", "200000.00,个人（汇总）,")
    assert [p[5] for p in found.problems()] == kinds
    assert [c.difference for c in found.book().comparisons if c.identity == "allowances-project"] == [0 if not kinds else -10_000]


def test_a_project_that_paid_no_person(tmp_path):
    found = desk_of(tmp_path, row(project="KF-01"), projects=True)
    assert [(p[4], p[5]) for p in found.problems()] == [("3000.00", "unexplained-difference")]
    found.change(PROJECTS, "KF-01", "KF-02")
    assert "foreign-key" in {p[5] for p in found.problems()} | {"foreign-key" if p[5] == "key-mistyped" else "" for p in found.problems()}


@pytest.mark.parametrize(("town", "kinds"), [("6200.00", []), ("6199.99", ["unexplained-difference"] * 2)])
def test_paid_in_a_town_is_no_more_than_allocated(tmp_path, town, kinds):
    found = desk_of(tmp_path)
    found.write(ALLOCATION, f"补贴,地区,上一级地区,分配金额(元),来源文件\n生活补贴,全县,,16200.00,payroll\n生活补贴,城关镇,全县,{town},payroll\n生活补贴,东河镇,全县,10000.00,payroll\n")
    assert [p[5] for p in found.problems()] == kinds


def test_a_notice_is_late_after_twenty_working_days(tmp_path):
    found = desk_of(tmp_path)
    found.write(NOTICES, "月份,通知日期,公开日期,来源文件\n2025-01,2025-03-03,2025-03-31,payroll\n2025-02,2025-03-03,2025-04-01,payroll\n")
    assert [(d.title, str(d.standing)) for d in found.site().duties if d.register == "allowances"] == [
        ("补贴发放通知 2025-02", "late"), ("补贴发放通知 2025-01", "on-time"),
    ]  # fmt: skip


def test_what_is_not_a_month(tmp_path):
    found = desk_of(tmp_path, row(month="2025-13") + row(month="20221月份"))
    assert [(p[2], p[3], p[4]) for p in found.problems()] == [(2, "月份", "2025-13"), (3, "月份", "20221月份")]


# ---- published sets, with what is wrong in them


def real(name: str, file: str) -> list[dict]:
    return list(csv.DictReader((REAL / name / file).read_text(encoding="utf-8-sig").splitlines()))


def verdicts(found, identity: str) -> dict[str, tuple[str, int | None]]:
    return {c.place: (str(c.verdict), c.difference) for c in found.book().comparisons if c.identity == identity}


def test_changle_adds_up_to_the_yuan(tmp_path):
    """3,824 x 285 x 3, and four classes of care whose amounts the notice gives as one: 4,597,206 yuan in all."""
    told = [each for each in real("changle-2022q3-liangxiang", "发放.csv") if each["标准(元/人/月)"]]
    rows = "".join(
        row(each["人数"], each["标准(元/人/月)"], "0", each["金额(元,原文)"] or str(int(each["人数"]) * int(each["标准(元/人/月)"]) * 3), "3",
            "长乐区", "2022-09", each["补贴"], level=each["对象类别"] or "全部")
        for each in told
    )  # fmt: skip
    found = desk_of(tmp_path, rows, year=2022)
    facts = found.book().facts
    assert {v for v, _ in verdicts(found, "allowances-standard").values()} == {"balanced"} and len(told) == 5
    assert [facts[f"allowances/2022/{name}"].value for name in ("item/困难残疾人生活补贴/paid", "item/重度残疾人护理补贴/paid", "item/重度残疾人护理补贴/times", "paid")] == [
        326_952_000, 132_768_600, 4312, 459_720_600,
    ]  # fmt: skip


def test_minhou_gives_whole_persons_and_dates_that_are_none(tmp_path):
    """Amount / standard is a whole number each time; the raise of 2025 is paid back; the notice of January 2022 came ten months late."""
    told = real("minhou-liangxiang-2022-2025", "月度发放.csv")
    persons = [Fraction(int(each["生活补贴金额"]), int(each["生活补贴标准(元/人/月)"])) for each in told]
    assert persons == [5010, 5476, 5636, 5623] and Fraction(117_649, 309 - 302) == 16_807
    for index, (each, count) in enumerate(zip(told, persons, strict=True)):
        year, back = int(each["所属月"][:4]), int(each["提标补发金额"] or 0)
        rows = row(str(count), each["生活补贴标准(元/人/月)"], str(back), str(int(each["生活补贴金额"]) + back), town="闽侯县", month=each["所属月"])
        rows += row("未公布", "不适用", "0", each["护理补贴金额"], town="闽侯县", month=each["所属月"], item="护理补贴")
        found = desk_of(tmp_path / str(index), rows, year=year)
        assert list(verdicts(found, "allowances-standard").values()) == [("balanced", 0)] and found.problems() == []
        assert found.book().facts[f"allowances/{year}/times"].state is State.UNPUBLISHED
    notices = "allowances/2022/notices.csv"
    found = desk_of(tmp_path / "late", row("5010", "265", "0", "1327650", town="闽侯县", month="2022-01"), year=2022)
    found.write(notices, f"月份,通知日期,公开日期,来源文件\n2022-01,2022-01-19,{told[0]['公开日']},payroll\n")
    assert [(p[1], p[3], p[4]) for p in found.problems()] == [(notices, "公开日期", "2022-01-19(上网 2022-11-24)")]
    found.change(notices, told[0]["公开日"], "2022-11-24")
    assert [(str(d.standing), d.judged.days > 100) for d in found.site().duties if d.register == "allowances"] == [("late", True)]


def test_fuel_subsidies_and_the_one_that_was_rounded(tmp_path):
    """359 x 260 is 93,340; "9.3 wan" says 93,000: off by 340 yuan at its cell, the others to the yuan."""
    told = [each for each in real("fuel-subsidy-samples", "发放.csv") if each["金额(元,换算)"]]
    rows = "".join(
        row(each["人数"], each["标准(元/车/年)"], "0", each["金额(元,换算)"], town=each["县区"], month=f"2015-{n:02d}", item="燃油补贴", level=each["年度"])
        for n, each in enumerate(told, start=1)
    )  # fmt: skip
    found = desk_of(tmp_path, rows, year=2015)
    assert sorted(v for v in verdicts(found, "allowances-standard").values()) == [("balanced", 0)] * 3 + [("unbalanced", -34_000)]
    assert [(p[2], p[3], p[4], p[5]) for p in found.problems()] == [(2, "金额(元)", "93000", "unexplained-difference")]


ZHEJIANG = {"杭州市": ["市本级", "江干区", "下城区", "上城区", "西湖区", "拱墅区", "滨江区", "萧山区", "余杭区", "富阳区", "临安区"],
            "湖州市": ["市本级", "吴兴区", "南浔区"], "绍兴市": ["越城区", "柯桥区", "上虞区"], "台州市": ["椒江区", "黄岩区", "路桥区"], "衢州市": ["柯城区", "衢江区"]}  # fmt: skip
BELOW = {"杭州市": ["桐庐县", "建德市", "淳安县"], "湖州市": ["德清县", "安吉县", "长兴县"], "绍兴市": ["诸暨市", "嵊州市", "新昌县"],
         "台州市": ["玉环市", "温岭市", "临海市", "三门县", "天台县", "仙居县"], "衢州市": ["江山市", "龙游县", "常山县"]}  # fmt: skip


def test_zhejiang_adds_up_but_for_the_table_that_was_cut(tmp_path):
    """Three columns side by side, made one: nine sums hold, that of 衢州 lacks the counties below the cut (823 against 1,637)."""
    above, lines, before = {}, [], ""
    for name in ZHEJIANG:
        whole = name.replace("市", "全市")  # "小计" itself is told to be a row of totals, see below
        above |= {name: whole, whole: ""} | {f"{name}{each}" if each == "市本级" else each: name for each in ZHEJIANG[name]} | dict.fromkeys(BELOW[name], whole)
    for each in real("zhejiang-2018-liangxiang-alloc", "分配表-拉直.csv"):
        name = each["单位"].removeprefix("其中:").replace("市小计", "全市")
        name, before = f"{before}{name}" if name == "市本级" else name, name
        if name in above:
            lines.append(f"两项补贴,{name},{above[name]},{each['金额(万元)']}0000.00,payroll\n")
    found = desk_of(tmp_path, row(town="浙江"), year=2018)
    found.write("allowances/2018/allocation.csv", "补贴,地区,上一级地区,分配金额(元),来源文件\n" + "".join(lines))
    told = {place.partition("（")[0]: verdict for place, verdict in verdicts(found, "allowances-parts").items()}
    assert len(told) == 10 and told.pop("衢州全市") == ("unbalanced", 814_000_000)
    assert set(told.values()) == {("balanced", 0)}
    assert [(p[3], p[4], p[5]) for p in found.problems()] == [("分配金额(元)", "16370000.00", "unexplained-difference")]
    found.change("allowances/2018/allocation.csv", "两项补贴,衢州全市,,", "两项补贴,衢州市小计,,")
    assert "total-row" in {p[5] for p in found.problems()}


def test_duji_splits_in_two_ways_that_both_hold(tmp_path):
    """By where people live, and by what they are paid for: each way comes to the printed total of its town and of the district."""
    *towns, total = real("duji-tekun-table", "发放汇总.csv")
    names = list(towns[0])
    ways = {"居住": (names[8], names[9]), "用途": (names[11], names[12])}
    rows = "".join(
        row(each[names[7]], "不适用", "0", each[column], town=each["地区"], month="2025-01", item=way, level=str(n))
        for way, columns in ways.items() for n, column in enumerate(columns) for each in towns
    )  # fmt: skip
    found = desk_of(tmp_path, rows)
    told = [f"{way},全区,,{total[names[10]]},payroll\n" + "".join(f"{way},{each['地区']},全区,{each[names[10]]},payroll\n" for each in towns) for way in ways]
    found.write(ALLOCATION, "补贴,地区,上一级地区,分配金额(元),来源文件\n" + "".join(told))
    assert list(verdicts(found, "allowances-parts").values()) == [("balanced", 0)] * 2
    assert list(verdicts(found, "allowances-allocation").values()) == [("balanced", 0)] * 10
    facts = found.book().facts
    assert [facts[f"allowances/2025/item/{way}/paid"].value for way in ways] == [61_341_300] * 2
    assert [sum(int(each[name]) for each in towns) for name in names[2:8]] == [int(total[name]) for name in names[2:8]]
