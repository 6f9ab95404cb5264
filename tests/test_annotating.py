"""`check --annotate`: wrong cells are marked and told in copies of the clerk's own tables; her files and her folder stay as they are."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from scripts import __main__, annotating, wording, workbooks
from scripts.annotating import copying, marking, placing
from scripts.problems import problem
from tests.built import digests
from tests.small_publisher import FUNDING, PAYMENTS, Desk, desk

RED, YELLOW = "FFF6B5AC", "FFFFF2C6"
HEAD = ["级别", "文件", "工作表", "行", "列", "写的是", "哪里不对", "怎么改"]


def opened(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def marked(sheet) -> dict[str, tuple[str, str]]:
    """Cell -> (colour, first line of its comment) of all that is filled or commented."""
    return {
        cell.coordinate: (cell.fill.fgColor.rgb if cell.fill.fill_type else "", cell.comment.text.splitlines()[0] if cell.comment else "")
        for row in sheet.iter_rows() for cell in row if cell.fill.fill_type or cell.comment
    }  # fmt: skip


def texts(sheet) -> list[list[str]]:
    return [["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.fixture
def publisher(tmp_path) -> Desk:
    return desk(tmp_path / "publisher", "projects")


def annotated(publisher: Desk, folder: Path) -> list[str]:
    return sorted(annotating.annotate(publisher.folder, publisher.account().problems, folder))


# ---- a table kept as CSV


def test_a_wrong_cell_of_a_csv_is_filled_and_says_what_and_how(publisher, tmp_path):
    publisher.change(PAYMENTS, "2025-06-20,200000.00", "2025-06-31,约20万")
    found = annotated(publisher, tmp_path / "marked")
    assert found == ["projects/2025/payments.csv.xlsx", "问题清单.xlsx"]
    book = opened(tmp_path / "marked" / found[0])
    assert book.sheetnames == ["表", "问题清单"]
    assert texts(book["表"]) == list(csv.reader(io.StringIO(publisher.text(PAYMENTS))))
    assert marked(book["表"]) == {
        "C2": (RED, "没有“2025-06-31”这一天。请改成真实的日期。例：2024-02-29"),
        "D2": (RED, next(p.message + p.fix for p in publisher.account().problems if p.column == "金额(元)")),
    }
    assert book["表"]["C2"].comment.author == "检查" and book["表"].freeze_panes == "A2"


def test_every_cell_stays_text_whatever_it_starts_with(publisher, tmp_path):
    publisher.change(PAYMENTS, "1 月至 5 月训练费", "=1+1")
    publisher.change(PAYMENTS, "2025-06-20,", "=HYPERLINK(A1),")
    annotated(publisher, tmp_path / "marked")
    for path in (tmp_path / "marked").rglob("*.xlsx"):
        kinds = {cell.data_type for sheet in opened(path) for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert kinds == {"s"}
    assert opened(tmp_path / "marked" / f"{PAYMENTS}.xlsx")["表"]["C2"].value == "=HYPERLINK(A1)"


def test_what_a_workbook_cannot_hold_is_shown_as_an_escape():
    book = openpyxl.load_workbook(io.BytesIO(copying.copy([["a"], ["\x0b\ufffe"], ["长" * 40_000]], [])))
    assert [row[0] for row in texts(book["表"])][1:] == ["\\u000b\\ufffe", "长" * 32_767]


# ---- which cells


@pytest.mark.parametrize(
    ("told", "filled", "said"),
    [
        (problem("not-money", row=3, column="金额(元)", value="x", example="1"), {(2, 1): True}, [(2, 1)]),
        (problem("duplicate-key", row=4, column="编号、金额(元)", value="x", first=2), {(3, 0): True, (3, 1): True}, [(3, 0)]),
        (problem("empty-row", row=5), {(4, 0): True, (4, 1): True, (4, 2): True}, [(4, 0)]),
        (problem("extra-column", row=1, column="日期", title="表"), {(0, 2): True}, [(0, 2)]),
        (problem("missing-column", row=1, column="别的", title="表"), {(0, 0): True, (0, 1): True, (0, 2): True}, [(0, 0)]),
        (problem("unknown-code", row=2, column="编号", value="x", year=2025, example="2081104"), {(1, 0): False}, [(1, 0)]),
        (problem("missing-table", title="表", example="本表无数据"), {}, []),
    ],
    ids=lambda each: getattr(each, "kind", ""),
)
def test_a_problem_marks_its_cells_a_row_or_nothing(told, filled, said):
    found, comments = placing.marks([told], [["编号", "金额(元)", "日期"]])
    assert (found, [*comments]) == (filled, said)


def test_a_column_without_a_name_is_known_by_its_letters():
    column = "C"
    found, _ = placing.marks([problem("cell-count", row=2, column=column, value="1,2,3", has=3, needs=2)], [["编号", "金额(元)"]])
    assert found == {(1, 2): True}


def test_a_header_below_a_title_is_found_by_the_names_that_are_told():
    told = [problem("header-not-first", row=1, value="拨付明细", line=2, count=1), problem("not-money", row=3, column="金额(元)", example="1")]
    found, _ = placing.marks(told, [["拨付明细", "", ""], ["编号", "金额(元)", "日期"], ["1", "x", ""]])
    assert found == {(0, 0): True, (0, 1): True, (0, 2): True, (2, 1): True}


def test_two_problems_of_a_cell_are_both_said_and_the_worse_colours_it():
    late, wrong = problem("unknown-code", row=2, column="a", year=2025, example="1"), problem("required", row=2, column="a", title="a", remedy="a")
    found, said = placing.marks([late, wrong], [["a"]])
    assert found == {(1, 0): True} and said == {(1, 0): f"{late.message}{late.fix}\n{wrong.message}{wrong.fix}"}


def test_comments_stop_where_a_spreadsheet_would_choke_and_the_fill_does_not():
    found, said = placing.marks([problem("empty-row", row=n) for n in range(2, 3002)], [["a"]])
    assert (len(found), len(said)) == (3000, placing.MOST_COMMENTS)


# ---- the list


def test_the_list_holds_every_problem_also_those_without_a_cell(publisher, tmp_path):
    publisher.change(PAYMENTS, "2025-06-20,", "2025-06-31,")
    publisher.write("projects/2025/备份.csv", "")
    publisher.remove(FUNDING)
    assert annotated(publisher, tmp_path / "marked") == ["projects/2025/payments.csv.xlsx", "问题清单.xlsx"]
    advice, head, *rows = texts(opened(tmp_path / "marked" / "问题清单.xlsx")["问题清单"])
    assert (advice[0], head) == (wording.say("annotate.advice"), HEAD)
    assert [row[:6] for row in rows] == [
        ["错误", FUNDING, "", "", "", ""],
        ["错误", PAYMENTS, "", "2", "日期", "2025-06-31"],
        ["错误", "projects/2025/备份.csv", "", "", "", ""],
    ]
    own = texts(opened(tmp_path / "marked" / f"{PAYMENTS}.xlsx")["问题清单"])
    assert own[2:] == [rows[1]]


def test_without_problems_nothing_is_written(publisher, tmp_path):
    assert annotating.annotate(publisher.folder, [], tmp_path / "marked") == []
    assert not (tmp_path / "marked").exists()


def test_a_file_with_private_strings_is_listed_and_never_copied(publisher, tmp_path):
    """A second file with the string would be one more to lose; the list shows the place alone."""
    publisher.change(PAYMENTS, "1 月至 5 月训练费", "张三 11010519491231002X")
    publisher.change(PAYMENTS, "2025-06-20,", "2025-06-31,")
    assert annotated(publisher, tmp_path / "marked") == ["问题清单.xlsx"]
    rows = texts(opened(tmp_path / "marked" / "问题清单.xlsx")["问题清单"])[2:]
    assert {(row[1], row[3], row[4]) for row in rows} == {(PAYMENTS, "2", "用途"), (PAYMENTS, "2", "日期")}
    assert "11010519491231002X" not in str(rows)


def test_what_is_reached_over_a_link_is_not_copied(publisher, tmp_path):
    (tmp_path / "elsewhere.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    publisher.remove(PAYMENTS)
    (publisher.folder / PAYMENTS).symlink_to(tmp_path / "elsewhere.csv")
    told = problem("not-money", file=PAYMENTS, row=2, column="a", value="1", example="1")
    assert annotating.annotate(publisher.folder, [told], tmp_path / "marked") == ["问题清单.xlsx"]


# ---- her own workbook


@pytest.fixture
def book(publisher) -> Path:
    """The payments as a workbook of her own, with a colour and a width of hers, and two wrong cells."""
    path = publisher.folder / "projects/2025/payments.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "拨付明细"
    for line in csv.reader(io.StringIO(publisher.text(PAYMENTS))):
        sheet.append([float(text) if line[3] != "金额(元)" and index == 3 else text for index, text in enumerate(line)])
    sheet["C2"], sheet["E3"] = "明天", "朋友"
    sheet.column_dimensions["H"].width = 33
    sheet["A1"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF00")
    made.save(path)
    publisher.remove(PAYMENTS)
    return path


def test_her_own_workbook_is_marked_in_a_copy_and_stays_hers(publisher, book, tmp_path):
    before = digests(publisher.folder)
    assert annotated(publisher, tmp_path / "marked") == ["projects/2025/payments.xlsx", "问题清单.xlsx"]
    assert digests(publisher.folder) == before
    copy = opened(tmp_path / "marked" / "projects/2025/payments.xlsx")
    assert copy.sheetnames == ["拨付明细", "问题清单"] and copy["拨付明细"].column_dimensions["H"].width == 33
    found = marked(copy["拨付明细"])
    assert found.pop("A1") == ("FF00FF00", "")
    assert {place: colour for place, (colour, _) in found.items()} == {"C2": RED, "E3": RED}
    assert found["C2"][1].startswith("看不出这是哪一天。") and found["E3"][1].startswith("这一格只能填固定的几个词。")
    assert copy["拨付明细"]["D2"].value == 200000
    assert [row[:6] for row in texts(copy["问题清单"])[2:]] == [
        ["错误", "projects/2025/payments.xlsx", "拨付明细", "2", "日期", "明天"],
        ["错误", "projects/2025/payments.xlsx", "拨付明细", "3", "收款方类型", "朋友"],
    ]


def test_formulas_and_merged_cells_are_marked_where_they_stand(publisher, book, tmp_path):
    made = opened(book)
    made["拨付明细"]["D3"] = "=D2+1"
    made["拨付明细"].merge_cells("G2:H2")
    made.save(book)
    annotated(publisher, tmp_path / "marked")
    found = marked(opened(tmp_path / "marked" / "projects/2025/payments.xlsx")["拨付明细"])
    assert found["D3"][1].startswith("这一格是公式") and "G2" in found


@pytest.mark.parametrize("bad", ["cut", "external"])
def test_a_workbook_that_is_dangerous_or_broken_is_only_listed(publisher, book, tmp_path, bad):
    if bad == "cut":
        book.write_bytes(book.read_bytes()[:2000])
    else:
        made = xlsxwriter.Workbook(book)
        made.add_worksheet("拨付明细").insert_image(0, 0, "x.png", {"image_data": io.BytesIO(PNG)})
        made.close()
    assert annotated(publisher, tmp_path / "marked") == ["问题清单.xlsx"]
    assert any(row[1] == "projects/2025/payments.xlsx" for row in texts(opened(tmp_path / "marked" / "问题清单.xlsx")["问题清单"])[2:])


def test_what_its_reader_does_not_give_is_not_opened_here(book, monkeypatch):
    told = problem("no-such-day", file=book.name, sheet="拨付明细", row=2, column="日期", value="x", example="2024-02-29")
    assert marking.mark(book, [told]) is not None
    monkeypatch.setattr(workbooks, "read", lambda *_, **__: (None, []))
    assert marking.mark(book, [told]) is None


def test_a_workbook_too_large_to_be_marked_is_only_listed(book, monkeypatch):
    told = problem("no-such-day", file=book.name, sheet="拨付明细", row=2, column="日期", value="x", example="2024-02-29")
    monkeypatch.setattr(marking, "MOST_BYTES", 1000)
    assert marking.mark(book, [told]) is None


def test_a_list_value_that_looks_like_a_formula_stays_text_in_her_workbook(book):
    content = marking.mark(book, [problem("not-money", file=book.name, sheet="拨付明细", row=2, column="金额(元)", value="=1+1", example="1.00")])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["问题清单"]
    assert (sheet["F3"].value, sheet["F3"].data_type) == ("=1+1", "s")


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


# ---- the command


def test_the_command_marks_says_where_and_leaves_the_folder_alone(publisher, tmp_path, capsys):
    publisher.change(PAYMENTS, "2025-06-20,", "2025-06-31,")
    before = digests(publisher.folder)
    assert __main__.main(["check", "--publisher", str(publisher.folder), "--annotate", str(tmp_path / "marked")]) == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "共 1 个错误、0 条提醒。", f"标好的表在 {tmp_path / 'marked'}，共 2 个工作簿。请改自己原来的文件。",
    ]  # fmt: skip
    assert digests(publisher.folder) == before


def test_with_json_the_copies_are_made_and_the_answer_stays_json(publisher, tmp_path, capsys):
    publisher.change(PAYMENTS, "2025-06-20,", "2025-06-31,")
    assert __main__.main(["check", "--json", "--publisher", str(publisher.folder), "--annotate", str(tmp_path / "marked")]) == 1
    assert json.loads(capsys.readouterr().out)["errors"] == 1
    assert (tmp_path / "marked" / "问题清单.xlsx").is_file()


def test_marks_that_cannot_be_written_are_one_more_problem_of_the_list(publisher, tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    publisher.change(PAYMENTS, "2025-06-20,", "2025-06-31,")
    target = tmp_path / "file" / "marked"
    assert __main__.main(["check", "--json", "--publisher", str(publisher.folder), "--annotate", str(target)]) == 1
    assert [each["kind"] for each in json.loads(capsys.readouterr().out)["problems"]] == ["no-such-day", "system"]


@pytest.mark.parametrize("inside", ["", "标注", "projects/2025"])
def test_marks_are_never_put_among_the_data(publisher, inside, capsys):
    before = digests(publisher.folder)
    folder = publisher.folder / inside
    assert __main__.main(["check", "--publisher", str(publisher.folder), "--annotate", str(folder)]) == 2
    assert capsys.readouterr().out == problem("annotate-in-data", file=str(folder)).line() + "\n"
    assert digests(publisher.folder) == before


def test_a_detour_over_a_link_still_leads_among_the_data(publisher, tmp_path):
    (tmp_path / "detour").symlink_to(tmp_path)
    folder = tmp_path / "detour" / "publisher" / "标注"
    assert [each.kind for each in annotating.refusal(publisher.folder, folder)] == ["annotate-in-data"]
    assert [each.kind for each in annotating.refusal(tmp_path / "detour" / "publisher", publisher.folder / "标注")] == ["annotate-in-data"]


@pytest.mark.parametrize("there", ["问题清单.xlsx", "mine.txt"])
def test_marks_are_never_put_over_a_file(publisher, tmp_path, there, capsys):
    kept = tmp_path / "marked" / there
    kept.parent.mkdir()
    kept.write_text("mine", encoding="utf-8")
    for target in (kept.parent, kept):
        assert __main__.main(["check", "--publisher", str(publisher.folder), "--annotate", str(target)]) == 2
        assert capsys.readouterr().out == problem("annotate-not-empty", file=str(target)).line() + "\n"
    assert kept.read_text(encoding="utf-8") == "mine" and [*kept.parent.iterdir()] == [kept]
