"""The equations of an extract's claims, and the roles in them that nobody printed.

They follow from which figure stands in which role and what is whole, not from the numbers: what was
read of one bulletin holds for the next of the same layout.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np

from ..kinds import FORMS, KINDS, ROLES, Form
from ..rounding import Floats
from .components import Cells, Terms
from .printed import Bools, Ints

_SMALL = 600  # lines of relations up to which equations are kept for the next of the same layout


@dataclass(eq=False)
class Layout:
    """What the equations of claims follow from: of each line, of each claim, of each figure.

    What a figure has is -1 or its like behind the last one, for roles left empty.
    """

    claim: Ints
    role: Ints
    figure: Ints
    kind: Ints  # of the claim, in KINDS; -1 where it says nothing
    counted: Bools
    whole: Bools
    positive: Bools  # stands as a rate and is not below zero
    factor: Floats  # of each claim, two rows: as in `Figures.factors`
    real: Bools
    against: Ints  # the number of what a change is against, -1 where that is not known
    complete: bool

    @cached_property
    def key(self) -> tuple[bytes, ...]:
        return tuple(np.asarray(getattr(self, each.name)).tobytes() for each in fields(self))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Layout) and self.key == other.key


@dataclass
class Equations:
    """Those of a layout, and of each role that is not printed its claim and what it is at least."""

    cells: Cells
    terms: Terms
    claim: Ints  # of each equation
    roles: list[tuple[int, str]]
    low: Floats
    whole: Bools


def equations_of(layout: Layout) -> Equations:
    """The equations of the claims of a layout."""
    return _remembered(layout) if len(layout.claim) <= _SMALL else _Reading(layout).equations()


@lru_cache(16)
def _remembered(layout: Layout) -> Equations:
    return _Reading(layout).equations()


@cache
def wanted(kind: str, form: Form, complete: bool) -> Bools:
    """By which roles are printed (a bit each), whether an equation could tell something.

    All or all but one of its roles are printed. Of the equations with an unprinted role only as
    many as pin it; `complete` has them all.
    """
    roles = list(KINDS[kind].roles)
    found = []
    for pattern in range(2 ** len(roles)):
        has = {role: bool(pattern >> n & 1) for n, role in enumerate(roles)}
        printed = sum(has[role] for role in form.roles)
        if complete or kind == "ratio" or printed == 3:
            found.append(printed >= (1 if complete else 2))
        elif form.roles == ("change", "prior", "current"):
            found.append(printed == 2 and has["change"] and not has["difference"])
        elif form.roles == ("change", "prior", "difference"):
            found.append(printed == 2 and not has["current"] and not has["prior"])
        else:
            moved = form.roles == ("current", "prior", "difference")
            found.append(moved and printed == 2 and has["difference"])
    return np.array(found)


def _tables() -> list[Any]:
    """What each form's cells are made of (see `Cells`), row by slot by form; and what is scaled.

    The last slot first: by products alone, it can always be told.
    """
    a, b = np.zeros((3, 3, len(_FORMS))), np.zeros((3, 3, len(_FORMS)))
    for n, form in enumerate(_FORMS):
        a[:, :, n] = np.array(
            [(form.z, form.xz, 0), (form.y, form.xy, 0), (form.x, form.xy, form.xz)]
        ).T
        b[:, :, n] = np.array(
            [(form.x, form.y, form.xy), (form.x, form.z, form.xz), (form.y, form.z, 0)]
        ).T
    scaled = np.array([form.scaled for form in _FORMS])
    of_a, of_b = np.zeros((3, 3, 1), dtype=bool), np.zeros((3, 3, 1), dtype=bool)
    of_a[0, :2] = True  # z alone, y alone
    of_b[1, :2] = of_b[:2, 2] = True  # y, z; both beside x
    return [a, b, of_a & scaled, of_b & scaled]


_FORMS = [form for forms in FORMS.values() for form in forms]
_A, _B, _SCALED_A, _SCALED_B = _tables()


class _Reading:
    """A layout, read kind by kind into equations."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.claims = len(layout.kind)
        self.printed = len(layout.whole)
        # What is not printed: appended as equations are made.
        self.more: list[tuple[Floats, Bools]] = []
        self.roles: list[tuple[int, str]] = []
        self.forms: list[tuple[int, Ints, Floats, Ints]] = []  # form, of what, factor, claims
        self.terms: list[Terms] = []
        self.of_claim: list[Ints] = []
        self.count = 0
        self.variables = self.printed
        # Of currents their priors, and what their changes are against.
        self.priors: tuple[Ints, Ints, Ints] | None = None

    def equations(self) -> Equations:
        for kind in ("ratio", "change"):
            self._three(kind)
        self._sums()
        low, whole = zip((np.empty(0), np.empty(0, bool)), *self.more, strict=True)
        claim = np.concatenate([np.empty(0, np.int64), *self.of_claim])
        ends = np.concatenate(low), np.concatenate(whole)
        return Equations(self._cells(), Terms.joined(self.terms), claim, self.roles, *ends)

    def _roles_of(self, kind: str) -> tuple[Ints, dict[str, Ints]]:
        """The claims of a kind, and the figure of each in each role, -1 where none is printed."""
        lines = self.layout
        number = list(KINDS).index(kind)
        claims = np.flatnonzero(lines.kind == number)
        place = np.full(self.claims, -1)
        place[claims] = np.arange(len(claims))
        rows = np.flatnonzero(place[lines.claim] >= 0)
        figure = np.full((len(ROLES), len(claims)), -1)
        at = place[lines.claim[rows]]
        cells = np.bincount(lines.role[rows] * len(claims) + at, minlength=figure.size)
        figure[lines.role[rows], at] = lines.figure[rows]
        own = [ROLES.index(role) for role in KINDS[kind].roles]
        other = np.ones(len(ROLES), dtype=bool)
        other[own] = False
        many = cells.reshape(figure.shape)
        twice = np.asarray((many > 1).any(axis=0) | (many[other] > 0).any(axis=0))
        return claims[~twice], {ROLES[n]: figure[n, ~twice] for n in own}

    def _three(self, kind: str) -> None:
        claims, figure = self._roles_of(kind)
        if not len(claims):
            return
        has = {role: at >= 0 for role, at in figure.items()}
        factor = np.repeat([[100.0], [1.0]], len(claims), axis=1)
        if kind == "ratio":
            factor = self.layout.factor[:, claims]
            nominal: Bools = np.ones(len(claims), dtype=bool)
        else:
            nominal = has["change"] & ~self.layout.real[figure["change"]]
        made: dict[str, Ints] = {role: at.copy() for role, at in figure.items()}
        pattern = sum(has[role] << n for n, role in enumerate(KINDS[kind].roles))
        for form in FORMS[kind]:
            some = wanted(kind, form, self.layout.complete)[pattern]
            if "change" in form.roles or kind == "ratio":
                some = some & nominal
            rows = np.flatnonzero(some)
            if not rows.size:
                continue
            for role in form.roles:
                lacking = rows[made[role][rows] < 0]
                if lacking.size:
                    made[role][lacking] = self._unprinted(kind, role, figure, lacking, claims)
            of = [made[role][rows] for role in form.roles]
            self._add(form, of, factor[:, rows], claims[rows])
        if kind == "change":
            known = np.flatnonzero(
                has["current"] & (made["prior"] >= 0) & (nominal | ~has["change"])
            )
            moved = np.where(has["change"], figure["change"], figure["difference"])[known]
            against = self.layout.against[moved]
            self.priors = figure["current"][known], made["prior"][known], against

    def _unprinted(
        self, kind: str, role: str, figure: dict[str, Ints], rows: Ints, claims: Ints
    ) -> Ints:
        """New variables for a role: what its printed companions say of it."""
        size, of = len(rows), self.layout
        whole = np.zeros(size, dtype=bool)
        for printed, unprinted in KINDS[kind].whole:
            at = figure[printed][rows]
            if unprinted == role:
                whole |= (at >= 0) & of.whole[at]
        if role == "difference":  # of two that are whole, or are for being printed beside one
            now, before = figure["current"][rows], figure["prior"][rows]
            whole = ((now < 0) | of.whole[now]) & ((before < 0) | of.whole[before])
            whole &= (now >= 0) | (before >= 0)
        if role == "current" and kind == "change":
            at = figure["difference"][rows]
            whole |= (at >= 0) & of.whole[at]
        if role == "numerator":
            times, over = of.factor[:, claims[rows]]
            whole &= times >= 100 * over
        low = np.full(size, -np.inf)
        if kind == "ratio":
            rate = figure["rate"][rows]
            positive = (rate >= 0) & of.positive[rate]
            for other in ("numerator", "denominator"):
                at = figure[other][rows]
                positive |= (rate < 0) & (at >= 0) & of.counted[at]
            low = np.where((role == "denominator") | positive, 0.0, low)
        elif role in ("current", "prior"):
            for other in ("current", "prior"):
                at = figure[other][rows]
                low[(at >= 0) & of.counted[at]] = 0.0
            low[whole] = 0.0
        if role == "denominator":
            low[whole] = 1.0
        if role == "prior":  # there may have been none, unless something is a percentage of it
            low[whole & (figure["change"][rows] >= 0)] = 1.0
        self.more.append((low, whole))
        self.roles += [(int(claim), role) for claim in claims[rows].tolist()]
        self.variables += size
        return np.arange(self.variables - size, self.variables)

    def _add(self, form: Form, of: list[Ints], factor: Floats, claims: Ints) -> None:
        self.forms.append((_FORMS.index(form), np.stack(of), factor, claims))
        self.of_claim.append(claims)
        self.count += len(claims)

    def _cells(self) -> Cells:
        """Three cells an equation: all of one slot of the forms, then all of the next."""
        if not self.forms:
            return Cells.none()
        forms = np.repeat([each[0] for each in self.forms], [len(each[3]) for each in self.forms])
        of = np.concatenate([each[1] for each in self.forms], axis=1)
        times, over = np.concatenate([each[2] for each in self.forms], axis=1)
        a, b = (
            (table[:, :, forms] * np.where(scaled[:, :, forms], times, over)).reshape(3, -1)
            for table, scaled in ((_A, _SCALED_A), (_B, _SCALED_B))
        )
        number, (x, y, z) = np.arange(len(forms)), of
        u, v = np.concatenate([x, x, y]), np.concatenate([y, z, z])
        return Cells(np.tile(number, 3), np.concatenate([z, y, x]), u, v, a, b)

    def _sums(self) -> None:
        lines, claim, role = self.layout, self.layout.claim, self.layout.role
        total, part = ROLES.index("total"), ROLES.index("part")
        sums, parts_of = list(KINDS).index("sum"), list(KINDS).index("part")
        is_sum = (lines.kind == sums) | (lines.kind == parts_of)
        rows = is_sum[claim] & ((role == total) | (role == part))
        totals = np.bincount(claim, (role == total) & rows, self.claims)
        parts = np.bincount(claim, (role == part) & rows, self.claims)
        strange = np.bincount(claim, is_sum[claim] & ~rows, self.claims)
        plain = is_sum & (totals == 1) & (parts >= 1) & (strange == 0)
        rows = np.flatnonzero(rows & plain[claim])
        if not rows.size:
            return
        claims = np.flatnonzero(plain)
        place = np.full(self.claims, -1)
        place[claims] = np.arange(len(claims)) + self.count
        sign = np.where(role[rows] == total, 1.0, -1.0)
        of = lines.figure[rows]
        self.terms.append(Terms(place[claim[rows]], of, sign))
        self.of_claim.append(claims)
        self.count += len(claims)
        rest = claims[lines.kind[claims] == parts_of]
        if rest.size:
            zero = np.zeros(len(rest))
            self.more.append((zero, zero > 0))
            self.roles += [(each, "rest") for each in rest.tolist()]
            slack = np.arange(self.variables, self.variables + len(rest))
            self.variables += len(rest)
            self.terms.append(Terms(place[rest], slack, -np.ones(len(rest))))
        exact = lines.kind[claim[rows]] == sums
        self._sums_before(claim[rows][exact], of[exact], sign[exact])

    def _sums_before(self, claim: Ints, of: Ints, sign: Floats) -> None:
        """What is a sum now was one before: priors against the same add up as their currents do."""
        if self.priors is None:
            return
        done = np.zeros(self.variables, dtype=bool)
        done[of[sign > 0]] = True
        current, prior, of_prior = self.priors
        for against in dict.fromkeys(of_prior[of_prior >= 0].tolist()):
            at = np.flatnonzero(of_prior == against)
            before = np.full(self.printed, -1)
            before[current[at]] = prior[at]
            known = np.bincount(claim, before[of] < 0, self.claims) == 0
            total_of = np.full(self.claims, -1)
            total_of[claim[sign > 0]] = before[of[sign > 0]]
            known &= (total_of >= 0) & ~done[total_of]
            rows = np.flatnonzero(known[claim])
            if not rows.size:
                continue
            claims = np.unique(claim[rows])
            number = np.searchsorted(claims, claim[rows]) + self.count
            self.terms.append(Terms(number, before[of[rows]], sign[rows]))
            self.of_claim.append(claims)
            self.count += len(claims)
