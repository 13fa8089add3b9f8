"""The total that a share is of: named by words, or the one in force."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import groupby, islice

from ..quotients import factor_of
from .adding import turns
from .clauses import CLAUSE_ENDS, Passage
from .marks import Mark
from .periods import same_time, so_far
from .same_names import stem
from .words import AMONG, INSIDE, TIME

REACH = 40  # how many figures back a total is looked for
_FAR = 120  # and one with which a paragraph begins
_SEVERAL = 3  # shares that do not all hold of one value by chance
_TINY = 1e-6  # 35.9 has a 9, as a float or not
_MOST = 1e15  # a value whose digits a float tells apart
_CLOSE = 0.06  # by how much less a name may fit of which a share holds
_TELLING = 0.01  # and one that holds of few
_FINE = 0.003  # how wide a share may be printed that holds of no value by chance
_HALF = 0.5  # the least of one that holds
ALIKE = 0.75  # the least part of a total's characters that its figure's clause must have
# Says of a value that it is a total, whatever its size.
_ALL = re.compile(r"共|总|合计|累计|所有|全部")
WHOLE = re.compile(  # a total without a name of its own
    r"(?:其中|总数|总量|总额|总体|总计|全部|所有|同期|案件|报警|亡人|死亡|伤亡|受伤|伤人|其|该类|总|数|的|比|人数|人次|事故|起数|件数|总人数|受理|全年|全市|全省|全国|全区|全县)*"
)
SAID_OF = re.compile(
    r"^[全当本年]*年|^(?:这些|上述|该类|此类)(?=..)|(?:^|(?<=同期))(?:[本我该].|全[院校局])|^总(?=.{2})|总数|总量|总额|总人数|总体|整体|全部|所有|同期|数量|数$|总$|当[年月]|的$"
)
_Ends = tuple[float, float]  # the low and the high of a figure
_SCALES = {"%": 100, "‰": 1000}
_TAKEN = re.compile("受[理案]")
_HARMED = ("亡", "伤", "受伤")
_DENIALS = tuple("不未非")
_HEDGE = re.compile(r"[^0-9〇零一二两三四五六七八九十百千半]*")
_GDP = re.compile(r"(?:国内|地区)?生产总值")


def levels_back(mark: Mark, sort: str = "level") -> Iterator[Mark]:
    """The values of a sort, or of both, before a mark on its line, and then before its bracket."""
    steps = 0
    at = mark.previous or mark.holder
    while at is not None and steps < REACH:
        if (at.sort == sort if sort else at.is_level) and not at.prior:
            yield at
        steps += 1
        at = at.previous or at.holder


def hedge_of(mark: Mark) -> str:
    """The words with which a share's print begins: 约占30%."""
    return _HEDGE.match(mark.reported)[0]  # type: ignore[index]


def governing(part: Mark, siblings: set[int]) -> Mark | None:
    """The total in force before a part: the last value in its unit that is none of its siblings.

    Of values that stand side by side (亡1390人,伤881人) the one that counts the same thing.
    """
    last: Mark | None = None
    less: Mark | None = None  # smaller than its part, as a digit altered makes it
    for value in levels_back(part, part.sort):
        if value.counts != part.counts or value.n in siblings:
            continue
        if value.listed and not AMONG.search(part.said):
            continue
        if value.high < part.low and not _ALL.search(value.before):
            less = less or value
            continue
        if last is not None and value.sentence != last.sentence:
            break
        if same_thing(part, value):
            return value
        last = last or value
    return last or less


def headed(part: Mark, siblings: set[int], passage: Passage) -> Iterator[Mark]:
    """The totals with which earlier paragraphs begin, the nearest first: the first value of each in
    the part's unit, or that beside it which counts the same thing (亡1390人,伤881人)."""
    above = (
        value
        for value in reversed(passage.marks[max(0, part.n - _FAR) : part.n])
        if value.sort == part.sort
        and value.counts == part.counts
        and value.paragraph < part.paragraph
        and value.n not in siblings
        and not (value.prior or value.listed or value.bracket)
        and (same_time(value, part) or part.when.startswith(("截至目前", "截止目前")))
    )
    for _, values in groupby(above, lambda value: value.paragraph):
        found = [*values][::-1]
        opening = (value for value in found if value.sentence == found[0].sentence)
        yield next((value for value in opening if same_thing(part, value)), found[0])


