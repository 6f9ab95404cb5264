"""Private strings planted in every place of a publisher's folder: each stops publication, is told by its place, and is shown nowhere.

Words that only closed places hold are planted too, in a publisher that does publish: no byte of its site says them.
"""

import contextlib
import io
import json
import os
import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter

from scripts import __main__, schema, site
from scripts.account import account
from scripts.problems import Problem
from tests import built
from tests.redteam.private import bank, card, identity, mobile
from tests.small_publisher import LINES, PROJECTS, desk

REPORT = "execution/2025/report.xlsx"


def workbook(path: Path, canaries: dict[str, str]) -> None:
    """A clerk's workbook with something private in each of its corners."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"author": canaries["author"], "title": "表", "comments": canaries["document comment"]})
        sheet, hidden = book.add_worksheet("公开"), book.add_worksheet(canaries["sheet name"])
        sheet.write_row(0, 0, ["科目编码", "科目名称", "备注"])
        sheet.write_row(1, 0, ["2081101", "行政运行", canaries["workbook cell"]])
        sheet.write_comment("A2", canaries["cell comment"])
        sheet.write_row(2, 0, [canaries["split cells"][:6], canaries["split cells"][6:14], canaries["split cells"][14:]])
        sheet.set_header(f"&C{canaries['print header']}")
        hidden.write("B3", canaries["hidden sheet"])
        hidden.hide()
        book.define_name("private", f'="{canaries["defined name"]}"')


PLACES = {
    "cell of an open column": (PROJECTS, "", 2, "项目名称"),
    "cell beside": (LINES, "", 2, "偏差原因"),
    "header": (LINES, "", 1, "K"),
    "cell of a column too many": ("projects/2025/funding.csv", "", 2, "备注"),
    "file name": ("execution/2025/{0}.csv", "", None, ""),
    "folder name": ("{0}", "", None, ""),
    "sources": ("projects/2025/sources.toml", "", 2, ""),
    "comment of sources": ("execution/2025/sources.toml", "", 1, ""),
    "notes": ("notes.md", "", 3, ""),
    "notes of GB18030": ("notes.txt", "", 1, ""),
    "explanations": ("explanations.toml", "", 4, ""),
    "overrides": ("privacy-overrides.toml", "", 2, ""),
    "corrections": ("corrections.toml", "", 1, ""),
    "contacts": ("publisher.toml", "", 4, ""),
    "name of the publisher": ("publisher.toml", "", 1, ""),
    "evidence": ("projects/2025/evidence.md", "", 1, ""),
    "workbook cell": (REPORT, "公开", 2, "备注"),
    "split cells": (REPORT, "公开", 3, "科目编码"),
    "hidden sheet": (REPORT, "{sheet name}", 3, "B"),
    "sheet name": (REPORT, "", None, "工作表的名字"),
    "cell comment": (REPORT, "公开", None, "批注"),
    "author": (REPORT, "", None, "文件属性"),
    "document comment": (REPORT, "", None, "文件属性"),
    "defined name": (REPORT, "", None, "定义的名称"),
    "print header": (REPORT, "公开", None, "页眉页脚"),
}
UNTOLD = "target of a link"  # a link is refused unread


@cache
def canaries() -> dict[str, str]:
    dice = random.Random(4)
    makers = (identity, card, bank, mobile)
    made = {place: makers[0 if place in ("split cells", "folder name") else at % 4](dice) for at, place in enumerate((*PLACES, UNTOLD))}
    return made | {"sheet name": identity(dice)}


def planted(folder: Path) -> Path:
    """The small publisher with one canary in each place."""
    told, clerk = canaries(), desk(folder)
    clerk.change(PROJECTS, "残疾儿童康复救助,", f"救助{told['cell of an open column']},")
    clerk.change(LINES, "2025-06-30,450000.00,,", f"2025-06-30,450000.00,见{told['cell beside']},")
    clerk.change(LINES, "来源文件\n", f"来源文件,{told['header']}\n")
    clerk.change("projects/2025/funding.csv", "功能科目编码,来源文件\n", "功能科目编码,来源文件,备注\n")
    clerk.change("projects/2025/funding.csv", "province-3\n", f"province-3,{told['cell of a column too many']}\n")
    clerk.write(f"execution/2025/{told['file name']}.csv", "甲\n")
    clerk.write(f"{told['folder name']}/2025/a.csv", "甲\n")
    clerk.change("projects/2025/sources.toml", '"2025 年项目计划"', f'"2025 年项目计划{told["sources"]}"')
    clerk.change("execution/2025/sources.toml", "[documents.report-06]", f"# {told['comment of sources']}\n[documents.report-06]")
    clerk.write("notes.md", f"说明\n\n请找 {told['notes']}\n")
    clerk.write_bytes("notes.txt", f"请找王主任{told['notes of GB18030']}".encode("gb18030"))
    clerk.write("explanations.toml", f'[[explanations]]\nidentity = "a"\nplace = "b"\nreason = "{told["explanations"]}"\n')
    clerk.write("privacy-overrides.toml", f'[[overrides]]\nreason = "{told["overrides"]}"\n')
    clerk.write("corrections.toml", f"# {told['corrections']}\n")
    clerk.change("publisher.toml", '"0851-0000"', f'"{told["contacts"]}"')
    clerk.change("publisher.toml", "演示县残疾人联合会", f"演示县残疾人联合会{told['name of the publisher']}")
    clerk.write("projects/2025/evidence.md", told["evidence"])
    workbook(folder / REPORT, told)
    target = folder.parent / f"outside-{told[UNTOLD]}"
    target.mkdir()
    os.symlink(target, folder / "projects" / "2025" / "photos")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return planted(tmp_path_factory.mktemp("planted") / "publisher")


@pytest.fixture(scope="module")
def told(folder) -> list[Problem]:
    return account(folder).problems


@pytest.mark.parametrize("place", PLACES)
def test_a_private_string_is_told_by_its_place(told, place):
    sign = "（不显示）"
    file, sheet, row, column = PLACES[place]
    wanted = (file.format(sign), sheet.replace("{sheet name}", sign), row, column.format(sign))
    assert wanted in [(p.file, p.sheet, p.row, p.column) for p in told if p.kind == "private-string"]


def test_a_link_is_refused_unread(told):
    assert [p.file for p in told if p.kind == "symlink"] == ["projects/2025/photos"]


def shown_anywhere(text: str) -> list[str]:
    """Canaries in a text, whole or their middle, so that a cut message shows none either."""
    return [place for place, each in canaries().items() if each in text or each[4:14] in text]


@pytest.mark.parametrize("arguments", [("check",), ("check", "--json"), ("build", "--output"), ("publish", "--output")], ids=" ".join)
def test_no_verb_says_a_canary_or_writes_one(folder, tmp_path, arguments):
    output = tmp_path / "site"
    given = [*arguments, *([str(output)] if arguments[-1] == "--output" else []), "--publisher", str(folder)]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        assert __main__.main(given) == 1
    written = [path.read_bytes().decode("utf-8", "replace") for path in output.rglob("*") if path.is_file()] if output.exists() else []
    assert (shown_anywhere(said.getvalue()), [shown_anywhere(text) for text in written], "Traceback" in said.getvalue()) == ([], [], False)


def test_every_field_of_every_problem_is_clean(told):
    assert shown_anywhere(json.dumps([each.as_json() for each in told], ensure_ascii=False)) == []
    assert shown_anywhere(repr(told)) == []


def test_the_account_itself_prints_none(folder):
    found = account(folder)
    assert (found.public, shown_anywhere(repr(found.private))) == (None, [])


# ---- words that only closed places hold

CLOSED = {  # register/table: fields closed for this test
    "execution/lines": ("reason",), "execution/adjustments": ("reason", "amount"), "projects/payments": ("purpose", "payee"),
    "projects/projects": ("beneficiaries", "basis"), "organisation/units": ("duties", "left_out_because"), "evaluations/evaluations": ("independence",),
}  # fmt: skip


def closing(load):
    """The real schemas with some columns closed."""

    @cache
    def closed(register: str) -> schema.Schema:
        told = load(register)
        tables = []
        for table in told.tables:
            shut = CLOSED.get(f"{register}/{table.name}", ())
            assert set(shut) <= {field.id for field in table.fields} - set(table.key)
            tables.append(replace(table, fields=tuple(replace(f, publish=f.publish and f.id not in shut) for f in table.fields)))
        return replace(told, tables=tuple(tables))

    return closed


def test_what_closed_places_hold_reaches_no_byte_of_the_site(tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "load", closing(schema.load))
    clerk = desk(tmp_path / "publisher")
    clerk.change(LINES, "450000.00,,", "450000.00,翡翠鸟甲,")
    clerk.change("execution/2025/adjustments.csv", "追加,100000.00,新增 5 名儿童", "追加,100000.00,翡翠鸟乙")
    clerk.change("projects/2025/payments.csv", "演示康复中心,30399,1 月至 5 月训练费", "翡翠鸟丙,30399,翡翠鸟丁")
    clerk.change(PROJECTS, "《演示省残疾儿童康复救助办法》,演示县残疾人综合服务中心,0 至 14 岁的残疾儿童", "翡翠鸟戊,演示县残疾人综合服务中心,翡翠鸟己")
    clerk.change("organisation/2025/units.csv", "管理项目和资金。", "翡翠鸟庚")
    clerk.change("evaluations/2025/evaluations.csv", "没有利益冲突。", "翡翠鸟辛")
    for name in ("publisher.toml", "projects/2025/sources.toml"):
        clerk.write(name, f"# 翡翠鸟壬\n{clerk.text(name)}")
    clerk.write("notes.md", "翡翠鸟癸\n")
    clerk.write("privacy.key", "jadebird" * 8)
    clerk.write(".jadebird/jadebird.csv", "jadebird\n")
    found = account(clerk.folder)
    said: list[str] = []
    done = site.build(found, tmp_path / "site", said.append)
    assert [each.line() for each in done.problems] == []
    written = {path.relative_to(tmp_path / "site").as_posix(): path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    assert [name for name, content in written.items() if "翡翠鸟".encode() in content or b"jadebird" in content.lower() or b"\\u7fe1" in content] == []
    assert not any("翡翠鸟" in line for line in said)


# ---- evidence


def test_of_an_evidence_file_nothing_is_copied_but_its_name_date_and_digest(tmp_path):
    """Every file of the site is made by the program; the inputs' own bytes are in none of the files' places."""
    whole = built.small_site()
    own = {path.read_bytes() for path in built.SMALL.rglob("*") if path.is_file() and path.stat().st_size}
    assert [str(path) for path in whole.folder.rglob("*") if path.is_file() and path.read_bytes() in own] == []
    folder = built.small_copy(tmp_path / "publisher")
    (folder / "projects" / "2025" / "名单.pdf").write_bytes(b"%PDF-1.4 scan")
    (folder / "projects" / "2025" / "名单.jpg").write_bytes(b"\xff\xd8\xff")
    found = account(folder)
    assert [(p.kind, p.file) for p in found.problems if p.severity == "error"] == [
        ("unknown-file", "projects/2025/名单.jpg"), ("unknown-file", "projects/2025/名单.pdf"),
    ]  # fmt: skip
    assert found.public is None
