"""The catalogue: every matter with the post that answers for it, its last update, and the day it is due again."""

import datetime

import pytest

from scripts.pages import catalogue
from scripts.pages.render import text_of
from scripts.sealing import texts
from tests.registers.test_rights import FILES
from tests.small_publisher import Desk

OWNED = '[catalogue.rights]\nowner = "维权科科长"\nfrequency = "每季"\n'


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = Desk(tmp_path)
    for path, text in FILES.items():
        found.write(path, text)
    return found


def settings(desk: Desk, more: str, as_of: str = "as_of = 2026-03-31") -> None:
    desk.write("publisher.toml", FILES["publisher.toml"].replace("as_of = 2026-03-31", as_of) + more)


def entry(desk: Desk, register: str = "rights") -> catalogue.Entry:
    return next(each for each in catalogue.entries(desk.site()) if each.register == register)


def told(desk: Desk) -> str:
    return text_of(desk.pages()["catalogue/"].markdown)


def test_last_and_next(desk):
    """The latest day is that of the yearly report, 22 January; a quarter on is 22 April."""
    settings(desk, OWNED)
    assert entry(desk) == catalogue.Entry("rights", "维权科科长", "quarter", datetime.date(2026, 1, 22), datetime.date(2026, 4, 22), False)
    page = desk.pages()["catalogue/"]
    assert 'datetime="2026-04-22"' in page.blocks["catalogue.html"] and "维权科科长" in page.blocks["catalogue.html"]
    assert "每一项都写明了负责的职务。" in told(desk) and "没有哪一项过了该更新的日子。" in told(desk)


@pytest.mark.parametrize(("as_of", "overdue"), [("2026-04-22", False), ("2026-04-23", True)])
def test_the_day_itself_is_in_time(desk, as_of, overdue):
    settings(desk, OWNED, f"as_of = {as_of}")
    assert entry(desk).overdue is overdue
    assert ("有 1 个过了该更新的日子。" in told(desk)) is overdue


def test_a_limit_that_comes_before_is_the_day(desk):
    """The report that is not out was due on 31 January."""
    desk.write("rights/2025/requests.csv", FILES["rights/2025/requests.csv"].replace("2026-01-22", ""))
    settings(desk, OWNED)
    assert (entry(desk).due, entry(desk).overdue) == (datetime.date(2026, 1, 31), True)


@pytest.mark.parametrize(
    ("word", "due"),
    [("每月", "2026-02-22"), ("每季", "2026-04-22"), ("每半年", "2026-07-22"), ("每年", "2027-01-22"), ("随时", None)],
)
def test_every_frequency(desk, word, due):
    settings(desk, OWNED.replace("每季", word))
    assert entry(desk).due == (datetime.date.fromisoformat(due) if due else None)
    assert ("有变化时" in desk.pages()["catalogue/"].blocks["catalogue.html"]) is (due is None)


def test_months_are_not_all_as_long():
    day = datetime.date(2025, 11, 30)
    assert [catalogue.later(day, months).isoformat() for months in (1, 3, 12)] == ["2025-12-30", "2026-02-28", "2026-11-30"]


def test_a_document_is_an_update_too(desk):
    settings(desk, OWNED)
    desk.write("rights/2025/sources.toml", '[documents.ledger]\ntitle = "台账"\ndate = 2026-03-31\n')
    assert entry(desk).last == datetime.date(2026, 3, 31)


def test_what_is_not_told_is_said(desk):
    assert "还没有写明哪一项由谁负责。" in told(desk) and "没有写明" in desk.pages()["catalogue/"].blocks["catalogue.html"]
    assert entry(desk).due is None
    assert "- 部门预算" in told(desk)


def test_what_has_an_owner_and_no_data_stands_there_too(desk):
    settings(desk, '[catalogue.digital]\nowner = "信息科科长"\nfrequency = "每年"\n')
    assert entry(desk, "digital").last is None and "还没有公开" in desk.pages()["catalogue/"].blocks["catalogue.html"]
    assert "写明了负责的职务的有 1 个。" in told(desk)


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ('[catalogue.right]\nowner = "科长"\n', ("error", "publisher.toml", None, "catalogue.right", "", "unknown-setting")),
        ('[catalogue.rights]\nhead = "科长"\n', ("error", "publisher.toml", None, "catalogue.rights.head", "", "unknown-setting")),
        ('[catalogue.rights]\nfrequency = "每周"\n', ("error", "publisher.toml", None, "catalogue.rights.frequency", "每周", "wrong-setting")),
        ('[catalogue.rights]\nowner = 3\n', ("error", "publisher.toml", None, "catalogue.rights.owner", "3", "wrong-setting")),
        ('[catalogue]\nrights = "科长"\n', ("error", "publisher.toml", None, "catalogue.rights", "科长", "wrong-setting")),
    ],
)
def test_wrong_settings_are_told(desk, more, problem):
    settings(desk, more)
    assert desk.problems() == [problem]


def test_the_catalogue_is_reached_from_home_and_from_the_data(desk):
    pages = desk.pages()
    assert "catalogue/index.html" in pages[""].markdown and "catalogue/index.html" in pages["comparisons/"].markdown


def test_the_seal_knows_the_posts_and_no_other(desk):
    settings(desk, OWNED.replace("维权科科长", " 维权科科长 "))
    known = set(texts(desk.site(), []))
    assert "维权科科长" in known and "维权科副科长" not in known


def test_several_tables_on_one_page_have_no_anchor_twice(desk):
    pages = desk.pages()
    assert [name for name, block in pages["rights/2025/"].blocks.items() if 'id="L' in block] == []
    assert 'id="L2"' in pages["rights/2025/hotline/"].blocks["table.html"]
