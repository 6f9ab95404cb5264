"""Publishing into a served folder: one at a time, whole at every moment, earlier sites kept, left-overs cleared."""

import hashlib
import json
import os
import signal
import threading
from pathlib import Path

import pytest

from scripts import manifest, publishing, site, turning, wording
from scripts.problems import problem
from tests import built
from tests.built import SMALL


@pytest.fixture
def served(tmp_path) -> Path:
    return tmp_path / "served"


class Press:
    """Stands in for the build: what it prints next is `words`, on a few pages, sealed."""

    words = "first"
    problems: list = []

    def __call__(self, _, folder: Path, say) -> site.Built:
        for name in ("index.html", "budget/index.html", "projects/index.html"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"<p>{self.words}</p>" * 500, encoding="utf-8")
        if not self.problems:
            manifest.write(folder, "样例县残疾人联合会", "2026-08-20", "")
        return site.Built(folder, 3, list(self.problems))


@pytest.fixture
def press(monkeypatch) -> Press:
    made = Press()
    monkeypatch.setattr(publishing, "build_into", made)
    return made


def publish(served: Path) -> tuple[site.Built, list[str]]:
    said: list[str] = []
    return publishing.publish(None, served, said.append), said


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()


# ---- the command


def test_the_command_publishes_the_same_site_that_is_built(served):
    done = built.run("publish", "--publisher", SMALL, "--output", served)
    said = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert wording.say("build.turned_link") in said
    assert said[-2].startswith(f"网站在 {served / 'current'}，共 {len(built.small_site().made)} 页，用了 ")
    name = digest(served / "current")[:16]
    assert os.readlink(served / "current") == os.path.join("sites", name)
    assert names(served) == [".lock", "current", "sites"]
    assert built.unlike(served / "current", built.small_site().folder) == []


# ---- one site after another


def test_current_is_a_link_to_a_site_known_by_its_content(served, press):
    done, said = publish(served)
    assert (done.output, done.page_count, done.problems) == (served / "current", 3, [])
    assert said == [wording.say("build.turned_link")]
    assert names(served / "sites") == [digest(served / "current")[:16]]
    assert (served / "current").resolve() == served / "sites" / digest(served / "current")[:16]
    assert manifest.check(served / "current") == []


def test_unchanged_content_is_the_same_site(served, press):
    publish(served)
    before = names(served / "sites")
    publish(served)
    assert (names(served / "sites"), len(before)) == (before, 1)


def test_at_most_two_earlier_sites_are_kept_the_newest(served, press):
    made = []
    for turn, words in enumerate(("first", "second", "third", "fourth", "fifth")):
        press.words = words
        publish(served)
        made.append((served / "current").resolve().name)
        os.utime(served / "sites" / made[-1], (turn, turn))  # a fast machine publishes them in one instant
    assert names(served / "sites") == sorted(made[-3:])


def test_going_back_to_an_earlier_content_turns_the_link_back(served, press):
    publish(served)
    first = (served / "current").resolve()
    press.words = "second"
    publish(served)
    press.words = "first"
    publish(served)
    assert (served / "current").resolve() == first


def test_a_failed_build_leaves_the_published_site(served, press):
    publish(served)
    before = (os.readlink(served / "current"), built.digests(served))
    press.problems = [problem("pelican-failed", reason="")]
    done, _ = publish(served)
    assert [each.kind for each in done.problems] == ["pelican-failed"]
    assert (os.readlink(served / "current"), built.digests(served)) == before


# ---- two at once, and killed


def test_a_second_publisher_is_told_that_one_is_at_work(served, press):
    publish(served)
    before = built.digests(served)
    press.words = "second"
    with turning.held(served / ".lock"):
        done, said = publish(served)
    assert [(each.kind, each.line()) for each in done.problems] == [("busy", "served：另一次发布正在进行。请等它做完再试。")]
    assert (said, built.digests(served)) == ([], before)


def test_the_command_tells_it_too_and_ends_with_one(served):
    with turning.held(served / ".lock"):
        done = built.run("publish", "--publisher", SMALL, "--output", served)
    assert (done.returncode, done.stderr) == (1, "")
    assert "served：另一次发布正在进行。请等它做完再试。" in done.stdout.splitlines()
    assert names(served) == [".lock", "sites"]


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_killed_publication_leaves_the_site_and_the_next_one_clears_up(served, press):
    publish(served)
    before = (os.readlink(served / "current"), built.digests(served / "current"))
    running = built.start("publish", "--publisher", SMALL, "--output", served)
    for line in running.stdout:
        if line.startswith(wording.say("build.seal")[:4]):
            break
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    running.stdout.close()
    assert (os.readlink(served / "current"), built.digests(served / "current")) == before
    assert f".new-{running.pid}" in names(served / "sites")
    (served / f".current-{running.pid}").symlink_to("sites")  # as if killed a moment later
    press.words = "second"
    publish(served)
    assert names(served) == [".lock", "current", "sites"]
    assert [name for name in names(served / "sites") if name.startswith(".")] == []


# ---- without links


@pytest.fixture
def no_links(monkeypatch):
    def refuse(*_, **__):
        raise OSError("A required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)


def test_without_links_the_folder_itself_is_changed_and_that_is_said(served, press, no_links):
    for words in ("first", "second"):
        press.words = words
        done, said = publish(served)
        assert (done.problems, said) == ([], [wording.say("build.turned_folder")])
        assert not (served / "current").is_symlink()
        assert (served / "current" / "index.html").read_text(encoding="utf-8").startswith(f"<p>{words}</p>")
        assert manifest.check(served / "current") == []
    assert names(served) == [".lock", "current", "sites"]


def test_a_folder_from_a_time_without_links_gives_way_to_a_link(served, press, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(Path, "symlink_to", lambda *_, **__: (_ for _ in ()).throw(OSError("no links")))
        publish(served)
    publish(served)
    assert (served / "current").is_symlink()
    assert names(served) == [".lock", "current", "sites"]


# ---- what is never replaced


def test_a_folder_of_other_files_named_current_stays(served, press):
    (served / "current").mkdir(parents=True)
    (served / "current" / "mine.txt").write_text("mine", encoding="utf-8")
    done, _ = publish(served)
    assert [(each.kind, each.file) for each in done.problems] == [("not-a-site", "current")]
    assert built.digests(served).keys() == {"current/mine.txt"}


def test_a_file_is_not_served(served, press):
    served.write_text("mine", encoding="utf-8")
    done, _ = publish(served)
    assert [(each.kind, each.file) for each in done.problems] == [("not-a-folder", "served")]


# ---- readers


def test_a_reader_sees_a_whole_site_at_any_time(served, press):
    """Reads without a pause while five sites are published: the manifest is always there, and all that it names."""
    publish(served)
    reads, wrong, ended = [], [], threading.Event()

    def read():
        while not ended.is_set():
            try:
                told = json.loads((served / "current" / "manifest.json").read_bytes())
                whole = (served / "current").resolve(strict=True)  # as a server holds it for the length of an answer
                pages = {(whole / each["path"]).read_bytes()[:20] for each in told["files"]}
                wrong.extend(each.line() for each in manifest.check(whole))
                reads.append(pages)
            except (OSError, ValueError) as problem_:
                wrong.append(repr(problem_))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for words in ("second", "third", "fourth", "fifth", "sixth"):
            press.words = words
            publish(served)
            seen = len(reads)
            while len(reads) < seen + 5 and not wrong:
                pass
    finally:
        ended.set()
        reader.join()
    assert (wrong, {len(pages) for pages in reads}) == ([], {1})
    assert len(reads) >= 25
