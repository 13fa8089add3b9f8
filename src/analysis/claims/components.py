"""Equations of several variables, each with a low and a high: ranges narrowed, components found.

An equation solved for one of its variables is a cell. `narrow` meets each variable with what its
cells leave of it, until nothing changes: no number that fits all equations is ever cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..rounding import Floats
from .printed import Bools, Ints

_ENDLESS = 1e100  # stands for an open end in products; what comes of it is open again
_EPS = 8 * np.finfo(float).eps  # no cell takes more than eight roundings
_ROUNDS = 400  # rings may narrow without end; what is left after so many is sound all the same
_BEYOND = 1e17  # a ring that drives a range beyond this has no solution among printed figures


class Cells(NamedTuple):
    """Equations of three variables, solved for one: of = −(b ⋅ (u, v, uv)) / (a ⋅ (1, u, v))."""

    equation: Ints
    of: Ints
    u: Ints
    v: Ints
    a: Floats  # three rows
    b: Floats

    def take(self, rows: Any) -> Cells:
        equation, of, u, v, a, b = self
        ends = a[:, rows], b[:, rows]
        return Cells(equation[rows], of[rows], u[rows], v[rows], *ends)

    @property
    def product(self) -> Bools:
        """Whether the variable solved for stands in a product."""
        product: Bools = (self.a[1] != 0) | (self.a[2] != 0)
        return product

    @classmethod
    def none(cls) -> Cells:
        empty = np.empty(0, np.int64)
        return cls(empty, empty, empty, empty, np.empty((3, 0)), np.empty((3, 0)))


class Terms(NamedTuple):
    """Sums: the terms of each equation, which make 0 with their signs."""

    equation: Ints
    of: Ints
    sign: Floats

    def take(self, rows: Any) -> Terms:
        return Terms(self.equation[rows], self.of[rows], self.sign[rows])

    @classmethod
    def joined(cls, pieces: Sequence[Terms]) -> Terms:
        whole = np.empty(0, np.int64)
        none = cls(whole, whole, np.empty(0))
        equation, of, sign = zip(none, *pieces, strict=True)
        return cls(np.concatenate(equation), np.concatenate(of), np.concatenate(sign))


def solve(cells: Cells, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """What each cell's equation leaves of its variable, rounded outward.

    A quotient that is linear in each variable has its extremes at the ends of their ranges, unless
    its denominator may be zero: then nothing is known, or only on one side.
    """
    ends = np.maximum(np.minimum(np.stack([low, high]), _ENDLESS), -_ENDLESS)
    u, v = ends[:, None, cells.u], ends[None, :, cells.v]  # each end of one with each of the other
    a0, a1, a2 = cells.a
    b1, b2, b3 = cells.b
    p, q = a1 * u, a2 * v
    below = a0 + p + q
    r, s, t = b1 * u, b2 * v, b3 * (u * v)
    above = -(r + s + t)
    unsure = _EPS * (np.abs(a0) + np.abs(p) + np.abs(q))
    error = _EPS * (np.abs(r) + np.abs(s) + np.abs(t))
    small = np.abs(below) <= unsure
    sign = np.where(small, 0, np.sign(below)).reshape(4, -1)
    least_sign, most_sign = sign.min(axis=0), sign.max(axis=0)
    side = np.sign(most_sign + least_sign)
    with np.errstate(all="ignore"):
        value = np.where(small, above * side * np.inf, above / below)
        error = np.where(small, 0.0, (error + unsure * np.abs(value)) / np.abs(below))
        least = (value - error).reshape(4, -1).min(axis=0)
        most = (value + error).reshape(4, -1).max(axis=0)
    # 0/0 is anything, and so is what a denominator of both signs gives.
    unknown = np.isnan(least) | np.isnan(most) | (side == 0)
    unknown |= (least_sign < 0) & (most_sign > 0)
    return (
        np.where(unknown | (least < -1e60), -np.inf, least),
        np.where(unknown | (most > 1e60), np.inf, most),
    )


def solve_terms(terms: Terms, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """What each sum leaves of each of its terms: the other terms, turned round.

    Exact where all are whole numbers below 2**53, else rounded outward.
    """
    if not len(terms.of):
        return np.empty(0), np.empty(0)
    up = terms.sign > 0
    count = np.bincount(terms.equation)[terms.equation] + 2
    ends = low[terms.of], high[terms.of]
    least, most = np.where(up, ends[0], -ends[1]), np.where(up, ends[1], -ends[0])
    left = []
    for end in (least, most):
        endless = np.isinf(end)
        plain = np.where(endless, 0.0, end)
        total, size, many, broken = (
            np.bincount(terms.equation, each)
            for each in (plain, np.abs(plain), endless, plain != np.rint(plain))
        )
        rest = (total[terms.equation] - plain) * 1.0
        inexact = (broken[terms.equation] > 0) | (size[terms.equation] >= 2.0**53)
        error = np.where(inexact, count * np.finfo(float).eps * size[terms.equation], 0.0)
        left.append((rest, error, many[terms.equation] - endless > 0))
    (rest_low, error_low, open_low), (rest_high, error_high, open_high) = left
    rest_low = np.where(open_low, -np.inf, rest_low - error_low)
    rest_high = np.where(open_high, np.inf, rest_high + error_high)
    # sign × x + rest = 0
    return np.where(up, -rest_high, rest_low), np.where(up, -rest_low, rest_high)


def narrow(
    cells: Cells,
    terms: Terms,
    low: Floats,
    high: Floats,
    whole: Bools,
    group: Ints,
    told: list[tuple[Ints, Ints]] | None = None,
) -> Bools:
    """Narrow `low` and `high` in place until nothing changes: which groups have no solution.

    A variable belongs to the group of that number. A group without solution is left as it was when
    that was found. Into `told` goes which variable which equation narrowed.
    """
    empty = np.zeros(int(group.max(initial=-1)) + 1, dtype=bool)
    all_cells, all_terms = cells, terms
    for _ in range(_ROUNDS):
        before = low.copy(), high.copy()
        for equation, of, (least, most) in (
            (cells.equation, cells.of, solve(cells, low, high)),
            (terms.equation, terms.of, solve_terms(terms, low, high)),
        ):
            if told is not None:
                better = (least > before[0][of]) | (most < before[1][of])
                told.append((of[better], equation[better]))
            np.maximum.at(low, of, least)
            np.minimum.at(high, of, most)
        low[whole], high[whole] = np.ceil(low[whole]), np.floor(high[whole])
        failing = (low > high) | (low > _BEYOND) | (high < -_BEYOND)
        if failing.any():
            empty[group[failing]] = True
            lost = empty[group]
            low[lost], high[lost] = before[0][lost], before[1][lost]
        # A range that shrinks by less than this is a ring that narrows without end.
        with np.errstate(invalid="ignore"):
            step = 1e-9 * np.where(np.isfinite(before[1] - before[0]), before[1] - before[0], 0)
            changed = (low > before[0] + step) | (high < before[1] - step)
        if not changed.any():
            break
        cells = all_cells.take(changed[all_cells.u] | changed[all_cells.v])
        if len(all_terms.of):
            again = np.bincount(all_terms.equation, changed[all_terms.of]) > 0
            terms = all_terms.take(again[all_terms.equation])
    return empty
