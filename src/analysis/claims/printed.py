"""An extract's tables in columns: its figures, and the lines of its claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..bounds import Bounds
from ..kinds import MEASURES, ROLES
from ..quotients import factor_of
from ..rounding import Floats
from ..units import Family, unit_of

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
COUNT, AMOUNT, RATE, CHANGE, DIFFERENCE = range(len(MEASURES))
MISSING = -1  # the row of a figure that is not there
_ROLES = {role: n for n, role in enumerate(ROLES)}
_Texts = tuple[Any, ...]
_FEW = 600  # values that a dict numbers sooner than pandas
_EMPTY, _MISSING = np.array([np.nan, np.nan]), np.array([MISSING, MISSING])  # of roles left empty


def codes(column: Any, names: Sequence[str]) -> Ints:
    """The place of each of a column's values in `names`, -1 where it is not among them."""
    place = dict(zip(names, range(len(names)), strict=True))
    if len(column) <= _FEW:
        return np.array([place.get(each, -1) for each in _listed(column)], np.int64)
    code, values = factorized(column)
    return np.array([*(place.get(each, -1) for each in values), -1], dtype=np.int64)[code]


def factorized(column: Any) -> tuple[Ints, list[Any]]:
    """Each value's number in the order of first appearance, and the values; few in a dict."""
    if len(column) > _FEW:
        code, values = pd.factorize(column)
        return code, values.tolist()
    number: dict[Any, int] = {}
    code = np.array([number.setdefault(each, len(number)) for each in _listed(column)], np.int64)
    return code, list(number)


def _listed(column: Any) -> list[Any]:
    if isinstance(column, list):
        return column
    array = column if isinstance(column, np.ndarray) else column.to_numpy(dtype=object)
    values: list[Any] = array.tolist()
    return values


@dataclass
class Figures:
    """What claims need of `figures`, each column with two rows of NaN more for roles left empty.

    A column is read when it is first asked for. Raises `ValueError` where a low is above its high.
    """

    frame: pd.DataFrame

    def __post_init__(self) -> None:
        self.ends = [self.frame[name].to_numpy(np.float64) for name in ("low", "high")]
        if not np.less_equal(*self.ends).all():
            Bounds(*self.ends)  # refuses a low above its high

    def __len__(self) -> int:
        return len(self.frame)

    def _codes(self, name: str, names: Sequence[str]) -> Ints:
        return np.concatenate([codes(self.frame[name], names), _MISSING])

    @cached_property
    def keys(self) -> list[Any]:
        return _listed(self.frame.index)

    @cached_property
    def reported(self) -> npt.NDArray[np.object_]:
        return self.frame["reported"].to_numpy(dtype=object)

    @cached_property
    def value(self) -> Floats:
        return np.concatenate([self.frame["value"].to_numpy(np.float64), _EMPTY])

    @cached_property
    def low(self) -> Floats:
        return np.concatenate([self.ends[0], _EMPTY])

    @cached_property
    def high(self) -> Floats:
        return np.concatenate([self.ends[1], _EMPTY])

    @cached_property
    def measure(self) -> Ints:
        return self._codes("measure", MEASURES)

    @cached_property
    def real(self) -> Bools:
        """A change at constant prices."""
        real: Bools = self._codes("basis", ["real"]) == 0
        return real

    @cached_property
    def against(self) -> Ints:
        """What a change is against, numbered; -1 where that is not known."""
        code, found = factorized(self.frame["against"])
        known = np.array([*(not pd.isna(each) for each in found), False])
        return np.concatenate([np.where(known[code], code, MISSING), _MISSING])

    @cached_property
    def units(self) -> list[Any]:
        return _listed(self.frame["unit"])

    @cached_property
    def _units(self) -> tuple[Ints, list[str]]:
        code, units = factorized(self.frame["unit"] if len(self) > _FEW else self.units)
        # The last is for no unit at all.
        return np.append(code, [len(units), len(units)]), [*map(str, units), ""]

    @cached_property
    def _families(self) -> tuple[Ints, list[Family]]:
        code, units = self._units
        return code, [unit_of(unit).family for unit in units]

    @cached_property
    def counted(self) -> Bools:
        """Of whole things, or a difference of such."""
        code, families = self._families
        things = np.array([family.measure == "count" for family in families])[code]
        counted: Bools = (self.measure == COUNT) | (self.measure == DIFFERENCE) & things
        return counted

    @cached_property
    def factor(self) -> Floats:
        """What a quotient of 1 is printed as by a unit alone: 100 for a percentage."""
        code, families = self._families
        return np.array([family.per_one for family in families])[code]

    def factors(self, rate: Ints, numerator: Ints, denominator: Ints) -> Floats:
        """What quotients of 1 are printed as, by the units of all three: over and under a stroke.

        Both are exact; NaN where the units cannot be made comparable.
        """
        code, units = self._units
        key = (code[rate] * len(units) + code[numerator]) * len(units) + code[denominator]
        number, found = factorized(key)
        known = []
        for one in found:
            rest, base = divmod(one, len(units))
            factor = factor_of(*(units[n] for n in divmod(rest, len(units))), units[base])
            known.append((factor.numerator, factor.denominator) if factor else (np.nan, np.nan))
        return np.array(known, np.float64).reshape(-1, 2).T[:, number]

    @cached_property
    def end(self) -> Floats:
        """Where a share ends, NaN for what is none."""
        code, families = self._families
        return np.array([family.end or np.nan for family in families])[code]


