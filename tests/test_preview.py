"""The preview: this machine only, rebuilt on save, problems in the page, the last good site while the tables are wrong."""

import functools
import functools
import os
import queue
import re
import signal
import socket
import struct
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import preview, wording
from scripts.problems import problem
from tests import built
from tests.built import digests

PATIENCE = 120  # seconds; a busy machine builds slowly


class Serving:
    """A running `serve` and what it says."""

    def __init__(self, publisher: Path, folder: Path):
        self.publisher, self.folder = publisher, folder
        self.process = built.start("serve", "--publisher", publisher, "--output", folder / "output", "--port", "0", cwd=folder)
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=lambda: [self.lines.put(line.rstrip("\n")) for line in self.process.stdout], daemon=True).start()
        self.address = self.wait("http://").partition("http://")[2].partition("/")[0]

    def wait(self, words: str) -> str:
        """The next line that holds these words; everything said until then is taken."""
        until = time.monotonic() + PATIENCE
        while True:
            line = self.lines.get(timeout=max(0.1, until - time.monotonic()))
            if words in line:
                return line

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://{self.address}{path}", timeout=PATIENCE) as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            return answer.read().decode("utf-8")

    def save(self, file: str, old: str, new: str) -> None:
        path = self.publisher / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)


@pytest.fixture(scope="module")
def serving(tmp_path_factory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("preview")
    made = Serving(built.small_copy(folder / "publisher"), folder)
    yield made
    if made.process.poll() is None:
        os.killpg(made.process.pid, signal.SIGKILL) if os.name != "nt" else made.process.kill()
        made.process.wait()


def test_it_listens_on_this_machine_only(serving):
    assert re.fullmatch(r"127\.0\.0\.1:[0-9]+", serving.address)


def as_built(page: str) -> str:
    """A page without what the preview adds as it sends it."""
    return re.sub(r'<script src="/-/preview\.js" [^>]*></script>', "", page, count=1).replace("; connect-src 'self'", "", 1)


def test_without_problems_a_page_is_the_page_of_the_site(serving):
    assert as_built(serving.get("/")).encode() == (built.small_site().folder / "index.html").read_bytes()
    assert wording.say("preview.none") in serving.get("/problems")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        serving.get("/no-such-page/")


def test_an_address_that_leads_nowhere_shows_the_page_for_that_at_any_depth(serving):
    with pytest.raises(urllib.error.HTTPError, match="404") as lost:
        serving.get("/projects/2025/no-such-project/")
    page = lost.value.read().decode("utf-8")
    assert "没有这一页" in page and 'href="/theme/css/site.css"' in page and 'href="/index.html"' in page
    assert 'href="./' not in page


def test_every_answer_carries_the_policy(serving):
    for path in ("/", "/problems", "/-/preview.js", "/theme/css/site.css", "/facts.json"):
        with urllib.request.urlopen(f"http://{serving.address}{path}", timeout=PATIENCE) as answer:
            assert (answer.headers["Content-Security-Policy"], answer.headers["X-Content-Type-Options"]) == (preview.ASKING, "nosniff")


def test_a_change_that_was_saved_is_seen(serving):
    before = re.search(r'data-version="([0-9]+)"', serving.get("/projects/2025/kf-01/"))[1]
    answered: list[str] = []
    asking = threading.Thread(target=lambda: answered.append(serving.get(f"/-/changed?since={before}")))
    asking.start()
    serving.save("projects/2025/projects.csv", "0 至 14 岁需要康复训练的残疾儿童", "0 至 16 岁需要康复训练的残疾儿童")
    serving.wait("已重做，问题 0 个。")
    page = serving.get("/projects/2025/kf-01/")
    asking.join(PATIENCE)
    assert "0 至 16 岁需要康复训练的残疾儿童" in page
    assert answered == re.findall(r'data-version="([0-9]+)"', page) != [before]


def test_bad_tables_show_their_problems_and_the_last_good_site(serving):
    serving.save("projects/2025/projects.csv", ",就业,", ",<b>培训</b>,")
    said = serving.wait("projects/2025/projects.csv")
    serving.wait("已重做，问题 1 个。")
    line = "projects/2025/projects.csv·第2行·类别·“<b>培训</b>”：这一格只能填固定的几个词。"
    assert said.startswith(line)
    page, problems = serving.get("/"), serving.get("/problems")
    banner = '<p class="strip"><a href="/problems">数据有 1 个问题，点这里看。网页是上一次做好的样子。</a></p>'
    assert page.count(banner) == 1 and page.count('<header class="masthead">') == 1
    assert "“&lt;b&gt;培训&lt;/b&gt;”" in problems and "<b>" not in problems
    assert "0 至 16 岁需要康复训练的残疾儿童" in serving.get("/projects/2025/kf-01/")
    assert banner in serving.get("/projects/2025/kf-01/")


def test_it_writes_no_output_and_ends_when_told(serving):
    serving.stop()
    assert serving.process.returncode == 0
    assert serving.wait(wording.say("preview.stopped"))
    assert sorted(path.name for path in serving.folder.iterdir()) == ["publisher"]
    assert digests(serving.publisher).keys() == digests(built.SMALL).keys()


@pytest.fixture
def made(tmp_path) -> preview.Preview:
    return preview.Preview(built.small_copy(tmp_path / "publisher"), tmp_path / "kept", lambda _: None)


# ---- what the preview adds, and what no site has of it


def test_the_script_that_follows_rebuilds_is_in_no_site():
    site = built.small_site().folder
    assert [p.name for p in site.rglob("*") if p.suffix == ".js"] == []
    written = [path for path in site.rglob("*") if path.is_file() and re.search(rb"<script|connect-src|/-/", path.read_bytes())]
    assert written == []


def test_the_policy_is_the_one_that_every_page_says_of_itself():
    base = (preview.ROOT / "theme" / "templates" / "base.html").read_text(encoding="utf-8")
    assert f'<meta http-equiv="Content-Security-Policy" content="{preview.POLICY}">' in base


def test_a_page_is_sent_with_its_version_and_may_ask_for_the_next(made):
    page = f'<meta http-equiv="Content-Security-Policy" content="{preview.POLICY}"><title>题</title><link>'.encode()
    assert made.live(page, "7").decode() == (
        f'<meta http-equiv="Content-Security-Policy" content="{preview.POLICY}; connect-src \'self\'"><title>题</title>'
        '<script src="/-/preview.js" data-version="7" data-changed="/-/changed"></script><link>'
    )
    assert made.live(b"no page", "7") == b"no page"


def test_whoever_asks_with_an_old_version_is_answered_at_once_and_with_the_newest_in_a_while(made, monkeypatch):
    monkeypatch.setattr(preview, "PATIENCE", 0.05)
    assert made.after("an older one") == made.version
    assert made.after(made.version) == made.version


# ---- without a server


def test_a_reader_who_leaves_before_the_answer_is_no_news(made, capfd):
    """A page that is closed leaves its question about the next rebuild behind."""
    asked, left = threading.Event(), threading.Event()
    made.after = lambda version: (asked.set(), left.wait(PATIENCE), "2")[-1]
    with preview.http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(preview.Handler, preview=made)) as server:
        server.daemon_threads = False  # so that leaving this block waits for the answer
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with socket.create_connection(server.server_address) as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # leaves without a word
            reader.sendall(b"GET /-/changed?since=1 HTTP/1.0\r\n\r\n")
            assert asked.wait(PATIENCE)
        left.set()
        server.shutdown()
    assert capfd.readouterr().err == ""


