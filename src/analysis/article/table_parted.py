"""A line of numbers that group their thousands by the blank that parts them, as so many numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb, log1p

from .table_numbers import read_cell
from .table_words import can_join, joined_pieces, signs_joined

_MOST_READINGS = 3_000  # ways to part a line of which the most even one is looked for


def parted(pieces: list[str], width: int, grouped: bool) -> list[str]:
    """Pieces as so many numbers: some join the one before; the most even reading is taken."""
    if len(pieces) == width:
        return pieces
    pieces = signs_joined(pieces)
    if len(pieces) <= width or not grouped:
        return pieces
    able = [n for n in range(1, len(pieces)) if can_join(pieces, n)]
    need = len(pieces) - width
    if need > len(able):
        return pieces
    if comb(len(able), need) > _MOST_READINGS:
        return joined_pieces(pieces, set(able[:need]))
    readings = (joined_pieces(pieces, set(chosen)) for chosen in combinations(able, need))
    good = [r for r in readings if all(read_cell(cell).kind != "text" for cell in r)]
    return min(good, key=_unevenness, default=pieces)


def _unevenness(cells: Sequence[str]) -> float:
    sizes = [log1p(abs(c.numbers[0].value)) for c in map(read_cell, cells) if c.kind == "number"]
    middle = sum(sizes) / len(sizes) if sizes else 0.0
    return sum((size - middle) ** 2 for size in sizes)
