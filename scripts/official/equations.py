"""What must hold in and between official tables, as kinds.toml states it."""

from dataclasses import dataclass
from functools import cache

from scripts import identities
from scripts.official.words import told


@dataclass(frozen=True, slots=True)
class Equation:
    """What must hold. `has`, `lacks`: layouts it is meant for; `when`, `unless`: another equation that decides."""

    id: str
    each: str
    holds: identities.Sides | None = None
    block: str = ""
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    when: identities.Sides | None = None
    unless: identities.Sides | None = None
    differs: str = ""
    stars: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def equation(each: dict) -> Equation:
    parsed = {name: identities.parse_holds(each[name]) for name in ("holds", "when", "unless") if name in each}
    lists = {name: tuple(each.get(name, ())) for name in ("has", "lacks", "stars", "columns")}
    return Equation(
        each["id"], each["each"], block=each.get("block", ""), differs=each.get("differs", ""), **parsed, **lists
    )


@cache
def across() -> tuple[Equation, ...]:
    return tuple(equation(each) for each in told()["rules"]["across"])


@cache
def chain() -> tuple[Equation, ...]:
    return tuple(equation(each) for each in told()["rules"]["chain"])
