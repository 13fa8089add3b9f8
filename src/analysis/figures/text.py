"""Figures in running text: one scanner over the grammar, and what stands around a match."""

import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, TypeAlias

import pandas as pd

from ..units import is_share, unit_of
from .grammar import AVERAGE, FIGURES, PLAIN, compiled, scanner
from .reading import COLUMNS, Meaning, Reading, as_change, bounds_of, reading_of

# --- Figures in text ----------------------------------------------------------------------------

_LISTED = re.compile(r"\s?个?(?:[、和及与或]|以及)\s?")


_LISTED_APART = re.compile(rf"{_LISTED.pattern}|\s?[,，;；]\s?")  # 分别下降1%，2%, in one unit


_SAME = re.compile(r"\s?[,，]?即\s?|\s?[(（]即?")  # 减少274人(18%): the same change in percent


_SAID = re.compile(r"\s?(?:[,，;；。、)）]|$)")


_ENDS_APART = re.compile(r"\s?(?:[,，;；。、和及与]|$)")  # but 分别下降1%和2%，3%的案件


_CLAUSE = re.compile(r"[^，,。;；:：()（）!？?]*+$")


_BASE = re.compile(r"以(?!上(?!年|月)|[下内前后来及])[^以为]+为$")  # 以女性为100, of an index


_AVERAGE_BEFORE = re.compile(AVERAGE)


_ENTITY = re.compile(  # what a small Chinese number of 个 must count: 五个县, but 三个方面
    r"[省市县区乡镇村州]|地级|国家|自治|社区|街道|部门|单位|企业|组织|集团|团伙|窝点|案件|项目"
    r"|小组|支队|大队|中队|派出所|法院|检察院|网格|行政村|试点"
)


_COUNTED = re.compile(r"(?:发生|抓获|破获|侦破|查处|死亡|失踪|受伤|共|仅)了?$")


_HAN = re.compile(r"[\u4e00-\u9fff]")


def _is_figure(name: str, m: re.Match[str], g: dict[str, str], r: Reading, plain: str) -> bool:
    """Whether what could be read as a figure is one in running text."""
    end, number, unit = m.end(), g.get("number", ""), g.get("unit", "").partition("/")[0]
    at = m.start("number") if number else m.start()
    previous = plain[at - 1 : at]
    if previous > "\x7f" and unicodedata.category(previous)[0] in "CMN" and previous != "〇":
        return False  # a look-alike digit or an invisible character: a part of the number is hidden
    if name == "tally" and _BASE.search(_clause_before(plain, at)):
        return False
    if name == "several":
        return bool(g["scale"])
    if unit in ("分钟", "小时", "秒") and not (r.meaning.signed or g["average"] or r.decimals):
        return False
    percent_like = is_share(r.meaning.unit)
    open_end = g.get("after", "").endswith(("以上", "以下", "以内", "之内"))
    if open_end and not percent_like and _HAN.match(plain, end) and plain[end] not in "和及与并等":
        return False  # 死亡10人以上事故: the threshold that defines a category
    if percent_like or name != "quantity" or number[0].isascii():
        return True
    if not re.search("[一二两三四五六七八九十半]", number):
        return bool(r.meaning.direction)  # 上百, 千余; but 百家, 万人
    value = r.n * r.up // r.down
    if r.meaning.direction or g["sign"] or value > 10:
        return True
    if unit == "个":
        return value > 1 and bool(_ENTITY.match(plain, end))
    if value == 1:  # 一名, 一起 are articles, but for 死亡一人 and 发生一起
        ends = unit in ("人", "名", "例", "宗") and not _HAN.match(plain, end)
        return unit_of(unit).family.small and (
            ends or bool(_COUNTED.search(plain, max(0, m.start() - 3), m.start()))
        )
    return unit_of(unit).family.small


# End and meaning of a figure with a sign word, and whether 分别 stands before it in its clause.
_Last: TypeAlias = tuple[int, Meaning, bool]


