"""The claims that a text makes, by rule."""

from __future__ import annotations

from .changes import set_changes
from .clauses import Claim, Passage
from .parts import part_claims
from .shares import ratio_claims


def propose(passage: Passage) -> list[Claim]:
    """Every claim proposed for a passage: changes, ratios, sums and parts."""
    ratios = ratio_claims(passage)
    changes = set_changes(passage)
    return [*changes, *ratios, *part_claims(passage, ratios)]
