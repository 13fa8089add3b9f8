"""What a value was at an earlier time, where its clause says no more than that time.

平均办案136件,去年同期是121件; 空置率4.1%(一年前3.6%); 入院率0.92宗,高于前一周的0.73宗.
"""

from __future__ import annotations

import re

from .clauses import CLAUSE_ENDS
from .distributed import list_from
from .marks import Mark
from .periods import a_year_later, arabic_year, phrase_in
from .words import AGO, MOVES, OF_YEAR, TIME, YEAR, residue

_TERMS = "学年|财政?年度?|年度?|季度?|月份?|周期?|旬|星期|日|天|期|次|轮|交易日|个?统计期"
_THEN = (
    rf"(?P<then>(?:(?:疫情?前的?)?(?P<year>{YEAR})年度?|[去前]年度?|(?:对上|[上前])一?个?(?:{_TERMS})|昨[日天]|前值"
    rf"|{AGO}|半年前|疫情?前|[年月季期]初)(?:[底末]|的?{OF_YEAR})?(?:的?同[期月季日][底末]?)?)"
)
_IS = (
    r"(?:[则还仍尚仅只才曾约就也亦均各得]|录得|分别)*"
    r"(?:[为是有报在达见录派:]|录得)?(?:分别为?)?(?:[仅只约]|不[足到])*"
)
_SAID = re.compile(  # 去年同期是, 而一年前则为, 上年全省平均为
    rf"[\s,;。]*(?:而|但|对比|相比之下,?)?在?{_THEN}的?(?P<noun>[^,;。()比较与]{{0,12}}?)[,:]?{_IS}\s?"
)
_BESIDE = re.compile(  # 高于前一周的, 对比一年前的
    r"[\s,;]*(?:甚至|[而但且亦也均都仍还已略远稍]|[明显大小幅轻微]{2})*"
    r"(?:(?:[高低多少快慢优好差逊大小长短]|相[较对])于|不[及如]|超[过出越]|胜过|相[较比]|对比)了?"
    rf"{_THEN}(?P<noun>[^,;。()]{{0,12}}?)的\s?"
)
_NOW = re.compile(  # 今年增至, 2023年则为, 今年立案
    rf"[\s,;]*(?:而|但|到了?)?(?:(?P<this>今年|本年度?)|{YEAR}年度?)(?:的?{OF_YEAR})?(?P<noun>[^,;。()比较与]{{0,12}}?)"
    rf"(?:(?P<moves>{MOVES})|{_IS})\s?"
)
_LEADS = re.compile(",?(?:达?[至到]|为|达)")
_SAME = re.compile("的?同[期月季日]$")
_TAIL = 8  # characters that go on about the value behind it
_PLAN = re.compile("[将拟]|计划|目标|预[计期算]|力争")
_IN_EACH = frozenset("年月日天周期季前初度次轮旬时")  # one of them stands in each


def earlier_of(mark: Mark, this_year: str = "") -> Mark | None:
    """The value that a figure is an earlier one of: the one before it, or before the bracket that
    it opens; `this_year` is the year that the text named last."""
    value = mark.holder if mark.bracket and mark.previous is None else mark.previous
    if value is not None and value.value == 1 and value.previous and "每" in value.previous.said:
        value = value.previous  # 每12.6分钟有1宗,去年为14.1分钟
    if value is not None and value.is_change and not mark.is_change and _is_of(value, mark):
        value = value.previous  # 结案率97.2%,上升6.7%,去年同期为90.5%
    if value is None or value.prior or not _alike(mark, value):
        return None
    if _IN_EACH.isdisjoint(mark.gap) or not 0 <= mark.sentence - value.sentence <= 1:
        return None
    tail, comma, own = mark.gap.partition(",")  # 286人报名,去年只得104人
    own = own if comma and tail.strip() and len(tail) < _TAIL else mark.gap
    said = _time_in(own)
    if said is None or _PLAN.search(mark.gap) or not _is_before(said, value, this_year):
        return None
    noun = residue(said["noun"])
    if noun and (mark.gap.startswith((";", "。")) or noun not in residue(value.said + tail)):
        return None  # 城市地区发生火灾3.8万起;去年火灾9万起: of all there are
    behind = residue(CLAUSE_ENDS.split(mark.after)[0])
    if behind and behind not in residue(value.said + tail):
        return None  # 受伤90人,去年12人入院
    return None if _goes_further(mark) else value


def _is_of(change: Mark, mark: Mark) -> bool:
    """Whether a change follows at once a value of a figure's kind, so that it is how that moved."""
    value = change.previous
    alike = value is not None and value.sentence == change.sentence and _alike(mark, value)
    return alike and not residue(change.gap)


