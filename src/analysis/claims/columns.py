"""Claims in columns: what an extract's relations say, and each recomputed from its own parts.

All claims of a kind are a `Claims`: a column each, a row a role. `judge` recomputes them at once
and tells how far the printed and the recomputed ranges are apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..bounds import Bounds, Column
from ..rounding import Floats

Ints = npt.NDArray[np.int64]


Bools = npt.NDArray[np.bool_]


# The roles of each kind: first what is printed as the result, then what it is recomputed from.
KINDS = {
    "sum": ("total", "part"),
    "part": ("total", "part"),
    "ratio": ("rate", "numerator", "denominator"),
    "change": ("change", "current", "prior", "difference"),
    "difference": ("difference", "current", "prior"),
}


ROLES = sorted({role for roles in KINDS.values() for role in roles})


VERDICTS = ("agrees", "agrees if truncated", "contradicts", "cannot tell")


AGREES, TRUNCATED, CONTRADICTS, CANNOT_TELL = range(4)


MEASURES = ("count", "amount", "rate", "change", "point_change")


COUNT, AMOUNT, RATE, CHANGE, POINTS = range(5)


# Rows of `figures` that a claim's role can point to beside the real ones.
MISSING, NO_ROLE = -1, -2


_TINY, _HUGE = 1e-300, 1e300  # stand for "above zero" as a divisor, and for an open end


_PER = re.compile(r"(?:/|／|每|per )每?\s*(\d+)?\s*一?([十百千万萬亿億]*)")


_THOUSANDS = re.compile(r"(?<=\d)[,， ](?=\d{3}(?!\d))")


_POWER_OF = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


def rows_of(figure: pd.Series, index: pd.Index) -> Ints:
    """In which row of `index` each figure stands. One hash table; `get_indexer` builds two."""
    keys = pd.concat([index.to_series(), figure], ignore_index=True)
    rows = pd.factorize(keys)[0][len(index) :].astype(np.int64)
    return np.where(rows < len(index), rows, MISSING)


def codes(column: Any, names: Sequence[str]) -> Ints:
    """The place of each of a column's values in `names`, -1 where it is not among them."""
    code, distinct = pd.factorize(column)
    places = np.append(pd.Index(names).get_indexer(pd.Index(distinct)), -1)
    return places[code].astype(np.int64)


@dataclass
class Figures:
    """What claims need of `figures`, each column with two rows of NaN more for roles left empty."""

    reported: npt.NDArray[np.object_]
    value: Floats
    low: Floats
    high: Floats
    measure: Ints
    factor: Floats  # what a quotient of 1 is printed as: 100 for a percentage
    real: Bools  # a change at constant prices

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Self:
        def floats(name: str) -> Floats:
            return np.append(frame[name].to_numpy(np.float64), [np.nan, np.nan])

        unit_codes, units = pd.factorize(frame["unit"])
        factors = np.array([*map(_factor, units.tolist()), 1.0])  # the last for no unit at all
        return cls(
            reported=frame["reported"].to_numpy(dtype=object),
            value=floats("value"),
            low=floats("low"),
            high=floats("high"),
            measure=np.append(codes(frame["measure"], MEASURES), [-1, -1]),
            factor=np.append(factors[unit_codes], [1.0, 1.0]),
            real=np.append(codes(frame["basis"], ["real"]) == 0, [False, False]),
        )


def _factor(unit: str) -> float:
    """What a quotient of 1 is printed as in a rate's unit: 100 percent, 100000 起/10万人.

    >>> [_factor(unit) for unit in ("percent", "‰", "起/10万人", "件/人")]
    [100.0, 1000.0, 100000.0, 1.0]
    """
    shares = {"percent": 100.0, "%": 100.0, "％": 100.0, "百分之": 100.0}
    shares |= {"‰": 1000.0, "permille": 1000.0, "千分之": 1000.0, "‱": 10000.0}
    per = _PER.search(_THOUSANDS.sub("", unit))
    if unit in shares or per is None:
        return shares.get(unit, 1.0)
    return float(int(per[1] or 1) * math.prod(_POWER_OF[power] for power in per[2]))


