"""A cell of a line that blanks align, taken out of it or replaced."""

from __future__ import annotations

from .table_words import GapCell, Words, is_piece, wide


def replaced(line: Words, cell: GapCell, kept: str = "") -> Words:
    """A line with only so much of a cell among its labels, and everything else where it stood."""
    before, after = line.text[: cell.start], line.text[cell.stop :]
    words, named = [*line.label.split(), *line.pieces], len(line.label.split())
    at, size = len(before.split()), len(cell.text.split())
    words[at : at + size] = kept.split()
    if named > at + size:  # a text stands behind it, too
        first = named - size + len(kept.split())
    else:
        first = min(named, at) + (bool(kept) and named >= at and not is_piece(kept))
    text = before + kept + " " * (wide(cell.text) - wide(kept)) + after
    return Words(" ".join(words[:first]), words[first:], line.line, text)
