"""From a grid to blocks: which rows are heads, which columns are labels, what belongs to what.

A block is what stands under one head: tables side by side or one below the other are blocks of
their own. Where blanks were dropped, cells are put under their heads by counting and by size, and
the row says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from .table_grid import BARE_YEAR, Grid, Line
from .table_head_words import is_corner
from .table_heads import column_paths
from .table_labels import (
    caption_units,
    divides,
    indent_of,
    introduces,
    is_grouping,
    is_period,
    is_total,
    mark_of,
    of_which,
    says_change,
    units_of,
)
from .table_lines import first_data, is_data, lines_of, without_title
from .table_numbers import Cell, plain
from .table_place import PLACED_BY_CHANGE, place_again, where_changes_fit

_UNITS = re.compile(r"(?:[计計]量)?[单單]\s*位|units?", re.IGNORECASE)
_SERIAL = re.compile(r"序[号號]|[编編][号號]|^no\.?$|代[码碼]|排[名序]|名次|^#$", re.IGNORECASE)
_YEARS = re.compile(
    r"(?:中[華华])?民[国國]年?[度别別份次]?|(?:[會会][計计])?年[度别別份次]?|years?|ano",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"[(（]?(\d{1,2})[)）]?(?:\s*=.*)?")  # the number of a column
_CONTINUES = re.compile(r"^(?:[a-z(（]|and |or |of )")
_LAST = re.compile(r"其[他它]|[雜杂][項项]|other|misc", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_OPEN_END = re.compile(r"(?:[,，、&]|\band|\bof|\bor|[(（][^)）]*)$")


@dataclass
class Row:
    """A row of figures: its label, what it stands under, and its cells by column."""

    label: str
    heading: str = ""
    level: int = 0
    memo: bool = False  # 其中, #: a part among others that are not printed
    under: int | None = None  # the row that a line between them (按类别分) divides
    group: int = 0  # which of such lines it stands below
    line: int | None = None
    unit: str = ""  # of a column of units (单位) beside the labels
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
        return " / ".join(part for part in self.columns[column] if part)


def blocks_of(grid: Grid) -> list[Block]:
    """The blocks of a grid. What stands in it before the head and after the figures is moved to
    `before` and `after` of the grid."""
    lines = lines_of(grid)
    lines = without_title(lines, grid)
    if not lines:
        return []
    blocks: list[Block] = []
    body = first_data(lines)
    heads, body = _settled_heads(lines, body, grid)
    while body < len(lines):
        end = _next_head(lines, body)
        found = _block(heads, lines[body:end], grid)
        blocks += found
        after = first_data(lines, end)
        heads, body = lines[end:after], after
    untitled = len(blocks) > 1 and blocks[1].title and not blocks[0].title
    if untitled and grid.before and not caption_units(grid.before[-1:]):
        blocks[0].title = grid.before.pop()
    return blocks


def _settled_heads(lines: list[Line], body: int, grid: Grid) -> tuple[list[Line], int]:
    """The head and where the figures begin: column numbers (甲 1 2 3) belong to neither, but to
    the head where one says what it is of (3=1+2)."""
    if grid.form not in ("md", "csv"):
        body = max(body, min(grid.heads, len(lines) - 1))
    heads = lines[:body]
    while len(heads) > max(1, grid.heads) and _stands_over_rows(heads[-1]):
        heads, body = heads[:-1], body - 1
    if heads and body < len(lines):
        texts = [plain(text) for text in lines[body].texts if text]
        numbers = [int(match[1]) for match in map(_COUNTED.fullmatch, texts) if match]
        counted = numbers in ([*range(1, len(numbers) + 1)], [*range(len(numbers))])
        more = first_data(lines, body + 1) < len(lines)
        if more and counted and len(numbers) > 2 and len(numbers) >= len(texts) - 1:
            said = any("=" in text for text in texts)
            return lines[: body + 1] if said else heads, body + 1
    return heads, body


def _stands_over_rows(line: Line) -> bool:
    """Whether the last line before the figures is a heading of the rows below it: one text, in the
    first column or in all, that is not what stands over labels, nor a unit."""
    text = line.lone if line.texts[0] else ""
    return (
        bool(text)
        and not is_corner(text)
        and not text.startswith("(")
        and not (caption_units([text]) or units_of(text) or is_period(text))
    )


def _next_head(lines: list[Line], body: int) -> int:
    """Where the next head begins: a row of texts over the figures, or of years."""
    known = {text for line in lines[:body] for text in line.texts}
    for n in range(body + 1, len(lines)):
        line = lines[n]
        if is_data(line) or len(line.filled) < 2:
            continue
        texts = {line.texts[k] for k in line.filled}
        over = [k for k in line.filled if k > 0]
        alike = len(over) > 1 or line.texts[over[0]] in known
        if alike and len(texts) > 1 and len(over) * 2 >= len(line.texts) - 1:
            before = lines[n - 1]
            alone = not is_data(before) and len(set(before.texts) - {""}) == 1 and n - 1 > body
            return n - 1 if alone else n
    return len(lines)


def _block(heads: list[Line], body: list[Line], grid: Grid) -> list[Block]:
    """The block, or the blocks side by side, of a head and the rows under it."""
    data = [line for line in body if is_data(line)]
    if not data:
        return []
    title = ""
    while len(heads) > 1 and heads[0].lone:
        title, heads = heads[0].lone, heads[1:]
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
        place_again(data, labels)
    columns = [
        n
        for n in range(labels, len(data[0].texts))
        if _holds_numbers([line.cells[n] for line in data])
    ]
    if not columns:
        return []
    last = max(max(line.filled) for line in data) + 1
    over = list(range(labels, last)) if grid.short else columns  # heads stand over blanks, too
    paths, corner = column_paths(
        [line.texts for line in heads], over, labels, grid.short, [line.cells for line in data]
    )
    paths = [path for column, path in zip(over, paths, strict=True) if column in columns]
    block = Block(paths, [], corner, title)
    _fill(block, body, labels, columns, heads)
    _head_sections(block)
    if grid.form == "flat":
        _place_changes(block)
    _set_levels(block)
    return [block]


def _cut(line: Line, first: int, end: int) -> Line:
    return Line(line.texts[first:end], line.cells[first:end], line.line)


def _holds_numbers(cells: list[Cell]) -> bool:
    """Whether a column is one of figures: remarks (备注) and blanks are none."""
    kinds = [cell.kind for cell in cells]
    numbers = kinds.count("number") + kinds.count("missing")
    return numbers > 0 and numbers >= kinds.count("text")


def _head_of(heads: list[Line], column: int) -> str:
    return " ".join(
        dict.fromkeys(plain(line.texts[column]) for line in heads if line.texts[column])
    )


def _label_columns(heads: list[Line], data: list[Line]) -> int:
    """How many columns at the left are labels: texts, periods, or serial numbers before texts."""
    width = len(data[0].texts)
    sample = data[:: max(1, len(data) // 300)]
    count = 0
    while count < width - 1 and _is_label_column(heads, sample, count):
        count += 1
    return count


def _is_label_column(heads: list[Line], data: list[Line], column: int) -> bool:
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
    bare = [text for text in texts if BARE_YEAR.fullmatch(text)]
    if numbers == len(bare) and periods + kinds.count("text") >= 0.8 * len(texts) and column < 3:
        return True
    if periods >= 0.8 * (len(texts) - kinds.count("blank")) and column < 2:
        return True
    steps = [b - a for a, b in pairwise(values)]
    western = all(1900 <= value < 2100 and value % 1 == 0 for value in values)  # 2019.0, too
    rolled = max(values) < 200 and set(steps) <= {1.0, -1.0}
    if _YEARS.fullmatch(head) and (western or rolled):
        return True
    if _SERIAL.search(head):
        return True
    follows = [line.cells[column + 1].kind for line in data]
    counted = steps.count(1.0) >= 0.8 * len(steps) and min(steps, default=1) >= 0
    if len(steps) > 1 and counted and texts[0].endswith("年"):
        return True  # the years of an era, which only the first names
    return counted and values[0] <= 1 and follows.count("text") > 0.6 * len(data)


def _sides(heads: list[Line], data: list[Line], labels: int) -> list[tuple[int, int]]:
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


def _fill(
    block: Block, body: list[Line], labels: int, columns: list[int], heads: list[Line]
) -> None:
    """The rows of a block, with labels that go over two lines and the lines between the rows."""
    heading, pending = "", ""
    under: int | None = None
    group = 0
    above: list[str] = [""] * labels
    kinds = [
        bool(_SERIAL.search(_head_of(heads, n))) or _serial([line.cells[n] for line in body])
        for n in range(labels)
    ]
    of_units = [bool(_UNITS.fullmatch(_head_of(heads, n))) for n in range(labels)]
    for line in body:
        raw = line.texts[:labels]
        parts = [plain(text) for text in raw]
        if not is_data(line) and not (any(parts) and _unread(line, columns)):
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
            group += divides(pending)
            heading = pending if under is None else heading
            pending = ""
        if labels > 1 and named and named[0] > 0:
            parts = [above[n] if n < named[0] and not kinds[n] else p for n, p in enumerate(parts)]
        if any(parts):
            above = parts
        stated = [part for part, of_unit in zip(parts, of_units, strict=True) if of_unit]
        said = [(n, part) for n, part in enumerate(parts) if part and not of_units[n]]
        own = dict.fromkeys(part for n, part in said if len(said) == 1 or not kinds[n])
        if heading and mark_of(heading) and mark_of(heading) == mark_of(next(iter(own), "")):
            heading = ""  # 一、… headed the rows before 二、…
        row = Row(" / ".join(own), heading, line=line.line, under=under, group=group)
        row.unit = next((unit for unit in stated if unit), "")
        row.parts = list(own)
        row.level = indent_of(next((text for text in raw if text), ""))
        row.texts = [line.texts[n].strip() for n in columns]
        row.cells = [line.cells[n] for n in columns]
        row.note = line.note
        printed = [number for cell in row.cells for number in cell.numbers]
        if any(number.bracketed for number in printed):
            row.memo = all(number.bracketed or number.signed for number in printed)
        block.rows.append(row)
        if introduces(row.label):
            under = len(block.rows) - 1
            row.under = None
        elif row.under is not None and _LAST.match(row.label):
            under = None  # the rest closes a list


def _unread(line: Line, columns: list[int]) -> bool:
    """Whether a row without figures holds texts with digits where figures stand."""
    return any(line.cells[n].kind == "text" and _DIGIT.search(line.texts[n]) for n in columns)


def _head_sections(block: Block) -> None:
    """Rows that repeat the labels of rows before them, in order, stand under the row above them,
    and those before under theirs: amounts by industry, and below them their shares (构成)."""
    labels = [row.label for row in block.rows]
    first = {label: n for n, label in reversed(list(enumerate(labels)))}
    again = next((n for n, label in enumerate(labels) if label and first[label] < n), 0)
    start = first[labels[again]] if again else 0
    names = labels[start : again - 1]
    if start < 1 or len(names) < 2 or first[labels[again - 1]] < again - 1:
        return
    heading = block.rows[start].heading
    if {row.heading for row in block.rows[start:again]} != {heading}:
        return
    if labels[again : again + 2] != names[:2]:
        return
    head, place = start - 1, 0
    for n, row in enumerate(block.rows[start:], start):
        if row.heading == heading and row.label == names[place % len(names)]:
            row.heading = " / ".join(filter(None, (heading, labels[head])))
            place += 1
        else:
            head, place = n, 0


def _place_changes(block: Block) -> None:
    """Put the figures of a row of changes, whose places were lost, where they recompute."""
    for before, now, row in zip(block.rows, block.rows[1:], block.rows[2:], strict=False):
        loose = [c for c, cell in enumerate(row.cells) if cell.kind == "number"]
        if not says_change(row.label) or any(block.columns[c] for c in loose):
            continue
        places = where_changes_fit(before.cells, now.cells, [row.cells[c] for c in loose])
        for old, new in zip(loose, places, strict=False):
            row.texts[new], row.texts[old] = row.texts[old], ""
            row.cells[new], row.cells[old] = row.cells[old], row.cells[new]
            row.note = PLACED_BY_CHANGE


def _serial(cells: list[Cell]) -> bool:
    values = [c.numbers[0].value for c in cells if c.kind == "number"]
    steps = [b - a for a, b in pairwise(values)]
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
        if any(map(of_which, row.parts)):  # in one of two languages
            row.memo = True
            row.level = step if len(indents) > 1 and step > level else level + 1
            continue
        row.level = level = step
    for n, row in enumerate(block.rows):
        if row.under is None:
            continue
        head = block.rows[row.under]
        deeper = any(x.level > head.level for x in block.rows[row.under + 1 : n + 1])
        if deeper and row.level <= head.level:
            row.under = None
