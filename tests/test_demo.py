"""The made-up county: every register written, every equation balanced, the same bytes from the same seed, nothing that looks real."""

import csv
import datetime
import io
import random
import re
import time
from pathlib import Path

import pytest

from scripts import __main__, account, demo, registers, schema, wording
from scripts.demo import county as counties
from scripts.demo import money, people, texts, told, writers
from scripts.demo.chance import shares, split, stream
from scripts.demo.county import AS_OF, LAST, town_name
from scripts.demo.folder import Folder
from scripts.demo.sheets import printed
from scripts.identities import Verdict
from scripts.problems import problem

END = datetime.date.max


def made(seed: int, towns: int, years: int) -> counties.County:
    found = counties.county(seed, towns, years)
    money.fill(found)
    return found


def written(seed: int, towns: int, years: int) -> dict[str, bytes]:
    return dict(demo.files(made(seed, towns, years)))


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def usual() -> dict[str, bytes]:
    return written(1, 6, 4)


def sizes() -> list[tuple[int, int, int]]:
    """Some seeds and sizes, the smallest and a wide one among them; the same at every run."""
    dice = random.Random("sizes")
    return [(2, 1, 1), (3, 1, 9), (16, 15, 2), (4, 40, 1), *((dice.randint(0, 10**6), dice.randint(1, 8), dice.randint(1, 4)) for _ in range(4))]


# ---- what is written


def test_every_register_has_its_writer():
    assert [name for name in registers.ORDER if writers.of(name) is None] == []


def test_every_table_of_every_register_is_written(usual):
    names = {(name, table.name) for name in registers.ORDER for table in schema.load(name).tables}
    assert sorted(f"{r}/{t}" for r, t in names if not any(re.fullmatch(rf"{r}/\d+/{t}\.csv", file) for file in usual)) == []


def test_every_table_has_rows_somewhere(usual):
    names = {(name, table.name) for name in registers.ORDER for table in schema.load(name).tables}
    nothing = wording.say("tables.no_rows").encode()
    found = {(file.split("/")[0], Path(file).stem) for file, content in usual.items() if file.endswith(".csv") and nothing not in content}
    assert sorted(names - found) == []


@pytest.mark.parametrize(("seed", "towns", "years"), [(1, 6, 4), *sizes()])
def test_nothing_is_wrong_and_every_comparison_balances(seed, towns, years, tmp_path):
    found = account.account(put(tmp_path, written(seed, towns, years)))
    assert [each.line() for each in found.problems] == []
    assert {each.verdict for each in found.public.comparisons} == {Verdict.BALANCED}
    assert len(found.public.comparisons) > 300


def test_a_changed_fen_is_found(usual, tmp_path):
    """The equations are not merely absent: a single payment off by one is told."""
    name = f"projects/{LAST - 1}/payments.csv"
    first = rows(usual, name)[0]["金额(元)"]
    other = f"{first[:-1]}{(int(first[-1]) + 1) % 10}"
    changed = usual | {name: usual[name].replace(f",{first},".encode(), f",{other},".encode(), 1)}
    found = account.account(put(tmp_path, changed))
    assert "unexplained-difference" in {each.kind for each in found.problems}


def test_the_same_seed_gives_the_same_bytes(usual):
    assert written(1, 6, 4) == usual


def test_another_seed_gives_other_numbers(usual):
    other = written(2, 6, 4)
    for name in (f"projects/{LAST}/payments.csv", f"execution/{LAST}/lines.csv", f"budget/{LAST}/支出预算总表.csv", "publisher.toml"):
        assert other[name] != usual[name]


def test_more_years_change_no_project_of_the_last(usual):
    """Streams are by year: what is asked of one year moves none of the others."""
    def own(files: dict[str, bytes]) -> list[dict[str, str]]:
        return [row for row in rows(files, f"projects/{LAST}/projects.csv") if row["项目编码"].startswith(str(LAST))]

    assert own(written(1, 6, 2)) == own(usual)


