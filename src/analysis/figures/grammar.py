"""The forms of printed Chinese figures: tables of named patterns, each row with an example.

`FORMS` is the grammar of figures and `PASSED_OVER` that of numerals that are none. Each row begins
at a numeral, or at a word that is a figure by itself; what may stand before it is `words.LEAD`.
`matching` says what a match means. A new form is a row here, a new word one in `words` or `units`.
"""

import re
from functools import cache
from itertools import groupby, pairwise

from .numbers import INNER, SMALL
from .passed_over import DATED, DATES, HOTLINE, OF_HOTLINE, PASSED_OVER, REST
from .tokens import (
    DIGITS,
    EDGE,
    HAN,
    HEDGED,
    NUMBER,
    ONE_UNIT,
    PLACE,
    SCALED,
    SPAN,
    TO,
    UNIT,
    UNIT_STARTS,
    Row,
    after,
)
from .words import (
    CHANGES,
    HEDGE_AFTER,
    HEDGE_BEFORE,
    LATIN_SCALES,
    LEAD,
    LEAD_ENDS,
    LEAD_STARTS,
    MONEY,
    NONE_OF,
    POST,
    any_of,
)

_SCALE = rf"(?:个亿(?![元级吨人])|个(?=[多余]亿)|{PLACE}{{1,3}}+)"
_TAIL = rf"(?P<after>{HEDGE_AFTER})?"
_OF_POINTS = r"(?:个(?=[、和及与0-9.个 ]{2,80}[百千]分点))"

