"""What is found of each claim by itself: its verdict, and how else it may be read.

A claim agrees where the printed range and the recomputed range meet, as printed or once a figure is
taken for what its text may as well be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from ..bounds import Bounds
from ..kinds import KINDS, ROLES
from ..rounding import Floats
from .columns import (
    AGREES,
    CANNOT_TELL,
    CONTRADICTS,
    TRUNCATED,
    UNFILLED,
    Claims,
    Members,
    claims_of,
    cut_off,
    judge,
)
from .components import solve
from .edits import CUT, SLIPS
from .network import Network
from .printed import COUNT, MISSING, Bools, Figures, Ints, Lines, distinct

# An author who rounded so many results for each one cut off rounds: the one is a slip.
_ROUNDED = 5
_AT_ONCE = 2**12
_CLOSE = 1e-9  # relative: more than the rounding of a quotient
# What gives a difference its direction. 300多起, 至少5件 and 超过10人 are hedged, not directed.
DIRECTION = re.compile(
    r"^[+\-−]|[增减減升降涨漲跌落快慢]|(?<![0-9十百千万亿萬億余餘])多(?![于於])|(?<![至不])少(?![于於])"
    r"|[高低](?![于於])|[优優好][于於]|[扩擴拉]大|[缩縮]小|[缩縮]短|延[长長]|收窄|放[缓緩]|改善|[恶惡]化"
    r"|下[调調]|ris|rose|fell|fall|grow|grew|declin|creas|fewer|down|drop|lower|higher|narrow|widen"
    r"|gain|lost|slip|(?:more|less)(?! than)|up(?! to)"
)


@dataclass
class Audited:
    """The claims of one kind, and what was found of each."""

    rows: Ints  # where they stand among all relations
    claims: Claims
    parts: Members  # of sums
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
        # 超过90亿元 has room for whatever its parts are.
        open_end = (claims.printed.high == np.inf) & (kind == "part")
        verdict[open_end], audited.judged[4, open_end] = CANNOT_TELL, np.nan
        unknown = audited.verdict == CANNOT_TELL
        filled = (claims.figure != UNFILLED).sum(axis=0)
        note[unknown] = "the base may be zero or below, or a role is not filled"
        note[unknown & (filled == 2)] = "nothing is printed beside it that could contradict it"
        note[open_end] = "the total has no upper end, which parts could exceed"
        note[unknown & claims.real] = "growth at constant prices has no nominal prior"
        note[unknown & claims.incomplete()] = "a figure is missing or has no bounds"
        return audited

    def take(self, columns: Ints) -> Audited:
        """These claims alone."""
        of_claims = self.claims.take(columns), self._parts(columns), self.judged[:, columns]
        return Audited(self.rows[columns], *of_claims, self.verdict[columns], self.note[columns])

    def _parts(self, columns: Ints) -> Members:
        """The parts of the sums in `columns`, which are numbered anew."""
        place = np.full(len(self.rows), -1)
        place[columns] = np.arange(len(columns))
        parts = self.parts._replace(claim=place[self.parts.claim])
        return parts.take(parts.claim >= 0)

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
            silent = [not DIRECTION.search(str(text)) for text in texts]
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
            fits = c.has("numerator", "denominator") & (c.end == 100) & (c.factor[0] == 100)
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

    def members(self, columns: Ints) -> Members:
        """Every figure of the claims in `columns`, which are numbered anew."""
        c = self.claims
        figure = c.figure[:, columns]
        single = figure >= 0
        if "part" in KINDS[c.kind].roles:
            single[c.row("part")] = False
        role, claim = np.nonzero(single)
        singles = Members(claim, role, figure[role, claim])
        return Members(*map(np.concatenate, zip(singles, self._parts(columns), strict=True)))


@dataclass
class Verdicts:
    """The claims of an extract, and what was found of each by itself."""

    figures: Figures
    lines: Lines
    every: list[Audited]  # of each kind that there is

    @classmethod
    def of(cls, figures: Figures, lines: Lines) -> Self:
        rows = {kind: np.flatnonzero(lines.kinds == kind) for kind in KINDS}
        every = [Audited.of(kind, at, lines, figures) for kind, at in rows.items() if at.size]
        return cls(figures, lines, every)

    def those(self, *verdicts: int) -> Bools:
        """Which claims have one of these verdicts."""
        found: Bools = np.zeros(len(self.lines.names), dtype=bool)
        for each in self.every:
            found[each.rows] = np.isin(each.verdict, verdicts)
        return found

    @cached_property
    def near(self) -> Bools:
        """Which claims share figures, directly or by way of others, with one that may be wrong.

        What holds only if cut off may yet be a slip: by how many of these there are.
        """
        return self.lines.tied_to(self.those(CONTRADICTS, TRUNCATED))

    def otherwise(self) -> tuple[Bools, Bools]:
        """Which claims agree only in another reading, and which if their results were cut off."""
        read = np.zeros(len(self.lines.names), dtype=bool)
        cut = read.copy()
        for each in self.every:
            if each.claims.kind in ("ratio", "change"):
                read[each.rows] = (each.verdict == AGREES) & (each.note != "")
                cut[each.rows] = each.verdict == TRUNCATED
        return read, cut


def as_read(
    network: Network, failing: Bools, known: Verdicts | None = None
) -> tuple[Network, bool]:
    """The network without the claims of failing equations that hold in another reading.

    One that holds only if its result was cut off fails all the same where the article rounds:
    where five of its other results for each such one agree only as rounded. `known`: the verdicts
    of all claims of the article, where there are any, of which the network may have some.
    """
    gone = np.zeros(len(network.lines.names), dtype=bool)
    gone[_near(network, distinct(network.claim[failing]))] = True
    if not gone.any():
        return network, False
    whole = network
    if known is None:
        read, cut = Verdicts.of(network.figures, network.lines.of_claims(gone)).otherwise()
    else:
        read, cut = (each[gone] for each in known.otherwise())
        if cut.any() and known.lines is not network.lines:
            whole = Network.of(network.figures, known.lines)
    if cut.any() and not _rounds(whole, gone, _ROUNDED * int(cut.sum())):
        read |= cut
    gone[gone] = read
    return (network.without(gone), True) if read.any() else (network, False)


def _rounds(network: Network, gone: Bools, least: int) -> bool:
    """Whether so many other claims agree as rounded and would not with their results cut off."""
    every, figures = network.once, network.figures
    of_claim = network.claim[every.equation]
    rows = np.flatnonzero(every.product & (every.of < network.printed) & ~gone[of_claim])
    agree = np.zeros(len(gone), dtype=bool)
    for some in np.array_split(rows, len(rows) // _AT_ONCE + 1):  # a few of them mostly tell
        cells = every.take(some)
        low, high = solve(cells, network.low, network.high)
        value, least_of, most_of = (
            each[cells.of] for each in (figures.value, figures.low, figures.high)
        )
        cut = cut_off(value, least_of, most_of)
        met = (low <= most_of) & (high >= least_of) & ((low > cut.high) | (high < cut.low))
        agree[of_claim[some[met]]] = True
        if agree.sum() >= least:
            return True
    return False


def _near(network: Network, claims: Ints) -> Ints:
    """For which of these another reading comes near: most that fail need no second look."""
    lines, figures = network.lines, network.figures
    place = np.full(len(lines.names), -1)
    place[claims] = np.arange(len(claims))
    rows = np.flatnonzero(place[lines.claim] >= 0)
    figure = np.full((len(ROLES), len(claims)), MISSING)
    figure[lines.role[rows], place[lines.claim[rows]]] = lines.figure[rows]
    low, high, value = figures.low[figure], figures.high[figure], figures.value[figure]
    of = dict(zip(ROLES, range(len(ROLES)), strict=True))
    has = figure != MISSING
    moved, column = has[of["difference"]], np.arange(len(claims))
    unsigned = np.flatnonzero(moved & (low[of["difference"]] >= 0))
    texts = figures.reported[figure[of["difference"], unsigned]].tolist()
    near: Bools = np.zeros(len(claims), dtype=bool)
    near[unsigned] = [not DIRECTION.search(str(text)) for text in texts]
    result = np.where(has[of["rate"]], of["rate"], of["change"])
    told = has[result, column]
    open_ = has & (low != high)
    open_[result, column] = False
    near |= open_.any(axis=0) & (told | moved)

    names = "numerator", "denominator", "current", "prior", "difference"
    n, d, now, before, by = (value[of[name]] for name in names)
    low, high, value = (each[result, column] for each in (low, high, value))
    times, over = figures.factors(*(figure[of[name]] for name in KINDS["ratio"].roles))
    factor = times / over
    with np.errstate(all="ignore"):
        step = 1.01 * (high - low) + _CLOSE * np.abs(value)
        # Cut off, what is printed is no more than it was, or no less.
        least, most = value - step * (value <= 0), value + step * (value >= 0)
        cut = (
            factor * n / d,
            100 * (now - before) / before,
            100 * by / (now - by),
            100 * by / before,
        )
        other = factor * n / (n + d), np.where(moved, np.nan, 100 * before / (now - before))
        for x in cut:
            near |= (least <= x) & (x <= most) & ~((low <= x) & (x <= high))
        for x in other:
            near |= (low - step <= x) & (x <= high + step)
    return claims[near]
