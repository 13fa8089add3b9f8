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
    ends = np.minimum(np.maximum(np.array([low, high]), -_ENDLESS), _ENDLESS)
    u, v = ends[:, cells.u], ends[:, cells.v]
    if ((u[0] != u[1]) & (v[0] != v[1])).any():  # else the other two pairs of ends are these again
        u, v = np.concatenate([u, u]), np.concatenate([v, v[::-1]])
    a0, a1, a2 = cells.a
    b1, b2, b3 = cells.b
    p, q = a1 * u, a2 * v
    below = a0 + p + q
    r, s, t = b1 * u, b2 * v, b3 * (u * v)
    above = -(r + s + t)
    unsure = _EPS * (np.abs(a0) + np.abs(p) + np.abs(q))
    error = _EPS * (np.abs(r) + np.abs(s) + np.abs(t))
    size = np.abs(below)
    sign = np.sign(below)
    small = size <= unsure
    some_small = small.any()
    if some_small:
        sign[small] = 0
    # Of both signs, or none: what such a denominator gives is anything.
    side = np.sign(np.maximum.reduce(sign) + np.minimum.reduce(sign))
    with np.errstate(all="ignore"):
        value = above / below
        error = (error + unsure * np.abs(value)) / size
        if some_small:
            value, error = np.where(small, above * side * np.inf, value), np.where(small, 0, error)
        least, most = np.minimum.reduce(value - error), np.maximum.reduce(value + error)
        known = (side != 0) & (least <= most)  # not 0/0, which is anything
        return (
            np.where(known & (least >= -1e60), least, -np.inf),
            np.where(known & (most <= 1e60), most, np.inf),
        )


def solve_terms(terms: Terms, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """What each sum leaves of each of its terms: the other terms, turned round.

    Exact where all are whole numbers below 2**53, else rounded outward.
    """
    many = len(terms.of)
    if not many:
        return np.empty(0), np.empty(0)
    up = terms.sign > 0
    lows, highs = low[terms.of], high[terms.of]
    # The least of all terms, then the most of them.
    end = np.concatenate([np.where(up, lows, -highs), np.where(up, highs, -lows)])
    sums = int(terms.equation.max()) + 1
    equation = np.concatenate([terms.equation, terms.equation + sums])
    endless = np.isinf(end)
    plain = np.where(endless, 0.0, end)
    total = np.bincount(equation, plain)[equation]
    size = np.bincount(equation, np.abs(plain))[equation]
    rest = total - plain
    inexact = np.bincount(equation, plain != np.rint(plain))[equation] > 0
    inexact |= size >= 2.0**53
    if inexact.any():
        count = np.bincount(equation)[equation] + 2
        error = np.where(inexact, count * np.finfo(float).eps * size, 0.0)
        error[:many] *= -1
        rest += error
    if endless.any():
        open_ = np.bincount(equation, endless)[equation] - endless > 0
        rest[:many][open_[:many]], rest[many:][open_[many:]] = -np.inf, np.inf
    # sign × x + rest = 0
    least, most = rest[:many], rest[many:]
    return np.where(up, -most, least), np.where(up, -least, most)


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
        np.ceil(low, out=low, where=whole)
        np.floor(high, out=high, where=whole)
        failing = (low > high) | (low > _BEYOND) | (high < -_BEYOND)
        if failing.any():
            empty[group[failing]] = True
            lost = empty[group]
            low[lost], high[lost] = before[0][lost], before[1][lost]
        # A range that shrinks by less than this is a ring that narrows without end.
        with np.errstate(invalid="ignore"):
            width = before[1] - before[0]
            step = 1e-9 * np.where(np.isfinite(width), width, 0)
            changed = (low > before[0] + step) | (high < before[1] - step)
        if not changed.any():
            break
        cells = all_cells.take(changed[all_cells.u] | changed[all_cells.v])
        if len(all_terms.of):
            again = np.bincount(all_terms.equation, changed[all_terms.of]) > 0
            terms = all_terms.take(again[all_terms.equation])
    return empty
