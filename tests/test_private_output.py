"""A finished site is looked through before it is switched on; what nobody can look through is refused; an override holds no string."""

import os
import zipfile
from pathlib import Path

import pypdf
import pytest
import xlsxwriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from scripts import __main__, grids, privacy, schema, site
from scripts.account import account
from scripts.grids import Entry
from scripts.privacy.headers import founded
from scripts.problems import Problem
from tests import built
from tests.small_publisher import LINES, PROJECTS, desk
from tests.test_canaries import workbook

ID, MOBILE = "990101190106154237", "13000000000"


def told(problems: list[Problem]) -> list[tuple[str, str, int | None]]:
    return [(p.kind, p.file, p.row) for p in problems]


def written(folder: Path, name: str, content: str | bytes) -> list[tuple[str, str, int | None]]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return told(privacy.scan_site(folder))


@pytest.mark.parametrize(
    ("name", "content", "row"),
    [
        ("index.html", f"<p>康复</p>\n<p>{ID}</p>", 2), ("index.html", f'<img src="a.svg" alt="见 {ID}">', 1), ("index.html", f"<title>{ID}</title>", 1),
        ("index.html", f"<!-- {ID} -->", 1), ("index.html", f'<a href="sms:{MOBILE}">短信</a>', 1), ("index.html", "<td>测试甲</td><td>肢体二级</td>", 1),
        ("a/c.svg", f"<svg><desc>\n{ID}</desc></svg>", 2), ("a/t.csv", f"乡镇,备注\n城关镇,{ID}\n", 2), ("facts.json", '{"printed": "' + ID + '"}', 1),
        ("facts.json", '{"title": "\\u0039' + ID[1:] + '"}', 1), ("theme/css/site.css", f"/* {MOBILE} */", 1), ("theme/search.js", f"const a = '{MOBILE}'", 1),
        ("a/page.md", f"|{ID}|", 1), ("robots.txt", f"# {ID}", 1), ("sitemap.xml", f"<loc>https://a.cn/{ID}</loc>", 1), ("a/t.csv", f"﻿a\n{ID}".encode("gb18030"), 2),
        (f"a/{ID}.csv", "a\n", None),
    ],
)  # fmt: skip
def test_a_private_string_in_a_file_of_the_site_is_found(tmp_path, name, content, row):
    assert written(tmp_path, name, content) == [("private-output", name, row)]


@pytest.mark.parametrize("corner", ["author", "sheet name", "workbook cell", "split cells", "hidden sheet", "cell comment", "document comment", "defined name", "print header"])
def test_every_corner_of_a_workbook_is_found(tmp_path, corner):
    corners = ("author", "sheet name", "workbook cell", "split cells", "hidden sheet", "cell comment", "document comment", "defined name", "print header")
    workbook(tmp_path / "a" / "t.xlsx", {each: "无" for each in corners} | {corner: ID})
    assert {(kind, file) for kind, file, _ in told(privacy.scan_site(tmp_path))} == {("private-output", "a/t.xlsx")}


def test_the_places_of_texts_in_a_workbook_are_no_numbers_of_anybody(tmp_path):
    """A row of texts is kept as a row of their numbers: 208, 208, 19, 19, 0, 208 … would be somebody born in 1919."""
    zero, day = Entry("0.00", "k"), Entry("2025-05-20")
    rows = [[Entry(f"编{n}"), Entry(f"项{n}"), Entry("类"), *[Entry(f"文{n}")] * 3, zero, *[Entry(f"文{n}")] * 2, day, day, zero, Entry(f"文{n}"), zero, Entry(f"文{n}")]
            for n in range(300)]  # fmt: skip
    (tmp_path / "t.xlsx").write_bytes(grids.xlsx_bytes("表", [[Entry(f"列{n}") for n in range(15)], *rows]))
    assert told(privacy.scan_site(tmp_path)) == []


