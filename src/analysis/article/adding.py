"""Whether parts can make a total, as printed: it tells sums from parts where words do not."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, permutations

from .marks import Claim, Mark
from .partitions import BALANCES, EXCLUSIVE, OF_PARTITION, PARTITIONS
from .same_names import stem
from .words import CLOSES

_PRECISE = 50  # a total of so many printed steps does not come about by chance
_TELLING = 100  # times what is rounded: a difference of one digit so high is none of chance
_ZEROS = 8  # in which round numbers may end
_NEAR = 200  # characters of a clause
_KIND = 24  # and of the noun behind an English figure
_BY_A_HAIR = 1e-5  # of a total
_A_LITTLE_MORE = 0.002  # of a total: by how much parts that overlap are more by no chance
_BY_ROUNDING = 1e-3  # and what rounding may come to
_DIGITS = 15  # of a float that are exact
_BAND = re.compile(  # 18-59岁, 60岁及以上
    r"([0-9]+)[^-—–~至到,;。、0-9]{0,3}(?:[-—–~至到]+([0-9]+)|(?:及其?|或)?以([上下]))"
)
_ENUMERATOR = re.compile(
    "[甲乙丙丁戊一二三四五六七八九十0-9]+|(?<![a-z])[a-z](?![a-z])", re.IGNORECASE
)
_OPEN = re.compile(
    "(?:及其?|或)?[以之](?P<way>[上下内])"
)  # 本科以上, 20年以上: nested where there are two
_DENIED = re.compile(r"(?:不|未|非)(?:涉及|属于)?([^,;。]{1,4})")
_CLAUSE_END, _KIND_ENDS = re.compile("[,;。]"), re.compile("[,;:]")
_SOME = re.compile(r"主要|重点|突出|其中[^,;。]{0,4}[以如]|mainly|largely|such as")
_TAKEN = re.compile(r"受理|[收受接]")  # some of what came in may be neither yet


def adds_up(total: Mark, parts: list[Mark]) -> bool:
    """Whether the parts can make the total, as printed."""
    return makes(total, sum([p.low for p in parts]), sum([p.high for p in parts]))


def makes(total: Mark, low: float, high: float) -> bool:
    """Whether what parts come to can be the total."""
    slack = 1e-12 * (abs(total.high) + abs(high))
    return low <= total.high + slack and total.low <= high + slack


def made_of(last: Mark) -> Mark | None:
    """The total that the values of a sentence up to one make: 29例,为18例男性、11例女性."""
    low, high, at = last.low, last.high, last.previous
    while at is not None and at.sentence == last.sentence and at.counts == last.counts:
        if at is not last.previous and makes(at, low, high):
            return at
        low, high, at = low + at.low, high + at.high, at.previous
    return None


def running_sums(parts: list[Mark]) -> Iterator[tuple[int, float, float]]:
    """How many parts, and what the first so many come to at least and at most."""
    low = high = 0.0
    for k, part in enumerate(parts, 1):
        low, high = low + part.low, high + part.high
        yield k, low, high


def is_precise(total: Mark, times: int = 1) -> bool:
    """Whether a total is printed so finely that nothing makes it by chance."""
    width = total.high - total.low
    return total.value >= times * _PRECISE * (width if width > 1.0 else 1.0)


def is_fine(total: Mark, parts: list[Mark]) -> bool:
    """Whether a total and its parts are printed so finely: 300, 200 and 100 add up by chance."""
    return is_precise(total, step_of([total, *parts]))


def is_list(total: Mark, parts: list[Mark], k: int) -> bool:
    """Whether so many parts that make a total are its list, and not by chance: 300 = 200 + 100.

    The separators say so: 9个镇、4个乡,288个村. Or the nouns, or what is printed so finely.
    """
    if ["," in part.gap for part in parts[1 : k + 1]] == [False] * (k - 1) + [True]:
        return True
    first, then = parts[:k], parts[k] if k < len(parts) else None
    apart_from = then is None or ";" in then.gap or len({p.name[-2:] for p in first}) == 1
    fine = apart_from or is_fine(total, first) or exhaust(total, first) or exclusive(first)
    return is_precise(total) and fine


def step_of(marks: list[Mark]) -> int:
    """The unit in which all of them are whole, by the zeros in which they end."""
    values = [mark.value for mark in marks]
    return next((10**k for k in range(_ZEROS, 0, -1) if all(v % 10**k == 0 for v in values)), 1)


def of_more_digits(part: Mark, whole: Mark) -> bool:
    """Whether a part is so much more than its total that no digit altered explains it."""
    return whole.high < part.low and part.low >= 10 ** len(str(int(whole.high)))


def counts_as(value: Mark, total: Mark) -> bool:
    """Whether a value is in a total's unit; in English the noun is no unit: 900 casualties."""
    if value.counts == total.counts or not total.in_english:
        return value.counts == total.counts
    return "" in (value.counts, total.counts) and is_precise(total, 20)


