"""The claims that the layout of a table makes: totals and parts, changes, shares and rates.

A layout is looked for in the labels; whether it is one is asked of the figures. What holds in all
rows but one is a claim, and contradicted in that row; what holds in few is none. Rows and columns
are looked at alike: a table turned on its side makes the same claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from ..kinds import MEASURES
from .table_changes import change_claims, ratio_claims, stock_claims
from .table_labels import is_total, period_of, year_in
from .table_sides import Claim, Fit, Side, sides_of
from .table_sums import MOST_LINES, sum_fit, summable, unnamed_sums
from .table_values import Values

_DIFFERENCE = MEASURES.index("difference")
_MOST_TOTALS = 2_000_000  # lines times totals that are looked at
_MOST_SUMS = 2_000  # totals of a table that are looked at


# --- Totals and parts -----------------------------------------------------------------------------


def _sum_claims(side: Side) -> Iterator[Claim]:
    done: dict[int, list[int]] = {}  # what was found: totals and their parts
    totals = {n for n, path in enumerate(side.paths) if is_total(path[-1] if path else "")}
    unnamed = unnamed_sums(side, {})
    used = {n for total, parts in unnamed.items() if total not in totals for n in parts}
    for total, candidates, note, named in _candidates(side):
        left = [n for n in _left_over(side, total, used) if n not in candidates] if named else []
        candidates = [*candidates, *left]
        best: tuple[float, list[int], list[int], Fit, Fit] | None = None
        for parts in candidates:
            places = summable(side, [total, *parts])
            if not parts or not places:
                continue
            sums = sum_fit(side, total, parts, places)[0]
            bounded = [n for n in places if side.measure[total][n] != _DIFFERENCE]
            within = sum_fit(side, total, parts, bounded)[1]
            rank = sums.share + (0.001 * len(parts) if sums.holds or named else 0)
            rank += 0.0001 * (within.of > 0 and within.holds == within.of)
            rank += 0.1 * any(is_total(side.labels[part]) for part in parts)  # subtotals first
            if best is None or rank > best[0]:
                best = (rank, parts, places, sums, within)
        if best is None:
            continue
        _, parts, places, sums, within = best
        if (sums.holds and (sums.share >= 0.5 or sums.plainly)) or (
            named and 0 < sums.of <= 2 and _nearly(side, total, parts, places)
        ):
            kind = "sum"
        elif within.of and within.holds == within.of and not sums.holds and parts not in left:
            kind = "part"
        elif named and sums.of and _nearly(side, total, parts, places):
            kind = "sum"
        else:
            continue
        done[total] = parts if kind == "sum" else []
        used.update(parts)
        memo = all(side.memos[part] for part in parts)
        kind = "part" if memo else kind
        for place in places:
            if kind == "sum" or side.measure[total][place] != _DIFFERENCE:
                yield from _sum_at(side, total, parts, place, kind, note)
    for total, parts in unnamed_sums(side, done).items():
        for place in summable(side, [total, *parts]):
            yield from _sum_at(side, total, parts, place, "sum", "add up")


def _left_over(side: Side, total: int, used: set[int]) -> list[list[int]]:
    """What stands before or after a total and is no part of another: rows that repeat the one
    above them, its only part, are left out."""
    found = []
    for lines in (range(total), range(total + 1, len(side.labels))):
        left = [
            n for n in lines
            if n not in used and not side.memos[n] and side.kind[n] in ("count", "amount", "rate")
            and (side.kind[n] == "rate") <= (side.kind[total] == "rate")
        ]  # fmt: skip
        once = [
            n for n in left
            if n == 0 or not np.array_equal(side.value[n], side.value[n - 1], equal_nan=True)
        ]  # fmt: skip
        found += [part for part in (left, once) if len(part) > 1]
    return found


def _nearly(side: Side, total: int, parts: list[int], places: list[int]) -> bool:
    whole = side.value[total, places]
    added = np.nansum(side.value[parts][:, places], axis=0)
    known = ~np.isnan(whole) & (whole != 0)
    return bool(known.any() and (np.abs(added / whole - 1)[known] < 0.05).mean() > 0.5)


def _sum_at(
    side: Side, total: int, parts: list[int], place: int, kind: str, note: str
) -> Iterator[Claim]:
    """The claim in one place; a part that is missing there leaves a partial list."""
    keys = [side.keys[part][place] for part in parts]
    printed = [key for key in keys if key]
    if not side.keys[total][place] or not printed:
        return
    if len(printed) < len(keys):
        kind = "part"
    roles = [("total", side.keys[total][place]), *(("part", key) for key in printed)]
    yield Claim(kind, tuple(roles), note)


def _candidates(side: Side) -> Iterator[tuple[int, list[list[int]], str, bool]]:
    """Lines that their labels make totals, with the parts that may be meant."""
    count = len(side.labels)
    may_add = np.asarray(((side.measure >= 0) & (side.measure <= 2)).any(axis=1))
    usable = [bool(able) for able in may_add]
    leaf = [path[-1] if path else "" for path in side.paths]
    totals = [is_total(leaf[n] or side.labels[n]) for n in range(count)]
    if sum(totals) * count > _MOST_TOTALS:
        return
    looked = 0
    under: dict[int, list[int]] = {}
    for n, parent in enumerate(_parents(side, totals)):
        if parent is not None and usable[n]:
            under.setdefault(parent, []).append(n)
    for line in range(count):
        if not usable[line]:
            continue
        children = under.get(line, [])
        looked += bool(children or totals[line])
        if looked > _MOST_SUMS:
            return
        if children and not totals[line]:
            yield line, _with_memos_apart(side, line, children), "stand under it", False
        elif totals[line]:
            found = [*_around(side, line, totals, usable), *_with_memos_apart(side, line, children)]
            yield line, found, "total", True


def _with_memos_apart(side: Side, line: int, children: list[int]) -> list[list[int]]:
    """The rows under a row: all, those that are no memoranda, and, after 其中 in the first of them
    alone, the rows that go on with the list."""
    if not children:
        return []
    plain = [n for n in children if not side.memos[n]]
    found = [children] if not plain or len(plain) == len(children) else [plain, children]
    if any(side.under[n] == line for n in children):
        found += [children[:n] for n in range(2, len(children))]
    if side.memos[children[0]] and not plain:
        after = [
            n for n in range(children[-1] + 1, min(children[-1] + 12, len(side.labels)))
            if side.levels[n] == side.levels[line] and not is_total(side.labels[n])
        ]  # fmt: skip
        found += [[*children, *after[:n]] for n in range(1, len(after) + 1)]
    return found


def _around(side: Side, total: int, totals: list[bool], usable: list[bool]) -> list[list[int]]:
    """The lists of lines that a total may add up: after it or before it, up to the next total, by
    level; its group's; the totals of the groups; everything."""
    count = len(side.labels)
    group = side.paths[total][:-1]
    same = [
        n for n in range(count)
        if n != total and usable[n] and not side.memos[n]
        and side.kind[n] not in ("change", "difference")
        and (side.kind[n] == "rate") <= (side.kind[total] == "rate")
    ]  # fmt: skip
    if not side.rows and any(group):
        within = [n for n in same if side.paths[n][: len(group)] == group]
        runs = [within, _upto(within, total, totals, 1), _upto(within, total, totals, -1)]
        return [run for run in runs if len(run) > 1]  # 累计 is no sum of 当月 alone
    found = []
    for direction in (1, -1):
        run = _upto(same, total, totals, direction)
        found.append(run)
        if run and side.rows:
            top = min(side.levels[n] for n in run)
            found.append([n for n in run if side.levels[n] == top])
            deeper = [n for n in run if side.levels[n] > side.levels[total]]
            if deeper:
                found.append([n for n in deeper if side.levels[n] == side.levels[deeper[0]]])
            heading = [n for n in run if side.paths[n][0] == side.paths[total][0]]
            found.append(heading)
        beyond = [n for n in same if (n - total) * direction > 0]
        if beyond and side.rows:
            top = min(side.levels[n] for n in beyond)
            found.append([n for n in beyond if side.levels[n] == top])
        subtotals = [n for n in beyond if totals[n]]
        found.append(subtotals)
        found.append([n for n in beyond if not totals[n]])
        ungrouped = [n for n in beyond if totals[n] or len([p for p in side.paths[n] if p]) == 1]
        found.append(ungrouped)
        if found[-1] and not side.rows:
            tops: dict[str, int] = {}
            for n in beyond:
                head = side.paths[n][0] if side.paths[n] else ""
                if head not in tops or totals[n]:
                    tops[head] = n
            found.append(list(tops.values()))
    unique: list[list[int]] = []
    for parts in found:
        if len(parts) > 1 and parts not in unique:
            unique.append(parts)
    return unique


