"""Audit: printed claims against their own parts, and the single slip that would explain each.

Every claim of a kind is judged at once, in columns; only a contradiction is looked at by itself.
A claim agrees where the printed range and the recomputed range meet: then there are numbers that
the author may have had which make it true. Where none exist, no rounding can explain it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..extract import Extract
from ..rounding import Floats
from .columns import (
    AGREES,
    BY_ROLE,
    CANNOT_TELL,
    CONTRADICTS,
    COUNT,
    KINDS,
    ROLES,
    TRUNCATED,
    VERDICTS,
    Bools,
    Claims,
    Figures,
    Ints,
    claims_of,
    codes,
    cut_off,
    judge,
    rows_of,
)
from .slips import CUT, SLIPS, explanations, repeatable_in

_AT_ONCE = 1024  # contradictions explained together: hundreds of candidates each, held in memory


# What gives a difference its direction. 300多起, 至少5件 and 超过10人 are hedged, not directed.
_DIRECTION = re.compile(
    r"^[+\-−]|[增减減升降涨漲跌落快慢]|(?<![0-9十百千万亿萬億余餘])多(?![于於])|(?<![至不])少(?![于於])"
    r"|[高低](?![于於])|[优優好][于於]|[扩擴拉]大|[缩縮]小|[缩縮]短|延[长長]|收窄|放[缓緩]|改善|[恶惡]化"
    r"|下[调調]|ris|rose|fell|fall|grow|grew|declin|creas|fewer|down|drop|lower|higher|narrow|widen"
    r"|gain|lost|slip|(?:more|less)(?! than)|up(?! to)"
)


def audit(extract: Extract) -> pd.DataFrame:
    """Judge every printed claim of an extract: one row a relation, in order of first appearance.

    Index `relation`. Columns, in the unit of the printed result:

    - kind: `sum`, `part`, `ratio`, `change` or `difference`
    - printed_low, printed_high: bounds of the printed result (the total, rate, change, difference)
    - recomputed_low, recomputed_high: bounds of the same from its parts. Where a part is not
      printed: from the whole number that comes nearest, or all that is possible (a fall to no less
      than -100 percent; `inf` is an open end). NaN where nothing can be recomputed
    - gap: how far apart the two are, 0 where they meet (for `part`: by how much the parts exceed
      the total), NaN where not known
    - verdict: `agrees`; `agrees if truncated` where the result agrees once it is taken as cut
      off after its last digit, not rounded; `contradicts`; `cannot tell`
    - explanation: of a contradiction, the single slips that would reconcile it, nearest first:
      no digit changed (an input cut off, the other sign, division by the current value, percent for
      points, a part left out), one digit, two digits swapped, a power of ten, a percentage repeated
      from another claim; within a kind the result comes before its parts, then the smaller relative
      change. Each is verified by recomputing; five at most are given. Or: why nothing can be
      told, or what was assumed

    Where a change has several printed companions (prior and difference), each is checked; the
    row shows the first check that fails. A change and a difference that are relations of their own
    but share current and prior (or difference) are checked against each other as well.

    A claim also agrees, and the explanation says so, where it is true once a figure is taken for
    what its text may as well be: a prior for the difference, a denominator for the rest (101 of
    101 + 244), a difference without a word of direction for a distance.

    Whole numbers count: 178 cases at +44.4% contradict, since no whole number of cases a year
    earlier gives that change. Only figures of measure `count` whose bounds are whole are held to
    that; a count printed as an average (488 a day) is not.

    Units are not compared: `load` reports unlike ones. Raises `ValueError` where a figure's low is
    above its high.

    >>> from analysis.extract import load
    >>> found = audit(load("data/datong-2018"))
    >>> found.loc["mediation_rate", ["recomputed_low", "gap"]].astype(float).round(2).tolist()
    [89.75, 0.1]
    >>> found.verdict.value_counts().to_dict()
    {'agrees': 5, 'contradicts': 1}
    """
    figures, table = Figures.of(extract.figures), extract.relations
    number, names = pd.factorize(table["relation"])
    first = np.flatnonzero(~pd.Series(number).duplicated().to_numpy())
    kind_of = codes(table["kind"], list(KINDS))[first]
    lines = number, codes(table["role"], ROLES), rows_of(table["figure"], extract.figures.index)
    audited = {
        kind: _Audited.of(kind, np.flatnonzero(kind_of == n), *lines, figures)
        for n, kind in enumerate(KINDS)
    }
    _check_pairs(audited["change"], audited["difference"])

    judged = np.full((5, len(names)), np.nan)
    verdict = np.full(len(names), CANNOT_TELL)
    explanation = np.full(len(names), "not a known kind of relation", dtype=object)
    repeatable = repeatable_in(audited.values(), pd.Index(names))
    for each in audited.values():
        judged[:, each.rows], verdict[each.rows] = each.judged, each.verdict
        explanation[each.rows] = each.note
        contradicting = np.flatnonzero(each.verdict == CONTRADICTS)
        for start in range(0, len(contradicting), _AT_ONCE):
            columns = contradicting[start : start + _AT_ONCE]
            explanation[each.rows[columns]] = explanations(each, columns, figures, repeatable)
    ranges = ["printed_low", "printed_high", "recomputed_low", "recomputed_high", "gap"]
    return pd.DataFrame(
        {"kind": table["kind"].iloc[first].to_numpy()}
        | dict(zip(ranges, judged, strict=True))
        | {"verdict": np.array(VERDICTS, dtype=object)[verdict], "explanation": explanation},
        index=pd.Index(names, name="relation"),
    )


@dataclass
class _Audited:
    """The claims of one kind, and what was found of each."""

    kind: str
    rows: Ints  # where they stand among all relations
    claims: Claims
    parts: pd.DataFrame  # of sums: claim and figure of each part
    judged: Floats
    verdict: Ints
    note: npt.NDArray[np.object_]

    @classmethod
    def of(
        cls, kind: str, rows: Ints, number: Ints, role: Ints, row: Ints, figures: Figures
    ) -> Self:
        """Audit the relations at `rows`; `number`, `role`, `row` are a table's lines."""
        claims, parts = claims_of(kind, rows, number, role, row, figures)
        verdict = np.full(len(rows), CANNOT_TELL)
        note = np.full(len(rows), "", dtype=object)
        audited = cls(kind, rows, claims, parts, np.empty((5, len(rows))), verdict, note)
        audited.settle(np.arange(len(rows)), claims)
        audited._read_otherwise(figures)
        unknown = audited.verdict == CANNOT_TELL
        note[unknown] = "the base may be zero, or a role is not filled"
        note[unknown & claims.real] = "growth at constant prices has no nominal prior"
        note[unknown & claims.incomplete()] = "a figure is missing or has no bounds"
        return audited

    def settle(self, columns: Ints, claims: Claims) -> None:
        """Judge `claims`, which stand in `columns`, by rounding and then by cutting off."""
        if claims is not self.claims:
            for field in fields(claims):
                getattr(self.claims, field.name)[..., columns] = getattr(claims, field.name)
        judged = judge(self.kind, claims)
        gap = judged[4]
        verdict = np.select([gap == 0, gap > 0], [AGREES, CONTRADICTS], CANNOT_TELL)
        apart = np.flatnonzero(verdict == CONTRADICTS)
        if apart.size:
            some = claims.take(apart)
            cut = judge(self.kind, some.put(0, *cut_off(some.value, some.low[0], some.high[0])))
            verdict[apart[cut[4] == 0]] = TRUNCATED
        self.judged[:, columns], self.verdict[columns] = judged, verdict
        self.note[columns[verdict == TRUNCATED]] = SLIPS[CUT]

    def _read_otherwise(self, figures: Figures) -> None:
        """Accept claims that fail only because of what a figure was taken for, and say so."""
        if self.kind == "change":
            # 289宗 beside a change may be the difference, though entered as the prior.
            c = self.claims
            fits = c.has(2) & ~c.has(3) & c.closed(0, 1, 2) & (c.low[0] > -100)
            # Of a count the prior cannot be below zero, but a difference can.
            columns = self._failing(fits, (c.high[2] < 0) & (c.measure[1] == COUNT))
            moved = self.claims.take(columns).prior_as_difference()
            self._accept(columns, moved, "agrees with the printed prior taken as the difference")
        if self.kind == "ratio":
            # 101 of 101 + 244: the denominator may be the rest. n / (n + d) is 1 / (1 + d / n).
            # Of a small share that is nearly the share itself, and could hide any slip; nor may a
            # rate be so open, by a hedge, that it fits either.
            c = self.claims
            fits = c.has(1) & c.has(2) & c.closed(0, 1, 2) & (c.factor == 100)
            fits &= (c.low[1] > 0) & (10 * c.low[1] >= c.high[2]) & (c.high[0] - c.low[0] <= 1)
            columns = self._failing(fits, c.high[2] == 0)
            c = c.take(columns)
            both = c.bounds(2) / c.bounds(1) + 1
            one = np.ones(len(columns))
            added = c.put(1, one, one).put(2, both.low, both.high)
            self._accept(columns, added, "agrees with the denominator taken as the rest")
        if self.kind in ("change", "difference"):
            # A difference printed without a word for its direction claims the distance only.
            role = KINDS[self.kind].index("difference")
            unsigned = (self.claims.figure[role] >= 0) & (self.claims.low[role] >= 0)
            columns = self._failing(unsigned)
            texts = figures.reported[self.claims.figure[role, columns]].tolist()
            silent = [not _DIRECTION.search(str(text)) for text in texts]
            columns = columns[np.array(silent, dtype=bool)]
            c = self.claims.take(columns)
            turned = c.put(role, -c.high[role], -c.low[role])
            turned.value = -c.value if role == 0 else c.value
            self._accept(columns, turned, "agrees with the unsigned difference in its direction")

    def _failing(self, condition: Bools, though_untold: Bools | bool = False) -> Ints:
        """Columns of claims that contradict, or, where so given, of which nothing can be told."""
        failing = self.verdict == CONTRADICTS
        return np.flatnonzero(
            condition & (failing | (though_untold & (self.verdict == CANNOT_TELL)))
        )

    def _accept(self, columns: Ints, claims: Claims, note: str) -> None:
        agree = np.flatnonzero(judge(self.kind, claims)[4] == 0)
        self.settle(columns[agree], claims.take(agree))
        self.note[columns[agree]] = note

    def figures(self, columns: Ints) -> pd.DataFrame:
        """Every figure of the claims in `columns`: claim (its place there), role and figure."""
        figure = self.claims.figure[:, columns]
        if self.kind not in ("sum", "part"):
            role, claim = np.nonzero(figure >= 0)
            return pd.DataFrame({"claim": claim, "role": role, "figure": figure[role, claim]})
        place = np.full(len(self.rows), -1)
        place[columns] = np.arange(len(columns))
        parts = self.parts.assign(claim=place[self.parts["claim"]], role=1)
        totals = pd.DataFrame({"claim": np.arange(len(columns)), "role": 0, "figure": figure[0]})
        return pd.concat([totals, parts[parts["claim"] >= 0]], ignore_index=True)