def one_slip(total: Mark, parts: list[Mark], least: float = 0) -> bool:
    """Whether one digit altered in one figure would make it a sum."""
    over, slack, signed = _off(total, parts)
    if abs(over) < least * max(1.0, 2 * slack):
        return False
    steps = _steps(over, slack)
    return bool(steps) and any(
        place < len(digits) and 0 <= round(digits[place] + sign * by) <= 9
        for digits, sign in signed
        for place, by in steps
    )


def exchanged(total: Mark, parts: list[Mark]) -> bool:
    """Whether two neighbouring digits exchanged in one figure would make it a sum: 41128, 41218."""
    over, slack, signed = _off(total, parts)
    return any(
        abs(over + sign * by) <= slack + 1e-9 for digits, sign in signed for by in turns(digits)
    )


def _off(total: Mark, parts: list[Mark]) -> tuple[float, float, Iterator[tuple[list[int], int]]]:
    """By how much parts exceed their total, what rounding explains of it, and the digits of each
    figure before the point, the last one first, with the way it goes."""
    slack = (total.high - total.low + sum([p.high - p.low for p in parts])) / 2
    each = (
        (str(int(mark.value)), mark) for mark in (total, *parts) if 0 <= mark.value < 10**_DIGITS
    )
    digits = (([*map(int, text[::-1])], 1 if mark is total else -1) for text, mark in each)
    return sum([p.value for p in parts]) - total.value, slack, digits


def turns(digits: list[int]) -> Iterator[int]:
    """By how much a number falls with each exchange of two neighbouring digits, last one first."""
    for place, (low, high) in enumerate(pairwise(digits)):
        if low != high and (low or place + 2 < len(digits)):  # no print begins with 0
            yield 9 * 10**place * (high - low)


def slipped(total: Mark, parts: list[Mark]) -> bool:
    """Whether one slip of the hand would make what is said to be complete a sum."""
    return one_slip(total, parts) or exchanged(total, parts)


def _steps(by: float, slack: float) -> list[tuple[int, float]]:
    """The places in which one other digit changes a number by so much, and by how many there."""
    if not (math.isfinite(by) and math.isfinite(slack)):
        return []
    first = len(str(int(abs(by)))) - 1  # in lower ones it would take more than nine
    last = _DIGITS if abs(by) <= slack else min(first + 2, _DIGITS)
    return [
        (place, digits)
        for place in range(first, last)
        if abs(by - round(digits := by / 10**place) * 10**place) <= slack + 1e-9
    ]


def telling_slip(total: Mark, parts: list[Mark]) -> bool:
    """Whether one digit altered would make it a sum, as none does by chance: one so high above
    the zeros in which all of them end, or by so little of the total."""
    slip = one_slip(total, parts)  # of most none, and no more is asked
    return (
        (
            (slip and one_slip(total, parts, max(_TELLING, 10 * step_of([total, *parts]))))
            or (slip and _by_a_hair(total, parts))
            or _by_rounding(total, parts)
        )
        and not parts[-1].after.startswith("等")
        and not _SOME.search(parts[0].said)
    )


def to_a_hair(total: Mark, parts: list[Mark]) -> bool:
    """Whether parts make a total, or all but so little that nothing comes so near by chance."""
    return adds_up(total, parts) or _by_a_hair(total, parts)


