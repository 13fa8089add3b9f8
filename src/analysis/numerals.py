"""Printed Chinese figures: read one, read a column of them, find them in a text.

A printed figure carries more than a number: how precise it is (16.2473万件 is exact, 13.9万件 is
not), a hedge (多, 余, 近, 约), a sign that is a word (下降), a unit.  This module keeps all of it.

`FORMS` is the grammar of figures and `PASSED_OVER` that of numerals that are none (dates, ordinals,
hotlines): two tables of named patterns, each row with an example.  `find_figures` runs them as one
scanner; `read_figure` asks the rows of `FORMS` in turn.  Either way a match becomes a `_Reading`, a
number as printed and what the words around it mean, which `_bounds` turns into value, low and high
by integer arithmetic, rounded outward.  Every pattern is linear: runs are possessive or capped.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from .bounds import Floats, product_less, step_down

__all__ = ["Figure", "FigureError", "find_figures", "find_numerals", "read_figure", "read_figures"]

COLUMNS = ["value", "low", "high", "unit", "hedge", "measure", "decimals"]
LONGEST = 40  # digits; no printed figure is longer, and int() must never see a megabyte of them
# By how many half steps the number before printing may lie below and above the printed one.
_HALF_STEPS = {"nearest": (1, 1), "truncated": (0, 2), "either": (1, 2)}


class FigureError(ValueError):
    """A text that is no readable figure; the message shows the text, the place and the fault."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure as numbers.

    `value` is the plain number (None for a range), `low` and `high` its closed bounds, `unit` the
    printed unit ("percent" for %, 成 and 倍, "percentage point" for 百分点), `hedge` the hedge as
    printed, `measure` one of count, amount, rate, change, point_change, `decimals` the number of
    printed digits after the point.
    """

    value: float | None
    low: float
    high: float
    unit: str
    hedge: str
    measure: str
    decimals: int


# --- Vocabulary -------------------------------------------------------------------------------
# Patterns are written in ASCII and simplified characters; texts are brought there one to one, so
# that positions hold.
_FULL_WIDTH = "０１２３４５６７８９％﹪．－−＋／：", "0123456789%%.--+/:"
_TRADITIONAL = (  # pairs: traditional, simplified
    "萬万億亿兩两餘余個个減减漲涨約约過过達达點点無无沒没發发現现縮缩長长幾几數数間间區区縣县鎮镇鄉乡輛辆戶户條条項项噸吨歐欧鎊镑種种類类處处車车張张臺台場场隊队總总後后時时號号歲岁"
    "週周員员為为較较許许單单筆笔內内與与擴扩顆颗頭头隻只遞递銳锐調调畝亩頃顷創创違违節节預预製制組组係系從从負负於于將将佔占滿满鐘钟環环幣币門门韓韩錢钱學学網网課课冊册標标級级層层"
    "團团織织業业國国檢检專专輪轮雙双棟栋際际邊边"
)
_PLAIN = str.maketrans(_FULL_WIDTH[0] + _TRADITIONAL[::2], _FULL_WIDTH[1] + _TRADITIONAL[1::2])


def _any(*words: str) -> str:
    """An alternation of the words, longest first (a guard is no part of the length)."""
    listed = sorted(" ".join(words).split(), key=lambda word: -len(word.partition("(")[0]))
    return "(?:" + "|".join(listed) + ")"


_FALLS = (
    "下降 降低 减少 下跌 下滑 回落 缩减 缩小 收窄 减小 下调 递减 锐减 骤降 缩短 走低 减轻 负增长"
)
_RISES = "上升 增长 增加 提高 提升 上涨 扩大 增多 升高 攀升 回升 上扬 激增 递增 上调 走高 延长"
_NOUNS = "降幅 跌幅 减幅 增幅 升幅 涨幅 增速"
_SIGN = (  # 下降到, 增至, 降为 tell a level, not a change; 最高, 至少, 很多 are no signs either
    rf"(?:(?<!自然)(?:{_any(_NOUNS)}|{_any(_FALLS, _RISES)}(?:幅度|速度|率))"
    r"(?:分别|均)?(?:为|达到?|是)?"
    rf"|{_any(_FALLS, _RISES)}(?!到|至|为|成)了?(?:达到?)?"
    r"|(?:(?<![裁加])减|降|跌|升|(?<!新)增|涨|(?<![最至新不减增提很更许众诸等缺过是0-9])[高低多少])"
    r"(?![到至为达成于])(?:了|出)?)\s?"
)
_FALL = re.compile(_any(_FALLS, "减 降 跌 低 少"))
_AVERAGE = (
    r"(?:平均(?:每[天日月年人件起案户])?|[日月年周人户件案]均|每(?:天|日|月|年|人|户|案|起|小时))"
)

# How a hedge opens the bounds.
_HEDGES = {
    "more": "多 余 几 来",
    "nearly": "近 将近 接近",
    "about": "约 大约 大概 左右 上下",
    "at least": "以上 及以上 超过 超 逾 突破 上 过 至少 不少于 不低于 高于 多于",
    "at most": "不足 不到 不超过 低于 少于 未满 至多 最多 不多于 不高于 以下 及以下 以内 之内",
}
_DIRECTION = {word: direction for direction, words in _HEDGES.items() for word in words.split()}
_BEFORE = (  # 预约, 最近, 以上百, 通过 are other words
    r"(?:(?:(?<![预节公违契制合条])约|大约|大概|将近|接近|(?<![最附临邻靠])近)(?:占|为|有|达)?"
    r"|超过|超|逾|突破|至少|不少于|不低于|高于|多于"
    r"|不足|不到|不超过|低于|少于|未满|至多|最多|不多于|不高于"
    r"|(?<!以)(?<!成千)上(?=[百千万亿])|(?<![通超经不])过(?=[百千万亿]))\s?"
)
_INNER = r"[多余几来]"
_AFTER = r"(?:左右|上下|及?以[上下]|以内|之内)"

# Units by what they are. A guard (?!…) keeps a unit out of a longer word (起诉, 家庭).
_PEOPLE_AND_CASES = (  # of these even two or three, in Chinese, are a figure: 抓获三人
    "起(?!诉|步|来|草|点|初|源|义) 件 人(?!民|均) 名(?!单|义|称|誉) 宗 例 户 家(?!庭|园|长|族)"
    " 辆 案(?!件) 桩 人次 辆次 户次 家次 件次 位(?!于|置|居) 所 座 艘 支 份 处"
)
_THINGS = (
    "个 条 项 类 种 次(?!产业) 批 批次 场 场次 组 队 对 台 台次 部 套 封 轮 间 栋 架 架次 车次"
    " 班次 节 篇 幅 枚 把 颗 粒 根 路 张 床 株 头 只 匹 口 眼 样 笔 趟 盏 块 盘 箱 瓶 桶 包 袋"
    " 单(?!元|位|独|个) 卷 册 本 页 字(?!号) 股 门 课时 学时 人份 档 点位 网格 省 市 县 区 镇 乡 村"
    " 天(?!内|之|后|前|时|无|以) 发(?!生|现|放|布|展|出|案)"
)
_MEASURED = (  # never exact by themselves, as money is not
    "吨 吨公里 吨标准煤 吨位 公里 千米 米 厘米 毫米 平方米 平方公里 立方米 公顷 亩 千瓦 千瓦时"
    " 升 毫升 克 千克 公斤 斤 标准箱 分钟 小时 秒"
    " 分(?!钟|之|别|局|点|布|公|院|行|管|组|级|类|成|析|为|子)"
)
_MONEY = (
    "元(?!旦|月|宵|素|首|件) 元人民币 人民币 美元 港元 港币 欧元 日元 英镑 澳门元 新台币 韩元 块钱"
)
_UNIT = (
    r"(?:个?[百千]分点|%|‰|倍|成(?!不|立|为|员|本|都|长|功|果|效|就|年|绩|品|交|熟|因|型)"
    rf"|{_any(_PEOPLE_AND_CASES, _THINGS, _MEASURED, _MONEY)}"
    r"(?:/(?:[0-9]{1,4}?[十百千万]{0,2}[人户名]|[天日月年周件起次案吨亩]|小时|平方公里|平方米|公里))?)"
)


def _bare(units: str) -> frozenset[str]:
    return frozenset(re.sub(r"\(.*?\)", "", units).split())


_IS_MEASURED, _IS_MONEY = _bare(_MEASURED), _bare(_MONEY)
_ALSO_SMALL = _bare(_PEOPLE_AND_CASES) | _IS_MONEY
_PERCENT_LIKE = ("percent", "percentage point", "‰", "permille point")

# --- Grammar ------------------------------------------------------------------------------------
_EXPONENT = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_SMALL = "一二三四五六七八九"
_DIGITS = r"(?:[0-9]{1,3}(?:[,，][0-9]{3}){1,13}+(?![0-9])|[0-9]++)(?:\.[0-9]++)?"
_CHINESE = r"[零〇一二三四五六七八九十百千万亿两半]++(?:点[零〇一二三四五六七八九]++)?"
_WHOLE = r"(?:[0-9]++(?!\.)|[零一二三四五六七八九十百千万亿两半]++)"
_NUMBER = rf"(?:{_DIGITS}|{_CHINESE})"
_SCALE = r"(?:[十百千]?万亿|[十百千]?[万亿]|千(?!米|瓦|克)|百(?!分))"
_EDGE = r"(?<![0-9A-Za-z.])(?<![0-9A-Za-z][+])"  # not in another number or a name (G20, K12+500)
_TO = r"(?:[-—–~～]{1,2}|至|到)"
_LEAD = rf"(?P<average>{_AVERAGE})?+(?P<sign>{_SIGN})?+(?P<before>{_BEFORE})?+"
_TAIL = rf"(?P<after>{_AFTER})?"


class Row(NamedTuple):
    """A row of the grammar: the example is a text in which the row is found."""

    name: str
    pattern: str
    example: str


FORMS = [
    Row(
        "zero",
        r"(?:没有|未|没|无)(?:发生|出现|接报|新增)?一(?P<unit>[起例件人名宗])",
        "没有发生一起",
    ),
    Row("unchanged", r"(?P<before>基本)?持平", "基本持平"),
    Row(
        "doubled",
        rf"翻了?(?P<before>{_BEFORE})?(?P<number>[一二三四两])?番(?P<inner>多)?",
        "翻一番",
    ),
    Row("half", rf"{_LEAD}(?:过半数?|半数|一半)(?![年月天日小]){_TAIL}", "过半"),
    Row(
        "fraction",
        rf"{_LEAD}{_EDGE}(?P<denominator>[{_SMALL}十0-9]{{1,3}})分之"
        rf"(?P<number>[{_SMALL}两0-9]{{1,3}})(?![个0-9]){_TAIL}",
        "三分之二",
    ),
    Row(
        "range",
        rf"{_LEAD}{_EDGE}(?<![从由自])(?P<first>{_NUMBER})(?P<first_scale>{_SCALE})?"
        rf"(?P<first_unit>{_UNIT})?{_TO}(?P<number>{_NUMBER})(?P<scale>{_SCALE})?"
        rf"(?P<unit>{_UNIT}){_TAIL}",
        "3—5起",
    ),
    Row(
        "range_words",
        rf"{_LEAD}(?P<tens>[{_SMALL}]?十)?(?P<first>[{_SMALL}两])(?P<number>[{_SMALL}])"
        rf"(?P<scale>[十百千]?[万亿]?)(?P<unit>{_UNIT})",
        "三五百人",
    ),
    Row("tenths", rf"{_LEAD}(?P<number>[{_SMALL}]成[{_SMALL}半]){_TAIL}", "九成五"),
    Row(  # 上升0.46和0.37个百分点: the unit stands once, after the list
        "shared_unit",
        rf"{_LEAD}{_EDGE}(?P<number>{_DIGITS})(?=(?:[、和及与]{_DIGITS}){{1,5}}+"
        rf"(?P<scale>{_SCALE})?\s?(?P<unit>{_UNIT}))",
        "0.46和0.37个百分点",
    ),
    Row(
        "several",
        rf"{_LEAD}(?P<number>(?<![人件起次户总案率倍天少多指系函分基参])数|几)"
        rf"(?P<scale>[十百千]?[万亿]{{0,2}})(?P<unit>{_UNIT})",
        "数十起",
    ),
    Row(
        "percent_words",
        rf"{_LEAD}(?P<unit>[百千]分之)(?P<number>{_NUMBER})(?P<inner>{_INNER})?{_TAIL}",
        "百分之十三点八",
    ),
    Row(
        "quantity",
        rf"{_LEAD}(?P<minus>(?:(?<![0-9A-Za-z%)])[-+]|[↑↓])\s?)?{_EDGE}(?P<head>[0-9]{{1,12}}[亿万千](?=[0-9]))?"
        rf"(?P<number>{_NUMBER})(?P<inner>{_INNER})?(?P<scale>{_SCALE})?(?P<inner_scale>[多余])?"
        rf"(?:\s?(?P<unit>{_UNIT})|(?<=[万亿])(?![0-9年岁里级众一分])|(?<=[万亿][多余]))"
        rf"(?P<after>{_AFTER}|(?<=[倍成%])多)?",
        "16.2473万件",
    ),
]
# A number without a unit is read on its own; in a text it is a figure only where it stands as in a
# table, after the noun it counts (刑事378 治安962).
_HOTLINE = r"(?:11[0-9]|12[0-2]|12[0-9]{3}|96[0-9]{3})(?![0-9])"
_BARE = Row("bare", rf"{_LEAD}(?P<minus>[-+])?(?P<number>{_NUMBER})(?P<inner>{_INNER})?", "1413")
_TALLY = Row(
    "tally",
    r"(?<=[\u4e00-\u9fff])(?<![第号列名居位打拨话线群图表注码])"
    rf"(?!{_HOTLINE}|(?:19|20)[0-9]{{2}}(?![0-9]))"
    r"(?P<number>[1-9][0-9]{1,6}+(?:\.[0-9]{1,4}+)?)(?=[\s;；…。)）]|[,，、](?![0-9])|$)",
    "刑事378",
)

_YEAR = rf"(?:[12][0-9]{{3}}|[一二][〇零{_SMALL}]{{3}})"
_TWO = rf"(?:[0-9]{{1,2}}|[{_SMALL}十]{{1,3}})"
_CLOCK = r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
_MONTH = rf"{_TWO}月(?:份|底|初|末|(?:{_TWO}[日号]))?"
_PERIOD = r"(?:年|月|周|季度|小时|分钟|秒|星期|工作日|昼夜|世纪|年代|岁|届|刻钟)"

PASSED_OVER = [
    Row("date_numeric", rf"{_EDGE}{_YEAR}(?:[-/.][0-9]{{1,2}}){{2}}(?:\s?{_CLOCK})?", "2018-11-15"),
    Row("date_years", rf"{_EDGE}{_YEAR}年?{_TO}{_YEAR}年?(?![0-9])", "2012—2021年"),
    Row(
        "date_year",
        rf"{_EDGE}{_YEAR}年[度初底末]?(?:(?:{_TWO}月?{_TO})?{_MONTH})?",
        "2018年11月15日",
    ),
    Row("date_months", rf"{_EDGE}{_TWO}月?(?:{_TO}|、){_MONTH}", "1至8月"),
    Row("date_month", rf"{_EDGE}{_MONTH}", "10月底"),
    Row("date_day", rf"{_EDGE}{_TWO}日(?![均元])", "9日"),
    Row(
        "date_clock",
        rf"{_EDGE}(?:{_CLOCK}|{_TWO}时(?![代候期刻常间段])(?:{_TWO}分)?|{_TWO}点{_TWO}分(?![点之]))",
        "2时",
    ),
    Row("denominator", rf"每{_NUMBER}(?:[名个户辆起件]|平方公里)?(?:人口?)?", "每10万人口"),
    Row("ordinal", rf"第{_NUMBER}(?:[、和至-]{_NUMBER})*+", "第28"),
    Row("rank", rf"前{_NUMBER}(?:名|位|强|大|批|个?月|年|个?季度)", "前10名"),
    Row("age", rf"{_EDGE}{_WHOLE}(?:{_TO}{_WHOLE})?周岁", "60周岁"),
    Row(
        "duration",
        rf"{_EDGE}(?:{_BEFORE})?{_WHOLE}(?:{_TO}{_WHOLE})?{_INNER}?个?[多半]?{_PERIOD}",
        "24小时",
    ),
    Row("hotline", rf"{_EDGE}{_HOTLINE}(?=[类市区省县台])", "110类"),
    Row("event", rf"{_EDGE}[0-9]{{1,2}}[·•.][0-9]{{1,2}}(?=[”’]|[大专]?案)", "8·12案"),
    Row("name", r"(?<![A-Za-z])[A-Za-z]++-?[0-9]++|[0-9]++[A-Za-z]++", "G20"),
    Row("slogan", rf"(?<=[“‘「『《〈]){_CHINESE}(?![成倍分])", "“三个"),
]
_REST = Row("numeral", rf"[0-9]++(?:\.[0-9]++)*+|{_CHINESE}", "2018")

_PATTERNS = {row.name: row.pattern for row in [*FORMS, _TALLY, _BARE]}
_FIGURES = frozenset(row.name for row in [*FORMS, _TALLY])


@cache  # compiled when first used: all of them take a quarter as long as importing pandas
def _compiled(name: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[name])


@cache
def _scanner() -> re.Pattern[str]:
    """All rows as one pattern, a named group each; it looks only where a row can begin."""

    def rows(table: list[Row]) -> str:
        return "|".join(
            f"(?P<{row.name}>{unnamed(row.pattern.removeprefix(_LEAD))})" for row in table
        )

    def unnamed(pattern: str) -> str:
        return re.sub(r"\(\?P<\w+>", "(?:", pattern)

    led = [row for row in FORMS if row.pattern.startswith(_LEAD)]
    alone = [row for row in FORMS if row not in led]
    words = " ".join([_FALLS, _RISES, _NOUNS, *_HEDGES.values()])
    starts = {word[0] for word in words.split()} | set(_SMALL + "零〇十百千万亿两半数几")
    starts |= set("减降跌升增涨高低多少大将平每没未无基持翻过第前")
    return re.compile(
        f"(?=[-+↑↓0-9{''.join(sorted(starts))}]|(?<![A-Za-z])[A-Za-z]|[日月年周人户件案]均)"
        f"(?:{rows(PASSED_OVER)}|{rows(alone)}"
        f"|{unnamed(_LEAD)}(?:{rows(led)})|{rows([_TALLY, _REST])})"
    )


# --- From a match to a number and its meaning ---------------------------------------------------


class _Meaning(NamedTuple):
    """What the words around a number say; everything but the digits."""

    sign: int
    whole: bool  # a count: exact where it is printed to the unit
    direction: str  # how the hedge opens the bounds, "" without one
    ceiling: int | None  # natural end of a rate
    signed: bool  # may lie on the other side of zero
    unit: str
    hedge: str
    measure: str


class _Reading(NamedTuple):
    """`n` steps of up/down as printed (13.9万: 139 steps of 10**4/10), and what they mean."""

    n: int
    up: int
    down: int
    decimals: int
    meaning: _Meaning
    to: tuple[int, int, int] | None = None  # upper end of a range, (n, up, down)


@lru_cache(256)
def _power(places: str) -> int:
    return int(10 ** sum(_EXPONENT[c] for c in places))


_D = f"[{_SMALL}两]"
_TO_9999 = f"(?:{_D}千)?(?:零?{_D}百)?(?:零?{_D}?十)?(?:零?{_D})?"
_WELL_FORMED = re.compile(f"(?:{_TO_9999}万?亿)?(?:零?{_TO_9999}万)?(?:{_TO_9999})")
_BY_DIGIT = re.compile(f"[零{_SMALL}]{{3,}}|零")


@cache
def _cn2an() -> Any:
    import cn2an  # 0.15 s, and many a text has Arabic figures only

    return cn2an.cn2an


def _chinese(text: str) -> tuple[int, int, int] | None:
    """n, up, down of a Chinese numeral without 点, or None where it is none.

    A trailing 万 or 亿 is a scale (三百二十万 is 320 steps of a 万).  What goes on below 万 is
    printed to its last place if that is 千 or 百 (一万二千 is 12 steps of a 千), else to the unit.
    """
    text = text.replace("〇", "零")
    if text == "半":
        return 1, 1, 2
    head = text.rstrip("万亿")
    if len(text) - len(head) > 2:
        return None
    scale = _power(text[len(head) :])
    if not head or head in "百千":  # cn2an refuses 百, 千, 万, 百万: the place alone (上百, 千余)
        return _power(head), scale, 1
    # cn2an reads 三五 and 一二 (three to five, one or two) as 35 and 12: the form is checked first.
    if not (_WELL_FORMED.fullmatch(head) or _BY_DIGIT.fullmatch(head)):
        return None
    n, step = int(_cn2an()(head, "normal")), 1
    if "万" in head or "亿" in head:
        step = {"千": 1000, "百": 100}.get(head[-1], 1)
    if len(head) > 1 and head[-2] in "百千万亿" and head[-1] in _SMALL:  # 一万五, 三百五
        step = _power(head[-2]) // 10
    return n // step, step * scale, 1


def _number(text: str, scale: str, head: str = "") -> tuple[int, int, int, int]:
    """n, up, down, decimals of a number with its scale; ValueError where it is none."""
    if len(text) > LONGEST:
        raise ValueError
    up = _power(scale)
    if text[0].isascii():
        whole, _, fraction = text.replace(",", "").replace("，", "").partition(".")
        n, down = int(whole + fraction), 10 ** len(fraction)
        if head:  # 1亿2000万, 3万5千
            more, rest = divmod(int(head[:-1]) * _power(head[-1]) * down, up)
            if rest or n * up >= down * _power(head[-1]):
                raise ValueError
            n += more
        return n, up, down, len(fraction)
    whole, _, fraction = text.partition("点")
    read = _chinese(whole)
    if read is None or (fraction and read[1:] != (1, 1)):
        raise ValueError
    n = read[0]
    for c in fraction:
        n = n * 10 + ("零" + _SMALL).index(c.replace("〇", "零"))
    return n, up * read[1], read[2] * 10 ** len(fraction), len(fraction)


@lru_cache(1024)
def _said(
    sign: str, minus: str, before: str, inner: str, after: str, hedge: str
) -> _Meaning | None:
    """What sign and hedge words say of a rate in percent, or None where they say two things."""
    # 约43万多: the narrower word wins.
    direction = next((_DIRECTION[w] for w in (inner[:1], after, before) if w in _DIRECTION), "")
    falls = bool(sign and _FALL.match(sign))
    if falls and minus:  # 下降-3.2%
        return None
    signed = bool(sign or minus)
    return _Meaning(
        sign=-1 if falls or minus in ("-", "↓") else 1,
        whole=False,
        direction=direction,
        ceiling=None if signed else 100,
        signed=signed,
        unit="percent",
        hedge=hedge,
        measure="change" if signed else "rate",
    )


def _change(meaning: _Meaning) -> _Meaning:
    return meaning._replace(ceiling=None, signed=True, measure="change")


@lru_cache(1024)
def _of_unit(meaning: _Meaning, unit: str, printed: str, average: bool, turned: bool) -> _Meaning:
    """The meaning with a unit; `printed` is the unit's own text, `turned`: by a sign word."""
    if unit.endswith("分点"):
        points = "percentage point" if unit.endswith("百分点") else "permille point"
        return _change(meaning)._replace(unit=points, measure="point_change")
    if unit in ("‰", "千分之"):
        measure = "change" if turned else "rate"  # -1.4‰ is a rate that may be negative
        ceiling = None if meaning.signed else 1000
        return meaning._replace(unit="‰", measure=measure, ceiling=ceiling)
    if unit == "倍":
        return meaning._replace(ceiling=None)
    if unit in ("%", "成", "百分之"):
        return meaning
    plain_unit, per_unit, _ = unit.partition("/")
    measure = "amount" if plain_unit in _IS_MONEY else "count"
    measure = "rate" if average or per_unit else measure
    return meaning._replace(
        whole=measure == "count" and plain_unit not in _IS_MEASURED,
        ceiling=None,
        signed=meaning.signed or measure == "amount",
        unit=printed,
        measure=measure,
    )


