"""Tables written out as prose: all in one line, or a clause a figure."""

from __future__ import annotations

import re
from collections import Counter

from .table_grid import BARE_YEAR, Grid
from .table_labels import is_period
from .table_numbers import plain, read_cell
from .table_words import Words, is_piece

_LONGEST = 200  # characters of a line of clauses

# --- All in one line ------------------------------------------------------------------------------

_NOT_FIGURES = {"per", "table", "over", "under", "aged", "column", "of", "and", "page"}
_YEAR_HEAD = re.compile(r"\b[Yy]ear\b|年[度份]?")


def run_on(lines: list[Words]) -> list[Grid]:
    """A table in one line: words, then numbers, then words. The heads of the columns are told
    from the first label only by a head over the years, and by capitals."""
    runs: list[tuple[list[str], list[str]]] = []
    for line in lines:
        before = ""
        for word in plain(line.text).split():
            listed = before.endswith(",") and len(word.strip(",")) < 3
            figure = is_piece(word) and not listed and before.lower() not in _NOT_FIGURES
            if figure and runs:
                runs[-1][1].append(word)
            elif not figure:
                if not runs or runs[-1][1]:
                    runs.append(([], []))
                runs[-1][0].append(word)
            before = word
    runs = [run for run in runs if run[1]]
    rows: list[tuple[str, str, list[str]]] = []  # the group, the row in it, its numbers
    group = ""
    for words, numbers in runs:
        label = " ".join(words)
        years = [n for n, text in enumerate(numbers) if BARE_YEAR.fullmatch(text)]
        if years and years[0] == 0 and len(numbers) > 1:
            group = label
            ends = [*years[1:], len(numbers)]
            rows += [
                (group, numbers[a], numbers[a + 1 : b]) for a, b in zip(years, ends, strict=True)
            ]
        else:
            rows.append((group if group else "", label, numbers))
    if not rows:
        return []
    width = Counter(len(numbers) for _, _, numbers in rows).most_common(1)[0][0]
    first = rows[0][0] or rows[0][1]
    heads, label = _heads_in(first, width, alone=len({part for part, _, _ in rows}) == 1)
    grid = Grid([], form="flat")
    if heads:
        grid.rows.append(["", "", *heads])
    for group, name, numbers in rows:
        group, name = (label if part == first else part for part in (group, name))
        blanks = [] if len(numbers) == width else [""] * width
        grid.rows.append([group, name, *blanks, *numbers])
    grid.lines = [lines[0].line] * len(grid.rows)
    return [grid]


def _heads_in(words: str, width: int, alone: bool) -> tuple[list[str], str]:
    """The heads that stand before the first label, and what is left as that label; or, where no
    other label follows, as the title."""
    if alone:
        pieces = re.split(r"\s+(?=[A-Z])", words) if words.isascii() else words.split()
        if len(pieces) > width:
            return pieces[-width:], " ".join(pieces[:-width])
    if year := _YEAR_HEAD.search(words):
        pieces = re.split(r"\s+(?=[A-Z])", words[year.end() :].strip())
        repeated = next((n for n in range(1, len(pieces) - 1) if pieces[n] == pieces[n - 1]), None)
        if repeated is not None:
            joined = f"{pieces[repeated]} {pieces[repeated + 1]}"
            pieces = [*pieces[:repeated], joined, *pieces[repeated + 2 :]]
        if len(pieces) > width:
            return pieces[:width], " ".join(pieces[width:])
    return [], words


# --- A clause a figure ----------------------------------------------------------------------------

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
