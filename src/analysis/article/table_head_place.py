"""Heads that blanks set over columns of figures: by where they end, or by their middle."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from .table_head_words import groups_of, is_titled
from .table_labels import is_period
from .table_words import Edges, GapCell, cells_in, wide

_MOST_COLUMNS = 60  # over which heads are placed
_OFF = 3  # how far off the middle of its columns a head may stand
_SURELY = 1
_RULES = re.compile(r"\s*(?:[-=_–—─━]{4,}|[-=_–—─━]{3}\s+[-=_–—─━]{3,})(?:\s+[-=_–—─━]{3,})*\s*")


def unruled(rows: Sequence[str]) -> list[str]:
    """The lines of a text without the rules between them, which leave empty lines; heads that each
    stand over a rule of their own are set in its middle.

    >>> unruled([" 2018           2019", "---------      ---------"])
    ['   2018           2019', '']
    """
    found = list(rows)
    for n, row in enumerate(rows):
        if not _RULES.fullmatch(row):
            continue
        found[n] = ""
        rules = [(rule.begin, rule.end) for rule in cells_in(row)]
        cells = cells_in(found[n - 1]) if n and len(rules) > 1 else []
        free = len(cells) - len(rules)  # over the labels
        begins = [cell.begin for cell in cells]
        pairs = zip(cells[free:], rules, strict=False)
        if free in (0, 1) and all(a <= cell.begin and cell.end <= b for cell, (a, b) in pairs):
            begins[free:] = [
                (a + b - wide(cell.text)) // 2
                for cell, (a, b) in zip(cells[free:], rules, strict=True)
            ]
            found[n - 1] = ""
            for begin, cell in zip(begins, cells, strict=True):
                found[n - 1] += " " * (begin - wide(found[n - 1])) + cell.text
    return found


def levels_at_ends(texts: Sequence[str], edges: Edges) -> tuple[list[list[str]], int, int] | None:
    """The last lines as levels whose heads end where the columns do, a heading of the rows below
    them left out, and the first and the last of these lines; None where a column has no head."""
    levels: list[list[str]] = []
    last = len(texts)
    while last and heads_at_ends(texts[last - 1], edges) is None and _is_heading(texts[last - 1]):
        last -= 1
    first = last
    for text in reversed(texts[:last]):
        below = levels[0][1:] if levels else []
        sure = bool(below) and all(below) and heads_by_place(text, edges, below, sure=True)
        level = sure or heads_at_ends(text, edges)
        if level is None and levels:
            level = heads_by_place(text, edges, below)
        if level is None:
            level = heads_beside(text, edges)
        if level is None:
            break
        first -= 1
        if level is not sure and _goes_on_below(level[1:], below):
            pairs = zip(level, levels[0], strict=True)
            levels[0] = [" ".join(filter(None, pair)) for pair in pairs]
        else:
            levels.insert(0, level)
    if not all(map(any, zip(*(level[1:] for level in levels), strict=True))) or not levels:
        return None
    return levels, first, last - 1


def _goes_on_below(level: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the heads of a line, over some columns alone, are the first lines of those below:
    none is over several of them, as heads that come again would be."""
    own = [text for text in level if text]
    some = bool(below) and all(below) and 0 < len(own) < len(level)
    return some and groups_of(below) == 1 and not all(map(is_period, own))


def _is_heading(text: str) -> bool:
    return len(text.split()) == 1 and not text[:1].isspace()


def heads_at_ends(text: str, columns: Edges) -> list[str] | None:
    """A line of heads that wide gaps part, each in the column that ends where it does or, where
    there are as many, in its order; the first over the labels or empty. None where one stands
    under no column.

    >>> heads_at_ends("案由    旧存          未结", [(8, 12), (16, 18), (22, 26)])
    ['案由', '旧存', '', '未结']
    """
    cells = cells_in(text)
    if _is_title(cells, columns) or (len(cells) == 1 and _covers_others(cells[0], columns)):
        return None
    if cells and cells[0].end > columns[0][0]:
        cells = [GapCell("", 0, 0, 0, 0), *cells]
    placed = [cell.text for cell in cells[:1]] + [""] * len(columns)
    for n, cell in enumerate(cells[1:], 1):
        near = [k for k, (_, edge) in enumerate(columns, 1) if abs(edge - cell.end) <= 1]
        at = n if len(cells) == len(placed) else near[0] if len(near) == 1 else 0
        if not at or placed[at]:
            return None
        placed[at] = cell.text
    return placed if any(placed[1:]) else None