def test_a_clean_workbook_passes_and_one_with_a_picture_does_not(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        book.add_worksheet("支出").write_row(0, 0, ["2081101", 1234567.89])
    assert told(privacy.scan_site(tmp_path)) == []
    with zipfile.ZipFile(tmp_path / "t.xlsx", "a") as packed:
        packed.writestr("xl/media/image1.png", b"\x89PNG")
    assert told(privacy.scan_site(tmp_path)) == [("output-unscanned", "t.xlsx", None)]


def document(path: Path, text: str, **told: str) -> None:
    """A PDF of one page that says a line."""
    made = pypdf.PdfWriter()
    page = made.add_blank_page(200, 200)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"), NameObject("/BaseFont"): NameObject("/Helvetica")})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 12 Tf 10 100 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = made._add_object(content)
    made.add_metadata({f"/{key}": value for key, value in told.items()})
    made.write(path)


@pytest.mark.parametrize(
    ("text", "properties", "found"),
    [(ID, {}, True), ("2024", {"Author": f"王主任{MOBILE}"}, True), ("2024", {"Title": "Budget"}, False)],
)
def test_text_and_properties_of_a_document_are_found(tmp_path, text, properties, found):
    document(tmp_path / "a.pdf", text, **properties)
    assert told(privacy.scan_site(tmp_path)) == ([("private-output", "a.pdf", None)] if found else [])


@pytest.mark.parametrize("name", ["a.docx", "photo.jpg", "a.bin", "noending", ".htaccess", ".hidden/a.csv", "drafts/a.html", "broken.xlsx", "broken.pdf"])
def test_what_nobody_can_look_through_is_refused(tmp_path, name):
    assert ("output-unscanned", name.partition("/")[0] if name.startswith((".h", "drafts")) else name, None) in written(tmp_path, name, b"\x00\x01 text")


def test_a_link_in_a_site_is_refused_unread(tmp_path):
    (tmp_path / "outside").write_text(ID, encoding="utf-8")
    (tmp_path / "site").mkdir()
    os.symlink(tmp_path / "outside", tmp_path / "site" / "a.csv")
    assert told(privacy.scan_site(tmp_path / "site")) == [("output-unscanned", "a.csv", None)]


def test_whole_fen_are_figures_and_no_telephones(tmp_path):
    """1.3 亿元 in fen has eleven digits; the seal has compared it with its fact."""
    assert written(tmp_path, "facts.json", '{"unit":"fen","value":"13000000000"}\n{"value":"13000000000/19912345678"}') == []
    assert written(tmp_path, "index.html", '<data data-fact="a/b" value="13000000000">13,000.00</data>') == []
    assert written(tmp_path, "facts.json", '{"title":"13000000000"}') == [("private-output", "facts.json", 1)]


def test_the_small_site_is_clean():
    assert told(privacy.scan_site(built.small_site().folder)) == []


def test_a_private_string_that_only_the_site_has_keeps_the_old_site(tmp_path, monkeypatch):
    """Whatever wrote it: nothing is switched, and the string is not said."""
    write = site.write_theme

    def leaking(folder: Path) -> None:
        write(folder)
        (folder / "theme" / "css" / "site.css").write_text(f"/* {ID} */", encoding="utf-8")

    monkeypatch.setattr(site, "write_theme", leaking)
    done = site.build(account(desk(tmp_path / "publisher").folder), tmp_path / "site", lambda _: None)
    assert told(done.problems) == [("private-output", "theme/css/site.css", 1)]
    assert ID not in repr(done.problems) and not (tmp_path / "site").exists()


# ---- inputs: columns and schemas


def test_a_private_column_is_named_even_when_it_is_empty(tmp_path):
    clerk = desk(tmp_path, "projects")
    clerk.write("projects/2025/payments.csv", "项目编码,序号,日期,金额(元),收款方类型,收款单位,经济科目编码,用途,来源文件,监护人\n")
    assert [(p.file, p.row, p.column) for p in clerk.account().problems if p.kind == "private-column"] == [("projects/2025/payments.csv", 1, "监护人")]


def test_no_value_of_a_table_with_a_private_column_is_printed(tmp_path):
    clerk = desk(tmp_path, "projects")
    clerk.write("projects/2025/payments.csv", "项目编码,姓名\nKF-01,测试某人\nKF-01,测试某人,2\n")
    assert clerk.account().public is None
    assert "测试某人" not in repr(clerk.account().problems)


def opening(load, **more: str):
    """The schema of projects with the unit's contact opened."""

    def changed(register: str) -> schema.Schema:
        found = load(register)
        if register != "projects":
            return found
        from dataclasses import replace

        field = replace(found.tables[0].field("unit"), name="联系人", **more)
        fields = tuple(field if each.id == "unit" else each for each in found.tables[0].fields)
        return replace(found, tables=(replace(found.tables[0], fields=fields), *found.tables[1:]))

    return changed


def test_an_open_private_column_without_its_reasons_stops_all(tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "load", opening(schema.load, legal_basis="《条例》第 12 条"))
    found = desk(tmp_path).account()
    assert found.public is None
    assert [(p.file, p.sheet, p.column) for p in found.problems if p.kind == "private-field"] == [("registers/projects/schema.toml", "projects", "联系人")]


def test_an_open_private_column_with_its_reasons_is_published_with_them(tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "load", opening(schema.load, legal_basis="《条例》第 12 条", approved_by="主席团"))
    assert founded(schema.load("projects")) == {"联系人"}
    clerk = desk(tmp_path)
    clerk.change(PROJECTS, "实施单位", "联系人")
    assert [p.kind for p in clerk.account().problems if p.severity == "error"] == []
    assert "公开“联系人”这一列的依据：《条例》第 12 条（主席团批准）。" in clerk.pages()["projects/2025/projects/"].markdown


# ---- overrides


def stopping(tmp_path: Path):
    """A publisher whose office mobile stops publication."""
    clerk = desk(tmp_path)
    clerk.change("publisher.toml", "[contacts]", f'[contacts]\ntext_message = "{MOBILE}"')
    return clerk


def answered(text: str, reason: str = "短信服务号", approver: str = "理事会") -> str:
    """The entry that check has printed, filled in."""
    entry = text[text.index("[[overrides]]") :]
    return entry.replace('reason = ""', f'reason = "{reason}"').replace('approved_by = ""', f'approved_by = "{approver}"')


def test_check_prints_an_entry_that_holds_a_hash_and_no_string(tmp_path, capsys):
    clerk = stopping(tmp_path)
    assert __main__.main(["check", "--publisher", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert MOBILE not in said and (tmp_path / "privacy.key").is_file()
    assert "# publisher.toml·第4行：像手机号（不显示），已停发布。" in said
    clerk.write("privacy-overrides.toml", answered(said))
    assert MOBILE not in clerk.text("privacy-overrides.toml")
    assert [p.kind for p in clerk.account().problems if p.severity == "error"] == []
    again = clerk.account()
    done = site.build(again, tmp_path.parent / f"{tmp_path.name}-site", lambda _: None)
    assert told(done.problems) == []
    page = (done.output / "index.html").read_text(encoding="utf-8")
    key = clerk.text("privacy.key").strip()
    assert MOBILE in page
    assert [path.name for path in done.output.rglob("*") if path.is_file() and key.encode() in path.read_bytes()] == []


def test_an_override_for_one_string_lets_no_other_pass(tmp_path, capsys):
    clerk = stopping(tmp_path)
    __main__.main(["check", "--publisher", str(tmp_path)])
    clerk.write("privacy-overrides.toml", answered(capsys.readouterr().out))
    clerk.change("publisher.toml", MOBILE, "13000000001")
    assert [(p.kind, p.file) for p in clerk.account().problems if p.severity == "error"] == [
        ("void-override", "privacy-overrides.toml"), ("private-string", "publisher.toml"),
    ]  # fmt: skip


@pytest.mark.parametrize("missing", ["reason", "approved_by"])
def test_an_override_without_its_reasons_lets_nothing_pass(tmp_path, capsys, missing):
    clerk = stopping(tmp_path)
    __main__.main(["check", "--publisher", str(tmp_path)])
    filled = answered(capsys.readouterr().out, **{"reason" if missing == "reason" else "approver": " "})
    clerk.write("privacy-overrides.toml", filled)
    assert {p.kind for p in clerk.account().problems if p.severity == "error"} == {"override-without-reason", "private-string"}


def test_without_its_key_no_override_counts(tmp_path, capsys):
    clerk = stopping(tmp_path)
    __main__.main(["check", "--publisher", str(tmp_path)])
    clerk.write("privacy-overrides.toml", answered(capsys.readouterr().out))
    clerk.remove("privacy.key")
    assert {p.kind for p in clerk.account().problems if p.severity == "error"} == {"no-privacy-key", "private-string"}


def test_two_publishers_never_have_the_same_hash(tmp_path):
    first, second = (privacy.entries(stopping(tmp_path / name).folder, account(tmp_path / name).private) for name in "ab")
    assert len(first) == len(second) == 1 and first != second


def test_a_workbook_that_cannot_be_opened_stops_publication(tmp_path):
    clerk = desk(tmp_path)
    clerk.write_bytes("execution/2025/a.xlsx", b"PK\x03\x04 broken")
    assert ("error", "execution/2025/a.xlsx", None, "", "", "private-unscanned") in clerk.problems()


def test_a_value_of_a_cell_with_a_private_string_is_not_printed_by_another_problem(tmp_path):
    clerk = desk(tmp_path)
    clerk.change(LINES, "2081101,行政运行,,1000000.00,0.00,1000000.00,2025-06-30,450000.00", f"2081101,行政运行,,{ID},0.00,1000000.00,2025-06-30,450000.00")
    found = [(p.kind, p.row, p.column, p.value) for p in clerk.account().problems if p.severity == "error"]
    assert ("too-many-digits", 2, "年初预算数(元)", "（不显示）") in found and ("private-string", 2, "年初预算数(元)", "") in found
