"""Printed figures: read one, read a column of them, find them in a text."""

from .columns import read_figures
from .reading import Figure, FigureError, read_figure
from .text import find_figures, find_numerals

__all__ = ["Figure", "FigureError", "find_figures", "find_numerals", "read_figure", "read_figures"]
