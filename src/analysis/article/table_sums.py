"""Which lines of a table add up: totals that labels name, rows that others stand under, and totals
that no label names.

One walk finds them: from a line along the lines beside it, past the parts of other totals, until
they add up. Where nothing does, labels and levels say what was to be added, and the figures
whether it is a sum that fails in a place, or a list of parts among others.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile

import numpy as np

from ..kinds import MEASURES
from .table_addends import lacks_no_part, nearly, rounding_of, shares_of, sum_fit, summable
from .table_formulas import Formula
from .table_groups import parts_under_heads, sums_under_heads
from .table_labels import is_total, of_which
from .table_marks import mark_of
from .table_runs import BALANCE, MOST_LINES, added_up, is_free, one_way, repeats_of
from .table_sides import Claim, Fit, Side, parents_of

MOST_TOTALS = 2_000_000  # lines times totals that are looked at
MOST_SUMS = 2_000  # totals of a table that are looked at
_DIFFERENCE = MEASURES.index("difference")
_MOST_PARTS = 40
_RATE = MEASURES.index("rate")


def sum_claims(side: Side, formulas: dict[int, Formula]) -> Iterator[Claim]:
    """The sums and the partial lists that the layout of a side claims."""
    totals = side.totals
    owner: dict[int, int] = {}  # of a part: its total
    for line, (kind, roles) in formulas.items():
        total, *parts = (n for _, n in roles)
        places = summable(side, [total, *parts]) if kind == "sum" else []
        if places and sum_fit(side, total, parts, places)[0].share >= 0.5:
            if line in parts:
                owner[line] = BALANCE
                side.balanced |= {total, *parts} - {line}
            else:
                owner |= dict.fromkeys(parts, total)
            yield from _claims(side, total, parts, "sum", side.labels[line])
    if sum(totals) * len(totals) > MOST_TOTALS:
        return
    for head in _of_one_part(side):
        owner[head + 1] = head
        yield from _claims(side, head, [head + 1], "part", "its only part")
    sums = added_up(side, owner)
    whole = {max(parts): t for t, lists in sums.items() for parts in lists if t < parts[0]}
    parents = parents_of(side, totals, whole)
    for total, lists in sums.items():
        for parts in lists:
            under = all(parents[part] == total for part in parts)
            note = "total" if totals[total] else "stand under it" if under else "add up"
            yield from _claims(side, total, parts, "sum", note)
    for total, parts in sums_under_heads(side):
        owner.update(dict.fromkeys(parts, total))
        sums.setdefault(total, [parts])
        yield from _claims(side, total, parts, "sum", "total under one head")
    able = np.asarray(((side.measure >= 0) & (side.measure <= _RATE)).any(axis=1))
    children: dict[int, dict[int, list[int]]] = {}
    told = [(n, up) for n, up in enumerate(parents) if up is not None and able[n] and able[up]]
    for n, parent in told:
        children.setdefault(parent, {}).setdefault(side.groups[n], []).append(n)
    named = [n for n, total in enumerate(totals) if total and able[n]]
    asked = [(n, False) for n in named]  # first the totals of what stands next to them
    asked += [(n, True) for n in sorted({*named, *children})]
    for total, finally_ in asked[:MOST_SUMS]:
        known = sums.get(total, [])
        free = [[n for n in lines if n not in owner] for lines in children.get(total, {}).values()]
        groups, far = [_children(side, total, lines) for lines in free if lines], list[list[int]]()
        if totals[total] and not known:
            near = _near(side, total, totals, owner)
            far = _left(side, total, owner) if finally_ else []
            far = [parts for parts in far if parts not in near]
            own = [parts for lists in groups for parts in lists]
            groups = [[*near, *far, *own], own]  # alone, what stands under it may be some parts
        for lists in groups:
            kind, parts = _judged(side, total, lists, far, totals)
            if kind == "sum" or (kind and finally_):
                note = "total" if totals[total] else "stand under it"
                owner.update(dict.fromkeys(parts, total))
                if kind == "sum":
                    sums.setdefault(total, []).append(parts)
                yield from _claims(side, total, parts, kind, note)
                beside = children.get(total, {}).get(side.groups[parts[0]], [])
                for memo in _in_brackets(side, beside, owner) if kind == "part" else ():
                    yield from _claims(side, total, [memo], "part", "in brackets")
                if totals[total] and not known:
                    break
            elif finally_ and lists and not known and _overlap(side, total, lists[0]):
                for part in lists[0]:
                    yield from _claims(side, total, [part], "part", "among lists that overlap")
    for total, parts in parts_under_heads(side):
        if total not in sums and parts[0] not in owner:
            yield from _claims(side, total, parts, "part", "beside the total under one head")
    if len(side.labels) <= MOST_LINES:
        for step in (1, -1):
            for total, lists in one_way(side, step, dict(sums), owner, far=True).items():
                for parts in lists if total not in sums else ():
                    sums.setdefault(total, []).append(parts)
                    yield from _claims(side, total, parts, "sum", "add up")


def _in_brackets(side: Side, lines: list[int], owner: dict[int, int]) -> list[int]:
    """Which lines among the parts of a total stand in brackets: parts that are not added up."""
    memos = (n for n in lines if side.memos[n] and n not in owner)
    return [n for n in memos if not of_which(side.labels[n])]


# --- What labels and levels say -------------------------------------------------------------------


def _children(side: Side, total: int, lines: list[int]) -> list[list[int]]:
    """The lists that the lines under a line may be, up to where another quantity begins: all, those
    that are no memoranda, and, where a heading opened the list and nothing closes it, the first of
    them; after 其中 in the first of them alone, with the lines that go on with the list."""
    lines = list(takewhile(lambda n: side.kind[n] in ("", side.kind[total]), lines))
    if not lines:
        return []
    plain = [n for n in lines if not side.memos[n]]
    found = [plain, lines] if plain and len(plain) < len(lines) else [lines]
    if plain and side.memos[lines[0]]:
        found.reverse()  # 其中 opens the list, and they go on with it
    if not plain:
        found.append(lines[:1])  # what stands below may be a part of the first
    if any(side.under[n] is not None for n in lines):
        found += [lines[:n] for n in range(2, len(lines))]
    if side.rows and not plain and len(lines) == 1:
        level = side.levels[total]
        own = level, side.groups[lines[-1]]
        behind = range(lines[-1] + 1, len(side.labels))
        after = takewhile(lambda n: (side.levels[n], side.groups[n]) == own, behind)
        more = [n for n in islice(after, _MOST_PARTS) if not is_total(side.labels[n])]
        found += [[*lines, *more[:n]] for n in range(1, len(more) + 1)]
    return found


def _near(side: Side, total: int, totals: list[bool], owner: dict[int, int]) -> list[list[int]]:
    """The lists that a total may add up: after it or before it, up to the next total, by level; or
    its group's."""
    group = side.paths[total][:-1]
    same = [n for n in _addable(side, total) if is_free(n, total, owner)]
    own = [n for n in same if any(group) and side.paths[n][: len(group)] == group]
    same = own if any(group) and not side.rows else same
    found = [own]
    for direction in (1, -1):
        run = []
        for n in sorted(
            (n for n in same if (n - total) * direction > 0), key=lambda n: n * direction
        ):
            if totals[n]:
                break
            run.append(n)
        run = sorted({*run} & {*own} or run)  # 2015 / 重大 is no part of 2016 / 总计
        found.append(run)
        if run and side.rows:
            top = min(side.levels[n] for n in run)
            found.append([n for n in run if side.levels[n] == top])
            deeper = [n for n in run if side.levels[n] > side.levels[total]]
            found.append([n for n in deeper if side.levels[n] == side.levels[deeper[0]]])
    return [parts for n, parts in enumerate(found) if len(parts) > 1 and parts not in found[:n]]