def _clause_before(plain: str, at: int) -> str:
    """What stands before a place in its clause, as far as words reach over to it."""
    clause = _CLAUSE.search(plain, max(0, at - 24), at)
    return clause[0] if clause else ""


def _in_context(
    r: Reading, m: re.Match[str], g: dict[str, str], plain: str, last: _Last | None
) -> Meaning:
    """The meaning with what stands before: a sign word that reaches over a list, an average."""
    meaning = r.meaning
    percent_like = is_share(meaning.unit)
    if last and not (g.get("sign") or g.get("minus")):
        end, before, respectively = last
        alike = is_share(before.unit) == percent_like
        pair = end == m.start() and before.whole and meaning.whole  # 减少12起34人
        apart = respectively and before.unit == meaning.unit and _ENDS_APART.match(plain, m.end())
        again = _SAME.fullmatch(plain, end, m.start()) and _SAID.match(plain, m.end())
        if percent_like and not alike and again:
            return as_change(meaning)._replace(sign=before.sign)
        listed = _LISTED_APART if apart else _LISTED
        if alike and (pair or listed.fullmatch(plain, end, m.start())):
            change = percent_like and meaning.measure == "rate"
            average = meaning.whole and before.measure == "rate"  # 平均用时下降40天和16天
            return meaning._replace(
                sign=before.sign,
                whole=meaning.whole and not average,
                signed=True,
                ceiling=None,
                measure="change" if change else "rate" if average else meaning.measure,
            )
    plain_count = meaning.whole and not meaning.direction and r.to is None
    if (
        plain_count
        and not g.get("average")
        and _AVERAGE_BEFORE.search(_clause_before(plain, m.start()))
    ):
        return meaning._replace(whole=False, measure="rate")
    return meaning


def _read_at(
    name: str, plain: str, start: int, line: str
) -> tuple[re.Match[str] | None, dict[str, str], Reading | None]:
    """The match of the row `name` at a place of a line, its groups, and its reading."""
    m = compiled(name).match(plain, start)
    g = m.groupdict("") if m else {}
    return m, g, reading_of(name, m, g, line) if m else None


def _find(text: str, dates: bool) -> Iterator[tuple[Any, ...]]:
    search = scanner().search
    for paragraph, line in enumerate(text.split("\n"), 1):
        plain = line.translate(PLAIN)
        last: _Last | None = None
        after = 0
        while hit := search(plain, after):
            name, start, after = hit.lastgroup or "", hit.start(), hit.end()
            if dates and name.startswith("date_"):
                yield (
                    paragraph,
                    start,
                    line[start:after],
                    math.nan,
                    math.nan,
                    math.nan,
                    "",
                    "",
                    "date",
                )
            if name not in FIGURES:
                continue
            m, g, r = _read_at(name, plain, start, line)
            if r is None and name in ("range", "range_words"):  # 18起至5起 is two figures
                m, g, r = _read_at(name := "quantity", plain, start, line)
                after = m.end() if m else after
            if m is None or r is None or not _is_figure(name, m, g, r, plain):
                continue
            meaning = _in_context(r, m, g, plain, last)
            spreads = g.get("sign") or (meaning.signed and meaning is not r.meaning)
            word = meaning._replace(sign=1) if g.get("minus") else meaning  # 增长-3.4%和5%
            if not spreads:
                last = None
            elif last and not g.get("sign"):  # a list goes on
                last = (m.end(), word, last[2])
            else:
                last = (m.end(), word, "分别" in _clause_before(plain, m.start()) + m[0])
            if meaning is not r.meaning:
                r = r._replace(meaning=meaning)
            found = bounds_of(r, "nearest")
            yield paragraph, start, line[start : m.end()], *found, *meaning[-3:]


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
    columns = ["paragraph", "position", "reported", *COLUMNS[:-1]]
    kinds = dict.fromkeys(columns[:2], "int64") | dict.fromkeys(columns[3:6], "float64")
    return _frame(list(_find(text, dates)), columns, kinds)


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
