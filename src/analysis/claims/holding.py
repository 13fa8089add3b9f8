"""Small extracts in which plainly all claims hold: told in a fraction of a millisecond.

A bulletin has some dozens of figures, for which columns take longer to set up than to work on. So
where all is printed and exact but the percentages, the same equations (`kinds.FORMS`) are looked at
one number at a time. What is not plain is left to the diagnosis, right or wrong.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ..kinds import FORMS, KINDS, ROLES
from ..quotients import factor_of
from .equations import wanted
from .printed import Figures, Lines

_MOST = 600  # lines of relations; beyond that columns are faster
_EXACT = 2.0**-8
_HUNDRED = Fraction(100)
_SURE = 1e-12  # relative: more than the rounding of three products
_Roles = dict[int, int]  # of one claim, the row of the figure in each role
_NAMED = "total", "part", "current", "prior"
_TOTAL, _PART, _CURRENT, _PRIOR = map(ROLES.index, _NAMED)


@cache
def _forms(kind: str, roles: tuple[int, ...]) -> list[tuple[Any, ...]] | None:
    """The equations that a claim with these roles is: the place of each role, and the numbers.

    None where an equation has a role that is not printed.
    """
    names = [ROLES[role] for role in roles]
    if kind not in FORMS or not set(names) <= set(KINDS[kind].roles):
        return None
    pattern = sum(1 << n for n, role in enumerate(KINDS[kind].roles) if role in names)
    forms = [form for form in FORMS[kind] if wanted(kind, form, False)[pattern]]
    if not all(set(form.roles) <= set(names) for form in forms):
        return None
    # Where the numbers beside a percentage hold, its equations are one.
    plain = [form for form in forms if not form.scaled]
    forms = plain + forms[:1] if plain else forms
    return [(*map(ROLES.index, form.roles), *form[1:]) for form in forms]


class _Plan(NamedTuple):
    """What is looked at of claims, whatever their numbers: the rows of their figures."""

    equations: list[tuple[Any, ...]]  # whether of a ratio, the rows, the numbers
    sums: list[tuple[str, int, list[int]]]  # kind, total, parts
    before: dict[int, int]  # of a current figure the prior one


@lru_cache(32)
def _plan(lines: Lines) -> _Plan | None:
    """None where something is not plain."""
    plan = _Plan([], [], {})
    claims: list[tuple[_Roles, list[int]]] = [({}, []) for _ in lines.names]
    columns = (each.tolist() for each in (lines.claim, lines.role, lines.figure))
    for claim, role, row in zip(*columns, strict=True):
        roles, parts = claims[claim]
        if role < 0 or row < 0 or role in roles:
            return None
        if role == _PART:
            parts.append(row)
        else:
            roles[role] = row
    for kind, (roles, parts) in zip(lines.kinds.tolist(), claims, strict=True):
        if _TOTAL in roles:
            plan.sums.append((kind, roles[_TOTAL], parts))
            continue
        forms = _forms(kind, tuple(roles))
        if forms is None:
            return None
        for x, y, z, *numbers in forms:
            plan.equations.append((kind == "ratio", roles[x], roles[y], roles[z], *numbers))
        if _CURRENT in roles and _PRIOR in roles:
            now, then = roles[_CURRENT], roles[_PRIOR]
            if plan.before.setdefault(now, then) != then:
                return None
    return plan


def plainly_holds(figures: Figures, lines: Lines) -> bool:
    """Whether it is plain that all claims hold together. False says nothing."""
    plan = _plan(lines) if len(lines.claim) <= _MOST else None
    if plan is None:
        return False
    low, high = (end.tolist() for end in figures.ends)
    exact = [least == most and least % 1 == 0 for least, most in zip(low, high, strict=True)]
    units = [*map(str, figures.units)] if any(ratio for ratio, *_ in plan.equations) else []
    ranges: set[int] = set()  # figures that are not exact
    for ratio, x, y, z, xy, xz, by_x, by_y, by_z, scaled in plan.equations:
        if not (exact[y] and exact[z]):
            return False
        base = xy * low[y] + xz * low[z] + by_x
        rest = by_y * low[y] + by_z * low[z]
        if scaled:  # of a ratio x, y, z are the rate, the denominator, the numerator
            factor = factor_of(units[x], units[z], units[y]) if ratio else _HUNDRED
            if factor is None:
                return False
            base, rest = base * factor.denominator, rest * factor.numerator
        least, most = low[x] * base + rest, high[x] * base + rest
        if not least * most <= 0:
            return False
        if exact[x]:
            continue
        if x in ranges:
            return False  # two claims may ask for another value each
        ranges.add(x)
        unsure = _SURE * abs(rest)
        # An end such as 100 or 18.75 leaves no rounding.
        if (abs(least) <= unsure and low[x] % _EXACT) or (abs(most) <= unsure and high[x] % _EXACT):
            return False
    return all(_adds_up(*each, exact, low, plan.before) for each in plan.sums)


def _adds_up(
    kind: str, total: int, parts: list[int], exact: list[bool], value: list[float], before: _Roles
) -> bool:
    """Whether a sum of exact whole numbers adds up, and their priors as well."""
    if kind not in ("sum", "part") or not parts or not all(exact[n] for n in (total, *parts)):
        return False
    rest = value[total]
    for n in parts:
        rest -= value[n]
    if rest < 0 or abs(value[total]) >= 2.0**53 or (rest and kind == "sum"):
        return False
    if kind == "sum" and total in before and all(n in before for n in parts):
        return _adds_up("sum", before[total], [before[n] for n in parts], exact, value, {})
    return True
