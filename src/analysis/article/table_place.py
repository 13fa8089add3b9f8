"""Cells put under their heads again, in rows that lost blanks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import median

from .table_grid import BARE_YEAR, Line
from .table_head_words import groups_of
from .table_labels import is_period
from .table_numbers import BLANK, Cell, read_cell, sign_of
from .table_refit import Refit

# How much nearer the best place of a gap must be than the next one, in the logarithm of sizes.
_PLAINLY = 0.4
LOST = "no head stands over it: which column it is in is not known"
PLACED = "a blank was dropped from the row: placed by size"
RECOMPUTED = "blanks were dropped from the row: placed where its figures recompute"
BEGUN = "blanks were dropped from the row: placed without the last period of each group"
UNSURE = "fewer figures than columns: that they stand in the first ones is not sure"
_MOST = 0.8  # of the rows that hold as many figures, where a lone label more is one
_FEW = 3  # rows that count on by chance
_MOST_COLUMNS = 12


def lost_labels(lines: list[Line]) -> bool:
    """Whether rows end early as they lack a label, one that covers rows above them and was printed
    once: the others begin with two or more, and all that end early hold as many figures as they,
    so many places to the left."""
    if sum(not line.texts[-1] for line in lines) < 2:
        return False
    spans = [span for line in lines if (span := _span(line))]
    full = max((end for _, end in spans), default=0)
    labels = {first for first, end in spans if end == full}
    early = [span for span in spans if span[1] < full]
    behind = {end - first for first, end in early}
    return len(early) > 1 and len(labels) == 1 and behind == {full - max(labels)}


def items_aligned(lines: list[Line]) -> list[Line]:
    """Rows that lost blanks, by what they hold behind the label: a sign put before its number, a
    label that covered two columns put next to the figures.

    A row whose figures have no sign has so many cells less.
    """
    _labels_once(lines)
    spans = [_span(line) for line in lines]
    known = [span for span in spans if span]
    often = Counter(first for first, _ in known)
    usual = max((end - first for first, end in known), default=0)
    whole = Counter(first for first, end in known if end - first == usual)
    alike = sum(end - first == usual for first, end in known) >= _MOST * len(known)
    own = max(
        (k for k, n in often.items() if n * 5 >= len(known) or whole[k] > (not alike)), default=0
    )
    full = [
        (line, span) for line, span in zip(lines, spans, strict=True)
        if span and span[1] - span[0] == usual
    ]  # fmt: skip
    if own == 0 or usual < 2 or len(full) < 2:
        return lines
    beside = [[line.texts[first + k] for line, (first, _) in full] for k in range(usual - 1)]
    signs = [
        k
        for k, texts in enumerate(beside)
        if any(sign_of(t) > 0 for t in texts) and all(sign_of(t) or not t for t in texts)
    ]
    width = len(lines[0].texts) - len(signs)
    for line, span in zip(lines, spans, strict=True):
        if span is None:
            if any(line.texts[width:]):  # heads whose blanks were kept
                _over_numbers(line, [own + k for k in signs])
            _cut(line, width)
            continue
        first, end = span
        items = line.texts[first:end]
        if len(items) == usual and signs:
            items = [
                f"{items[k - 1]} {text}".strip() if k - 1 in signs else text
                for k, text in enumerate(items)
                if k not in signs
            ]
        elif len(items) != usual - len(signs) and (signs or first >= own):
            _cut(line, width)
            continue
        labels = [*[""] * (own - first), *line.texts[:first]]
        placed = [*labels, *items, *line.texts[end:], *[""] * width]
        if any(placed[width:]):  # it lacks no label: a figure would be lost
            _cut(line, width)
            continue
        line.texts = placed[:width]
        line.cells = [read_cell(text) if text else BLANK for text in line.texts]
    return lines


def _over_numbers(line: Line, signs: list[int]) -> None:
    """Take the columns of signs out of a row of heads, one over a sign put over its number."""
    if any(line.texts[n] and line.texts[n + 1] for n in signs):
        return
    for n in signs:
        line.texts[n + 1] = line.texts[n] or line.texts[n + 1]
    line.texts = [text for n, text in enumerate(line.texts) if n not in signs]
    line.cells = [read_cell(text) if text else BLANK for text in line.texts]


def _labels_once(lines: list[Line]) -> None:
    """Take out of a few rows the label that stands again before each of their figures."""
    spans = [(line, span) for line in lines if (span := _span(line))]
    again = [
        (line, first) for line, (first, end) in spans
        if line.cells[first - 1].kind == "text" and line.texts[first - 1] in line.texts[first:end]
    ]  # fmt: skip
    for line, first in again if 2 * len(again) < len(spans) else ():
        items = [text for text in line.texts[first:] if text != line.texts[first - 1]]
        line.texts = [*line.texts[:first], *items, *[""] * len(line.texts)][: len(line.texts)]
        line.cells = [read_cell(text) if text else BLANK for text in line.texts]


def _span(line: Line) -> tuple[int, int] | None:
    """Where the figures of a row begin and end; None where it holds none."""
    kinds = [cell.kind for cell in line.cells]
    if BARE_YEAR.fullmatch(line.texts[0]):
        kinds[0] = "text"  # a row of its own, not a figure
    first = next((n for n, k in enumerate(kinds) if k in ("number", "missing", "sign")), 0)
    if first == 0 or ("number" not in kinds[first:] and "missing" not in kinds[first:]):
        return None
    return first, max(line.filled) + 1


def _cut(line: Line, width: int) -> None:
    line.texts, line.cells = line.texts[:width], line.cells[:width]


def place_again(data: list[Line], labels: int, heads: list[str]) -> None:
    """Put cells under their heads in rows that lost blanks, or a label that covers two columns; a
    row that stands behind all heads, as its places are lost, where it recomputes. Where the lowest
    heads are periods that come again, those that lack one each lack the last: it is not over."""
    groups = groups_of(heads) if all(map(is_period, heads)) else 1
    begun = tuple(n for n in range(len(heads)) if (n + 1) % (len(heads) // groups))
    counted = _counts_on(data)
    first = [_first_figure(line, labels, counted) for line in data]
    last = [max(line.filled) for line in data]
    full = max((end for own, end in zip(first, last, strict=True) if own <= labels), default=0)
    width = full + 1 - labels
    whole = [line for line, end in zip(data, last, strict=True) if end == full]
    refit: Refit | None = None
    packed = not any(map(_holds_blanks, data))
    for n, (line, own, end) in enumerate(zip(data, first, last, strict=True)):
        items = end + 1 - own
        if end == full or not whole or labels < own <= full:
            continue
        if own < labels and items == width:
            _shift(line, own, labels - own)
        elif items < width:
            mine = line.cells[own : end + 1]
            if own < labels and all(cell.kind != "text" for cell in mine):
                _shift(line, own, labels - own)  # its label is lost, too
                own = labels
            refit = refit or Refit([other.cells[labels : full + 1] for other in data])
            all_begun = groups > 1 and width == len(heads) and items == len(begun)
            if places := refit.places(n, mine) or (begun if all_begun else ()):
                _spread(line, own, labels, places)
                line.note = BEGUN if places == begun and all_begun else line.note
            elif not (width - items == 1 and items > 3 and _sized(line, whole, own, labels, full)):
                line.note = UNSURE if packed and own <= labels else ""


def _counts_on(data: list[Line]) -> bool:
    """Whether the first numbers of rows are labels that count on: ages, grades."""
    first = [line.cells[0].numbers[0].value for line in data if line.cells[0].numbers]
    return len(first) > _FEW and {b - a for a, b in pairwise(first)} == {1.0}


def _first_figure(line: Line, labels: int, counted: bool) -> int:
    """Where the figures of a row begin: a year among the labels is none, nor what counts rows."""
    years = [
        n < labels and (counted or bool(BARE_YEAR.fullmatch(text)))
        for n, text in enumerate(line.texts)
    ]
    figures = [n for n, cell in enumerate(line.cells) if cell.kind in ("number", "missing")]
    return next((n for n in figures if not years[n]), 0)


def _spread(line: Line, own: int, labels: int, places: Sequence[int]) -> None:
    """Put the figures from `own` on into the columns behind the labels that they belong in."""
    figures = dict(zip(places, line.texts[own:], strict=False))
    if own > labels or places != tuple(range(len(places))):
        line.note = RECOMPUTED
    texts = [*line.texts[: min(own, labels)], *[""] * (labels - own)]
    texts += [figures.get(n, "") for n in range(len(line.texts) - labels)]
    line.texts, line.cells = texts, [read_cell(text) if text else BLANK for text in texts]


def _holds_blanks(line: Line) -> bool:
    """Whether blanks stand between the figures of a row."""
    figures = [n for n, cell in enumerate(line.cells) if cell.kind == "number"]
    between = line.cells[min(figures, default=0) : max(figures, default=0)]
    return any(cell.kind == "blank" for cell in between)


def _shift(line: Line, start: int, by: int) -> None:
    line.texts[start:] = [""] * by + line.texts[start : len(line.texts) - by]
    line.cells[start:] = [BLANK] * by + line.cells[start : len(line.cells) - by]


def _sized(line: Line, whole: list[Line], own: int, labels: int, full: int) -> bool:
    """Where a blank was dropped from a row, find its place: the numbers after it are as large as
    their columns only one place to the right. Whether that is plain."""

    def size(cell: Cell) -> float | None:
        return math.log1p(abs(cell.numbers[0].value)) if cell.kind == "number" else None

    usual: list[float | None] = []
    for column in range(labels, full + 1):
        sizes = [s for row in whole if (s := size(row.cells[column])) is not None]
        usual.append(median(sizes) if sizes else None)
    mine = [size(cell) for cell in line.cells[own : own + full - labels]]

    def apart(gap: int) -> float:
        placed = [*mine[:gap], None, *mine[gap:]]
        both = [
            (a, b) for a, b in zip(placed, usual, strict=True) if a is not None and b is not None
        ]
        return sum(abs(a - b) for a, b in both)

    found = sorted((apart(gap), -gap) for gap in range(len(usual)))
    plainly = found[1][0] - found[0][0] > _PLAINLY and found[0][0] < 0.5 * len(usual)
    if plainly and found[0][1] > 1 - len(usual):
        _shift(line, own - found[0][1], 1)
        line.note = PLACED
    return plainly


def where_changes_fit(before: list[Cell], now: list[Cell], changes: list[Cell]) -> list[int]:
    """The columns, in order, in which changes recompute from the two rows above; none where no
    choice does, or several do."""
    able = [
        n
        for n, (then, this) in enumerate(zip(before, now, strict=True))
        if then.kind == this.kind == "number" and then.numbers[0].value
    ]
    if not 0 < len(changes) <= len(able) <= _MOST_COLUMNS:
        return []
    ratios = {n: (now[n].numbers[0].value / before[n].numbers[0].value - 1) * 100 for n in able}
    found = [
        list(chosen)
        for chosen in combinations(able, len(changes))
        if all(
            abs(ratios[n] - cell.numbers[0].value) <= 10.0 ** cell.numbers[0].exponent
            for n, cell in zip(chosen, changes, strict=True)
        )
    ]
    return found[0] if len(found) == 1 else []
