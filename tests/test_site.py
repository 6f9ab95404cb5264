"""Building: the old site stays byte for byte until the new one is whole, and the same tables give the same bytes."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import manifest, site, turning, wording
from scripts.account import account
from scripts.problems import problem
from scripts.seal.pages import OWN
from tests import built
from tests.built import SMALL, digests
from tests.small_publisher import desk

OLD = {"index.html": "<p>old</p>", "manifest.json": "{}", "budget/2024/index.html": "<p>2024</p>"}


@pytest.fixture
def output(tmp_path) -> Path:
    """A folder that holds an earlier site."""
    return old_site(tmp_path / "work" / "site")


def old_site(folder: Path) -> Path:
    for name, text in OLD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def texts(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*")) if p.is_file()}


def beside(output: Path) -> list[str]:
    """What stands beside the site; the lock stays, it is nobody's once its process has gone."""
    return sorted(path.name for path in output.parent.iterdir() if path.name != f".{output.name}-lock")


def quietly(output: Path) -> site.Built:
    return site.build(account(SMALL), output, lambda _: None)


@pytest.fixture
def small_pages(monkeypatch):
    """A stand-in for all stages of a build, for tests of what is around them."""

    def build_into(_, folder: Path, say) -> site.Built:
        folder.mkdir(parents=True)
        (folder / "index.html").write_text("<p>new</p>", encoding="utf-8")
        manifest.write(folder, "样例县残疾人联合会", "2026-08-20", "")
        return site.Built(folder, 1)

    monkeypatch.setattr(site, "build_into", build_into)


# ---- a build that comes to its end


def test_a_build_takes_the_place_of_the_old_site_whole(output, small_pages):
    done = site.build(None, output, lambda _: None)
    assert (done.output, done.page_count, done.problems) == (output, 1, [])
    assert sorted(texts(output)) == ["MANIFEST.sha256", "index.html", "manifest.json"]
    assert texts(output)["index.html"] == "<p>new</p>"
    assert beside(output) == ["site"]


def test_the_built_site_is_what_was_planned_and_nothing_else():
    whole = built.small_site()
    planned = {page.file for page in whole.made} | {d.path for page in whole.made for d in page.downloads}
    assert set(digests(whole.folder)) - planned == {*OWN, "datapackage.json", "theme/css/site.css", "theme/mark.svg"}
    assert planned - set(digests(whole.folder)) == set()


# ---- a build that fails


def untouched(output: Path, done: site.Built, kinds: set[str]) -> None:
    assert {each.kind for each in done.problems} == kinds
    assert (texts(output), beside(output)) == (OLD, ["site"])


def test_a_failure_of_pelican_leaves_the_old_site(output, monkeypatch):
    monkeypatch.setattr(site, "run_pelican", lambda *_: [problem("pelican-failed", reason="CRITICAL")])
    untouched(output, quietly(output), {"pelican-failed"})


def test_a_figure_that_the_seal_refuses_leaves_the_old_site(output, monkeypatch):
    whole = built.small_site()

    def written(_, folder):
        """Pelican's work, taken from the site that was built before; one figure of it is wrong."""
        shutil.copytree(whole.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*OWN))
        built.wrong_figure(folder / "execution" / "2025" / "index.html")
        return []

    monkeypatch.setattr(site, "run_pelican", written)
    done = quietly(output)
    assert ("seal-figure", "execution/2025/index.html") in {(each.kind, each.file) for each in done.problems}
    assert (texts(output), beside(output)) == (OLD, ["site"])


@pytest.mark.parametrize(
    ("log", "kind", "reason"),
    [
        ("CRITICAL OSError: [Errno 28] No space left on device", "disk-full", ""),
        ("WARNING  Unable to save", "pelican-failed", "WARNING Unable to save"),
        ("", "pelican-failed", "exit -9"),
    ],
)
def test_pelicans_end_is_told_in_words(output, monkeypatch, log, kind, reason):
    ended = subprocess.CompletedProcess([], -9, "", log)
    monkeypatch.setattr(site, "commit", lambda: "")
    monkeypatch.setattr(site.subprocess, "run", lambda *_, **__: ended)
    done = quietly(output)
    assert [(each.kind, reason in each.message) for each in done.problems] == [(kind, True)]
    untouched(output, done, {kind})


@pytest.mark.parametrize("wrong", [OSError(28, "No space left on device"), RuntimeError("a mistake of ours"), KeyboardInterrupt()])
def test_whatever_breaks_a_build_leaves_the_old_site(output, monkeypatch, wrong):
    def breaks(*_):
        raise wrong

    monkeypatch.setattr(site, "run_pelican", breaks)
    with pytest.raises(type(wrong)):
        quietly(output)
    assert (texts(output), beside(output)) == (OLD, ["site"])


