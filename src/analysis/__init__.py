"""Printed figures, made comparable: bounds, year over year, audit and charts.

Start with `load` and a data folder, or with `find_figures` and a text. What comes back are pandas
frames in which every number has a low and a high; `Bounds` calculates with such pairs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .bounds import Bounds, Whole
from .claims import audit, claims, diagnose, possible_counts, smallest_base, tighten
from .extract import Extract, ExtractError, Fault, Source, coverage, load, load_all
from .figures import Figure, FigureError, find_figures, find_numerals, read_figure, read_figures
from .views import ExportError, export, proofread, show
from .years import (
    ComparisonError,
    compare,
    contribution,
    implied_difference,
    implied_prior,
    prior_values,
    series,
    year_over_year,
)

if TYPE_CHECKING:
    from . import charts
    from .article.draft import draft
    from .article.read_article import read_article
    from .article.read_table import read_table, read_tables
    from .views.review import review

# Imported when first used: many a script reads no article, and draws nothing.
_LATER = {
    "draft": ".article.draft",
    "read_article": ".article.read_article",
    "read_table": ".article.read_table",
    "read_tables": ".article.read_table",
    "review": ".views.review",
}

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
    "diagnose",
    "draft",
    "export",
    "find_figures",
    "find_numerals",
    "implied_difference",
    "implied_prior",
    "load",
    "load_all",
    "possible_counts",
    "prior_values",
    "proofread",
    "read_article",
    "read_figure",
    "read_figures",
    "read_table",
    "read_tables",
    "review",
    "series",
    "show",
    "smallest_base",
    "tighten",
    "year_over_year",
]


def __getattr__(name: str) -> Any:
    # matplotlib takes as long to import as pandas does.
    if name == "charts":
        return import_module(".charts", __name__)
    if name in _LATER:
        return getattr(import_module(_LATER[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