def _reading(name: str, m: re.Match[str], g: dict[str, str], text: str) -> _Reading | None:
    """The reading of a match of the row `name`, or None; `text` is the text as printed."""

    def printed(group: str) -> str:
        return text[slice(*m.span(group))] if g.get(group) else ""

    before = g.get("before", "").strip()
    before = before if before in _DIRECTION else before.rstrip("占为有达")
    inner, after = g.get("inner", "") + g.get("inner_scale", ""), g.get("after", "")
    hedge = ""
    if before or inner or after:
        hedge = printed("before")[: len(before)] + printed("inner") + printed("inner_scale")
        hedge += printed("after")
    sign = g.get("sign", "")
    meaning = _said(sign, g.get("minus", "").strip(), before, inner, after, hedge)
    if meaning is None:
        return None
    try:
        match name:
            case "zero":
                unit = printed("unit")
                zero = meaning._replace(whole=True, ceiling=None, unit=unit, measure="count")
                return _Reading(0, 1, 1, 0, zero)
            case "unchanged":  # as far as one sees: half of one percent either way
                return _Reading(0, 1, 1, 0, _change(meaning))
            case "doubled":
                times = "一二三四".index((g["number"] or "一").replace("两", "二")) + 1
                return _Reading(2**times - 1, 100, 1, 0, _change(meaning))
            case "tenths":
                a, _, b = g["number"].partition("成")
                tenths = 10 * (_SMALL.index(a) + 1) + _SMALL.index(b.replace("半", "五")) + 1
                return _Reading(tenths, 1, 1, 0, meaning)
            case "half":
                if "过半" in m[0] and not before:
                    word = text[m.start() + m[0].index("过")]
                    meaning = meaning._replace(hedge=word + hedge, direction="at least")
                return _Reading(1, 50, 1, 0, meaning)
            case "fraction":
                n, down = _number(g["number"], "")[0], _number(g["denominator"], "")[0]
                return _Reading(n, 100, down, 0, meaning) if 0 < n < down else None
    except ValueError:
        return None

    unit = g.get("unit", "")
    meaning = _of_unit(meaning, unit, printed("unit"), bool(g.get("average")), bool(sign))
    try:
        return _with_number(name, g, meaning, {"倍": 100, "成": 10}.get(unit, 1))
    except ValueError:
        return None


