"""A block of a table seen along its rows or its columns, for claims to be looked for in either."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

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

    `value[line, place]`; `keys` alike, empty where nothing is printed.
    """

    labels: list[str]
    paths: list[list[str]]
    across: list[str]
    value: Floats
    low: Floats
    high: Floats
    keys: list[list[str]]
    measure: list[list[str]]
    unit: list[list[str]]
    rows: bool
    levels: list[int] = field(default_factory=list)
    memos: list[bool] = field(default_factory=list)
    under: list[int | None] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)  # the prevailing measure of each line

    def where(self, line: int, measure: str) -> npt.NDArray[np.bool_]:
        """The places in which a line holds figures of a measure."""
        return np.array([m == measure for m in self.measure[line]])

    def units_at(self, line: int, measure: str) -> set[str]:
        """The units of a line's figures of a measure, as far as they are stated."""
        pairs = zip(self.unit[line], self.measure[line], strict=True)
        return {unit for unit, m in pairs if unit and m == measure}

    def width(self, line: int) -> Floats:
        return np.asarray((self.high[line] - self.low[line]) / 2)


def sides_of(values: Values) -> tuple[Side, Side]:
    """The block along its rows, and along its columns."""
    block = values.block
    shape = values.value.shape
    keys = [[""] * shape[1] for _ in range(shape[0])]
    measure = [[""] * shape[1] for _ in range(shape[0])]
    unit = [[""] * shape[1] for _ in range(shape[0])]
    for (r, c), entry in values.at.items():
        keys[r][c], measure[r][c], unit[r][c] = entry.key, entry.measure, entry.unit
    row_labels = [row.label for row in block.rows]
    column_labels = [block.label(n) for n in range(len(block.columns))]
    along = Side(
        row_labels, [[row.heading, *row.parts] for row in block.rows], column_labels,
        values.value, values.low, values.high, keys, measure, unit, True,
        [row.level for row in block.rows], [row.memo for row in block.rows],
        [row.under for row in block.rows],
    )  # fmt: skip
    down = Side(
        column_labels, [list(path) for path in block.columns], row_labels,
        values.value.T, values.low.T, values.high.T,
        [list(column) for column in zip(*keys, strict=True)] if keys else [],
        [list(column) for column in zip(*measure, strict=True)] if keys else [],
        [list(column) for column in zip(*unit, strict=True)] if keys else [],
        False, [0] * shape[1], [False] * shape[1], [None] * shape[1],
    )  # fmt: skip
    for side in (along, down):
        side.kind = [_prevailing(line) for line in side.measure]
    return along, down


def _prevailing(measures: list[str]) -> str:
    known = [measure for measure in measures if measure]
    return max(set(known), key=lambda m: (known.count(m), m)) if known else ""


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
