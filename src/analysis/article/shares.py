"""Ratios: shares of a named or governing total, rates after both of their counts, averages."""

from __future__ import annotations

from .clauses import Claim, Passage


def ratio_claims(passage: Passage) -> list[Claim]:
    return []