def test_a_register_has_streams_of_its_own():
    assert stream(1, "budget", LAST).random() != stream(1, "projects", LAST).random()
    assert stream(1, "budget", LAST).random() != stream(1, "budget", LAST - 1).random()
    assert stream(1, "budget", LAST).random() == stream(1, "budget", LAST).random()


def test_it_grows_with_towns_and_years():
    small, wide = made(1, 3, 2), made(1, 30, 2)
    assert len(wide.money[LAST].projects) > 2 * len(small.money[LAST].projects)
    assert sorted(made(1, 1, 6).money) == list(range(LAST - 5, LAST + 1))


def test_a_large_county_is_written_in_time():
    begun = time.process_time()
    files = written(1, 60, 6)
    assert time.process_time() - begun < 10
    assert len(rows(files, f"projects/{LAST}/projects.csv")) > 60


# ---- the model


def test_money_is_whole_fen_and_goes_on_from_year_to_year():
    found = made(1, 6, 4)
    for year, each in found.money.items():
        assert all(isinstance(p.amount, int) and p.amount > 0 for project in each.projects for p in project.payments)
        assert all(project.paid(END) <= project.arrived <= project.allotted() for project in each.projects)
        assert sum(each.basic.budget.values()) == sum(each.basic.lines.values())
        if year + 1 in found.money:
            assert each.closing() == found.money[year + 1].opening()
            assert sum(each.closing().values()) > 0
            assert sum(each.basic.final.values()) == sum(max(steps.values()) for steps in each.basic.steps.values())


