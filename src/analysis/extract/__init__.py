"""An article as checked tables: loaded, and covered against its text."""

from .coverage import coverage
from .load import load, load_all
from .model import Extract, ExtractError, Fault, Source, require_extract
from .schema import TABLES

__all__ = [
    "TABLES",
    "Extract",
    "ExtractError",
    "Fault",
    "Source",
    "coverage",
    "load",
    "load_all",
    "require_extract",
]
