"""The single slips that would reconcile a contradicting claim, nearest first.

Every slip of every figure of a claim is tried at once, in columns, and kept only where the claim,
judged again with it, agrees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..bounds import Bounds
from ..kinds import KINDS
from ..rounding import Floats
from .columns import AGREES, CONTRADICTS, Claims, Members, distance, judge
from .edits import AS_POINTS, BY_CURRENT, CUT, LEFT_OUT, REPEATED, SIGN, Edits, edits_of, slip_text
from .printed import RATE, Bools, Figures, Ints
from .trials import Spans

if TYPE_CHECKING:
    from .verdicts import Audited

MOST_SLIPS = 3
_Percent = tuple[float, float, float]  # value, low, high


class _Slips(NamedTuple):
    """Slips that reconcile claims, in columns: of which, and the figure with its role in it."""

    claim: Ints
    role: Ints
    figure: Ints
    slip: Ints  # in SLIPS
    size: Floats
    place: Ints  # see `Edits`; of what repeats another claim its row
    digit: Ints


def explanations(
    audited: Audited,
    columns: Ints,
    figures: Figures,
    repeatable: dict[_Percent, int],
    every: Iterable[Audited],
    first: Sequence[str],
    names: Sequence[Any],
) -> list[str]:
    """For each contradicting claim in `columns`, the single slips that would reconcile it.

    `first` is what the diagnosis of all claims together says of each, or nothing. A slip must also
    leave alone what agrees: `every` kind's claims are tried with it.
    """
    claims, pairs = audited.claims.take(columns), audited.members(columns)
    kind, rows = claims.kind, len(figures) + 2
    edits = edits_of(np.unique(pairs.figure), figures, near_only=True)
    owner, edit = Spans.of(edits.figure, np.arange(len(edits.figure)), rows).expand(pairs.figure)
    tries = pairs.take(owner)
    # Only changes and differences have a sign; a result that is cut off has been judged already.
    slip, is_result = edits.slip[edit], tries.role == claims.result[tries.claim]
    roles = list(KINDS[kind].roles)
    signed = np.isin(tries.role, [roles.index(r) for r in ("change", "difference") if r in roles])
    meant = np.flatnonzero(np.where(slip == SIGN, signed, (slip != CUT) | ~is_result))
    tries, edit = tries.take(meant), edit[meant]
    fits = np.flatnonzero(judge(_edited(claims, tries, edits.take(edit), figures))[4] == 0)
    tries, edit = tries.take(fits), edit[fits]
    fits = np.flatnonzero(~_breaking(edits, np.unique(edit), every, figures)[edit])
    tries, some = tries.take(fits), edits.take(edit[fits])

    fitting = _Slips(*tries, some.slip, some.size, some.place, some.digit)
    pieces = [fitting, *_slips_of_claims(claims, pairs, figures, repeatable)]
    slips = _Slips(*(np.concatenate(column) for column in zip(*pieces, strict=True)))
    # Nearest first: see SLIPS; the result before its parts; the smaller relative change.
    is_part = slips.role != claims.result[slips.claim]
    keys = slips.claim, slips.slip, is_part, slips.size, slips.role, slips.figure
    order = np.lexsort((*keys, slips.place, slips.digit)[::-1])
    many = np.bincount(slips.claim, minlength=len(columns))
    shown = np.stack([slips.slip, slips.figure, slips.place, slips.digit])[:, order].T
    texts = []
    starts = (np.cumsum(many) - many).tolist()
    for start, count, before in zip(starts, many.tolist(), first, strict=True):
        nearest = shown[start : start + min(count, MOST_SLIPS)].tolist()
        lines = [
            slip_text(slip, at, figures, names[at[1]] if slip == REPEATED else "")
            for slip, *at in nearest
        ]
        if before:
            count += before not in lines
            lines = [before, *(line for line in lines if line != before)][:MOST_SLIPS]
        more = ["or others"] if count > MOST_SLIPS else []
        texts.append("; ".join(lines + more) or "no single slip found")
    return texts


def _edited(claims: Claims, at: Members, edits: Edits, figures: Figures) -> Claims:
    """The claim of each of `at`, with that figure printed as in `edits`."""
    low, high = edits.low, edits.high
    if "part" in KINDS[claims.kind].roles:
        rest_low, rest_high = _rest(at, claims, figures)
        is_part = at.role == claims.row("part")
        low = np.where(is_part, (rest_low + low).low, low)
        high = np.where(is_part, (rest_high + high).high, high)
    return claims.take(at.claim).with_bounds(at.role, Bounds.made(low, high))


def _breaking(edits: Edits, some: Ints, every: Iterable[Audited], figures: Figures) -> Bools:
    """Which of some edits would make another claim of their figure fail that agrees as printed."""
    breaking: Bools = np.zeros(len(edits.figure), dtype=bool)
    edited = np.zeros(len(figures) + 2, dtype=bool)
    edited[edits.figure[some]] = True
    for audited in every:
        held: Bools = np.logical_or.reduce(edited[audited.claims.figure])
        held[audited.parts.claim[edited[audited.parts.figure]]] = True
        columns = np.flatnonzero(held & (audited.verdict == AGREES))
        if not columns.size:
            continue
        members = audited.members(columns)
        of_figure = Spans.of(members.figure, np.arange(len(members.figure)), len(edited))
        owner, member = of_figure.expand(edits.figure[some])
        tried = edits.take(some[owner])
        claims = _edited(audited.claims.take(columns), members.take(member), tried, figures)
        breaking[some[owner[judge(claims)[4] > 0]]] = True
    return breaking


def _rest(at: Members, c: Claims, figures: Figures) -> tuple[Bounds, Bounds]:
    """The two ends of each sum without one of its figures, each as bounds of its own."""
    low, high = (end[at.claim] for end in (c.bounds("part").low, c.bounds("part").high))
    return Bounds(low, low) - figures.low[at.figure], Bounds(high, high) - figures.high[at.figure]


def _slips_of_claims(
    c: Claims, pairs: Members, figures: Figures, repeatable: dict[_Percent, int]
) -> Iterator[_Slips]:
    """Slips that are not of one figure's text but of what was done with the figures."""

    def slips(claim: Ints, role: Ints, figure: Ints, slip: int) -> _Slips:
        none = np.zeros(len(claim), np.int64)
        return _Slips(claim, role, figure, none + slip, np.zeros(len(claim)), none, none)

    def fitting(role: str, where: Bools, slip: int, recompute: Callable[..., Bounds]) -> _Slips:
        """The claims that hold but for their figure in `role`, which is recomputed so."""
        at, row = np.flatnonzero(c.has(role) & where), c.row(role)
        if at.size:
            some = c.take(at)
            levels = (some.bounds(each) for each in ("current", "prior", "difference"))
            at = at[distance(some.bounds(role), recompute(*levels)) == 0]
        nothing = Bounds.made(np.full(len(at), -np.inf), np.full(len(at), np.inf))
        at = at[~(judge(c.take(at).with_bounds(role, nothing))[4] > 0)]
        return slips(at, np.full(len(at), row), c.figure[row, at], slip)

    if c.kind == "change":
        both = c.has("current", "prior")
        rates, by_difference = both & c.is_("current", RATE), c.has("current", "difference")
        by_difference &= ~c.has("prior")
        yield fitting("difference", rates, AS_POINTS, lambda now, then, _: now * 100 / then - 100)
        yield fitting("change", rates, AS_POINTS, lambda now, then, _: now - then)
        yield fitting("change", both, BY_CURRENT, lambda now, then, _: 100 - then * 100 / now)
        yield fitting("change", by_difference, BY_CURRENT, lambda now, _, by: by * 100 / now)
    if c.kind in ("ratio", "change"):
        percents = list(zip(*_percents(c).tolist(), strict=True))
        at = np.array([n for n, key in enumerate(percents) if key in repeatable], dtype=np.int64)
        row = np.array([repeatable[percents[n]] for n in at.tolist()], dtype=np.int64)
        result = c.result[at]
        yield slips(at, result, c.figure[result, at], REPEATED)._replace(place=row)
    if c.kind == "sum":
        parts = pairs.take(pairs.role == c.row("part"))
        low, high = _rest(parts, c, figures)
        total = c.take(parts.claim).bounds("total")
        parts = parts.take(distance(total, Bounds(low.low, high.high)) == 0)
        yield slips(*parts, LEFT_OUT)


def _percents(c: Claims) -> Floats:
    """What each claim prints: three rows."""
    return np.stack([c.value, c.printed.low, c.printed.high])


def repeatable_in(every: Iterable[Audited]) -> dict[_Percent, int]:
    """The printed percentages that claims bear out and a contradicting one may have repeated.

    Each with the first row that has it.
    """
    of = [each for each in every if each.claims.kind in ("ratio", "change")]
    failing = [each.claims.value[each.verdict == CONTRADICTS] for each in of]
    found: dict[_Percent, int] = {}
    for each in of:
        c = each.claims
        sound = (
            (each.verdict == AGREES)
            & np.isfinite(each.judged[3])
            & (c.factor[0] >= 100 * c.factor[1])
        )
        at = np.flatnonzero(sound & np.isin(c.value, np.concatenate(failing)))
        percents, rows = _percents(c)[:, at], each.rows[at]
        order = np.lexsort((rows, *percents))
        percents, rows = percents[:, order], rows[order]
        new = np.append(True, (percents[:, 1:] != percents[:, :-1]).any(axis=0))[: len(rows)]
        for *key, row in zip(*percents[:, new].tolist(), rows[new].tolist(), strict=True):
            found[*key] = min(row, found.get((*key,), row))
    return found