@dataclass
class Claims:
    """Claims of one kind, a column each. Where there are rows, they are the roles of the kind."""

    figure: Ints  # row of the figure; MISSING, NO_ROLE. Of the parts of a sum together: 0
    low: Floats
    high: Floats
    measure: Ints
    value: Floats  # of the result
    factor: Floats
    real: Bools

    def take(self, columns: Any) -> Claims:
        return Claims(*(getattr(self, field.name)[..., columns] for field in fields(self)))

    def closed(self, *roles: int) -> Bools:
        """Whether the figures of all these roles have bounds with both ends."""
        of = list(roles)
        ends: Bools = np.logical_and.reduce(np.isfinite(self.high[of] - self.low[of]))
        return ends

    def bounds(self, role: int) -> Bounds:
        return Bounds(self.low[role], self.high[role])

    def has(self, role: int) -> Bools:
        filled: Bools = self.figure[role] != NO_ROLE
        return filled

    def whole(self, role: int) -> Bools:
        """Whether a role's figure is a whole number: averages and decimals end in halves."""
        low, high = self.low[role], self.high[role]
        whole: Bools = (np.floor(low) == low) & (np.floor(high) == high)
        whole &= self.measure[role] == COUNT
        return whole

    def incomplete(self) -> Bools:
        """Whether a figure of the claim is missing, or its bounds are not known."""
        missing = (self.figure == MISSING) | (self.figure != NO_ROLE) & np.isnan(self.low)
        incomplete: Bools = missing.any(axis=0)
        return incomplete

    def put(self, role: int, low: Floats, high: Floats) -> Claims:
        """The same claims with other bounds in one role."""
        lows, highs = self.low.copy(), self.high.copy()
        lows[role], highs[role] = low, high
        return replace(self, low=lows, high=highs)

    def prior_as_difference(self) -> Claims:
        """The same claims of a change with the prior's figure in the difference's role."""
        order = [0, 1, 3, 2]  # the empty role goes where the prior was
        return replace(self, **{name: getattr(self, name)[order] for name in BY_ROLE})


BY_ROLE = ("figure", "low", "high", "measure")  # what of a claim has a row for each role


def claims_of(
    kind: str, rows: Ints, number: Ints, role: Ints, row: Ints, figures: Figures
) -> tuple[Claims, pd.DataFrame]:
    """The lines of the relations at `rows` as one column a claim; the parts of sums beside."""
    place = np.full(int(number.max(initial=-1)) + 1, -1)
    place[rows] = np.arange(len(rows))
    lines = np.flatnonzero(place[number] >= 0)
    claim, row = place[number[lines]], row[lines]
    roles = KINDS[kind]
    in_kind = np.array([*(roles.index(name) if name in roles else -1 for name in ROLES), -1])
    role = in_kind[role[lines]]
    is_part = (role == 1) & (kind in ("sum", "part"))
    single = (role >= 0) & ~is_part

    figure = np.full((len(roles), len(rows)), NO_ROLE)
    figure[role[single], claim[single]] = row[single]
    # A role that the kind does not have, or that two figures have, leaves the claim unclear.
    cells = np.bincount(role[single] * len(rows) + claim[single], minlength=figure.size)
    figure[cells.reshape(figure.shape) > 1] = MISSING
    figure[0, claim[role < 0]] = MISSING
    low, high, measure = figures.low[figure], figures.high[figure], figures.measure[figure]
    parts = pd.DataFrame({"claim": claim[is_part], "figure": row[is_part]})
    if kind in ("sum", "part"):
        of, part = parts["claim"].to_numpy(), parts["figure"].to_numpy()
        low[1], high[1] = _sums(of, figures.low[part], figures.high[part], len(rows))
        figure[1, of] = 0
        figure[1, of[part == MISSING]] = MISSING
    result = figure[0]
    columns = figures.value[result], figures.factor[result], figures.real[result]
    return Claims(figure, low, high, measure, *columns), parts


def _sums(group: Ints, low: Floats, high: Floats, groups: int) -> tuple[Floats, Floats]:
    """Sums by group: exact where all parts are integers (below 2**53), else rounded outward."""
    parts = np.bincount(group, minlength=groups)
    ends = []
    for end, outward in ((low, -np.inf), (high, np.inf)):
        total, size = np.bincount(group, end, groups), np.bincount(group, np.abs(end), groups)
        uneven = np.bincount(group, end != np.rint(end), groups) > 0
        inexact = (uneven | (size >= 2.0**53)) & np.isfinite(total)
        # n numbers added one by one are off by less than n × eps × the sum of their sizes.
        error = np.where(inexact, parts * np.finfo(float).eps * size, 0.0)
        moved = np.nextafter(total + np.copysign(error, outward), outward)
        ends.append(np.where(inexact, moved, total))
    return ends[0], ends[1]


