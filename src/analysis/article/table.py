"""From a grid to blocks: which rows are heads, which columns are labels, what belongs to what.

A block is what stands under one head: tables side by side or one below the other are blocks of
their own. Where blanks were dropped, cells are put under their heads by counting and by size, and
the row says so.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from statistics import median

from .table_formats import Grid
from .table_heads import column_paths
from .table_labels import (
    indent_of,
    introduces,
    is_grouping,
    is_period,
    is_total,
    mark_of,
    of_which,
)
from .table_numbers import BLANK, Cell, plain, read_cell, sign_of

_SERIAL = re.compile(r"序[号號]|[编編][号號]|^no\.?$|代[码碼]|排[名序]|名次|^#$", re.IGNORECASE)
_YEARS = re.compile(r"年[份度别別]?|year|民[国國]", re.IGNORECASE)
_ROC_YEARS = re.compile(r"民[国國]|年[度别別份]?")
_BARE_YEAR = re.compile(r"(?:19|20)\d{2}")
_CONTINUES = re.compile(r"^(?:[a-z(（]|and |or |of )")
# How much nearer the best place of a gap must be than the next one, in the logarithm of sizes.
_PLAINLY = 0.4
PLACED = "a blank was dropped from the row: placed by size"
_LAST = re.compile(r"其[他它]|[雜杂][項项]|other|misc", re.IGNORECASE)
_OPEN_END = re.compile(r"(?:[,，、&]|\band|\bof|\bor|[(（][^)）]*)$")


@dataclass
class Row:
    """A row of figures: its label, what it stands under, and its cells by column."""

    label: str
    heading: str = ""
    level: int = 0
    memo: bool = False  # 其中, #: a part among others that are not printed
    under: int | None = None  # the row that a line between them (按类别分) divides
    line: int | None = None
    note: str = ""
    texts: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)  # what its label columns hold

    @property
    def full(self) -> str:
        return f"{self.heading} / {self.label}" if self.heading and self.label else self.label


@dataclass
class Block:
    """Rows of figures under one head."""

    columns: list[list[str]]  # the levels of each column's head
    rows: list[Row]
    corner: str = ""
    title: str = ""  # a line above the head of this block

    def label(self, column: int) -> str:
        return " / ".join(self.columns[column])


@dataclass
class _Line:
    """A row of the grid, read."""

    texts: list[str]
    cells: list[Cell]
    line: int | None
    note: str = ""

    @property
    def filled(self) -> list[int]:
        return [n for n, text in enumerate(self.texts) if text]

    @property
    def proper(self) -> int:
        """How many cells hold numbers that are no years."""
        return sum(
            cell.kind == "number" and not _BARE_YEAR.fullmatch(text)
            for cell, text in zip(self.cells, self.texts, strict=True)
        )


def blocks_of(grid: Grid) -> list[Block]:
    """The blocks of a grid. What stands in it before the head and after the figures is moved to
    `before` and `after` of the grid."""
    lines = _lines(grid)
    lines = _without_title(lines, grid)
    if not lines:
        return []
    blocks: list[Block] = []
    body = _first_data(lines)
    heads, body = _settled_heads(lines, body, grid)
    while body < len(lines):
        end = _next_head(lines, body)
        found = _block(heads, lines[body:end], grid)
        blocks += found
        after = _first_data(lines, end)
        heads, body = lines[end:after], after
        if len(heads) == 1 or (heads and len(heads[0].filled) == 1):
            heads = heads if len(heads) > 1 else []
        if found and after < len(lines):
            heads = _aligned_again(heads, lines[after:], found[-1])
    return blocks


def _lines(grid: Grid) -> list[_Line]:
    width = max((len(row) for row in grid.rows), default=0)
    numbers = grid.lines if len(grid.lines) == len(grid.rows) else [None] * len(grid.rows)
    lines = []
    for row, line in zip(grid.rows, numbers, strict=True):
        texts = [text if text.strip(" \xa0\u3000\u2003") else "" for text in row]
        if any(texts):
            texts += [""] * (width - len(texts))
            lines.append(_Line(texts, [read_cell(t) if t else BLANK for t in texts], line))
    used = sorted({n for line in lines for n in line.filled})
    if len(used) < width:
        for line in lines:
            line.texts = [line.texts[n] for n in used]
            line.cells = [line.cells[n] for n in used]
    return _signs_joined(lines)


def _signs_joined(lines: list[_Line]) -> list[_Line]:
    """Signs that stand in a column of their own, put before the number in the next."""
    width = len(lines[0].texts) if lines else 0
    gone: set[int] = set()
    for column in range(width - 1):
        rows = [line for line in lines if line.texts[column] and line.proper]
        if not rows or len(rows) * 4 < sum(bool(line.proper) for line in lines):
            continue
        signs = [sign_of(line.texts[column]) for line in rows]
        if not all(s or line.cells[column].kind == "mark" for s, line in zip(signs, rows)):
            continue
        marks = all(line.cells[column].kind == "mark" for line in rows)
        said = 1 in signs or (len(rows) < len([x for x in lines if x.proper]))
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


def _unsigned_beside(rows: list[_Line], column: int) -> bool:
    beside = [line.cells[column + 1] for line in rows]
    return sum(c.kind == "number" and not c.numbers[0].signed for c in beside) > 0.5 * len(rows)


def _without_title(lines: list[_Line], grid: Grid) -> list[_Line]:
    """Lines of one text above the head and notes below the figures belong to the grid's text."""
    start, end = 0, len(lines)
    width = len(lines[0].texts) if lines else 0
    while (
        start < end and width > 1 and len({lines[start].texts[n] for n in lines[start].filled}) == 1
    ):
        if lines[start].proper:
            break
        grid.before.append(plain(lines[start].texts[lines[start].filled[0]]))
        start += 1
    while end > start and not lines[end - 1].proper and len(set(lines[end - 1].texts) - {""}) == 1:
        text = plain(lines[end - 1].texts[lines[end - 1].filled[0]])
        if any(c.kind == "missing" for c in lines[end - 1].cells):
            break
        if len(text) < 12 and not re.match(
            r"注|說明|说明|資料|资料|note|source|備註|备注", text, re.I
        ):
            break
        grid.after.append(text)
        end -= 1
    return lines[start:end]