def _with_number(name: str, g: dict[str, str], meaning: _Meaning, per: int) -> _Reading:
    """The reading of a row that has a number or two; ValueError where a number is none."""
    number, scale = g["number"], g.get("scale", "")
    if name == "several":  # 数十 is twenty to a hundred
        place = _power(scale) * per
        meaning = meaning._replace(hedge=meaning.hedge + number)
        return _Reading(2, place, 1, 0, meaning, (10, place, 1))
    if name in ("range", "range_words"):
        first, first_scale = g["first"], g.get("first_scale", "")
        if name == "range_words":
            if _SMALL.index(number) - _SMALL.index(first.replace("两", "二")) not in (1, 2):
                raise ValueError
            first, number = g["tens"] + first, g["tens"] + number
            first_scale = scale
        elif g["first_unit"] not in ("", g["unit"]):
            raise ValueError
        elif not first_scale and not g["first_unit"]:
            first_scale = scale
        n, up, down, decimals = _number(first, first_scale)
        last = _number(number, scale)
        if n * up * last[2] >= last[0] * last[1] * down:
            raise ValueError
        to = last[0], last[1] * per, last[2]
        return _Reading(n, up * per, down, max(decimals, last[3]), meaning, to)
    n, up, down, decimals = _number(number, scale, g.get("head", ""))
    return _Reading(n, up * per, down, decimals, meaning)


