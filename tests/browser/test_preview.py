"""The preview in a real browser: what was saved is shown by itself, where the reader was."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts import preview
from tests import built
from tests.browser.opening import opened, violated

PAGE = "execution/2025/index.html"


@dataclass
class Showing:
    """A preview without its builder: the test builds."""

    preview: preview.Preview
    address: str

    def change(self, old: str, new: str) -> None:
        """What a rebuild does at its end."""
        path = self.preview.output / PAGE
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        with self.preview.turned:
            self.preview.version += "1"
            self.preview.turned.notify_all()


@pytest.fixture
def showing(tmp_path: Path) -> Iterator[Showing]:
    made = preview.Preview(built.SMALL, tmp_path, lambda _: None)
    shutil.copytree(built.small_site().folder, made.output)
    handler = functools.partial(preview.Handler, preview=made)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Showing(made, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


def test_a_page_shows_what_was_saved_and_stays_where_it_was(browser, showing):
    with opened(browser) as page:
        page.goto(f"{showing.address}/{PAGE}")
        page.evaluate("scrollTo(0, 700)")
        with page.expect_navigation(wait_until="load"):
            showing.change("三句话说清楚", "改过了")
        assert page.locator(".lead-title").inner_text() == "改过了"
        page.wait_for_function("scrollY === 700")
        with page.expect_navigation(wait_until="load"):  # and again: the page that came asks for the next
            showing.change("改过了", "又改过了")
        assert page.locator(".lead-title").inner_text() == "又改过了"
        assert (violated(page), page.complaints) == ([], [])


def test_a_page_waits_for_a_preview_that_was_stopped(browser, showing):
    with opened(browser) as page:
        page.route("**/-/changed*", lambda route: route.abort("connectionrefused"))
        page.goto(f"{showing.address}/{PAGE}")
        showing.change("三句话说清楚", "改过了")
        page.wait_for_timeout(300)
        assert page.locator(".lead-title").inner_text() == "三句话说清楚"
        with page.expect_navigation(wait_until="load"):
            page.unroute("**/-/changed*")
        assert page.locator(".lead-title").inner_text() == "改过了"


def test_an_address_that_leads_nowhere_has_its_looks_and_its_links_at_any_depth(browser, showing):
    with opened(browser) as page:
        page.goto(f"{showing.address}/projects/2025/no-such-project/")
        assert page.locator("h1").inner_text() == "没有这一页"
        assert page.locator("a.skip").bounding_box()["width"] <= 1 or page.locator("a.skip").bounding_box()["y"] < 0
        page.get_by_role("link", name="首页").first.click()
        assert page.url == f"{showing.address}/index.html"
