"""Audit: printed claims against their own parts, and the single slip that would explain each.

Every claim of a kind is judged at once, in columns; only a contradiction is looked at by itself.
A claim agrees where the printed range and the recomputed range meet: then there are numbers that
the author may have had which make it true. Where none exist, no rounding can explain it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from .bounds import Bounds, Column, Floats, Whole, elementwise

if TYPE_CHECKING:
    from .extract import Extract

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

# Slips, nearest first: those that leave every printed digit as it stands, then those that alter
# one place, then those that move or replace a whole figure. The fewer figures a slip could have
# led to, the less likely it is that it fits by chance.
SLIPS = (
    "cut off, not rounded",
    "the other sign",
    "divided by the current value, not the prior",
    "percent and percentage points confused",
    "left out of the total",
    "one digit",
    "two digits swapped",
    "wrong power of ten",
    "repeated from another claim",
)
CUT, SIGN, BY_CURRENT, AS_POINTS, LEFT_OUT, DIGIT, SWAP, POWER, REPEATED = range(9)
POWERS = {1: "10", 4: "万", 8: "亿"}
MOST_SLIPS = 5
_AT_ONCE = 4096  # contradictions explained together: some 100 candidates each, held in memory

# Rows of `figures` that a claim's role can point to beside the real ones.
_MISSING, _NO_ROLE = -1, -2
_TINY, _HUGE = 1e-300, 1e300  # stand for "above zero" as a divisor, and for an open end
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_DIRECTION = re.compile(
    r"[增减減升降涨漲跌落高低多少超+\-−]|ris|rose|fell|fall|grow|grew|declin|creas|more|less|fewer|up|down"
)
_PER = re.compile(r"(?:/|每|per )\s*(\d+)?([十百千万萬亿億]*)")
_POWER_OF = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


def smallest_base(percent: Bounds) -> Column:
    """The smallest whole number that a printed percentage can be a share of.

    That is the least n for which some whole k has 100 × k / n inside ``percent``: the denominator
    of the simplest fraction there, by continued fractions (Stern-Brocot). Whether a base can give
    a printed mean or percentage at all is the GRIM test (Brown & Heathers, "The GRIM test",
    Social Psychological and Personality Science 8, 2017).

    An integer for scalar bounds (None where all of them are below zero or not known), floats for
    columns (NaN there).

    >>> smallest_base(Bounds(94.005, 94.015))
    167
    """
    bases = elementwise(_smallest_bases, 1, percent.low, percent.high)[0]
    if np.ndim(bases) or hasattr(bases, "map_partitions"):
        return bases
    return None if math.isnan(bases) else int(bases)


def _smallest_bases(low: Floats, high: Floats) -> list[Floats]:
    pairs = np.stack([np.ravel(low), np.ravel(high)])
    distinct, place = np.unique(pairs, axis=1, return_inverse=True)  # percentages repeat
    bases = [_smallest_base(*pair) for pair in distinct.T.tolist()]
    return [np.array(bases, dtype=np.float64)[place].reshape(np.shape(low))]


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
    """Which whole numbers out of ``base`` a printed percentage can stand for.

    ``percent`` and ``base`` are scalars or columns, so one percentage can be held against a column
    of bases. Gives the first and last such number, how many, and which where only one; where there
    is none, no count out of this base was printed as that percentage (the GRIM test, see
    `smallest_base`).

    >>> possible_counts(Bounds(94.005, 94.015), 167)
    Whole(low=157, high=157, count=1, only=157)
    >>> possible_counts(Bounds(94.005, 94.015), np.array([100, 167])).count
    array([0., 1.])
    """
    count: Bounds = percent * base / 100
    return count.whole


def audit(extract: Extract) -> pd.DataFrame:
    """Judge every printed claim of an extract: one row a relation, in order of first appearance.

    Index ``relation``. Columns, in the unit of the printed result:

    - kind: ``sum``, ``part``, ``ratio``, ``change`` or ``difference``
    - printed_low, printed_high: bounds of the printed result (the total, rate, change, difference)
    - recomputed_low, recomputed_high: bounds of the same from its parts. Where a part is not
      printed: from the whole number that comes nearest, or all that is possible (a fall to no less
      than -100 percent; ``inf`` is an open end). NaN where nothing can be recomputed
    - gap: how far apart the two are, 0 where they meet (for ``part``: by how much the parts exceed
      the total), NaN where not known
    - verdict: ``agrees``; ``agrees if truncated`` where the result agrees once it is taken as cut
      off after its last digit, not rounded; ``contradicts``; ``cannot tell``
    - explanation: of a contradiction, the single slips that would reconcile it, nearest first (see
      `SLIPS`; within a kind the result comes before its parts, then the smaller relative change),
      each verified by recomputing, five at most; why nothing can be told; what was assumed

    Where a change has several printed companions (prior and difference), each is checked; the
    row shows the first check that fails. A change and a difference that are relations of their own
    but share current and prior (or difference) are checked against each other as well.

    A claim also agrees, and the explanation says so, where it is true once a figure is taken for
    what its text may as well be: a prior for the difference, a denominator for the rest (101 of
    101 + 244), a difference without a word of direction for a distance.

    Whole numbers count: 178 cases at +44.4% contradict, since no whole number of cases a year
    earlier gives that change. Only figures of measure ``count`` whose bounds are whole are held to
    that; a count printed as an average (488 a day) is not.

    Units are not compared: `load` reports unlike ones. Raises `ValueError` where a figure's low is
    above its high.

    >>> from analysis.extract import load
    >>> found = audit(load("data/datong-2018"))
    >>> found.loc["mediation_rate", ["recomputed_low", "gap"]].astype(float).round(2).tolist()
    [89.75, 0.1]
    >>> found.verdict.value_counts().to_dict()
    {'agrees': 5, 'contradicts': 1}
    """
    figures, table = _Figures.of(extract.figures), extract.relations
    number, names = pd.factorize(table["relation"])
    first = np.flatnonzero(~pd.Series(number).duplicated().to_numpy())
    kind_of = _codes(table["kind"], list(KINDS))[first]
    lines = number, _codes(table["role"], ROLES), _rows_of(table["figure"], extract.figures.index)
    audited = {
        kind: _Audited.of(kind, np.flatnonzero(kind_of == n), *lines, figures)
        for n, kind in enumerate(KINDS)
    }
    _check_pairs(audited["change"], audited["difference"])

    judged = np.full((5, len(names)), np.nan)
    verdict = np.full(len(names), CANNOT_TELL)
    explanation = np.full(len(names), "not a known kind of relation", dtype=object)
    repeatable = _repeatable(audited.values(), pd.Index(names))
    for each in audited.values():
        judged[:, each.rows], verdict[each.rows] = each.judged, each.verdict
        explanation[each.rows] = each.note
        contradicting = np.flatnonzero(each.verdict == CONTRADICTS)
        for start in range(0, len(contradicting), _AT_ONCE):
            columns = contradicting[start : start + _AT_ONCE]
            explanation[each.rows[columns]] = _explanations(each, columns, figures, repeatable)
    ranges = ["printed_low", "printed_high", "recomputed_low", "recomputed_high", "gap"]
    return pd.DataFrame(
        {"kind": table["kind"].to_numpy()[first]}
        | dict(zip(ranges, judged, strict=True))
        | {"verdict": np.array(VERDICTS, dtype=object)[verdict], "explanation": explanation},
        index=pd.Index(names, name="relation"),
    )


def _rows_of(figure: Any, index: pd.Index) -> Ints:
    """In which row of ``index`` each figure stands. One hash table; `get_indexer` builds two."""
    keys = np.concatenate([index.to_numpy(dtype=object), figure.to_numpy(dtype=object)])
    rows = pd.factorize(keys)[0][len(index) :].astype(np.int64)
    return np.where(rows < len(index), rows, _MISSING)


def _codes(column: Any, names: Sequence[str]) -> Ints:
    """The place of each of a column's values in ``names``, -1 where it is not among them."""
    return pd.Index(names).get_indexer(pd.Index(column)).astype(np.int64)


