"""How wide words are in the chart font, and where a long name breaks; no system font has a say."""

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parents[2] / "theme" / "fonts"
FAMILY = "Chart Measure SC"
FONT_FILE = FONTS / "ChartMeasureSC-Regular.otf"
SQUARE = 1000  # units of a Han character, bold or not
STRONG = 1.06  # bold digits and letters are a little wider; readers' own fonts differ by less
PIECE = re.compile(r"[!-~]+|.", re.DOTALL)


def width(text: str, size: float = 16, strong: bool = False) -> float:
    """Pixels of one line; a character the font lacks counts as a full square."""
    advances = _advances()
    units = [advances.get(ord(character), SQUARE) for character in text]
    return sum(unit * (STRONG if strong and unit < SQUARE else 1) for unit in units) * size / SQUARE


def wrap(text: str, room: float, size: float = 16, strong: bool = False) -> list[str]:
    """Lines no wider than `room` and much alike: Han break anywhere but before closing marks, numbers stay whole."""
    lines = _filled(text, room, size, strong)
    if len(lines) == 1:
        return lines
    even = range(int(width(text, size, strong) / len(lines)), int(room), int(size / 2))
    tries = (_filled(text, narrower, size, strong) for narrower in even)
    return next((found for found in tries if len(found) == len(lines)), lines)


def _filled(text: str, room: float, size: float, strong: bool) -> list[str]:
    lines = [""]
    for piece in _pieces(text, room, size, strong):
        if lines[-1] and width(lines[-1] + piece.rstrip(), size, strong) > room:
            lines.append("")
        lines[-1] += piece
    return lines


def _pieces(text: str, room: float, size: float, strong: bool) -> list[str]:
    """What may not be parted: closing marks join the piece before, opening marks the piece after."""
    pieces: list[str] = []
    for found in PIECE.findall(text):
        whole = width(found, size, strong) <= room
        for piece in [found] if whole else list(found):
            category = unicodedata.category(piece[0])
            opened = pieces and unicodedata.category(pieces[-1][-1]) in ("Ps", "Pi")
            if pieces and (opened or category in ("Pe", "Pf", "Zs") or (category == "Po" and len(piece) == 1)):
                pieces[-1] += piece
            else:
                pieces.append(piece)
    return pieces


@cache
def _advances() -> dict[int, int]:
    """Advance of each character in thousandths of the type size, read from the font's cmap (format 4) and hmtx."""
    font = FONT_FILE.read_bytes()
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {}
    for index in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        tables[tag] = offset
    (metrics,) = struct.unpack_from(">H", font, tables[b"hhea"] + 34)
    glyphs = _glyphs(font, tables[b"cmap"])
    spot = tables[b"hmtx"]
    return {
        point: struct.unpack_from(">H", font, spot + 4 * min(glyph, metrics - 1))[0] for point, glyph in glyphs.items()
    }


def _glyphs(font: bytes, cmap: int) -> dict[int, int]:
    (subtable,) = struct.unpack_from(">L", font, cmap + 8)
    base = cmap + subtable
    form, _, _, doubled = struct.unpack_from(">HHHH", font, base)
    if form != 4:
        raise ValueError(f"{FONT_FILE.name}: cmap format {form}")
    segments = doubled // 2
    spots = [base + 14, base + 16 + doubled, base + 16 + 2 * doubled, base + 16 + 3 * doubled]
    ends, starts, deltas, ranges = (struct.unpack_from(f">{segments}H", font, spot) for spot in spots)
    found = {}
    for index, (end, start, delta, reach) in enumerate(zip(ends, starts, deltas, ranges, strict=True)):
        for point in range(start, min(end, 0xFFFE) + 1):
            glyph = point
            if reach:
                (glyph,) = struct.unpack_from(">H", font, spots[3] + 2 * index + reach + 2 * (point - start))
            if not reach or glyph:
                found[point] = (glyph + delta) % 0x10000
    return found