def _upto(lines: list[int], total: int, totals: list[bool], direction: int) -> list[int]:
    run = []
    for n in sorted((n for n in lines if (n - total) * direction > 0), reverse=direction < 0):
        if totals[n]:
            break
        run.append(n)
    return sorted(run)


def _parents(side: Side, totals: list[bool]) -> list[int | None]:
    """The line that each stands under: by level, by a label that begins with the other's, by a
    period within the other's."""
    count = len(side.labels)
    parents: list[int | None] = [None] * count
    if not side.rows:
        return parents
    stack: list[int] = []
    for n in range(count):
        while stack and side.levels[stack[-1]] >= side.levels[n]:
            stack.pop()
        if stack and side.levels[n] > side.levels[stack[-1]]:
            parents[n] = stack[-1]
        stack.append(n)
    names = [re.sub(r"\s", "", side.paths[n][-1] if side.paths[n] else "") for n in range(count)]
    periods = [period_of([label]) if year_in(label) else None for label in side.labels]
    open_names: list[int] = []
    for n in range(count):
        while open_names and not _begins(names[n], names[open_names[-1]]):
            open_names.pop()
        if parents[n] is None:
            parents[n] = side.under[n] if side.under[n] is not None else None
        if parents[n] is None and open_names:
            parents[n] = open_names[-1]
        if names[n] and not totals[n]:
            open_names.append(n)
    last: int | None = None
    for n in range(count):
        period = periods[n]
        if period is None or period.start is None or period.end is None:
            continue
        outer = periods[last] if last is not None else None
        if (
            outer
            and outer.start
            and outer.end
            and (
                outer.start <= period.start and period.end <= outer.end and outer[1:] != period[1:]
            )
        ):
            parents[n] = last
        else:
            last = n
            parents[n] = None if parents[n] is not None and names[n] else parents[n]
    return parents


