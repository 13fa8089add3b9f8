"""An article as checked tables: loaded, covered against its text, exported."""

from .coverage import coverage
from .export import ExportError, export
from .load import load, load_all
from .model import Extract, ExtractError, Fault, Source
from .schema import TABLES

__all__ = [
    "TABLES",
    "ExportError",
    "Extract",
    "ExtractError",
    "Fault",
    "Source",
    "coverage",
    "export",
    "load",
    "load_all",
]
