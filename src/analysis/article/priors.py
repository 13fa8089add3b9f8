"""The printed value that a change is against."""

from __future__ import annotations

import re
from datetime import date

from .clauses import LISTS, Passage
from .distributed import goes_on, list_from, opening, time_of
from .earlier import later_of
from .marks import Claim, Mark
from .names import OF_TWO
from .periods import a_year_before, a_year_later, arabic_year, follows, goes_on_from, without_year
from .same_names import alike, stem
from .words import (
    AGO,
    BECOMES,
    COMPARED,
    FROM,
    OF_BASE,
    SAME,
    TIME,
    residue,
)

_REACH = 24  # how many figures away a value of the same name is looked for
_FAR = 100  # and that of all, which another is above
_PRECISE = 100  # a value that two figures do not share by chance
_UNEVEN = 3  # days by which a month is longer than another
_BEYOND = re.compile(  # 高出外贸整体(增速2个百分点), 比外贸整体增速(高2个百分点)
    r"(?:[高低快慢多少][出于]|(?<![占对相可])比(?![例重较率值]))"
    r"([^,;。]{2,12}?)(?:整体|总体|平均|全部)?(?:水平|增速|增幅)?$"
)
_THAN = re.compile(r"(?:(?<![占对相可])比(?![例重较率值])|较)([^,;。0-9]{2,10})$")
_ABOVE = frozenset("高多低少")  # 高出, 多5.3岁; but 增加 and 上升 are of one value
_STEP = 1e-9
_NEAR = 8  # figures before a change that one of them is above
_OF_ALL = re.compile("[总整]体|平均|同期|全[部国省市区县院]")
_OF_NO_YEAR = re.compile(f"常年|历年|往年|平均|均值|{AGO}")
_THE_ONE_BEFORE = re.compile(
    "[上前]一?个?(?:交易日|星期|[日天周月旬期次轮]|季度?)[底末]?(?:[的则仅只共]*[为是有:]?)$"
)
_PLANNED = re.compile("计划|目标|任务|预算|预期|指标")
_THIS = ("今年", "本年")
_SAME_DAYS = re.compile(r"(?:去年|上年|上一年)?度?同[期月季]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BECOMES = re.compile(rf"{BECOMES}$")


def prior_of(claim: Claim, passage: Passage) -> Mark | None:
    """The printed value that a change is against: named as of the base, or of the same name.

    One of a list of such values gets the name of what it is dealt to.
    """
    current = claim.of("current")[0]
    change = claim.roles[1][1]
    marks = passage.marks
    then = later_of(current) if change.against in ("year earlier", "not stated") else None
    if then is not None and then.prior:
        return then  # 去年同期为90人,今年为99人,增长10%
    if current.sort == "change" and current.value < 0:
        return None  # 下降3%,降幅比上月的4%收窄1个百分点: printed without its sign
    if ":" in (current.gap, current.after):  # 结构由5.7:49.3:45.0调整为6.5:45.8:47.7
        first = marks[current.n - 3] if current.n >= 3 else current
        return first if first.prior and ":" in (first.gap, first.after) else None
    for value in reversed(marks[max(0, current.n - 3) : current.n]):  # 由X增至Y
        if value.counts != current.counts or value.is_change:
            continue
        if not value.prior:
            break
        if leads := _from(value):
            own = TIME.search(leads, leads.rfind("由")) and change.against != "not stated"
            other = change.against == "other" and not OF_BASE.search(change.gap)
            if not own or other or _of_base(value, change, current):
                return value  # 由9月的40宗回落至30宗,跌幅25%
    near = marks[current.n + 1 : change.n][::-1] + [
        value for value in marks[max(0, change.n - 1) : change.n] if change.n < current.n
    ]
    near += [
        value
        for value in marks[change.n + 1 : change.n + 3]
        if value.prior and not _from(value) and (value.sentence == change.sentence or _opens(value))
        if not _has_own_change(value)
    ]
    all_of_base = [v for v in near if v.prior and _of_base(v, change, current)]
    # 较去年同期的X上升, (去年同期X)
    of_base = [value for value in all_of_base if value.counts == current.counts]
    if of_base:
        changes, priors = [*list_from(opening(change))], sorted(all_of_base, key=lambda v: v.n)
        if change in changes and len(changes) == len(priors) > 1:
            dealt = priors[changes.index(change)]  # 较去年的40起和30人分别下降5%和9%
            if dealt.counts == current.counts:
                dealt.name = current.name
                return dealt
        named = (v for v in of_base if alike(v.name, current.name, "", current.said))
        prior = next(named, None)
        each = [v for v in of_base if _in_row(v)] if change.sort == "change" else []
        if prior is None and each:  # 比前年的90宗和30宗均减少10%: that which has become so
            return next((v for v in each if _has_become(current, v, change)), None)
        return prior or of_base[0]
    if (of := _BEYOND.search(change.gap)) and current.sort == "change":
        alike_ones = (v for v in reversed(marks[: current.n]) if v.sort == "change")
        return next((v for v in alike_ones if of[1] in v.name), None)
    if of and current.is_rate:  # 高于总体不捕率23.2个百分点
        above = marks[max(0, current.n - _FAR) : current.n]
        rates = (v for v in reversed(above) if v.is_rate and len(v.name) > 1)
        return next((v for v in rates if _means_rate(of[1], v)), None)
    if change.against == "other" and (planned := _PLANNED.findall(change.gap)):
        return _planned(planned[-1], current, marks)
    if change.against == "other" and (than := _compared(change, current, marks)):
        return than
    if change.against in ("", "not stated", "other"):
        return None
    around = marks[max(0, current.n - _REACH) : current.n + _REACH]
    first, then = opening(current), current.following
    if first is not current or (then is not None and goes_on(then)):
        around.sort(key=lambda value: opening(value) is not first)  # of its list first
    return _named_before(current, change, around)


def _planned(word: str, current: Mark, marks: list[Mark]) -> Mark | None:
    """The value that was planned: 年初计划植树90亩,实际植树99亩,比计划多10%."""
    if word in current.before:
        return None
    for value in reversed(marks[max(0, current.n - 3) : current.n]):
        if value.is_level and value.counts == current.counts and word in value.before:
            return value if value.paragraph == current.paragraph else None
    return None


def _compared(change: Mark, current: Mark, marks: list[Mark]) -> Mark | None:
    """The value that another one is above or below: by its noun (乙区99起,比甲区多9起), or the one
    beside it (后者比前者多5分钟; 甲为14%,乙为31%,高出17个百分点)."""
    if change.sort == "change" or OF_BASE.search(change.gap):
        return None
    near = [
        value
        for value in reversed(marks[max(0, change.n - _NEAR) : change.n])
        if value.counts == current.counts
        and not value.is_change
        and change.sentence - value.sentence <= 1
        and value is not current
        and not value.prior
    ]
    of = _THAN.search(change.gap)
    if of is None or of[1] == OF_TWO[0]:
        beside = near[0] if near else None
        return beside if of or is_above(change, current, beside) else None
    above = change.value > 0
    named = (value for value in near if of[1] in value.before)
    return next((value for value in named if (current.value > value.value) is above), None)


def is_above(mark: Mark, value: Mark | None, than: Mark | None) -> bool:
    """Whether a difference is that of two values beside one another, and its words say no time.

    甲为14%,乙为31%,高出17个百分点.
    """
    if value is None or than is None or mark.reported[0] not in _ABOVE or residue(mark.gap):
        return False
    if mark.sort not in ("points", "difference") or OF_BASE.search(mark.gap):
        return False
    one_kind = value.counts == than.counts and not (value.is_change or than.is_change)
    beside = than.sentence == value.sentence == mark.sentence and residue(value.gap)
    low, high = value.low - than.high, value.high - than.low
    return one_kind and bool(beside) and low - _STEP <= mark.high and mark.low <= high + _STEP


def _days_a_year_before(mark: Mark) -> tuple[str, str]:
    """The days of a figure in the year before its own, as far as they are known."""
    start, end = (day and str(a_year_before(date.fromisoformat(day))) for day in mark.period)
    return start, end


def set_same_days(passage: Passage) -> None:
    """Give 去年同期 its days: those of the figure before it in its sentence, or else behind it."""
    for mark in (m for m in passage.marks if m.prior and _SAME_DAYS.fullmatch(m.when)):
        near = [
            each
            for each in (mark.holder, mark.previous, mark.following)
            if each is not None and each.sentence == mark.sentence and not each.prior
        ]
        for each in near[:1]:
            mark.period = _days_a_year_before(each)


def set_time(prior: Mark, claim: Claim, passage: Passage) -> None:
    """Set the time of a value of the base that has only that of the present: it is a year earlier.

    较去年同期减少…。今年骗案由40宗增至50宗,按年升25%.
    """
    current = claim.of("current")[0]
    if claim.roles[1][1].against != "year earlier" or prior.when != current.when or current.prior:
        return
    if prior.period != current.period or prior.is_change or not prior.prior:
        return
    line = passage.folded[prior.paragraph - 1][: prior.start]
    prior.when = next((hit[0] for hit in [*_SAME_DAYS.finditer(line)][:-2:-1]), "")
    prior.period = _days_a_year_before(current)


def _in_row(value: Mark) -> bool:
    """Whether a value of the base stands beside another one: 前年的90宗和30宗."""
    before, then = value.previous, value.following
    behind = value.gap in LISTS and before is not None and before.prior
    return behind or bool(then and then.prior and then.gap in LISTS)


def _has_become(current: Mark, value: Mark, change: Mark) -> bool:
    """Whether a value can have become another by so many percent."""
    low, high = ((100 + by) * value.value / 100 for by in (change.low, change.high))
    return low <= current.high and current.low <= high


def _has_own_change(value: Mark) -> bool:
    """Whether words compare a value of the base with what follows it: 与月均30件相比,减少5件."""
    then = value.following
    return then is not None and then.is_change and bool(COMPARED.match(value.after))


def _opens(value: Mark) -> bool:
    """Whether a value of the base is all that its sentence has told: …下降6%。去年同期(40件)."""
    before = value.previous
    own = before is not None and before.sentence == value.sentence
    return not own and value.gap.endswith(SAME)


def _means_rate(of: str, value: Mark) -> bool:
    """Whether words mean a rate: by its name, and of what it is by its clause: 高于总体不捕率."""
    whose = _OF_ALL.sub("", of.removesuffix(value.name))
    return of.endswith(value.name) and whose in value.before


def _named_before(current: Mark, change: Mark, near: list[Mark]) -> Mark | None:
    """The value of a name at the time of the base; what a text prints again under another name, as
    its tables do, has both names."""
    named = [current]
    if current.value >= _PRECISE:
        named += [m for m in near if m.value == current.value and m.sort == "level"]
    told: dict[tuple[str, str], list[Mark]] = {}  # by unit and name
    for mark in dict.fromkeys(named):
        if _tells_before(mark, change):
            told.setdefault((mark.counts, stem(mark.name)), []).append(mark)
    for value in near if told else ():
        if value.paragraph != current.paragraph:
            continue  # another year's report, and what has been revised since
        if value.prior or value.is_change or value in named:
            continue
        for mark in told.get((value.counts, stem(value.name)), ()):
            if _of_base(value, change, mark) and _same_scope(value, mark):
                return value
    return None


def _tells_before(mark: Mark, change: Mark) -> bool:
    """Whether a value's own time tells which one its base is of."""
    if change.against == "year earlier":
        return bool(_YEAR.match(arabic_year(mark.when))) or mark.when.startswith(_THIS)
    return change.against != "previous period" or all(mark.period)


def _from(value: Mark) -> str:
    """The clause of a value that a change sets out from; of the first one of a list."""
    while not value.before.strip("、和及") and value.previous is not None and value.previous.prior:
        value = value.previous
    return value.before if FROM.search(value.before) else ""


def _same_scope(a: Mark, b: Mark) -> bool:
    """Whether the shorter clause's words stand in the longer one: 最高法院 is not 地方法院."""
    short, long = sorted((set(_scope(a)), set(_scope(b))), key=len)
    return len(short & long) >= 0.8 * len(short)


def _scope(mark: Mark) -> str:
    said = TIME.sub("", OF_BASE.sub("", opening(mark).before))
    return _BECOMES.sub("", said) + mark.name


def _of_base(value: Mark, change: Mark, current: Mark) -> bool:
    """Whether a value is of the time that a change is against."""
    then, now = (arabic_year(time_of(mark)) for mark in (value, current))
    if change.against.startswith("year ") and change.against[5:].isdigit():
        if not then.startswith(change.against[5:]):
            return False
        return value.prior or without_year(then) == without_year(now)
    if change.against == "year earlier":
        if value.bracket and value.previous is None and _YEAR.match(then) and not _YEAR.match(now):
            return value.prior  # 90人,▼1.7%(2023年:92人): of a text that names no year of its own
        ago = then.startswith(("去年", "上年", "上一年", "前"))
        ago = ago or (then.endswith(SAME) and not _is_another_year(then, now))
        if value.prior and (ago or "同比" in value.gap):
            return True
        return a_year_later(then, now)
    if change.against == "not stated":
        return value.prior and value.previous is change  # 收案30件,上升6.7%,上年为28件
    if change.against == "other":
        beside = change.previous is value or bool(_OF_NO_YEAR.search(value.gap))
        return value.prior and beside
    if change.against != "previous period":
        return False
    said = (
        then.startswith("上")
        or "环比" in value.gap
        or bool(_THE_ONE_BEFORE.search(value.gap))
        or then.endswith("前")
        or goes_on_from(then, current.when)
    )
    if value.prior:
        return said or follows(value.period, current.period)
    return _right_before(value, current)


def _right_before(value: Mark, current: Mark) -> bool:
    """Whether a value's period ends the day before the other begins, and is about as long."""
    days = [date.fromisoformat(day) if day else None for day in (*value.period, *current.period)]
    start, end, then, until = days
    if start is None or end is None or then is None or until is None:
        return False
    return (then - end).days == 1 and abs((end - start).days - (until - then).days) <= _UNEVEN


def _is_another_year(then: str, now: str) -> bool:
    """Whether a time phrase says a year, and not the one before that of another phrase.

    >>> _is_another_year("2019年同期", "2021年"), _is_another_year("2020年同期", "2021年")
    (True, False)
    """
    a, b = _YEAR.match(arabic_year(then)), _YEAR.match(arabic_year(now))
    return bool(a and b and int(a[0]) != int(b[0]) - 1)
