"""What the labels of a table say: units, stocks, periods, totals, parts.

Each is a pattern with its words; none knows where in the table the label stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .periods import a_year_before
from .table_marks import mark_of
from .table_months import (
    FISCAL,
    MONTH,
    MONTHS,
    day_in,
    ends_of,
    is_dated,
    is_period_in_words,
    months_compared,
    months_ended,
)
from .table_numbers import ERA, ERA_FISCAL, in_digits, plain
from .table_search import found_in
from .table_units import MONEY, YUAN, is_unit

# --- Totals, parts --------------------------------------------------------------------------------

_TOTAL = re.compile(
    r"(?:[^a-z]*)(?:[总總合小累]\s*[计計]|共\s*[计計]|[总總]\s*[数數额額值量]|[计計]|全[国國市省县縣区區年]"
    r"|合共|整[体體]\S{0,4}|(?:grand |sub-?)?totals?|all|sum|overall|全部|合 计|合 計)"
    r"\d?[\s*:：()（）a-z]{0,12}",
    re.IGNORECASE,
)
_TOTAL_IN = re.compile(
    r"^(?:[总總合小]\s*[计計]|[总總][数數额額值量]|全[国國]|total\b"
    r"|all (?:offences|crimes?|ages|persons))"
    r"|(?:[总總合小][计計]|[总總][数數额額值量]|\btotals?)\s*\d*(?:\s*[(（\[].*)?$",
    re.IGNORECASE,
)
_ANY_TOTAL = re.compile("[计計总總全合整]|total|all|sum")  # most labels have none of it
_OF_WHICH = re.compile(
    r"^\W*(?:其中|うち|[内內][:：]|#|＃|of which|of whom|including|包括|其 ?中)", re.IGNORECASE
)
_ANY_OF_WHICH = re.compile("中|うち|[内內][:：]|#|＃|of wh|ncluding|包括")
_INTRODUCES = ("包括", "其中", "分为", "分為", "including", "of which", "of whom")
_INTRODUCE = {word[-1] for word in _INTRODUCES}  # most labels end otherwise
_DIVIDES = re.compile(r"^(?:按|分|依|grouped by\b)|(?:分|分类|分類|别|別)\s*[:：]?$", re.IGNORECASE)


def is_total(label: str) -> bool:
    """Whether a label says that its figures are the sum of others.

    >>> is_total("合 计"), is_total("Total offences (b)"), is_total("机动车总数"), is_total("男")
    (True, True, True, False)
    """
    if not _ANY_TOTAL.search(label.casefold()):
        return False
    text = plain(label).strip(" *:：")
    text = re.sub(r"^(?:[一二三四五六七八九十]+、|\d+[.、])\s*", "", text)
    return bool(_TOTAL.fullmatch(text) or _TOTAL_IN.search(text))


def naming_totals(labels: Iterable[str]) -> list[int]:
    """Which labels hold a word for a total at all: most do not."""
    return found_in(_ANY_TOTAL, labels)


def of_which(label: str) -> bool:
    """Whether a label says that its figure is a part of the one above: 其中, #, of which."""
    return bool(_OF_WHICH.match(label.strip()))


def any_of_which(paths: Iterable[Sequence[str]]) -> list[int]:
    """Which labels say so in one of their parts."""
    paths = list(paths)
    asked = found_in(_ANY_OF_WHICH, map("\t".join, paths))
    return [n for n in asked if any(map(of_which, paths[n]))]


def introduces(label: str) -> bool:
    """Whether parts of the row itself follow below it: 各类劫案,包括:"""
    text = label.rstrip()
    text = text[:-1].rstrip() if text[-1:] in (":", "：") else text
    return text[-1:].lower() in _INTRODUCE and text.lower().endswith(_INTRODUCES)


def divides(label: str) -> bool:
    """Whether a row without figures says how a total is divided: 按类别分, 分三大门类."""
    return bool(_DIVIDES.search(label.strip()))


def is_grouping(label: str) -> bool:
    """Whether a row without figures stands over parts of the row above it: 按类别分, 包括, a colon
    behind what has no number of its own."""
    own = mark_of(label) not in ("", "dash")
    colon = label.strip().endswith((":", "：")) and not own
    return divides(label) or introduces(label) or colon


# --- Stocks ---------------------------------------------------------------------------------------

