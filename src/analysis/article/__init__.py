"""From a text to an extract, and to a data folder to complete."""

from .draft import draft
from .read_article import read_article
from .read_table import read_table, read_tables

__all__ = ["draft", "read_article", "read_table", "read_tables"]
