"""Numbers that are one person's: identity, disability card, bank card, mobile; whole, or split by signs (hidden.py: shown in part)."""

import datetime
import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.cn import ric

from scripts.privacy import rules
from scripts.privacy.hits import Hit

SIGNS = rules.table("text")["signs"]
SIGN = f"[{SIGNS}]"
NO_SIGNS = dict.fromkeys(map(ord, SIGNS))
BETWEEN = SIGN + "{0,3}"
RUN = re.compile(rf"[0-9*](?:[0-9*Xx]|{SIGN}){{8,}}[0-9Xx*]")
# 18 signs with a century at the seventh, then perhaps category and level: the number of a disability card.
IDENTITY = re.compile(
    r"(?<![0-9])(?=(?P<whole>(?P<own>[0-9](?:~[0-9]){5}~(?:1~[89]|2~0)(?:~[0-9]){9}~[0-9Xx])(?P<card>~[1-7]~[1-4])?)(?![0-9]))".replace("~", BETWEEN)
)
MISTYPED = re.compile(r"(?<![0-9])[0-9]{18}[Xx](?![0-9A-Za-z])")  # a sign too many; nothing else has a birth and ends in X
OLD_IDENTITY = re.compile(rf"(?<![0-9.])[0-9]{{6}}(?P<sign>{SIGN}?)[0-9]{{6}}(?P=sign)[0-9]{{3}}(?!\.?[0-9])")
BANK = re.compile(
    r"(?<![0-9])(?<![0-9]\.)(?:[0-9]{16,19}|[0-9]{4}(?P<sign>[ .-])[0-9]{4}(?:(?P=sign)[0-9]{4}){2}(?:(?P=sign)?[0-9]{1,3})?"
    r"|[0-9]{6}[ -][0-9]{10,13})(?!\.?[0-9])"
)
ACCOUNT = re.compile(r"(?<![0-9])(?<![0-9]\.)[0-9](?:[ -]?[0-9]){9,20}(?!\.?[0-9])")
MOBILE = re.compile(r"(?<![0-9A-Fa-f])(?<![0-9]\.)(?:0|(?:00)?86[ -]?)?(?P<own>1[3-9][0-9]{9})(?!\.?[0-9]|[A-Za-z])")
SPLIT_MOBILE = re.compile(
    r"(?<![0-9])(?<![0-9][ .,-])(?:(?:00)?86[ -]?)?(?P<own>1[3-9](?:"
    r"[0-9](?P<a> ?\. ?|[ -]{1,6})[0-9]{4}(?:(?P=a)|[ -]{1,6})[0-9]{4}|[0-9]{2}(?P<b>\.|[ -]{1,6})[0-9]{3}(?P=b)[0-9]{4}"
    r"|[0-9]{2}(?P<c>\.|[ -]{1,6})[0-9]{4}(?P=c)[0-9]{3}|[0-9](?P<d>\.|[ -]{1,6})[0-9]{3}(?P=d)[0-9]{5}"
    r"|[0-9][ -]{1,6}[0-9]{8}|[0-9]{3}[ -]{1,6}[0-9]{6}|[0-9]{5}[ -]{1,6}[0-9]{4})|1 [3-9](?: [0-9]){9})(?![ .,-]?[0-9])"
)
ROUNDED = re.compile(r"(?<![0-9.])[1-9]\.[0-9]{2,}[Ee]\+1[4-9](?![0-9])")
BINS = ("62", "9558", "9559")  # houses of this country
NATURAL = {6, 14}  # where region, birth and order meet


def find(text: str) -> Iterator[Hit]:
    """Hits in a folded text, places in that text."""
    for run in RUN.finditer(text):
        count = len(bare(run[0]))
        for least, rule in RULES:
            if count >= least:
                yield from rule(text, *run.span())
    if "E+1" in text or "e+1" in text:
        yield from (Hit("rounded", *each.span(), each[0]) for each in ROUNDED.finditer(text))


def is_identity(number: str) -> bool:
    """Date and check digit (MOD 11-2) of 18 signs; the region may be any, for tables of regions are never complete."""
    return ric.calc_check_digit(number) == number[-1] and is_past(number[6:14])


def is_past(digits: str) -> bool:
    """YYYYMMDD is a day from 1850 on that has come. Only lets pass or not: no page depends on the machine's clock."""
    try:
        day = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1850 <= day.year and day <= datetime.date.today()


def bare(text: str) -> str:
    return text.translate(NO_SIGNS).upper()