def test_a_mistake_of_the_program_is_told_and_the_preview_goes_on(made, monkeypatch):
    said: list[str] = []
    made.say = said.append
    monkeypatch.setattr(preview, "account", lambda _: {}["no such key"])
    made.rebuild()
    assert [each.kind for each in made.problems] == ["unexpected"]
    assert re.fullmatch(
        r"test_preview\.py:[0-9]+：程序出了错，没有做完（KeyError: 'no such key'）。原来的网站没有动。请把这一行告诉维护的人。", said[0]
    )
    assert re.fullmatch(r"[0-9:]{8} 已重做，问题 1 个。", said[1])


def test_a_file_that_another_program_holds_is_told(made, monkeypatch):
    def held(_):
        raise PermissionError(13, "Permission denied", "lines.csv")

    monkeypatch.setattr(preview, "account", held)
    made.rebuild()
    assert [each.line() for each in made.problems] == [
        "lines.csv：系统不让读写这个文件（Permission denied）。请关掉正打开它的程序，或者换一个文件夹再试。"
    ]


def test_what_is_published_as_a_note_is_not_told_as_an_old_page(made):
    made.problems = [problem("official-no-unit", file="lines.csv")]
    assert made.banner(b'<header class="masthead">').decode() == (
        '<header class="masthead"><p class="strip"><a href="/problems">数据有 1 条提醒，点这里看。</a></p>'
    )