def _is_data(line: _Line) -> bool:
    """Whether a row holds figures: numbers that are no years, or marks that some are missing."""
    if line.proper:
        return True
    kinds = [cell.kind for cell in line.cells]
    if "missing" in kinds[1:] and kinds[0] != "missing":
        return kinds[1:].count("text") <= kinds.count("missing")
    years = [int(t) for t in line.texts[1:] if _BARE_YEAR.fullmatch(t)]
    bare = len(line.filled) - (line.cells[0].kind != "number")
    return len(years) > 1 and len(years) == bare and not _rising(years) and bool(line.texts[0])


def _rising(years: list[int]) -> bool:
    """Whether years run one way, perhaps several times over: 2018 2019 2018 2019."""
    steps = [b - a for a, b in zip(years, years[1:], strict=False)]
    up = sum(step >= 0 for step in steps)
    return max(up, len(steps) - up) >= 0.5 * len(steps) and 0 not in steps[:1]


def _first_data(lines: list[_Line], start: int = 0) -> int:
    return next((n for n in range(start, len(lines)) if _is_data(lines[n])), len(lines))


def _settled_heads(lines: list[_Line], body: int, grid: Grid) -> tuple[list[_Line], int]:
    """The head and where the figures begin: a row of column numbers (甲 1 2 3) belongs to neither."""
    body = max(body, min(grid.heads, len(lines) - 1)) if grid.form in ("frame", "html") else body
    heads = lines[:body]
    if heads and body < len(lines):
        numbers = [c.numbers[0].value for c in lines[body].cells if c.kind == "number"]
        counted = numbers in ([*range(1, len(numbers) + 1)], [*range(len(numbers))])
        if counted and len(numbers) > 2 and len(numbers) >= len(lines[body].filled) - 1:
            return heads, body + 1
    return heads, body


def _next_head(lines: list[_Line], body: int) -> int:
    """Where the next head begins: a row of texts over the figures, or of years."""
    for n in range(body + 1, len(lines)):
        line = lines[n]
        if _is_data(line) or len(line.filled) < 2:
            continue
        texts = {line.texts[k] for k in line.filled}
        over = [k for k in line.filled if k > 0]
        if len(texts) > 1 and len(over) * 2 >= len(line.texts) - 1:
            before = lines[n - 1]
            alone = not _is_data(before) and len(set(before.texts) - {""}) == 1 and n - 1 > body
            return n - 1 if alone else n
    return len(lines)


def _aligned_again(heads: list[_Line], rest: list[_Line], block: Block) -> list[_Line]:
    return heads


