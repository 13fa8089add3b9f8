"""Sums and parts."""

from __future__ import annotations

from .clauses import Claim, Passage


def part_claims(passage: Passage, ratios: list[Claim]) -> list[Claim]:
    return []
