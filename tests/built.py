"""The site of tests/small, built once however many tests read it; and the commands, run as people run them."""

import atexit
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts import manifest, site
from scripts.account import account
from scripts.pages import Page, Site
from scripts.problems import Problem
from scripts.seal.pages import OWN
from scripts.sealing import seal_site

ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "tests" / "small"


@dataclass(frozen=True)
class Whole:
    """A sealed site on disk, and what the seal was given of it."""

    folder: Path
    site: Site
    made: list[Page]
    bodies: dict[str, str]

    def unsealed(self, folder: Path) -> Path:
        """A copy as it was before the seal wrote its own files."""
        shutil.copytree(self.folder, folder)
        for name in sorted(OWN):
            (folder / name).unlink()
        return folder

    def seal(self, folder: Path) -> list[Problem]:
        """The seal of the build, over another folder."""
        return seal_site(folder, self.site, self.made, self.bodies)


@cache
def small_site() -> Whole:
    """Nobody writes into it: who wants to spoil it takes a copy."""
    kept = tempfile.TemporaryDirectory()
    atexit.register(kept.cleanup)
    told: list = []

    def noting(*given):
        told.extend(given)
        return seal_site(*given)

    folder, before = Path(kept.name) / "site", site.seal_site
    site.seal_site = noting
    try:
        done = site.build(account(SMALL), folder, lambda _: None)
    finally:
        site.seal_site = before
    assert done.problems == [], "\n".join(each.line() for each in done.problems[:10])
    return Whole(folder, *told[1:])


def small_copy(folder: Path) -> Path:
    """The publisher itself, to be changed."""
    return Path(shutil.copytree(SMALL, folder))


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def run(*arguments: object, **options) -> subprocess.CompletedProcess:
    """`python -m scripts …` in a process of its own."""
    told = {"cwd": ROOT, "env": environment(), "encoding": "utf-8", "capture_output": True, "check": False, **options}
    return subprocess.run([sys.executable, "-m", "scripts", *map(str, arguments)], **told)


def start(*arguments: object, **options) -> subprocess.Popen:
    """The same, still running: its lines come as they are said. Its children die with its process group."""
    told = {"cwd": ROOT, "env": environment(), "encoding": "utf-8", "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, **options}
    return subprocess.Popen([sys.executable, "-m", "scripts", *map(str, arguments)], start_new_session=True, **told)


def unlike(one: Path, other: Path) -> list[str]:
    """Files that two sites do not have alike; of the manifests all but the commit, which may be made between two builds."""

    def site_bytes(folder: Path) -> dict[str, str]:
        told = json.loads((folder / manifest.NAME).read_bytes())
        sums = (folder / manifest.SUMS).read_text(encoding="utf-8").splitlines()
        return {
            **digests(folder),
            manifest.NAME: json.dumps({k: v for k, v in told.items() if k not in ("commit", "digest")}),
            manifest.SUMS: "\n".join(line for line in sums if not line.endswith(f"  {manifest.NAME}")),
        }

    a, b = site_bytes(one), site_bytes(other)
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))


def wrong_figure(page: Path) -> int:
    """Prints a hundred yuan too much where the execution of 2025 stands first; gives the line."""
    text = page.read_text(encoding="utf-8")
    found = re.search(r'(<data data-fact="execution/2025/executed@2025-12-31"[^>]*>61\.1)6', text)
    page.write_text(f"{text[: found.end() - 1]}7{text[found.end() :]}", encoding="utf-8")
    return text.count("\n", 0, found.end()) + 1


def digests(folder: Path) -> dict[str, str]:
    """Every file of a folder, hidden ones included, by its path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
