"""The plan's promises: quoted to the letter, judged exactly on both sides of every boundary, never rounded into being kept."""

import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from scripts import commitments, display, grids, registers, schema
from scripts.account import account
from scripts.cells import State
from scripts.commitments import Clause, Verdict, applies, judge
from scripts.declared import Measure
from scripts.facts import Fact, Facts, Unit
from scripts.grids import Against, Column, Grid, Row
from tests import built, governing
from tests.registers import test_committee
from tests.small_publisher import desk

TEXT = (Path(__file__).parent / "plan" / "plan.txt").read_text(encoding="utf-8").split("【篇二】")
PLANS = dict(zip(("plan-1", "plan-2"), TEXT, strict=True))
EVERY = [pytest.param(plan, clause, id=f"{plan}/{clause.id}") for plan in PLANS for clause in commitments.load(plan).values()]


def fact(value, unit=Unit.SHARE, state=State.KNOWN) -> Fact:
    return Fact("k", "量", value if state is State.KNOWN else None, unit, state)


def clause(comparator: str, target: str, unit=Unit.SHARE) -> Clause:
    return Clause("X1", "承诺", "原文", comparator, target, unit)


def share(text: str) -> Fraction:
    return Fraction(text) / 100


def test_there_are_two_profiles_and_they_are_not_one():
    assert commitments.plans() == ("plan-1", "plan-2")
    one, two = (commitments.load(plan) for plan in PLANS)
    assert len(one) == 44 and len(two) == 28 and "B1" in one and "B1" not in two and "G9" in two and "G9" not in one


@pytest.mark.parametrize(("plan", "told"), EVERY)
def test_a_clause_quotes_its_own_plan_to_the_letter(plan, told):
    assert told.quote in PLANS[plan]


@pytest.mark.parametrize(("plan", "told"), EVERY)
def test_boundary_words_are_read_as_they_are_meant(plan, told):
    """At least: "以上", "不低于"; more than: "超过"; a permission: "可"; an aspiration: "争取"."""
    if "%以上" in told.quote or "不低于" in told.quote or "不少于" in told.quote:
        assert told.comparator == ">="
    assert ("争取" in told.quote) == (told.comparator == "aspire") and ("可配备" in told.quote) == (told.comparator == "may")
    assert (told.due is not None) == (told.comparator == "by") == told.id.startswith("T1")
    assert "超过1000名" not in told.quote or told.when == "> 1000"
    assert "20人以上" not in told.quote or told.when == ">= 20"


BOUNDARIES = [(p.values[1], p.id) for p in EVERY if p.values[1].comparator != "by"]


@pytest.mark.parametrize("told", [pytest.param(told, id=id_) for told, id_ in BOUNDARIES])
def test_every_threshold_on_both_sides(told):
    """Just below, exactly, just above: by a hundredth of a per cent, a fen, or one."""
    step = Fraction(1, 10000) if told.unit is Unit.SHARE else 1
    least, most = commitments.bounds(told)
    below, exact, above = (judge(told, fact(value, told.unit)) for value in (least - step, least, most + step))
    kept, failed = (Verdict.ACHIEVED, Verdict.NOT_YET) if told.comparator in ("may", "aspire") else (Verdict.MET, Verdict.UNMET)
    expected = {
        ">=": (failed, kept, kept), "each-year": (failed, kept, kept), "may": (failed, kept, kept), "aspire": (failed, kept, kept),
        ">": (failed, failed, kept), "=": (failed, kept, failed), "<=": (kept, kept, failed), "range": (failed, kept, failed),
    }  # fmt: skip
    assert (below, exact, above) == expected[told.comparator]
    assert judge(told, fact(most, told.unit)) == (failed if told.comparator == ">" else kept)


