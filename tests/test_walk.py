"""README's walk "Add a register", followed to the letter in a copy: files and commands are taken from its text."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from tests import built

README = (built.ROOT / "README.md").read_text(encoding="utf-8")
WALK = README[README.index("### Add a register") : README.index("### Decisions")]
STEP = re.compile(r"^\d\. (.*?)(?=^\d\. |\Z)", re.M | re.S)

LOOK = """
import json, pathlib
from scripts.account import account
from scripts.pages import Site, assemble
done = account(pathlib.Path("data"))
site = Site(done.inputs, done.public, done.as_of.isoformat())
pages = {p.path: p for p in assemble.all_pages(site, pathlib.Path("none"), lambda said: None)}
mine = pages["aids-lending/2025/"]
print(json.dumps({
    "problems": [p.line() for p in done.problems if "aids" in p.file],
    "lent": site.facts["aids_lending/2025/lent"].value,
    "checks": [str(c.verdict) for c in site.checks("aids_lending", 2025)],
    "words": [c.words for c in site.checks("aids_lending", 2025)],
    "markdown": mine.markdown, "due": [str(d.standing) for d in site.duties if d.register == "aids_lending"],
    "pages": sorted(p for p in pages if p.startswith("aids-lending")), "menu": [e["title"] for e in assemble.menu(site)],
}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The program and the small publisher as `data`, with every file and line that the walk tells of."""
    folder = tmp_path_factory.mktemp("walk")
    shutil.copytree(built.ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(built.ROOT / "theme", folder / "theme")
    shutil.copytree(built.SMALL, folder / "data")
    steps = STEP.findall(WALK)
    assert len(steps) == 5
    _place(folder, steps[0])
    for step in steps[1:4]:
        paths = re.findall(r"`((?:scripts|data)/[\w/.]+\.(?:toml|csv|md\.j2))`", step)
        blocks = re.findall(r"^```\w+\n(.*?)^```$", step, re.M | re.S)
        told = [path for path in paths if "aids_lending" in path]
        assert told and len(told) == len(blocks), (told, len(blocks))
        for path, text in zip(told, blocks, strict=True):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    return folder


def _place(folder, step: str) -> None:
    """The two lines of the first step: the name in a section, the code in [page_codes]."""
    (name,) = re.findall(r'add `("\w+")` to a section', step)
    (code,) = re.findall(r"`(\w+ = \"\w+\")`", step)
    init, words = folder / "scripts/registers/__init__.py", folder / "scripts/wording.toml"
    init.write_text(init.read_text(encoding="utf-8").replace('"services": (', f'"services": ({name}, '), encoding="utf-8")
    words.write_text(words.read_text(encoding="utf-8").replace("[page_codes]\n", f"[page_codes]\n{code}\n"), encoding="utf-8")


def look(folder) -> dict:
    done = subprocess.run([sys.executable, "-c", LOOK], 
                          cwd=folder, capture_output=True, encoding="utf-8", env=built.environment(PYTHONPATH=str(folder)), check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_the_walk_leads_to_a_register(copy):
    found = look(copy)
    assert found["problems"] == [] and found["lent"] == 20
    assert found["checks"] == ["balanced"] * 2 and set(found["words"]) == {"在用 = 借出 − 归还"}
    assert "借出辅具 [20 个]" in found["markdown"] and "上一年" not in found["markdown"]
    assert found["due"] == ["on-time"] * 2 and "obligations.html" in found["markdown"]
    assert {"aids-lending/", "aids-lending/2025/", "aids-lending/2025/loans/"} <= set(found["pages"])
    assert "服务权益" in found["menu"] and "主席团" not in found["menu"]


def test_what_does_not_add_up_stops_the_new_register_too(copy, tmp_path):
    spoiled = tmp_path / "spoiled"
    shutil.copytree(copy, spoiled)
    loans = spoiled / "data/aids_lending/2025/loans.csv"
    loans.write_text(loans.read_text(encoding="utf-8").replace("12,9,3", "12,9,4"), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "scripts", "check", "--publisher", "data", "--json"], cwd=spoiled, capture_output=True, encoding="utf-8",
                          env=built.environment(PYTHONPATH=str(spoiled)), check=False)  # fmt: skip
    assert done.returncode == 1 and "aids_lending-in_use" in done.stdout and "unexplained-difference" in done.stdout
