"""The commands that people run: what they are made of, and that nothing but pinned packages comes in."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.browser import find

ROOT = Path(__file__).resolve().parents[1]
LISTS = ("requirements.txt", "requirements-test.txt")
# These tests are themselves run by make: its own settings must not reach the make they ask.
BARE = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "PUBLISHER", "OUTPUT")}


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def asked(name: str) -> set[str]:
    """Packages that an .in file names itself."""
    return {line.strip() for line in lines(name) if re.match(r"[a-z]", line)}


def pinned(name: str) -> dict[str, tuple[str, int]]:
    """Package -> (version, number of hashes)."""
    blocks = re.split(r"\n(?=[a-z])", "\n".join(line for line in lines(name) if not line.lstrip().startswith("#")))
    found = (re.match(r"\s*([\w.-]+)==(\S+)", block) for block in blocks)
    return {m[1]: (m[2], b.count("--hash=sha256:")) for m, b in zip(found, blocks, strict=True) if m}


@pytest.mark.parametrize("name", LISTS)
def test_every_package_is_pinned_with_hashes_and_without_an_address(name):
    assert [package for package, (_, hashes) in pinned(name).items() if not hashes] == []
    assert [line for line in lines(name) if "://" in line or line.startswith("-")] == []


def test_what_is_asked_for_is_pinned():
    assert asked("requirements.in") - pinned("requirements.txt").keys() == set()
    assert asked("requirements-test.in") | asked("requirements.in") <= pinned("requirements-test.txt").keys()


def test_the_tests_run_on_the_very_packages_that_the_site_is_built_with():
    site, tests = pinned("requirements.txt"), pinned("requirements-test.txt")
    assert {package: tests.get(package) for package in site} == site


def test_what_builds_the_site_brings_no_test_tool():
    assert pinned("requirements.txt").keys() & {"pytest", "hypothesis", "playwright", "axe-playwright-python", "frictionless", "pytauargus"} == set()


def test_ci_runs_what_people_run():
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8") == (
        '#!/usr/bin/env bash\nset -euo pipefail\ncd "$(dirname "${BASH_SOURCE[0]}")/.."\nexec make test\n'
    )


@pytest.mark.skipif(not shutil.which("make"), reason="no make here: its file cannot be asked what it would run")
@pytest.mark.parametrize(
    ("target", "command"),
    [
        ("site", '.venv/bin/python -m scripts build --publisher "data" --output "output"'),
        ("serve", '.venv/bin/python -m scripts serve --publisher "data" --output "output"'),
        ("check", '.venv/bin/python -m scripts check --publisher "data"'),
        ("test", '.venv/bin/python -m pytest -q -m "not audit"'),
        ("audit", ".venv/bin/python -m pytest -q -m audit"),
        ("bench", ".venv/bin/python tests/bench/run.py"),
        ("redteam", ".venv/bin/python tests/redteam/run.py"),
    ],
)
def test_make_runs_one_command(target, command):
    asked = subprocess.run(["make", "-n", target], cwd=ROOT, env=BARE, capture_output=True, text=True, check=True)
    assert asked.stdout.splitlines()[-1] == command


@pytest.mark.skipif(not shutil.which("make"), reason="no make here")
def test_make_takes_another_publisher_and_another_folder():
    command = ["make", "-n", "site", "PUBLISHER=tests/real/a b", "OUTPUT=elsewhere"]
    asked = subprocess.run(command, cwd=ROOT, env=BARE, capture_output=True, text=True, check=True)
    assert asked.stdout.splitlines()[-1].endswith('--publisher "tests/real/a b" --output "elsewhere"')


def test_tests_look_for_the_browser_before_they_start():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "test: .venv/browser\n" in makefile and "tests/browser/find.py --install" in makefile


def test_the_clerks_file_is_ascii_and_says_nothing_but_what_wording_holds():
    text = (ROOT / "make.bat").read_bytes().decode("ascii")
    words = tomllib.loads((ROOT / "scripts" / "wording.toml").read_text(encoding="utf-8"))["make"]
    said = set(re.findall(r"call :say (\w+)", text)) | {"no_python"}
    assert said == set(words)
    assert set(re.findall(r"-m scripts (\w+)", text)) == {"build", "serve", "check", "new"}
    assert set(re.findall(r"goto (\w+)", text)) <= set(re.findall(r"^:(\w+)", text, re.M))


def test_the_sentence_for_a_machine_without_python_is_one_line_that_powershell_can_pick():
    line = next(line for line in lines("scripts/wording.toml") if line.startswith("no_python = "))
    assert re.fullmatch(r'no_python = "[^"\\]+"', line)


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    """A machine without a browser and, unless a test says so, without any way to get one."""
    monkeypatch.setattr(find, "NAMES", ())
    monkeypatch.setattr(find, "MAC", ())
    monkeypatch.setattr(find, "INSTALL", {})
    monkeypatch.setattr(find, "downloaded", lambda: None)
    monkeypatch.setattr(find.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, "", ""))
    return tmp_path


def test_without_a_browser_the_command_fails_and_names_the_package(no_browser, capsys):
    assert find.main(["--install"]) == 1
    said = capsys.readouterr()
    assert said.out == "" and "apt-get install chromium fonts-noto-cjk" in said.err


def test_a_stand_in_that_does_not_start_is_no_browser(tmp_path, monkeypatch):
    if sys.platform == "win32":
        pytest.skip("Windows has no stand-ins on PATH")
    for name, status in (("chromium", 1), ("google-chrome", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {status}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find.find() == str(tmp_path / "google-chrome")


def test_root_gets_the_distributions_package_before_any_download(no_browser, monkeypatch):
    ran = []

    def install(command, **_):
        ran.append(command[:2])
        if command[1] == "install":
            monkeypatch.setattr(find, "find", lambda: "chromium")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(find, "INSTALL", {"apt-get": (("update",), ("install", "chromium"))})
    monkeypatch.setattr(find.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(find.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(find.subprocess, "run", install)
    assert find.get() == "chromium"
    assert ran == [["apt-get", "update"], ["apt-get", "install"]]


def test_who_may_not_install_gets_playwrights_download(no_browser, monkeypatch):
    ran = []
    monkeypatch.setattr(find.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(find, "INSTALL", {"apt-get": (("update",),)})
    monkeypatch.setattr(find.shutil, "which", lambda name: name)
    monkeypatch.setattr(find.subprocess, "run", lambda command, **_: ran.append(command[1:]))
    assert find.get() is None
    assert ran == [["-m", "playwright", "install", "chromium"]]
