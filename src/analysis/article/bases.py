"""What a change is against: by the words before it, or by those that reach over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from .clauses import LISTS, SENTENCE_ENDS, Passage
from .distributed import time_of
from .earlier import moved_from, time_said
from .marks import Mark
from .periods import a_year_later, arabic_year, dates_of, follows, goes_on_from, months_of
from .priors import is_above
from .words import (
    AGAINST,
    FOR_ALL,
    FROM,
    FROM_HERE,
    OF_BASE,
    THAN_NOUN,
    TIME,
    YEAR,
    fold,
    residue,
)

_FROM_HERE = ("下同", "下均同", "下皆同", "以下")  # one of them stands in each
_FOR_ALL = ("注", "说明", "▲", "▼", "箭", "括", "以上", "上述", "文中", "图中", "表中")
_GOES_ON = re.compile(r"[\s,:;]*(?:其中|分[^,;。]{1,10}看|按[^,;。]{1,12}分|从[^,;。]{1,12}看)")
_OF_GROWTH = re.compile(r"增速|增幅|涨幅|降幅|跌幅|升幅|增长率")
_OR = re.compile(r"[\s,、]*(?:或|即|也即|亦即)")
_AND = re.compile(r"个?(?:[、和与]|以?及)")  # 28个、3.9个百分点
_AGAIN = re.compile(r"[,、]?(?:分别)?")
_IN_SIGN = re.compile(r"[年月季][增减]")
_A_YEAR = re.compile(YEAR)
_YEARS = re.compile(rf"[比较](?:{YEAR}年?(?:同期)?[、和与及])+{YEAR}年(?:同期)?")
_TIMES = re.compile(  # 比去年同期和历史同期(的雨量)
    r"[比较](?P<all>[^,;。、和与及比较]{2,10}(?:[、和与及][^,;。、和与及比较]{0,8}(?:同[期月季]|[均平]值|平均|年))+)"
    r"(?:的[^,;。、和与及]{1,6})?(?:分别|各)?$"
)
_DEALT_OUT = re.compile(rf",(?:{_OF_GROWTH.pattern})?(?:分别)?(?:[为是达]|则)*$")
_IN_LIST = re.compile("[、和及与]")  # one of them stands in those, and in 环、同比
_BOTH = re.compile(
    "(?:([同环])比?[、和及与]([同环])比|(按[年季月])[、和及与](按?[年季月]))(?:分别|均|都|各|[,])*$"
)
_BESIDE = re.compile(r"(?:高出|[高低快慢多少]于)[^,;。()]*$")  # 高于全省(3.2个百分点)
_OF_PEAK = re.compile("高峰|峰值|低谷|最[高低]|[高低]点")
_OTHERS = re.compile(
    r"(?:[高低快慢多少][于出]|(?<![相占同环])[比较])(?:[^,;。、和及与年月0-9]{2,8}[、和及与])+[^,;。、和及与年月0-9]{2,8}(?:分别)?$|[上前]述[^,;。]{1,4}?(?:分别)?$"
)
_MEAN = re.compile(r"[两二三四五六七八九十几0-9]年平均")
_USUAL = ("year earlier", "previous period")
_OVER_YEARS = re.compile(  # 半年净增90辆, 三年来增长9%: since then
    r"(?<![第近前上下去今每0-9一二三四五六七八九十])(?:(?P<one>一)|[半两三四五六七八九十]|[二三四五]?十[一二三四五六七八九]?"
    r"|[2-9]|[1-9][0-9])年(?:来|间|内|里)?,?(?:累计|合计|共|净)?$"
)
_END_OF_YEAR = re.compile("[去上]一?年度?年?[底末]$")
_OF_ALL_YEAR = re.compile("[去上]一?年度?全年")
_MONTHS, _ANY_YEAR = 12, 2000
_OF_RISE = re.compile("[多少][增减降]")  # 同比多增9件: of how much it rose
# 平均每年下降: against neither year
_MEANWHILE = re.compile(r"平均每?年|(?<!按)年均(?![值数水线])")


@lru_cache(2048)
def base_in(said: str) -> str:
    """What the words before a change say that it is against, "" where they say nothing.

    >>> base_in(",比上年同期"), base_in(",较2014年分别"), base_in(",环比"), base_in(",死亡人数")
    ('year earlier', 'year 2014', 'previous period', '')
    """
    best, at = "", -1
    for name, pattern in AGAINST if OF_BASE.search(said) else ():
        for hit in pattern.finditer(said):
            if hit.end() > at:
                at = hit.end()
                best = f"year {arabic_year(hit['year'] + '年')[:4]}" if name == "year" else name
    if not best and THAN_NOUN.search(said):
        return "other"
    return best


def against_others(mark: Mark) -> bool:
    """Whether a list of changes compares one value with others: 高于全国、全省."""
    return mark.against == "other" and bool(_OTHERS.search(mark.gap))


def _listed_in(said: str) -> list[str]:
    """The bases of a list: 比2017年和2016年同期(,分别上升5%、8%), 环、同比(分别下降5%和8%)."""
    if not _IN_LIST.search(said):
        return []
    if both := _BOTH.search(said):
        ways = (f"{way}比" if way in "同环" else f"按{way[-1]}" for way in both.groups() if way)
        return [base_in(way) for way in ways]
    last = _DEALT_OUT.sub("", said).rpartition(",")[2]
    if hit := _YEARS.search(last):
        return [f"year {arabic_year(each[0] + '年')[:4]}" for each in _A_YEAR.finditer(hit[0])]
    if hit := _TIMES.search(last):  # 比去年同期和历史同期(分别)
        bases = [base_in(f"比{each}") for each in re.split("[、和与及]", hit["all"])]
        return bases if {*bases} - {"other"} else []
    return []


def _from(mark: Mark) -> str:
    """The base in 由去年的X增至Y,增长Z."""
    value = mark.previous
    if value is None or value.is_change or value.sentence != mark.sentence:
        return ""
    prior = value.previous
    if prior is None or not prior.prior or not FROM.search(prior.before):
        return ""
    own = time_of(prior) if time_of(prior) != time_of(value) else ""
    if follows(prior.period, value.period):
        return "previous period"
    return _relative(base_in(f"比{own}"), own, mark) if own else ""


def _of_its_prior(passage: Passage, mark: Mark) -> str:
    """The base that its value says: 30起(去年同期40起),下降25%; 30起,2022年同期为40起,下降25%."""
    then, value = passage.marks[mark.n - 1] if mark.n else mark, mark.previous
    if not then.prior or value is None or (mark.left and residue(mark.gap)):
        return ""
    if then.bracket != mark.bracket and then.holder is not value:
        return ""
    base = base_in(said := f"比{then.when}")
    if base in ("", "other") and (time := time_said(then)):
        base = base_in(said := f"比{time}")
    if base not in ("", "other"):
        return _of_whole_years(said, mark) or base
    return _of_value(then, mark) if then is mark.previous else ""


def _of_value(then: Mark, mark: Mark) -> str:
    """The base that leads up to its value: 比本地务工者的90元高出9元, 较5月的90宗回落3%."""
    base = base_in(then.tail)  # 与前三季度月均90起相比: but another thing
    return base if "均" in then.reported else _relative(base, then.tail, mark)


def _of_two_times(mark: Mark) -> str:
    """The base in 去年接报90宗,今年接报99宗,增加9宗: the time of the first of two values."""
    value = mark.previous
    then = value.previous if value is not None else None
    if value is None or then is None or residue(mark.gap) or then.sentence != mark.sentence:
        return ""
    if not (value.is_level and then.is_level and value.counts == then.counts):
        return ""
    if a_year_later(then.when, value.when):
        return "year earlier"
    return "previous period" if follows(then.period, value.period) else ""


def _relative(base: str, said: str, mark: Mark) -> str:
    """A base by what it is to the figure's own time: 比6月份, of July; 较前年, of last year."""
    if base == "year earlier" and "前年" in said and mark.when.startswith(("今年", "本年")):
        return "other"
    if base and (whole := _of_whole_years(said, mark)):
        return whole
    if base != "other" and not base[5:].isdigit():
        return base
    than = [hit[0] for hit in OF_BASE.finditer(said)][-1:] or [said]
    last = [hit[0].lstrip("从自") for hit in TIME.finditer(than[0])][-1:]
    last = [] if "均" in than[0] else last  # 比前11个月平均水平
    goes_on = base == "other" and last and goes_on_from(last[0], mark.when)
    if goes_on or (last and follows(dates_of(last[0], None, None), mark.period)):
        return "previous period"
    return base


