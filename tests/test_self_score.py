"""The site scores itself by the rubric: every judge both ways, three numbers as facts, evidence that exists."""

from dataclasses import replace
from fractions import Fraction

import pytest

from scripts import wording
from scripts.pages import assemble, scoring, self_score
from scripts.pages.scoring import Item, Score, judge, rubric, together
from scripts.pages.scoring.ground import HALF, NONE, WHOLE, Answer, Ground
from tests.small_publisher import EVALUATIONS, desk


def ground(found) -> Ground:
    site = found.site()
    return Ground(site, tuple(page for page in assemble.all_pages(site, found.folder / "no-pages", lambda said: None) if page.path != self_score.PATH))


def asked(ground_: Ground, name: str, **told) -> Answer:
    return scoring.JUDGES[name](ground_, **told)


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Ground:
    return ground(desk(tmp_path_factory.mktemp("small")))


def without(ground_: Ground, *paths: str) -> Ground:
    return Ground(ground_.site, tuple(page for page in ground_.made if page.path not in paths))


# ---- the rubric


def test_the_rubric_is_whole():
    weights = [item.weight for item in rubric()]
    assert [item.id for item in rubric()] == [str(n) for n in range(1, 46)]
    assert (sum(weights), weights.count(3), weights.count(2), weights.count(1)) == (105, 20, 20, 5)
    assert {item.group for item in rubric()} == set(scoring.groups())
    assert all(item.title and item.passes and item.judged and item.tests for item in rubric())
    assert {test["judge"] for item in rubric() for test in item.tests} == set(scoring.JUDGES)


@pytest.mark.parametrize(
    ("scores", "value"),
    [([WHOLE], WHOLE), ([WHOLE, WHOLE], WHOLE), ([NONE], NONE), ([NONE, NONE], NONE), ([WHOLE, NONE], HALF), ([HALF], HALF), ([HALF, WHOLE], HALF), ([HALF, NONE], HALF)],
)  # fmt: skip
def test_all_is_one_none_is_nothing_and_anything_between_a_half(scores, value):
    assert together(scores) == value


def test_every_reason_has_its_words():
    import re
    from pathlib import Path

    given = {name for path in Path(scoring.__file__).parent.glob("*.py") for name in re.findall(r'"([a-z_]+)"(?: if |\)|, \{)', path.read_text(encoding="utf-8"))}
    assert set(wording.table("self_score.why")) <= given


# ---- judges: official tables


def official(tmp_path):
    """The demonstration's own budget and account, from the repository."""
    import shutil

    from tests import built

    for name in ("budget", "final_accounts", "projects", "execution", "performance", "publisher.toml", "explanations.toml"):
        source = built.ROOT / "data" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    found = desk(tmp_path, "nothing")
    shutil.copy(built.ROOT / "data" / "publisher.toml", tmp_path / "publisher.toml")
    return found


@pytest.fixture(scope="module")
def accounts(tmp_path_factory) -> Ground:
    return ground(official(tmp_path_factory.mktemp("accounts")))


NINE = next(item for item in rubric() if item.id == "17").tests[0]["kinds"]


def test_kinds_are_there_in_part_or_not_at_all(accounts, small):
    assert asked(accounts, "kinds", register="final_accounts", kinds=NINE) == Answer(WHOLE, "final-accounts/2025/")
    assert asked(accounts, "kinds", register="final_accounts", kinds=[*NINE, "a_tenth"]) == Answer(HALF, "final-accounts/2025/", "kinds")
    assert asked(small, "kinds", register="final_accounts", kinds=NINE).score == NONE


def test_kinds_out_of_balance_silent_or_old_are_a_half(accounts):
    year = accounts.newest("budget")
    table = year.official.tables["capital"]
    bare = replace(year, official=replace(year.official, tables={**year.official.tables, "capital": replace(table, notes=(), rows=[])}))
    assert asked(with_year(accounts, bare), "kinds", register="budget", kinds=["capital"]).why == "silent"
    late = replace(accounts.site, as_of="2030-01-01")
    assert asked(Ground(late, accounts.made), "kinds", register="budget", kinds=["overall"]).why == "old"
    one = replace(next(each for each in accounts.site.checks("budget", year.year) if each.table == "overall"), verdict=scoring.tables.Verdict.UNBALANCED, note="")
    wrong = replace(accounts.site, public=replace(accounts.site.public, comparisons=[one]))
    assert asked(Ground(wrong, accounts.made), "kinds", register="budget", kinds=["overall"]).why == "unbalanced"
    assert asked(Ground(wrong, accounts.made), "balanced").score == HALF and asked(Ground(wrong, accounts.made), "checks", register="budget", identity=one.identity).score == HALF


