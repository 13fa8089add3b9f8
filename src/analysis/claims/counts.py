"""Which whole numbers a printed percentage can stand for."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache

import numpy as np

from ..bounds import Bounds, Column, Whole, elementwise, require_bounds
from ..rounding import Floats


def smallest_base(percent: Bounds) -> Column:
    """The smallest whole number that a printed percentage can be a share of.

    That is the least n for which some whole k has 100 × k / n inside `percent`: the denominator
    of the simplest fraction there, by continued fractions (Stern-Brocot). Whether a base can give
    a printed mean or percentage at all is the GRIM test (Brown & Heathers, "The GRIM test",
    Social Psychological and Personality Science 8, 2017).

    An integer for scalar bounds (None where all of them are below zero or not known), floats for
    columns (NaN there).

    >>> smallest_base(Bounds(94.005, 94.015))
    167
    """
    require_bounds("smallest_base", percent)
    bases = elementwise(_smallest_bases, 1, percent.low, percent.high)[0]
    if np.ndim(bases) or hasattr(bases, "map_partitions"):
        return bases
    return None if math.isnan(bases) else int(bases)


def _smallest_bases(found: Floats, low: Floats, high: Floats) -> None:
    found[0] = [_smallest_base(*pair) for pair in zip(low.tolist(), high.tolist(), strict=True)]


@lru_cache(2**16)  # percentages repeat
def _smallest_base(low: float, high: float) -> float:
    if not high >= 0 or math.isnan(low):
        return math.nan
    if math.isinf(high):
        return 1
    return _simplest(Fraction(max(low, 0.0)) / 100, Fraction(high) / 100).denominator


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of smallest denominator in a closed range."""
    first = math.ceil(low)
    if first <= high:
        return Fraction(first)
    below = first - 1
    return below + 1 / _simplest(1 / (high - below), 1 / (low - below))


def possible_counts(percent: Bounds, base: Column) -> Whole:
    """Which whole numbers out of `base` a printed percentage can stand for.

    `percent` and `base` are scalars or columns, so one percentage can be held against a column
    of bases. Gives the first and last such number, how many, and which where only one; where there
    is none, no count out of this base was printed as that percentage (the GRIM test, see
    `smallest_base`).

    >>> possible_counts(Bounds(94.005, 94.015), 167)
    Whole(low=157, high=157, count=1, only=157)
    >>> possible_counts(Bounds(94.005, 94.015), np.array([100, 167])).count
    array([0., 1.])
    """
    require_bounds("possible_counts", percent)
    count: Bounds = percent * base / 100
    return count.whole
