"""Numbers of notes in a column of their own between the labels and the figures, in text that blanks
align: they are no figures. They are taken out before the lines are read."""

from __future__ import annotations

import re

from .table_gaps import replaced
from .table_words import GapCell, Words, cells_in

NOTE = re.compile(  # over such a column
    r"(?:附\s?[注註]|[注註][释釋]?)号?|notes?(?: no\.?| ref\.?)?|ref\.?", re.IGNORECASE
)
_ONE = r"\d{1,2}(?:\s*[(（]\w{1,3}[)）]|\s?[a-z](?![a-z]))*"  # 6(a)(ii)
OF_NOTE = re.compile(  # 五、1, 七(二), 4, 6(a)
    rf"[(（]?(?:[一二三四五六七八九十]{{1,3}}[、.(（]?)?[(（]?(?:{_ONE}(?:\s*[.,、/&和-]\s*{_ONE})*|[a-z])?[)）]{{0,2}}",
    re.IGNORECASE,
)
_FEWEST = 2  # rows with a number in it


def without_notes(lines: list[Words]) -> list[Words]:
    """Lines without the column of notes that a head names; as they are where it holds anything
    else.

    >>> from .table_words import line_of
    >>> texts = ["          Note  2020", "Sales        4   120", "Costs            -30",
    ...          "Taxes      5.1   -20"]
    >>> [line.pieces for line in without_notes([line_of(text, 1) for text in texts])[1:]]
    [['120'], ['-30'], ['-20']]
    """
    first = next((n for n, line in enumerate(lines) if line.figures), 0)
    for n in range(first):
        heads = cells_in(lines[n].text)
        head = next((cell for cell in heads if NOTE.fullmatch(cell.text)), None)
        if head and (cells := _of_notes(lines, first, head)):
            found = list(lines)
            for k, cell in [(n, head), *cells.items()]:
                found[k] = replaced(lines[k], cell)
            return found
    return lines


def _of_notes(lines: list[Words], first: int, head: GapCell) -> dict[int, GapCell]:
    """What stands below a head in each line of figures that has anything there; none where that
    is no number of a note, or nothing stands behind it."""
    found: dict[int, GapCell] = {}
    for n in range(first, len(lines)):
        if not lines[n].figures:
            continue
        cells = cells_in(lines[n].text)
        for k, cell in enumerate(cells):
            if cell.begin < head.end + 1 and head.begin - 1 < cell.end and k:
                if not OF_NOTE.fullmatch(cell.text) or k == len(cells) - 1:
                    return {}
                found[n] = cell
    return found if len(found) >= _FEWEST else {}
