"""datapackage.json: the published tables as a Frictionless data package, each with its schema, from the same schemas as the pages."""

import csv
import hashlib
import io
import json
import re

from scripts import columns, registers, schema, wording
from scripts.addresses import address
from scripts.cells import State
from scripts.pages import Download, Page, Site
from scripts.pages.dictionary import opened
from scripts.pages.table import path

NAME = "datapackage.json"
STATES = [wording.say(f"states.{state}") for state in State if state not in (State.KNOWN, State.BLANK)]


def package(site: Site, made: list[Page]) -> bytes:
    """Every table that can be downloaded for programs; a column that is closed is named, and that is all."""
    files = {each.path: each for page in made for each in page.downloads}
    resources = []
    for year in (year for name in registers.ORDER for year in site.inputs.of(name)):
        for table in year.tables.values():
            resources += _resource(site, files, year.register, year.year, table.schema.name, table.schema.title, table.schema)
        for table in year.official.tables.values() if year.official else ():
            resources += _resource(site, files, year.register, year.year, table.kind, table.title, None)
    names = {each["name"] for each in resources}
    for each in resources:  # a reference is told where its target is published too
        keys = each["schema"].pop("foreignKeys", [])
        if keys := [key for key in keys if key["reference"]["resource"] in names]:
            each["schema"]["foreignKeys"] = keys
    told = {"profile": "data-package", "name": "sunshine", "title": site.inputs.publisher.name, "resources": resources}
    if site.mark:
        told["description"] = site.mark
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(site: Site, files: dict[str, Download], register: str, year: int, name: str, title: str, table: schema.Table | None) -> list[dict]:
    """The file for programs with its schema; none where the table has no rows to download."""
    file = next((each for place, each in files.items() if re.fullmatch(rf"{path(register, year, name)}[a-z0-9-]+(?<!-excel)\.csv", place)), None)
    if file is None:
        return []
    fields = table_schema(table, register, year, published=True) if table else _as_printed(file)
    if site.mark:
        fields["fields"].append({"name": wording.say("downloads.nature"), "type": "string"})
    return [{
        "name": _name(register, year, name), "title": wording.say("tables.page_title", year=year, title=title), "path": file.path,
        "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(file.content),
        "hash": f"sha256:{hashlib.sha256(file.content).hexdigest()}", "schema": fields,
    }]  # fmt: skip


def _name(register: str, year: int, table: str) -> str:
    return f"{address(register)}-{year}-{address(table)}"


def table_schema(table: schema.Table, register: str = "", year: int = 0, *, published: bool = False) -> dict:
    """A Table Schema (frictionlessdata.io) of one of our tables; `published`: of its open columns alone.

    The standard knows no key that holds in some rows only, or that leads to the table of another year: these are left out.
    """
    fields = [field for field in table.fields if field.publish or not published]
    names = {field.id: field.name for field in fields}
    told: dict = {"fields": [table_field(field) for field in fields], "missingValues": [""]}
    if all(each in names for each in table.key):
        told["primaryKey"] = [names[each] for each in table.key]
    told["foreignKeys"] = [
        {"fields": [names[each] for each in key.fields], "reference": {"resource": _name(key.register, year, key.table), "fields": _key(key)}}
        for key in table.foreign_keys if all(each in names for each in key.fields) and year and not (key.where or key.any_year)
    ]  # fmt: skip
    if closed := [field.name for field in table.fields if not field.publish]:
        told["closed"] = closed
    return told


def _key(key: schema.ForeignKey) -> list[str]:
    target = schema.load(key.register).table(key.table)
    return [target.field(each).name for each in key.there(target)]


def table_field(field: schema.Field) -> dict:
    """One column. Where a number or a day may be told by a word (not published, …) the word is a missing value of that column."""
    told = {"name": field.name, "title": field.title, "description": columns.meaning(field).description, "type": field.type, "example": field.example}
    if field.unit:
        told["unit"] = wording.table("cells.units")[field.scale] if field.scale else wording.say(f"units.{field.unit}")
    rules = {name: rule for name, rule in field.constraints.items() if name != "required"}
    if field.type == "string":
        rules |= {"required": True} if field.required else {}
    else:
        told["missingValues"] = STATES if field.required else ["", *STATES]
    if rules:
        told["constraints"] = rules
    if field.legal_basis:
        told["opened"] = opened(field)
    return {name: value for name, value in told.items() if value}


def _as_printed(file: Download) -> dict:
    """An official form: its own columns, whatever they hold."""
    header = next(csv.reader(io.StringIO(file.content.decode("utf-8"), newline="")))
    return {"fields": [{"name": name, "type": "any"} for name in header if name != wording.say("downloads.nature")], "missingValues": [""]}
