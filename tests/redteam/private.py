"""Private strings and what only looks like them, made from a seed: every disguise the scan must see through, no line of the corpus.

Synthetic: births 1900-1905, check digits right, regions that may not exist.
"""

import base64
import datetime
import random
from collections.abc import Callable
from urllib.parse import quote

from stdnum import luhn
from stdnum.cn import ric

CATEGORIES = ["视力", "听力", "言语", "肢体", "智力", "精神", "多重"]
LEVELS = "一二三四"
ILLNESSES = ["脑瘫", "孤独症", "自闭症", "精神分裂症", "癫痫", "唐氏综合征", "智力发育迟缓", "双相情感障碍", "先天性白内障"]
NAMES = ["测试己", "测试庚", "王小明", "李四", "欧阳修文", "赵某某", "孙*", "周*芳", "郑大海", "陈建国"]
Sample = tuple[str, str]  # kind, text


def identity(dice: random.Random, last: str = "") -> str:
    """Date and check digit right; `last` chooses the check digit."""
    while True:
        day = datetime.date(1900, 1, 1) + datetime.timedelta(dice.randrange(2000))
        stem = f"{dice.choice(['999999', '000000', '990101', '32' + str(dice.randrange(10**4)).zfill(4)])}{day:%Y%m%d}{dice.randrange(1000):03}"
        whole = stem + ric.calc_check_digit(stem + "0")
        if not last or whole[-1] == last:
            return whole


def card(dice: random.Random, reissued: bool = False) -> str:
    """A disability card: identity, category, level, and how often it was reissued."""
    return identity(dice) + str(dice.randint(1, 7)) + str(dice.randint(1, 4)) + (f"B{dice.randint(1, 9)}" if reissued else "")


def bank(dice: random.Random, length: int = 19, head: str = "62") -> str:
    stem = head + "".join(str(dice.randrange(10)) for _ in range(length - len(head) - 1))
    return stem + luhn.calc_check_digit(stem)


def mobile(dice: random.Random) -> str:
    return f"1{dice.randint(3, 9)}{dice.randrange(10**9):09}"


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in text)