def _check_pairs(changes: _Audited, differences: _Audited) -> None:
    """A change and a difference of the same pair, printed as two relations, are held together.

    The same pair: they share the current figure and the prior (or the difference). Only where each
    agrees by itself, so that a slip is reported where it is, and once.
    """
    c, d = changes.claims, differences.claims
    span = int(max(c.figure.max(initial=0), d.figure.max(initial=0))) + 1
    sound = np.flatnonzero(differences.verdict == AGREES)
    # Roles of a change and of a difference: what they share, what the one lends the other.
    for (mine, theirs), (to, lent) in (((2, 2), (3, 0)), ((3, 0), (2, 2))):
        keys = pd.Index(d.figure[1, sound] * span + d.figure[theirs, sound])
        once = ~keys.duplicated()
        open_to = c.has(1) & c.has(mine) & ~c.has(to) & (changes.verdict == AGREES)
        columns = np.flatnonzero(open_to)
        found = keys[once].get_indexer(
            pd.Index(c.figure[1, columns] * span + c.figure[mine, columns])
        )
        columns, lender = columns[found >= 0], sound[once][found[found >= 0]]
        joined = c.take(columns)
        for name in BY_ROLE:
            getattr(joined, name)[to] = getattr(d, name)[lent, lender]
        changes.settle(columns, joined)