def _identities(text: str, start: int, end: int) -> Iterator[Hit]:
    for found in IDENTITY.finditer(text, start, end):
        number = bare(found["own"])
        if is_identity(number) and (_splits_well(text, found["own"], found.start()) or _splits_well(text, found["whole"], found.start())):
            whole = found["whole"] if found["card"] else found["own"]
            yield Hit("card" if found["card"] else "identity", found.start(), found.start() + len(whole), number)
    for found in MISTYPED.finditer(text, start, end):
        if is_past(found[0][6:14]):
            yield Hit("identity", *found.span(), found[0].upper())


def _splits_well(text: str, found: str, start: int) -> bool:
    """Whether signs within 18 digits split one number, not several: one kind of sign, at places where a person would split."""
    signs = {each.strip(" ") or " " for each in re.findall(f"{SIGN}+", found)}
    if len(signs) != 1:
        return not signs
    lengths = [len(each) for each in re.split(f"{SIGN}+", found)]
    ends = {sum(lengths[: n + 1]) for n in range(len(lengths) - 1)}
    if ends >= NATURAL or (len(lengths) == 2 and ends <= NATURAL):
        return True
    if signs - set(" \n-_/\u00b7"):  # cells, commas and points part numbers
        return False
    even = len(set(lengths[:-1])) == 1 and lengths[-1] <= lengths[0] <= 6
    return len(lengths) == 2 or (even and not _goes_on(text, start, start + len(found)))


def _goes_on(text: str, start: int, end: int) -> bool:
    return bool(re.search(f"[0-9]{SIGN}{{1,3}}$", text[max(0, start - 4) : start]) or re.match(f"{SIGN}{{0,3}}[0-9]", text[end : end + 4]))


def _old_identities(text: str, start: int, end: int) -> Iterator[Hit]:
    for found in OLD_IDENTITY.finditer(text, start, end):
        number = bare(found[0])
        said = before(text, found.start(), "context.identity")
        if is_past("19" + number[6:12]) and (said or (not found["sign"] and alone(text, *found.span()))) and not _amount(text, *found.span()):
            yield Hit("identity", *found.span(), number)


def _bank_cards(text: str, start: int, end: int) -> Iterator[Hit]:
    for found in BANK.finditer(text, start, end):
        number, whole = bare(found[0]), found[0].isdigit()
        if not luhn.is_valid(number) or _amount(text, *found.span()):
            continue
        named = before(text, found.start(), "context.bank")
        glued = re.match("[A-Za-z/_]", text[max(0, found.start() - 1) : found.start()]) or before(text, found.start(), "context.code")
        if named or number.startswith(BINS) or (whole and number[0] in "45" and not glued):
            yield Hit("bank", *found.span(), number)


def _accounts(text: str, start: int, end: int) -> Iterator[Hit]:
    """Whatever number follows the word for an account."""
    for found in ACCOUNT.finditer(text, start, end):
        if before(text, found.start(), "context.account"):
            yield Hit("bank", *found.span(), bare(found[0]))


def _mobiles(text: str, start: int, end: int) -> Iterator[Hit]:
    for found in MOBILE.finditer(text, start, end):
        if not _amount(text, *found.span()) and not before(text, found.start(), "context.code"):
            yield Hit("mobile", found.start(), found.end(), found["own"])
    for found in SPLIT_MOBILE.finditer(text, start, end):
        said = "-" in found["own"] or before(text, found.start(), "context.telephone") or alone(text, *found.span())
        if said and not _amount(text, *found.span()):
            yield Hit("mobile", found.start(), found.end(), bare(found["own"]))


def before(text: str, place: int, words: str) -> bool:
    """Whether such words stand on the same line shortly before."""
    return bool(rules.expression(words).search(text[max(0, place - 20) : place].rpartition("\n")[2]))


def alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands in the line or cell."""
    return bool(re.search(r"""(?:^|[\t\n,])[\s'"]*$""", text[max(0, start - 4) : start] if start else "")
                and re.match(r"""[\s'"]*(?:$|[\t\n,])""", text[end : end + 4]))  # fmt: skip


def _amount(text: str, start: int, end: int) -> bool:
    return before(text, start, "context.money_before") or bool(rules.expression("context.money_after").match(text, end))


# Each rule with the least number of digits that it needs.
RULES = ((18, _identities), (15, _old_identities), (16, _bank_cards), (10, _accounts), (11, _mobiles))
