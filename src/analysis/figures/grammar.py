"""The forms of printed Chinese figures: tables of named patterns, each row with an example.

`FORMS` is the grammar of figures and `PASSED_OVER` that of numerals that are none (dates, ordinals,
hotlines). Each row begins at a numeral, or at a word that is a figure by itself; what may stand
before it is `words.LEAD`. `reading` says what a match means. Every pattern is linear: runs are
possessive or capped.
"""

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from ..units import FAMILIES, SPELLED, as_printed
from .numbers import SMALL
from .words import HEDGE_AFTER, HEDGE_BEFORE, LEAD, LEAD_STARTS

# --- Units --------------------------------------------------------------------------------------


def _unit() -> str:
    """Every printed unit: a branch a first character, in it the longest first."""
    by_first = defaultdict(list)
    for printed in dict.fromkeys([*as_printed(*FAMILIES), *SPELLED]):
        name, guard = printed.partition("(?")[::2]
        guard = "(?" + guard if guard else "(?![A-Za-z0-9²³])" if name[-1].isascii() and name.isalnum() else ""
        by_first[name[0]].append((name[1:], guard))
    branches = []
    for first, rests in sorted(by_first.items()):
        rests.sort(key=lambda rest: -len(rest[0]))
        inner = "|".join(re.escape(rest) + guard for rest, guard in rests)
        branches.append(re.escape(first) + (f"(?:{inner})" if inner else ""))
    return f"(?:{'|'.join(branches)})"


_ONE = _unit()
_OF = r"(?:(?:1(?:,?0{1,3})*)?[十百千万亿]{0,2})"
UNIT = (
    rf"(?:{_ONE}(?:/(?:{_OF}(?:[天日月年周季时人户名]|{_ONE})))?"
    r"|/(?:(?:10{0,3})?[十百千]?[万亿]|1,?0{1,5}|十|百|千)(?![0-9十百千万亿])人?)"
)

# --- Numbers ------------------------------------------------------------------------------------
_HAN = f"零〇{SMALL}十百千万亿兆两"
# A place, where it does not begin a unit: 千 in 千瓦, 百 in 百分点.
_PLACE = (
    "(?:[十万亿]|百(?!分|帕)|千(?!米|瓦|克|帕|卡|伏|赫|焦|周|字节|分[点之])|兆(?!瓦|帕|赫|字节|伏|欧|焦|位))"
)
_HAN_PLACE = "百(?!分[点之位]|帕)|千(?!瓦|帕|卡|伏|赫|焦|克|分[点之])|兆(?!瓦|帕|赫|字节|伏|欧|焦|位)"
# A whole run only: no part of a number, of a name (G20, K12+500) or of a score (3:1) is a number.
EDGE = (
    r"(?:(?<=[A-Z]{3})|(?<![0-9A-Za-z.±^]))(?<![0-9][-+:/'’_·—~×*])(?<![A-Za-z][-+_.])"
    rf"(?<![零〇{SMALL[1:]}十百千万亿兆两])(?<![^统唯单同专其之]一)(?<!\A一)"
    rf"(?<![零〇{SMALL}十百千两]/)(?<![{_HAN}]['’_·.])(?!(?<=[0-9][,，])[0-9]{{3}}(?![0-9]))"
)
_END = r"(?![0-9]|[.·'’_][0-9]|[,，][0-9]{3}(?![0-9]))"
_ARABIC = (
    r"(?:[1-9][0-9]{0,2}(?:[,，][0-9]{3}){1,13}+(?![0-9])|[1-9][0-9]{0,2}(?: [0-9]{3}){1,4}+(?![0-9])|[0-9]++)"
    rf"(?:[.·][0-9]++)?{_END}"
)
_DIGITS = r"(?:[0-9]{1,3}(?:[,，][0-9]{3}){1,13}+(?![0-9])|[0-9]++)(?:[.·][0-9]++)?"
_WORDS = rf"(?:[零〇{SMALL}十万亿两]|{_HAN_PLACE})++(?:[点·][零〇{SMALL}]++)?"
_GAP = r"\s?(?:[多余几来]\s?|个[多余](?=[万亿])|个(?=[万亿](?![元级吨人])))?"
# What goes on after a place: 5千 in 3万5千; apart where the place stands apart, too (44 万 1000 人).
_ON = rf"零?(?:{_ARABIC}|[{SMALL}两](?=[十百千]))"
NUMBER = (
    rf"(?:{_ARABIC}(?: {_PLACE}{{1,4}}+ ?{_ON}|{_GAP}{_PLACE}{{1,4}}+(?:{_ON})?){{0,4}}(?: {_PLACE}{{1,4}}+)?"
    rf"|{_WORDS}(?:{_GAP}{_PLACE}{{1,3}}+)?|半)"
)
_WHOLE = r"(?:[0-9]++(?!\.)|[零一二三四五六七八九十百千万亿两半]++)"
_INNER = r"[多余几来]"
_SCALE = rf"(?:个亿(?![元级吨人])|个(?=[多余]亿)|{_PLACE}{{1,3}}+)"
_TO = r"(?:--|——|~~|[-—~]|至|到)"
_TAIL = rf"(?P<after>{HEDGE_AFTER})?"
_POST = (  # 31%的跌幅, 两成多增长
    r"(?P<post>(?:的(?:[\u4e00-\u9fff]{0,4}?)(?:跌幅|降幅|减幅|增幅|升幅|涨幅|增速|增长|下降|下跌|减少|下滑|上升|上涨|增加|提升|升势|跌势"
    r"|涨势|衰退|萎缩|成长|增长率|下降率)(?!空间|速度|目标|区间|部分|城市|企业)"
    r"|(?:跌幅|降幅|减幅|增幅|升幅|涨幅|增长|下跌|下降|衰退|成长)(?=[,，。;；、)）]|$)))?"
)
_OF_POINTS = r"(?:个(?=[、和及与0-9.个 ]{2,80}[百千]分点))"
# No unit is needed after a currency, and after 万 and 亿: but 万里, 万年, 亿万.
_MONEY = "(?:(?<=[¥$€£])|(?<=[¥$€£] )|(?<=人民币)|(?<=港币)|(?<=RMB)|(?<=USD)|(?<=HKD)|(?<=MOP)|(?<=美元)|(?<=美金)|(?<=港元)|(?<=台币)|(?<=澳门币)|(?<=澳门元))"
_NO_UNIT = rf"(?:(?<=[万亿兆])(?![0-9年岁里级众一分科])|(?<=[万亿兆][多余])(?![年岁里]))"


