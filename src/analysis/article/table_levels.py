"""How deep the rows of a block stand: by indentation, by numbering, by what is said of parts."""

from __future__ import annotations

import re
from itertools import chain, takewhile

from .table_labels import is_total, of_which
from .table_marks import mark_of
from .table_rows import Block
from .table_words import wide

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


def _behind(label: str, indent: int) -> range:
    """How far in names may stand that go on below the first one, behind 其中: or #."""
    opened = _OPENED.match(label)
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
    opened = _opened_lists(block, names, own_marks)
    for n, row in enumerate(block.rows):
        own, mark = names[n], own_marks[n]
        step = indents.index(row.level) * 10
        if mark == "dash":
            step += 5
        elif mark:
            step += 1 + marks.index(mark)
        elif marks and marks != ["dash"] and not is_total(own) and not of_which(own):
            step = max(level, step)
        if any(map(of_which, row.parts)):  # in one of two languages
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
