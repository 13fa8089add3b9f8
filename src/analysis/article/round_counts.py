"""Counts that were rounded, unsaid: what they may have been before.

A count in whole thousands is printed like an exact one. Where sums of such counts just miss, as
sums of rounded ones do, they are taken for rounded, and their notes say so; the parts of tables
are (`table_addends.rounding_of`). A change that English prints of one is of the count before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .adding import step_of
from .marks import Claim, Mark

LEAST = 1000  # a rounder count is rounded; a hundred may be one


def loosen_sums(claims: Iterable[Claim]) -> None:
    """Take for rounded what sums miss by less than the rounding of each leaves open."""
    for claim in claims:
        if claim.kind in ("sum", "part"):
            total, parts = claim.of("total")[0], claim.of("part")
            _loosen_sum(total, parts, only_over=claim.kind == "part")


def _loosen_sum(total: Mark, parts: list[Mark], *, only_over: bool) -> None:
    members = [total, *parts]
    step = step_of(members)
    over = sum([part.value for part in parts]) - total.value
    missed = over if only_over else abs(over)
    if all(map(is_round, members)) and 0 < missed <= step * len(members) / 2:
        loosen(members, step, f"rounded to {step}, as sums show")


def is_round(mark: Mark) -> bool:
    """Whether a count is printed in whole thousands, as if it were exact."""
    counted = mark.low == mark.high and mark.measure in ("count", "difference")
    return counted and mark.value % LEAST == 0 and mark.value != 0


def loosen(marks: Sequence[Mark], step: int, note: str) -> None:
    """Give counts the bounds of such as are rounded to a step."""
    for mark in marks:
        mark.low, mark.high = mark.low - step / 2, mark.high + step / 2
        mark.notes.append(note)
