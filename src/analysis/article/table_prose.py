"""Tables written out as prose, a clause a figure."""

from __future__ import annotations

import re
from collections import Counter

from .table_grid import Grid
from .table_labels import is_period
from .table_numbers import plain, read_cell
from .table_words import Words

_LONGEST = 200  # characters of a line of clauses
_CLAUSES = re.compile(r"[，;；。、]|,(?!\d{3})")
_FIRST = re.compile(
    r"\s*((?:民[国國])?\d{2,4}年(?:\d{1,2}月)?(?:\s*[-–至]\s*\d{1,2}月)?|\d{1,2}月份?|[^\d\s]{2,12}?)"
    r"\s*(?=\d|[^\d]{0,8}\d)(.*)"
)
_SAID = re.compile(
    r"(.*?)\s*((?:增加|增長|增长|上升|上漲|上涨|成長|減少|减少|下降|下跌|[增減减升降])?[了為为]?\s*[+\-−]?\d[\d,]*(?:\.\d+)?\s*\S{0,4})"
)


def by_clauses(lines: list[Words], numbered: int) -> Grid | None:
    """A table written out, a line a period and in it a clause a figure: 104年15,890人,減少2,207人.

    Clauses are columns by their order; a line that has fewer leaves the rest out.
    """
    cut = [(line, _clauses(line.text)) for line in lines]
    said = [clauses for _, clauses in cut if clauses and len(clauses[1]) > 1]
    if len(said) < 3 or len(said) < 0.4 * len(lines) or numbered > len(said):
        return None
    width = max(len(clauses[1]) for clauses in said)
    heads = [""]
    for n in range(width):
        known = [clauses[1][n] for clauses in said if n < len(clauses[1])]
        name = Counter(name for name, _ in known).most_common(1)[0][0]
        units = {read_cell(cell).numbers[0].unit for _, cell in known}
        unit = f"({units.pop()})" if len(units) == 1 else ""
        heads.append(f"{name} {unit}".strip())
    grid = Grid([], form="flat")
    headed = False
    for line, clauses in cut:
        if clauses is None:
            grid.rows.append([plain(line.text)])
            headed = False
        else:
            if not headed:
                grid.rows.append(heads)
                grid.lines.append(line.line)
                headed = True
            grid.rows.append([clauses[0], *(cell for _, cell in clauses[1])])
        grid.lines.append(line.line)
    return grid


def _clauses(text: str) -> tuple[str, list[tuple[str, str]]] | None:
    """The label of a line and its clauses, each its words and its figure; None where it is none."""
    if len(text) > _LONGEST:
        return None
    first = _FIRST.fullmatch(plain(text).rstrip("。.;；"))
    if first is None or not is_period(first[1]):
        return None
    found = []
    for clause in _CLAUSES.split(first[2]):
        match = _SAID.fullmatch(clause.strip())
        if match is None or read_cell(match[2]).kind != "number":
            return None
        found.append((match[1], match[2]))
    return first[1], found
