"""Rings of claims: what a linear program with whole numbers leaves of each figure, proved exactly.

Propagation looks at one equation at a time; where claims make a ring, or whole numbers leave gaps,
all of them together may leave less. With its percentage taken for a range of constants, each
equation is one or two linear inequalities, and HiGHS (by SciPy) finds the least and the greatest of
each figure. Its floats prove nothing. A bound is used only where multipliers of the inequalities,
worked out in fractions, show that nothing lies beyond it (Neumaier & Shcherbina, "Safe bounds in
linear and mixed-integer linear programming", Mathematical Programming 99, 2004); and it is called
proved only where numbers that fit all inequalities, checked in fractions, reach it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from ..rounding import Floats, lower
from .network import Network
from .printed import Bools, Ints, connected

_COLUMNS = 200  # figures of a ring beyond which it is left as propagation leaves it
_PARTS = 60  # into how many a range is cut at most for a proof
_CLOSE = 1e-9  # relative: what the solver's own tolerance leaves
_Box = list[tuple[Fraction | None, Fraction | None]]


class _Row(NamedTuple):
    """An inequality: Σ coefficient × figure ≤ most."""

    of: dict[int, Fraction]
    most: Fraction


def narrow_rings(network: Network, low: Floats, high: Floats, open_: Bools) -> Bools:
    """Narrow `low` and `high` of the figures `open_` in place: which are proved to be tight."""
    proved = np.zeros(len(low), dtype=bool)
    rows, partly = _rows(network, low, high, open_)
    for ring, columns in _rings(rows, network, low, high):
        for place in np.flatnonzero(open_[columns]).tolist():
            (least, is_least), (most, is_most) = ring.end(place, 1), ring.end(place, -1)
            low[columns[place]], high[columns[place]] = least, -most
            proved[columns[place]] = is_least and is_most and not partly[columns].any()
    return proved


def impossible(network: Network, low: Floats, high: Floats) -> Bools:
    """Which figures stand in a ring that is proved to have no solution within their ranges."""
    found: Bools = np.zeros(len(low), dtype=bool)
    rows, _ = _rows(network, low, high, low != high)
    for ring, columns in _rings(rows, network, low, high):
        found[columns] = ring.none_in(ring.box)
    return found


def _rings(
    rows: list[_Row], network: Network, low: Floats, high: Floats
) -> Iterator[tuple[_Ring, Ints]]:
    """The inequalities by what ties them, each with the figures in it, if they are not too many."""
    pairs = [(n, of) for n, row in enumerate(rows) for of in row.of]
    if not pairs:
        return
    number, of = np.array(pairs).T
    label = connected(number, of + len(rows), len(rows) + len(low))[number]
    order = np.argsort(label, kind="stable")
    for at in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
        columns = np.unique(of[at])
        if len(columns) <= _COLUMNS:
            some = [rows[n] for n in np.unique(number[at])]
            yield _Ring(some, columns, low, high, network.whole), columns


def _rows(network: Network, low: Floats, high: Floats, open_: Bools) -> tuple[list[_Row], Bools]:
    """The equations that tie open figures, as inequalities of what is not exact.

    And of which figures they do not tell all: a percentage that two claims share may have another
    value in each, and nothing is said where a base may be below zero.
    """
    exact = low == high
    of_equation, of_figure = network.labels(~exact[network.members[1]])
    kept = np.isin(of_equation, of_figure[open_])
    cells, terms = network.once, network.terms
    cells = cells.take(kept[cells.equation])
    terms = terms.take(kept[terms.equation])
    rows: list[_Row] = []

    def add(of: list[tuple[int, Fraction]], constant: Fraction, way: int) -> None:
        """Way × (Σ coefficient × figure + constant) ≤ 0."""
        left: dict[int, Fraction] = {}
        for n, by in of:
            if exact[n]:
                constant += by * Fraction(float(low[n]))
            else:
                left[n] = left.get(n, Fraction(0)) + way * by
        scale = max((abs(by) for by in left.values()), default=Fraction(0))
        if scale:
            ready = {n: by / scale for n, by in left.items() if by}
            rows.append(_Row(ready, -way * constant / scale))

    product = cells.product
    partly = np.zeros(len(low), dtype=bool)
    pairs = np.unique(np.stack([cells.of, network.claim[cells.equation]])[:, product], axis=1)[0]
    plain = [cells.u, cells.v, cells.of[~product], terms.of]
    shared = np.isin(pairs, np.concatenate(plain)) | (np.bincount(pairs)[pairs] > 1)
    loose = np.isin(cells.of, pairs[shared & ~exact[pairs]]) & product
    partly[cells.u[loose]] = partly[cells.v[loose]] = True
    columns = cells.of, cells.u, cells.v, cells.a.T, cells.b.T
    for x, y, z, a, b in zip(*(each.tolist() for each in columns), strict=True):
        (a0, a1, a2), (b1, b2) = map(Fraction, a), map(Fraction, b[:2])
        if not a1 and not a2:
            for way in (1, -1):
                add([(x, a0), (y, b1), (z, b2)], Fraction(0), way)
            continue
        base = sum(
            a[k] * float((low if a[k] > 0 else high)[n]) for k, n in ((1, y), (2, z)) if a[k]
        )
        if not a[0] + base >= 0:
            partly[y] = partly[z] = True
            continue
        for end, way in ((float(low[x]), 1), (float(high[x]), -1)):
            if math.isfinite(end):  # x × (a₀ + a₁y + a₂z) = −(b₁y + b₂z)
                e = Fraction(end)
                add([(y, b1 + e * a1), (z, b2 + e * a2)], e * a0, way)
    sums: dict[int, list[tuple[int, Fraction]]] = {}
    for equation, n, sign in zip(*(each.tolist() for each in terms), strict=True):
        sums.setdefault(equation, []).append((n, Fraction(sign)))
    for of_sum in sums.values():
        for way in (1, -1):
            add(of_sum, Fraction(0), way)
    return rows, partly


class _Ring:
    """Figures and the inequalities that tie them, in fractions, and in floats for the solver."""

    def __init__(
        self, rows: list[_Row], columns: Ints, low: Floats, high: Floats, whole: Bools
    ) -> None:
        place = {column: n for n, column in enumerate(columns.tolist())}
        self.rows = [_Row({place[n]: by for n, by in of.items()}, most) for of, most in rows]
        self.whole = whole[columns]
        ends = zip(low[columns].tolist(), high[columns].tolist(), strict=True)
        self.box: _Box = [
            tuple(Fraction(end) if math.isfinite(end) else None for end in both)  # type: ignore[misc]
            for both in ends
        ]
        self.matrix = np.zeros((len(rows), len(columns)))
        for n, row in enumerate(self.rows):
            self.matrix[n, list(row.of)] = [float(by) for by in row.of.values()]
        self.most = np.array([float(row.most) for row in self.rows])

    def end(self, at: int, way: int) -> tuple[float, bool]:
        """What way × a figure is at least, as proved; and whether it can be that."""
        cost = np.zeros(len(self.box))
        cost[at] = way
        known = self.box[at][0] if way > 0 else self.box[at][1]
        known = None if known is None else way * known
        before = -math.inf if known is None else lower(known)
        best = self.solved(cost, self.box, self.whole)
        if best is None:
            return before, False
        reached = self.fits(best.x.tolist())
        close = _CLOSE * max(1.0, abs(best.fun))
        if self.whole[at]:
            least = Fraction(round(best.fun))
            if known is not None and least <= known:
                return before, reached
            if reached and self.none_in(self.cut(at, way, least - 1)):
                self.box = self.cut(at, -way, -least)
                return lower(least), True
        elif best.fun <= before + close:
            return before, reached
        relaxed = self.solved(cost, self.box, self.whole & False)
        found = None if relaxed is None else self.safe(relaxed, {at: Fraction(way)}, self.box)
        if found is None:
            return before, False
        bound = float(math.ceil(found)) if self.whole[at] else lower(found)
        return max(before, bound), reached and best.fun <= bound + close

    def cut(self, at: int, way: int, most: Fraction) -> _Box:
        """The box where way × a figure is at most so much."""
        least, greatest = self.box[at]
        one = (least, most) if way > 0 else (-most, greatest)
        return [*self.box[:at], one, *self.box[at + 1 :]]

    def solved(self, cost: Floats, box: _Box, whole: Bools, elastic: bool = False) -> Any:
        """The solver's answer, which proves nothing; None where it has none.

        Elastic: how far the inequalities must give way for any to be in the box.
        """
        from scipy.optimize import linprog  # half a second, and only rings need it

        matrix, size = self.matrix, len(self.rows)
        bounds = [tuple(None if end is None else float(end) for end in ends) for ends in box]
        if elastic:
            matrix = np.concatenate([matrix, -np.eye(size)], axis=1)
            cost, bounds = np.concatenate([cost, np.ones(size)]), bounds + [(0.0, None)] * size
        integrality = np.zeros(len(bounds), dtype=int)
        integrality[: len(box)] = whole
        options = {"mip_rel_gap": 0.0} if whole.any() else {}
        kinds = integrality if whole.any() else None
        answer = linprog(cost, matrix, self.most, bounds=bounds, integrality=kinds, options=options)
        return answer if answer.status == 0 else None

    def safe(self, answer: Any, cost: dict[int, Fraction], box: _Box) -> Fraction | None:
        """A number that the cost of nothing in the box that fits all rows is below, in fractions.

        Whatever the multipliers are. None where an open end leaves no such number.
        """
        left, bound = dict(cost), Fraction(0)
        for row, y in zip(self.rows, answer.ineqlin.marginals.tolist(), strict=True):
            if y < 0:
                by = Fraction(y)
                bound += by * row.most
                for column, c in row.of.items():
                    left[column] = left.get(column, Fraction(0)) - by * c
        for column, c in left.items():
            if c:
                end = box[column][0 if c > 0 else 1]
                if end is None:
                    return None
                bound += c * end
        return bound

    def fits(self, numbers: list[float]) -> bool:
        """Whether whole numbers, rounded from these, fit all rows and ranges, in fractions.

        With whatever fits best for the others, where no row has two of those. Where nothing is
        whole, the solver's floats are taken for true.
        """
        if not self.whole.any():
            return True
        values = {n: Fraction(round(x)) for n, x in enumerate(numbers) if self.whole[n]}
        rows = [_Row({n: Fraction(way)}, way * end) for n, way, end in self.ends()]
        least: dict[int, Fraction] = {}
        most: dict[int, Fraction] = {}
        for of, end in [*rows, *self.rows]:
            rest = end - sum((c * values[n] for n, c in of.items() if n in values), Fraction(0))
            others = [(n, c) for n, c in of.items() if n not in values]
            if len(others) > 1 or (not others and rest < 0):
                return False
            for n, c in others:
                if c > 0:
                    most[n] = min(most.get(n, rest / c), rest / c)
                else:
                    least[n] = max(least.get(n, rest / c), rest / c)
        return all(end <= most[n] for n, end in least.items() if n in most)

    def ends(self) -> Iterator[tuple[int, int, Fraction]]:
        """Each end of the box: of which figure, 1 for the greatest and -1 for the least, and it."""
        for n, (least, most) in enumerate(self.box):
            if least is not None:
                yield n, -1, least
            if most is not None:
                yield n, 1, most

    def none_in(self, box: _Box) -> bool:
        """Whether it is proved that no whole numbers in a box fit; it is cut in two if need be."""
        open_ = [box]
        for _ in range(_PARTS):
            if not open_:
                return True
            box = open_.pop()
            if any(a is not None and b is not None and a > b for a, b in box):
                continue
            answer = self.solved(np.zeros(len(box)), box, self.whole & False, elastic=True)
            if answer is None:
                return False
            if answer.fun > 0:
                bound = self.safe(answer, {}, box)
                if bound is not None and bound > 0:
                    continue
            x = answer.x[: len(box)]
            away = np.where(self.whole, np.abs(x - np.rint(x)), 0.0)
            at = int(away.argmax())
            if away[at] < 1e-6:
                return False
            least, most = box[at]
            middle = Fraction(math.floor(x[at]))
            open_.append([*box[:at], (least, middle), *box[at + 1 :]])
            open_.append([*box[:at], (middle + 1, most), *box[at + 1 :]])
        return not open_