_OPENING = re.compile(
    r"[旧舊][受存]|期初|年初|上[年期月]?[结結][转轉]|opening|brought forward"
    r"|\bat (?:the )?(?:start|beginning)\b|\bbeginning of\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"未[结結]|期末|年末|年底|結存|结存|结转下|closing|carried forward|pending at end"
    r"|\bat (?:the )?end\b|\bend of (?:the )?(?:year|period|quarter|month)\b",
    re.IGNORECASE,
)


def stock(label: str) -> int:
    """1 for what a period closes with, -1 for what it opens with, 0 for neither.

    >>> stock("舊受"), stock("未結"), stock("新受")
    (-1, 1, 0)
    """
    return -1 if _OPENING.search(label) else 1 if _CLOSING.search(label) else 0


# --- Units ----------------------------------------------------------------------------------------

_COUNTER = (
    rf"{MONEY}|{YUAN}|[个個]?百分[点點]|[％%‰]|"
    r"(?:[千万萬亿億十百]{0,2})(?:人次|件次|[辆輛]次|[户戶]次|[车車]次|人|件|起|宗|[户戶]|家|名|例|[辆輛]|[个個]|[吨噸]|公顷|公頃|[亩畝]"
    r"|港?仙|(?:(?:HK|US|RMB) ?)?cents?"
    r"|新[台臺][币幣]|平方公里|平方米|公里|米|立方米|千瓦时|千瓦小时|小时|天|日|[岁歲]|次|台|部|所|座|[栋棟]|[条條]|[项項]|[张張]|[场場]|[笔筆]|件數)"
    r"|1?[/／]\s?(?:1[\d,]{2,}|(?:10*\s?)?[百千万萬])(?:人口|人|名)?"
    r"|[kMGT]Wh|km²?|m²|(?-i:m)|kg|kcal|acres?|hectares?|tonnes?|tons?|persons?|cases?|hours?|percent|number|years?"
    r"|(?:万|萬|亿|億|千|百)?(?:人|件|起|宗|元|[吨噸]|[公千市]?[斤克]|kg)?[/／](?:每)?[\d,十百千万萬亿億]*"
    r"(?:人口|人|名|日|天|平方公里|公[顷頃]|[亩畝户戶件案头頭]|hm²|km²|ha)?"
)
_IN_BRACKETS = re.compile(rf"[(（\[【]\s*(?:[单單]位\s*[:：]\s*)?({_COUNTER})\s*[)）\]】]", re.I)
_ANY_BRACKETS = re.compile(r"[(（]([^()（）\d]{1,4})[)）]")
_BEHIND = re.compile(rf"[/／,，、]\s*(?![/／]10[人a-z])({_COUNTER})\s*$", re.I)  # no lost 10⁴
_MONEY_LAST = re.compile(  # below a period, or a line of its own: 2023 RMB'000, 2023年千港元
    rf"(?:^|[\s/])(?P<letters>{MONEY})$|(?:[年月日底末期]|\d\s)\s?(?P<unit>{YUAN})$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"[单單]位\s*[:：]\s*(.+?)(?=\s{2,}|[)）。|]|[;；](?!\s?[^\s:：;；]{1,4}$)|\s\S*[:：]|$)|\bunits?\s*[:：]\s*(.+?)(?=[;|)]|$)",
    re.I,
)
# Chinese powers in English: what these are of keeps its Chinese name, as their units have no other.
_POWER = re.compile(
    r"[(（]\s*(10[ ,]?000|100 million|1[ ,]?000)\s+(yuan|persons?|tons?|cases?)\s*[)）]", re.I
)
_THOUSANDS = re.compile(  # Population ('000)
    r"\b(?:population|inhabitants|residents|persons|people)\b[^()]*"
    r"[(（](?:in )?(?:['’‘]?000s?|thousands?)[)）]",
    re.IGNORECASE,
)
_COUNTED_HERE = re.compile(r"persons?|cases?", re.IGNORECASE)  # beside Males and Females
_POWERS = {"10000": "万", "100": "亿", "1000": "千"}
_COUNTED = {"yuan": "元", "person": "人", "ton": "吨", "case": "件"}
_PER_POPULATION = re.compile(
    r"per\s+(?:\d{1,3}(?:[, ]\d{3})+|\d+|thousand|million)\s*"
    r"(?:persons?|population|inhabitants|people)?"
    r"|每\s*(?:[\d,]*[一十百千万萬亿億]+|\d[\d,]*)\s*名?人口?"
    r"|(?:[人件起宗])?[/／]\s*[十百千万萬亿億]+人口?(?![次天])",
    re.IGNORECASE,
)
_POINTS = re.compile(r"百分[点點]|percentage points?|% points?|\bp\.?p\.?(?!\w)", re.IGNORECASE)
_ANY_UNIT = re.compile(
    r"[(（\[【/／,，、%％‰每$£€¥]|per|百分|\bp\.?p|\b(?:RMB|USD|EUR|GBP|CNY|JPY)|[元圓]$",
    re.IGNORECASE,
)  # most have none of it
_WORDS = dict.fromkeys(("%", "％", "percent", "per cent"), "percent") | {"number": ""}
_WORDS |= dict.fromkeys(("百分点", "百分點", "个百分点", "個百分點"), "percentage point")


