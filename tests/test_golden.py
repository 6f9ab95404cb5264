"""The site of tests/small is tests/site, file by file. A file missing and a file too many both fail.

Who has changed a page on purpose writes the golden site anew, and reads the difference before keeping it:

    .venv/bin/python -m tests.test_golden

No test writes it. Of the style sheet, which the theme's own files hold already, only the sha256 is kept: it stands in
tests/site/manifest.json, the manifest of the built site without its commit.
"""

import json
import os
import shutil
import sys
from itertools import zip_longest
from pathlib import Path

import pytest

from scripts import manifest
from tests import built

GOLDEN = built.ROOT / "tests" / "site"
BY_DIGEST = ("theme/css/site.css",)


def neutral(site: Path, folder: Path) -> Path:
    """A copy of a site as the golden folder keeps it."""
    shutil.copytree(site, folder)
    told = json.loads((folder / "manifest.json").read_bytes())
    manifest.write(folder, told["publisher"], told["as_of"], "")
    for name in BY_DIGEST:
        (folder / name).unlink()
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def differences(expected: dict[str, bytes], found: dict[str, bytes]) -> list[str]:
    """One line a file: missing, unexpected, or the first line that differs."""
    told = [f"missing: {name}" for name in sorted(expected.keys() - found.keys())]
    told += [f"unexpected: {name}" for name in sorted(found.keys() - expected.keys())]
    for name in sorted(expected.keys() & found.keys()):
        if expected[name] != found[name]:
            told.append(first_difference(name, expected[name], found[name]))
    return told


def first_difference(name: str, expected: bytes, found: bytes) -> str:
    old, new = (content.decode("utf-8", "replace").splitlines(keepends=True) for content in (expected, found))
    line, (a, b) = next((n, pair) for n, pair in enumerate(zip_longest(old, new, fillvalue=""), 1) if pair[0] != pair[1])
    column = len(os.path.commonprefix([a, b]))
    around = slice(max(0, column - 30), column + 50)
    return f"{name}, line {line}: expected {a[around]!r}, found {b[around]!r}"


def test_the_small_site_is_the_golden_one(tmp_path):
    told = differences(contents(GOLDEN), contents(neutral(built.small_site().folder, tmp_path / "site")))
    assert told == [], f"{len(told)} files differ; on purpose? {sys.executable} -m tests.test_golden"


def test_the_golden_site_is_whole():
    """Its own manifest names every file there, and each that is kept by digest alone."""
    listed = {each["path"]: (each["sha256"], each["bytes"]) for each in json.loads((GOLDEN / "manifest.json").read_bytes())["files"]}
    kept = {each["path"]: (each["sha256"], each["bytes"]) for each in manifest.files(GOLDEN)}
    assert sorted(listed.keys() - kept.keys()) == sorted(BY_DIGEST)
    assert {name: digest for name, digest in kept.items() if listed.get(name) != digest} == {}


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"a.html": b"1\n2", "b.csv": b"x"}, []),
        ({"a.html": b"1\n2"}, ["missing: b.csv"]),
        ({"a.html": b"1\n2", "b.csv": b"x", "c": b""}, ["unexpected: c"]),
        ({"a.html": b"1\n3", "b.csv": b"x"}, ["a.html, line 2: expected '2', found '3'"]),
        ({"a.html": b"1\n2\n", "b.csv": b"x"}, [r"a.html, line 2: expected '2', found '2\n'"]),
        ({"a.html": b"1\r\n2", "b.csv": b"x"}, [r"a.html, line 1: expected '1\n', found '1\r\n'"]),
        ({"a.html": b"1\n2\n3", "b.csv": b"xy"}, [r"a.html, line 2: expected '2', found '2\n'", "b.csv, line 1: expected 'x', found 'xy'"]),
    ],
)
def test_every_kind_of_difference_is_told(found, told):
    assert differences({"a.html": b"1\n2", "b.csv": b"x"}, found) == told


def rewrite() -> None:
    """By hand only: the golden site becomes what is built now."""
    shutil.rmtree(GOLDEN, ignore_errors=True)
    neutral(built.small_site().folder, GOLDEN)
    print(f"{GOLDEN}: {len(contents(GOLDEN))}")


if __name__ == "__main__":
    rewrite()