def _by_a_hair(total: Mark, parts: list[Mark]) -> bool:
    over = sum([part.value for part in parts]) - total.value
    # Parts that leave a little of their total may be some of it; no three that are a little more.
    near = _A_LITTLE_MORE if over > 0 and len(parts) > 2 else _BY_A_HAIR
    return 0 < abs(over) <= near * total.value and one_slip(total, parts)


def _by_rounding(total: Mark, parts: list[Mark]) -> bool:
    """Whether parts make a total printed finely but for how all of them were rounded."""
    over = abs(sum([part.value for part in parts]) - total.value)
    widths = sum([mark.high - mark.low for mark in (total, *parts)])
    return is_precise(total, 20) and over <= widths * (1 + 1e-9) < _BY_ROUNDING * total.value


def complement(one: Mark, other: Mark) -> bool:
    """Whether two clauses say that what the one has, the other has not: 已修复, 待修复."""
    return partition([one, other]) or _deny(one, other)


def partition(parts: list[Mark]) -> bool:
    """Whether parts have the words of a partition, one each: 男, 女; 夏粮, 早稻, 秋粮.

    Or are bands from the least on without a gap: 0-17岁, 18-59岁, 60岁及以上.
    """
    if ends_bands(parts[-1]):
        bands = [_band(part) for part in parts]
        return bands[0][0] == 0 and all(0 <= b[0] - a[1] <= 1 for a, b in pairwise(bands))
    rows = {row for row, _ in _places(parts[0]) if len(PARTITIONS[row]) == len(parts)}
    places = [_places(part) for part in parts] if rows else []
    return any(
        any(
            all((row, k) in own for k, own in zip(order, places, strict=True))
            for order in permutations(range(len(parts)))
        )
        for row in rows
    )


def of_another_part(name: str, of: str) -> bool:
    """Whether two names are of two parts of one partition: 机电产品出口 is no part of 进口."""
    one, other = _places_in(name), _places_in(of)
    rows = {row for row, _ in one} & {row for row, _ in other}
    return bool(rows) and not one & other


def other_side(part: Mark, whole: Mark) -> bool:
    """Whether of two values one is an excess and the other a lack: 净流入9元, of 净流出90元."""
    said, of = (mark.before + mark.name for mark in (part, whole))
    return any(
        (re.search(over, said) and re.search(under, of))
        or (re.search(under, said) and re.search(over, of))
        for over, under, *_ in BALANCES
    )


def exclusive(parts: list[Mark]) -> bool:
    """Whether parts are plainly kinds of one noun, of which nothing is two: 民事, 刑事, 行政.

    Or differ in an enumerator alone: 甲类, 乙类, 丙类. Other attributes overlap: 男性, 未成年人.
    """
    said = [*map(_kind_of, parts)]
    if any(map(_OPEN.search, said)):
        return False
    rests = {_ENUMERATOR.sub("#", part.name, count=1) for part in parts}
    if len(rests) == 1 and "#" in rests.pop() and len({part.name for part in parts}) == len(parts):
        return True
    return any(
        all(len(own) == 1 for own in places) and len({*places}) == len(parts)
        for places in zip(*map(_kinds_in, said), strict=True)
    )


@lru_cache(4096)
def _kinds_in(said: str) -> list[tuple[int, ...]]:
    """Which words of each row of kinds a part's clause has."""
    return [
        tuple(k for k, word in enumerate(row) if word.search(said))
        for row in (*PARTITIONS, *EXCLUSIVE)
    ]


def _kind_of(part: Mark) -> str:
    said = _KIND_ENDS.split(clause_of(part)[-_NEAR:].strip(" ,;、"))[-1]
    return f"{said} {part.name} {part.after[:_KIND] if part.in_english else ''}"


def nested(parts: list[Mark]) -> bool:
    """Whether one part lies inside another by their words: 20年以上, 30年以上."""
    ways = Counter(hit["way"] for part in parts if (hit := _OPEN.search(_kind_of(part))))
    return any(n > 1 for n in ways.values())


def is_of_partition(part: Mark) -> bool:
    """Whether a value has the words of one part of a partition, or of a last band."""
    return bool(_places(part)) or ends_bands(part)