# --- Forms that are words -------------------------------------------------------------------------
WORDS = [
    Row(
        "zero",
        r"(?:(?:没有|未|没|无)(?:发生|出现|接报|新增)?一(?P<unit>[起例件人名宗])"
        rf"|零(?P<happened>{NONE_OF}|增长(?!率|点)))",
        "没有发生一起",
    ),
    Row(  # 留宿旅客(2.2日)则维持不变: of what stands right before it
        "unchanged",
        r"(?P<before>基本上?|大体上?|大致上?|几乎|大约|约略)?(?<![维保支坚主])持平(?!稳|的|\s?[0-9])"
        r"|(?:(?<=[)）%])|(?<=[)）][,，则均也])|(?<=按[年月季])|(?<=[同环]比))(?:维持|保持)不变(?=[,，。;；)）]|$)"
        r"|^(?:维持|保持)不变$",
        "基本持平",
    ),
    Row(
        "doubled",
        rf"(?:翻了?(?P<over>{HEDGE_BEFORE})?(?:(?P<number>[一二三四两1-4])?番|一?倍(?![数于]))"
        r"(?P<inner>多)?|倍增(?![长计效器剂])|倍升)",
        "翻一番",
    ),
    Row("halved", r"(?:减半|腰斩)(?![征收发计处从])", "减半"),
    Row(
        "half",
        r"(?:(?P<over>过)半数?|半数|一半|(?<=[近超逾约])半(?![个数]))(?![年月天日小径百千])"
        rf"{_TAIL}",
        "过半",
    ),
]
_ONE_APART = "|".join(f"{a}、{b}" for row in ("123456789", SMALL) for a, b in pairwise(row))
_COUNTERS = """
    人(?!次|均) 名(?!义|称|单|誉|之) 个(?!月|百分点|半|星期|季度|世纪|小时|钟) 起(?!诉|步|来|草)
    件 辆 家(?!庭|长|园) 户 宗 头 只 台 条 天 元 万元 亿元 公里 米 吨 公斤 亩
"""
# --- Forms that begin with a number ---------------------------------------------------------------
NUMBERED = [
    Row(
        "fraction",
        rf"{EDGE}(?P<denominator>[{SMALL}十0-9]{{1,3}}(?<!百))分之"
        rf"(?P<number>[{SMALL}两0-9]{{1,3}})(?![个0-9点.十百千]|决赛){_TAIL}",
        "三分之二",
    ),
    Row(
        "stroke",
        rf"{EDGE}(?P<number>[1-9])/(?P<denominator>[2-9]|10)(?![0-9/.])"
        rf"(?:(?P<after>{HEDGE_AFTER})|(?=[的，,。;；、)）]|$)|(?<=[占约近有超逾过达足][1-9]/[2-9]))",
        "超过3/4的企业",
    ),
    Row(  # 15.8:1, 医护比为1:1.20; whole numbers are a score
        "ratio",
        rf"{EDGE}(?:{after('比 比例 比_ 比约 比达到 比为 比例为 比约为')}"
        r"1[:∶](?=[0-9]{1,3}\.[0-9])|(?=[0-9]{1,3}\.[0-9]{1,3}+[:∶比]1(?![0-9.:])))"
        r"(?P<number>[0-9]{1,3}\.[0-9]{1,3}+)(?:[:∶比]1)?(?![0-9.:])",
        "15.8:1",
    ),
    Row(  # 77.9岁, 1.5年: a span of time in whole units is passed over
        "span",
        rf"{EDGE}(?!(?:19|20)[0-9]{{2}}\.)(?P<number>[0-9]{{1,4}}\.[0-9]{{1,2}}+)(?P<unit>{SPAN}){_TAIL}",
        "77.9岁",
    ),
    Row(
        "range",
        rf"{EDGE}(?<![从由自])(?P<first>{NUMBER})(?:[多余来几])?(?:\s?(?P<first_unit>{UNIT}))?\s?(?P<joint>{TO})\s?"
        rf"(?P<minus_to>-|零下|负|零上)?(?P<number>{NUMBER}){HEDGED}\s?(?P<unit>{UNIT}|(?<=[万亿])(?![0-9年岁里级众一分]))"
        rf"{_TAIL}{POST}",
        "3—5起",
    ),
    Row(
        "range_words",
        rf"{EDGE}(?P<tens>(?:[{SMALL}两][千百万亿]零?|[{SMALL}]?十){{0,3}})(?P<first>[{SMALL}两])(?P<number>[{SMALL}两])"
        rf"(?P<scale>[十百千]?[万亿]?)(?P<inner>[多余])?(?P<unit>{UNIT})",
        "三五百人",
    ),
    Row(  # of counters alone: 一、二期 and 3、4级 are two of a series
        "estimate",
        rf"{EDGE}(?<![、和及与])(?P<number>{_ONE_APART})(?P<scale>[十百千]?[万亿]?)(?P<inner>[多余])?"
        rf"(?P<unit>{any_of(_COUNTERS)})(?![、和及与])",
        "5、6辆",
    ),
    Row(
        "tenths",
        rf"{EDGE}(?P<number>[{SMALL}两1-9] ?成 ?[{SMALL}半1-9])(?![0-9{SMALL}成]){_TAIL}{POST}",
        "九成五",
    ),
    Row(
        "multiples",
        rf"{EDGE}(?P<number>[{SMALL}两十0-9]{{1,3}}倍[{SMALL}半1-9])(?![0-9{SMALL}倍成个年月天]){_TAIL}{POST}",
        "一倍半",
    ),
    Row(
        "and_half",
        rf"{EDGE}(?P<number>[{SMALL}两1-9])个半(?P<unit>百分点){_TAIL}{POST}",
        "一个半百分点",
    ),
    Row(  # 上升0.46和0.37个百分点: the unit stands once, after the list; 个 may stand each time
        "shared_unit",
        rf"{EDGE}(?P<number>{DIGITS})"
        rf"(?=(?:{_OF_POINTS}?\s?[、和及与]\s?{DIGITS}){{1,11}}+"
        rf"\s?(?P<scale>{_SCALE})?\s?(?P<unit>{UNIT}))",
        "0.46和0.37个百分点",
    ),
    Row(
        "several",
        rf"{EDGE}(?P<number>(?<![人件起次户总案率倍天少多指系函分基参])数|(?<![第])几)"
        rf"(?P<scale>[十百千]?[万亿]{{0,2}})(?:(?P<unit>{UNIT})|{SCALED})",
        "数十起",
    ),
    Row(
        "percent_words",
        rf"{EDGE}(?P<unit>百分之|(?<![{SMALL}两十0-9])百分(?=[{SMALL}十]))(?P<number>{NUMBER})"
        rf"{HEDGED}(?P<after>{HEDGE_AFTER})?(?:百分位)?{POST}",
        "百分之十三点八",
    ),
    Row(
        "parts",  # 万分之五 is 0.05 percent
        rf"{EDGE}(?P<denominator>千|[十百千]?[万亿])分之(?P<number>{NUMBER}){_TAIL}{POST}",
        "万分之五",
    ),
    Row(
        "money",  # HK$1.4亿: the unit stands before the number
        rf"{MONEY}(?P<number>{NUMBER})(?:\s?(?P<scale>{any_of(*LATIN_SCALES)})(?![A-Za-z])"
        rf"|{HEDGED}(?:\s?(?P<unit>{UNIT}))?(?![A-Za-z])){_TAIL}",
        "US$3.5亿",
    ),
    Row(
        "quantity",
        rf"{EDGE}(?P<number>{NUMBER}){HEDGED}(?:\s?(?P<unit>{UNIT})|{SCALED})"
        rf"(?P<after>{HEDGE_AFTER}|(?<=[倍成%])还?多)?{POST}",
        "1.2 万件",
    ),
]
FORMS = [*WORDS, *NUMBERED]
# The commonest quantity, tried before all else: what it finds, no other row could have claimed.
PLAIN = Row(
    "plain",
    r"(?<![^\u4e00-\u9fff!-~，。、；：（）“”《》…【】↑↓▲▼])(?<![0-9][,，])"
    rf"(?<![0-9A-Za-z.·'’_:/+~×*^—\-第前每零〇{SMALL}十百千万亿兆两 ¥$€£±])"
    rf"(?!{HOTLINE}{OF_HOTLINE})"
    r"(?P<number>(?:[1-9][0-9]{0,11}+|0(?![0-9]))(?:\.[0-9]{1,9}+(?![0-9]))?+[万亿]?+)"
    rf"(?P<inner>[多余]?+)(?P<unit>(?>{ONE_UNIT}))"
    rf"(?!的[\u4e00-\u9fff]{{0,4}}?{CHANGES})"
    r"(?![-—~/以左上下及之内或开有出许还多余几+至到跌降减增升涨衰按同环 半月年星季工万亿级↑↓▲▼"
    rf"0-9{SMALL}])(?:(?<!个)|(?![、和及与]))",
    "6623起",
)
# A number without a unit is read on its own; in a text it is a figure only where it stands as in a
# table, after the noun it counts (刑事378 治安962), after an index, or in a list of percentages.
BARE = Row("bare", rf"(?P<number>{NUMBER}){HEDGED}", "1413")
_INDEX = "为 是 达 报 [:：] _ 升至 降至 录得 达到 上升至 下降至 回升至 回落至"
_TENTH = r"[0-9]{1,2}\.[0-9]{1,2}"
TALLIES = [
    Row(
        "index",
        "(?:"
        + after("指数 " + " ".join(f"指数{word}" for word in _INDEX.split()))
        + "|"
        + after("[值数]分别为 性别比为 [系比]数为 [系比]数_ 基尼系数 比[)）]")
        + r")(?!(?:19|20)[0-9]{2}[》」”』)）年])"
        r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,4}+)?)(?![0-9.])"
        rf"(?!\s?(?:{UNIT}|{PLACE}|[年月日号]))(?P<after>{HEDGE_AFTER})?",
        "指数为104.05",
    ),
    Row(  # shares of three that make all: 三次产业结构为7.5:39.5:53.0
        "structure",
        rf"(?:(?<=[为是由从的到至构比例重])(?=(?:{_TENTH}[:：∶]){{2}}{_TENTH}(?![0-9.:]))"
        rf"|(?:(?<=\.[0-9][:：∶])|(?<=\.[0-9]{{2}}[:：∶]))(?={_TENTH}[:：∶]{_TENTH}(?![0-9.:]))"
        r"|(?<=\.[0-9][:：∶][0-9]\.[0-9][:：∶])|(?<=\.[0-9][:：∶][0-9]{2}\.[0-9][:：∶])"
        r"|(?<=\.[0-9]{2}[:：∶][0-9]\.[0-9]{2}[:：∶])|(?<=\.[0-9]{2}[:：∶][0-9]{2}\.[0-9]{2}[:：∶]))"
        rf"(?P<number>{_TENTH})(?![0-9.])",
        "结构为7.5:39.5:53.0",
    ),
    Row(  # an index has no unit: 较2010年下降6.8
        "moved",
        r"(?:(?<=[降升跌涨落加高低了值扬挫小少大多长窄])|(?<=[降升跌涨落值长窄] ))"
        r"(?P<number>[0-9]{1,4}\.[0-9]{1,4}+)"
        r"(?=[,，。;；、)）]|$|[和与及][0-9.]{1,9}+[,，。;；)）])",
        "指数上升6.8",
    ),
    Row(
        "tally",
        r"(?<=[\u4e00-\u9fff])(?<![第号列名居位打拨话线群图表注码编道室房座楼弄巷街段机真箱班次尺米秒分元])"
        rf"(?<![股版款条页章期届卷册附])(?!{HOTLINE}|(?<![过逾足])(?:19|20)[0-9]{{2}}(?![0-9])|[1-9]\.0(?![0-9]))"
        r"(?P<number>[1-9][0-9]{0,2}(?:[ ,，][0-9]{3}){1,3}+(?![0-9])"
        r"|[1-9][0-9]{1,5}+(?:\.[0-9]{1,4}+)?|[0-9]\.[0-9]{1,4}+)"
        r"(?=\s(?!\s?(?:[年月日号A-Za-z]|[0-9]{3}(?![0-9])))|[;；…。)）]|[,，、](?![0-9])|$"
        r"|(?<=\.[0-9])(?:[降升跌涨回]|按[年月季])|(?<=\.[0-9][0-9])(?:[降升跌涨回]|按[年月季])"
        r"|\s?[(（][0-9]{2,4}年\s?[=＝]\s?100"
        r"|(?:大幅|[微略急骤激飙])?(?:[增减升降跌涨回]|增[加长]|减少|上升|下[降跌]|回[升落])[至到])",
        "刑事378",
    ),
]

