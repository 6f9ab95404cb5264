"""Everything is within reach of the home page, by links alone."""

import re
from collections import deque
from posixpath import dirname, join, normpath

from tests.built import small_site

CLICKS = 4  # a table of one year: register, year, table; its derivations are one more


def test_every_page_and_file_is_within_reach_of_the_home_page():
    site = small_site().folder
    depth, queue = {"index.html": 0}, deque(["index.html"])
    while queue:
        page = queue.popleft()
        if not page.endswith(".html"):
            continue
        for href in re.findall(r'href="([^"#:]+)["#]', (site / page).read_text(encoding="utf-8")):
            target = normpath(join(dirname(page), href))
            if target not in depth:
                depth[target] = depth[page] + 1
                queue.append(target)
    written = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert sorted(written - depth.keys() - {"404.html"}) == []
    assert {page: clicks for page, clicks in depth.items() if clicks > CLICKS} == {}
