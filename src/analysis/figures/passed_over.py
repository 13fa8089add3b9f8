"""Numerals that are no figures: dates, ordinals, durations, telephones and names."""

import re
from functools import cache

from .numbers import INNER, SMALL
from .tokens import DIGITS, PLACE, TO, UNIT, WORDS, Row, after

_YEAR = rf"(?:[12][0-9]{{3}}|[一二][〇零{SMALL}]{{3}})"
_TWO = rf"(?:[0-9]{{1,2}}|[{SMALL}十廿卅]{{1,3}})"
_CLOCK = r"(?:(?<![图表])[0-9]{1,2}:[0-9]{2}(?![0-9]|\.[0-9])(?::[0-9]{2})?)"
_MONTH = rf"{_TWO}月(?:份|底|初|末|(?:{_TWO}[日号]))?"
_PERIOD = r"(?:年|月|周|季度|星期|工作日|交易日|昼夜|世纪|年代|岁|届|刻钟)"
_WHOLE = rf"(?:[0-9]++(?!\.)|[零{SMALL}十廿卅百千万亿两半]++)"
_FIRST = r"(?<![0-9A-Za-z.])(?<![0-9A-Za-z][+])"  # of a numeral, whatever stands before it
HOTLINE = r"(?:11[0-9]|12[0-2]|12[0-9]{3}|96[0-9]{3})(?![0-9])"
OF_HOTLINE = r"(?:[类市区省县]|台[接共处])"

