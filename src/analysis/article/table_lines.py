"""The rows of a grid, read: which hold figures, which are titles, notes or heads."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from operator import attrgetter

from .files import refuse
from .table_commas import decimal_commas, in_commas, in_points
from .table_grid import BARE_YEAR, MOST_CELLS, MOST_COLUMNS, Grid, Line
from .table_labels import caption_units
from .table_numbers import BLANK, MONEY_SIGN, pair_of, plain, read_cell, read_cells, sign_of
from .table_place import items_aligned, lost_labels
from .table_units import UNIT_HEAD, is_unit

_NUMBERS = attrgetter("numbers")
_OPENS = re.compile(rf"[-−–]?(?:{MONEY_SIGN})?\(?")
_CLOSES = re.compile(r"\)\s?[%％‰]?|[%％‰]\)?")
_NUMBER_BEGINS = re.compile(r"\s*[(+\-−–]?\s?[\d.]")
_LONGEST_SIGN = 4
_SAMPLE = 200  # rows that are asked how decimals are printed


def lines_of(grid: Grid) -> list[Line]:
    width = max((len(row) for row in grid.rows), default=0)
    if width > MOST_COLUMNS or width * len(grid.rows) > MOST_CELLS:
        stood = f"{len(grid.rows)} rows of up to {width} cells"
        raise refuse(stood, f"at most {MOST_COLUMNS} columns and {MOST_CELLS} cells")
    numbers = grid.lines if len(grid.lines) == len(grid.rows) else [None] * len(grid.rows)
    rows = [[text if text.strip(" \xa0\u3000\u2003") else "" for text in row] for row in grid.rows]
    rows = [row + [""] * (width - len(row)) if len(row) < width else row for row in rows]
    cells = read_cells(chain.from_iterable(rows))
    if decimal_commas(chain.from_iterable(rows[:_SAMPLE])):
        cells = list(map(in_commas, chain.from_iterable(rows), cells))
        if grid.short:  # whose cells are moved, and read again
            rows = [list(map(in_points, row)) for row in rows]
    lines = [
        Line(texts, cells[n * width : (n + 1) * width], number)
        for n, (texts, number) in enumerate(zip(rows, numbers, strict=True))
        if any(texts)
    ]
    whole = all(line.texts[-1] for line in lines if any(map(_NUMBERS, line.cells)))
    _pieces_joined(lines)
    if 2 in set(map(len, map(_NUMBERS, cells))):
        for line in lines:
            line.cells = [
                pair_of(text) if cell.kind == "text" else cell
                for text, cell in zip(line.texts, line.cells, strict=True)
            ]
    if whole or not grid.short:
        _units_to_numbers(lines, grid.short)
    width = len(lines[0].texts) if lines else 0
    grid.short = grid.short or lost_labels(lines)
    used = [n for n in range(width) if any(line.texts[n] for line in lines)]
    if grid.short and used:
        used = list(range(used[-1] + 1))  # a head may stand over blanks
    if len(used) < width:
        for line in lines:
            line.texts = [line.texts[n] for n in used]
            line.cells = [line.cells[n] for n in used]
    return _signs_joined(items_aligned(lines) if grid.short else lines)


def _pieces_joined(lines: list[Line]) -> None:
    """Put together, in rows of figures, numbers whose sign of money, whose bracket or whose
    percent sign stands in a cell of its own: $ | 246.0 | (0.8 | )%. A head over nothing but such
    signs stands over their numbers."""
    moved: dict[int, set[int]] = {}
    for line in lines:
        texts, changed = line.texts, set()
        for n, cell in enumerate(line.cells):
            text = plain(texts[n]) if cell.kind == "text" and len(texts[n]) <= _LONGEST_SIGN else ""
            if not text:
                continue
            behind = next((k for k in range(n + 1, min(n + 3, len(texts))) if texts[k]), 0)
            before = next((k for k in range(n - 1, max(n - 3, -1), -1) if texts[k]), None)
            if _OPENS.fullmatch(text) and behind and _NUMBER_BEGINS.match(texts[behind]):
                texts[n], texts[behind] = "", text + texts[behind].strip()
                changed |= {n, behind}
                moved.setdefault(n, set()).add(behind)
            elif _OPENS.fullmatch(text) and behind and line.cells[behind].kind == "missing":
                texts[n] = ""
                changed.add(n)
            elif _CLOSES.fullmatch(text) and before is not None and _open_end(texts[before]):
                text = f"){text[0]}" if len(text) > 1 and text[-1] == ")" else text  # (3.3 | %)
                texts[n], texts[before] = "", texts[before].strip() + text
                changed |= {n, before}
        for n in changed:
            line.cells[n] = read_cell(texts[n])
    for n, places in moved.items():
        figures = [line for line in lines if any(line.cells[place].numbers for place in places)]
        if len(places) > 1 or any(line.texts[n] for line in figures):
            continue
        behind = places.pop()
        for line in lines:
            if line.texts[n] and not line.texts[behind]:
                line.texts[n], line.texts[behind] = "", line.texts[n]
                line.cells[n], line.cells[behind] = BLANK, line.cells[n]


def _units_to_numbers(lines: list[Line], packed: bool) -> None:
    """Units that stand in a column behind figures: without a head of its own each is put to the
    number before it (23,500 | 人), below 单位 it is of its row, and stands before the figures. The
    blanks of heads may stand at the end of their row, `packed`."""
    figures = [line for line in lines if line.proper]
    others = [line for line in lines if not line.proper and not line.lone]
    sample = figures[:_SAMPLE]
    numbered = {n for line in sample for n, c in enumerate(line.cells) if c.kind == "number"}
    first = min(numbered, default=0)
    for n in range(len(lines[0].texts) - 1, first, -1) if lines else ():
        begun = next((line for line in figures if line.texts[n]), None)
        if begun is None or begun.cells[n].kind != "text":
            continue
        told = [line for line in figures if line.texts[n]]
        if any(line.cells[n].kind != "text" for line in told):
            continue
        heads = {plain(line.texts[n]) for line in others} - {""}
        ended = {id(line) for line in others if packed and not line.texts[-1]}
        bare = all(x.texts[n] in ("", x.texts[n - 1]) or id(x) in ended for x in others)
        if not bare and len(heads) == 1 and UNIT_HEAD.fullmatch("".join(heads)):
            for line in lines:
                line.texts.insert(first, line.texts.pop(n))
                line.cells.insert(first, line.cells.pop(n))
            return
        if bare and n - 1 in numbered and all(is_unit(plain(line.texts[n])) for line in told):
            for line in told:
                if line.cells[n - 1].kind == "number":
                    line.texts[n - 1] = line.texts[n - 1].strip() + plain(line.texts[n])
                    line.cells[n - 1] = read_cell(line.texts[n - 1])
            for line in lines:
                at = -1 if line.texts[n] and id(line) in ended else n
                del line.texts[at], line.cells[at]


def _open_end(text: str) -> bool:
    """Whether a text ends with the digits of a figure: a year is none, 2023 | % are two heads."""
    return text[-1:].isdigit() and not BARE_YEAR.fullmatch(text.strip())


def _signs_joined(lines: list[Line]) -> list[Line]:
    """Signs that stand in a column of their own, put before the number in the next."""
    width = len(lines[0].texts) if lines else 0
    gone: set[int] = set()
    figures = [line for line in lines if line.proper]
    for column in range(width - 1):
        first = next((line for line in figures if line.texts[column]), None)
        if first is None or first.cells[column].kind == "number":
            continue
        rows = [line for line in figures if line.texts[column]]
        if len(rows) * 4 < len(figures):
            continue
        marked = [line.cells[column].kind == "mark" for line in rows]
        told = zip(rows, marked, strict=True)
        if not all(mark or sign_of(line.texts[column]) for line, mark in told):
            continue
        marks = all(marked)
        signs = [sign_of(line.texts[column]) for line in rows]
        said = 1 in signs or len(rows) < len(figures)
        if not marks and not (said and _unsigned_beside(rows, column)):
            continue
        for line, sign in zip(rows, signs, strict=True):
            cell = line.cells[column + 1]
            if sign and cell.kind == "number" and len(cell.numbers) == 1:
                text = f"{line.texts[column].strip()} {line.texts[column + 1].strip()}"
                line.texts[column + 1], line.cells[column + 1] = text, read_cell(text)
        gone.add(column)
    if gone:
        for line in lines:
            for column in gone:
                if line.texts[column] and not line.proper and not line.texts[column + 1]:
                    line.texts[column + 1] = line.texts[column]
            line.texts = [t for n, t in enumerate(line.texts) if n not in gone]
            line.cells = [c for n, c in enumerate(line.cells) if n not in gone]
    return lines


def _unsigned_beside(rows: list[Line], column: int) -> bool:
    beside = [line.cells[column + 1] for line in rows]
    return sum(c.kind == "number" and not c.numbers[0].signed for c in beside) > 0.5 * len(rows)


NOTE = re.compile(r"注(?![册冊])|說明|说明|資料|资料|note|source|備註|备注", re.IGNORECASE)


def without_title(lines: list[Line], grid: Grid) -> list[Line]:
    """Lines of one text above the head and notes below the figures belong to the grid's text."""
    start, end = 0, len(lines)
    width = len(lines[0].texts) if lines else 0
    while start < end and width > 1 and (text := _over_heads(lines[start])):
        placed = grid.form in ("html", "space")
        if placed and not lines[start].texts[0] and len(lines[start].filled) > 1:
            break  # one cell over all figures, and none over their labels, is a head
        grid.before.append(text)
        grid.heads -= grid.heads > 0
        start += 1
    while end > start and (text := _text_of(lines[end - 1])):
        if any(c.kind == "missing" for c in lines[end - 1].cells):
            break
        if len(text) < 12 and not NOTE.match(text):
            break
        grid.after.append(text)
        end -= 1
    return lines[start:end]


