"""Other ways to the same answers: trying every number, a plain attack, another project's auditor, a bound from single lines."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from scripts.suppression.system import Cell, Relation

FREE = 10**6  # a room that no table here has


def solutions(cells: Mapping[str, Cell], relations: Sequence[Relation], hidden: Collection[str], most: int) -> Iterator[dict[str, int]]:
    """Every choice of whole numbers up to `most` for the hidden cells that the relations allow."""
    keys = sorted(hidden)

    def tried(chosen: dict[str, int]) -> Iterator[dict[str, int]]:
        for relation in relations:
            if all(key in chosen or key not in hidden for key, _ in relation.terms):
                total = sum(factor * chosen.get(key, cells[key].value) for key, factor in relation.terms)
                if not relation.low <= total <= relation.high:
                    return
        if len(chosen) == len(keys):
            yield dict(chosen)
            return
        key = keys[len(chosen)]
        low = cells[key].low
        for value in range(-most if low is None else low, most + 1):
            yield from tried(chosen | {key: value})

    yield from tried({})


def intervals(
    cells: Mapping[str, Cell], relations: Sequence[Relation], hidden: Collection[str], most: int
) -> dict[str, tuple[int, int]]:
    """Lowest and highest number of every hidden cell in any solution; an end at `most` may go on."""
    found: dict[str, tuple[int, int]] = {}
    for solution in solutions(cells, relations, hidden, most):
        for key, value in solution.items():
            low, high = found.get(key, (value, value))
            found[key] = (min(low, value), max(high, value))
    return found


def audited(
    table: Mapping[tuple[str, ...], int], total: str, hidden: Collection[tuple[str, ...]], folder: Path
) -> dict[str, tuple[float, float]]:
    """The intervals that pytauargus finds for the hidden cells of a table with totals, none of them negative.

    It never goes beyond a cell's own protection levels: these are wider than any table here.
    """
    from pytauargus.engine import run_batch

    names = [sorted({label[place] for label in table} - {total}) for place in range(len(next(iter(table))))]
    codes = [{name: f"{number:04}" for number, name in enumerate(each)} | {total: total} for each in names]  # it pads and sorts codes
    places = [f"by{place}" for place in range(len(names))]
    lines = []
    for label, value in table.items():
        if value:
            known = ("U", value, FREE) if label in hidden else ("S", 0, 0)
            told = (*(code[name] for code, name in zip(codes, label, strict=True)), value, *known)
            lines.append(";".join(map(str, told)))
    (folder / "t.tab").write_text("\n".join(lines) + "\n", encoding="utf-8")
    columns = [f'{name}\n  <RECODEABLE>\n  <TOTCODE> "{total}"' for name in places]
    rest = ["n\n  <NUMERIC>\n  <DECIMALS> 0", "status\n  <STATUS>", "less\n  <NUMERIC> <LOWERPL>", "more\n  <NUMERIC> <UPPERPL>"]
    head = '<SEPARATOR> ";"\n<SAFE> "S"\n<UNSAFE> "U"\n<PROTECT> "P"'
    (folder / "t.rda").write_text("\n".join([head, *columns, *rest]) + "\n", encoding="utf-8")
    table_of = "".join(f'"{name}"' for name in places)
    batch = ['<OPENTABLEDATA> "t.tab"', '<OPENMETADATA> "t.rda"', f'<SPECIFYTABLE> {table_of}|"n"||', "<SAFETYRULE>", "<READTABLE> 0"]
    (folder / "t.arb").write_text("\n".join(batch) + "\n", encoding="utf-8")
    engine = run_batch(folder / "t.arb")
    order: list[tuple[str, ...]] = [()]
    for each in names:
        order = [(*label, name) for label in order for name in (total, *each)]
    rows = [(order[row["cell"]], row) for row in engine.audit(0)]
    return {"/".join(label): (row["min"], row["max"]) for label, row in rows}


def least(table: Mapping[tuple[str, ...], int], total: str, threshold: int) -> int:
    """No secure choice hides fewer: the fewest cells that satisfy what every line by itself demands.

    A line never has one hidden cell alone. Where its total is shown, what its hidden parts are together is all that any of them
    can move by, and must be at least the threshold.
    """
    import highspy

    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("mip_rel_gap", 0.0)
    free = {label: 1 if 0 < value < threshold else 0 for label, value in table.items()}
    whole_number = highspy.HighsVarType.kInteger
    hidden = {label: model.addVariable(lb=free[label], ub=1.0, type=whole_number) for label, value in table.items()}
    for place in range(len(next(iter(table)))):
        for whole in (label for label in table if label[place] == total):
            parts = [label for label in table if label != whole and (*label[:place], total, *label[place + 1 :]) == whole]
            room = model.qsum([hidden[label] * float(table[label]) for label in parts])
            for label in parts:
                model.addConstr(model.qsum([hidden[other] for other in (*parts, whole) if other != label]) >= hidden[label])
                model.addConstr(room + hidden[whole] * float(threshold) >= hidden[label] * float(threshold))
            model.addConstr(model.qsum([hidden[label] for label in parts]) >= hidden[whole])
    model.minimize(model.qsum(list(hidden.values())))
    return round(model.getInfo().mip_dual_bound)


def attacked(
    cells: Mapping[str, Cell], relations: Sequence[Relation], hidden: Collection[str]
) -> dict[str, tuple[float, float]]:
    """The attack once more, plainly: one fresh model, numbers as they are, every cell both ways, presolve and all. inf: no end."""
    import highspy

    found: dict[str, tuple[float, float]] = {}
    for key in sorted(hidden):
        ends = []
        for sign in (1, -1):
            model = highspy.Highs()
            model.setOptionValue("output_flag", False)
            lows = {each: -highspy.kHighsInf if (low := cells[each].low) is None else float(low) for each in sorted(hidden)}
            numbers = {each: model.addVariable(lb=low) for each, low in lows.items()}
            for relation in relations:
                terms = [numbers[each] * float(factor) for each, factor in relation.terms if each in hidden]
                shown = sum(factor * cells[each].value for each, factor in relation.terms if each not in hidden)
                if terms:
                    model.addConstr(model.qsum(terms) <= float(relation.high - shown))
                    model.addConstr(model.qsum(terms) >= float(relation.low - shown))
            model.minimize(numbers[key] * float(sign))
            bounded = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(model.getInfo().objective_function_value * sign if bounded else -sign * float("inf"))
        found[key] = (ends[0], ends[1])
    return found
