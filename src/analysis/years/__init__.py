"""Then and now: the prior value that a printed change implies; article beside article."""

from .compare import compare
from .prior import (
    ComparisonError,
    contribution,
    implied_difference,
    implied_prior,
    prior_values,
    year_over_year,
)
from .series import series

__all__ = [
    "ComparisonError",
    "compare",
    "contribution",
    "implied_difference",
    "implied_prior",
    "prior_values",
    "series",
    "year_over_year",
]