class Row(NamedTuple):
    """A row of the grammar: the example is a text in which the row is found."""

    name: str
    pattern: str
    example: str


# --- Forms that are words, with their lead or without ----------------------------------------------
WORDS = [
    Row(
        "zero",
        r"(?:(?:没有|未|没|无)(?:发生|出现|接报|新增)?一(?P<unit>[起例件人名宗])"
        r"|零(?P<happened>发案|事故|死亡|伤亡|命案|新增|确诊|感染|投诉|案件|火灾|上访|非访|违规|差错|增长(?!率|点)))",
        "没有发生一起",
    ),
    Row("unchanged", r"(?P<before>基本)?持平(?!的)", "基本持平"),
    Row(
        "doubled",
        rf"(?:翻了?(?P<before>{HEDGE_BEFORE})?(?:(?P<number>[一二三四两1-4])?番|一?倍(?![数于]))(?P<inner>多)?|倍增(?![长计效器剂])|成倍增长一倍)",
        "翻一番",
    ),
    Row("halved", r"(?:减半|腰斩)(?![征收发计处从])", "减半"),
    Row("half", rf"(?:(?P<over>过)半数?|半数|一半|(?:(?<=近)|(?<=[超逾约]))半(?![个数]))(?![年月天日小径百千]){_TAIL}", "过半"),
]
# --- Forms that begin with a number ---------------------------------------------------------------
NUMBERED = [
    Row(
        "fraction",
        rf"{EDGE}(?P<denominator>[{SMALL}十0-9]{{1,3}}(?<!百))分之"
        rf"(?P<number>[{SMALL}两0-9]{{1,3}})(?![个0-9点.十百千]){_TAIL}",
        "三分之二",
    ),
    Row(
        "stroke",
        rf"{EDGE}(?P<number>[1-9])/(?P<denominator>[2-9]|10)(?![0-9/.])(?:(?P<after>{HEDGE_AFTER})|(?=的))",
        "超过3/4的企业",
    ),
    Row(
        "range",
        rf"{EDGE}(?<![从由自])(?P<first>{NUMBER})(?:\s?(?P<first_unit>{UNIT}))?\s?{_TO}\s?"
        rf"(?P<minus_to>-|零下|负|零上)?(?P<number>{NUMBER})\s?(?P<unit>{UNIT}|(?<=[万亿])(?![0-9年岁里级众一分]))"
        rf"{_TAIL}{_POST}",
        "3—5起",
    ),
    Row(
        "range_words",
        rf"{EDGE}(?P<tens>(?:[{SMALL}两][千百万亿]零?|[{SMALL}]?十){{0,3}})(?P<first>[{SMALL}两])(?P<number>[{SMALL}两])"
        rf"(?P<scale>[十百千]?[万亿]?)(?P<inner>[多余])?(?P<unit>{UNIT})",
        "三五百人",
    ),
    Row("tenths", rf"{EDGE}(?P<number>[{SMALL}两1-9]成[{SMALL}半1-9])(?![0-9{SMALL}成]){_TAIL}{_POST}", "九成五"),
    Row(
        "multiples",
        rf"{EDGE}(?P<number>[{SMALL}两十0-9]{{1,3}}倍[{SMALL}半1-9])(?![0-9{SMALL}倍成个年月天]){_TAIL}{_POST}",
        "一倍半",
    ),
    Row(  # 上升0.46和0.37个百分点: the unit stands once, after the list; 个 may stand each time
        "shared_unit",
        rf"{EDGE}(?P<number>{_DIGITS})"
        rf"(?=(?:{_OF_POINTS}?\s?[、和及与]\s?{_DIGITS}){{1,11}}+"
        rf"\s?(?P<scale>{_SCALE})?\s?(?P<unit>{UNIT}))",
        "0.46和0.37个百分点",
    ),
    Row(
        "several",
        rf"{EDGE}(?P<number>(?<![人件起次户总案率倍天少多指系函分基参])数|(?<![第])几)"
        rf"(?P<scale>[十百千]?[万亿]{{0,2}})(?P<unit>{UNIT})",
        "数十起",
    ),
    Row(
        "percent_words",
        rf"{EDGE}(?P<unit>百分之|(?<![{SMALL}两十0-9])百分(?=[{SMALL}十]))(?P<number>{NUMBER})"
        rf"(?P<inner>{_INNER})?(?P<after>{HEDGE_AFTER})?(?:百分位)?{_POST}",
        "百分之十三点八",
    ),
    Row(
        "parts",  # 万分之五 is 0.05 percent
        rf"{EDGE}(?P<denominator>[千万亿]|[十百千]万)分之(?P<number>{NUMBER}){_TAIL}{_POST}",
        "万分之五",
    ),
    Row(
        "money",  # HK$1.4亿: the unit stands before the number
        rf"{_MONEY}(?P<number>{NUMBER})(?:\s?(?P<inner>{_INNER}))?(?:\s?(?P<unit>{UNIT}))?{_TAIL}",
        "US$3.5亿",
    ),
    Row(
        "quantity",
        rf"{EDGE}(?P<number>{NUMBER})(?:\s?(?P<inner>{_INNER}))?(?:\s?(?P<unit>{UNIT})|{_NO_UNIT})"
        rf"(?P<after>{HEDGE_AFTER}|(?<=[倍成%])还?多)?{_POST}",
        "1.2 万件",
    ),
]
FORMS = [*WORDS, *NUMBERED]
# A number without a unit is read on its own; in a text it is a figure only where it stands as in a
# table, after the noun it counts (刑事378 治安962), after an index, or in a list of percentages.
_HOTLINE = r"(?:11[0-9]|12[0-2]|12[0-9]{3}|96[0-9]{3})(?![0-9])"
# The commonest quantity, tried before all else: what it finds, no other row could have claimed.
PLAIN = Row(
    "plain",
    rf"(?<![^\u4e00-\u9fff!-~，。、；：（）“”《》…【】％↑↓])(?<![0-9A-Za-z.·'’_:/+~×*^—\-第前每零〇{SMALL}十百千万亿兆两 ¥$€£±])(?<![0-9][,，])"
    rf"(?!{_HOTLINE}(?:[类市区省县]|台[接共处]))(?P<number>(?:[1-9][0-9]{{0,11}}+|0(?![0-9]))(?:\.[0-9]{{1,9}}+(?![0-9]))?+[万亿]?+)(?P<inner>[多余]?+)(?P<unit>(?>{_ONE}))"
    rf"(?![-—~/以左上下及之内或开有出许还多余几+的至到跌降减增升涨衰 0-9{SMALL}半月年星季工万亿])(?:(?<!个)|(?![、和及与]))",
    "6623起",
)
BARE = Row("bare", rf"(?P<number>{NUMBER})(?P<inner>{_INNER})?", "1413")
TALLIES = [
    Row(
        "index",
        r"(?:(?<=指数为)|(?<=指数是)|(?<=指数达)|(?<=指数报)|(?<=指数)|(?<=指数[:：])|(?<=指数升至)|(?<=指数降至)|(?<=指数录得)"
        r"|(?<=指数达到)|(?<=指数上升至)|(?<=指数下降至)|(?<=指数回升至)|(?<=指数回落至)|(?<=[值数]分别为)|(?<=性别比为)|(?<=[系比]数为)|(?<=基尼系数))"
        rf"(?P<number>[0-9]{{1,6}}(?:\.[0-9]{{1,4}}+)?)(?![0-9.])(?!\s?(?:{UNIT}|{_PLACE}|[年月日号]))",
        "指数为104.05",
    ),
    Row(  # an index has no unit: 较2010年下降6.8
        "moved",
        r"(?<=[降升跌涨落加高低了]) ?(?P<number>[0-9]{1,4}\.[0-9]{1,4}+)(?=[,，。;；、)）]|$)",
        "指数上升6.8",
    ),
    Row(
        "tally",
        r"(?<=[\u4e00-\u9fff])(?<![第号列名居位打拨话线群图表注码编道室房座楼弄巷街段机真箱班次股版款条页章期届卷册附])"
        rf"(?!{_HOTLINE}|(?:19|20)[0-9]{{2}}(?![0-9]))"
        r"(?P<number>[1-9][0-9]{1,5}+(?:\.[0-9]{1,4}+)?)(?=\s(?!\s?[年月日号])|[;；…。)）]|[,，、](?![0-9])|$)",
        "刑事378",
    ),
]