# --- From a reading to bounds -------------------------------------------------------------------


def _below(num: int, den: int) -> float:
    """The largest float ≤ num/den."""
    x = num / den  # correctly rounded for integers of any size
    a, b = x.as_integer_ratio()
    return math.nextafter(x, -math.inf) if a * den > num * b else x


def _above(num: int, den: int) -> float:
    """The smallest float ≥ num/den."""
    return 0.0 - _below(-num, den)  # 0.0 − x is never −0.0


def _opened(direction: str, n: Any, weight: Any) -> tuple[Any, Any]:
    """By how many half steps a hedge opens the bounds of `n` steps, below and above."""
    return {
        "more": (0, 2 * weight),
        "nearly": (2 * weight * (n > 0), 0),
        "about": (weight, weight),
        "at least": (0, 0),
        "at most": (2 * n, 0),
    }[direction]


def _bounds(r: _Reading, rounding: str) -> tuple[float | None, float, float]:
    n, up, down, decimals, meaning, to = r
    if to:
        low, high = _below(n * up, down), _above(to[0] * to[1], to[2])
        return (None, 0.0 - high, 0.0 - low) if meaning.sign < 0 else (None, low, high)
    value = n * up / down
    below, above = _HALF_STEPS[rounding]
    if meaning.direction:
        weight = 1  # of the last digit that is not zero; zeros after the point are significant
        while not decimals and n and n % (10 * weight) == 0:
            weight *= 10
        below, above = _opened(meaning.direction, n, weight)
    elif meaning.whole and up <= down and n * up % down == 0:
        below = above = 0  # a count whose last printed digit is worth a unit or less
    low = _below((2 * n - below) * up, 2 * down)
    high = _above((2 * n + above) * up, 2 * down)
    if meaning.direction == "at least":
        high = math.inf
    if not meaning.signed:
        low = max(low, 0.0)
    if meaning.ceiling and value <= meaning.ceiling:
        high = min(high, float(meaning.ceiling))
    if meaning.sign < 0:
        return 0.0 - value, 0.0 - high, 0.0 - low
    return value, low, high