def heads_beside(text: str, columns: Edges) -> list[str] | None:
    """A line of heads that wide gaps part, each over the one column of which it is over a part; the
    first over the labels or empty. None where one is over no column, or over several.

    >>> heads_beside("地区      男      城镇", [(8, 14), (18, 24), (26, 32)])
    ['地区', '男', '城镇', '']
    """
    cells = cells_in(text)
    if _is_title(cells, columns) or not cells:
        return None
    over_labels = cells[0].end <= columns[0][0]
    placed = [cells.pop(0).text if over_labels else "", *[""] * len(columns)]
    for cell in cells if len(cells) > 1 else ():
        near = [k for k, (a, b) in enumerate(columns, 1) if cell.begin < b and a < cell.end]
        if len(near) != 1 or placed[near[0]]:
            return None
        placed[near[0]] = cell.text
    return placed if any(placed[1:]) else None


def heads_by_place(
    text: str, columns: Edges, below: Sequence[str] = (), sure: bool = False
) -> list[str] | None:
    """A line of heads parted by wide gaps over columns that begin and end as given: what is over
    the labels, then each head over the columns in whose middle it stands, or with the first of
    which it begins; None where it does neither. Where the heads `below` come again as often as
    there are heads, each is over a round of them. If `sure`, they stand right in the middle.

    >>> heads_by_place("        Imports      Exports", [(3, 7), (11, 15), (19, 23)])
    ['', 'Imports', 'Imports', 'Exports']
    """
    cells = cells_in(text)
    if _is_title(cells, columns):
        return None
    over_labels = cells and (cells[0].begin + cells[0].end) / 2 < columns[0][0]
    corner = cells.pop(0).text if over_labels else ""
    if not 0 < len(cells) < len(columns) <= _MOST_COLUMNS:
        return None
    places = [(cell.begin + cell.end) / 2 for cell in cells]
    lower = below if len(below) == len(columns) else [""] * len(columns)
    full = [(min(a, b - wide(head)), b) for (a, b), head in zip(columns, lower, strict=True)]
    ends = _ends_apart(lower)
    middle = _over(places, full, ends)
    starts_at = [float(cell.begin) for cell in cells]
    begun = _over(starts_at, [(a, a) for a, _ in columns], ends, first=True)
    off, cuts = begun if begun[0] == 0 < middle[0] else middle
    size = len(columns) // len(cells)
    named = len({cell.text for cell in cells}) == len(cells) == groups_of(below) > 1
    if named and _between(places, columns):  # else two columns had the same heads
        cuts = [*range(size, len(columns) + 1, size)]
    elif off > (_SURELY if sure else _OFF) * len(cells):
        return None
    starts = [0, *cuts[:-1]]
    spread = zip(cells, starts, cuts, strict=True)
    return [corner, *(cell.text for cell, a, b in spread for _ in range(b - a))]


def _is_title(cells: Sequence[GapCell], columns: Edges) -> bool:
    """Whether a line begins as a title, or is one text over the labels, from the left, and over
    figures."""
    if cells and is_titled(cells[0].text):
        return True
    return len(cells) == 1 and cells[0].begin == 0 and cells[0].end > columns[0][0]


def _covers_others(cell: GapCell, columns: Edges) -> bool:
    return any(cell.begin < a and b < cell.end - 1 for a, b in columns)


def _between(middles: list[float], columns: Edges) -> bool:
    """Whether each middle is over its own of as many groups of columns, and beside the others."""
    size = len(columns) // len(middles)
    ends = [-math.inf, *(columns[n - 1][1] for n in range(size, len(columns), size))]
    begins = [*(columns[n][0] for n in range(size, len(columns), size)), math.inf]
    return all(a < at < b for a, at, b in zip(ends, middles, begins, strict=True))


def _ends_apart(heads: Sequence[str]) -> list[int]:
    """How far columns from each one on may be under one head: none has the same head twice."""
    found = [len(heads)] * len(heads)
    last: dict[str, int] = {}
    for n in range(len(heads) - 1, -1, -1):
        again = last.get(heads[n], len(heads)) if heads[n] else len(heads)
        found[n] = min(found[n + 1] if n + 1 < len(heads) else len(heads), again)
        last[heads[n]] = n
    return found


def _over(
    places: list[float], columns: Edges, ends: Sequence[int], first: bool = False
) -> tuple[float, list[int]]:
    """How far off the middle of its columns, or of the first of them, each place is that stands
    over some, and where these end, up to what ends each may have: the least in all."""
    # best[n]: how far off the places so far are, over the first n columns, and the cuts
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for place in places:
        found: dict[int, tuple[float, list[int]]] = {}
        for start, (off, cuts) in best.items():
            for end in range(start + 1, (ends[start] if start < len(ends) else start) + 1):
                last = columns[start if first else end - 1]
                away = abs((columns[start][0] + last[1]) / 2 - place)
                if end not in found or off + away < found[end][0]:
                    found[end] = (off + away, [*cuts, end])
        best = found
    return best.get(len(columns), (math.inf, []))
