"""Charts of printed figures: each takes an extract, draws its uncertainty and returns Axes.

Every chart has a headline that is computed, and its unit, source and as-of date under the axis;
`language` is "en" or "zh". The figure carries an alternative text, computed from the same data,
into the notebook's output (and so into the report).

Exact figures are dots; what is only bounded is a bar from low to high, never a bare point. A colour
means one thing on all of them: dark blue what is printed, light blue what follows from it, orange
what does not fit it.

`axes` starts a chart of one's own in the same look, and `save` makes a file of any of them.
"""

from .audit import audit, network, slips
from .page import axes, save
from .parts import composition, funnel, of_total
from .ranges import apart, margin_of_error, ranges
from .series import multiples, quarters, series
from .slope import slope
from .vintages import changes, vintages
from .year_over_year import year_over_year

__all__ = [
    "apart",
    "audit",
    "axes",
    "changes",
    "composition",
    "funnel",
    "margin_of_error",
    "multiples",
    "network",
    "of_total",
    "quarters",
    "ranges",
    "save",
    "series",
    "slips",
    "slope",
    "vintages",
    "year_over_year",
]


def __dir__() -> list[str]:
    return __all__