@pytest.mark.parametrize(
    ("told", "value", "unit", "verdict"),
    [
        (clause(">=", "65%"), share("64.99"), Unit.SHARE, Verdict.UNMET), (clause(">=", "65%"), share("65"), Unit.SHARE, Verdict.MET),
        (clause(">=", "65%"), share("65.01"), Unit.SHARE, Verdict.MET), (clause(">", "1000", Unit.PERSONS), 1000, Unit.PERSONS, Verdict.UNMET),
        (clause(">", "1000", Unit.PERSONS), 1001, Unit.PERSONS, Verdict.MET), (clause(">=", "10000", Unit.FEN), 999_999, Unit.FEN, Verdict.UNMET),
        (clause(">=", "10000", Unit.FEN), 1_000_000, Unit.FEN, Verdict.MET), (clause("aspire", "1", Unit.PERSONS), 0, Unit.PERSONS, Verdict.NOT_YET),
        (clause("may", "2", Unit.PERSONS), 1, Unit.PERSONS, Verdict.NOT_YET), (clause("range", "1-2", Unit.PERSONS), 3, Unit.PERSONS, Verdict.UNMET),
        (clause(">=", "65%"), 65, Unit.PERSONS, Verdict.UNCHECKABLE),
    ],
)  # fmt: skip
def test_a_value_keeps_a_clause_or_does_not(told, value, unit, verdict):
    assert judge(told, fact(value, unit)) is verdict


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (None, Verdict.UNMEASURED), (fact(0, state=State.SUPPRESSED), Verdict.WITHHELD), (fact(0, state=State.BLANK), Verdict.UNCHECKABLE),
        (fact(0, state=State.UNPUBLISHED), Verdict.UNCHECKABLE),
    ],
)  # fmt: skip
def test_what_is_not_known_is_not_judged(told, verdict):
    assert judge(clause(">=", "65%"), told) is verdict


def test_for_whom_a_clause_holds():
    village, town = commitments.load("plan-1")["B6.2"], commitments.load("plan-2")["B7.2"]
    assert [applies(village, n) for n in (19, 20)] == [False, True] and [applies(town, n) for n in (1000, 1001)] == [False, True]
    assert applies(commitments.load("plan-1")["B6.1"], 0)


@pytest.mark.parametrize(("value", "text"), [("64.96", "64.96%"), ("64.996", "64.996%"), ("65", "65.0%"), ("64.9", "64.9%"), ("65.04", "65.04%"), ("99.97", "不到 100%")])
def test_what_fails_never_looks_as_if_it_held(value, text):
    assert display.percent(share(value), (share("65"),)) == text


def test_a_cell_beside_its_target_has_the_decimals_it_needs():
    made = Grid("g", "表", (Column("m", ("实际",), numeric=True, unit=True),), (Row((Against(fact(share("64.96")), (share("65"),)),)),))
    assert ">64.96%</data>" in grids.view(made)["rows"][0]["cells"][0]["html"] and grids.records(made)[1][0].text == "64.96" and made.facts()


def measured() -> list[tuple[str, Measure, str]]:
    return [(name, measure, id_) for name in registers.ORDER for measure in schema.load(name).measures for id_ in measure.clauses]


def test_no_measure_is_of_a_clause_that_no_plan_has():
    known = {id_ for plan in PLANS for id_ in commitments.load(plan)}
    assert [(name, measure.name, id_) for name, measure, id_ in measured() if id_ not in known] == []


def test_what_is_measured_is_in_the_unit_of_its_clause():
    public = account(built.SMALL).public.facts
    for name, measure, id_ in measured():
        for plan in PLANS:
            promised = commitments.load(plan).get(id_)
            there = [each for year in range(2020, 2030) if (each := public.get(f"{name}/{year}/{measure.name}"))]
            assert promised is None or all(each.unit is promised.unit for each in there), (name, measure.name, id_)


# ---- a register that measures clauses, put among the others for a moment


ROWS = "乡镇,委员,残疾人和亲友,公开日期,来源文件\n甲镇,1000,649,2025-02-01,roster\n乙镇,1000,600,2025-02-01,roster\n丙镇,10000,6496,2025-02-01,roster\n"
TOWNS = """
title = "乡镇主席团"
summary = "各乡镇主席团由哪些人组成。"
[[measures]]
name = "relatives"
title = "残疾人和亲友所占比例"
of = "残疾人和亲友"
over = "委员"
by = "share"
each = "乡镇"
clause = "G4.3"
[[measures]]
name = "cadres"
title = "残疾人干部"
of = "残疾人和亲友"
over = "委员"
by = "share"
where = { "乡镇" = "甲镇" }
clause = "G9"
[[tables]]
name = "towns"
title = "名册"
primaryKey = ["乡镇"]
fields = [
  { name = "乡镇", id = "town", type = "string", publish = true, constraints = { required = true } },
  { name = "委员", id = "members", type = "integer", unit = "persons", publish = true },
  { name = "残疾人和亲友", id = "relatives", type = "integer", unit = "persons", publish = true },
  { name = "公开日期", id = "published", type = "date", publish = true },
  { name = "来源文件", id = "document", type = "string", source = true, publish = true, constraints = { required = true } },
]
"""


