"""Signs that stand on a line of their own: of money, percent, a bracket that closes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from .table_grid import BARE_YEAR
from .table_numbers import MONEY_SIGN, plain, read_cell

BEGINS = re.compile(r"\s*[(+−–‐-]?\s?[\d.]")  # a number
_MONEY = re.compile(MONEY_SIGN)
_MISSING = re.compile(r"[-–—―−‐]{1,3}")
_OPEN = re.compile(rf"[+−‐-]?(?:{MONEY_SIGN})?\([^()]*\d")
_CLOSES = re.compile(r"\)\s?[%％‰]?")
_PERCENT = re.compile(r"[%％‰]\)?")
CLOSES = re.compile(f"{_CLOSES.pattern}|{_PERCENT.pattern}")
_LONGEST = 8  # characters of a line


def signs_beside(rows: Sequence[str]) -> list[str]:
    """The lines of a text, with a sign of money that stands on a line of its own put before the
    number on the next, and a bracket that closes or a percent sign behind the one on the line
    before; it leaves an empty line.

    >>> signs_beside(["Net income", "$", "246.0", "$", "(3.1", ")"])
    ['Net income', '', '$246.0', '', '$(3.1)', '']
    """
    found = list(rows)
    short = [n for n, row in enumerate(found) if 0 < len(row) < _LONGEST and row.strip()]
    for n in short:
        sign = found[n].strip()
        if not _MONEY.fullmatch(sign) or n + 1 == len(found):
            continue
        if BEGINS.match(found[n + 1]):
            found[n], found[n + 1] = "", sign + found[n + 1].strip()
        elif _MISSING.fullmatch(found[n + 1].strip()):
            found[n] = ""
    percents: list[tuple[int, int]] = []  # the lines of percent signs, and of what is before them
    last = -1
    for n, row in enumerate(found):
        text = row.strip() if len(row) < _LONGEST else ""
        before = found[last].strip() if last >= 0 else ""
        if _CLOSES.fullmatch(text) and _OPEN.fullmatch(before):
            found[n], found[last] = "", closed(before, text)
        elif _PERCENT.fullmatch(text) and _takes_percent(before):
            percents.append((n, last))
            last = n
        elif row.strip():
            last = n
    if percents and not _are_labels(found, {n for n, _ in percents}):
        for n, at in percents:
            if ")" in found[n] or found[at].count("(") == found[at].count(")"):
                found[n], found[at] = "", closed(found[at], found[n])
    return found


def closed(text: str, sign: str) -> str:
    """A number with what closes it: (3.3 and %), as a column has it set apart, is (3.3)%."""
    sign = sign.strip()
    return text.strip() + (f"){sign[0]}" if sign[0] != ")" and sign[-1] == ")" else sign)


def _takes_percent(text: str) -> bool:
    """Whether a text is a figure, its bracket perhaps open: a year, over %, is a head."""
    if not (text[-1:].isdigit() or text[-1:] == ")") or BARE_YEAR.fullmatch(text):
        return False
    return read_cell(text if text[-1] == ")" else text.lstrip("(")).kind == "number"


def _are_labels(rows: Sequence[str], percents: set[int]) -> bool:
    """Whether percent signs are labels of rows: each stands in the middle of numbers, as many
    behind it as before it, and none ends them."""
    cells = [n for n, row in enumerate(rows) if row.strip()]
    numbers = [n in percents or read_cell(plain(rows[n])).kind == "number" for n in cells]
    at = dict(zip(cells, numbers, strict=True))
    for own, run in groupby(cells, at.__getitem__):
        places = list(run)
        signs = [k for k, n in enumerate(places) if n in percents]
        if own and signs and (len(signs) != 1 or 2 * signs[0] + 1 != len(places)):
            return False
    return True
