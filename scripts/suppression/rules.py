"""All that the gate must know of a publisher's tables beside their facts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scripts.facts import Facts, Unit
from scripts.inputs import Inputs
from scripts.plain import leaf_key
from scripts.suppression import margins, people
from scripts.suppression.margins import Terms
from scripts.suppression.people import Guard


@dataclass(frozen=True, slots=True)
class Rules:
    """`guards` by fact key; `shared`: sums of facts that everybody knows to be nothing; `beside`: what goes with a count."""

    guards: Mapping[str, Guard] = field(default_factory=dict)
    shared: Iterable[Terms] = ()
    beside: Mapping[str, Iterable[str]] = field(default_factory=dict)


def rules(inputs: Inputs, facts: Facts) -> Rules:
    return Rules(people.guards(inputs, facts), tuple(margins.shared(inputs, facts)), _beside(inputs, facts))


def _beside(inputs: Inputs, facts: Facts) -> dict[str, list[str]]:
    """Printed shares stand in the row of a count: multiplied by their base they give it back. What its persons got besides goes too."""
    found = defaultdict(list)
    for data in people.tables(inputs):
        told = [each.id for each in data.schema.fields if each.unit is Unit.SHARE or each.id == data.schema.people.besides]
        for row, fact in people.counted(data, facts) if told else ():
            found[fact.key] += [leaf_key(data, row, id_) for id_ in told]
    return found