@dataclass(eq=False)
class Lines:
    """The rows of a table of relations: the number of each one's claim, its role and figure."""

    claim: Ints
    role: Ints  # in ROLES
    figure: Ints  # row of `figures`, or MISSING
    names: list[Any]  # of the claims
    kinds: npt.NDArray[np.object_]  # of the claims, as the first line of each says

    @classmethod
    def of(cls, relations: pd.DataFrame, figures: Figures) -> Self:
        of_lines = [relations[name] for name in ("relation", "kind", "role", "figure")]
        if len(relations) <= _FEW:
            read = (tuple(_listed(each)) for each in of_lines)
            # 1 and 1.0 are equal and not the same name; to compare whole types takes long.
            return cls._few(*read, tuple(figures.keys), of_lines[0].dtype.kind)
        claim, names = factorized(of_lines[0])
        first = np.empty(len(names), dtype=np.int64)
        first[claim[::-1]] = np.arange(len(claim))[::-1]
        kinds = of_lines[1].to_numpy(dtype=object)[first]
        # A key's code is its row, as each stands there once: faster than an index of texts.
        keys = figures.frame.index
        both = pd.concat([keys.to_series(), of_lines[3]], ignore_index=True)
        figure = pd.factorize(both)[0][len(keys) :]
        figure = np.where(figure < len(keys), figure, MISSING).astype(np.int64)
        return cls(claim, codes(of_lines[2], ROLES), figure, names, kinds)

    @classmethod
    @lru_cache(32)  # the records of one issuer differ in their numbers alone
    def _few(
        cls, names: _Texts, kinds: _Texts, roles: _Texts, keys: _Texts, rows: _Texts, _: str
    ) -> Self:
        number: dict[Any, int] = {}
        row = dict(zip(rows, range(len(rows)), strict=True))
        claim = [number.setdefault(name, len(number)) for name in names]
        role = np.array([_ROLES.get(each, MISSING) for each in roles], np.int64)
        figure = np.array([row.get(each, MISSING) for each in keys], np.int64)
        first = dict(zip(reversed(claim), reversed(kinds), strict=True))
        of_claims = np.array([first[n] for n in range(len(number))], dtype=object)
        return cls(np.array(claim, np.int64), role, figure, list(number), of_claims)

    def of_role(self, role: str) -> Ints:
        """The figure of each claim in a role, MISSING where it has none."""
        figure = np.full(len(self.names), MISSING)
        at = self.role == _ROLES[role]
        figure[self.claim[at]] = self.figure[at]
        return figure

    def of_claims(self, some: Bools) -> Self:
        """The lines of some of the claims, numbered anew."""
        at = np.flatnonzero(some[self.claim])
        claim = (np.cumsum(some) - 1)[self.claim[at]]
        names = [self.names[n] for n in np.flatnonzero(some).tolist()]
        return type(self)(claim, self.role[at], self.figure[at], names, self.kinds[some])

    def only(self, some: Bools) -> Self:
        """The lines of some of the claims, which keep their numbers."""
        at = np.flatnonzero(some[self.claim])
        of_lines = self.claim[at], self.role[at], self.figure[at]
        return type(self)(*of_lines, self.names, self.kinds)

    def tied_to(self, claims: Bools) -> Bools:
        """Which claims figures tie to these, directly or by way of other claims."""
        known = self.figure != MISSING
        claim, figure = self.claim[known], self.figure[known] + len(claims)
        label = connected(claim, figure, len(claims) + int(self.figure.max(initial=0)) + 1)
        tied = np.zeros(len(label), dtype=bool)
        tied[label[: len(claims)][claims]] = True
        found: Bools = tied[label[: len(claims)]]
        return found


def distinct(key: Ints) -> Ints:
    """Each value once, the least first; of a few sooner than `np.unique` says it."""
    key = np.sort(key)
    new = np.ones(len(key), dtype=bool)
    new[1:] = key[1:] != key[:-1]
    return key[new]


def connected(a: Ints, b: Ints, size: int) -> Ints:
    """The smallest node of each node's component, where each `a` is tied to its `b`."""
    label = np.arange(size)
    while len(a):
        one, other = label[a], label[b]
        apart = one != other
        if not apart.any():
            break
        one, other = one[apart], other[apart]
        least = np.minimum(one, other)
        np.minimum.at(label, one, least)  # whatever has that label follows
        np.minimum.at(label, other, least)
        while (label != (label := label[label])).any():
            pass
    return label
