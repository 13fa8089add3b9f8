"""Claims in columns: what an extract's relations say, each recomputed from its own parts.

All claims of a kind are a `Claims`: a column each, a row a role. `judge` recomputes them at once,
by the equations of their kind, and tells how far the printed and the recomputed ranges are apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ..bounds import Bounds
from ..kinds import EQUATIONS, KINDS, ROLES, Solution
from ..rounding import Floats
from .printed import COUNT, MISSING, RATE, Bools, Figures, Ints, Lines

VERDICTS = ("agrees", "agrees if truncated", "contradicts", "cannot tell")
AGREES, TRUNCATED, CONTRADICTS, CANNOT_TELL = range(4)
UNFILLED = -2  # the row of a figure that a claim has none of


class Members(NamedTuple):
    """Figures of claims, in columns: the claim (its place among those of its kind), the role."""

    claim: Ints
    role: Ints
    figure: Ints

    def take(self, rows: Any) -> Members:
        return Members(self.claim[rows], self.role[rows], self.figure[rows])


@dataclass
class Claims:
    """Claims of one kind, a column each. Where there are rows, they are the roles of the kind."""

    kind: str
    figure: Ints  # row of the figure; MISSING, UNFILLED. Of the parts of a sum together: 0
    low: Floats
    high: Floats
    measure: Ints
    counted: Bools
    result: Ints  # the role of the result, which is `value`
    value: Floats
    factor: Floats  # of ratios, two rows, as in `Figures.factors`
    end: Floats
    real: Bools

    def __len__(self) -> int:
        return len(self.value)

    def row(self, role: str) -> int:
        """Which row a role is."""
        return list(KINDS[self.kind].roles).index(role)

    def take(self, columns: Any) -> Claims:
        taken = {name: getattr(self, name)[..., columns] for name in _COLUMNS}
        return replace(self, **taken)

    def bounds(self, role: str) -> Bounds:
        return Bounds.made(self.low[self.row(role)], self.high[self.row(role)])

    @property
    def printed(self) -> Bounds:
        """The bounds of the result."""
        columns = np.arange(len(self))
        return Bounds.made(self.low[self.result, columns], self.high[self.result, columns])

    def has(self, *roles: str) -> Bools:
        """Whether all of these roles have a figure."""
        filled: Bools = (self.figure[[self.row(role) for role in roles]] != UNFILLED).all(axis=0)
        return filled

    def closed(self, *roles: str) -> Bools:
        """Whether the figures of all these roles have bounds with both ends."""
        rows = [self.row(role) for role in roles]
        closed: Bools = np.logical_and.reduce(np.isfinite(self.high[rows] - self.low[rows]))
        return closed

    def is_(self, role: str, measure: int) -> Bools:
        found: Bools = self.measure[self.row(role)] == measure
        return found

    def whole(self, role: str) -> Bools:
        """Whether a role's figure is a count of things: averages and decimals end in halves."""
        low, high = self.low[self.row(role)], self.high[self.row(role)]
        whole: Bools = (np.floor(low) == low) & (np.floor(high) == high)
        whole &= self.counted[self.row(role)]
        return whole

    def incomplete(self) -> Bools:
        """Whether a figure of the claim is missing, or its bounds are not known."""
        missing = (self.figure == MISSING) | (self.figure != UNFILLED) & np.isnan(self.low)
        incomplete: Bools = missing.any(axis=0)
        return incomplete

    def with_bounds(self, role: str | Ints, bounds: Bounds) -> Claims:
        """The same claims with other bounds in one role, the same or one for each."""
        row = self.row(role) if isinstance(role, str) else role
        lows, highs = self.low.copy(), self.high.copy()
        lows[row, np.arange(len(self))], highs[row, np.arange(len(self))] = bounds.low, bounds.high
        return replace(self, low=lows, high=highs)

    def replace_at(self, columns: Ints, claims: Claims) -> None:
        """Put other claims in the place of some."""
        for name in _COLUMNS:
            getattr(self, name)[..., columns] = getattr(claims, name)

    def exchanged(self, one: str, other: str) -> Claims:
        """The same claims with the figures of two roles exchanged."""
        order = np.arange(len(self.figure))
        order[[self.row(one), self.row(other)]] = self.row(other), self.row(one)
        names = ("figure", "low", "high", "measure", "counted")
        return replace(self, **{name: getattr(self, name)[order] for name in names})


_COLUMNS = [field.name for field in fields(Claims) if field.name != "kind"]


