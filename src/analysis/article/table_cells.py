"""Text in which every cell stands on a line of its own, or every figure in a clause, as rows."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from .table_grid import Grid
from .table_head_cells import heads_in_cells
from .table_head_lines import heads_over
from .table_head_words import is_corner
from .table_labels import is_period, is_total
from .table_numbers import Cell, plain, read_cell
from .table_words import CHINESE, Words

_YEAR = re.compile(r"(?:19|20)\d{2}\s*(?:\([^()]{1,12}\)|[*#†rpe])?")  # what is said of it, too
_MISPRINT = re.compile(r"\d[\d.,]*,[\d.,]*")  # a figure, if not one that can be read: 28,28
_NOTE = re.compile(r"\(\d{1,2}\)")
_FEWEST_COUNTED = 4  # rows whose labels count on
_SHORT = 8  # characters of a line that is no title
_MOST_SHORT = 2  # short lines above the heads: what stands over the labels, a group, a unit


def _translated(lines: list[Words]) -> list[Words]:
    """Lines in which a label is followed by its translation, both joined."""
    texts = [plain(line.text) for line in lines]
    words = [read_cell(text).kind == "text" and not is_period(text) for text in texts]
    pairs = [
        n for n in range(1, len(lines))
        if words[n] and words[n - 1] and texts[n].isascii() and CHINESE.search(texts[n - 1])
    ]  # fmt: skip
    if 3 * len(pairs) < sum(words):
        return lines
    joined = list(lines)
    for n in pairs:
        joined[n] = lines[n - 1]._replace(text=f"{texts[n - 1]} {texts[n]}")
    return [line for n, line in enumerate(joined) if n + 1 not in pairs]


class _Run(NamedTuple):
    """Labels and the numbers that follow them."""

    labels: list[Words]
    numbers: list[Words]


def by_cells(lines: list[Words]) -> list[Grid]:
    runs = [_pairs_joined(run) for run in _runs(_translated(lines))]
    if not runs:
        return []
    heads: list[str] = []
    first = [plain(n.text) for n in runs[0].numbers]
    if len(runs) > 1 and (all(map(_YEAR.fullmatch, first)) or _counted(runs[0], first)):
        heads = first
    of_years = [part for run in runs for part in _by_years(run)]
    runs = [part for run in of_years for part in _counting_on(run)]
    counts = Counter(len(run.numbers) for run in (runs[1:] if heads else runs))
    width, each = counts.most_common(1)[0][0], 1
    if len(heads) > 1 and len(runs) > len(of_years) and width % len(heads) == 0:
        each = width // len(heads)
        heads = [head for head in heads for _ in range(each)]
    width = len(heads) if len(heads) > 1 else width
    runs = _years_moved(runs, width)
    grid = Grid([], form="flat", short=True)
    if heads:
        grid.before = [plain(line.text) for line in runs[0].labels]
        grid.rows, grid.heads = [["", *heads]], 1
        grid.lines.append(runs[0].numbers[0].line)
        runs = runs[1:]
        totals = [plain(line.text) for line in runs[0].labels[-1 - width // each : -1]]
        if each > 1 and any(map(is_total, totals)) and len(set(totals)) == 1:
            for n in range(each - 1, width, each):  # the last of those under each
                grid.rows[0][n + 1] += f" {totals[0]}"
            runs[0] = runs[0]._replace(labels=runs[0].labels[-1:])
    else:
        labels = [plain(line.text) for line in runs[0].labels]
        cells_of = [plain(n.text) for run in runs for n in run.numbers]
        rows_of = [cells_of[k : k + width] for k in range(0, len(cells_of), width)]
        data = [[read_cell(text) for text in row] for row in rows_of]
        of_rows = {plain(line.text) for run in runs[1:] for line in run.labels}
        years = any(map(_YEAR.fullmatch, of_rows))
        last = max(len(labels) - 1, 0)
        while last and (
            labels[last - 1] in of_rows or (years and _YEAR.fullmatch(labels[last - 1]))
        ):
            last -= 1
        heads_of, start, end = _heads(labels[:last], width, data)
        grid.before = labels[:start]
        grid.heads = len(heads_of)
        grid.rows = list(heads_of)
        grid.lines += [runs[0].labels[start].line for _ in heads_of]
        runs[0] = runs[0]._replace(labels=runs[0].labels[end:])
    columns = list(zip(*grid.rows, strict=True))[1:]
    head = [next(filter(None, reversed(levels)), "") for levels in columns]  # the lowest of each
    group = grid.before[-1] if head and grid.before and grid.before[-1].isdigit() else ""
    for run in runs:
        head, group = _add_run(grid, run, head or [""] * width, group)
    return [grid]


def _years_moved(runs: list[_Run], width: int) -> list[_Run]:
    """Years behind the last number of a row put over the rows that follow."""
    found = runs[:1]
    for run in runs[1:]:
        before = found[-1]
        if len(before.numbers) % width == 1 and _YEAR.fullmatch(plain(before.numbers[-1].text)):
            found[-1] = before._replace(numbers=before.numbers[:-1])
            run = run._replace(labels=[before.numbers[-1], *run.labels])
        found.append(run)
    return [run for run in found if run.numbers]


def _pairs_joined(run: _Run) -> _Run:
    """A run in which every other number stands in brackets, two numbers a cell; or a number and
    the mark of one note."""
    texts = [plain(line.text) for line in run.numbers]
    bracketed = [text[:1] == "(" for text in texts]
    if len(texts) < 4 or bracketed != [False, True] * (len(texts) // 2):
        return run
    pairs = zip(run.numbers[::2], texts[::2], texts[1::2], strict=True)
    if len(set(texts[1::2])) == 1 and _NOTE.fullmatch(texts[1]):
        return run._replace(numbers=[line._replace(text=a + b) for line, a, b in pairs])
    # a blank inside, or a short number in brackets would be a footnote's
    return run._replace(numbers=[line._replace(text=f"{a} ( {b[1:]}") for line, a, b in pairs])


def _counted(run: _Run, texts: list[str]) -> bool:
    """Whether numbers below what stands over the labels (年度, 縣市別) count on: years, months."""
    over = any(is_corner(line.text) for line in run.labels)
    whole = len(texts) > 2 and all(text.isdigit() and len(text) < 4 for text in texts)
    return over and whole and all(int(b) - int(a) == 1 for a, b in pairwise(texts))


def _runs(lines: list[Words]) -> list[_Run]:
    runs: list[_Run] = []
    periods = [is_period_label(line.text) for line in lines]
    for n, line in enumerate(lines):
        text = plain(line.text)
        kind = (
            "number" if _YEAR.fullmatch(text) or _MISPRINT.fullmatch(text) else read_cell(text).kind
        )
        over = text.isdigit() and periods[n + 1 : n + 3] == [True, True]  # 109, and below it months
        if kind in ("number", "missing") and not periods[n] and not over:
            if not runs:
                runs.append(_Run([], []))
            runs[-1].numbers.append(line)
        elif kind in ("mark", "blank"):
            continue
        elif not runs or runs[-1].numbers:
            runs.append(_Run([line], []))
        else:
            runs[-1].labels.append(line)
    while len(runs) > 1 and _are_heads(runs[0], runs[1]):  # years among other heads
        runs[:2] = [_Run([*runs[0].labels, *runs[0].numbers, *runs[1].labels], runs[1].numbers)]
    return [run for run in runs if run.numbers]


def _are_heads(run: _Run, after: _Run) -> bool:
    years = all(_YEAR.fullmatch(plain(line.text)) for line in run.numbers)
    return years and len(after.labels) > 1 and bool(run.labels)


def is_period_label(text: str) -> bool:
    """Whether a cell is a period that is no bare year: 2006-07, 2014年."""
    return is_period(text) and not _YEAR.fullmatch(plain(text))


def _by_years(run: _Run) -> list[_Run]:
    """A run in which a year stands at equal distances, cut into the rows that the years begin."""
    texts = [plain(line.text) for line in run.numbers]
    years = [n for n, text in enumerate(texts) if _YEAR.fullmatch(text)]
    steps = {b - a for a, b in pairwise(years)}
    if len(years) < 2 or years[0] != 0 or len(steps) != 1 or min(steps) < 2:
        return [run]
    step = steps.pop()
    rows = [_Run([run.numbers[n]], run.numbers[n + 1 : n + step]) for n in years]
    return [_Run([*run.labels, *rows[0].labels], rows[0].numbers), *rows[1:]]


def _counting_on(run: _Run) -> list[_Run]:
    """A run in which numbers that count on stand at equal distances, cut into the rows that they
    are the labels of: ages, grades."""
    texts = [plain(line.text) for line in run.numbers]
    for step in range(3, len(texts) // _FEWEST_COUNTED + 1):
        own = texts[step - 1 :: step]
        whole = all(text.isdigit() and len(text) < 3 for text in own)
        if whole and {int(b) - int(a) for a, b in pairwise(own)} == {1}:
            places = range(step - 1, len(texts), step)
            rows = [_Run([run.numbers[n]], run.numbers[n + 1 : n + step]) for n in places]
            return [_Run(run.labels, run.numbers[: step - 1]), *rows]
    return [run]


def _heads(
    labels: list[str], width: int, data: list[list[Cell]]
) -> tuple[list[list[str]], int, int]:
    """The heads among the labels before the first row, and which labels they are."""
    if found := heads_in_cells(labels, width, data):
        return found.levels, found.first, found.last
    rows, first, last = heads_over(labels, width, cells=True)
    lower = rows[0][1:] if rows else []
    sure = all(map(is_period, lower)) or 2 * sum(text[0] in "(（" for text in lower) >= width
    if rows and (sure or sum(len(text) <= _SHORT for text in labels[:first]) <= _MOST_SHORT):
        return rows, first, last
    return [], len(labels), len(labels)


def _add_run(grid: Grid, run: _Run, head: list[str], group: str) -> tuple[list[str], str]:
    """A run as rows under heads and a year over them; under its own where heads stand in it."""
    labels = [plain(line.text) for line in run.labels]
    again = labels[-len(head) - 1 : -1] == head
    over = head if again else labels[-len(run.numbers) - 1 : -1]
    known = len(over) == len(run.numbers) > 1 and all(is_period(t) or is_total(t) for t in over)
    years = [text for text in labels[:-1] if text.isdigit()]
    group = years[-1] if years else group
    labels = [text for text in labels[:-1] if text not in years] + labels[-1:]
    if again or known:
        head, labels = over, [*labels[: -len(over) - 1], labels[-1]]
        before = labels[:-1]
        grid.rows += [*([text] for text in before), ["", *head]]
        grid.lines += [run.labels[0].line] * (len(before) + 1)
        labels = labels[-1:]
    for line, text in zip(run.labels[: len(labels) - 1], labels[:-1], strict=False):
        grid.rows.append([text])
        grid.lines.append(line.line)
    numbers = [plain(line.text) for line in run.numbers]
    label = f"{group} {labels[-1]}".strip() if labels else group
    label = label if group or not labels else run.labels[-1].text  # as far in as it stands
    while numbers:
        row, numbers = numbers[: len(head)], numbers[len(head) :]
        grid.rows.append(
            [label, *row] if len(row) == len(head) else [label, *[""] * len(head), *row]
        )
        grid.lines.append(run.numbers[0].line)
        label = ""
    return head, group


# --- A clause a figure ----------------------------------------------------------------------------

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