# A check: for which claims, against the figure of which role, recomputed how.
_Check = tuple[Bools, int, Callable[[Claims], Bounds]]


def _sum_checks(c: Claims) -> Iterator[_Check]:
    yield c.has(0) & c.has(1), 0, lambda c: c.bounds(1)


def _ratio_checks(c: Claims) -> Iterator[_Check]:
    """Rate, numerator, denominator. Whole numbers and what is possible where one is not printed."""
    rate, numerator, denominator = c.has(0), c.has(1), c.has(2)
    yield rate & numerator & denominator, 0, _ratio
    counted = rate & numerator & ~denominator & c.whole(1)
    yield counted, 0, lambda c: _by_whole_base(c.bounds(1), c.bounds(0), c.factor)
    # A share of a whole number is counted; a mean (yuan a head) need not be.
    shared = rate & ~numerator & denominator & c.whole(2) & (c.factor >= 100)
    yield shared, 0, lambda c: _by_whole_count(c.bounds(2), c.bounds(0), c.factor)
    rest = rate & ~(numerator & denominator) & ~counted & ~shared
    yield rest, 0, lambda c: _at_least(0.0, c)


def _ratio(c: Claims) -> Bounds:
    return _known(c.low[2] > 0, c.bounds(1) * c.factor / c.bounds(2))


def _change_checks(c: Claims) -> Iterator[_Check]:
    """Change, current, prior, difference."""
    change, current, prior, difference = (c.has(role) for role in range(4))
    # The points of a count can only be a loose word for percent.
    points = (c.measure[0] == POINTS) & ~np.isin(c.measure[1], (COUNT, AMOUNT))
    change &= ~np.isin(c.measure[0], (COUNT, AMOUNT))
    # Growth at constant prices has no nominal prior.
    plain, alone = change & ~points & ~c.real, change & ~prior & ~difference
    yield plain & current & prior, 0, growth
    yield plain & current & difference, 0, _growth_by_difference
    yield change & points & current & prior, 0, lambda c: c.bounds(1) - c.bounds(2)
    yield change & points & difference, 0, lambda c: c.bounds(3)
    yield current & prior & difference, 3, lambda c: c.bounds(1) - c.bounds(2)
    counted = alone & plain & current & c.whole(1)
    yield counted, 0, _growth_by_whole_prior
    yield alone & plain & ~counted, 0, lambda c: _at_least(np.where(c.low[1] < 0, -np.inf, -100), c)
    yield alone & points, 0, lambda c: _at_least(-np.inf, c)
    yield change & c.real & (c.high[0] < -100), 0, lambda c: _at_least(-100.0, c)


def growth(c: Claims) -> Bounds:
    return _known(c.low[2] > 0, c.bounds(1) * 100 / c.bounds(2) - 100)


def _growth_by_difference(c: Claims) -> Bounds:
    """Growth from current and difference: 100 × d / (c − d), in which c and d do not stand once.

    It grows with d; with c it grows where d is a fall, and shrinks where d is a rise. So each end
    comes from one pair of ends, and is as tight as can be. Not known where c may be below zero.
    """
    current, difference = c.bounds(1), c.bounds(3)
    fall, rise = np.maximum(difference.low, -_HUGE), difference.high
    beside_fall = np.where(fall <= 0, current.low, current.high)
    beside_rise = np.where(rise <= 0, current.high, current.low)
    low = Bounds(fall, fall) * 100 / (Bounds(beside_fall, beside_fall) - fall)
    high = Bounds(rise, rise) * 100 / (Bounds(beside_rise, beside_rise) - rise)
    # A count cannot have grown by more than it is now: that must not pass as not known.
    prior = current - difference
    below_zero = (prior.high < 0) & (c.measure[1] == COUNT)
    known = (current.low >= 0) & ((prior.low > 0) | below_zero)
    return Bounds(np.where(known, low.low, np.nan), np.where(known, high.high, np.nan))


def _growth_by_whole_prior(c: Claims) -> Bounds:
    current, change = c.bounds(1), c.bounds(0)
    growth = _by_whole_base(current, change + 100, np.float64(100)) - 100
    return _known((current.low > 0) | (change.high < 0), growth)  # 0 cases may follow 0 cases


