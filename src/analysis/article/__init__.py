"""From a text to an extract."""

from .draft import draft
from .read_table import read_table, read_tables

__all__ = ["draft", "read_table", "read_tables"]