def test_a_broken_template_stops_the_build_of_the_command(output, tmp_path):
    """A copy of the program whose theme asks for a name that nobody gives."""
    program = tmp_path / "program"
    for name in ("scripts", "plugins", "theme", "content/pages", "pelicanconf.py"):
        source, target = built.ROOT / name, program / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copyfile(source, target)
    base = program / "theme" / "templates" / "base.html"
    base.write_text(base.read_text(encoding="utf-8").replace("</main>", "{{ nobody_gives_this }}</main>"), encoding="utf-8")
    done = built.run("build", "--publisher", SMALL, "--output", output, cwd=program, env=built.environment(PYTHONPATH=str(program)))
    said = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1, "")
    assert said[-3].startswith("网页没有全部生成：") and said[-3].endswith("旧网站没有动。请把这一行告诉维护的人。")
    assert said[-2:] == ["共 1 个错误、0 条提醒。", "没有发布，原来的网站没有动。"]
    assert (texts(output), beside(output)) == (OLD, ["site"])


KINDS = ["index.html", "execution/2025/index.html", "execution/2025/how/index.html", "404.html", "comparisons.csv",
         "execution/2025/pace.xlsx", "theme/css/site.css", "theme/mark.svg"]  # fmt: skip


@pytest.fixture(scope="module")
def unsealed(tmp_path_factory) -> Path:
    return built.small_site().unsealed(tmp_path_factory.mktemp("unsealed") / "site")


@pytest.mark.parametrize("name", KINDS)
def test_a_file_that_is_missing_or_empty_is_never_sealed(unsealed, name):
    """Of each kind: pages, their derivations, downloads, what pages link to. What is not sealed is not switched to."""
    whole = (unsealed / name).read_bytes()
    (unsealed / name).write_bytes(b"")
    assert ("seal-empty-file", name) in {(each.kind, each.file) for each in built.small_site().seal(unsealed)}
    (unsealed / name).unlink()
    lost = {(each.kind, each.file) for each in built.small_site().seal(unsealed)}
    assert ("seal-link", "index.html") in lost if name.startswith("theme/") else ("seal-missing-file", name) in lost
    (unsealed / name).write_bytes(whole)
    assert not (unsealed / "facts.json").exists()


# ---- a build that is killed


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("stage", ["build.pages", "build.pelican", "build.seal"])
def test_a_killed_build_leaves_the_old_site_and_the_next_one_clears_up(output, stage, small_pages, tmp_path):
    first = wording.say(stage, count="").partition("…")[0]
    running = built.start("build", "--publisher", desk(tmp_path / "data", "organisation").folder, "--output", output)
    try:
        for line in running.stdout:
            if line.startswith(first[:4]):
                break
        else:
            pytest.fail(f"never came to {stage}")
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        running.stdout.close()
    assert texts(output) == OLD
    left = [f".site-new-{running.pid}", f".site-new-{running.pid}-content"]  # the second goes once Pelican is done
    assert beside(output) in ([*left, "site"], [left[0], "site"])
    assert site.build(None, output, lambda _: None).problems == []
    assert (texts(output)["index.html"], beside(output)) == ("<p>new</p>", ["site"])


def test_an_old_site_that_had_stepped_aside_when_the_run_was_killed_comes_back(output, monkeypatch):
    output.rename(output.with_name(".site-old-123"))
    monkeypatch.setattr(site, "build_into", lambda _, folder, say: site.Built(folder, 0, [problem("pelican-failed", reason="")]))
    site.build(None, output, lambda _: None)
    assert (texts(output), beside(output)) == (OLD, ["site"])


def test_a_second_rename_that_fails_brings_the_old_site_back(output, monkeypatch, small_pages):
    rename = Path.rename

    def once(path: Path, target: Path):
        if path.name.startswith(".site-new-"):
            raise OSError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", once)
    with pytest.raises(OSError, match="Permission denied"):
        site.build(None, output, lambda _: None)
    assert (texts(output), beside(output)) == (OLD, ["site"])


# ---- what is never replaced


def test_a_second_build_of_the_same_folder_is_told_to_wait(output):
    with turning.held(output.parent / ".site-lock"):
        untouched(output, site.build(None, output, lambda _: None), {"busy"})


def test_a_folder_with_other_files_is_never_replaced(tmp_path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "notes.txt").write_text("mine", encoding="utf-8")
    done = site.build(None, tmp_path / "documents", lambda _: None)
    assert [(each.kind, each.file) for each in done.problems] == [("not-a-site", "documents")]
    assert texts(tmp_path) == {"documents/notes.txt": "mine"}


