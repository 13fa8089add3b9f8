"""Which of two growths, shares or means a change is of."""

from __future__ import annotations

import re
from itertools import chain, takewhile

from .clauses import Passage
from .marks import Mark
from .periods import same_time
from .same_names import alike

REACH = 24  # how many values back a name is looked for
_NEAR = 80  # characters before a growth in which its name stands
OF_CHANGE = re.compile(r"增速|增幅|涨幅|降幅|跌幅|升幅|增长率|升势|跌势")
_WAY = re.compile(rf"(?:[同环]比)?(?:{OF_CHANGE.pattern})")
_BASES = {"同比": "year earlier", "环比": "previous period"}
_NTH = re.compile("第?([一二三])(?=产业|[、和与]第?[一二三]次?产业)")


def of_structure(first: Mark, passage: Passage) -> list[Mark]:
    """The shares of three industries that points are of: 结构比为25.7:26.8:47.5,…第二、第三产业比重
    分别回落1.5和2.3个百分点."""
    which = _NTH.findall(first.said)
    for third in reversed(passage.marks[max(0, first.n - REACH) : first.n] if which else ()):
        two = third.previous
        if third.gap == ":" and two is not None and two.gap == ":" and two.previous is not None:
            three = two.previous, two, third
            return [three["一二三".index(nth)] for nth in which]
    return []


def is_one_of(share: Mark) -> bool:
    """Whether a share has a name with those beside it in a list."""
    beside = (share.previous, share.following)
    return any(v is not None and v.sort == "share" and v.name == share.name for v in beside)


def of_mean(mean: Mark | None) -> Mark | None:
    """What a mean is the mean of: 火灾90起,平均每天3起,总数下降9%."""
    of = mean.previous if mean is not None and mean.sort == "average" else None
    if mean is None or of is None or not of.is_level or of.sentence != mean.sentence:
        return None
    return of if of.counts == mean.counts.split(" per ")[0] else None


def growth_meant(head: Mark, last: Mark) -> Mark:
    """The growth that points are added to: 名义增长5%,实际增长4%;名义增速提高1个百分点."""
    said = head.gap + (head.previous.gap if head.previous is not None else "")
    kind = next((kind for kind in ("名义", "实际", "实质") if kind + "增" in said), "")
    run = takewhile(lambda at: at.is_change, chain([last], last.back())) if kind else ()
    return next((at for at in run if kind in at.gap), last)


def growth_named(topic: str, head: Mark, passage: Passage, owned: dict[int, Mark]) -> Mark | None:
    """The percentage of the noun of its growth, against the base that is said for both, however
    far before: CPI同比上涨0.7%,环比下降0.3%。…从同比看,CPI涨幅比上月回落0.3个百分点."""
    noun = _WAY.sub("", topic) if head.sort == "points" else ""
    way = [*OF_CHANGE.finditer(head.said + head.reported)][-1:] if noun else []
    if not way:
        return None
    said = {each: passage.last(each, head.paragraph, head.end) for each in _BASES}
    base = max(said, key=said.__getitem__) if max(said.values()) >= 0 else ""
    found: list[Mark] = []
    near = passage.marks[max(0, head.n - REACH) : head.n]
    for each in reversed(near):
        if each.sort != "change" or (base and each.against != _BASES[base]):
            continue
        if way[0][0][0] in ("涨升" if each.value < 0 else "降跌") or not same_time(each, head):
            continue
        line = passage.folded[each.paragraph - 1][max(0, each.start - _NEAR) : each.start]
        if f"{each.name}({noun})" in line or (alike(noun, each.name) and alike(each.name, noun)):
            found.append(each)
    if len({each.against for each in found}) != 1:
        return None
    return None if any(owned.get(mark.n) is found[0] for mark in near) else found[0]
