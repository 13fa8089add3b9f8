"""An extract as variables and equations: its figures, and the roles that nobody printed.

Every figure is a variable with a low and a high; so is a role that is not printed, from 0 and whole
where what is printed beside it says so. Each claim gives the equations of its kind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
import pandas as pd

from ..extract import Extract
from ..kinds import FORMS, KINDS, MEASURES, ROLES, Form
from ..rounding import Floats
from ..units import unit_of
from .columns import Bools, Figures, Ints
from .components import Cells, Terms, joined


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
    names: list[str]  # of the claims
    lines: tuple[Ints, Ints, Ints]  # claim, role and figure of each line of the relations
    frame: pd.DataFrame
    counted: Bools  # of the printed
    roles: list[tuple[int, str]]  # of each variable that is not printed: claim and role

    @property
    def members(self) -> tuple[Ints, Ints]:
        """Equation and variable, a pair each time one stands in the other."""
        equations = np.concatenate([self.cells.equation, self.terms.equation])
        return equations, np.concatenate([self.cells.of, self.terms.of])

    @cached_property
    def figures(self) -> Figures:
        """The printed figures, as slips need them."""
        frame = self.frame
        families = [unit_of(str(unit)).family for unit in frame["unit"].tolist()]
        number = {measure: n for n, measure in enumerate(MEASURES)}
        return Figures(
            reported=frame["reported"].to_numpy(dtype=object),
            value=frame["value"].to_numpy(np.float64),
            low=frame["low"].to_numpy(np.float64),
            high=frame["high"].to_numpy(np.float64),
            measure=np.array([number.get(each, -1) for each in frame["measure"].tolist()]),
            counted=self.counted,
            factor=np.array([family.per_one for family in families]),
            end=np.array([family.end or np.nan for family in families]),
            real=np.zeros(len(families), dtype=bool),
        )

    def without(self, claims: Bools) -> Self:
        """The same network where some claims say nothing."""
        gone = claims[self.claim]
        cells = self.cells.take(~gone[self.cells.equation])
        return replace(self, cells=cells, terms=self.terms.take(~gone[self.terms.equation]))

    @classmethod
    def of(cls, extract: Extract, complete: bool = False) -> Self:
        """The network of an extract; complete: with roles that nothing but one figure tells of."""
        return cls(**_Reading(extract, complete).network())


class _Reading:
    """An extract's claims, read line by line into equations."""

    def __init__(self, extract: Extract, complete: bool) -> None:
        frame, lines = extract.figures, extract.relations
        self.complete = complete
        self.low, self.high = frame["low"].to_numpy(np.float64), frame["high"].to_numpy(np.float64)
        self.measure = frame["measure"].to_numpy(dtype=object)
        units = frame["unit"].tolist()
        families = {unit: unit_of(str(unit)).family for unit in set(units)}
        things = {unit: family.measure == "count" for unit, family in families.items()}
        counted = np.array([things[unit] for unit in units], dtype=bool)
        self.is_count = self.measure == "count"
        counted = self.is_count | (self.measure == "difference") & counted
        self.counted = counted
        with np.errstate(invalid="ignore"):
            self.whole = counted & (np.floor(self.low) == self.low)
            self.whole &= np.floor(self.high) == self.high
        self.factors = {unit: family.per_one for unit, family in families.items()}
        self.units = units
        self.frame = frame
        # Printed as 100%, it may be no share but, say, a completion rate, and rounded like any.
        ends = {unit: family.end or np.nan for unit, family in families.items()}
        end = np.array([ends[unit] for unit in units], dtype=float)
        at = np.flatnonzero((self.high == end) & (self.measure == "rate") & (self.low < end))
        at = at[frame["value"].to_numpy(np.float64)[at] == end[at]]
        self.high = self.high.copy()
        self.high[at] = 2 * end[at] - self.low[at]

        place = dict(zip(frame.index.tolist(), range(len(frame)), strict=True))
        claims: dict[Any, int] = {}
        number = [claims.setdefault(name, len(claims)) for name in lines["relation"].tolist()]
        self.names = list(claims)
        self.claim = np.array(number, dtype=np.int64)
        self.figure = np.array([place.get(x, -1) for x in lines["figure"].tolist()], np.int64)
        role_of = {role: n for n, role in enumerate(ROLES)}
        self.role = np.array([role_of.get(x, -1) for x in lines["role"].tolist()], np.int64)
        kind_of = {kind: n for n, kind in enumerate(KINDS)}
        kinds = np.array([kind_of.get(x, -1) for x in lines["kind"].tolist()], np.int64)
        self.kind = np.full(len(self.names), -1)
        self.kind[self.claim[::-1]] = kinds[::-1]  # as its first line says
        # A claim of a figure that is missing or has no bounds says nothing.
        silent = (self.figure < 0) | (self.role < 0)
        if len(self.figure):
            silent |= np.isnan(self.low)[self.figure]
        self.kind[self.claim[silent]] = -1

        # What is not printed: appended as equations are made.
        self.more: list[tuple[Floats, Floats, Bools, Floats]] = []
        self.roles: list[tuple[int, str]] = []
        self.cells: list[Cells] = []
        self.terms: list[Terms] = []
        self.of_claim: list[Ints] = []
        self.equations = 0
        self.variables = len(frame)
        self.priors: list[tuple[Ints, Ints, Ints]] = []  # figure, its prior, the claim

    def network(self) -> dict[str, Any]:
        for kind in ("ratio", "change"):
            self._three(kind)
        self._sums()
        rows = [np.concatenate(columns) for columns in zip(*self.more, strict=True)] or [
            np.empty(0, dtype) for dtype in (float, float, bool, float)
        ]
        domain = np.where(self.is_count | (self.measure == "rate") & (self.low >= 0), 0.0, -np.inf)
        return {
            "low": np.concatenate([self.low, rows[0]]),
            "high": np.concatenate([self.high, rows[1]]),
            "whole": np.concatenate([self.whole, rows[2].astype(bool)]),
            "least": np.concatenate([domain, rows[3]]),
            "printed": len(self.low),
            "cells": joined(self.cells, Cells),
            "terms": joined(self.terms, Terms),
            "claim": np.concatenate([np.empty(0, np.int64), *self.of_claim]),
            "names": self.names,
            "lines": (self.claim, self.role, self.figure),
            "frame": self.frame,
            "counted": self.counted,
            "roles": self.roles,
        }

    def _roles_of(self, kind: str) -> tuple[Ints, dict[str, Ints]]:
        """The claims of a kind, and the figure of each in each role, -1 where none is printed."""
        number = list(KINDS).index(kind)
        claims = np.flatnonzero(self.kind == number)
        place = np.full(len(self.names), -1)
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
            factor = np.array([self.factors[self.units[row]] for row in figure["rate"].tolist()])
            nominal: Bools = np.ones(len(claims), dtype=bool)
        else:
            basis = self.frame["basis"].to_numpy(dtype=object)
            nominal = has["change"] & (basis[figure["change"]] != "real")
        made: dict[str, Ints] = {role: at.copy() for role, at in figure.items()}
        for form in FORMS[kind]:
            wanted = self._wanted(kind, form, has)
            if "change" in form.roles or kind == "ratio":
                wanted = wanted & nominal
            rows = np.flatnonzero(wanted)
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
            against = self.frame["against"].to_numpy(dtype=object)
            self.against = against[moved]

    def _wanted(self, kind: str, form: Form, has: dict[str, Bools]) -> Bools:
        """Where an equation could tell something: all or all but one of its roles are printed.

        Of those with one unprinted role only as many as pin it; `complete` has them all.
        """
        printed = np.sum([has[role] for role in form.roles], axis=0)
        if self.complete or kind == "ratio":
            return np.asarray(printed >= (1 if self.complete else 2))
        others = [role for role in KINDS[kind].roles if role not in form.roles]
        if form.roles[-2:] == ("prior", "current"):
            wanted = (printed == 3) | (printed == 2) & ~has["difference"] & has["change"]
        elif form.roles == ("change", "prior", "difference"):
            wanted = (printed == 3) | (printed == 2) & ~has[others[0]] & ~has["prior"]
        elif form.roles == ("current", "prior", "difference"):
            wanted = (printed >= 2) & has["difference"]
        else:
            wanted = printed == 3
        return np.asarray(wanted)

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
            factor = np.array([self.factors[self.units[r]] for r in figure["rate"][rows].tolist()])
            whole &= factor >= 100
        low = np.full(size, -np.inf)
        if kind == "ratio" or role == "rate":
            low[:] = 0.0
        elif role in ("current", "prior"):
            for other in ("current", "prior"):
                at = figure[other][rows]
                low[(at >= 0) & self.is_count[at]] = 0.0
            low[whole] = 0.0
        if role in ("prior", "denominator"):
            low[whole] = 1.0
        self.more.append((low, np.full(size, np.inf), whole, low))
        self.roles += [(int(claim), role) for claim in claims[rows].tolist()]
        self.variables += size
        return np.arange(self.variables - size, self.variables)

    def _add(self, form: Form, of: list[Ints], factor: Floats, claims: Ints) -> None:
        count = len(claims)
        scale = factor if form.scaled else np.ones(count)
        number = np.arange(self.equations, self.equations + count)
        self.equations += count
        self.of_claim.append(claims)
        one, none = np.ones(count), np.zeros(count)
        xy, xz, x = form.xy * one, form.xz * one, form.x * one
        y, z = form.y * scale, form.z * scale
        first, second, third = of
        # The last first: by products alone, it can always be told.
        self.cells += [
            Cells(number, third, first, second, np.stack([z, xz, none]), np.stack([x, y, xy])),
            Cells(number, second, first, third, np.stack([y, xy, none]), np.stack([x, z, xz])),
            Cells(number, first, second, third, np.stack([x, xy, xz]), np.stack([y, z, none])),
        ]

    def _sums(self) -> None:
        total, part = ROLES.index("total"), ROLES.index("part")
        is_sum = np.isin(self.kind, [list(KINDS).index(kind) for kind in ("sum", "part")])
        rows = is_sum[self.claim] & ((self.role == total) | (self.role == part))
        totals = np.bincount(self.claim, (self.role == total) & rows, len(self.names))
        parts = np.bincount(self.claim, (self.role == part) & rows, len(self.names))
        strange = np.bincount(self.claim, is_sum[self.claim] & ~rows, len(self.names))
        plain = is_sum & (totals == 1) & (parts >= 1) & (strange == 0)
        rows = np.flatnonzero(rows & plain[self.claim])
        if not rows.size:
            return
        claims = np.flatnonzero(plain)
        place = np.full(len(self.names), -1)
        place[claims] = np.arange(len(claims)) + self.equations
        sign = np.where(self.role[rows] == total, 1.0, -1.0)
        of = self.figure[rows]
        self.terms.append(Terms(place[self.claim[rows]], of, sign))
        self.of_claim.append(claims)
        self.equations += len(claims)
        rest = claims[self.kind[claims] == list(KINDS).index("part")]
        if rest.size:
            zero = np.zeros(len(rest))
            fill = zero, zero + np.inf, zero > 0, zero
            self.more.append(fill)
            self.roles += [(int(claim), "rest") for claim in rest.tolist()]
            slack = np.arange(self.variables, self.variables + len(rest))
            self.variables += len(rest)
            self.terms.append(Terms(place[rest], slack, -np.ones(len(rest))))
        exact = self.kind[self.claim[rows]] == list(KINDS).index("sum")
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
                known = np.bincount(claim, before[of] < 0, len(self.names)) == 0
                total_of = np.full(len(self.names), -1)
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