def _left(side: Side, total: int, owner: dict[int, int]) -> list[list[int]]:
    """All that stands before or after a total and is no part of another; at the highest level;
    without rows that repeat the one above them, its only part."""
    if not side.rows and any(side.paths[total][:-1]):
        return []  # 累计 is no sum of 当月
    free = [n for n in _addable(side, total) if is_free(n, total, owner)]
    repeats = repeats_of(side)
    found = []
    for left in ([n for n in free if n < total], [n for n in free if n > total]):
        top = min((side.levels[n] for n in left), default=0)
        found += [left, [n for n in left if n not in repeats]]
        found.append([n for n in left if side.levels[n] == top])
    return [parts for parts in found if len(parts) > 1]


def _addable(side: Side, total: int) -> list[int]:
    """The lines that may be added to a total by what they measure."""
    rates = side.kind[total] == "rate"
    kinds = ("count", "amount", "rate", "") if rates else ("count", "amount", "")
    return [
        n for n, kind in enumerate(side.kind) if n != total and kind in kinds and not side.memos[n]
    ]


def _of_one_part(side: Side) -> Iterator[int]:
    """The numbered rows with one row below them that has no number: where it is the same in most
    places."""
    marks = [mark_of(path[-1]) if side.rows and path else "" for path in side.paths]
    for head, (mark, own, after) in enumerate(
        zip(marks, marks[1:], [*marks[2:], ""], strict=False)
    ):
        alike = head + 2 == len(marks) or mark == after
        if mark and not own and alike and side.kind[head] == side.kind[head + 1]:
            known = ~np.isnan(side.value[head] + side.value[head + 1])
            same = side.value[head][known] == side.value[head + 1][known]
            if same.size and 2 * same.sum() > same.size:
                yield head