@pytest.fixture
def towns(monkeypatch, tmp_path):
    """`organisation` as a register of towns; its own schema comes back afterwards."""
    folder = tmp_path / "registers"
    for name in registers.ORDER:
        (folder / name).mkdir(parents=True)
        source = TOWNS if name == "organisation" else (schema.REGISTERS / name / "schema.toml").read_text(encoding="utf-8")
        (folder / name / "schema.toml").write_text(source, encoding="utf-8")
    monkeypatch.setattr(schema, "REGISTERS", folder)
    schema.load.cache_clear()
    commitments.measuring.cache_clear()
    found = desk(tmp_path / "publisher", "evaluations", "projects")
    found.write("organisation/2025/towns.csv", ROWS)
    found.write("organisation/2025/sources.toml", '[documents.roster]\ntitle = "名册"\n')
    yield found
    schema.load.cache_clear()
    commitments.measuring.cache_clear()


def with_plan(found, plan: str):
    found.write("publisher.toml", f'name = "演示县残疾人联合会"\nas_of = 2026-03-31\nplan = "{plan}"\n')
    return found


def test_towns_are_judged_each_by_its_row_the_worst_first(towns):
    found = with_plan(towns, "plan-2").site()
    told = commitments.results(found.inputs, found.facts, commitments.load("plan-2")["G4.3"])
    assert [(each.value, str(each.verdict)) for each in told] == [("乙镇", "unmet"), ("甲镇", "unmet"), ("丙镇", "unmet")]
    page = towns.pages()["commitments/"]
    assert "64.96%" in page.blocks["town.html"] and "64.9%" in page.blocks["town.html"] and page.blocks["town.html"].count("未达标") == 3


def test_another_plan_changes_verdicts_and_nothing_else(towns):
    one, first = with_plan(towns, "plan-1").site(), towns.pages()
    two, second = with_plan(towns, "plan-2").site(), towns.pages()
    told = [{each.value: str(each.verdict) for each in commitments.results(s.inputs, s.facts, commitments.load(p)["G4.3"])} for s, p in ((one, "plan-1"), (two, "plan-2"))]
    assert told == [{"甲镇": "met", "乙镇": "met", "丙镇": "met"}, {"甲镇": "unmet", "乙镇": "unmet", "丙镇": "unmet"}]
    judged = ("commitments/", "/met")
    kept = [{f.key: f for f in site.facts if not any(part in f.key for part in judged)} for site in (one, two)]
    assert kept[0] == kept[1] and one.public.comparisons == two.public.comparisons
    changed = sorted(path for path in first.keys() | second.keys() if _shown(first.get(path)) != _shown(second.get(path)))
    there = ["", "about/coverage/", "commitments/", "commitments/how/", "how/", "organisation/2025/", "organisation/2025/how/"]
    assert changed == there  # the home page says how many were missed


def _shown(page):
    return page and (page.markdown, page.blocks)


def test_of_so_few_persons_only_the_verdict_is_shown(towns):
    found = with_plan(towns, "plan-2")
    site, pages = found.site(), found.pages()
    assert site.facts["organisation/2025/cadres"].state is State.SUPPRESSED
    assert site.facts["organisation/2025/cadres/part"].state is State.SUPPRESSED
    assert (site.facts["organisation/2025/cadres/met"].value, site.facts["organisation/2025/cadres/met"].inputs) == (1, ())
    (told,) = commitments.results(site.inputs, site.facts, commitments.load("plan-2")["G9"])
    assert told.verdict is Verdict.MET and "organisation/2025/cadres" not in pages["commitments/"].markdown
    without = with_plan(towns, "plan-1").site()
    assert without.facts["organisation/2025/cadres"].state is State.SUPPRESSED and "organisation/2025/cadres/met" not in without.facts


def test_small_clauses_are_measured_from_closed_columns_alone():
    """What is judged without being shown must not be addable from the table beside it."""
    for name, measure, id_ in measured():
        if id_ in commitments.small() and not measure.derived:
            table = schema.load(name).table(measure.table)
            assert not any(table.field(each).publish for each in (measure.of, measure.over) if each), (name, measure.name)


def test_a_clause_without_a_measure_says_so_and_a_plan_may_be_missing(tmp_path):
    found = desk(tmp_path, "evaluations", "projects")
    assert "commitments/" not in found.pages()
    page = with_plan(found, "plan-1").pages()["commitments/"]
    assert "100%" in page.blocks["county.html"] and "未度量" in page.blocks["county.html"] and "未度量" in page.markdown


