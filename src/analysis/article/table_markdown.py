"""Tables of Markdown with pipes, whole or as a converter broke them, made grids.

A converter may put every cell on a line of its own, break a row at a cell that held a line break,
or move the blanks that merged cells leave to the end of their row. What a text does is asked of
all its rows: of the ways to put them together, the one is taken whose rows are most alike.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise, takewhile
from typing import NamedTuple

from .table_grid import BARE_YEAR, Grid
from .table_head_cells import heads_in_cells
from .table_head_words import is_corner
from .table_numbers import read_cell
from .table_pieces import (
    WIDEST,
    Cut,
    cut_of,
    is_figure,
    kind_of,
    one_by_one,
    usual,
    with_strays,
    without_border,
)

_LONGEST_ROW = 20_000  # characters of a row that is put together
_RULE = re.compile(r"\s*\|?(?:\s*(?::?-{2,}:?|:-:?|-:)\s*\|?)+\s*")
_STROKE = re.compile(r"\s*[-=_]{5,}\s*")  # between rows
_SHORT = re.compile(r"[^|。;;!?]{1,12}")  # the first line of a cell, no sentence
_LABEL = re.compile(r"[^|。;;!?]{1,40}")  # a cell whose pipe is on the next line
_BREAK = re.compile(r"\s*<br\s*/?>\s*")
_FEWEST = 3  # rows, and cells of a row, that tell how far its labels stand apart
_BETTER = 0.1  # how much more alike rows must be for lines to be joined


def markdown_grids(text: str) -> list[Grid]:
    """The pipe tables of a text. Rows that a converter broke are put together."""
    grids: list[Grid] = []
    before: list[str] = []
    pieces: list[tuple[int, str]] = []
    blank = 0
    lines = [(n, line) for n, line in _unfolded(text.splitlines()) if not _STROKE.fullmatch(line)]
    for n, line in [*_closed(lines), (0, ""), (0, "")]:
        if "|" in line:
            pieces.append((n, line))
            blank = 0
            continue
        blank += not line.strip()
        if pieces and (line.strip() or blank > 1):
            grids.append(_piped(pieces, before))
            before, pieces = [], []
        if line.strip():
            before = [*before, line.strip()][-4:]
            if grids and len(grids[-1].after) < 8:
                grids[-1].after.append(line.strip())
    return [grid for grid in grids if grid.rows]


def _unfolded(lines: list[str]) -> list[tuple[int, str]]:
    """Lines, numbered, with each row in one, where cells go over several lines and blank ones: a
    row ends where a pipe follows a pipe."""
    piped = [n for n, line in enumerate(lines) if "|" in line]
    broken = sum(n + 1 < len(lines) and not lines[n + 1].strip() for n in piped)
    single = sum(lines[n].strip("| ").count("|") == 0 for n in piped)
    if len(piped) < 8 or 2 * broken < len(piped) or single < 0.9 * len(piped):
        return list(enumerate(lines, 1))
    found = list(enumerate(lines[: piped[0]], 1))
    rows: list[tuple[int, list[str]]] = []
    for n in range(piped[0], piped[-1] + 1):
        text = lines[n].strip()
        if text and (not rows or (rows[-1][1][-1].endswith("|") and text.startswith("|"))):
            rows.append((n + 1, [text]))
        elif text:
            rows[-1][1].append(text)
    found += [(n, " ".join(texts)) for n, texts in rows]
    return found + list(enumerate(lines[piped[-1] + 1 :], piped[-1] + 2))


def _closed(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Lines, with those joined that a break inside a cell parts: where rows end with a pipe, one
    that does not goes on in the next line."""
    piped = [line.strip() for _, line in lines if "|" in line]
    bare = sum(line == "|" for line in piped) > 0.6 * len(piped)
    closing = sum(line.endswith("|") for line in piped) > 0.6 * len(piped)
    found: list[tuple[int, str]] = []
    for n, line in lines:
        last = found[-1][1].rstrip() if found else ""
        goes_on = closing and "|" in last and not last.endswith("|") and len(last) < _LONGEST_ROW
        begun = closing and len(found) > 1 and "|" in found[-2][1] and "|" in line
        whole = _LABEL if line.lstrip().startswith("|") else _SHORT
        goes_on = goes_on or (begun and bool(whole.fullmatch(last)) and not _is_rule(line))
        alone = line.strip() == "|"
        run = _run_of_lines(found) if closing and alone else 0
        if run > 1:
            lines_of = [text.strip() for _, text in found[-run:]]
            found[-run:] = [(found[-run][0], f"{' '.join(lines_of)} |")]
        elif bare and alone and last and not last.endswith("|"):
            found[-1] = (found[-1][0], f"{last} |")  # a cell, and its pipe on the next line
        elif goes_on and line.strip():
            found[-1] = (found[-1][0], f"{last} {line.strip()}")
        else:
            found.append((n, line))
    return found


