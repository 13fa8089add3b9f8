"""In which columns the figures of a row belong that lost its blanks: where most of them recompute.

Two things are asked: how columns follow from one another in the rows that are whole (a total, a
change in percent, a share), and of which rows next to it the row is the total or a part.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations, permutations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .table_numbers import Cell

Floats = npt.NDArray[np.float64]
_WIDEST = 14  # columns of which relations are asked
_MOST_PLACES = 3_500  # ways to place a row
_SAMPLE = 60  # whole rows that are asked
_MOST_ROWS = 60  # that are placed
_MOST_SUMS = 40  # that are tried on every way
_LARGE = 100_000  # steps of a figure that no sum of others meets by chance
_LONGEST = 40  # rows of a list with its total
_MOSTLY = 0.8  # of the rows in which a relation holds


class _Relation(NamedTuple):
    """How a column follows from two others."""

    kind: str  # "sum", "change", "share"
    result: int
    first: int
    second: int

    def off(self, values: Floats, steps: Floats) -> Floats:
        """How far the column is off what follows, beyond what its rounding allows."""
        first, second = values[:, self.first], values[:, self.second]
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.kind == "sum":
                found = first + second
            else:
                found = (first / second - (self.kind == "change")) * 100
        return np.asarray(np.abs(found - values[:, self.result]) - steps[self.result])


class Refit:
    """The rows of a table, and what is asked of them."""

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self.values = np.array([[_value(cell) for cell in row] for row in rows])
        self.steps = _steps(rows)
        self._asked = 0

    @cached_property
    def relations(self) -> list[_Relation]:
        return list(_relations(self.values, self.steps))

    def places(self, own: int, figures: Sequence[Cell]) -> tuple[int, ...]:
        """The columns in which most figures of the row `own` recompute; none where that is not
        plainly one way.

        >>> from .table_numbers import read_cell
        >>> texts = ["12 9 3 33.3", "30 24 6 25.0", "7 5 2 40.0", "9 -9 -100.0"]
        >>> rows = [[read_cell(n) for n in text.split()] for text in texts]
        >>> Refit([*rows[:3], [*rows[3], read_cell("")]]).places(3, rows[3])
        (1, 2, 3)
        """
        (count, width), self._asked = (len(figures), self.values.shape[1]), self._asked + 1
        large = width > _WIDEST or math.comb(width, count) > _MOST_PLACES
        if large or self._asked > _MOST_ROWS:
            return ()
        mine = np.array([_value(cell) for cell in figures])
        places = np.array(list(combinations(range(width), count)))
        placed, filled = np.zeros((len(places), width)), np.zeros((len(places), width), dtype=bool)
        np.put_along_axis(placed, places, np.broadcast_to(mine, places.shape), axis=1)
        np.put_along_axis(filled, places, True, axis=1)
        score = np.zeros(len(places))
        for relation in self.relations:
            known = filled[:, relation[1:]]
            off = relation.off(placed, self.steps)
            told = (known.sum(axis=1) > 1) & np.isfinite(off)
            told &= known[:, 0] & known[:, 2] if relation.kind != "sum" else True
            score += np.where(told, np.where(off <= 0, 1.0, -1.0), 0.0)
        sums = _sums(self.values, own)
        meets = np.abs(sums[:, None, :] - mine[:, None]) <= self.steps
        meets &= mine[:, None] != 0
        told_by = meets.any(axis=2).sum(axis=1)
        weight = np.where(np.abs(mine) > _LARGE * self.steps.max(), 2.0, 1.0)  # it is no chance
        likely = [n for n in np.argsort(-told_by)[:_MOST_SUMS] if told_by[n] > 0]
        added = [(meets[n][np.arange(count), places] * weight).sum(axis=1) for n in likely]
        score += np.max(added, axis=0) if added else 0
        best = int(score.argmax())
        alone = (score > score[best] - 1).sum() == 1
        plain = alone and score[best] > 1 and 2 * score[best] > count
        return tuple(places[best].tolist()) if plain else ()


def _value(cell: Cell) -> float:
    return cell.numbers[0].value if cell.kind == "number" else math.nan


def _steps(rows: Sequence[Sequence[Cell]]) -> Floats:
    """What rounding allows a column to be off: whole numbers are exact."""
    ends = [
        max((c.numbers[0].exponent for c in column if c.numbers), default=0)
        for column in zip(*rows, strict=True)
    ]
    return np.array([0.5 if end >= 0 else 1.01 * 10.0**end for end in ends])


def _relations(values: Floats, steps: Floats) -> Iterator[_Relation]:
    """The relations that hold in most of the rows that are whole."""
    whole = values[~np.isnan(values).any(axis=1)][:_SAMPLE]
    columns = range(values.shape[1])
    every = [_Relation("sum", c, a, b) for c in columns for a, b in combinations(columns, 2)]
    every += [
        _Relation(kind, *three)
        for three in permutations(columns, 3)
        for kind in ("change", "share")
    ]
    for relation in every:
        if len(set(relation[1:])) == 3:
            off = relation.off(whole, steps)
            told = np.isfinite(off) & (whole[:, relation.result] != 0)
            holds = int((off[told] <= 0).sum())
            if holds > 2 and holds >= _MOSTLY * told.sum():
                yield relation


def _sums(values: Floats, own: int) -> Floats:
    """What a row is if it is the total of rows next to it, or a part beside others of a total
    before or behind them: a line a possibility."""
    known = np.nan_to_num(values)
    known[own] = 0.0
    count = len(known)
    near = range(max(0, own - _LONGEST), min(count, own + _LONGEST) + 1)
    spans = [(a, b) for a in near for b in near if b > a + 1 and b - a <= _LONGEST]
    first, end = np.array(spans, dtype=int).reshape(-1, 2).T
    added = np.vstack([np.zeros(known.shape[1]), np.cumsum(known, axis=0)])
    sums = added[end] - added[first]
    total = (first == own + 1) | (end == own)
    part = (first <= own) & (own < end)
    ahead, behind = part & (first > 0), part & (end < count)
    return np.vstack(
        [
            sums[total],
            known[first[ahead] - 1] - sums[ahead],
            known[end[behind]] - sums[behind],
        ]
    )
