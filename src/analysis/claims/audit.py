"""Audit: printed claims against their own parts, and the single slip that would explain each.

Every claim of a kind is judged at once, in columns; only a contradiction is looked at by itself.
A claim agrees where the printed range and the recomputed range meet: then there are numbers that
the author may have had which make it true. Where none exist, no rounding can explain it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..bounds import Bounds
from ..extract import Extract
from ..kinds import KINDS
from ..rounding import Floats
from .columns import (
    AGREES,
    CANNOT_TELL,
    CONTRADICTS,
    COUNT,
    TRUNCATED,
    UNFILLED,
    VERDICTS,
    Bools,
    Claims,
    Figures,
    Ints,
    Lines,
    claims_of,
    cut_off,
    judge,
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

    - kind: `sum`, `part`, `ratio` or `change`
    - printed_low, printed_high: bounds of the printed result: the total, the rate, the change or,
      where none is printed, the difference
    - recomputed_low, recomputed_high: bounds of the same from its parts. Where a part is not
      printed but was a whole number: from the whole number that comes nearest. NaN where nothing
      can be recomputed that could have failed
    - gap: how far apart the two are, 0 where they meet (for `part`: by how much the parts exceed
      the total), NaN where not known
    - verdict: `agrees`; `agrees if truncated` where the result agrees once it is taken as cut
      off after its last digit, not rounded; `contradicts`; `cannot tell`
    - explanation: of a contradiction, the single slips that would reconcile it, nearest first:
      no digit changed (an input cut off, the other sign, division by the current value, percent for
      points, a part left out), one digit, two digits swapped, a power of ten, a percentage repeated
      from another claim; within a kind the result comes before its parts, then the smaller relative
      change. Each is verified by recomputing this claim and every other claim of its figure that
      agrees; five at most are given. Or: why nothing can be told, or what was assumed

    Where a change has several printed companions, each is checked; the row shows the first check
    that fails.

    A claim also agrees, and the explanation says so, where it is true once a figure is taken for
    what its text may as well be: a prior for the difference, a denominator for the rest (101 of
    101 + 244), a difference without a word of direction for a distance.

    Whole numbers count: 178 cases at +44.4% contradict, since no whole number of cases a year
    earlier gives that change; 6623 at -13.8% tell nothing, since some whole number always would.
    Only counts of things are held to that; an average (488 a day) is not.

    Units are not compared: `load` reports unlike ones. Raises `TypeError` for what is no extract,
    `ValueError` where a figure's low is above its high.

    >>> from analysis import load
    >>> found = audit(load("data/datong-2018"))
    >>> found.loc["mediation_rate", ["recomputed_low", "gap"]].astype(float).round(2).tolist()
    [89.75, 0.1]
    >>> found.verdict.value_counts().to_dict()
    {'agrees': 4, 'cannot tell': 1, 'contradicts': 1}
    """
    if not isinstance(extract, Extract):
        raise TypeError(f"audit takes an Extract, as load gives it, not {type(extract).__name__}")
    figures = Figures.of(extract.figures)
    lines, names, kinds = Lines.of(extract.relations, extract.figures.index)
    audited = {
        kind: _Audited.of(kind, np.flatnonzero(kinds == kind), lines, figures) for kind in KINDS
    }
    judged = np.full((5, len(names)), np.nan)
    verdict = np.full(len(names), CANNOT_TELL)
    explanation = np.full(len(names), "not a known kind of relation", dtype=object)
    for each in audited.values():
        judged[:, each.rows], verdict[each.rows] = each.judged, each.verdict
        explanation[each.rows] = each.note
    if (verdict == CONTRADICTS).any():
        every = list(audited.values())
        repeatable = repeatable_in(every, names)
        for each in every:
            contradicting = np.flatnonzero(each.verdict == CONTRADICTS)
            for start in range(0, len(contradicting), _AT_ONCE):
                columns = contradicting[start : start + _AT_ONCE]
                found = explanations(each, columns, figures, repeatable, every)
                explanation[each.rows[columns]] = found
    ranges = ["printed_low", "printed_high", "recomputed_low", "recomputed_high", "gap"]
    return pd.DataFrame(
        {"kind": kinds}
        | dict(zip(ranges, judged, strict=True))
        | {"verdict": np.array(VERDICTS, dtype=object)[verdict], "explanation": explanation},
        index=names,
    )


