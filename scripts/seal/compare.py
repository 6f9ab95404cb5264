"""Compares a written site with its facts and its plan: any difference is a problem and stops publication."""

import posixpath

from scripts import wording
from scripts.facts import Facts
from scripts.problems import Problem, problem
from scripts.seal.bodies import judge_body
from scripts.seal.downloads import judge_download
from scripts.seal.figures import judge_figure
from scripts.seal.links import dangling, external, style_sheet
from scripts.seal.loose import judge_loose
from scripts.seal.marks import Mark, Page
from scripts.seal.pages import OWN, Pages
from scripts.seal.plan import Plan
from scripts.seal.sentences import judge_sentence
from scripts.seal.texts import judge_date, judge_origins, judge_text, origins


class Judge:
    """What one comparison needs of all facts, worked out once."""

    def __init__(self, facts: Facts, plan: Plan):
        self.facts, self.plan = facts, plan
        self.titles = frozenset(fact.title for fact in facts)
        self.origins = origins(facts)

    def page(self, page: Page) -> tuple[list[Problem], set[str]]:
        """All that a page alone can tell: a pure function of its bytes, the facts and the plan.

        Second: the strings that excused digits.
        """
        used: set[str] = set()
        found = [each for mark in page.marks for each in self.mark(mark, page)]
        found += judge_origins([m for m in page.marks if m.kind == "origin"], page, self.facts, self.origins)
        for sentence in page.sentences:
            found += judge_sentence(sentence, page, self.facts, self.plan, used)
        found += judge_loose(page, self.plan, used) + external(page) + self.markup(page)
        if self.plan.bodies is not None and page.path in self.plan.bodies:
            fragments = self.plan.fragments.get(page.path, ())
            found += judge_body(page.path, page.html, self.plan.bodies[page.path], fragments)
        return found, used

    def mark(self, mark: Mark, page: Page) -> list[Problem]:
        if mark.kind == "fact":
            return judge_figure(mark, page, self.facts)
        if mark.kind == "date":
            return judge_date(mark, page)
        if mark.kind in ("code", "text", "quotation", "label"):
            return judge_text(mark, page, self.facts, self.plan, self.titles)
        return []

    def markup(self, page: Page) -> list[Problem]:
        """Hand-written pages may show pictures (which these are, only the plan knows); nothing else is excused."""
        pictures = self.plan.bodies is None or page.path in self.plan.by_hand
        issues = [issue for issue in page.issues if issue[0] != "image" or not pictures]
        issues += [("dangling", position) for id_, position in page.references if id_ not in page.ids]
        why = wording.table("seal.reasons")
        return [
            problem("seal-markup", file=page.path, row=page.line(position), reason=why[reason])
            for reason, position in issues
        ]


def compare(pages: Pages, facts: Facts, plan: Plan | None = None) -> list[Problem]:
    """Every problem of a site, in the order of its files."""
    plan = plan or Plan()
    judge = Judge(facts, plan)
    found = files(pages, plan)
    for page in pages:
        wrong, words = judge.page(page)
        found += wrong + sizes(page, pages)
        pages.keep(page, words)
    ids = {path: seen.ids for path, seen in pages.seen.items()}
    for path, seen in pages.seen.items():
        found += dangling(path, seen.links, pages.files | OWN, ids)
    for path in sorted(pages.files):
        if path.endswith((".css", ".svg")):
            found += style_sheet(path, pages.bytes(path))
        elif path in plan.downloads:
            found += judge_download(path, pages.bytes(path), plan.downloads[path], facts)
    return found


def files(pages: Pages, plan: Plan) -> list[Problem]:
    """Expected files = found files, each a file with content, none a link."""
    found = [problem("symlink", file=path) for path in pages.symlinks]
    found += [problem("special-file", file=path) for path in pages.special]
    found += [problem("seal-empty-file", file=path) for path, size in pages.sizes.items() if not size]
    there, expected = pages.files - OWN, plan.expected
    if expected is None:
        there, expected = frozenset(pages.paths), frozenset(pages.paths if plan.bodies is None else plan.bodies)
        expected |= frozenset(plan.downloads) - pages.files
    found += [problem("seal-missing-file", file=path) for path in sorted(expected - there)]
    return found + [problem("seal-unexpected-file", file=path) for path in sorted(there - expected)]


def sizes(page: Page, pages: Pages) -> list[Problem]:
    """kB are 1,000 bytes, half up, at least one."""
    found = []
    for mark in page.marks:
        if mark.kind == "size":
            target = mark.attributes["data-bytes"]
            count = pages.sizes.get(posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target)))
            if count is None or mark.text != f"{max(1, (count + 500) // 1000)} kB":
                line = page.line(mark.position)
                found.append(problem("seal-size", file=page.path, row=line, value=mark.text, target=target))
    return found
