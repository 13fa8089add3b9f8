"""The kinds of printed claim: one table of roles, and the equation of each solved for each role.

A claim ties figures by one equation. Solved for a figure that is printed it recomputes that figure;
solved for one that is not, it is what the print implies of it. Everything is in columns of bounds,
rounded outward; what an equation cannot tell (a base below zero) is NaN on both sides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .bounds import LONG_BLOCK, Bounds, Column, elementwise
from .quotients import factor_of
from .rounding import Floats, prior_kernel
from .units import (
    PERCENT,
    SHARES,
    Unit,
    differences_in,
    halves,
    is_share,
    told_unit,
    unit_of,
)

MEASURES = ("count", "amount", "rate", "change", "difference")


class Kind(NamedTuple):
    """Roles, the result first, with how few and how many figures may have each."""

    roles: dict[str, tuple[int, float]]
    results: tuple[str, ...]  # the roles that are recomputed from the others
    one_unit: tuple[str, ...]  # the roles in one unit; a difference in that of its differences
    measure: dict[str, str]  # what a figure in a role must be
    # Printed beside the result alone, a count of the first says that the other is whole, too.
    whole: tuple[tuple[str, str], ...] = ()
    least: int = 1  # so many figures at the least


KINDS = {
    "sum": Kind({"total": (1, 1), "part": (1, math.inf)}, ("total",), ("total", "part"), {}),
    "part": Kind({"total": (1, 1), "part": (1, math.inf)}, ("total",), ("total", "part"), {}),
    "ratio": Kind(
        {"rate": (1, 1), "numerator": (0, 1), "denominator": (0, 1)},
        ("rate",),
        (),
        {"rate": "rate"},
        whole=(("numerator", "denominator"), ("denominator", "numerator")),
    ),
    "change": Kind(
        {"current": (0, 1), "prior": (0, 1), "change": (0, 1), "difference": (0, 1)},
        ("change", "difference"),
        ("current", "prior", "difference"),
        {"change": "change", "difference": "difference"},
        whole=(("current", "prior"), ("prior", "current"), ("difference", "prior")),
        least=2,
    ),
}
ROLES = tuple(dict.fromkeys(role for kind in KINDS.values() for role in kind.roles))


def _is_loose(role: str, unit: str, levels: Sequence[Unit]) -> bool:
    """Whether points stand as the change of what is no rate: a loose word for percent.

    `levels` are the units of the current and the prior value. 事故9起,下降10个百分点.
    """
    points = {family.differences for family in SHARES if family.differences}
    return role == "change" and unit in points and not any(is_share(u.name) for u in levels)


def unit_of_role(kind: str, role: str, printed: Iterable[tuple[str, str]]) -> str:
    """The unit of a figure that nobody printed, by the roles and units that its claim prints.

    `rest` is what a partial list leaves of its total. The count that a printed rate implies may
    count anything: it has no unit.

    >>> unit_of_role("change", "difference", [("current", "percent"), ("change", "percent")])
    'percentage point'
    """
    of = KINDS[kind]
    if of.measure.get(role) == "change":
        return PERCENT.name
    levels = {*of.one_unit} - {*of.measure}
    if role not in levels | {"difference", "rest"}:
        return ""
    unit = next((unit for other, unit in printed if other in levels), "")
    return differences_in(unit) if role == "difference" else unit


class Solution(NamedTuple):
    """The equation of a kind solved for `role`, from the bounds of the roles `of`, in order.

    `solve` takes those bounds and the factor, what a quotient of 1 is printed as: two numbers, that
    by which the numerator and that by which the denominator is multiplied.
    """

    role: str
    of: tuple[str, ...]
    solve: Callable[..., Bounds]


def _over(numerator: Bounds, base: Bounds) -> Bounds:
    """A quotient whose base is not negative: without end where the base may be as small as 0."""
    quotient = numerator / base
    if isinstance(base.low, np.ndarray) and (base.low > 0).all():
        return quotient
    least = numerator / Bounds(base.high, base.high)
    open_end = (base.low == 0) & (base.high > 0) & (numerator.low >= 0)
    return quotient.where(base.low > 0, Bounds.made(least.low, np.inf).where(open_end))


def _growth_by_difference(current: Bounds, difference: Bounds, _: Column) -> Bounds:
    """Growth from current and difference: 100 × d / (c − d), in which c and d do not stand once.

    It grows with d; with c it grows where d is a fall, and shrinks where d is a rise. So each end
    comes from one pair of ends, and is as tight as can be. Not known where c may be below zero.
    """
    ends = current.low, current.high, difference.low, difference.high
    growth = Bounds.made(*elementwise(_growth_kernel, 2, *ends))
    return growth.where((current.low >= 0) & (current.low > difference.high))


def _growth_kernel(found: Floats, low: Floats, high: Floats, fall: Floats, rise: Floats) -> None:
    by = np.concatenate([np.maximum(fall, -(2.0**1000)), rise])
    beside = np.where(by <= 0, np.concatenate([low, high]), np.concatenate([high, low]))
    growth = Bounds.made(by, by) * 100 / (Bounds.made(beside, beside) - by)
    found[0], found[1] = growth.low[: len(low)], growth.high[len(low) :]


def _without_growth(current: Bounds, change: Bounds, _: Column) -> Bounds:
    """prior = 100 × current / (100 + change)"""
    ends = current.low, current.high, change.low, change.high
    prior = Bounds.made(*elementwise(prior_kernel, 2, *ends, block=LONG_BLOCK))
    return prior.where(current.low >= 0)


def _growth_of_it(current: Bounds, change: Bounds, _: Column) -> Bounds:
    """difference = current × change / (100 + change), in which the current value stands once."""
    ends = current.low, current.high, change.low, change.high
    return Bounds.made(*elementwise(difference_kernel, 2, *ends)).where(current.low >= 0)


def difference_kernel(
    found: Floats, low: Floats, high: Floats, change_low: Floats, change_high: Floats
) -> None:
    ends = np.concatenate([change_low, change_high])
    share = Bounds.made(ends, ends) / (Bounds.made(ends, ends) + 100)
    gone = (change_low <= -100) & (change_high >= -100) & (low <= high)
    # All may have gone: then the share has no low end. Of an endless change it is all there is.
    share_low = np.where(np.isinf(change_low), 1, share.low[: len(low)])
    share_high = np.where(np.isinf(change_high), 1, share.high[len(low) :])
    share = Bounds.made(np.where(gone, -np.inf, share_low), share_high)
    difference = Bounds.made(low, high) * share
    found[0], found[1] = difference.low, difference.high
    found[0][gone] = -np.inf
    found[1][gone & (low < 0)] = np.inf


def _prior_of_difference(difference: Bounds, change: Bounds, _: Column) -> Bounds:
    """100 × difference / change: not known for a change that may be none."""
    alike = (change.low > 0) & (difference.low >= 0) | (change.high < 0) & (difference.high <= 0)
    return (difference * 100 / change).where(alike)


# The result's solutions first, in the order in which a claim is judged by them.
EQUATIONS: dict[str, list[Solution]] = {
    "sum": [Solution("total", ("part",), lambda part, _: part)],
    "part": [
        # Parts are not negative, so what else there is can only add to them.
        Solution("total", ("part",), lambda part, _: Bounds(part.low, part.low * 0 + np.inf)),
    ],
    "ratio": [
        Solution("rate", ("numerator", "denominator"), lambda n, d, f: _over(n * f[0], d * f[1])),
        Solution("numerator", ("rate", "denominator"), lambda r, d, f: r * (d * f[1]) / f[0]),
        Solution("denominator", ("numerator", "rate"), lambda n, r, f: _over(n * f[0], r * f[1])),
    ],
    "change": [
        Solution("change", ("current", "prior"), lambda now, then, _: _over(now * 100, then) - 100),
        Solution("change", ("current", "difference"), _growth_by_difference),
        Solution(
            "change",
            ("prior", "difference"),
            lambda then, by, _: (by * 100 / then).where(then.low > 0),
        ),
        Solution("difference", ("current", "prior"), lambda now, then, _: now - then),
        Solution("difference", ("current", "change"), _growth_of_it),
        Solution(
            "difference",
            ("prior", "change"),
            lambda then, change, _: (then * change / 100).where(then.low >= 0),
        ),
        Solution("prior", ("current", "change"), _without_growth),
        Solution("prior", ("current", "difference"), lambda now, by, _: now - by),
        Solution("prior", ("difference", "change"), _prior_of_difference),
        Solution(
            "current",
            ("prior", "change"),
            lambda then, change, _: (then * (change + 100) / 100).where(then.low >= 0),
        ),
        Solution("current", ("prior", "difference"), lambda then, by, _: then + by),
        Solution(
            "current",
            ("difference", "change"),
            lambda by, change, _: _prior_of_difference(by, change, _) + by,
        ),
    ],
}


class Form(NamedTuple):
    """An equation of three roles x, y, z in numbers: xy⋅x⋅y + xz⋅x⋅z + x + y + z = 0.

    Each field is what its product is multiplied by; `scaled`: those of y and z by the first number
    of the factor, too, and the others by the second.
    It is linear in each role, so its extremes over ranges lie at their ends.
    """

    roles: tuple[str, str, str]
    xy: float
    xz: float
    x: float
    y: float
    z: float
    scaled: bool


# The same equations, not solved. A sum has as many roles as parts: total − Σ part = 0.
FORMS: dict[str, list[Form]] = {
    "ratio": [Form(("rate", "denominator", "numerator"), 1, 0, 0, 0, -1, True)],
    "change": [
        Form(("change", "prior", "current"), 1, 0, 0, 1, -1, True),
        Form(("change", "prior", "difference"), 1, 0, 0, 0, -1, True),
        Form(("change", "current", "difference"), 1, -1, 0, 0, -1, True),
        Form(("current", "prior", "difference"), 0, 0, 1, -1, -1, False),
    ],
}


class Member(NamedTuple):
    """A figure in its role of a claim."""

    role: str
    figure: str
    measure: str
    unit: str


@lru_cache(1024)
def counted(unit: str) -> str:
    """What a unit counts: 起, 宗 and 件, which court and police say of cases, count the same, and
    so do 件次 and 批次, of letters and visits handled.

    >>> counted("件"), counted("名"), counted("批次")
    ('cases', 'persons', 'items handled')
    """
    name = unit_of(unit).en
    return {"items": "cases", "batches": "items handled"}.get(name, name)


_AKIN = (  # what counts the same things by other counters: 受理168件,其中转办47件次
    {"cases", "items handled"},
    {"persons", "attendances"},
    {"number", "provinces", "cities", "districts", "counties", "towns", "townships", "villages"},
)


def akin(counts: str, other: str) -> bool:
    """Whether what is counted so can be part of what is counted otherwise: 61.7万人次,其中22.3万名.

    >>> akin("persons", "attendances"), akin("persons", "cases"), akin("cases", "cases")
    (True, False, True)
    """
    return counts == other or any(counts in row and other in row for row in _AKIN)


def _is_one_unit(unit: str, other: str) -> bool:
    """Whether figures in two units can be compared: 人 and 名 are both persons.

    What a rate is by need not be said again: 19.2起/万人,减少2.1起.
    """
    if not (told_unit(unit) and told_unit(other)):
        return True  # a cell without a unit, beside those that have one
    one, two = halves(unit), halves(other)
    if bool(one) != bool(two):
        unit, other = (one or (unit,))[0], (two or (other,))[0]
    return unit_of(unit).name == unit_of(other).name or counted(unit) == counted(other)


def misfits(kind: Kind, members: Sequence[Member]) -> Iterator[tuple[int, str, str]]:
    """Which of a claim's members do not fit it, by measure or by units.

    Each by its place among them, with what it is and what was expected.

    >>> now = Member("current", "a", "count", "起")
    >>> list(misfits(KINDS["change"], [now, Member("prior", "b", "count", "人")]))
    [(1, 'b in 人', 'a figure in 起')]
    >>> visits = Member("total", "a", "count", "人次")
    >>> list(misfits(KINDS["part"], [visits, Member("part", "b", "count", "名")]))
    []
    >>> a_head = Member("rate", "a", "rate", "元/人")
    >>> list(misfits(KINDS["ratio"], [a_head, Member("numerator", "b", "count", "件")]))
    [(0, 'a in 元/人', 'a rate of 件')]
    """
    levels = [m for m in members if m.role in kind.one_unit and m.role != "difference"]
    units = [unit_of(each.unit) for each in levels if told_unit(each.unit)]
    units_of = {each.role: told_unit(each.unit) for each in members}
    parts = units_of.get("numerator", ""), units_of.get("denominator", "")
    for place, (role, figure, measure, unit) in enumerate(members):
        needed = kind.measure.get(role, measure)
        if measure != needed and not _is_loose(role, unit, units):
            yield place, f"{figure}, which is a {measure}", f"a {needed} as {role}"
        elif role in kind.one_unit and units:
            # Percentage points are what a difference of rates is printed in.
            points = role == "difference" and units[0].family.differences
            lists = "part" in kind.roles and akin(counted(unit), counted(units[0].name))
            if unit != points and not (lists or _is_one_unit(unit, units[0].name)):
                yield place, f"{figure} in {unit}", f"a figure in {points or units[0].name}"
        elif (
            role == "rate"
            and kind.roles.keys() >= units_of.keys()
            and not factor_of(units_of["rate"], *parts)
        ):
            yield place, f"{figure} in {unit}", f"a rate of {' by '.join(filter(None, parts))}"
