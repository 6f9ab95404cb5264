"""From a clerk's table to the site: small counts of people are nowhere, and neither is anything they could be reckoned from."""

import json
import re
import tomllib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from scripts import __main__, schema, suppression
from scripts.account import account
from scripts.cells import Cell, Origin, State, Value
from scripts.facts import Fact, Facts, Unit
from scripts.identities import Comparison, Verdict
from scripts.inputs import Inputs, RegisterYear
from scripts.plain import leaves
from scripts.publisher import Publisher
from scripts.suppression import Earlier, Guard, Rules, disclose, margins
from scripts.tables import Data, Row
from tests.small_publisher import EVALUATIONS, LINES, PAYMENTS, PROJECTS, Desk, desk

SERVED = "projects/2025/projects/{}/served"


def people(made: Desk, **served: int | str) -> Desk:
    """More projects, each with so many persons served; what they are planned for tells nothing."""
    for number, (name, count) in enumerate(served.items(), start=2):
        made.add(PROJECTS, f"KF-0{number},{name},康复,《办法》,演示中心,残疾儿童,2025-01-01,2025-12-31,已完成,60,{count},plan")
    return made


@pytest.fixture
def made(tmp_path) -> Desk:
    return people(desk(tmp_path / "data"), 助听=30, 助视=3, 助行=21)


def states(facts: Facts, *keys: str) -> dict[str, tuple[int | None, State]]:
    return {key: (facts[key].value, facts[key].state) for key in keys}


# ---- the publisher's folder


def test_a_small_count_is_hidden_with_one_beside_it_and_their_total_stays(made):
    found = made.account()
    facts = found.public.facts
    assert states(facts, *(SERVED.format(f"KF-0{n}") for n in (1, 2, 3, 4)), "projects/2025/served") == {
        SERVED.format("KF-01"): (48, State.KNOWN), SERVED.format("KF-02"): (30, State.KNOWN),
        SERVED.format("KF-03"): (None, State.SUPPRESSED), SERVED.format("KF-04"): (None, State.SUPPRESSED),
        "projects/2025/served": (102, State.KNOWN),
    }  # fmt: skip
    assert (found.public.guarded, found.public.withheld) == (5, 2)
    assert facts["people/share"].value == Fraction(2, 5)


def test_a_hidden_count_has_no_text_origin_or_cell_left(made):
    found = made.account()
    hidden = found.public.facts[SERVED.format("KF-03")]
    assert (hidden.printed, hidden.origin, hidden.inputs) == ("", None, ())
    rows = found.inputs.get("projects", 2025).rows("projects")
    assert [row.text("served") for row in rows] == ["48", "30", "", ""] and rows[2]["served"] is None
    assert [row.text("planned") for row in rows] == ["50", "60", "60", "60"]


def written(made: Desk) -> dict[str, str]:
    """Everything that readers get of the pages, by address."""
    found = {}
    for path, page in made.pages().items():
        found[path] = page.markdown + "".join(f"{name}{html}" for name, html in sorted(page.blocks.items()))
        found |= {each.path: str(each.content) for each in page.downloads}
        if page.how is not None:
            found[page.how.path] = page.how.markdown + "".join(page.how.blocks.values())
    return found


def test_pages_and_downloads_are_the_same_whatever_the_hidden_numbers_are(tmp_path):
    """Two counties that differ in hidden numbers alone (and not in their total) publish the same bytes."""
    one = people(desk(tmp_path / "one"), 助听=30, 助视=3, 助行=21)
    other = people(desk(tmp_path / "other"), 助听=30, 助视=4, 助行=20)
    assert written(one) == written(other)


def test_a_page_says_why_a_number_is_not_there(made):
    pages = made.pages()
    page = pages["projects/2025/kf-03/"]
    assert "有的数为保护个人信息不公开。[为什么](../../../comparisons/index.html#withheld)" in page.markdown
    assert '<span class="state suppressed">不公开</span>' in page.blocks["figures.html"]
    assert "有的数为保护个人信息不公开" not in pages["projects/2025/kf-01/"].markdown
    assert "不公开的" in pages["comparisons/"].markdown and "40.0%" in pages["comparisons/"].markdown


