"""Headers of columns that are a private person's, and the fields of schemas that may be open all the same."""

import unicodedata

from scripts import schema
from scripts.privacy import rules
from scripts.problems import Problem, problem


def denied(header: str) -> str:
    """The kind of private column that a header names (a key of [headers.denied]); empty for any other."""
    name = "".join(c for c in unicodedata.normalize("NFKC", header) if c.isalnum() or c in "()")
    if not name or len(name) > 30 or any(rules.expression(f"headers.allowed.{each}").search(name) for each in rules.table("headers.allowed")):
        return ""
    return next((kind for kind in rules.table("headers.denied") if rules.expression(f"headers.denied.{kind}").search(name)), "")


def private(headers: list[str]) -> list[str]:
    """Those of a row of headers that are private; beside one of them sex, level and the like are so too."""
    found = [each for each in headers if denied(each)]
    beside = rules.expression("headers.beside.words")
    return [each for each in headers if each in found or (found and beside.search(each) and not _counted(each))]


def _counted(header: str) -> bool:
    return bool(rules.expression("headers.allowed.count").search(header))


def unfounded(told: schema.Schema) -> list[Problem]:
    """Open fields of a schema that its deny-list closes and that name neither legal basis nor who approved."""
    return [
        problem("private-field", file=f"registers/{told.register}/schema.toml", sheet=table.name, column=field.name)
        for table in told.tables
        for field in table.fields
        if field.publish and denied(field.name) and not field.founded
    ]


def founded(told: schema.Schema) -> set[str]:
    """Headers of the deny-list that a schema opens with its reasons."""
    return {field.name for table in told.tables for field in table.fields if field.publish and field.founded}
