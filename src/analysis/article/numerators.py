"""What a share is the share of something of: its numerator, or those of a list of shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .clauses import CLAUSE_ENDS, Passage
from .counts_behind import in_bracket_behind, list_behind, named_behind
from .marks import Claim, Mark
from .names import OF_TWO
from .periods import same_time
from .same_names import alike, stem
from .topics import bracket_topic, by_hint
from .totals import ALIKE, REACH, characters_in, context, hedge_of, holds, levels_back
from .words import residue

# 甲9件、乙8件,合计占比
_TOGETHER = re.compile(r"(?:合计|总共|共同|[两二三四五]者|共)[^,;。]{0,2}$")
_HAS = re.compile(  # 占75%,共有90宗; 占12%,为90亿元; 占比30%,余额90亿元
    r",(?:(?:[\u4e00-\u9fff]{2})?估计为|(?:金额|总额|数额|余额|数量|人数|面积|规模)?(?:共?[有计]|共?录得|共|合计?|达到?|为|约|近|逾|超过?|[也亦]?即|余额|金额))"
)
_SEVERAL = re.compile(r"[两二三四五六][次大类者种项个][^,;。]{0,6}$")  # 三次产业占比分别为
_UNIT_OF = re.compile("([起件宗]数|人数)(?:虽然?|只|仅|就)*$")  # 火灾9起、亡7人,火灾起数占总数的30%
_ANY = ("事故", "案件", "火灾")
_OF_WHICH = re.compile("的[^;。]{0,24}(?:[共有为达计是]|[录达]到?|录得)约?")
_NOUN = 2  # characters of a noun with which another begins, and of what more that has
_WIDE = 0.05  # how wide a share may be printed of what its words tell roughly
_AHEAD = 16  # figures behind a share among which a value of its noun is looked for
_INDUSTRIES = "一二三"
_JOINED = re.compile("、|以及|[和与]|(?<![涉波普提殃危触])及")
_TO = re.compile(",?[至到]")


def numerators_of(run: list[Mark], words: re.Match[str], passage: Passage) -> Sequence[Mark | None]:
    """The values that the shares of a list are shares of, by the words before them; None each where
    the words tell none."""
    if len(run) == 1:
        return [_numerator(run[0], words, passage)]
    listed = _listed(run, words["before"], passage)
    return listed or list_behind(run) or [None] * len(run)


def _numerator(head: Mark, words: re.Match[str], passage: Passage) -> Mark | None:
    before = words["before"]
    if _TOGETHER.search(before):
        return None
    clauses = CLAUSE_ENDS.split(before)
    topic = _topic(before)
    if topic in OF_TWO:
        two = [v for v in levels_back(head) if head.sentence - v.sentence <= 1][:2]
        one_unit = len(two) > 1 and two[0].counts == two[1].counts
        return two[topic == OF_TWO[0]] if one_unit else None
    if (hinted := by_hint(head, clauses[-1])) and hinted.sentence == head.sentence:
        return hinted  # 甲类火灾9起,亡2人,火灾起数只占总数的30%
    then = head.following
    if not topic and words["of"] and (its := _of_what_follows(head)):
        return its
    if (
        topic
        and then is not None
        and then.sort == "level"
        and _HAS.fullmatch(then.gap + hedge_of(then))
    ):
        return then  # 私烟占整体案件的75%,共有(90宗)
    if topic and (again := in_bracket_behind(head, passage)):
        return again  # 私烟占整体案件的75%(90宗)
    if head.bracket and head.previous is None:
        holder = head.holder
        while holder is not None and not holder.is_level:
            holder = holder.previous
        if noun := bracket_topic(head):
            head.name = noun
            return None
        return None if topic else holder
    unit = _UNIT_OF.search(before)
    if not topic or (unit and topic in _ANY):
        units = ("persons", "attendances") if unit and unit[1] == "人数" else ("cases",)
        near = next((v for v in levels_back(head) if unit is None or v.counts in units), None)
        mean = next(levels_back(head, "average"), None)
        in_it = mean is not None and mean.sentence == head.sentence and "per" not in mean.counts
        of_mean = mean is head.previous and "均" in words["of"]  # 90件平均用时92天,为平均用时的40%
        if in_it and (of_mean or near is None or near.sentence != head.sentence):
            near = mean  # 人均工资收入90元,占人均可支配收入的60%
        opens = head.previous is None or head.previous.sentence != head.sentence
        return near if opens or (near and near.sentence == head.sentence) else None
    for value in reversed(passage.marks[max(0, head.n - REACH) : head.n]):
        if value.sort != "level" or value.prior:
            continue
        named_so = alike(topic, value.name, "", value.said)
        if named_so or (len(topic) > 3 and set(topic) <= set(value.name)):
            near = next(levels_back(head), value)
            of_near = not words["of"] and near.sentence == head.sentence != value.sentence
            return None if of_near else value  # 经海路900人,其中本地旅客占30%: of the 900
    return named_behind(head, topic) if words["of"] and not head.bracket else None


def _of_what_follows(head: Mark) -> Mark | None:
    """The value of the noun behind a share: 占新批贷款90%的居民部分按月下跌5%至9亿元."""
    then = head.following
    if then is None or not head.after.startswith("的") or ";" in then.gap:
        return None
    value = then.following if then.sort == "change" else None
    alike = value is not None and value.sort == "level" and value.sentence == head.sentence
    return value if alike and value is not None and _TO.fullmatch(value.gap) else None


def by_structure(run: list[Mark], passage: Passage) -> Iterator[Claim]:
    """三次产业结构为7.5:39.5:53.0: shares of the three industries in what they hold of together."""
    if len(run) != len(_INDUSTRIES) or any(mark.gap != ":" for mark in run[1:]):
        return
    near = passage.marks[max(0, run[0].n - REACH) : run[0].n + _AHEAD]
    near = [v for v in near if v.sort == "level" and not v.prior and same_time(v, run[0])]
    named = [[v for v in near if f"{nth}产" in v.name] for nth in _INDUSTRIES]
    for total in near:
        parts = [
            next((v for v in row if v.counts == total.counts and holds(mark, v, total)), None)
            for mark, row in zip(run, named, strict=True)
        ]
        if all(parts):
            for mark, part in zip(run, parts, strict=True):
                if part is not None:
                    yield Claim.ratio(mark, part, total, "结构")
            return


def told_roughly(head: Mark, words: re.Match[str], passage: Passage) -> Iterator[Mark]:
    """The values that a share can be of by less than its words say, so that it must hold of them.

    By the beginning of its noun (甲类火灾, of 甲类), by its noun in the paragraphs behind, and what
    the words go on with: 占30%的为求助,共(90起).
    """
    if _TOGETHER.search(words["before"]) or not head.high - head.low <= _WIDE * head.value:
        return
    topic, then = _topic(words["before"]), head.following
    here = then is not None and then.sort == "level" and then.sentence == head.sentence
    if here and then is not None and _OF_WHICH.fullmatch(then.gap):
        yield then
    if len(topic) < _NOUN:
        return
    for value in reversed(passage.marks[max(0, head.n - REACH) : head.n]):
        begins = len(name := stem(value.name)) >= _NOUN and topic.startswith(name)
        begins = begins and len(topic) - len(name) <= _NOUN
        if begins and value.sort == "level" and not value.prior:
            yield value
    for value in passage.marks[head.n + 1 : head.n + 1 + _AHEAD]:
        if value.sort == "level" and not value.prior and alike(topic, value.name):
            yield value


def _topic(before: str) -> str:
    """The noun of a share, before its 占: that of the last clause with one."""
    return next((p for p in map(residue, reversed(CLAUSE_ENDS.split(before))) if p), "")


def _listed(run: list[Mark], before: str, passage: Passage) -> list[Mark]:
    """The numerators of a list of shares: those of its nouns, or as many values before it."""
    k, head = len(run), run[0]
    last = head.previous
    while last is not None and not last.is_level:
        last = last.previous
    back = [*levels_back(head, last.sort if last is not None else "level")]
    nouns = _JOINED.split(CLAUSE_ENDS.split(before)[-1])
    above = (v for v in passage.marks[max(0, head.n - REACH) : head.n] if v.sort == "level")
    above = (v for v in above if not v.prior and same_time(v, head))
    for row in (back, [*above][::-1]) if len(nouns) == k else ():
        for at in range(len(row) - k + 1):
            values = row[at : at + k][::-1]
            if all(_is_named(value, noun) for value, noun in zip(values, nouns, strict=True)):
                return values
    several = _SEVERAL.search(before)
    near = [v for v in back if several or v.sentence == head.sentence]
    first = [v for v in near if v.gap]  # of 甲类90件,乙类80件120人 the cases
    near = first if len(first) == k and len(near) < 2 * k else near[:k]
    one_unit = not several or len({value.counts for value in near}) == 1
    if len(nouns) == k == len(near) and any(map(_is_foreign, near[::-1], nouns)):
        return []  # 办结90件,提出意见30件,抗诉、建议采纳占比分别为60%和70%: of neither
    return near[::-1] if len(near) == k and one_unit else []


def _is_foreign(value: Mark, noun: str) -> bool:
    """Whether a value has not one character of a noun."""
    said = residue(noun)
    return bool(said) and not characters_in(said, context(value))


def _is_named(value: Mark, noun: str) -> bool:
    said, name = residue(noun), context(value)
    return bool(said) and characters_in(said, name) >= ALIKE * len(said)
