"""Figures in running text: one scanner over the grammar, and what stands around a match."""

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..units import is_share, spelled
from .grammar import FIGURES, LED, compiled, lead, scanner
from .matching import plain_reading, reading_of
from .meaning import Groups, Meaning, Reading, bounds_of
from .numbers import INNER
from .passed_over import (
    BEFORE_LIST_NUMBER,
    EMERGENCY,
    LIST_NUMBER,
    PASSED_OVER,
    REASONS,
    of_a_label,
)
from .reading import COLUMNS, FigureError, parse
from .script import BLANKS, fold
from .tokens import UNIT
from .words import LEAD_CHARACTERS, LEAD_ENDS, LEAD_KERNELS

_LONGEST_PATH = 255  # characters; what is longer is a text
_REACH = 32  # characters: no lead is longer
_DIGITS = frozenset("0123456789")
_MAY_LEAD = re.compile(f"[{re.escape(''.join(sorted(LEAD_KERNELS)))}]")
_IN_NO_LEAD = re.compile(rf".*[^{re.escape(''.join(sorted(LEAD_CHARACTERS)))}]", re.DOTALL)
_LISTED = re.compile(r"\s?(?:[、和及与]|以及)\s?")
_ENDS = re.compile(r"\s?(?:[、和及与,，;；。)）]|以及|$)")


_bounds = lru_cache(16384)(partial(bounds_of, rounding="nearest"))


class _Lead(NamedTuple):
    """What stands before a number and belongs to it: its length, its groups, where these stand."""

    length: int
    groups: Groups
    spans: dict[str, tuple[int, int]]


class _Plain(NamedTuple):
    """What the words of a plain quantity say, whatever its digits."""

    groups: Groups
    meaning: Meaning | None
    times: int  # how many of its unit the printed one is
    doubtful: bool  # whether what stands around tells if it is a figure


_NO_LEAD = _Lead(0, {}, {})


@lru_cache(16384)
def _lead_of(words: str, first: str, seen: int = 0) -> _Lead:
    """The lead that ends these words, before a number that so begins.

    The words up to `seen` belong to what stands before it.
    """
    m = lead().search(words + first, seen) if _MAY_LEAD.search(words, seen) else None
    if m is None:
        return _NO_LEAD
    start = m.start()
    spans = {name: (m.start(name) - start, m.end(name) - start) for name in m.re.groupindex}
    return _Lead(len(words) - start, m.groupdict(""), spans)


def _lead_before(plain: str, at: int, after: int) -> _Lead:
    """The lead of the number at a place; its words begin at `after` at the earliest."""
    if at == after or plain[at - 1] not in LEAD_ENDS:
        return _NO_LEAD
    near = max(after, at - _REACH)
    apart = _IN_NO_LEAD.match(plain, near, at)
    first = "1" if plain[at] in _DIGITS else plain[at]
    if apart:
        return _lead_of(plain[apart.end() : at], first)
    seen = min(2, near)
    return _lead_of(plain[near - seen : at], first, seen)


@lru_cache(8192)
def _plain(said: str, inner: str, unit: str) -> _Plain:
    """What the words as printed say: those before the number, in it and after it."""
    from .context import DOUBTFUL

    before = _lead_of(fold(said), "1") if said else _NO_LEAD
    g = {"number": "1", "inner": fold(inner), "unit": fold(unit)} | before.groups

    def printed(group: str) -> str:
        return inner if group == "inner" else said[slice(*before.spans[group])]

    reading = reading_of("quantity", g, printed)
    name, times = spelled(g["unit"])
    return _Plain(g, reading.meaning if reading else None, times, name in DOUBTFUL)


def _read(
    name: str, plain: str, line: str, at: int, after: int, unit: str = ""
) -> tuple[int, int, Groups, Reading | None]:
    """Start with its lead and end of a match of the row `name`, its groups, and its reading."""
    m = compiled(name).match(plain, at)
    if m is None:
        return at, at, {}, None
    before = _lead_before(plain, at, after) if name in LED else _NO_LEAD
    if name == "doubled" and not before.groups.get("before"):
        before = _NO_LEAD  # it has its sign in itself: 近翻番, but 实现翻番
    start = at - before.length
    g = before.groups | m.groupdict("")
    if unit:
        g["unit"] = unit

    def printed(group: str) -> str:
        own = group in m.re.groupindex and m.start(group) >= 0
        if own or not before.length:
            return line[slice(*m.span(group))]
        return line[start:at][slice(*before.spans[group])]

    return start, m.end(), g, reading_of(name, g, printed)


