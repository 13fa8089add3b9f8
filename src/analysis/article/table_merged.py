"""Heads whose merged cells lost the blanks behind them: a tree is built again.

What is left of such heads is the order of their texts, level by level. A text stands over a column
of its own or over several texts of the level below; together they have as many ends as the table
has columns. Where there is a column for every text, those with others below them head one, too: a
total, and beside it parts of it. Of the readings that fit, the one is taken in which totals add up
their groups, then the one with groups alike. A level that fits none is left out: its heads are
lost, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, combinations, islice, product, zip_longest

from .table_labels import is_period, is_total, units_of, year_in
from .table_measures import says_change
from .table_merged_fit import Head, adds_up, fitting, is_sum, named, share_held, sums_among
from .table_numbers import Cell

_MOST_HEADS = 12  # texts of a level of which every choice of groups is tried
_MOST_READINGS = 4_000
_FEWEST_LINES = 3  # of heads that are set vertically
_PLAINLY = 0.8  # the share of totals that must hold where nothing else speaks for a reading
_PARTS = re.compile(r"其中[:：]?|of which", re.IGNORECASE)
_LETTERS = re.compile(r"[\u3400-\u9fff0-9]{1,3}")
_LETTER = re.compile(r"[\u3400-\u9fff]")


def rebuilt(
    levels: Sequence[Sequence[str]], width: int, data: Sequence[Sequence[Cell]]
) -> tuple[float, list[list[str]]] | None:
    """The levels of each of so many columns' heads, and how well they fit; None where no reading
    does, or the texts fill the columns by themselves.

    `levels` are the texts of each level, at the left of their row where blanks were dropped;
    `data` the cells of each row.

    >>> rebuilt([["收入", "支出"], ["当月", "累计", "当月", "累计"]], 4, [])[1]
    [['收入', '当月'], ['收入', '累计'], ['支出', '当月'], ['支出', '累计']]
    """
    rows = [_ended(texts) for texts in _vertical(levels)]
    if len(rows) < 2 or len(rows[0]) >= width or not all(rows) or not all(map(all, rows)):
        return None
    found: list[tuple[float, list[Head]]] = []
    wide = _set_wide(rows)
    for merged in [rows, wide] if wide != rows else [rows]:
        found += [(fitting(tree, data), tree) for tree in _readings(merged, width)]
        found += _two_levels(merged, width, data)
        for tree in _readings(merged[:-1], width, lost=True):
            if adds_up(tree, data) > _PLAINLY:
                found.append((fitting(tree, data) - 1, tree))
    if not found:
        return None
    score, best = max(found, key=lambda reading: reading[0])
    return score, [path for head in best for path in head.paths()]


def trees(
    levels: Sequence[Sequence[str]], width: int, data: Sequence[Sequence[Cell]]
) -> Iterator[tuple[float, list[list[str]]]]:
    """The ways in which levels stand over so many columns, and how well their totals hold."""
    for tree in _readings([list(texts) for texts in levels], width):
        hold = [share_held([total, *parts], data, is_sum) for total, parts in sums_among(tree, 0)]
        known = [share for share in hold if share is not None]
        own = sum(is_total(h.text) or bool(units_of(h.text)) for h in tree if not h.below)
        fits = sum(known) - 0.5 * len(known) + 0.3 * min(own, 1) + 0.3 * named(tree)
        yield fits, [path for head in tree for path in head.paths()]


def _ended(texts: Sequence[str]) -> list[str]:
    """A row up to its last text."""
    return list(texts[: max((n + 1 for n, text in enumerate(texts) if text), default=0)])


def _vertical(levels: Sequence[Sequence[str]]) -> list[list[str]]:
    """Levels with those joined that are set vertically, a letter or two a line."""
    found: list[list[str]] = []
    lines: list[list[str]] = []
    for texts in [*map(_ended, levels), []]:
        if _is_vertical(texts):
            lines.append(texts)
            continue
        if len(lines) >= _FEWEST_LINES:
            found.append(["".join(letters) for letters in zip_longest(*lines, fillvalue="")])
        else:
            found += lines
        lines = []
        found.append(texts)
    return found[:-1]


def _is_vertical(texts: list[str]) -> bool:
    """Whether a level is a line of heads that are set vertically."""
    own = [text for text in texts if text]
    words = any(is_total(text) and len(text) > 1 for text in own)
    if len(own) < 4 or words or all(is_period(text) or text.isdigit() for text in own):
        return False
    return all(_LETTERS.fullmatch(text) for text in own)


def _set_wide(rows: list[list[str]]) -> list[list[str]]:
    """Rows in which two letters next to each other are one word, set wide over its cells."""
    found = []
    for texts in rows:
        joined: list[str] = []
        open_letter = False
        for text in texts:
            letter = bool(_LETTER.fullmatch(text)) and not is_total(text)
            if letter and open_letter:
                joined[-1] += text
                open_letter = False
            else:
                joined.append(text)
                open_letter = letter
        found.append(joined)
    return found


def _readings(rows: list[list[str]], width: int, lost: bool = False) -> Iterator[list[Head]]:
    """The trees that so many columns allow. With `lost`, one text of each level has others below
    it, and that of the last level stands over all columns that are left."""
    over = sum(map(len, rows)) - width  # how many texts are no ends
    able = len(rows) - (not lost)
    if any(len(row) > _MOST_HEADS * 2 for row in rows) or able < 1:
        return
    count = 0
    for groups in product(*[range(1, min(len(row), 6) + 1) for row in rows[:able]]):
        if sum(groups) != (able if lost else over):
            continue
        choices = [combinations(range(len(row)), g) for row, g in zip(rows, groups, strict=False)]
        for chosen in product(*choices):
            count += 1
            if count > _MOST_READINGS:
                return
            yield from _trees(rows, [list(c) for c in chosen], width)


def _trees(rows: list[list[str]], chosen: list[list[int]], width: int) -> Iterator[list[Head]]:
    """The trees in which the chosen texts of each level have those of the next below them."""
    ways = [
        _sizes(tuple(lower), len(groups)) for lower, groups in zip(rows[1:], chosen, strict=False)
    ]
    for sizes in product(*ways):
        heads = [[Head(text) for text in row] for row in rows]
        for depth, each in enumerate(sizes):
            used = 0
            for group, size in zip(chosen[depth], each, strict=True):
                heads[depth][group].below = heads[depth + 1][used : used + size]
                used += size
        if len(chosen) == len(rows):
            lost = width - sum(map(len, rows)) + sum(map(len, chosen))
            if lost < 2:
                return
            heads[-1][chosen[-1][0]].lost = lost
        odd = any(
            (is_period(head.text) and any(is_period(below.text) for below in head.below)
            and not is_period(f"{head.text}{head.below[0].text}"))
            or len(head.below) > len({below.text for below in head.below})
            for row in heads for head in row
        )  # fmt: skip
        # Parts follow below that word, in a level of their own.
        odd |= any(_PARTS.fullmatch(h.text) and not h.width > 1 for row in heads[:-1] for h in row)
        if not odd and sum(head.width for head in heads[0]) == width:
            yield heads[0]


def _two_levels(
    rows: list[list[str]], width: int, data: Sequence[Sequence[Cell]]
) -> list[tuple[float, list[Head]]]:
    """The tree of two levels in which every text heads a column, and those below a text are no
    larger than it, or stand once below every text (指数); none where several fit as well."""
    if len(rows) != 2 or sum(map(len, rows)) != width or width > _MOST_HEADS * 2:
        return []
    upper, lower = rows
    if len(upper) == len(lower) and len(set(lower)) == 1:
        return [(0.0, [Head(a, [Head(b)], own=True) for a, b in zip(upper, lower, strict=True)])]
    within = [[_within(part, total, data) for part in range(width)] for total in range(width)]
    dead: set[tuple[int, int]] = set()

    def placed(n: int, used: int) -> Iterator[list[Head]]:
        """What fits from a text of the upper level on, so many of the lower being used."""
        if n == len(upper):
            yield from [[]] * (used == len(lower))
            return
        fits = False
        for end in range(used, len(lower) + 1) if (n, used) not in dead else ():
            new = lower[end - 1 : end] if end > used else []
            if new and (not within[n + used][n + end] or new[0] in lower[used : end - 1]):
                break
            below = [Head(text) for text in lower[used:end]]
            for rest in placed(n + 1, end):
                fits = True
                yield [Head(upper[n], below, own=bool(below)), *rest]
        if not fits:
            dead.add((n, used))

    def added(tree: list[Head]) -> int:
        """How many of the texts with others below them are their sum."""
        starts = accumulate((head.width for head in tree[:-1]), initial=0)
        parts = [(a, list(range(a + 1, a + h.width))) for a, h in zip(starts, tree, strict=True)]
        return sum((share_held([a, *own], data, is_sum) or 0) > _PLAINLY for a, own in parts if own)

    trees = islice(placed(0, 0), _MOST_READINGS)
    found = sorted(((fitting(t, data) + added(t), t) for t in trees), key=lambda one: one[0])
    undecided = len(found) > 1 and found[-1][0] - found[-2][0] < 0.1
    return [] if undecided else found[-1:]


def _within(part: int, total: int, data: Sequence[Sequence[Cell]]) -> bool:
    """Whether a column never exceeds another, where both are known."""
    pairs = [(row[part], row[total]) for row in data if max(part, total) < len(row)]
    known = [
        (a.numbers[0].value, b.numbers[0].value)
        for a, b in pairs if a.kind == b.kind == "number"
    ]  # fmt: skip
    return bool(known) and all(a <= b for a, b in known)


@lru_cache(_MOST_READINGS)
def _sizes(lower: tuple[str, ...], groups: int) -> list[list[int]]:
    """How texts fall into groups, the plainest first: those that repeat, years that run on, those
    with a total first or last, alike."""
    count = len(lower)
    if groups < 2 or groups > count:
        return [[count]] * (groups == 1)
    years = [year_in(text.split("-")[0]) or 0 for text in lower]
    starts = [n for n, text in enumerate(lower) if text == lower[0]]
    falls = [0, *(n for n in range(1, count) if 0 < years[n] < years[n - 1])]
    turns = [n for n in range(count) if not n or ("-" in lower[n]) != ("-" in lower[n - 1])]
    totals = [n for n, text in enumerate(lower) if is_total(text)]
    ends = [0, *[n + 1 for n in totals[:-1]]]
    moves = list(map(says_change, lower))  # which stand behind what they are of
    moved = [0, *(n for n in range(1, count) if moves[n - 1] and not moves[n])]
    found = [starts, falls, turns, totals, moved]
    if starts[1:]:  # what is left behind groups that repeat stands alone
        step = starts[1] - starts[0]
        found += [[*starts, starts[-1] + step]]
    if totals[1:]:
        step = totals[1] - totals[0]
        found += [[*totals, totals[-1] + step]]
    found += [ends, list(range(0, count, count // groups)) if count % groups == 0 else []]
    known: list[list[int]] = []
    for cuts in found:
        if len(cuts) == groups and cuts[0] == 0 and cuts[-1] < count:
            sizes = [b - a for a, b in zip(cuts, [*cuts[1:], count], strict=True)]
            if sizes not in known and min(sizes) > 0:
                known.append(sizes)
    return known


def spread_over(
    heads: Sequence[str], lower: Sequence[str], uneven: bool = False
) -> list[str] | None:
    """Heads spread over the groups of the level below; None where it has no such groups. Where
    blanks stand between them unevenly, only groups that repeat are told.

    >>> spread_over(["2018", "2019"], ["发案", "破案", "发案", "破案"])
    ['2018', '2018', '2019', '2019']
    >>> spread_over(["Cases", "Deaths"], ["Total", "North", "South", "West"])
    """
    for sizes in _sizes(tuple(lower), len(heads)):
        cuts = list(accumulate(sizes))[:-1]
        again = lower.count(lower[0])
        alike = len(set(sizes)) == 1 and again != len(heads)
        if uneven and again != len(heads):
            continue
        words = not all(is_period(head) or _LETTER.search(head) for head in heads)
        if min(sizes) < 2 or (alike and (words or again > 1)):
            continue  # nothing tells the groups
        if not any(lower[cut] == lower[cut - 1] for cut in cuts):
            return [head for head, size in zip(heads, sizes, strict=True) for _ in range(size)]
    return None