def _run_of_lines(lines: list[tuple[int, str]]) -> int:
    """How many short lines stand at the end behind one that closes a cell: those of the next."""
    back = next((n for n, (_, line) in enumerate(reversed(lines)) if not _SHORT.fullmatch(line)), 0)
    return back if 0 < back < len(lines) and lines[-1 - back][1].rstrip().endswith("|") else 0


def _piped(pieces: list[tuple[int, str]], before: list[str]) -> Grid:
    first = next((n for n, (_, line) in enumerate(pieces) if _is_rule(line)), 0)
    pieces = [piece for piece in pieces if not _is_rule(piece[1])]
    rows = _put_together(pieces)
    rule = pieces[first][0] if 0 < first < len(pieces) else 0  # none where nothing follows it
    heads = sum(row.line < rule for row in rows)
    width = usual([len(row.cells) for row in rows])
    short = any(len(row.cells) != width for row in rows)
    short = short or (any(not row.cells[-1] for row in rows) and not _blanks_kept(rows))
    cells_of = [[_BREAK.sub(" ", cell) for cell in row.cells] for row in rows]
    return Grid(cells_of, before, [], [row.line for row in rows], heads, short, "md")


def _blanks_kept(rows: list[Cut]) -> bool:
    """Whether two rows of heads have the blanks of their merged cells where they were: in the upper
    one, over texts, also between its texts, and none in both in any column of figures."""
    heads = list(takewhile(lambda row: not any(map(is_figure, row.cells[1:])), rows))
    if len(heads) != 2 or not heads[0].cells[0] or heads[1].cells[0]:
        return False
    upper, lower = ([bool(cell) for cell in row.cells[1:]] for row in heads)
    last = max(n for n, text in enumerate(upper) if text) if any(upper) else 0
    between = any(not text for text in upper[:last])
    return between and all(a or b for a, b in zip(upper, lower, strict=True))


def _is_rule(line: str) -> bool:
    return "-" in line and bool(_RULE.fullmatch(line))


def _put_together(pieces: list[tuple[int, str]]) -> list[Cut]:
    """The rows of a table: as they stand, or as its lines are most alike when joined."""
    lead = sum(line.lstrip().startswith("|") for _, line in pieces) * 2 > len(pieces)
    cut = [cut_of(n, line, lead) for n, line in pieces]
    cut = list(one_by_one(cut if lead else without_border(cut)))
    if lone := sum(len(row.cells) == 1 for row in cut) * 2 > len(cut):
        rows = max(_by_width(cut), _by_leads(cut), key=_likeness)  # a pipe says where each begins
    else:
        rows = with_strays(cut)
    alike = _likeness(rows) + _BETTER
    if alike >= 1:  # as nothing can be more alike than all
        return rows
    whole = [cut_of(n, line, False) for n, line in pieces]
    others = (
        [with_strays(cut), _by_runs(cut), _by_years(cut)]
        if lone
        else [_after_breaks(whole), _by_steps(pieces)]
    )
    if not lone and 3 * sum(is_figure(row.cells[0]) for row in cut) > len(cut):  # lines that go on
        others.append(_by_runs(whole))
    best = max(others, key=_likeness)
    return best if _likeness(best) > alike else rows


def _likeness(rows: list[Cut]) -> float:
    """How much alike rows of figures are: in width, and in what each column holds."""
    data = [[kind_of(c) for c in row.cells] for row in rows if any(map(is_figure, row.cells))]
    if not data:
        return 0.0
    width = usual([len(kinds) for kinds in data])
    whole = [kinds for kinds in data if len(kinds) == width]
    if len(whole) < 2:
        return 0.0
    agree = 0.0
    for column in range(width):
        kinds = [row[column] for row in whole if row[column] != "blank"]
        agree += Counter(kinds).most_common(1)[0][1] / len(kinds) if kinds else 1.0
    told = ["text" in kinds[:2] for kinds in data]
    lost = [
        not own and kinds[0] in ("blank", "number") for own, kinds in zip(told, data, strict=True)
    ]
    labelled = (sum(told) + 0.8 * sum(lost)) / len(data)
    lone = (0.5 if width < 2 else 1.0) * (1 - 0.5 / len(whole))
    return round(lone * labelled * len(whole) / len(data) * agree / width, 6)


