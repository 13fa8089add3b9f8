"""Printed figures, made comparable: bounds, year over year, audit and charts.

The public names are handed on here; `charts`, and with it matplotlib, loads when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .audit import audit, possible_counts, smallest_base
from .bounds import Bounds
from .comparison import ComparisonError, contribution, implied_prior, year_over_year
from .draft import draft
from .extract import Extract, ExtractError, Source, coverage, load
from .numerals import (
    Figure,
    FigureError,
    find_figures,
    find_numerals,
    read_figure,
    read_figures,
)

if TYPE_CHECKING:
    from . import charts

__all__ = [
    "Bounds",
    "ComparisonError",
    "Extract",
    "ExtractError",
    "Figure",
    "FigureError",
    "Source",
    "audit",
    "charts",
    "contribution",
    "coverage",
    "draft",
    "find_figures",
    "find_numerals",
    "implied_prior",
    "load",
    "possible_counts",
    "read_figure",
    "read_figures",
    "smallest_base",
    "year_over_year",
]


def __getattr__(name: str) -> Any:
    if name == "charts":
        return import_module(".charts", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
