"""What columns hold that no label names, told by their figures: shares, changes, differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

import numpy as np
import numpy.typing as npt

from .table_rows import Block

_FEWEST_SHARES = 4
_FEWEST_CHANGES = 3
_WIDEST = 12  # columns of which each is asked whether it is the change between two others
_LARGEST = 1_000  # percent
_DIGITS = 6  # printed digits that do not agree by chance

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def unnamed(block: Block, bare: Sequence[bool], moved: Sequence[bool]) -> Iterator[tuple[int, str]]:
    """The columns, of those that are `bare` of any word for what they hold, that are shares of a
    whole beside them, or percent changes and differences between two others; and of those that
    have `moved`, as their heads say in no unit (增减), the differences."""
    columns = range(len(bare))
    for c in columns[1:]:
        if bare[c] and block.columns[c] == block.columns[c - 1] and _shares(block, c):
            yield c, "share"
    lost = [c for c in columns if bare[c] and not any(block.columns[c])]
    said = [c for c in columns if moved[c]]
    asked = lost or said
    if not 2 < len(bare) <= _WIDEST or not asked or len(block.rows) < _FEWEST_CHANGES:
        return
    numbers = [[cell.numbers[:1] for cell in row.cells] for row in block.rows]
    value = np.array([[n[0].value if n else np.nan for n in row] for row in numbers]).T
    step = np.array([[10.0 ** n[0].exponent if n else 0.0 for n in row] for row in numbers]).T
    lost = [c for c in lost if np.isfinite(value[c]).sum() >= _FEWEST_CHANGES]
    pairs = set()
    for c in lost:
        for now, before in permutations((n for n in columns if n != c), 2):
            if _is_change(value, step, (now, before, c)):
                pairs |= {(now, before)}
                yield c, "change"
                break
    for c in lost:
        for now, before in permutations((n for n in columns if n != c), 2):
            fell = (value[c] < 0).any() and not (value[[now, before]] < 0).any()
            if (fell or (now, before) in pairs) and _is_difference(value, step, (now, before, c)):
                yield c, "difference"
                break
    for c in said:
        ways = [(*two, c) for two in permutations((n for n in columns if not moved[n]), 2)]
        if any(_is_difference(value, step, way, said=True) for way in ways):
            yield from [(c, "difference")] * (
                not any(_is_change(value, step, w, True) for w in ways)
            )


def _shares(block: Block, c: int) -> bool:
    """Whether a column without a head of its own is, row by row, what the one before it under the
    same head is in percent of a whole."""
    pairs = [(row.cells[c - 1].numbers, row.cells[c].numbers) for row in block.rows]
    told = [(a[0], b[0]) for a, b in pairs if a and b]
    whole = next((a.value for a, b in told if b.value == 100 and a.value > 0), 0.0)
    shares = [(100 * a.value / whole, b) for a, b in told if whole and 0 < b.value < 100]
    off = sum(abs(share - b.value) > 10.0**b.exponent for share, b in shares)
    return len(shares) >= _FEWEST_SHARES and 10 * off <= len(shares)


def _is_change(
    value: Floats, step: Floats, columns: tuple[int, int, int], said: bool = False
) -> bool:
    now, before, own = columns
    if np.nanmedian(np.abs(value[own])) >= _LARGEST:
        return False  # a quotient, to which one less makes no difference
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 100 * (value[now] / value[before] - 1)
        loose = 100 * (step[now] + step[before] * value[now] / value[before]) / value[before] / 2
    whole = (step[[now, before]] >= 1).all(axis=0)
    return _plainly(found, np.where(whole, 0.0, np.abs(loose)), value[own], step[own], said)


def _is_difference(
    value: Floats, step: Floats, columns: tuple[int, int, int], said: bool = False
) -> bool:
    now, before, own = columns
    loose = np.where(step[[now, before]] < 1, step[[now, before]], 0.0).sum(axis=0) / 2
    return _plainly(value[now] - value[before], loose, value[own], step[own], said)


def _plainly(found: Floats, loose: Floats, own: Floats, step: Floats, said: bool) -> bool:
    """Whether figures are what was found for them in all places but one in five, in so many digits
    that it is no chance; or in all places, where a head has `said` that they are of the kind."""
    known = np.isfinite(found) & np.isfinite(own)
    met = known & (np.abs(found - own) <= loose + step / 2 + 1e-9)
    digits = np.log10(np.maximum(np.abs(own[met]) / step[met], 1.0)).sum()
    enough = met.sum() >= _FEWEST_CHANGES and 5 * met.sum() >= 4 * known.sum()
    return bool(enough and (digits >= _DIGITS or (said and met.sum() == known.sum())))
