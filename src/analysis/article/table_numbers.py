"""The numbers of a table's cells: exact, with the step of their last printed place.

A cell is printed in the shorthand of its table: no unit, a sign in a word or in a cell of its own,
a footnote mark behind it. What the column says (a count, a change) is not known here: `column_of`
turns the steps of cells into bounds once it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..rounding import quotient, step_down
from ..units import COUNTED, MEASURED, as_printed

LONGEST = 15  # digits: what a float holds exactly; no printed figure is longer
LONGEST_CELL = 80  # characters of a cell that may be a number

# --- What stands for a number that is not there ---------------------------------------------------

_MISSING = re.compile(
    r"[-–—―−‐‑ー－]{1,3}%?|一|…+|⋯+|\.{2,}|\*{2,4}|[xX]|:|：|/|／|[~～]"
    r"|n\.?\s?[am]\.?|n/[am]|nil|null|none|nan|not available|not applicable|\.\."
    r"|=[\w$(+\-…].*"  # a formula whose value was not stored
    r"|不適用|不适用|不詳|不详|未公布|未統計|未统计|暂无|暫無|无|無|沒有|没有|缺",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?:[*＊†‡§#＃※]|[¹²³⁰-⁹①-⑳]|\(\d{1,2}\)|\[\d{1,2}\]|注\d?)+")

# Before a number, or in a cell of its own beside it.
MONEY_SIGN = r"(?:US|HK|NT|NZ|CA?|AU?|S|R|RM|MOP)?\$|[£€¥]"

# --- The grammar of a number in a cell ------------------------------------------------------------

_UP = "增加|増加|增長|增长|上升|上漲|上涨|提高|成長|成长|增|増|升|漲|涨|多|▲|△|↑|⬆"
_DOWN = "減少|减少|下降|下跌|下滑|降低|負成長|负增长|減|减|降|跌|少|▼|▽|↓|⬇"
_ARROWS = dict.fromkeys("▲△↑⬆", "+") | dict.fromkeys("▼▽↓⬇", "-")
_GROUPED = r"\d+(?:[ ]\d{3})*\.\d{3}(?:[ ]\d{3})*[ ]\d{1,3}(?![\d.])"  # behind the point: 0.305 1
_PLAIN = (
    rf"{_GROUPED}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?:[ ]\d{{3}})+(?:\.\d+)?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"  # as in India: 1,46,133
    r"|\d+(?:\.\d+)?|\.\d+"
)
_SCALES = {"万": 4, "萬": 4, "亿": 8, "億": 8, "百万": 6, "百萬": 6, "万亿": 12, "萬億": 12}
_TRADITIONAL = "個|輛|戶|條|項|筆|顆|張|場|處|車次|輛次|噸|公頃|平方公里|新臺幣元|新台幣|圓|間|棟"
_ALSO = r"百分点|百分點|个百分点|個百分點|ポイント|%pts?\.?|pts?|pp|ppts?|cases?|persons?|hours?|%"
_UNIT = "|".join(
    sorted({*as_printed(*COUNTED, *MEASURED), *_TRADITIONAL.split("|"), *_ALSO.split("|")})[::-1]
)
_NUMBER = re.compile(
    rf"""(?P<word>{_UP}|{_DOWN})?\s*
    (?P<money>{MONEY_SIGN})?\s*(?P<sign>[+\-−‐‑–－]\s*)?(?P<signed_money>{MONEY_SIGN})?\s*
    (?P<number>{_PLAIN})
    \s*(?P<scale>万亿|萬億|百万|百萬|[万萬亿億])?[多余餘]?\s*
    (?P<unit>%|‰|{_UNIT})?
    (?P<after>{_UP}|{_DOWN})?
    \s*(?P<mark>(?:[*＊†‡§#※]|[¹²³⁰-⁹①-⑳]|\(\d{{1,2}}\)|\[\d{{1,2}}\]|[rpeE](?![a-zA-Z])|(?<=[\d,.]{{3}})[a-d](?![a-z]))+)?
    """,
    re.VERBOSE,
)
_COMMON = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")  # most cells, and nothing to ask
_OCR_POINT = re.compile(r"(?<=\d)\. (?=\d)|(?<=\d) \.(?=\d)")
_SIGNED = rf"(?:{_UP}|{_DOWN})?\s*[+\-−‐‑–－]?\s*\d[\d, .]*"
_TWO = re.compile(rf"({_SIGNED}(?:%|{_UNIT})?)\s*(?:/|\(|\[)\s*({_SIGNED}%?)\s*[)\]]?")
_BESIDE = re.compile(r"\s*[、;；/]\s*|\s*,\s*(?=[+\-−–－▲△▼▽増增減减])")
_GLUED = re.compile(r"(\d{1,3}(?:,\d{3})+)(\d{1,3})|(\d+\.\d)(\d+\.\d)|(\d+\.\d\d)(\d+\.\d\d)")
_DIRECTION = re.compile(f"{_UP}|{_DOWN}")
_BOLD = re.compile(r"\*\*(.+)\*\*")
_BRACKETED = re.compile(rf"({MONEY_SIGN})?\s*(?:\((.+)\)|\[(.+)\])\s*([%％‰])?")
_RUN_TOGETHER = re.compile(r"(?:\d{1,3}(?:,\d{3})+){2,}")
_ROW = re.compile(r"[\d.]+ [\d. ]+")
_FISCAL_YEAR = re.compile(r"(?:19|20)\d{2}\s*/\s*\d{2}(?:\d{2})?")
_NO_NUMBER = re.compile(r"[年月日季週周岁歲]|\d[-~至]\d|第\d|\d\s*(?:st|nd|rd|th)\b")


class Number(NamedTuple):
    """A number as printed: `steps` of the last printed place `10 ** exponent`."""

    steps: int
    exponent: int
    unit: str = ""  # what stands behind it in the cell
    bracketed: bool = False  # (264): a memorandum, or below zero where it is a change
    signed: int = 0  # 1 or -1 where a sign or a word of direction is printed
    worded: bool = False  # that it is a word: 下降12.1%
    text: str = ""  # as printed, without footnote marks; an arrow, a word behind it as its sign

    @property
    def value(self) -> float:
        power = 10 ** abs(self.exponent)
        return float(self.steps * power) if self.exponent >= 0 else self.steps / power


class Cell(NamedTuple):
    """What a cell holds: numbers, or a mark that none is there, or text, or nothing."""

    kind: str  # "number", "missing", "text", "blank", "sign", "mark"
    numbers: tuple[Number, ...] = ()


BLANK, MISSING, TEXT = Cell("blank"), Cell("missing"), Cell("text")
_ANY_WIDE = re.compile("[\u2009\u202f\u3000\xa0！-～]")
_JOINED = re.compile(r"(?<=[^\W_])_+(?=[^\W_])")
_WIDE = str.maketrans({"\u2009": " ", "\u202f": " ", "\u3000": " ", "\xa0": " ", "，": ","})


@lru_cache(65_536)
def plain(text: str) -> str:
    """A cell's text with full-width digits and signs made plain, and spaces made one; an underline
    between words (labor_force) is one.

    >>> plain("１２３　件"), plain("labor_force")
    ('123 件', 'labor force')
    """
    if not text.isascii() and _ANY_WIDE.search(text):
        text = text.translate(_WIDE)
        wide: dict[str, str | int | None]
        wide = {c: unicodedata.normalize("NFKC", c) for c in set(text) if "！" <= c <= "～"}
        text = text.translate(str.maketrans(wide))
    if "_" in text:
        text = _JOINED.sub(" ", text)
    return " ".join(text.split())


@lru_cache(65_536)
def read_cell(text: str) -> Cell:
    """What a cell of a table holds.

    >>> read_cell("1 124").numbers[0].value, read_cell("减少7件").numbers[0].value
    (1124.0, -7.0)
    >>> [n.value for n in read_cell("17,5452,730").numbers], read_cell("…").kind
    ([17545.0, 2730.0], 'missing')
    """
    if text.isascii() and len(text) <= LONGEST and _COMMON.fullmatch(text):
        whole, _, fraction = text.partition(".")
        steps = int((whole + fraction).replace(",", ""))
        return Cell("number", (Number(steps, -len(fraction), "", False, 0, False, text),))
    return _read_other(text)


def is_bare(text: str) -> bool:
    """Whether a text is a number of bare digits: most cells are.

    >>> is_bare("1024"), is_bare("1,024"), is_bare("")
    (True, False, False)
    """
    return text.isdigit() and len(text) <= LONGEST and text.isascii()


# A tuple made a Number, a Cell: a third of the time that their own names take.
_number_of: Callable[[tuple[Any, ...]], Number] = partial(tuple.__new__, Number)
_cell_of: Callable[[tuple[Any, ...]], Cell] = partial(tuple.__new__, Cell)


def read_cells(texts: Iterable[str]) -> list[Cell]:
    """What the cells of a table hold, those of bare digits all at once.

    >>> [cell.kind for cell in read_cells(["盗窃", "12", ""])]
    ['text', 'number', 'blank']
    """
    texts = list(texts)
    distinct = dict.fromkeys(texts)
    bare = list(filter(is_bare, distinct))
    common = repeat(0), repeat(""), repeat(False), repeat(0), repeat(False)
    numbers = map(_number_of, zip(map(int, bare), *common, bare, strict=False))
    cells = map(_cell_of, zip(repeat("number"), zip(numbers, strict=True), strict=False))
    known = dict(zip(bare, cells, strict=True))
    known |= {text: read_cell(text) for text in distinct if text not in known}
    return list(map(known.__getitem__, texts))


def _read_other(text: str) -> Cell:
    if len(text) > LONGEST_CELL:
        return TEXT if text.strip() else BLANK
    text = plain(text)
    if not text:
        return BLANK
    if _MISSING.fullmatch(text):
        return MISSING
    if text in ("+", "＋") or _DIRECTION.fullmatch(text):
        return Cell("sign")
    if _MARK.fullmatch(text) and not re.fullmatch(r"\(\d+\)", text):
        return Cell("mark")
    if not any(c.isdigit() for c in text):
        return TEXT
    text = _OCR_POINT.sub(".", text.strip("'\"`"))
    text = _BOLD.sub(r"\1", text) if "**" in text else text
    if ("(" in text or "[" in text) and (bracketed := _BRACKETED.fullmatch(text)):
        money, *within, percent = bracketed.groups("")
        inside = "".join(within)
        pair = [_one(part) for part in _BESIDE.split(inside)]
        if len(pair) == 2 and all(number and number.signed for number in pair):
            return Cell("number", tuple(n for n in pair if n))  # a change and its percentage
        below = "-" if percent and inside[:1].isdigit() else ""  # (0.8)% is no share of another
        inner = _one(below + money + inside + percent)
        if not inner or (inner.unit.isalpha() and re.fullmatch("100+", str(inner.steps))):
            return TEXT  # a unit: (10 000 persons)
        return Cell("number", (inner._replace(bracketed=not percent),))
    if one := _one(text):
        return Cell("number", (one,))
    if _FISCAL_YEAR.fullmatch(text):
        return TEXT
    if (two := _TWO.fullmatch(text)) and (pair := [_one(part) for part in two.groups()]):
        numbers = tuple(n for n in pair if n)
        told = len(numbers) == 2 and (numbers[1].signed or not numbers[0].signed)
        return Cell("number", numbers) if told else TEXT  # -12 (5.0%): of which sign is not said
    if not _NO_NUMBER.search(text):
        if _RUN_TOGETHER.fullmatch(text):  # 17,5452,730: the blank is lost
            found = re.findall(r"\d{1,3}(?:,\d{3})+", text)
        else:
            found = re.findall(_PLAIN, text) if _ROW.fullmatch(text) else []
        numbers = tuple(n for n in map(_one, found) if n)
        if len(numbers) > 1 and len(numbers) == len(found):
            return Cell("number", numbers)
    return TEXT


def _one(text: str) -> Number | None:
    """A single number with its sign, scale and unit; None where the text is no such thing."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    digits = match["number"].replace(",", "").replace(" ", "")
    whole, _, fraction = digits.partition(".")
    if len(digits) > LONGEST:
        return None
    steps, exponent = int((whole + fraction) or "0"), -len(fraction)
    exponent += _SCALES.get(match["scale"] or "", 0)
    sign = (match["sign"] or "").strip()
    signed = 0
    word, behind = match["word"] or "", match["after"] or ""
    if word or behind:
        signed = -1 if re.fullmatch(_DOWN, word or behind) else 1
    if sign:
        signed = -1 if sign != "+" else signed or 1
    start = match.end("word") if word in _ARROWS else match.start()
    end = next((match.start(part) for part in ("after", "mark") if match[part]), match.end())
    money = match["money"] or match["signed_money"] or ""
    printed = match.string[start:end].replace(money or "\0", "")
    printed = (_ARROWS.get(word, "") or "+-"[signed < 0] * bool(behind)) + printed
    return Number(
        -steps if signed < 0 else steps,
        exponent,
        match["unit"] or money,
        False,
        signed,
        bool(word or behind),
        printed.strip(),
    )


def pair_of(text: str) -> Cell:
    """A cell as two numbers whose blank is lost, in a table that has such cells: what is cut off
    by itself could be a misprint, and is text.

    >>> [n.value for n in pair_of("5,708940").numbers], pair_of("32.534.4").numbers[1].value
    ([5708.0, 940.0], 34.4)
    """
    match = _GLUED.fullmatch(plain(text))
    numbers = [_one(part) for part in match.groups() if part] if match else []
    return Cell("number", tuple(n for n in numbers if n)) if numbers else TEXT


def sign_of(text: str) -> int:
    """What a sign in a cell of its own says: 1, -1, or 0 where it is none.

    >>> sign_of("+"), sign_of("－"), sign_of("下降")
    (1, -1, -1)
    """
    text = plain(text)
    if text == "+" or re.fullmatch(_UP, text):
        return 1
    return -1 if re.fullmatch(rf"[-‐‑–—−－]|{_DOWN}", text) else 0


def bounds(
    steps: npt.ArrayLike, exponents: npt.ArrayLike, whole: npt.ArrayLike
) -> tuple[npt.NDArray[np.float64], ...]:
    """value, low and high of a column: half a unit of the last printed place, whole counts exact.

    >>> [x.tolist() for x in bounds([342, 9], [0, -1], [True, False])]
    [[342.0, 0.9], [342.0, 0.85], [342.0, 0.9500000000000001]]
    """
    n = np.asarray(steps, dtype=np.int64)
    exponent = np.asarray(exponents, dtype=np.int64)
    exact = np.asarray(whole, dtype=bool) & (exponent == 0)
    up = np.float64(10.0) ** np.maximum(exponent, 0)
    down = np.float64(10.0) ** np.maximum(-exponent, 0)
    value = n * up / down

    def below(halves: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        scaled = halves * up
        x, error = quotient(scaled, 2 * down)
        return step_down(x, np.where(np.abs(scaled) < 2.0**53, error, np.nan))

    low = np.where(exact, value, below(2 * n - 1))
    high = np.where(exact, value, 0.0 - below(-2 * n - 1))
    return value, low, high


_WIDE_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")


def in_plain_digits(text: str) -> str:
    """A text with its full-width digits made plain, as long as it was.

    >>> in_plain_digits("１２.５%")
    '12.5%'
    """
    return text if text.isascii() else text.translate(_WIDE_DIGITS)


# --- Years and months in the digits of the common era: 二零二三年, 令和5年 ----------------

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=\s*年)")
_CHINESE_MONTH = re.compile(r"(十[一二]?|[一二三四五六七八九])(?=\s*月)")
_BEFORE = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
ERA = re.compile(rf"({'|'.join(_BEFORE)})\s*(元|\d{{1,2}})(?!\d)\s*年?")
_TO = re.compile(rf"({ERA.pattern}\s*[-–—~至]\s*)(\d{{1,2}})(?=\s*年)")
_IN_ERA = re.compile(r"(?:^|(?<=/ ))(元|\d{1,2})\s*(年度?)?(?= /|$)")  # of an era said before it
ERA_FISCAL = re.compile(
    rf"(?<![-–—~至]){ERA.pattern}度"
)  # from April on, or as an office counts it


@lru_cache(65_536)
def in_digits(label: str) -> str:
    """A label with the years and months that are written in Chinese in digits, and those of a
    Japanese era as years of the common era.

    >>> in_digits("二零二三年(一月至十二月)"), in_digits("平成26-令和元年度")
    ('2023年(1月至12月)', '2014年-2019年度')
    """
    text = _CHINESE_YEAR.sub(lambda m: m[0].translate(_DIGITS), plain(label))
    text = _TO.sub(lambda m: f"{m[1]}{m[2]}{m[4]}", text)  # the era of a span holds for both
    text = ERA.sub(lambda m: f"{_BEFORE[m[1]] + _number(m[2])}年", text)

    def month(match: re.Match[str]) -> str:
        tens, _, ones = match[1].rpartition("十")
        del tens
        number = int(ones.translate(_DIGITS)) if ones else 0
        return str(number + 10 * ("十" in match[1]))

    return _CHINESE_MONTH.sub(month, text)


def with_eras(labels: Sequence[str]) -> Sequence[str]:
    """Labels in order, with its era before each year of one that only an earlier label names.

    >>> with_eras(["区分", "平成30年", "令和元年", "2年 / 件数", "3年 / 件数"])
    ['区分', '平成30年', '令和元年', '令和2年 / 件数', '令和3年 / 件数']
    """
    if not any(map(ERA.search, labels)):
        return labels
    found: list[str] = []
    era, last = "", 0
    for label in labels:
        if said := ERA.search(plain(label)):
            era, last = said[1], _number(said[2])
        elif era and (year := _IN_ERA.search(label)):
            number = _number(year[1])
            if year[2] or abs(number - last) <= 1:
                label, last = f"{label[: year.start()]}{era}{label[year.start() :]}", number
        found.append(label)
    return found


def _number(year: str) -> int:
    return 1 if year == "元" else int(year)
