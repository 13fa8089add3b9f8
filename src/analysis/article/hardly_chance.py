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
from typing import NamedTuple

from ..phrases import BY_NUMBERS
from .clauses import LISTS, Passage
from .marks import Claim, Mark
from .owners import MEAN
from .totals import holds, is_of_a_rate, scale

_BACK, _ON = 12, 4  # values before and after a rate that are tried
_BESIDE = 3  # figures away a difference may stand from its percentage
_MOST = 0.2  # pairs that may be expected to hold of a rate by chance, where words tell none,
_MOST_ELSE = 0.1  # where words tell another, and of a change
_WIDE = 0.5  # a share printed without a decimal: authors like round ones
_OF_A_STEP = 10  # by a tenth of its last place
_SPREAD = 50.0  # per cent over which shares of one value in another lie about evenly;
_DECADES = 7.0  # small ones and averages do by their logarithm: from 0.1% to 100% is e to this
_ITS_SHARE = re.compile("[,、]?(?:约|仅)?占(?:比|总[数量])?的?[为达]?")  # 90件,占比30%: of the 90
_OF_A_MEAN = re.compile(  # by the mean population, near the one printed: 出生率, birth rate
    r"(?:出生|死亡|增长|[结离]婚|生育)率"
    r"|\b(?:birth|death|mortality|marriage|divorce|fertility) rate",
    re.IGNORECASE,
)
_OF_A_TOTAL = re.compile("占[^,;。]{2,}的(?:比[例重率])?[为约达到]*$")


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
        if not (claim.told or holds(rate, part, total) or _rounded(rate, part, total)):
            pairs = ((part, other) for other in _near(rate, values))
            yield _only_ratio(rate, pairs, _MOST_ELSE) or claim
        else:
            yield claim
    untold = -1  # the sentence of a share of a named total that is not printed
    for mark in passage.marks:
        if mark.n not in tied and _OF_A_TOTAL.search(mark.before):
            untold = mark.sentence
        elif untold == mark.sentence and mark.before.endswith("占"):
            continue  # 衣物9亿元,占出口的45%;鞋8亿元,占40%
        open_one = mark.sort in ("share", "average") and mark.n not in tied and not mark.prior
        told = mark.sort == "average" or mark.high - mark.low < _WIDE
        if open_one and told and not _OF_A_MEAN.search(mark.before):
            near = _near(mark, values)
            here = [value for value in near if value.sentence == mark.sentence]
            if _ITS_SHARE.fullmatch(mark.gap) and mark.previous in here:
                here = [mark.previous]
            here = _in_its_place(mark, here)
            pairs = ((part, total) for part in here for total in near)
            pairs = (pair for pair in pairs if (pair[0].n, pair[1].n) not in taken)
            found = _only_ratio(mark, pairs, _MOST)
            if found is not None:
                mark.name = mark.name or found.of("numerator")[0].name
                yield found


def _rounded(rate: Mark, part: Mark, total: Mark) -> bool:
    """Whether a share misses by so little that it was rounded to make a hundred with others."""
    low, high = _quotient(rate, part, total)
    room = (rate.high - rate.low) / _OF_A_STEP if rate.sort == "share" else 0
    return low - room <= rate.high and rate.low <= high + room


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
        and not mark.prior
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
                if known := _known(found, changes):
                    known.roles.insert(1, ("change", mark))
                    break
                mark.name = mark.name or found.of("current")[0].name
                yield found
                break


def _known(found: Claim, changes: list[Claim]) -> Claim | None:
    """The change that words tell of the same value and base."""
    pair = [mark for role, mark in found.roles if role != "change"]
    return next((claim for claim in changes if [mark for _, mark in claim.roles] == pair), None)


