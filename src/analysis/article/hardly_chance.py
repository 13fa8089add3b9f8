"""What words leave open and numbers tell: rates and changes of which one pair of values near them
holds, where hardly any would by chance.

Words come first: only what they tie to nothing, or to what does not hold, is looked at; and a claim
found here says in its note that numbers tell it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect
from collections.abc import Iterable, Iterator

from ..phrases import BY_NUMBERS
from .clauses import Passage
from .marks import Claim, Mark
from .owners import MEAN
from .totals import holds, is_of_a_rate, scale

_BACK, _ON = 12, 4  # values before and after a rate that are tried
_BESIDE = 3  # figures away a difference may stand from its percentage
_MOST = 0.2  # pairs that may be expected to hold of a rate by chance, where words tell none,
_MOST_ELSE = 0.1  # where words tell another, and of a change
_WIDE = 0.5  # a share printed without a decimal: authors like round ones
_SPREAD = 50.0  # per cent over which shares of one value in another lie about evenly;
_DECADES = 7.0  # small ones and averages do by their logarithm: from 0.1% to 100% is e to this
_OF_A_MEAN = re.compile(  # by the mean population, near the one printed: 出生率, birth rate
    r"(?:出生|死亡|增长|结婚|離婚|离婚|生育)率"
    r"|\b(?:birth|death|mortality|marriage|divorce|fertility) rate",
    re.IGNORECASE,
)


def ratios_by_numbers(passage: Passage, ratios: list[Claim]) -> Iterator[Claim]:
    """The ratios by words, and those of the shares and averages that words leave without values.

    甲馆藏书5200册;年内借出437册,借阅率8.4%: of 437 in 5200, where no other two values near it make
    8.35 to 8.45%. A ratio by words that does not hold is of another total, where its numerator's
    share is of that one alone; what plain words tell stays.
    """
    values = [mark for mark in passage.marks if is_of_a_rate(mark)]
    tied: set[int] = set()
    taken: set[tuple[int, int]] = set()  # 抽检300批次,合格297批次,合格率99%: of no other 99%
    for claim in ratios:
        rate, part, total = (mark for _, mark in claim.roles)
        tied.add(rate.n)
        taken.add((part.n, total.n))
        if not (claim.told or holds(rate, part, total)):
            pairs = ((part, other) for other in _near(rate, values))
            yield _only(rate, pairs, _MOST_ELSE) or claim
        else:
            yield claim
    for mark in passage.marks:
        open_one = mark.sort in ("share", "average") and mark.n not in tied and not mark.prior
        told = mark.sort == "average" or mark.high - mark.low < _WIDE
        if open_one and told and not _OF_A_MEAN.search(mark.before):
            near = _near(mark, values)
            here = [value for value in near if value.sentence == mark.sentence]
            pairs = ((part, total) for part in here for total in near)
            pairs = (pair for pair in pairs if (pair[0].n, pair[1].n) not in taken)
            found = _only(mark, pairs, _MOST)
            if found is not None:
                mark.name = mark.name or found.of("numerator")[0].name
                yield found


def changes_by_numbers(passage: Passage, changes: list[Claim]) -> Iterator[Claim]:
    """The changes by words, and those that words leave without a value: of the one near it that
    makes the percentage with a value printed as its base, or with a difference printed beside it.

    馆藏5200册,…。比2019年的4840册多7.4%; 到馆9400人次,…;增加620人次,上升7.1%.
    """
    yield from changes
    tied = {mark.n for claim in changes for role, mark in claim.roles if role != "current"}
    open_ones = [
        mark
        for mark in passage.marks
        if mark.sort == "change"
        and mark.n not in tied
        and mark.value
        and mark.low > -100  # a fall of all is of any value
        and math.isfinite(mark.high)
        and not MEAN.search(mark.reported + mark.gap)
    ]
    if not open_ones:
        return
    values = [
        mark
        for mark in passage.marks
        if mark.is_level and mark.low > 0 and math.isfinite(mark.high)
    ]
    for mark in open_ones:
        near = _near(mark, values)
        here = [value for value in near if value.sentence == mark.sentence]
        beside = passage.marks[max(0, mark.n - _BESIDE) : mark.n + _BESIDE + 1]
        differences = [
            each
            for each in beside
            if each.sort == "difference" and each.sentence == mark.sentence and each.n not in tied
        ]
        ways = (
            ("prior", [(now, base) for now in near for base in (near if now in here else here)]),
            ("difference", [(now, by) for now in near for by in differences]),
        )
        for role, pairs in ways:
            if found := _only_change(mark, role, pairs):
                mark.name = mark.name or found.of("current")[0].name
                yield found
                break


def _only_change(mark: Mark, role: str, pairs: list[tuple[Mark, Mark]]) -> Claim | None:
    """The change of the one pair of a value and its base, or its difference, that makes it."""
    tried = 0
    fits: dict[tuple[float, float], tuple[Mark, Mark, float]] = {}
    for now, other in pairs:
        if now is other or now.prior or now.counts != other.counts:
            continue
        by = now.value - other.value if role == "prior" else other.value
        if by * mark.value <= 0:
            continue
        tried += 1
        low, high = _percent_of(now, other, role)
        if low <= mark.high and mark.low <= high:
            fits[now.value, other.value] = now, other, high - low
    if len(fits) != 1:
        return None
    now, other, width = next(iter(fits.values()))
    width += mark.high - mark.low
    if tried * width * max(1 / _SPREAD, 1 / (_DECADES * abs(mark.value))) > _MOST_ELSE:
        return None
    roles = [("current", now), ("change", mark), (role, other)]
    return Claim("change", roles, BY_NUMBERS)


def _percent_of(now: Mark, other: Mark, role: str) -> tuple[float, float]:
    """Within what a change lies, of a value and its base or its difference."""
    if role == "prior":
        return 100 * (now.low / other.high - 1), 100 * (now.high / other.low - 1)
    bases = now.low - other.high, now.high - other.low
    if bases[0] <= 0:
        return math.inf, math.inf
    ends = [100 * by / base for by in (other.low, other.high) for base in bases]
    return min(ends), max(ends)


def _near(rate: Mark, values: list[Mark]) -> list[Mark]:
    """The values around a figure, the next before it last."""
    at = bisect(values, rate.n, key=lambda value: value.n)
    return values[at : at + _ON][::-1] + values[max(0, at - _BACK) : at]


def _only(rate: Mark, pairs: Iterable[tuple[Mark, Mark]], most: float) -> Claim | None:
    """The ratio of the one pair, printed once or more, of which a rate holds; None where more than
    `most` of them might by chance."""
    tried = 0
    fits: dict[tuple[float, float], tuple[Mark, Mark]] = {}
    for part, total in pairs:
        if part is not total and _may_be(rate, part, total):
            tried += 1
            if holds(rate, part, total):
                fits[part.value, total.value] = part, total
    if len(fits) != 1:
        return None
    pair = next(iter(fits.values()))
    if tried * _by_chance(rate, *pair) > most:
        return None
    return Claim.ratio(rate, *pair, BY_NUMBERS)


def _may_be(rate: Mark, part: Mark, total: Mark) -> bool:
    """Whether two values can be those of a rate, by what they count."""
    if rate.sort == "share":
        return part.counts == total.counts and (part.high > total.high) == (rate.value > 100)
    by_another = part.counts == rate.counts.split(" per ")[0] != total.counts
    return by_another and scale(rate, part, total) > 0


def _by_chance(rate: Mark, part: Mark, total: Mark) -> float:
    """How likely the quotient of two other values lies where the rate does, as all are printed."""
    width = rate.high - rate.low
    width += scale(rate, part, total) * (part.high - part.low) / total.value
    width += rate.value * (total.high - total.low) / total.value
    small = 1 / (_DECADES * rate.value)
    return width * (max(1 / _SPREAD, small) if rate.sort == "share" else small)
