"""Tables that run on: rows of labels and numbers one behind the other, whatever lines they are in.

The text is words and runs of numbers between them. How many columns there are, and which blanks
part numbers and which group their thousands (`19 436 11 341`), is asked of all runs: a row that
one of them may hold is a pattern, and that one is taken under which least of the others is left
unexplained, number by number. Numbers that no row takes belong to a label: the year before it or
behind it, a month, the 15 of an age. A row too short for the pattern has lost its places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, islice, pairwise
from math import inf, log1p
from typing import NamedTuple

from .table_grid import BARE_YEAR, Grid
from .table_numbers import plain, read_cell
from .table_run_on_heads import RunOnRow, settled
from .table_words import (
    NO_NUMBER,
    SIGN,
    Words,
    can_join,
    groups_by_blanks,
    is_piece,
    signs_joined,
)

_NOT_FIGURES = {"per", "table", "over", "under", "aged", "column", "of", "and", "page"}
_GLUED = re.compile(r"(?<=\d)(?=\([+\-−]\)(?:\s|$))|(?<=[%％)）])(?=\d)")
_WIDEST = 24  # columns
_SAMPLE = 40  # runs that patterns are tried on
_LENGTHS = 3  # lengths of runs that are taken as patterns
_RUN_ON = 15  # words: a line of more may hold several rows
_FEW = 3  # lines, of which each may be a table; rows that are not asked for sums
_MOST_NEAR = 8  # readings
_MOST_READINGS = 200  # of a run
_MOST_PIECES = 2_000  # of a run in which labels are looked for
# What is left unexplained: a number of the pattern; one that a label takes
_UNSAID = 1.5
_YEAR, _SMALL, _OTHER = 0.3, 1.0, 2.5
_JOIN = (0.3, 0.15)  # a blank that groups thousands; where a number has to go on in 096, too
_AGAIN = 2.1  # a second number of a label: two are rather a short row
_NEARLY, _ADDED = 6.0, 2.0  # what may speak against a reading; what a sum in it speaks for it
_UNLABELLED = 2.0  # a row behind another without a label
_SHORT = 1.0  # a row that has lost a cell, and each of its numbers


class _Run(NamedTuple):
    """Words and the numbers that follow them."""

    words: list[str]
    pieces: list[str]
    line: int


class _Pieces(NamedTuple):
    """The pieces of a run; the numbers that may begin at each: where they end, their text; and what
    each leaves unexplained as a number of a label."""

    texts: list[str]
    numbers: list[list[tuple[int, str]]]
    labels: list[float]
    join: float  # what a blank that groups leaves unexplained


class _Part(NamedTuple):
    """A part of a run: the cells of a row, or a number of a label where there is no cell."""

    cells: list[str]
    number: str = ""


class _Nature(NamedTuple):
    """What tells a column: the size of its numbers, decimals, a unit behind them, that of years."""

    size: float
    decimals: bool
    unit: str
    year: bool


def run_on(lines: Sequence[Words]) -> list[Grid]:
    """The grid of a text in which rows run on; none where most numbers stand in lines that begin
    with their label."""
    long = {line.line for line in lines if len(line.text.split()) > _RUN_ON}
    runs = _runs(lines) if long else []
    numbered = [run for run in runs if run.pieces]
    count = Counter(run.line for run in numbered)
    least = 1 if len(count) < _FEW else 3
    several = {line for line in count if count[line] >= least}
    inside = sum(len(run.pieces) for run in numbered if run.line in long & several)
    if 2 * inside <= sum(len(run.pieces) for run in runs):
        return []
    start = next(n for n, line in enumerate(lines) if line.line in long & several)
    above, runs = [line.text for line in lines[:start]], _runs(lines[start:])
    grouped = groups_by_blanks(piece for run in runs for piece in run.pieces)
    join = _JOIN[any(NO_NUMBER.fullmatch(piece) for run in runs for piece in run.pieces)]
    pieces = [
        _Pieces(run.pieces, _numbers(run.pieces, grouped), list(map(_as_label, run.pieces)), join)
        for run in runs
    ]
    for a, b in pairwise([run for run in pieces if run.texts]):
        for end in (0, -1):  # 101 before one row, 102 before the next
            if a.texts[end].isdigit() and b.texts[end] == str(int(a.texts[end]) + 1):
                a.labels[end] = b.labels[end] = _YEAR
    pattern = _pattern([each for each in pieces if each.texts])
    rows = _rows(runs, pieces, pattern) if pattern else []
    return [settled(above, rows, len(pattern))] if rows else []


def _runs(lines: Sequence[Words]) -> list[_Run]:
    runs: list[_Run] = []
    for line in lines:
        before = ""
        for word in _GLUED.sub(" ", plain(line.text)).split():
            listed = before.endswith(",") and len(word.strip(",")) < 3
            figure = bool(SIGN.fullmatch(word)) or is_piece(word)
            told = figure and not listed and before.lower() not in _NOT_FIGURES
            if not runs or (not told and runs[-1].pieces):
                runs.append(_Run([], [], line.line))
            if told and not runs[-1].pieces:
                runs[-1] = runs[-1]._replace(line=line.line)
            (runs[-1].pieces if told else runs[-1].words).append(word)
            before = word
    apart = any("+" in run.pieces for run in runs)
    return [run._replace(pieces=signs_joined(run.pieces, apart)) for run in runs]


def _numbers(pieces: list[str], grouped: bool) -> list[list[tuple[int, str]]]:
    found = []
    for start in range(len(pieces)):
        end = start + 1
        ends = [end]
        while grouped and end < len(pieces) and can_join(pieces, end):
            end += 1
            ends.append(end)
        found.append([(end, " ".join(pieces[start:end])) for end in ends])
    return found


# --- How many columns -----------------------------------------------------------------------------


@lru_cache(65_536)
def _nature(text: str) -> _Nature | None:
    cell = read_cell(text)
    if cell.kind != "number":
        return None
    number = cell.numbers[0]
    size, year = log1p(abs(number.value)), bool(BARE_YEAR.fullmatch(text))
    return _Nature(size, number.exponent < 0, number.unit, year)


@lru_cache(65_536)
def _apart(pattern: _Nature | None, text: str) -> float:
    """How little a number is like those of a column."""
    nature = _nature(text)
    if nature is None or pattern is None:
        return 0.2
    return min(abs(nature.size - pattern.size) / 8, 1.2) + 0.6 * (nature[1:] != pattern[1:])


def _pattern(runs: Sequence[_Pieces]) -> list[_Nature | None]:
    """A row that leaves least of the runs unexplained, and whose columns add up where others do
    nearly as well."""
    sample = [run for run in runs if len(run.texts) <= _MOST_PIECES][:_SAMPLE]
    found: list[tuple[float, list[_Nature | None]]] = []
    least = inf
    for pattern in _possible(sample):
        total = _UNSAID * len(pattern)
        for run in sample:
            total += _parted(run, pattern)[0]
            if total > least + _NEARLY:
                break
        else:
            found.append((total, pattern))
            least = min(least, total)
    near = sorted((each for each in found if each[0] <= least + _NEARLY), key=lambda each: each[0])
    said = [
        (counting, total - _ADDED * sums, n)
        for n, (total, each) in enumerate(near[:_MOST_NEAR])
        for counting, sums in [_columns(sample, each)]
    ]
    return near[min(said)[2]][1] if said else []


def _columns(sample: Sequence[_Pieces], pattern: list[_Nature | None]) -> tuple[bool, int]:
    """Whether a column at an end rather counts the rows, and how many are the sums of two others
    in most rows."""
    parts = [part.cells for run in sample for part in _parted(run, pattern)[1]]
    cells = [list(map(read_cell, part)) for part in parts if len(part) == len(pattern)]
    rows = [[c.numbers[0].value for c in row] for row in cells if all(c.numbers for c in row)]
    if len(rows) < _FEW:
        return False, 0
    steps = [[b[end] - a[end] for a, b in pairwise(rows)] for end in (0, -1)]
    sums = 0
    for columns in combinations(range(len(pattern)), 3):
        three = [[row[n] for n in columns] for row in rows]
        sums += 2 * sum(abs(2 * max(each) - sum(each)) < 1.5 for each in three) > len(rows)
    return any(2 * column.count(1) > len(rows) for column in steps), sums


def _possible(sample: Sequence[_Pieces]) -> Iterator[list[_Nature | None]]:
    """The rows that runs of usual lengths may begin with."""
    counts = Counter(len(run.texts) for run in sample)
    seen = set()
    for length, _ in counts.most_common(_LENGTHS):
        alike = [run for run in sample if len(run.texts) == length]
        run = alike[len(alike) // 2]
        for start in range(min(3, length)):
            for cells in islice(_begun(run, start, []), _MOST_READINGS):
                pattern = list(map(_nature, cells))
                if tuple(pattern) not in seen and any(pattern):
                    seen.add(tuple(pattern))
                    yield pattern


def _begun(run: _Pieces, start: int, cells: list[str]) -> Iterator[list[str]]:
    if cells:
        yield cells
    if start < len(run.texts) and len(cells) < _WIDEST:
        for end, text in reversed(run.numbers[start]):
            yield from _begun(run, end, [*cells, text])


# --- Runs parted into rows ------------------------------------------------------------------------


def _parted(run: _Pieces, pattern: list[_Nature | None]) -> tuple[float, list[_Part]]:
    """A run as rows and numbers of labels, and how much that leaves unexplained."""
    pieces, count, width = run.texts, len(run.texts), len(pattern)
    if count > _MOST_PIECES:
        return inf, [_Part(pieces[n : n + width]) for n in range(0, count, width)]
    # best[n]: what is unexplained before piece n, where the part begins that ends there, and the
    # ends of its cells; none of a number of a label
    best: list[tuple[float, int, tuple[int, ...]]] = [(inf, 0, ())] * (count + 1)
    best[0] = (0.0, 0, ())
    for n in range(count):
        cost, _, cells = best[n]
        again = n > 0 and not cells and not BARE_YEAR.fullmatch(pieces[n])
        label = cost + (max(_AGAIN, run.labels[n]) if again else run.labels[n])
        if label < best[n + 1][0]:
            best[n + 1] = (label, n, ())
        cost += _UNLABELLED if cells else 0.0
        for end, (apart, ends) in _full(run, n, pattern).items():
            if cost + apart < best[end][0]:
                best[end] = (cost + apart, n, ends)
        short = cost + _SHORT * (1 + count - n)
        if count - n < width and short < best[count][0]:
            best[count] = (short, n, tuple(range(n + 1, count + 1)))
    parts: list[_Part] = []
    n = count
    while n:
        _, start, ends = best[n]
        cut = [" ".join(pieces[a:b]) for a, b in pairwise((start, *ends))]
        parts.insert(0, _Part(cut, "" if cut else pieces[start]))
        n = start
    return best[count][0], parts


def _as_label(piece: str) -> float:
    if BARE_YEAR.fullmatch(piece):
        return _YEAR
    whole = piece.isdigit() and len(piece) < 4
    return _SMALL if whole or read_cell(piece).kind != "number" else _OTHER


def _full(
    run: _Pieces, start: int, pattern: list[_Nature | None]
) -> dict[int, tuple[float, tuple[int, ...]]]:
    """The whole rows that begin at a piece, by where they end: how little each is like the
    pattern, and the ends of its cells."""
    found: dict[int, tuple[float, tuple[int, ...]]] = {start: (0.0, ())}
    for nature in pattern:
        ends: dict[int, tuple[float, tuple[int, ...]]] = {}
        for n, (cost, cells) in found.items():
            for end, text in run.numbers[n] if n < len(run.texts) else ():
                apart = cost + _apart(nature, text) + run.join * (end - n - 1)
                if end not in ends or apart < ends[end][0]:
                    ends[end] = (apart, (*cells, end))
        found = ends
    return found


def _rows(
    runs: Sequence[_Run], pieces: Sequence[_Pieces], pattern: list[_Nature | None]
) -> list[RunOnRow]:
    """The rows in order, each with the words and numbers since the one before."""
    rows: list[RunOnRow] = []
    before: list[str] = []
    words: list[str] = []
    behind: list[str] = []
    for run, numbers in zip(runs, pieces, strict=True):
        if behind:  # numbers between words: before the label, or in it
            before, words, behind = (before, [*words, *behind], []) if words else (behind, [], [])
        words += run.words
        for part in _parted(numbers, pattern)[1]:
            if part.cells:
                rows.append(RunOnRow(before, words, behind, part.cells, run.line))
                before, words, behind = [], [], []
            else:
                behind.append(part.number)
    if words or behind:
        rows.append(RunOnRow(before, words, behind, [], runs[-1].line))
    return rows
