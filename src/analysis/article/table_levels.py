"""How deep the rows of a block stand: by indentation, by numbering, by what is said of parts."""

from __future__ import annotations

import re
from itertools import chain, pairwise, product, takewhile
from math import prod

import numpy as np

from .table_labels import any_of_which, is_total, of_which
from .table_marks import mark_of
from .table_rows import Block
from .table_words import wide

_MOST_WAYS = 5_000  # in which the lists below a total may end
_DIGITS = 6  # of totals that do not hold by chance
_SIGNED = re.compile(r"(?:[加减減]|add|plus|less|minus)\s*[:：]\s*", re.IGNORECASE)
_OPENED = re.compile(r"[#＃]\s*|(?:其中|うち|of which|of whom)\s*[:：]\s*", re.IGNORECASE)


def _opened_lists(block: Block, names: list[str], marks: list[str]) -> set[int]:
    """Rows without a number that go on with the list that 其中 opens right below a numbered one,
    up to the next that is numbered as that: 1、… 其中：… … 2、…; below the last of them up to the
    end, where all may be parts of it."""
    found: set[int] = set()
    for n in range(1, len(names)):
        if marks[n - 1] not in ("", "dash") and of_which(names[n]):
            bare = takewhile(
                lambda k: not (marks[k] or of_which(names[k]) or is_total(names[k])),
                range(n + 1, len(names)),
            )
            listed = list(bare)
            after = n + 1 + len(listed)
            own = marks[n - 1]
            if (marks[after] if after < len(names) else "") == own or (
                own not in marks[n:]
                and own in marks[: n - 1]
                and _may_be_parts(block, n - 1, after)
            ):
                found.update(listed)
    return found


def _may_be_parts(block: Block, head: int, end: int) -> bool:
    """Whether the rows behind one, up to another, are together no more than it, in the first column
    of figures and in half of them."""
    rows = [[cell.numbers[:1] for cell in row.cells] for row in block.rows[head:end]]
    columns = [
        [number[0].value if number else 0.0 for number in column]
        for column in zip(*rows, strict=True)
        if all(column)
    ]
    fits = [sum(parts) <= whole for whole, *parts in columns]
    return bool(fits) and fits[0] and 2 * sum(fits) >= len(fits)


def _lists_by_sums(block: Block, names: list[str], marks: list[str]) -> set[int]:
    """Rows that go on with the lists that 其中 opens, where no number or place tells how far these
    reach: a total adds up, in more columns than with them and in so many digits that it is no
    chance, the other rows that stand as far in as it, in one way alone."""
    memos = [n for n in any_of_which([name] for name in names) if not marks[n]]
    totals = [n for n, name in enumerate(names) if is_total(name)] if memos else []
    found: set[int] = set()
    if not totals:
        return found
    numbers = [[c.numbers[0] if c.numbers else None for c in row.cells] for row in block.rows]
    value = np.array([[a.value if a else np.nan for a in row] for row in numbers])
    step = np.array([[10.0 ** min(a.exponent, 0) if a else 0.0 for a in row] for row in numbers])
    step[step == 1] = 0.0  # counts add up exactly
    for at, total in enumerate(totals):
        before, after = [-1, *totals][at], [*totals, len(names)][at + 1]
        for rows in (range(total + 1, after), range(before + 1, total)):
            level = block.rows[total].level
            same = [n for n in rows if block.rows[n].level == level]
            opened = [k for k, n in enumerate(same) if n in memos]
            ends = [b - a for a, b in pairwise([*opened, len(same)])]
            if not 1 < prod(ends) <= _MOST_WAYS:
                continue
            below = [same[k + 1 : k + end] for k, end in zip(opened, ends, strict=True)]
            left = np.nansum(value[[n for n in same if n not in memos]], axis=0) - value[total]
            sums = [
                np.vstack([np.zeros(len(left)), np.cumsum(np.nan_to_num(value[own]), axis=0)])
                for own in below
            ]
            loose = np.nansum(step[[total, *same]], axis=0) / 2 + 1e-6
            fits = {
                ways: np.abs(left - sum(each[n] for each, n in zip(sums, ways, strict=True)))
                <= loose
                for ways in product(*map(range, ends))
            }
            held = {ways: int(fit.sum()) for ways, fit in fits.items()}
            best = max(held, key=held.__getitem__)
            digits = np.log10(np.maximum(np.abs(value[total][fits[best]]), 1)).sum()
            if [*held.values()].count(held[best]) == 1 and digits >= _DIGITS:
                found.update(n for own, k in zip(below, best, strict=True) for n in own[:k])
    return found


def _behind(label: str, indent: int, opens: re.Pattern[str] = _OPENED) -> range:
    """How far in names may stand that go on below the first one, behind 其中: or #."""
    opened = opens.match(label)
    at = indent + wide(opened[0]) if opened else 0
    loose = int(at > indent + 2)  # a colon is one wide, or two
    return range(at - loose, at + loose + 1) if opened else range(0)


def set_levels(block: Block) -> None:
    """How deep each row stands: by indentation, by its numbering, by 其中 and #."""
    indents = sorted({row.level for row in block.rows})
    names = [row.parts[-1] if row.parts else "" for row in block.rows]
    own_marks = list(map(mark_of, names))
    heads = (mark_of(row.heading) if row.heading else "" for row in block.rows)
    both = chain.from_iterable(zip(heads, own_marks, strict=True))
    marks = [mark for mark in dict.fromkeys(both) if mark]
    level, above = 0, [0]
    listed, behind = 0, range(0)
    opened = _opened_lists(block, names, own_marks) | _lists_by_sums(block, names, own_marks)
    memos = set(any_of_which(row.parts for row in block.rows))
    for n, row in enumerate(block.rows):
        own, mark = names[n], own_marks[n]
        step = indents.index(row.level) * 10
        if mark == "dash":
            step += 5
        elif mark:
            step += 1 + marks.index(mark)
        elif marks and marks != ["dash"] and not is_total(own) and not of_which(own):
            step = max(level, step)
        if n in memos:  # in one of two languages
            row.memo = True
            while above and above[-1] // 10 > step // 10:
                above.pop()  # further in than this one: parts of another
            level = above[-1] if above else level
            behind = _behind(own, row.level)
            row.level = listed = step if len(indents) > 1 and step > level else level + 1
            continue
        if not mark and row.level in behind:
            row.level = listed
            continue
        behind = range(0)
        if n in opened:
            row.level = max(step, level + 1)
            continue
        if signed := _behind(own, row.level, _SIGNED):  # 减:… and what else is taken off
            behind, listed = signed, step
        row.level = level = step
        above.append(level)
    told: dict[int, tuple[int, bool]] = {}  # of a head the last row, whether any is further in
    for n, row in enumerate(block.rows):
        if row.under is None:
            continue
        head = block.rows[row.under]
        last, deeper = told.get(row.under, (row.under, False))
        rows = block.rows[last + 1 : n + 1]
        deeper = deeper or any(x.level > head.level for x in rows if not x.memo)
        told[row.under] = n, deeper
        if deeper and row.level <= head.level:
            row.under = None
