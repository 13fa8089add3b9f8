"""Money in the cells of a table: of which figures a sign before a few of them is the unit, what is
not counted in the thousands or millions of the others, and which of two units is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from ..units import is_scaled, unit_of
from .table_columns import Bools, Numbers
from .table_numbers import MONEY_SIGN
from .table_search import found_in
from .table_units import is_money

_SIGN = re.compile(MONEY_SIGN)
_SCALE = re.compile(r"(thousand|million|billion|trillion)s?", re.IGNORECASE)
_MANY = re.compile("[a-z千百万萬亿億]|000")
_PER_SHARE = re.compile(r"\bper[ -](?:common |ordinary )?share\b|\bEPS\b|每股", re.IGNORECASE)
_NO_MONEY = re.compile(
    r"\b(?:shares?|employees|headcount|number of|customers|stores|units|units sold)\b|股数|股數",
    re.IGNORECASE,
)


class Says(Protocol):
    """What the label of a row or a column says of its figures, as far as it is asked here."""

    unit: str
    rate: bool
    change: bool


def per_share(labels: Sequence[str]) -> list[bool]:
    """Which labels name what one share has: it is not in the millions of the other figures.

    >>> per_share(["Diluted EPS", "Shares outstanding"])
    [True, False]
    """
    found = set(found_in(_PER_SHARE, labels))
    return [n in found for n in range(len(labels))]


def spread_signs(
    numbers: Numbers, labels: Sequence[str], rows: Sequence[Says], columns: Sequence[Says]
) -> None:
    """Give the sign of money that the first figure of a column has to those below it that have no
    unit: it is printed at the head of a column, and at its total. Not in rows and columns that
    say what else they are in, or that count."""
    signs = [n for n, unit in enumerate(numbers.units) if _SIGN.fullmatch(unit)]
    if not signs:
        return
    counted = set(found_in(_NO_MONEY, labels)) - set(found_in(_PER_SHARE, labels))
    own = [n in counted or _in_another(line) for n, line in enumerate(rows)]
    bare = (numbers.unit == numbers.units.index("")) & (numbers.further == 0)
    bare &= ~np.array(own, dtype=bool)[numbers.row]
    for column, line in enumerate(columns):
        places = np.flatnonzero(numbers.column == column)
        if len(places) and not _in_another(line) and int(numbers.unit[places[0]]) in signs:
            numbers.unit[places[bare[places]]] = numbers.unit[places[0]]


def _in_another(line: Says) -> bool:
    return bool(line.unit or line.rate or line.change)


def in_money(own: str, stated: str, of_share: bool) -> str:
    """The unit of a figure with a sign of money, beside what its labels or the caption state.

    >>> in_money("$", "millions", False), in_money("$", "millions", True)
    ('$ million', '$')
    >>> in_money("£", "£ thousand", False), in_money("件", "millions", False)
    ('£ thousand', '件')
    """
    if not _SIGN.fullmatch(own) or of_share:
        return own
    scale = _SCALE.match(stated)
    if scale:
        return f"{own} {scale[1].lower()}"
    return stated if is_money(stated) else own


def in_many(unit: str) -> bool:
    """Whether a unit is one of money by the thousand or more.

    >>> in_many("RMB'000"), in_many("千港元"), in_many("US$"), in_many("元")
    (True, True, False, False)
    """
    return bool(_MANY.search(unit)) and is_money(unit)


def common_unit(caption: Sequence[str], fraction: bool, mixed: bool) -> str:
    """The unit that a caption states of a figure: the one there is, or of two that of things for
    whole ones and the other for those with decimals, where a table has both (单位:所、万人).

    >>> common_unit(["所", "万人"], True, True), common_unit(["所", "万人"], False, True)
    ('万人', '所')
    >>> common_unit(["件"], False, False), common_unit(["件", "人"], False, True)
    ('件', '')
    """
    if len(caption) == 2 and mixed:
        whole = [not is_scaled(u) and unit_of(u).family.measure == "count" for u in caption]
        if whole[0] != whole[1]:
            return caption[whole.index(not fraction)]
    return caption[0] if len(caption) == 1 else ""


def below_zero(
    numbers: Numbers, money: Bools, percent: Bools, labels: Sequence[str]
) -> tuple[Bools, Bools]:
    """Which figures of money are below zero, as they are printed in brackets: (48.2); and which
    percentages are, as only rows of such ones have theirs in brackets. A row without a label that
    is in brackets says something else of the row above it."""
    bracketed = numbers.bracketed & (numbers.signed == 0) & (numbers.further == 0)
    named = np.array([*map(bool, labels)], dtype=bool)[numbers.row]
    down = bracketed & money & named
    shares = bracketed & percent & down.any()
    if shares.any():
        rows = np.isin(numbers.row, numbers.row[down])
        apart = np.isin(numbers.column, numbers.column[shares & ~rows])
        shares &= ~apart
    return np.asarray(down), np.asarray(shares)
