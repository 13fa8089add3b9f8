"""Text without marks of cells, cut into cells."""

from .table_formats import Grid


def text_grids(text: str) -> list[Grid]:
    return []
