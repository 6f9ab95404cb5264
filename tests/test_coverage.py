"""Every system of the reform plans has its place: in a register that exists, on a page whose links lead somewhere."""

import re
from pathlib import Path, PurePosixPath

from scripts import commitments, coverage, registers, schema
from tests.governing import desk
from tests.registers.test_associations import rows

TEXT = (Path(__file__).parent / "plan" / "plan.txt").read_text(encoding="utf-8").split("【篇二】")
PLANS = dict(zip(("plan-1", "plan-2"), TEXT, strict=True))
EVERY = [f"{part}{n}" for part, count in (("Y", 12), ("E", 5), ("G", 12), ("M", 9), ("B", 20), ("T", 1)) for n in range(1, count + 1)]
PAGE = "about/coverage/"
# Registers that are written beside these: while they are not there, their places are not asked for.
def test_every_system_stands_once_and_in_its_order():
    assert [system.id for system in coverage.load()] == EVERY


def test_a_system_quotes_its_plan_to_the_letter():
    assert [system.id for system in coverage.load() if system.quote not in PLANS[system.plan]] == []


def test_every_system_is_covered_by_a_table_that_exists():
    assert coverage.missing() == []
    assert [system.id for system in coverage.load() if not system.places] == []


def test_every_clause_belongs_to_a_system():
    clauses = {id_ for plan in commitments.plans() for id_ in commitments.load(plan)}
    assert sorted(id_ for id_ in clauses if id_.partition(".")[0] not in EVERY) == []


def test_what_is_missing_is_found(monkeypatch):
    told = coverage.System("Y1", "题", "plan-1", "话", (("organisation", "units"), ("organisation", "nothing"), ("nowhere", "units")))
    monkeypatch.setattr(coverage, "load", lambda: (told,))
    assert coverage.missing() == ["Y1 organisation/nothing", "Y1 nowhere/units"]


def test_measures_follow_from_clauses():
    found = {clause: measure.name for clause, register, measure in coverage.measures(next(s for s in coverage.load() if s.id == "B3"))}
    assert found == {"B3.1": "leaders-days", "B3.2": "others-days"}


def line(page, part: str, id_: str) -> str:
    (found,) = [row for row in page.blocks[f"part-{part}.html"].split("<tr") if f">{id_}</span>" in row.partition("</th>")[0]]
    return found


def test_the_page_says_where_or_that_it_is_missing(tmp_path):
    pages = desk(tmp_path, "associations", {2025: rows(2025)}).pages()
    page = pages[PAGE]
    there, missing = line(page, "b", "B1"), line(page, "y", "Y2")
    assert "associations/2025/associations/index.html" in there and "每个协会的预算" in there and "活动经费按照每个协会1万元" in there
    assert "缺" in missing and "缺" not in there and "associations/" not in missing
    assert "还没有公开的" in page.markdown and "](../../commitments/index.html)" in page.markdown


def test_every_link_of_the_page_leads_somewhere(tmp_path):
    pages = desk(tmp_path, "associations", {2025: rows(2025)}).pages()
    targets = [href for block in (*pages[PAGE].blocks.values(), pages[PAGE].markdown) for href in re.findall(r'(?:href="|\]\()((?:\.\./)+[^")# ]*)', block)]
    there = {page.file for page in pages.values()} | {each.path for page in pages.values() for each in page.downloads}
    assert targets and {t for t in targets if resolved(t) not in there} <= {"../../help/index.html"}


def resolved(target: str) -> str:
    parts: list[str] = PurePosixPath(PAGE).parts[:]
    kept = list(parts)
    for each in target.split("/"):
        if each == "..":
            kept.pop()
        else:
            kept.append(each)
    return "/".join(kept)


def test_a_publisher_without_a_plan_has_the_page_too(tmp_path):
    page = desk(tmp_path, "associations", {2025: rows(2025)}, plan="").pages()[PAGE]
    assert "本单位没有写明用哪一份方案" in page.markdown and "commitments/" not in page.blocks["part-b.html"]


def test_tables_are_called_by_what_they_hold():
    assert all(schema.load(register).table(table) for system in coverage.load() for register, table in system.places if register in registers.ORDER)
