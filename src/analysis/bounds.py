"""Bounds: interval arithmetic on columns. Knows nothing of figures, articles or Chinese.

`rounding` makes each operation's ends the nearest floats outside what it could give.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

import numpy as np
import pandas as pd

from .rounding import (
    Floats,
    hull,
    least,
    lower,
    product,
    quotient,
    step_down,
    step_up,
    total,
    upper,
)

# A scalar, an array, a pandas Series (or a Dask one): whatever an analyst keeps figures in.
Column = Any
_INTEGERS_EXACT_TO = 2.0**53
# Rows worked on at a time, so that what a kernel sets aside stays in the cache. More where that is
# one piece: several go back to the system when freed, and fresh memory costs more than the work.
_BLOCK, LONG_BLOCK = 2**15, 2**17


def _add(found: Floats, low: Floats, high: Floats, low2: Floats, high2: Floats) -> None:
    found[0], found[1] = step_down(*total(low, low2)), step_up(*total(high, high2))


def _meet(found: Floats, low: Floats, high: Floats, low2: Floats, high2: Floats) -> None:
    np.fmax(low, low2, out=found[0])
    np.fmin(high, high2, out=found[1])
    found[:, found[0] > found[1]] = np.nan


def _choose(
    found: Floats, condition: Floats, low: Floats, high: Floats, low2: Floats, high2: Floats
) -> None:
    found[0], found[1] = np.where(condition, low, low2), np.where(condition, high, high2)


def _multiply(found: Floats, low: Floats, high: Floats, low2: Floats, high2: Floats) -> None:
    if least(low) >= 0 and least(low2) >= 0:  # the usual case, a quarter of the work
        found[0], found[1] = (
            step_down(*product(low, low2)),
            step_up(*product(high, high2)),
        )
    else:
        found[0], found[1] = hull(product, (low, high), (low2, high2))


def _divide(found: Floats, low: Floats, high: Floats, low2: Floats, high2: Floats) -> None:
    if least(low) >= 0 and least(low2) > 0:
        found[0], found[1] = (
            step_down(*quotient(low, high2)),
            step_up(*quotient(high, low2)),
        )
        return
    found[0], found[1] = hull(quotient, (low, high), (low2, high2))
    holds_zero = (low2 <= 0) & (high2 >= 0)
    found[0][holds_zero], found[1][holds_zero] = -np.inf, np.inf


def _floats(x: Column, exactly: Callable[[Fraction | Decimal | int], float], side: float) -> Column:
    """`x` as floats, moved towards `side` where a float cannot hold it."""
    if isinstance(x, (float, np.floating)):
        return float(x)
    if isinstance(x, (int, np.integer, Fraction, Decimal)):
        return exactly(int(x) if isinstance(x, np.integer) else x)
    if hasattr(x, "map_partitions"):
        return x.astype("float64")
    values = np.asarray(x)
    floats = x.astype("float64") if isinstance(x, pd.Series) else values.astype(np.float64)
    if values.dtype.kind in "iu" and (beyond := np.abs(floats) >= _INTEGERS_EXACT_TO).any():
        floats = floats + beyond * (np.nextafter(floats, side) - floats)
    return floats


def _filled(like: Column, x: float) -> Column:
    """A column of `x` as long as `like`, for bounds with one end given as a scalar."""
    if hasattr(like, "map_partitions"):
        return like.map_partitions(_filled, x, meta=like._meta.astype("float64"))
    filled = np.full(np.shape(like), x)
    return pd.Series(filled, index=like.index) if isinstance(like, pd.Series) else filled


@dataclass(frozen=True)
class Whole:
    """The integers inside bounds: the first, the last, how many, and which where only one.

    Python integers (None where there is none) for scalar bounds, floats (NaN) for columns.
    `count` is infinite where an end is open.
    """

    low: Column
    high: Column
    count: Column
    only: Column


def require_bounds(asks: str, *given: object) -> None:
    """Raises `TypeError` for what is no Bounds, such as a plain number."""
    for each in given:
        if not isinstance(each, Bounds):
            raise TypeError(f"{asks} takes Bounds(low, high), not {type(each).__name__}")


@dataclass(frozen=True, eq=False, repr=False)
class Bounds:
    """A closed range that holds the number, or a column of such ranges.

    `low` and `high` are scalars, NumPy arrays, pandas Series or Dask Series, in any one unit;
    `+ - * / &` work with other Bounds, scalars and columns, pandas columns aligned by index.
    Results hold every number that the operands could give, and are no wider than one float step
    beyond them. `inf` is an open end, NaN on both sides is not known. Division by bounds that
    hold zero is unbounded.

    Operands count as independent: `x - x` is not zero unless x is exact.

    Raises `ValueError` where a low is above its high, or one end alone is NaN.

    >>> handled, reported = Bounds(138_500, 139_500), Bounds(162_473, 162_473)
    >>> handled / reported * 100
    Bounds(85.244933, 85.86041989)
    >>> Bounds(7678.3, 7687.2).whole
    Whole(low=7679, high=7687, count=9, only=None)
    """

    low: Column
    high: Column

    # NumPy and pandas then leave `array + bounds` and `series + bounds` to Bounds.
    __array_ufunc__ = None
    __pandas_priority__ = 5000

    def __post_init__(self) -> None:
        low, high = _floats(self.low, lower, -np.inf), _floats(self.high, upper, np.inf)
        if isinstance(low, pd.Series) and isinstance(high, pd.Series):
            if not low.index.equals(high.index):
                raise ValueError("low and high have different indexes")
        elif np.ndim(low) < np.ndim(high):
            low = _filled(high, low)
        elif np.ndim(high) < np.ndim(low):
            high = _filled(low, high)
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)
        if hasattr(low, "map_partitions"):
            return  # Dask columns are not computed to be checked
        low, high = np.ravel(low), np.ravel(high)
        held = low <= high
        if held.all():
            return
        wrong = ~held & ~(np.isnan(low) & np.isnan(high))
        if wrong.any():
            ends = low[wrong][0], high[wrong][0]
            if np.isnan(ends).any():
                fault = f"low {ends[0]:.15g} and high {ends[1]:.15g}: NaN is on both sides or none"
            else:
                fault = f"low {ends[0]:.15g} is above high {ends[1]:.15g}"
            raise ValueError(f"{fault} ({wrong.sum()} so)")

    @classmethod
    def of(cls, frame: pd.DataFrame | pd.Series, name: str = "") -> Self:
        """The bounds that a frame, or a row of one, keeps as `low` and `high`.

        With a name, as `NAME_low` and `NAME_high`.

        >>> Bounds.of(pd.DataFrame({"prior_low": [7679.0], "prior_high": [7687.0]}), "prior")
          low   high
        7679.0 7687.0
        """
        prefix = f"{name}_" if name else ""
        return cls(frame[f"{prefix}low"], frame[f"{prefix}high"])

    @classmethod
    def made(cls, low: Column, high: Column) -> Self:
        """Bounds from ends that an operation has just computed: nothing to convert or check."""
        made = object.__new__(cls)
        object.__setattr__(made, "low", low)
        object.__setattr__(made, "high", high)
        return made

    def _with(self, other: Column, kernel: Callable[..., None]) -> Bounds:
        other = _operand(other)
        low, high = elementwise(kernel, 2, self.low, self.high, other.low, other.high)
        return Bounds.made(low, high)

    def __neg__(self) -> Bounds:
        return Bounds.made(-self.high, -self.low)

    def __add__(self, other: Column) -> Bounds:
        return self._with(other, _add)

    def __sub__(self, other: Column) -> Bounds:
        return self._with(-other, _add)

    def __mul__(self, other: Column) -> Bounds:
        return self._with(other, _multiply)

    def __truediv__(self, other: Column) -> Bounds:
        return self._with(other, _divide)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: Column) -> Bounds:
        return (-self)._with(other, _add)

    def __rtruediv__(self, other: Column) -> Bounds:
        return _operand(other)._with(self, _divide)

    def __and__(self, other: Column) -> Bounds:
        """What lies in both: NaN where nothing does. Not known (NaN) leaves the other as it is.

        >>> Bounds(54.86, 55.14) & Bounds(55, 60)
        Bounds(55, 55.14)
        """
        return self._with(other, _meet)

    def where(self, condition: Column, other: Bounds | None = None) -> Bounds:
        """The bounds where the condition holds, else the others or, without any, not known (NaN).

        >>> Bounds(pd.Series([1, 3]), pd.Series([2, 4])).where(pd.Series([True, False]))
         low  high
         1.0   2.0
         NaN   NaN
        """
        other = Bounds.made(np.nan, np.nan) if other is None else other
        ends = self.low, self.high, other.low, other.high
        return Bounds.made(*elementwise(_choose, 2, condition, *ends))

    def columns(self, name: str) -> dict[str, Column]:
        """The ends under the names by which a frame keeps them: NAME_low, NAME_high."""
        return {f"{name}_low": self.low, f"{name}_high": self.high}

    def contains(self, other: Column) -> Column:
        """Whether all of `other` (a number, a column or Bounds) lies inside, elementwise."""
        low, high = (other.low, other.high) if isinstance(other, Bounds) else (other, other)
        return (self.low <= low) & (high <= self.high)

    def overlaps(self, other: Column) -> Column:
        """Whether any number lies in both, elementwise. A shared end counts.

        >>> Bounds(89.85, 89.95).overlaps(Bounds(89.74, 89.75))
        False
        """
        low, high = (other.low, other.high) if isinstance(other, Bounds) else (other, other)
        return (self.low <= high) & (low <= self.high)

    @property
    def width(self) -> Column:
        """How far apart the ends are, rounded up, in the bounds' own unit."""
        return (self - Bounds.made(self.low, self.low)).high

    @property
    def whole(self) -> Whole:
        """The integers inside: first, last, how many, and which where only one.

        >>> Bounds(446.8, 447.4).whole.only
        447
        """
        found = elementwise(_whole, 4, self.low, self.high, block=LONG_BLOCK)
        if np.ndim(self.low):
            return Whole(*found)
        return Whole(*(_integer(x) for x in found))

    def __format__(self, spec: str) -> str:
        """Scalar bounds for prose: the ends in the given format, once where they look the same.

        >>> f"{Bounds(7679, 7687):,.0f} cases, {Bounds(-105, -105):.0f} more"
        '7,679–7,687 cases, −105 more'
        """
        if not spec:
            return str(self)
        low, high = (format(end + 0.0, spec).replace("-", "−") for end in (self.low, self.high))
        if low == high:
            return low
        if math.isinf(self.low) or math.isinf(self.high):
            both = math.isinf(self.low) and math.isinf(self.high)
            return "any number" if both else f"≥ {low}" if math.isinf(self.high) else f"≤ {high}"
        return f"{low} to {high}" if self.low < 0 else f"{low}–{high}"

    def __repr__(self) -> str:
        if isinstance(self.low, pd.Series):
            frame = pd.DataFrame({"low": self.low, "high": self.high})
            return frame.to_string(index=not isinstance(self.low.index, pd.RangeIndex))
        if np.ndim(self.low) or hasattr(self.low, "map_partitions"):
            return f"Bounds({self.low!r}, {self.high!r})"
        return f"Bounds({self.low + 0.0:.10g}, {self.high + 0.0:.10g})"  # no "-0"


