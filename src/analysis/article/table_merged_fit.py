"""How well heads that lost their blanks fit the figures below them, as a tree: totals that add up,
changes that recompute, figures that are alike below what is headed alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from .table_labels import divides, is_period, is_total, units_of
from .table_measures import says_change, says_share
from .table_numbers import Cell

_SAMPLE = 40  # rows that are asked whether figures are alike


@dataclass
class Head:
    """A text over a column, or over the texts below it."""

    text: str
    below: list[Head] = field(default_factory=list)
    lost: int = 0  # columns below it whose own heads are lost
    own: bool = False  # it heads a column before those of the texts below it, too

    @property
    def width(self) -> int:
        return self.lost or self.own + sum(head.width for head in self.below) or 1

    def paths(self) -> list[list[str]]:
        if not self.below:
            return [[self.text, ""] if self.lost else [self.text]] * self.width
        below = [[self.text, *path] for head in self.below for path in head.paths()]
        return [[self.text], *below] if self.own else below


def fitting(heads: list[Head], data: Sequence[Sequence[Cell]]) -> float:
    """How well a reading fits: totals that hold, then single heads that are totals or have a unit
    of their own, then groups first and single ones last."""
    alone = [n for n, head in enumerate(heads) if not head.below]
    texts = [heads[n].text for n in alone]
    own = float(sum((is_total(t) and not says_share(t)) or bool(units_of(t)) for t in texts))
    hold = [share_held([total, *parts], data, is_sum) for total, parts in sums_among(heads, 0)]
    hold += [share_held(columns, data, _is_change) for columns in _changes(heads, 0)]
    known = [share for share in hold if share is not None]
    share = sum(known) / len(known) if known else 0.5
    paths = [tuple(path) for head in heads for path in head.paths() if all(path)]
    own -= len(paths) - len(set(paths))  # no two columns are headed alike
    own += 0.3 * named(heads) - _unlike(heads, data[:_SAMPLE], 0) - _unlike_again(heads, data)
    return 3 * share + 0.5 * sum(known) + own - 0.01 * sum(len(heads) - n for n in alone)


def _unlike(heads: list[Head], data: Sequence[Sequence[Cell]], at: int) -> int:
    """How many heads over nothing but periods hold whole numbers in one and decimals in another:
    what is the same in two years is printed alike."""
    found = 0
    for head in heads:
        if head.below and all(is_period(below.text) for below in head.below):
            own = {_in_decimals(n, data) for n in range(at, at + head.width)}
            found += len(own - {None}) > 1
        else:
            found += _unlike(head.below, data, at + head.own)
        at += head.width
    return found


def _unlike_again(heads: list[Head], data: Sequence[Sequence[Cell]]) -> int:
    """How many texts that head several columns, below others, hold whole numbers in one and
    decimals in another: Number, Rate, Number, Rate."""
    columns: dict[str, list[int]] = {}
    for n, path in enumerate(path for head in heads for path in head.paths()):
        if len(path) > 1 and path[-1]:
            columns.setdefault(path[-1], []).append(n)
    again = [own for own in columns.values() if len(own) > 1]
    return sum(len({_in_decimals(n, data) for n in own} - {None}) > 1 for own in again)


def _in_decimals(column: int, data: Sequence[Sequence[Cell]]) -> bool | None:
    """Whether most figures of a column have decimals; None where it has none."""
    cells = [row[column] for row in data[:_SAMPLE] if column < len(row)]
    own = [cell.numbers[0].exponent < 0 for cell in cells if cell.numbers]
    return 2 * sum(own) > len(own) if own else None


def named(heads: list[Head]) -> int:
    """How many texts hold the one above them: 电信诈骗 below 诈骗."""
    below = [(head.text, text.text) for head in heads for text in head.below]
    return sum(len(over) > 1 and over in text and over != text for over, text in below)


def adds_up(heads: list[Head], data: Sequence[Sequence[Cell]]) -> float:
    """The share of rows in which totals among heads are the sums of those beside them."""
    hold = [share_held([total, *parts], data, is_sum) for total, parts in sums_among(heads, 0)]
    known = [share for share in hold if share is not None]
    return sum(known) / len(known) if known else 0.0


def share_held(
    columns: Sequence[int],
    data: Sequence[Sequence[Cell]],
    fits: Callable[[list[float], float], bool],
) -> float | None:
    """The share of rows in which the numbers of columns fit, with room for what floats are off;
    None where none can tell."""
    checks = holds = 0
    for row in data:
        cells = [row[n] for n in columns if n < len(row)]
        numbers = [c.numbers[0].value for c in cells if c.kind == "number"]
        if cells and cells[0].kind == "number" and len(numbers) > 2:
            checks += 1
            holds += fits(numbers, 1e-6 * abs(numbers[0]) + 1e-9)
    return holds / checks if checks else None


def is_sum(numbers: list[float], room: float) -> bool:
    return abs(sum(numbers) - 2 * numbers[0]) <= room


def _is_change(numbers: list[float], room: float) -> bool:
    """Whether the third number is the difference of the other two, or its percentage."""
    *pair, moved = numbers
    return any(
        abs(now - before - moved) <= room
        or abs((now / before - 1) * 100 - moved if before else 0) <= 0.1
        for now, before in (pair, pair[::-1])
    )


def _changes(heads: list[Head], start: int) -> Iterator[tuple[int, int, int]]:
    """The columns of changes under one head, each with the two before it that it may compare:
    本期, 同期, 增减额, 增减率; or 上年, 本年 and a head of changes beside them."""
    at = start
    alone: list[int] = []
    for head in heads:
        if head.below and says_change(head.text) and len(alone) > 1:
            yield from ((alone[-2], alone[-1], at + n) for n in range(head.width))
        alone = [] if head.below else [*alone, at]
        if all(not below.below for below in head.below) and not head.own:
            levels = [at + n for n, below in enumerate(head.below) if not says_change(below.text)]
            for n, below in enumerate(head.below):
                if levels[:2] == [at, at + 1] and n > 1 and says_change(below.text):
                    yield at, at + 1, at + n
        elif not head.own:
            yield from _changes(head.below, at)
        at += head.width


def sums_among(heads: list[Head], start: int) -> Iterator[tuple[int, list[int]]]:
    """The columns of totals and of what stands beside them in the same group."""
    places, at = [], start
    for head in heads:
        places.append(_counted_in(head, at))
        if head.below and not head.own:
            yield from sums_among(head.below, at)
        at += head.width
    total = next((n for n, head in enumerate(heads) if is_total(head.text)), None)
    if total is not None and len(heads) > 2 and len(places[total]) == 1:
        counted = [n for n, head in enumerate(heads) if n != total and not says_share(head.text)]
        times = [n for n in counted if is_period(heads[n].text)]
        if times and len(times) < len(counted):  # 合计, 2022年, 同比: what it was is no part of it
            moved = [n for n in counted if says_change(heads[n].text)]
            counted = [n for n in counted if n not in times and n not in moved]
        parts = [[place for n in counted for place in places[n]]]
        if all(divides(heads[n].text) for n in counted):  # 按性别分, 按城乡分: each is all
            last = [path[-1] for head in heads for path in head.paths()]
            parts = [[p for p in places[n] if not says_share(last[p - start])] for n in counted]
        yield from ((places[total][0], own) for own in parts)


def _counted_in(head: Head, at: int) -> list[int]:
    """The columns that hold what a head counts: its own, its total's, or those of all below it.
    Where the heads below are lost, the first column is taken for their total."""
    if not head.below or head.own:
        return [at]
    found: list[int] = []
    for below in head.below:
        if is_total(below.text):
            return [at]
        found += _counted_in(below, at)
        at += below.width
    return found
