"""The bench measures what it says: the same pages everywhere, all processes counted, goals that can be missed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import run
from tests.bench.generate import generate
from tests.bench.measure import Measured, measure

ROOT = Path(__file__).resolve().parents[2]
BURN = "import time\nwhile time.process_time() < 0.3: pass\nheld = bytearray(120_000_000)\ntime.sleep(0.4)"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_loop_and_our_stage_write_the_same_bytes(tmp_path):
    generate(tmp_path / "in", 3)
    floor, ours = tmp_path / "floor", tmp_path / "ours"
    subprocess.run([sys.executable, ROOT / "tests/bench/floor.py", tmp_path / "in", floor], check=True)
    command = [sys.executable, "-m", "pelican", tmp_path / "in/ours", "-o", ours, "-s", ROOT / "pelicanconf.py", "--fatal", "warnings"]
    subprocess.run(command, check=True, capture_output=True)
    assert sorted(files(floor)) == ["p00000/index.html", "p00001/index.html", "p00002/index.html"]
    assert files(floor) == files(ours)


def test_the_same_seed_gives_the_same_pages_of_the_right_weight(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        generate(tmp_path / name, 2, seed)
    assert files(tmp_path / "a") == files(tmp_path / "b") != files(tmp_path / "c")
    assert 9_500 < (tmp_path / "a/ours/disclosures/p00000/trend.html").stat().st_size < 10_500


def test_a_childs_time_and_memory_count(tmp_path):
    if not Path("/proc/self/statm").exists():
        pytest.skip("memory of a family of processes is added up only where there is /proc")
    parent = f"import subprocess, sys\nheld = bytearray(120_000_000)\nsubprocess.run([sys.executable, '-c', {BURN!r}])"
    found = measure([sys.executable, "-c", parent], tmp_path, tmp_path / "log")
    assert found.status == 0 and found.cpu > 0.3 and found.peak_mb > 220


def measured(cpu: float, peak: float = 100) -> list[Measured]:
    return [Measured(cpu, cpu, peak, 0, "")]


def test_a_missed_goal_is_named(capsys):
    runs = {
        "floor_jinja": (1000, measured(0.1)), "pelican_defaults": (1000, measured(9)), "pages_1000": (1000, measured(1)),
        "pages_4000": (4000, measured(4, 700)), "build": (300, measured(30)),
    }  # fmt: skip
    assert run.report(runs, run.compare(runs)) == ["pages_over_floor", "defaults_over_pages", "pages_peak_mb"]
    assert capsys.readouterr().out.count("MISSED") == 3
