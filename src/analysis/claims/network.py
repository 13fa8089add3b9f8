"""An extract as variables and equations: its figures, and the roles that nobody printed.

Every figure is a variable with a low and a high; so is a role that is not printed, from 0 and whole
where what is printed beside it says so. Each claim gives the equations of its kind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Self

import numpy as np

from ..kinds import FORMS, KINDS, ROLES, Form
from ..rounding import Floats
from .components import Cells, Terms
from .printed import COUNT, RATE, Bools, Figures, Ints, Lines, codes, connected


@dataclass
class Network:
    """Variables and equations, in columns. The first `printed` variables are the figures."""

    low: Floats
    high: Floats
    whole: Bools
    least: Floats  # what a figure that is set free cannot be below
    printed: int
    cells: Cells
    terms: Terms
    claim: Ints  # of each equation
    lines: Lines
    figures: Figures
    roles: list[tuple[int, str]]  # of each variable that is not printed: claim and role

    @property
    def members(self) -> tuple[Ints, Ints]:
        """Equation and variable, a pair each time one stands in the other."""
        equations = np.concatenate([self.cells.equation, self.terms.equation])
        return equations, np.concatenate([self.cells.of, self.terms.of])

    def labels(self, tied: Bools | slice = slice(None)) -> tuple[Ints, Ints]:
        """The component of each equation and of each variable, where some of `members` tie them."""
        equations, of = self.members
        size = len(self.claim)
        label = connected(equations[tied], of[tied] + size, size + len(self.low))
        return label[:size], label[size:]

    @property
    def once(self) -> Cells:
        """Each equation of three roles once, solved for the one that its products share."""
        return self.cells.take(slice(len(self.cells.of) * 2 // 3, None))  # see `_tables`

    def only(self, equations: Bools) -> Self:
        """The same network with some of its equations."""
        cells = self.cells.take(equations[self.cells.equation])
        return replace(self, cells=cells, terms=self.terms.take(equations[self.terms.equation]))

    def without(self, claims: Bools) -> Self:
        """The same network where some claims say nothing."""
        return self.only(~claims[self.claim])

    @classmethod
    def of(cls, figures: Figures, lines: Lines, complete: bool = False) -> Self:
        """The network of an extract's figures and claims.

        Complete: with roles that nothing but one figure tells of.
        """
        return cls(**_Reading(figures, lines, complete).network())


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
    """An extract's claims, read line by line into equations."""

    def __init__(self, figures: Figures, lines: Lines, complete: bool) -> None:
        self.complete, self.figures, self.lines = complete, figures, lines
        size = len(figures)
        self.low, self.high = figures.low[:size], figures.high[:size].copy()
        self.is_count = figures.measure[:size] == COUNT
        with np.errstate(invalid="ignore"):
            self.whole = figures.counted[:size] & (np.floor(self.low) == self.low)
            self.whole &= np.floor(self.high) == self.high
        # Printed as 100%, it may be no share but, say, a completion rate, and rounded like any.
        end, self.rate = figures.end[:size], figures.measure[:size] == RATE
        at = np.flatnonzero((self.high == end) & self.rate & (self.low < end))
        at = at[figures.value[at] == end[at]]
        self.high[at] = 2 * end[at] - self.low[at]

        self.claim, self.role, self.figure = lines.claim, lines.role, lines.figure
        self.kind = codes(lines.kinds, list(KINDS))
        self.claims = len(lines.names)
        # A claim of a figure that is missing or has no bounds says nothing.
        silent = (self.figure < 0) | (self.role < 0)
        silent |= np.isnan(figures.low)[self.figure]
        self.kind[self.claim[silent]] = -1

        # What is not printed: appended as equations are made.
        self.more: list[tuple[Floats, Floats, Bools, Floats]] = []
        self.roles: list[tuple[int, str]] = []
        self.forms: list[tuple[int, Ints, Floats, Ints]] = []  # form, of what, factor, claims
        self.terms: list[Terms] = []
        self.of_claim: list[Ints] = []
        self.equations = 0
        self.variables = size
        self.priors: list[tuple[Ints, Ints, Ints]] = []  # figure, its prior, the claim

    def network(self) -> dict[str, Any]:
        for kind in ("ratio", "change"):
            self._three(kind)
        self._sums()
        rows = [np.concatenate(columns) for columns in zip(*self.more, strict=True)] or [
            np.empty(0, dtype) for dtype in (float, float, bool, float)
        ]
        domain = np.where(self.is_count | self.rate & (self.low >= 0), 0.0, -np.inf)
        return {
            "low": np.concatenate([self.low, rows[0]]),
            "high": np.concatenate([self.high, rows[1]]),
            "whole": np.concatenate([self.whole, rows[2].astype(bool)]),
            "least": np.concatenate([domain, rows[3]]),
            "printed": len(self.low),
            "cells": self._cells(),
            "terms": Terms.joined(self.terms),
            "claim": np.concatenate([np.empty(0, np.int64), *self.of_claim]),
            "lines": self.lines,
            "figures": self.figures,
            "roles": self.roles,
        }

    def _roles_of(self, kind: str) -> tuple[Ints, dict[str, Ints]]:
        """The claims of a kind, and the figure of each in each role, -1 where none is printed."""
        number = list(KINDS).index(kind)
        claims = np.flatnonzero(self.kind == number)
        place = np.full(self.claims, -1)
        place[claims] = np.arange(len(claims))
        rows = np.flatnonzero(place[self.claim] >= 0)
        figure = np.full((len(ROLES), len(claims)), -1)
        at = place[self.claim[rows]]
        cells = np.bincount(self.role[rows] * len(claims) + at, minlength=figure.size)
        figure[self.role[rows], at] = self.figure[rows]
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
        factor = np.full(len(claims), 100.0)
        if kind == "ratio":
            factor = self.figures.factor[figure["rate"]]
            nominal: Bools = np.ones(len(claims), dtype=bool)
        else:
            nominal = has["change"] & ~self.figures.real[figure["change"]]
        made: dict[str, Ints] = {role: at.copy() for role, at in figure.items()}
        pattern = sum(has[role] << n for n, role in enumerate(KINDS[kind].roles))
        for form in FORMS[kind]:
            some = wanted(kind, form, self.complete)[pattern]
            if "change" in form.roles or kind == "ratio":
                some = some & nominal
            rows = np.flatnonzero(some)
            if not rows.size:
                continue
            for role in form.roles:
                lacking = rows[made[role][rows] < 0]
                if lacking.size:
                    made[role][lacking] = self._unprinted(kind, role, figure, lacking, claims)
            self._add(form, [made[role][rows] for role in form.roles], factor[rows], claims[rows])
        if kind == "change":
            known = np.flatnonzero(
                has["current"] & (made["prior"] >= 0) & (nominal | ~has["change"])
            )
            self.priors.append((figure["current"][known], made["prior"][known], known))
            moved = np.where(has["change"], figure["change"], figure["difference"])[known]
            self.against = self.figures.against[moved]

    def _unprinted(
        self, kind: str, role: str, figure: dict[str, Ints], rows: Ints, claims: Ints
    ) -> Ints:
        """New variables for a role: what its printed companions say of it."""
        size = len(rows)
        whole = np.zeros(size, dtype=bool)
        for printed, unprinted in KINDS[kind].whole:
            at = figure[printed][rows]
            if unprinted == role:
                whole |= (at >= 0) & self.whole[at]
        if role == "difference":  # of two that are whole, or are for being printed beside one
            now, before = figure["current"][rows], figure["prior"][rows]
            whole = ((now < 0) | self.whole[now]) & ((before < 0) | self.whole[before])
            whole &= (now >= 0) | (before >= 0)
        if role == "current" and kind == "change":
            at = figure["difference"][rows]
            whole |= (at >= 0) & self.whole[at]
        if role == "numerator":
            whole &= self.figures.factor[figure["rate"][rows]] >= 100
        low = np.full(size, -np.inf)
        if kind == "ratio":
            rate = figure["rate"][rows]
            low = np.where((role == "denominator") | (self.low[rate] >= 0), 0.0, low)
        elif role in ("current", "prior"):
            for other in ("current", "prior"):
                at = figure[other][rows]
                low[(at >= 0) & self.is_count[at]] = 0.0
            low[whole] = 0.0
        if role == "denominator":
            low[whole] = 1.0
        if role == "prior":  # there may have been none, unless something is a percentage of it
            low[whole & (figure["change"][rows] >= 0)] = 1.0
        self.more.append((low, np.full(size, np.inf), whole, low))
        self.roles += [(int(claim), role) for claim in claims[rows].tolist()]
        self.variables += size
        return np.arange(self.variables - size, self.variables)

    def _add(self, form: Form, of: list[Ints], factor: Floats, claims: Ints) -> None:
        self.forms.append((_FORMS.index(form), np.stack(of), factor, claims))
        self.of_claim.append(claims)
        self.equations += len(claims)

    def _cells(self) -> Cells:
        """Three cells an equation: all of one slot of the forms, then all of the next."""
        if not self.forms:
            return Cells.none()
        forms = np.repeat([each[0] for each in self.forms], [len(each[3]) for each in self.forms])
        of = np.concatenate([each[1] for each in self.forms], axis=1)
        factor = np.concatenate([each[2] for each in self.forms])
        a, b = (
            (table[:, :, forms] * np.where(scaled[:, :, forms], factor, 1.0)).reshape(3, -1)
            for table, scaled in ((_A, _SCALED_A), (_B, _SCALED_B))
        )
        number, (x, y, z) = np.arange(len(forms)), of
        u, v = np.concatenate([x, x, y]), np.concatenate([y, z, z])
        return Cells(np.tile(number, 3), np.concatenate([z, y, x]), u, v, a, b)

    def _sums(self) -> None:
        total, part = ROLES.index("total"), ROLES.index("part")
        sums, parts_of = list(KINDS).index("sum"), list(KINDS).index("part")
        is_sum = (self.kind == sums) | (self.kind == parts_of)
        rows = is_sum[self.claim] & ((self.role == total) | (self.role == part))
        totals = np.bincount(self.claim, (self.role == total) & rows, self.claims)
        parts = np.bincount(self.claim, (self.role == part) & rows, self.claims)
        strange = np.bincount(self.claim, is_sum[self.claim] & ~rows, self.claims)
        plain = is_sum & (totals == 1) & (parts >= 1) & (strange == 0)
        rows = np.flatnonzero(rows & plain[self.claim])
        if not rows.size:
            return
        claims = np.flatnonzero(plain)
        place = np.full(self.claims, -1)
        place[claims] = np.arange(len(claims)) + self.equations
        sign = np.where(self.role[rows] == total, 1.0, -1.0)
        of = self.figure[rows]
        self.terms.append(Terms(place[self.claim[rows]], of, sign))
        self.of_claim.append(claims)
        self.equations += len(claims)
        rest = claims[self.kind[claims] == parts_of]
        if rest.size:
            zero = np.zeros(len(rest))
            fill = zero, zero + np.inf, zero > 0, zero
            self.more.append(fill)
            self.roles += [(int(claim), "rest") for claim in rest.tolist()]
            slack = np.arange(self.variables, self.variables + len(rest))
            self.variables += len(rest)
            self.terms.append(Terms(place[rest], slack, -np.ones(len(rest))))
        exact = self.kind[self.claim[rows]] == sums
        self._sums_before(self.claim[rows][exact], of[exact], sign[exact])

    def _sums_before(self, claim: Ints, of: Ints, sign: Floats) -> None:
        """What is a sum now was one before: priors against the same add up as their currents do."""
        done = np.zeros(self.variables, dtype=bool)
        done[of[sign > 0]] = True
        for current, prior, _ in self.priors:
            for against in dict.fromkeys(self.against.tolist()):
                at = np.flatnonzero(self.against == against)
                before = np.full(len(self.low), -1)
                before[current[at]] = prior[at]
                known = np.bincount(claim, before[of] < 0, self.claims) == 0
                total_of = np.full(self.claims, -1)
                total_of[claim[sign > 0]] = before[of[sign > 0]]
                known &= (total_of >= 0) & ~done[total_of]
                rows = np.flatnonzero(known[claim])
                if not rows.size:
                    continue
                claims = np.unique(claim[rows])
                number = np.searchsorted(claims, claim[rows]) + self.equations
                self.terms.append(Terms(number, before[of[rows]], sign[rows]))
                self.of_claim.append(claims)
                self.equations += len(claims)