def with_year(ground_: Ground, year) -> Ground:
    inputs = replace(ground_.site.inputs, years={**ground_.site.inputs.years, (year.register, year.year): year})
    return Ground(replace(ground_.site, inputs=inputs), ground_.made)


def test_codes_reach_the_last_level(accounts, small):
    assert asked(accounts, "codes", register="budget", kind="general_expenditure", length=7).score == WHOLE
    assert asked(accounts, "codes", register="budget", kind="general_expenditure", length=5).score == HALF
    assert asked(accounts, "codes", register="budget", kind="three_public", length=7).score == NONE
    assert asked(small, "codes", register="budget", kind="general_expenditure", length=7).score == NONE


def test_years_that_follow_each_other_are_checked(accounts, small):
    assert asked(accounts, "checks", register="final_accounts", identity="chain.") == Answer(WHOLE, "final-accounts/2025/")
    assert asked(small, "checks", register="final_accounts", identity="chain.") == Answer(NONE, None, "unchecked")


def test_in_time_late_not_out_and_without_a_day(tmp_path):
    found = desk(tmp_path)
    told = {"register": "evaluations", "rule": "formation"}
    assert asked(ground(found), "on_time", **told) == Answer(WHOLE, "evaluations/2025/")
    found.change(EVALUATIONS, "2026-03-02,2026-03-16", "2026-01-05,2026-03-16")
    assert asked(ground(found), "on_time", **told).why == "late"
    found.change(EVALUATIONS, "2026-01-05,2026-03-16", "2026-01-05,")
    assert asked(ground(found), "on_time", **told) == Answer(NONE, "evaluations/2025/", "not_out")
    found.change(EVALUATIONS, "2026-01-05,", "未公布,2026-03-16")
    assert asked(ground(found), "on_time", **told).why == "undated"
    assert asked(ground(found), "on_time", register="budget", rule="approval").score == NONE


def test_a_part_stands_on_every_page_of_a_year(accounts, small):
    assert asked(accounts, "part", registers=["budget", "final_accounts"], part="coverage").score == WHOLE
    assert asked(accounts, "part", registers=["budget"], part="nothing").score == NONE
    assert asked(small, "part", registers=["budget"], part="coverage").score == NONE


# ---- judges: own registers


def test_rows_are_there_filled_and_of_late(small):
    told = {"register": "evaluations", "table": "evaluations"}
    assert asked(small, "rows", **told) == Answer(WHOLE, "evaluations/2025/evaluations/")
    assert asked(small, "rows", register="execution", table="lines", columns=["reason"]).why == "unfilled"
    assert asked(Ground(replace(small.site, as_of="2028-01-01"), small.made), "rows", **told).why == "old"
    assert asked(small, "rows", register="budget") == Answer(NONE, None, "absent", {"title": "部门预算"})
    assert asked(small, "rows", register="nobody_wrote_it").why == "no_register"


def test_words_stand_in_a_column(small):
    told = {"register": "evaluations", "table": "scores", "column": "dimension"}
    assert asked(small, "words", **told, words=["过程", "产出"]).score == WHOLE
    assert asked(small, "words", **told, words=["过程", "效益"]).score == HALF and asked(small, "words", **told, words=["效益"]).score == NONE
    assert asked(small, "words", register="budget", table="changes", column="code", words=["甲"]).score == NONE