def test_like_problems_are_one_row_of_the_page(made):
    found = [problem("not-a-date", file="a/2025/lines.csv", row=n, column="日期", value="明天", example="2024-02-29") for n in range(2, 1002)]
    found += [problem("official-no-unit", file="b/2025/表.csv"), problem("unknown-setting", file="publisher.toml", column="<x>")]
    made.problems = found
    page = made.page().decode()
    assert page.count("<tr") - page.count("<tr>") == 3 and "共 1,001 个错误、1 条提醒。" in page
    assert "第2–1001行共1,000处·日期" in page and "“明天”" in page and "请写成年-月-日。例：2024-02-29" in page
    assert page.index('id="part-error"') < page.index("publisher.toml") < page.index('id="part-warning"') < page.index("b/2025/表.csv")
    assert "<x>" not in page and "&lt;x&gt;" in page
    assert "数据有 1,002 个问题" in made.banner(b'<header class="masthead">').decode()


def test_the_list_of_problems_is_dressed_before_there_is_a_site(made):
    """Nothing was built yet: every address is the list, and its style sheet comes from the theme itself."""
    made.problems = [problem("empty-file", file="lines.csv")]
    assert not made.output.is_dir()
    with preview.http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(preview.Handler, preview=made)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        got = {}
        for path in ("/", "/problems", "/execution/2025/", "/theme/css/site.css"):
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{path}", timeout=PATIENCE) as answer:
                got[path] = answer.read().decode("utf-8")
        server.shutdown()
    assert "lines.csv" in got["/"] and got["/"] == got["/problems"] == got["/execution/2025/"]
    assert got["/theme/css/site.css"] == (made.bare / "theme/css/site.css").read_text(encoding="utf-8") and ".ledger" in got["/theme/css/site.css"]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_of_problems_fits_a_phone_and_a_desk(made, browser, tmp_path, width):
    long = "projects/2025/" + "very-long-name-" * 8 + ".csv"
    made.problems = [
        problem("not-money", file=long, sheet="一张名字很长的工作表" * 2, row=2, column="下达金额(元)", value="x" * 300, example="1234.50"),
        problem("not-in-list", file="a.csv", row=9, column="类别", value="<b>", choices="、".join(["康复"] * 12)),
    ]
    (made.bare / "problems.html").write_bytes(made.page().replace(b'"/theme', b'"theme'))
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((made.bare / "problems.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("h1").inner_text() == "数据里的问题" and page.locator("tbody tr").count() == 2
    assert page.evaluate("getComputedStyle(document.querySelector('.lead')).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.close()


def test_a_page_without_masthead_gets_no_banner(made):
    made.problems = [problem("empty-file", file="lines.csv")]
    assert made.banner(b"<p>bare</p>") == b"<p>bare</p>"


def test_what_is_looked_at_is_the_publisher_the_theme_and_the_program(made):
    before = made.stamp()
    (made.publisher / "execution" / "2026").mkdir()
    assert made.stamp() == before
    (made.publisher / "execution" / "2026" / "lines.csv").write_text("", encoding="utf-8")
    assert len(made.stamp()) == len(before) + 1


def test_a_port_in_use_is_told_with_another(serving, capsys):
    port = int(serving.address.rpartition(":")[2])
    with preview.http.server.ThreadingHTTPServer(("127.0.0.1", port), preview.Handler) as taken:
        assert taken.server_port == port
        assert preview.serve(built.SMALL, port, print) == 1
    assert problem("port-taken", port=port, other=port + 1).line() == f"{port} 号端口有别的程序在用。请换一个端口。例：--port {port + 1}"
    assert capsys.readouterr().out == f"{port} 号端口有别的程序在用。请换一个端口。例：--port {port + 1}\n"