@dataclass
class _Figures:
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

        def texts(name: str) -> Any:
            return frame[name] if name in frame else pd.Series("", index=frame.index)

        unit_codes, units = pd.factorize(texts("unit"))
        factors = np.array([*map(_factor, units.tolist()), 1.0])  # the last for no unit at all
        return cls(
            reported=texts("reported").to_numpy(dtype=object),
            value=floats("value"),
            low=floats("low"),
            high=floats("high"),
            measure=np.append(_codes(texts("measure"), MEASURES), [-1, -1]),
            factor=np.append(factors[unit_codes], [1.0, 1.0]),
            real=np.append(_codes(texts("basis"), ["real"]) == 0, [False, False]),
        )


def _factor(unit: str) -> float:
    """What a quotient of 1 is printed as in a rate's unit: 100 percent, 100000 起/10万人.

    >>> [_factor(unit) for unit in ("percent", "‰", "起/10万人", "件/人")]
    [100.0, 1000.0, 100000.0, 1.0]
    """
    shares = {"percent": 100.0, "%": 100.0, "‰": 1000.0, "‱": 10000.0}
    per = _PER.search(unit)
    if unit in shares or per is None:
        return shares.get(unit, 1.0)
    return float(int(per[1] or 1) * math.prod(_POWER_OF[power] for power in per[2]))