_TITLE = 20  # characters of a text behind a number that is no label
UNIT = re.compile(r"[(（\s]*(?:[计計]量)?(?:[单單]位|units?\b)", re.IGNORECASE)


def _over_heads(line: Line) -> str:
    """What a line above the heads says: a title in one text, or in which unit the figures are."""
    texts = [text for n in line.filled if (text := plain(line.texts[n]))]
    units = [n for n, text in enumerate(texts) if caption_units([text])]
    translated = units[:1] == [0] and all(text[0] in "(（" for text in texts[1:])
    beside = bool(units) and bool(UNIT.match(texts[units[0]])) and 2 * len(texts) < len(line.texts)
    said = " ".join(texts) if translated or beside else ""
    return said or _text_of(line)


def _text_of(line: Line) -> str:
    """The text of a line that holds nothing else but perhaps a number of its own before it: a
    title, a note."""
    own = [plain(line.texts[n]) for n in line.filled]
    numbered = line.filled == [0, 1] and own[0].isdigit() and line.proper
    if numbered and line.cells[1].kind != "number" and len(own[1]) >= _TITLE:
        return own[1]
    return "" if line.proper else line.lone


def is_data(line: Line) -> bool:
    """Whether a row below a head holds figures: numbers, or marks that some are missing. A row of
    years that run one way is a head again."""
    if line.proper:
        return True
    kinds = [cell.kind for cell in line.cells]
    if "missing" in kinds[1:] and kinds[0] != "missing":
        return kinds[1:].count("text") <= kinds.count("missing")
    years = [int(text) for text in line.texts[1:] if BARE_YEAR.fullmatch(text)]
    others = len(line.filled) - (line.cells[0].kind != "number") - len(years)
    return bool(years) and not others and bool(line.texts[0]) and not _rising(years)


def _rising(years: list[int]) -> bool:
    """Whether years run one way, perhaps several times over: 2018 2019 2018 2019."""
    steps = [b - a for a, b in pairwise(years)]
    up = sum(step >= 0 for step in steps)
    return bool(steps) and max(up, len(steps) - up) >= 0.5 * len(steps) and 0 not in steps[:1]


def first_data(lines: list[Line], start: int = 0) -> int:
    """Where the figures begin: a lone year is a head there."""
    return next(
        (
            n
            for n in range(start, len(lines))
            if is_data(lines[n]) and (lines[n].proper or len(lines[n].filled) > 2)
        ),
        len(lines),
    )