def test_the_threshold_is_the_publishers(made):
    made.add("publisher.toml", "[thresholds]", "small_count = 3")
    assert made.account().public.withheld == 0
    made.change("publisher.toml", "small_count = 3", "small_count = 40")
    assert made.account().public.withheld == 3


@pytest.mark.parametrize("setting", ["small_count = 2", 'small_count = "5"', "dominance = 1.5", "dominance = 0", "recipients = true"])
def test_a_threshold_that_guards_nobody_is_refused(made, setting):
    made.add("publisher.toml", "[thresholds]", setting)
    assert [(p.kind, p.column) for p in made.account().problems] == [("wrong-setting", f"thresholds.{setting.split()[0]}")]


@pytest.mark.parametrize("said", ["帮助 3 名儿童", "共三人", "3位", "3个残疾儿童", "三个人", "３人", "叁人", "三口人", "仅 3 例"])
def test_a_hidden_count_in_the_words_of_its_row_stops_publication(made, said):
    made.change(PROJECTS, "KF-03,助视", f"KF-03,助视（{said}）")
    found = made.account()
    assert found.public is None
    assert [(p.kind, p.row, p.column) for p in found.problems] == [("count-in-words", 4, "项目名称")]


def test_other_numbers_in_words_stay(made):
    made.change(PROJECTS, "KF-03,助视", "KF-03,助视（13 人一组，十三人一班，3 次，3 个月）")
    assert made.problems() == []


def test_a_hidden_count_in_the_words_of_a_row_that_names_it_stops_publication(made):
    made.add(PAYMENTS, "KF-03,01,2025-06-20,20000.00,单位,演示康复中心,30399,3人训练费,ledger")
    made.add("projects/2025/funding.csv", "KF-03,县,演财预〔2025〕1号,2025-02-01,20000.00,2025-02-10,20000.00,2081104,county-1")
    assert ("error", PAYMENTS, 4, "用途", "3人训练费", "count-in-words") in made.problems()


def test_rows_in_the_order_of_their_counts_stop_publication(tmp_path):
    made = people(desk(tmp_path), 助听=30, 助行=21, 助学=20, 助视=3)
    assert made.problems() == [], "their codes are in order: the counts follow by chance"
    first, *rows = made.text(PROJECTS).splitlines()
    rows[0] = rows[0].replace("KF-01", "KF-09")
    for path in ("projects/2025/funding.csv", PAYMENTS, LINES, "execution/2025/adjustments.csv", EVALUATIONS):
        made.write(path, made.text(path).replace("KF-01", "KF-09"))
    made.write(PROJECTS, "\n".join([first, *rows]) + "\n")
    assert [(p.severity, p.kind, p.column) for p in made.account().problems] == [("error", "order-tells", "实际人数")]


def test_check_says_how_many_are_withheld(made, capsys):
    assert __main__.main(["check", "--publisher", str(made.folder)]) == 0
    assert "共 5 个数，其中 2 个不公开，占 40.0%" in capsys.readouterr().out


def test_a_payment_to_one_or_two_persons_is_hidden_with_what_gives_it_away(tmp_path):
    """KF-03 helps two: what they were paid is neither in the row nor in the sums of the project; the total of the year stays."""
    made = people(desk(tmp_path / "data", "organisation", "projects"), 助听=30, 助视=2, 助行=21)
    persons = "{},01,2025-06-20,{}.00,个人（汇总）,,30399,补贴,ledger"
    made.add("projects/2025/funding.csv", *(f"KF-0{n},县,演财预〔2025〕{n}号,2025-02-01,90000.00,2025-02-10,90000.00,2081104,county-1" for n in (2, 3, 4)))
    made.add(PAYMENTS, persons.format("KF-02", 60000), persons.format("KF-03", 21000), persons.format("KF-04", 40000))
    found = made.account()
    assert found.problems == []
    facts = found.public.facts
    shut = {key for key in ("payments/KF-03+01/amount", "KF-03/paid", "KF-03/left", "paid") if facts[f"projects/2025/{key}"].state is State.SUPPRESSED}
    assert shut == {"payments/KF-03+01/amount", "KF-03/paid", "KF-03/left"}
    assert not re.search(r"(?<![0-9,])(?:21,?000[.]00|2100000\b)", "".join(written(made).values()))


