"""A block of a table seen along its rows or its columns, for claims to be looked for in either."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..kinds import MEASURES
from .periods import a_year_before
from .table_labels import Period, is_total, months_in, naming_totals, of_which, period_of, year_in
from .table_measures import says_each, says_interval, says_level
from .table_numbers import with_eras
from .table_values import Values

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
AMOUNT = MEASURES.index("amount")  # counts and amounts come first
LEVELS = ("count", "amount", "rate")
_CHINESE = re.compile("[\u3400-\u9fff]")
_NAME = re.compile(r"[^\W\d_](?![^(（]*[)）]\s*$)")  # a letter that is not of a bracket at the end
_BREAKDOWN = re.compile(
    r"内[訳訊数數]|其中|うち|明[细細]|构成|構成|of which|breakdown", re.IGNORECASE
)
_NEAR = 8  # lines: how far from its levels a change may stand in a wide table


class Claim(NamedTuple):
    """A claim of the layout: its kind, which figure has which role, and what ties them."""

    kind: str
    roles: tuple[tuple[str, str], ...]
    note: str
    unit: str = ""  # of the rate, where the table does not state it
    rounded: float = 0.0  # half of what its counts are rounded to, where their sums show it


class Fit(NamedTuple):
    """In how many places a layout could be recomputed, in how many it held."""

    holds: int
    of: int

    @property
    def share(self) -> float:
        return self.holds / self.of if self.of else 0.0

    @property
    def plainly(self) -> bool:
        """All but one, or one in eight: such a layout is there though no label says so."""
        return self.of >= 3 and self.holds >= self.of - (max(1, self.of // 8) if self.of > 3 else 0)


def _periods(labels: Sequence[str]) -> list[Period | None]:
    """The period of each label that names a year, or months below such a one, as long as these go
    on; else None."""
    found: list[Period | None] = []
    year, before = "", 0
    for label in with_eras(labels):
        months = months_in(label)
        if year_in(label):
            year, before = label, 0
            found.append(period_of([label]))
        elif year and months and months[0] >= before:
            before = months[0]
            found.append(period_of([label, year]))
        else:
            year = ""
            found.append(None)
    return found


def _is_total_line(path: Sequence[str]) -> bool:
    """Whether the label of a line says so, in either of the two languages that it may be in."""
    named = [part for part in path if _NAME.search(part)] or [*path][-1:]
    own = [named[-1], next((part for part in reversed(named) if _CHINESE.search(part)), "")]
    return any(map(is_total, own))


@dataclass
class Side:
    """A block seen along one axis: lines with a label each, and across them the other axis.

    `value[line, place]`; `keys` alike, empty where nothing is printed; `measure` and `unit` as
    numbers of `MEASURES` and of `units`, -1 where nothing is printed.
    """

    labels: list[str]
    paths: list[list[str]]
    across: list[str]
    headed: list[str]  # the other axis, with what heads it
    value: Floats
    low: Floats
    high: Floats
    keys: npt.NDArray[np.object_]
    measure: npt.NDArray[np.int64]
    unit: npt.NDArray[np.int64]
    unsure: Bools  # in brackets among others: below zero, or beside the sum
    units: list[str]
    rows: bool
    levels: list[int]
    memos: list[bool]
    under: list[int | None]
    groups: list[int]
    kind: list[str] = field(default_factory=list)  # the prevailing measure of each line
    balanced: set[int] = field(default_factory=set)  # the lines that another is what is left of

    def __post_init__(self) -> None:
        of_each = np.array([self.measure == n for n in range(len(MEASURES))])
        # Of a line of counts with their changes and shares in places of their own, the counts.
        levels = of_each.sum(axis=1).argmax(axis=0) <= AMOUNT
        counts, apart = of_each.sum(axis=2), of_each[:, :, levels].sum(axis=2)
        counts = np.where(apart.sum(axis=0) > 0, apart, counts)
        names = np.array([*MEASURES, ""], dtype=object)
        most = np.where(counts.max(axis=0) > 0, counts.argmax(axis=0), len(MEASURES))
        self.kind = names[most].tolist()
        self.unstated = self.units.index("") if "" in self.units else len(self.units)

    @cached_property
    def totals(self) -> list[bool]:
        """Which lines say that they are totals."""
        named = zip(self.paths, self.labels, strict=True)
        paths = [path or [label] for path, label in named]
        found = [False] * len(paths)
        for n in naming_totals(map("\t".join, paths)):
            found[n] = _is_total_line(paths[n])
        return found

    @cached_property
    def of_each(self) -> Bools:
        """Which places hold, by their label or its heading, what each has on average, or how high
        it stood."""
        said = [says_each(label) or says_level(label) for label in self.headed]
        return np.array(said, dtype=bool)

    @cached_property
    def of_rates(self) -> Bools:
        """Which places hold rates rather than counts: their differences are not added up."""
        counted = (self.measure >= 0) & (self.measure <= AMOUNT)
        rates = (self.measure == MEASURES.index("rate")).sum(axis=0)
        return np.asarray(rates > counted.sum(axis=0))

    @cached_property
    def over(self) -> list[int | None]:
        """The line that each stands further in than, nearest above it; None at the outermost."""
        found: list[int | None] = []
        stack: list[int] = []
        for n, level in enumerate(self.levels):
            while stack and self.levels[stack[-1]] >= level:
                stack.pop()
            found.append(stack[-1] if stack else None)
            stack.append(n)
        return found

    @cached_property
    def years(self) -> list[int | None]:
        """The one year that each line names."""
        return [year_in(label) for label in with_eras(self.labels)]

    @cached_property
    def periods(self) -> list[Period | None]:
        return _periods(self.labels)

    @cached_property
    def a_year_before(self) -> Ints:
        """For each place the one that holds the same period of the year before; -1 where none."""
        told = enumerate(_periods(self.across))
        days = {n: (p.start, p.end) for n, p in told if p and p.start and p.end}
        places = {own: n for n, own in days.items()}
        found = np.full(len(self.across), -1)
        for n, (start, end) in days.items():
            found[n] = places.get((a_year_before(start), a_year_before(end)), -1)
        return found

    def where(self, line: int, measure: str) -> Bools:
        """The places in which a line holds figures of a measure."""
        return np.asarray(self.measure[line] == MEASURES.index(measure))

    def units_at(self, line: int, measure: str) -> set[str]:
        """The units of a line's figures of a measure, as far as they are stated."""
        return {self.units[n] for n in set(self.unit[line][self.where(line, measure)])} - {""}

    def levels_of(self, line: int, kinds: tuple[str, ...] = LEVELS) -> list[int]:
        """The lines that a change or rate may be of: those near it where there are many."""
        known = [n for n in range(len(self.labels)) if n != line and self.kind[n] in kinds]
        return [n for n in known if abs(n - line) <= _NEAR] if len(known) > 12 else known

    def held(self, line: int, low: Floats, high: Floats) -> tuple[Bools, Bools]:
        """In which places a line meets what it should be, and in which that is known; cut off
        counts as rounded."""
        step = self.high[line] - self.low[line]
        known = self.where(line, self.kind[line]) & np.isfinite(low) & np.isfinite(high)
        slack = step + 1e-9 * np.abs(np.where(known, low, 0))
        met = known & (low <= self.high[line] + slack) & (high >= self.low[line] - slack)
        return met, known

    def meet(self, line: int, low: Floats, high: Floats) -> Fit:
        """In how many places a line meets what it should be."""
        met, known = self.held(line, low, high)
        return Fit(int(met.sum()), int(known.sum()))

    def is_hundred(self, line: int) -> bool:
        """Whether a line is 100 wherever it holds figures: a whole and its shares."""
        return bool((np.abs(np.nan_to_num(self.value[line], nan=100) - 100) < 0.5).all())

    def width(self, line: int) -> Floats:
        return np.asarray((self.high[line] - self.low[line]) / 2)


