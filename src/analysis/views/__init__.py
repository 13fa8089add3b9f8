"""What is shown of an extract: marked in its text, as tables in a notebook, as a workbook."""

from .export import ExportError, export
from .proofread import Proof, proofread
from .tables import Table, show

__all__ = ["ExportError", "Proof", "Table", "export", "proofread", "show"]