def units_of(label: str) -> list[str]:
    """The units that a label states: in brackets, behind a stroke, as a rate per population. Of
    the levels of a head, the innermost that states one.

    >>> units_of("产量(MWh)"), units_of("Rate per 100,000 population"), units_of("率(1/10 万)")
    (['MWh'], ['per 100000 population'], ['1/10万'])
    >>> units_of("起数(起) / 增减%"), units_of("死亡 / 人"), units_of("Per cent / Persons")
    (['percent'], ['人'], ['percent'])
    >>> units_of("31 December 2023 RMB'000"), units_of("二零二三年 千港元"), units_of("美元")
    (["RMB'000"], ['千港元'], [])
    >>> units_of("Mid-year population ('000)"), units_of("People (thousands)")
    (['千人'], ['千人'])
    """
    if not _ANY_UNIT.search(label):
        return []
    whole, *inner = label.split(" / ")
    named = (level for level in reversed(inner) if not _COUNTED_HERE.fullmatch(level))
    own = (_units_in(f"/ {level}") for level in named)
    return next(filter(None, own), None) or _units_in(whole)


def _units_in(label: str) -> list[str]:
    text = re.sub(r"(?<=[/／]) | (?=[/／])|(?<=\d) (?=[百千万萬])", "", plain(label))
    if per := _PER_POPULATION.search(text):
        return [re.sub(r"(?<=\d)[, ](?=\d{3})", "", per[0])]
    if power := _POWER.search(text):
        return [_POWERS[re.sub(r"\D", "", power[1])] + _COUNTED[power[2].lower().rstrip("s")]]
    if _THOUSANDS.search(text):
        return ["千人"]
    found = [m[1] for m in (*_IN_BRACKETS.finditer(text), _BEHIND.search(text)) if m]
    if not found and not text.isascii():
        found = [m[1] for m in _ANY_BRACKETS.finditer(text) if is_unit(m[1])]
    if not found and _POINTS.search(text):
        found = ["百分点"]
    if not found and (share := re.search(r"(?<!\d)[%％]|per ?cent|百分比|‰", text, re.I)):
        found = ["‰" if share[0] == "‰" else "%"]
    if not found and (money := _MONEY_LAST.search(text)):
        found = [money["letters"] or money["unit"]]
    return [_WORDS.get(unit.lower(), unit) for unit in found]


def caption_units(lines: list[str]) -> list[str]:
    """The units that the lines around a table state for all of it: 单位:万元."""
    for line in lines:
        if match := _CAPTION.search(plain(line)):
            units = re.sub(r"\s*[(（].*", "", match[1] or match[2])  # 万美元 (USD 10,000)
            parts = re.split(r"\s*[、,，;；/]\s*|\s+(?=\S{1,3}(?:\s|$))", units.strip())
            return [_WORDS.get(part, part) for part in parts if part and len(part) <= 12]
    return []


_AT_THE_END = re.compile(
    rf"[(（]\s*(?P<unit>{_COUNTER}|(?:in )?(?:thousand|million|billion)s?(?: [a-z ]+?)?)"
    r"(?:\s*[,;]? except [^()（）]*|[,;] unaudited)?\s*[)）]"
    r"(?:\s*[(（](?:unaudited|audited|restated|未[經经][審审][計计核])[)）])?"
    r"[\s,，\d年月至/–—-]*$",
    re.IGNORECASE,
)
_LONGEST_TITLE = 80