def _block(heads: list[_Line], body: list[_Line], grid: Grid) -> list[Block]:
    """The block, or the blocks side by side, of a head and the rows under it."""
    data = [line for line in body if _is_data(line)]
    if not data:
        return []
    title = ""
    while len(heads) > 1 and len({heads[0].texts[n] for n in heads[0].filled}) == 1:
        title = plain(heads[0].texts[heads[0].filled[0]])
        heads = heads[1:]
    labels = _label_columns(heads, data)
    sides = _sides(heads, data, labels)
    if len(sides) > 1:
        found = []
        for first, end in sides:
            cut = [[_cut(line, first, end) for line in part] for part in (heads, body)]
            kept = [line for line in cut[1] if any(line.texts)]
            found += _block([line for line in cut[0] if any(line.texts)], kept, grid)
        return found
    if grid.short:
        _place_again(data, labels)
    columns = [
        n
        for n in range(labels, len(data[0].texts))
        if _holds_numbers([line.cells[n] for line in data])
    ]
    if not columns:
        return []
    paths, corner = column_paths(
        [line.texts for line in heads], columns, labels, grid.short, [line.cells for line in data]
    )
    block = Block(paths, [], corner, title)
    _fill(block, body, labels, columns, heads)
    _set_levels(block)
    return [block]


def _cut(line: _Line, first: int, end: int) -> _Line:
    return _Line(line.texts[first:end], line.cells[first:end], line.line)


def _holds_numbers(cells: list[Cell]) -> bool:
    """Whether a column is one of figures: remarks (备注) and blanks are none."""
    kinds = [cell.kind for cell in cells]
    numbers = kinds.count("number") + kinds.count("missing")
    return numbers > 0 and numbers >= kinds.count("text")


def _head_of(heads: list[_Line], column: int) -> str:
    return " ".join(
        dict.fromkeys(plain(line.texts[column]) for line in heads if line.texts[column])
    )