_YEAR = rf"(?:[12][0-9]{{3}}|[一二][〇零{SMALL}]{{3}})"
_TWO = rf"(?:[0-9]{{1,2}}|[{SMALL}十]{{1,3}})"
_CLOCK = r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
_MONTH = rf"{_TWO}月(?:份|底|初|末|(?:{_TWO}[日号]))?"
_PERIOD = r"(?:年|月|周|季度|星期|工作日|昼夜|世纪|年代|岁|届|刻钟)"
_FIRST = r"(?<![0-9A-Za-z.])(?<![0-9A-Za-z][+])"  # of a numeral, whatever stands before it

# Only where something of a date follows: tried as one, and most numbers are none.
DATES = [
    Row("date_numeric", rf"{_FIRST}{_YEAR}(?:[-/.][0-9]{{1,2}}){{2}}(?:\s?{_CLOCK})?", "2018-11-15"),
    Row("date_years", rf"{_FIRST}{_YEAR}年?{_TO}{_YEAR}(?:年|(?![0-9万亿]|{UNIT}))", "2012—2021年"),
    Row(
        "date_year",
        rf"{_FIRST}{_YEAR}年[度初底末]?(?:(?:{_TWO}月?{_TO})?{_MONTH})?",
        "2018年11月15日",
    ),
    Row("date_months", rf"{_FIRST}{_TWO}月?(?:{_TO}|、){_MONTH}", "1至8月"),
    Row("date_month", rf"{_FIRST}{_MONTH}", "10月底"),
    Row("date_day", rf"{_FIRST}{_TWO}日(?![均元])", "9日"),
    Row(
        "date_clock",
        rf"{_FIRST}(?:{_CLOCK}|{_TWO}时(?![代候期刻常间段])(?:{_TWO}分)?|{_TWO}点{_TWO}分(?![点之]))",
        "2时",
    ),
]
_DATED = rf"(?=(?:[0-9]{{1,4}}|[{SMALL}〇零十]{{1,4}})[年月日时点:/.\-—~至到、])"
PASSED_OVER = [
    *DATES,
    Row("ordinal", rf"(?:(?<=第)|(?<=第 )){_DIGITS}(?:[、和至-]{_DIGITS})*+|(?:(?<=第)|(?<=第 )){_WORDS}(?:[、和至]{_WORDS})*+", "第28"),
    Row("rank", rf"(?:(?<=前)|(?<=前 ))(?:{_DIGITS}|{_WORDS})\s?(?:名|位|强|大|批|个?月|年|个?季度)", "前10名"),
    Row(
        "denominator",
        rf"(?<=每)(?:{_DIGITS}{_PLACE}{{0,2}}+|{_WORDS})(?:[名个户辆起件]|平方公里)?(?:人口?)?",
        "每10万人口",
    ),
    Row("age", rf"{_FIRST}{_WHOLE}(?:{_TO}{_WHOLE})?周岁", "60周岁"),
    Row(
        "duration",
        rf"{_FIRST}{_WHOLE}(?:{_TO}{_WHOLE})?{_INNER}?\s?个?[多半]?\s?{_PERIOD}",
        "3个月",
    ),
    Row("hotline", rf"{_FIRST}{_HOTLINE}(?=[类市区省县]|台[接共处])", "110类"),
    Row(
        "phone",
        rf"{_FIRST}(?:[0-9]{{4}}[ -][0-9]{{4}}(?![0-9])(?!\s?{UNIT})|0[0-9]{{2,3}}[ -][0-9]{{7,8}}(?![0-9])"
        r"|1[3-9][0-9]{9}(?![0-9])(?![件起人元个])|[48]00[ -][0-9]{3,4}(?:[ -][0-9]{3,4})?(?![0-9]))",
        "2345 6789",
    ),
    Row("road", r"(?<=[国省县乡]道)[0-9]{1,4}+", "国道208"),
    Row("code", r"(?:(?<=邮编)|(?<=邮政编码)|(?<=邮编[:：])|(?<=代码)|(?<=代码[:：])|(?<=编号)|(?<=号码)|(?<=热线)|(?<=电话)|(?<=电话[:：]))[0-9]++(?:[ -][0-9]++)*+", "邮编100001"),
    Row("score", r"(?<![0-9.])[0-9]{1,3}(?:比|:)[0-9]{1,3}(?![0-9.%万亿个])", "88比79"),
    Row("event", rf"{_FIRST}[0-9]{{1,2}}[·.][0-9]{{1,2}}(?=[”’」』\"]|[大专惨血凶]?案(?!件))", "8·12案"),
    Row(
        "name",
        rf"(?<=[A-Za-z])(?<![A-Z]{{3}})[0-9]++|(?<=[A-Za-z]-)[0-9]++|[0-9]++(?!{UNIT})[A-Za-z]++",
        "G20",
    ),
    Row("slogan", rf"(?<=[“‘「『《〈]){_WORDS}(?![成倍分])", "“三个"),
]
REST = Row("numeral", rf"[0-9]++(?:[.·,，][0-9]++)*+|{_WORDS}|半", "2018")

