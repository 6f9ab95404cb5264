"""The commands as people meet them: exit 0 good, 1 problems, 2 wrong usage; one line each, in Chinese, with the remedy at its end."""

import csv
import io
import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from scripts import __main__, wording
from scripts.problems import problem
from tests import built
from tests.built import SMALL, digests

KEYS = ["severity", "file", "sheet", "row", "column", "value", "kind", "message", "fix"]
USAGE = "命令写得不对。请看下一行的写法，改了再试。"
PEOPLE = "人数和发给个人的钱共 4 个数，都能公开。"
BALANCED = "核对结果：不平 0，不可核 6，口径不同 0，舍入差 0，平 51。"
LINES, PAYMENTS, EXPENDITURE = "execution/2025/lines.csv", "projects/2025/payments.csv", "final_accounts/2025/支出决算表.csv"


@pytest.fixture
def publisher(tmp_path) -> Path:
    return built.small_copy(tmp_path / "publisher")


@pytest.fixture
def tell(capsys):
    """Runs a command here and gives (exit code, standard output, standard error). No traceback, whatever happens."""

    def tell(*arguments: object) -> tuple[int, str, str]:
        try:
            code = __main__.main([str(each) for each in arguments])
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out, said.err

    return tell


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def write(path: Path, table: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(table)
    path.write_text("\ufeff" + out.getvalue(), encoding="utf-8", newline="")


def put(publisher: Path, file: str, row: int, column: str, text: str) -> None:
    """Another text in one cell; rows are counted as Excel counts them."""
    table = rows(publisher / file)
    table[row - 1][table[0].index(column)] = text
    write(publisher / file, table)


# ---- wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("chek",), ("check", "--jsn"), ("build", "--output"), ("serve", "--port", "many"), ("serve", "--port", "99999"), ("verify",),
        ("import", "tables"), ("import", "tables", "--register", "budget", "--year", "24"),
        ("import", "tables", "--register", "reports", "--year", "2024"),
    ],
)  # fmt: skip
def test_wrong_usage_is_answered_with_the_right_one(tell, arguments):
    code, out, err = tell(*arguments)
    assert (code, out, err.splitlines()[0]) == (2, "", USAGE)
    assert re.fullmatch(r"python -m scripts .*", err.splitlines()[1]) and len(err.splitlines()) == 2
    assert problem("wrong-usage").line() == USAGE


@pytest.mark.parametrize("verb", ["check", "new", "build", "publish", "serve", "import", "verify", "demo"])
def test_every_command_explains_itself(tell, verb):
    code, out, err = tell(verb, "--help")
    assert (code, err) == (0, "")
    assert wording.say(f"verbs.{verb}") in out


# ---- check


def test_a_good_folder_is_told_by_its_verdicts(tell):
    assert tell("check", "--publisher", SMALL) == (0, f"{BALANCED}\n{PEOPLE}\n", "")


GOOD = '{\n "errors": 0,\n "warnings": 0,\n "groups": [],\n "problems": []\n}\n'


def test_a_good_folder_is_an_empty_list(tell):
    assert tell("check", "--json", "--publisher", SMALL) == (0, GOOD, "")


@pytest.mark.parametrize("verb", ["check", "build", "publish"])
def test_a_folder_without_publisher_is_a_problem(tell, tmp_path, verb):
    (tmp_path / "empty").mkdir()
    output = () if verb == "check" else ("--output", tmp_path / "out")
    code, out, err = tell(verb, "--publisher", tmp_path / "empty", *output)
    line = "publisher.toml：“empty”里没有 publisher.toml。请放一个，至少写一行：name = \"单位全称\"。"
    assert (code, err) == (1, "")
    assert line in out.splitlines() and "共 1 个错误、0 条提醒。" in out.splitlines()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty"]


@pytest.mark.parametrize("verb", ["build", "publish"])
def test_a_site_is_never_put_among_the_data(tell, publisher, verb):
    output = publisher / "output"
    code, out, _ = tell(verb, "--publisher", publisher, "--output", output)
    assert (code, out) == (2, problem("output-in-data", file=str(output)).line() + "\n")
    assert not output.exists()


