"""The zip layer: bytes -> members, each unpacked to exactly what is declared; tricks that readers take differently are refused.

Nothing is trusted but what was counted while unpacking. Memory: the file and UNPACKED bytes.
"""

import stat
import struct
import zipfile
import zlib
from io import BytesIO

from scripts.workbooks.found import Refused

FILE, UNPACKED, MEMBERS, DIRECTORY = 20_000_000, 50_000_000, 2_000, 1_000_000  # bytes; bytes; count; bytes
RATIO, SMALL = 100, 1_000_000  # unpacked to packed; a member below this many bytes may be anything
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END = struct.Struct("<4s4H2LH")
LOCAL = struct.Struct("<4s5H3L2H")
FULL32, FULL16 = 0xFFFFFFFF, 0xFFFF
FLAGS = 0b1000_0000_1110  # how hard it was packed, a descriptor behind, a name in UTF-8
STRANGE_EXTRAS = {0x0001, 0x7075, 0x6375, 0x9901}  # zip64, other names, encryption


def unpack(raw: bytes) -> dict[str, bytes]:
    """Members by name, folders left out. Refused says what is wrong."""
    _envelope(raw)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            told = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError, struct.error) as wrong:
        raise Refused("workbook-damaged") from wrong
    _names(told)
    _overlaps(told)
    if sum(each.file_size for each in told) > UNPACKED:
        raise Refused("workbook-too-large")
    return {each.filename: _content(raw, each) for each in told if not each.is_dir()}


def _envelope(raw: bytes) -> None:
    """One archive from the first byte to the last, of a directory that is small and where it says."""
    if not raw:
        raise Refused("workbook-empty")
    if raw.startswith(OLE2):
        raise Refused("workbook-old-or-locked")
    if not raw.startswith(b"PK"):
        raise Refused("workbook-odd-packing" if b"PK\x05\x06" in raw else "workbook-not-one")
    if len(raw) < END.size or raw[-END.size : -END.size + 4] != b"PK\x05\x06":
        raise Refused("workbook-odd-packing" if b"PK\x05\x06" in raw else "workbook-damaged")
    _, disk, start_disk, here, entries, size, offset, _ = END.unpack(raw[-END.size :])
    if offset == FULL32 or FULL16 in (here, entries) or disk or start_disk or here != entries:
        raise Refused("workbook-odd-packing")
    if entries > MEMBERS or size > DIRECTORY:
        raise Refused("workbook-too-large")
    if offset + size + END.size != len(raw) or not raw.startswith(b"PK\x03\x04"):
        raise Refused("workbook-odd-packing")


def _names(told: list[zipfile.ZipInfo]) -> None:
    """Each name once, relative, without steps upward; no link, no password."""
    seen = set()
    for each in told:
        name = each.filename
        steps = name.rstrip("/").split("/")
        folded = name.casefold()
        if folded in seen or not name.isprintable() or "\\" in name or ":" in name or not {"", ".", ".."}.isdisjoint(steps):
            raise Refused("workbook-odd-packing", detail=name)
        if stat.S_ISLNK(each.external_attr >> 16) or each.flag_bits & ~FLAGS or each.orig_filename != name or _extras(each.extra):
            raise Refused("workbook-odd-packing", detail=name)
        seen.add(folded)


def _extras(extra: bytes) -> bool:
    """Whether an additional field says another name, another size or a password."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind in STRANGE_EXTRAS:
            return True
        at += 4 + size
    return False


def _overlaps(told: list[zipfile.ZipInfo]) -> None:
    """Members lie one behind the other: bytes that count twice are a bomb."""
    end = 0
    for each in sorted(told, key=lambda each: each.header_offset):
        if each.header_offset < end:
            raise Refused("workbook-odd-packing", detail=each.filename)
        end = each.header_offset + LOCAL.size + each.compress_size


def _content(raw: bytes, told: zipfile.ZipInfo) -> bytes:
    """What is unpacked, by the sizes of the directory; another size or sum is damage."""
    name = told.filename
    try:
        mark, _, flags, method, _, _, _, packed, size, length, extra = LOCAL.unpack_from(raw, told.header_offset)
    except struct.error as wrong:
        raise Refused("workbook-damaged", detail=name) from wrong
    start = told.header_offset + LOCAL.size + length + extra
    named = raw[told.header_offset + LOCAL.size :][:length]
    lies = (not flags & 8 and (packed, size) not in ((told.compress_size, told.file_size), (FULL32, FULL32))) or flags & ~FLAGS
    if mark != b"PK\x03\x04" or named != _as_packed(told) or method != told.compress_type or lies:
        raise Refused("workbook-odd-packing", detail=name)
    content = raw[start : start + told.compress_size]
    if told.file_size > SMALL and told.file_size > RATIO * told.compress_size:
        raise Refused("workbook-too-large", detail=name)
    if told.compress_type == zipfile.ZIP_DEFLATED:
        content = _inflated(content, told)
    elif told.compress_type != zipfile.ZIP_STORED:
        raise Refused("workbook-odd-packing", detail=name)
    if len(content) != told.file_size or zlib.crc32(content) != told.CRC:
        raise Refused("workbook-damaged", detail=name)
    return content


def _as_packed(told: zipfile.ZipInfo) -> bytes:
    return told.orig_filename.encode("utf-8" if told.flag_bits & 0x800 else "cp437")


def _inflated(content: bytes, told: zipfile.ZipInfo) -> bytes:
    """Never more than one byte beyond what is declared."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacked = unpacker.decompress(content, told.file_size + 1)
    except zlib.error as wrong:
        raise Refused("workbook-damaged", detail=told.filename) from wrong
    if len(unpacked) > told.file_size:
        raise Refused("workbook-too-large", detail=told.filename)
    if unpacker.unused_data or unpacker.unconsumed_tail or not unpacker.eof:
        raise Refused("workbook-damaged", detail=told.filename)
    return unpacked
