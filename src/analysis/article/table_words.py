"""The lines of a text: a label, and the numbers behind it."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from .table_grid import BARE_YEAR
from .table_numbers import plain, read_cell

_CHINESE = re.compile("[\u3400-\u9fff]")
_MARK = re.compile(r"[-–—…*.]{1,4}|n\.?a\.?|\.\.", re.IGNORECASE)


class Words(NamedTuple):
    """A line: its label, the pieces of its numbers, and which line of the text it is."""

    label: str
    pieces: list[str]
    line: int
    text: str

    @property
    def figures(self) -> bool:
        """Whether it holds numbers that are not all years."""
        return any(not BARE_YEAR.fullmatch(p) and not _MARK.fullmatch(p) for p in self.pieces) or (
            bool(self.label) and any(_MARK.fullmatch(p) for p in self.pieces)
        )


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
        before = text[: match.end()]
        found.append((match[0], len(before) + len(_CHINESE.findall(before))))
    return found


def edges_of(lines: list[Words], width: int) -> list[int]:
    """Where the columns of figures end, as most whole lines have it."""
    whole = [_ends(line.text)[1:] for line in lines if line.figures and line.label]
    ends = [[end for _, end in cells] for cells in whole if len(cells) == width]
    columns = zip(*ends, strict=True)
    return [Counter(column).most_common(1)[0][0] for column in columns]


def by_edges(line: Words, edges: list[int]) -> list[str] | None:
    """The cells of a line that has fewer, each in the column that ends where it does; None where
    one ends under none of them."""
    placed = [""] * len(edges)
    for text, end in _ends(line.text)[1:]:
        near = [n for n, edge in enumerate(edges) if abs(edge - end) <= 1]
        if len(near) != 1 or placed[near[0]]:
            return None
        placed[near[0]] = text
    return placed if any(placed) else None