def _places(part: Mark) -> frozenset[tuple[int, int]]:
    behind = _CLAUSE_END.split(part.after[:4], maxsplit=1)[0]
    if len(part.name) > 1 and part.after.startswith(part.name):  # 9个行业主力资金呈现净流入
        behind = _CLAUSE_END.split(part.after, maxsplit=1)[0]
    return _places_in(f"{clause_of(part)[-_NEAR:]} {part.name} {behind}")


@lru_cache(4096)
def _places_in(said: str) -> frozenset[tuple[int, int]]:
    """Which words of which partitions a part's clause has."""
    said = said.replace("进出口", "")
    return frozenset(
        (n, k)
        for n, row in enumerate(PARTITIONS if OF_PARTITION.search(said) else ())
        for k, word in enumerate(row)
        if word.search(said)
    )


def ends_bands(part: Mark) -> bool:
    """Whether a value is of the last of some bands: 60岁及以上."""
    return _band(part)[1] == math.inf


def _band(part: Mark) -> tuple[float, float]:
    """The ends of a band by the words of its value; not a number where they say none."""
    said = f"{clause_of(part)[-_NEAR:]} {part.name}"
    bands = _BAND.findall(said) if "岁" in said else []
    if not bands:
        return math.nan, math.nan
    least, most, way = bands[-1]
    if way:
        return (float(least), math.inf) if way == "上" else (0, float(least))
    return float(least), float(most)


def _deny(one: Mark, other: Mark) -> bool:
    return _denies(one, other) or _denies(other, one)


def _denies(one: Mark, other: Mark) -> bool:
    """Whether a name is another's with a 不 or 非: 批准逮捕 and 不批捕, 税收 and 非税收入."""
    denied = _DENIED.match(stem(other.name)) if other.gap else None
    if denied is None or _DENIED.match(one.name):
        return False
    said = clause_of(one) + one.name
    return all(c in said for c in denied[1])


def apart(a: Mark, b: Mark) -> bool:
    """Whether a semicolon stands between two figures of a line."""
    at: Mark | None = b
    while at is not None and at is not a:
        if ";" in at.gap:
            return True
        at = at.previous
    return False


def closed(total: Mark, parts: list[Mark]) -> bool:
    """Whether the words of a list say that it is complete: 其他, or that its parts exhaust it."""
    return any(CLOSES.match(p.before) and not _of_one(p, parts) for p in parts) or exhaust(
        total, parts
    )


def _of_one(part: Mark, parts: list[Mark]) -> bool:
    """Whether 其他 is beside one part only: 违纪行为30件,职务犯罪行为7件,其他犯罪行为2件."""
    noun = part.name.removeprefix("其他")
    ends = {mark.name.endswith(noun) for mark in parts if mark is not part}
    return len(noun) > len("案件") and part.name != noun and len(ends) > 1


def closes(total: Mark, parts: list[Mark]) -> bool:
    """Whether a list is complete with its last part."""
    return bool(CLOSES.match(parts[-1].before)) or exhaust(total, parts)


def exhaust(total: Mark, parts: list[Mark]) -> bool:
    """Whether parts are all there are by their words: 男 and 女, 一产, 二产 and 三产.

    Or by those of their total: 咨询、投诉、举报共90件.
    """
    names = {part.name for part in parts if part.name and part.name in total.before}
    if "、" in total.before and len(names) == len(parts):
        return True
    return partition(parts) or (
        len(parts) == 2 and _deny(*parts) and not _TAKEN.search(total.before + total.name)
    )


def clause_of(mark: Mark) -> str:
    """The clause before a value, with what stands before a figure in it: 乙类中20种共报告90例."""
    said, before = mark.before, mark.previous
    if before is None or before.sentence != mark.sentence or not said or mark.gap != said:
        return said
    return said if said[0] in ",;、" else before.tail + said


def claim_of(total: Mark, parts: list[Mark], words: str, complete: bool = False) -> Claim:
    """A list as a claim: a sum where the words close it or it adds up, or else parts."""
    whole = len(parts) > 1 and not any(math.isinf(part.high) for part in parts)
    whole = whole and (
        adds_up(total, parts)
        or ((complete or closed(total, parts)) and slipped(total, parts))
        or telling_slip(total, parts)
    )
    roles = [("total", total), *(("part", part) for part in parts)]
    return Claim("sum" if whole else "part", roles, words)
