"""Bad inputs of every kind and what the project makes of them; run.py prints the table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    got: int
    of: int
    goal: str