def test_a_payment_to_few_that_the_execution_shows_cannot_be_hidden(tmp_path):
    made = people(desk(tmp_path / "data"), 助视=2)
    for day, executed in (("2025-06-30", "0.00"), ("2025-12-31", "20000.00")):
        made.add(LINES, f"2081105,助视,KF-02,20000.00,0.00,20000.00,{day},{executed},,report-{day[5:7]}")
    made.add("projects/2025/funding.csv", "KF-02,县,演财预〔2025〕2号,2025-02-01,20000.00,2025-02-10,20000.00,2081105,county-1")
    made.add(PAYMENTS, "KF-02,01,2025-06-20,20000.00,个人（汇总）,,30399,补贴,ledger")
    told = [(p.severity, p.kind, p.file, p.row) for p in made.account().problems if p.kind == "cannot-hide"]
    assert ("error", "cannot-hide", PAYMENTS, 4) in told


# ---- an earlier site


def test_what_an_earlier_site_hid_stays_hidden(tmp_path, made):
    """3 becomes 7 and nothing is small: its neighbour, shown now, would give the 3 back from the earlier total."""
    earlier(made, tmp_path / "site")
    made.change(PROJECTS, "已完成,60,3,plan", "已完成,60,7,plan")
    found = account(made.folder, [tmp_path / "site"])
    assert {k for k in ("KF-03", "KF-04") if found.public.facts[SERVED.format(k)].state is State.SUPPRESSED} == {"KF-03", "KF-04"}
    assert made.account().public.withheld == 0


def test_three_sites_together_tell_no_more_than_one(tmp_path):
    """What the first hid stays hidden although the second told nothing more of it."""
    made = people(desk(tmp_path / "data"), 甲="", 乙=2, 丙=44, 丁=6)
    earlier(made, tmp_path / "one")
    hidden_then = {f.key for f in made.account().public.facts if f.state is State.SUPPRESSED}
    for turn, count in (("two", 3), ("three", 4)):
        made.write(PROJECTS, made.text(PROJECTS).replace("甲,康复,《办法》,演示中心,残疾儿童,2025-01-01,2025-12-31,已完成,60,,", f"甲,康复,《办法》,演示中心,残疾儿童,2025-01-01,2025-12-31,已完成,60,{count},"))
        sites = [tmp_path / name for name in ("one", "two", "three") if (tmp_path / name).is_dir()]
        found = account(made.folder, sites)
        hidden_now = {f.key for f in found.public.facts if f.state is State.SUPPRESSED}
        assert hidden_then <= hidden_now, turn
        hidden_then = hidden_now
        earlier_of(found, tmp_path / turn)


def earlier(made: Desk, folder) -> None:
    """What the site of today would leave behind, as far as the gate reads it."""
    earlier_of(made.account(), folder)


def earlier_of(found, folder) -> None:
    records = [
        {"key": f.key, "value": None if f.value is None else str(f.value), "state": str(f.state), "operation": f.operation, "inputs": list(f.inputs)}
        for f in found.public.facts
    ]  # fmt: skip
    folder.mkdir()
    (folder / "facts.json").write_text(json.dumps({"facts": records}), encoding="utf-8")


def test_what_an_earlier_site_shows_is_not_hidden_to_protect_another(tmp_path, made):
    """KF-04 stood open while its neighbour was none of the small ones: hiding it now would protect nobody."""
    made.change(PROJECTS, "已完成,60,3,plan", "已完成,60,9,plan")
    earlier(made, tmp_path / "site")
    made.change(PROJECTS, "已完成,60,9,plan", "已完成,60,3,plan")
    found = account(made.folder, [tmp_path / "site"])
    hidden = {fact.key for fact in found.public.facts if fact.state is State.SUPPRESSED}
    assert SERVED.format("KF-03") in hidden and SERVED.format("KF-04") not in hidden
    assert "projects/2025/served" in hidden