LED = frozenset(row.name for row in [*NUMBERED, BARE]) | {"half", "moved"}
_PATTERNS = {row.name: row.pattern for row in [*FORMS, *TALLIES, BARE]}
FIGURES = frozenset(row.name for row in [*FORMS, *TALLIES, PLAIN])


@cache  # compiled when first used: all of them take a quarter as long as importing pandas
def compiled(name: str) -> re.Pattern[str]:
    """A row as it stands in a text, after its lead."""
    return re.compile(_PATTERNS[name])


@cache
def with_lead(name: str) -> re.Pattern[str]:
    """A row with its lead: a figure that stands alone."""
    return re.compile((LEAD if name in LED else "") + _PATTERNS[name])


@cache
def lead() -> re.Pattern[str]:
    """What stands before a number, up to it and its first character."""
    return re.compile(rf"(?=[{re.escape(''.join(sorted(LEAD_STARTS)))}]){LEAD}(?=[0-9{_HAN}半数几过])")


@cache
def scanner() -> re.Pattern[str]:
    """All rows as one pattern, a named group each; it looks only where a row can begin."""

    def rows(table: list[Row]) -> str:
        named = {row.name: row.pattern for row in table}
        return "|".join(
            f"(?P<{name}>{pattern if name == 'plain' else unnamed(pattern)})"
            for name, pattern in named.items()
        )

    def unnamed(pattern: str) -> str:
        return re.sub(r"\(\?P<\w+>", "(?:", pattern)

    others = [row for row in PASSED_OVER if row not in DATES]
    return re.compile(
        rf"(?=[0-9{_HAN}半没未无基持翻倍成减腰过]|[数几](?=[十百千万亿]))(?!零[下上]|〇)"
        rf"(?:{rows([PLAIN])}|(?=[没未无基持翻倍成减腰过半零一])(?:{rows(WORDS)})"
        rf"|{_DATED}(?:{rows(DATES)})|{rows(others)}|{rows(NUMBERED)}|{rows([*TALLIES, REST])})"
    )
