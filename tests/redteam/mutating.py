"""Ways to spoil a publisher's folder: one change of one kind, as a slip of a hand, a spreadsheet or a copied folder would make it."""

import csv
import io
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

AMOUNT = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CODE = re.compile(r"[0-9]{3}|[0-9]{5}|[0-9]{7}|[A-Za-z]*-?[0-9]{4}-[0-9]{2}|[A-Z]{2}-[0-9]{2}")
HAN = "县乡村镇街道康复托养就业教育"
TRIES = 40


@dataclass(frozen=True, slots=True)
class Mutation:
    kind: str
    file: str
    told: str


@dataclass
class Sheet:
    """A table of the folder as texts; `rows[0]` is the header."""

    path: Path
    rows: list[list[str]]

    @property
    def body(self) -> list[list[str]]:
        return self.rows[1:]

    def cells(self, fits: Callable[[str], bool]) -> list[tuple[int, int]]:
        return [(r, c) for r, row in enumerate(self.rows) if r for c, text in enumerate(row) if fits(text)]

    def write(self) -> None:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(self.rows)
        self.path.write_text("\ufeff" + out.getvalue(), encoding="utf-8", newline="")


KINDS: dict[str, Callable] = {}
NOTHING_PUBLISHED = {
    "row-order", "trailing-newline", "line-ends", "as-gbk", "date-with-slashes", "date-in-words", "without-bom", "columns-moved", "toml-comment",
}  # fmt: skip


def kind(name: str):
    def keep(function):
        KINDS[name] = function
        return function

    return keep


def mutate(name: str, folder: Path, dice: random.Random) -> Mutation | None:
    """Spoils the folder; None where it finds no room."""
    return KINDS[name](folder, dice)


def sheets(folder: Path, dice: random.Random) -> list[Path]:
    found = sorted(folder.rglob("*.csv"))
    return dice.sample(found, len(found))


def on_sheet(name: str):
    """A kind that changes one table: `change(sheet, dice)` says what it did, or None."""

    def keep(change):
        def apply(folder: Path, dice: random.Random) -> Mutation | None:
            for path in sheets(folder, dice)[:TRIES]:
                sheet = Sheet(path, list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))))
                before = [list(row) for row in sheet.rows]
                told = change(sheet, dice)
                if told is not None and sheet.rows != before:
                    sheet.write()
                    return Mutation(name, path.relative_to(folder).as_posix(), told)
            return None

        KINDS[name] = apply
        return change

    return keep


def on_cell(name: str, fits: Callable[[str], bool]):
    """A kind that gives one fitting cell another text."""

    def keep(change):
        def apply(sheet: Sheet, dice: random.Random) -> str | None:
            places = sheet.cells(fits)
            for row, column in dice.sample(places, min(TRIES, len(places))):
                old, new = sheet.rows[row][column], change(sheet.rows[row][column], dice)
                if new is not None and new != old:
                    sheet.rows[row][column] = new
                    return f"row {row + 1} column {column + 1}: {old} -> {new}"
            return None

        on_sheet(name)(apply)
        return change

    return keep


def amount(text: str) -> bool:
    return bool(AMOUNT.fullmatch(text)) and not CODE.fullmatch(text)


def known(text: str) -> bool:
    """An amount that is something."""
    return amount(text) and bool(re.search("[1-9]", text))


def words(text: str) -> bool:
    return len(text) > 1 and not AMOUNT.fullmatch(text) and not DATE.fullmatch(text)


# ---- one cell


@on_cell("digit", known)
def _(text, dice):
    at = dice.choice([i for i, c in enumerate(text) if c.isdigit()])
    return text[:at] + dice.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]


@on_cell("digits-swapped", known)
def _(text, dice):
    pairs = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    if not pairs:
        return None
    at = dice.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


@on_cell("zero-dropped", lambda text: known(text) and "0" in text.partition(".")[0])
def _(text, dice):
    whole, dot, rest = text.partition(".")
    at = whole.index("0", 1) if "0" in whole[1:] else None
    return None if at is None else whole[:at] + whole[at + 1 :] + dot + rest


@on_cell("zero-added", known)
def _(text, dice):
    whole, dot, rest = text.partition(".")
    return f"{whole}0{dot}{rest}"