def _over_years(mark: Mark) -> str:
    """The base of what has changed within some years: 半年净增90辆, 三年来增长9%."""
    over = _OVER_YEARS.search(mark.gap) if "年" in mark.gap else None
    return "" if over is None else "year earlier" if over["one"] else "other"


def _within_a_time(mark: Mark) -> bool:
    """Whether a difference has a time of its own: 6月末余额90亿元,同比增长9%;上半年增加4亿元."""
    before = mark.previous
    of_another = before is not None and before.is_change and before.when != mark.when
    return mark.sort == "difference" and of_another and bool(mark.when) and mark.when in mark.gap


def _of_whole_years(said: str, mark: Mark) -> str:
    """What 较去年底 is to a figure's own time: a year earlier at the end of its year alone; and
    去年全年 to what is told of a part of a year."""
    than = [hit[0] for hit in OF_BASE.finditer(said)][-1:] or [""]
    if _OF_ALL_YEAR.search(than[0]):
        months = months_of(mark.when)
        return "other" if 0 < len(months) < _MONTHS or mark.when.endswith("年以来") else ""
    if not _END_OF_YEAR.search(than[0]):
        return ""
    end = mark.period[1] or dates_of(mark.when, _ANY_YEAR, None)[1]
    return "" if not end else "year earlier" if end[5:7] == str(_MONTHS) else "other"