def later_of(mark: Mark) -> Mark | None:
    """The value of a year earlier that a figure follows: 去年报名110人,今年增至128人."""
    value = mark.previous
    if value is None or value.sentence != mark.sentence or not _alike(mark, value):
        return None
    if mark.is_change or "年" not in mark.gap:
        return None
    said, around = _NOW.fullmatch(mark.gap), (value.previous, value, mark.following)
    if said is None or not _a_year_later(value, mark):
        return None
    then = mark.following
    moves = then is not None and then.is_change and then.sentence == mark.sentence
    if not (moves or said["moves"] or said["this"]):
        return None  # 逐年看,2022年90宗,2023年99宗
    if any(at and at.counts == mark.counts and _has_year(at) for at in around):
        return None  # 2021年90宗,2022年95宗,2023年99宗
    noun = residue(said["noun"])
    return value if not noun or noun in residue(value.said) else None


def moved_from(change: Mark) -> Mark | None:
    """The value of a year earlier that a change sets out from: 2022年90宗,2023年增加10%至99宗."""
    value, then = change.previous, change.following
    if value is None or then is None or not value.is_level or "年" not in change.gap:
        return None
    if value.counts != then.counts or value.sentence != then.sentence or not then.is_level:
        return None
    leads = _LEADS.fullmatch(then.gap) and _a_year_later(value, change)
    return value if leads and not residue(change.gap) else None


def _a_year_later(value: Mark, mark: Mark) -> bool:
    """Whether the words before two figures say one time of two years in a row."""
    times = [[hit[0] for hit in TIME.finditer(each.gap)][-1:] for each in (value, mark)]
    return all(times) and a_year_later(*(_SAME.sub("", then) for (then,) in times))


def _has_year(mark: Mark) -> bool:
    return not mark.is_change and "年" in mark.gap and bool(_NOW.fullmatch(mark.gap))


def time_said(mark: Mark) -> str:
    """The earlier time that the words before a figure say, as printed; "" where they say none."""
    said = _time_in(mark.gap)
    return said["then"] if said else ""


def _time_in(said: str) -> re.Match[str] | None:
    """The words before a figure, where they say no more than an earlier time."""
    return _SAID.fullmatch(said) or _BESIDE.fullmatch(said)


def pairs_of(mark: Mark) -> list[tuple[Mark, Mark]]:
    """Values and what each was before, from the first that is an earlier one of a value; the last
    values are dealt to a list: 收案90件、结案80件,去年同期分别为85件、70件."""
    value = earlier_of(mark)
    if value is None:
        return []
    thens = [*list_from(mark, mixed=True)]
    values: list[Mark] = []
    at: Mark | None = value
    while at is not None and len(values) < len(thens) and at.sentence == value.sentence:
        if at.is_change != mark.is_change or at.prior:
            break
        values.insert(0, at)
        at = at.previous
    if len(values) < len(thens):
        return []
    pairs = [*zip(values, thens, strict=True)]
    return pairs if all(_alike(then, each) for each, then in pairs) else []


def _alike(mark: Mark, value: Mark) -> bool:
    """Whether two figures are of one kind: values in a unit, shares, or growth in percent."""
    if mark.is_change or value.is_change:  # 年增率2.1%,上月为2.3%
        bare = mark.sort == "share" and value.value > 0
        return value.sort == "change" and (mark.sort == "change" or bare)
    return mark.counts == value.counts and mark.is_rate == value.is_rate


def _is_before(said: re.Match[str], value: Mark, this_year: str) -> bool:
    """Whether the year of an earlier time, where it says one, is before that of the value."""
    if not said["year"]:
        return True
    now = arabic_year(phrase_in(value.gap))[:4]
    now = now if now.isdigit() else this_year
    return not now or arabic_year(said["year"] + "年")[:4] < now


def _goes_further(mark: Mark) -> bool:
    """Whether what follows is an earlier one still: 2023年90宗,2022年80宗,2021年70宗."""
    then = mark.following
    if then is None or then.is_change or then.counts != mark.counts:
        return False
    said = _SAID.fullmatch(then.gap)
    return said is not None and bool(said["year"])


def take_kind(mark: Mark, value: Mark) -> None:
    """Make an earlier figure of its value's kind: a mean, where that is one, and never whole."""
    if value.measure == "rate" != mark.measure and mark.low == mark.high:
        mark.low, mark.high = mark.low - 0.5, mark.high + 0.5
    mark.sort, mark.measure = value.sort, value.measure