def same_thing(part: Mark, total: Mark) -> bool:
    """Whether a part's name says that it counts what a total counts."""
    of = stem(total.name)
    return bool(of) and (of in part.name or any(c in part.name for c in "亡伤" if c in of))


def context(mark: Mark) -> str:
    """A value's clause and its name; that of 136人 in 立案99件136人, or 立案99件、总人数136人, is
    that of the 99件."""
    said, before = mark.tail, mark.previous
    if before is not None and (not mark.gap or _ALL.match(mark.gap.lstrip("、"))):
        said = before.tail + mark.gap
    return _outside(said.rpartition(";")[2]) + mark.name


@lru_cache(2048)
def _outside(said: str) -> str:
    """Words without the clauses that only say within what: 事故中."""
    return "".join(piece for piece in CLAUSE_ENDS.split(said) if not piece.endswith(INSIDE))


def characters_in(noun: str, said: str) -> int:
    """How many of a noun's characters some words have."""
    return sum([c in said for c in noun])


@lru_cache(2048)
def _atoms(words: str) -> str:
    """Words in which 出口 does not stand in 进出口, and 亡人 is what 死亡 is."""
    words = (
        words.replace("进出口", "贸易")
        .replace("外贸", "贸易")
        .replace("死亡", "亡")
        .replace("亡人", "亡")
    )
    words = _TAKEN.sub("收案", words)
    return _GDP.sub("GDP", words)


def named(
    of: str,
    mark: Mark,
    part: Mark,
    passage: Passage,
    siblings: Collection[int] = (),
    full: str = "",
    shared: Collection[int] = (),
) -> Mark | None:
    """The value that a total's name means: most of its characters stand in the value's clause.

    Of two, the one whose clause has the name in full (总额 and all), which is large enough, and
    which is no share itself.
    """
    of, full = _noun_of(of, part), _atoms(full or of)
    if not of:
        return None  # 全年中
    of_all, among = bool(_ALL.match(full)), AMONG.search(part.said)
    found: list[tuple[float, Mark]] = []
    for n in range(mark.n - 1, max(-1, mark.n - 1 - REACH), -1):
        value = passage.marks[n]
        if value is part or value.sort != part.sort or value.prior or value.counts != part.counts:
            continue
        if math.isinf(value.high):
            continue  # 21家企业产值超过3万元: each of them
        if not (same_time(value, mark) or so_far(value, mark)) or value.n in siblings:
            continue
        if value.high < part.low and mark.measure == "rate" and not nearly(mark, part, value):
            continue  # 占诉求的14%, after 9件: no single digit explains it
        above = value.paragraph < mark.paragraph and mark is not part
        if (
            above
            and stem(_atoms(value.name)) != of
            and not nearly(mark, part, value, truncated=True)
        ):
            continue  # what is called alike in another paragraph
        if of_all and value.listed:
            continue  # 占总投诉量的, after 其中…投诉9件
        said = _atoms(context(value))
        fits = characters_in(of, said) / len(of)
        if among and fits < ALIKE and of[-2:] in said and nearly(mark, part, value):
            fits = max(fits, ALIKE)  # 其中…,占有罪人犯的: the head noun will do
        name = stem(_atoms(value.name))
        if name in _HARMED and of.endswith(name):
            fits = max(fits, ALIKE)  # 死亡90人. …交通事故死亡中
        fits += 0.1 * (name == of) + 0.05 * (full in said)
        fits += 0.1 * (of_all and bool(_ALL.search(said))) - 0.04 * (value.n in shared)
        fits += 0.01 * value.name.endswith(of) + 0.01 * (part.listed or not value.listed)
        fits += 0.07 * (mark is part and value.paragraph == mark.paragraph)
        fits -= 0.3 * (name[:1] in _DENIALS and name[:1] not in of)  # 占批捕总人数, after 不批捕
        fits -= 0.3 * ("新收" in of and "受理" in value.before)  # has what was carried over, too
        fits -= 0.02 * (value.high < part.low) + 0.03 * (value.bracket != part.bracket)
        if fits > ALIKE - 1e-9:
            found.append((fits, value))
    best = max(found, key=lambda each: each[0], default=None)
    if best is None or mark is part:
        return best and best[1]
    close = [value for fits, value in found if fits > best[0] - _CLOSE]
    beside = best[1].following  # 批捕毒品犯罪90人,起诉80人…,占毒品犯罪的: of either
    alike = beside is not None and (beside.sort, beside.counts) == (part.sort, part.counts)
    telling = mark.high - mark.low <= _TELLING * mark.value and best[1].value >= 1 / _TELLING
    if beside is not None and alike and telling and beside.sentence == best[1].sentence:
        close.append(beside)
    return next((v for fit in (holds, nearly) for v in close if fit(mark, part, v)), best[1])


