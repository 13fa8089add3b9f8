"""The tables of an HTML text: merged cells written out, tables in cells apart, scripts unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

from lxml import etree

from .files import refuse
from .table_grid import MOST_CELLS, Grid
from .table_labels import caption_units

_OWN_TYPE = re.compile(
    r"<!(?:DOCTYPE|ENTITY)[^>\[]{0,1000}(?:\[[^\]]*\]\s*)?>|<\?xml[^>]{0,1000}>", re.IGNORECASE
)
_LONGEST_SPAN = 1_000
_UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "select", "textarea"}
_BREAKS = {"br", "p", "div", "li"}
_INLINE = {*"a abbr b big bdi cite em font i label mark q s small span strong sub sup u".split()}
_SET_IN = re.compile(
    r"(?:padding-left\s*:|margin-left\s*:|text-indent\s*:|(?:padding|margin)\s*:(?:\s*[\w.%-]+\s){3})"
    r"\s*(-?\d+(?:\.\d+)?)(px|pt|r?em|ch)",
    re.IGNORECASE,
)
_SET_IN_BY_NAME = re.compile(r"\b(?:indent|level|lvl)[-_]?([1-9])\b", re.IGNORECASE)
_LETTERS = {"px": 1 / 8, "pt": 1 / 6, "em": 2.0, "rem": 2.0, "ch": 1.0}  # so many is each wide
_DEEPEST = 40  # letters
_OF_NUMBERS = frozenset("0123456789+-−–(.$") | {""}
_MOST_LINES = 3  # of a table that holds nothing but a title
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
    return _titled([grid for grid in grids if any(map(any, grid.rows))])


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
            if len(cell) and text and not (cell.text or "").strip():
                text = _set_in(text, cell[0])
            if not cell.attrib:
                row.append(text)
                continue
            text = _set_in(text, cell)
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
        if footnote := _footnote(child):
            yield footnote
            yield child.tail or ""
            continue
        yield child.text or ""
        open_ones.append((child, iter(child)))


def _footnote(element: Any) -> str:
    """The number of a footnote, in brackets: no digit of the number before it."""
    number = (element.text or "").strip() if element.tag == "sup" else ""
    return f"({number})" if number.isdigit() else ""


@lru_cache(1024)
def _indent(style: str, name: str) -> int:
    """How far a style or a class sets a text in, in letters: what hangs out is less."""
    if "padding" in style or "indent" in style or "margin" in style:
        found = sum(float(size) * _LETTERS[unit.lower()] for size, unit in _SET_IN.findall(style))
        return max(0, min(round(found), _DEEPEST))
    named = _SET_IN_BY_NAME.search(name)
    return 2 * int(named[1]) if named else 0


def _set_in(text: str, element: Any) -> str:
    """A text behind as many blanks as its element sets it in; numbers stand at no depth."""
    if not element.attrib or text[:1] in _OF_NUMBERS:
        return text
    return "\xa0" * _indent(element.get("style", ""), element.get("class", "")) + text


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _LONGEST_SPAN) if text and text.strip().isdecimal() else 1


def _around(root: Any, grids: dict[Any, Grid]) -> None:
    """The lines of text before and after each table; its caption stands before it. What stands in
    a table is not walked through but for the tables inside it, which it may only arrange."""
    lines: list[str] = []
    words: list[str] = []  # of a line: inline elements go on in it
    last: Grid | None = None
    open_ones: list[tuple[Any, Iterator[Any]]] = []

    def said(text: str | None) -> None:
        if text and not text.isspace():
            first, *more = text.split("\n")
            words.append(first)
            for line in more:
                ended()
                words.append(line)

    def ended() -> None:
        if words and (line := " ".join("".join(words).split())):
            lines.append(line)
        words.clear()

    def met(element: Any) -> None:
        nonlocal last, lines
        if element.tag not in _INLINE:
            ended()
        if element in grids:
            grids[element].before = lines[-4:]
            if last is not None and not last.after:
                last.after = lines[:12]
            for caption in element.iterchildren("caption"):
                grids[element].before.append(" ".join("".join(_seen(caption)).split()))
            lines, last = [], grids[element]
            if any(inner in grids for inner in element.iterdescendants("table")):
                open_ones.append((element, iter(element)))
            else:
                said(element.tail)
        elif element.tag in _UNSEEN or element.tag == "caption" or not isinstance(element.tag, str):
            said(element.tail)
        else:
            said(_footnote(element) or element.text)
            open_ones.append((element, iter(() if _footnote(element) else element)))

    met(root)
    while open_ones:
        parent, children = open_ones[-1]
        child = next(children, None)
        if child is None:
            open_ones.pop()
            if parent.tag not in _INLINE:
                ended()
            said(parent.tail)
        else:
            met(child)
    ended()
    if last is not None:
        last.after = lines[:12]


def _titled(grids: list[Grid]) -> list[Grid]:
    """Tables, with what one before them says that holds no more than a line or two of text: what
    they are of, or in which unit."""
    above: list[str] = []
    for grid in grids:
        rows = [[*dict.fromkeys(filter(None, row))] for row in grid.rows]
        alone = len(rows) <= _MOST_LINES and all(len(own) < 2 or caption_units(own) for own in rows)
        grid.before = [*above, *grid.before][-4:]
        above = [*grid.before, *chain.from_iterable(rows)] if alone and not grid.after else []
    return grids