def _whole(found: Floats, low: Floats, high: Floats) -> None:
    first, last, count, only = found
    integers_inside(low, high, first, last, count, spare=only)
    # 0 where there is one integer, else NaN: np.where would take a branch a row.
    np.divide(0, count == 1, out=only)
    only += first


def integers_inside(
    low: Floats, high: Floats, first: Floats, last: Floats, count: Floats, spare: Floats
) -> None:
    """Fill `first` and `last` with the integers from low to high, NaN where the count is 0.

    `spare` is overwritten: a new column would take longer than what is done in it.
    """
    np.ceil(low, out=first)
    np.floor(high, out=last)
    np.subtract(last, first, out=count)
    count += 1
    none = np.divide(0, count, out=spare)  # NaN, or 0
    first += none  # 0 makes 0 of -0, too
    last += none


def _operand(x: Column) -> Bounds:
    """A number or a column as bounds, unchecked where it is plain floats."""
    if isinstance(x, Bounds):
        return x
    if type(x) is int and abs(x) < _INTEGERS_EXACT_TO:
        x = float(x)
    plain = isinstance(x, float) or (isinstance(x, np.ndarray) and x.dtype == np.float64)
    return Bounds.made(x, x) if plain else Bounds(x, x)


def _integer(x: float) -> int | float | None:
    return None if math.isnan(x) else int(x) if math.isfinite(x) else x