# Tried only where something of a date follows: most numbers are none.
DATED = rf"(?=(?:[0-9]{{1,4}}|[{SMALL}〇零十廿卅]{{1,4}})[年月日时点:/.\-—~至到、])"
DATES = [
    Row(
        "date_numeric",
        rf"{_FIRST}{_YEAR}(?:[-/.][0-9]{{1,2}}){{2}}(?:\s?{_CLOCK})?",
        "2018-11-15",
    ),
    Row(
        "date_years",
        rf"{_FIRST}{_YEAR}年?{TO}{_YEAR}(?:年|(?![0-9万亿]|{UNIT}))",
        "2012—2021年",
    ),
    Row(
        "date_year",
        rf"{_FIRST}{_YEAR}年[度初底末]?(?:(?:{_TWO}月?{TO})?{_MONTH})?",
        "2018年11月15日",
    ),
    Row("date_months", rf"{_FIRST}{_TWO}月?(?:{TO}|、){_MONTH}", "1至8月"),
    Row("date_month", rf"{_FIRST}{_MONTH}", "10月底"),
    Row("date_day", rf"{_FIRST}{_TWO}日(?![均元])", "9日"),
    Row(
        "date_clock",
        rf"{_FIRST}(?:{_CLOCK}|{_TWO}时(?![代候期刻常间段])(?:{_TWO}分)?"
        rf"|(?<![值贬跌涨升]){_TWO}点{_TWO}分(?![点之]))",
        "2时",
    ),
]
PASSED_OVER = [
    *DATES,
    Row(
        "ordinal",
        rf"{after('第 第_ 条之')}(?:{DIGITS}(?:[、和至-]{DIGITS})*+|{WORDS}(?:[、和至]{WORDS})*+)"
        rf"(?:条之(?:{DIGITS}|{WORDS}))?+",  # 第185条之3, an article put in later
        "第28",
    ),
    Row(
        "rank",
        rf"{after('前 前_')}(?:{DIGITS}|{WORDS})\s?(?:名|位|强|大|批|个?月|年|个?季度)"
        rf"|{after('分列 分居 分别列 分别居 位列 位居 排名')}{WORDS}(?:、{WORDS})*+位?(?![成倍])",
        "前10名",
    ),
    Row(
        "denominator",
        r"(?<=每)(?![0-9]{1,3}\.[0-9]{1,2}(?:分钟|秒|小时|天))"  # 每1.7分钟发生1件: measured
        rf"(?:{DIGITS}{PLACE}{{0,2}}+|{WORDS})(?:[名个户辆起件]|平方公里)?(?:人口?)?",
        "每10万人口",
    ),
    Row("age", rf"{_FIRST}{_WHOLE}(?:{TO}{_WHOLE})?周岁", "60周岁"),
    Row(
        "duration",
        rf"{_FIRST}{_WHOLE}(?:{TO}{_WHOLE})?[{INNER}]?\s?个?[多半]?\s?{_PERIOD}",
        "3个月",
    ),
    Row("hotline", rf"{_FIRST}{HOTLINE}(?={OF_HOTLINE})", "110类"),
    Row(
        "phone",
        rf"{_FIRST}(?:[0-9]{{4}}[ -][0-9]{{4}}(?![0-9])(?!\s?{UNIT})"
        r"|0[0-9]{2,3}[ -][0-9]{7,8}(?![0-9])|1[3-9][0-9]{9}(?![0-9])(?![件起人元个])"
        r"|[48]00[ -][0-9]{3,4}(?:[ -][0-9]{3,4})?(?![0-9]))",
        "2345 6789",
    ),
    Row("road", r"(?<=[国省县乡]道)[0-9]{1,4}+", "国道208"),
    Row(
        "code",
        rf"{after('邮编 邮政编码 邮编[:：] 代码 代码[:：] 编号 号码 热线 电话 电话[:：]')}"
        r"[0-9]++(?:[ -][0-9]++)*+",
        "邮编100001",
    ),
    Row("score", r"(?<![0-9.])[0-9]{1,3}(?:比|:)[0-9]{1,3}(?![0-9.%万亿个])", "88比79"),
    Row(
        "event",
        rf"{_FIRST}[0-9]{{1,2}}[·.][0-9]{{1,2}}(?=[”’」』\"]|[大专惨血凶]?案(?!件))",
        "8·12案",
    ),
    Row(
        "name",
        rf"(?<=[歼运轰直教苏米击鹰强风]-)[0-9]{{1,3}}(?![0-9.])|(?<=[A-Za-z])(?<![A-Z]{{3}})[0-9]++|(?<=[A-Za-z]-)[0-9]++|[0-9]++(?!{UNIT})[A-Za-z]++",
        "G20",
    ),
    Row("idiom", r"(?<=成)[百千]上[千万]", "成千上万"),
    Row("slogan", rf"(?<=[“‘「『《〈]){WORDS}(?![成倍分])", "“三个"),
]
# Why each is no figure, in a word; and what else says so: 一、 and (2) that begin a line, 二是 that
# begins a clause, the number of an emergency line beside a word of it, 一 in a word.
REASONS = dict.fromkeys(("hotline", "phone"), "telephone number") | {
    **{name: name for name in ("ordinal", "rank", "age", "duration", "score", "idiom", "slogan")},
    **{"denominator": "base of a rate", "road": "name", "event": "name", "name": "name"},
    "code": "code or telephone number",
}
BEFORE_LIST_NUMBER = "(（,，;；。:："  # one of them, where no line begins
LIST_NUMBER = re.compile(
    rf"(?:^\s*[(（]?|(?<=[(（]))({DIGITS}|{WORDS})\s?[、)）.．](?![0-9]|[{SMALL}十]、)"
    rf"|(?:^\s*|(?<=[,，;；。:：]))({WORDS})是(?!否)"
)
EMERGENCY = re.compile(
    rf"(?:拨打|热线|电话|报警|急救|消防)[^,，;；。]{{0,4}}(?<![0-9])({HOTLINE})"
    rf"|(?<![0-9])({HOTLINE})[^,，;；。0-9]{{0,6}}(?:热线|电话|警|急救|平台|指挥)"
)
REST = Row("numeral", rf"[0-9]++(?:[.·,，][0-9]++)*+|{WORDS}|半++", "2018")


@cache
def of_a_label() -> re.Pattern[str]:
    """见表3, 附图2-1, 表1和表2: the label of a table or a chart; but no number of 代表 or 试图.

    Made when first asked for, as it takes a tenth of the time in which the library is imported.
    """
    return re.compile(
        rf"(?:(?:^|[\s(（,，;；。:：、与和及至见如据按由])[上下左右附续]?|附)[图表]\s?"
        rf"({DIGITS}|{WORDS})(?:[-—–、和至]({DIGITS}|{WORDS}))?(?:(?=所[示列])|(?!\s?{UNIT}))"
    )
