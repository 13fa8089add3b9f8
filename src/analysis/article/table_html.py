"""The tables of an HTML text: merged cells written out, tables in cells apart, scripts unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from .files import refuse
from .table_grid import MOST_CELLS, Grid

_OWN_TYPE = re.compile(
    r"<!(?:DOCTYPE|ENTITY)[^>\[]{0,1000}(?:\[[^\]]*\]\s*)?>|<\?xml[^>]{0,1000}>", re.IGNORECASE
)
_LONGEST_SPAN = 1_000
_UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "select", "textarea"}
_BREAKS = {"br", "p", "div", "li"}
_NO_LABEL = re.compile(r"(?=.*[,.+\-−▲▼△↑↓%])[+\-−▲▼△↑↓]?\s?\d[\d,]*(?:\.\d+)?\s?%?")  # nor a year
_BLANKS = re.compile(r"[ \t\r]*\n\s*|\t+|[ ]{2,}")


def without_own_types(text: str) -> str:
    """A page without a document type of its own, whose entities could hold gigabytes."""
    return _OWN_TYPE.sub("", text)


def html_grids(text: str) -> list[Grid]:
    """The tables of an HTML text, in the order of their beginnings.

    A table inside a cell is a table of its own; what it holds is no part of the cell.
    """
    # Entities of a document type of its own are not written out: they can hold gigabytes.
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(without_own_types(text).encode(), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise refuse(str(error), "an HTML text with a table") from error
    if root is None:
        return []
    tables = list(root.iter("table"))
    if not tables and root.xpath("//tr"):
        tables = [root]
    grids = [_grid(table) for table in tables]
    _around(root, dict(zip(tables, grids, strict=True)))
    return [grid for grid in grids if any(map(any, grid.rows))]


def _grid(table: Any) -> Grid:
    """A table with merged cells written wherever they cover one; a number is printed once."""
    grid = Grid([], form="html")
    below: dict[int, tuple[str, int]] = {}  # column: text and rows that it still covers
    count = 0
    begun = False  # whether a row holds more than a title
    for tr in _rows(table):
        row: list[str] = []
        heads = others = 0
        for cell in tr:
            tag = cell.tag
            if tag == "td":
                others += 1
            elif tag == "th":
                heads += 1
            else:
                continue
            while below and len(row) in below:
                row.append(below[len(row)][0])
            text = cell.text or ""
            if len(cell) or not text.isalnum():  # most cells hold one word
                text = _text(cell)
            if not cell.attrib:
                row.append(text)
                continue
            down, across = _span(cell.get("rowspan")), _span(cell.get("colspan"))
            count += across - 1
            again = "" if _NO_LABEL.fullmatch(text) else text
            for shown in [text, *[again] * (across - 1)]:
                if down > 1:
                    below[len(row)] = (again, down)
                row.append(shown)
        while below and len(row) in below:
            row.append(below[len(row)][0])
        below = {c: (t, n - 1) for c, (t, n) in below.items() if n > 1}
        count += len(row)
        if count > MOST_CELLS:
            stood, expected = f"more than {MOST_CELLS} cells", f"at most {MOST_CELLS} cells a table"
            raise refuse(stood, expected, tr.sourceline)
        grid.rows.append(row)
        grid.lines.append(tr.sourceline or 0)
        if heads and not others and grid.heads == len(grid.rows) - 1:
            grid.heads += 1
        elif not begun:
            grid.heads = max(grid.heads, len(grid.rows) - 1 + _rows_of_heads(tr, row))
        begun = begun or _several(row)
    return grid


def _several(row: list[str]) -> bool:
    """Whether a row holds more than a title."""
    return len({*row} - {""}) > 1


def _rows_of_heads(tr: Any, row: list[str]) -> int:
    """How many rows the first of several texts covers, of which one covers columns: all are heads;
    else 0."""
    cells = [cell for cell in tr if cell.tag in ("td", "th")]
    down = _span(cells[0].get("rowspan")) if cells and row[0] else 1
    over = any(_span(cell.get("colspan")) > 1 for cell in cells[1:])
    return down if down > 1 and over and not any(map(_NO_LABEL.fullmatch, row)) else 0


def _rows(table: Any) -> Iterator[Any]:
    for part in table:
        if part.tag == "tr":
            yield part
        elif part.tag in ("thead", "tbody", "tfoot", "body"):
            yield from _rows(part)


def _text(cell: Any) -> str:
    """What is seen in a cell, in one line; a blank that indents it stays."""
    text = "".join(_seen(cell)) if len(cell) else cell.text or ""
    text = text.strip("\r\n\t ")
    return _BLANKS.sub(" ", text) if "\n" in text or "\t" in text or "  " in text else text


def _seen(element: Any) -> Iterator[str]:
    """The texts below an element, without scripts and without tables inside it."""
    open_ones = [(element, iter(element))]
    yield element.text or ""
    while open_ones:
        parent, children = open_ones[-1]
        child = next(children, None)
        if child is None:
            open_ones.pop()
            if open_ones:
                yield parent.tail or ""
            continue
        if child.tag in _BREAKS:
            yield "\n"
        if child.tag in _UNSEEN or child.tag == "table" or not isinstance(child.tag, str):
            yield child.tail or ""
            continue
        if child.tag == "sup" and (child.text or "").strip().isdigit():
            yield f"({child.text.strip()})"  # a footnote, not a digit of the number before it
            yield child.tail or ""
            continue
        yield child.text or ""
        open_ones.append((child, iter(child)))


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _LONGEST_SPAN) if text and text.strip().isdecimal() else 1


def _around(root: Any, grids: dict[Any, Grid]) -> None:
    """The lines of text before and after each table; its caption stands before it. What stands in
    a table is not walked through but for the tables inside it."""
    lines: list[str] = []
    last: Grid | None = None
    open_ones: list[tuple[Any, Iterator[Any]]] = []

    def said(text: str | None) -> None:
        if text and not text.isspace():
            lines.extend(line.strip() for line in text.split("\n") if line.strip())

    def met(element: Any) -> None:
        nonlocal last, lines
        if element in grids:
            grids[element].before = lines[-4:]
            if last is not None and not last.after:
                last.after = lines[:12]
            for caption in element.iterchildren("caption"):
                grids[element].before.append(" ".join("".join(_seen(caption)).split()))
            lines, last = [], grids[element]
            for inner in element.iterdescendants("table"):
                grids[inner].before = [
                    " ".join("".join(_seen(each)).split()) for each in inner.iterchildren("caption")
                ]
                last = grids[inner]
            said(element.tail)
        elif element.tag in _UNSEEN or not isinstance(element.tag, str):
            said(element.tail)
        else:
            said(element.text)
            open_ones.append((element, iter(element)))

    met(root)
    while open_ones:
        parent, children = open_ones[-1]
        child = next(children, None)
        if child is None:
            open_ones.pop()
            said(parent.tail)
        else:
            met(child)
    if last is not None:
        last.after = lines[:12]
