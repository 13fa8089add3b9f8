"""The averages that English text claims: amounts a head, so many of a noun per one of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clauses import Passage
from .marks import Claim, Mark
from .totals import holds

_REACH = 12  # figures away
_MEAN = re.compile(r"\b(?:average|averag(?:ed|es|ing)|mean)\b[^;。]*$", re.IGNORECASE)
_EACH = re.compile(r"\s(?:per|for each|for every|each|a head|apiece)\b")
_PER_ONE = re.compile(
    r"\s(?:[a-z]+\s){0,3}?(?:per|for each|for every|to each|to every)\s"
    r"(?!day|week|month|year|hour|night|minute|second|capita|annum)(?P<of>[a-z]+)"
)
_PLAIN = re.compile(
    "with|from|that|which|were|been|have|this|those|these|their|about|than|total|number|share|case"
    "|cases|people|persons|recorded|reported|other|some|equivalent|equal|accounted|made"
)


def averages(passage: Passage) -> Iterator[Claim]:
    """Average amounts, of the one amount and the one count near that make them as printed; and
    counts per one of a noun, of the values that it and their own noun name."""
    for mark in passage.marks:
        line = passage.folded[mark.paragraph - 1]
        per = _PER_ONE.match(line, mark.end)
        if mark.sort == "average" and not (mark.prior or mark.unit) and per:
            yield from _per_one(mark, stems(per["of"]), passage)
            continue
        mean = mark.measure == "amount" and mark.is_level and not mark.prior
        if not mean or not (_MEAN.search(mark.tail) or _EACH.match(line, mark.end)):
            continue
        near = _values_near(mark, passage)
        amounts = [value for value in near if value.counts == mark.counts and value.low > mark.high]
        counts = [v for v in near if not v.counts or (per and v.counts != mark.counts)]
        pairs = [(a, b) for a in amounts for b in counts if b.low > 1 and holds(mark, a, b)]
        if len(pairs) == 1:
            yield Claim.ratio(mark, *pairs[0], "average")


def _per_one(mark: Mark, noun: frozenset[str], passage: Passage) -> Iterator[Claim]:
    """The claim of so many per one of a noun: 90 pupils, 6 teachers, 15 pupils per teacher."""
    near = [value for value in _values_near(mark, passage) if value.low > 0]
    bases = [v for v in near if noun & stems(v.name) and not v.counts]
    pairs = [(a, b) for b in bases for a in near if a is not b and a.low > b.high]
    pairs = [(a, b) for a, b in pairs if holds(mark, a, b)]
    if len(pairs) == 1:
        yield Claim.ratio(mark, *pairs[0], "average")


def _values_near(mark: Mark, passage: Passage) -> list[Mark]:
    """The values of now in the sentence of a figure and those beside it."""
    near = passage.marks[max(0, mark.n - _REACH) : mark.n + _REACH]
    near = [v for v in near if v.sort == "level" and not v.prior and v.paragraph == mark.paragraph]
    return [value for value in near if abs(value.sentence - mark.sentence) <= 1]


def stems(said: str) -> frozenset[str]:
    """How the words of a noun begin, without those that say nothing: resolved, orders."""
    words = re.findall("[a-z]{4,}", said.lower())
    return frozenset(w.removesuffix("s")[:6] for w in words if not _PLAIN.fullmatch(w))