def _sign(mark: Mark) -> str:
    """The sign word with which a change is printed: 年增 says what it is against."""
    if mark.reported[0] not in "年月季":
        return ""
    if mark.reported.startswith("年均") and mark.gap.endswith("按"):
        return "年"  # 按年均增加5元: each of them, by the year
    return f" {hit[0]}" if (hit := _IN_SIGN.match(fold(mark.reported[:2]))) else ""


def _from_here(folded: list[str]) -> list[tuple[int, int, str]]:
    """The bases that a text declares for all that follows, with where it does: 比去年同期(下同)."""
    bases = []
    for line in folded:
        for hit in FOR_ALL.finditer(line) if any(word in line for word in _FOR_ALL) else ():
            if base := base_in(hit["all"]):
                bases.append((0, 0, base))
    for paragraph, line in enumerate(folded, 1):
        for hit in FROM_HERE.finditer(line) if any(word in line for word in _FROM_HERE) else ():
            base = base_in(hit["all"] or hit["inside"] or "")
            if not base and hit["before"]:
                last = [base.end() for base in OF_BASE.finditer(hit["before"])][-1:]
                base = base_in(hit["before"]) if last == [len(hit["before"])] else ""
            if base:
                bases.append((paragraph, hit.end(), base))
    return bases


def set_against(passage: Passage) -> None:
    """Set `against` of changes: what stands before them, or what reaches over in the paragraph
    or, where the text declares it, in all that follows."""
    reach = _Reach(passage)
    for mark in passage.marks:
        if mark.bracket:
            if mark.is_change:
                mark.against = reach.in_bracket(mark) or "not stated"
            continue
        reach.enter(mark)
        if mark.is_change:
            reach.of_change(mark)
        elif base_in(mark.tail):
            reach.of_value(mark)
    declared = _from_here(passage.folded)
    for mark in passage.marks if declared else ():
        if mark.is_change and mark.against == "not stated":
            here = [base for *at, base in declared if at <= [mark.paragraph, mark.start]]
            mark.against = here[-1] if here else mark.against


def _months(mark: Mark) -> frozenset[int] | str:
    """The months of a figure's time, or the day that it runs to: 截至8月底."""
    return months_of(mark.when) or mark.period[1]


