"""What columns hold that no label names, told by their figures: shares, changes, differences;
which of the two a label means that only says that something changed; and which way a triangle
points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

import numpy as np
import numpy.typing as npt

from .table_columns import Numbers
from .table_measures import says_change
from .table_rows import Block

_FEWEST_SHARES = 4
_FEWEST_CHANGES = 3
_WIDEST = 12  # columns of which each is asked whether it is the change between two others
_LARGEST = 1_000  # percent
_DIGITS = 6  # printed digits that do not agree by chance
_SAID = (2, 2)  # so few places and digits where a label says that it is one of the two
_NEAR = 5  # lines: how far what a line of changes compares may stand from it
_SAMPLE = 40  # places of a line that are asked

_TRIANGLE = re.compile("[▲△]")  # rises, as read_cell has it, or below zero, as budgets print it

Floats = npt.NDArray[np.float64]


def triangles_turned(block: Block, numbers: Numbers) -> None:
    """Put figures of changes behind ▲ below zero where that stands for a minus: in a line of
    changes others have no sign or a plus, and none is said to have fallen in any other way."""
    worded = np.flatnonzero(numbers.worded).tolist()
    places = [(n, int(numbers.row[n]), int(numbers.column[n])) for n in worded]
    marked = [n for n, r, c in places if _TRIANGLE.search(block.rows[r].texts[c])]
    if not marked:
        return
    columns = np.array([says_change(block.label(n)) for n in range(len(block.columns))])
    rows = np.array([says_change(row.full) for row in block.rows])
    told = columns[numbers.column], rows[numbers.row] & ~columns[numbers.column]
    changes = told[0] | told[1]
    risen = (numbers.signed == 0) | ((numbers.signed == 1) & (numbers.worded == 0))
    bare = changes & risen & (numbers.steps != 0)
    lines = zip((numbers.column, numbers.row), told, strict=True)
    beside = [bool(np.isin(at[own & bare], at[marked][own[marked]]).any()) for at, own in lines]
    if any(beside) and not (changes & (numbers.signed < 0)).any():
        for n in filter(changes.item, marked):
            numbers.steps[n], numbers.signed[n] = -numbers.steps[n], -1
            numbers.text[n] = f"-{numbers.text[n].lstrip('+')}"


def unnamed(block: Block, bare: Sequence[bool]) -> Iterator[tuple[int, str]]:
    """The columns, of those that are `bare` of any word for what they hold, that are shares of a
    whole beside them, or percent changes and differences between two others."""
    columns = range(len(bare))
    for c in columns[1:]:
        if bare[c] and block.columns[c] == block.columns[c - 1] and _shares(block, c):
            yield c, "share"
    lost = [c for c in columns if bare[c] and not any(block.columns[c])]
    if not 2 < len(bare) <= _WIDEST or not lost or len(block.rows) < _FEWEST_CHANGES:
        return
    numbers = [[cell.numbers[:1] for cell in row.cells] for row in block.rows]
    value = np.array([[n[0].value if n else np.nan for n in row] for row in numbers]).T
    step = np.array([[10.0 ** n[0].exponent if n else 0.0 for n in row] for row in numbers]).T
    lost = [c for c in lost if np.isfinite(value[c]).sum() >= _FEWEST_CHANGES]
    pairs = set()
    for c in lost:
        for now, before in permutations((n for n in columns if n != c), 2):
            parts = (k for k in range(max(now, before)) if k not in (now, before))
            if _is_change(value, step, (now, before, c)) and not any(
                _is_difference(value, step, (now, before, k)) for k in parts
            ):  # else two parts of a whole, and a ratio of one to the other
                pairs |= {(now, before)}
                yield c, "change"
                break
    for c in lost:
        for now, before in permutations((n for n in columns if n != c), 2):
            fell = (
                (value[c] < 0).any()
                and c > max(now, before)
                and not (value[[now, before]] < 0).any()
            )
            if (fell or (now, before) in pairs) and _is_difference(value, step, (now, before, c)):
                yield c, "difference"
                break


def changes_told(
    value: Floats, step: Floats, said: Sequence[int], compared: Sequence[int]
) -> Iterator[tuple[int, str, int]]:
    """Which of the lines that are `said` to be changes are changes in percent, which differences,
    by the two of the `compared` lines that recompute them; and the later of the two.

    >>> value = np.array([[61.3, 334.2, 43520], [62.8, 331.9, 43811], [-1.5, 2.3, -291]])
    >>> list(changes_told(value, np.array([[0.1, 0.1, 1]] * 3), [2], [0, 1]))
    [(2, 'difference', 0)]
    """
    value, step = value[:, :_SAMPLE], step[:, :_SAMPLE]
    for c in said:
        if not np.isfinite(value[c]).any():
            continue
        near = sorted((n for n in compared if abs(n - c) <= _NEAR), key=lambda n: abs(n - c))
        for now, before in permutations(near, 2):
            columns = now, before, c
            if _is_difference(value, step, columns, *_SAID):
                yield c, "difference", now
                break
            if _is_change(value, step, columns, *_SAID):
                yield c, "change", now
                break


def _shares(block: Block, c: int) -> bool:
    """Whether a column without a head of its own is, row by row, what the one before it under the
    same head is in percent of a whole."""
    pairs = [(row.cells[c - 1].numbers, row.cells[c].numbers) for row in block.rows]
    told = [(a[0], b[0]) for a, b in pairs if a and b]
    whole = next((a.value for a, b in told if b.value == 100 and a.value > 0), 0.0)
    shares = [(100 * a.value / whole, b) for a, b in told if whole and 0 < b.value < 100]
    off = sum(abs(share - b.value) > 10.0**b.exponent for share, b in shares)
    return len(shares) >= _FEWEST_SHARES and 10 * off <= len(shares)


def _is_change(value: Floats, step: Floats, columns: tuple[int, int, int], *least: int) -> bool:
    now, before, own = columns
    if np.nanmedian(np.abs(value[own])) >= _LARGEST:
        return False  # a quotient, to which one less makes no difference
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 100 * (value[now] / value[before] - 1)
        loose = 100 * (step[now] + step[before] * value[now] / value[before]) / value[before] / 2
    whole = (step[[now, before]] >= 1).all(axis=0)
    return _plainly(found, np.where(whole, 0.0, np.abs(loose)), value[own], step[own], *least)


def _is_difference(value: Floats, step: Floats, columns: tuple[int, int, int], *least: int) -> bool:
    now, before, own = columns
    loose = np.where(step[[now, before]] < 1, step[[now, before]], 0.0).sum(axis=0) / 2
    return _plainly(value[now] - value[before], loose, value[own], step[own], *least)


def _plainly(
    found: Floats,
    loose: Floats,
    own: Floats,
    step: Floats,
    fewest: int = _FEWEST_CHANGES,
    least: int = _DIGITS,
) -> bool:
    """Whether figures are what was found for them in all places but one in five, in so many digits
    that it is no chance."""
    known = np.isfinite(found) & np.isfinite(own)
    met = known & (np.abs(found - own) <= loose + step / 2 + 1e-9)
    digits = np.log10(np.maximum(np.abs(own[met]) / step[met], 1.0)).sum()
    enough = met.sum() >= fewest and 5 * met.sum() >= 4 * known.sum()
    return bool(enough and digits >= least)