def _figure(r: _Reading, rounding: str) -> Figure:
    return Figure(*_bounds(r, rounding), *r.meaning[-3:], r.decimals)


def _check_rounding(rounding: str) -> None:
    if rounding not in _HALF_STEPS:
        raise ValueError(f"rounding must be one of {', '.join(_HALF_STEPS)}, not {rounding!r}")


# --- One figure ---------------------------------------------------------------------------------

# The plain quantity is by far the commonest, and refuses what belongs to the other rows.
_READ_ORDER = ["quantity", *(row.name for row in FORMS if row.name != "quantity"), "bare"]
_COMPARISON = re.compile(  # context, not figure, but often copied along
    r"(?:同比|环比|按年|[比较与](?:上年|去年|前年|上月|上周|20[0-9]{2}年)(?:同期)?(?:相比)?)"
)
_ALPHABET = re.compile(r"[0-9A-Za-z.,，+\-–—~～%‰/ \u3000↑↓〇\u4e00-\u9fff]*+")


def _parse(text: str) -> _Reading:
    plain = text.translate(_PLAIN)
    context = _COMPARISON.match(plain)
    start = context.end() if context else 0
    for name in _READ_ORDER:
        m = _compiled(name).fullmatch(plain, start)
        reading = _reading(name, m, m.groupdict(""), text) if m else None
        if reading:
            return reading
    raise FigureError(_fault(text, plain, start))


