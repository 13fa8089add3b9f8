"""Rows of tables with pipes, cut into cells, and put together where they stand in pieces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from .table_grid import BARE_YEAR
from .table_numbers import is_bare, plain, read_cell

_INDENTS = "\xa0\u3000\u2002\u2003"  # and the beginning of nothing
WIDEST = 60  # cells of a row that was broken, a line each


class Cut(NamedTuple):
    """A line, or a row put together from several: its number, its cells, whether a pipe leads."""

    line: int
    cells: list[str]
    leads: bool = False


def cut_of(n: int, line: str, lead: bool) -> Cut:
    """A line in cells; a pipe before the first is no cell where most lines have one."""
    line = line.strip()
    masked = "\\|" in line or "¦" in line
    line = line.replace("\\|", "¦") if masked else line
    leads = line.startswith("|") and bool(line.strip("| "))
    cells = [_cell(text) for text in line[leads and lead :].split("|")]
    cells = [cell.replace("¦", "|") for cell in cells] if masked else cells
    if len(cells) > 1 and not cells[-1]:
        cells.pop()
    return Cut(n, cells, leads)


def _cell(text: str) -> str:
    """A cell without the blanks around it, but for those that indent a label."""
    text = text.strip(" \t")
    return text.rstrip() if text[:1] in _INDENTS else text.strip()


def without_border(cut: list[Cut]) -> list[Cut]:
    """Rows, of which a few begin with a pipe: it is no cell's where a row is wider by that blank
    than most that do not.

    >>> lines = ["| | Dogs | Cats |", "2019 | 3 | 5 |", "2020 | 4 | 6 |"]
    >>> [len(row.cells) for row in without_border([cut_of(1, line, False) for line in lines])]
    [3, 3, 3]
    """
    width = usual([len(row.cells) for row in cut if is_several(row) and not row.leads])
    wider = [row.leads and len(row.cells) == width + 1 and not row.cells[0] for row in cut]
    return [
        row._replace(cells=row.cells[1:]) if own else row
        for row, own in zip(cut, wider, strict=True)
    ]


def one_by_one(cut: list[Cut]) -> Iterator[Cut]:
    """Rows, those apart that stand one behind the other in a line: wider than any heads, with their
    labels as far apart as heads are wide, which may lack what is over the labels."""
    heads = [
        len(row.cells) for row in cut if is_several(row) and not any(map(is_figure, row.cells))
    ]
    for row in cut:
        labels = [n for n, c in enumerate(row.cells) if kind_of(c) == "text" or is_year(c)]
        steps = {b - a for a, b in pairwise(labels)}
        step = steps.pop() if len(steps) == 1 and not labels[0] else 0
        wider = len(row.cells) > max(heads, default=len(row.cells))
        if wider and step > 1 and (step in heads or step - 1 in heads):
            for n in range(0, len(row.cells), step):
                yield row._replace(cells=row.cells[n : n + step])
        else:
            yield row


def kind_of(cell: str) -> str:
    """What a cell holds: a number (or none, or a sign), a text, or nothing."""
    if is_bare(cell):
        return "number"
    kind = read_cell(cell).kind if cell else "blank"
    return "number" if kind in ("missing", "sign") else kind


def is_figure(cell: str) -> bool:
    """Whether a cell holds a number that is no year."""
    return kind_of(cell) == "number" and not is_year(cell)


def is_year(cell: str) -> bool:
    """Whether a cell is a year and nothing else."""
    return bool(BARE_YEAR.fullmatch(plain(cell)))


def is_several(row: Cut) -> bool:
    """Whether a row has more than one cell, and something in one."""
    return len(row.cells) > 1 and any(row.cells)


def usual(counts: list[int]) -> int:
    """The width of a table: the most frequent one, the larger of two alike."""
    return max(Counter(counts).items(), key=lambda c: (c[1], c[0]))[0] if counts else 0


def with_strays(cut: list[Cut]) -> list[Cut]:
    """Rows among which a few, of heads, stand a cell a line: put together up to the filling."""
    found: list[Cut] = []
    alone = False
    for row in _joined(cut):
        filling = not any(row.cells[1:]) and len(row.cells) > 1
        if alone and (len(row.cells) == 1 or not any(row.cells) or filling):
            found[-1].cells.extend(row.cells)
        else:
            found.append(Cut(row.line, list(row.cells)))
        alone = len(row.cells) == 1 and bool(row.cells[0])
    return found


def _joined(cut: list[Cut]) -> list[Cut]:
    """Rows with those put together that stand in pieces: a cell alone, or cells beside one that is
    alone, where these add up to the width of the others."""
    counts = Counter(len(row.cells) for row in cut)
    width = usual([len(row.cells) for row in cut if is_several(row)])
    found: list[Cut] = []
    n = 0
    while n < len(cut):
        end, count = n + 1, len(cut[n].cells)
        last = min(len(cut), n + WIDEST)
        while count < width and end < last and not cut[end].leads:
            count += len(cut[end].cells)
            end += 1
        if end == n + 1 and count >= width:
            found.append(cut[n])
            n = end
            continue
        several = [is_several(row) for row in cut[n:end]]
        if count == width and _below_heads(cut, n, width) and not several[-1]:
            found.append(cut[n])
            n += 1
            continue
        apart = not any(a and b for a, b in pairwise(several))
        rare = all(counts[len(r.cells)] * 5 <= len(cut) for r in cut[n:end] if is_several(r))
        cells = [cell for row in cut[n:end] for cell in row.cells]
        behind = _behind_blank(cut[n:end], cut[end:last], width - count)
        if behind or (count == width and apart and rare):
            cells, end = [*cells, *behind], end + bool(behind)
            found.append(Cut(cut[n].line, cells, cut[n].leads))
            n = end
        else:
            found.append(cut[n])
            n += 1
    return found


def _below_heads(cut: list[Cut], n: int, width: int) -> bool:
    """Whether a row is the second line of heads, with nothing over the labels, as a cell of the
    first covers that, too: it is whole, and what stands below it a heading."""
    two = n > 0 and all(
        is_several(row) and not any(map(is_figure, row.cells)) for row in cut[n - 1 : n + 1]
    )
    return two and len(cut[n - 1].cells) < len(cut[n].cells) == width - 1 and all(cut[n].cells)


def _behind_blank(pieces: list[Cut], after: list[Cut], missing: int) -> list[str]:
    """What follows on a label whose row breaks at blank cells, in the next line: a last blank, and
    figures that are one fewer than are missing; nothing where it is no such row."""
    cells = after[0].cells if after else []
    figures = cells[not cells[0] :] if cells else []
    label = kind_of(pieces[0].cells[0]) == "text" and not any(map(is_several, pieces))
    fits = label and len(figures) == missing - 1 > 1 and is_figure(figures[0])
    return ["", *figures] if fits else []
