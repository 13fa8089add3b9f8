"""Small extracts in which plainly all claims hold: told in a fraction of a millisecond.

A bulletin has some dozens of figures, for which columns take longer to set up than to work on. So
where all is printed and exact but the percentages, the same equations (`kinds.FORMS`) are looked at
one number at a time. What is not plain is left to the diagnosis, right or wrong.
"""

from __future__ import annotations

from functools import cache

from ..kinds import FORMS, KINDS, ROLES, Form
from .network import wanted
from .printed import Figures, Lines

_MOST = 600  # lines of relations; beyond that columns are faster
_EXACT = 2.0**-8
_SURE = 1e-12  # relative: more than the rounding of three products


@cache
def _forms(kind: str, roles: tuple[str, ...]) -> list[tuple[str, str, str, Form]] | None:
    """The equations that a claim with these roles is; None where one has a role not printed."""
    if kind not in FORMS or not set(roles) <= set(KINDS[kind].roles):
        return None
    pattern = sum(1 << n for n, role in enumerate(KINDS[kind].roles) if role in roles)
    forms = [form for form in FORMS[kind] if wanted(kind, form, False)[pattern]]
    if not all(set(form.roles) <= set(roles) for form in forms):
        return None
    # Where the numbers beside a percentage hold, its equations are one.
    plain = [form for form in forms if not form.scaled]
    return [(*form.roles, form) for form in (plain + forms[:1] if plain else forms)]


def plainly_holds(figures: Figures, lines: Lines) -> bool:
    """Whether it is plain that all claims hold together. False says nothing."""
    if len(lines.claim) > _MOST:
        return False
    low, high = figures.low.tolist(), figures.high.tolist()
    exact = [a == b and a % 1 == 0 for a, b in zip(low, high, strict=True)]
    claims: list[tuple[str, dict[str, int], list[int]]] = [
        (kind, {}, []) for kind in lines.kinds.tolist()
    ]
    columns = (lines.claim.tolist(), lines.role.tolist(), lines.figure.tolist())
    for number, code, figure in zip(*columns, strict=True):
        if figure < 0 or code < 0:
            return False
        _, of_role, parts = claims[number]
        role = ROLES[code]
        if role == "part":
            parts.append(figure)
        elif role in of_role:
            return False
        else:
            of_role[role] = figure
    ranges: set[int] = set()  # figures that are not exact
    before: dict[int, int] = {}  # of a current figure the prior one
    for kind, roles, _ in claims:
        if "total" in roles:
            continue
        forms = _forms(kind, tuple(roles))
        if forms is None:
            return False
        factor = 100.0
        if kind == "ratio" and forms:
            factor = float(figures.factor[roles["rate"]])
        for one, two, three, form in forms:
            x, y, z = roles[one], roles[two], roles[three]
            if not (exact[y] and exact[z]):
                return False
            base = form.xy * low[y] + form.xz * low[z] + form.x
            rest = (form.y * low[y] + form.z * low[z]) * (factor if form.scaled else 1.0)
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
            if (abs(least) <= unsure and low[x] % _EXACT) or (
                abs(most) <= unsure and high[x] % _EXACT
            ):
                return False
        if "current" in roles and "prior" in roles:
            if before.get(roles["current"], roles["prior"]) != roles["prior"]:
                return False
            before[roles["current"]] = roles["prior"]
    return all(
        _adds_up(kind, roles["total"], parts, exact, low, before)
        for kind, roles, parts in claims
        if "total" in roles
    )


def _adds_up(
    kind: str,
    total: int,
    parts: list[int],
    exact: list[bool],
    value: list[float],
    before: dict[int, int],
) -> bool:
    """Whether a sum of exact whole numbers adds up, and their priors as well."""
    if kind not in ("sum", "part") or not parts or not exact[total]:
        return False
    rest = value[total]
    for n in parts:
        if not exact[n]:
            return False
        rest -= value[n]
    if rest < 0 or abs(value[total]) >= 2.0**53 or (rest and kind == "sum"):
        return False
    if kind == "sum" and total in before and all(n in before for n in parts):
        return _adds_up("sum", before[total], [before[n] for n in parts], exact, value, {})
    return True