@dataclass
class _Audited:
    """The claims of one kind, and what was found of each."""

    rows: Ints  # where they stand among all relations
    claims: Claims
    parts: pd.DataFrame  # of sums: claim and figure of each part
    judged: Floats
    verdict: Ints
    note: npt.NDArray[np.object_]

    @classmethod
    def of(cls, kind: str, rows: Ints, lines: Lines, figures: Figures) -> Self:
        """Audit the relations numbered `rows`."""
        claims, parts = claims_of(kind, rows, lines, figures)
        verdict = np.full(len(rows), CANNOT_TELL)
        note = np.full(len(rows), "", dtype=object)
        audited = cls(rows, claims, parts, np.empty((5, len(rows))), verdict, note)
        audited._judge(np.arange(len(rows)), claims)
        audited._read_otherwise(figures)
        unknown = audited.verdict == CANNOT_TELL
        filled = (claims.figure != UNFILLED).sum(axis=0)
        note[unknown] = "the base may be zero or below, or a role is not filled"
        note[unknown & (filled == 2)] = "nothing is printed beside it that could contradict it"
        note[unknown & claims.real] = "growth at constant prices has no nominal prior"
        note[unknown & claims.incomplete()] = "a figure is missing or has no bounds"
        return audited

    def _judge(self, columns: Ints, claims: Claims) -> None:
        """Judge `claims`, which stand in `columns`, by rounding and then by cutting off."""
        if claims is not self.claims:
            self.claims.replace_at(columns, claims)
        judged = judge(claims)
        gap = judged[4]
        verdict = np.select([gap == 0, gap > 0], [AGREES, CONTRADICTS], CANNOT_TELL)
        failing = np.flatnonzero(verdict == CONTRADICTS)
        if failing.size:
            some = claims.take(failing)
            cut = cut_off(some.value, some.printed.low, some.printed.high)
            truncated = judge(some.with_bounds(some.result, cut))[4] == 0
            verdict[failing[truncated]] = TRUNCATED
        self.judged[:, columns], self.verdict[columns] = judged, verdict
        self.note[columns[verdict == TRUNCATED]] = SLIPS[CUT]

    def _read_otherwise(self, figures: Figures) -> None:
        """Accept claims that fail only because of what a figure was taken for, and say so."""
        c = self.claims
        if c.kind == "change":
            # 289宗 beside a change may be the difference, though entered as the prior.
            fits = c.has("change", "current", "prior") & ~c.has("difference")
            fits &= c.closed("change", "current", "prior") & (c.bounds("change").low > -100)
            # Of a count the prior cannot be below zero, but a difference can.
            below = (c.bounds("prior").high < 0) & c.is_("current", COUNT)
            columns = self._failing(fits, below)
            moved = c.take(columns).exchanged("prior", "difference")
            self._accept(columns, moved, "agrees with the printed prior taken as the difference")
            # A difference printed without a word for its direction claims the distance only.
            difference = c.figure[c.row("difference")]
            unsigned = (difference >= 0) & (c.bounds("difference").low >= 0)
            columns = self._failing(unsigned)
            texts = figures.reported[difference[columns]].tolist()
            silent = [not _DIRECTION.search(str(text)) for text in texts]
            columns = columns[np.array(silent, dtype=bool)]
            some = c.take(columns)
            turned = some.with_bounds("difference", -some.bounds("difference"))
            is_result = some.result == some.row("difference")
            turned.value = np.where(is_result, -some.value, some.value)
            self._accept(columns, turned, "agrees with the unsigned difference in its direction")
        if c.kind == "ratio":
            # 101 of 101 + 244: the denominator may be the rest. n / (n + d) is 1 / (1 + d / n).
            # Of a small share that is nearly the share itself, and could hide any slip; nor may a
            # rate be so open, by a hedge, that it fits either.
            fits = c.has("numerator", "denominator") & (c.factor == 100)
            fits &= c.closed("rate", "numerator", "denominator")
            least, most = c.bounds("numerator").low, c.bounds("denominator").high
            fits &= (least > 0) & (10 * least >= most) & (c.printed.high - c.printed.low <= 1)
            columns = self._failing(fits, most == 0)
            some = c.take(columns)
            one = np.ones(len(columns))
            both = some.bounds("denominator") / some.bounds("numerator") + 1
            added = some.with_bounds("numerator", Bounds(one, one)).with_bounds("denominator", both)
            self._accept(columns, added, "agrees with the denominator taken as the rest")

    def _failing(self, condition: Bools, though_untold: Bools | bool = False) -> Ints:
        """Columns of claims that contradict, or, where so given, of which nothing can be told."""
        failing = self.verdict == CONTRADICTS
        return np.flatnonzero(
            condition & (failing | (though_untold & (self.verdict == CANNOT_TELL)))
        )

    def _accept(self, columns: Ints, claims: Claims, note: str) -> None:
        agree = np.flatnonzero(judge(claims)[4] == 0)
        self._judge(columns[agree], claims.take(agree))
        self.note[columns[agree]] = note

    def members(self, columns: Ints) -> pd.DataFrame:
        """Every figure of the claims in `columns`: claim (its place there), role and figure."""
        c = self.claims
        figure = c.figure[:, columns]
        if "part" not in KINDS[c.kind].roles:
            role, claim = np.nonzero(figure >= 0)
            return pd.DataFrame({"claim": claim, "role": role, "figure": figure[role, claim]})
        place = np.full(len(self.rows), -1)
        place[columns] = np.arange(len(columns))
        parts = self.parts.assign(claim=place[self.parts["claim"]], role=c.row("part"))
        total = c.row("total")
        totals = {"claim": np.arange(len(columns)), "role": total, "figure": figure[total]}
        return pd.concat([pd.DataFrame(totals), parts[parts["claim"] >= 0]], ignore_index=True)


def result_figures(extract: Extract) -> pd.Series:
    """The figure that each claim prints as its result: index `relation`, as in `audit`.

    The first of its kind's results that is printed; of a claim without one, its first figure.
    """
    results = [result for kind in KINDS.values() for result in kind.results]
    place = {role: n for n, role in enumerate(results)}
    rows = extract.relations.assign(place=extract.relations["role"].map(place).fillna(len(results)))
    order = rows["relation"].unique()
    first = rows.sort_values("place", kind="stable").drop_duplicates("relation")
    found: pd.Series = first.set_index("relation")["figure"].reindex(order)
    return found
