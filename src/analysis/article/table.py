"""From a grid to blocks: which rows are heads, which columns are labels, what belongs to what.

A block is what stands under one head: tables side by side or one below the other are blocks of
their own. Where blanks were dropped, cells are put under their heads by counting and by size, and
the row says so.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from .table_grid import BARE_YEAR, Grid, Line
from .table_head_words import is_corner
from .table_heads import column_paths
from .table_labels import caption_units, is_period, is_total, units_of
from .table_levels import set_levels
from .table_lines import first_data, is_data, lines_of, without_title
from .table_numbers import Cell, plain, with_eras
from .table_place import place_again
from .table_rows import SERIAL, Block, fill, head_of

_YEARS = re.compile(
    r"(?:中[華华])?民[国國]年?[度别別份次]?|(?:[會会][計计])?年[度别別份次]?|years?|ano",
    re.IGNORECASE,
)
_MARKED_YEAR = re.compile(rf"{BARE_YEAR.pattern}\s?(?:[\[(]\w{{1,2}}[\])])?")  # with a footnote
_PARTS = {  # of a year, numbered
    re.compile("months?|月份?", re.IGNORECASE): 12,
    re.compile("quarters?|季度?", re.IGNORECASE): 4,
    re.compile("weeks?|[週周]次?", re.IGNORECASE): 53,
}
_COUNTED = re.compile(r"[(（]?(\d{1,2}|[①-⑳])[)）]?(?:\s*=.*)?")  # the number of a column
_LETTERED = re.compile("[甲乙丙丁戊己A-Za-z]|[栏欄]次")  # the same over labels
_NUMBERS_ROWS = re.compile(rf"_?id|{SERIAL.pattern}", re.IGNORECASE)
_LARGEST_SERIAL = 1000  # of rows that are numbered with gaps, before their names
_SAMPLE = 300  # rows that are asked which columns are labels
_IN_BRACKETS = re.compile(r"[(（][^)）]*[)）]?")


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
        body = first_data(lines, end)
        while (
            body - 1 > end
            and body < len(lines)
            and _stands_over_rows(lines[body - 1], lines[body:])
        ):
            body -= 1
        heads = lines[end:body]
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
    for line in [line for line in heads[1:] if caption_units([line.lone])]:  # 单位:亿元, of all
        grid.before.append(line.lone)
        grid.heads -= grid.heads > 0
        heads.remove(line)
    while len(heads) > max(1, grid.heads) and _stands_over_rows(heads[-1], lines[body:]):
        heads, body = heads[:-1], body - 1
    if heads and body < len(lines):
        texts = [plain(text) for text in lines[body].texts if text]
        counts = [match and match[1] for match in map(_COUNTED.fullmatch, texts)]
        numbers = [int(unicodedata.normalize("NFKC", count)) for count in counts if count]
        own = sum(not _LETTERED.fullmatch(text) for text in texts)
        counted = numbers in ([*range(1, len(numbers) + 1)], [*range(len(numbers))])
        more = first_data(lines, body + 1) < len(lines)
        if more and counted and len(numbers) > 2 and len(numbers) >= own - 1:
            said = any("=" in text for text in texts)
            return lines[: body + 1] if said else heads, body + 1
    return heads, body


def _stands_over_rows(line: Line, body: list[Line]) -> bool:
    """Whether the last line before the figures is a heading of the rows below it: one text, in the
    first column or in all, that is not what stands over labels, nor the unit of all."""
    text = line.lone if line.texts[0] else ""
    if not text or is_corner(text) or _IN_BRACKETS.fullmatch(text):
        return False
    said = is_period if is_period(text) else units_of if units_of(text) else None
    if said is None:
        return not caption_units([text])
    return any(said(line.lone) for line in body if not is_data(line))  # each has its own


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
        goes_on = title and not heads[0].texts[0]  # Year ended, 31 March
        title, heads = f"{title} {heads[0].lone}" if goes_on else heads[0].lone, heads[1:]
    for line in heads:
        if any(text[:1] in ("/", "／") for text in line.texts if text):  # and 1% is /%, misread
            line.texts = ["/%" if text in ("1%", "I%", "l%") else text for text in line.texts]
    labels = _label_columns(heads, data)
    if grid.short and not labels:  # where no row lost it, there may be one
        labels = _label_columns(heads, _fullest(data))
    if not grid.short and labels:
        _years_before(heads, data, body, labels)
        labels = _label_columns(heads, data)
    if not (grid.short or labels) and (moved := _labels_behind(heads, data)):
        order = [*moved, *(n for n in range(len(data[0].texts)) if n not in moved)]
        for line in (*heads, *body):
            line.texts = [line.texts[n] for n in order]
            line.cells = [line.cells[n] for n in order]
        labels = len(moved)
    sides = _sides(heads, data, labels)
    if len(sides) > 1:
        found = []
        for first, end in sides:
            cut = [[_cut(line, first, end) for line in part] for part in (heads, body)]
            kept = [line for line in cut[1] if any(line.texts)]
            found += _block([line for line in cut[0] if any(line.texts)], kept, grid)
        return _one_list(found)
    if grid.short:
        place_again(data, labels, [plain(t) for line in heads[-1:] for t in line.texts if t])
    columns = [
        n
        for n in range(labels, len(data[0].texts))
        if _holds_numbers([line.cells[n] for line in data])
    ]
    if not columns:
        return []
    over = columns
    if grid.short:  # heads stand over blanks, too
        over = list(range(labels, max(max(line.filled) for line in data) + 1))
    paths, corner = column_paths(
        [line.texts for line in heads], over, labels, grid.short, [line.cells for line in data]
    )
    paths = [path for column, path in zip(over, paths, strict=True) if column in columns]
    block = Block(paths, [], corner, title)
    fill(block, body, labels, columns, heads, places_lost=grid.form == "flat")
    set_levels(block)
    return [block]


def _one_list(blocks: list[Block]) -> list[Block]:
    """Blocks side by side as one, where they are a list that goes on beside its beginning, with a
    total of all in the first row or the last: below the same heads, no label twice."""
    rows = [row for block in blocks for row in block.rows]
    labels = [row.full for row in rows]
    totals = [n for n, row in enumerate(rows) if is_total(row.label)]
    alike = all(
        block.columns == blocks[0].columns and block.corner == blocks[0].corner for block in blocks
    )
    goes_on = alike and len(set(labels)) == len(labels) and totals in ([0], [len(rows) - 1])
    if len(blocks) < 2 or not goes_on or any(row.under is not None for row in rows):
        return blocks
    blocks[0].rows = rows
    return blocks[:1]


def _fullest(data: list[Line]) -> list[Line]:
    """The rows of most cells."""
    last = [max(line.filled) for line in data]
    return [line for line, end in zip(data, last, strict=True) if end == max(last)]


def _cut(line: Line, first: int, end: int) -> Line:
    return Line(line.texts[first:end], line.cells[first:end], line.line)


def _holds_numbers(cells: list[Cell]) -> bool:
    """Whether a column is one of figures: remarks (备注) and blanks are none."""
    kinds = [cell.kind for cell in cells]
    numbers = kinds.count("number") + kinds.count("missing")
    return numbers > 0 and numbers >= kinds.count("text")


def _label_columns(heads: list[Line], data: list[Line]) -> int:
    """How many columns at the left are labels: texts, periods, or serial numbers before texts."""
    width = len(data[0].texts)
    sample = data[:: max(1, len(data) // _SAMPLE)]
    count = 0
    while count < width - 1 and _is_label_column(heads, sample, count):
        count += 1
    return count


def _is_label_column(heads: list[Line], data: list[Line], column: int) -> bool:
    texts = [plain(line.texts[column]) for line in data]
    cells = [line.cells[column] for line in data]
    kinds = [cell.kind for cell in cells]
    head = head_of(heads, column)
    numbers = kinds.count("number")
    periods = sum(bool(text) and is_period(text) for text in with_eras(texts))
    if kinds.count("text") + (periods if not numbers else 0) > max(numbers, kinds.count("missing")):
        return True
    if numbers == 0:
        return column == 0 or (kinds.count("text") > 0 and not kinds.count("missing"))
    values = [c.numbers[0].value for c in cells if c.kind == "number"]
    bare = [text for text in texts if _MARKED_YEAR.fullmatch(text)]
    if numbers == len(bare) and periods + kinds.count("text") >= 0.8 * len(texts) and column < 3:
        return True
    if periods >= 0.8 * (len(texts) - kinds.count("blank")) and column < 2:
        return True
    steps = [b - a for a, b in pairwise(values)]
    western = all(1900 <= value < 2100 and value % 1 == 0 for value in values)  # 2019.0, too
    rolled = max(values) < 200 and set(steps) <= {1.0, -1.0}
    if _YEARS.fullmatch(head) and (western or rolled):
        return True
    whole = all(value % 1 == 0 and value >= 1 for value in values)
    if whole and column and any(k.fullmatch(head) and max(values) <= n for k, n in _PARTS.items()):
        return True
    in_turn = len(steps) > 2 and set(steps) in ({1.0}, {-1.0})  # years of an era, classes 0 to 4
    if SERIAL.search(head) or (in_turn and column == 0):
        return True
    follows = [line.cells[column + 1].kind for line in data]
    counted = steps.count(1.0) >= 0.8 * len(steps) and min(steps, default=1) >= 0
    if len(steps) > 1 and counted and texts[0].endswith("年"):
        return True  # the years of an era, which only the first names
    rising = column == 0 and all(step > 0 and step % 1 == 0 for step in steps)
    serial = (counted and values[0] <= 1) or (rising and max(values) < _LARGEST_SERIAL)
    return serial and follows.count("text") > 0.6 * len(data)


def _years_before(heads: list[Line], data: list[Line], body: list[Line], labels: int) -> None:
    """Put a column of years that stands behind figures, below 年 or Year, to the labels."""
    for n in range(labels + 1, len(data[0].texts)):
        if _YEARS.fullmatch(head_of(heads, n)) and all(
            BARE_YEAR.fullmatch(plain(line.texts[n])) for line in data
        ):
            for line in (*heads, *body):
                line.texts.insert(labels, line.texts.pop(n))
                line.cells.insert(labels, line.cells.pop(n))
            return


def _labels_behind(heads: list[Line], data: list[Line]) -> list[int]:
    """The one column of names among figures, in data whose columns are in no order, behind those
    that number the rows; none where there are several."""
    columns = range(len(data[0].texts))
    names = [n for n in columns if all(line.cells[n].kind == "text" for line in data)]
    if len(names) != 1 or len({line.texts[names[0]] for line in data}) < len(data):
        return []
    return [*(n for n in columns if _NUMBERS_ROWS.fullmatch(head_of(heads, n))), *names]


def _sides(heads: list[Line], data: list[Line], labels: int) -> list[tuple[int, int]]:
    """Where blocks stand side by side: labels again to the right, under the same head."""
    width = len(data[0].texts)
    cuts = [0]
    data = data[:: max(1, len(data) // _SAMPLE)]
    for column in range(labels + 1, width - 1):
        head, first = head_of(heads, column), head_of(heads, 0)
        if head == first and SERIAL.search(head):
            cuts.append(column)
            continue
        if column - 1 in cuts[1:] and SERIAL.search(head_of(heads, column - 1)):
            continue  # the name behind a serial number
        kinds = [line.cells[column].kind for line in data]
        again = [line.cells[column + 1].kind for line in data]
        texts = kinds.count("text") > 0.5 * (len(kinds) - kinds.count("blank"))
        if not texts or not kinds.count("text") or again.count("number") < 0.3 * len(again):
            continue
        if data[0].cells[column - 1].kind == "text" and column - 1 in cuts:
            continue
        repeated = head == first or (bool(head) and head[:2] == first[:2])
        if repeated or not heads:
            cuts.append(column)
    return list(zip(cuts, [*cuts[1:], width], strict=True))
