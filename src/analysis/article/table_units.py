"""Units in a column of their own between the labels and the figures, in text without cells.

They are taken out before the lines are read, and put back as a column of the grid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..units import COUNTED, MEASURED, as_printed, unit_of
from .table_grid import Grid
from .table_numbers import plain
from .table_words import Words, wide

_SCALE = r"(?:m|mn|million|bn|billion|tn|trillion|k|thousand|['’‘]?000)s?"
MONEY = (  # in letters, with what it is counted in
    rf"(?:USD|EUR|GBP|JPY|CNY|RMB|AUD|CAD|HKD|TWD|SEK|NOK|DKK|CHF|INR|(?:US|HK|NZ|A|C)?\$|[£€¥])(?:\s?{_SCALE})?"
    rf"|{_SCALE}\s(?:of\s)?(?:USD|EUR|RMB|US\$|(?:US\s)?dollars?|pounds?|euros?|yuan|yen)"
)
YUAN = (  # the same in Chinese
    r"(?:(?:人民|港|新[台臺]|澳[门門])[币幣]|美金)?[十百千万萬亿億]{0,2}(?:港|美|[欧歐]|日|澳)?[元圆圓]"
)
UNIT_HEAD = re.compile(r"(?:[计計]量)?[单單]\s*位|units?", re.IGNORECASE)  # over such a column
_PLACES = set("省市县區区镇乡村面")  # counters that are rather the end of a name
_MOST_WITHOUT = 0.2  # the share of rows of figures that may state no unit
_FEWEST = 2


@cache
def _pattern() -> re.Pattern[str]:
    names = {name.partition("(?!")[0] for name in as_printed(*COUNTED, *MEASURED)}
    names |= {*"個輛戶筆圓噸條項", "公頃"}
    one = "|".join(map(re.escape, sorted(names - _PLACES, key=len, reverse=True)))
    one = rf"(?:百万|千万|[十百千万萬亿億]{{0,2}})(?:{one})"
    return re.compile(rf"(?:{one})(?:[/／·](?:{one}|\S{{1,3}}))?|[%％‰]|[个個]?百分[点點]")


def is_unit(text: str) -> bool:
    """Whether a text is the name of a unit and nothing else.

    >>> is_unit("亿元"), is_unit("万千瓦时"), is_unit("元/人"), is_unit("税收")
    (True, True, True, False)
    """
    return len(text) <= 8 and bool(_pattern().fullmatch(text))


@cache
def _measured() -> frozenset[str]:
    names = {name.partition("(?!")[0] for name in as_printed(*MEASURED)}
    more = "噸 公頃 畝 千瓦小时 kWh MWh GWh TWh km² km m² kg tonnes tons hours hour acres hectares"
    return frozenset({*names, *more.split()})


def is_measured(unit: str) -> bool:
    """Whether a unit is one of amounts, and not of things.

    >>> is_measured("公里"), is_measured("TWh"), is_measured("辆")
    (True, True, False)
    """
    return unit in _measured() or unit_of(unit).family.measure == "amount"


@cache
def is_money(unit: str) -> bool:
    """Whether a unit is one of money.

    >>> is_money("£ million"), is_money("USD bn"), is_money("million yuan"), is_money("km")
    (True, True, True, False)
    >>> is_money("新臺幣千元"), is_money("百萬港元"), is_money("单元")
    (True, True, False)
    """
    return bool(re.fullmatch(f"{MONEY}|{YUAN}", unit, re.IGNORECASE))


def units_apart(lines: Sequence[Words]) -> tuple[list[Words], dict[int, str]]:
    """The lines without the units that stand behind their labels, and the unit of each line of
    figures, by its number; none where most lines of figures have none."""
    numbered = [n for n, line in enumerate(lines) if line.figures]
    found: dict[int, str] = {}
    bare: dict[int, Words] = {}
    gone: set[int] = set()
    for n in numbered:
        line = lines[n]
        name, _, unit = line.label.rpartition(" ")
        if len(name) > 1 and is_unit(unit):
            at = line.text.index(unit, line.text.index(name.split()[-1]) + 1)
            text = line.text[:at] + " " * wide(unit) + line.text[at + len(unit) :]
            found[line.line], bare[n] = unit, line._replace(label=name, text=text)
        elif n > 1 and not line.label and is_unit(plain(lines[n - 1].text)):
            found[line.line] = plain(lines[n - 1].text)
            gone.add(n - 1)
    rows = len(found) + sum(bool(lines[n].label) and n not in bare for n in numbered)
    over = next((n for n, line in enumerate(lines) if _headed(line)), None)
    said = over is not None and over < numbered[0]
    if len(found) < _FEWEST or (rows - len(found)) > _MOST_WITHOUT * rows or not (said or bare):
        return list(lines), {}
    kept = [bare.get(n, line) for n, line in enumerate(lines) if n not in gone]
    return [_without_head(line) if _headed(line) else line for line in kept], found


def _headed(line: Words) -> bool:
    return not line.figures and any(UNIT_HEAD.fullmatch(word) for word in line.text.split())


def _without_head(line: Words) -> Words:
    words = [word for word in line.text.split() if UNIT_HEAD.fullmatch(word)]
    text = line.text.replace(words[0], " " * wide(words[0]), 1)
    label = " ".join(word for word in line.label.split() if word != words[0])
    return line._replace(text=text, label=label)


def units_beside(grid: Grid, units: dict[int, str]) -> Grid:
    """A grid with the units of its rows in a column behind the labels."""
    head = True
    for n, (row, line) in enumerate(zip(grid.rows, grid.lines, strict=True)):
        over = "单位" if head and n < grid.heads else ""
        grid.rows[n] = [*row[:1], over or units.get(line, ""), *row[1:]]
        head = False
    return grid
