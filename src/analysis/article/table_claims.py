"""The claims that the layout of a table makes: totals and parts, changes, shares and rates.

A layout is looked for in the labels; whether it is one is asked of the figures. What holds in all
rows but one is a claim, and contradicted in that row; what holds in few is none. Rows and columns
are looked at alike: a table turned on its side makes the same claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from .table_changes import change_claims, spans_of, steps_of, stock_claims
from .table_formulas import formulas_of
from .table_labels import is_total
from .table_ratios import ratio_claims
from .table_rows import Block
from .table_sides import Claim, sides_of
from .table_sums import MOST_LINES, MOST_SUMS, MOST_TOTALS, sum_claims
from .table_values import Values


def claims_of(values: Values) -> list[Claim]:
    """Every claim that a block's layout makes, in the order of the table, each once."""
    found: dict[object, Claim] = {}
    rows, columns = sides_of(values)
    for side in (rows, columns):
        if not side.labels or not side.across:
            continue
        formulas = formulas_of(side)
        few = len(side.labels) <= MOST_LINES
        steps = steps_of(side) if few else {}
        for line in (*steps, *spans_of(side, formulas)):
            side.kind[line] = "difference"
        found_here = list(sum_claims(side, formulas))
        if few:
            found_here += [*change_claims(side, formulas, steps), *ratio_claims(side, formulas)]
            found_here += stock_claims(side)
        for claim in found_here:
            kind = "sum" if claim.kind == "part" else claim.kind
            found.setdefault((kind, frozenset(claim.roles)), claim)
    return list(found.values())


def not_looked_for(block: Block) -> Iterator[str]:
    """The claims that were not looked for in a block, as it is too large, in words."""
    for what, paths in (("rows", [row.parts for row in block.rows]), ("columns", block.columns)):
        count = len(paths)
        totals = sum(is_total(path[-1]) if path else False for path in paths)
        if totals * count > MOST_TOTALS:
            yield f"{totals} totals among {count} {what}: their sums were not looked for"
        elif totals > MOST_SUMS:
            yield f"{totals} totals among {what}: sums were looked for in the first {MOST_SUMS}"
        if count > MOST_LINES:
            unseen = "sums that no label names, and changes and shares, were not looked for"
            yield f"{count} {what}, more than {MOST_LINES}: {unseen}"
