"""The words and forms of printed Chinese figures: vocabulary, and two tables of named patterns.

`FORMS` is the grammar of figures and `PASSED_OVER` that of numerals that are none (dates, ordinals,
hotlines); each row has an example in which it is found. `reading` says what a match means. A new
word or form belongs here. Every pattern is linear: runs are possessive or capped.
"""

import re
from functools import cache
from typing import NamedTuple

from ..units import FAMILIES, SPELLED, as_printed

# Patterns are written in ASCII and simplified characters; texts are brought there one to one, so
# that positions hold.
FULL_WIDTH = "０１２３４５６７８９％﹪．－−＋／：", "0123456789%%.--+/:"
TRADITIONAL = (  # pairs: traditional, simplified
    "萬万億亿兩两餘余個个減减漲涨約约過过達达點点無无沒没發发現现縮缩長长幾几數数間间區区縣县鎮镇鄉乡輛辆戶户條条項项噸吨歐欧鎊镑種种類类處处車车張张臺台場场隊队總总後后時时號号歲岁"
    "週周員员為为較较許许單单筆笔內内與与擴扩顆颗頭头隻只遞递銳锐調调畝亩頃顷創创違违節节預预製制組组係系從从負负於于將将佔占滿满鐘钟環环幣币門门韓韩錢钱學学網网課课冊册標标級级層层"
    "團团織织業业國国檢检專专輪轮雙双棟栋際际邊边飆飙"
)
PLAIN = str.maketrans(FULL_WIDTH[0] + TRADITIONAL[::2], FULL_WIDTH[1] + TRADITIONAL[1::2])


def _any(*words: str) -> str:
    """An alternation of the words, longest first (a guard is no part of the length)."""
    listed = sorted(" ".join(words).split(), key=lambda word: -len(word.partition("(")[0]))
    return "(?:" + "|".join(listed) + ")"


