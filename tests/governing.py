"""Desks for the registers of governance: one table or two of a year, as a clerk would write them."""

from pathlib import Path

from scripts.pages.render import text_of
from tests.small_publisher import Desk


def desk(folder: Path, register: str, years: dict[int, dict[str, str]], plan: str = "plan-1", as_of: str = "2026-03-31") -> Desk:
    """`years`: year -> table -> CSV text. Every source named `doc` is described."""
    made = Desk(folder)
    made.write("publisher.toml", f'name = "演示县残疾人联合会"\nas_of = {as_of}\n' + (f'plan = "{plan}"\n' if plan else ""))
    for year, tables in years.items():
        for table, text in tables.items():
            made.write(f"{register}/{year}/{table}.csv", text)
        made.write(f"{register}/{year}/sources.toml", '[documents.doc]\ntitle = "台账"\n')
    return made


def said(made: Desk, path: str) -> str:
    """The answer of a page as a reader hears it, up to its first part."""
    return text_of(made.pages()[path].markdown.partition("\n## ")[0])
