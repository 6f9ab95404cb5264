"""Publishing into a served folder: one at a time, whole at every moment, earlier sites kept, left-overs cleared."""

import errno
import hashlib
import json
import os
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import manifest, publishing, site, turning, wording
from scripts.problems import problem
from tests import built
from tests.built import SMALL
from tests.redteam import steps
from tests.small_publisher import desk


@pytest.fixture
def served(tmp_path) -> Path:
    return tmp_path / "served"


class Press:
    """Stands in for the build: what it prints next is `words`, on a few pages, sealed."""

    words = "first"
    pages: tuple = ("index.html", "budget/index.html", "projects/index.html")
    problems: list = []
    damage: Callable = staticmethod(lambda folder: None)

    def __call__(self, _, folder: Path, say) -> site.Built:
        folder.mkdir()
        for name in self.pages:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"<p>{self.words}</p>" * 500, encoding="utf-8")
        if not self.problems:
            manifest.write(folder, "样例县残疾人联合会", "2026-08-20", "")
            self.damage(folder)
        return site.Built(folder, 3, list(self.problems))


@pytest.fixture
def press(monkeypatch) -> Press:
    made = Press()
    monkeypatch.setattr(publishing, "build_into", made)
    return made


def publish(served: Path, **told) -> tuple[site.Built, list[str]]:
    said: list[str] = []
    return publishing.publish(None, served, said.append, **told), said


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
    assert said[-3].startswith(f"网站在 {served / 'current'}，共 {len(built.small_site().made)} 页，用了 ")
    name = digest(served / "current")[:16]
    assert os.readlink(served / "current") == os.path.join("sites", name)
    assert (names(served), names(served / "sites")) == ([".lock", "current", "sites"], [name])
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


def test_a_site_that_is_shown_again_is_the_newest_of_the_earlier_ones(served, press):
    """Kept are the sites that readers saw last, not those that were written last."""
    made = {}
    for turn, words in enumerate(("first", "second", "third", "first", "fourth", "fifth")):
        press.words = words
        publish(served)
        made[words] = (served / "current").resolve().name
        os.utime(served / "sites" / made[words], (turn, turn))
    assert names(served / "sites") == sorted(made[words] for words in ("first", "fourth", "fifth"))


def test_a_page_that_was_withdrawn_is_gone(served, press):
    publish(served)
    press.pages = press.pages[:2]
    publish(served)
    assert sorted(built.digests(served / "current")) == ["MANIFEST.sha256", "budget/index.html", "index.html", "manifest.json"]


def test_what_must_be_forgotten_is_in_no_earlier_site_either(served, press):
    for words in ("13 persons", "a name", "13 persons again"):
        press.words = words
        publish(served)
    press.words = "withdrawn"
    done, _ = publish(served, forget=True)
    assert (done.problems, names(served / "sites")) == ([], [digest(served / "current")[:16]])
    assert {path.read_text(encoding="utf-8")[:16] for path in served.rglob("*.html")} == {"<p>withdrawn</p>"}