@dataclass
class _Claims:
    """Claims of one kind, a column each. Where there are rows, they are the roles of the kind."""

    figure: Ints  # row of the figure; _MISSING, _NO_ROLE. Of the parts of a sum together: 0
    low: Floats
    high: Floats
    measure: Ints
    value: Floats  # of the result
    factor: Floats
    real: Bools

    def take(self, columns: Any) -> _Claims:
        return _Claims(*(getattr(self, field.name)[..., columns] for field in fields(self)))

    def bounds(self, role: int) -> Bounds:
        return Bounds(self.low[role], self.high[role])

    def has(self, role: int) -> Bools:
        filled: Bools = self.figure[role] != _NO_ROLE
        return filled

    def whole(self, role: int) -> Bools:
        """Whether a role's figure is a whole number: averages and decimals end in halves."""
        low, high = self.low[role], self.high[role]
        whole: Bools = (np.floor(low) == low) & (np.floor(high) == high)
        whole &= self.measure[role] == COUNT
        return whole

    def incomplete(self) -> Bools:
        """Whether a figure of the claim is missing, or its bounds are not known."""
        missing = (self.figure == _MISSING) | (self.figure != _NO_ROLE) & np.isnan(self.low)
        incomplete: Bools = missing.any(axis=0)
        return incomplete

    def put(self, role: int, low: Floats, high: Floats) -> _Claims:
        """The same claims with other bounds in one role."""
        lows, highs = self.low.copy(), self.high.copy()
        lows[role], highs[role] = low, high
        return replace(self, low=lows, high=highs)

    def prior_as_difference(self) -> _Claims:
        """The same claims of a change with the prior's figure in the difference's role."""
        order = [0, 1, 3, 2]  # the empty role goes where the prior was
        return replace(self, **{name: getattr(self, name)[order] for name in _BY_ROLE})


_BY_ROLE = ("figure", "low", "high", "measure")  # what of a claim has a row for each role

# A check: for which claims, against the figure of which role, recomputed how.
_Check = tuple[Bools, int, Callable[[_Claims], Bounds]]


def _sum_checks(c: _Claims) -> Iterator[_Check]:
    yield c.has(0) & c.has(1), 0, lambda c: c.bounds(1)


def _ratio_checks(c: _Claims) -> Iterator[_Check]:
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


def _ratio(c: _Claims) -> Bounds:
    return _known(c.low[2] > 0, c.bounds(1) * c.factor / c.bounds(2))


def _change_checks(c: _Claims) -> Iterator[_Check]:
    """Change, current, prior, difference."""
    change, current, prior, difference = (c.has(role) for role in range(4))
    # The points of a count can only be a loose word for percent.
    points = (c.measure[0] == POINTS) & ~np.isin(c.measure[1], (COUNT, AMOUNT))
    change &= ~np.isin(c.measure[0], (COUNT, AMOUNT))
    # Growth at constant prices has no nominal prior.
    plain, alone = change & ~points & ~c.real, change & ~prior & ~difference
    yield plain & current & prior, 0, _growth
    yield plain & current & difference, 0, _growth_by_difference
    yield change & points & current & prior, 0, lambda c: c.bounds(1) - c.bounds(2)
    yield change & points & difference, 0, lambda c: c.bounds(3)
    yield current & prior & difference, 3, lambda c: c.bounds(1) - c.bounds(2)
    counted = alone & plain & current & c.whole(1)
    yield counted, 0, _growth_by_whole_prior
    yield alone & plain & ~counted, 0, lambda c: _at_least(np.where(c.low[1] < 0, -np.inf, -100), c)
    yield alone & points, 0, lambda c: _at_least(-np.inf, c)
    yield change & c.real & (c.high[0] < -100), 0, lambda c: _at_least(-100.0, c)