def test_a_problem_has_exactly_these_keys(tell, publisher):
    put(publisher, LINES, 3, "累计执行数(元)", "15万")
    code, out, err = tell("check", "--json", "--publisher", publisher)
    assert (code, err) == (1, "")
    told = json.loads(out)
    assert (told["errors"], told["warnings"], [list(each) for each in told["problems"]]) == (1, 0, [KEYS])
    assert told["problems"] == [
        {
            "severity": "error", "file": LINES, "sheet": "", "row": 3, "column": "累计执行数(元)", "value": "15万",
            "kind": "unit-in-cell", "message": "“累计执行数”的格子里写了单位。", "fix": told["problems"][0]["fix"],
        }
    ]  # fmt: skip
    assert re.fullmatch(r"请换算成表头的单位，只写数。例：[0-9.]+", told["problems"][0]["fix"])


def spoil(publisher: Path) -> None:
    """One mistake after another, in every table of the small publisher."""
    put(publisher, LINES, 3, "累计执行数(元)", "15万")
    put(publisher, LINES, 5, "科目编码", "208110")
    put(publisher, "execution/2025/reports.csv", 2, "公开日期", "2025-02-30")
    put(publisher, "execution/2025/adjustments.csv", 2, "金额(元)", "20000.005")
    put(publisher, PAYMENTS, 3, "日期", "去年冬天")
    put(publisher, PAYMENTS, 5, "序号", "01")
    put(publisher, "projects/2025/projects.csv", 2, "类别", "培训")
    put(publisher, "projects/2025/projects.csv", 3, "计划人数", "二十五")
    put(publisher, "projects/2025/funding.csv", 4, "来源文件", "no-such-letter")
    put(publisher, "evaluations/2025/evaluations.csv", 2, "评价机构", "")
    put(publisher, "evaluations/2025/scores.csv", 2, "编号", "pj-09")
    put(publisher, "evaluations/2025/scores.csv", 3, "第三方得分", "160")
    table = rows(publisher / "evaluations/2025/problems.csv")
    write(publisher / "evaluations/2025/problems.csv", [row[:-2] + row[-1:] for row in table])
    write(publisher / "execution/2024/lines.csv", [*rows(publisher / "execution/2024/lines.csv"), ["2081107", "残疾人生活和护理补贴", ""]])
    (publisher / "execution/2024/reports.csv").unlink()
    (publisher / "execution/2025/备份.csv").write_text("", encoding="utf-8")
    put(publisher, EXPENDITURE, 4, "基本支出", "19.9O")
    (publisher / "publisher.toml").write_text('name = "样例县残疾人联合会"\ntelephone = "000"\n', encoding="utf-8")


SPOILT = [
    ("evaluations/2025/evaluations.csv", 2, "评价机构", "", "required"),
    ("evaluations/2025/problems.csv", 1, "单位答复", "", "missing-column"),
    ("evaluations/2025/scores.csv", 2, "编号", "pj-09", "foreign-key"),
    ("evaluations/2025/scores.csv", 3, "第三方得分", "160", "above-maximum"),
    ("execution/2024/lines.csv", 5, "", "2081107,残疾人生活和护理补贴,", "cell-count"),
    ("execution/2024/reports.csv", None, "", "", "missing-table"),
    ("execution/2025/adjustments.csv", 2, "金额(元)", "20000.005", "part-of-a-fen"),
    (LINES, 3, "累计执行数(元)", "15万", "unit-in-cell"),
    (LINES, 5, "科目编码", "208110", "function-code"),
    ("execution/2025/reports.csv", 2, "公开日期", "2025-02-30", "no-such-day"),
    ("execution/2025/备份.csv", None, "", "", "unknown-file"),
    (EXPENDITURE, 4, "基本支出", "19.9O", "official-not-money"),
    ("projects/2025/funding.csv", 4, "来源文件", "no-such-letter", "missing-document"),
    (PAYMENTS, 3, "日期", "去年冬天", "not-a-date"),
    (PAYMENTS, 5, "项目编码、序号", "KF-01+01", "duplicate-key"),
    ("projects/2025/projects.csv", 2, "类别", "培训", "not-in-list"),
    ("projects/2025/projects.csv", 3, "计划人数", "二十五", "no-number"),
    ("publisher.toml", None, "telephone", "", "unknown-setting"),
]


