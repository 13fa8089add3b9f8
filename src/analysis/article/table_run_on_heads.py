"""The labels of rows that run on: what before the first figures is title, heads and label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from .table_grid import BARE_YEAR, Grid
from .table_head_cells import heads_in_cells
from .table_head_lines import heads_over
from .table_head_wide import heads_set_wide
from .table_head_words import CORNER, hold_of
from .table_labels import is_period
from .table_marks import mark_of
from .table_numbers import Cell, read_cell
from .table_words import CHINESE

_LATIN = re.compile(r"[a-zà-ÿ]{2}", re.IGNORECASE)


class RunOnRow(NamedTuple):
    """A row: numbers of its label before its words, the words, numbers behind them, its cells."""

    before: list[str]
    words: list[str]
    behind: list[str]
    cells: list[str]
    line: int

    @property
    def own(self) -> list[str]:
        return [*self.before, *self.words, *self.behind]


def settled(above: list[str], rows: list[RunOnRow], width: int) -> Grid:
    """The grid of rows that run on below lines without figures."""
    if _are_years(rows[0].cells, width) and len(rows) > 1:  # heads, too
        years = [*rows[0].own, *rows[0].cells]
        rows = [rows[1]._replace(words=[*years, *rows[1].words]), *rows[2:]]
    data = [list(map(read_cell, row.cells)) for row in rows if len(row.cells) == width]
    title, heads, first = _headed(rows, width, data)
    rows = [first, *rows[1:]]
    heads = heads_set_wide(above, width)[0] or heads
    if title:
        above.append(title)
    elif not heads:
        heads, start, end = heads_over(above, width, data=data)
        heads, above = (heads, above[:start]) if end == len(above) else ([], above)
    grid = Grid([], form="flat", before=above, heads=len(heads))
    led = [bool(row.before) for row in rows if row.words]
    both = _both(rows)
    group: list[str] = []
    labels: list[tuple[list[str], list[str]]] = []  # of a group of rows, and of the row
    for row, after in zip_longest(rows, rows[1:]):
        words = _two_tongues(row.words, both)
        grouped = after is not None and bool(after.behind) and not after.words
        own = row.own
        if row.before and row.words and 2 * sum(led) <= len(led):  # 1988, and below it its rows
            group, own = row.before, [*row.words, *row.behind]
        elif row.behind and row.words and grouped:  # an area, and below it its years
            group, own = [*row.before, *row.words], row.behind
        elif len(words) > 1:
            group = [*row.before, *chain.from_iterable(words[:-1])]
            own = [*words[-1], *row.behind]
        labels.append((group, own))
    grid.rows = [["", *row] for row in heads] if group else heads
    for row, (over, own) in zip(rows, labels, strict=True):
        blanks = [] if len(row.cells) == width else [""] * width
        names = [" ".join(over), " ".join(own)] if group else [" ".join(own)]
        grid.rows.append([*names, *blanks, *row.cells])
    grid.lines = [rows[0].line] * len(heads) + [row.line for row in rows]
    return grid


def _both(rows: Sequence[RunOnRow]) -> bool:
    """Whether most labels are Chinese and behind that in letters."""
    texts = [" ".join(row.words) for row in rows if row.words]
    return 2 * sum(bool(CHINESE.search(t) and _LATIN.search(t)) for t in texts) > len(texts)


def _two_tongues(words: Sequence[str], both: bool) -> list[list[str]]:
    """Words as labels in two tongues, where labels are in both; else as one."""
    if not both:
        return [list(words)] if words else []
    found: list[list[str]] = [[]]
    for n, word in enumerate(words):
        ahead = " ".join(words[n : n + 2])
        ahead = ahead if word.isdigit() and is_period(ahead) else word
        letters = any(_LATIN.match(each) for each in found[-1])
        if letters and CHINESE.search(ahead) and CHINESE.search("".join(found[-1])):
            found.append([])
        found[-1].append(word)
    return found if words else []


# --- What stands before the first figures ---------------------------------------------------------


def _headed(
    rows: Sequence[RunOnRow], width: int, data: Sequence[Sequence[Cell]]
) -> tuple[str, list[list[str]], RunOnRow]:
    """The title, the heads and the first row with what is left as its label."""
    first = rows[0]._replace(before=[], words=[*rows[0].before, *rows[0].words])
    words, rows = first.words, [first, *rows[1:]]
    years = next((n for n in range(len(words)) if _are_years(words[n : n + width], width)), None)
    if years is not None:
        label = first._replace(words=words[years + width :])
        return *_heads(words[: years + width], width, data), label
    start = _start(rows, width)
    before = [words[start - 1]] if _led(rows) and start and words[start - 1].isdigit() else []
    title, heads = _heads(words[: start - len(before)], width, data)
    return title, heads, first._replace(before=[*first.before, *before], words=words[start:])


def _are_years(words: Sequence[str], width: int) -> bool:
    """Whether words are years, a mark of a note behind them or not: 1989 1991 19921."""
    return len(words) == width > 1 and all(BARE_YEAR.fullmatch(word[:4]) for word in words)


def _led(rows: Sequence[RunOnRow]) -> bool:
    """Whether numbers stand before the words of labels."""
    return any(row.before and row.words for row in rows[1:])


def _start(rows: Sequence[RunOnRow], width: int) -> int:
    """Where the label of the first row begins: words that other rows have, a numbering, a label
    in two tongues; or none is left where years are the labels."""
    words = rows[0].words
    both = _both(rows)
    labels = _two_tongues(words, both)
    if len(labels) > width:
        told = [_two_tongues(row.words, both) for row in rows[1:]]
        own = next((len(label) for label in told if label[-1:] == labels[-1:]), 1)
        return sum(map(len, labels[:-own]))
    others = {tuple(row.words) for row in rows[1:] if row.words and row.cells}
    for n in range(1, len(words)):
        if tuple(words[n:]) in others:
            return n
    marked = [n for n in range(len(words)) if mark_of(words[n])]
    if marked and 2 * sum(bool(mark_of(row[0])) for row in others) > len(others):
        return marked[-1]
    counts = {len(row) for row in others}
    alike = counts == {1} or all(CHINESE.match(row[0]) for row in others)
    if len(others) > 2 and len(counts) == 1 and alike:
        return max(len(words) - counts.pop(), 0)
    groups = sum(bool(row.words and row.behind) for row in rows[1:])
    if rows[0].behind and not groups:
        return len(words)
    corner = _corner(words) if width > 1 else 0
    pieces = _capitals(words[corner:])
    return corner + sum(map(len, pieces[:width])) if corner and len(pieces) > width else 0


def _corner(words: Sequence[str]) -> int:
    """Where what stands over the labels ends; 0 where nothing known does."""
    known = [n for n, word in enumerate(words, 1) if any(map(CORNER.fullmatch, word.split("/")))]
    return known[-1] if known else 0


def _capitals(words: Sequence[str]) -> list[list[str]]:
    """Words cut where nothing holds two together, or a capital begins one; what repeats a head
    begins one with the next: A, A of B."""
    found: list[list[str]] = []
    for word in words:
        if found and not word[0].isupper() and hold_of(found[-1][-1], word) > 0:
            found[-1].append(word)
        else:
            found.append([word])
    for n in range(len(found) - 2, 0, -1):
        if found[n] == found[n - 1]:
            found[n : n + 2] = [found[n] + found[n + 1]]
    return found


def _heads(
    words: list[str], width: int, data: Sequence[Sequence[Cell]]
) -> tuple[str, list[list[str]]]:
    """The title and the heads; none where their places are lost."""
    end = _corner(words)
    corner = max(end - 1, 0)
    if width == 1 or not words:
        return " ".join(words), []
    if _are_years(words[-width:], width):
        title = words[:corner] if end + width == len(words) else words[:-width]
        return " ".join(title), [[" ".join(words[len(title) : -width]), *words[-width:]]]
    tongues = _two_tongues(words, True)
    for first, parts in ((0, tongues), (corner, [words[corner:end], *_capitals(words[end:])])):
        cells = [" ".join(part) for part in parts if part]
        found = heads_in_cells(cells, width, data)
        if found and (len(tongues) > 1 or not found.first):
            return " ".join([*words[:first], *cells[: found.first]]), found.levels
    if corner or len(words) <= 2 * width:  # no title among them
        heads, _, _ = heads_over([" ".join(words[corner:])], width, data=data)
        return " ".join(words[:corner] if heads else words), heads
    return " ".join(words), []