def _by_width(cut: list[Cut]) -> list[Cut]:
    """Rows whose cells stand a line each, put together again by their number.

    Where a line holds more than one cell, the rest is filling: the row ends there. The width is
    the one at which most rows end so, and begin with a label.
    """
    stream = [(n, cell) for n, cells, _ in cut for cell in cells]
    ends = {sum(len(c.cells) for c in cut[: k + 1]) for k, c in enumerate(cut) if len(c.cells) > 1}
    texts = [kind_of(cell) == "text" for _, cell in stream]

    def fits(width: int) -> float:
        starts = range(0, len(stream), width)
        met = sum(start in ends for start in starts) + sum(texts[start] for start in starts)
        return met / (len(starts) + len(ends) + 1)

    width = max(range(2, min(len(stream), WIDEST) + 1), key=fits, default=1)
    rows = [stream[k : k + width] for k in range(0, len(stream), width)]
    return [Cut(row[0][0], [cell for _, cell in row]) for row in rows]


def _by_leads(cut: list[Cut]) -> list[Cut]:
    """Rows of cells a line each, of which only the first has a pipe before it, too."""
    rows: list[Cut] = []
    for row in cut:
        if row.leads or not rows:
            rows.append(Cut(row.line, list(row.cells)))
        else:
            rows[-1].cells.extend(row.cells)
    return rows


def _by_years(cut: list[Cut]) -> list[Cut]:
    """Rows of cells a line each, which years begin at equal distances; above them rows of heads as
    wide, if what stands over the labels is the first of its row. None where years do not."""
    stream = [(row.line, cell) for row in cut for cell in row.cells]
    years = [n for n, (_, cell) in enumerate(stream) if BARE_YEAR.fullmatch(cell)]
    steps = {b - a for a, b in pairwise(years)}
    if len(years) < _FEWEST or len(steps) > 1 or (step := steps.pop()) < _FEWEST:
        return []
    if any(not is_figure(cell) for n in years for _, cell in stream[n + 1 : n + step]):
        return []
    top = years[0] % step
    heads = [stream[n : n + step] for n in range(top, years[0], step)]
    corners = [n for row in heads for n, (_, cell) in enumerate(row) if is_corner(cell)]
    if any(corners) or not corners:
        top, heads = years[0], []
    rows = [[cell] for cell in stream[:top] if cell[1]]
    rows += [*heads, *(stream[n : n + step] for n in years)]
    rows += [[cell] for cell in stream[years[-1] + step :] if cell[1]]
    return [Cut(row[0][0], [cell for _, cell in row]) for row in rows]


class _Run(NamedTuple):
    """Texts and blanks, and the figures that follow them."""

    between: list[tuple[int, str]]
    figures: list[tuple[int, str]]


def _by_runs(cut: list[Cut]) -> list[Cut]:
    """Rows of cells a line each: texts, then figures, as many as most rows have. Blanks stand for
    labels that are lost, fill a row, or are cells where that makes a row whole."""
    runs: list[_Run] = []
    for row in cut:
        for cell in row.cells:
            if is_figure(cell) or (kind_of(cell) == "number" and runs and runs[-1].figures):
                runs = runs or [_Run([], [])]
                runs[-1].figures.append((row.line, cell))
            elif not runs or runs[-1].figures:
                runs.append(_Run([(row.line, cell)], []))
            else:
                runs[-1].between.append((row.line, cell))
    told = [run for run in runs if run.figures]
    if len(told) < 2:
        return cut
    width = usual([len(run.figures) for run in told])
    told = _with_blanks(told, width)
    names = [[cell for cell in run.between if cell[1]] for run in told]
    labels = max(usual([len(texts) for texts in names[1:] if texts]), 1)
    lost = not told[0].between or not told[0].between[-1][1]
    own = 0 if lost else labels
    cells = names[0][: len(names[0]) - own]
    at = _first_heading(told[0].between, width)
    cells, headings = cells[:at], cells[at:] if at else []
    rows = _heads(cells, width, labels, told) + [Cut(line, [text]) for line, text in headings]
    again = [row for row in rows if len(row.cells) > 1]
    head = [text for _, text in cells][-sum(bool(c) for row in again for c in set(row.cells)) :]
    for n, (run, texts) in enumerate(zip(told, names, strict=True)):
        kept = ([] if n == 0 and lost else texts)[-labels:]
        over = texts[: len(texts) - len(kept)] if n else []
        repeated = bool(again) and [text for _, text in over][-len(head) :] == head
        over = over[: -len(head)] if repeated else over
        rows += [Cut(line, [text]) for line, text in over]
        rows += again if repeated else []
        line = (kept or run.figures)[0][0]
        label = [text for _, text in kept] + [""] * (labels - len(kept))
        for k in range(0, len(run.figures), width):
            rows.append(Cut(line, [*label, *(text for _, text in run.figures[k : k + width])]))
            label = [""] * labels
    return rows


