"""What the labels of a table say of what its figures measure: changes, rates, shares; and which
labels are of now, which of before."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .table_search import found_in

# Up or down: 升降, 增(+)减(-), 增加(减少), +/-
_EITHER = (
    r"[增升涨漲][加长長]?(?:[、/／,，+＋()（）]|或){0,4}下?[减減降跌]"
    r"|(?<!\d)[+＋]\)?[/／,，]\(?[-−－–]"
)
# What is compared with.
_BEFORE = r"(?:去年|上一?[年月期季半周週旬]|同期|前[一三五两兩]?[年期月季]|基期|年初)"
_CHANGE = re.compile(
    rf"{_EITHER}|同比|环比|環比|增[、/]?[长長幅速]|[成負负][长長]率?|变[动化]|變[動化]|[±]"
    rf"|[比较較]\s*{_BEFORE}|(?<![占佔别別对對])[比较較]\s?(?:19|20)\d\d年|比上[年月]"
    rf"|[与與同]\s*{_BEFORE}[^/／]{{0,4}}比|前[年月期]同?[月期]?比|[增減减][加少]?率"
    r"|(?<![新净淨])[增減减][加少]?[額额量数數]"
    r"|(?:[增減减][加少]?|提[高升]|上升|下[降滑]|[升降]低?)(?:幅度|比例|\s*[(（]?(?:[%％]|[个個]?百分))"
    r"|[年月季周週][增減减](?:[加少]?$|[額额量数數])|(?:^|/ )[増增減减][加少]$"
    r"|差[异異]|[涨漲降升减減跌]幅|比较增|比較|相[比较較]|増減|変[化動]|対前年"
    r"|percent(?:age)? change|% change\b|\bchanges?\b|\bchg\b|growth|increase|\bdiff(?:\b|erence)"
    r"|\b(?:year|month|quarter)[- ](?:on|over)[- ](?:year|month|quarter)\b|\b(?:yoy|qoq|mom)\b"
    r"|\b([yqm])(?:/|-o-)\1\b|variation|\bup ?/ ?\(?down|[Δ∆]"
    r"|(?:^|/ )(?:movement|variance|decrease)\s*(?:$|[(/%])"
    r"|\bvar\.? ?\(?%|\binc\.? ?/ ?dec\b"
    r"|\b(?:vs\.?|versus|compared (?:to|with)) (?:the )?"
    r"(?:(?:19|20)\d\d|(?:last|previous|prior|same) (?:year|month|quarter|week|period))",
    re.IGNORECASE,
)
_YEAR_OVER_YEAR = re.compile(r"(?<!\d)(?:19|20)(\d\d)\s?/\s?(?:19|20)?(\d\d)(?!\d)")
_PERCENT = re.compile(r"[%％]|per ?cent", re.IGNORECASE)
_EITHER_WAY = re.compile(rf"{_EITHER}|[变變][动動化]")
_ABSOLUTE = re.compile(
    r"[增減减][、/]?[增减減加少长長]?(?:金?额|金?額|数|數|量|值|人|件|起)|[数數额額量值]\s*$|(?i:\bdiff(?:\b|erence))|相差|差[额額异異]|[(（](?:件|人|起|万元|亿元|元)[)）]"
)
_RELATIVE = re.compile(
    r"[增长長升降涨漲减減跌动動化加]幅|[增长長减減动動化加]率|增速|\bgrowth rates?\b"
    r"|rate of (?:change|growth)",
    re.IGNORECASE,
)
_RANK = re.compile(r"[位名]次|排[名位]|\brank", re.IGNORECASE)
_NO_CHANGE = re.compile(
    r"年均|年平均|(?:自然|社[会會]|机械|機械)增[长長加]|[净淨]增|‰|average annual|annual average"
    r"|compound|natural (?:growth|increase)|误差|\bmargin\b|的(?:[减減]少|增加)"
    r"|\b(?:change|movement|increase|decrease)s?\)? in (?:[\w\s]{0,30}\b)?(?:working capital"
    r"|inventor(?:y|ies)|receivables?|payables?|debtors|creditors|cash|provisions)\b"  # that flowed
    rf"|{_RANK.pattern}",
    re.IGNORECASE,
)
# Nor what accounts take in of others: Share of profits of associates.
_NO_SHARE = (
    r"(?! of (?:the )?(?:post-tax |net )?\(?(?:profits?|loss(?:es)?|results?|earnings|associates?"
    r"|joint ventures?|other comprehensive)\b)"
)
_RATE = re.compile(
    r"率|[别別养養]比|比(?:\s*[(（%％]|\s*$)|占比|[佔占].*(?:比|%)|比[重例率]|构成|構成|百分[比率]|结构"
    rf"|(?<!\d)[%％]|‰|\bshare\b{_NO_SHARE}"
    r"|\brates?\b|per ?cent|\bper\b|composition|proportion|\bratios?\b"
    r"|平均|人均|每[百千万萬十]|\bmean\b|average|median|指[数數]|[系係][数數]|\bcoefficients?\b",
    re.IGNORECASE,
)
_AVERAGED = re.compile(
    r"(?i)\d\s*(?:年度?\s*平均|ave(?:rage)?\b)|\bave(?:rage)?\.?\s+[12]\d{3}|平均(?=[总總]?人口)"
    r"|(?:mean|average) (?=population)"
)
_EACH = re.compile(
    r"[人户戶]均|每[人户戶亩畝股]|[单單][产產]"
    r"|per (?:capita|head|person|(?:[a-z]+ )?share|unit|household)\b"
    r"|平均(?=[\u3400-\u9fff])(?!.*(?:人[数數口]|[职職]工|用工|余额|餘額))",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"[占佔]|比重|构成|構成|结构|結構|百分比|composition|\bshares?\b{_NO_SHARE}|proportion"
    r"|per ?cent(?:age)? (?:of|distribution)|% of|distribution|^\W*%\W*$|^percent$|^per cent$|比例",
    re.IGNORECASE,
)


# One of these stands in every label that says what its figures measure: most say nothing.
_TELLING = re.compile(
    r"[+＋比环環增长長升变變±较較涨漲差降减減増変対幅数數额額量值率占佔构構百结結均每指系係%％‰δ∆(（\[【/／,，、]"
    r"|per|change|chg|growth|increase|diff|yoy|qoq|mom|-o-|vs|versus|compared|var|inc|year|month"
    r"|quarter|pp|p\.p|share|rate|composition|proportion"
    r"|ratio|mean|ave|movement|decrease|up ?/|median|coefficient|distribution"
)


def measuring(labels: Iterable[str]) -> list[int]:
    """Which labels may say anything of what their figures measure: a unit, a change, a rate.

    >>> measuring(["Growth", "盗窃", "面积(公顷)"])
    [0, 2]
    """
    return found_in(_TELLING, labels)


def says_rank(label: str) -> bool:
    """Whether a label says the place among others: 位次, 增幅位次.

    >>> says_rank("增幅位次"), says_rank("增幅(%)")
    (True, False)
    """
    return bool(_RANK.search(label))


def says_change(label: str) -> bool:
    """Whether a label names a change or a difference against another period. Growth a year over
    several, and the natural growth of a population, are rates of their own.

    >>> says_change("同比增长%"), says_change("年均增长率(%)"), says_change("自然增长率(‰)")
    (True, False, False)
    """
    return bool(_CHANGE.search(label) or _of_two_years(label)) and not _NO_CHANGE.search(label)


def _of_two_years(label: str) -> bool:
    """Whether a label is a year over the one before it, in percent: 2023/22 (%)."""
    years = _YEAR_OVER_YEAR.search(label)
    if years is None or not _PERCENT.search(label):
        return False
    return (int(years[1]) - int(years[2])) % 100 == 1


def named_change(label: str) -> str:
    """What of a head names the change: the innermost level that does, and what stands below it.

    >>> named_change("金额(万元) / 同比 / 增减"), named_change("比上年 / %")
    ('增减', '比上年 / %')
    """
    levels = label.split(" / ")
    said = (n for n in range(len(levels) - 1, 0, -1) if says_change(levels[n]))
    return " / ".join(levels[next(said, 0) :])


def says_relative(label: str) -> bool:
    """Whether a label of changes names changes in percent without a sign for it: 增幅, 年增率.

    >>> says_relative("同比增幅"), says_relative("破案率增减"), says_relative("增减额")
    (True, False, False)
    """
    return bool(_RELATIVE.search(label))


def says_absolute(label: str) -> bool:
    """Whether a label of changes names differences in the unit of the figures: 增减额, 增减数."""
    return bool(_ABSOLUTE.search(label)) and not re.search("%|％|百分|幅|percent", label)


def says_either_way(label: str) -> bool:
    """Whether a label only says that something changed: 增减, 升(+)降(-), 变化."""
    return bool(_EITHER_WAY.search(label))


def says_change_of_share(label: str) -> bool:
    """Whether a label names by how much a share changed, which is in points: 比重变化(%)."""
    hits = _SHARE.finditer(label)
    return any(says_change(label[hit.end() :].partition(" / ")[0]) for hit in hits)


def says_rate(label: str) -> bool:
    """Whether a label names a rate; the average of a period, or a population, is in what it is of.

    >>> says_rate("破案率"), says_rate("人均面积"), says_rate("2014-18 average"), says_rate("税50%")
    (True, True, False, False)
    """
    return bool(_RATE.search(_AVERAGED.sub("", label)))


def averages(label: str) -> bool:
    """Whether a label names what its figures are the average of, which is rounded."""
    return bool(_AVERAGED.search(label))


def says_each(label: str) -> bool:
    """Whether a label names what each has on average, in whatever unit: it is not added up.

    >>> says_each("人均GDP(元)"), says_each("平均工资(元)"), says_each("平均人数")
    (True, True, False)
    """
    return bool(_EACH.search(label))


_LEVEL = re.compile(
    r"[气氣][温溫压壓]|[温溫湿濕]度|水位|[风風]速|[浓濃]度|[单單][价價]|[价價]格|℃|°C"
    r"|最[高低大小](?!生活|工[资資]|限度|保障)|temperature|\btemp\b|humidity|\bpressure|water level"
    r"|wind speed|concentration|\bprices?\b|\b(?:max|min)(?:imum)?\b(?! security)|highest|lowest",
    re.IGNORECASE,
)


def says_level(label: str) -> bool:
    """Whether a label names how high something stood, which of several is not added up.

    >>> says_level("最高气温(℃)"), says_level("Min temp (°C)"), says_level("最低生活保障人数")
    (True, True, False)
    """
    return bool(_LEVEL.search(label))


_INTERVAL = re.compile(
    r"confidence (?:interval|limit)|\b9[059] ?[%％] ?C\.?I\b|\bCIs?\b|置信|信[赖賴][区區][间間]"
    r"|\bstandard (?:error|deviation)|\bstd\.? (?:err|dev)"
    r"|[标標][准準](?:[误誤]|差(?![异異距别別]))"
    r"|\b[pP][- ]?values?\b|(?<![A-Z])[pP][值値]|coefficient of variation"
    r"|[变變][异異][系係][数數]|margins? of error"
)


def says_interval(label: str) -> bool:
    """Whether a label names how sure another figure is, and nothing that was counted.

    >>> says_interval("95% confidence interval / to"), says_interval("标准误"), says_interval("户")
    (True, True, False)
    """
    return bool(_INTERVAL.search(label))


def says_share(label: str) -> bool:
    return bool(_SHARE.search(label))


_CURRENT = re.compile(
    r"(?i)[本当當][期年月]|本季|今年|实际|\bcurrent\b|this year|报告期|[執执]行|[决決]算"
    r"|完成[数數额額]|累[计計]"
)
_PRIOR = re.compile(
    r"(?i)上[年期月季]|去年|同期|前[一年期]|基期|previous|\bprior\b|last year|year (?:earlier|ago)"
)


def says_current(label: str) -> bool:
    return bool(_CURRENT.search(label)) and not _PRIOR.search(label)


def says_prior(label: str) -> bool:
    return bool(_PRIOR.search(label))