def _label_columns(heads: list[_Line], data: list[_Line]) -> int:
    """How many columns at the left are labels: texts, periods, or serial numbers before texts."""
    width = len(data[0].texts)
    sample = data[:: max(1, len(data) // 300)]
    count = 0
    while count < width - 1 and _is_label_column(heads, sample, count):
        count += 1
    return count


def _is_label_column(heads: list[_Line], data: list[_Line], column: int) -> bool:
    texts = [plain(line.texts[column]) for line in data]
    cells = [line.cells[column] for line in data]
    kinds = [cell.kind for cell in cells]
    head = _head_of(heads, column)
    numbers = kinds.count("number")
    periods = sum(bool(text) and is_period(text) for text in texts)
    if kinds.count("text") + (periods if not numbers else 0) > max(numbers, kinds.count("missing")):
        return True
    if numbers == 0:
        return column == 0
    values = [c.numbers[0].value for c in cells if c.kind == "number"]
    bare = [text for text in texts if _BARE_YEAR.fullmatch(text)]
    if numbers == len(bare) and periods + kinds.count("text") >= 0.8 * len(texts) and column < 3:
        return True
    if periods >= 0.8 * (len(texts) - kinds.count("blank")) and column < 2:
        return True
    steps = {b - a for a, b in zip(values, values[1:], strict=False)}
    if _ROC_YEARS.search(head) and max(values) < 200 and steps <= {1.0, -1.0}:
        return True
    if _SERIAL.search(head):
        return True
    follows = [line.cells[column + 1].kind for line in data]
    return steps <= {1.0} and values[0] <= 1 and follows.count("text") > 0.6 * len(data)


def _sides(heads: list[_Line], data: list[_Line], labels: int) -> list[tuple[int, int]]:
    """Where blocks stand side by side: labels again to the right, under the same head."""
    width = len(data[0].texts)
    cuts = [0]
    for column in range(labels + 1, width - 1):
        kinds = [line.cells[column].kind for line in data]
        again = [line.cells[column + 1].kind for line in data]
        texts = kinds.count("text") > 0.5 * (len(kinds) - kinds.count("blank"))
        if not texts or not kinds.count("text") or again.count("number") < 0.3 * len(again):
            continue
        if data[0].cells[column - 1].kind == "text" and column - 1 in cuts:
            continue
        head, first = _head_of(heads, column), _head_of(heads, 0)
        repeated = head == first or (bool(head) and head[:2] == first[:2])
        if repeated or not heads:
            cuts.append(column)
    return list(zip(cuts, [*cuts[1:], width], strict=True))


def _place_again(data: list[_Line], labels: int) -> None:
    """Put cells under their heads in rows that lost blanks, or a label that covers two columns."""
    width = len(data[0].texts)
    last = [max(line.filled) for line in data]
    full = max(last)
    whole = [line for line, end in zip(data, last, strict=True) if end == full]
    for line, end in zip(data, last, strict=True):
        if end == full:
            continue
        own = next((n for n, c in enumerate(line.cells) if c.kind in ("number", "missing")), 0)
        items = end + 1 - own
        if own < labels and items == full + 1 - labels:
            _shift(line, own, labels - own)
        elif items < full + 1 - labels and len(whole) > 0 and own <= labels:
            gaps = full + 1 - labels - items
            if gaps == 1 and items > 3:
                _place_by_size(line, whole, own, labels, full)


def _shift(line: _Line, start: int, by: int) -> None:
    line.texts[start:] = [""] * by + line.texts[start : len(line.texts) - by]
    line.cells[start:] = [BLANK] * by + line.cells[start : len(line.cells) - by]


def _place_by_size(line: _Line, whole: list[_Line], own: int, labels: int, full: int) -> None:
    """Where a blank was dropped from a row, find its place: the numbers after it are as large as
    their columns only one place to the right. Left alone where that is not plain."""

    def size(cell: Cell) -> float | None:
        return math.log1p(abs(cell.numbers[0].value)) if cell.kind == "number" else None

    usual = []
    for column in range(labels, full + 1):
        sizes = [s for row in whole if (s := size(row.cells[column])) is not None]
        usual.append(median(sizes) if sizes else None)
    sizes = [size(cell) for cell in line.cells[own : own + full - labels]]

    def apart(gap: int) -> float:
        placed = [*sizes[:gap], None, *sizes[gap:]]
        both = [
            (a, b) for a, b in zip(placed, usual, strict=True) if a is not None and b is not None
        ]
        return sum(abs(a - b) for a, b in both)

    found = sorted((apart(gap), -gap) for gap in range(len(usual)))
    plain_best = found[1][0] - found[0][0] > _PLAINLY and found[0][0] < 0.5 * len(usual)
    if plain_best and found[0][1] > 1 - len(usual):
        _shift(line, own - found[0][1], 1)
        line.note = PLACED


def _fill(
    block: Block, body: list[_Line], labels: int, columns: list[int], heads: list[_Line]
) -> None:
    """The rows of a block, with labels that go over two lines and the lines between the rows."""
    heading, pending = "", ""
    under: int | None = None
    above: list[str] = [""] * labels
    kinds = [
        bool(_SERIAL.search(_head_of(heads, n))) or _serial([line.cells[n] for line in body])
        for n in range(labels)
    ]
    for line in body:
        raw = [line.texts[n] for n in range(labels)]
        parts = [plain(text) for text in raw]
        if not _is_data(line):
            text = plain(next((t for t in line.texts if t), ""))
            last = block.rows[-1] if block.rows else None
            if last and not pending and (_CONTINUES.match(text) or _OPEN_END.search(last.label)):
                last.label = f"{last.label} {text}"
            elif pending:
                pending = f"{pending} {text}" if _CONTINUES.match(text) else text
            else:
                pending = text
            continue
        named = [n for n in range(labels) if parts[n]]
        if not named and pending:
            parts = [*[""] * (labels - 1), pending][:labels]
            raw, pending = list(parts), ""
        elif pending:
            under = len(block.rows) - 1 if is_grouping(pending) and block.rows else None
            heading = pending if under is None else heading
            if under is not None:
                block.rows[under].under = None
            pending = ""
        if labels > 1 and named and named[0] > 0:
            parts = [above[n] if n < named[0] and not kinds[n] else p for n, p in enumerate(parts)]
        if any(parts):
            above = parts
        own = [
            p
            for n, p in enumerate(parts)
            if p and not (kinds[n] and any(q for m, q in enumerate(parts) if m != n and q))
        ]
        row = Row(" / ".join(dict.fromkeys(own)), heading, line=line.line, under=under)
        row.parts = list(dict.fromkeys(own))
        row.level = indent_of(next((text for text in raw if text), ""))
        row.texts = [line.texts[n].strip() for n in columns]
        row.cells = [line.cells[n] for n in columns]
        row.note = line.note
        block.rows.append(row)
        if introduces(row.label):
            under = len(block.rows) - 1
            row.under = None
        elif row.under is not None and _LAST.match(row.label):
            under = None  # the rest closes a list


def _serial(cells: list[Cell]) -> bool:
    values = [c.numbers[0].value for c in cells if c.kind == "number"]
    steps = [b - a for a, b in zip(values, values[1:], strict=False)]
    return len(values) > 2 and values[0] <= 1 and all(step == 1 for step in steps)


def _set_levels(block: Block) -> None:
    """How deep each row stands: by indentation, by its numbering, by 其中 and #."""
    indents = sorted({row.level for row in block.rows})
    marks: list[str] = []
    for row in block.rows:
        mark = mark_of(row.parts[-1] if row.parts else "")
        if mark and mark not in marks:
            marks.append(mark)
    level = 0
    for row in block.rows:
        own = row.parts[-1] if row.parts else ""
        mark = mark_of(own)
        step = indents.index(row.level) * 10
        if mark == "dash":
            step += 5
        elif mark:
            step += 1 + marks.index(mark)
        elif marks and marks != ["dash"] and not is_total(own) and not of_which(own):
            step = max(level, step)
        if of_which(own):
            row.memo = True
            row.level = step if len(indents) > 1 and step > level else level + 1
            continue
        row.level = level = step
