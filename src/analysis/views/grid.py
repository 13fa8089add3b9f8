"""A printed table's figures as rows and columns again, from the labels that each has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .words import Figure

LEVELS = " / "


class Head(NamedTuple):
    """A label of a table's head and how many columns it stands over; it may be empty."""

    label: str
    over: int


class Grid(NamedTuple):
    """Head lines, and under them a row a label with its figures by column."""

    heads: list[list[Head]]
    rows: list[tuple[str, list[list[Figure]]]]


def is_of_table(figure: Figure) -> bool:
    return bool(figure.row or figure.column)


def grid_of(figures: Iterable[Figure]) -> Grid:
    """The figures of a table where their labels place them, in order of first appearance.

    Two of the same labels share a cell.
    """
    cells: dict[str, dict[str, list[Figure]]] = {}
    columns: dict[str, None] = {}
    for figure in figures:
        columns[figure.column] = None
        cells.setdefault(figure.row, {}).setdefault(figure.column, []).append(figure)
    rows = [(row, [of.get(column, []) for column in columns]) for row, of in cells.items()]
    return Grid(_heads([column.split(LEVELS) for column in columns]), rows)


def _heads(columns: list[list[str]]) -> list[list[Head]]:
    """The levels of the columns' labels, those that stand beside one another over the same joined.

    The lowest level stands at the columns themselves: a label with fewer is empty above.
    """
    deepest = max(map(len, columns), default=0)
    full = [[""] * (deepest - len(levels)) + levels for levels in columns]
    heads = []
    for level in range(deepest):
        line: list[Head] = []
        for n, levels in enumerate(full):
            same = n > 0 and full[n - 1][: level + 1] == levels[: level + 1]
            if same and level < deepest - 1:
                line[-1] = Head(levels[level], line[-1].over + 1)
            else:
                line.append(Head(levels[level], 1))
        heads.append(line)
    return heads
