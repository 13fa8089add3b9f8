"""Do printed claims fit? Audited against their own parts, and the slips that would explain them."""

from .audit import audit, result_figures
from .counts import possible_counts, smallest_base
from .words import claims

__all__ = ["audit", "claims", "possible_counts", "result_figures", "smallest_base"]