def _in_another_unit(mark: Mark) -> bool:
    """Whether differences go on in another unit: 同比、环比均增加1起、3人, both each."""
    then = mark.following
    listed = then is not None and then.is_change and bool(_AND.fullmatch(then.gap))
    return listed and then is not None and then.counts != mark.counts and "分别" not in mark.tail


@dataclass(slots=True)
class _Listed:
    """The bases of a list, dealt to the changes behind it: 比2017年和2016年分别减少9起和8起."""

    every: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def next(self, mark: Mark) -> str:
        """The one of a change; "" where no list goes on with it."""
        before = mark.previous
        if bases := _listed_in(mark.tail):
            both = _BOTH.search(mark.tail) and _in_another_unit(mark)
            self.every, self.left = bases, bases[:1] if both else [*bases]
        elif before is not None and before.sort != mark.sort and _AGAIN.fullmatch(mark.gap):
            self.left = [*self.every]  # …减少9起和8起,下降5%和4%
        elif not _AND.fullmatch(mark.gap):
            self.every, self.left = [], []
        return self.left.pop(0) if self.left else ""


@dataclass(slots=True)
class _Reach:
    """The bases that reach over to changes that say none, as far as a text is read."""

    passage: Passage
    sentence: int = -1
    paragraph: int = 0
    base: str = ""  # what reaches to the next change
    usual: str = ""  # the last one that goes on behind its sentence
    fleeting: bool = False  # whether the base is a peak: 比2023年峰值高5%
    of_points: str = ""  # what points are against, where changes are against another one
    of_rates: str = ""  # what points of a growth rate are against, in their paragraph
    second: int = -1  # the last change that is of the second base of a value
    listed: _Listed = field(default_factory=_Listed)
    inside: tuple[int, Mark | None, str] = -1, None, ""  # of the last bracket: where, and its base
    ago: dict[frozenset[int] | str, str] = field(default_factory=dict)  # of months, or to a day

    def enter(self, mark: Mark) -> None:
        """Let go of what does not reach into the sentence of a figure.

        Behind an ellipsis text is left out; a plan or a peak is of its own sentence.
        """
        if mark.sentence == self.sentence:
            return
        goes_on, cut = bool(_GOES_ON.match(mark.tail)), "…" in mark.gap
        reaches = self.base != "other" and not self.fleeting and not cut
        if mark.paragraph == self.paragraph:
            self.usual = "" if cut else self.usual
            self.base = self.base if reaches or goes_on else self.usual
        else:
            if not (reaches and goes_on):  # 前8个月: as what was said of them
                self.base, self.of_rates = self.ago.get(_months(mark), ""), ""
            self.usual = self.of_points = ""
        self.fleeting = self.fleeting and goes_on
        self.paragraph, self.sentence = mark.paragraph, mark.sentence

    def in_bracket(self, mark: Mark) -> str:
        """The base of a change in a bracket: its own, that of the bracket before in a list, that
        of the change which the bracket stands behind, or what reaches over."""
        held, (sentence, holder, base) = mark.holder, self.inside
        own = _relative(base_in(mark.gap + _sign(mark)), mark.gap, mark)
        own = own or base_in(SENTENCE_ENDS.split(mark.lead)[-1])
        listed = held is holder or (held is not None and held.gap.startswith(LISTS))
        base = own or (base if listed and sentence == mark.sentence else "")
        self.inside = mark.sentence, held, base
        base = base or _of_its_prior(self.passage, mark)
        return base or (held.against if held is not None else "") or self.base

    def of_value(self, mark: Mark) -> None:
        """Keep the base that leads up to a value: 与2024年第3季比较,第4季…."""
        value = mark.previous if mark.prior and mark.previous is not None else mark
        self.base, self.of_points, self.fleeting = _of_value(mark, value), "", False
        self.usual = self.usual if self.base == "other" else self.base

    def of_change(self, mark: Mark) -> None:
        """Set what a change is against, and keep what reaches over from it."""
        before = mark.previous
        if before is not None and self._is_again(mark, before):
            mark.against = before.against
            return
        if _MEANWHILE.search(mark.before + mark.reported):
            mark.against = "other"
            return
        own = self.listed.next(mark) or _own(self.passage, mark)
        if not own and _within_a_time(mark):
            mark.against = "not stated"
            return
        own = own or (self._by_figures(mark, before) if before is not None else "")
        of_growth = bool(_OF_GROWTH.search(mark.gap + mark.reported))
        of_growth = of_growth and (mark.sort == "points" or mark.is_unchanged)
        if of_growth and own:
            self.of_rates = own
        reach = (self.of_points if mark.sort == "points" else "") or self.base
        reach = (self.of_rates if of_growth else "") or reach
        mark.against = own or reach or "not stated"
        aside = before is not None and _has_another(own, mark, before)
        self.second = mark.n if aside else -1
        if own not in ("", "other") and not of_growth and (months := _months(mark)):
            self.ago[months] = own if own == self.ago.get(months, "year earlier") else ""
        # 比全省高出2%: above another place; but 比上年高出2% is a change
        said_of = mark.gap + (mark.reported if own == "other" else "")
        of_mean = _MEAN.search(mark.before)  # 与2020年相比,两年平均增长2%: of itself
        if own and not (of_growth or of_mean or aside or _BESIDE.search(said_of)):
            self._keep(own, mark)

    def _is_again(self, mark: Mark, before: Mark) -> bool:
        """Whether it is against what the one before it is: 年增8人或0.7%; 高于甲2和5个百分点."""
        again = before.is_change and bool(_OR.fullmatch(mark.gap))
        points = mark.sort == before.sort == "points" and not self.listed.left
        return again or (points and bool(_AND.fullmatch(mark.gap)))

    def _by_figures(self, mark: Mark, before: Mark) -> str:
        """The base of a change whose words say none, by the figures before it."""
        if two := "" if self.base else _of_two_times(mark):
            return two
        if is_above(mark, before, before.previous):
            return "other"
        if before.n == self.second and not mark.left:
            return before.against  # 同比增加3起,环比减少2起,下降5%
        return ""

    def _keep(self, base: str, mark: Mark) -> None:
        """Let a change's base reach over to those behind it."""
        if mark.sort == "points" and self.usual not in ("", base):
            self.of_points = base  # 增长9%;占比5%,比一季度提高1个百分点;…,增长8%
            return
        self.base, self.of_points, self.fleeting = base, "", bool(_OF_PEAK.search(mark.gap))
        if not (self.fleeting or base == "other" or mark.sort == "points"):
            self.usual = base


