"""What a figure cannot be in its role: another measure, another unit, too deep a fall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..kinds import Kind, is_loose
from ..units import unit_of


class Member(NamedTuple):
    """A figure in its role of a claim."""

    role: str
    figure: str
    measure: str
    unit: str
    value: float
    low: float


def misfits(kind: Kind, members: Sequence[Member]) -> Iterator[tuple[int, str, str]]:
    """Which of a claim's members do not fit it: place among them, what it is, what was expected.

    >>> from analysis.kinds import KINDS
    >>> now = Member("current", "a", "count", "起", 9, 9)
    >>> list(misfits(KINDS["change"], [now, Member("prior", "b", "count", "人", 8, 8)]))
    [(1, 'b in 人', 'a figure in 起')]
    """
    above = [each.figure for each in members if each.role == "current" and each.low > 0]
    levels = [m for m in members if m.role in kind.one_unit and m.role != "difference"]
    units = [unit_of(each.unit) for each in levels]
    for place, (role, figure, measure, unit, value, _) in enumerate(members):
        needed = kind.measure.get(role, measure)
        if measure != needed and not is_loose(role, unit, units):
            yield place, f"{figure}, which is a {measure}", f"a {needed} as {role}"
        elif role in kind.one_unit and units:
            # Percentage points are what a difference of rates is printed in.
            points = role == "difference" and units[0].family.differences
            one = [units[0].name, points] if points else [units[0].name]
            stands = unit_of(unit)
            if stands.name not in one and stands.en != units[0].en:  # 人 and 名 are both persons
                yield place, f"{figure} in {unit}", f"a figure in {one[-1]}"
        if role == "change" and value <= -100 and above:
            less = f"a fall of less than 100%, as {', '.join(above)} is above 0"
            yield place, f"{figure} of {value:g}%", less