def _fault(text: str, plain: str, start: int) -> str:
    """Where and why the text is no figure."""
    known = _ALPHABET.match(plain)
    at, expected = known.end() if known else 0, ""
    if at < len(plain):
        title = unicodedata.name(text[at], "unnamed").lower()
        expected = f"digits, 万/亿 and a unit; U+{ord(text[at]):04X} ({title}) is none of them"
    else:
        matches = [_compiled(name).match(plain, start) for name in _READ_ORDER]
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
    caret = "".join("\u3000" if unicodedata.east_asian_width(c) in "WF" else " " for c in ahead)
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
    _check_rounding(rounding)
    if not isinstance(text, str):
        raise TypeError(f"read_figure takes a text (str), not {type(text).__name__}: {text!r}")
    return _figure(_parse(text), rounding)


# --- A column of figures ------------------------------------------------------------------------

_FAST = re.compile(r"[0-9]{1,11}(?:\.[0-9]{1,4})?")  # at most 15 digits: exact in a float
_MANY = 16  # texts alike but for their digits, from which on the column arithmetic pays


def _below_column(num: Floats, den: int) -> Floats:
    """`_below` for a column of whole numbers under 2**53."""
    x = num / den
    return step_down(x, -product_less(x, np.asarray(float(den)), num))


