"""Text without marks of cells, cut into cells: lines of labels and numbers, or a cell a line.

Numbers may group their thousands by the same blank that parts them. How many stand in a line is
asked of all lines: `2 505 2 718 2 919` are three where the other lines have three.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from .table_cells import by_cells, by_clauses
from .table_grid import BARE_YEAR, Grid
from .table_head_lines import heads_over
from .table_head_place import unruled
from .table_head_words import closed, groups_of
from .table_label_columns import labels_apart, labels_beside
from .table_label_lines import (
    ages_together,
    before_bare_numbers,
    goes_on,
    labels_joined,
    letters_together,
    translates,
)
from .table_marks import indent_of
from .table_note_columns import without_notes
from .table_numbers import plain, read_cell
from .table_parted import parted
from .table_rounds import Row, rounds_of
from .table_run_on import run_on
from .table_signs import signs_beside
from .table_units import units_apart, units_beside
from .table_words import (
    CHINESE,
    GAP,
    Edges,
    Words,
    by_blanks,
    by_edges,
    by_ends,
    can_join,
    edges_of,
    ends_of,
    groups_by_blanks,
    letters_joined,
    line_of,
    shares_joined,
    signs_joined,
)

_HEADING = 30  # characters of a line between heads and figures that is no head
_CONTEXT = 60  # lines above a head that may tell its title, unit and period
_LONGEST = 400  # characters of such a line
_TITLED = re.compile(r"[附续續]?表\s*[\d一二三四五六七八九十]|table\s*\d", re.IGNORECASE)
_BRACKETED = re.compile(r"(.*[)）])([^()（）]+)")
_GLUED_YEAR = re.compile(r"((?:19|20)\d{2})(\d+)")
_ROUND = re.compile(r"10{2,}|1(?:0{0,2})(?:,000)+")
_SIGN_APART = re.compile(r"(?<=\s\s)([+\-−])(\s+)(?=\d)")
_PER = re.compile(r"(?:\bper|每)\s*$", re.IGNORECASE)
_FEWEST_WHOLE = 3  # rows that hold figures in all columns
_FEW_YEARS = 2  # a line of more is a head
_SAMPLE = 200  # rows that are asked how heads add up


def text_grids(text: str) -> list[Grid]:
    """The grid of a text in lines; none where it holds no rows of numbers."""
    rows = letters_together(ages_together(unruled(signs_beside(text.split("\n")))))
    lines = [line_of(raw, n) for n, raw in enumerate(rows, 1) if raw.strip(" \t\xa0\u3000")]
    if any("+" in line.pieces for line in lines):  # signs stand apart, a minus too
        lines = [
            line._replace(
                pieces=signs_joined(line.pieces), text=_SIGN_APART.sub(r"\2\1", line.text)
            )
            for line in lines
        ]
    return [grid for table in _apart(lines) for grid in _grids_of(table)]


def _grids_of(lines: list[Words]) -> list[Grid]:
    """The grids of the lines of one table."""
    lines, labels = labels_apart(without_notes(shares_joined(_per_so_many(lines))))
    lines = _translated(letters_joined(_years_beside(lines)))
    numbered = [line for line in lines if line.figures]
    if numbered:
        lines, units = units_apart(lines)
        numbered = [line for line in lines if line.figures]
    if labels:
        grids = _by_lines(lines, apart=True)
    elif clauses := by_clauses(lines, len(numbered)):
        return [clauses]
    elif grids := run_on(lines):
        return grids
    elif numbered:
        cells = sum(not line.label and len(read_cell(line.text).numbers) == 1 for line in numbered)
        grids = by_cells(lines) if cells > 0.6 * len(numbered) else _by_lines(lines)
    grids = [units_beside(grid, units) for grid in grids] if numbered and units else grids
    return [labels_beside(grid, labels) for grid in grids] if labels else grids


def _per_so_many(lines: list[Words]) -> list[Words]:
    """Lines, with what behind a line that ends with per is one round number again and again
    (100,000) made heads."""
    found = lines[:1]
    for before, line in pairwise(lines):
        one = not line.label and len(set(line.pieces)) == 1 and _ROUND.fullmatch(line.pieces[0])
        heads = one and _PER.search(before.text)
        found.append(line._replace(label=plain(line.text), pieces=[]) if heads else line)
    return found


def _years_beside(lines: list[Words]) -> list[Words]:
    """Lines that begin with one year after the other and have no other label: it is the year."""
    bare = [line for line in lines if line.figures and not line.label]
    first = [line.pieces[0] for line in bare]
    years = [int(text) for text in first if BARE_YEAR.fullmatch(text)]
    steps = {b - a for a, b in pairwise(years) if b != years[0]}  # they may begin again
    if len(years) < 3 or len(years) < len(bare) or not (steps <= {1} or steps <= {-1}):
        return lines
    return [
        line._replace(label=line.pieces[0], pieces=line.pieces[1:])
        if line.figures and not line.label else line
        for line in lines
    ]  # fmt: skip


def _translated(lines: list[Words]) -> list[Words]:
    """Lines with the Chinese label above a row that begins with its translation put before that,
    where most rows have one. A year that both end with stands apart from the first figure."""
    rows = [n for n, line in enumerate(lines) if line.figures]
    told = {
        n
        for n in rows
        if n and lines[n].label and not CHINESE.search(lines[n].label)
        and CHINESE.search(lines[n - 1].label) and not lines[n - 1].pieces
    }  # fmt: skip
    if len(told) < 2 or 2 * len(told) <= len(rows):
        return lines
    glued = {n: _GLUED_YEAR.fullmatch(lines[n].pieces[0]) for n in told}
    years = [match and match[1] in lines[n - 1].label for n, match in glued.items()]
    found: list[Words] = []
    for n, line in enumerate(lines):
        if n in told:
            label, pieces = f"{lines[n - 1].label} {line.label}", line.pieces
            if all(years) and (year := glued[n]):
                label, pieces = f"{label} {year[1]}", [year[2], *pieces[1:]]
            text = " ".join([label, *pieces])
            line = found.pop()._replace(label=label, pieces=pieces, text=text)
        found.append(line)
    return found


def _apart(lines: list[Words]) -> list[list[Words]]:
    """Lines cut before each numbered title (表2) behind which rows hold more figures, or fewer."""
    titles = [n for n, line in enumerate(lines) if _TITLED.match(plain(line.text))]
    found: list[list[Words]] = [[]]
    for a, b in pairwise([0, *titles, len(lines)]):
        usual = [
            Counter(len(line.pieces) for line in part if line.figures).most_common(1)
            for part in (found[-1], lines[a:b])
        ]
        apart = min(sum(count for _, count in each) for each in usual) > 1
        if apart and usual[0][0][0] != usual[1][0][0]:
            found.append([])
        found[-1].extend(lines[a:b])
    return found


def _unglued(lines: list[Words]) -> list[Words]:
    """Lines, with heads that come again and again cut from the head over them that they are glued
    to: 增长(%)累计 当月 累计 当月."""
    found: list[Words] = []
    for line in lines:
        words = line.text.split()
        glued = _BRACKETED.fullmatch(words[0]) if len(words) > 3 and not line.figures else None
        level = [glued[2], *words[1:]] if glued else []
        again = groups_of(level) > 1
        texts = [glued[1], " ".join(level)] if glued and again else [line.text]
        found += [line._replace(text=text) for text in texts]
    return found


def _completed(lines: list[Words], width: int) -> list[Words]:
    """Lines, with a row's figures that stand on lines of their own behind it put into it, where
    they make it whole."""
    found: list[Words] = []
    n = 0
    while n < len(lines):
        line, end, pieces = lines[n], n + 1, list(lines[n].pieces)
        while line.label and pieces and len(pieces) < width and end < len(lines):
            if lines[end].label:
                break
            pieces += lines[end].pieces
            end += 1
        if end > n + 1 and len(pieces) == width:
            texts = [line.text.rstrip(), *pieces[len(line.pieces) :]]
            line, n = line._replace(pieces=pieces, text=" ".join(texts)), end - 1
        found.append(line)
        n += 1
    return found


# --- A row a line ---------------------------------------------------------------------------------


def _by_lines(lines: list[Words], apart: bool = False) -> list[Grid]:
    lines = _unglued(lines)
    spaced = _spaced(lines)
    grouped = groups_by_blanks(piece for line in lines for piece in line.pieces)
    width = spaced or _width(lines, grouped)
    if width == 0:
        return []
    lines = lines if spaced else _completed(lines, width)
    edges = edges_of(lines, width) if spaced else []
    whole = [line for line in lines if line.label and len(line.pieces) == width]
    ends = ends_of(whole[:_SAMPLE])
    rows: list[Row] = []
    sure: set[int] = set()  # rows whose numbers stand under columns, however few they are
    for line in lines:
        numbers = None
        if line.figures:
            cells = GAP.split(line.text.strip()) if spaced else []
            if line.label and len(cells) == width + 1:
                line, numbers = line._replace(label=plain(cells[0])), cells[1:]
            elif not line.label and len(cells) == width:
                numbers = cells
            elif spaced and line.label and (placed := by_edges(line, edges)):
                line, numbers = line._replace(label=plain(cells[0])), placed
                sure.add(len(rows))
            else:
                sure_ends = not (grouped and _grouped(line)) and len(line.pieces) < width
                placed = by_blanks(line, width) or by_ends(line, ends) if sure_ends else None
                numbers = placed or parted(line.pieces, width, grouped)
            more = len(numbers) - width
            if line.label and more > 0:  # numbers that its label ends with: per 100,000
                label = " ".join([line.label, *numbers[:more]])
                line, numbers = line._replace(label=label), numbers[more:]
            if not line.label and len(numbers) * 2 < width:
                numbers = None  # a page number
        rows.append((line, numbers))
    told = [n for n, (_, numbers) in enumerate(rows) if numbers is not None]
    if not told:
        return []
    first = next((n for n in told if n in sure or 2 * len(_filled(rows[n][1])) >= width), told[0])
    rows[:first] = [(line, None) for line, _ in rows[:first]]  # a title with a number in it
    first -= goes_on(rows, first)
    body = labels_joined(rows[first:])
    body, over = (body, {}) if apart else rounds_of(body)
    rows = [*rows[:first], *body]
    grid = Grid([], form="space")
    _head_rows(grid, [line for line, _ in rows[:first]], width, edges, rows[first:])
    known = grid.rows[grid.heads - 1] if grid.heads else []
    grid.rows = [[*row[:1], *[""] * (bool(over) and len(row) > 1), *row[1:]] for row in grid.rows]
    data = [n for n, (_, numbers) in enumerate(rows) if numbers is not None]
    follows = sum(n + 1 < len(rows) and translates(*rows[n : n + 2]) for n in data)
    translated = follows > 0.5 * len(data)
    for n, (line, numbers) in enumerate(rows[first:], first):
        if numbers is not None:
            label, numbers = _year_label(line.label, numbers, width)
            numbers = numbers if len(numbers) == width else [*[""] * width, *numbers]
            label = indent_of(line.text) * " " + label if label else ""
            round_of = [over[n - first], label] if n - first in over else [label, ""]
            grid.rows.append([*(round_of if over else [label]), *numbers])
        elif heads := _repeated_head(line, width, known):
            grid.rows.append([*heads[:1], *[""] * bool(over), *heads[1:]])
        elif (
            translated and not before_bare_numbers(rows, n) and grid.rows[-1][1:].count("") < width
        ):
            grid.rows[-1][0] = f"{grid.rows[-1][0]} {plain(line.text)}".strip()
            continue
        else:
            grid.rows.append([indent_of(line.text) * " " + plain(line.text)])
        grid.lines.append(line.line)
    grid.lines = [*[lines[0].line] * (len(grid.rows) - len(grid.lines)), *grid.lines]
    return [grid]


def _filled(numbers: list[str] | None) -> list[str]:
    return [text for text in numbers or [] if text]


def _year_label(label: str, numbers: list[str], width: int) -> tuple[str, list[str]]:
    if not label and len(numbers) == width + 1 and BARE_YEAR.fullmatch(numbers[0]):
        return numbers[0], numbers[1:]
    return label, numbers


def _spaced(lines: list[Words]) -> int:
    """How many columns stand apart by wide gaps; 0 where they do not."""
    counts = Counter(
        len(GAP.split(line.text.strip())) - bool(line.label) for line in lines if line.figures
    )
    usual, often = counts.most_common(1)[0]
    pieces = Counter(len(line.pieces) for line in lines if line.label and line.figures)
    most, same = pieces.most_common(1)[0] if pieces else (0, 0)
    if most > usual and same >= 0.8 * often and not any(map(_grouped, lines)):
        return 0  # the wide gaps stand inside the labels
    enough = 0.5 if max(counts) == usual else 0.6  # others lack cells, and none has more
    return usual if usual > 1 and often >= enough * sum(counts.values()) else 0


def _grouped(line: Words) -> bool:
    return any(can_join(line.pieces, n) for n in range(1, len(line.pieces)))


def _width(lines: list[Words], grouped: bool) -> int:
    """How many numbers a line holds: the count that most lines can be parted into."""
    heads = [line.text.split() for line in lines if not line.figures]
    years = max((len(h) for h in heads if h and all(map(BARE_YEAR.fullmatch, h))), default=0)
    if years > _FEW_YEARS and years == max(len(line.pieces) for line in lines):
        return years  # though most rows may have blanks
    votes: Counter[int] = Counter()
    sure: Counter[int] = Counter()
    for line in lines:
        if not line.figures:
            continue
        most = len(line.pieces)
        joins = sum(can_join(line.pieces, n) for n in range(1, most)) if grouped else 0
        votes.update(range(most - joins, most + 1))
        if joins == 0:
            sure[most] += 1
        if not line.label and line.pieces and BARE_YEAR.fullmatch(line.pieces[0]):
            votes[most - 1] += 1
            sure[most - 1] += 2
    usual = max(votes, key=lambda w: (votes[w] + 0.5 * sure[w], w), default=0)
    return _unless_blank(lines, usual)


def _unless_blank(lines: list[Words], usual: int) -> int:
    """So many columns, or more where most rows have blanks in the last ones: in one row of five
    stand as many figures more, of which those to the left have decimals, and are of no label."""
    told = [line.pieces for line in lines if line.label and line.figures and not _grouped(line)]
    more = Counter(
        len(pieces)
        for pieces in told
        if len(pieces) > usual and all("." in piece for piece in pieces[:-usual])
    )
    width, often = more.most_common(1)[0] if more else (usual, 0)
    return width if often >= max(_FEWEST_WHOLE, len(told) / 5) else usual


# --- Heads ----------------------------------------------------------------------------------------


def _head_rows(grid: Grid, lines: list[Words], width: int, edges: Edges, rows: list[Row]) -> None:
    """The lines above the first figures: heads, what stands before them, a heading behind them."""
    told = [_year_label(line.label, numbers, width)[1] for line, numbers in rows if numbers]
    data = [list(map(read_cell, numbers)) for numbers in told]
    texts = [line.text for line in lines]
    heads, first, end = heads_over(texts, width, edges, data[:_SAMPLE])
    above = texts[max(first - _CONTEXT, 0) : first]
    grid.before = [text.strip() for text in above if len(text) <= _LONGEST]
    grid.rows, grid.heads = heads, len(heads)
    rest = [text.strip() for text in texts[end:] if heads or len(texts) > 1]
    if not heads:
        grid.before, rest = grid.before[:-1], grid.before[-1:] if len(texts) > 1 else []
    grid.rows += [[plain(text)] for text in rest if len(text) <= _HEADING and closed(text)]


def _repeated_head(line: Words, width: int, known: list[str]) -> list[str] | None:
    """A line of heads among the rows: as those above, perhaps with other periods, parted by wide
    gaps or in Chinese words."""
    text = plain(line.text)
    kept = [bool(head) and head in text for head in known]
    if sum(kept) > 1 and kept[0] and all(a or b for a, b in pairwise(kept)):
        pairs = zip(known, kept, strict=True)
        pattern = " ".join(f"({re.escape(head)})" if same else "(.+?)" for head, same in pairs)
        if again := re.fullmatch(pattern, text):
            return list(again.groups())
    if line.label and not line.pieces:
        words = line.text.split()
        chinese = len(words) in (width, width + 1) and all(CHINESE.search(w) for w in words)
        if width > 2 and (chinese or len(GAP.split(line.text.strip())) in (width, width + 1)):
            heads, _, _ = heads_over([line.text], width)
            return heads[0] if heads else None
    return None
