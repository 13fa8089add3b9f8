"""Printed figures, made comparable: bounds, year over year, audit and charts.

Start with `load` and a data folder, or with `find_figures` and a text. What comes back are pandas
frames in which every number has a low and a high; `Bounds` calculates with such pairs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .article import draft, read_article, read_table, read_tables
from .bounds import Bounds, Whole
from .claims import audit, claims, possible_counts, smallest_base
from .extract import (
    ExportError,
    Extract,
    ExtractError,
    Fault,
    Source,
    coverage,
    export,
    load,
)
from .figures import Figure, FigureError, find_figures, find_numerals, read_figure, read_figures
from .views import proofread
from .years import (
    ComparisonError,
    compare,
    contribution,
    implied_difference,
    implied_prior,
    prior_values,
    year_over_year,
)

if TYPE_CHECKING:
    from . import charts

__all__ = [
    "Bounds",
    "ComparisonError",
    "ExportError",
    "Extract",
    "ExtractError",
    "Fault",
    "Figure",
    "FigureError",
    "Source",
    "Whole",
    "audit",
    "charts",
    "claims",
    "compare",
    "contribution",
    "coverage",
    "draft",
    "export",
    "find_figures",
    "find_numerals",
    "implied_difference",
    "implied_prior",
    "load",
    "possible_counts",
    "prior_values",
    "proofread",
    "read_article",
    "read_figure",
    "read_figures",
    "read_table",
    "read_tables",
    "smallest_base",
    "year_over_year",
]


def __getattr__(name: str) -> Any:
    # matplotlib takes as long to import as pandas does, and many a script draws nothing.
    if name == "charts":
        return import_module(".charts", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