def test_the_last_year_ends_in_september(usual):
    day = re.compile(rb"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
    assert AS_OF == datetime.date(LAST, 9, 30)
    assert {row["截至日期"] for row in rows(usual, f"execution/{LAST}/lines.csv")} == {f"{LAST}-03-31", f"{LAST}-06-30", f"{LAST}-09-30"}
    paid = [found.decode() for name, content in usual.items() if name.endswith("payments.csv") for found in day.findall(content)]
    assert max(paid) <= str(AS_OF)
    assert f"final_accounts/{LAST}/sources.toml" not in usual


def test_names_are_plainly_made_up(usual):
    assert [town_name(number) for number in (0, 2, 9, 10, 109, 110)] == ["甲镇", "丙乡", "癸镇", "甲甲乡", "癸癸镇", "甲甲甲乡"]
    assert len({town_name(number) for number in range(500)}) == 500
    text = b"".join(usual.values()).decode()
    assert not re.search(r"(?<![0-9a-f.])1[3-9][0-9]{9}(?![0-9a-f])|(?<![0-9a-f])[0-9]{17}[0-9Xx](?![0-9a-f])", text)
    assert 'name = "演示B县残疾人联合会"' in text and "demonstration = true" in text


# ---- small parts


def test_parts_add_up_to_the_whole():
    assert split(1_000_001, (1, 2, 3)) == [166666, 333334, 500001]
    assert split(1_230_000, (1, 1), 10_000) == [610_000, 620_000]
    assert sum(shares(random.Random(1), 12_345, 7)) == 12_345


def test_amounts_are_printed_exactly_or_not_at_all():
    assert [printed(fen, "yuan") for fen in (0, 5, -123, 123456)] == ["0.00", "0.05", "-1.23", "1234.56"]
    assert printed(125_000_000, "wan") == "125.00"
    with pytest.raises(ValueError, match="too coarse|no hundredths"):
        printed(1, "wan")


def test_a_column_that_the_schema_does_not_have_is_an_error():
    folder = Folder(made(1, 1, 1), "execution", LAST)
    with pytest.raises(KeyError, match="has no"):
        folder.add("reports", [{"until": AS_OF, "document": "x", "lost": 1}])
    with pytest.raises(KeyError, match="needs"):
        folder.add("reports", [{"until": AS_OF}])


def test_an_empty_table_says_so():
    folder = Folder(made(1, 1, 1), "execution", LAST)
    folder.add("reports", [])
    assert folder.files()["reports.csv"].decode("utf-8-sig").splitlines() == ["截至日期,公开日期,来源文件", "本表无数据,,"]


def test_words_that_are_not_there_are_an_error():
    with pytest.raises(KeyError):
        texts.table("county.nothing")


def rows_told(monkeypatch, row: dict, year: int = LAST, **more: object) -> list[dict]:
    """What the words of a made-up table give in one year of a county of two towns."""
    monkeypatch.setattr(told, "table", lambda name: {"reports": {"rows": [row], **more}} if name.endswith(".tables") else texts.table(name))
    folder = Folder(made(1, 2, 2), "execution", year)
    kept: list[dict] = []
    monkeypatch.setattr(folder, "add", lambda name, rows: kept.extend(rows))
    told.rows(folder, "reports")
    return kept


def test_words_alone_tell_rows(monkeypatch):
    row = {
        "closed": {"of": "received", "part": [50, 50]}, "left": {"add": ["received"], "less": ["closed"]}, "received": [9, 9], "name": "{town}{year}",
        "rate": {"say": "{v}%", "v": [7, 7]}, "money": {"yuan": [500, 500]}, "kind": {"choose": ["x"]}, "until": {"until": True},
    }  # fmt: skip
    found = rows_told(monkeypatch, row, each="town")
    assert [each["name"] for each in found] == [f"甲镇{LAST}", f"乙镇{LAST}"]
    assert {key: found[0][key] for key in row if key != "name"} == {
        "closed": 4, "left": 5, "received": 9, "rate": "7%", "money": 50_000, "kind": "x", "until": AS_OF,
    }  # fmt: skip


def test_what_is_still_to_come_is_not_told(monkeypatch):
    assert rows_told(monkeypatch, {"day": {"day": "12-18"}}) == [{"day": None}]
    assert rows_told(monkeypatch, {"day": {"day": "12-18", "skip": True}}) == []
    assert rows_told(monkeypatch, {"day": {"day": "12-18", "skip": True}}, LAST - 1) == [{"day": datetime.date(LAST - 1, 12, 18)}]
    assert rows_told(monkeypatch, {"out": {"published": [1, 1]}}) == [{"out": None}]
    assert [each["n"] for each in rows_told(monkeypatch, {"n": "{period}"}, each="quarter")] == [f"{LAST}-{number}" for number in (1, 2, 3)]
    assert len(rows_told(monkeypatch, {"n": "{period}"}, each="month")) == 9


def test_who_came_and_went_are_who_is_there():
    county = made(1, 6, 3)
    for year in county.years[1:]:
        before, now = (sum(people.holders(county, each).values()) for each in (year - 1, year))
        assert now - before == sum(month.net for month in people.of_county(county, year))
        assert sum(people.by(county, year, 0).values()) == sum(people.by(county, year, 1).values()) == now


# ---- the verb


def test_the_verb_writes_what_it_says(tmp_path, capsys):
    assert __main__.main(["demo", "--seed", "5", "--towns", "1", "--years", "1", str(tmp_path / "new")]) == 0
    count = sum(1 for path in (tmp_path / "new").rglob("*") if path.is_file())
    assert f"写好 {count} 个文件" in capsys.readouterr().out
    assert {path.relative_to(tmp_path / "new").as_posix() for path in (tmp_path / "new").rglob("*") if path.is_file()} == set(written(5, 1, 1))


def test_the_verb_writes_over_nothing(tmp_path, capsys):
    (tmp_path / "note.txt").write_text("x")
    assert __main__.main(["demo", str(tmp_path)]) == 1
    assert problem("demo-not-empty", file=str(tmp_path)).line() in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
    assert demo.refusal(tmp_path / "note.txt") and not demo.refusal(tmp_path / "nothing")


@pytest.mark.parametrize("wrong", [["--towns", "0"], ["--towns", "101"], ["--years", "10"], ["--seed", "-1"], ["--towns", "x"]])
def test_wrong_sizes_are_wrong_usage(wrong, tmp_path):
    with pytest.raises(SystemExit) as ended:
        __main__.main(["demo", *wrong, str(tmp_path / "new")])
    assert ended.value.code == 2
    assert not (tmp_path / "new").exists()
