"""The numbers of a block in columns, so that arithmetic reads all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from .table_numbers import Cell

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_PERCENT = ("%", "％")
ROUND = 6  # figures that do not all end in 0 by chance


@dataclass
class Numbers:
    """Every number of some rows of cells, in the order in which they are printed."""

    row: Ints
    column: Ints
    further: Ints  # 0 for the first number of a cell
    steps: Ints
    exponent: Ints
    unit: Ints  # which of `units` stands behind it
    bracketed: Bools
    signed: Ints
    worded: Bools
    text: list[str]
    units: list[str]
    others: list[tuple[int, int]] = field(default_factory=list)  # cells of marks and texts

    @classmethod
    def of(cls, rows: Sequence[Sequence[Cell]]) -> Self:
        """The numbers of rows that are alike in length.

        >>> from .table_numbers import read_cell
        >>> found = Numbers.of([[read_cell("12"), read_cell("…")], [read_cell("5(2.5%)")] * 2])
        >>> found.steps.tolist(), found.column.tolist(), found.others
        ([12, 5, 25, 5, 25], [0, 0, 0, 1, 1], [(0, 1)])
        """
        cells = list(chain.from_iterable(rows))
        width = len(rows[0]) if rows else 1
        of_cells = [cell.numbers for cell in cells]
        count = np.fromiter(map(len, of_cells), int, len(cells))
        first = np.cumsum(count) - count
        cell = np.repeat(np.arange(len(cells)), count)
        row, column = np.divmod(cell, width)
        numbers = list(chain.from_iterable(of_cells))
        of_forms = list(map(itemgetter(slice(2, 6)), numbers))
        forms = {form: n for n, form in enumerate(dict.fromkeys(of_forms))}  # few
        form = np.fromiter(map(forms.__getitem__, of_forms), np.int64, len(numbers))
        of_each: Iterator[Any] = zip(*forms, strict=True) if forms else iter([()] * 4)
        unit, bracketed, signed, worded = of_each
        units = {name: n for n, name in enumerate(dict.fromkeys(("", *unit)))}
        bare = [n for n in np.flatnonzero(count == 0).tolist() if cells[n].kind != "blank"]
        return cls(
            row,
            column,
            np.arange(len(cell)) - first[cell],
            np.fromiter(map(attrgetter("steps"), numbers), np.int64, len(numbers)),
            np.fromiter(map(attrgetter("exponent"), numbers), np.int64, len(numbers)),
            np.array([units[name] for name in unit], dtype=np.int64)[form],
            np.array(bracketed, dtype=bool)[form],
            np.array(signed, dtype=np.int64)[form],
            np.array(worded, dtype=bool)[form],
            [number.text for number in numbers],
            list(units),
            [divmod(n, width) for n in bare],
        )

    @property
    def percent(self) -> Bools:
        """Which have a percent sign behind them."""
        return np.isin(self.unit, [n for n, name in enumerate(self.units) if name in _PERCENT])

    @property
    def value(self) -> npt.NDArray[np.float64]:
        up, down = (10.0 ** np.maximum(way * self.exponent, 0) for way in (1, -1))
        return np.asarray(self.steps * up / down)


def unpadded(numbers: Numbers, sign: Ints) -> tuple[Ints, Ints]:
    """The steps and exponents of figures without the zero that pads all of a row's or a column's to
    one length (62.40, 8.10): rounded before it."""
    steps, exponents = numbers.steps * sign, numbers.exponent
    for lines in (numbers.row, numbers.column):
        count = np.bincount(lines)
        ends = np.bincount(lines, (steps % 10 == 0) & (exponents < 0))
        told = np.bincount(lines, steps % 100 != 0)
        padded = ((count == ends) & (count >= ROUND) & (2 * told > count))[lines]
        steps, exponents = np.where(padded, steps // 10, steps), exponents + padded
    return steps, exponents
