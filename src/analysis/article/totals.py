"""The total that a share or a part is of: the one in force, or the one that is named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from .clauses import CLAUSE_ENDS, Mark, Passage
from .names import stem
from .periods import same_time
from .words import AMONG, TIME

REACH = 40  # how many figures back a total is looked for
ALIKE = 0.75  # the least part of a total's characters that its figure's clause must have
SAID_OF = re.compile(
    r"^[全当本年]*年|^总(?=.{2})|总数|总量|总额|总人数|总体|整体|全部|所有|同期|数量|数$|总$|当[年月]|的$"
)
# Says of a value that it is a total, whatever its size.
_ALL = re.compile(r"共|总|合计|累计|所有|全部")
_GDP = re.compile(r"(?:国内|地区)?生产总值")


def levels_back(mark: Mark, sort: str = "level") -> Iterator[Mark]:
    """The values of a sort before a mark on its line, and then before its bracket."""
    steps = 0
    at = mark.previous or mark.holder
    while at is not None and steps < REACH:
        if at.sort == sort and not at.prior:
            yield at
        steps += 1
        at = at.previous or at.holder


def governing(part: Mark, siblings: set[int]) -> Mark | None:
    """The total in force before a part: the last value in its unit that is none of its siblings.

    Of values that stand side by side (亡1390人,伤881人) the one that counts the same thing.
    """
    last: Mark | None = None
    for value in levels_back(part, part.sort):
        if value.counts != part.counts or value.n in siblings:
            continue
        if value.listed and not AMONG.search(part.said):
            continue
        if value.high < part.low and not _ALL.search(value.before):
            continue
        if last is not None and value.sentence != last.sentence:
            break
        if same_thing(part, value):
            return value
        last = last or value
    return last


def same_thing(part: Mark, total: Mark) -> bool:
    """Whether a part's name says that it counts what a total counts."""
    of = stem(total.name)
    return bool(of) and (of in part.name or any(c in part.name for c in "亡伤" if c in of))


def context(mark: Mark) -> str:
    """A value's clause and its name."""
    pieces = CLAUSE_ENDS.split(mark.tail)
    return "".join(piece for piece in pieces if not piece.endswith("中")) + mark.name


def _atoms(words: str) -> str:
    """Words in which 出口 does not stand in 进出口."""
    return _GDP.sub("GDP", words.replace("进出口", "贸易"))


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
    of, full = _atoms(TIME.sub("", of)), _atoms(full or of)
    of = stem(SAID_OF.sub("", of))
    if not of:
        return None  # 全年中
    best, score = None, ALIKE - 1e-9
    for n in range(mark.n - 1, max(-1, mark.n - 1 - REACH), -1):
        value = passage.marks[n]
        if value is part or value.sort != part.sort or value.prior or value.counts != part.counts:
            continue
        if not same_time(value, mark) or value.n in siblings:
            continue
        said, of_all = _atoms(context(value)), bool(_ALL.match(full))
        if of_all and value.listed:
            continue  # 占总投诉量的, after 其中…投诉9件
        fits = sum(c in said for c in of) / len(of)
        if AMONG.search(part.said) and of[-2:] in said:
            fits = max(fits, ALIKE)  # 其中…,占有罪人犯的: the head noun will do
        fits += 0.1 * (stem(_atoms(value.name)) == of) + 0.05 * (full in said)
        fits += 0.1 * (of_all and bool(_ALL.search(said))) - 0.04 * (value.n in shared)
        fits += 0.01 * value.name.endswith(of) + 0.01 * (part.listed or not value.listed)
        fits -= 0.02 * (value.high < part.low) + 0.03 * (value.bracket != part.bracket)
        if fits > score:
            best, score = value, fits
    return best