def _by_whole_base(numerator: Bounds, rate: Bounds, factor: Column) -> Bounds:
    """The rate by the whole bases that give the printed one, or by the base that comes nearest."""
    scaled = numerator * factor
    base = scaled / Bounds(np.maximum(rate.low, _TINY), np.maximum(rate.high, _TINY))
    first, last = np.maximum(np.ceil(base.low), 1), np.floor(base.high)
    above = scaled / Bounds(first, np.maximum(first, last))
    below = scaled / np.where((last < first) & (last >= 1), last, np.nan)
    return _nearer(rate, above, below)


def _by_whole_count(denominator: Bounds, rate: Bounds, factor: Column) -> Bounds:
    """The rate by the whole counts that give the printed one, or by the count nearest to that."""
    count = rate * denominator / factor
    first, last = np.maximum(np.ceil(count.low), 0), np.floor(count.high)
    above = Bounds(first, np.maximum(first, last)) * factor / denominator
    below = np.where((last < first) & (last >= 0), last, np.nan) * factor / denominator
    return _nearer(rate, _known(denominator.low > 0, above), below)


def _nearer(printed: Bounds, one: Bounds, other: Bounds) -> Bounds:
    closer = distance(printed, other) < distance(printed, one)
    return Bounds(np.where(closer, other.low, one.low), np.where(closer, other.high, one.high))


def distance(a: Bounds, b: Bounds) -> Floats:
    """How far apart two ranges are: 0 where they meet, NaN where one is not known."""
    with np.errstate(invalid="ignore"):
        gap: Floats = np.maximum(np.maximum(a.low - b.high, b.low - a.high), 0.0)
    return gap


def _known(condition: Bools, bounds: Bounds) -> Bounds:
    nan = np.nan
    return Bounds(np.where(condition, bounds.low, nan), np.where(condition, bounds.high, nan))


def _at_least(low: Column, c: Claims) -> Bounds:
    lows: Floats = np.broadcast_to(np.float64(low), c.value.shape)
    return Bounds(lows, np.full(c.value.shape, np.inf))


def _difference_checks(c: Claims) -> Iterator[_Check]:
    all_three = c.has(0) & c.has(1) & c.has(2)
    yield all_three, 0, lambda c: c.bounds(1) - c.bounds(2)


_CHECKS: dict[str, Callable[[Claims], Iterator[_Check]]] = {
    "sum": _sum_checks,
    "part": _sum_checks,
    "ratio": _ratio_checks,
    "change": _change_checks,
    "difference": _difference_checks,
}


def judge(kind: str, c: Claims) -> Floats:
    """Printed low and high, recomputed low and high, gap: five rows, a column a claim.

    Of several checks of a claim, those of the first that fails.
    """
    judged = np.full((5, len(c.value)), np.nan)
    judged[:2] = c.low[0], c.high[0]
    known = ~c.incomplete()
    for applies, role, recompute in _CHECKS[kind](c):
        columns = np.flatnonzero(applies & known)
        if not columns.size:
            continue
        some = c.take(columns)
        printed, recomputed = some.bounds(role), recompute(some)
        least = np.full(len(columns), -np.inf) if kind == "part" else printed.low
        gap = distance(Bounds(least, printed.high), recomputed)
        before = judged[4, columns]
        first = np.isnan(before) | ((gap > 0) & (before == 0))
        found = np.stack([printed.low, printed.high, recomputed.low, recomputed.high, gap])
        judged[:, columns[first]] = found[:, first]
    return judged


def cut_off(value: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The range of numbers that print as `value` if digits are cut off instead of rounded.

    The step of the last printed digit is the width of the rounded range. NaN where the value is
    not a rounded one. The far end is not in the range: 18.0 is not cut off to 17.9. Closed bounds
    say so by ending a billionth of a step before: more than float arithmetic is off.
    """
    with np.errstate(all="ignore"):
        step = np.where((low < value) & (value < high), high - low, np.nan)
        fine, coarse = np.rint(1 / step), np.rint(step)  # one of them exact: 0.1 is no float
        steps = np.rint(np.where(step < 1, value * fine, value / coarse))
        within = 1 - 1e-9 - 16 * np.finfo(float).eps * np.abs(steps)
        below, above = (
            np.where(step < 1, end / fine, end * coarse) for end in (steps - within, steps + within)
        )
    unknown = ~(within > 0.9)  # no step, or one too fine for floats to tell
    low, high = np.where(value > 0, value, below), np.where(value < 0, value, above)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)
