"""Frames that are drawn around the cells of a table, of box characters or of + - |, made pipes.

A frame says more than pipes do: which lines are one cell, which cells are merged, where the head
ends. A level stroke ends a cell; uprights that a line lacks are merged cells, found by their place,
or by the stroke beside the line that lacks them, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from .table_grid import BARE_YEAR
from .table_numbers import plain, read_cell

_PLAIN = "|│┃║"
_UPRIGHT = re.compile(f"[{_PLAIN}├┤┼┬┴┌┐└┘┝┥┠┨┯┷┿╂╋╞╡╪╠╣╬╔╗╚╝╤╧╟╢╫╦╩]")
_DRAWN = re.compile("[│┃║┼╪╬]|-[+]-|[+][-=]{2}")
_LEVEL = re.compile("[─━═]{3,}")  # one alone is a mark for what is missing
_NO_CELL = re.compile(r"[| ]*")
_STROKES = "─━═"
_NO_STROKE = re.compile(f"[^{_STROKES}{_UPRIGHT.pattern[1:-1]}\\s]|^\\s*$")
_TYPED = re.compile(r"[+]?(?:[-=]{2,}[+])+(?:[-=]{2,})?|[+](?:[-=]{2,}[+|]?)+")
_AS_DRAWN = str.maketrans("-=+|", "─═┼│")

Span = tuple[int, int]


class _Cut(NamedTuple):
    """A line of a frame: its cells, which of them are level strokes, where its uprights stand."""

    text: str
    cells: list[str]
    strokes: list[bool]
    places: list[int]

    @property
    def rule(self) -> bool:
        return bool(self.cells) and all(self.strokes)

    def apart(self, box: int) -> list[int]:
        """Where its uprights stand, in columns of the screen, one of which a letter takes, and a
        box character so many."""
        wide = [unicodedata.east_asian_width(char) in "WF" for char in self.text]
        sizes = [2 if w else box if char > "\u24ff" else 1
                 for char, w in zip(self.text, wide, strict=True)]  # fmt: skip
        ends = [0, *accumulate(sizes)]
        return [ends[n] for n in self.places]


def unframed(text: str) -> str:
    """A text with tables in frames as tables of pipes, as many lines: the head first, then rules.

    >>> unframed("───┬───\\n項目│件數\\n───┼───\\n甲│3").split("\\n")
    ['| 項目 | 件數 |', '| --- |', '| --- |', '| 甲 | 3 |']
    """
    if not _DRAWN.search(text):
        return text
    found: list[str] = []
    frame: list[str] = []
    for line in [*text.split("\n"), ""]:
        drawn = _TYPED.sub(lambda run: run[0].translate(_AS_DRAWN), line)
        if _UPRIGHT.search(drawn) or _LEVEL.search(drawn):
            frame.append(drawn.rstrip())
            continue
        found += [*_piped(frame), line]
        frame = []
    return "\n".join(found[:-1])


def _piped(frame: list[str]) -> list[str]:
    """The lines of a frame with pipes; where no stroke tells its columns, each as it stands."""
    strokes = [text.strip() for text in frame if not _NO_STROKE.search(text)]
    sides = tuple(sum(bool(_UPRIGHT.match(text[at])) for text in strokes) * 2 > len(strokes)
                  for at in (0, -1))  # fmt: skip
    lines = [_cut(text, *sides) for text in frame]
    rules = [line for line in lines if line.rule]
    widest = max(rules, key=lambda line: len(line.cells), default=None)
    if widest is None or len(widest.cells) < 2:
        plainly = [(text, _LEVEL.sub(" ", _UPRIGHT.sub("|", text))) for text in frame]
        return ["" if line != text and _NO_CELL.fullmatch(line) else line for text, line in plainly]
    lent = {len(rule.cells): rule for rule in reversed(rules)}
    spans = [_spans(line, widest, lent.get(len(line.cells))) for line in lines]
    width, body = len(widest.cells), _body(lines)
    found = _with_pipes(_rows(lines[:body], spans[:body], width), body)
    start = body
    for end in _ends(lines, body):
        rows = _rows(lines[start:end], spans[start:end], width)
        found += _with_pipes(rows, end - start)
        start = end
    return found


def _with_pipes(rows: list[list[str]], count: int) -> list[str]:
    """Rows with pipes, filled to so many lines by rules."""
    lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return [*lines, *["| --- |"] * (count - len(lines))]


def _cut(text: str, left: bool, right: bool) -> _Cut:
    """A line in cells, without the uprights at the sides of the frame, where it has any."""
    places = [match.start() for match in _UPRIGHT.finditer(text)]
    first = places.pop(0) if left and places and not text[: places[0]].strip() else -1
    last = places.pop() if right and places and places[-1] == len(text) - 1 else len(text)
    pieces = list(pairwise([first, *places, last]))
    strokes = [_is_stroke(text, a, b) for a, b in pieces]
    cells = [
        "" if stroke else plain(text[a + 1 : b])
        for stroke, (a, b) in zip(strokes, pieces, strict=True)
    ]
    return _Cut(text, cells, strokes, places)


def _is_stroke(text: str, before: int, after: int) -> bool:
    """Whether a cell is a level stroke: a long one, or one that an upright beside it branches to.
    One that stands alone is a mark for what is missing."""
    piece = text[before + 1 : after].strip()
    beside = {*text[max(before, 0) : before + 1], *text[after : after + 1]} - {*_PLAIN, *_STROKES}
    return bool(piece) and set(piece) <= set(_STROKES) and (len(piece) > 2 or bool(beside))


def _spans(line: _Cut, widest: _Cut, rule: _Cut | None) -> list[Span]:
    """The columns that each cell of a line is over: by its own uprights, or by those of a rule of
    as many cells, as the widest rule has them."""
    width, count = len(widest.cells), len(line.cells)
    for each, box in ((line, 1), (line, 2), (rule, 1)) if count < width else ():
        whole = widest.apart(box)
        at = each.apart(box) if each else [-1]
        if set(at) <= set(whole):
            return list(pairwise([0, *(whole.index(place) + 1 for place in at), width]))
    return [(n, n + 1) for n in range(count)]


def _body(lines: list[_Cut]) -> int:
    """Where the rows begin: behind the last rule before the first figures, or a double one."""
    first = next((n for n, line in enumerate(lines) if _has_figures(line)), 0)
    told = next((n for n, line in enumerate(lines) if any(line.cells)), len(lines))
    ends = [n for n, line in enumerate(lines[:first]) if line.rule and n > told]
    double = [n for n in ends if "═" in lines[n].text]
    return (double[0] if double else ends[-1]) + 1 if ends else 0


def _has_figures(line: _Cut) -> bool:
    return any(map(_is_figure, line.cells))


def _is_figure(cell: str) -> bool:
    return bool(cell) and read_cell(cell).kind == "number" and not BARE_YEAR.fullmatch(cell)


def _ends(lines: list[_Cut], body: int) -> Iterator[int]:
    """Where each row of a body ends: at rules, if a rule stands between any two rows with figures,
    and else with its line."""
    groups = [list(own) for rule, own in groupby(lines[body:], lambda line: line.rule) if not rule]
    ruled = len(groups) > 1 and all(
        sum(map(_has_figures, group)) <= 1 + sum(any(line.strokes) for line in group)
        for group in groups
    )
    for n in range(body, len(lines)):
        if not ruled or lines[n].rule or n + 1 == len(lines):
            yield n + 1


def _rows(lines: list[_Cut], spans: list[list[Span]], width: int) -> list[list[str]]:
    """Lines as rows: what stands in a column down to a stroke is one cell, and goes on where no
    stroke is. Without a stroke a line in which texts repeat is a level of its own."""
    columns: list[list[list[str]]] = [[[]] for _ in range(width)]
    for line, own in zip(lines, spans, strict=True):
        told = [cell for cell in line.cells if cell]
        repeated = len(set(told)) < len(told)
        for cell, stroke, (first, end) in zip(line.cells, line.strokes, own, strict=True):
            for column in columns[first : first + 1 if _is_figure(cell) else end]:
                if column[-1] and (stroke or repeated):
                    column.append([])
                if cell:
                    column[-1].append(cell)
    paths = [[" ".join(texts) for texts in column if texts] for column in columns]
    depth = max(map(len, paths))
    return [[path[min(n, len(path) - 1)] if path else "" for path in paths] for n in range(depth)]