def _find(text: str, dates: bool) -> Iterator[tuple[Any, ...]]:
    # Here, as both would be a fifth of the time in which the library is imported.
    from . import english
    from .context import Last, clause_before, in_context, is_figure

    search = scanner().search
    plain_text = fold(text).split("\n")
    for paragraph, (line, plain) in enumerate(zip(text.split("\n"), plain_text, strict=True), 1):
        if english.is_english(plain):
            yield from _in_english(paragraph, line, plain, dates)
            continue
        last: Last | None = None
        after = free = 0  # where to search on, and from where on words belong to no other numeral
        while hit := search(plain, after):
            name, at = hit.lastgroup or "", hit.start()
            before, after = free, hit.end()
            free = free if name == "denominator" else after  # 每百户 is of the number after it
            sure = False
            if name == "plain":
                words, unit_at = hit.span("inner")
                start, end = at - _lead_before(plain, at, before).length, after
                said = _plain(line[start:at], line[words:unit_at], line[unit_at:end])
                g, meaning, sure = said.groups, said.meaning, not said.doubtful
                r = plain_reading(plain[at:words], said.times, meaning) if meaning else None
            elif name in FIGURES:
                start, end, g, r = _read(name, plain, line, at, before)
            elif (
                name in ("numeral", "word")
                and last
                and last.in_words
                and _goes_on(plain, last.end, at, after)
            ):
                name = "percent_words"  # 百分之三十点二、五点七
                start, end, g, r = _read("bare", plain, line, at, before, unit="百分之")
            else:
                if dates and name.startswith("date_"):
                    nothing = (math.nan, math.nan, math.nan, "", "", "date")
                    yield paragraph, at, line[at:after], *nothing
                continue
            if name == "estimate" and "分别" in clause_before(plain, at):
                r = None
            if r is None and name != "quantity":  # 18起至5起 is two figures
                name, sure = "shared_unit" if name == "estimate" else "quantity", False
                start, end, g, r = _read(name, plain, line, at, before)
                free = after = max(end, after) if r is None else end
            if r is None or not (sure or is_figure(name, at, end, g, r, plain)):
                continue
            if g.get("average") and is_share(r.meaning.unit):  # 低于全省平均3.2个百分点
                start += len(g["average"])
            meaning, last = in_context(r, start, end, g, plain, last)
            if meaning is not r.meaning:
                r = r._replace(meaning=meaning)
            value, low, high = bounds_of(r, "nearest") if meaning.whole else _bounds(r)
            yield paragraph, start, line[start:end], value, low, high, *meaning[-3:]


def _in_english(paragraph: int, line: str, plain: str, dates: bool) -> Iterator[tuple[Any, ...]]:
    """The rows of an English line."""
    from . import english

    rows: list[tuple[Any, ...]] = []
    for said in english.figures_of(plain):
        try:
            r = parse(said.sign + said.rest)
        except FigureError:
            continue
        if r.meaning.measure == "count" and english.is_average(plain, said):
            r = r._replace(meaning=r.meaning._replace(whole=False, measure="rate"))
        words = (r.meaning.unit, said.hedge, r.meaning.measure)
        rows.append((paragraph, said.start, line[said.start : said.end], *_bounds(r), *words))
    nothing = (math.nan, math.nan, math.nan, "", "", "date")
    spans = english.dates_of(plain) if dates else []
    rows += [(paragraph, start, line[start:end], *nothing) for start, end in spans]
    yield from sorted(rows, key=lambda row: int(row[1]))


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
    return _frame(figures_in(text, dates=dates))


def figures_in(text: str, *, dates: bool = False) -> list[tuple[Any, ...]]:
    """The rows of `find_figures` as plain tuples, the value None for ranges."""
    require_text(text, "find_figures")
    _refuse_a_path(text)
    return list(_find(text, dates))


def require_text(given: object, asks: str) -> None:
    """Raises `TypeError` for what is no text."""
    if not isinstance(given, str):
        raise TypeError(f"{asks} takes a text (str), not {type(given).__name__}")


def _refuse_a_path(text: str) -> None:
    """A path, given for the text that stands in its file, would be found to hold no figures."""
    try:
        is_file = len(text) <= _LONGEST_PATH and Path(text).is_file()
    except (OSError, ValueError):  # too long a name, or none that a file can have
        return
    if is_file:
        raise ValueError(
            f"find_figures takes the text itself, and {text!r} is a file: give what stands in it, "
            "Path(...).read_text(encoding='utf-8')"
        )


