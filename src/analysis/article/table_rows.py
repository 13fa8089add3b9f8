"""The rows of a block: their labels, what they stand under, how deep, and their figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise, takewhile
from operator import attrgetter

from .table_grid import Line
from .table_labels import divides, introduces, is_grouping, is_total
from .table_lines import is_data
from .table_marks import indent_of, mark_of
from .table_measures import says_change
from .table_numbers import BLANK, Cell, plain, read_cell
from .table_place import RECOMPUTED, where_changes_fit
from .table_units import UNIT_HEAD, is_measured, is_unit
from .table_words import CHINESE

_IN_BRACKETS = attrgetter("bracketed")
_CONTINUES = re.compile(
    r"^(?:[a-z]|[(（](?![^()（）]*[)）]\s*[/／])|and |or |of )"
)  # not (Loss)/profit
_LAST = re.compile(r"其[他它]|[雜杂][項项]|other|misc", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_OF_TOTAL = re.compile(r"在?[总總合][计計]中|(?:out )?of (?:the )?total\W*$", re.IGNORECASE)
_OPEN_END = re.compile(r"(?:[,，、&]|\band|\bof|\bor|[(（][^)）]*)$")
_NAMES = re.compile(r"\s*[/／()（）]\s*")
_OF_COUNT = re.compile(  # n (%), 件数(占比)
    r"[^\W\d][^()（）]*[(（][^()（）]*(?:[%％占]|构成|構成|per ?cent)[^()（）]*[)）]$",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"[%％率幅]|百[分份]|percent", re.IGNORECASE)
SERIAL = re.compile(
    r"序[号號]|[编編][号號]|^(?:no\.?|rank|位次)$|代[码碼]|排[名序]|名次|^#$|^行次$|附[註注]|^notes?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
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
        if not (self.heading and self.label) or self.label.startswith(f"{self.heading} "):
            return self.label  # it names what heads it: 2017, and below it 2017 Revenue
        return f"{self.heading} / {self.label}"


@dataclass
class Block:
    """Rows of figures under one head."""

    columns: list[list[str]]  # the levels of each column's head
    rows: list[Row]
    corner: str = ""
    title: str = ""  # a line above the head of this block

    def label(self, column: int) -> str:
        return " / ".join(part for part in self.columns[column] if part)


def head_of(heads: list[Line], column: int) -> str:
    """What stands over a column, its levels in one line."""
    return " ".join(
        dict.fromkeys(plain(line.texts[column]) for line in heads if line.texts[column])
    )


def fill(
    block: Block,
    body: list[Line],
    labels: int,
    columns: list[int],
    heads: list[Line],
    places_lost: bool = False,
) -> None:
    """The rows of a block, with labels that go over two lines, and the lines between the rows.
    Changes whose places were lost are put where they recompute."""
    _read(block, _with_heads_first(body), labels, columns, heads)
    _head_sections(block)
    if places_lost:
        _place_changes(block)


def _with_heads_first(body: list[Line]) -> list[Line]:
    """Rows, a heading that is set in the middle of its rows before the first of them: where their
    labels are the same below every heading, and each heading has as many of them above it."""
    told = [is_data(line) for line in body]
    data, heads = ([n for n, own in enumerate(told) if own is each] for each in (True, False))
    size, odd = divmod(len(data), len(heads)) if heads else (0, 0)
    labels = [body[n].texts[0] for n in data]
    if odd or size < 2 or len(heads) < 2 or labels != labels[:size] * len(heads):
        return body
    above = heads[0]  # rows before the first heading
    if not 0 < above < size or heads != [above + n * (size + 1) for n in range(len(heads))]:
        return body
    groups = [body[n * (size + 1) : (n + 1) * (size + 1)] for n in range(len(heads))]
    return [
        line for group in groups for line in (group[above], *group[:above], *group[above + 1 :])
    ]


def _read(
    block: Block, body: list[Line], labels: int, columns: list[int], heads: list[Line]
) -> None:
    """Row by row; a line between rows is a heading, or goes on in a label."""
    heading, pending, closes = "", "", ""  # the last, until the total of its rows
    sections = False  # whether lines with a colon begin rows of their own
    under: int | None = None
    group = 0
    lists: list[list[Row]] = []  # of rows below 在总计中
    above: list[str] = [""] * labels
    stands = _Headings()
    kinds = [
        bool(SERIAL.search(head_of(heads, n))) or _serial([line.cells[n] for line in body])
        for n in range(labels)
    ]
    numbers = [cell.numbers for line in body for cell in line.cells]
    several = 2 in set(map(len, numbers))
    brackets = any(map(_IN_BRACKETS, chain.from_iterable(numbers)))
    paired = [several and _is_paired(line, columns) for line in body]
    # Else each column is of pairs.
    apart = several and 2 * sum(paired) < sum(map(is_data, body))
    of_units = [  # 单位 over the names of offices is no unit
        bool(UNIT_HEAD.fullmatch(head_of(heads, n)))
        and any(is_unit(text) or is_measured(text) for text in (plain(x.texts[n]) for x in body))
        for n in range(labels)
    ]
    numbered, measured = any(kinds), any(of_units)
    for at, (line, in_pairs) in enumerate(zip(body, paired, strict=True)):
        raw = line.texts[:labels]
        parts = [plain(text) for text in raw]
        if not is_data(line) and not (any(parts) and _unread(line, columns)):
            printed_text = next((t for t in line.texts if t), "")
            text = plain(printed_text)
            stands.depth[text] = indent_of(printed_text)
            merged = len(line.texts) > 2 and len(line.filled) > 1  # it heads what is below
            last = block.rows[-1] if block.rows and not merged else None
            goes_on = bool(_CONTINUES.match(text)) and not (mark_of(text) or introduces(text))
            if last and not pending and (goes_on or _OPEN_END.search(last.label)):
                last.label = f"{last.label} {text}"
            elif pending and mark_of(text) and mark_of(pending):
                heading, pending = stands.headed(heading, pending), text
            elif pending:
                translated = bool(CHINESE.search(pending)) and not CHINESE.search(text)
                pending = f"{pending} {text}" if goes_on or translated else text
            else:
                pending = text
            continue
        named = [n for n in range(labels) if parts[n]]
        if not named and pending:
            parts = [*[""] * (labels - 1), pending][:labels]
            raw, pending = list(parts), ""
        elif pending:
            colon = _has_colon(pending)
            section = colon and (sections or _own_total(body, at, labels))
            sections |= section or (colon and not block.rows)
            under = (
                None if section else _divided(block.rows, pending, [line.cells[n] for n in columns])
            )
            of_total = bool(_OF_TOTAL.match(pending))
            group += divides(pending) or of_total
            lists += [[]] if of_total or lists else []
            heading = stands.headed(heading, pending) if under is None else heading
            closes = heading if section else ""
            pending = ""
        again = labels > 1 and named and named[0] > 0
        if again and is_total(parts[named[0]]) and _summed(block.rows, above[0]):
            again = False  # the total of all, below that of the last label
        if again:
            parts = [above[n] if n < named[0] and not kinds[n] else p for n, p in enumerate(parts)]
        if any(parts):
            above = parts
        said = [(n, part) for n, part in enumerate(parts) if part and not of_units[n]]
        if not numbered:
            own = dict.fromkeys([part for _, part in said])
        elif any(kinds[n] and is_total(part) for n, part in said):  # 总计, and a dash for its name
            own = dict.fromkeys(part for _, part in said if read_cell(part).kind != "missing")
        else:
            own = dict.fromkeys(part for n, part in said if len(said) == 1 or not kinds[n])
        stated = [parts[n] for n in range(labels) if of_units[n]] if measured else []
        level = indent_of(next(filter(None, raw), ""))
        heading = stands.over(heading, next(iter(own), ""), level) if heading else ""
        label = " / ".join(own)
        if heading and block.rows and _closes(block.rows[-1], heading) and is_total(label):
            heading = heading.rpartition(" / ")[0]  # that total was the heading's
        texts = [line.texts[n].strip() for n in columns]
        cells = [line.cells[n] for n in columns]
        row = Row(
            label, heading, level, False, under, group, line.line,
            next(filter(None, stated), ""), line.note, texts, cells, list(own),
        )  # fmt: skip
        if brackets and any(number.bracketed for cell in cells for number in cell.numbers):
            printed = [number for cell in cells for number in cell.numbers]
            row.memo = all(number.bracketed or number.signed for number in printed)
        block.rows += _in_two(row) if apart and in_pairs else [row]
        if heading and is_total(label) and (heading == closes or _named_by(heading, label)):
            heading = heading.rpartition(" / ")[0]  # Revenue: … Total revenue
        if introduces(row.label):
            under = len(block.rows) - 1
            row.under = None
        elif row.under not in (None, len(block.rows) - 2) and _LAST.match(row.label):
            under = None  # the rest closes a list that it does not open
        if lists and row.under is not None:
            lists[-1].append(row)
    for rows in lists:
        for row in rows if len(rows) == 1 else ():
            row.memo = True  # one of the kinds that a total has


def _has_colon(text: str) -> bool:
    """Whether a colon alone says that a line stands over rows: of their own, as those before such
    a line where the table begins with one, or parts of the row above."""
    return text.endswith((":", "：")) and not (divides(text) or introduces(text))


def _own_total(body: list[Line], at: int, labels: int) -> bool:
    """Whether rows from one up to the next line between them come to a total of their own."""
    own = takewhile(is_data, (body[n] for n in range(at, len(body))))
    return any(is_total(plain(text)) for line in own for text in line.texts[:labels] if text)


def _closes(row: Row, heading: str) -> bool:
    """Whether a row is the total, or the sum without a label, of what stands below a heading."""
    return row.heading == heading and (not row.label or is_total(row.label))


def _summed(rows: list[Row], name: str) -> bool:
    """Whether one of the last rows, below a label that they have together, is its total."""
    below = takewhile(lambda row: row.parts[:1] == [name] and len(row.parts) > 1, reversed(rows))
    return any(is_total(row.parts[-1]) for row in below)


def _named_by(heading: str, total: str) -> bool:
    """Whether a total names the heading that it stands below."""
    name = heading.rpartition(" / ")[2].strip(" :：").casefold()
    return len(name) > 1 and name in total.casefold()


def _divided(rows: list[Row], heading: str, first: list[Cell]) -> int | None:
    """The row that a line between rows divides, where it does: the one above it, or the last total
    where it names that (在总计中). A colon alone divides none that is less than the first part."""
    of_total = _OF_TOTAL.match(heading)
    if not rows or not (of_total or is_grouping(heading)):
        return None
    if not (of_total or divides(heading) or introduces(heading)):
        pairs = zip(first, rows[-1].cells, strict=True)
        values = [
            (a.numbers[0].value, b.numbers[0].value) for a, b in pairs if a.numbers and b.numbers
        ]
        if values and all(part > whole >= 0 for part, whole in values):
            return None
    totals = (n for n in range(len(rows) - 1, -1, -1) if of_total and is_total(rows[n].label))
    return next(totals, len(rows) - 1)


def _is_paired(line: Line, columns: list[int]) -> bool:
    """Whether each figure of a row shares its cell with a percentage: 50 / 7.3%."""
    cells = [own for n in columns if (own := line.cells[n].numbers)]
    paired = len(cells) > 1 and len(cells[0]) == 2
    return paired and all(len(own) == 2 and own[1].unit in ("%", "％") for own in cells)


def of_pairs(labels: Iterable[str], cells: Iterable[Cell]) -> bool:
    """Whether most cells hold a whole number and a percentage of it, which has its sign or is told
    by a label: then the first is none, nor is a number alone.

    >>> of_pairs(["Cases, n (%)"], map(read_cell, ("500 (62.5)", "300 (37.5)", "800")))
    True
    """
    numbers = [cell.numbers for cell in cells if cell.numbers]
    pairs = [pair for pair in numbers if len(pair) == 2 and pair[0].exponent >= 0]
    if 2 * len(pairs) <= len(numbers):
        return False
    if all(b.unit in ("%", "％") for _, b in pairs):
        return True
    told = any(map(_OF_COUNT.search, labels))
    return told and all(not b.unit and b.value <= 100 for _, b in pairs)


def _in_two(row: Row) -> Iterator[Row]:
    """A row of pairs as two, with what its label has for each: 增減數/增減率."""
    *over, own = row.parts or [""]
    names = [name for name in _NAMES.split(own) if name]
    first = next((n for n, name in enumerate(names) if n and _PERCENT.search(name)), 0)
    second = " / ".join(names[first:])
    second = second if says_change(second) or not says_change(own) else own
    for k, name in enumerate((" / ".join(names[:first]), second)):
        parts = [*over, name if first else own]
        numbers = [cell.numbers[k : k + 1] for cell in row.cells]
        cells = [
            cell._replace(numbers=number) if number else cell if not k else BLANK
            for cell, number in zip(row.cells, numbers, strict=True)
        ]
        texts = [
            number[0].text if number else text if not k else ""
            for number, text in zip(numbers, row.texts, strict=True)
        ]
        yield replace(row, label=" / ".join(parts), parts=parts, cells=cells, texts=texts)


def _over(heading: str, text: str) -> list[str]:
    """The headings that a text stands below: up to the one that is numbered as it is."""
    if not heading:
        return []
    parts = heading.split(" / ")
    marks = [mark_of(part) for part in parts]
    mark = mark_of(text)
    return parts[: marks.index(mark)] if mark and mark in marks else parts


class _Headings:
    """How far the headings of a block stand in, and under which ones rows stand further in."""

    def __init__(self) -> None:
        self.depth: dict[str, int] = {}
        self.with_rows: set[str] = set()

    def headed(self, heading: str, text: str) -> str:
        """A further heading: below those that are numbered otherwise or stand further out, or in
        the place of all."""
        parts = heading.split(" / ") if heading else []
        if mark_of(text) and all(map(mark_of, parts)):
            parts = _over(heading, text)
        else:
            parts = [part for part in parts if self._holds(part, self.depth.get(text, 0))]
        return " / ".join([*parts, text])

    def over(self, heading: str, label: str, level: int) -> str:
        """The headings that a row stands below: none that its number or its place has left."""
        parts = _over(heading, label)  # 一、… not over 二、…
        parts = [p for p in parts if p not in self.with_rows or level > self.depth.get(p, -1)]
        self.with_rows.update(part for part in parts if level > self.depth.get(part, level))
        return " / ".join(parts)

    def _holds(self, part: str, level: int) -> bool:
        return part in self.with_rows and level > self.depth.get(part, level)


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
    if block.rows[start - 1].heading != heading:
        return  # it stands over none of them
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
            row.note = RECOMPUTED


def _serial(cells: list[Cell]) -> bool:
    values = [c.numbers[0].value for c in cells if c.kind == "number"]
    steps = [b - a for a, b in pairwise(values)]
    return len(values) > 2 and values[0] <= 1 and all(step == 1 for step in steps)
