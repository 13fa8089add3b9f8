"""Heads that stand as lines of words over figures: which words are over which column.

The model: the figures tell how many columns there are. A line of words is cut into so many heads
where neighbours hold together least (`table_head_words`); where the next cut would do as well, the
line is undecided and tells nothing.

A reading begins with one level that has a head a column: a line, lines that go on in one another,
or a tree of two or three lines that comes to as many ends. From there it grows: levels with a head
a column above and below, and above it heads over several columns, by their place, or over groups
that repeat. The reading that explains most is taken; without one, the columns have no heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

from .table_head_cells import heads_in_cells
from .table_head_place import heads_by_place, levels_at_ends
from .table_head_wide import heads_set_wide
from .table_head_words import CORNER, LONGEST, Row, closed, groups_of, is_corner, joined, row_of
from .table_labels import is_period, year_in
from .table_measures import says_change
from .table_merged import rebuilt, spread_over
from .table_numbers import Cell, plain
from .table_words import CHINESE, GAP, Edges

_MOST_LINES = 60  # over the figures that are looked at; of these, so many a column
_MOST_JOINED = 250  # words of lines that go on in one another
_LONE = 16  # characters of a text over all columns
_UNDECIDED = 0.1  # what speaks against a line for each place at which two words may be one head
_SPREAD = 0.4  # speaks for periods that stand alone over several columns each
_TRANSLATED = 0.7  # and for each line that has them in another tongue
_DOUBT = 0.3  # of a line that is added to a reading
_LATIN = re.compile("[A-Za-z]{2}")
_BLANK = "\0"  # stands for a cell without text
_LEAST = 0.3  # of a reading that is taken


class _Reading(NamedTuple):
    """Heads found: rows of a grid, the first cell of each over the labels, and the lines used."""

    score: float
    rows: list[list[str]]
    first: int
    last: int


def heads_over(
    lines: Sequence[str],
    width: int,
    edges: Edges = (),
    data: Sequence[Sequence[Cell]] = (),
    cells: bool = False,
) -> tuple[list[list[str]], int, int]:
    """The heads among the lines above figures in so many columns: rows with a cell over the labels
    before the columns', and the lines that they are from, as a slice. With `cells`, each line is a
    cell.

    >>> heads_over(["Number of offences Rate per 1,000 population"], 2)
    ([['', 'Number of offences', 'Rate per 1,000 population']], 0, 1)
    >>> heads_over(["地区 比重", "0-14岁 15-64岁", "65岁以上"], 3)[0]
    [['地区', '比重', '比重', '比重'], ['', '0-14岁', '15-64岁', '65岁以上']]
    """
    wide = heads_set_wide(lines, width)
    if wide[0]:
        return wide
    start = max(0, len(lines) - (3 * width + 6 if cells else min(_MOST_LINES, 4 * width + 6)))
    texts = list(lines[start:])
    rows = [row_of(text) for text in texts]
    levels = [None if cells else _level(*line, width) for line in zip(texts, rows, strict=True)]
    bases = _of_lines(texts, rows, width, data)
    placed = levels_at_ends(texts, edges) if edges else None
    best = _Reading(2.0, *placed) if placed else None
    if best is None and not cells:
        best = _in_two_tongues(texts, width, data)
    for base in () if best else bases:
        if cells and base.last + 1 < len(texts) and not all(map(is_period, base.rows[-1][1:])):
            continue  # nothing stands between heads and figures, if not below periods
        found = base if cells else _grown(base, texts, rows, levels, edges, data)
        if best is None or found.score >= best.score:
            best = found
    if best is None or best.score < _LEAST:
        return [], len(lines), len(lines)
    return best.rows, start + best.first, start + best.last + 1


def _in_two_tongues(
    texts: Sequence[str], width: int, data: Sequence[Sequence[Cell]]
) -> _Reading | None:
    """Heads in Chinese that are each translated right behind, level by level over several lines;
    None where not all are, or their levels are not told."""
    cells: list[str] = []
    begins: list[int] = []  # the line of each
    for n, word in [(n, word) for n, text in enumerate(texts) for word in plain(text).split()]:
        begun = word == "#" or CHINESE.search(word)
        if not cells or (begun and _LATIN.search(cells[-1])):
            cells.append(word)
            begins.append(n)
        else:
            cells[-1] += f" {word}"
    told = [bool(CHINESE.search(cell)) and bool(_LATIN.search(cell)) for cell in cells]
    found = heads_in_cells(cells, width, data) if sum(told) > width else None
    if found is None or not all(told[found.first : found.last]) or len(found.levels) < 2:
        return None  # a level of them alone is told by its marks
    last = [*begins, len(texts)][found.last] - 1
    return _Reading(2.0, found.levels, begins[found.first], last)


# --- Levels with a head a column ------------------------------------------------------------------


def _head_each(row: Row, width: int) -> Iterator[tuple[float, list[str]]]:
    """The ways in which a row has a head a column, the first over the labels or empty."""
    if found := row.cut(width + 1):
        heads, cost = found
        known = bool(CORNER.match(heads[0]))
        odd = is_period(heads[0]) and is_period(heads[1])
        loose = _UNDECIDED * row.undecided * (1 if known else 4)
        yield 0.2 * known - cost - odd - loose, heads
    if found := row.cut(width):
        heads, cost = found
        first = width > 2 and is_period(heads[1]) and not is_period(heads[0])
        odd = bool(CORNER.match(heads[0])) and width > 1
        loose = _UNDECIDED * row.undecided * (1 if len(row.words) != width else 0.5)
        years = 0.2 * all(map(is_period, heads))
        yield 0.1 + years - cost - (odd or first) - loose, ["", *heads]
        if first:  # it stands over the labels, the last one over two columns
            yield -cost, [*heads, heads[-1]]


def _of_lines(
    texts: Sequence[str], rows: Sequence[Row], width: int, data: Sequence[Sequence[Cell]]
) -> Iterator[_Reading]:
    """A level from one line, from several that go on in one another, or from a tree of them."""
    whole = closed(" ".join(texts))  # what opens in one line closes in another
    for last in range(len(rows)):
        for first in range(last, -1, -1):
            row = joined(rows[first : last + 1])
            if not row.words or (first < last and len(row.words) > _MOST_JOINED):
                break
            if whole and not closed(" ".join(row.words)):
                continue
            wide = first < last and any(
                GAP.search(text.strip()) for text in texts[first : last + 1]
            )
            against = (0.02 + 0.3 * row.undecided) * (last - first)
            if first == last and (level := _with_blanks(texts[first], row, width)):
                told_by = sum(map(bool, level[1:])) / width
                yield _Reading(0.8 * told_by, [level], first, last)
            for score, level in _head_each(row, width) if not wide else ():
                yield _Reading(1 + score - against, [level], first, last)
            goes_on = last + 1 < len(rows) and not CHINESE.search("".join(rows[last + 1].words[:1]))
            yield from _by_marks(row.words, width, first, last, goes_on)
        if last and (level := _begun_above(rows[last - 1], rows[last].words, width)):
            yield _Reading(1.5, [level], last - 1, last)
    told = [n for n, row in enumerate(rows) if row.words and row.natural]
    yield from _periods_over_several(rows, width)
    told = [n for n in told if closed(texts[n]) or not whole]
    for depth in (2, 3):
        for chosen in zip(*(told[k:] for k in range(depth)), strict=False):
            levels = [rows[n].natural or [] for n in chosen]
            if len(levels[-1]) < 2:
                continue
            for corner in (1, 0):
                tree = [levels[0][corner:], *levels[1:]]
                odd = corner and is_period(levels[0][0])
                if tree[0] and not odd and (found := rebuilt(tree, width, data)):
                    score, paths = found
                    over = levels[0][0] if corner else ""
                    yield _Reading(
                        0.3 * depth + 0.1 * score - 0.2 * (not corner),
                        _levels(paths, over), chosen[0], chosen[-1],
                    )  # fmt: skip


def _periods_over_several(rows: Sequence[Row], width: int) -> Iterator[_Reading]:
    """Lines of the same periods, in one tongue or more, each over as many columns."""
    first = 0
    heads = [row.natural or [] for row in rows]
    for years, lines in groupby(heads, lambda line: [*map(year_in, line)]):
        same = list(lines)
        each, odd = divmod(width, len(years) or 1)
        periods = None not in years and all(is_period(re.sub(r"\s", "", h)) for h in same[0])
        if periods and each > 1 < len(years) and not odd:
            levels = [["", *(head for head in line for _ in range(each))] for line in same]
            score = _SPREAD + _TRANSLATED * (len(same) - 1)
            yield _Reading(score, levels, first, first + len(same) - 1)
        first += len(same)


def _begun_above(above: Row, words: list[str], width: int) -> list[str] | None:
    """A line of a word a column, some of which go on from as many heads in the line above."""
    further = [n for n, word in enumerate(words) if word[0].islower()]
    begun = above.natural or []
    if len(words) != width or not 0 < len(further) == len(begun) < width:
        return None
    heads = dict(zip(further, begun, strict=True))
    return ["", *(f"{heads.get(n, '')} {word}".strip() for n, word in enumerate(words))]


def _levels(paths: list[list[str]], corner: str) -> list[list[str]]:
    depth = max(map(len, paths))
    levels = [[path[n] if n < len(path) else "" for path in paths] for n in range(depth)]
    return [["" if n else corner, *level] for n, level in enumerate(levels)]


def _marks_of(words: list[str], width: int) -> Iterator[list[int]]:
    """The places of what stands once in every head: a period, or the same text."""
    periods = [n for n, word in enumerate(words) if is_period(word)]
    last = [n for n, word in enumerate(words) if word == words[-1]]
    for places in (periods, last):
        apart = all(b - a > 1 for a, b in pairwise(places))
        if len(places) == width > 1 and apart:
            yield places


def _by_marks(
    words: list[str], width: int, first: int, last: int, goes_on: bool
) -> Iterator[_Reading]:
    """Heads that each begin or each end with what they have in common, or begin with Chinese that
    is translated behind it; unless the last translation `goes_on` in the next line."""
    found: list[list[int]] = []
    for places in _marks_of(words, width):
        if places[-1] == len(words) - 1:
            start = places[0] + 1 - (places[1] - places[0])
            found.append([start, *(n + 1 for n in places[:-1])])
        elif words[places[-1]] != words[-1]:
            found.append(places)
        sizes = [b - a for a, b in pairwise([*found[-1], len(words)])] if found else [0]
        if found and (max(sizes) - min(sizes) > 1 or not 0 <= found[-1][0] <= 1 + first):
            found.pop()
    chinese = [word in "/#" or bool(CHINESE.search(word)) for word in words]
    begins = [n for n, own in enumerate(chinese) if own and not (n and chinese[n - 1])]
    if len(begins) - width in (0, 1) and width > 1 and not (chinese[-1] or goes_on):
        found.append(begins[-width:])
    for cuts in found:
        level = [" ".join(words[a:b]) for a, b in pairwise([*cuts, len(words)])]
        if max(map(len, level)) <= LONGEST:
            if any(head.startswith("/") or head.endswith("/") for head in level):
                continue
            corner = " ".join(words[: cuts[0]])
            score = 1.3 - 0.01 * (last - first) - 0.2 * (len(corner) > _LONE)
            score += 0.1 * any(map(is_period, words)) + 0.3 * is_corner(corner)
            yield _Reading(score, [[corner, *level]], first, last)


# --- A reading grows ------------------------------------------------------------------------------


def _grown(
    base: _Reading,
    texts: Sequence[str],
    rows: Sequence[Row],
    levels: Sequence[list[str] | None],
    edges: Edges,
    data: Sequence[Sequence[Cell]],
) -> _Reading:
    """A reading with the levels below it and above it, and what is left out between them."""
    score, levels_of, first, last = base
    found = [list(level) for level in levels_of]
    for n in range(last + 1, len(rows)):
        level = levels[n]
        if level is not None and not rows[n].undecided:
            _add(found, level, len(found))
            score += 0.4
            last = n
        else:
            score -= 0.1
    for used in (1, 2) if first > 1 else ():
        if over := _changes_last(rows[first - used : first], data):
            _add(found, over, 0)
            score, first = score + 0.4, first - used
            break
    groups = groups_of(found[0][1:])
    if groups > 1 and (over := _a_line_a_group(rows[max(first - groups, 0) : first], found[0])):
        _add(found, over, 0)
        score, first = score + 0.4, first - groups
    skipped = 0
    for n in range(first - 1, -1, -1):
        level = _above(texts[n], rows[n], found, levels[n], edges)
        if level is not None:
            _add(found, level, 0)
            score += 0.4 if len(level) > 1 else 0.0
            first, skipped = n, 0
        elif skipped == 2 or not rows[n].words:
            break
        else:
            skipped += 1
        if len(found[0]) == 1:
            break  # nothing stands over what is over all columns
    return _Reading(score, found, first, last)


def _a_line_a_group(lines: Sequence[Row], heads: Sequence[str]) -> list[str] | None:
    """Lines of one head each as the level over as many groups of heads."""
    over = [line.natural or [] for line in lines]
    groups = groups_of(heads[1:])
    if len(over) != groups or any(len(row) != 1 or CORNER.fullmatch(row[0]) for row in over):
        return None
    return ["", *(row[0] for row in over for _ in range((len(heads) - 1) // groups))]


def _changes_last(lines: Sequence[Row], data: Sequence[Sequence[Cell]]) -> list[str] | None:
    """A line of two heads, or two lines as two, the second a change that begins in the line above
    (Percentage / Number change over), over the last columns: those that fall below zero."""
    row, width = lines[-1], min(map(len, data), default=0)
    turn = next((n for n, word in enumerate(row.words) if word[0].islower()), 0)
    heads = row.natural or []
    if len(lines) > 1:
        heads = [" ".join(row.words[:turn]), " ".join([*lines[0].words, *row.words[turn:]])]
    below = [
        any(c.numbers[0].value < 0 for c in cells if c.numbers)
        for cells in zip(*data, strict=False)
    ]
    count = sum(below)
    if len(heads) != 2 or not heads[0] or list(map(says_change, heads)) != [False, True]:
        return None
    if not 1 < count < width or not all(below[-count:]):
        return None
    return ["", *[heads[0]] * (width - count), *[heads[1]] * count]


def _level(text: str, row: Row, width: int) -> list[str] | None:
    """A line as a level with a head a column, some of them blank where its blanks count cells."""
    found = max(_head_each(row, width), default=None)
    if found and found[0] >= -_DOUBT:
        return found[1]
    return _with_blanks(text, row, width)


def _with_blanks(text: str, row: Row, width: int) -> list[str] | None:
    """A line in which a blank cell left two blanks, where all add up to the columns."""
    gaps = [len(gap) for gap in re.findall(r"(?<=\S)\s+(?=\S)", text)]
    around = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    wide = [gap for gap in gaps if gap > 1]
    if len(gaps) + 1 != len(row.words) or sum(gaps) + sum(around) > 4 * width:
        return None
    if not wide or any(gap % 2 == 0 for gap in wide) or any(n % 2 for n in around):
        return None
    words, hold = [_BLANK] * (around[0] // 2), [-2.0] * (around[0] // 2)
    for n, word in enumerate(text.split()):
        blanks = (gaps[n] - 1) // 2 if n < len(gaps) else around[1] // 2
        words += [plain(word), *[_BLANK] * blanks]
        hold += [-2.0] * (blanks + 1) if blanks or n >= len(row.hold) else [row.hold[n]]
    for cells in (width + 1, width):
        found = Row(words, hold[: len(words) - 1]).cut(cells)
        every = cells == len(words) and max(hold[: cells - 1], default=0.0) < 1
        if found and (every or found[1] <= _DOUBT):
            heads = [head.replace(_BLANK, "") for head in found[0]]
            if cells > width or not CORNER.match(heads[0]):
                return heads if cells > width else ["", *heads]
    return None


def _add(levels: list[list[str]], level: list[str], at: int) -> None:
    """Add a level; one with blanks goes on in the one next to it."""
    near = levels[min(max(at - 1, 0), len(levels) - 1)]
    if "" not in level[1:] or len(near) != len(level):
        levels.insert(at, list(level))
        return
    pairs = [(old, new) if at else (new, old) for old, new in zip(near, level, strict=True)]
    near[:] = [" ".join(filter(None, pair)) for pair in pairs]


def _above(
    text: str, row: Row, below: list[list[str]], level: list[str] | None, edges: Edges
) -> list[str] | None:
    """A line above levels, the first with a head a column, as a level of its own."""
    width = len(below[0]) - 1
    placed = heads_by_place(text, edges, below[0][1:]) if edges else None
    if placed or level:
        return placed or level
    heads = row.natural
    if not heads or len(text) > LONGEST * width:
        return None
    for corner in (1, 0):
        over = heads[corner:]
        if corner and not CORNER.match(heads[0]):
            continue
        if len(over) == 1:
            if not CHINESE.search(text) or len(plain(text)) > _LONE:
                return None
            return [heads[0], *over * width] if corner else over
        uneven = len({len(gap) > 1 for gap in re.findall(r"\s+", text.strip())}) > 1
        lower = [" ".join(parts) for parts in zip_longest(*below, fillvalue="")]
        if over and (spread := spread_over(over, lower[1:], uneven)):
            return [heads[0] if corner else "", *spread]
    return None