def sides_of(values: Values) -> tuple[Side, Side]:
    """The block along its rows, and along its columns; where cells hold several numbers (-12件,
    -5.0%), a column is as many."""
    block = values.block
    numbers = values.numbers
    most = np.ones(len(block.columns), dtype=int)
    np.maximum.at(most, numbers.column, numbers.further + 1)
    places = numbers.row, (np.cumsum(most) - most)[numbers.column] + numbers.further
    shape = len(block.rows), int(most.sum())
    odd = np.array([says_interval(row.full) for row in block.rows], dtype=bool)[
        :, None
    ] | np.repeat([says_interval(block.label(n)) for n in range(len(block.columns))], most).astype(
        bool
    )  # nothing that was counted: no claim is of it

    def spread(entries: Any, nothing: Any, dtype: Any = None) -> Any:
        matrix = np.full(shape, nothing, dtype=dtype)
        matrix[places] = entries
        matrix[odd] = nothing
        return matrix

    units = {unit: n for n, unit in enumerate(dict.fromkeys(values.unit))}
    measures = {name: n for n, name in enumerate(MEASURES)}
    keys = spread(values.key, "", object)
    measure = spread([measures[name] for name in values.measure], -1)
    unit = spread([units[name] for name in values.unit], -1)
    value, low, high = (spread(ends, np.nan) for ends in (values.value, values.low, values.high))
    memos = np.array([row.memo for row in block.rows], dtype=bool)
    unsure = spread(numbers.bracketed & ~memos[numbers.row], False)
    unsure &= measure <= MEASURES.index("rate")
    labels = [row.label for row in block.rows]
    across = np.repeat(np.arange(len(most)), most).tolist()
    heads = [block.label(n) for n in across]
    paths = [list(block.columns[n]) for n in across]
    partial = [any(map(of_which, path)) for path in paths]
    along = Side(
        labels, [[row.heading, *row.parts] for row in block.rows], heads, heads,
        value, low, high, keys, measure, unit, unsure, list(units), True,
        [row.level for row in block.rows], [row.memo for row in block.rows],
        [row.under for row in block.rows], [row.group for row in block.rows],
    )  # fmt: skip
    down = Side(
        heads, paths, labels, [row.full for row in block.rows],
        value.T, low.T, high.T, keys.T, measure.T, unit.T, unsure.T, list(units), False,
        [0] * shape[1], partial, [None] * shape[1], [0] * shape[1],
    )  # fmt: skip
    return along, down