@on_cell("ten-thousand-times", known)
def _(text, dice):
    whole, _, rest = text.replace(",", "").partition(".")
    digits = (rest + "0000")[:4]
    return (whole + digits).lstrip("0") + (f".{rest[4:]}" if rest[4:] else ".00")


@on_cell("ten-thousandth", known)
def _(text, dice):
    whole, _, rest = text.replace(",", "").partition(".")
    digits = whole.lstrip("-").rjust(5, "0") + rest
    sign = "-" if text.startswith("-") else ""
    return sign + f"{digits[: len(digits) - len(rest) - 4]}.{digits[len(digits) - len(rest) - 4 :]}".rstrip("0").rstrip(".")


@on_cell("point-moved", lambda text: known(text) and "." in text)
def _(text, dice):
    whole, _, rest = text.partition(".")
    return f"{whole}{rest[0]}.{rest[1:] or '0'}" if dice.random() < 0.5 or len(whole) < 2 else f"{whole[:-1]}.{whole[-1]}{rest}"


@on_cell("point-lost", lambda text: known(text) and "." in text)
def _(text, dice):
    return text.replace(".", "")


@on_cell("sign", known)
def _(text, dice):
    return text[1:] if text.startswith("-") else f"-{text}"


@on_cell("blanked-amount", amount)
def _(text, dice):
    return ""


@on_cell("blanked-text", words)
def _(text, dice):
    return ""


@on_cell("filled", lambda text: not text)
def _(text, dice):
    return dice.choice(["0.00", "12.50", "同上", "2025-06-30"])


@on_cell("state-word", amount)
def _(text, dice):
    return dice.choice(["未公布", "不适用", "-", "0", "0.00"])


@on_cell("spelt-otherwise", lambda text: known(text) and "." in text)
def _(text, dice):
    return text.rstrip("0").rstrip(".") if text.endswith("0") else f"{text}0"


@on_cell("thousands", lambda text: known(text) and len(text.partition(".")[0]) > 3)
def _(text, dice):
    whole, dot, rest = text.partition(".")
    return f"{int(whole.replace(',', '')):,}{dot}{rest}" if "," not in text else text.replace(",", "")


@on_cell("full-width", known)
def _(text, dice):
    return text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


@on_cell("character", words)
def _(text, dice):
    at = dice.randrange(len(text))
    return text[:at] + dice.choice(HAN) + text[at + 1 :]


