"""Heads of which only the order is left, a cell after the other: what stands over the labels, then
level by level what stands over the figures.

How many columns there are is known. Of all ways to begin the head and to cut it into levels, the
one is taken that leaves least unexplained: heads that repeat under every group, totals that add
up, shares that come to 100, figures of one size under one head. Where two ways do as well, the
heads are lost, not guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from statistics import median
from typing import NamedTuple

from .table_head_words import LONGEST, is_corner
from .table_labels import caption_units, is_period, is_total, of_which, units_of, year_in
from .table_marks import mark_of
from .table_measures import says_change, says_interval
from .table_merged import trees
from .table_numbers import Cell, plain

_SHORT = 8  # characters of a text that is no title
_SHORT_WORDS = 24  # the same in English
_MOST_LEVELS = 3
_CLEARLY = 0.15  # how much better than any other the reading must be that is taken
_GOOD = 0.9  # of a reading beside which none of more levels is looked for
_MOST_TREES = 200  # of a way to cut cells into levels
_MOST_TRIED = 500  # readings of so many levels, those with least against them first
_FAR = 0.5  # more that speaks against a beginning than against another one
_LEAST = 0.6  # of a reading that is taken
_TITLE = re.compile(
    r".*(?:表|情况|情況|统计|統計|概况|概況|状况)(?:\s*[(（].*)?$|.*[。;；]$|(?:table|[附图圖]?表)\s*\d"
    r"|.*(?:[单單]位|unit)\s*[:：]|[\d\W]+$",
    re.IGNORECASE,
)
_BASE = re.compile(r"[比较較](?:上[年月季]|去年|前年)度?(?:同[期月季])?")
_CHANGE = re.compile(r"[增减減升降涨漲±]")  # what a base goes on with: 增长(%), ±%
_RANGE = re.compile(r"\d+\s*(?:[-–~]\s*\d+|\+)")  # 10-17, 21+
_END = re.compile(
    r"from|to|lower(?: limit)?|upper(?: limit)?|[上下]限", re.IGNORECASE
)  # of a range
_WIDEST = 24  # columns
_LONGEST_TOTAL = 5  # characters of a text that is no more: 合计, Total
_SAMPLE = 40  # rows that are asked
_MOST_HEADINGS = 2  # between the heads and the first row
_LONGEST_PERIOD = 30  # characters


def _titled(text: str) -> bool:
    heads = is_period(text) or _RANGE.fullmatch(text) or text in ("%", "％", "‰")
    return bool(_TITLE.match(text)) and not heads


def over_figures(text: str) -> bool:
    """Whether a text is a period, perhaps with its unit, or a change: these stand over figures.

    >>> over_figures("2022 / HK$M"), over_figures("Change"), over_figures("Revenue")
    (True, True, False)
    """
    return _of_time(text) or (len(text) <= _LONGEST_PERIOD and says_change(text))


def _all_over(texts: list[str]) -> bool:
    return all(map(over_figures, texts))


def _of_time(text: str) -> bool:
    return is_period(text.partition(" / ")[0])


class Heads(NamedTuple):
    """Levels found, each with the cell over the labels first, and which cells they are from."""

    levels: list[list[str]]
    first: int
    last: int


class _Try(NamedTuple):
    score: float
    paths: list[list[str]]
    corner: str
    first: int
    last: int


class _Figures:
    """The first rows below a head, and of each column the size of its figures and whether some of
    them have decimals."""

    def __init__(self, rows: list[Sequence[Cell]], width: int) -> None:
        columns = [[row[n] for row in rows] for n in range(width)]
        self.rows = rows
        self.sizes = list(map(_size, columns))
        self.decimals = [
            any(cell.numbers[0].exponent < 0 for cell in column if cell.numbers)
            for column in columns
        ]


def heads_in_cells(
    cells: Sequence[str], width: int, data: Sequence[Sequence[Cell]]
) -> Heads | None:
    """The heads over so many columns among the cells before the first row, or None.

    >>> heads_in_cells(["地区", "男", "女", "人数", "占比", "人数", "占比"], 4, []).levels
    [['地区', '男', '男', '女', '女'], ['', '人数', '占比', '人数', '占比']]
    """
    if not 1 < width <= _WIDEST:
        return None
    ahead = max(0, len(cells) - _MOST_LEVELS * width - 6)
    texts, places = _with_brackets([plain(cell) for cell in cells[ahead:]])
    rows = [row for row in data[:_SAMPLE] if len(row) == width]
    figures = _Figures(rows, width)
    found: list[_Try] = []
    for depth in range(1, _MOST_LEVELS + 1):
        found += islice(_tries(texts, width, depth, figures), _MOST_TRIED)
        found.sort(key=lambda each: -each.score)
        if depth > 1 and found and found[0].score >= _GOOD:
            break
    if not found or found[0].score < _LEAST:
        return None
    best = found[0]
    rival = next((each for each in found if each.paths != best.paths), None)
    if rival and best.score - rival.score < _CLEARLY:
        return None
    depth = max(map(len, best.paths))
    levels = [[path[n] if n < len(path) else "" for path in best.paths] for n in range(depth)]
    rows_of = [["" if n else best.corner, *level] for n, level in enumerate(levels)]
    return Heads(rows_of, ahead + places[best.first], ahead + places[best.last])


def _with_brackets(texts: list[str]) -> tuple[list[str], list[int]]:
    """Texts, a lone one in brackets joined to the one before, and the one change that a base alone
    (比上年) goes on with; and where each begins."""
    found: list[str] = []
    places: list[int] = []
    bracketed = [text[:1] == "(" for text in texts]
    changes = [bool(_CHANGE.match(text)) for text in texts]
    for n, text in enumerate(texts):
        alone = bracketed[n] and not (n and bracketed[n - 1]) and not any(bracketed[n + 1 : n + 2])
        one = changes[n] and not any(changes[n + 1 : n + 2]) and n > 0
        alone |= one and bool(_BASE.fullmatch(texts[n - 1]))
        if alone and found and not _titled(found[-1]):
            found[-1] += text
        else:
            found.append(text)
            places.append(n)
    return found, [*places, len(texts)]


def _tries(texts: list[str], width: int, depth: int, figures: _Figures) -> Iterator[_Try]:
    ends = [len(texts)]
    for end in range(len(texts) - 1, max(width, len(texts) - 1 - _MOST_HEADINGS) - 1, -1):
        told = mark_of(texts[end]) or texts[end].endswith(":")
        told = told or (texts[end] not in texts[:end] and _came_twice(texts[:end]))
        if over_figures(texts[end]) or not (told or _all_over(texts[end - width : end])):
            break
        ends.append(end)  # headings of the first rows behind it
    able = []
    for end in ends:
        for start in range(max(0, end - _MOST_LEVELS * width - 1), end - width + 1):
            for corner in (1, 0):
                used = texts[start + corner : end]
                sure = len(used) == width and _all_over(used) and not _turned(used)
                if len(used) >= width:
                    able.append((_against(texts, start, corner, end, sure), start, corner, end))
    able.sort(key=lambda one: one[0])
    for against, start, corner, end in able:
        if against > min(2, able[0][0] + _FAR):
            break
        over = texts[start] if corner else ""
        for score, paths in _readings(texts[start + corner : end], width, depth, figures):
            yield _Try(score - against, paths, over, start, end)


def _turned(heads: list[str]) -> bool:
    """Whether a change stands before a period, as none does that compares it."""
    moved = next((n for n, text in enumerate(heads) if says_change(text)), len(heads))
    return any(is_period(text) for text in heads[moved:] if not says_change(text))


def _is_short(text: str) -> bool:
    """Whether a text is too short for a title, in letters or in words of letters."""
    return len(text) <= (_SHORT_WORDS if text.isascii() else _SHORT)


def _came_twice(texts: list[str]) -> bool:
    """Whether the last texts, two or more, are those before them again: from, to, from, to."""
    most = min(len(texts) // 2, _WIDEST)
    sizes = (n for n in range(2, most + 1) if texts[-n:] == texts[-2 * n : -n])
    return any(len(set(texts[-n:])) > 1 for n in sizes)


def _against(texts: list[str], start: int, corner: int, end: int, sure: bool) -> float:
    """What speaks against a head that begins there: titles in it, short texts before it if not all
    in it are `sure` to stand over figures."""
    before = (
        [] if sure else [text for text in texts[:start] if _is_short(text) and not _titled(text)]
    )
    before = [text for text in before if not caption_units([text]) and not is_period(text)]
    odd = sum(bool(_titled(text)) or len(text) > LONGEST for text in texts[start:end])
    against = sum(0.4 if len(text) <= _SHORT else 0.15 for text in before) + odd
    if start and over_figures(texts[start - 1]) and over_figures(texts[start]):
        against += 0.6  # cut between two alike
    if corner and is_corner(texts[start]):
        return against - 0.3
    against += 0.5 * any(map(is_corner, texts[:start]))
    total = is_total(texts[start]) and len(texts[start]) <= _LONGEST_TOTAL
    odd_corner = corner and (total or over_figures(texts[start]))
    return against + (1.0 if odd_corner else 0.1 * (not corner))


def _readings(
    used: list[str], width: int, depth: int, figures: _Figures
) -> Iterator[tuple[float, list[list[str]]]]:
    groups = len(used) - width
    if depth == 1 and groups == 0:
        yield _fit([[text] for text in used], figures), [[text] for text in used]
    if depth == 1 or groups < depth - 1:
        return
    for cuts in combinations(range(1, len(used)), depth - 1):
        levels = [used[a:b] for a, b in zip((0, *cuts), (*cuts, len(used)), strict=True)]
        last = levels[-1]
        within = groups - (len(levels[0]) == 1 < len(levels) - 1)  # one over all others
        told = within == 1 or last.count(last[0]) > 1 or sum(map(is_total, last)) > 1
        if len(levels[0]) < width and told and len(last) > groups / (depth - 1):
            for sums, paths in islice(trees(levels, width, figures.rows), _MOST_TREES):
                yield sums + _fit(paths, figures) - 0.2 * (depth - 2), paths


def _fit(paths: list[list[str]], figures: _Figures) -> float:
    """How well columns are headed: no two alike, heads that repeat, over figures alike."""
    score = 1.0 - 0.5 * (len(paths) - len({tuple(path) for path in paths}))
    depths = {(text, depth) for path in paths for depth, text in enumerate(path)}
    score -= 0.6 * (len(depths) - len({text for text, _ in depths}))  # a head is of one level
    score -= 0.5 * (
        len({len(path) for path in paths if _of_time(path[-1]) and year_in(path[-1])}) > 1
    )
    parents: dict[tuple[str, ...], list[int]] = {}
    for column, path in enumerate(paths):
        parents.setdefault(tuple(path[:-1]), []).append(column)
    below = {
        over: tuple(paths[n][-1] for n in columns) for over, columns in parents.items() if over
    }
    alike = [
        over
        for over in below
        if len(below[over]) > 1 and list(below.values()).count(below[over]) > 1
    ]
    again = [
        [parents[over][k] for over in alike if below[over] == leaves]
        for leaves in {below[over] for over in alike}
        for k in range(len(leaves))
    ]
    if alike:
        score += 0.5 * sum(len(parents[over]) for over in alike) / len(paths)
    elif below:
        over_years = all(len(each) > 1 and all(map(is_period, each)) for each in below.values())
        alone = len(below) == 1 and len(parents) == 1
        score -= 0.2 if over_years else 0.3 if alone else 0.5
    for leaves in below.values():  # beside years, only what is made of them
        others = [text for text in leaves if not is_period(text)]
        made = [text for text in others if is_total(text) or says_change(text)]
        score -= 0.3 * (len(leaves) - len(others) > 1 and len(made) < len(others))
    again += [parents[over] for over, leaves in below.items() if all(map(is_period, leaves))]
    tops = {path[0]: len(path) for path in paths}
    times = [depth for top, depth in tops.items() if is_period(top)]
    others = [top for top in tops if not (is_period(top) or is_total(top) or says_change(top))]
    if others and len(times) == 1 and times[0] > 1:
        score -= 0.3  # one period over some of them, and none over others
    score += 0.4 * any(_is_whole(columns, paths, figures.rows) for columns in _groups(paths))
    score -= 0.3 * _turned([path[-1] for path in paths])
    ends = [bool(_END.fullmatch(path[-1])) for path in paths]
    if any(ends) and any(says_interval(text) for text, _ in depths):
        own = [says_interval(path[-2]) if len(path) > 1 else False for path in paths]
        score -= 0.2 * sum(a != b for a, b in zip(ends, own, strict=True))
    sizes = figures.sizes
    pairs = (pair for columns in again for pair in combinations(columns, 2))
    apart = [abs(sizes[a] - sizes[b]) for a, b in pairs]
    apart = [each for each in apart if not math.isnan(each)]
    score -= 0.3 * min(sum(apart) / len(apart), 3.0) if apart else 0.0
    for n, path in enumerate(paths):
        counted = figures.decimals[n] and set(units_of(path[-1])) & {"人", "件", "起", "户", "个"}
        score -= 0.3 * bool(counted)
    return score


def _groups(paths: list[list[str]]) -> list[list[int]]:
    found: dict[str, list[int]] = {}
    for n, path in enumerate(paths):
        if len(path) > 1:
            found.setdefault(path[0], []).append(n)
    return [columns for columns in found.values() if len(columns) > 1]


def _is_whole(columns: list[int], paths: list[list[str]], rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether columns are the shares of a whole: they come to 100 in every row."""
    counted = [n for n in columns if not of_which(paths[n][-1]) and not is_total(paths[n][-1])]
    full = [[row[n] for n in counted] for row in rows]
    sums = [sum(c.numbers[0].value for c in row) for row in full if all(c.numbers for c in row)]
    return len(sums) > 2 and len(counted) > 1 and all(abs(total - 100) < 0.15 for total in sums)


def _size(cells: Sequence[Cell]) -> float:
    """The size of a column's figures in tens."""
    known = [abs(cell.numbers[0].value) for cell in cells if cell.numbers and cell.numbers[0].value]
    return math.log10(median(known)) if known else math.nan