def title_units(titles: list[str]) -> list[str]:
    """The units that titles state of all that is below them, the nearest first: in brackets at the
    end, or behind 单位.

    >>> title_units(["Admissions (thousands of patients)"]), title_units(["财政收入 单位:万元"])
    (['thousands of patients'], ['万元'])
    >>> title_units(["案件统计(件)", "人口(万人)"]), title_units(["3月1日(日)"])
    (['件'], [])
    """
    for title in titles:
        text = plain(title)
        if units := caption_units([title]):
            return units
        alone = len(text) <= _LONGEST_TITLE and len(_IN_BRACKETS.findall(text)) < 2
        if alone and (match := _AT_THE_END.search(text)):
            unit = match["unit"].strip()
            if unit != "日":  # a Sunday
                return [_WORDS.get(unit.lower(), re.sub("(?i)^in ", "", unit))]
    return []


# --- Periods --------------------------------------------------------------------------------------


class Period(NamedTuple):
    """A period as printed and the days it comes to; None where it names no year."""

    when: str
    start: date | None = None
    end: date | None = None

    def is_a_year_before(self, other: Period) -> bool:
        """Whether it is the same period of the year before; not where the days are not known."""
        pairs = (self.start, other.start), (self.end, other.end)
        same = (one == (day and a_year_before(day)) for one, day in pairs)
        if self.end is None and other.end is None:  # 2022-23, whose days differ by country
            first = [int(p.when[:4]) for p in (self, other) if p.when and _is_fiscal(p.when)]
            return len(first) == 2 and first[0] + 1 == first[1]
        return self.end is not None and all(same)


def _is_fiscal(when: str) -> bool:
    """Whether a period is a year that goes on in the next: 2022-23, and not 2021/06."""
    within = _FISCAL.fullmatch(when) and (int(when[:4]) + 1) % 100 == int(when[-2:])
    return bool(within)


_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d{2})(?![\d,.]*\d)(?:\s*年)?")
_FISCAL = re.compile(r"(?<!\d)(?:19|20)\d{2}\s*[-–—/]\s*(?:\d{2}|(?:19|20)\d{2})(?!\d|[-–]\d)")
_ROC = re.compile(r"(?:民[国國])?\s*(?<!\d)(\d{2,3})\s*年(?![代间間])|民[国國]\s*(\d{2,3})")
_SPAN = re.compile(
    r"(\d{1,2})\s*月?\s*(?:底|份)?\s*(?:[-–—~～至到]{1,2})\s*(\d{1,2})\s*月|(?<!\d)(\d{1,2})\s*月(?!\d)"
)
_HALF = r"(?:^\W*|\d{4}\W{0,3}|(?=H\d\W{0,3}(?:FY ?)?\d{4}))H"  # no kind (H2) of something
_PARTS = (
    (re.compile(rf"上半年|first half|{_HALF}1(?!\w)"), 1, 6),
    (re.compile(rf"下半年|second half|{_HALF}2(?!\w)"), 7, 12),
    (re.compile(r"前三季度"), 1, 9),
    (re.compile(r"全年|(?i:full[- ]year)"), 1, 12),
    (re.compile("春季"), 1, 3),
    *(
        (
            re.compile(rf"[{word}{n}]季|Q{n}|\b{n}Q|(?i:\b(?:{said}) q(?:uarte|t)r\b)"),
            3 * n - 2,
            3 * n,
        )
        for n, word, said in (
            (1, "一", "1st|first"),
            (2, "二", "2nd|second"),
            (3, "三", "3rd|third"),
            (4, "四", "4th|fourth"),
        )
    ),
)
_PART = re.compile(r"[上下]半年|前三季度|第?[一二三四1-4]季度?")
_ENGLISH_MONTH = re.compile(rf"\b({MONTH})\b", re.I)
_ENGLISH_SPAN = re.compile(rf"\b({MONTH})\.?\s*(?:[-–—~]|to)\s*({MONTH})\b", re.I)