def elementwise(
    kernel: Callable[..., None], results: int, *columns: Column, block: int = _BLOCK
) -> tuple[Column, ...]:
    """Apply a function of float arrays to columns of any kind and give columns of that kind.

    `kernel(found, *arrays)` takes an array a column, all of one length and at most `block` long,
    and fills the rows of `found`, one a result. pandas Series are aligned by index first, and Dask
    Series go partition by partition.
    """
    indexes: list[pd.Index] = []
    if not all(isinstance(x, (np.ndarray, float)) for x in columns):
        lazy = next((x for x in columns if hasattr(x, "map_partitions")), None)
        if lazy is not None:
            meta = lazy._meta.astype("float64")
            return tuple(
                lazy.map_partitions(_one_result, kernel, results, n, *columns, meta=meta)
                for n in range(results)
            )
        indexes = [x.index for x in columns if isinstance(x, pd.Series)]
        if any(index is not indexes[0] and not index.equals(indexes[0]) for index in indexes[1:]):
            shared = indexes[0]
            for index in indexes[1:]:
                shared = shared.union(index)
            columns = tuple(x.reindex(shared) if isinstance(x, pd.Series) else x for x in columns)
            indexes = [shared]
    arrays = [np.asarray(x, dtype=np.float64) for x in columns]
    shape = arrays[0].shape
    if any(x.shape != shape for x in arrays):
        arrays = list(np.broadcast_arrays(*arrays))
        shape = arrays[0].shape
    with np.errstate(all="ignore"):  # inf and NaN have meanings here
        found = _in_blocks(kernel, results, [x.reshape(-1) for x in arrays], block)
    if indexes:
        return tuple(pd.Series(x, index=indexes[0], copy=False) for x in found)
    return tuple(x.reshape(shape) if shape else float(x[0]) for x in found)


def _in_blocks(
    kernel: Callable[..., None], results: int, arrays: list[Floats], block: int
) -> list[Floats]:
    rows = len(arrays[0])
    found = np.empty((results, rows))
    blocks = math.ceil(rows / block)
    for n in range(blocks):
        part = slice(rows * n // blocks, rows * (n + 1) // blocks)
        kernel(found[:, part], *(x[part] for x in arrays))
    return list(found)


def _one_result(
    _: pd.Series, kernel: Callable[..., None], results: int, n: int, *columns: Column
) -> Column:
    return elementwise(kernel, results, *columns)[n]