def test_eighteen_mistakes_are_listed_in_one_run_each_at_its_place(tell, publisher):
    spoil(publisher)
    code, out, _ = tell("check", "--json", "--publisher", publisher)
    found = [each for each in json.loads(out)["problems"] if each["severity"] == "error"]
    assert code == 1
    assert [(each["file"], each["row"], each["column"], each["value"], each["kind"]) for each in found] == SPOILT
    assert len({kind for *_, kind in SPOILT}) == 18


def test_each_line_says_where_and_ends_with_the_remedy(tell, publisher):
    spoil(publisher)
    told = json.loads(tell("check", "--json", "--publisher", publisher)[1])["problems"]
    code, out, err = tell("check", "--publisher", publisher)
    lines = out.splitlines()
    assert (code, err, lines[-1]) == (1, "", f"共 18 个错误、{len(told) - 18} 条提醒。")
    assert len(lines) == len(told) + 1
    for line, each in zip(lines[:-1], told, strict=True):
        assert line.endswith(f"{each['message']}{each['fix']}") and each["fix"].startswith(("请", "录错", "重录", "原件"))
        assert each["file"] in line and (each["row"] is None or f"·第{each['row']}行" in line)
    assert f"{LINES}·第5行·科目编码·“208110”：功能科目编码应为三位、五位或七位数字，开头的零可能丢了。" in out


def test_what_does_not_add_up_is_told_beside_a_cell_that_is_wrong(tell, publisher):
    put(publisher, PAYMENTS, 3, "日期", "去年冬天")
    put(publisher, "evaluations/2025/scores.csv", 3, "第三方得分", "15.0")
    put(publisher, "execution/2024/lines.csv", 2, "全年预算数(元)", "310000.00")
    code, out, _ = tell("check", "--json", "--publisher", publisher)
    assert code == 1
    assert [(each["file"], each["row"], each["column"], each["value"], each["kind"]) for each in json.loads(out)["problems"]] == [
        ("evaluations/2025/evaluations.csv", 2, "总分", "82.5", "unexplained-difference"),
        ("execution/2024/lines.csv", 2, "全年预算数(元)", "310000.00", "unexplained-difference"),
        (PAYMENTS, 3, "日期", "去年冬天", "not-a-date"),
    ]


def test_a_reason_that_is_missing_is_asked_for(tell, publisher):
    put(publisher, LINES, 7, "偏差原因", "")
    code, out, _ = tell("check", "--publisher", publisher)
    first, second, count = out.splitlines()
    assert (code, count) == (1, "共 1 个错误、1 条提醒。")
    assert first.startswith(f"{LINES}·第7行·偏差原因：“残疾人就业”年底执行数和全年预算相差超过 10")
    assert first.endswith("，或者年初没有预算，要写原因。请补上偏差原因。例：流标一次，合同推迟到 3 月")
    assert second.startswith(f"提醒：{EXPENDITURE}·第7行·“2081105”：“残疾人就业”的决算和预算相差超过 10")


def test_many_problems_of_one_cause_are_one_line_with_their_number(tell, publisher):
    table = rows(publisher / PAYMENTS)
    more = [[table[1][0], f"{1000 + n}", ("明天", "后天")[n % 2], *table[1][3:]] for n in range(1000)]
    write(publisher / PAYMENTS, [*table, *more])
    code, out, _ = tell("check", "--publisher", publisher)
    assert (code, out.splitlines()) == (1, [
        f"{PAYMENTS}·第{len(table) + 1}–{len(table) + 1000}行共1,000处·日期·“明天”“后天”：看不出这是哪一天。请写成年-月-日。例：2025-06-20",
        "共 1,000 个错误、0 条提醒。",
    ])  # fmt: skip
    told = json.loads(tell("check", "--json", "--publisher", publisher)[1])
    assert (told["errors"], len(told["problems"])) == (1000, 1000)
    assert told["groups"] == [{
        "severity": "error", "file": PAYMENTS, "sheet": "", "column": "日期", "kind": "not-a-date", "message": "看不出这是哪一天。",
        "fix": "请写成年-月-日。例：2025-06-20", "count": 1000, "rows": [*range(len(table) + 1, len(table) + 1001)], "files": [PAYMENTS],
        "values": ["明天", "后天"],
    }]  # fmt: skip


# ---- what the system refuses