def test_a_small_count_that_an_earlier_site_shows_is_told(tmp_path, made):
    made.add("publisher.toml", "[thresholds]", "small_count = 3")
    earlier(made, tmp_path / "site")
    made.change("publisher.toml", "small_count = 3", "small_count = 5")
    told = account(made.folder, [tmp_path / "site"])
    assert [(p.severity, p.kind, p.row, p.column) for p in told.problems] == [("warning", "shown-before", 4, "实际人数")]
    assert told.public.facts[SERVED.format("KF-03")].state is State.SUPPRESSED


def test_the_same_hidden_numbers_are_no_news(tmp_path, made):
    earlier(made, tmp_path / "site")
    before = {f.key for f in made.account().public.facts if f.state is State.SUPPRESSED}
    found = account(made.folder, [tmp_path / "site"])
    assert found.problems == [] and {f.key for f in found.public.facts if f.state is State.SUPPRESSED} == before


@pytest.mark.parametrize("content", [b"", b"[]", b'{"facts": 3}', b'{"facts": [{"key": 1}]}', b'{"facts": [7]}'])
def test_a_damaged_earlier_site_is_left_aside(tmp_path, content):
    (tmp_path / "facts.json").write_bytes(content)
    assert suppression.load([tmp_path, tmp_path / "none"]) == Earlier()


# ---- facts alone


def count(facts: Facts, name: str, value: int) -> Fact:
    return facts.add(Fact(name, name, value, Unit.PERSONS, printed=str(value), origin=Origin("t.csv", "", len(facts) + 2, "人数")))


def small(value: int, threshold: int = 5) -> Guard:
    return Guard(0 < value < threshold, threshold, threshold, 0, value)


def store() -> tuple[Facts, Rules]:
    facts = Facts()
    a, b, c = count(facts, "a", 3), count(facts, "b", 40), count(facts, "c", 50)
    total = facts.sum("total", "合计", [a, b, c], Unit.PERSONS)
    facts.ratio("share", "占比", a, total)
    facts.ratio("part", "占比", c, total)
    facts.difference("off", "差", total, a)
    facts.same("again", "又叫", a)
    facts.count("rows", "行数", [a, b, c])
    facts.mean("mean", "平均", [a, b])
    guards = {key: small(facts[key].value) for key in ("a", "b", "c", "total")}
    return facts, Rules(guards | {"total": replace(guards["total"], total=True)})


def test_a_sum_over_hidden_differences_is_reckoned_with():
    """(total - a) + c is b + 2c: hiding b would protect nobody, c has to go."""
    facts, told = store()
    facts.sum("other", "另一个合计", [facts["off"], facts["c"]], Unit.PERSONS)
    public = disclose(facts, [], told=told)
    assert public.exposed == () and public.facts["other"].known
    assert public.facts["total"].known
    assert public.facts["b"].state is public.facts["c"].state is State.SUPPRESSED


def test_what_gives_a_hidden_count_back_goes_with_it_and_the_rest_stays():
    facts, told = store()
    public = disclose(facts, [], told=told)
    shut = {fact.key for fact in public.facts if fact.state is State.SUPPRESSED}
    assert {"a", "share", "off", "again", "mean"} <= shut
    assert {"total", "rows"}.isdisjoint(shut)
    assert len(shut & {"b", "c"}) >= 1 and public.exposed == ()


