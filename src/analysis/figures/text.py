"""Figures in running text: one scanner over the grammar, and what stands around a match."""

import math
import os
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from .context import Last, in_context, is_figure
from .grammar import FIGURES, NUMBERED, compiled, lead, scanner
from .reading import COLUMNS, Groups, Reading, bounds_of, reading_of
from .script import fold
from .words import LEAD_ENDS

_LONGEST_PATH = 1000  # characters; a longer one is a text
_REACH = 32  # characters: no lead is longer
_LED = frozenset(row.name for row in NUMBERED) | {"half"}
_IN_SCANNER = ("number", "inner", "unit", "after", "post")
_LISTED = re.compile(r"\s?(?:[、和及与]|以及)\s?")
_ENDS = re.compile(r"\s?(?:[、和及与,，;；。)）]|以及|$)")


class _Place:
    """A line and its plain form; what a match there means."""

    __slots__ = ("line", "plain")

    def __init__(self, line: str) -> None:
        self.line, self.plain = line, fold(line)

    def read(self, name: str, m: re.Match[str], after: int, unit: str = "") -> tuple[int, Groups, Reading | None]:
        """Where the figure of a match begins with its lead, its groups, and its reading."""
        start = m.start()
        if name == "quantity":
            g = dict(zip(_IN_SCANNER, m.group(*_IN_SCANNER), strict=True))
            g = {group: matched or "" for group, matched in g.items()}
        else:
            g = m.groupdict("")
        if unit:
            g["unit"] = unit
        before = None
        if start > after and name in _LED and self.plain[start - 1] in LEAD_ENDS:
            before = lead().search(self.plain, max(after, start - _REACH), start + 1)
            if before and before.end() != start:
                before = None
        if before:
            g = before.groupdict("") | g
        return (before or m).start(), g, reading_of(name, g, partial(self._printed, before, m))

    def _printed(self, before: re.Match[str] | None, m: re.Match[str], group: str) -> str:
        own = group in m.re.groupindex and m.span(group) != (-1, -1)
        return self.line[slice(*(m if own or before is None else before).span(group))]


def _find(text: str, dates: bool) -> Iterator[tuple[Any, ...]]:
    search = scanner().search
    for paragraph, line in enumerate(text.split("\n"), 1):
        place = _Place(line)
        plain = place.plain
        last: Last | None = None
        after = 0
        while hit := search(plain, after):
            name, at, end = hit.lastgroup or "", hit.start(), hit.end()
            before, after = after, end
            if name not in FIGURES:
                if dates and name.startswith("date_"):
                    nothing = (math.nan, math.nan, math.nan, "", "", "date")
                    yield paragraph, at, line[at:end], *nothing
                if not (last and last.in_words and _goes_on(plain, last.end, at, end)):
                    continue
                name = "bare"  # 百分之三十点二、五点七
            m = hit if name == "quantity" else compiled(name).match(plain, at)
            if m is None:
                continue
            start, g, r = place.read(name, m, before, "百分之" if name == "bare" else "")
            if r is None and name != "quantity":  # 18起至5起 is two figures
                name, m = "quantity", compiled("quantity").match(plain, at)
                if m is None:
                    continue
                after = m.end()
                start, g, r = place.read(name, m, before)
            if r is None or not is_figure(name, m, g, r, plain):
                continue
            meaning, last = in_context(name, r, start, m.end(), g, plain, last)
            if meaning is not r.meaning:
                r = r._replace(meaning=meaning)
            value, low, high = bounds_of(r, "nearest")
            yield paragraph, start, line[start : m.end()], value, low, high, *meaning[-3:]


def _goes_on(plain: str, listed: int, at: int, end: int) -> bool:
    """Whether a numeral without a unit goes on a list of percentages in words."""
    return bool(_LISTED.fullmatch(plain, listed, at) and _ENDS.match(plain, end))


def find_figures(text: str, *, dates: bool = False) -> pd.DataFrame:
    """Find the figures of a text, one row each, in order.

    Columns: paragraph (line, from 1), position (offset in the line where reported starts),
    reported (as printed), value (NaN for ranges), low, high, unit, hedge, measure.  A sign word
    reaches over a list (分别下降…和…).  With `dates`, dates and times are rows too, measure "date".

    >>> find_figures("分别下降13.8%和23.5%")[["position", "reported", "value"]]
       position reported  value
    0         2  下降13.8%  -13.8
    1        10    23.5%  -23.5
    """
    if not isinstance(text, str):
        raise TypeError(f"find_figures takes a text (str), not {type(text).__name__}")
    _refuse_a_path(text)
    columns = ["paragraph", "position", "reported", *COLUMNS[:-1]]
    kinds = dict.fromkeys(columns[:2], "int64") | dict.fromkeys(columns[3:6], "float64")
    return _frame(list(_find(text, dates)), columns, kinds)


def _refuse_a_path(text: str) -> None:
    """A path given for the text that stands in its file holds few figures, and none of them right."""
    if len(text) < _LONGEST_PATH and "\n" not in text and "\0" not in text and os.path.isfile(text):
        raise ValueError(
            f"find_figures takes the text itself, and {text!r} is a file: "
            "give what stands in it, Path(...).read_text(encoding='utf-8')"
        )


_NUMERAL = re.compile(
    r"(?:[0-9０-９]++(?:[.．,，][0-9０-９]++)*+|[〇零一二三四五六七八九十百千万亿两半萬億兩]++)++"
)


def find_numerals(text: str) -> pd.DataFrame:
    """Find every numeral of a text, figure or not: columns paragraph, position, numeral.

    A numeral is a longest run of Arabic digits (with inner . and ,) and Chinese numeral characters.

    >>> find_numerals("进一步,16.2473万件")["numeral"].tolist()
    ['一', '16.2473万']
    """
    rows = [
        (paragraph, m.start(), m[0])
        for paragraph, line in enumerate(text.split("\n"), 1)
        for m in _NUMERAL.finditer(line)
    ]
    kinds = {"paragraph": "int64", "position": "int64"}
    return _frame(rows, ["paragraph", "position", "numeral"], kinds)


def _frame(rows: list[Any], columns: list[str], kinds: dict[str, str]) -> pd.DataFrame:
    """A frame whose types do not depend on there being rows."""
    words = {column: "str" for column in columns if column not in kinds}
    return pd.DataFrame(rows, columns=columns).astype(words | kinds)