@lru_cache(65_536)
def year_in(label: str) -> int | None:
    """The one year that a label names, one of the ROC or of a Japanese era as the year of the
    common era.

    >>> year_in("109年"), year_in("1998-2002"), year_in("民國 98"), year_in("平成30年")
    (2020, None, 2009, 2018)
    """
    if not is_dated(label):
        return None
    text = in_digits(label)
    if _FISCAL.search(text):
        return None
    years = {int(year) for year in _YEAR.findall(text)}
    if not years:
        found = {int(a or b) for a, b in _ROC.findall(text)}
        years = {year + 1911 for year in found if 1 <= year <= 150}
    return years.pop() if len(years) == 1 else None


@lru_cache(65_536)
def months_in(label: str) -> tuple[int, int] | None:
    """The first and last month that a label names.

    >>> months_in("Six months ended June 30, 2023"), months_in("截至2023年9月30日止九個月")
    ((1, 6), (1, 9))
    """
    if not is_dated(label):
        return None
    text = in_digits(label)
    if ended := months_ended(text):
        return ended
    for pattern, first, last in _PARTS:
        if pattern.search(text):
            return first, last
    spans = [(int(a or c), int(b or c)) for a, b, c in _SPAN.findall(text)]
    if span := _ENGLISH_SPAN.search(text):
        spans.append((MONTHS[span[1].lower()], MONTHS[span[2].lower()]))
    else:
        months = [month.lower() for month in _ENGLISH_MONTH.findall(text)]
        spans += [(MONTHS[m],) * 2 for m in months if m != "may" or is_period(label)]
    good = {(a, b) for a, b in spans if 1 <= a <= b <= 12}
    return good.pop() if len(good) == 1 else None


def _phrase(label: str) -> str:
    """The words of a label that are a period: of a title, those alone."""
    if is_period(label):
        return label
    text = plain(label) if ERA.search(label) else in_digits(label)
    year = ERA.search(text) or _YEAR.search(text) or _ROC.search(text)
    months = _SPAN.search(text, at := year.end() if year else 0) or _PART.search(text, at)
    spans = [match.span() for match in (year, months) if match]
    return text[min(a for a, _ in spans) : max(b for _, b in spans)] if spans else label


def period_of(labels: list[str]) -> Period:
    """The period that labels come to, the nearest to the cell first.

    >>> period_of(["1-6月", "2013年6月份主要数据"]).end
    datetime.date(2013, 6, 30)
    """
    months, when = None, ""
    for label in filter(is_dated, labels):
        text = plain(label)
        if fiscal := _FISCAL.search(text) or ERA_FISCAL.search(text) or FISCAL.search(text):
            if len(set(_FISCAL.findall(text))) > 1:
                continue  # years that are compared
            return Period(fiscal[0])
        if day := day_in(in_digits(label)):
            return Period(plain(label), day, day)
        label = months_compared(label)[1] or label
        months = months or months_in(label)
        year = year_in(label)
        if not when and (months or year):
            when = _phrase(label)
        if year:
            return Period(when, *ends_of(year, months or (1, 12)))
    return Period(when)


_PERIOD_LABEL = re.compile(
    r"(?:民[国國]|西元)?\s*(?:(?:19|20)\d{2}|\d{2,3}(?=\s*年)|(?<=[国國元])\s*\d{2,3})\s*(?:年度?|学年度?|學年度?)?底?\s*(?:[-–—~至/]\s*\d{1,4}\s*年?)?\s*"
    r"(?:[(（]?\s*(?:\d{1,2}\s*月?\s*[-–—~至]\s*)?\d{1,2}\s*月份?\s*[)）]?|[上下]半年|第?[一二三四1-4]季度?)?\s*(?:[()（）a-z*#]{0,3}|\[\d{1,2}\])"
    r"|(?:\d{1,2}\s*[-–—~至]\s*)?\d{1,2}\s*月份?|[一二三四五六七八九十]{1,2}月份?|第?[一二三四1-4]季度?|[上下]半年"
    rf"|Q[1-4](?:\s*\d{{4}})?|(?:{'|'.join(MONTHS)})\.?\s*(?:\d{{4}})?\s*[()*#]{{0,3}}",
    re.IGNORECASE,
)


def is_period(label: str) -> bool:
    """Whether a label is a period and nothing else.

    >>> is_period("2006-07"), is_period("110年 (1月至10月)"), is_period("盗窃"), is_period("1,234")
    (True, True, False, False)
    """
    if not is_dated(label):
        return False
    text = in_digits(label)
    return bool(_PERIOD_LABEL.fullmatch(text)) or is_period_in_words(text)