def _growth(c: _Claims) -> Bounds:
    return _known(c.low[2] > 0, c.bounds(1) * 100 / c.bounds(2) - 100)


def _growth_by_difference(c: _Claims) -> Bounds:
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


def _growth_by_whole_prior(c: _Claims) -> Bounds:
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
    closer = _gap(printed, other) < _gap(printed, one)
    return Bounds(np.where(closer, other.low, one.low), np.where(closer, other.high, one.high))


def _gap(a: Bounds, b: Bounds) -> Floats:
    """How far apart two ranges are: 0 where they meet, NaN where one is not known."""
    with np.errstate(invalid="ignore"):
        gap: Floats = np.maximum(np.maximum(a.low - b.high, b.low - a.high), 0.0)
    return gap


def _known(condition: Bools, bounds: Bounds) -> Bounds:
    nan = np.nan
    return Bounds(np.where(condition, bounds.low, nan), np.where(condition, bounds.high, nan))


def _at_least(low: Column, c: _Claims) -> Bounds:
    lows: Floats = np.broadcast_to(np.float64(low), c.value.shape)
    return Bounds(lows, np.full(c.value.shape, np.inf))


def _difference_checks(c: _Claims) -> Iterator[_Check]:
    all_three = c.has(0) & c.has(1) & c.has(2)
    yield all_three, 0, lambda c: c.bounds(1) - c.bounds(2)


_CHECKS: dict[str, Callable[[_Claims], Iterator[_Check]]] = {
    "sum": _sum_checks,
    "part": _sum_checks,
    "ratio": _ratio_checks,
    "change": _change_checks,
    "difference": _difference_checks,
}


def _judge(kind: str, c: _Claims) -> Floats:
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
        gap = _gap(Bounds(least, printed.high), recomputed)
        before = judged[4, columns]
        first = np.isnan(before) | ((gap > 0) & (before == 0))
        found = np.stack([printed.low, printed.high, recomputed.low, recomputed.high, gap])
        judged[:, columns[first]] = found[:, first]
    return judged