def test_a_count_that_equals_a_published_number_cannot_be_hidden():
    """The other side belongs to no table of people: it stays, and whoever knows that the two agree has the count."""
    facts, told = store()
    facts.add(Fact("printed", "原表", 3, Unit.PERSONS, printed="3", origin=Origin("x.csv")))
    equal = Comparison("r", 2025, "t", "i", "左 = 右", "某处", "a", "printed", 0, 0, Verdict.BALANCED)
    public = disclose(facts, [equal], told=told)
    assert public.exposed == ("a",) and public.comparisons[0].verdict is Verdict.UNCHECKABLE
    wrong = suppression.problems(Inputs(Publisher(Path(), "演示"), {}), facts, public)
    assert [(p.severity, p.kind, p.file, p.row, p.column) for p in wrong] == [("error", "cannot-hide", "t.csv", 2, "人数")]
    assert wrong[0].line() == "t.csv·第2行·人数：“a”这个数太小，容易认出人；它又能从别的公开数里算出来，藏不住。请把它和别的合成一行。例：两个村合报一个数，或者并入同类的项目"


def test_nothing_small_hides_nothing():
    facts, told = store()
    public = disclose(facts, [], told=Rules({key: small(facts[key].value, 3) for key in told.guards}))
    assert list(public.facts) == list(facts) and (public.guarded, public.withheld) == (4, 0)


def test_closed_columns_take_their_sums_with_them_hidden_counts_do_not():
    facts, told = store()
    public = disclose(facts, [], frozenset({"b"}), told)
    assert public.facts["total"].state is State.SUPPRESSED and public.facts["rows"].state is State.SUPPRESSED


def test_an_earlier_sum_over_what_it_hid_is_reckoned_with():
    facts, told = store()
    records = {
        "a": {"key": "a", "value": None, "state": "suppressed", "operation": "", "inputs": []},
        "b": {"key": "b", "value": None, "state": "suppressed", "operation": "", "inputs": []},
        "c": {"key": "c", "value": "50", "state": "known", "operation": "", "inputs": []},
        "total": {"key": "total", "value": "93", "state": "known", "operation": "sum", "inputs": ["a", "b", "c"]},
    }  # fmt: skip
    shut = {f.key for f in disclose(facts, [], told=told, before=Earlier((records,))).facts if f.state is State.SUPPRESSED}
    assert "b" in shut, "today's neighbour is the one of the earlier site: with another one the two sites together tell it"


# ---- tables that know of one another


TABLE = """
[[tables]]
name = "{name}"
title = "{name}"
primaryKey = {key}
fields = [{fields}]
[tables.people]
{people}
"""


def table(name: str, key: list[str], counts: str, people: str, money: tuple[str, ...] = ()) -> schema.Table:
    fields = [f'{{ name = "{each}", id = "{each}", type = "string", publish = true }}' for each in key]
    fields.append(f'{{ name = "{counts}", id = "{counts}", type = "integer", unit = "persons", publish = true }}')
    fields += [f'{{ name = "{each}(元)", id = "{each}", type = "number", publish = {"false" if each == "最大" else "true"} }}' for each in money]
    text = TABLE.format(name=name, key=key, fields=", ".join(fields), people=people)
    return schema._table(tomllib.loads(text)["tables"][0], "r", False)


def data(told: schema.Table, *rows: tuple) -> Data:
    made = []
    for line, texts in enumerate(rows, start=2):
        cells = {f.id: Cell(str(text), Origin(f"{told.name}.csv", "", line, f.name)) for f, text in zip(told.fields, texts, strict=True)}
        values = {f.id: Value(State.KNOWN, text) for f, text in zip(told.fields, texts, strict=True)}
        made.append(Row(line, cells, values))
    return Data(told, "r", 2025, f"{told.name}.csv", tuple(made))


def both(tmp_path, *tables: Data) -> tuple[Inputs, Facts]:
    facts = Facts()
    for each in tables:
        leaves(each, facts)
    year = RegisterYear("r", 2025, {each.schema.name: each for each in tables}, {})
    return Inputs(Publisher(tmp_path, "演示"), {("r", 2025): year}), facts


def hidden(inputs: Inputs, facts: Facts) -> set[str]:
    public = disclose(facts, [], told=suppression.rules(inputs, facts))
    assert public.exposed == ()
    return {fact.key.removeprefix("r/2025/") for fact in public.facts if fact.state is State.SUPPRESSED}