@pytest.fixture
def unreadable(monkeypatch) -> None:
    """lines.csv of 2025 stands open in another program."""
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.as_posix().endswith(LINES):
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)


def test_a_file_that_cannot_be_read_is_a_problem_among_others(tell, publisher, unreadable):
    put(publisher, PAYMENTS, 3, "日期", "去年冬天")
    code, out, _ = tell("check", "--json", "--publisher", publisher)
    assert code == 1
    assert [(each["file"], each["kind"]) for each in json.loads(out)["problems"]] == [(LINES, "system"), (PAYMENTS, "not-a-date")]
    assert f"{LINES}：系统不让读写这个文件（Permission denied）。请关掉正打开它的程序，或者换一个文件夹再试。" in tell(
        "check", "--publisher", publisher
    )[1].splitlines()


def raising(monkeypatch, wrong: BaseException) -> None:
    from scripts import account

    def fail(*_):
        raise wrong

    monkeypatch.setattr(account, "account", fail)


def test_a_mistake_of_the_program_is_one_line(tell, monkeypatch):
    raising(monkeypatch, RuntimeError("two\nlines"))
    code, out, err = tell("check", "--publisher", SMALL)
    assert (code, err) == (1, "")
    assert re.fullmatch(
        r"test_cli\.py:[0-9]+：程序出了错，没有做完（RuntimeError: two lines）。原来的网站没有动。请把这一行告诉维护的人。\n", out
    )


def test_json_stays_json_whatever_happens(tell, monkeypatch):
    raising(monkeypatch, PermissionError(13, "Permission denied", "publisher.toml"))
    code, out, err = tell("check", "--json", "--publisher", SMALL)
    assert (code, err) == (1, "")
    assert [(each["file"], each["kind"]) for each in json.loads(out)["problems"]] == [("publisher.toml", "system")]


def test_who_interrupts_is_told_that_the_site_is_whole(tell, monkeypatch):
    raising(monkeypatch, KeyboardInterrupt())
    assert tell("check", "--publisher", SMALL) == (1, "已停下。网站是完整的一份，不是旧的就是新的。\n", "")


# ---- build


def test_a_build_says_where_how_many_how_long_and_the_verdicts(tmp_path):
    output = tmp_path / "site"
    done = built.run("build", "--publisher", SMALL, "--output", output)
    said = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    pages = len(built.small_site().made)
    assert said[:-3] == [
        "正在检查数据……", "正在写页面……", "  部门决算", "  预算执行", "  助残惠残项目", "  第三方评价与考核验收",
        f"正在生成 {pages} 个网页……", "正在逐个数核对网页……",
    ]  # fmt: skip
    assert re.fullmatch(rf"网站在 {re.escape(str(output))}，共 {pages} 页，用了 [0-9]+ 秒。", said[-3])
    assert said[-2:] == [BALANCED, PEOPLE]
    assert built.unlike(output, built.small_site().folder) == []


@pytest.mark.parametrize("verb", ["build", "publish"])
def test_problems_stop_it_and_the_old_site_stays(tell, publisher, tmp_path, verb):
    spoil(publisher)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "manifest.json").write_text("{}", encoding="utf-8")
    code, out, err = tell(verb, "--publisher", publisher, "--output", tmp_path / "site")
    assert (code, err, out.splitlines()[-1]) == (1, "", "没有发布，原来的网站没有动。")
    assert digests(tmp_path / "site").keys() == {"manifest.json"}


@pytest.mark.parametrize("verb", ["build", "publish"])
def test_a_file_is_no_place_for_a_site(tell, tmp_path, verb):
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    code, out, err = tell(verb, "--publisher", SMALL, "--output", tmp_path / "site")
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "正在检查数据……", "site：这是一个文件，不是文件夹，网站放不进去。请写一个文件夹。例：output", "共 1 个错误、0 条提醒。",
        "没有发布，原来的网站没有动。",
    ]  # fmt: skip
    assert (tmp_path / "site").read_text(encoding="utf-8") == "mine"


def test_the_publishers_own_folder_is_never_built_over(tell, publisher):
    before = digests(publisher)
    code, out, _ = tell("build", "--publisher", publisher, "--output", publisher)
    assert (code, digests(publisher)) == (1, before)
    assert out.splitlines()[1] == (
        "publisher：这个文件夹里不是本程序做的网站，换上新网站会删去里面的文件，所以没有动。请写一个空文件夹，或者原来放网站的文件夹。例：output"
    )