def _bounds_column(
    n: npt.NDArray[np.int64], r: _Reading, rounding: str
) -> tuple[npt.NDArray[np.float64], ...] | None:
    """`_bounds` for texts that read like `r` but for n; None where numbers may be too large."""
    common, meaning = math.gcd(r.up, r.down), r.meaning
    up, down = r.up // common, r.down // common
    if r.to or 4 * (int(n.max()) + 1) * max(up, down) >= 2**53:
        return None
    value = (n * up) / down
    below, above = _HALF_STEPS[rounding]
    if meaning.direction:
        weight = np.ones(n.shape, dtype=np.int64)
        while not r.decimals and (more := (n % (10 * weight) == 0) & (n > 0)).any():
            weight = np.where(more, 10 * weight, weight)
        below, above = _opened(meaning.direction, n, weight)
    low = _below_column(((2 * n - below) * up).astype(float), 2 * down)
    high = 0.0 - _below_column(((-2 * n - above) * up).astype(float), 2 * down)
    if meaning.direction == "at least":
        high = np.full(n.shape, math.inf)
    if meaning.whole and up <= down and not meaning.direction:
        exact = (n * up) % down == 0
        low, high = np.where(exact, value, low), np.where(exact, value, high)
    if not meaning.signed:
        low = np.maximum(low, 0.0)
    if meaning.ceiling:
        high = np.where(value <= meaning.ceiling, np.minimum(high, meaning.ceiling), high)
    if meaning.sign < 0:
        return 0.0 - value, 0.0 - high, 0.0 - low
    return value, low, high