def test_a_folder_that_is_a_disk_of_its_own_is_not_replaced(output, monkeypatch):
    monkeypatch.setattr(turning.os.path, "ismount", lambda path: path == output)
    untouched(output, site.build(None, output, lambda _: None), {"a-mount"})


def test_without_room_nothing_is_begun(output, monkeypatch):
    monkeypatch.setattr(turning, "_free", lambda _: 3 * sum(map(len, OLD.values())) - 1)
    untouched(output, site.build(None, output, lambda _: None), {"no-room"})


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize("name", ["content/pages/help.md", "theme/static/css"])
def test_nothing_of_the_program_is_read_through_a_link(output, monkeypatch, tmp_path, name):
    program = tmp_path / "program"
    for part in ("content/pages", "theme"):
        shutil.copytree(built.ROOT / part, program / part)
    (program / name).rename(tmp_path / "outside")
    (program / name).symlink_to(tmp_path / "outside")
    monkeypatch.setattr(site, "ROOT", program)
    untouched(output, quietly(output), {"symlink"})


def test_a_file_is_never_replaced(tmp_path):
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    done = site.build(None, tmp_path / "site", lambda _: None)
    assert [(each.kind, each.file) for each in done.problems] == [("not-a-folder", "site")]
    assert texts(tmp_path) == {"site": "mine"}


def test_an_empty_folder_takes_a_site(tmp_path, small_pages):
    (tmp_path / "site").mkdir()
    assert site.build(None, tmp_path / "site", lambda _: None).problems == []
    assert beside(tmp_path / "site") == ["site"]


# ---- the same bytes

ANOTHER_DAY = '''
"""400 days later, and folders listed the other way round: what a build must not depend on."""
import datetime, os, time
LATER = 400 * 86400
now, now_ns, local, utc = time.time, time.time_ns, time.localtime, time.gmtime
time.time = lambda: now() + LATER
time.time_ns = lambda: now_ns() + LATER * 10**9
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: utc(time.time() if seconds is None else seconds)


def later(real):
    class Same(type):
        def __instancecheck__(cls, value):
            return isinstance(value, real)

        def __subclasscheck__(cls, other):
            return issubclass(other, real)

    class Later(real, metaclass=Same):
        @classmethod
        def today(cls):
            return cls.fromtimestamp(time.time())

        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)

        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)

    Later.__name__ = real.__name__
    return Later


datetime.date, datetime.datetime = later(datetime.date), later(datetime.datetime)
listed = os.listdir
os.listdir = lambda *given: sorted(listed(*given), reverse=True)
'''


@pytest.fixture
def another_machine(tmp_path) -> dict[str, str]:
    """Another clock, time zone, locale, hash seed, order of files."""
    folder = tmp_path / "later"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(ANOTHER_DAY, encoding="utf-8")
    told = {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "2"}
    made = built.environment(PYTHONPATH=os.pathsep.join([str(folder), str(built.ROOT)]), **told)
    return {name: value for name, value in made.items() if name != "SOURCE_DATE_EPOCH"}


def test_the_other_machine_of_the_next_test_lives_another_day(another_machine):
    asked = "import time, datetime; print(int(time.time()), datetime.datetime.now().timestamp(), datetime.date.today().toordinal())"
    said = [
        subprocess.run([sys.executable, "-c", asked], env=env, capture_output=True, text=True, check=True).stdout.split()
        for env in (built.environment(TZ="Pacific/Kiritimati"), another_machine)
    ]
    days = [[float(seconds) / 86400, float(moment) / 86400, int(day)] for seconds, moment, day in said]
    assert [round(after - before) for before, after in zip(*days, strict=True)] == [400, 400, 400]


def test_two_builds_on_two_machines_are_the_same_bytes(another_machine, tmp_path):
    """The first: here, today. The second: another folder, working folder, umask, and everything named above."""
    output = tmp_path / "a" / "site of the other machine"
    done = built.run(
        "build", "--publisher", built.small_copy(tmp_path / "else where"), "--output", output,
        cwd=tmp_path, env=another_machine, **({} if os.name == "nt" else {"umask": 0o077}),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert built.unlike(output, built.small_site().folder) == []


def test_which_words_excuse_a_digit_does_not_hang_on_the_order_of_a_set():
    asked = "from scripts.seal import Words; print(Words(['pay 100', 'pay 100 yuan', 'we pay 100 yuan']).cover('we pay 100 yuan', 7, 10))"
    said = {
        subprocess.run([sys.executable, "-c", asked], env=built.environment(PYTHONHASHSEED=seed), capture_output=True, check=True).stdout
        for seed in "01234"
    }
    assert said == {b"we pay 100 yuan" + os.linesep.encode()}