def test_every_project_is_covered(tmp_path):
    found, told = desk(tmp_path), {"register": "evaluations", "table": "evaluations"}
    assert asked(ground(found), "covers", **told) == Answer(WHOLE, "evaluations/2025/evaluations/")
    row = found.text("projects/2025/projects.csv").splitlines()[1]
    found.add("projects/2025/projects.csv", row.replace("KF-01", "KF-02").replace("2025-01-01", "2024-06-01"))
    assert asked(ground(found), "covers", **told).score == HALF and asked(ground(found), "covers", **told, begun=True).score == WHOLE
    assert asked(ground(found), "covers", register="budget", table="project_targets").score == NONE
    assert asked(ground(found), "covers", **told, ended=True).score == HALF, "both were to end in 2025"
    found.change("projects/2025/projects.csv", "2024-06-01,2025-12-31", "2024-06-01,2026-06-30")
    assert asked(ground(found), "covers", **told, ended=True).score == WHOLE, "what goes on has no score yet"
    early = ground(found)
    assert asked(Ground(replace(early.site, as_of="2025-11-30"), early.made), "covers", **told, ended=True).score == NONE, "no year is over"


def test_a_figure_is_more_than_nothing_and_of_late(small):
    assert asked(small, "positive", register="evaluations", fact="mean") == Answer(WHOLE, "evaluations/2025/")
    assert asked(small, "positive", register="evaluations", fact="no-such").score == NONE
    assert asked(Ground(replace(small.site, as_of="2028-01-01"), small.made), "positive", register="evaluations", fact="mean").score == HALF


@pytest.mark.parametrize(
    ("until", "days", "score"),
    [(["06-30", "12-31"], 92, WHOLE), (["06-30", "12-31"], 15, HALF), (["12-31"], 15, NONE), (["03-31", "06-30", "12-31"], 92, HALF), (["09-30"], 92, NONE)],
)  # fmt: skip
def test_reports_are_out_in_so_many_days(small, until, days, score):
    assert asked(small, "published", until=until, days=days).score == score


def test_rows_of_a_register_lead_to_others(small, tmp_path):
    assert asked(small, "linked", register="evaluations").score == WHOLE
    assert asked(small, "linked", register="execution").score == HALF and asked(small, "linked", register="budget").score == NONE


# ---- judges: the site


def test_a_page_is_there_with_its_part(small):
    assert asked(small, "page", paths=["nowhere/", "sources/"]) == Answer(WHOLE, "sources/")
    assert asked(small, "page", paths=["nowhere/"]) == Answer(NONE, None, "no_page")
    assert asked(small, "page", paths=["comparisons/"], part="MANIFEST.sha256").score == WHOLE and asked(small, "page", paths=["sources/"], part="MANIFEST.sha256").score == NONE


def test_every_table_can_be_downloaded_twice(small):
    assert asked(small, "downloads") == Answer(WHOLE, "sources/")
    one = next(page for page in small.made if page.template == "table" and "table.html" in page.blocks)
    bare = replace(one, downloads=[])
    assert asked(Ground(small.site, tuple(bare if page is one else page for page in small.made)), "downloads") == Answer(HALF, one.path, "downloads")
    assert asked(Ground(small.site, (bare,)), "downloads").score == NONE and asked(Ground(small.site, ()), "downloads").why == "no_table"


def test_columns_are_described_and_figures_have_sources(small):
    assert asked(small, "described") == Answer(WHOLE, "dictionary/") and asked(without(small, "dictionary/"), "described").score == NONE
    assert asked(small, "sourced") == Answer(WHOLE, "sources/") and asked(without(small, "sources/"), "sourced").score == NONE
    assert asked(Ground(replace(small.site, as_of=""), small.made), "sourced").why == "no_day"
    assert asked(with_year(small, replace(small.newest("execution"), documents={})), "sourced").why == "undocumented"


def test_a_column_without_a_word_is_found(small, monkeypatch):
    from scripts import schema

    told = schema.load("execution")
    bare = replace(told, tables=(replace(told.tables[0], fields=(replace(told.tables[0].fields[0], description="", example=""),)),))
    load = schema.load
    monkeypatch.setattr(schema, "load", lambda name: bare if name == "execution" else load(name))
    assert asked(small, "described") == Answer(HALF, "dictionary/", "undescribed")


def test_checking_is_shown(small):
    assert asked(small, "balanced") == Answer(WHOLE, "comparisons/") and asked(without(small, "comparisons/"), "balanced").score == NONE


def test_every_page_is_within_three_clicks(small):
    assert asked(small, "reach", depth=3) == Answer(WHOLE, "") and asked(small, "reach", depth=1).why == "far"
    assert asked(without(small, ""), "reach", depth=3).why == "no_home"