FALLS = (
    "下降 降低 减少 下跌 下滑 回落 缩减 缩小 收窄 减小 下调 递减 锐减 骤降 缩短 走低 减轻 负增长"
    " 减产 减收 少增 放缓 萎缩 缩水"
)
RISES = (
    "上升 增长 增加 提高 提升 上涨 扩大 增多 升高 攀升 回升 上扬 激增 递增 上调 走高 延长 增产 增收"
    " 飙升 急升 急增"
)
# What stands between a sign word and a count: 少死亡5人, 减少发案12起.
_HAPPENED = "死亡 受伤 失踪 亡 伤 发案 立案 发生 破案 破获 抓获 查处 受理 接报 审结 结案 办结"
NOUNS = "降幅 跌幅 减幅 增幅 升幅 涨幅 增速"
_APART = "(?<![最至新不减增提很更许众诸等缺过是大0-9])"
_MORE_OR_LESS = rf"{_APART}[多少]"
_SIGN = (  # 下降到, 增至, 降为 tell a level, not a change; 最高, 至少, 很多 are no signs either
    rf"(?:(?:减少|增加|{_MORE_OR_LESS})了?{_any(_HAPPENED)}了?"
    rf"|(?<!自然)(?:{_any(NOUNS)}|{_any(FALLS, RISES)}(?:幅度|速度|比例|率))"
    r"(?:分别|均|都|更|亦|也|仅)?(?:为|高?达到?|是|在)?"
    rf"|{_any(FALLS, RISES)}(?!到|至|为|成)了?(?:(?:分别|均|都)[为在]|(?:分别|均|都)?高?达到?)?"
    rf"|(?:(?<![裁加])减|(?<![起升空迫])降|跌|升|(?<!新)增|涨|飙|{_APART}[高低]|{_MORE_OR_LESS})"
    r"(?![到至为达成于])(?:了|出)?)\s?"
)
FALL = re.compile(_any(FALLS, "减 降 跌 低 少"))
AVERAGE = (
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
DIRECTION = {word: direction for direction, words in _HEDGES.items() for word in words.split()}
_BEFORE = (  # 预约, 最近, 以上百, 通过 are other words
    r"(?:(?:(?<![预节公违契制合条签履续])约|大约|大概|将近|接近|(?<![最附临邻靠])近)(?:占|为|有|达)?"
    r"|(?:超过|超|突破)了?|逾|至少|不少于|不低于|高于|多于"
    r"|不足|不到|不超过|低于|少于|未满|至多|最多|不多于|不高于"
    r"|(?<!以)(?<!成千)上(?=[百千万亿])|(?<![通超经不])过(?=[百千万亿]))\s?"
)
_INNER = r"[多余几来]"
_AFTER = r"(?:左右|上下|及?以[上下]|以内|之内)"

_UNIT = (
    rf"(?:{_any(*as_printed(*FAMILIES), *SPELLED)}"
    r"(?:/(?:[0-9]{0,4}[十百千万]{0,2}[人户名]|[天日月年周件起次案吨亩]|小时|平方公里|平方米|立方米"
    r"|公里|公斤|千克|千瓦时|[升桶秒]))?|/[0-9]{1,4}万)"
)

# --- Grammar ------------------------------------------------------------------------------------
EXPONENT = {"个": 0, "十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
SMALL = "一二三四五六七八九"
_DIGITS = r"(?:[0-9]{1,3}(?:[,，][0-9]{3}){1,13}+(?![0-9])|[0-9]++)(?:\.[0-9]++)?"
_CHINESE = r"[零〇一二三四五六七八九十百千万亿两半]++(?:点[零〇一二三四五六七八九]++)?"
_WHOLE = r"(?:[0-9]++(?!\.)|[零一二三四五六七八九十百千万亿两半]++)"
_NUMBER = rf"(?:{_DIGITS}|{_CHINESE})"
_SPACED = r"(?:[0-9]{1,3}(?: [0-9]{3}){1,4}+(?![0-9])(?:\.[0-9]++)?)"  # 90 276宗
_SCALE = (
    r"(?:个亿(?![元级吨人])|个(?=[多余]亿)|[十百千]?万亿|[十百千]?[万亿]|千(?!米|瓦|克)|百(?!分))"
)
_EDGE = r"(?<![0-9A-Za-z.])(?<![0-9A-Za-z][+])"  # not in another number or a name (G20, K12+500)
_TO = r"(?:[-—–~～]{1,2}|至|到)"
_LEAD = rf"(?P<average>{AVERAGE})?+(?P<sign>{_SIGN})?+(?P<before>{_BEFORE})?+"
_TAIL = rf"(?P<after>{_AFTER})?"
_OF_POINTS = r"(?:个(?=[、和及与0-9.个 ]{2,80}[百千]分点))"


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
        rf"{_LEAD}{_EDGE}(?P<denominator>[{SMALL}十0-9]{{1,3}})分之"
        rf"(?P<number>[{SMALL}两0-9]{{1,3}})(?![个0-9]){_TAIL}",
        "三分之二",
    ),
    Row(
        "range",
        rf"{_LEAD}{_EDGE}(?<![从由自])(?P<first>{_NUMBER})(?P<first_scale>{_SCALE})?"
        rf"(?P<first_unit>{_UNIT})?\s?{_TO}\s?(?P<number>{_NUMBER})\s?(?P<scale>{_SCALE})?"
        rf"\s?(?P<unit>{_UNIT}){_TAIL}",
        "3—5起",
    ),
    Row(
        "range_words",
        rf"{_LEAD}(?P<tens>[{SMALL}]?十)?(?P<first>[{SMALL}两])(?P<number>[{SMALL}两])"
        rf"(?P<scale>[十百千]?[万亿]?)(?P<unit>{_UNIT})",
        "三五百人",
    ),
    Row("tenths", rf"{_LEAD}(?P<number>[{SMALL}两]成[{SMALL}半]){_TAIL}", "九成五"),
    Row(  # 上升0.46和0.37个百分点: the unit stands once, after the list; 个 may stand each time
        "shared_unit",
        rf"{_LEAD}{_EDGE}(?P<number>{_DIGITS})"
        rf"(?=(?:{_OF_POINTS}?\s?[、和及与]\s?{_DIGITS}){{1,11}}+"
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
        rf"{_LEAD}(?P<unit>[百千]分之|(?<![{SMALL}两十0-9])百分(?=[{SMALL}十]))(?P<number>{_NUMBER})(?P<inner>{_INNER})?{_TAIL}",
        "百分之十三点八",
    ),
    Row(  # inner stands before the scale or in it: 10多万, but 1千多万, which counts in 千万
        "quantity",
        rf"{_LEAD}(?P<minus>(?:(?<![0-9A-Za-z%)])[-+]|[↑↓])\s?)?{_EDGE}(?P<head>[0-9]{{1,12}}[亿万千](?=[0-9]))?"
        rf"(?P<number>{_SPACED}(?={_SCALE}?\s?{_UNIT})|{_NUMBER})"
        rf"(?:\s?(?P<inner>{_INNER}))?(?:\s?(?P<scale>{_SCALE}))?"
        r"(?:(?P<inner_scale>[多余])(?P<outer_scale>(?<![万亿].)万|(?<!亿.)亿)?)?"
        rf"(?:\s?(?P<unit>{_UNIT})|(?<=[万亿])(?![0-9年岁里级众一分])|(?<=[万亿][多余]))"
        rf"(?P<after>{_AFTER}|(?<=[倍成%])还?多)?",
        "16.2473万件",
    ),
]
# A number without a unit is read on its own; in a text it is a figure only where it stands as in a
# table, after the noun it counts (刑事378 治安962).
_HOTLINE = r"(?:11[0-9]|12[0-2]|12[0-9]{3}|96[0-9]{3})(?![0-9])"
_BARE = Row("bare", rf"{_LEAD}(?P<minus>[-+])?(?P<number>{_NUMBER})(?P<inner>{_INNER})?", "1413")
TALLY = Row(
    "tally",
    r"(?<=[\u4e00-\u9fff])(?<![第号列名居位打拨话线群图表注码])"
    rf"(?!{_HOTLINE}|(?:19|20)[0-9]{{2}}(?![0-9]))"
    r"(?P<number>[1-9][0-9]{1,6}+(?:\.[0-9]{1,4}+)?)(?=[\s;；…。)）]|[,，、](?![0-9])|$)",
    "刑事378",
)

