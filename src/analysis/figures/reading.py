"""One printed figure: what a match of the grammar means, and its bounds.

A printed figure carries more than a number: how precise it is (16.2473万件 is exact, 13.9万件 is
not), a hedge (多, 余, 近, 约), a sign that is a word (下降), a unit. A match of the grammar becomes
a `Reading` (`matching`), which `meaning` turns into value, low and high.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from .grammar import BARE, FORMS, with_lead
from .matching import reading_of
from .meaning import Reading, bounds_of, check_rounding
from .numbers import LONGEST
from .script import fold, width

COLUMNS = ["value", "low", "high", "unit", "hedge", "measure", "decimals"]


class FigureError(ValueError):
    """A text that is no readable figure; the message shows the text, the place and the fault."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure as numbers.

    `value` is the plain number (None for a range), `low` and `high` its closed bounds, `unit` the
    unit in simplified characters ("percent" for %, 成 and 倍, "percentage point" for 百分点, 公里
    for km), `hedge` the hedge as printed, `measure` one of count, amount, rate, change,
    difference, `decimals` the number of printed digits after the point.
    """

    value: float | None
    low: float
    high: float
    unit: str
    hedge: str
    measure: str
    decimals: int


def figure_of(r: Reading, rounding: str) -> Figure:
    return Figure(*bounds_of(r, rounding), *r.meaning[-3:], r.decimals)


# The plain quantity is by far the commonest, and refuses what belongs to the other rows.
_READ_ORDER = ["quantity", *(row.name for row in FORMS if row.name != "quantity"), BARE.name]
_DIGITS = re.compile(r"[0-9]++(?:[.,][0-9]++)*+")  # no row but that of bare numbers reads them
_COMPARISON = re.compile(  # context, not figure, but often copied along
    r"(?:同比|环比|按年|[比较与](?:上年|去年|前年|上月|上周|20[0-9]{2}年)(?:同期)?(?:相比)?)"
)
_TYPESET = re.compile(  # blanks around numbers in Chinese, and between decimals: 0.305 1
    r"(?<=\.[0-9]{3})[ \xa0\u2009](?=[0-9])"
    r"|(?<=[\u4e00-\u9fff%％‰])[ \xa0](?=\S)|(?<=\S)[ \xa0](?=[\u4e00-\u9fff%％‰])"
)
_ALPHABET = re.compile(r"[0-9A-Za-z.,，+\-–—~～%‰/ \u3000↑↓〇\u4e00-\u9fff]*+")


def _printed(text: str, m: re.Match[str], group: str) -> str:
    return text[slice(*m.span(group))]


def parse(text: str) -> Reading:
    plain = fold(text)
    context = _COMPARISON.match(plain)
    start = context.end() if context else 0
    for name in [BARE.name] if _DIGITS.fullmatch(plain, start) else _READ_ORDER:
        m = with_lead(name).fullmatch(plain, start)
        if m is None:
            continue
        reading = reading_of(name, m.groupdict(""), partial(_printed, text, m))
        if reading:
            return reading
    if m := with_lead("ratio").fullmatch(f"比{plain}", 1):  # 1:1.20, of what its words call a ratio
        reading = reading_of("ratio", m.groupdict(""), partial(_printed, f"比{text}", m))
        if reading:
            return reading
    from .english import in_chinese  # here, as what is imported is all that can be read in English

    if (said := in_chinese(text)) and said.sign + said.rest != text:
        reading = parse(said.sign + said.rest)
        return reading._replace(meaning=reading.meaning._replace(hedge=said.hedge))
    if (tight := _TYPESET.sub("", text)) != text:
        with suppress(FigureError):
            return parse(tight)
    raise FigureError(_fault(text, plain, start))


def _fault(text: str, plain: str, start: int) -> str:
    """Where and why the text is no figure."""
    known = _ALPHABET.match(plain)
    at, expected = known.end() if known else 0, ""
    if at < len(plain):
        title = unicodedata.name(text[at], "unnamed").lower()
        expected = f"digits, 万/亿 and a unit; U+{ord(text[at]):04X} ({title}) is none of them"
    else:
        matches = [with_lead(name).match(plain, start) for name in _READ_ORDER]
        at = max((m.end() for m in matches if m), default=start)
        expected = (
            "a known unit or the end" if at > start else "a number (hedge and sign before it)"
        )
        if at == len(plain) > start:
            at, expected = start, f"a well-formed number of at most {LONGEST} digits, one sign"
    found = f"found {text[at]!r}" if at < len(text) else "the text ends"
    left = max(0, at - 30)
    shown = ("…" if left else "") + text[left : at + 30] + ("…" if at + 30 < len(text) else "")
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)
    ahead = shown[: at - left + bool(left)]
    caret = "".join("\u3000" if width(c) == 2 else " " for c in ahead)
    return f"no printed figure: expected {expected}, {found} at offset {at}\n  {shown}\n  {caret}^"


def read_figure(text: str, *, rounding: str = "nearest") -> Figure:
    """Read one printed figure with its hedge, unit and sign word.

    `rounding` says how the author rounded: "nearest", "truncated" (the true magnitude lies between
    the printed number and one last digit more) or "either".  Bounds are closed, sound and tight.
    Raises FigureError for what is no figure, TypeError for what is no text.

    >>> figure = read_figure("下降13.8%")
    >>> figure.value, figure.low, figure.high, figure.unit, figure.measure
    (-13.8, -13.850000000000001, -13.75, 'percent', 'change')
    >>> read_figure("1200多路").high
    1300.0
    """
    check_rounding(rounding)
    if not isinstance(text, str):
        raise TypeError(f"read_figure takes a text (str), not {type(text).__name__}: {text!r}")
    return figure_of(parse(text), rounding)
