"""Parts that are told by rank: the largest and those next to it, the largest single one.

And by what they take of the total: 网购占90件.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .adding import claim_of
from .clauses import LISTS, Passage
from .marks import Claim, Mark
from .names import phrase_of
from .periods import same_time
from .totals import levels_back
from .words import AMONG

_FAR = 100  # figures between a rank and the total of its name
_BY = re.compile("(?P<of>[^,;。]*?)(?<![可所予])以(?![上下内外来及])[^,;。]{1,14}$")
_MOST = re.compile("(?:为|居)?最[多高大]|[居多首]")
LEADS = re.compile(  # 盗窃数量最多,共90件; 网购投诉居首,达90宗; of times only the largest is told
    "(?:^|[,;])[^,;。0-9日月年周季时]{2,}?(?:(?:最[多大]|最?为?突出|最为集中)|(?:[位居]居?|列)(?:首位?|第一位?|榜首))"
    ",(?:一?共计?|合计|总计|计|就?有|达到?|为)+$"
)
NEXT = re.compile("其次|次之|居次|再次")
_NEAR = 40  # characters in which a list of the first few is named
_FIRST_FEW = re.compile(
    "[首前头][二三四五六七八九十两0-9]{1,2}(?:[大个]?[位名类项种]|大|个(?!月))[^,;。0-9()]{0,10}?"
    "(?:分别|依次)?[是为有:][^,;。0-9()]{0,16}[(]?$"
)
_MOST_ALLOWED = re.compile("补[助贴偿]|奖|可|限|额度")  # 单个项目最高补助50万元
_TAKES = re.compile("(?<=..)占(?:了|去|有)?$")
_SINGLE = re.compile(  # 单宗最高损失达, 金额最大的一笔为
    "单[一宗笔个起件][^,;。]{0,4}最[大高多]|最[大高多]的?(?:[一1][宗笔个起件]|单[宗笔个])"
)


def ranked(passage: Passage) -> Iterator[Claim]:
    """事故90起,以追尾40起最多,侧翻20起次之: the largest parts of the value before them."""
    for mark in passage.marks:
        by = mark.sort == "level" and _MOST.match(mark.after) and _BY.search(mark.before)
        if not (by or _leads(mark)) or AMONG.search(mark.tail):
            continue
        noun = phrase_of(by["of"]) if by else ""
        if noun:  # 死亡人数以行人40人最多
            near = passage.marks[max(0, mark.n - _FAR) : mark.n][::-1]
            values = [v for v in near if v.name == noun and v.sort == "level"]
        else:
            values = [v for v in levels_back(mark) if mark.sentence - v.sentence <= 1]
        total = next((v for v in values if v.counts == mark.counts), None)
        if total is None or total.prior or (total.listed and not noun):
            continue
        parts, then = [mark], mark.following
        while then is not None and then.counts == mark.counts and then.sort == "level":
            comes_next = NEXT.search(then.gap.lstrip("最多高大,") + then.after[:3])
            if not comes_next and not (len(parts) > 1 and _list_goes_on(then)):
                break
            parts.append(then)
            then = then.following
        if then is not None and then.sort == "share" and "合" in then.gap:
            continue  # 三者合占81%: told by their share
        if mark.low <= total.high and same_time(mark, total):
            yield claim_of(total, parts, "最多")


def first_few(mark: Mark, passage: Passage) -> Mark | None:
    """The figure before which the total of the first few stands, where a list of them begins:
    首三位死因分别是甲(90人)、乙(80人)及丙(70人)."""
    if mark.after[:1] not in LISTS or mark.gap[:1] in LISTS:
        return None
    line = passage.folded[mark.paragraph - 1]
    hit = _FIRST_FEW.search(line[max(0, mark.start - _NEAR) : mark.start])
    many = mark.previous  # 三位
    if many is not None and hit is not None and mark.start - many.end < len(hit[0]):
        return many
    return mark if hit is not None else None


def _leads(mark: Mark) -> bool:
    """Whether a value is told as the largest, by what comes next: 甲有90宗,其次是乙70宗."""
    then = mark.following
    if then is None or mark.sort != "level" or then.sort != "level" or NEXT.search(mark.gap):
        return False
    comes_next = NEXT.search(then.gap)
    return comes_next is not None and comes_next.start() > 0 and ";" not in then.gap


def _list_goes_on(then: Mark) -> bool:
    """Whether a list goes on with a value, maybe of two more: 其次是乙70宗,丙60宗和丁50宗."""
    after = then.following
    return then.gap[:1] in LISTS or (
        then.gap[:1] == "," and after is not None and after.gap[:1] in LISTS
    )


def singled(passage: Passage) -> Iterator[Claim]:
    """损失共90万元,单宗最大损失8万元: the largest one of which the value before it is made."""
    for mark in passage.marks:
        if mark.sort != "level" or mark.listed or not _SINGLE.search(mark.before):
            continue
        if _MOST_ALLOWED.search(mark.before):
            continue
        values = (v for v in levels_back(mark) if mark.sentence - v.sentence <= 1)
        total = next((v for v in values if v.counts == mark.counts), None)
        if total is not None and mark.low <= total.high and same_time(mark, total):
            yield Claim("part", [("total", total), ("part", mark)], "最大")


def taking(passage: Passage) -> Iterator[Claim]:
    """投诉90件,网购占40件,旅游占20件: parts of the value before them in their sentence."""
    groups: dict[tuple[int, str], list[Mark]] = {}
    for mark in passage.marks:
        if mark.sort == "level" and not mark.listed and _TAKES.search(mark.before):
            groups.setdefault((mark.sentence, mark.counts), []).append(mark)
    for parts in groups.values():
        values = (v for v in levels_back(parts[0]) if v.sentence == parts[0].sentence)
        total = next((v for v in values if v.counts == parts[0].counts), None)
        if total is None or sum(part.low for part in parts) > total.high:
            continue
        if same_time(parts[0], total):
            yield claim_of(total, parts, "占")