# ---- verify


def test_a_site_as_it_was_sealed_holds(tell):
    assert tell("verify", built.small_site().folder) == (0, "每个数、每个文件都对得上。\n", "")


def test_a_changed_figure_is_named_with_its_page(tell, tmp_path):
    site = Path(shutil.copytree(built.small_site().folder, tmp_path / "site"))
    line = built.wrong_figure(site / "execution" / "2025" / "index.html")
    code, out, err = tell("verify", site)
    assert (code, err) == (1, "")
    assert [each.partition("：")[0] for each in out.splitlines()[:-1]] == [
        "execution/2025/index.html", f"execution/2025/index.html·第{line}行·“61.17 万元”",
    ]  # fmt: skip
    assert out.splitlines()[-1] == "共 2 个错误、0 条提醒。"


def test_what_is_no_folder_cannot_be_verified(tell, tmp_path):
    line = f"{tmp_path / 'nowhere'}：没有这个文件夹。请写网站所在的文件夹。"
    assert problem("no-site", file=str(tmp_path / "nowhere")).line() == line
    assert tell("verify", tmp_path / "nowhere") == (2, f"{line}\n", "")


def test_a_folder_without_records_does_not_hold(tell, tmp_path):
    code, out, _ = tell("verify", tmp_path)
    assert code == 1
    assert [each.partition("：")[0] for each in out.splitlines()] == ["manifest.json、facts.json", "共 2 个错误、0 条提醒。"]


# ---- import


@pytest.fixture
def tables(tmp_path) -> Path:
    """Official tables as another office might hand them over: a folder of CSV."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for number, name in enumerate(("支出决算表", "收入决算表"), 1):
        shutil.copyfile(SMALL / "final_accounts" / "2025" / f"{name}.csv", folder / f"附表{number} {name}.csv")
    return folder


def test_tables_are_brought_in_under_their_own_names(tell, tmp_path, tables):
    publisher = tmp_path / "new"
    publisher.mkdir()
    (publisher / "publisher.toml").write_text('name = "样例县残疾人联合会"\n', encoding="utf-8")
    code, out, err = tell("import", tables, "--register", "final_accounts", "--year", "2025", "--publisher", publisher, "--unit", "万元")
    assert (code, err, out.splitlines()[-1]) == (0, "", "读入 2 张表，放在 final_accounts/2025。")
    folder = publisher / "final_accounts" / "2025"
    assert sorted(path.name for path in folder.iterdir()) == ["sources.toml", "支出决算表.csv", "收入决算表.csv"]
    assert rows(folder / "支出决算表.csv") == rows(SMALL / EXPENDITURE)
    told = tomllib.loads((folder / "sources.toml").read_text(encoding="utf-8"))
    assert {name: each["unit"] for name, each in told["tables"].items()} == {"支出决算表.csv": "万元", "收入决算表.csv": "万元"}
    assert tell("check", "--publisher", publisher)[0] == 0


@pytest.mark.parametrize(
    ("change", "code", "kind", "line"),
    [
        ({"--unit": "千元"}, 2, "unknown-unit", "不认识单位“千元”。请写 元 或 万元。"),
        ({"source": "nowhere"}, 2, "no-source", "没有这个文件或文件夹。请核对路径。"),
        ({"--publisher": "."}, 1, "no-publisher", "里没有 publisher.toml。请放一个，至少写一行：name = \"单位全称\"。"),
    ],
)
def test_what_import_cannot_do_is_said_before_anything_is_written(tell, tmp_path, tables, publisher, change, code, kind, line):
    told = {"source": tables, "--register": "final_accounts", "--year": "2024", "--publisher": publisher, "--unit": "万元"} | change
    told |= {name: tmp_path / told[name] for name in ("source", "--publisher")}
    before = digests(tmp_path)
    given = [each for name, value in told.items() for each in ((value,) if name == "source" else (name, value))]
    ended, out, err = tell("import", *given)
    assert (ended, err, digests(tmp_path)) == (code, "", before)
    assert out.splitlines()[0].endswith(line) and len(out.splitlines()) == 1
    assert line.endswith(wording.table(f"problems.{kind}")["fix"])
