"""A table as a grid: rows of cells, texts as printed, and what stood around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .table_numbers import Cell, plain

MOST_COLUMNS = 16_384  # a workbook holds no more
BARE_YEAR = re.compile(r"(?:19|20)\d{2}")
MOST_CELLS = 500_000  # of a table, merged cells counted as often as they cover one


@dataclass
class Grid:
    """A table as rows of cells: texts as printed, and what stood around it."""

    rows: list[list[str]]
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)  # of each row, in the source, from 1
    heads: int = 0  # rows that are marked as heads
    short: bool = False  # blanks may have been dropped: a cell's place in its row is uncertain
    form: str = ""


@dataclass(slots=True)
class Line:
    """A row of the grid, read."""

    texts: list[str]
    cells: list[Cell]
    line: int | None
    note: str = ""
    _proper: bool | None = None

    @property
    def filled(self) -> list[int]:
        return [n for n, text in enumerate(self.texts) if text]

    @property
    def lone(self) -> str:
        """The text of a row that holds one, in a cell or merged over the cells; else nothing."""
        own = {self.texts[n] for n in self.filled}
        merged = len(self.filled) == 1 or len(self.filled) >= len(self.texts) - 1
        return plain(own.pop()) if len(own) == 1 and merged else ""

    @property
    def proper(self) -> bool:
        """Whether a cell holds a number that is no year; asked once no cell moves any more."""
        if self._proper is None:
            self._proper = False
            for cell in self.cells:  # most rows tell by their first number
                text = cell.numbers[0].text if cell.numbers else ""
                if text and (len(text) != 4 or not BARE_YEAR.fullmatch(text)):
                    self._proper = True
                    break
        return self._proper
