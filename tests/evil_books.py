"""Workbooks written part by part, so that anything can be wrong in them."""

import io
import struct
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CELLS = '<row r="1"><c r="A1" t="inlineStr"><is><t>年度</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>2024</t></is></c></row>'
FORMATS = ("0.00", '0!.0,"万"', "0.00%", "#,##0", "0000000", ";;;", 'yyyy"年"m"月"', "#,##0.0,", '[>=10000]0!.0,"万";0', '#,##0.00_);[Red]\\(#,##0.00\\)',
           "0.00;0.00", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', '0"万元"', '"共"0"项"', "G/通用格式", "[$¥-804]#,##0.00", ";;;@", "0.00E+00")  # fmt: skip


def sheet(cells=CELLS, before="", after="", namespace=MAIN):
    return f'{HEAD}<worksheet xmlns="{namespace}" xmlns:r="{OFFICE}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def relations(*told, kind=OFFICE):
    """(id, last word of the type, target, and whether outside)."""
    each = "".join(
        f'<Relationship Id="{key}" Type="{kind}/{word}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if out else ""}/>'
        for key, word, target, *out in told
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{each}</Relationships>'


def styles(codes=FORMATS):
    """Style 0 is general, style n has the nth code."""
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{escape(code)}"/>' for n, code in enumerate(codes))
    looks = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(codes)))
    return f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{looks}</cellXfs></styleSheet>'


def style(code):
    return FORMATS.index(code) + 1


def escape(text):
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def parts(cells=CELLS, *, before="", after="", sheets='<sheet name="表" sheetId="1" r:id="rId1"/>', more_links=(), workbook="", names="",
          sheet_links=(), strings=(), **_):  # fmt: skip
    """Name -> text of a plain workbook with these differences."""
    told = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}<sheets>{sheets}</sheets>{names}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId8", "styles", "styles.xml"), ("rId9", "sharedStrings", "sharedStrings.xml"), *more_links
        ),
        "xl/worksheets/sheet1.xml": sheet(cells, before, after),
        "xl/styles.xml": styles(),
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}">{"".join(strings)}</sst>',
    }
    if sheet_links:
        told["xl/worksheets/_rels/sheet1.xml.rels"] = relations(*sheet_links)
    return told


def packed(told, method=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, text in told.items():
            archive.writestr(zipfile.ZipInfo(name) if isinstance(name, str) else name, text, compress_type=method)
    return content.getvalue()


def book(cells=CELLS, extra=None, **told):
    """Bytes of a workbook; `extra`: further or other parts, None takes one away."""
    merged = parts(cells, **told) | (extra or {})
    return packed({name: text for name, text in merged.items() if text is not None})


def lying(size):
    """A member that unpacks to far more than is declared, with the sum of what is declared."""
    raw = bytearray(packed({"[Content_Types].xml": "<a/>", "xl/workbook.xml": b"x" * 9_000_000}))
    whole = zlib.crc32(b"x" * 9_000_000)
    for mark, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        place = raw.rindex(mark)
        assert struct.unpack_from("<L", raw, place + at)[0] == whole
        struct.pack_into("<L", raw, place + at, zlib.crc32(b"x" * size))
        struct.pack_into("<L", raw, place + at + 8, size)
    return bytes(raw)
