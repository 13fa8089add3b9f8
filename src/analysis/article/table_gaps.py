"""What wide gaps part in a line of a text that blanks align, and where each stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from .table_words import Words, is_piece, wide

_CELL = re.compile(r"\S+(?:\s\S+)*")


class GapCell(NamedTuple):
    """What stands between wide gaps: from which character to which, from which place to which."""

    text: str
    start: int
    stop: int
    begin: int
    end: int


def cells_in(text: str) -> list[GapCell]:
    """The cells of a line; a Chinese character takes two places.

    >>> [(cell.text, cell.begin, cell.end) for cell in cells_in("东区   1 204  7")]
    [('东区', 0, 4), ('1 204', 7, 12), ('7', 14, 15)]
    """
    found, place, last = [], 0, 0
    for match in _CELL.finditer(text):
        begin = place + wide(text[last : match.start()])
        place, last = begin + wide(match[0]), match.end()
        found.append(GapCell(match[0], match.start(), match.end(), begin, place))
    return found


def replaced(line: Words, cell: GapCell, kept: str = "") -> Words:
    """A line with only so much of a cell among its labels, and everything else where it stood."""
    before, after = line.text[: cell.start], line.text[cell.stop :]
    words, named = [*line.label.split(), *line.pieces], len(line.label.split())
    at, size = len(before.split()), len(cell.text.split())
    words[at : at + size] = kept.split()
    if named > at + size:  # a text stands behind it, too
        first = named - size + len(kept.split())
    else:
        first = min(named, at) + (bool(kept) and named >= at and not is_piece(kept))
    text = before + kept + " " * (wide(cell.text) - wide(kept)) + after
    return Words(" ".join(words[:first]), words[first:], line.line, text)