_YEAR = rf"(?:[12][0-9]{{3}}|[一二][〇零{SMALL}]{{3}})"
_TWO = rf"(?:[0-9]{{1,2}}|[{SMALL}十]{{1,3}})"
_CLOCK = r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
_MONTH = rf"{_TWO}月(?:份|底|初|末|(?:{_TWO}[日号]))?"
_PERIOD = r"(?:年|月|周|季度|小时|分钟|秒|星期|工作日|昼夜|世纪|年代|岁|届|刻钟)"

PASSED_OVER = [
    Row("date_numeric", rf"{_EDGE}{_YEAR}(?:[-/.][0-9]{{1,2}}){{2}}(?:\s?{_CLOCK})?", "2018-11-15"),
    Row("date_years", rf"{_EDGE}{_YEAR}年?{_TO}{_YEAR}(?:年|(?![0-9万亿]|{_UNIT}))", "2012—2021年"),
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
    Row("ordinal", rf"第\s?{_NUMBER}(?:[、和至-]{_NUMBER})*+", "第28"),
    Row("rank", rf"前\s?{_NUMBER}\s?(?:名|位|强|大|批|个?月|年|个?季度)", "前10名"),
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
REST = Row("numeral", rf"[0-9]++(?:\.[0-9]++)*+|{_CHINESE}", "2018")

_PATTERNS = {row.name: row.pattern for row in [*FORMS, TALLY, _BARE]}
FIGURES = frozenset(row.name for row in [*FORMS, TALLY])


@cache  # compiled when first used: all of them take a quarter as long as importing pandas
def compiled(name: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[name])


@cache
def scanner() -> re.Pattern[str]:
    """All rows as one pattern, a named group each; it looks only where a row can begin."""

    def rows(table: list[Row]) -> str:
        return "|".join(
            f"(?P<{row.name}>{unnamed(row.pattern.removeprefix(_LEAD))})" for row in table
        )

    def unnamed(pattern: str) -> str:
        return re.sub(r"\(\?P<\w+>", "(?:", pattern)

    led = [row for row in FORMS if row.pattern.startswith(_LEAD)]
    alone = [row for row in FORMS if row not in led]
    words = " ".join([FALLS, RISES, NOUNS, *_HEDGES.values()])
    starts = {word[0] for word in words.split()} | set(SMALL + "零〇十百千万亿两半数几")
    starts |= set("减降跌升增涨飙高低多少大将平每没未无基持翻过第前")
    return re.compile(
        f"(?=[-+↑↓0-9{''.join(sorted(starts))}]|(?<![A-Za-z])[A-Za-z]|[日月年周人户件案]均)"
        f"(?:{rows(PASSED_OVER)}|{rows(alone)}"
        f"|{unnamed(_LEAD)}(?:{rows(led)})|{rows([TALLY, REST])})"
    )