def in_words(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


def script(zero: int) -> Callable[[str], str]:
    """Digits of another script, whose zero has this number."""
    return lambda text: "".join(chr(zero + int(c)) if c.isdigit() else c for c in text)


def parted(sign: str, *lengths: int) -> Callable[[str], str]:
    """Split by a sign after so many signs each; the rest stays together."""

    def split(text: str) -> str:
        parts, rest = [], text
        for length in lengths:
            parts.append(rest[:length])
            rest = rest[length:]
        return sign.join(filter(None, [*parts, rest]))

    return split


# What a number may hide behind, whatever it is.
DISGUISES: dict[str, Callable[[str], str]] = {
    "bare": str, "in words around": lambda t: f"详见附件{t}，已核实。", "apostrophe": lambda t: f"'{t}", "quoted": lambda t: f'"{t}"', "brackets": lambda t: f"（{t}）",
    "wide": wide, "half wide": lambda t: wide(t[:8]) + t[8:], "arabic": script(0x660), "persian": script(0x6F0), "devanagari": script(0x966), "thai": script(0xE50), "bold": script(0x1D7CE),
    "double struck": script(0x1D7D8), "circled": lambda t: "".join(chr(0x2460 + int(c) - 1) if c in "123456789" else c for c in t),
    "keycaps": lambda t: "".join(c + "\ufe0f\u20e3" if c.isdigit() else c for c in t),
    "numerals": in_words, "numerals in part": lambda t: t[:3] + in_words(t[3:14]) + t[14:],
    "soft hyphens": parted("\u00ad", 4, 4, 4), "no width": parted("\u200b", 3, 5), "joiner": parted("\u2060", 6), "left to right": parted("\u202a", 6, 4), "byte order mark": parted("\ufeff", 5, 3),
    "tags": parted("</b><b>", 5), "nested tags": parted("<span class='a'><em>", 6, 4), "comment": parted("<!-- 1 -->", 7), "entities": lambda t: "".join(f"&#{ord(c)};" for c in t),
    "hexadecimal entities": lambda t: "".join(f"&#x{ord(c):x};" for c in t), "escapes twice": lambda t: "".join(f"&amp;#{ord(c)};" for c in t),
    "json": lambda t: "".join(f"\\u{ord(c):04X}" for c in t), "percent": lambda t: "".join(f"%{ord(c):02x}" for c in t), "query": lambda t: f"https://example.gov.cn/q?k={t}&p=1",
    "attribute": lambda t: f'<img src="a.svg" alt="{t}">', "link": lambda t: f'<a href="tel:{t}">电话</a>', "cell": lambda t: f"<tr><td>康复</td><td>{t}</td></tr>",
    "base64": lambda t: "data:text/plain;base64," + base64.b64encode(f"号码 {t}".encode()).decode(), "wide in attribute": lambda t: f'<td title="{quote(wide(t))}">1</td>',
    "csv": lambda t: f"2024,康复,{t},300.00", "json field": lambda t: '{"a": 1, "note": "' + t + '"}', "markdown": lambda t: f"| 康复 | {t} |", "comment of code": lambda t: f"/* {t} */ .x {{ }}",
    "xml": lambda t: f"<si><t>{t}</t></si>", "split runs": lambda t: f"<si><r><t>{t[:5]}</t></r><r><t>{t[5:]}</t></r></si>",
}  # fmt: skip
# Signs between the digits of an identity number: the check digit decides.
SPLITS = {
    "spaces": parted(" ", 6, 8), "many spaces": parted("   ", 6, 8), "hyphens": parted("-", 6, 8), "long dashes": parted("—", 6, 8), "dots": parted(".", 6, 8), "slashes": parted("/", 6, 8),
    "wide spaces": parted("\u3000", 6, 8), "hard spaces": parted("\u00a0", 6, 8), "middle dots": parted("·", 6, 8), "underscores": parted("_", 6, 8), "dashes in spaces": parted(" - ", 6, 8),
    "line break": parted("\n", 9), "break at birth": parted("\n", 6), "columns": parted("\t", 6, 8), "comma": parted(",", 6, 8), "columns of dates": parted("\t", 6, 4, 2, 2), "last sign apart": parted(" ", 6, 8, 3),
    "threes": parted(" ", 3, 3, 3, 3, 3), "fours": parted(" ", 4, 4, 4, 4), "ones": lambda t: " ".join(t), "cells": lambda t: f"<td>{t[:6]}</td><td>{t[6:14]}</td><td>{t[14:]}</td>",
}  # fmt: skip
PHONES = {
    "spaces": parted(" ", 3, 4), "hyphens": parted("-", 3, 4), "four three four": parted("-", 4, 3), "named": lambda t: f"联系电话 {parted(' ', 3, 4)(t)}", "country": lambda t: f"+86 {t}",
    "long country": lambda t: f"0086{t}", "country and hyphens": lambda t: "86-" + parted("-", 3, 4)(t), "after a name": lambda t: f"王主任{t}", "tel": lambda t: f"Tel:{t}", "mail": lambda t: f"{t}@example.cn",
    "end of a sentence": lambda t: f"请致电{t}.", "wide colon": lambda t: f"手机：{t}；", "slash": lambda t: f"0851-0000000/{t}",
}  # fmt: skip


def positives(seed: int) -> list[Sample]:
    """About three hundred; each kind in each disguise that suits it."""
    dice, found = random.Random(seed), []
    makers = {
        "identity": lambda: identity(dice, dice.choice(["", "X"])), "card": lambda: card(dice), "card reissued": lambda: card(dice, reissued=True),
        "bank": lambda: bank(dice, dice.choice([16, 17, 18, 19])), "mobile": lambda: mobile(dice),
    }  # fmt: skip
    for kind, make in makers.items():
        found += [(f"{kind}: {name}", disguise(make())) for name, disguise in DISGUISES.items()]
    found += [(f"identity split: {name}", split(identity(dice, dice.choice(["", "X"])))) for name, split in SPLITS.items()]
    found += [(f"mobile split: {name}", split(mobile(dice))) for name, split in PHONES.items()]
    found += [("identity: small x", identity(dice, "X").lower()), ("identity: x of another script", identity(dice, "X").replace("X", "Х")), ("identity: letter after", identity(dice, "6") + "x")]
    found += [("identity: a sign too many", identity(dice)[:17] + str(dice.randrange(10)) + "x")]
    found += [("card split", parted(" ", 6, 8, 4)(card(dice))), ("bank in fours", parted(" ", 4, 4, 4, 4)(bank(dice))), ("bank with hyphens", parted("-", 4, 4, 4)(bank(dice, 16)))]
    found += [("bank of another house", bank(dice, 16, "4")), ("bank of another house", bank(dice, 16, "5")), ("account", f"一卡通账号：{dice.randrange(10**14, 10**15)}")]
    return found + _old(dice) + _hidden(dice) + _persons(dice)


def _old(dice: random.Random) -> list[Sample]:
    made = [identity(dice) for _ in range(3)]
    a, b, c = (m[:6] + m[8:17] for m in made)
    return [("old identity: alone", a), ("old identity: named", f"身份证号：{b}"), ("old identity: split", f"证号 {c[:6]} {c[6:12]} {c[12:]}")]


def _hidden(dice: random.Random) -> list[Sample]:
    one, two, three, four, five, six = (identity(dice) for _ in range(6))
    born = f"{six[6:10]}年{int(six[10:12])}月{int(six[12:14])}日"
    return [
        ("hidden: fourteen shown", one[:14] + "****"), ("hidden: fourteen shown, crosses", two[:14] + "xxxx"), ("hidden: wide stars", three[:14] + "＊＊＊＊"),
        ("hidden: last sign", four[:17] + "*"), ("hidden: two in the middle", five[:8] + "**" + five[10:]), ("hidden: region", "******" + five[6:]),
        ("hidden: birth beside", f"{six[:6]}********{six[14:]}\t{born}"), ("hidden: birth beside in words", f"证件{six[:6]}****{six[14:]}，出生日期{born}"),
        ("hidden: card's tail", f"{'*' * 14}{one[14:]}43"), ("hidden: card's tail named", f"残疾人证 {'*' * 18}62"), ("hidden: phone but one", mobile(dice)[:10] + "*"),
        ("hidden: bank but one", bank(dice)[:18] + "*"),
    ]  # fmt: skip


def _persons(dice: random.Random) -> list[Sample]:
    found = []
    for at, name in enumerate(NAMES):
        category, level, illness = CATEGORIES[at % 7], LEVELS[at % 4], ILLNESSES[at % 9]
        found += [
            ("row: labelled", f"姓名：{name}，残疾类别：{category}，残疾等级：{level}级"), ("row: cells", f"{name},{dice.choice('男女')},{category}{level}级,低保户"),
            ("row: tabs", f"{at + 1}\t{name}\t{category}残疾\t{level}级\t城关镇"), ("row: brackets", f"{name}（{category}{level}级）领取补贴 110 元"),
            ("row: guardian", f"监护人：{name}；住址：东村{at + 1}组"), ("diagnosis: said", f"{name}患{illness}，接受训练。"), ("diagnosis: labelled", f"患儿：{name}　诊断：{illness}"),
            ("diagnosis: cells", f"{name} | {illness} | 2024-03-05"), ("row: table", f"<tr><td>{name}</td><td>{category}</td><td>{level}级</td></tr>"),
            ("row: attribute", f'<img alt="{name}，{category}残疾{level}级" src="a.svg">'), ("row: birth and home", f"{name}、男、1903年5月6日、西村{at + 2}组"),
        ]  # fmt: skip
    found += [("social card", f"社会保障卡号：{c}{dice.randrange(10**8):08}") for c in "ABX"] + [("social card", f"社保卡 {dice.randrange(10**9):09}")]
    return found