def _cut_off(value: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The range of numbers that print as ``value`` if digits are cut off instead of rounded.

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


@dataclass
class _Audited:
    """The claims of one kind, and what was found of each."""

    kind: str
    rows: Ints  # where they stand among all relations
    claims: _Claims
    parts: pd.DataFrame  # of sums: claim and figure of each part
    judged: Floats
    verdict: Ints
    note: npt.NDArray[np.object_]

    @classmethod
    def of(
        cls, kind: str, rows: Ints, number: Ints, role: Ints, row: Ints, figures: _Figures
    ) -> Self:
        """Audit the relations at ``rows``; ``number``, ``role``, ``row`` are a table's lines."""
        claims, parts = _claims(kind, rows, number, role, row, figures)
        verdict = np.full(len(rows), CANNOT_TELL)
        note = np.full(len(rows), "", dtype=object)
        audited = cls(kind, rows, claims, parts, np.empty((5, len(rows))), verdict, note)
        audited.settle(np.arange(len(rows)), claims)
        audited._read_otherwise(figures)
        unknown = audited.verdict == CANNOT_TELL
        note[unknown] = "the base may be zero, or a role is not filled"
        note[unknown & claims.real] = "growth at constant prices has no nominal prior"
        note[unknown & claims.incomplete()] = "a figure is missing or has no bounds"
        return audited

    def settle(self, columns: Ints, claims: _Claims) -> None:
        """Judge ``claims``, which stand in ``columns``, by rounding and then by cutting off."""
        if claims is not self.claims:
            for field in fields(claims):
                getattr(self.claims, field.name)[..., columns] = getattr(claims, field.name)
        judged = _judge(self.kind, claims)
        gap = judged[4]
        verdict = np.select([gap == 0, gap > 0], [AGREES, CONTRADICTS], CANNOT_TELL)
        apart = np.flatnonzero(verdict == CONTRADICTS)
        if apart.size:
            some = claims.take(apart)
            cut = _judge(self.kind, some.put(0, *_cut_off(some.value, some.low[0], some.high[0])))
            verdict[apart[cut[4] == 0]] = TRUNCATED
        self.judged[:, columns], self.verdict[columns] = judged, verdict
        self.note[columns[verdict == TRUNCATED]] = SLIPS[CUT]

    def _read_otherwise(self, figures: _Figures) -> None:
        """Accept claims that fail only because of what a figure was taken for, and say so."""
        if self.kind == "change":
            # 289宗 beside a change may be the difference, though entered as the prior.
            columns = self._failing(self.claims.has(2) & ~self.claims.has(3))
            moved = self.claims.take(columns).prior_as_difference()
            self._accept(columns, moved, "agrees with the printed prior taken as the difference")
        if self.kind == "ratio":
            # 101 of 101 + 244: the denominator may be the rest. n / (n + d) is 1 / (1 + d / n).
            c = self.claims
            columns = self._failing(c.has(1) & c.has(2) & (c.factor > 1) & (c.low[1] > 0))
            c = c.take(columns)
            both = c.bounds(2) / c.bounds(1) + 1
            one = np.ones(len(columns))
            added = c.put(1, one, one).put(2, both.low, both.high)
            self._accept(columns, added, "agrees with the denominator taken as the rest")
        if self.kind in ("change", "difference"):
            # A difference printed without a word for its direction claims the distance only.
            role = KINDS[self.kind].index("difference")
            columns = self._failing(self.claims.figure[role] >= 0)
            texts = figures.reported[self.claims.figure[role, columns]].tolist()
            silent = [not _DIRECTION.search(str(text)) for text in texts]
            columns = columns[np.array(silent, dtype=bool)]
            c = self.claims.take(columns)
            turned = c.put(role, -c.high[role], -c.low[role])
            turned.value = -c.value if role == 0 else c.value
            self._accept(columns, turned, "agrees with the unsigned difference in its direction")

    def _failing(self, condition: Bools) -> Ints:
        return np.flatnonzero(condition & (self.verdict >= CONTRADICTS))

    def _accept(self, columns: Ints, claims: _Claims, note: str) -> None:
        agree = np.flatnonzero(_judge(self.kind, claims)[4] == 0)
        self.settle(columns[agree], claims.take(agree))
        self.note[columns[agree]] = note

    def figures(self, columns: Ints) -> pd.DataFrame:
        """Every figure of the claims in ``columns``: claim (its place there), role and figure."""
        figure = self.claims.figure[:, columns]
        if self.kind not in ("sum", "part"):
            role, claim = np.nonzero(figure >= 0)
            return pd.DataFrame({"claim": claim, "role": role, "figure": figure[role, claim]})
        place = np.full(len(self.rows), -1)
        place[columns] = np.arange(len(columns))
        parts = self.parts.assign(claim=place[self.parts["claim"]], role=1)
        totals = pd.DataFrame({"claim": np.arange(len(columns)), "role": 0, "figure": figure[0]})
        return pd.concat([totals, parts[parts["claim"] >= 0]], ignore_index=True)


def _claims(
    kind: str, rows: Ints, number: Ints, role: Ints, row: Ints, figures: _Figures
) -> tuple[_Claims, pd.DataFrame]:
    """The lines of the relations at ``rows`` as one column a claim; the parts of sums beside."""
    place = np.full(int(number.max(initial=-1)) + 1, -1)
    place[rows] = np.arange(len(rows))
    lines = np.flatnonzero(place[number] >= 0)
    claim, row = place[number[lines]], row[lines]
    roles = KINDS[kind]
    in_kind = np.array([*(roles.index(name) if name in roles else -1 for name in ROLES), -1])
    role = in_kind[role[lines]]
    is_part = (role == 1) & (kind in ("sum", "part"))
    single = (role >= 0) & ~is_part

    figure = np.full((len(roles), len(rows)), _NO_ROLE)
    figure[role[single], claim[single]] = row[single]
    # A role that the kind does not have, or that two figures have, leaves the claim unclear.
    cells = np.bincount(role[single] * len(rows) + claim[single], minlength=figure.size)
    figure[cells.reshape(figure.shape) > 1] = _MISSING
    figure[0, claim[role < 0]] = _MISSING
    low, high, measure = figures.low[figure], figures.high[figure], figures.measure[figure]
    parts = pd.DataFrame({"claim": claim[is_part], "figure": row[is_part]})
    if kind in ("sum", "part"):
        of, part = parts["claim"].to_numpy(), parts["figure"].to_numpy()
        low[1], high[1] = _sums(of, figures.low[part], figures.high[part], len(rows))
        figure[1, of] = 0
        figure[1, of[part == _MISSING]] = _MISSING
    result = figure[0]
    columns = figures.value[result], figures.factor[result], figures.real[result]
    return _Claims(figure, low, high, measure, *columns), parts


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


def _check_pairs(changes: _Audited, differences: _Audited) -> None:
    """A change and a difference of the same pair, printed as two relations, are held together.

    The same pair: they share the current figure and the prior (or the difference). Only where each
    agrees by itself, so that a slip is reported where it is, and once.
    """
    c, d = changes.claims, differences.claims
    span = int(max(c.figure.max(initial=0), d.figure.max(initial=0))) + 1
    sound = np.flatnonzero(differences.verdict == AGREES)
    # Roles of a change and of a difference: what they share, what the one lends the other.
    for (mine, theirs), (to, lent) in (((2, 2), (3, 0)), ((3, 0), (2, 2))):
        keys = pd.Index(d.figure[1, sound] * span + d.figure[theirs, sound])
        once = ~keys.duplicated()
        open_to = c.has(1) & c.has(mine) & ~c.has(to) & (changes.verdict == AGREES)
        columns = np.flatnonzero(open_to)
        found = keys[once].get_indexer(
            pd.Index(c.figure[1, columns] * span + c.figure[mine, columns])
        )
        columns, lender = columns[found >= 0], sound[once][found[found >= 0]]
        joined = c.take(columns)
        for name in _BY_ROLE:
            getattr(joined, name)[to] = getattr(d, name)[lent, lender]
        changes.settle(columns, joined)


def _edits(rows: Ints, figures: _Figures) -> pd.DataFrame:
    """Every single slip of every figure in ``rows``, not yet held against any claim.

    Columns: figure, the low and high it would have had, slip, size (relative change of the value),
    place (of the digit, or the power of ten), digit.
    """
    value, low, high = figures.value[rows], figures.low[rows], figures.high[rows]
    measure = figures.measure[rows]
    found = [_digit_edits(rows, figures)]

    def add(at: Ints, low: Floats, high: Floats, slip: int, power: int = 0) -> None:
        columns = {"figure": at, "low": low, "high": high, "slip": slip, "size": abs(power)}
        found.append(pd.DataFrame(columns | {"place": power, "digit": 0}))

    every = np.flatnonzero(np.isfinite(value) & (value != 0))
    add(every, -high[every], -low[every], SIGN)
    cut = np.flatnonzero(np.isfinite(_cut_off(value, low, high)[0]))
    add(cut, *_cut_off(value[cut], low[cut], high[cut]), CUT)
    for power in POWERS:
        # Percentages are not printed in 万 and 亿.
        at = every[np.isin(measure[every], (COUNT, AMOUNT)) | (power == 1)]
        by = 10.0**power
        add(at, low[at] * by, high[at] * by, POWER, power)
        add(at, low[at] / by, high[at] / by, POWER, -power)
    edits: pd.DataFrame = pd.concat(found, ignore_index=True)
    # A whole count stays one.
    at, end = edits["figure"].to_numpy(), edits["low"].to_numpy()
    whole = (measure == COUNT) & (low == high) & (low == np.rint(low))
    edits = edits[~whole[at] | (end == np.rint(end))]
    return edits.assign(figure=rows[edits["figure"]])


def _digit_edits(rows: Ints, figures: _Figures) -> pd.DataFrame:
    """As `_edits`: each digit altered to each other one, each two neighbours swapped."""
    value = figures.value[rows]
    texts = [str(figures.reported[row]) for row in rows.tolist()]
    places = [_digits(*each) for each in zip(texts, value.tolist(), strict=True)]
    count = np.array([len(each) for each in places])
    column = np.arange(max(int(count.max(initial=1)), 2))
    digits = np.full((len(rows), len(column)), -1)
    several = np.zeros(len(rows), dtype=bool)  # digits before the point
    for n, (text, each) in enumerate(zip(texts, places, strict=True)):
        digits[n, : len(each)] = [int(text[at]) for at in each]
        several[n] = len(each) > 1 and text[each[0] + 1] not in ".．"
    there = digits >= 0
    weight = np.where(there, 10.0 ** np.maximum(count[:, None] - 1 - column, 0), 0.0)
    number = (digits * weight).sum(axis=1)  # all digits as one integer: 857 of 85.7%

    altered = (np.arange(10) - digits[..., None]) * weight[..., None]
    altered[several, 0, 0] = 0  # a number does not begin with 0, nor is nothing printed
    altered[number[:, None, None] + altered == 0] = 0
    swapped = (digits[:, 1:] - digits[:, :-1]) * (weight[:, :-1] - weight[:, 1:])
    swapped[~there[:, 1:]] = 0
    at, place, digit = np.nonzero(altered)
    swap_at, swap_place = np.nonzero(swapped)
    shift = np.concatenate([altered[at, place, digit], swapped[swap_at, swap_place]])
    slip = np.repeat([DIGIT, SWAP], [len(at), len(swap_at)])
    at, place = np.concatenate([at, swap_at]), np.concatenate([place, swap_place])
    digit = np.append(digit, np.zeros(len(swap_at), dtype=np.int64))
    with np.errstate(all="ignore"):
        # value / number is a power of ten, of which only those from 1 up are exact as floats.
        up, down = np.rint(value / number)[at], np.rint(number / value)[at]
        edited = number[at] + shift
        moved = np.where(np.abs(up) >= 1, edited * up, edited / down)
    row = rows[at]
    bounds = Bounds(moved, moved) + (Bounds(figures.low[row], figures.high[row]) - value[at])
    columns = {"figure": at, "low": bounds.low, "high": bounds.high}
    columns |= {"slip": slip, "size": np.abs(shift / number[at]), "place": place, "digit": digit}
    return pd.DataFrame(columns)


def _digits(reported: str, value: float) -> list[int]:
    """Where the digits of the figure's number stand in ``reported``; none where it has no number.

    >>> _digits("每10万人118.4件", 118.4)
    [5, 6, 7, 9]
    """
    text = reported.translate(_HALF_WIDTH)
    for found in _NUMBER.finditer(text):
        number = float(found[0].replace(",", ""))
        # The text may hold other numbers; the figure's own gives the value by a power of ten.
        power = math.log10(abs(value) / number) if number and value else math.nan
        if abs(power - np.rint(power)) < 1e-9:
            places = [at for at in range(*found.span()) if text[at].isdigit()]
            return places if len(places) <= 15 else []
    return []


def _explanations(
    audited: _Audited, columns: Ints, figures: _Figures, repeatable: pd.DataFrame
) -> list[str]:
    """For each contradicting claim in ``columns``, the single slips that would reconcile it."""
    kind, claims = audited.kind, audited.claims.take(columns)
    pairs = audited.figures(columns)
    tries = pairs.merge(_edits(np.unique(pairs["figure"]), figures), on="figure")
    # Only changes and differences have a sign; a result that is cut off has been judged already.
    signed = (kind in ("change", "difference")) & tries["role"].isin([0, 3])
    usual = signed.where(tries["slip"] == SIGN, (tries["slip"] != CUT) | (tries["role"] != 0))
    tries = tries[usual]
    claim, role, low, high = (tries[name].to_numpy() for name in ("claim", "role", "low", "high"))
    if kind in ("sum", "part"):
        rest_low, rest_high = _rest(tries, claims, figures)
        low = np.where(role == 1, (rest_low + low).low, low)
        high = np.where(role == 1, (rest_high + high).high, high)
    tried, column = claims.take(claim), np.arange(len(claim))
    tried.low[role, column], tried.high[role, column] = low, high
    fits = tries[_judge(kind, tried)[4] == 0]

    of_claims = _slips_of_claims(kind, claims, pairs, figures, repeatable)
    slips = pd.concat([fits, *of_claims]).fillna(0)
    # Nearest first: see SLIPS; the result before its parts; the smaller relative change.
    slips["is_part"] = slips["role"] > 0
    order = ["claim", "slip", "is_part", "size", "role", "figure", "place", "digit"]
    slips = slips.sort_values(order)
    many = np.bincount(slips["claim"].astype(np.int64), minlength=len(columns))
    shown = slips[["slip", "figure", "place", "digit"]].to_numpy(np.int64)
    texts = []
    for start, count in zip((np.cumsum(many) - many).tolist(), many.tolist(), strict=True):
        nearest = shown[start : start + min(count, MOST_SLIPS)].tolist()
        lines = [_text(slip, at, figures, repeatable) for slip, *at in nearest]
        more = [f"and {count - MOST_SLIPS} more"] if count > MOST_SLIPS else []
        texts.append("; ".join(lines + more) or "no single slip found")
    return texts


def _rest(pairs: pd.DataFrame, c: _Claims, figures: _Figures) -> tuple[Bounds, Bounds]:
    """The two ends of each pair's sum without its figure, each as bounds of its own."""
    claim, figure = pairs["claim"].to_numpy(), pairs["figure"].to_numpy()
    low, high = c.low[1, claim], c.high[1, claim]
    return Bounds(low, low) - figures.low[figure], Bounds(high, high) - figures.high[figure]


def _slips_of_claims(
    kind: str, c: _Claims, pairs: pd.DataFrame, figures: _Figures, repeatable: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """Slips that are not of one figure's text but of what was done with the figures."""
    printed, points = c.bounds(0), c.measure[0] == POINTS
    claims = pd.DataFrame({"claim": np.arange(len(c.value)), "role": 0, "figure": c.figure[0]})

    def fitting(where: Bools, recomputed: Bounds, slip: int) -> pd.DataFrame:
        fits: pd.DataFrame = claims[where & (_gap(printed, recomputed) == 0)]
        return fits.assign(slip=slip)

    if kind in ("change", "difference"):
        current, prior = c.bounds(1), c.bounds(2)
        rates = c.has(2) & (c.measure[1] == RATE)
        yield fitting(rates & points, _growth(c), AS_POINTS)
    if kind == "change":
        yield fitting(rates & ~points, current - prior, AS_POINTS)
        yield fitting(c.has(2) & ~points, 100 - prior * 100 / current, BY_CURRENT)
        by_current = c.bounds(3) * 100 / current
        yield fitting(c.has(3) & ~c.has(2) & ~points, by_current, BY_CURRENT)
    if kind in ("ratio", "change"):
        keys = pd.MultiIndex.from_arrays([c.value, c.low[0], c.high[0]])
        other = pd.MultiIndex.from_frame(repeatable[["value", "low", "high"]]).get_indexer(keys)
        yield claims.assign(slip=REPEATED, place=other)[other >= 0]
    if kind == "sum":
        parts = pairs[pairs["role"] == 1]
        low, high = _rest(parts, c, figures)
        total = c.take(parts["claim"].to_numpy()).bounds(0)
        yield parts[_gap(total, Bounds(low.low, high.high)) == 0].assign(slip=LEFT_OUT)


def _repeatable(audited: Iterable[_Audited], names: pd.Index) -> pd.DataFrame:
    """The printed percentages that their own claims bear out: what a slip may have repeated."""
    kept = []
    for each in audited:
        if each.kind in ("ratio", "change"):
            c = each.claims
            sound = (each.verdict == AGREES) & np.isfinite(each.judged[3]) & (c.factor >= 100)
            columns = {"value": c.value, "low": c.low[0], "high": c.high[0], "row": each.rows}
            kept.append(pd.DataFrame(columns)[sound])
    first: pd.DataFrame = (
        pd.concat(kept).sort_values("row").drop_duplicates(["value", "low", "high"])
    )
    return first.assign(relation=names[first["row"]])


def _text(slip: int, at: list[int], figures: _Figures, repeatable: pd.DataFrame) -> str:
    """One slip in words, with the printed figure; ``at`` is its figure, place and digit."""
    row, place, digit = at
    printed = str(figures.reported[row])
    if slip == POWER:
        return f"{printed} {'×' if place > 0 else '÷'} {POWERS[abs(place)]} ({SLIPS[slip]})"
    if slip in (DIGIT, SWAP):
        places = _digits(printed, figures.value[row])
        signs = list(printed)
        if slip == DIGIT:
            signs[places[place]] = str(digit)
        else:
            here, after = places[place : place + 2]
            signs[here], signs[after] = signs[after], signs[here]
        return f"{printed} → {''.join(signs)} ({SLIPS[slip]})"
    source = f" ({repeatable['relation'].iloc[place]})" if slip == REPEATED else ""
    return f"{printed}: {SLIPS[slip]}{source}"
