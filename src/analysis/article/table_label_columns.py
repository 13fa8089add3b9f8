"""Labels in several columns of a text that blanks align, of which the first are printed once a
group: a mode of transport, then a year, a sex, an age group or a quarter in each of its rows.

The first ones are taken out before the lines are read, and put back as columns of the grid, beside
all rows of their group. Which rows these are is told by the last ones, which begin again; where
they do not tell, all stay where they stand. A year goes without the mark of a note behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import NamedTuple

from .table_gaps import replaced
from .table_grid import BARE_YEAR, Grid
from .table_head_words import is_titled
from .table_labels import is_period
from .table_numbers import plain, read_cell
from .table_words import GapCell, Words, cells_in, line_of, wide

_FEWEST = 3  # rows
_MOST_OTHERS = 0.3  # the share of rows that may have no label in the last column
_MOST_LABELS = 4
_MOST_HEADS = 4  # lines above the first row that may head the labels
_MARKED = re.compile(
    r"((?:19|20)\d{2}年?)\s?(?:\d|[¹²³⁴-⁹①-⑳]|[(（\[][\da-zA-Z]{1,2}[)）\]]|[*†‡]{1,2})"
)
_LETTER = re.compile(r"[^\W\d_]")
_AGES = re.compile(r"\d{1,3}\s?[-–—~至]\s?\d{1,3}岁?|\d{1,3}\s?\+|[<>≥≤]\s?\d{1,3}")
_GOES_ON = re.compile(r"[a-z(（&]")
_OPEN_END = re.compile(r"(?:.*\W)?(?:and|of|or|the|&|[,、/-])", re.IGNORECASE)


class _Row(NamedTuple):
    """A line of figures: which it is, its first cells that may be labels, where figures begin."""

    n: int
    labels: list[GapCell]
    figures: int


class Labels(NamedTuple):
    """The first labels of each line, by its number, and what stands over them."""

    firsts: dict[int, list[str]]
    over: list[str]


def labels_apart(lines: list[Words]) -> tuple[list[Words], Labels | None]:
    """Lines of figures with the last of their labels alone, and those before it; None where no
    label stands for several rows.

    >>> texts = ["Bus  2018   3   4", "     2019   5   6", "Car  2018   7   8", "     2019   9  10"]
    >>> lines, labels = labels_apart([line_of(text, n) for n, text in enumerate(texts)])
    >>> [line.label for line in lines], labels.firsts[3]
    (['2018', '2019', '2018', '2019'], ['Car'])
    """
    rows = [row for n, line in enumerate(lines) if line.figures and (row := _row_of(line.text, n))]
    if len(rows) < _FEWEST:
        return lines, None
    lines, rows = _without_marks(lines, rows)
    own, others = _by_place_of_last(rows)
    named = [row for row in own if len(row.labels) > 1]
    begin = min(row.labels[-1].begin for row in own)
    alone = all(len(row.labels) == 1 and row.labels[0].begin < begin for row in others)
    each = len(named) == len(own)
    most = len(own) if each else _MOST_OTHERS * len(rows)
    if not named or not alone or len(others) > most:
        return lines, None
    begins = [cell.begin for cell in max(named, key=lambda row: len(row.labels)).labels[:-1]]
    if each:
        firsts = _of_each(own, begins) if _is_headed(lines, own) else None
    else:
        firsts = _firsts(lines, own, begins, {row.n for row in others})
    if firsts is None:
        return lines, None
    found = list(lines)
    for row in own:
        found[row.n] = _with_last(lines[row.n], row.labels[-1])
    over = _heads_cut(found, rows[0].n, own, begins)
    return found, Labels({lines[n].line: labels for n, labels in firsts.items()}, over)


def labels_beside(grid: Grid, labels: Labels) -> Grid:
    """A grid with the first labels in columns of their own before the last one's."""
    over, blank = labels.over, [""] * len(labels.over)
    for n, (row, line) in enumerate(zip(grid.rows, grid.lines, strict=True)):
        if n < grid.heads:
            grid.rows[n] = [*over, *row]
            over = blank
        elif len(row) > 1:
            own = labels.firsts.get(line)
            grid.rows[n] = [*own, *row] if own else [*row[:1], *blank, *row[1:]]
    return grid


