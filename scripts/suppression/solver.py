"""All that an attacker holds possible of one part of the hidden cells, as a polyhedron for HiGHS.

Coordinates are deviations from the true values: what is possible stays the same, and bounds are as large as the slack, not as the sums.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from scripts.suppression.system import Cell, Relation, System

SURE, NOISE = 1e-3, 1e-6  # what a solver leaves of a whole number
TOLERANCE = 1e-7  # of HiGHS, for every row and bound
PRIMAL = 4  # the simplex that goes on from the last solution when only the objective changes
TRUST = 1e-9  # share of a deviation that double precision answers for

Proof = tuple[tuple[Relation, float], ...]


@dataclass(frozen=True, slots=True)
class End:
    """How far a cell goes in one direction.

    `value`: the last whole number, None: no end. `point`: deviation of every cell there. `proof`: relations and multipliers that
    show that it goes no further; empty where it only stopped because it was far enough.
    """

    value: int | None
    point: Sequence[float]
    proof: Proof


class Polyhedron:
    """The deviations of `part` that the relations allow when every other cell is shown. One model; only objective and caps change."""

    def __init__(self, system: System, part: Sequence[str]):
        self.part = list(part)
        self.cells = [system.cells[key] for key in part]
        self.place = {key: place for place, key in enumerate(part)}
        self.unit = [float(2 ** (cell.need.bit_length() - 1)) for cell in self.cells]
        self.relations = system.touching(part)
        self.rows = [
            (
                [(self.place[key], factor) for key, factor in relation.terms if key in self.place],
                relation.low - true,
                relation.high - true,
            )
            for relation in self.relations
            for true in [sum(factor * system.cells[key].value for key, factor in relation.terms)]
        ]
        self.lines: list[list[int]] = [[] for _ in self.part]
        for line, (terms, _, _) in enumerate(self.rows):
            for place, _ in terms:
                self.lines[place].append(line)
        # No row is kept better than to the solver's tolerance: so much may be wrong of a cell, where whole numbers do not settle it.
        self.shrink = [1 / max(abs(factor) * self.unit[place] for place, factor in terms) for terms, _, _ in self.rows]
        self.doubt = [0.0] * len(self.part)
        for (terms, _, _), shrink in zip(self.rows, self.shrink, strict=True):
            for place, factor in terms:
                self.doubt[place] = max(self.doubt[place], TOLERANCE / shrink / abs(factor))
        self.spare = [math.ceil(doubt) if doubt >= SURE else 0 for doubt in self.doubt]  # to go further, so that it may be taken off
        self.lower = [-math.inf if cell.down is None else -cell.down / unit for cell, unit in zip(self.cells, self.unit, strict=True)]
        self.model = self._model()
        self.aimed: list[int] = []

    def _model(self):
        import highspy  # heavy; only where something is hidden

        lp, start, index, value = highspy.HighsLp(), [0], [], []
        for (terms, _, _), shrink in zip(self.rows, self.shrink, strict=True):
            index += [place for place, _ in terms]
            value += [factor * self.unit[place] * shrink for place, factor in terms]
            start.append(len(index))
        lp.num_col_, lp.num_row_ = len(self.part), len(self.rows)
        lp.col_cost_ = [0.0] * len(self.part)
        lp.col_lower_, lp.col_upper_ = self.lower, [math.inf] * len(self.part)
        lp.row_lower_ = [low * shrink for (_, low, _), shrink in zip(self.rows, self.shrink, strict=True)]
        lp.row_upper_ = [high * shrink for (_, _, high), shrink in zip(self.rows, self.shrink, strict=True)]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = start, index, value
        model = loaded(lp, presolve="off", solver="simplex", simplex_strategy=PRIMAL)
        self.unbounded = {highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible}
        self.optimal = highspy.HighsModelStatus.kOptimal
        return model

    def _bound(self, place: int, lower: float = -math.inf, upper: float = math.inf) -> None:
        self.model.changeColBounds(place, max(lower, self.lower[place]), upper)

    def _aim(self, objective: Mapping[int, float]) -> None:
        """Largest sum of objective times deviation, in units."""
        for place in self.aimed:
            self.model.changeColCost(place, 0.0)
        for place, weight in objective.items():
            self.model.changeColCost(place, -weight)
        self.aimed = list(objective)

    def _run(self):
        """The status; once more from the beginning where the last solution led nowhere."""
        self.model.run()
        if (status := self.model.getModelStatus()) != self.optimal and status not in self.unbounded:
            self.model.clearSolver()
            self.model.run()
        return self.model.getModelStatus()

    def end(self, key: str, sign: int, stop: int | None = None) -> End:
        """How far up (sign 1) or down (-1) the cell goes; with `stop`, an end there is as good as any beyond."""
        place = self.place[key]
        cell, unit = self.cells[place], self.unit[place]
        if stop is not None:
            cap = (stop - cell.value + sign * self.spare[place]) / unit
            self._bound(place, *((-math.inf, cap) if sign > 0 else (cap, math.inf)))
        self._aim({place: sign})
        status = self._run()
        if stop is not None:
            self._bound(place)
        if status in self.unbounded and stop is None:
            return End(None, [0] * len(self.part), ())
        if status != self.optimal:  # nothing is proven, so nothing counts as safe
            return End(cell.value, [0] * len(self.part), ())
        solution = self.model.getSolution()
        point = self._exact([value * each for value, each in zip(solution.col_value, self.unit, strict=True)])
        duals = zip(self.relations, solution.row_dual, self.shrink, strict=True)
        proof = tuple((relation, -dual * unit * shrink) for relation, dual, shrink in duals if abs(dual) > TRUST)
        return End(cell.value + inward(point[place], sign), point, proof)

    def push(self, signs: Mapping[str, int]) -> Sequence[float]:
        """One possible state in which many cells at once are as far as they need to be, or as far as they come."""
        reach = {place: (far(self.cells[place]) + self.spare[place]) / self.unit[place] for place in (self.place[key] for key in signs)}
        for place, most in reach.items():
            self._bound(place, -(self.cells[place].need + self.spare[place]) / self.unit[place], most)
        self._aim({place: sign / most for (place, most), sign in zip(reach.items(), signs.values(), strict=True)})
        optimal = self._run() == self.optimal
        point = [value * unit for value, unit in zip(self.model.getSolution().col_value, self.unit, strict=True)]
        for place in reach:
            self._bound(place)
        return self._exact(point) if optimal else [0] * len(self.part)

    def _exact(self, point: list[float]) -> Sequence[float]:
        """The same in whole numbers where these satisfy every bound and relation exactly."""
        whole = [round(value) for value in point]
        inside = all(cell.down is None or value >= -cell.down for cell, value in zip(self.cells, whole, strict=True))
        fits = inside and all(low <= sum(factor * whole[place] for place, factor in terms) <= high for terms, low, high in self.rows)
        return whole if fits else [_nearer(value, doubt) for value, doubt in zip(point, self.doubt, strict=True)]


@cache
def _silent() -> type:
    """HiGHS prints its name when it is made unless it is told before its first message."""
    import highspy

    class Silent(highspy.Highs):
        def enableCallbacks(self) -> None:  # the first thing that its constructor does
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    return Silent


def loaded(lp, **options):
    """A solver with this programme that says nothing and always takes the same way."""
    model = _silent()()
    for option, wanted in {"threads": 1, "random_seed": 0, **options}.items():
        model.setOptionValue(option, wanted)
    model.passModel(lp)
    return model


def far(cell: Cell) -> int:
    """How far above its value an attacker must hold a hidden cell possible, when it is not possible below."""
    return max(cell.need, (cell.reach or cell.value) - cell.value)


def _nearer(deviation: float, doubt: float) -> float:
    return deviation if doubt < SURE else math.copysign(max(0.0, abs(deviation) - doubt), deviation)


def inward(deviation: float, sign: int) -> int:
    """The whole number at or before the end of an interval: its upper (sign 1) or lower end (-1). In doubt, the nearer one."""
    if isinstance(deviation, int):
        return deviation
    doubt = TRUST * abs(deviation)
    return sign * math.floor(sign * deviation + (max(NOISE, doubt) if doubt < SURE else -doubt))
