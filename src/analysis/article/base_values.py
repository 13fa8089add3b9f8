"""Which values others are compared to: 由3起降至2起, 较去年的3起增加1起, 上年为3起."""

from __future__ import annotations

import re
from itertools import islice

from .clauses import CLAUSE_ENDS, LISTS, Passage, turn_if
from .earlier import earlier_of, later_of, moved_from, take_kind
from .marks import Mark
from .periods import arabic_year, phrase_in
from .words import COMPARED, FROM, HAS_MOVED, OF_TIME_BEFORE, THAN_NOUN, UP_TO, residue

_FROM_NOW = re.compile("从[业事属]|[自理原]由|由此")  # 从业人员90人(+5%)
_AGAIN = re.compile("的([\u4e00-\u9fff]{2,6})")
_FEW = 12  # values of the base in a row
_NOW = re.compile(r"本[次期年月季周]|今年")
_MORE = re.compile(  # 中期息派12仙,多派2仙; 到位5亿元,上年为4亿元,多执行到位1亿元
    r"(?:即|等于|也就是|相当于|折合)?(?:共|净)?(?P<way>[多少])了?"
    r"(?![次名人家数地项种个元年为达方处在是以于少半样])(?P<act>[\u4e00-\u9fff]{1,6})"
)
_EXCEEDS = re.compile(  # 超过去年同期(80件)
    "(?:(?P<more>超[过出越]了?|[高多]于|[高多]过)|低于|少于|低过|少过|不[及如])[^,;。]{0,12}?同[期月季日](?:约|近|的)?$"
)


def set_priors(passage: Passage) -> None:
    """Set `prior` of values that others are compared to, besides those behind 去年同期."""
    year = ""
    for mark in passage.marks:
        if mark.sort == "difference" and (above := _EXCEEDS.search(mark.before)):
            _take_level(mark, bool(above["more"]))
        if value := earlier_of(mark, year):
            take_kind(mark, value)
            mark.prior = True
            continue
        if before := moved_from(mark) if mark.is_change else later_of(mark):
            before.prior = True
        if mark.is_level and (more := _MORE.fullmatch(mark.before)) and _is_more(mark, more):
            mark.sort = mark.measure = "difference"
            mark.left = ""  # its noun is that of the value
            turn_if(more["way"] == "少", mark)
        turns = mark.sort == "change" and mark.following is not None and _turns(mark)
        mark.prior = mark.prior or turns or (not mark.is_change and _of_the_base(mark))
        named = arabic_year(phrase_in(mark.gap))[:4] if "年" in mark.gap else ""
        year = named if named.isdigit() and not mark.prior else year


def _take_level(mark: Mark, more: bool) -> None:
    """Make what is too much for a difference the value that another is above or below:
    90件,超过去年同期80件."""
    value = next((each for each in islice(mark.back(), _FEW) if not each.is_change), None)
    if value is None or value.sort != "level" or value.counts != mark.counts or value.prior:
        return
    by = abs(mark.value)
    if value.value < 2 * by and (by <= value.value if more else by > value.value):
        turn_if(mark.value < 0, mark)
        mark.sort, mark.measure, mark.prior = "level", value.measure, True


def _is_more(mark: Mark, more: re.Match[str]) -> bool:
    """Whether a figure is by how much more or less there is of the value before it, the verb of
    which it repeats, or which was told with an earlier one."""
    before = mark.previous
    if before is None or before.is_change or before.counts != mark.counts:
        return False
    near = before.sentence == mark.sentence and mark.gap.startswith((",", "而"))
    return near and (before.prior or more["act"] in before.before) and mark.high < before.low


def _turns(mark: Mark) -> bool:
    """Whether a growth is what another one comes from: 由上月上涨1.4%转为上涨4.6%."""
    then = mark.following
    one_kind = then is not None and then.sort == "change" and then.counts == mark.counts
    return one_kind and bool(FROM.search(mark.before) and UP_TO.match(mark.after))


def _of_the_base(mark: Mark) -> bool:
    """Whether a value is what another is compared to: 由3起降至2起, 较去年的3起增加1起."""
    before, then = mark.previous, mark.following
    if before is not None and before.prior:
        listed = mark.gap.startswith(LISTS) and OF_TIME_BEFORE.search(before.before)
        if mark.gap in ("", ":", *LISTS) or (listed and not CLAUSE_ENDS.search(mark.gap)):
            return True  # 30件40人; 5:45:50; 较去年收90件、结80件
    opens = before if before and before.prior and mark.gap[:1] == "," else mark
    compares = opens.before.startswith(("相较", "相比")) and not _NOW.search(mark.gap)
    if compares and any(m and _NOW.search(m.gap) for m in (then, then and then.following)):
        return True  # 相较于6月公布的40家,人数300人,本期增加…
    if FROM.search(mark.before):
        last = mark
        while then is not None and then.gap == ":":  # 由去年的5:45:50调整为4:44:52
            last, then = then, then.following
        moved = then is not None and then.is_change and not then.gap.strip()
        return bool(UP_TO.match(last.after)) or (moved and not _FROM_NOW.search(mark.before))
    if _is_exceeded(mark) or mark.after.startswith("的基础上"):
        return True
    if not OF_TIME_BEFORE.search(mark.before):
        return False
    last = mark
    # 较去年收案90件、结案80件,分别增加; 与6月的40家、300人相较
    while then and then.is_level and then.gap.startswith(LISTS) and then.n < mark.n + _FEW:
        last, then = then, then.following
    if then is None or not then.is_change or COMPARED.match(last.after):
        return bool(COMPARED.match(last.after) or HAS_MOVED.match(last.after))
    again = _AGAIN.match(then.gap)  # 蓄水量比7月末的90亿方的蓄水量增加9亿方
    said = mark.gap + (before.before if before is not None else "")
    rest = then.gap[again.end() :] if again and again[1] in said else then.gap
    return not rest.strip(",的共又偏再微大小略分别")


def _is_exceeded(mark: Mark) -> bool:
    """Whether what follows says how another value is above or below: 比计划(2400家)多252家.

    A comma parts them only behind 高于 and the like, which say it already: 低于高峰期的90人,跌幅5%.
    """
    then = mark.following
    if then is None or not then.is_change or then.sentence != mark.sentence:
        return False
    than = THAN_NOUN.search(mark.before)
    if than is None or residue(then.gap):
        return False
    return "," not in then.gap or bool(than["apart"] or COMPARED.match(then.gap))