_IN_WORDS = "〇零一二三四五六七八九十廿卅百千万亿两半萬億兩"
_NUMERAL = re.compile(
    rf"(?=[0-9０-９{_IN_WORDS}])"  # most characters are in none
    rf"(?:(?<![0-9０-９.,])[1-9][0-9]{{0,2}}(?:[ {BLANKS}][0-9]{{3}}(?![0-9]))++(?:\.[0-9]++)?"
    rf"|[0-9０-９]++(?:[.．,，][0-9０-９]++)*+|[{_IN_WORDS}]++)++"
)
_IN_LABEL = re.compile("[图表]")
_GROUPS = re.compile(rf"[0-9]{{1,3}}(?:,[0-9]+)+[{_IN_WORDS}]*")
# Well formed, or a list of small numbers: 1,2,3.
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:,[0-9]{{3}})+[{_IN_WORDS}]*|[0-9]{{1,2}}(?:,[0-9]{{1,2}})+")


# Made when first asked for: they take a tenth of the time in which the library is imported.
@cache
def _no_figure() -> re.Pattern[str]:
    rows = (row for row in PASSED_OVER if row.name in REASONS)
    return re.compile("|".join(f"(?P<{row.name}>{row.pattern})" for row in rows))


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"[{INNER}]?\s?{UNIT}")


def numerals_in(text: str) -> Iterator[tuple[int, int, str]]:
    """The rows of `find_numerals` as plain tuples."""
    for paragraph, line in enumerate(text.split("\n"), 1):
        for numeral in _NUMERAL.finditer(line):
            yield paragraph, numeral.start(), numeral[0]


def why_no_figure(line: str, position: int, numeral: str) -> str:
    """Why a numeral that no figure of its line holds is none; "no figure" where nothing says so.

    >>> why_no_figure("一、拨打119", 0, "一"), why_no_figure("一、拨打119", 4, "119")
    ('list number', 'telephone number')
    >>> why_no_figure("进一步", 1, "一"), why_no_figure("共42", 1, "42")
    ('part of a word', 'no figure')
    """
    from . import english

    if english.is_english(line):
        return english.why_none(line, position)
    first = max(0, position - _REACH)
    last = position + len(numeral) + _REACH
    plain = ("+" if first else "") + fold(line[first:last])  # what begins there begins no line
    at = position - first + bool(first)
    end = at + len(numeral)

    def stands(pattern: re.Pattern[str]) -> bool:
        return any(at in (m.start(1), m.start(2)) for m in pattern.finditer(plain))

    if no_figure := _no_figure().match(plain, at):
        return REASONS[no_figure.lastgroup or ""]
    begins = not plain[:at].strip() or plain[at - 1] in BEFORE_LIST_NUMBER
    if begins and stands(LIST_NUMBER):
        return "list number"
    if _IN_LABEL.search(plain) and stands(of_a_label()):
        return "number of a table or chart"
    if plain[at] in "19" and stands(EMERGENCY):
        return "telephone number"
    if _GROUPS.fullmatch(plain, at, end) and not _GROUPED.fullmatch(plain, at, end):
        return "malformed number"
    in_words = not _DIGITS.intersection(plain[at:end])
    return "part of a word" if in_words and not _unit().match(plain, end) else "no figure"


def find_numerals(text: str) -> pd.DataFrame:
    """Find every numeral of a text, figure or not: columns paragraph, position, numeral.

    A numeral is a longest run of Arabic digits (with inner . and , and blanks between groups of
    three) and Chinese numeral characters.

    >>> find_numerals("进一步,16.2473万件")["numeral"].tolist()
    ['一', '16.2473万']
    """
    require_text(text, "find_numerals")
    types = {"paragraph": "int64", "position": "int64", "numeral": "str"}
    return pd.DataFrame(list(numerals_in(text)), columns=list(types)).astype(types)


def _frame(rows: list[Any]) -> pd.DataFrame:
    """A frame whose types do not depend on there being rows; unit, hedge and measure are few."""
    names = ["paragraph", "position", "reported", *COLUMNS[:-1]]
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[]] * len(names)
    frame: dict[str, Any] = {
        name: np.array(columns[i], dtype="int64") for i, name in enumerate(names[:2])
    }
    frame |= {"reported": pd.array(columns[2], dtype="str")}
    frame |= {name: np.array(columns[i], dtype="float64") for i, name in enumerate(names[3:6], 3)}
    for i, name in enumerate(names[6:], 6):
        known = {word: n for n, word in enumerate(dict.fromkeys(columns[i]))}
        codes = np.array([known[word] for word in columns[i]], dtype="int64")
        frame[name] = pd.array(list(known), dtype="str").take(codes)
    return pd.DataFrame(frame)