def _in_its_place(rate: Mark, values: list[Mark]) -> list[Mark]:
    """The value that a rate of a list can be of: the last one before it, of the last rate."""
    behind, at, first = 0, rate.following, rate
    while at is not None and at.sort == rate.sort and at.gap in LISTS and behind < _BACK:
        behind, at = behind + 1, at.following
    while first.previous is not None and first.gap in LISTS and rate.n - first.n < _BACK:
        first = first.previous
    if first is rate and not behind:
        return values
    before = [value for value in values if value.n < first.n]
    return before[len(before) - 1 - behind :][:1] if len(before) > behind else []


def _near(mark: Mark, values: list[Mark]) -> list[Mark]:
    """The values around a figure, the next before it last."""
    at = bisect(values, mark.n, key=lambda value: value.n)
    return values[at : at + _ON][::-1] + values[max(0, at - _BACK) : at]


def _only_ratio(rate: Mark, pairs: Iterable[tuple[Mark, Mark]], most: float) -> Claim | None:
    """The ratio of the one pair of which a rate holds."""
    tries = (_Try(*pair, *_quotient(rate, *pair)) for pair in pairs if _may_be(rate, *pair))
    pair = _only(rate, tries, most)
    return pair and Claim.ratio(rate, *pair, BY_NUMBERS)


def _only_change(mark: Mark, role: str, pairs: Iterable[tuple[Mark, Mark]]) -> Claim | None:
    """The change of the one pair of a value and its base, or its difference, that makes it."""
    tries = (_Try(*pair, *_percent(role, *pair)) for pair in pairs if _may_move(mark, role, *pair))
    if pair := _only(mark, tries, _MOST_ELSE):
        roles = [("current", pair[0]), ("change", mark), (role, pair[1])]
        return Claim("change", roles, BY_NUMBERS)
    return None


class _Try(NamedTuple):
    """Two values, and within what lies what they make, as they are printed."""

    one: Mark
    other: Mark
    low: float
    high: float


def _only(mark: Mark, tries: Iterable[_Try], most: float) -> tuple[Mark, Mark] | None:
    """The one pair, printed once or more, that makes a figure; None where more than `most` of those
    tried might by chance."""
    tried = 0
    fits: dict[tuple[float, float], _Try] = {}
    for each in tries:
        tried += 1
        if each.low <= mark.high and mark.low <= each.high:
            fits[each.one.value, each.other.value] = each
    if len(fits) != 1:
        return None
    one, other, low, high = next(iter(fits.values()))
    small = 1 / (_DECADES * abs(mark.value))
    likely = small if mark.sort == "average" else max(1 / _SPREAD, small)
    by_chance = tried * (high - low + mark.high - mark.low) * likely
    return (one, other) if by_chance <= most else None


def _may_be(rate: Mark, part: Mark, total: Mark) -> bool:
    """Whether two values can be those of a rate, by what they count."""
    if part is total:
        return False
    if rate.sort == "share":
        return part.counts == total.counts and (part.high > total.high) == (rate.value > 100)
    by_another = part.counts == rate.counts.split(" per ")[0] != total.counts
    return by_another and scale(rate, part, total) > 0


def _quotient(rate: Mark, part: Mark, total: Mark) -> tuple[float, float]:
    """Within what the rate of two values lies."""
    by = scale(rate, part, total)
    return by * part.low / total.high, by * part.high / total.low if total.low > 0 else math.inf


def _may_move(mark: Mark, role: str, now: Mark, other: Mark) -> bool:
    """Whether a change can be of a value and its base, or its difference, by its direction."""
    by = now.value - other.value if role == "prior" else other.value
    apart = now is not other and not now.prior and now.counts == other.counts
    return apart and by * mark.value > 0


def _percent(role: str, now: Mark, other: Mark) -> tuple[float, float]:
    """Within what a change lies, of a value and its base or its difference."""
    if role == "prior":
        return 100 * (now.low / other.high - 1), 100 * (now.high / other.low - 1)
    bases = now.low - other.high, now.high - other.low
    if bases[0] <= 0:
        return math.inf, math.inf
    ends = [100 * by / base for by in (other.low, other.high) for base in bases]
    return min(ends), max(ends)
