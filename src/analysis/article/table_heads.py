"""The heads of columns: levels of heads over figures, merged cells spread again.

Where a format keeps merged cells apart (HTML, workbooks), every column has its own text on each
level. Elsewhere a merged cell is printed once with blanks behind it; or the blanks were dropped,
and all that is known is the order.
"""

from __future__ import annotations

import re

from .table_head_words import is_corner
from .table_labels import is_period, units_of
from .table_merged import rebuilt
from .table_numbers import Cell, plain

_COMPARES = re.compile(r"比[)）\]］]?$|[増增]減|增减|change", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff（）()、]{1,2}")


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
    corner_gone, packed = False, short and not any(_has_gap(row[labels:]) for row in rows)
    for depth, row in enumerate(rows):
        texts = [text for text in row if text]
        short_by = last - len(texts) if len(texts) >= len(columns) and not row[last - 1] else 0
        contiguous = row[: len(texts)] == texts
        over_labels = labels == 1 and contiguous and is_corner(texts[0])
        if 0 < short_by <= labels and contiguous and not over_labels:
            row = [""] * short_by + texts  # nothing stands over the first labels
            packed = True
            corner_gone = corner_gone or (depth == 0 and short_by == labels)
        elif labels and contiguous and _over_figures(texts, short or not row[last - 1]):
            row = [""] * labels + texts  # periods stand over figures
            packed = True
            corner_gone = corner_gone or depth == 0
        elif short and labels and depth > 0 and contiguous and len(texts) < len(columns):
            if texts[1:] or not is_corner(texts[0]):
                row = [""] * labels + texts  # the cell over the labels covers this line, too
        elif short and contiguous and (places := _compared(texts, columns, data)):
            row = [dict(zip(places, texts, strict=True)).get(n, "") for n in range(last)]
            corner_gone = corner_gone or depth == 0
        levels.append([*row, *[""] * (last - len(row))][: max(last, len(row))])
    if corner_gone:
        corner = ""
    if packed and len(levels) > 1:
        if found := _rebuilt(levels, columns, labels, data):
            paths, cornered = found
            return [list(dict.fromkeys(path)) for path in paths], corner if cornered else ""
        levels = [_unless_lost(level, columns, labels) for level in levels]
    levels = [_spread(levels, n, columns) for n in range(len(levels))]
    paths = []
    for column in columns:
        parts = [level[column] for level in levels if level[column]]
        single = sum(len(part) == 1 for part in parts)
        letters = single == len(parts) or (short and 2 * single >= len(parts))
        if len(parts) > 2 and letters and all(_CHINESE.fullmatch(part) for part in parts):
            parts = ["".join(parts)]  # set vertically, a letter a line
        paths.append(list(dict.fromkeys(parts)))
    for n, column in enumerate(columns):
        if (
            n
            and not paths[n]
            and _under_one_head(*([row[k] for row in data] for k in (column - 1, column)))
        ):
            paths[n] = list(paths[n - 1])
    return paths, corner


def _has_gap(texts: list[str]) -> bool:
    """Whether a blank stands between the texts of a level: blanks were kept in it."""
    last = max((n for n, text in enumerate(texts) if text), default=0)
    first = next((n for n, text in enumerate(texts) if text), 0)
    return not all(texts[first:last])


def _over_figures(texts: list[str], blank: bool) -> bool:
    """Whether the first heads of a line that has lost blanks are periods, which stand over no
    labels."""
    return blank and len(texts) > 1 and all(map(is_period, texts[:2]))


def _compared(texts: list[str], columns: list[int], data: list[list[Cell]]) -> list[int]:
    """The columns of heads that all compare (前年比), where these are as many as the columns whose
    figures have signs; else none."""
    numbers = {n: [number for row in data for number in row[n].numbers] for n in columns}
    signed = [
        n for n in columns if 5 * sum(a.signed != 0 for a in numbers[n]) > 4 * len(numbers[n])
    ]
    fit = len(signed) == len(texts) < len(columns) and all(map(_COMPARES.search, texts))
    return signed if fit else []


def _under_one_head(before: list[Cell], cells: list[Cell]) -> bool:
    """Whether a column without a head of its own is under the one before it: both hold changes,
    with their signs, or this one all its figures in brackets."""
    this, that = ([n for cell in column for n in cell.numbers] for column in (cells, before))
    signed = all(number.signed or not number.value for number in [*this, *that])
    return bool(this and that) and (signed or all(number.bracketed for number in this))


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


def _rebuilt(
    levels: list[list[str]], columns: list[int], labels: int, data: list[list[Cell]]
) -> tuple[list[list[str]], bool] | None:
    """The heads as a tree, where the blanks of all levels or of the last ones were dropped, and
    whether something stands over the labels: one cell where they are two, or none."""
    filled = [n for n in columns if any(row[n].kind != "blank" for row in data)]
    best: tuple[float, list[list[str]], bool] | None = None
    known = labels > 0 and is_corner(levels[0][0])
    for start in sorted({labels, min(labels, 1), min(labels, int(known))}, reverse=True):
        texts = [levels[0][start:]]
        for level in levels[1:]:  # one that is whole has its own over the labels
            whole = not any(level[:labels]) or all(level[n] for n in columns)
            texts.append(level[labels:] if whole else level)
        for places in (columns, filled):
            found = rebuilt(texts, len(places), [[row[n] for n in places] for row in data])
            score = found[0] - (start == 0) if found else 0.0  # a corner is rarely empty
            if found and (best is None or score > best[0]):
                under = dict(zip(places, found[1], strict=True))
                best = score, [under.get(column, []) for column in columns], start > 0
    return best[1:] if best else None


def _unless_lost(level: list[str], columns: list[int], labels: int) -> list[str]:
    """A level whose texts still stand together at the left, fewer than the columns: which text is
    over which column is lost, and none is guessed."""
    texts = [text for text in level[labels:] if text]
    together = level[labels : labels + len(texts)] == texts
    lost = together and 1 < len(texts) < len(columns) - 1
    return [*level[:labels], *[""] * (len(level) - labels)] if lost else level
