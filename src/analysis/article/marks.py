"""Figures where they stand, and the claims that tie them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from ..units import is_share


@dataclass(slots=True, eq=False)
class Mark:
    """A figure where it stands.

    `gap` is what stands, folded, between the figure before it on its line and itself; a line is
    the running text, or what one bracket holds. `clause` is the last of it that no comma parts.
    """

    n: int
    paragraph: int
    start: int
    end: int
    reported: str
    value: float
    low: float
    high: float
    unit: str
    measure: str
    sort: str  # level, average, share, change, points, difference
    counts: str  # cases, persons, …: what may be added and compared
    gap: str = ""
    tail: str = ""  # `gap` in its sentence
    said: str = ""  # `tail` without what still belongs to the figure before
    before: str = ""  # the folded clause before it, without what other figures claim
    after: str = ""  # what follows, to the next figure on its line
    sentence: int = 0  # numbered through the passage
    bracket: int = 0  # 0 in running text
    holder: Mark | None = field(default=None, repr=False)  # the figure that a bracket stands behind
    previous: Mark | None = field(default=None, repr=False)  # on its line
    following: Mark | None = field(default=None, repr=False)
    left: str = ""  # `gap` without words that have no sense of their own
    listed: bool = False  # stands in a list that 其中 opens in its sentence
    prior: bool = False  # stands after 去年同期 and the like: a value of the base
    lead: str = ""  # of the first figure of a bracket: what stands before the bracket
    name: str = ""  # folded
    against: str = ""
    when: str = ""
    period: tuple[str, str] = ("", "")
    notes: list[str] = field(default_factory=list)
    in_english: bool = False

    def back(self) -> Iterator[Mark]:
        """The figures before it in its sentence, the nearest first."""
        at = self.previous
        while at is not None and at.sentence == self.sentence:
            yield at
            at = at.previous

    def ahead(self) -> Iterator[Mark]:
        """The figures behind it in its sentence."""
        at = self.following
        while at is not None and at.sentence == self.sentence:
            yield at
            at = at.following

    @property
    def is_level(self) -> bool:
        return self.sort in {"level", "average"}

    @property
    def is_rate(self) -> bool:
        """A share, or an average of shares: what points are added to."""
        return self.sort == "share" or (self.sort == "average" and is_share(self.unit))

    @property
    def is_change(self) -> bool:
        return self.sort in {"change", "points", "difference"}

    @property
    def is_unchanged(self) -> bool:
        """Whether it is a change by nothing: 持平, 维持不变."""
        return "持平" in self.reported or "不变" in self.reported


@dataclass(slots=True)
class Claim:
    """A claim proposed: its figures by role, and the words that tie them."""

    kind: str
    roles: list[tuple[str, Mark]]
    words: str
    told: bool = False  # so plainly that its figures need not even nearly fit

    @classmethod
    def ratio(
        cls, rate: Mark, numerator: Mark, denominator: Mark, words: str, *, told: bool = False
    ) -> Self:
        roles = [("rate", rate), ("numerator", numerator), ("denominator", denominator)]
        return cls("ratio", roles, words, told)

    def of(self, role: str) -> list[Mark]:
        return [mark for each, mark in self.roles if each == role]
