"""What a notebook shows: an article with its figures and claims marked, and frames as tables."""

from .proofread import Proof, proofread
from .tables import Table, show

__all__ = ["Proof", "Table", "proofread", "show"]