def _begins(name: str, head: str) -> bool:
    return len(head) > 1 and len(name) > len(head) and name.startswith(head)


def claims_of(values: Values) -> list[Claim]:
    """Every claim that a block's layout makes, in the order of the table, each once."""
    found: dict[object, Claim] = {}
    rows, columns = sides_of(values)
    for side in (rows, columns):
        if not side.labels or not side.across:
            continue
        found_here = list(_sum_claims(side))
        if len(side.labels) <= MOST_LINES:
            found_here += [*change_claims(side), *ratio_claims(side), *stock_claims(side)]
        for claim in found_here:
            kind = "sum" if claim.kind == "part" else claim.kind
            found.setdefault((kind, frozenset(claim.roles)), claim)
    return list(found.values())


def not_looked_for(values: Values) -> Iterator[str]:
    """The claims that were not looked for in a block, as it is too large, in words."""
    for side in sides_of(values):
        what, count = ("rows" if side.rows else "columns"), len(side.labels)
        totals = sum(is_total(path[-1]) if path else False for path in side.paths)
        if totals * count > _MOST_TOTALS:
            yield f"{totals} totals among {count} {what}: their sums were not looked for"
        elif totals > _MOST_SUMS:
            yield f"{totals} totals among {what}: sums were looked for in the first {_MOST_SUMS}"
        if count > MOST_LINES:
            unseen = "sums that no label names, and changes and shares, were not looked for"
            yield f"{count} {what}, more than {MOST_LINES}: {unseen}"