def _alike(texts: list[str]) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Groups of texts alike but for the digits of their one number: their positions, and n."""
    joined = "\n".join(texts)
    if "\0" in joined or joined.count("\n") != len(texts) - 1:
        return
    kinds, templates = pd.factorize(np.array(_FAST.sub("\0", joined).split("\n"), dtype=object))
    counts = np.array([template.count("\0") for template in templates])[kinds]
    single = np.flatnonzero(counts == 1)
    if not len(single):
        return
    numbers = np.array(_FAST.findall(joined))[(np.cumsum(counts) - 1)[single]]
    points = np.strings.find(numbers, ".")
    decimals = np.where(points < 0, 0, np.strings.str_len(numbers) - points - 1)
    n = np.strings.replace(numbers, ".", "").astype(np.int64)
    groups = kinds[single] * 8 + decimals
    order = np.argsort(groups, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1):
        if len(part) >= _MANY:
            yield single[part], n[part]


def read_figures(series: pd.Series, *, rounding: str = "nearest") -> pd.DataFrame:
    """Read a column of printed figures.

    Gives a frame with the columns value (NaN for ranges), low, high, unit, hedge, measure,
    decimals and the same index: to the bit what `read_figure` gives for each entry.  Raises one
    FigureError that lists every unreadable entry with its index label.

    >>> read_figures(pd.Series(["6623起", "约40%"]))[["value", "low", "high", "unit", "hedge"]]
        value     low    high     unit hedge
    0  6623.0  6623.0  6623.0       起
    1    40.0    35.0    45.0  percent     约
    """
    _check_rounding(rounding)
    if not isinstance(series, pd.Series):
        raise TypeError(f"read_figures takes a pandas Series, not {type(series).__name__}")
    entries = series.tolist()
    known = [entry if isinstance(entry, str) else None for entry in entries]
    codes, distinct = pd.factorize(np.array(known, dtype=object))
    texts: list[str] = list(distinct)
    numbers = np.full((3, len(texts)), math.nan)
    said: dict[tuple[str, str, str], int] = {}  # unit, hedge and measure: few, so each kept once
    words = np.zeros(len(texts), dtype=np.int64)
    decimals = np.zeros(len(texts), dtype=np.int64)
    slow = np.ones(len(texts), dtype=bool)
    for where, n in _alike(texts):
        try:
            r = _parse(texts[where[0]])
        except FigureError:
            continue
        columns = _bounds_column(n, r, rounding) if r.n == n[0] else None
        if columns:
            numbers[:, where] = columns
            words[where] = said.setdefault(r.meaning[-3:], len(said))
            decimals[where], slow[where] = r.decimals, False
    faults = {-1: "no text (str)"}
    for i in np.flatnonzero(slow).tolist():
        try:
            f = _figure(_parse(texts[i]), rounding)
        except FigureError as error:
            faults[i] = str(error)
        else:
            numbers[:, i] = math.nan if f.value is None else f.value, f.low, f.high
            words[i] = said.setdefault((f.unit, f.hedge, f.measure), len(said))
            decimals[i] = f.decimals
    bad = np.flatnonzero(np.isin(codes, list(faults))).tolist()
    if bad:
        lines = [f"{series.index[i]!r}: {entries[i]!r}: {faults[int(codes[i])]}" for i in bad]
        raise FigureError(f"{len(bad)} of {len(entries)} entries unreadable\n" + "\n".join(lines))
    kept = zip(*said, strict=True) if said else ([], [], [])
    columns_ = [
        *(column[codes] for column in numbers),
        *(pd.array(list(each), dtype="str").take(words[codes]) for each in kept),
        decimals[codes],
    ]
    return pd.DataFrame(dict(zip(COLUMNS, columns_, strict=True)), index=series.index)


# --- Figures in text ----------------------------------------------------------------------------

_LISTED = re.compile(r"\s?(?:[、和及与或]|以及)\s?")
_CLAUSE = re.compile(r"[^，,。;；:：()（）!？?]*+$")
_AVERAGE_BEFORE = re.compile(_AVERAGE)
_ENTITY = re.compile(  # what a small Chinese number of 个 must count: 五个县, but 三个方面
    r"[省市县区乡镇村州]|地级|国家|自治|社区|街道|部门|单位|企业|组织|集团|团伙|窝点|案件|项目"
    r"|小组|支队|大队|中队|派出所|法院|检察院|网格|行政村|试点"
)
_COUNTED = re.compile(r"(?:发生|抓获|破获|侦破|查处|死亡|失踪|受伤|共|仅)了?$")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _is_figure(name: str, m: re.Match[str], g: dict[str, str], r: _Reading, plain: str) -> bool:
    """Whether what could be read as a figure is one in running text."""
    end, number, unit = m.end(), g.get("number", ""), g.get("unit", "").partition("/")[0]
    at = m.start("number") if number else m.start()
    previous = plain[at - 1 : at]
    if previous > "\x7f" and unicodedata.category(previous)[0] in "CMN" and previous != "〇":
        return False  # a look-alike digit or an invisible character: a part of the number is hidden
    if name == "several":
        return bool(g["scale"])
    if unit in ("分钟", "小时", "秒") and not (r.meaning.signed or g["average"] or r.decimals):
        return False
    percent_like = r.meaning.unit in _PERCENT_LIKE
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
        return unit in _ALSO_SMALL and (
            ends or bool(_COUNTED.search(plain, max(0, m.start() - 3), m.start()))
        )
    return unit in _ALSO_SMALL


def _in_context(
    r: _Reading, m: re.Match[str], g: dict[str, str], plain: str, last: tuple[int, _Meaning] | None
) -> _Meaning:
    """The meaning with what stands before: a sign word that reaches over a list, an average."""
    meaning = r.meaning
    percent_like = meaning.unit in _PERCENT_LIKE
    if last and not (g.get("sign") or g.get("minus")):
        end, before = last
        alike = (before.unit in _PERCENT_LIKE) == percent_like
        if before.signed and alike and _LISTED.fullmatch(plain, end, m.start()):
            change = percent_like and meaning.measure == "rate"
            return meaning._replace(
                sign=before.sign,
                signed=True,
                ceiling=None,
                measure="change" if change else meaning.measure,
            )
    if meaning.whole and not meaning.direction and r.to is None and not g.get("average"):
        clause = _CLAUSE.search(plain, max(0, m.start() - 24), m.start())
        if clause and _AVERAGE_BEFORE.search(plain, clause.start(), m.start()):
            return meaning._replace(whole=False, measure="rate")
    return meaning


def _read_at(
    name: str, plain: str, start: int, line: str
) -> tuple[re.Match[str] | None, dict[str, str], _Reading | None]:
    """The match of the row `name` at a place of a line, its groups, and its reading."""
    m = _compiled(name).match(plain, start)
    g = m.groupdict("") if m else {}
    return m, g, _reading(name, m, g, line) if m else None


def _find(text: str, dates: bool) -> Iterator[tuple[Any, ...]]:
    search = _scanner().search
    for paragraph, line in enumerate(text.split("\n"), 1):
        plain = line.translate(_PLAIN)
        last: tuple[int, _Meaning] | None = None  # end and meaning of the figure before
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
            if name not in _FIGURES:
                continue
            m, g, r = _read_at(name, plain, start, line)
            if r is None and name in ("range", "range_words"):  # 18起至5起 is two figures
                m, g, r = _read_at(name := "quantity", plain, start, line)
                after = m.end() if m else after
            if m is None or r is None or not _is_figure(name, m, g, r, plain):
                continue
            meaning = _in_context(r, m, g, plain, last)
            last = m.end(), meaning
            if meaning is not r.meaning:
                r = r._replace(meaning=meaning)
            found = _bounds(r, "nearest")
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
