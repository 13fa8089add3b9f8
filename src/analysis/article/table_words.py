"""The lines of a text: a label, and the numbers behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

from .table_grid import BARE_YEAR
from .table_numbers import plain, read_cell

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