def _judged(
    side: Side, total: int, lists: list[list[int]], only_sums: list[list[int]], totals: list[bool]
) -> tuple[str, list[int]]:
    """Which of several lists a total adds up, and whether it is a sum, contradicted in places, or
    parts among others; "" where the figures say it is neither."""
    named = totals[total]
    best: tuple[float, list[int], list[int], Fit, Fit] | None = None
    for parts in lists:
        places = summable(side, [total, *parts])
        if not parts or not places:
            continue
        sums = sum_fit(side, total, parts, places)[0]
        bounded = [n for n in places if side.measure[total][n] != _DIFFERENCE]
        within = sum_fit(side, total, parts, bounded)[1]
        rank = sums.share + (0.001 * len(parts) if sums.holds or named else 0)
        rank += 0.0001 * (within.of > 0 and within.holds == within.of)
        rank += 0.1 * any(totals[part] for part in parts)  # subtotals first
        rank += 0.05 * side.memos[parts[0]]  # what is said to be parts, if nothing adds up
        if best is None or rank > best[0]:
            best = (rank, parts, places, sums, within)
    if best is None:
        return "", []
    _, parts, places, sums, within = best
    # What fails in each of several places is a list that lacks a part, not that many slips, unless
    # less is missing than any part is.
    near = named and sums.of > 0 and nearly(side, total, parts, places)
    whole = parts not in only_sums and lacks_no_part(side, total, parts, places) if near else False
    if (sums.holds and (sums.share >= 0.5 or sums.plainly)) or (near and (sums.of <= 2 or whole)):
        return "sum", parts
    said = side.memos[parts[0]] or side.paths[parts[0]][:-1] == side.paths[total]
    listed = side.rows or said  # columns are parts of one where they say so
    own = parts not in only_sums or all(totals[part] for part in parts)  # or its subtotals
    inside = side.periods[total] is not None and all(side.periods[n] for n in parts)
    fits = within.share >= 0.5 if inside else within.holds == within.of
    if within.of and fits and not sums.holds and own:
        return ("part", parts) if listed else ("", [])
    return ("sum", parts) if near and sums.holds else ("", [])


def _overlap(side: Side, total: int, parts: list[int]) -> bool:
    """Whether rows further in than a total are parts of it in several lists, by what is exceeded:
    the total by all of them together, but by none of them, in every place."""
    deeper = side.rows and all(side.levels[n] > side.levels[total] for n in parts)
    places = summable(side, [total, *parts]) if deeper else []
    whole, cells = side.high[total, places], side.low[parts][:, places]
    exceeded = (np.nansum(cells, axis=0) > whole).all() and not (cells > whole).any()
    return bool(places and len(parts) > 2 and exceeded)


# --- Claims ---------------------------------------------------------------------------------------


def _claims(side: Side, total: int, parts: list[int], kind: str, note: str) -> Iterator[Claim]:
    """The claim in each place; a part that is missing there leaves a partial list."""
    memo, places = all(side.memos[part] for part in parts), summable(side, [total, *parts])
    if kind == "sum" or memo:  # what adds up in amounts does so in their shares of one whole
        shares = shares_of(side, [total, *parts], kind == "part")
        places += [n for n in shares if n not in places]
    if side.rows and len(side.across) > 1:  # what stands under no head may be a change
        lost = [n for n in places if not side.across[n]]
        fits = {n: sum_fit(side, total, parts, [n])[0] for n in lost}
        places = [n for n in places if n not in fits or fits[n].holds == fits[n].of]
    rounded = rounding_of(side, total, parts, places) if kind == "sum" else 0.0
    note += "; counts that are rounded" if rounded else ""
    for place in places:
        whole = side.keys[total][place]
        printed = [key for part in parts if (key := side.keys[part][place])]
        if not whole or not printed:
            continue
        partial = kind == "part" or memo or len(printed) < len(parts)
        if partial and side.measure[total][place] == _DIFFERENCE:
            continue  # what is left out may have fallen
        roles = (("total", whole), *(("part", key) for key in printed))
        yield Claim("part" if partial else "sum", roles, note, rounded=rounded)