def test_a_day_in_the_plan_is_a_due_date():
    assert commitments.load("plan-1")["T1.1"].due == datetime.date(2020, 8, 31) and commitments.said(commitments.load("plan-2")["T1.1"]) == "2020 年 9 月 10 日前"


def test_facts_of_a_clause_are_looked_for_in_the_latest_year_that_knows_them(tmp_path):
    found = with_plan(desk(tmp_path), "plan-1").site()
    (told,) = commitments.results(found.inputs, found.facts, commitments.load("plan-1")["Y4"])
    assert (told.year.year, told.verdict, told.fact.key) == (2025, Verdict.MET, "evaluations/2025/evaluated-share")
    (missing,) = commitments.results(found.inputs, Facts(), commitments.load("plan-1")["Y4"])
    assert (missing.verdict, missing.fact, missing.year) == (Verdict.UNMEASURED, None, None)


# ---- a year that is not over


def meetings(folder, as_of: str, plenary: dict[int, int]):
    """A publisher whose registers know so many plenary meetings in each year."""
    return governing.desk(folder, "committee", {year: _held(year, count) for year, count in plenary.items()}, as_of=as_of)


def _held(year: int, plenary: int) -> dict:
    told = test_committee.tables(year)
    kept = [line for line in told["meetings"].splitlines() if "残工委全体会议" not in line]
    return told | {"meetings": "\n".join([*kept, *(f"{year}-02-0{n + 1},会{n},残工委全体会议,述职,通过,,,doc" for n in range(plenary))]) + "\n"}


@pytest.mark.parametrize(
    ("as_of", "plenary", "verdict", "year", "beside"),
    [
        ("2026-09-30", {2025: 1, 2026: 0}, "met", 2025, (2026, 0)), ("2026-12-30", {2025: 1, 2026: 0}, "met", 2025, (2026, 0)),
        ("2026-12-31", {2025: 1, 2026: 0}, "unmet", 2026, None), ("2026-09-30", {2025: 0, 2026: 1}, "unmet", 2025, (2026, 1)),
        ("2026-09-30", {2026: 0}, "unfinished", 2026, None), ("2026-09-30", {2026: 1}, "unfinished", 2026, None),
        ("2026-03-31", {2024: 1, 2025: 0}, "unmet", 2025, None),
    ],
)  # fmt: skip
def test_the_latest_year_that_is_over_decides(tmp_path, as_of, plenary, verdict, year, beside):
    site = meetings(tmp_path, as_of, plenary).site()
    (told,) = commitments.results(site.inputs, site.facts, commitments.load("plan-1")["M7.2"])
    now = told.running and (told.running.year.year, told.running.fact.value)
    assert (str(told.verdict), told.year.year, now) == (verdict, year, beside)


def test_an_unfinished_year_is_shown_beside_and_never_missed(tmp_path):
    pages = meetings(tmp_path, "2026-09-30", {2025: 1, 2026: 0}).pages()
    (line,) = [row.partition("</tr>")[0] for row in pages["commitments/"].blocks["county.html"].split("<tr") if ">M7.2<" in row]
    assert "达标" in line and "未达标" not in line and "还没有过完" in line and 'value="0">0 ' in line and "2025" in line and "2026" in line
    roll = pages["committee/2026/"].blocks["commitments.html"]
    assert "本年还没有过完" in roll and "未达标" not in roll


def test_each_unit_has_its_own_beside_it(tmp_path):
    made = governing.desk(tmp_path, "committee", {2025: test_committee.tables(2025, ("没有报", "已办成", "已办成")), 2026: test_committee.tables(2026)}, as_of="2026-09-30")
    site = made.site()
    told = commitments.results(site.inputs, site.facts, commitments.load("plan-1")["M6"])
    assert [(each.value, str(each.verdict), each.running.fact.value) for each in told][0] == ("演示县教育局", "unmet", 1) and len(told) == 3


def test_what_a_whole_year_comes_to_is_declared():
    """Every clause that says "each year", and no share of what stands at one moment."""
    for plan in PLANS:
        whole = {clause.id for clause in commitments.load(plan).values() if clause.whole_years}
        said = {clause.id for clause in commitments.load(plan).values() if "每年" in clause.quote}
        assert said <= whole and not whole & {"G1", "G2", "G3.1", "B1", "B2", "B6.1", "B6.2", "M5.1"}
