"""What the scan finds: a kind and a place, never to be printed with its text."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hit:
    """One private string. `plain`: its bare digits and letters, for the keyed hash of an override alone; no repr shows it."""

    kind: str
    start: int
    end: int
    plain: str = field(default="", repr=False)
