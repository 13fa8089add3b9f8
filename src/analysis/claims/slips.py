"""The single slips that would reconcile a contradicting claim, nearest first.

Every slip of every figure of a claim is tried at once, in columns, and kept only where the claim,
judged again with it, agrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..bounds import Bounds
from ..kinds import KINDS
from .columns import AGREES, RATE, Bools, Claims, Figures, Ints, distance, judge
from .edits import AS_POINTS, BY_CURRENT, CUT, LEFT_OUT, REPEATED, SIGN, edits_of, slip_text

if TYPE_CHECKING:
    from .verdicts import Audited

MOST_SLIPS = 5


def explanations(
    audited: Audited,
    columns: Ints,
    figures: Figures,
    repeatable: pd.DataFrame,
    every: Iterable[Audited],
    first: Sequence[str],
) -> list[str]:
    """For each contradicting claim in `columns`, the single slips that would reconcile it.

    `first` is what the diagnosis of all claims together says of each, or nothing. A slip must also
    leave alone what agrees: `every` kind's claims are tried with it.
    """
    claims, pairs = audited.claims.take(columns), audited.members(columns)
    kind = claims.kind
    every_edit = edits_of(np.unique(pairs["figure"]), figures, near_only=True)
    tries = pairs.merge(pd.DataFrame(every_edit._asdict()), on="figure")
    # Only changes and differences have a sign; a result that is cut off has been judged already.
    is_result = tries["role"].to_numpy() == claims.result[tries["claim"].to_numpy()]
    roles = list(KINDS[kind].roles)
    signed = tries["role"].isin([roles.index(r) for r in ("change", "difference") if r in roles])
    tries = tries[signed.where(tries["slip"] == SIGN, (tries["slip"] != CUT) | ~is_result)]
    fits = tries[judge(_edited(claims, tries, figures))[4] == 0].reset_index(drop=True)
    fits = fits[~_breaking(fits, every, figures)]

    of_claims = _slips_of_claims(claims, pairs, figures, repeatable)
    slips = pd.concat([fits, *of_claims]).fillna(0)
    # Nearest first: see SLIPS; the result before its parts; the smaller relative change.
    slips["is_part"] = slips["role"] != claims.result[slips["claim"].astype(np.int64)]
    order = ["claim", "slip", "is_part", "size", "role", "figure", "place", "digit"]
    slips = slips.sort_values(order)
    many = np.bincount(slips["claim"].astype(np.int64), minlength=len(columns))
    shown = slips[["slip", "figure", "place", "digit"]].to_numpy(np.int64)
    texts, sources = [], repeatable["relation"].tolist()
    starts = (np.cumsum(many) - many).tolist()
    for start, count, before in zip(starts, many.tolist(), first, strict=True):
        nearest = shown[start : start + min(count, MOST_SLIPS)].tolist()
        lines = [
            slip_text(slip, at, figures, sources[at[1]] if slip == REPEATED else "")
            for slip, *at in nearest
        ]
        if before:
            count += before not in lines
            lines = [before, *(line for line in lines if line != before)][:MOST_SLIPS]
        more = [f"and {count - MOST_SLIPS} more"] if count > MOST_SLIPS else []
        texts.append("; ".join(lines + more) or "no single slip found")
    return texts


def _edited(claims: Claims, edits: pd.DataFrame, figures: Figures) -> Claims:
    """A claim a row of `edits` (claim, role, figure, low, high), with that figure so printed."""
    claim, role, low, high = (edits[name].to_numpy() for name in ("claim", "role", "low", "high"))
    if "part" in KINDS[claims.kind].roles:
        rest_low, rest_high = _rest(edits, claims, figures)
        is_part = role == claims.row("part")
        low = np.where(is_part, (rest_low + low).low, low)
        high = np.where(is_part, (rest_high + high).high, high)
    return claims.take(claim).with_bounds(role, Bounds.made(low, high))


def _breaking(edits: pd.DataFrame, every: Iterable[Audited], figures: Figures) -> Bools:
    """Which edits of a figure would make another of its claims fail that agrees as printed."""
    breaking: Bools = np.zeros(len(edits), dtype=bool)
    edited = edits["figure"].unique()
    for audited in every:
        c = audited.claims
        held: Bools = np.logical_or.reduce(np.isin(c.figure, edited))
        held[audited.parts["claim"][audited.parts["figure"].isin(edited)]] = True
        columns = np.flatnonzero(held & (audited.verdict == AGREES))
        members = audited.members(columns)
        tried = edits[["figure", "low", "high"]].rename_axis(index="edit").reset_index()
        tried = tried.merge(members, on="figure")
        fails = judge(_edited(c.take(columns), tried, figures))[4] > 0
        breaking[tried["edit"].to_numpy()[fails]] = True
    return breaking


def _rest(pairs: pd.DataFrame, c: Claims, figures: Figures) -> tuple[Bounds, Bounds]:
    """The two ends of each pair's sum without its figure, each as bounds of its own."""
    claim, figure = pairs["claim"].to_numpy(), pairs["figure"].to_numpy()
    low, high = (end[claim] for end in (c.bounds("part").low, c.bounds("part").high))
    return Bounds(low, low) - figures.low[figure], Bounds(high, high) - figures.high[figure]


