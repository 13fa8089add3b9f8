"""Do printed claims fit? Audited against their own parts, and the slips that would explain them."""

from .audit import audit, audit_and_diagnosis, claims, result_figures
from .counts import possible_counts, smallest_base
from .diagnose import diagnose
from .tighten import tighten

__all__ = [
    "audit",
    "audit_and_diagnosis",
    "claims",
    "diagnose",
    "possible_counts",
    "result_figures",
    "smallest_base",
    "tighten",
]