def _noun_of(of: str, part: Mark) -> str:
    """What a total is of, by its name: 被捕 of 被捕人数, for a share of persons."""
    of = stem(SAID_OF.sub("", _atoms(TIME.sub("", of)))).rstrip("的")  # 审结的案件
    return of.rstrip("人者") if len(of) > 2 and part.counts == "persons" else of


def half_named(of: str, mark: Mark, part: Mark, passage: Passage) -> Mark | None:
    """The value that has half of a total's name, if the share holds of it: 占民事立案数的, after
    民事公益诉讼50件."""
    of = _noun_of(of, part)
    if len(of) < 2:
        return None
    told = part.when and part.when in _sentence_before(part, passage)
    return _only(
        value
        for value in _held(mark, part, passage.marks[max(0, mark.n - REACH) : mark.n])
        if (same_time(value, part) or not told)
        and characters_in(of, _atoms(context(value))) >= _HALF * len(of)
    )


def of_place(place: str, mark: Mark, part: Mark, passage: Passage) -> Mark | None:
    """The one value of a place of which a share of that place holds: 占全省的28%, after sentences
    of the whole 全省."""
    held = _held(mark, part, passage.marks[max(0, mark.n - REACH) : mark.n])
    return _only(value for value in held if place in _sentence_before(value, passage))


def _held(rate: Mark, part: Mark, values: Iterable[Mark]) -> Iterator[Mark]:
    """The values in a part's unit of which its share holds."""
    for value in values:
        alike = (value.sort, value.counts) == (part.sort, part.counts) and value is not part
        if alike and not (value.prior or math.isinf(value.high)) and holds(rate, part, value):
            yield value


def _only(values: Iterable[Mark]) -> Mark | None:
    """The one value that is printed, once or more; None where there are others."""
    found = {value.value: value for value in values}
    return next(iter(found.values())) if len(found) == 1 else None


def _sentence_before(mark: Mark, passage: Passage) -> str:
    begins = passage.last("。", mark.paragraph, mark.start) + 1
    return passage.folded[mark.paragraph - 1][begins : mark.start]


def sentence_begins(mark: Mark) -> str:
    """The words with which the sentence of a value begins, up to its first figure."""
    return [mark, *islice(mark.back(), REACH)][-1].said


def behind_all(rows: list[tuple[Mark, Mark]]) -> Iterator[tuple[Mark, Mark, Mark]]:
    """Shares with the total that stands behind them in their sentence, each of which holds of it:
    甲类30起,占60%,乙类20起,占40%,总计50起."""
    for _, group in groupby(rows, lambda row: (row[0].paragraph, row[0].sentence)):
        shares = [*group]
        rate, part = shares[-1]
        at = rate.following if not rate.bracket else (rate.holder or rate).following
        while at is not None and at.sentence == rate.sentence:
            alike = (at.sort, at.counts) == (part.sort, part.counts)
            if alike and _ALL.search(at.before) and all(holds(*row, at) for row in shares):
                yield from ((*row, at) for row in shares if row[1] is not at)
                break
            at = at.following


def of_time(when: str, mark: Mark, part: Mark, passage: Passage) -> Mark | None:
    """The value that a time's total means: 占上半年总数的, 占假期总量的; the nearest that has that
    time in its phrase, or else of which the share holds."""
    back = reversed(passage.marks[max(0, mark.n - REACH) : mark.n])
    known = [
        value
        for value in back
        if (value.sort, value.counts) == (part.sort, part.counts)
        and value is not part
        and not value.prior
        and value.high >= part.low
    ]
    of_it = [value for value in known if when in value.when and nearly(mark, part, value)]
    return next(iter(of_it), None) or next((v for v in known if holds(mark, part, v)), None)