def _own(passage: Passage, mark: Mark) -> str:
    """The base that a change's own words say, or those of its value."""
    own = _relative(base_in(mark.tail + _sign(mark)), mark.gap, mark) or _from(mark)
    own = own or ("year earlier" if moved_from(mark) is not None else "")
    return own or _of_its_prior(passage, mark) or _over_years(mark)


def _has_another(base: str, mark: Mark, before: Mark) -> bool:
    """Whether a base is the second one of a value: what follows goes on with the first, where the
    second is of its own sort only (同比增长2%,比年初增加9件;…,增长3%) or of the month before."""
    if base == "previous period":
        return before.is_change and before.against == "year earlier" and not mark.left
    sorts = before.is_change and before.sort != mark.sort
    return base == "other" and sorts and before.against in _USUAL


def is_of_rise(mark: Mark) -> bool:
    """Whether a difference is that of two rises or falls: 比年初增加90件,同比多增9件."""
    return mark.sort == "difference" and bool(_OF_RISE.match(mark.reported))


def reach_back(run: list[Mark]) -> None:
    """减少7起,同比下降21.9%: what a percentage is against, its difference is, too.

    And the other way about, 增速5%,比上年多9件, but for plans, peaks and other places.
    """
    for mark, after in zip(run[-2::-1], run[:0:-1], strict=True):
        unsaid = mark.against in ("", "not stated")
        if mark.sort == "change" and after.sort == "difference":
            mark.against = after.against if unsaid and after.against != "other" else mark.against
        of_month = mark.against == "other" and "月" in mark.gap  # 比10月份增加3件,环比增加率10%
        of_month = of_month and after.against == "previous period"
        if mark.sort == "difference" and (unsaid or of_month) and not is_of_rise(after):
            mark.against = after.against