# --- Columns --------------------------------------------------------------------------------------


def _row_of(text: str, n: int) -> _Row | None:
    """A line whose figures stand apart by wide gaps, or None."""
    cells = cells_in(text)
    count = next((k for k, cell in enumerate(cells) if not _may_label(cell.text)), len(cells))
    told = 0 < count <= _MOST_LABELS and count < len(cells)
    return _Row(n, cells[:count], cells[count].begin) if told else None


def _may_label(text: str) -> bool:
    text = plain(text)
    if BARE_YEAR.fullmatch(text) or _MARKED.fullmatch(text) or _AGES.fullmatch(text):
        return True
    return is_period(text) or (bool(_LETTER.search(text)) and read_cell(text).kind == "text")


def _without_marks(lines: list[Words], rows: list[_Row]) -> tuple[list[Words], list[_Row]]:
    """Lines whose years have no marks of notes behind them: what ends before any figure begins is
    in no column of figures."""
    first = min(row.figures for row in rows)
    found, told = list(lines), list(rows)
    for k, row in enumerate(rows):
        cell = row.labels[-1]
        if (match := _MARKED.fullmatch(cell.text)) and cell.end < first:
            found[row.n] = replaced(lines[row.n], cell, match[1])
            own = cell._replace(text=match[1], stop=cell.start + len(match[1]))
            own = own._replace(end=own.begin + wide(match[1]))
            told[k] = row._replace(labels=[*row.labels[:-1], own])
    return found, told


def _by_place_of_last(rows: Sequence[_Row]) -> tuple[list[_Row], list[_Row]]:
    """The rows whose last label begins, or ends, where those of most rows do, and the others. One
    that stands a single blank behind the first is cut from it."""
    begin, begun = Counter(row.labels[-1].begin for row in rows).most_common(1)[0]
    end, ended = Counter(row.labels[-1].end for row in rows).most_common(1)[0]
    own, others = [], []
    known = {row.labels[-1].text for row in rows if row.labels[-1].begin == begin}
    for row in rows:
        last = row.labels[-1]
        if cut := _cut_at(last, begin, known):
            own.append(row._replace(labels=[*row.labels[:-1], *cut]))
        elif last.begin == begin if begun >= ended else last.end == end:
            own.append(row)
        else:
            others.append(row)
    return own, others


def _cut_at(cell: GapCell, place: int, known: set[str]) -> list[GapCell]:
    """A cell as the two of which the second, one that is known, begins at a place, or none."""
    blanks = (n for n, c in enumerate(cell.text) if c == " ")
    for n in blanks if cell.begin < place < cell.end else ():
        first, last = cell.text[:n], cell.text[n + 1 :]
        if last in known and cell.end - wide(last) == place:
            at = cell.start + n
            return [
                GapCell(first, cell.start, at, cell.begin, place - 1),
                GapCell(last, at + 1, cell.stop, place, cell.end),
            ]
    return []


def _with_last(line: Words, last: GapCell) -> Words:
    """A line with its last label alone, set at the left, and the figures where they stand."""
    words = len(line.text[: last.stop].split()) - len(line.label.split())
    text = last.text + " " * (last.end - wide(last.text)) + line.text[last.stop :]
    return line._replace(label=plain(last.text), pieces=line.pieces[max(words, 0) :], text=text)


def _heads_cut(lines: list[Words], first: int, own: list[_Row], begins: list[int]) -> list[str]:
    """What stands over the first labels, which the lines above the first row lose: one over the
    last of them is set at the left."""
    begin = min(row.labels[-1].begin for row in own)
    end = max(row.labels[-1].end for row in own)
    over = [""] * len(begins)
    for n in range(first - 1, -1, -1):
        text = lines[n].text
        cells = cells_in(text)
        if not cells or cells[-1].end <= end or lines[n].figures or is_titled(text):
            break
        heads = [cell for cell in cells if cell.end < begin]
        for cell in heads:
            at = max(sum(place <= cell.begin for place in begins) - 1, 0)
            over[at] = f"{plain(cell.text)} {over[at]}".strip()
        if heads:
            last = [cell for cell in cells if begin <= cell.end and cell.begin < end][:1]
            kept = last[0].text if last else ""
            gone = last[0] if last else heads[-1]
            text = kept + " " * (gone.end - wide(kept)) + text[gone.stop :]
            lines[n] = line_of(text, lines[n].line)
    return over


