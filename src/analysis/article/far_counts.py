"""Rates and averages whose two values stand apart, sentences before them: words tell which values
they can be, and that the rate holds of one pair alone tells which they are."""

from __future__ import annotations

from collections.abc import Callable

from .clauses import Passage
from .marks import Mark
from .periods import same_time
from .totals import REACH, holds, is_of_a_rate

FINE = 0.012  # how wide a rate may be printed, by its size, that holds of no two values by chance
_ROUGH = 0.1  # how wide a value is of which most rates hold
_Told = Callable[[Mark], bool]


def one_pair(
    mark: Mark,
    passage: Passage,
    is_part: _Told,
    is_total: _Told,
    *,
    one_unit: bool = False,
    fine: float = FINE,
) -> tuple[Mark, Mark] | None:
    """The two values before a rate that words tell for its own and of which alone it holds.

    None where none do, or more than one pair, or where the rate is printed so roughly that a pair
    may hold by chance.
    """
    if not mark.high - mark.low <= fine * mark.value:
        return None
    near = passage.marks[max(0, mark.n - REACH) : mark.n]
    back = [value for value in reversed(near) if is_of_a_rate(value) and not _is_rough(value)]
    totals = [value for value in back if is_total(value) and _of_its_time(value, mark)]
    found: dict[tuple[float, float], tuple[Mark, Mark]] = {}
    for part in back:
        if not is_part(part) or not _of_its_time(part, mark):
            continue
        for total in totals:
            alike = part.counts == total.counts or not one_unit
            if total is not part and alike and holds(mark, part, total):
                found.setdefault((part.value, total.value), (part, total))
    return next(iter(found.values())) if len(found) == 1 else None


def _is_rough(value: Mark) -> bool:
    """Whether a value is printed so roughly that most rates hold of it: 1万件."""
    return value.high - value.low > _ROUGH * value.value


def _of_its_time(value: Mark, mark: Mark) -> bool:
    """Whether a value can be of a rate's time; one told in their paragraph may be another's."""
    return value.paragraph == mark.paragraph or same_time(value, mark)
