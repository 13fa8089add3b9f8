"""Small extracts in which plainly all claims hold: told in a fraction of a millisecond.

A bulletin has some dozens of figures, for which columns take longer to set up than to work on. So
where all is printed and exact but the percentages, the same equations (`kinds.FORMS`) are looked at
one number at a time. What is not plain is left to the diagnosis, right or wrong.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ..extract import Extract
from ..kinds import FORMS, KINDS, ROLES, Form
from ..units import unit_of
from .network import wanted

_MOST = 600  # lines of relations; beyond that columns are faster
_EXACT = 2.0**-8
_SURE = 1e-12  # relative: more than the rounding of three products
_Roles = dict[Any, Any]  # of one claim, the key of the figure in each


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


def plainly_holds(extract: Extract) -> bool:
    """Whether it is plain that all claims hold together. False says nothing."""
    frame, relations = extract.figures, extract.relations
    if len(relations) > _MOST:
        return False
    keys = frame.index.tolist()
    ends = [frame[end].to_numpy(np.float64) for end in ("low", "high")]
    if not (ends[0] <= ends[1]).all():
        return False
    low, high = (dict(zip(keys, end.tolist(), strict=True)) for end in ends)
    units = dict(zip(keys, frame["unit"].to_numpy(dtype=object).tolist(), strict=True))
    exact = {key for key, end in low.items() if end == high[key] and end % 1 == 0}
    claims: dict[Any, tuple[Any, _Roles, list[Any]]] = {}
    names = ("relation", "kind", "role", "figure")
    columns = (relations[name].to_numpy(dtype=object).tolist() for name in names)
    for name, kind, role, key in zip(*columns, strict=True):
        if key not in low or role not in ROLES:
            return False
        if name not in claims:
            claims[name] = kind, {}, []
        _, of_role, parts = claims[name]
        if role == "part":
            parts.append(key)
        elif role in of_role:
            return False
        else:
            of_role[role] = key
    ranges: set[Any] = set()  # figures that are not exact
    before: _Roles = {}  # of a current figure the prior one
    for kind, roles, _ in claims.values():
        if "total" in roles:
            continue
        forms = _forms(kind, tuple(roles))
        if forms is None:
            return False
        by = 100.0
        if kind == "ratio" and forms:
            by = unit_of(str(units[roles["rate"]])).family.per_one
        for one, two, three, form in forms:
            x, y, z = roles[one], roles[two], roles[three]
            if y not in exact or z not in exact:
                return False
            base = form.xy * low[y] + form.xz * low[z] + form.x
            rest = (form.y * low[y] + form.z * low[z]) * (by if form.scaled else 1.0)
            least, most = low[x] * base + rest, high[x] * base + rest
            if not least * most <= 0:
                return False
            if x in exact:
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
        for kind, roles, parts in claims.values()
        if "total" in roles
    )


def _adds_up(
    kind: str,
    total: Any,
    parts: list[Any],
    exact: set[Any],
    value: dict[Any, float],
    before: _Roles,
) -> bool:
    """Whether a sum of exact whole numbers adds up, and their priors as well."""
    if kind not in ("sum", "part") or not parts or not exact.issuperset((total, *parts)):
        return False
    rest = value[total]
    for n in parts:
        rest -= value[n]
    if rest < 0 or abs(value[total]) >= 2.0**53 or (rest and kind == "sum"):
        return False
    if kind == "sum" and total in before and all(n in before for n in parts):
        return _adds_up("sum", before[total], [before[n] for n in parts], exact, value, {})
    return True
