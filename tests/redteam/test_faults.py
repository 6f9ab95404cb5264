"""Faults in small number, drawn with the same seed each time; `make redteam` does all of them. And the look that judges them."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from tests.redteam import faults

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are killed and disks mounted otherwise there")


@pytest.fixture(scope="module")
def press():
    with faults.press() as made:
        assert made.publish()
        yield made


@pytest.fixture
def served(press, tmp_path) -> Path:
    """What a reader has before her, to be spoilt."""
    return Path(shutil.copytree(press.served, tmp_path / "served", symlinks=True))


def test_twelve_kills_leave_the_old_site_or_the_new_one(press):
    killed = faults.kills(press, 12)
    assert (killed.wrong, killed.survived) == ([], 12)
    assert 0 < killed.turned < 12 and killed.looks > 100


@pytest.mark.parametrize("mount", [True, False])
def test_a_disk_that_is_full_at_some_size_leaves_the_old_site(press, mount):
    """A small disk where one may be mounted; without, a limit on the size of a file. Which it was is said."""
    survived, way, wrong = faults.disk_full(press, 3, recover=False, mount=mount)
    print(way)
    assert (wrong, survived) == ([], 3)


@pytest.mark.parametrize(
    "fault",
    [faults._pelican_killed, faults._interrupted, faults._killed_while_pelican_goes_on, faults._a_target_that_is_read_only],
)
def test_a_fault_leaves_the_old_site_and_the_next_run_succeeds(press, fault):
    assert press.publish()
    assert fault(press)
    assert press.publish()


def test_a_run_with_a_gap_never_ends_with_0(press):
    assert faults.good_with_a_gap(press, [("facts.json", "index.html")]) == []


# ---- the look itself


def test_the_look_sees_a_whole_site(press, served):
    assert faults.look(served) == press.version


@pytest.mark.parametrize(
    ("harm", "seen"),
    [
        (lambda site: (site / "index.html").unlink(), "not whole: ['index.html']"),
        (lambda site: (site / "index.html").write_bytes(b""), "not whole: ['index.html']"),
        (lambda site: (site / "more.html").write_bytes(b"more"), "not whole: ['more.html']"),
        (lambda site: os.truncate(site / "facts.json", 100), "not whole: ['facts.json']"),
        (lambda site: (site / "MANIFEST.sha256").unlink(), "unreadable: "),
        (lambda site: shutil.rmtree(site), "unreadable: "),
    ],
)
def test_the_look_sees_what_is_not_whole(served, harm, seen):
    harm((served / "current").resolve())
    assert str(faults.look(served)).startswith(seen)


def test_the_look_sees_pages_of_two_sites(press, served):
    """Even under a manifest that fits them."""
    site = (served / "current").resolve()
    page, other = (site / "index.html").read_bytes(), f"0851-{press.version:04}".encode()
    (site / "index.html").write_bytes(page.replace(other, b"0851-9999"))
    sums = [f"{hashlib.sha256((site / line[66:]).read_bytes()).hexdigest()}  {line[66:]}\n" for line in
            (site / "MANIFEST.sha256").read_text(encoding="utf-8").splitlines()]  # fmt: skip
    (site / "MANIFEST.sha256").write_text("".join(sums), encoding="utf-8")
    assert faults.look(served) == f"mixed: [{press.version}, 9999]"
