"""What a value was before, where no figure says by how much it has changed since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from .clauses import Passage, turn_if
from .earlier import later_of, pairs_of, take_kind
from .marks import Claim, Mark
from .periods import arabic_year
from .words import FROM, HAS_MOVED, OF_ALL, TIME, UP_TO

_REACH = 8  # figures back to the value that a base is compared with
_RISE = re.compile("[升跌增降涨减]幅|增速|(?:[涨胀]|增长)率")  # of which a percentage is no share
_TWO_STRUCTURES = 6  # shares of three industries, then and now
_PAST = re.compile(  # 超过去年同期(90亿元), 达99亿元
    rf"(?:超[过出越]|[高低多少]于|不[及如足])(?:了)?(?:{TIME.pattern})[^,;。]{{0,4}}$"
)
_TO = re.compile(r",?(?:已|共|总数)?(?:达|到达|达到|为)")
_SAME_THING = re.compile(  # 提高至90%,而这一数字在2000年仅为40%
    rf",(?:而|但)?(?:这|此|该)一?[项个组]?(?:数[字据值目]|比[例率重]|指标|占比|人数|金额|规模|水平)在?"
    rf"(?P<when>{TIME.pattern})(?:同期)?[则仅只才还已尚就]*(?:[为是有]|达到?|不[足到])约?$"
)


def became(owners: set[int], passage: Passage) -> Iterator[Claim]:
    """The changes of values that have none printed: 由90件增至99件, 90分钟,较去年的99分钟微减."""
    yield from (each for each in _structures(passage) if each.roles[0][1].n not in owners)
    for mark in passage.marks:
        pairs, words = _pairs(mark)
        for value, then in pairs:
            if len(value.name) == 1:  # 从2019年的90台到2023年的(99台): "到" is no name
                value.name = then.name
            if value.n not in owners:
                yield Claim("change", [("current", value), ("prior", then)], words.strip(" ,"))
        if pairs:
            continue
        if (before := mark.previous) is not None and (said := _SAME_THING.search(mark.gap)):
            if before.is_change or before.counts != mark.counts or before.n in owners:
                continue
            mark.name = before.name
            now, ago = (arabic_year(each)[:4] for each in (said["when"], before.when))
            two = [before, mark] if not ago < now or not ago else [mark, before]
            yield Claim("change", [*zip(("current", "prior"), two, strict=True)], said[0][:12])


def _structures(passage: Passage) -> Iterator[Claim]:
    """Each share of a structure that has become another: 由21:53:26调整为20:52:28."""
    for third in (mark for mark in passage.marks if mark.gap == ":" and mark.after != ":"):
        six = passage.marks[max(0, third.n - _TWO_STRUCTURES + 1) : third.n + 1]
        if [mark.gap == ":" for mark in six] != [False, True, True] * 2:
            continue
        was, now = six[: len(six) // 2], six[len(six) // 2 :]
        if was[0].prior and UP_TO.match(now[0].gap) and was[0].sentence == third.sentence:
            for value, then in zip(now, was, strict=True):
                yield Claim("change", [("current", value), ("prior", then)], now[0].gap)


def _pairs(mark: Mark) -> tuple[list[tuple[Mark, Mark]], str]:
    """The values that a figure tells the base of, or is the later one of; each with its base."""
    value, words = _become(mark)
    if value is not None:
        return [(value, mark)], words
    if mark.prior and (pairs := pairs_of(mark)):
        return pairs, mark.gap
    then = later_of(mark)
    return [(mark, then)] if then is not None and then.prior else [], mark.gap


def _become(prior: Mark) -> tuple[Mark | None, str]:
    """What a value of the base has become, and the words that say so."""
    value = prior.following
    if not prior.prior:
        return None, ""
    if value is not None and value.counts == prior.counts and value.is_change == prior.is_change:
        if value.paragraph == prior.paragraph and FROM.search(prior.before):
            return (value if UP_TO.match(value.gap) else None), value.gap
        if _PAST.search(prior.before) and _TO.fullmatch(value.gap):
            return value, prior.before
    if not (moved := HAS_MOVED.match(prior.after)):
        return None, ""
    before = prior.previous
    if before is not None and before.sort == "change" and before.sentence == prior.sentence:
        if prior.sort != "share" or not _RISE.search(before.said + before.reported + prior.before):
            return None, ""
        take_kind(prior, before)  # 按年升幅为1.7%,较四月份(1.6%)为高
        turn_if(before.value < 0, prior)
        return before, moved[0]
    near = takewhile(lambda at: not at.is_change, islice(prior.back(), _REACH))
    alike = [v for v in near if v.counts == prior.counts and not v.prior]
    whole = [v for v in alike if not v.listed] if OF_ALL.match(prior.before) else []
    return next(iter(whole or alike), None), moved[0]
