"""The runner says what was measured, names what was missed, and never takes a part that broke for one that passed."""

import json
import sys
import types

import pytest

from tests.redteam import Figure, run

KILLS = Figure("kills survived", 200, 200, "all")
FALSE = Figure("false alarms", 1, 74, "≤ 1.5 %")


@pytest.mark.parametrize(
    ("got", "of", "goal", "good"),
    [
        (85, 85, "all", True), (84, 85, "all", False), (0, 0, "all", False), (0, 85, "0", True), (1, 85, "0", False),
        (79, 80, "≥ 98 %", True), (78, 80, "≥ 98 %", False), (1, 74, "≤ 1.5 %", True), (2, 74, "≤ 1.5 %", False),
        (60, 126, "≤ 60", True), (61, 126, "<= 60", False), (1000, 1000, "≥ 1,000", True), (999, 1000, ">= 1,000", False),
        (3, 9, "", True),
    ],
)  # fmt: skip
def test_a_goal_is_met_or_missed(got, of, goal, good):
    assert run.met(Figure("x", got, of, goal)) is good


def test_a_goal_that_says_nothing_is_an_error():
    with pytest.raises(ValueError, match="best effort"):
        run.met(Figure("x", 1, 2, "best effort"))


@pytest.fixture
def parts(monkeypatch, tmp_path):
    """Parts of our own in the place of the real ones: name -> what `score` does."""

    def put(**scores):
        monkeypatch.setattr(run, "PARTS", tuple(scores))
        for name, score in scores.items():
            monkeypatch.setitem(sys.modules, f"tests.redteam.{name}", types.SimpleNamespace(score=score, __spec__=object()))

    monkeypatch.setattr(run, "RECORD", tmp_path / "redteam.json")
    monkeypatch.setattr(run, "README", tmp_path / "README.md")
    monkeypatch.setattr(run, "TODAY", {"kills survived": {"today": "11 of 17", "with": "Pelican"}})
    return put


def test_all_that_was_measured_is_printed_and_kept(parts, capsys):
    parts(one=lambda: [KILLS], two=lambda: [FALSE])
    assert run.main([]) == 0
    assert capsys.readouterr().out.splitlines()[-6:] == [
        "",
        "| figure | got | goal | today's tools, same tests |",
        "| --- | --- | --- | --- |",
        "| kills survived | 200 of 200 | all | 11 of 17 (Pelican) |",
        "| false alarms | 1 of 74 | ≤ 1.5 % |  |",
        "",
    ]
    assert json.loads(run.RECORD.read_text(encoding="utf-8")) == {
        "figures": [
            {"name": "kills survived", "got": 200, "of": 200, "goal": "all"},
            {"name": "false alarms", "got": 1, "of": 74, "goal": "≤ 1.5 %"},
        ],
        "missed": [],
    }


def broken() -> list[Figure]:
    raise OSError("no such corpus")


@pytest.mark.parametrize(
    ("scores", "missed"),
    [
        ({"one": lambda: [Figure("kills survived", 199, 200, "all")]}, ["kills survived"]),
        ({"one": broken, "two": lambda: [KILLS]}, ["no figures: one"]),
        ({"one": lambda: [FALSE]}, ["not measured: kills survived"]),
    ],
)
def test_what_was_missed_is_named_and_ends_with_one(parts, capsys, scores, missed):
    parts(**scores)
    assert run.main([]) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line.removeprefix("MISSED  ") for line in said if line.startswith("MISSED")] == missed
    assert json.loads(run.RECORD.read_text(encoding="utf-8"))["missed"] == missed


def test_one_part_alone_leaves_the_record_of_all(parts):
    parts(one=lambda: [KILLS], two=broken)
    assert run.main(["one"]) == 0
    assert not run.RECORD.exists()


def test_the_readme_takes_the_table_of_the_last_run(parts, capsys):
    parts(one=lambda: [KILLS])
    run.README.write_text("# A\n\n<!-- redteam -->\nold\n<!-- /redteam -->\n\nmore\n", encoding="utf-8")
    assert run.main(["--readme"]) == 1
    run.main([])
    assert run.main(["--readme"]) == 0
    assert run.README.read_text(encoding="utf-8").splitlines() == [
        "# A", "", "<!-- redteam -->", *run.table([KILLS]), "<!-- /redteam -->", "", "more",
    ]  # fmt: skip
    run.README.write_text("# A\n", encoding="utf-8")
    assert run.main(["--readme"]) == 1
    assert "has no <!-- redteam -->" in capsys.readouterr().err


def test_the_readme_shows_no_figure_that_missed_its_goal_as_met():
    """What stands in README is counted again: whoever types a number there by hand has to type a true one."""
    for line in (run.ROOT / "README.md").read_text(encoding="utf-8").partition("<!-- redteam -->")[2].splitlines()[3:]:
        if not line.startswith("|"):
            break
        name, got, goal, _ = (cell.strip() for cell in line.strip("|").split("|"))
        counted, of = (int(number.replace(",", "")) for number in got.split(" of "))
        wanted, missed = goal.removesuffix(" – MISSED"), goal.endswith("MISSED")
        assert run.met(Figure(name, counted, of, wanted)) is not missed
