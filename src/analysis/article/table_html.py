"""The tables of an HTML text: merged cells written out, tables in cells apart, scripts unseen."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from .table_grid import MOST_CELLS, Grid, refuse

_LONGEST_SPAN = 1_000

_BLOCKS = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "table", "tr"}
_UNSEEN = {"script", "style", "noscript", "template", "svg", "head"}


class _Tables(HTMLParser):
    """The tables of a page in order, and the lines of text around them. A table inside a cell is
    a table of its own; what it holds is no part of the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Grid] = []
        self.open: list[_Open] = []
        self.text: list[str] = [""]
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        if self.unseen:
            return
        if tag == "table":
            grid = Grid([], [line for line in self.text if line.strip()][-4:], form="html")
            self.text = [""]
            self.tables.append(grid)
            self.open.append(_Open(grid))
        elif self.open and tag == "tr":
            self.open[-1].start_row(self.getpos()[0])
        elif self.open and tag in ("td", "th"):
            self.open[-1].start_cell(tag, dict(attrs), self.getpos()[0])
        elif self.open and tag == "caption":
            self.open[-1].caption = True
        if tag in _BLOCKS:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self.unseen:
            self.unseen -= 1
        elif self.unseen:
            return
        elif self.open and tag == "table":
            self.open.pop().finish()
        elif self.open and tag in ("td", "th", "tr", "caption"):
            self.open[-1].end(tag)

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        if self.open:
            self.open[-1].take(data)
        else:
            first, *rest = data.split("\n")
            self.text[-1] += first
            self.text += rest
            if self.tables:
                self.tables[-1].after = [x.strip() for x in self.text[:12] if x.strip()]


class _Open:
    """A table that is being read: merged cells are written wherever they cover one."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.below: dict[int, tuple[str, int]] = {}  # column: text and rows that it still covers
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.caption = False
        self.heads, self.others = 0, 0
        self.cells = 0

    def start_row(self, line: int) -> None:
        self.end("tr")
        self.row, self.heads, self.others = [], 0, 0
        self.grid.lines.append(line)

    def start_cell(self, tag: str, attrs: dict[str, str | None], line: int) -> None:
        self.end("td")
        if self.row is None:
            self.start_row(line)
        self.cell, self.caption = [], False
        self.span = (_span(attrs.get("rowspan")), _span(attrs.get("colspan")))
        self.heads, self.others = self.heads + (tag == "th"), self.others + (tag == "td")

    def take(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)
        elif self.caption and data.strip():
            self.grid.before.append(data.strip())

    def end(self, tag: str) -> None:
        if tag == "caption":
            self.caption = False
            return
        if self.cell is not None and self.row is not None:
            text = "".join(self.cell).strip("\r\n\t ").replace("\r", "")
            text = re.sub(r"[ \t]*\n[\s]*", " ", text) if "\n" in text else text
            self.cell = None
            self._covered()
            rows, columns = self.span
            for _ in range(columns):
                if rows > 1:
                    self.below[len(self.row)] = (text, rows)
                self.row.append(text)
            self.cells += columns
            if self.cells > MOST_CELLS:
                stood = f"more than {MOST_CELLS} cells"
                raise refuse(stood, f"at most {MOST_CELLS} cells a table", self.grid.lines[-1])
        if tag == "tr" and self.row is not None:
            self._covered()
            self.below = {c: (t, n - 1) for c, (t, n) in self.below.items() if n > 1}
            self.grid.rows.append(self.row)
            if self.heads and not self.others and self.grid.heads == len(self.grid.rows) - 1:
                self.grid.heads += 1
            self.row = None

    def _covered(self) -> None:
        """What merged cells above cover before the next cell of this row."""
        assert self.row is not None
        while self.below and (above := self.below.get(len(self.row))):
            self.row.append(above[0])
            self.cells += 1

    def finish(self) -> None:
        self.end("tr")


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _LONGEST_SPAN) if text and text.strip().isdecimal() else 1


def html_grids(text: str) -> list[Grid]:
    """The tables of an HTML text, in the order of their beginnings."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    while reader.open:
        reader.open.pop().finish()
    return [grid for grid in reader.tables if any(map(any, grid.rows))]