def _is_headed(lines: list[Words], own: Sequence[_Row]) -> bool:
    """Whether a line above the rows has a head over the first labels, and one over the last that
    begins where these do."""
    begin = own[0].labels[-1].begin
    for line in lines[max(own[0].n - _MOST_HEADS, 0) : own[0].n]:
        begins = [cell.begin for cell in cells_in(line.text)]
        if not line.figures and begin in begins[1:]:
            return True
    return False


def _of_each(own: Sequence[_Row], begins: Sequence[int]) -> dict[int, list[str]] | None:
    """The first labels of rows that have all of them, each where those of the others begin; none
    of one letter, as a word that is set wide has them."""
    placed = [[cell.begin for cell in row.labels[:-1]] == [*begins] for row in own]
    last = {row.labels[-1].begin for row in own}
    single = any(len(cell.text) == 1 for row in own for cell in row.labels)
    if len(last) > 1 or single or not all(placed):
        return None
    return {row.n: [plain(cell.text) for cell in row.labels[:-1]] for row in own}


# --- Groups ---------------------------------------------------------------------------------------


def _firsts(
    lines: Sequence[Words], own: Sequence[_Row], begins: Sequence[int], others: set[int]
) -> dict[int, list[str]] | None:
    """The first labels of each row, those of its group; None where its group is not told."""
    columns: list[list[str]] = [[""] * len(own) for _ in begins]
    for k, row in enumerate(own):
        for cell in row.labels[:-1]:
            at = sum(begin <= cell.begin for begin in begins) - 1
            if at < 0 or columns[at][k]:
                return None
            columns[at][k] = plain(cell.text)
    # A row stands apart from the one before it behind a blank line, and a total of its own.
    apart = [k > 0 and lines[row.n - 1].line < lines[row.n].line - 1 for k, row in enumerate(own)]
    cut = [
        k > 0 and any(n in others for n in range(own[k - 1].n, row.n)) for k, row in enumerate(own)
    ]
    keys: list[Hashable] = [plain(row.labels[-1].text) for row in own]
    for at in range(len(begins) - 1, -1, -1):
        groups = _groups(columns[at], keys, apart, cut)
        if groups is None:
            return None
        columns[at] = groups
        keys = list(zip(groups, keys, strict=True))
    return {
        row.n: list(labels) for row, labels in zip(own, zip(*columns, strict=True), strict=True)
    }


def _groups(
    names: Sequence[str], keys: Sequence[Hashable], apart: Sequence[bool], cut: Sequence[bool]
) -> list[str] | None:
    """The name of each row's group: of rows that go round, in whatever row of a round it stands;
    elsewhere it stands in the first, and may go on in the next. None where a group has no name."""
    starts: list[int] = []
    seen: set[Hashable] = set()
    for n, key in enumerate(keys):
        if n == 0 or cut[n] or key in seen:
            starts.append(n)
            seen.clear()
        seen.add(key)
    rounds = _slices(starts, len(keys))
    first = keys[: rounds[0].stop]
    even = len(rounds) > 1 and all(keys[own] == first for own in rounds)
    goes_on = [bool(_GOES_ON.match(name)) for name in names]
    for n, before in enumerate(names[:-1]):
        goes_on[n + 1] |= bool(_OPEN_END.fullmatch(before))
    if not even:
        starts = []
        for n, key in enumerate(keys):
            named = names[n] and (apart[n] or not goes_on[n])
            if n == 0 or cut[n] or key in seen or named:
                starts.append(n)
                seen.clear()
            seen.add(key)
        if not all(names[n] for n in starts):
            return None
    found: list[str] = []
    for own in _slices(starts, len(keys)):
        parts = [n for n in range(own.start, own.stop) if names[n]]
        if not parts or any(apart[n] for n in parts if n > parts[0]):
            return None
        name = " ".join(names[n] for n in parts)
        found += [name] * (own.stop - own.start)
    return found


def _slices(starts: Sequence[int], count: int) -> list[slice]:
    return [slice(a, b) for a, b in pairwise([*starts, count])]
