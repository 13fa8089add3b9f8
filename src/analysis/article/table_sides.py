"""A block of a table seen along its rows or its columns, for claims to be looked for in either."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..kinds import MEASURES
from .table_values import Values

Floats = npt.NDArray[np.float64]


class Claim(NamedTuple):
    """A claim of the layout: its kind, which figure has which role, and what ties them."""

    kind: str
    roles: tuple[tuple[str, str], ...]
    note: str
    unit: str = ""  # of the rate, where the table does not state it


@dataclass
class Side:
    """A block seen along one axis: lines with a label each, and across them the other axis.

    `value[line, place]`; `keys` alike, empty where nothing is printed; `measure` and `unit` as
    numbers of `MEASURES` and of `units`, -1 where nothing is printed.
    """

    labels: list[str]
    paths: list[list[str]]
    across: list[str]
    value: Floats
    low: Floats
    high: Floats
    keys: npt.NDArray[np.object_]
    measure: npt.NDArray[np.int64]
    unit: npt.NDArray[np.int64]
    units: list[str]
    rows: bool
    levels: list[int]
    memos: list[bool]
    under: list[int | None]
    kind: list[str] = field(default_factory=list)  # the prevailing measure of each line

    def __post_init__(self) -> None:
        counts = np.array([(self.measure == n).sum(axis=1) for n in range(len(MEASURES))])
        names = np.array([*MEASURES, ""], dtype=object)
        most = np.where(counts.max(axis=0) > 0, counts.argmax(axis=0), len(MEASURES))
        self.kind = names[most].tolist()
        self.unstated = self.units.index("") if "" in self.units else len(self.units)

    def where(self, line: int, measure: str) -> npt.NDArray[np.bool_]:
        """The places in which a line holds figures of a measure."""
        return np.asarray(self.measure[line] == MEASURES.index(measure))

    def units_at(self, line: int, measure: str) -> set[str]:
        """The units of a line's figures of a measure, as far as they are stated."""
        return {self.units[n] for n in set(self.unit[line][self.where(line, measure)])} - {""}

    def width(self, line: int) -> Floats:
        return np.asarray((self.high[line] - self.low[line]) / 2)


def sides_of(values: Values) -> tuple[Side, Side]:
    """The block along its rows, and along its columns."""
    block, shape = values.block, values.value.shape
    keys = np.full(shape, "", dtype=object)
    measure, unit = np.full(shape, -1), np.full(shape, -1)
    units: dict[str, int] = {}
    numbers = {name: n for n, name in enumerate(MEASURES)}
    for place, entry in values.at.items():
        keys[place], measure[place] = entry.key, numbers[entry.measure]
        unit[place] = units.setdefault(entry.unit, len(units))
    labels = [row.label for row in block.rows]
    heads = [block.label(n) for n in range(len(block.columns))]
    along = Side(
        labels, [[row.heading, *row.parts] for row in block.rows], heads,
        values.value, values.low, values.high, keys, measure, unit, list(units), True,
        [row.level for row in block.rows], [row.memo for row in block.rows],
        [row.under for row in block.rows],
    )  # fmt: skip
    down = Side(
        heads, [list(path) for path in block.columns], labels,
        values.value.T, values.low.T, values.high.T, keys.T, measure.T, unit.T, list(units), False,
        [0] * shape[1], [False] * shape[1], [None] * shape[1],
    )  # fmt: skip
    return along, down


class Fit(NamedTuple):
    """In how many places a layout could be recomputed, in how many it held."""

    holds: int
    of: int

    @property
    def share(self) -> float:
        return self.holds / self.of if self.of else 0.0

    @property
    def plainly(self) -> bool:
        """All but one: such a layout is there though no label says so."""
        return self.of >= 3 and self.holds >= self.of - (1 if self.of > 3 else 0)