def _first_heading(between: list[tuple[int, str]], width: int) -> int | None:
    """Which text behind the heads has a row of blanks behind it: it heads the rows that follow."""
    texts = [k for k, (_, text) in enumerate(between) if text]
    behind = [after - k - 1 for k, after in pairwise(texts)]
    return next((n for n, blanks in enumerate(behind) if n >= width and blanks == width), None)


def _with_blanks(runs: list[_Run], width: int) -> list[_Run]:
    """Runs with those joined that only blanks part, where together they have a row's width."""
    found: list[_Run] = []
    for run in runs:
        last = found[-1] if found else None
        blank = not any(text for _, text in run.between)
        if last and blank and len(last.figures) + len(run.between) + len(run.figures) == width:
            last.figures.extend([*run.between, *run.figures])
        else:
            found.append(run)
    return found


def _heads(cells: list[tuple[int, str]], width: int, labels: int, runs: list[_Run]) -> list[Cut]:
    """The cells before figures as heads: level by level, or so many a row, the rest a title."""
    texts = [text for _, text in cells]
    data = [[read_cell(text) for _, text in run.figures] for run in runs]
    if found := heads_in_cells(texts, width, data):
        rows = [Cut(line, [text]) for line, text in cells[: found.first]]
        for level in found.levels:
            row = [level[0], *[""] * (labels - 1), *level[1:]]
            rows.append(Cut(cells[found.first][0], row))
        return rows + [Cut(line, [text]) for line, text in cells[found.last :]]
    return _head_rows(cells, labels + width)


def _head_rows(cells: list[tuple[int, str]], width: int) -> list[Cut]:
    """The cells before the first figures as heads, so many a row; the rest of them is a title."""
    over = len(cells) % width if len(cells) > width else 0
    title = [[cell] for cell in cells[:over] if cell[1]]
    chunks = [cells[k : k + width] for k in range(over, len(cells), width)]
    return [Cut(row[0][0], [text for _, text in row]) for row in [*title, *chunks] if row]


def _after_breaks(cut: list[Cut]) -> list[Cut]:
    """Rows that break at a cell with nothing but a line break: the next line begins with the pipe
    behind it."""
    rows: list[Cut] = []
    for row in cut:
        if rows and row.leads and not row.cells[0]:
            rows[-1].cells.extend(row.cells)
        else:
            rows.append(Cut(row.line, list(row.cells)))
    return rows


def _by_steps(pieces: list[tuple[int, str]]) -> list[Cut]:
    """Rows of cells one after the other, with a line break for each that is blank: their labels
    stand at equal distances. None where they do not."""
    stream: list[tuple[int, str]] = []
    for line, text in pieces:
        first, *more = (cell.strip() for cell in text.split("|"))
        if stream:
            first = f"{stream.pop()[1]} {first}".strip()
        stream += [(line, first), *((line, cell) for cell in more)]
    kinds = [kind_of(cell) for _, cell in stream]
    labels = [n for n, pair in enumerate(pairwise(kinds)) if pair[0] == "text" != pair[1]]
    steps = {b - a for a, b in pairwise(labels)}
    if len(labels) < _FEWEST or len(steps) > 1 or (step := steps.pop()) < _FEWEST:
        return []
    rows = [stream[n : n + step] for n in labels]
    heads = [
        cell for cell, after in pairwise(stream[: labels[0] + 1]) if cell[1] and cell[1] != after[1]
    ]
    found = _heads(heads, step - 1, 1, [_Run([], row[1:]) for row in rows])
    return found + [Cut(row[0][0], [cell for _, cell in row]) for row in rows]
