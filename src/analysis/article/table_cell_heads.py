"""The heads of text in which every cell stands on a line of its own, and the units below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .table_head_cells import heads_in_cells, over_figures
from .table_head_lines import heads_over
from .table_labels import is_period
from .table_measures import says_change, says_share
from .table_months import is_dated
from .table_note_columns import NOTE
from .table_numbers import Cell, plain
from .table_units import MONEY, is_money, is_unit
from .table_words import Words

_SHORT = 8  # characters of a line that is no title
_MOST_HEADINGS = 3  # behind the units below the heads
_UNIT_LINE = re.compile(  # below heads, where each cell stands on a line of its own
    r"\(?(?:n|no\.|number|per ?cent(?:age)?|[%％]|(?:in )?(?:['’]?000s?|(?:thou|mill|bill)[a-z]+)"
    r"|(?:in )?(?:(?:['’]?000|(?:thou|mill|bill)[a-z]+)(?: of)? )?(?:\$(?: ?[A-Z]{3})?|acres"
    r"|hectares|(?:metric )?tonnes|kg|kilograms|lit(?:re|er)s|dollars|euros?|pounds|yuan|persons"
    r"|people|years|hours|days|kcal|grams|km)|[十百千万萬亿億]{0,2}(?:[元人件起宗户戶个個家所吨噸名次例辆輛]"
    r"|公顷|公頃|平方米|平方公里))\)?",
    re.IGNORECASE,
)
_MOST_SHORT = 2  # short lines above the heads: what stands over the labels, a group, a unit
_LONGEST = 30  # characters of a head that a unit stands below
_WITH_UNIT = re.compile(rf"(\S+)\s+({MONEY})", re.IGNORECASE)
_ENDED = re.compile(r".*\b(?:ended|ending|as (?:of|at))", re.IGNORECASE)
_DAY = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)? )?[A-Z][a-z]+\.?(?: \d{1,2})?,?(?: (?:19|20)\d\d)?")

Heads = tuple[
    list[list[str]], int, int
]  # levels, and which of the labels they are from, as a slice


def cell_heads(labels: list[str], width: int, data: list[list[Cell]]) -> Heads:
    """The heads among the labels before the first row, and which labels they are; with the units
    that stand below all of them, one for all columns or one for each."""
    first, last = _unit_line(labels)
    beside = last - first == 1 and ("%" in labels[first] or not labels[first].isascii())
    if width < 2 or beside or not width <= first < last <= first + width:
        return _cell_heads(labels, width, data)
    rows, start, end = _cell_heads(labels[:first], width, data)
    if not rows or end < first:
        return _cell_heads(labels, width, data)
    own = _units_of_columns(labels[first:last], width, data)
    rows[-1][1:] = [_in_unit(head, unit) for head, unit in zip(rows[-1][1:], own, strict=True)]
    return rows, start, last


def _unit_line(labels: list[str]) -> tuple[int, int]:
    """Which labels are units below the heads, with few headings of rows behind them."""
    last = len(labels)
    while (
        last and last > len(labels) - _MOST_HEADINGS and not _UNIT_LINE.fullmatch(labels[last - 1])
    ):
        last -= 1
    first = last
    while first and _UNIT_LINE.fullmatch(labels[first - 1]):
        first -= 1
    return first, last


def _units_of_columns(units: list[str], width: int, data: list[list[Cell]]) -> list[str]:
    """The unit of each column: of one for all, of one for each, or of a count and percentages
    where the columns of decimals tell which; else none."""
    if len(units) in (1, width):
        return units * (width // len(units))
    percents = [unit for unit in units if says_share(unit)]
    if len(units) != 2 or len(percents) != 1:
        return [""] * width
    columns = zip(*(row for row in data if len(row) == width), strict=True)
    decimals = [any(c.numbers[0].exponent < 0 for c in own if c.numbers) for own in columns]
    turns = sum(a != b for a, b in pairwise(decimals))
    first = percents[0] == units[0]
    if len(decimals) < width or turns != 1 or decimals[0] != first:
        return [""] * width
    return [units[0] if own == decimals[0] else units[1] for own in decimals]


def _cell_heads(labels: list[str], width: int, data: list[list[Cell]]) -> Heads:
    if joined := _broken(labels, width):
        return [["", *joined]], len(labels) - 2 * width, len(labels)
    if found := heads_in_cells(labels, width, data):
        return found.levels, found.first, found.last
    rows, first, last = heads_over(labels, width, cells=True)
    lower = rows[0][1:] if rows else []
    sure = all(map(is_period, lower)) or 2 * sum(text[0] in "(（" for text in lower) >= width
    if rows and (sure or sum(len(text) <= _SHORT for text in labels[:first]) <= _MOST_SHORT):
        return rows, first, last
    return [], len(labels), len(labels)


def _broken(labels: list[str], width: int) -> list[str]:
    """The heads before the first row where each is broken over two lines, whole; none where they
    are not: First, Quarter, Second, Quarter; or First, Second, Quarter, Quarter."""
    halves = labels[-2 * width :]
    if width < 2 or len(halves) < 2 * width or any(map(over_figures, halves)):
        return []
    for first, second in ((halves[::2], halves[1::2]), (halves[:width], halves[width:])):
        joined = [f"{a} {b}" for a, b in zip(first, second, strict=True)]
        if all(map(over_figures, joined)):
            return joined
    return []


def came_again(labels: list[str], later: list[list[str]], width: int) -> Heads | None:
    """The heads right before the label of the first row, where the same stand before that of
    another row, too; None where they do not."""
    last = len(labels) - 1
    heads = labels[max(last - width, 0) : last]
    if width < 2 or len(heads) < width or len(set(heads)) < width:
        return None
    if not any(len(own) > width and own[-1 - width : -1] == heads for own in later):
        return None
    return [["", *heads]], last - width, last


# --- Units below heads ----------------------------------------------------------------------------


def units_onto_heads(lines: list[Words]) -> list[Words]:
    """Lines, the units that stand below heads put to these: one behind each, or as many behind as
    many heads, or behind as many periods.

    >>> from .table_words import line_of
    >>> cells = ["2022", "2021", "Change", "RMB'000", "RMB'000", "Revenue", "5", "4", "25%"]
    >>> [line.text for line in units_onto_heads([line_of(cell, 1) for cell in cells])][:4]
    ["2022 / RMB'000", "2021 / RMB'000", 'Change', 'Revenue']
    """
    texts = [plain(line.text) for line in lines]
    kinds = [_below_heads(text) for text in texts]
    below: dict[int, list[int]] = {}
    n = 0
    while n < len(texts):
        end = n
        while end < len(texts) and kinds[end] and kinds[end] == kinds[n]:
            end += 1
        for k, own in _placed(texts, kinds[n], n, end) if end > n else ():
            below.setdefault(k, []).append(own)
        n = max(end, n + 1)
    gone = {own for each in below.values() for own in each}
    found = []
    for n, (line, text) in enumerate(zip(lines, texts, strict=True)):
        heads = [_apart(text)]
        if n in below:
            between = " " if kinds[below[n][0]] == "day" else " / "
            heads = [f"{text}{between}{texts[own]}" for own in below[n]]
        if heads != [text]:
            found += [line._replace(text=head, label=head, pieces=[]) for head in heads]
        elif n not in gone:
            found.append(line)
    return found


def _below_heads(text: str) -> str:
    """What of a head stands on a line below it: its unit, or the day that a period ended on."""
    if is_unit_cell(text):
        return "unit"
    return "day" if _DAY.fullmatch(text) and is_dated(text) else ""


def _placed(texts: list[str], kind: str, first: int, end: int) -> Iterator[tuple[int, int]]:
    """The heads before some lines, each with the line that goes on in it."""
    able = _ENDED.fullmatch if kind == "day" else _heads_a_column
    start = first
    while start and able(texts[start - 1]):
        start -= 1
    over = [k for k in range(start, first) if not NOTE.fullmatch(texts[k])]
    of_time = [k for k in over if not says_change(texts[k])]
    if end - first == 1:
        over = over[-1:]  # one behind each
    elif kind == "unit" and len(over) == end - first - 1 and _of_two(texts, over[-1:], end):
        over.append(over[-1])  # a change in their unit and in percent
    elif len(over) != end - first:
        over = of_time
    yield from zip(over, range(first, end), strict=False) if len(over) == end - first else ()


def _of_two(texts: list[str], last: list[int], end: int) -> bool:
    """Whether the last head is of changes, and the last two units are percent and another."""
    percents = [plain(text) in ("%", "(%)") for text in texts[end - 2 : end]]
    return bool(last) and says_change(texts[last[0]]) and sum(percents) == 1


def _apart(text: str) -> str:
    """A period with its unit behind it (2022 HK$M), with the stroke that parts them elsewhere."""
    match = _WITH_UNIT.fullmatch(text) if len(text) <= _LONGEST else None
    return f"{match[1]} / {match[2]}" if match and is_period(match[1]) else text


def is_unit_cell(text: str) -> bool:
    """Whether a cell holds the name of a unit and nothing else."""
    own = text.strip("()（）")
    return bool(own) and (is_money(own) or is_unit(own))


def _heads_a_column(text: str) -> bool:
    """Whether a text is a period, a change or a note, which stand over columns."""
    if len(text) > _LONGEST:
        return False
    return bool(NOTE.fullmatch(text)) or over_figures(text) or is_dated(text)


def units_over(labels: Sequence[str], head: Sequence[str]) -> tuple[int, list[str]]:
    """How many of the labels before that of a row are units for it and those below it, and the
    heads with these: several, over the columns from the first on that are no changes."""
    count = 0
    while count < len(labels) and is_unit_cell(labels[count]):
        count += 1
    able = [n for n, text in enumerate(head) if not says_change(text)]
    if count < 2 or count not in (len(able), len(head)):
        return 0, []
    places = able if count == len(able) else range(len(head))
    own = dict(zip(places, labels, strict=False))
    return count, [_in_unit(text, own.get(n, "")) for n, text in enumerate(head)]


def _in_unit(head: str, unit: str) -> str:
    if not unit:
        return head
    words, _, last = head.rpartition(" / ")
    return f"{words if words and is_unit_cell(last) else head} / {unit}"
