"""Text without marks of cells, cut into cells: lines of labels and numbers, or a cell a line.

Numbers may group their thousands by the same blank that parts them. How many stand in a line is
asked of all lines: `2 505 2 718 2 919` are three where the other lines have three.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise
from math import comb, log1p
from typing import NamedTuple

from .table_grid import BARE_YEAR, Grid
from .table_labels import is_period
from .table_numbers import plain, read_cell
from .table_prose import by_clauses, run_on
from .table_words import Words, by_edges, edges_of, line_of

_GAP = re.compile(r"\t+|\s{2,}")
_JOINS = re.compile(r"\d{3}(?:\.\d+)?[*%]?")
_HEAD = re.compile(r"[+\-−]?\d{1,3}")
_CHINESE = re.compile("[\u3400-\u9fff]")
_MOST_READINGS = 3_000  # ways to part a line of which the most even one is looked for
_LONGEST_HEAD = 200
_LONGEST_LABEL = 60  # characters: a line of more is a title
_RUN_ON = 15  # words: a line of more may hold a whole table


def text_grids(text: str) -> list[Grid]:
    """The grid of a text in lines; none where it holds no rows of numbers."""
    lines = [
        line_of(raw, n) for n, raw in enumerate(text.split("\n"), 1) if raw.strip(" \t\xa0\u3000")
    ]
    numbered = [line for line in lines if line.figures]
    if clauses := by_clauses(lines, len(numbered)):
        return [clauses]
    if not numbered:
        return []
    if len(numbered) < 3 and max(len(line.text.split()) for line in numbered) > _RUN_ON:
        return run_on(lines)
    cells = sum(not line.label and len(read_cell(line.text).numbers) == 1 for line in numbered)
    if cells > 0.6 * len(numbered):
        return _by_cells(lines)
    return _by_lines(lines)


# --- A row a line ---------------------------------------------------------------------------------


def _by_lines(lines: list[Words]) -> list[Grid]:
    spaced = _spaced(lines)
    width = spaced or _width(lines)
    if width == 0:
        return []
    edges = edges_of(lines, width) if spaced else []
    rows: list[tuple[Words, list[str] | None]] = []
    for line in lines:
        numbers = None
        if line.figures:
            cells = _GAP.split(line.text.strip()) if spaced else []
            if line.label and len(cells) == width + 1:
                line, numbers = line._replace(label=plain(cells[0])), cells[1:]
            elif not line.label and len(cells) == width:
                numbers = cells
            elif spaced and line.label and (placed := by_edges(line, edges)):
                line, numbers = line._replace(label=plain(cells[0])), placed
            else:
                numbers = _parted(line.pieces, width)
            more = len(numbers) - width
            if line.label and more > 0:  # numbers that its label ends with: per 100,000
                label = " ".join([line.label, *numbers[:more]])
                line, numbers = line._replace(label=label), numbers[more:]
            if not line.label and len(numbers) * 2 < width:
                numbers = None  # a page number
        rows.append((line, numbers))
    first = next((n for n, (_, numbers) in enumerate(rows) if numbers is not None), len(rows))
    if first == len(rows):
        return []
    grid = Grid([], form="space")
    _head_rows(grid, [line for line, _ in rows[:first]], width)
    data = [n for n, (_, numbers) in enumerate(rows) if numbers is not None]
    follows = sum(n + 1 < len(rows) and rows[n + 1][1] is None for n in data)
    translated = follows > 0.5 * len(data)
    for n, (line, numbers) in enumerate(rows[first:], first):
        if numbers is not None:
            label, numbers = _year_label(line.label, numbers, width)
            numbers = numbers if len(numbers) == width else [*[""] * width, *numbers]
            grid.rows.append([label, *numbers])
        elif heads := _repeated_head(line, width):
            grid.rows.append(heads)
        elif (
            translated and not _before_bare_numbers(rows, n) and grid.rows[-1][1:].count("") < width
        ):
            grid.rows[-1][0] = f"{grid.rows[-1][0]} {plain(line.text)}".strip()
            continue
        else:
            grid.rows.append([plain(line.text)])
        grid.lines.append(line.line)
    grid.lines = [*[lines[0].line] * (len(grid.rows) - len(grid.lines)), *grid.lines]
    return [grid]


def _before_bare_numbers(rows: list[tuple[Words, list[str] | None]], n: int) -> bool:
    """Whether numbers without a label follow: then the line is their label."""
    after = next((row for row in rows[n + 1 :] if row[1] is not None), None)
    return after is not None and not after[0].label


def _year_label(label: str, numbers: list[str], width: int) -> tuple[str, list[str]]:
    if not label and len(numbers) == width + 1 and BARE_YEAR.fullmatch(numbers[0]):
        return numbers[0], numbers[1:]
    return label, numbers


def _spaced(lines: list[Words]) -> int:
    """How many columns stand apart by wide gaps; 0 where they do not."""
    counts = Counter(
        len(_GAP.split(line.text.strip())) - bool(line.label) for line in lines if line.figures
    )
    usual, often = counts.most_common(1)[0]
    return usual if usual > 1 and often >= 0.6 * sum(counts.values()) else 0


def _width(lines: list[Words]) -> int:
    """How many numbers a line holds: the count that most lines can be parted into."""
    votes: Counter[int] = Counter()
    sure: Counter[int] = Counter()
    for line in lines:
        if not line.figures:
            continue
        most = len(line.pieces)
        joins = sum(_can_join(line.pieces, n) for n in range(1, most))
        votes.update(range(most - joins, most + 1))
        if joins == 0:
            sure[most] += 1
        years = not line.label and line.pieces and BARE_YEAR.fullmatch(line.pieces[0])
        if years:
            votes[most - 1] += 1
            sure[most - 1] += 2
    return max(votes, key=lambda w: (votes[w] + 0.5 * sure[w], w), default=0)


def _can_join(pieces: list[str], n: int) -> bool:
    return bool(_JOINS.fullmatch(pieces[n]) and _HEAD.fullmatch(pieces[n - 1][-4:].lstrip("+-−")))


def _parted(pieces: list[str], width: int) -> list[str]:
    """Pieces as so many numbers: some join the one before; the most even reading is taken."""
    if len(pieces) == width:
        return pieces
    pieces = _with_signs(pieces)
    if len(pieces) <= width:
        return pieces
    able = [n for n in range(1, len(pieces)) if _can_join(pieces, n)]
    need = len(pieces) - width
    if need > len(able):
        return pieces
    if comb(len(able), need) > _MOST_READINGS:
        return _joined(pieces, set(able[:need]))
    readings = (_joined(pieces, set(chosen)) for chosen in combinations(able, need))
    good = [r for r in readings if all(read_cell(cell).kind != "text" for cell in r)]
    return min(good, key=_unevenness, default=pieces)


def _joined(pieces: list[str], joins: set[int]) -> list[str]:
    found: list[str] = []
    for n, piece in enumerate(pieces):
        if n in joins:
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def _with_signs(pieces: list[str]) -> list[str]:
    """Signs that stand alone, put before the number behind them."""
    found: list[str] = []
    for piece in pieces:
        if found and found[-1] in ("+", "-", "−") and read_cell(piece).kind == "number":
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _unevenness(cells: Sequence[str]) -> float:
    sizes = [log1p(abs(c.numbers[0].value)) for c in map(read_cell, cells) if c.kind == "number"]
    middle = sum(sizes) / len(sizes) if sizes else 0.0
    return sum((size - middle) ** 2 for size in sizes)


# --- Heads ----------------------------------------------------------------------------------------


def _head_rows(grid: Grid, lines: list[Words], width: int) -> None:
    """The lines above the first figures: heads where they part into columns, else a title."""
    kept: list[list[str]] = []
    for line in reversed(lines):
        cells = head_cells(line.text, width)
        if cells is not None:
            kept.insert(0, cells)
        elif kept and len(kept[0]) > 1 and len(plain(line.text)) <= 16 and line is not lines[0]:
            kept.insert(0, [plain(line.text)])
            continue
        else:
            if not kept and line is lines[-1] and len(plain(line.text)) <= 30 and len(lines) > 1:
                kept.insert(0, [plain(line.text)])  # the first row's label, or a heading
                continue
            grid.before.insert(0, line.text.strip())
    grid.rows += kept


def head_cells(text: str, width: int) -> list[str] | None:
    """A line as the heads of so many columns, with or without one over the labels.

    >>> head_cells("Number of offences Rate per 1,000 population", 2)
    ['', 'Number of offences', 'Rate per 1,000 population']
    """
    if len(text) > _LONGEST_HEAD * max(1, width // 4):
        return None
    stripped = text.strip()
    ways = [_GAP.split(stripped), stripped.split(), _capitalised(stripped), _by_periods(stripped)]
    if len(ways[0]) > 1 and width % len(ways[0]) == 0:
        ways = ways[:1]
    for cells in ways:
        cells = _halves(cells, width)
        if len(cells) == width > 1 or (width == 1 and len(cells) == 1 and len(stripped) < 30):
            return ["", *cells]
        if len(cells) == width + 1:
            return cells
    cells = _GAP.split(stripped)
    if len(cells) == 1 and all(is_period(word) for word in stripped.split()):
        cells = stripped.split()
    if 1 < len(cells) < width and width % len(cells) == 0 and all(len(c) < 20 for c in cells):
        each = width // len(cells)
        return ["", *(cell for c in cells for cell in [c, *[""] * (each - 1)])]
    return None


def _halves(cells: list[str], width: int) -> list[str]:
    """Heads in which a word that repeats the one before begins one that goes on: `Crime, Crime
    Rate`."""
    while len(cells) > width + 1:
        again = next((n for n in range(1, len(cells) - 1) if cells[n] == cells[n - 1]), None)
        if again is None:
            return cells
        cells = [*cells[:again], f"{cells[again]} {cells[again + 1]}", *cells[again + 2 :]]
    return cells


def _by_periods(text: str) -> list[str]:
    """A line of heads of which some are periods: each of these is one, and the words between."""
    found: list[str] = []
    for word in text.split():
        period = is_period(word)
        if found and not period and not is_period(found[-1]):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _capitalised(text: str) -> list[str]:
    """A line of English heads, each beginning with a capital."""
    return re.split(r"\s+(?=[A-Z][a-z])", text)


def _repeated_head(line: Words, width: int) -> list[str] | None:
    """A line of heads among the rows: parted by wide gaps or in Chinese words, or years."""
    if line.label and not line.pieces:
        words = line.text.split()
        chinese = len(words) in (width, width + 1) and all(_CHINESE.search(w) for w in words)
        if width > 2 and (chinese or len(_GAP.split(line.text.strip())) in (width, width + 1)):
            return head_cells(line.text, width)
    if not line.figures and len(line.pieces) == width > 1:
        return [line.label, *line.pieces]
    return None


# --- A cell a line --------------------------------------------------------------------------------


class _Run(NamedTuple):
    """Labels and the numbers that follow them."""

    labels: list[Words]
    numbers: list[Words]


def _by_cells(lines: list[Words]) -> list[Grid]:
    runs = _runs(lines)
    if not runs:
        return []
    heads: list[str] = []
    if all(BARE_YEAR.fullmatch(plain(n.text)) for n in runs[0].numbers) and len(runs) > 1:
        heads = [plain(n.text) for n in runs[0].numbers]
    runs = [part for run in runs for part in _by_years(run)]
    counts = Counter(len(run.numbers) for run in (runs[1:] if heads else runs))
    width = len(heads) if len(heads) > 1 else counts.most_common(1)[0][0]
    grid = Grid([], form="flat", short=True)
    if heads:
        grid.before = [plain(line.text) for line in runs[0].labels]
        grid.rows.append(["", *heads])
        grid.lines.append(runs[0].numbers[0].line)
        runs = runs[1:]
    else:
        first = runs[0]
        heads_of, title = _stacked_heads([plain(line.text) for line in first.labels[:-1]], width)
        grid.before = title
        grid.rows += heads_of
        grid.lines += [first.numbers[0].line] * len(heads_of)
        runs[0] = _Run(first.labels[-1:], first.numbers)
    head = [cell for cell in grid.rows[-1][1:] if cell] if grid.rows else []
    for run in runs:
        _add_run(grid, run, width, head)
    return [grid]


def _runs(lines: list[Words]) -> list[_Run]:
    runs: list[_Run] = []
    for line in lines:
        kind = read_cell(plain(line.text)).kind
        if kind in ("number", "missing") and not is_period_label(line.text):
            if not runs:
                runs.append(_Run([], []))
            runs[-1].numbers.append(line)
        elif kind in ("mark", "blank"):
            continue
        elif not runs or runs[-1].numbers:
            runs.append(_Run([line], []))
        else:
            runs[-1].labels.append(line)
    return [run for run in runs if run.numbers]


def is_period_label(text: str) -> bool:
    """Whether a cell is a period that is no bare year: 2006-07, 2014年."""
    return is_period(text) and not BARE_YEAR.fullmatch(plain(text))


def _by_years(run: _Run) -> list[_Run]:
    """A run in which a year stands at equal distances, cut into the rows that the years begin."""
    texts = [plain(line.text) for line in run.numbers]
    years = [n for n, text in enumerate(texts) if BARE_YEAR.fullmatch(text)]
    steps = {b - a for a, b in pairwise(years)}
    if len(years) < 2 or years[0] != 0 or len(steps) != 1 or min(steps) < 2:
        return [run]
    step = steps.pop()
    rows = [_Run([run.numbers[n]], run.numbers[n + 1 : n + step]) for n in years]
    return [_Run([*run.labels, *rows[0].labels], rows[0].numbers), *rows[1:]]


def _stacked_heads(labels: list[str], width: int) -> tuple[list[list[str]], list[str]]:
    """The heads among the labels before the first row, and the lines of the title."""
    if not labels:
        return [], []
    split = head_cells(labels[-1], width) if width > 1 else None
    if split is not None and sum(len(label) <= _LONGEST_LABEL for label in labels) < width:
        return [split], labels[:-1]
    if len(labels) < width:
        return [], labels
    lower, rest = labels[-width:], labels[:-width]
    period = next(
        (p for p in range(2, width) if width % p == 0 and lower == lower[:p] * (width // p)), 0
    )
    rows = [["", *lower]]
    if period and len(rest) >= width // period:
        groups = rest[-(width // period) :]
        rest = rest[: -len(groups)]
        rows.insert(0, ["", *(cell for g in groups for cell in [g, *[""] * (period - 1)])])
    if rest and len(rest[-1]) <= 8 and len(rest) > 1:
        rows[-1][0] = rest[-1]
        rest = rest[:-1]
    return rows, rest


def _add_run(grid: Grid, run: _Run, width: int, head: list[str]) -> None:
    labels = [plain(line.text) for line in run.labels]
    if head and len(labels) > len(head) and labels[-len(head) - 1 : -1] == head:
        before = labels[: -len(head) - 1]
        grid.rows += [[text] for text in before] + [["", *head]]
        grid.lines += [run.labels[0].line] * (len(before) + 1)
        labels = labels[-1:]
    for line, text in zip(run.labels[: len(labels) - 1], labels[:-1], strict=False):
        grid.rows.append([text])
        grid.lines.append(line.line)
    numbers = [plain(line.text) for line in run.numbers]
    label = labels[-1] if labels else ""
    while numbers:
        row, numbers = numbers[:width], numbers[width:]
        grid.rows.append([label, *row] if len(row) == width else [label, *[""] * width, *row])
        grid.lines.append(run.numbers[0].line)
        label = ""
