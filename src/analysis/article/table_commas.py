"""Numbers with a decimal comma, their thousands apart by points: 1.234,5."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .table_numbers import TEXT, Cell, read_cell

_FEWEST = 3  # cells that only such a table has
_AROUND = r"[^\d.,;/|]{0,4}"  # a sign, a unit
# What is printed in one of the two ways alone.
_COMMA = re.compile(rf"{_AROUND}(?:\d{{1,3}}(?:\.\d{{3}})+,\d+|\d+,\d{{1,2}}){_AROUND}")
_POINTS = re.compile(rf"{_AROUND}[1-9]\d{{0,2}}(?:\.\d{{3}}){{2,}}{_AROUND}")
_OTHER = re.compile(
    rf"{_AROUND}(?:\d{{1,3}}(?:,\d{{3}})+\.\d+|\d{{1,3}}(?:,\d{{3}}){{2,}}|\d+\.\d{{1,2}}){_AROUND}"
)
_NUMBER = re.compile(rf"({_AROUND}(?:\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,\d+)?{_AROUND})")
_DOTTED = re.compile(r"\d+(?:\.\d+)+\.?")  # a day, a number of a list
_SWAPPED = str.maketrans(",.", ".,")


def decimal_commas(texts: Iterable[str]) -> bool:
    """Whether a table prints its decimals behind commas: some cells can be nothing else, and none
    has a point before decimals.

    >>> decimal_commas(["1.234", "12,5", "8,0", "7,5"]), decimal_commas(["1,234", "12.5", "1,5"])
    (True, False)
    """
    told = 0
    for text in texts:
        if "," in text or "." in text:
            own = text.strip()
            if _OTHER.fullmatch(own):
                return False
            told += bool(_COMMA.fullmatch(own) or _POINTS.fullmatch(own))
    return told >= _FEWEST


def in_points(text: str) -> str:
    """A number with a decimal comma as one with a point.

    >>> in_points("1.234,5 %"), in_points("01.2023")
    ('1,234.5 %', '01.2023')
    """
    told = ("," in text or "." in text) and _NUMBER.fullmatch(text.strip())
    return text.translate(_SWAPPED) if told else text


def in_commas(text: str, cell: Cell) -> Cell:
    """What a cell holds, where decimals are printed so.

    >>> in_commas("1.234,5", TEXT).numbers[0].value, in_commas("01.2023", TEXT).kind
    (1234.5, 'text')
    """
    if "," not in text and "." not in text:
        return cell
    if _NUMBER.fullmatch(own := text.strip()):
        return read_cell(own.translate(_SWAPPED))
    return TEXT if _DOTTED.fullmatch(own) else cell