# 一个, 一次: no figure, but for 减少一个, 一次以上, 一个百分点.
ARTICLE = (
    rf"(?<![第每前{re.escape(''.join(sorted(LEAD_ENDS)))}])"
    r"一(?=[次场项种条枚部座张台](?![多以左余])|个(?![多以左余百千万亿半基标点个小月星季世工]))"
)
# Rows that begin with a digit, and what may follow a numeral of one Chinese character in a row.
DIGITS_FIRST = frozenset(
    "stroke ratio span shared_unit index structure moved tally"
    " phone road code score event name".split()
)
GOES_ON = "".join(
    sorted(
        {*UNIT_STARTS, *HAN, *INNER}
        | set("点·.分成倍半 %‰/个至到-—~年月日时号岁周世季届星工昼代刻、")
    )
)
LED = frozenset(row.name for row in [*NUMBERED, BARE]) | {"doubled", "half", "moved", "tally"}
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
    return re.compile(
        rf"(?=[{re.escape(''.join(sorted(LEAD_STARTS)))}]){LEAD}(?=[0-9{HAN}半数几过翻倍]\Z)"
    )


@cache
def scanner() -> re.Pattern[str]:
    """All rows as one pattern, a named group each; it looks only where a row can begin.

    Rows side by side that begin with digits share the look for one, and those of numbers the look
    for an edge: most places are refused by these.
    """

    def rows(table: list[Row], shared: str = "") -> str:
        branches = []
        for digits, alike in groupby(table, lambda row: row.name in DIGITS_FIRST):
            each = "|".join(f"(?P<{row.name}>{unnamed(row).removeprefix(shared)})" for row in alike)
            branches.append(f"(?=[0-9])(?:{each})" if digits else each)
        return f"{shared}(?:{'|'.join(branches)})"

    def unnamed(row: Row) -> str:
        return row.pattern if row is PLAIN else re.sub(r"\(\?P<\w+>", "(?:", row.pattern)

    others = [row for row in PASSED_OVER if row not in DATES]
    edged = [row for row in NUMBERED if row.pattern.startswith(EDGE)]
    free = [row for row in NUMBERED if row not in edged]
    return re.compile(
        rf"(?=[0-9{HAN}半没未无基持维保翻倍成减腰过]|[大约几](?=[体致乎约略上]{{1,2}}持)|[数几](?=[十百千万亿]))(?!零[下上]|〇(?![点.]))"
        rf"(?:{rows([PLAIN])}|(?P<word>[{SMALL}两](?![{re.escape(GOES_ON)}])|{ARTICLE})"
        rf"|(?=[没未无基持维保翻倍成减腰过半零一大约几])(?:{rows(WORDS)})"
        rf"|{DATED}(?:{rows(DATES)})|{rows(others)}|{rows(free)}|{rows(edged, EDGE)}"
        rf"|{rows([*TALLIES, REST])})"
    )
