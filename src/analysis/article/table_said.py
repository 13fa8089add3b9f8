"""What the label of a row or of a column says of its figures, all its words asked once."""

from __future__ import annotations

import re
from copy import copy
from functools import cached_property

from .table_labels import units_of
from .table_measures import (
    averages,
    named_change,
    says_absolute,
    says_change,
    says_change_of_share,
    says_each,
    says_rate,
    says_relative,
    says_share,
)

POINTS = "percentage point"
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_LONGEST_LABEL = 300  # characters that are asked what they say


class Said:
    """What the label of a row or a column says of its figures."""

    def __init__(self, label: str) -> None:
        self.label = label = label[:_LONGEST_LABEL]
        self.unit = self.over = next(iter(units_of(label)), "")
        self.change = says_change(label)
        told = named_change(label) if self.change else label
        if self.change:  # the unit of a head above it is that of what changed
            self.unit = next(iter(units_of(told)), "percent" if says_relative(told) else "")
        if self.change and self.unit == "percent" and says_change_of_share(label):
            self.unit = POINTS
        self.absolute = says_absolute(told)
        self.rate = says_rate(label) or self.unit in ("percent", "‰")
        self.share = says_share(label)
        self.each = says_each(label)
        self.percent = self.unit == "percent"
        self.averaged = averages(label)
        self.fraction = False  # whether numbers with decimals stand in it
        self._changes = label if self.change else ""

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What it says, alike for labels that say the same."""
        own = self.unit, self.over, self.change, self.absolute, self.rate, self.share, self.averaged
        return *own, self.each, self._changes

    def is_rather(self, kind: str) -> None:
        """A kind that its figures tell, and no label: a share, a change, a difference."""
        self.share = self.rate = kind == "share"
        self.change, self.absolute = not self.share, kind == "difference"
        self.percent, self.unit = not self.absolute, "" if self.absolute else "percent"

    def told(self, kind: str, of: Said) -> None:
        """What its figures tell where its label only says that something changed: a change, or a
        difference, in the unit of what it is of."""
        self.percent = kind == "change"
        self.absolute = not self.percent
        self.unit = "percent" if self.percent else POINTS if of.percent else of.unit

    def unstated(self) -> Said:
        """What it says but for its unit."""
        line = copy(self)
        line.unit = line.over = ""
        return line

    def counted(self) -> Said:
        """What it says of a number beside which the percentage stands in the same cell: that is
        what brackets say, as in 件数(同比%)."""
        line = copy(self)
        line.change = self.change and says_change(_IN_BRACKETS.sub("", self.label))
        line.rate = line.share = line.percent = False
        line.unit, line.absolute = "" if self.percent else self.unit, line.change
        return line
