"""What a column means and what may stand in it, in words: the same for the dictionary and for the blank workbooks."""

from typing import NamedTuple

from scripts import schema, wording


class Meaning(NamedTuple):
    """Three parts of one sentence, "" where there is nothing to say."""

    description: str
    words: str  # the only words that may stand there
    limits: str  # between which numbers a number lies

    def __str__(self) -> str:
        return "".join(self)


def meaning(field: schema.Field) -> Meaning:
    words = wording.say("lists.join").join(field.constraints.get("enum", ()))
    where = wording.say("dictionary.only_where", other=field.only.name, meant=field.only.value) if field.only else ""
    return Meaning(field.description + where, wording.say("dictionary.only", words=words) if words else "", limits(field))


def limits(field: schema.Field) -> str:
    least, most = field.constraints.get("minimum"), field.constraints.get("maximum")
    form = "between" if None not in (least, most) else "at_least" if least is not None else "at_most" if most is not None else ""
    return wording.say(f"dictionary.{form}", least=least, most=most) if form else ""


def kind(field: schema.Field) -> str:
    """The type in a word, with the unit of what is counted."""
    name = "code" if field.code or field.source else "money" if field.scale else field.type
    unit = wording.table("cells.units")[field.scale] if field.scale else wording.say(f"units.{field.unit}") if field.unit else ""
    word = wording.say(f"dictionary.types.{name}")
    return wording.say("dictionary.with_unit", type=word, unit=unit) if unit else word