def by_hand(ground_: Ground, path: str, markdown: str) -> Ground:
    page = replace(ground_.pages["sources/"], path=path, markdown=markdown, by_hand=True, blocks={})
    return Ground(ground_.site, (*ground_.made, page))


def test_terms_that_are_used_are_explained(small):
    terms = ["执行率", "没有人用的词"]
    assert asked(small, "glossary", page="glossary/", terms=terms).score == NONE
    assert asked(by_hand(small, "glossary/", "**执行率**：花了几分之几。"), "glossary", page="glossary/", terms=terms).score == WHOLE
    assert asked(by_hand(small, "glossary/", "**决算**：账。"), "glossary", page="glossary/", terms=terms) == Answer(HALF, "glossary/", "terms", {"words": "执行率"})


def test_marks_are_right_and_readers_have_tried(small):
    told = {"page": "accessibility/", "gaps": "gaps"}
    assert asked(small, "accessible", **told).score == NONE
    assert asked(by_hand(small, "accessibility/", "## [还没做到的](#gaps)"), "accessible", **told).why == "untried"
    tried = by_hand(small, "accessibility/", "## [做了什么](#done)")
    assert asked(tried, "accessible", **told) == Answer(WHOLE, "accessibility/")
    bare = replace(small.pages["sources/"], blocks={"x.html": "<table><tr><th>甲</th></tr></table>"})
    assert asked(Ground(small.site, (*tried.made, bare)), "accessible", **told).why == "markup"


def test_a_drawing_has_words_and_a_table(small):
    assert asked(small, "drawings").score == WHOLE
    bare = replace(small.pages["sources/"], blocks={"x.html": "<figure><svg></svg></figure>"})
    assert asked(Ground(small.site, (bare,)), "drawings").why == "drawing" and asked(Ground(small.site, ()), "drawings").why == "no_drawing"


@pytest.mark.parametrize(
    ("contacts", "score"),
    [({"telephone": "1", "text_message": "2", "letter": "3"}, WHOLE), ({"telephone": "1", "letter": "3", "email": "4"}, HALF), ({"telephone": "1"}, HALF), ({}, NONE)],
)  # fmt: skip
def test_three_ways_to_ask_one_for_the_deaf_and_one_for_the_blind(small, contacts, score):
    inputs = replace(small.site.inputs, publisher=replace(small.site.inputs.publisher, contacts=contacts))
    assert asked(Ground(replace(small.site, inputs=inputs), small.made), "channels", page="help/").score == score


def test_what_tells_of_people_was_counted(small):
    assert asked(small, "guarded") == Answer(WHOLE, "comparisons/#withheld") and asked(without(small, "comparisons/"), "guarded").score == NONE


# ---- the page


def test_three_numbers_are_facts_that_add_up(tmp_path):
    site = desk(tmp_path).site()
    made = {page.path: page for page in assemble.all_pages(site, tmp_path / "no-pages", lambda said: None)}
    get, found = (lambda name: site.facts[f"self-score/{name}"].value), site.facts
    assert get("full") == 105 and get("essentials") == 20 and get("share") == Fraction(get("points"), 105)
    assert get("points") == sum(found[f"self-score/{item.id}"].value for item in rubric())
    assert get("essentials-met") == sum(found[f"self-score/{item.id}"].value == 3 for item in rubric() if item.essential)
    page = made["self-score/"]
    lost = [item.title for item in rubric() if item.essential and found[f"self-score/{item.id}"].value < 3]
    assert lost and all(title in page.blocks["lost.html"] for title in lost) and page.blocks["lost.html"].count("<li>") == len(lost)
    assert all(item.title in page.blocks["items.html"] for item in rubric())


def test_an_item_that_is_lacking_says_why_and_leads_nowhere():
    item = Item("1", "who", "甲", 3, "乙。", "丙。", ())
    score = Score(item, NONE, (Answer(NONE, None, "no_page"),))
    assert score.evidence == () and [self_score.why(each) for each in score.lacking] == ["没有这一页。"]


def test_the_evidence_of_every_item_is_a_page_that_is_written(accounts):
    for item in rubric():
        assert all(accounts.has(path) for path in judge(accounts, item).evidence), item.id


def test_the_data_section_and_the_obligations_lead_to_it(small):
    assert "(../self-score/index.html)" in small.pages["comparisons/"].markdown and "(../self-score/index.html)" in small.pages["obligations/"].markdown