@on_cell("cut-short", words)
def _(text, dice):
    return text[: len(text) // 2]


@on_cell("space", words)
def _(text, dice):
    at = dice.randrange(1, len(text))
    return f"{text[:at]} {text[at:]}"


@on_cell("sibling-code", lambda text: bool(CODE.fullmatch(text)))
def _(text, dice):
    last = int(text[-2:]) + dice.choice([-1, 1])
    return f"{text[:-2]}{last:02d}" if 0 < last < 100 else None


@on_cell("code-cut", lambda text: bool(CODE.fullmatch(text)))
def _(text, dice):
    return text[:-2]


def _day(text: str, at: slice, by: int) -> str:
    number = int(text[at]) + by
    return f"{text[: at.start]}{number:0{at.stop - at.start}d}{text[at.stop :]}"


for part, at in (("day", slice(8, 10)), ("month", slice(5, 7)), ("year", slice(0, 4))):

    @on_cell(f"date-{part}", lambda text: bool(DATE.fullmatch(text)))
    def _(text, dice, at=at):
        return _day(text, at, dice.choice([-1, 1]))


@on_cell("date-with-slashes", lambda text: bool(DATE.fullmatch(text)))
def _(text, dice):
    return f"{int(text[:4])}/{int(text[5:7])}/{int(text[8:])}"


@on_cell("date-in-words", lambda text: bool(DATE.fullmatch(text)))
def _(text, dice):
    return f"{int(text[:4])}年{int(text[5:7])}月{int(text[8:])}日"


# ---- rows and columns


def _two(sheet: Sheet, dice: random.Random) -> tuple[int, int] | None:
    return None if len(sheet.rows) < 3 else tuple(sorted(dice.sample(range(1, len(sheet.rows)), 2)))


@on_sheet("cells-swapped")
def _(sheet, dice):
    row = dice.choice(sheet.body or [[]])
    if len(row) < 2:
        return None
    one, other = dice.sample(range(len(row)), 2)
    row[one], row[other] = row[other], row[one]
    return f"columns {one + 1} and {other + 1}"


@on_sheet("cell-from-above")
def _(sheet, dice):
    if len(sheet.rows) < 3:
        return None
    row, column = dice.randrange(2, len(sheet.rows)), dice.randrange(len(sheet.rows[0]))
    sheet.rows[row][column] = sheet.rows[row - 1][column]
    return f"row {row + 1} column {column + 1}"


@on_sheet("amounts-swapped")
def _(sheet, dice):
    two = _two(sheet, dice)
    if two is None:
        return None
    one, other = (sheet.rows[row] for row in two)
    for column, texts in enumerate(zip(one, other, strict=True)):
        if all(map(amount, texts)):
            one[column], other[column] = other[column], one[column]
    return f"rows {two}"


@on_sheet("row-order")
def _(sheet, dice):
    two = _two(sheet, dice)
    if two is None:
        return None
    one, other = two
    sheet.rows[one], sheet.rows[other] = sheet.rows[other], sheet.rows[one]
    return f"rows {two}"


@on_sheet("row-deleted")
def _(sheet, dice):
    return ",".join(sheet.rows.pop(dice.randrange(1, len(sheet.rows)))) if sheet.body else None


@on_sheet("row-twice")
def _(sheet, dice):
    if not sheet.body:
        return None
    row = dice.choice(sheet.body)
    sheet.rows.insert(dice.randrange(1, len(sheet.rows) + 1), list(row))
    return ",".join(row)


@on_sheet("row-again-under-another-number")
def _(sheet, dice):
    """Recorded once more: only its own number is new."""
    columns = [i for i, name in enumerate(sheet.rows[0]) if name in ("序号", "文号", "编号")]
    if not columns or not sheet.body:
        return None
    row = list(dice.choice(sheet.body))
    row[columns[0]] = "98"
    sheet.rows.append(row)
    return ",".join(row)


@on_sheet("row-shifted")
def _(sheet, dice):
    row = dice.choice(sheet.body or [[]])
    if len(row) < 3:
        return None
    start = dice.randrange(len(row) - 1)
    row[start:] = ["", *row[start:-1]]
    return f"from column {start + 1}"


@on_sheet("row-cut")
def _(sheet, dice):
    row = dice.choice(sheet.body or [[]])
    return f"{len(row)} cells: {row.pop()}" if len(row) > 1 else None


@on_sheet("column-down")
def _(sheet, dice):
    if len(sheet.rows) < 3:
        return None
    column = dice.randrange(len(sheet.rows[0]))
    texts = [row[column] for row in sheet.body]
    for row, text in zip(sheet.body, ["", *texts[:-1]], strict=True):
        row[column] = text
    return sheet.rows[0][column]


@on_sheet("column-deleted")
def _(sheet, dice):
    column = dice.randrange(len(sheet.rows[0]))
    head, *_ = [row.pop(column) for row in sheet.rows]
    return head


@on_sheet("column-twice")
def _(sheet, dice):
    column = dice.randrange(len(sheet.rows[0]))
    for row in sheet.rows:
        row.insert(column, row[column])
    return sheet.rows[0][column]


@on_sheet("columns-swapped")
def _(sheet, dice):
    """The texts of two columns change places, their heads stay."""
    if len(sheet.rows[0]) < 2:
        return None
    one, other = dice.sample(range(len(sheet.rows[0])), 2)
    for row in sheet.body:
        row[one], row[other] = row[other], row[one]
    return f"{sheet.rows[0][one]} and {sheet.rows[0][other]}"


@on_sheet("columns-moved")
def _(sheet, dice):
    """Two columns change places, heads and all; in a register's own table, whose order is the schema's."""
    if sheet.path.stem.isascii() is False or len(sheet.rows[0]) < 2:
        return None
    one, other = dice.sample(range(len(sheet.rows[0])), 2)
    for row in sheet.rows:
        row[one], row[other] = row[other], row[one]
    return f"{one + 1} and {other + 1}"


@on_sheet("heads-swapped")
def _(sheet, dice):
    head = sheet.rows[0]
    if len(head) < 2 or not sheet.body:
        return None
    one, other = dice.sample(range(len(head)), 2)
    if all(row[one] == row[other] for row in sheet.body) and sheet.path.stem.isascii():
        return None
    head[one], head[other] = head[other], head[one]
    return f"{head[one]} and {head[other]}"


@on_sheet("head-changed")
def _(sheet, dice):
    column = dice.randrange(len(sheet.rows[0]))
    sheet.rows[0][column] += dice.choice(["2", "（新）", "数"])
    return sheet.rows[0][column]


@on_sheet("half-lost")
def _(sheet, dice):
    keep = 1 + len(sheet.body) // 2
    lost = len(sheet.rows) - keep
    del sheet.rows[keep:]
    return f"{lost} rows"


@on_sheet("all-twice")
def _(sheet, dice):
    sheet.rows += [list(row) for row in sheet.body]
    return f"{len(sheet.rows) - 1} rows"


# ---- files and folders


def _bytes(name: str, change: Callable[[bytes], bytes]):
    def apply(folder: Path, dice: random.Random) -> Mutation | None:
        path = dice.choice(sheets(folder, dice))
        content = path.read_bytes()
        changed = change(content)
        if changed == content:
            return None
        path.write_bytes(changed)
        return Mutation(name, path.relative_to(folder).as_posix(), f"{len(content)} -> {len(changed)} bytes")

    KINDS[name] = apply


_bytes("trailing-newline", lambda content: content.rstrip(b"\r\n") + b"\n\n")
_bytes("line-ends", lambda content: content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
_bytes("without-bom", lambda content: content.removeprefix(b"\xef\xbb\xbf"))
_bytes("as-gbk", lambda content: content.decode("utf-8-sig").encode("gb18030"))
_bytes("as-utf-16", lambda content: content.decode("utf-8-sig").encode("utf-16"))
_bytes("semicolons", lambda content: content.replace(b",", b";"))
_bytes("quote-open", lambda content: content.replace(b",", b',"', 1))
_bytes("cut-in-the-middle", lambda content: content[: len(content) // 2])
_bytes("mojibake", lambda content: content.decode("utf-8-sig").encode("utf-8").decode("latin-1").encode("utf-8"))


@kind("file-deleted")
def _(folder, dice):
    path = dice.choice(sheets(folder, dice))
    path.unlink()
    return Mutation("file-deleted", path.relative_to(folder).as_posix(), "")


@kind("file-renamed")
def _(folder, dice):
    path = dice.choice(sheets(folder, dice))
    path.rename(path.with_name(f"{path.stem}-副本.csv"))
    return Mutation("file-renamed", path.relative_to(folder).as_posix(), "")


@kind("year-deleted")
def _(folder, dice):
    years = sorted(folder.glob("*/[0-9]*"))
    year = dice.choice(years)
    shutil.rmtree(year)
    return Mutation("year-deleted", f"{year.relative_to(folder).as_posix()}/", "")


def _neighbours(folder: Path) -> list[tuple[Path, Path]]:
    """(a table, the same table of the year before)."""
    found = []
    for path in sorted(folder.rglob("*.csv")):
        before = path.parent.with_name(str(int(path.parent.name) - 1)) / path.name
        if before.is_file() and before.read_bytes() != path.read_bytes():
            found.append((path, before))
    return found


@kind("last-year-file")
def _(folder, dice):
    pairs = _neighbours(folder)
    if not pairs:
        return None
    path, before = dice.choice(pairs)
    shutil.copyfile(before, path)
    return Mutation("last-year-file", path.relative_to(folder).as_posix(), "")


@kind("last-year-row")
def _(folder, dice):
    for path, before in dice.sample(pairs := _neighbours(folder), len(pairs)):
        now, then = (list(csv.reader(io.StringIO(each.read_text(encoding="utf-8-sig"), newline=""))) for each in (path, before))
        others = [row for row in then[1:] if row not in now and len(row) == len(now[0])]
        if others and len(now) > 1:
            row = dice.choice(others)
            now[dice.randrange(1, len(now))] = row
            Sheet(path, now).write()
            return Mutation("last-year-row", path.relative_to(folder).as_posix(), ",".join(row))
    return None


# ---- settings


def _setting(name: str, files: str, find: str, change: Callable[[re.Match, random.Random], str]):
    """A kind that changes one place of a TOML file that `find` matches."""

    def apply(folder: Path, dice: random.Random) -> Mutation | None:
        paths = sorted(folder.glob(files))
        for path in dice.sample(paths, len(paths)):
            text = path.read_text(encoding="utf-8")
            if places := list(re.finditer(find, text, re.M)):
                place = dice.choice(places)
                new = change(place, dice)
                if new != place[0]:
                    path.write_text(text[: place.start()] + new + text[place.end() :], encoding="utf-8")
                    return Mutation(name, path.relative_to(folder).as_posix(), f"{place[0]} -> {new}")
        return None

    KINDS[name] = apply


SOURCES, OWN, EXPLAINED = "*/[0-9]*/sources.toml", "publisher.toml", "explanations.toml"


def _nudged(text: str, dice: random.Random) -> str:
    at = dice.choice([i for i, c in enumerate(text) if c.isdigit()])
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def _in_value(place, dice):
    """One character of a quoted value."""
    head, value = place[1], place[2]
    at = dice.randrange(len(value))
    return f'{head}"{value[:at]}{dice.choice([c for c in HAN if c != value[at]])}{value[at + 1 :]}"'


_setting("unit", SOURCES, '^unit = "(元|万元)"$', lambda place, dice: f'unit = "{"元" if place[1] == "万元" else "万元"}"')
_setting("unit-lost", SOURCES, '^unit = ".+"\n', lambda place, dice: "")
_setting("sha256", SOURCES, '^(sha256 = )"([0-9a-f]{64})"$', lambda place, dice: f'{place[1]}"{_nudged(place[2], dice)}"')
_setting("document-title", SOURCES, '^(title = )"(.+)"$', _in_value)
_setting("document-issuer", SOURCES, '^(issuer = )"(.+)"$', _in_value)
_setting("document-number", SOURCES, '^(number = )"(.+)"$', _in_value)
_setting("document-date", SOURCES, "^date = [0-9]{4}-[0-9]{2}-[0-9]{2}$", lambda place, dice: f"{place[0][:-2]}{int(place[0][-2:]) % 28 + 1:02d}")
_setting("document-renamed", SOURCES, r"^\[documents\.(.+)\]$", lambda place, dice: f"[documents.{place[1]}x]")
_setting("document-lost", SOURCES, r"^\[documents\.[^\]]+\]\n(?:[^\[].*\n?)*", lambda place, dice: "")
_setting("toml-comment", SOURCES, r"\A", lambda place, dice: "# 已核对\n")
_setting("as-of", OWN, "^as_of = [0-9-]{10}$", lambda place, dice: f"{place[0][:8]}{int(place[0][8:12]) + dice.choice([-1, 1])}{place[0][12:]}")
_setting("name", OWN, '^(name = )"(.+)"$', _in_value)
_setting("contact", OWN, '^((?:telephone|text_message|letter|email) = )"(.+)"$', lambda place, dice: f'{place[1]}"{place[2]}1"')
_setting("plan-lost", OWN, "^plan = .+\n", lambda place, dice: "")
_setting("demonstration", OWN, "^demonstration = true\n", lambda place, dice: "")
_setting("reason", EXPLAINED, '^(reason = )"(.+)"$', _in_value)
_setting("approved-by", EXPLAINED, '^(approved_by = )"(.+)"$', _in_value)
_setting("difference", EXPLAINED, '^(difference = )"(.+)"$', lambda place, dice: f'{place[1]}"{_nudged(place[2], dice)}"')
_setting("explained-date", EXPLAINED, "^date = [0-9-]{10}$", lambda place, dice: f"{place[0][:-2]}{int(place[0][-2:]) % 28 + 1:02d}")
_setting("differs", EXPLAINED, "^differs = true\n", lambda place, dice: "")