def claims_of(kind: str, rows: Ints, lines: Lines, figures: Figures) -> tuple[Claims, Members]:
    """The claims of one kind, numbered `rows` in `lines`; and the parts of sums."""
    place = np.full(int(lines.claim.max(initial=-1)) + 1, -1)
    place[rows] = np.arange(len(rows))
    some = np.flatnonzero(place[lines.claim] >= 0)
    claim, row = place[lines.claim[some]], lines.figure[some]
    roles = list(KINDS[kind].roles)
    in_kind = np.array([*(roles.index(name) if name in roles else -1 for name in ROLES), -1])
    role = in_kind[lines.role[some]]
    is_part = (role == roles.index("part")) if "part" in roles else np.zeros(len(role), dtype=bool)
    single = (role >= 0) & ~is_part

    figure = np.full((len(roles), len(rows)), UNFILLED)
    figure[role[single], claim[single]] = row[single]
    # A role that the kind does not have, or that two figures have, leaves the claim unclear.
    cells = np.bincount(role[single] * len(rows) + claim[single], minlength=figure.size)
    figure[cells.reshape(figure.shape) > 1] = MISSING
    figure[0, claim[role < 0]] = MISSING
    low, high = figures.low[figure], figures.high[figure]
    parts = Members(claim[is_part], role[is_part], row[is_part])
    if "part" in roles:
        at, of, part = roles.index("part"), parts.claim, parts.figure
        low[at], high[at] = _sums(of, figures.low[part], figures.high[part], len(rows))
        figure[at, of] = 0
        figure[at, of[part == MISSING]] = MISSING
    results = [roles.index(role) for role in KINDS[kind].results]
    result = np.select([figure[n] != UNFILLED for n in results], results, results[0])
    printed = figure[result, np.arange(len(rows))]
    of_result = np.stack([figures.factor[printed], np.ones(len(rows))])
    factor = figures.factors(*figure) if kind == "ratio" else of_result
    columns = figures.value[printed], factor, figures.end[printed]
    real = figures.real[figure].any(axis=0)
    of_roles = figure, low, high, figures.measure[figure], figures.counted[figure]
    return Claims(kind, *of_roles, result, *columns, real), parts


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
_Check = tuple[Bools, str, Callable[[Claims], Bounds]]


def solved(c: Claims, solution: Solution) -> Bounds:
    """What a solution of the claims' equation gives."""
    return solution.solve(*(c.bounds(role) for role in solution.of), c.factor)


def _checks(c: Claims) -> Iterator[_Check]:
    """What could fail in a claim: each result by each of its solutions, then whole numbers."""
    kind = KINDS[c.kind]
    for solution in EQUATIONS[c.kind]:
        if solution.role in kind.results:
            roles = (solution.role, *solution.of)
            # Growth at constant prices has no nominal prior.
            applies = c.has(*roles) & (~c.real if "change" in roles else True)
            yield applies, solution.role, partial(solved, solution=solution)
    alone = (c.figure != UNFILLED).sum(axis=0) == 2
    for printed, unprinted in kind.whole:
        result = kind.results[0]
        applies = alone & c.has(result, printed) & c.whole(printed) & ~c.real
        if unprinted == "numerator":  # a share of a whole number is counted; a mean need not be
            applies &= c.factor[0] >= 100 * c.factor[1]
        if printed == "current":  # 0 cases may follow 0 cases
            applies &= (c.bounds("current").low > 0) | (c.bounds("change").high < 0)
        of_roles = partial(_by_whole_numbers, result, printed, unprinted)
        yield applies, result, of_roles
    if c.kind == "change":
        change, difference = c.bounds("change"), c.bounds("difference")
        beyond_all = (change.high < -100) & ~(c.has("current") & (c.bounds("current").low < 0))
        yield c.has("change") & beyond_all, "change", lambda c: _between(c, -100.0, np.inf)
        # A count cannot have grown by more than it is, nor fallen by more than it was.
        for role in ("current", "prior"):
            counted = c.has("difference", role) & c.is_(role, COUNT)
            most = c.bounds(role).high
            beyond = difference.low > most if role == "current" else difference.high < -most
            yield counted & beyond, "difference", partial(_no_more, role=role)


def _between(c: Claims, low: Any, high: Any) -> Bounds:
    ends: list[Floats] = [np.broadcast_to(np.float64(end), len(c)).copy() for end in (low, high)]
    return Bounds.made(*ends)


def _no_more(c: Claims, role: str) -> Bounds:
    """What a difference can be beside a count now, or beside one before."""
    most = c.bounds(role).high
    return _between(c, -np.inf, most) if role == "current" else _between(c, -most, np.inf)


