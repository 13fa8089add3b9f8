"""The heads of columns: levels of heads over figures, merged cells spread again.

Where a format keeps merged cells apart (HTML, workbooks), every column has its own text on each
level. Elsewhere a merged cell is printed once with blanks behind it; or the blanks were dropped,
and all that is known is the order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from .table_labels import is_period, is_total, units_of
from .table_numbers import Cell, plain

_CHINESE = re.compile(r"[\u3400-\u9fff（）()、]{1,2}")
_MOST_HEADS = 12  # texts of a level that dropped its blanks, of which every reading is tried


def column_paths(
    heads: list[list[str]],
    columns: list[int],
    labels: int,
    short: bool,
    data: list[list[Cell]],
) -> tuple[list[list[str]], str]:
    """The levels of each column's head, and what stands over the labels.

    >>> heads = [["地区", "2018", "", "2019", ""], ["", "发案", "破案", "发案", "破案"]]
    >>> column_paths(heads, [1, 2, 3, 4], 1, False, [])[0]
    [['2018', '发案'], ['2018', '破案'], ['2019', '发案'], ['2019', '破案']]
    """
    rows = [[_tidy(text) for text in row] for row in heads]
    rows = [row for row in rows if any(row)]
    if not rows:
        return [[] for _ in columns], ""
    last = max(columns) + 1
    rows = _continued(rows) if short else rows
    corner = next((t for row in rows for t in row[:labels] if t), "")
    levels: list[list[str]] = []
    corner_gone = False
    for depth, row in enumerate(rows):
        texts = [text for text in row if text]
        whole = len(texts) == len(columns) and not row[last - 1]
        contiguous = row[: len(texts)] == texts
        if labels and whole and contiguous:
            row = [""] * labels + texts  # the head is a cell short: nothing stands over the labels
            corner_gone = corner_gone or depth == 0
        elif short and labels and contiguous and is_period(texts[0]) and len(texts) > 1:
            row = [""] * labels + texts  # periods stand over figures
            corner_gone = corner_gone or depth == 0
        elif short and labels and depth > 0 and contiguous and len(texts) < len(columns):
            row = [""] * labels + texts  # the cell over the labels covers this line, too
        levels.append([*row, *[""] * (last - len(row))][: max(last, len(row))])
    if corner_gone:
        corner = ""
    if short and len(levels) > 1:
        levels = _spread_dropped(levels, columns, labels, data)
        levels = [_unless_lost(level, columns, labels) for level in levels]
    levels = [_spread(levels, n, columns) for n in range(len(levels))]
    paths = []
    for column in columns:
        parts = [level[column] for level in levels if level[column]]
        letters = all(len(part) == 1 or short for part in parts)
        if len(parts) > 2 and letters and all(_CHINESE.fullmatch(part) for part in parts):
            parts = ["".join(parts)]  # set vertically, a letter a line
        paths.append(list(dict.fromkeys(parts)))
    return paths, corner


def _tidy(text: str) -> str:
    """A head without the blanks that a line break, or setting it wide (合 计), left in it."""
    text = re.sub(r"(?<=[\u3400-\u9fff）)])\s+(?=[\u3400-\u9fff])", "", plain(text))
    return re.sub(r"(?<=[a-z])-\s(?=[a-z])", "", text)


def _continued(rows: list[list[str]]) -> list[list[str]]:
    """Heads over two lines, when blanks were dropped: a lone text between other heads goes on in
    the first of those above it that do not end with their unit."""
    found: list[list[str]] = []
    for n, row in enumerate(rows):
        texts = [text for text in row if text]
        above = found[-1] if found else []
        if len(texts) == 1 and row[0] and 0 < n < len(rows) - 1 and len(above) > 2:
            open_ends = [k for k in range(1, len(above)) if above[k] and not units_of(above[k])]
            if open_ends:
                above[open_ends[0]] += f" {texts[0]}"
                continue
        found.append(list(row))
    return found


def _spread(levels: list[list[str]], depth: int, columns: list[int]) -> list[str]:
    """A level with its merged cells spread over the blanks behind them, as far as the level above
    has the same text and something stands below."""
    row = list(levels[depth])
    below = levels[depth + 1 :]
    if not below:
        return row
    for n, column in enumerate(columns[1:], 1):
        before = columns[n - 1]
        if row[column] or not row[before]:
            continue
        apart = (
            depth
            and levels[depth - 1][column]
            and levels[depth - 1][column] != levels[depth - 1][before]
        )
        if (
            not apart
            and any(level[column] for level in below)
            and any(level[before] for level in below)
        ):
            row[column] = row[before]
    return row


def _spread_dropped(
    levels: list[list[str]], columns: list[int], labels: int, data: list[list[Cell]]
) -> list[list[str]]:
    """Two levels whose blanks were dropped: which text above covers which texts below.

    A text above covers one column of its own or several texts below; the number of columns says
    how many of each. Of what is left, the reading is taken in which a total is the sum of its
    group, then the one with groups alike.
    """
    done = list(levels)
    for depth in range(len(levels) - 1, 0, -1):
        upper = [t for t in levels[depth - 1][labels:] if t]
        lower = [t for t in done[depth][labels:] if t]
        at_left = [t for t in levels[depth - 1][labels : labels + len(upper)] if t] == upper
        alone = len(columns) - len(lower)
        if not at_left or not 0 <= alone <= len(upper) < len(columns) or len(upper) > _MOST_HEADS:
            continue
        if len(lower) == len(columns) and len(upper) == 1:
            continue
        reading = _best_reading(upper, lower, alone, data, columns)
        if reading is None:
            continue
        above, below = [""] * labels, [""] * labels
        left = list(lower)
        for text, covers in zip(upper, reading, strict=True):
            above += [text] * max(covers, 1)
            below += [left.pop(0) for _ in range(covers)] if covers else [""]
        done[depth - 1], done[depth] = above, below
    return done


def _unless_lost(level: list[str], columns: list[int], labels: int) -> list[str]:
    """A level whose texts still stand together at the left, fewer than the columns: which text is
    over which column is lost, and none is guessed."""
    texts = [text for text in level[labels:] if text]
    together = level[labels : labels + len(texts)] == texts
    lost = together and 1 < len(texts) < len(columns) - 1
    return [*level[:labels], *[""] * (len(level) - labels)] if lost else level


def _best_reading(
    upper: list[str], lower: list[str], alone: int, data: list[list[Cell]], columns: list[int]
) -> list[int] | None:
    """How many texts below each text above covers, 0 for one that stands over its own column."""
    groups = len(upper) - alone
    if groups == 0:
        return None
    found: list[tuple[float, list[int]]] = []
    for single in combinations(range(len(upper)), alone):
        sizes = _sizes(lower, groups)
        if sizes is None:
            continue
        rest = iter(sizes)
        reading = [0 if n in single else next(rest) for n in range(len(upper))]
        score: float = sum(is_total(upper[n]) or bool(units_of(upper[n])) for n in single)
        score += 3 * _totals_hold(reading, lower, data, columns)
        score -= 0.01 * sum(len(upper) - n for n in single)  # else groups first, single ones last
        found.append((score, reading))
    return max(found, key=lambda f: f[0], default=(0, None))[1]


def _sizes(lower: list[str], groups: int) -> list[int] | None:
    """How texts fall into groups: those that repeat, that begin or end with a total, or alike."""
    count = len(lower)
    if groups == 1:
        return [count]
    starts = [n for n, text in enumerate(lower) if text == lower[0]]
    if len(starts) == groups:
        return [b - a for a, b in zip(starts, [*starts[1:], count], strict=True)]
    totals = [n for n, text in enumerate(lower) if is_total(text)]
    if len(totals) == groups:
        cuts = totals if totals[0] == 0 else [0, *[n + 1 for n in totals[:-1]]]
        return [b - a for a, b in zip(cuts, [*cuts[1:], count], strict=True)]
    return [count // groups] * groups if count % groups == 0 else None


def _totals_hold(
    reading: list[int], lower: list[str], data: Sequence[Sequence[Cell]], columns: list[int]
) -> float:
    """The share of rows in which a total among the texts below is the sum of its group."""
    place, used, checks, holds = 0, 0, 0, 0.0
    for covers in reading:
        group = lower[used : used + covers]
        total = next((n for n, text in enumerate(group) if is_total(text)), None)
        if total is not None and covers > 2:
            for row in data:
                cells = [row[columns[place + n]] for n in range(covers)]
                if all(cell.kind == "number" for cell in cells):
                    values = [cell.numbers[0].value for cell in cells]
                    checks += 1
                    holds += (
                        abs(sum(values) - 2 * values[total]) <= 1e-6 * abs(values[total]) + 1e-9
                    )
        used += covers
        place += max(covers, 1)
    return holds / checks if checks else 0.0