def parents_of(side: Side, totals: list[bool], whole: dict[int, int]) -> list[int | None]:
    """The line that each stands under: by level, by a label that begins with the other's, by a
    period within the other's. A heading below a list whose total is known by its last line
    divides that total another way (按地区分)."""
    count = len(side.labels)
    parents: list[int | None] = [None] * count
    if not side.rows:
        heads = {tuple(path): n for n, path in reversed(list(enumerate(side.paths)))}
        for n in range(1, count):
            if side.memos[n]:
                parents[n] = parents[n - 1] if side.memos[n - 1] else n - 1
            elif len(side.paths[n]) > 1:  # beside a whole column of its head
                parents[n] = heads.get(tuple(side.paths[n][:-1]))
        return parents
    stack: list[int] = []
    for n in range(count):
        if side.memos[n] and not side.labels[n]:
            continue  # the changes of the row above, in brackets
        if side.kind[n] == "change":  # of the row above it, of which parts may follow
            continue
        while stack and side.levels[stack[-1]] >= side.levels[n]:
            stack.pop()
        if stack and side.levels[n] > side.levels[stack[-1]]:
            parents[n] = stack[-1]
        before = whole.get(n - 1, n - 1)  # 其中 goes on behind the parts of one of its own
        if n and side.memos[n] and side.memos[before] and side.levels[before] == side.levels[n]:
            parents[n] = parents[before]
        stack.append(n)
    for n, path in enumerate(side.paths):
        if n and len(path) > 2 and _BREAKDOWN.search(path[-2]):
            same = side.paths[n - 1][:-1] == path[:-1]
            parents[n] = parents[n - 1] if same else n - 1
    names = ["".join(path[-1].split()) if path else "" for path in side.paths]
    open_names: list[int] = []
    divided: dict[int, int] = {}  # by the row above a heading
    for n in range(count):
        while open_names and not (
            _begins(names[n], names[head := open_names[-1]])
            and all(map(str.startswith, side.paths[n][1:-1], side.paths[head][1:-1]))
        ):
            open_names.pop()
        if (row := side.under[n]) is not None and parents[n] in (None, row):
            if row not in divided:  # those further in than it divide it, unless they exceed it
                further = parents[n] == row
                total = whole.get(row, parents[row] if further else None)
                divided[row] = _divided(side, row, total)
                parents[row] = None if divided[row] == row and not further else parents[row]
            parents[n] = divided[row]
        if parents[n] is None and open_names:
            parents[n] = open_names[-1]
        if names[n] and not totals[n]:
            open_names.append(n)
    last: int | None = None
    for n in range(count):
        period = side.periods[n]
        if period is None or period.start is None or period.end is None:
            continue
        outer = side.periods[last] if last is not None else None
        if (
            outer
            and outer.start
            and outer.end
            and (
                outer.start <= period.start and period.end <= outer.end and outer[1:] != period[1:]
            )
        ):
            parents[n] = last
        else:
            last = n
            parents[n] = None if parents[n] is not None and names[n] else parents[n]
    return parents


def _divided(side: Side, row: int, total: int | None) -> int:
    """What a heading below a row divides: the total whose last part the row is, if what stands
    below exceeds the row; the total that the row is itself listed under, as long as the list up to
    it does not exceed that; else the row."""
    if total is not None:
        listed = [n for n in range(row + 1, len(side.under)) if side.under[n] == row]
        known = ~np.isnan(side.high[row]) & (side.measure[row] <= MEASURES.index("amount"))
        more = np.nansum(side.low[listed], axis=0)[known] > side.high[row][known]
        return total if 2 * more.sum() > more.size else row
    total = side.under[row]
    if total is None:
        return row
    same = side.under[row], side.groups[row]
    lines = [n for n in range(total + 1, row + 1) if (side.under[n], side.groups[n]) == same]
    added = np.nansum(side.low[lines], axis=0)
    return row if (added > side.high[total]).any() else total


def _begins(name: str, head: str) -> bool:
    return len(head) > 1 and len(name) > len(head) and name.startswith(head)