def _slips_of_claims(
    c: Claims, pairs: pd.DataFrame, figures: Figures, repeatable: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """Slips that are not of one figure's text but of what was done with the figures."""
    result = c.figure[c.result, np.arange(len(c))]
    claims = pd.DataFrame({"claim": np.arange(len(c)), "role": c.result, "figure": result})

    def fitting(role: str, where: Bools, recomputed: Bounds, slip: int) -> pd.DataFrame:
        """The claims that hold but for their figure in `role`, which is `recomputed` so."""
        at = np.flatnonzero(c.has(role) & where & (distance(c.bounds(role), recomputed) == 0))
        nothing = Bounds.made(np.full(len(at), -np.inf), np.full(len(at), np.inf))
        others = judge(c.take(at).with_bounds(role, nothing))[4]
        fits: pd.DataFrame = claims.iloc[at[~(others > 0)]]
        return fits.assign(slip=slip, role=c.row(role), figure=c.figure[c.row(role), fits["claim"]])

    if c.kind == "change":
        current, prior, difference = (c.bounds(r) for r in ("current", "prior", "difference"))
        rates = c.has("current", "prior") & c.is_("current", RATE)
        by_difference = c.has("current", "difference") & ~c.has("prior")
        growth = current * 100 / prior - 100
        yield fitting("difference", rates, growth, AS_POINTS)
        yield fitting("change", rates, current - prior, AS_POINTS)
        by_current = 100 - prior * 100 / current
        yield fitting("change", c.has("current", "prior"), by_current, BY_CURRENT)
        yield fitting("change", by_difference, difference * 100 / current, BY_CURRENT)
    if c.kind in ("ratio", "change"):
        printed = c.printed
        keys = pd.MultiIndex.from_arrays([c.value, printed.low, printed.high])
        other = pd.MultiIndex.from_frame(repeatable[["value", "low", "high"]]).get_indexer(keys)
        yield claims.assign(slip=REPEATED, place=other)[other >= 0]
    if c.kind == "sum":
        parts = pairs[pairs["role"] == c.row("part")]
        low, high = _rest(parts, c, figures)
        total = c.take(parts["claim"].to_numpy()).bounds("total")
        yield parts[distance(total, Bounds(low.low, high.high)) == 0].assign(slip=LEFT_OUT)


def repeatable_in(audited: Iterable[Audited], names: pd.Index) -> pd.DataFrame:
    """The printed percentages that their own claims bear out: what a slip may have repeated."""
    kept = []
    for each in audited:
        c = each.claims
        if c.kind in ("ratio", "change"):
            sound = (each.verdict == AGREES) & np.isfinite(each.judged[3]) & (c.factor >= 100)
            printed = c.printed
            columns = {"value": c.value, "low": printed.low, "high": printed.high, "row": each.rows}
            kept.append(pd.DataFrame(columns)[sound])
    first: pd.DataFrame = (
        pd.concat(kept).sort_values("row").drop_duplicates(["value", "low", "high"])
    )
    return first.assign(relation=names[first["row"]])
