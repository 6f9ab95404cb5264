"""What the seal is told of a site, and its verdict: the texts that may hold digits, the bodies, the files that belong."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from scripts import columns, commitments, coverage, duties, registers, schema, seal, wording
from scripts.inputs import RegisterYear
from scripts.pages import Page, Site, assemble
from scripts.problems import Problem

REFERENCE = Path(__file__).with_name("reference")


def seal_site(folder: Path, site: Site, made: list[Page], bodies: dict[str, str]) -> list[Problem]:
    """Every figure against its fact; facts.json is written when all hold."""
    pages = seal.read(folder)
    downloads = {each.path: each.meanings for each in assemble.downloads(site, made)}
    by_hand = frozenset(page.file for page in made if page.by_hand)
    plan = seal.Plan(
        bodies=bodies,
        fragments={page.file: list(page.blocks.values()) for page in made},
        titles={page.file: tuple(dict.fromkeys((page.title, *page.also_called))) for page in made},
        by_hand=by_hand,
        downloads=downloads,
        files=frozenset(files(folder)) | assemble.records(site, made).keys(),
        texts=frozenset(texts(site, made)),
        words=seal.own_words(words(), told(site)),
    )
    problems = seal.compare(pages, site.facts, plan)
    if not problems:
        (folder / "facts.json").write_bytes(seal.facts_json(site.facts, pages, site.mark))
    return problems


def files(folder: Path) -> Iterator[str]:
    yield from (path.relative_to(folder).as_posix() for path in (folder / "theme").rglob("*") if path.is_file())


def words() -> Iterator[str]:
    """Strings of ours that may hold digits: schemas, reference files.

    Titles of pages are none: each page knows its own, and a link that of its target, else one year would excuse another.
    """
    for name in registers.ORDER:
        yield from _of_schema(schema.load(name))
    for path in REFERENCE.glob("*.toml"):
        yield from seal.strings(tomllib.loads(path.read_text(encoding="utf-8")))


def told(site: Site) -> Iterator[str]:
    """Strings of the publisher that may stand with digits outside of a quotation: who it is, years, heads of official tables."""
    publisher = site.inputs.publisher
    yield publisher.name
    yield from publisher.contacts.values()
    for year in site.inputs.years.values():
        yield wording.say("display.year", year=year.year)
        for table in year.official.tables.values() if year.official else ():
            yield table.title
            yield from (part for path in table.header for part in path)


def _of_schema(told: schema.Schema) -> Iterator[str]:
    """What a schema says, but no example: a made-up amount must excuse no figure."""
    yield from (told.title, told.summary)
    yield from (each.title for each in (*told.measures, *told.obligations))
    for table in told.tables:
        yield table.title
        for field in table.fields:
            yield from (field.name, field.description, field.legal_basis, field.approved_by, *field.constraints.get("enum", ()))


def texts(site: Site, made: list[Page]) -> Iterator[str]:
    """Every text of the data that a page may print as a name, a code or a quotation."""
    for year in site.inputs.years.values():
        yield from _own(year)
        yield from _official(year)
        for document in year.documents.values():
            yield from (document.title, document.number, document.issuer, document.sha256[:8], document.key)
    yield from site.inputs.publisher.contacts.values()
    yield from (told["owner"].strip() for told in site.inputs.publisher.catalogue.values() if "owner" in told)
    for page in made:
        yield from (page.code, page.title)
    for each in site.public.comparisons:
        yield from (each.words, each.place, each.note)
    yield from (duty.title for duty in site.duties)
    for rule in duties.rules().values():
        yield from (rule["title"], rule["source"])
    for clause in commitments.load(site.inputs.publisher.plan).values():
        yield from (clause.id, clause.title, clause.quote, clause.reading, commitments.said(clause))
    for system in coverage.load():
        yield from (system.id, system.title, system.quote)
    for plan in commitments.plans():
        yield from (part for clause in commitments.load(plan).values() for part in (clause.id, clause.title))
    for name in registers.ORDER:
        yield from (measure.title for measure in schema.load(name).measures)
        for table in schema.load(name).tables:
            yield table.title
            yield from (field.title for field in table.fields)
            yield from map(columns.limits, table.fields)


def _own(year: RegisterYear) -> Iterator[str]:
    yield str(year.year)
    for data in year.tables.values():
        open_ = [field.id for field in data.schema.fields if field.publish and not field.numeric]
        for row in data.rows:
            yield from (row.text(id_) for id_ in open_)


def _official(year: RegisterYear) -> Iterator[str]:
    for table in year.official.tables.values() if year.official else ():
        yield table.title
        yield from table.notes
        for row in table.rows:
            yield from (row.name, row.code)
        for _, printed in table.grid:
            yield from printed