def test_what_cannot_be_forgotten_is_not_passed_over(served, press, monkeypatch):
    publish(served)
    press.words = "withdrawn"
    monkeypatch.setattr(turning.shutil, "rmtree", lambda path, **_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    with pytest.raises(PermissionError):
        publish(served, forget=True)
    assert (served / "current" / "index.html").read_text(encoding="utf-8").startswith("<p>withdrawn</p>")


def test_an_earlier_site_that_was_spoilt_is_not_shown_again(served, press):
    publish(served)
    first = (served / "current").resolve()
    press.words = "second"
    publish(served)
    (first / "index.html").write_text("spoilt", encoding="utf-8")
    press.words = "first"
    publish(served)
    assert (served / "current").resolve().name == f"{first.name}.1"
    assert manifest.check(served / "current") == []


@pytest.mark.skipif(os.name == "nt", reason="permissions are not kept as bits there")
def test_a_clerk_whose_own_files_are_closed_still_publishes_for_all(tmp_path, press):
    before = os.umask(0o077)
    try:
        publish(tmp_path / "srv" / "served")
    finally:
        os.umask(before)
    found = {path: path.stat().st_mode & 0o777 for path in (tmp_path / "srv").rglob("*") if path.name != ".lock"}
    assert {mode for path, mode in found.items() if path.is_file()} == {0o644}
    assert {mode for path, mode in found.items() if path.is_dir()} == {0o755}


# ---- what is on the disk is not what was sealed


DAMAGE = {
    "manifest-missing": lambda folder: (folder / "budget" / "index.html").unlink(),
    "manifest-changed": lambda folder: (folder / "index.html").write_bytes(b""),
    "manifest-added": lambda folder: (folder / "more.txt").write_bytes(b"more"),
    "seal-missing-file": lambda folder: (folder / "MANIFEST.sha256").unlink(),
    "seal-record": lambda folder: (folder / "manifest.json").write_bytes(b""),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_site_that_is_not_what_was_sealed_is_never_shown(served, press, kind):
    publish(served)
    before = (os.readlink(served / "current"), built.digests(served))
    press.words, press.damage = "second", DAMAGE[kind]
    done, said = publish(served)
    assert ([each.kind for each in done.problems], said) == ([kind], [])
    assert (os.readlink(served / "current"), built.digests(served)) == before


@pytest.mark.skipif(os.name == "nt", reason="no links or sockets as files there")
def test_a_link_or_a_socket_in_the_site_is_never_shown(served, press, tmp_path):
    def damage(folder: Path) -> None:
        (folder / "link.html").symlink_to(tmp_path)
        listening = socket.socket(socket.AF_UNIX)
        os.chdir(folder)  # the name of a socket may be no longer than 108 bytes
        listening.bind("socket.html")

    here = Path.cwd()
    press.damage = damage
    try:
        done, _ = publish(served)
    finally:
        os.chdir(here)
    assert [(each.kind, each.file) for each in done.problems] == [("manifest-added", "link.html"), ("manifest-added", "socket.html")]
    assert names(served / "sites") == []


def test_without_room_nothing_is_begun(served, press, monkeypatch):
    monkeypatch.setattr(turning, "_free", lambda _: turning.FIRST_ROOM - 1)
    done, said = publish(served)
    assert [each.line() for each in done.problems] == ["磁盘空间不够：还剩 99 MB，至少要 100 MB。原来的网站没有动。请腾出空间再试。"]
    assert (done.problems, said) == ([problem("no-room", free=99, needed=100)], [])
    assert names(served / "sites") == []


def test_a_later_site_needs_room_for_three_of_its_like(served, press, monkeypatch):
    publish(served)
    size = sum(path.stat().st_size for path in (served / "current").resolve().rglob("*") if path.is_file())
    press.words = "second"
    monkeypatch.setattr(turning, "_free", lambda _: 3 * size - 1)
    assert [each.kind for each in publish(served)[0].problems] == ["no-room"]
    monkeypatch.setattr(turning, "_free", lambda _: 3 * size)
    assert publish(served)[0].problems == []


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
def test_a_killed_publication_leaves_the_site_and_the_next_one_clears_up(served, press, tmp_path):
    publish(served)
    before = (os.readlink(served / "current"), built.digests(served / "current"))
    running = built.start("publish", "--publisher", desk(tmp_path / "data", "organisation").folder, "--output", served)
    for line in running.stdout:
        if line.startswith(wording.say("build.seal")[:4]):
            break
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    running.stdout.close()
    assert (os.readlink(served / "current"), built.digests(served / "current")) == before
    assert f".new-{running.pid}" in names(served / "sites")
    press.words = "second"
    publish(served)
    assert names(served) == [".lock", "current", "sites"]
    assert [name for name in names(served / "sites") if name.startswith(".")] == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are stopped in processes of their own")
@pytest.mark.parametrize(
    ("way", "fault"),
    [("publish", steps.KILL), ("publish", steps.FULL), ("publish_without_links", steps.KILL), ("build", steps.KILL), ("build", steps.FULL)],
)
def test_at_every_step_the_site_is_the_old_one_or_the_new_one(way, fault, tmp_path):
    """Two renames leave one moment without a site, when killed between them; a link turned at once leaves none."""
    found = steps.apart(way, fault, tmp_path / "place")
    assert len(found) > 30
    assert [each for each in found if each.then != "new"] == []
    none = [each for each in found if not each.shown]
    assert len(none) == (fault == steps.KILL and way != "publish")
    assert {each.shown for each in found} - {""} == {"old", "new"}
    assert [each for each in found if each.end == 0 and each.shown != "new"] == []
    assert [each for each in found if each.end == 1 and each.shown != "old"] == []


def test_a_lock_left_by_a_dead_process_holds_nobody_up(served, press):
    served.mkdir()
    (served / ".lock").write_text("4711", encoding="utf-8")
    assert publish(served)[0].problems == []


@pytest.mark.skipif(os.name == "nt", reason="locks are taken otherwise there")
def test_a_file_system_without_locks_is_not_another_publisher(served, press, monkeypatch):
    import fcntl

    monkeypatch.setattr(fcntl, "flock", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOLCK, "No locks available")))
    with pytest.raises(OSError, match="No locks available"):
        publish(served)


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


def test_a_built_site_is_not_filled_with_others(served, press):
    served.mkdir()
    (served / "manifest.json").write_text("{}", encoding="utf-8")
    done, _ = publish(served)
    assert [(each.kind, each.file) for each in done.problems] == [("a-built-site", "served")]
    assert names(served) == ["manifest.json"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_is_no_folder_to_serve(served, press, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    served.symlink_to(tmp_path / "elsewhere")
    assert [(each.kind, each.file) for each in publish(served)[0].problems] == [("not-a-folder", "served")]
    served.unlink()
    served.mkdir()
    (served / "sites").symlink_to(tmp_path / "elsewhere")
    assert [(each.kind, each.file) for each in publish(served)[0].problems] == [("not-a-folder", "sites")]
    assert names(tmp_path / "elsewhere") == []


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