def test_tables_of_one_population_share_their_margins(tmp_path):
    """Each town's people by category and by level: the town's total is nowhere, and yet everybody has it from the levels."""
    say = 'population = "persons"\nby = ["乡镇", "{}"]'
    category = data(table("categories", ["乡镇", "类别"], "人数", say.format("类别")),
                    ("甲", "视力", 3), ("甲", "听力", 40), ("甲", "肢体", 60), ("乙", "视力", 30), ("乙", "听力", 44), ("乙", "肢体", 66))  # fmt: skip
    level = data(table("levels", ["乡镇", "等级"], "人数", say.format("等级")),
                 ("甲", "一级", 50), ("甲", "二级", 53), ("乙", "一级", 70), ("乙", "二级", 70))  # fmt: skip
    alone, facts = both(tmp_path, category)
    assert hidden(alone, facts) == {"categories/甲+视力/人数"}, "without totals, nothing gives it away"
    inputs, facts = both(tmp_path, category, level)
    assert [sorted(terms.values()) for terms in margins.shared(inputs, facts)] == [[-1, -1, 1, 1, 1]] * 2
    assert len(hidden(inputs, facts)) == 2


def test_tables_that_do_not_add_up_to_the_same_tell_nothing_of_each_other(tmp_path):
    say = 'population = "persons"\nby = ["乡镇", "{}"]'
    one = data(table("categories", ["乡镇", "类别"], "人数", say.format("类别")), ("甲", "视力", 3), ("甲", "听力", 40))
    other = data(table("levels", ["乡镇", "等级"], "人数", say.format("等级")), ("甲", "一级", 50))
    assert list(margins.shared(*both(tmp_path, one, other))) == []


def test_a_standard_gives_the_count_back_so_the_amount_goes_too(tmp_path):
    told = table("paid", ["月份"], "人数", 'amounts = ["金额(元)"]\nstandard = "标准(元)"', ("标准", "金额"))
    inputs, facts = both(tmp_path, data(told, ("01", 3, 11000, 33000), ("02", 40, 11000, 440000), ("03", 41, 11000, 451000)))
    assert hidden(inputs, facts) == {"paid/01/人数", "paid/01/金额"}
    total = facts.sum("r/2025/year", "全年", [facts[f"r/2025/paid/{month}/金额"] for month in ("01", "02", "03")])
    shut = hidden(inputs, facts)
    assert {"paid/01/人数", "paid/01/金额"} < shut and total.key not in shut
    assert len(shut & {"paid/02/金额", "paid/03/金额"}) == 1, "the year's total would give the month back"


@pytest.mark.parametrize(
    ("persons", "largest", "shut"), [(2, 100, True), (3, 100, False), (20, 79_999, False), (20, 80_000, True), (0, 0, False)]
)
def test_amounts_for_few_or_nearly_all_for_one_are_hidden(tmp_path, persons, largest, shut):
    told = table("grants", ["项目"], "领取人数", 'amounts = ["金额(元)"]\nlargest = "最大(元)"', ("金额", "最大"))
    inputs, facts = both(tmp_path, data(told, ("甲", persons, 100_000, largest), ("乙", 50, 900_000, 30_000)))
    assert ("grants/甲/金额" in hidden(inputs, facts)) is shut


def test_the_finer_table_has_the_higher_threshold(tmp_path):
    fine = data(table("villages", ["村"], "人数", "fine = true"), ("甲", 9), ("乙", 30))
    coarse = data(table("towns", ["镇"], "人数", "fine = false"), ("丙", 9), ("丁", 30))
    assert hidden(*both(tmp_path, fine, coarse)) == {"villages/甲/人数"}


def test_a_zero_points_at_nobody(tmp_path):
    assert hidden(*both(tmp_path, data(table("towns", ["镇"], "人数", ""), ("丙", 0), ("丁", 3)))) == {"towns/丁/人数"}
