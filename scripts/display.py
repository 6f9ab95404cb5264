"""The only rounding: from an exact fact to the text a reader sees. Half up, two decimals for money, one for shares."""

import datetime
from fractions import Fraction

from scripts import wording
from scripts.cells import FEN_IN, State
from scripts.facts import Fact, Unit


def shown(fact: Fact, scale: str = "wan", *, unit: bool = True, absolute: bool = False, against: tuple[Fraction, ...] = ()) -> str:
    """The fact as printed: "2,940.05 万元", "87.3%", "12 人"; a state word when there is no number.

    `scale`: "wan" or "yuan" for money. `unit=False`: the table's caption or column says the unit.
    `absolute`: the sentence says 少 or 减少, so the sign is left to the words. `against`: targets of a share that it must not look
    like unless it is they: 64.96% beside 65%.
    """
    if not fact.known:
        return state_word(fact.state)
    value = abs(fact.value) if absolute else fact.value
    if fact.unit is Unit.FEN:
        if not fact.scale:  # a source that gives no unit: the number alone, as it was read
            return decimal(Fraction(value, FEN_IN["wan"]), 2)
        return _with_unit(decimal(Fraction(value, FEN_IN[scale]), 2), wording.table("cells.units")[scale], unit)
    if fact.unit is Unit.SHARE:
        return percent(value, against)
    if fact.unit is Unit.POINTS:
        return _with_unit(decimal(Fraction(value), 2), wording.say("units.points"), unit)
    return _with_unit(grouped(int(value)), wording.say(f"units.{fact.unit}"), unit)


def percent(share: Fraction | int, against: tuple[Fraction, ...] = ()) -> str:
    """One decimal, more beside a target that it would look like. Not quite all is never 100.0%, not quite nothing never 0.0%."""
    unlike = [target for target in against if target != share]
    places = next(n for n in range(1, 40) if all(decimal(Fraction(share) * 100, n) != decimal(target * 100, n) for target in unlike))
    if places > 1 and 0 < share < 1:
        return f"{decimal(Fraction(share) * 100, places)}%"
    text = decimal(Fraction(share) * 100, 1)
    if text == "100.0" and share < 1:
        return wording.say("display.under_all")
    if text == "0.0" and share > 0:
        return wording.say("display.under_least")
    if text == "0.0" and share:  # a fall too small for one decimal keeps its sign: as many decimals as show it
        text = next(found for places in range(2, 40) if (found := decimal(Fraction(share) * 100, places)).startswith("-"))
    return f"{text}%"


def points_between(fact: Fact) -> str:
    """A difference of two shares, in percentage points, without its sign."""
    return wording.say("display.percentage_points", number=decimal(abs(Fraction(fact.value)) * 100, 1))


def decimal(value: Fraction, places: int) -> str:
    """Half up (away from zero), thousands grouped: Fraction(-1, 200) -> "-0.01"."""
    scaled = abs(value) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if value < 0 and whole else ""
    return sign + grouped(int(digits[:-places] if places else digits)) + (f".{digits[-places:]}" if places else "")


def grouped(number: int) -> str:
    return f"{number:,}"


def exact(fact: Fact) -> str:
    """The value as the machine reads it: whole fen, a count, or p/q."""
    return "" if fact.value is None else str(fact.value)


def machine_decimal(value: int | Fraction, scale: str = "yuan") -> str:
    """An exact decimal for downloads, without grouping: fen in `scale`; as few decimals as are exact, money at least two."""
    return plain_decimal(Fraction(value, FEN_IN[scale]))


def plain_decimal(amount: Fraction) -> str:
    """As few decimals as are exact, at least two, at most eight."""
    places = next((n for n in range(2, 9) if (amount * 10**n).denominator == 1), 8)
    return decimal(amount, places).replace(",", "")


def state_word(state: State) -> str:
    return "" if state is State.BLANK else wording.say(f"states.{state}")


def day(date: datetime.date) -> str:
    return wording.say("display.day", year=date.year, month=date.month, day=date.day)


def size(count: int) -> str:
    """kB = 1,000 bytes, half up, at least 1."""
    return f"{max(1, (count + 500) // 1000)} kB"


def _with_unit(number: str, word: str, wanted: bool) -> str:
    return f"{number} {word}" if wanted else number