def made_by(rows: list[tuple[Mark, Mark]], passage: Passage) -> Mark | None:
    """The one value of which most of several shares hold, and the others but for a digit; of two,
    where their numerators add up to it: 甲类50件,占74%;乙类18件,占26%, after 68件."""
    first = rows[0][1]
    added = [sum(ends) for ends in zip(*((part.low, part.high) for _, part in rows), strict=True)]
    fits: list[Mark] = []
    for value in passage.marks[max(0, first.n - REACH) : first.n] if len(rows) > 1 else ():
        if value.sort != first.sort or value.counts != first.counts:
            continue
        made = (
            added[0] <= value.high
            and value.low <= added[1]
            and value.high - value.low <= _FINE * value.value
        )
        right = [row for row in rows if holds(*row, value)]
        if len(right) < (1 if made else max(_SEVERAL, 2 * (len(rows) - len(right)))):
            continue
        if all(row in right or nearly(*row, value) for row in rows):
            fits.append(value)
    return _only(fits)


def holds_together(rate: Mark, parts: list[Mark], total: Mark) -> bool:
    """Whether a share, maybe truncated, is that of several values together."""
    ends = _ends_of(rate, parts[0], total)
    ends[0] = rate.low, rate.high + (rate.high - rate.low) / 2
    ends[1] = sum(part.low for part in parts), sum(part.high for part in parts)
    return _holds(scale(rate, parts[0], total), *ends)


def holds(rate: Mark, part: Mark, total: Mark) -> bool:
    """Whether a share, or an average, holds of a total as printed."""
    return _holds(scale(rate, part, total), *_ends_of(rate, part, total))


def is_of_a_rate(value: Mark) -> bool:
    """Whether a value can be one of the two of a rate: of the time told, above 0, known to its
    end."""
    told = value.sort == "level" and not value.prior
    return told and math.isfinite(value.high) and value.value > 0


def only_one(rate: Mark, part: Mark, passage: Passage) -> Mark | None:
    """The one value before a share of which it holds, where a share is printed so finely that none
    comes about by chance."""
    if rate.high - rate.low > _FINE * rate.value:
        return None
    return _only(_held(rate, part, passage.marks[max(0, part.n - REACH) : part.n]))


def nearly(rate: Mark, part: Mark, total: Mark, truncated: bool = False) -> bool:
    """Whether a share, maybe truncated, holds of a total, but for one digit, or two exchanged, of
    one of the three."""
    by, ends = scale(rate, part, total), _ends_of(rate, part, total)
    if truncated:
        ends[0] = (rate.low, rate.high + (rate.high - rate.low) / 2)
    if _holds(by, *ends):
        return True
    for n, mark in enumerate((rate, part, total)):
        low, high = ends[n]
        for step in _moves(mark.value, max(high - low, 1.0 if mark.measure == "count" else 0.0)):
            ends[n] = low + step, high + step
            if _holds(by, *ends):
                return True
        ends[n] = low, high
    return False


def scale(rate: Mark, part: Mark, total: Mark) -> float:
    """What a quotient of 1 is printed as; 0 where the units cannot be made comparable."""
    known = _SCALES.get(rate.counts)
    return known or float(factor_of(rate.unit, part.unit, total.unit) or 0)


def _ends_of(*marks: Mark) -> list[_Ends]:
    return [(mark.low, mark.high) for mark in marks]


def _holds(by: float, rate: _Ends, part: _Ends, total: _Ends) -> bool:
    """Whether some numbers within print make the share of the part in the total true."""
    return by * part[0] <= rate[1] * total[1] and rate[0] * total[0] <= by * part[1]


@lru_cache(2048)
def _moves(value: float, step: float) -> list[float]:
    """By how much a value moves where a digit is another, or two neighbours are exchanged, down to
    the step in which it is printed."""
    if not (0 < step < value < _MOST):
        return []
    first = math.floor(math.log10(step))
    places = [10.0**k for k in range(first, math.floor(math.log10(value)) + 1)]
    digits = [int(value / place + _TINY) % 10 for place in places]
    moves: list[float] = []
    for place, digit in zip(places, digits, strict=True):
        others = range(place == places[-1], 10)  # no print begins with 0
        moves += [(other - digit) * place for other in others if other != digit]
    return moves + [-by * places[0] for by in turns(digits)]