def _by_whole_numbers(result: str, printed: str, unprinted: str, c: Claims) -> Bounds:
    """The result by the whole numbers that one unprinted figure can have been, or the nearest.

    Not known where any range as wide as its own holds one: then nothing could have failed.
    """
    free = solved(c, _solution(c.kind, unprinted, {result, printed}))
    least = 0.0 if unprinted in ("numerator", "current") else 1.0
    first, last = np.maximum(np.ceil(free.low), least), np.floor(free.high)
    fitting = Bounds.made(first, np.maximum(first, last))
    nearest = np.where((last < first) & (last >= least), last, np.nan)
    backward = _solution(c.kind, result, {printed, unprinted})
    above, below = (
        solved(c.with_bounds(unprinted, whole), backward)
        for whole in (fitting, Bounds.made(nearest, nearest))
    )
    closer = distance(c.bounds(result), below) < distance(c.bounds(result), above)
    low, high = (
        np.where(closer, getattr(below, end), getattr(above, end)) for end in ("low", "high")
    )
    tells = free.high - free.low < 1
    return Bounds(np.where(tells, low, np.nan), np.where(tells, high, np.nan))


def _solution(kind: str, role: str, of: set[str]) -> Solution:
    return next(s for s in EQUATIONS[kind] if s.role == role and set(s.of) == of)


def distance(a: Bounds, b: Bounds) -> Floats:
    """How far apart two ranges are: 0 where they meet, NaN where one is not known."""
    with np.errstate(invalid="ignore"):
        gap: Floats = np.maximum(np.maximum(a.low - b.high, b.low - a.high), 0.0)
    return gap


def judge(c: Claims) -> Floats:
    """Printed low and high, recomputed low and high, gap: five rows, a column a claim.

    Of several checks of a claim, those of the first that fails.
    """
    judged = np.full((5, len(c)), np.nan)
    if not len(c):
        return judged
    judged[0], judged[1] = c.printed.low, c.printed.high
    known = ~c.incomplete()
    for applies, role, recompute in _checks(c):
        columns = np.flatnonzero(applies & known)
        if not columns.size:
            continue
        some = c.take(columns) if columns.size < len(c) else c
        recomputed = recompute(some)
        printed = _with_end(some, role, recomputed)
        gap = distance(printed, recomputed)
        if c.kind == "part":  # the total is no less; what is shown is what the parts make
            recomputed = some.bounds("part")
        before = judged[4, columns]
        first = ~np.isnan(gap) & (np.isnan(before) | ((gap > 0) & (before == 0)))
        found = np.stack([printed.low, printed.high, recomputed.low, recomputed.high, gap])
        judged[:, columns[first]] = found[:, first]
    return judged


def _with_end(c: Claims, role: str, recomputed: Bounds) -> Bounds:
    """The printed bounds of a role, a share with its end.

    What is printed as 100% ends there as a share. Where the claim's own numbers go beyond, it is
    no share but, say, a completion rate, and was rounded like any other.
    """
    printed = c.bounds(role)
    ends = c.is_(role, RATE) & (printed.high == c.end) & (c.value == c.end)
    rounded = np.where(ends & (recomputed.low > c.end), 2 * c.value - printed.low, printed.high)
    return Bounds.made(printed.low, rounded)


def cut_off(value: Floats, low: Floats, high: Floats) -> Bounds:
    """The range of numbers that print as `value` if digits are cut off instead of rounded.

    The step of the last printed digit is the width of the rounded range. NaN where the value is
    not a rounded one. The far end is not in the range: 18.0 is not cut off to 17.9. Closed bounds
    say so by ending a billionth of a step before: more than float arithmetic is off.
    """
    rounded = (low < value) & (value < high)
    if not rounded.any():
        return Bounds.made(*np.full((2, len(value)), np.nan))
    with np.errstate(all="ignore"):
        step = np.where(rounded, high - low, np.nan)
        fine, coarse = np.rint(1 / step), np.rint(step)  # one of them exact: 0.1 is no float
        steps = np.rint(np.where(step < 1, value * fine, value / coarse))
        within = 1 - 1e-9 - 16 * np.finfo(float).eps * np.abs(steps)
        below, above = (
            np.where(step < 1, end / fine, end * coarse) for end in (steps - within, steps + within)
        )
    unknown = ~(within > 0.9)  # no step, or one too fine for floats to tell
    low, high = np.where(value > 0, value, below), np.where(value < 0, value, above)
    return Bounds.made(np.where(unknown, np.nan, low), np.where(unknown, np.nan, high))
