"""The lines of a text: a label, and the numbers behind it."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import NamedTuple

from .table_grid import BARE_YEAR
from .table_labels import is_period
from .table_numbers import plain, read_cell

CHINESE = re.compile("[\u3400-\u9fff]")
GAP = re.compile(r"\t+|\s{2,}")
NUMBERED = re.compile(  # a title
    r"\s*(?:table|tab\.|附?表)?\s*\d{1,3}(?:[-–.]\d{1,3})+\.?\s+\D", re.IGNORECASE
)
_BROKEN = re.compile(r"^[a-z]+$|\b(?:of|by|per|on|in|and|for|with|the|to)$")  # no head of its own
_BRACKETS = re.compile(r"[(（][^)）]*[)）]|\S+")
_LONGEST_HEAD = 200
_MOST_COLUMNS = 60  # over which heads are placed
_OFF = 3  # how far off the middle of its columns a head may stand
_MARK = re.compile(r"[-–—…*.]{1,4}|n\.?/?a\.?|\.\.", re.IGNORECASE)


class Words(NamedTuple):
    """A line: its label, the pieces of its numbers, and which line of the text it is."""

    label: str
    pieces: list[str]
    line: int
    text: str

    @property
    def figures(self) -> bool:
        """Whether it holds numbers that are not all years."""
        return any(
            not BARE_YEAR.fullmatch(p.strip("()[]")) and not _MARK.fullmatch(p) for p in self.pieces
        ) or (bool(self.label) and any(_MARK.fullmatch(p) for p in self.pieces))


def line_of(raw: str, n: int) -> Words:
    """A line as its label and the numbers behind it."""
    text = raw.rstrip()
    words = plain(text).split()
    first = len(words)
    while first and is_piece(words[first - 1]):
        first -= 1
    return Words(" ".join(words[:first]), words[first:], n, text)


def is_piece(word: str) -> bool:
    return (
        bool(_MARK.fullmatch(word))
        or word in "+-−"
        or (word[-1] not in ",，、" and read_cell(word).kind == "number")
    )


def _ends(text: str) -> list[tuple[str, int]]:
    """What stands between wide gaps, and where each ends: a Chinese character is two wide."""
    found = []
    for match in re.finditer(r"\S+(?:\s\S+)*", text):
        found.append((match[0], _wide(text[: match.end()])))
    return found


def edges_of(lines: list[Words], width: int) -> list[tuple[int, int]]:
    """Where the columns of figures begin and end: the widest figure, the end most lines have."""
    whole = [_ends(line.text)[1:] for line in lines if line.figures and line.label]
    columns = zip(*(cells for cells in whole if len(cells) == width), strict=True)
    found = []
    for column in columns:
        end = Counter(end for _, end in column).most_common(1)[0][0]
        found.append((end - max(_wide(text) for text, _ in column), end))
    return found


def by_edges(line: Words, edges: list[tuple[int, int]]) -> list[str] | None:
    """The cells of a line that has fewer, each in the column that ends where it does; None where
    one ends under none of them."""
    placed = [""] * len(edges)
    for text, end in _ends(line.text)[1:]:
        near = [n for n, (_, edge) in enumerate(edges) if abs(edge - end) <= 1]
        if len(near) != 1 or placed[near[0]]:
            return None
        placed[near[0]] = text
    return placed if any(placed) else None


# --- Heads ----------------------------------------------------------------------------------------


def head_cells(text: str, width: int, only_sure: bool = False) -> list[str] | None:
    """A line as the heads of so many columns, with or without one over the labels; with
    `only_sure`, not where words are told apart by their capitals alone.

    >>> head_cells("Number of offences Rate per 1,000 population", 2)
    ['', 'Number of offences', 'Rate per 1,000 population']
    """
    if len(text) > _LONGEST_HEAD * max(1, width // 4) or NUMBERED.match(text):
        return None
    stripped = text.strip()
    bracketed = _BRACKETS.findall(stripped) if "(" in stripped or "（" in stripped else []
    ways = [GAP.split(stripped), bracketed, _by_periods(stripped)]
    if not only_sure:
        ways[1:1] = [stripped.split(), _capitalised(stripped)]
    if len(ways[0]) > 1 and width % len(ways[0]) == 0:
        ways = ways[:1]
    for cells in ways:
        cells = _halves(cells, width)
        if any(map(_BROKEN.search, cells)):
            continue
        if len(cells) == width > 2 and is_period(cells[1]) and not is_period(cells[0]):
            # The first stands over the labels, the last over two columns.
            return [*cells, cells[-1]]
        if len(cells) == width > 1 or (width == 1 and len(cells) == 1 and len(stripped) < 30):
            return ["", *cells]
        if len(cells) == width + 1:
            return cells
    cells = GAP.split(stripped)
    if len(cells) == 1 and all(is_period(word) for word in stripped.split()):
        cells = stripped.split()
    if (
        not only_sure
        and 1 < len(cells) < width
        and width % len(cells) == 0
        and all(len(c) < 20 for c in cells)
    ):
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


def heads_by_place(text: str, columns: list[tuple[int, int]]) -> list[str] | None:
    """A line of heads parted by wide gaps over columns that begin and end as given: what is over
    the labels, then each head over the columns in whose middle it stands; None where it does not.

    >>> heads_by_place("        Imports      Exports", [(3, 7), (11, 15), (19, 23)])
    ['', 'Imports', 'Imports', 'Exports']
    """
    cells = [((2 * end - _wide(cell)) / 2, cell) for cell, end in _ends(text)]
    corner = cells.pop(0)[1] if cells and cells[0][0] < columns[0][0] else ""
    if not 0 < len(cells) < len(columns) <= _MOST_COLUMNS:
        return None
    # best[n]: how far off the middle the heads so far are, over the first n columns, and the cuts
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for middle, _ in cells:
        found: dict[int, tuple[float, list[int]]] = {}
        for start, (off, cuts) in best.items():
            for end in range(start + 1, len(columns) + 1):
                away = abs((columns[start][0] + columns[end - 1][1]) / 2 - middle)
                if end not in found or off + away < found[end][0]:
                    found[end] = (off + away, [*cuts, end])
        best = found
    off, cuts = best.get(len(columns), (math.inf, []))
    if off > _OFF * len(cells):
        return None
    starts = [0, *cuts[:-1]]
    spread = zip(cells, starts, cuts, strict=True)
    return [corner, *(cell for (_, cell), a, b in spread for _ in range(b - a))]


def _wide(text: str) -> int:
    return len(text) + len(CHINESE.findall(text))
